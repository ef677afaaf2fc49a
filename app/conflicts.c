/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What two desks wrote at once: every value with who and when. */

#include "app/conflicts.h"

#include "app/access.h"
#include "app/fence.h"
#include "app/history.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

#define RECORDS_LISTED 200
#define DEEPEST_REFERENCE 4 /* paper, transfer, stay, person */

/* --- Which values can be taken --------------------------------------------------------------- */

const char *
guitu_conflict_why_fixed (const GuituKind *kind,
                          int field)
{
  if (field == (int) kind->n_fields - 1 || (kind->fields[field].flags & (GUITU_DERIVED | GUITU_SECRET)))
    return "derived-field";
  if (kind == &guitu_kind_person || kind == &guitu_kind_room || (kind == &guitu_kind_stay && guitu_stay_is_edited (field)))
    return NULL;
  return "own-act";
}

/* --- In words -------------------------------------------------------------------------------- */

typedef struct
{
  GuituTransaction *transaction;
  GPtrArray *desks; /* GuituDesk */
  gboolean reveal;
} Telling;

char *
guitu_conflict_version (const GuituHistoryItem *item)
{
  return g_strdup_printf ("%" G_GINT64_MODIFIER "x-%016" G_GINT64_MODIFIER "x", item->clock, item->desk);
}

static void
add_desk (JsonObject *json,
          const Telling *telling,
          gint64 id)
{
  for (guint i = 0; i < telling->desks->len; i++)
    {
      const GuituDesk *desk = g_ptr_array_index (telling->desks, i);

      if (desk->desk != id)
        continue;
      json_object_set_int_member (json, "desk", desk->number);
      json_object_set_string_member (json, "station", desk->station);
    }
}

static void
set_text (JsonObject *json,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, member, text);
}

/* What a code, or the id of a user, means. */
static void
add_meaning (JsonObject *json,
             const Telling *telling,
             const GuituField *field,
             const char *value)
{
  const GuituCode *code = field->type == GUITU_FIELD_CODE && value != NULL ? guitu_codes_find (field->of, value) : NULL;
  g_autofree char *user = NULL;

  if (code != NULL)
    {
      json_object_set_string_member (json, "english", code->english);
      json_object_set_string_member (json, "chinese", code->chinese);
    }
  if (value != NULL && field->type == GUITU_FIELD_REFERENCE && strcmp (field->of, "user") == 0)
    user = guitu_user_display_name (telling->transaction, value);
  set_text (json, "value_name", user);
}

static JsonObject *
value_to_json (const Telling *telling,
               const GuituKind *kind,
               const GuituHistoryItem *item,
               GError **error)
{
  JsonObject *json = guitu_history_item_to_json (telling->transaction, kind, item, telling->reveal, error);
  int position = kind == NULL ? -1 : guitu_kind_field (kind, item->field);
  g_autofree char *version = guitu_conflict_version (item);
  g_autofree char *user = json == NULL || item->user == NULL ? NULL : guitu_user_display_name (telling->transaction, item->user);

  if (json == NULL)
    return NULL;
  json_object_set_string_member (json, "version", version);
  set_text (json, "user_name", user);
  add_desk (json, telling, item->desk);
  if (position >= 0)
    add_meaning (json, telling, &kind->fields[position], item->value);
  return json;
}

/* --- Whose record ---------------------------------------------------------------------------- */

static char *person_of (GuituTransaction *transaction, const GuituKind *kind, const char *id, guint depth);

/* The person to whom the references of a record lead, or NULL. */
static char *
person_of_references (GuituTransaction *transaction,
                      const GuituRecord *record,
                      guint depth)
{
  const GuituKind *kind = guitu_record_kind (record);
  static const GuituKind *const leading[] = { &guitu_kind_person, &guitu_kind_stay, &guitu_kind_transfer };

  for (guint i = 0; i < kind->n_fields; i++)
    for (guint j = 0; j < G_N_ELEMENTS (leading); j++)
      if (kind->fields[i].type == GUITU_FIELD_REFERENCE && guitu_record_is_set (record, i) && strcmp (kind->fields[i].of, leading[j]->name) == 0)
        return person_of (transaction, leading[j], guitu_record_text (record, i), depth + 1);
  return NULL;
}

