/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/encoding.h"

#include <string.h>

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
  put_head (out, 7, 22);
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
guitu_cbor_member (cbor_item_t *map,
                   guint64 key)
{
  struct cbor_pair *pairs;

  if (map == NULL || !cbor_isa_map (map))
    return NULL;
  pairs = cbor_map_handle (map);
  for (gsize i = 0; i < cbor_map_size (map); i++)
    if (cbor_isa_uint (pairs[i].key) && cbor_get_int (pairs[i].key) == key)
      return pairs[i].value;
  return NULL;
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

gboolean
guitu_cbor_get_value (cbor_item_t *item,
                      GuituValue *value)
{
  g_autofree char *text = NULL;
  gint64 integer;

  if (item == NULL)
    return FALSE;
  if (cbor_isa_float_ctrl (item) && cbor_float_ctrl_is_ctrl (item) && cbor_is_null (item))
    {
      guitu_value_clear (value);
      return TRUE;
    }
  if (guitu_cbor_get_integer (item, &integer))
    {
      guitu_value_set_integer (value, integer);
      return TRUE;
    }
  if (guitu_cbor_get_text (item, &text))
    {
      guitu_value_set_text (value, text);
      return TRUE;
    }
  if (cbor_isa_bytestring (item) && cbor_bytestring_is_definite (item))
    {
      guitu_value_set_bytes (value, cbor_bytestring_handle (item), cbor_bytestring_length (item));
      return TRUE;
    }
  return FALSE;
}
