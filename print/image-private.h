/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Unpacks a PNG or JPEG, upright. (transfer full); NULL with GUITU_PRINT_ERROR_NOT_AN_IMAGE for
 * anything else, and for more than 64 million points. */
GdkPixbuf *_guitu_image_load (GBytes *file,
                              GError **error);

/* A portrait as JPEG, no larger than @max_width by @max_height points. (transfer full) */
GBytes *_guitu_image_to_jpeg (GBytes *file,
                              int max_width,
                              int max_height,
                              int *width,
                              int *height,
                              GError **error);

G_END_DECLS
