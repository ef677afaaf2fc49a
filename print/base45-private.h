/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Base45, RFC 9285. (transfer full) */
char *_guitu_base45_encode (const guint8 *data,
                            gsize length);

/* Strict: NULL for a character outside the alphabet, a length that no bytes have, or a group whose
 * value does not fit its bytes. So every byte string has exactly one text. */
GByteArray *_guitu_base45_decode (const char *text);

G_END_DECLS
