/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define GUITU_QR_QUIET_ZONE 4 /* modules */

/**
 * _guitu_qr_draw:
 * @size: (out): width and height in modules, with the quiet zone
 *
 * A QR code of error correction level Q (ISO/IEC 18004) as PDF operators, one unit a module.
 *
 * Returns: (transfer full) (nullable): NULL with GUITU_PRINT_ERROR_TOO_LONG
 */
GString *_guitu_qr_draw (const char *text,
                         int *size,
                         GError **error);

/* Adds the texts of the QR codes in @image, as large as it is, to @texts (element-type utf8). */
void _guitu_qr_scan (const GdkPixbuf *image,
                     GPtrArray *texts);

G_END_DECLS
