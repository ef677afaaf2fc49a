/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A photo that is kept with a record: read, made small and decoded off the main thread; or, where there is none,
 * the sign that there is none. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PHOTO (guitu_photo_get_type ())
G_DECLARE_FINAL_TYPE (GuituPhoto, guitu_photo, GUITU, PHOTO, AdwBin)

/** @file: (nullable): id of the file; @whose: who is on it, for who does not see it */
void guitu_photo_show (GuituPhoto *photo, GuituStation *station, const char *file, const char *whose);

/** The same of a picture that came with a record. @base64: (nullable) */
void guitu_photo_show_data (GuituPhoto *photo, const char *base64, const char *whose);

void guitu_photo_clear (GuituPhoto *photo);

G_END_DECLS
