/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture ready to be embedded; its size is in points of the picture. */
typedef struct
{
  GBytes *jpeg; /* NULL: none */
  int width;
  int height;
} GuituPicture;

/* The pages of a file that somebody scanned: PNG, JPEG or PDF. (transfer full): of GuituPicture, at
 * least one; NULL with GUITU_PRINT_ERROR_NOT_AN_IMAGE */
GPtrArray *_guitu_scan_read (GBytes *file,
                             GError **error);

G_END_DECLS
