/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What travels on paper as a QR code and is no seal: cards of stations, backups of their keys. */

#include "app/call.h"
#include "print/print.h"

G_BEGIN_DECLS

#define GUITU_CARD_PREFIX "GTC1:"
#define GUITU_BACKUP_PREFIX "GTK1:"

/** Whether @path is to be a picture or a printed page by its ending. */
gboolean guitu_qr_is_file (const char *path);

/** Writes a PDF of the sheet, or for a path that ends in .png the code alone. */
gboolean guitu_qr_write (const char *path, const GuituQrSheet *sheet, GError **error);

/** The code with that prefix in a picture that is named by the option @option. Errors: INVALID. Returns: (transfer full). */
GBytes *guitu_qr_from_picture (const char *path, const char *option, const char *prefix, GError **error);

G_END_DECLS
