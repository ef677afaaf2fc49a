/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guitu_qr_read:
 * @image: a PNG or JPEG file, such as a photo or a scan of a paper
 *
 * Finds every QR code in a picture. Pictures of more than 64 million points are refused before
 * they are unpacked.
 *
 * Returns: (transfer full) (nullable): the texts found, at least one; NULL with
 *   GUITU_PRINT_ERROR_NOT_AN_IMAGE or GUITU_PRINT_ERROR_NO_CODE
 */
GStrv guitu_qr_read (GBytes *image,
                     GError **error);

G_END_DECLS
