/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whether @file is a PNG or JPEG picture that can be unpacked. Errors: GUITU_PRINT_ERROR_NOT_AN_IMAGE. */
gboolean guitu_image_check (GBytes *file,
                            GError **error);

G_END_DECLS
