/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A family reports that somebody is missing: taking it down, changing, showing and listing it. */

#include "app/missing.h"

#include "app/access.h"
#include "app/fence.h"
#include "app/findings.h"
#include "app/regions.h"
#include "app/verbs.h"

#include <string.h>

#define LIST_LIMIT 200
#define NAME_UNKNOWN "姓名不详"

/* --- Reading one -------------------------------------------------------------------------------- */

GuituRecord *
guitu_missing_find (GuituTransaction *transaction,
                    const char *text,
                    GError **error)
{
  g_autofree char *number = g_ascii_strup (text, -1);
  g_autoptr (GError) failure = NULL;
  guint8 id[GUITU_ID_BYTES];
  GuituRecord *missing;

  if (guitu_id_to_bytes (text, id))
    return guitu_record_load (transaction, &guitu_kind_missing, text, error);
  missing = guitu_record_find_one (transaction, &guitu_kind_missing, GUITU_MISSING_NUMBER, number, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (missing == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "missing", "There is no report %s", text);
  return missing;
}

gboolean
guitu_missing_is_open (const GuituRecord *missing)
{
  return guitu_record_says (missing, GUITU_MISSING_STATE, "open") && !guitu_record_is_voided (missing);
}

gboolean
guitu_missing_check_is_open (const GuituRecord *missing,
                             GError **error)
{
  return guitu_missing_is_open (missing) ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "report-ended", NULL, "This report has ended; “missing reopen” opens it again");
}

const char *
guitu_missing_display_name (const GuituRecord *missing)
{
  const char *name = guitu_record_text (missing, GUITU_MISSING_NAME);
  const char *alias = guitu_record_text (missing, GUITU_MISSING_ALIAS);

  return name != NULL ? name : alias != NULL ? alias
                                             : NAME_UNKNOWN;
}

static void
add_names (JsonObject *json,
           GuituTransaction *transaction,
           const GuituRecord *record)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const GuituField *field = &kind->fields[i];
      const char *text = guitu_record_text (record, i);
      g_autofree char *member = g_strconcat (field->name, "_name", NULL);
      g_autofree char *user = NULL;

      if (text == NULL)
        continue;
      if (field->type == GUITU_FIELD_CODE)
        json_object_set_string_member (json, member, guitu_code_label (field->of, text));
      else if (field->type == GUITU_FIELD_REGION)
        guitu_json_add_region_name (json, field->name);
      else if (g_strcmp0 (field->of, "user") == 0 && (user = guitu_user_display_name (transaction, text)) != NULL)
        json_object_set_string_member (json, member, user);
    }
}

/* Whom it was found to be about is told to who may see that person. */
static gboolean
add_found (JsonObject *json,
           GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *missing,
           GError **error)
{
  const char *found = guitu_record_text (missing, GUITU_MISSING_FOUND);
  guint hiding;

  if (found == NULL)
    return TRUE;
  if (!guitu_fence_check (call, transaction, found, &hiding, error))
    return FALSE;
  if (hiding == GUITU_FENCE_NONE)
    return TRUE;
  json_object_remove_member (json, "found");
  json_object_remove_member (json, "finding");
  return TRUE;
}

JsonObject *
guitu_missing_to_json (GuituCall *call,
                       GuituTransaction *transaction,
                       const GuituRecord *missing,
                       gboolean reveal,
                       GError **error)
{
  g_autoptr (JsonObject) json = guitu_record_to_json (missing, reveal);

  json_object_set_string_member (json, "display_name", guitu_missing_display_name (missing));
  add_names (json, transaction, missing);
  return add_found (json, call, transaction, missing, error) ? g_steal_pointer (&json) : NULL;
}

/* --- add, edit ---------------------------------------------------------------------------------- */

static gboolean
give_number (GuituTransaction *transaction,
             GuituRecord *missing,
             GError **error)
{
  g_autofree char *number = guitu_number_next (transaction, "missing", "B", guitu_record_text (missing, GUITU_MISSING_REPORTED_AT), 4, error);

  guitu_record_set_text (missing, GUITU_MISSING_NUMBER, number);
  return number != NULL;
}

