/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what was typed to a record, by the declaration of its fields. Every error names its field. */

#include "app/call.h"
#include "app/regions.h"

#include <string.h>

#define NAME_LENGTH 64 /* characters; minority names reach 40 */
#define TEXT_LENGTH 200
#define LONG_TEXT_LENGTH 8000

gboolean
guitu_record_says (const GuituRecord *record,
                   int position,
                   const char *text)
{
  return g_strcmp0 (guitu_record_text (record, position), text) == 0;
}

static const GuituOption *
find_option (const GuituVerb *verb,
             const char *name)
{
  for (const GuituOption *option = verb->options; option != NULL && option->name != NULL; option++)
    if (strcmp (option->name, name) == 0)
      return option;
  return NULL;
}

static gboolean
is_of_type (const GuituOption *option,
            JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  switch (option->type)
    {
    case GUITU_OPTION_FLAG:
      return type == G_TYPE_BOOLEAN;
    case GUITU_OPTION_INTEGER:
      return type == G_TYPE_INT64 || (type == G_TYPE_STRING && g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, NULL, NULL));
    case GUITU_OPTION_RECORD:
      return type == G_TYPE_STRING || JSON_NODE_HOLDS_OBJECT (node);
    case GUITU_OPTION_TEXT:
    case GUITU_OPTION_FILE:
    case GUITU_OPTION_OUTPUT:
    default:
      return type == G_TYPE_STRING;
    }
}

/* An option of the wrong type would else pass for one that was not given. */
static gboolean
check_option (const GuituOption *option,
              JsonNode *node,
              GError **error)
{
  if (is_of_type (option, node))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", option->name, "“%s” must be %s", option->name,
                     option->type == GUITU_OPTION_FLAG      ? "true or false"
                     : option->type == GUITU_OPTION_INTEGER ? "a whole number"
                     : option->type == GUITU_OPTION_RECORD  ? "an id, or an object with the fields of a new record"
                                                            : "text");
}

gboolean
guitu_input_check_members (JsonObject *json,
                           const GuituVerb *verb,
                           GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, json);
  while (json_object_iter_next (&iter, &name, &node))
    {
      int field = verb->fields == NULL ? -1 : guitu_kind_field (verb->fields, name);
      const GuituOption *option = find_option (verb, name);

      if (option != NULL && !check_option (option, node, error))
        return FALSE;
      if (JSON_NODE_HOLDS_OBJECT (node) && find_option (verb, "fields") != NULL)
        continue; /* the beginning of keys of a paper, checked against its form */
      if (option != NULL || (field >= 0 && !(verb->fields->fields[field].flags & GUITU_DERIVED)))
        continue;
      return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-field", name, "“%s” knows no field “%s”", verb->name, name);
    }
  return TRUE;
}

/* Two texts that look alike must be alike, and what is kept must show on paper. */
static gboolean
is_visible (gunichar character)
{
  /* Letters, marks and a pattern by their type, but nothing to see; and what never is a character. */
  static const struct
  {
    gunichar first;
    gunichar last;
  } hidden[] = {
    { 0x034f, 0x034f },
    { 0x115f, 0x1160 },
    { 0x2800, 0x2800 },
    { 0x3164, 0x3164 },
    { 0xfdd0, 0xfdef },
    { 0xfe00, 0xfe0f },
    { 0xffa0, 0xffa0 },
    { 0xe0100, 0xe01ef },
  };

  GUnicodeType type = g_unichar_type (character);

  if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_PRIVATE_USE ||
      type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    if (character >= hidden[i].first && character <= hidden[i].last)
      return FALSE;
  return (character & 0xfffe) != 0xfffe;
}

/* Also the wide space of a Chinese input method. */
static char *
strip (const char *text)
{
  const char *end = text + strlen (text);

  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, end - text);
}

/* Control characters are never text; line ends are, in fields of several lines. */
gboolean
guitu_text_check (const GuituField *field,
                  const char *text,
                  GError **error)
{
  glong limit = field->flags & GUITU_LONG                                                 ? LONG_TEXT_LENGTH
                : strcmp (field->name, "name") == 0 || strcmp (field->name, "alias") == 0 ? NAME_LENGTH
                                                                                          : TEXT_LENGTH;

  if (!g_utf8_validate (text, -1, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "invalid-utf-8", field->name, "“%s” is not valid UTF-8", field->name);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if ((character == '\n' || character == '\t') && (field->flags & GUITU_LONG))
        continue;
      if (!is_visible (character))
        return guitu_fail (error, GUITU_ERROR_INVALID, "control-character", field->name,
                           "“%s” holds a character that does not show (U+%04X)", field->name, character);
    }
  if (g_utf8_strlen (text, -1) > limit)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-long", field->name,
                       "“%s” is longer than %ld characters", field->name, limit);
  return TRUE;
}

