/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/cbor-private.h"

#include <cbor.h>
#include <string.h>

#define HEAD_SIZE 9

typedef size_t (*EncodeHead) (uint64_t value, unsigned char *buffer, size_t size);
typedef size_t (*EncodeCount) (size_t count, unsigned char *buffer, size_t size);

static void
put_count (GByteArray *out,
           EncodeCount encode,
           gsize count)
{
  guint8 head[HEAD_SIZE];

  g_byte_array_append (out, head, (guint) encode (count, head, sizeof head));
}

static void
put_number (GByteArray *out,
            EncodeHead encode,
            guint64 value)
{
  guint8 head[HEAD_SIZE];

  g_byte_array_append (out, head, (guint) encode (value, head, sizeof head));
}

void
_guitu_cbor_put_int (GByteArray *out,
                     gint64 value)
{
  if (value >= 0)
    put_number (out, cbor_encode_uint, (guint64) value);
  else
    put_number (out, cbor_encode_negint, (guint64) (-1 - value));
}

void
_guitu_cbor_put_text (GByteArray *out,
                      const char *text)
{
  gsize length = strlen (text);

  put_count (out, cbor_encode_string_start, length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

void
_guitu_cbor_put_bytes (GByteArray *out,
                       const guint8 *data,
                       gsize length)
{
  put_count (out, cbor_encode_bytestring_start, length);
  g_byte_array_append (out, data, (guint) length);
}

void
_guitu_cbor_put_array (GByteArray *out,
                       gsize n_items)
{
  put_count (out, cbor_encode_array_start, n_items);
}

void
_guitu_cbor_put_map (GByteArray *out,
                     gsize n_pairs)
{
  put_count (out, cbor_encode_map_start, n_pairs);
}

void
_guitu_cbor_put_tag (GByteArray *out,
                     guint64 tag)
{
  put_number (out, cbor_encode_tag, tag);
}

/* The number in the head of an item; FALSE when it is cut short or not in its shortest form. */
static gboolean
read_number (GuituCborReader *reader,
             guint length_code,
             guint64 *number)
{
  guint n_bytes;

  *number = length_code;
  if (length_code < 24)
    return TRUE;
  n_bytes = 1u << (length_code & 3);
  if (length_code > 27 || reader->left < n_bytes)
    return FALSE;
  *number = 0;
  for (guint i = 0; i < n_bytes; i++)
    *number = *number << 8 | reader->data[i];
  reader->data += n_bytes;
  reader->left -= n_bytes;
  return n_bytes == 1 ? *number >= 24 : *number >> (n_bytes * 4) != 0;
}

gboolean
_guitu_cbor_next (GuituCborReader *reader,
                  GuituCborType expected)
{
  GuituCborReader next = *reader;
  guint8 head;

  if (next.left == 0)
    return FALSE;
  head = *next.data++;
  next.left--;
  if (head >> 5 != expected || !read_number (&next, head & 0x1f, &next.value))
    return FALSE;
  if (expected == GUITU_CBOR_BYTES || expected == GUITU_CBOR_TEXT)
    {
      if (next.value > next.left)
        return FALSE;
      next.string = next.data;
      next.data += next.value;
      next.left -= next.value;
    }
  *reader = next;
  return TRUE;
}
