/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Deterministic CBOR (RFC 8949 §4.2): a writer over GByteArray, and checked access to what
 * libcbor decoded. Only db/ includes this header. */

#include "db/value.h"

#include <cbor.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cbor_item_t, cbor_intermediate_decref)

void guitu_cbor_put_unsigned (GByteArray *out, guint64 value);
void guitu_cbor_put_integer (GByteArray *out, gint64 value);
void guitu_cbor_put_text (GByteArray *out, const char *text);
void guitu_cbor_put_bytes (GByteArray *out, gconstpointer data, gsize length);
void guitu_cbor_put_null (GByteArray *out);
void guitu_cbor_put_array (GByteArray *out, gsize length);
void guitu_cbor_put_map (GByteArray *out, gsize length);
void guitu_cbor_put_value (GByteArray *out, const GuituValue *value);

/** Where a reader stands in encoded bytes. Reading takes definite lengths only, and copies nothing. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
} GuituCborReader;

/* Each moves past one item, or head of an array or map, when that is what comes next. */
gboolean guitu_cbor_next_integer (GuituCborReader *reader, gint64 *value);
gboolean guitu_cbor_next_text (GuituCborReader *reader, const char **text, gsize *length);
gboolean guitu_cbor_next_bytes (GuituCborReader *reader, const guint8 **bytes, gsize *length);
gboolean guitu_cbor_next_array (GuituCborReader *reader, guint64 *length);
gboolean guitu_cbor_next_map (GuituCborReader *reader, guint64 *length);
gboolean guitu_cbor_next_value (GuituCborReader *reader, GuituValue *value);

/** Moves past any one item. Returns: %FALSE when it is malformed or nested deeper than entries are. */
gboolean guitu_cbor_skip (GuituCborReader *reader);

/** Decodes exactly one item that fills @data. Returns: (transfer full) or %NULL with INVALID set. */
cbor_item_t *guitu_cbor_read (gconstpointer data, gsize length, GError **error);

/** Element @i of an array, or %NULL when it is none or too short. Returns: (transfer none). */
cbor_item_t *guitu_cbor_element (cbor_item_t *array, gsize i);

gboolean guitu_cbor_get_integer (cbor_item_t *item, gint64 *value);
gboolean guitu_cbor_get_text (cbor_item_t *item, char **text);
gboolean guitu_cbor_get_bytes (cbor_item_t *item, guint8 *bytes, gsize length);

G_END_DECLS
