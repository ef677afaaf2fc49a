/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/encoding.h"

#include <string.h>

#define NULL_ITEM 0xf6 /* RFC 8949 §3.3 */

/* Head of an item (RFC 8949 §3): major type and the shortest form of its argument. */
static void
put_head (GByteArray *out,
          guint8 major,
          guint64 argument)
{
  guint8 head[9];
  gsize length = 1;

  if (argument < 24)
    head[0] = argument;
  else if (argument <= G_MAXUINT8)
    head[0] = 24, length = 2;
  else if (argument <= G_MAXUINT16)
    head[0] = 25, length = 3;
  else if (argument <= G_MAXUINT32)
    head[0] = 26, length = 5;
  else
    head[0] = 27, length = 9;
  for (gsize i = 1; i < length; i++)
    head[i] = argument >> (8 * (length - 1 - i));
  head[0] |= major << 5;
  g_byte_array_append (out, head, length);
}

void
guitu_cbor_put_unsigned (GByteArray *out,
                         guint64 value)
{
  put_head (out, 0, value);
}

void
guitu_cbor_put_integer (GByteArray *out,
                        gint64 value)
{
  if (value >= 0)
    put_head (out, 0, value);
  else
    put_head (out, 1, -(value + 1));
}

void
guitu_cbor_put_text (GByteArray *out,
                     const char *text)
{
  gsize length = strlen (text);

  put_head (out, 3, length);
  g_byte_array_append (out, (const guint8 *) text, length);
}

void
guitu_cbor_put_bytes (GByteArray *out,
                      gconstpointer data,
                      gsize length)
{
  put_head (out, 2, length);
  if (length > 0)
    g_byte_array_append (out, data, length);
}

void
guitu_cbor_put_null (GByteArray *out)
{
  put_head (out, 7, NULL_ITEM & 0x1f);
}

void
guitu_cbor_put_array (GByteArray *out,
                      gsize length)
{
  put_head (out, 4, length);
}

void
guitu_cbor_put_map (GByteArray *out,
                    gsize length)
{
  put_head (out, 5, length);
}

void
guitu_cbor_put_value (GByteArray *out,
                      const GuituValue *value)
{
  switch (value->type)
    {
    case GUITU_VALUE_INTEGER:
      guitu_cbor_put_integer (out, value->integer);
      break;
    case GUITU_VALUE_TEXT:
      guitu_cbor_put_text (out, value->data);
      break;
    case GUITU_VALUE_BYTES:
      guitu_cbor_put_bytes (out, value->data, value->length);
      break;
    case GUITU_VALUE_NONE:
    default:
      guitu_cbor_put_null (out);
      break;
    }
}

/* --- Reading from where it lies --------------------------------------------------------------- */

#define DEPTH_MAX 16

/* Reads the head of an item of type @major; stays where it is when another comes. */
static gboolean
next_head (GuituCborReader *reader,
           guint major,
           guint64 *argument)
{
  const guint8 *at = reader->at;
  guint minor;
  gsize size;

  if (at == reader->end || *at >> 5 != major)
    return FALSE;
  minor = *at++ & 0x1f;
  *argument = minor;
  if (minor >= 24)
    {
      size = (gsize) 1 << (minor - 24);
      if (minor > 27 || size > (gsize) (reader->end - at))
        return FALSE;
      *argument = 0;
      for (gsize i = 0; i < size; i++)
        *argument = *argument << 8 | *at++;
    }
  reader->at = at;
  return TRUE;
}

static gboolean
next_string (GuituCborReader *reader,
             guint major,
             const guint8 **bytes,
             gsize *length)
{
  const guint8 *start = reader->at;
  guint64 argument;

  if (!next_head (reader, major, &argument))
    return FALSE;
  if (argument > (guint64) (reader->end - reader->at))
    {
      reader->at = start;
      return FALSE;
    }
  *bytes = reader->at;
  *length = argument;
  reader->at += argument;
  return TRUE;
}

gboolean
guitu_cbor_next_integer (GuituCborReader *reader,
                         gint64 *value)
{
  const guint8 *start = reader->at;
  guint64 magnitude;
  gboolean is_positive = next_head (reader, 0, &magnitude);

  if (!is_positive && !next_head (reader, 1, &magnitude))
    return FALSE;
  if (magnitude > G_MAXINT64)
    {
      reader->at = start;
      return FALSE;
    }
  *value = is_positive ? (gint64) magnitude : -1 - (gint64) magnitude;
  return TRUE;
}

gboolean
guitu_cbor_next_text (GuituCborReader *reader,
                      const char **text,
                      gsize *length)
{
  const guint8 *start = reader->at;

  if (!next_string (reader, 3, (const guint8 **) text, length))
    return FALSE;
  if (g_utf8_validate_len (*text, *length, NULL))
    return TRUE;
  reader->at = start;
  return FALSE;
}

gboolean
guitu_cbor_next_bytes (GuituCborReader *reader,
                       const guint8 **bytes,
                       gsize *length)
{
  return next_string (reader, 2, bytes, length);
}