static char *
person_of (GuituTransaction *transaction,
           const GuituKind *kind,
           const char *id,
           guint depth)
{
  g_autoptr (GuituRecord) record = NULL;

  if (kind == &guitu_kind_person)
    return g_strdup (id);
  record = depth > DEEPEST_REFERENCE ? NULL : guitu_record_load (transaction, kind, id, NULL);
  return record == NULL ? NULL : person_of_references (transaction, record, depth);
}

/* What the record is called: the number of a stay or paper, the name of kin or of a room. */
static const char *
title_of (const GuituRecord *record)
{
  static const char *const names[] = { "number", "name", "title", "code" };
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int field = guitu_kind_field (kind, names[i]);

      if (field >= 0 && kind->fields[field].type == GUITU_FIELD_TEXT && guitu_record_is_set (record, field))
        return guitu_record_text (record, field);
    }
  return NULL;
}

/* A record that is not here yet names nobody. */
static void
add_subject (JsonObject *json,
             GuituTransaction *transaction,
             const GuituKind *kind,
             const char *id)
{
  g_autoptr (GuituRecord) record = guitu_record_load (transaction, kind, id, NULL);
  g_autofree char *person_id = record == NULL ? NULL : person_of (transaction, kind, id, 0);
  g_autoptr (GuituRecord) person = person_id == NULL ? NULL : guitu_person_effective (transaction, person_id, NULL);

  if (record != NULL && kind != &guitu_kind_person)
    set_text (json, "of", title_of (record));
  if (person == NULL)
    return;
  json_object_set_string_member (json, "person", person_id);
  json_object_set_string_member (json, "display_name", guitu_person_display_name (person));
}

static void
add_field (JsonObject *json,
           const GuituKind *kind,
           int position,
           gboolean reveal)
{
  const GuituField *field = &kind->fields[position];
  const char *fixed = guitu_conflict_why_fixed (kind, position);

  json_object_set_string_member (json, "kind_english", kind->english);
  json_object_set_string_member (json, "kind_chinese", kind->chinese);
  json_object_set_string_member (json, "field_english", field->english);
  json_object_set_string_member (json, "field_chinese", field->chinese);
  json_object_set_boolean_member (json, "choose", fixed == NULL);
  set_text (json, "fixed", fixed);
  json_object_set_boolean_member (json, "masked", (field->flags & GUITU_MASKED) && !reveal);
}

static JsonObject *
conflict_to_json (const Telling *telling,
                  const GuituConflict *conflict,
                  GError **error)
{
  const GuituKind *kind = guitu_kind_find (conflict->kind);
  int position = kind == NULL ? -1 : guitu_kind_field (kind, conflict->field);
  g_autoptr (JsonObject) json = json_object_new ();
  JsonArray *values = json_array_new ();

  json_object_set_string_member (json, "kind", conflict->kind);
  json_object_set_string_member (json, "id", conflict->id);
  json_object_set_string_member (json, "field", conflict->field);
  json_object_set_array_member (json, "values", values);
  if (position >= 0)
    {
      add_field (json, kind, position, telling->reveal);
      add_subject (json, telling->transaction, kind, conflict->id);
    }
  for (guint i = 0; i < conflict->values->len; i++)
    {
      JsonObject *value = value_to_json (telling, kind, g_ptr_array_index (conflict->values, i), error);

      if (value == NULL)
        return NULL;
      json_object_set_boolean_member (value, "stands", i == 0);
      json_array_add_object_element (values, value);
    }
  return g_steal_pointer (&json);
}

static gboolean
tell (JsonArray *array,
      GuituTransaction *transaction,
      GPtrArray *conflicts,
      gboolean reveal,
      GError **error)
{
  g_autoptr (GPtrArray) desks = conflicts == NULL || conflicts->len == 0 ? NULL : guitu_desks_list (transaction, error);
  const Telling telling = { transaction, desks, reveal };

  if (conflicts == NULL || (conflicts->len > 0 && desks == NULL))
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      JsonObject *json = conflict_to_json (&telling, g_ptr_array_index (conflicts, i), error);

      if (json == NULL)
        return FALSE;
      json_array_add_object_element (array, json);
    }
  return TRUE;
}

