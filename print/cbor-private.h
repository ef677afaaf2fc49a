/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The few items of CBOR that seals need, in deterministic form (RFC 8949 §4.2: shortest heads,
 * definite lengths); the caller orders map keys.
 *
 * Writing is libcbor's. Reading is our own: libcbor before 0.12 refuses tags 6 to 20, and with them
 * COSE's (its issue 307). It allocates nothing, so a hostile text can't make it.
 */
void _guitu_cbor_put_int (GByteArray *out,
                          gint64 value);
void _guitu_cbor_put_text (GByteArray *out,
                           const char *text);
void _guitu_cbor_put_bytes (GByteArray *out,
                            const guint8 *data,
                            gsize length);
void _guitu_cbor_put_array (GByteArray *out,
                            gsize n_items);
void _guitu_cbor_put_map (GByteArray *out,
                          gsize n_pairs);
void _guitu_cbor_put_tag (GByteArray *out,
                          guint64 tag);

/* Major types. */
typedef enum
{
  GUITU_CBOR_UINT = 0,
  GUITU_CBOR_NEGATIVE = 1, /* value n stands for -1 - n */
  GUITU_CBOR_BYTES = 2,
  GUITU_CBOR_TEXT = 3,
  GUITU_CBOR_ARRAY = 4,
  GUITU_CBOR_MAP = 5,
  GUITU_CBOR_TAG = 6,
} GuituCborType;

typedef struct
{
  const guint8 *data;
  gsize left;
  /* the item read last: number, count or length, and the bytes of a string (in the input) */
  guint64 value;
  const guint8 *string;
} GuituCborReader;

/* Reads the head of the next item (and a string's bytes). FALSE, and nothing read, when it is of
 * another type, cut short or not in its shortest form. */
gboolean _guitu_cbor_next (GuituCborReader *reader,
                           GuituCborType expected);

G_END_DECLS
