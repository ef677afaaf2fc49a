/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/call.h"
#include "app/regions.h"
#include "app/verbs.h"

#include <string.h>

#define FIND_LIMIT 50

/* --- add, edit ------------------------------------------------------------------------------- */

static gboolean
emit_with_warnings (GuituCall *call,
                    JsonObject *json,
                    JsonArray *warnings)
{
  json_object_set_array_member (json, "warnings", warnings);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (JsonArray) warnings = NULL;

  if (!guitu_record_take_json (person, call->input, error) || !guitu_person_check (person, error))
    return FALSE;
  transaction = guitu_call_read (call, error);
  warnings = transaction == NULL ? NULL : guitu_person_warnings (transaction, person, error);
  if (warnings == NULL)
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !guitu_transaction_put (transaction, person, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  return emit_with_warnings (call, guitu_person_to_json (person, FALSE), g_steal_pointer (&warnings));
}

/* A corrected number must not be measured against what the old one had filled in. */
static void
forget_what_the_number_said (GuituRecord *person,
                             JsonObject *input)
{
  const char *const filled[] = { "birth_from", "birth_to" };
  const int positions[] = { GUITU_PERSON_BIRTH_FROM, GUITU_PERSON_BIRTH_TO };

  if (!guitu_record_changed (person, GUITU_PERSON_ID_NUMBER) || !guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (filled); i++)
    if (!json_object_has_member (input, filled[i]))
      guitu_record_set_text (person, positions[i], NULL);
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) person = NULL;

  if (id == NULL)
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL)
    return FALSE;
  person = guitu_record_load (transaction, &guitu_kind_person, id, error);
  if (person == NULL || !guitu_record_take_json (person, call->input, error))
    return FALSE;
  forget_what_the_number_said (person, call->input);
  if (!guitu_person_check (person, error) ||
      !guitu_transaction_put (transaction, person, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_person_to_json (person, FALSE));
  return TRUE;
}

/* --- check: what the window shows while a person is typed ------------------------------------- */

static void
add_problem (JsonArray *problems,
             const GError *failure)
{
  JsonObject *problem = json_object_new ();
  const char *field = guitu_error_field (failure);

  json_object_set_string_member (problem, "field", field == NULL ? "" : field);
  json_object_set_string_member (problem, "code", guitu_error_code (failure));
  json_object_set_string_member (problem, "message", failure->message);
  json_array_add_object_element (problems, problem);
}

/* What the ID number tells and was not typed. */
static JsonObject *
suggestions (const GuituRecord *person,
             JsonObject *input)
{
  const int positions[] = { GUITU_PERSON_SEX, GUITU_PERSON_BIRTH_FROM, GUITU_PERSON_BIRTH_TO, GUITU_PERSON_HOUSEHOLD };
  JsonObject *suggest = json_object_new ();
  const char *household = guitu_record_text (person, GUITU_PERSON_HOUSEHOLD);

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      const char *name = guitu_kind_person.fields[positions[i]].name;
      const char *typed = json_object_get_string_member_with_default (input, name, "");

      if (typed[0] == '\0' && guitu_record_is_set (person, positions[i]))
        json_object_set_string_member (suggest, name, guitu_record_text (person, positions[i]));
    }
  if (json_object_has_member (suggest, "household"))
    {
      g_autofree char *name = guitu_regions_full_name (household);

      json_object_set_string_member (suggest, "household_name", name == NULL ? household : name);
    }
  return suggest;
}

static void
take_what_is_good (GuituRecord *person,
                   JsonObject *input,
                   JsonArray *problems)
{
  for (guint i = 0; i < guitu_kind_person.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_person.fields[i].name);
      g_autoptr (GError) failure = NULL;

      if (node != NULL && !guitu_record_take_member (person, i, node, &failure))
        add_problem (problems, failure);
    }
}

static gboolean
run_check (GuituCall *call,
           GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GError) failure = NULL;
  JsonArray *problems = json_array_new ();
  JsonObject *result = json_object_new ();
  JsonArray *warnings;

  json_object_set_array_member (result, "problems", problems);
  take_what_is_good (person, call->input, problems);
  if (!guitu_person_check (person, &failure))
    add_problem (problems, failure);
  json_object_set_object_member (result, "suggest", suggestions (person, call->input));
  transaction = guitu_call_read (call, error);
  warnings = transaction == NULL ? NULL : guitu_person_warnings (transaction, person, error);
  if (warnings == NULL)
    {
      json_object_unref (result);
      return FALSE;
    }
  return emit_with_warnings (call, result, warnings);
}

