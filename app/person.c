/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/access.h"
#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/protection.h"
#include "app/regions.h"
#include "app/situation.h"
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
  if (guitu_call_flag (call, "looked"))
    warnings = json_array_new ();
  else
    {
      transaction = guitu_call_read (call, error);
      warnings = transaction == NULL ? NULL : guitu_person_warnings (transaction, person, error);
      g_clear_pointer (&transaction, guitu_transaction_free);
    }
  if (warnings == NULL)
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !guitu_transaction_put (transaction, person, error) ||
      !guitu_access_put_warnings (call, transaction, warnings, guitu_record_id (person), error) || !guitu_transaction_commit (transaction, error))
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

/* Nobody is born after they came to us. */
static gboolean
check_stays (GuituTransaction *transaction,
             const GuituRecord *person,
             GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_STAY_PERSON, GUITU_EQUAL, guitu_record_id (person) } } };
  g_autoptr (GPtrArray) stays = NULL;

  if (!guitu_record_changed (person, GUITU_PERSON_BIRTH_FROM) || !guitu_record_is_set (person, GUITU_PERSON_BIRTH_FROM))
    return TRUE;
  stays = guitu_records_find (transaction, &guitu_kind_stay, &query, error);
  for (guint i = 0; stays != NULL && i < stays->len; i++)
    if (!guitu_stay_check_birth (g_ptr_array_index (stays, i), person, error))
      return FALSE;
  return stays != NULL;
}

