/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/value.h"

#include "db/id.h"

#include <string.h>

void
guitu_value_clear (GuituValue *value)
{
  g_clear_pointer (&value->data, g_free);
  value->type = GUITU_VALUE_NONE;
  value->integer = 0;
  value->length = 0;
}

void
guitu_value_set_integer (GuituValue *value,
                         gint64 integer)
{
  guitu_value_clear (value);
  value->type = GUITU_VALUE_INTEGER;
  value->integer = integer;
}

static void
set_data (GuituValue *value,
          GuituValueType type,
          gconstpointer data,
          gsize length)
{
  char *copy = g_malloc (length + 1);

  if (length > 0)
    memcpy (copy, data, length);
  copy[length] = '\0';
  guitu_value_clear (value);
  value->type = type;
  value->data = copy;
  value->length = length;
}

void
guitu_value_set_text (GuituValue *value,
                      const char *text)
{
  if (text == NULL)
    guitu_value_clear (value);
  else
    set_data (value, GUITU_VALUE_TEXT, text, strlen (text));
}

void
guitu_value_set_text_length (GuituValue *value,
                             const char *text,
                             gsize length)
{
  set_data (value, GUITU_VALUE_TEXT, text, length);
}

void
guitu_value_set_bytes (GuituValue *value,
                       gconstpointer data,
                       gsize length)
{
  set_data (value, GUITU_VALUE_BYTES, data, length);
}

void
guitu_value_copy (const GuituValue *from,
                  GuituValue *to)
{
  guitu_value_clear (to);
  if (from->data != NULL)
    set_data (to, from->type, from->data, from->length);
  else
    *to = *from;
}

gboolean
guitu_value_equal (const GuituValue *value,
                   const GuituValue *other)
{
  if (value->type != other->type)
    return FALSE;
  if (value->type == GUITU_VALUE_INTEGER)
    return value->integer == other->integer;
  return value->length == other->length &&
         (value->length == 0 || memcmp (value->data, other->data, value->length) == 0);
}

void
guitu_value_bind (const GuituValue *value,
                  GuituStatement *statement,
                  int parameter)
{
  switch (value->type)
    {
    case GUITU_VALUE_INTEGER:
      guitu_statement_bind_integer (statement, parameter, value->integer);
      break;
    case GUITU_VALUE_BYTES:
      guitu_statement_bind_bytes (statement, parameter, value->data, value->length);
      break;
    case GUITU_VALUE_TEXT:
    case GUITU_VALUE_NONE:
    default:
      guitu_statement_bind_text (statement, parameter, value->data);
      break;
    }
}

void
guitu_value_read (GuituValue *value,
                  GuituStatement *statement,
                  int column)
{
  gsize length;
  gconstpointer bytes;

  switch (guitu_statement_type (statement, column))
    {
    case GUITU_VALUE_INTEGER:
      guitu_value_set_integer (value, guitu_statement_integer (statement, column));
      break;
    case GUITU_VALUE_TEXT:
      guitu_value_set_text (value, guitu_statement_text (statement, column));
      break;
    case GUITU_VALUE_BYTES:
      bytes = guitu_statement_bytes (statement, column, &length);
      guitu_value_set_bytes (value, bytes, length);
      break;
    case GUITU_VALUE_NONE:
    default:
      guitu_value_clear (value);
      break;
    }
}

char *
guitu_value_to_text (const GuituValue *value)
{
  switch (value->type)
    {
    case GUITU_VALUE_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    case GUITU_VALUE_TEXT:
      return g_strdup (value->data);
    case GUITU_VALUE_BYTES:
      return value->length == GUITU_ID_BYTES ? guitu_id_from_bytes ((const guint8 *) value->data) : NULL;
    case GUITU_VALUE_NONE:
    default:
      return NULL;
    }
}
