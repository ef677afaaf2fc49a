/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records on standard input. The parser takes more than JSON (comments, single quotes, "var x =")
 * and stops behind the first value, so the text is followed here until the brackets are closed. */

#include "app/ctl/records.h"

#include <stdio.h>
#include <string.h>

#define DEEPEST_NESTING 16
#define LONGEST_NUMBER 18 /* digits; more do not fit into an integer */

struct _CtlRecords
{
  FILE *from;
  char *line;
  size_t size;
  const char *at; /* what is left of the line */
  GString *text;  /* of the value that is being read */
  int depth;
  guint digits; /* of the number that is being read */
  gboolean in_string;
};

CtlRecords *
ctl_records_new (FILE *from)
{
  CtlRecords *records = g_new0 (CtlRecords, 1);

  records->from = from;
  records->at = "";
  records->text = g_string_new (NULL);
  return records;
}

void
ctl_records_free (CtlRecords *records)
{
  free (records->line); /* from getline */
  g_string_free (records->text, TRUE);
  g_free (records);
}

static gboolean
follow_string (CtlRecords *records,
               GError **error)
{
  const char *at = records->at;

  if (*at == '\\' && g_str_has_prefix (at + 1, "u0000"))
    return ctl_fail (error, "control-character", NULL, "A text holds the character U+0000, which ends texts");
  if (*at == '\\' && at[1] != '\0')
    records->at++;
  records->in_string = *at != '"';
  return TRUE;
}

static gboolean
follow_structure (CtlRecords *records,
                  GError **error)
{
  char character = *records->at;

  records->in_string = character == '"';
  records->digits = g_ascii_isdigit (character) ? records->digits + 1 : 0;
  if (character == '{' || character == '[')
    records->depth++;
  if (character == '}' || character == ']')
    records->depth--;
  if (character == '\'' || character == '/')
    return ctl_fail (error, "invalid-json", NULL, "JSON has no comments, and texts stand in \" quotation marks");
  if (records->digits > LONGEST_NUMBER)
    return ctl_fail (error, "number-too-large", NULL, "A number has more than 18 digits; write it as a text, in quotation marks");
  return records->depth <= DEEPEST_NESTING ||
         ctl_fail (error, "invalid-json", NULL, "The brackets are nested too deeply for a record");
}

/* Appends the rest of the line, or as much of it as closes the brackets. */
static gboolean
follow (CtlRecords *records,
        GError **error)
{
  const char *start;

  if (records->text->len == 0)
    records->at += strspn (records->at, " \t\r\n");
  if (*records->at == '\0')
    return TRUE;
  if (records->depth == 0 && *records->at != '{' && *records->at != '[')
    return ctl_fail (error, "invalid-json", NULL, "A record is a JSON object; several are an array, or stand one behind another");
  start = records->at;
  do
    {
      if (!(records->in_string ? follow_string (records, error) : follow_structure (records, error)))
        return FALSE;
      records->at++;
    }
  while (*records->at != '\0' && records->depth > 0);
  g_string_append_len (records->text, start, records->at - start);
  return TRUE;
}

static JsonNode *
parse (const char *text,
       GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) failure = NULL;

  if (json_parser_load_from_data (parser, text, -1, &failure) && json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  ctl_fail (error, "invalid-json", NULL, failure == NULL ? "This is no record" : failure->message);
  return NULL;
}

gboolean
ctl_records_next (CtlRecords *records,
                  JsonNode **node,
                  GError **error)
{
  ssize_t length;

  *node = NULL;
  g_string_truncate (records->text, 0);
  do
    {
      if (!follow (records, error))
        return FALSE;
      if (records->text->len > 0 && records->depth <= 0)
        {
          *node = parse (records->text->str, error);
          return *node != NULL;
        }
      length = getline (&records->line, &records->size, records->from);
      if (length > 0 && !g_utf8_validate (records->line, length, NULL))
        return ctl_fail (error, "invalid-utf-8", NULL, "The input is not valid UTF-8");
      records->at = length > 0 ? records->line : "";
    }
  while (length > 0);
  return records->text->len == 0 || ctl_fail (error, "invalid-json", NULL, "The input ends in the middle of a record");
}