/* --- find ------------------------------------------------------------------------------------ */

static gboolean
is_in_house (GuituTransaction *transaction,
             const GuituRecord *person,
             gboolean *is_here,
             GError **error)
{
  const GuituQuery query = {
    .conditions = { { GUITU_STAY_PERSON, GUITU_EQUAL, guitu_record_id (person) },
                    { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } },
  };
  gint64 count = guitu_records_count (transaction, &guitu_kind_stay, &query, error);

  *is_here = count > 0;
  return count >= 0;
}

static gboolean
run_find (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_text (call, "text");
  guint limit = CLAMP (guitu_call_integer (call, "limit", FIND_LIMIT), 1, 1000);
  const GuituQuery newest = { .descending = TRUE, .limit = limit };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) persons = NULL;

  if (transaction == NULL)
    return FALSE;
  persons = text == NULL ? guitu_records_find (transaction, &guitu_kind_person, &newest, error)
                         : guitu_persons_search (transaction, text, limit, error);
  if (persons == NULL)
    return FALSE;
  for (guint i = 0; i < persons->len; i++)
    {
      const GuituRecord *person = g_ptr_array_index (persons, i);
      JsonObject *json;
      gboolean is_here;

      if (!is_in_house (transaction, person, &is_here, error))
        return FALSE;
      json = guitu_person_to_json (person, FALSE);
      json_object_set_boolean_member (json, "in_house", is_here);
      guitu_call_emit (call, json);
    }
  return TRUE;
}

/* --- show: everything that belongs to a person ------------------------------------------------ */

static gboolean
add_list (JsonObject *json,
          const char *member,
          GuituTransaction *transaction,
          const GuituKind *kind,
          int field,
          const char *value,
          GError **error)
{
  const GuituQuery query = { .conditions = { { field, GUITU_EQUAL, value } }, .descending = TRUE };
  g_autoptr (GPtrArray) records = guitu_records_find (transaction, kind, &query, error);

  if (records == NULL)
    return FALSE;
  json_object_set_array_member (json, member, guitu_records_to_json (records));
  return TRUE;
}

/* Papers and transfers hang on stays. */
static gboolean
add_lists_of_stays (JsonObject *json,
                    GuituTransaction *transaction,
                    GError **error)
{
  JsonArray *stays = json_object_get_array_member (json, "stays");
  JsonArray *papers = json_array_new ();
  JsonArray *transfers = json_array_new ();

  json_object_set_array_member (json, "papers", papers);
  json_object_set_array_member (json, "transfers", transfers);
  for (guint i = 0; i < json_array_get_length (stays); i++)
    {
      JsonObject *stay = json_array_get_object_element (stays, i);
      const char *id = json_object_get_string_member (stay, "id");
      const GuituQuery of_paper = { .conditions = { { GUITU_PAPER_STAY, GUITU_EQUAL, id } }, .descending = TRUE };
      const GuituQuery of_transfer = { .conditions = { { GUITU_TRANSFER_STAY, GUITU_EQUAL, id } }, .descending = TRUE };
      g_autoptr (GPtrArray) found_papers = guitu_records_find (transaction, &guitu_kind_paper, &of_paper, error);
      g_autoptr (GPtrArray) found_transfers = NULL;

      if (found_papers == NULL)
        return FALSE;
      found_transfers = guitu_records_find (transaction, &guitu_kind_transfer, &of_transfer, error);
      if (found_transfers == NULL)
        return FALSE;
      for (guint j = 0; j < found_papers->len; j++)
        json_array_add_object_element (papers, guitu_paper_to_json (g_ptr_array_index (found_papers, j)));
      for (guint j = 0; j < found_transfers->len; j++)
        json_array_add_object_element (transfers, guitu_record_to_json (g_ptr_array_index (found_transfers, j), FALSE));
    }
  return TRUE;
}