gboolean
guitu_cbor_next_array (GuituCborReader *reader,
                       guint64 *length)
{
  return next_head (reader, 4, length);
}

gboolean
guitu_cbor_next_map (GuituCborReader *reader,
                     guint64 *length)
{
  return next_head (reader, 5, length);
}

gboolean
guitu_cbor_next_value (GuituCborReader *reader,
                       GuituValue *value)
{
  const guint8 *bytes;
  const char *text;
  gsize length;
  gint64 integer;

  if (guitu_cbor_next_text (reader, &text, &length))
    guitu_value_set_text_length (value, text, length);
  else if (guitu_cbor_next_integer (reader, &integer))
    guitu_value_set_integer (value, integer);
  else if (guitu_cbor_next_bytes (reader, &bytes, &length))
    guitu_value_set_bytes (value, bytes, length);
  else if (reader->at < reader->end && *reader->at == NULL_ITEM)
    {
      reader->at++;
      guitu_value_clear (value);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
skip (GuituCborReader *reader,
      guint depth)
{
  guint major = reader->at == reader->end ? 0 : *reader->at >> 5;
  const guint8 *bytes;
  guint64 count;
  gsize length;

  if (major == 2 || major == 3)
    return next_string (reader, major, &bytes, &length);
  if (depth == 0 || !next_head (reader, major, &count))
    return FALSE;
  if (major == 4 || major == 5)
    for (guint64 i = 0; i < count; i++)
      if (!skip (reader, depth - 1) || (major == 5 && !skip (reader, depth - 1)))
        return FALSE;
  return major != 6 || skip (reader, depth - 1);
}

gboolean
guitu_cbor_skip (GuituCborReader *reader)
{
  return skip (reader, DEPTH_MAX);
}

/* --- Reading into a tree ---------------------------------------------------------------------- */

/* Whether the items state no more content than there are bytes. libcbor makes room for what is stated
 * before it looks: nine bytes could take gigabytes. */
static gboolean
is_bounded (const guint8 *data,
            gsize length)
{
  gsize i = 0;
  gsize stated = 0; /* members of arrays and maps: each is a byte or more */

  while (i < length)
    {
      guint major = data[i] >> 5;
      guint minor = data[i++] & 0x1f;
      gsize size = minor >= 24 && minor <= 27 ? (gsize) 1 << (minor - 24) : 0;
      guint64 argument = size == 0 && minor < 24 ? minor : 0;

      if (size > length - i)
        return FALSE;
      for (gsize j = 0; j < size; j++)
        argument = argument << 8 | data[i++];
      if (major >= 2 && major <= 5 && argument > length - i)
        return FALSE;
      if (major == 2 || major == 3)
        i += argument;
      if (major == 4 || major == 5)
        stated += (major - 3) * argument;
      if (stated > length)
        return FALSE;
    }
  return TRUE;
}

cbor_item_t *
guitu_cbor_read (gconstpointer data,
                 gsize length,
                 GError **error)
{
  struct cbor_load_result result = { 0 };
  g_autoptr (cbor_item_t) item = is_bounded (data, length) ? cbor_load (data, length, &result) : NULL;

  if (item == NULL || result.error.code != CBOR_ERR_NONE || result.read != length)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "These bytes are no ledger entry");
      return NULL;
    }
  return g_steal_pointer (&item);
}

cbor_item_t *
guitu_cbor_element (cbor_item_t *array,
                    gsize i)
{
  if (array == NULL || !cbor_isa_array (array) || i >= cbor_array_size (array))
    return NULL;
  return cbor_array_handle (array)[i];
}

gboolean
guitu_cbor_get_integer (cbor_item_t *item,
                        gint64 *value)
{
  guint64 magnitude;

  if (item == NULL || !(cbor_isa_uint (item) || cbor_isa_negint (item)))
    return FALSE;
  magnitude = cbor_get_int (item);
  if (magnitude > G_MAXINT64)
    return FALSE;
  *value = cbor_isa_uint (item) ? (gint64) magnitude : -1 - (gint64) magnitude;
  return TRUE;
}

gboolean
guitu_cbor_get_text (cbor_item_t *item,
                     char **text)
{
  const char *data;
  gsize length;

  if (item == NULL || !cbor_isa_string (item) || !cbor_string_is_definite (item))
    return FALSE;
  data = (const char *) cbor_string_handle (item);
  length = cbor_string_length (item);
  if (!g_utf8_validate_len (length > 0 ? data : "", length, NULL))
    return FALSE;
  g_free (*text);
  *text = g_strndup (length > 0 ? data : "", length);
  return TRUE;
}

gboolean
guitu_cbor_get_bytes (cbor_item_t *item,
                      guint8 *bytes,
                      gsize length)
{
  if (item == NULL || !cbor_isa_bytestring (item) || !cbor_bytestring_is_definite (item) ||
      cbor_bytestring_length (item) != length)
    return FALSE;
  if (length > 0)
    memcpy (bytes, cbor_bytestring_handle (item), length);
  return TRUE;
}