/* What is corrected is corrected where everybody reads it, in the record that leads. */
static GuituRecord *
load_for_edit (GuituCall *call,
               GuituTransaction *transaction,
               const char *id,
               GError **error)
{
  if (!guitu_fence_refuse (call, transaction, id, error))
    return NULL;
  return guitu_call_flag (call, "member") ? guitu_record_load (transaction, &guitu_kind_person, id, error)
                                          : guitu_person_leader (transaction, id, error);
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  g_autofree char *second = NULL;
  gboolean is_ready = id != NULL && guitu_call_second (call, "let out alone", &second, error);
  g_autoptr (GuituTransaction) transaction = is_ready ? guitu_call_write (call, error) : NULL;
  g_auto (GuituProtection) protection = { 0 };
  gboolean is_taken_off = FALSE;
  GuituBedRules rules;
  g_autoptr (JsonArray) warnings = NULL;
  g_autoptr (GuituRecord) before = NULL;
  g_autoptr (GuituRecord) person = NULL;

  before = transaction == NULL ? NULL : load_for_edit (call, transaction, id, error);
  person = before == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_person, guitu_record_id (before), error);
  if (person == NULL || !guitu_protection_read (transaction, id, &protection, error) || !guitu_bed_rules_of (transaction, id, &rules, error) ||
      !guitu_record_take_json (person, call->input, error))
    return FALSE;
  forget_what_the_number_said (person, call->input);
  if (!guitu_person_check (person, error) || !check_stays (transaction, person, error) ||
      !guitu_claims_keep (call, transaction, before, person, error) ||
      !guitu_transaction_put (transaction, person, error) ||
      !guitu_protection_check (call, transaction, id, &protection, second, &is_taken_off, error) ||
      (is_taken_off && !guitu_event_note (call, transaction, protection.stay, "leader", guitu_call_text (call, "reason"), error)))
    return FALSE;
  warnings = guitu_bed_warnings (transaction, id, rules, error);
  if (warnings == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  return emit_with_warnings (call, guitu_person_to_json (person, FALSE), g_steal_pointer (&warnings));
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

static gboolean
is_typed (JsonObject *input,
          const char *name)
{
  JsonNode *node = json_object_get_member (input, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  return !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING || json_node_get_string (node)[0] != '\0';
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

      if (!is_typed (input, name) && guitu_record_is_set (person, positions[i]))
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

/* Somebody new, or the record that is being changed: then it is not taken for its own like. */
static GuituRecord *
load_for_check (GuituCall *call,
                GuituTransaction *transaction,
                const char *id,
                GError **error)
{
  if (id == NULL)
    return guitu_record_new (&guitu_kind_person);
  return guitu_fence_refuse (call, transaction, id, error) ? guitu_person_leader (transaction, id, error) : NULL;
}

static gboolean
run_check (GuituCall *call,
           GError **error)
{
  const char *id = guitu_call_text (call, "id");
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) person = transaction == NULL ? NULL : load_for_check (call, transaction, id, error);
  g_autoptr (GError) failure = NULL;
  JsonArray *problems;
  JsonObject *result;
  JsonArray *warnings;

  if (person == NULL)
    return FALSE;
  problems = json_array_new ();
  result = json_object_new ();
  json_object_set_array_member (result, "problems", problems);
  take_what_is_good (person, call->input, problems);
  if (!guitu_person_check (person, &failure))
    add_problem (problems, failure);
  json_object_set_object_member (result, "suggest", suggestions (person, call->input));
  warnings = guitu_person_warnings (transaction, person, error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (warnings == NULL || !guitu_access_log_warnings (call, warnings, id, error))
    {
      g_clear_pointer (&warnings, json_array_unref);
      json_object_unref (result);
      return FALSE;
    }
  return emit_with_warnings (call, result, warnings);
}

/* --- find ------------------------------------------------------------------------------------ */

gboolean
guitu_person_add_presence (JsonObject *json,
                           GuituTransaction *transaction,
                           const GuituRecord *person,
                           GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_id (person), error);
  g_autoptr (GuituRecord) stay = NULL;

  if (ids == NULL || !guitu_links_open_stay (transaction, ids, &stay, error))
    return FALSE;
  json_object_set_boolean_member (json, "in_house", stay != NULL);
  if (stay != NULL)
    json_object_set_string_member (json, "state", guitu_stay_state (stay));
  return TRUE;
}

/* What was typed and what it fits; numbers stay masked as everywhere in a list. */
static JsonArray *
fits_to_json (const GuituFound *found)
{
  g_autoptr (JsonObject) values = guitu_person_to_json (found->person, FALSE);
  JsonArray *why = json_array_new ();

  for (guint i = 0; i < found->fits->len; i++)
    {
      const GuituFit *fit = &g_array_index (found->fits, GuituFit, i);
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "field", fit->field);
      json_object_set_string_member (json, "ours", fit->typed);
      json_object_set_string_member (json, "theirs", json_object_get_string_member_with_default (values, fit->field, ""));
      json_object_set_string_member (json, "way", fit->way);
      json_object_set_int_member (json, "weight", found->score);
      json_array_add_object_element (why, json);
    }
  return why;
}

/* One hit for all records of a person, whichever of them was found; none for whom the caller may not see. */
static gboolean
emit_hit (GuituCall *call,
          GuituTransaction *transaction,
          const GuituFound *found,
          GHashTable *seen,
          GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, guitu_record_id (found->person), error);
  g_autoptr (JsonObject) json = NULL;
  guint hiding;

  if (person == NULL || !guitu_fence_check (call, transaction, guitu_record_id (person), &hiding, error))
    return FALSE;
  if (hiding != GUITU_FENCE_NONE || !g_hash_table_add (seen, g_strdup (guitu_record_id (person))))
    return TRUE;
  json = guitu_person_to_json (person, FALSE);
  if (!guitu_person_add_presence (json, transaction, person, error))
    return FALSE;
  if (found->score > 0)
    {
      json_object_set_int_member (json, "score", found->score);
      json_object_set_array_member (json, "why", fits_to_json (found));
    }
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static void
clear_fit (gpointer data)
{
  g_free (((GuituFit *) data)->typed);
}

/** Takes over @person. @number: (nullable): that of a stay, by which the person was found */
static GuituFound *
found_without_search (GuituRecord *person,
                      const char *number)
{
  GuituFound *found = g_new0 (GuituFound, 1);
  GuituFit fit = { g_strdup (number), "stay.number", "exact" };

  found->person = person;
  found->score = number == NULL ? 0 : 100;
  found->fits = g_array_new (FALSE, FALSE, sizeof (GuituFit));
  g_array_set_clear_func (found->fits, clear_fit);
  if (number != NULL)
    g_array_append_val (found->fits, fit);
  return found;
}

/* Those whose stay has that number come first: who has no name is called by it. */
static GPtrArray *
find_persons (GuituTransaction *transaction,
              const char *text,
              guint limit,
              GError **error)
{
  g_autoptr (GPtrArray) found = guitu_persons_find (transaction, text, limit, error);
  g_autoptr (GPtrArray) stays = found == NULL ? NULL : guitu_stays_by_number (transaction, text, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      GuituRecord *person = guitu_record_load (transaction, &guitu_kind_person, guitu_record_text (stays->pdata[i], GUITU_STAY_PERSON), error);

      if (person == NULL)
        return NULL;
      g_ptr_array_insert (found, i, found_without_search (person, text));
    }
  return stays == NULL ? NULL : g_steal_pointer (&found);
}

static GPtrArray *
newest_persons (GuituTransaction *transaction,
                guint limit,
                GError **error)
{
  const GuituQuery newest = { .descending = TRUE, .limit = limit };
  g_autoptr (GPtrArray) persons = guitu_records_find (transaction, &guitu_kind_person, &newest, error);
  GPtrArray *found;

  if (persons == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_found_free);
  while (persons->len > 0)
    g_ptr_array_add (found, found_without_search (g_ptr_array_steal_index (persons, 0), NULL));
  return found;
}

static gboolean
run_find (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_text (call, "text");
  guint limit = CLAMP (guitu_call_integer (call, "limit", FIND_LIMIT), 1, 1000);
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) found = NULL;

  if (transaction == NULL)
    return FALSE;
  found = text == NULL ? newest_persons (transaction, limit, error) : find_persons (transaction, text, limit, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len && g_hash_table_size (seen) < limit; i++)
    if (!emit_hit (call, transaction, found->pdata[i], seen, error))
      return FALSE;
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

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption add_options[] = {
  { "looked", GUITU_OPTION_FLAG, FALSE, "“person check” has been looked at, or many are taken over from a list: do not look for the same person again" },
  { NULL },
};

static const GuituOption edit_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the person; of merged records that which leads is changed" },
  { "member", GUITU_OPTION_FLAG, FALSE, "change the record of that id itself, also where it is merged with another" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why a low age or signs of a disability are taken back while the person is here" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption check_options[] = {
  { "id", GUITU_OPTION_TEXT, FALSE, "id of the person whose record is being changed" },
  { NULL },
};

static const GuituOption find_options[] = {
  { "text", GUITU_OPTION_TEXT, TRUE, "part of a name, pinyin, initials, ID number, phone, number of a stay; nothing: the newest" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (50)" },
  { NULL },
};

const GuituVerb guitu_verb_person_add = {
  "person add", "Register a person; only the sex is mandatory", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, add_options, &guitu_kind_person, run_add
};
const GuituVerb guitu_verb_person_edit = {
  "person edit", "Change fields of a person; an empty value unsets the field", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, &guitu_kind_person, run_edit
};
const GuituVerb guitu_verb_person_check = {
  "person check", "Tell what is wrong with a person's fields and who it may be, without saving", GUITU_VERB_READS_STDIN, check_options, &guitu_kind_person, run_check
};
const GuituVerb guitu_verb_person_find = {
  "person find", "Find persons by what is known of them", GUITU_VERB_PLAIN, find_options, NULL, run_find
};
const GuituVerb guitu_verb_person_statement = {
  "person statement", "Append what a person said", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, NULL, &guitu_kind_statement, run_statement
};