static gboolean
user_name (GuituTransaction *transaction,
           const char *id,
           JsonObject *json,
           GError **error)
{
  g_autoptr (GuituRecord) user = NULL;
  g_autoptr (GError) failure = NULL;

  if (id == NULL)
    return TRUE;
  user = guitu_record_load (transaction, &guitu_kind_user, id, &failure);
  if (user != NULL)
    json_object_set_string_member (json, "user", guitu_record_text (user, GUITU_USER_NAME));
  else if (!g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return user != NULL || failure != NULL;
}

static JsonObject *
item_to_json (GuituTransaction *transaction,
              const GuituHistoryItem *item,
              GError **error)
{
  JsonObject *json = json_object_new ();
  int field = guitu_kind_field (&guitu_kind_person, item->field);
  g_autofree char *at = guitu_time_from_unix ((item->clock >> 16) / 1000);
  g_autofree char *region = NULL;

  json_object_set_string_member (json, "at", at);
  json_object_set_string_member (json, "act", item->act);
  json_object_set_boolean_member (json, "created", item->created);
  json_object_set_string_member (json, "field", item->field);
  json_object_set_string_member (json, "value", item->value == NULL ? "" : item->value);
  if (field >= 0 && item->value != NULL && guitu_kind_person.fields[field].type == GUITU_FIELD_REGION)
    region = guitu_regions_full_name (item->value);
  if (region != NULL)
    json_object_set_string_member (json, "value_name", region);
  if (user_name (transaction, item->user, json, error))
    return json;
  json_object_unref (json);
  return NULL;
}

static gboolean
add_conflicts (JsonObject *json,
               GuituTransaction *transaction,
               const char *id,
               GError **error)
{
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, id, error);
  JsonArray *array;

  if (conflicts == NULL)
    return FALSE;
  array = json_array_new ();
  json_object_set_array_member (json, "conflicts", array);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const GuituConflict *conflict = g_ptr_array_index (conflicts, i);
      JsonObject *object = json_object_new ();
      JsonArray *values = json_array_new ();

      json_object_set_string_member (object, "field", conflict->field);
      json_object_set_array_member (object, "values", values);
      json_array_add_object_element (array, object);
      for (guint j = 0; j < conflict->values->len; j++)
        {
          JsonObject *value = item_to_json (transaction, g_ptr_array_index (conflict->values, j), error);

          if (value == NULL)
            return FALSE;
          json_array_add_object_element (values, value);
        }
    }
  return TRUE;
}

