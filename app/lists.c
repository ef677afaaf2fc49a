/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be entered: the fields of records and the codes of lists. */

#include "app/verbs.h"

static const char *
type_name (GuituFieldType type)
{
  switch (type)
    {
    case GUITU_FIELD_INTEGER:
      return "integer";
    case GUITU_FIELD_DATE:
      return "date";
    case GUITU_FIELD_TIME:
      return "time";
    case GUITU_FIELD_CODE:
      return "code";
    case GUITU_FIELD_REFERENCE:
      return "reference";
    case GUITU_FIELD_REGION:
      return "region";
    case GUITU_FIELD_BYTES:
      return "bytes";
    case GUITU_FIELD_TEXT:
    default:
      return "text";
    }
}

static void
emit_field (GuituCall *call,
            const GuituKind *kind,
            const GuituField *field)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "kind", kind->name);
  json_object_set_string_member (json, "field", field->name);
  json_object_set_string_member (json, "type", type_name (field->type));
  if (field->of != NULL)
    json_object_set_string_member (json, "of", field->of);
  json_object_set_string_member (json, "english", field->english);
  json_object_set_string_member (json, "chinese", field->chinese);
  json_object_set_boolean_member (json, "required", (field->flags & GUITU_REQUIRED) != 0);
  json_object_set_boolean_member (json, "input", (field->flags & GUITU_DERIVED) == 0);
  guitu_call_emit (call, json);
}

static gboolean
run_fields (GuituCall *call,
            GError **error)
{
  const char *name = guitu_call_text (call, "kind");
  const GuituKind *const *kinds = guitu_kinds ();

  if (name != NULL && guitu_kind_find (name) == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "kind", "There is no kind of record “%s”", name);
  for (guint i = 0; kinds[i] != NULL; i++)
    for (guint j = 0; (name == NULL || kinds[i] == guitu_kind_find (name)) && j < kinds[i]->n_fields; j++)
      if (!(kinds[i]->fields[j].flags & GUITU_SECRET))
        emit_field (call, kinds[i], &kinds[i]->fields[j]);
  return TRUE;
}

static void
emit_list (GuituCall *call,
           const char *name)
{
  const GuituCode *const *codes = guitu_codes_list (name, NULL);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "list", name);
      json_object_set_string_member (json, "code", codes[i]->code);
      json_object_set_string_member (json, "english", codes[i]->english);
      json_object_set_string_member (json, "chinese", codes[i]->chinese);
      if (*codes[i]->report_line != '\0')
        json_object_set_string_member (json, "report_line", codes[i]->report_line);
      if (codes[i]->is_local)
        json_object_set_boolean_member (json, "local", TRUE);
      guitu_call_emit (call, json);
    }
}

static gboolean
run_codes (GuituCall *call,
           GError **error)
{
  const char *name = guitu_call_text (call, "list");
  const char *const *lists = guitu_codes_lists ();

  if (name != NULL && guitu_codes_list (name, NULL) == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "list", "There is no code list “%s”", name);
  if (name != NULL)
    emit_list (call, name);
  for (guint i = 0; name == NULL && lists[i] != NULL; i++)
    emit_list (call, lists[i]);
  return TRUE;
}

static const GuituOption fields_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of record (person, stay …); nothing: all" },
  { NULL },
};

static const GuituOption codes_options[] = {
  { "list", GUITU_OPTION_TEXT, TRUE, "name of the list; nothing: all" },
  { NULL },
};

const GuituVerb guitu_verb_fields = {
  "fields", "List the fields of records", GUITU_VERB_NO_STORE | GUITU_VERB_NO_LOGIN, fields_options, NULL, run_fields
};
const GuituVerb guitu_verb_codes = {
  "codes", "List the codes that fields take", GUITU_VERB_NO_STORE | GUITU_VERB_USES_STORE | GUITU_VERB_NO_LOGIN, codes_options, NULL, run_codes
};
