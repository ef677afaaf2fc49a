/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_PRINT_ERROR (guitu_print_error_quark ())

typedef enum
{
  GUITU_PRINT_ERROR_NO_FONT,      /* no usable typeface on this machine */
  GUITU_PRINT_ERROR_PDF,          /* the PDF could not be built (out of memory) */
  GUITU_PRINT_ERROR_TOO_LONG,     /* text too long for a QR code */
  GUITU_PRINT_ERROR_SEAL,         /* not a seal, or not in its one permitted form */
  GUITU_PRINT_ERROR_NOT_AN_IMAGE, /* neither PNG nor JPEG, damaged, or larger than we accept */
  GUITU_PRINT_ERROR_NO_CODE,      /* a picture without a readable QR code */
  GUITU_PRINT_ERROR_NO_CAMERA,
  GUITU_PRINT_ERROR_CAMERA_BUSY,   /* another program has it */
  GUITU_PRINT_ERROR_CAMERA_DENIED, /* the system does not let us */
  GUITU_PRINT_ERROR_CAMERA_PLUGIN, /* GStreamer lacks a part */
  GUITU_PRINT_ERROR_CAMERA_SOURCE, /* the description of the source is not understood */
  GUITU_PRINT_ERROR_CAMERA_FAILED, /* it was opened, but gives no pictures */
} GuituPrintError;

GQuark guitu_print_error_quark (void);

G_END_DECLS
