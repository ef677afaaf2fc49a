/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The print layer: plain structs in, bytes out.
 *
 * It knows neither the database nor GTK nor the rules of a station. The same input gives the same
 * bytes: nothing here but the camera reads a clock, a random source or a locale.
 *
 *   fonts.h   the typefaces a page is set in
 *   form.h    official forms: which there are, what they print, and the PDF of one
 *   book.h    several papers and scans in one PDF
 *   seal.h    the signed text that the QR code of a paper carries
 *   image.h   whether a file is a picture
 *   qr.h      QR codes: reading one out of a picture, printing one by itself
 *   camera.h  the pictures of a camera, and the codes in them
 *
 * Nothing here keeps global state, GStreamer's own apart. Objects may be used from any thread, one thread at a time.
 */

#include "print/book.h"
#include "print/camera.h"
#include "print/error.h"
#include "print/fonts.h"
#include "print/form.h"
#include "print/image.h"
#include "print/qr.h"
#include "print/seal.h"