/* A view of sensitive fields in full is itself a record. */
static gboolean
log_view (GuituCall *call,
          const char *id,
          GError **error)
{
  g_autoptr (GuituRecord) access = guitu_record_new (&guitu_kind_access);
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);

  if (transaction == NULL)
    return FALSE;
  guitu_record_set_text (access, GUITU_ACCESS_USER, call->session->name);
  guitu_record_set_text (access, GUITU_ACCESS_ACT, "view");
  guitu_record_set_text (access, GUITU_ACCESS_PERSON, id);
  guitu_record_set_text (access, GUITU_ACCESS_AT, now);
  return guitu_transaction_put (transaction, access, error) && guitu_transaction_commit (transaction, error);
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  gboolean reveal = guitu_call_flag (call, "reveal");
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (JsonObject) json = NULL;

  if (id == NULL || (reveal && !log_view (call, id, error)))
    return FALSE;
  transaction = guitu_call_read (call, error);
  if (transaction == NULL)
    return FALSE;
  person = guitu_record_load (transaction, &guitu_kind_person, id, error);
  if (person == NULL)
    return FALSE;
  json = guitu_person_to_json (person, reveal);
  if (!add_list (json, "stays", transaction, &guitu_kind_stay, GUITU_STAY_PERSON, id, error) ||
      !add_list (json, "statements", transaction, &guitu_kind_statement, GUITU_STATEMENT_PERSON, id, error) ||
      !add_list (json, "files", transaction, &guitu_kind_file, GUITU_FILE_PERSON, id, error) ||
      !add_lists_of_stays (json, transaction, error) ||
      !add_conflicts (json, transaction, id, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- history --------------------------------------------------------------------------------- */

static gboolean
run_history (GuituCall *call,
             GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (id == NULL)
    return FALSE;
  transaction = guitu_call_read (call, error);
  if (transaction == NULL)
    return FALSE;
  items = guitu_record_history (transaction, id, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      GuituHistoryItem *item = g_ptr_array_index (items, i);
      JsonObject *json;

      guitu_history_mask (item);
      json = item_to_json (transaction, item, error);
      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
    }
  return TRUE;
}

/* --- statement ------------------------------------------------------------------------------- */

gboolean
guitu_statement_add (GuituCall *call,
                     GuituTransaction *transaction,
                     GuituRecord *statement,
                     GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (statement, GUITU_STATEMENT_HEARD_BY, call->session->id);
  if (!guitu_record_is_set (statement, GUITU_STATEMENT_HEARD_AT))
    guitu_record_set_text (statement, GUITU_STATEMENT_HEARD_AT, now);
  return guitu_record_check_required (statement, error) &&
         guitu_transaction_put (transaction, statement, error);
}

static gboolean
run_statement (GuituCall *call,
               GError **error)
{
  g_autoptr (GuituRecord) statement = guitu_record_new (&guitu_kind_statement);
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  const char *id;

  if (!guitu_record_take_json (statement, call->input, error))
    return FALSE;
  id = guitu_record_text (statement, GUITU_STATEMENT_PERSON);
  if (id == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "person", "“person” is needed");
  transaction = guitu_call_write (call, error);
  if (transaction == NULL)
    return FALSE;
  person = guitu_record_load (transaction, &guitu_kind_person, id, error);
  if (person == NULL || !guitu_statement_add (call, transaction, statement, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (statement, FALSE));
  return TRUE;
}

/* --- settle: two desks wrote one field ---------------------------------------------------------- */

static gboolean
run_settle (GuituCall *call,
            GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  const char *field = id == NULL ? NULL : guitu_call_need (call, "field", error);
  g_autoptr (GuituTransaction) transaction = field == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) person = NULL;

  if (transaction == NULL ||
      !guitu_transaction_settle (transaction, guitu_kind_person.name, id, field, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  person = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_person, id, error);
  if (person == NULL)
    return FALSE;
  guitu_call_emit (call, guitu_person_to_json (person, FALSE));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption id_option[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { NULL },
};

static const GuituOption show_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "reveal", GUITU_OPTION_FLAG, FALSE, "show masked fields in full; the view is logged" },
  { NULL },
};

static const GuituOption find_options[] = {
  { "text", GUITU_OPTION_TEXT, TRUE, "part of a name, pinyin, initials, ID number, phone; nothing: the newest" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (50)" },
  { NULL },
};

static const GuituOption settle_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "field", GUITU_OPTION_TEXT, TRUE, "the field that two desks wrote; its present value stands" },
  { NULL },
};

const GuituVerb guitu_verb_person_add = {
  "person add", "Register a person; only the sex is mandatory", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN,
  GUITU_ROLES_STAFF, NULL, &guitu_kind_person, run_add
};
const GuituVerb guitu_verb_person_edit = {
  "person edit", "Change fields of a person; an empty value unsets the field", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN,
  GUITU_ROLES_STAFF, id_option, &guitu_kind_person, run_edit
};
const GuituVerb guitu_verb_person_check = {
  "person check", "Tell what is wrong with a person's fields and who it may be, without saving", GUITU_VERB_READS_STDIN,
  GUITU_ROLES_STAFF, NULL, &guitu_kind_person, run_check
};
const GuituVerb guitu_verb_person_find = {
  "person find", "Find persons by what is known of them", GUITU_VERB_PLAIN, 0, find_options, NULL, run_find
};
const GuituVerb guitu_verb_person_show = {
  "person show", "Show a person with stays, statements, papers and files", GUITU_VERB_PLAIN, 0, show_options, NULL, run_show
};
const GuituVerb guitu_verb_person_history = {
  "person history", "List who changed what and when, from the ledger", GUITU_VERB_PLAIN, 0, id_option, NULL, run_history
};
const GuituVerb guitu_verb_person_statement = {
  "person statement", "Append what a person said", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN,
  GUITU_ROLES_STAFF, NULL, &guitu_kind_statement, run_statement
};
const GuituVerb guitu_verb_person_settle = {
  "person settle", "End a conflict: the value that stands is right", GUITU_VERB_WRITES, GUITU_ROLES_STAFF, settle_options, NULL, run_settle
};
