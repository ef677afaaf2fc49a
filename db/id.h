/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_ID_BYTES 16

/** A new UUIDv7 (RFC 9562 §5.7) in its lower-case text form. Returns: (transfer full). */
char *guitu_id_new (void);

/**
 * The id (UUIDv8, RFC 9562 §5.8) of what these words name, %NULL at their end: the same at every desk,
 * and nobody who has not @key can tell the words from it. @key: (nullable): 32 bytes
 */
char *guitu_id_from_words (const guint8 *key, ...) G_GNUC_NULL_TERMINATED;

/** Whether @text is a UUID in canonical form; if so, its 16 bytes go to @bytes. */
gboolean guitu_id_to_bytes (const char *text, guint8 bytes[GUITU_ID_BYTES]);

/** The text form of 16 bytes. Returns: (transfer full). */
char *guitu_id_from_bytes (const guint8 bytes[GUITU_ID_BYTES]);

G_END_DECLS