gboolean
guitu_missing_keep (GuituCall *call,
                    GuituTransaction *transaction,
                    GuituRecord *missing,
                    GError **error)
{
  g_autoptr (JsonObject) json = NULL;

  if (!guitu_sought_write (call->store, transaction, missing, error) || !guitu_transaction_put (transaction, missing, error))
    return FALSE;
  json = guitu_missing_to_json (call, transaction, missing, FALSE, error);
  if (json == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  g_autoptr (GuituRecord) missing = guitu_record_new (&guitu_kind_missing);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (missing, GUITU_MISSING_REPORTED_AT, now);
  guitu_record_set_text (missing, GUITU_MISSING_SHARING, "station"); /* until the family says more */
  guitu_record_set_text (missing, GUITU_MISSING_STATE, "open");
  guitu_record_set_text (missing, GUITU_MISSING_BY, call->session->id);
  if (!guitu_record_take_json (missing, call->input, error) || !guitu_missing_check (missing, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  return transaction != NULL && give_number (transaction, missing, error) && guitu_missing_keep (call, transaction, missing, error);
}

/* A corrected number must not be measured against what the old one had filled in. */
static void
forget_what_the_number_said (GuituRecord *missing,
                             JsonObject *input)
{
  static const int filled[] = { GUITU_MISSING_BIRTH_FROM, GUITU_MISSING_BIRTH_TO };

  if (!guitu_record_changed (missing, GUITU_MISSING_ID_NUMBER) || !guitu_record_is_set (missing, GUITU_MISSING_ID_NUMBER))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (filled); i++)
    if (!json_object_has_member (input, guitu_kind_missing.fields[filled[i]].name))
      guitu_record_set_text (missing, filled[i], NULL);
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "missing", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) missing = transaction == NULL ? NULL : guitu_missing_find (transaction, text, error);

  if (missing == NULL || !guitu_missing_check_is_open (missing, error) || !guitu_record_take_json (missing, call->input, error))
    return FALSE;
  forget_what_the_number_said (missing, call->input);
  return guitu_missing_check (missing, error) && guitu_missing_keep (call, transaction, missing, error);
}

/* --- show --------------------------------------------------------------------------------------- */

static gboolean
add_files (JsonObject *json,
           GuituTransaction *transaction,
           const GuituRecord *missing,
           GError **error)
{
  const GuituQuery of_report = { .conditions = { { GUITU_FILE_MISSING, GUITU_EQUAL, guitu_record_id (missing) } }, .descending = TRUE };
  g_autoptr (GPtrArray) files = guitu_records_find (transaction, &guitu_kind_file, &of_report, error);

  if (files != NULL)
    json_object_set_array_member (json, "files", guitu_records_to_json (files));
  return files != NULL;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "missing", error);
  gboolean reveal = guitu_call_flag (call, "reveal");
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) missing = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *detail = NULL;

  if (text == NULL)
    return FALSE;
  if (reveal && !guitu_call_may (call, "see id-number"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "reveal", "%s may not see ID numbers in full", call->session->name);
  if (!guitu_findings_catch_up (call->store, NULL, error))
    return FALSE;
  transaction = guitu_call_read (call, error);
  missing = transaction == NULL ? NULL : guitu_missing_find (transaction, text, error);
  json = missing == NULL ? NULL : guitu_missing_to_json (call, transaction, missing, reveal, error);
  if (json == NULL || !add_files (json, transaction, missing, error) ||
      !guitu_findings_add (json, call, transaction, guitu_record_id (missing), error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  detail = g_strdup_printf ("报失登记 %s", guitu_record_text (missing, GUITU_MISSING_NUMBER));
  if (reveal && !guitu_access_log (call, "view", NULL, detail, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- list --------------------------------------------------------------------------------------- */

static gboolean
has_text (const GuituRecord *record,
          const int *fields,
          guint n_fields,
          const char *text)
{
  g_autofree char *wanted = text == NULL ? NULL : g_utf8_casefold (text, -1);

  for (guint i = 0; wanted != NULL && i < n_fields; i++)
    {
      const char *value = guitu_record_text (record, fields[i]);
      g_autofree char *folded = value == NULL ? NULL : g_utf8_casefold (value, -1);

      if (folded != NULL && strstr (folded, wanted) != NULL)
        return TRUE;
    }
  return wanted == NULL;
}

static gboolean
list_own (GuituCall *call,
          GuituTransaction *transaction,
          guint limit,
          GError **error)
{
  static const int fields[] = { GUITU_MISSING_NUMBER, GUITU_MISSING_NAME, GUITU_MISSING_ALIAS, GUITU_MISSING_PHONE, GUITU_MISSING_REPORTER };
  GuituQuery query = { .descending = TRUE };
  g_autoptr (GPtrArray) reports = NULL;
  guint n = 0;

  if (guitu_call_flag (call, "open"))
    query.conditions[0] = (GuituCondition){ GUITU_MISSING_CLOSED_AT, GUITU_UNSET, NULL };
  reports = guitu_records_find (transaction, &guitu_kind_missing, &query, error);
  for (guint i = 0; reports != NULL && i < reports->len && n < limit; i++)
    {
      JsonObject *json;

      if (!has_text (reports->pdata[i], fields, G_N_ELEMENTS (fields), guitu_call_text (call, "text")))
        continue;
      json = guitu_missing_to_json (call, transaction, reports->pdata[i], FALSE, error);
      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
      n++;
    }
  return reports != NULL;
}

static gboolean
list_elsewhere (GuituCall *call,
                GuituTransaction *transaction,
                guint limit,
                GError **error)
{
  static const int fields[] = { GUITU_SOUGHT_NUMBER, GUITU_SOUGHT_NAME, GUITU_SOUGHT_ALIAS, GUITU_SOUGHT_PHONE };
  const char *own = guitu_transaction_keys (transaction)->station;
  const GuituQuery all = { .descending = TRUE, .without_bytes = TRUE };
  g_autoptr (GPtrArray) soughts = guitu_records_find (transaction, &guitu_kind_sought, &all, error);
  guint n = 0;

  for (guint i = 0; soughts != NULL && i < soughts->len && n < limit; i++)
    {
      const GuituRecord *sought = soughts->pdata[i];
      JsonObject *json;

      if (guitu_record_says (sought, GUITU_SOUGHT_STATION, own) || (guitu_call_flag (call, "open") && !guitu_sought_is_open (sought)) ||
          !has_text (sought, fields, G_N_ELEMENTS (fields), guitu_call_text (call, "text")))
        continue;
      json = guitu_sought_to_json (transaction, sought, FALSE, error);
      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
      n++;
    }
  return soughts != NULL;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  guint limit = CLAMP (guitu_call_integer (call, "limit", LIST_LIMIT), 1, 10000);
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);

  if (transaction == NULL)
    return FALSE;
  return guitu_call_flag (call, "elsewhere") ? list_elsewhere (call, transaction, limit, error) : list_own (call, transaction, limit, error);
}

/* --- Verbs -------------------------------------------------------------------------------------- */

static const GuituOption edit_options[] = {
  { "missing", GUITU_OPTION_TEXT, TRUE, "id or number of the report" },
  { NULL },
};

static const GuituOption show_options[] = {
  { "missing", GUITU_OPTION_TEXT, TRUE, "id or number of the report" },
  { "reveal", GUITU_OPTION_FLAG, FALSE, "show masked fields in full; the view is logged" },
  { NULL },
};

static const GuituOption list_options[] = {
  { "text", GUITU_OPTION_TEXT, TRUE, "part of a name, a number or a phone" },
  { "open", GUITU_OPTION_FLAG, FALSE, "only of those who are searched for still" },
  { "elsewhere", GUITU_OPTION_FLAG, FALSE, "in place of ours: what other stations share" },
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (200)" },
  { NULL },
};

const GuituVerb guitu_verb_missing_add = {
  "missing add", "Take down a family's report that somebody is missing", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, NULL, &guitu_kind_missing, run_add
};
const GuituVerb guitu_verb_missing_edit = {
  "missing edit", "Change a report, or what the family allows others to see", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, &guitu_kind_missing, run_edit
};
const GuituVerb guitu_verb_missing_show = {
  "missing show", "Show a report with its files and who it may be", GUITU_VERB_PLAIN, show_options, NULL, run_show
};
const GuituVerb guitu_verb_missing_list = {
  "missing list", "List reports, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
