/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whether @file is a PNG or JPEG picture that can be unpacked. Errors: GUITU_PRINT_ERROR_NOT_AN_IMAGE. */
gboolean guitu_image_check (GBytes *file,
                            GError **error);

/**
 * A PNG or JPEG picture as JPEG, upright and on white, neither side over @edge points; a smaller one
 * keeps its size. Returns: (transfer full). Errors: GUITU_PRINT_ERROR_NOT_AN_IMAGE.
 */
GBytes *guitu_image_scale (GBytes *file,
                           int edge,
                           GError **error);

G_END_DECLS