static gboolean
take_code (GuituRecord *record,
           int position,
           const GuituField *field,
           const char *text,
           GError **error)
{
  const GuituCode *code = guitu_codes_parse (field->of, text);

  if (code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", field->name,
                       "“%s” is not one of the codes of %s", text, field->name);
  guitu_record_set_text (record, position, code->code);
  return TRUE;
}

static gboolean
take_moment (GuituRecord *record,
             int position,
             const GuituField *field,
             const char *text,
             GError **error)
{
  g_autofree char *parsed = field->type == GUITU_FIELD_DATE ? guitu_date_parse (text) : guitu_time_parse (text);

  if (parsed == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", field->name,
                       "“%s” is no possible %s (%s)", text, field->type == GUITU_FIELD_DATE ? "date" : "time",
                       field->type == GUITU_FIELD_DATE ? "YYYY-MM-DD" : "YYYY-MM-DD hh:mm");
  guitu_record_set_text (record, position, parsed);
  return TRUE;
}

static gboolean
is_digits (const char *text)
{
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

static gboolean
take_region (GuituRecord *record,
             int position,
             const GuituField *field,
             const char *text,
             GError **error)
{
  const char *found;

  if (!guitu_text_check (field, text, error))
    return FALSE;
  if (is_digits (text))
    {
      if (!guitu_regions_exists (text))
        return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", field->name, "There is no region with the code %s", text);
      guitu_record_set_text (record, position, text);
      return TRUE;
    }
  found = guitu_regions_find (text);
  guitu_record_set_text (record, position, found != NULL ? found : text);
  return TRUE;
}

static gboolean
take_integer (GuituRecord *record,
              int position,
              const GuituField *field,
              const char *text,
              GError **error)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &value, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-a-number", field->name, "“%s” is no whole number", text);
  guitu_record_set_integer (record, position, value);
  return TRUE;
}

static gboolean
take_text (GuituRecord *record,
           int position,
           const GuituField *field,
           const char *text,
           GError **error)
{
  guint8 id[GUITU_ID_BYTES];

  switch (field->type)
    {
    case GUITU_FIELD_CODE:
      return take_code (record, position, field, text, error);
    case GUITU_FIELD_DATE:
    case GUITU_FIELD_TIME:
      return take_moment (record, position, field, text, error);
    case GUITU_FIELD_REGION:
      return take_region (record, position, field, text, error);
    case GUITU_FIELD_REFERENCE:
      if (!guitu_id_to_bytes (text, id))
        return guitu_fail (error, GUITU_ERROR_INVALID, "not-an-id", field->name, "“%s” is no id", text);
      guitu_record_set_text (record, position, text);
      return TRUE;
    case GUITU_FIELD_INTEGER:
      return take_integer (record, position, field, text, error);
    case GUITU_FIELD_TEXT:
    case GUITU_FIELD_BYTES:
    default:
      if (!guitu_text_check (field, text, error))
        return FALSE;
      guitu_record_set_text (record, position, text);
      return TRUE;
    }
}

static gboolean
take_node (GuituRecord *record,
           int position,
           const GuituField *field,
           JsonNode *node,
           GError **error)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    {
      guitu_record_set_text (record, position, NULL);
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", field->name, "“%s” must be text or a number", field->name);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = strip (json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", field->name, "“%s” must be text or a number", field->name);
  if (text[0] == '\0')
    {
      guitu_record_set_text (record, position, NULL);
      return TRUE;
    }
  return take_text (record, position, field, text, error);
}

gboolean
guitu_record_take_member (GuituRecord *record,
                          int position,
                          JsonNode *node,
                          GError **error)
{
  const GuituField *field = &guitu_record_kind (record)->fields[position];

  return (field->flags & GUITU_DERIVED) || take_node (record, position, field, node, error);
}

gboolean
guitu_call_take (GuituCall *call,
                 const char *option,
                 GuituRecord *record,
                 int position,
                 GError **error)
{
  JsonNode *node = json_object_get_member (call->input, option);
  GuituField field = guitu_record_kind (record)->fields[position];

  field.name = option;
  return node == NULL || take_node (record, position, &field, node, error);
}

gboolean
guitu_record_take_json (GuituRecord *record,
                        JsonObject *json,
                        GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (json, kind->fields[i].name);

      if (node != NULL && !guitu_record_take_member (record, i, node, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_record_check_required (const GuituRecord *record,
                             GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & GUITU_REQUIRED) && !guitu_record_is_set (record, i))
      return guitu_fail (error, GUITU_ERROR_INVALID, "missing", kind->fields[i].name, "“%s” is needed", kind->fields[i].name);
  return TRUE;
}