static gboolean
add_of_record (JsonArray *array,
               GuituTransaction *transaction,
               const char *id,
               gboolean reveal,
               GError **error)
{
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, id, error);

  return tell (array, transaction, conflicts, reveal, error);
}

/* Those of the person and of everything that hangs on the person. */
gboolean
guitu_conflicts_add (JsonObject *json,
                     GuituTransaction *transaction,
                     gboolean reveal,
                     GError **error)
{
  static const char *const lists[] = { "merged", "stays", "transfers", "papers", "kin_records", "statements" };
  JsonArray *array = json_array_new ();

  json_object_set_array_member (json, "conflicts", array);
  if (!add_of_record (array, transaction, json_object_get_string_member (json, "leader"), reveal, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *records = json_object_get_array_member (json, lists[i]);

      for (guint j = 0; j < json_array_get_length (records); j++)
        if (!add_of_record (array, transaction, json_object_get_string_member (json_array_get_object_element (records, j), "id"), reveal, error))
          return FALSE;
    }
  return TRUE;
}

/* --- conflict list --------------------------------------------------------------------------- */

static gboolean
emit_count (GuituCall *call,
            GuituTransaction *transaction,
            GError **error)
{
  gint64 fields, records;
  JsonObject *json;

  if (!guitu_conflicts_count (transaction, &fields, &records, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_int_member (json, "fields", fields);
  json_object_set_int_member (json, "records", records);
  guitu_call_emit (call, json);
  return TRUE;
}

/* Whoever sees masked values sees those of one record, and that is logged. */
static gboolean
check_reveal (GuituCall *call,
              GuituTransaction *transaction,
              GPtrArray *conflicts,
              GError **error)
{
  const GuituConflict *first = conflicts->len == 0 ? NULL : g_ptr_array_index (conflicts, 0);

  if (guitu_call_text (call, "id") == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "id", "“id” is needed: masked values are shown of one record at a time");
  if (!guitu_call_may (call, "see id-number"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "reveal", "%s may not see ID numbers in full", call->session->name);
  return first == NULL || guitu_fence_refuse_record (call, transaction, guitu_kind_find (first->kind), first->id, error);
}

static gboolean
log_reveal (GuituCall *call,
            JsonArray *told,
            GError **error)
{
  JsonObject *first = json_array_get_length (told) == 0 ? NULL : json_array_get_object_element (told, 0);

  return first == NULL || !json_object_has_member (first, "person") ||
         guitu_access_log (call, "view", json_object_get_string_member (first, "person"), NULL, error);
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_text (call, "id");
  guint limit = CLAMP (guitu_call_integer (call, "limit", RECORDS_LISTED), 1, G_MAXINT);
  gboolean reveal = guitu_call_flag (call, "reveal");
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonArray) told = json_array_new ();

  if (transaction == NULL)
    return FALSE;
  if (guitu_call_flag (call, "count"))
    return emit_count (call, transaction, error);
  conflicts = id != NULL ? guitu_conflicts_list (transaction, id, error)
                         : guitu_conflicts_page (transaction, guitu_call_text (call, "before"), limit, error);
  if (conflicts == NULL || (reveal && !check_reveal (call, transaction, conflicts, error)) ||
      !tell (told, transaction, conflicts, reveal, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (reveal && !log_reveal (call, told, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (told); i++)
    guitu_call_emit (call, json_object_ref (json_array_get_object_element (told, i)));
  return TRUE;
}

static const GuituOption list_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "only those of the record of this id" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "those of at most so many records (200), the newest first" },
  { "before", GUITU_OPTION_TEXT, FALSE, "go on after the record of this id, the last one that was listed" },
  { "count", GUITU_OPTION_FLAG, FALSE, "tell only how many fields of how many records there are" },
  { "reveal", GUITU_OPTION_FLAG, FALSE, "show masked fields of one record in full; the view is logged" },
  { NULL },
};

const GuituVerb guitu_verb_conflict_list = {
  "conflict list", "List what two desks wrote at once, with every value", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
