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

/**
 * Decodes a picture off the main thread and calls @done with @owner, which is kept alive until then; the source of its
 * result is @owner. Ends with guitu_photo_decode_finish().
 */
void guitu_photo_decode (gpointer owner, const char *base64, GCancellable *cancellable, GAsyncReadyCallback done);

/** Returns: (transfer full); errors: those of the picture, and G_IO_ERROR_CANCELLED */
GdkTexture *guitu_photo_decode_finish (GAsyncResult *result, GError **error);

G_END_DECLS
