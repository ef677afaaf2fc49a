/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending a person on to whoever gives lasting help: a scheme, an office, a day by which an answer
 * is due, and an outcome, so that none gets lost (domain.md §10). */

#include "app/after.h"
#include "app/links.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

#define LIST_LIMIT 1000

void
guitu_due_add (JsonObject *json,
               const char *due_on)
{
  g_autofree char *today = guitu_today ();
  int days;

  if (due_on == NULL)
    return;
  days = guitu_date_difference (today, due_on);
  json_object_set_int_member (json, "days_left", days);
  json_object_set_boolean_member (json, "overdue", days < 0);
}

gboolean
guitu_person_name_add (JsonObject *json,
                       GuituTransaction *transaction,
                       const char *person,
                       GError **error)
{
  g_autoptr (GuituRecord) record = guitu_person_effective (transaction, person, error);

  if (record == NULL)
    return FALSE;
  json_object_set_string_member (json, "person_name", guitu_person_display_name (record));
  return TRUE;
}

/* Returns: (transfer full) (nullable). */
static JsonObject *
referral_to_json (GuituTransaction *transaction,
                  const GuituRecord *referral,
                  GError **error)
{
  g_autoptr (JsonObject) json = guitu_record_to_json (referral, FALSE);
  const char *stay_id = guitu_record_text (referral, GUITU_REFERRAL_STAY);
  g_autoptr (GuituRecord) stay = NULL;

  json_object_set_string_member (json, "scheme_label", guitu_code_label ("scheme", guitu_record_text (referral, GUITU_REFERRAL_SCHEME)));
  json_object_set_string_member (json, "state_label", guitu_code_label ("referral_state", guitu_record_text (referral, GUITU_REFERRAL_STATE)));
  if (!guitu_person_name_add (json, transaction, guitu_record_text (referral, GUITU_REFERRAL_PERSON), error))
    return NULL;
  if (stay_id != NULL)
    {
      stay = guitu_record_load (transaction, &guitu_kind_stay, stay_id, error);
      if (stay == NULL)
        return NULL;
      json_object_set_string_member (json, "stay_number", guitu_record_text (stay, GUITU_STAY_NUMBER));
    }
  if (!guitu_record_is_set (referral, GUITU_REFERRAL_CLOSED_ON))
    guitu_due_add (json, guitu_record_text (referral, GUITU_REFERRAL_DUE_ON));
  return g_steal_pointer (&json);
}

static gboolean
write_and_emit (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *referral,
                GError **error)
{
  g_autoptr (JsonObject) json = NULL;

  if (!guitu_transaction_put (transaction, referral, error))
    return FALSE;
  json = referral_to_json (transaction, referral, error);
  if (json == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- Adding ---------------------------------------------------------------------------------- */

/* Fields but for whose it is, which is an id or a number of a stay. */
static gboolean
take_fields (GuituRecord *referral,
             JsonObject *input,
             GError **error)
{
  for (guint i = 0; i < guitu_kind_referral.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_referral.fields[i].name);

      if (node != NULL && i != GUITU_REFERRAL_STAY && i != GUITU_REFERRAL_PERSON &&
          !guitu_record_take_member (referral, i, node, error))
        return FALSE;
    }
  return TRUE;
}

/* Whichever of merged records the stay hangs on. */
static gboolean
is_of_person (GuituTransaction *transaction,
              const GuituRecord *stay,
              const char *person,
              gboolean *is_theirs,
              GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person, error);

  *is_theirs = ids != NULL && g_ptr_array_find_with_equal_func (ids, guitu_record_text (stay, GUITU_STAY_PERSON), g_str_equal, NULL);
  return ids != NULL;
}

static gboolean
take_subject (GuituCall *call,
              GuituTransaction *transaction,
              GuituRecord *referral,
              GError **error)
{
  const char *person = guitu_call_text (call, "person");
  const char *text = guitu_call_text (call, "stay");
  g_autoptr (GuituRecord) stay = text == NULL ? NULL : guitu_stay_find (transaction, text, error);
  g_autoptr (GuituRecord) record = NULL;
  gboolean is_theirs = TRUE;

  if (text != NULL && stay == NULL)
    return FALSE;
  if (stay == NULL && person == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "person", "“person” or “stay” is needed: who is referred");
  if (stay != NULL && person != NULL && !is_of_person (transaction, stay, person, &is_theirs, error))
    return FALSE;
  if (!is_theirs)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-their-stay", "person", "The stay %s is another person's",
                       guitu_record_text (stay, GUITU_STAY_NUMBER));
  if (stay != NULL)
    {
      person = guitu_record_text (stay, GUITU_STAY_PERSON);
      guitu_record_set_text (referral, GUITU_REFERRAL_STAY, guitu_record_id (stay));
    }
  record = guitu_record_load (transaction, &guitu_kind_person, person, error);
  guitu_record_set_text (referral, GUITU_REFERRAL_PERSON, person);
  return record != NULL;
}

static gboolean
check_dates (const GuituRecord *referral,
             GError **error)
{
  const char *sent = guitu_record_text (referral, GUITU_REFERRAL_SENT_ON);
  const char *due = guitu_record_text (referral, GUITU_REFERRAL_DUE_ON);
  g_autofree char *today = guitu_today ();

  if (strcmp (sent, today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "sent_on", "The referral (%s) lies in the future", sent);
  if (due == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "due_on", "“due_on” is needed: until when an answer is due");
  if (strcmp (due, sent) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-sending", "due_on", "The answer (%s) would be due before the referral (%s)", due, sent);
  return TRUE;
}

static gboolean
complete (GuituRecord *referral,
          GError **error)
{
  const char *state = guitu_record_text (referral, GUITU_REFERRAL_STATE);
  g_autofree char *today = guitu_today ();
  g_autofree char *due = NULL;
  const char *sent;

  if ((state != NULL && strcmp (state, "sent") != 0) || guitu_record_is_set (referral, GUITU_REFERRAL_OUTCOME))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", state != NULL ? "state" : "outcome",
                       "A new referral has no answer yet; use “referral update”");
  guitu_record_set_text (referral, GUITU_REFERRAL_STATE, "sent");
  if (!guitu_record_is_set (referral, GUITU_REFERRAL_SENT_ON))
    guitu_record_set_text (referral, GUITU_REFERRAL_SENT_ON, today);
  sent = guitu_record_text (referral, GUITU_REFERRAL_SENT_ON);
  due = guitu_date_add_days (sent, guitu_rules_integer ("referral_answer_days", sent));
  if (!guitu_record_is_set (referral, GUITU_REFERRAL_DUE_ON))
    guitu_record_set_text (referral, GUITU_REFERRAL_DUE_ON, due);
  return guitu_record_check_required (referral, error) && check_dates (referral, error) &&
         guitu_phone_check (guitu_record_text (referral, GUITU_REFERRAL_PHONE), error);
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  g_autoptr (GuituRecord) referral = guitu_record_new (&guitu_kind_referral);
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);

  if (transaction == NULL || !take_subject (call, transaction, referral, error) ||
      !take_fields (referral, call->input, error) || !complete (referral, error))
    return FALSE;
  guitu_record_set_text (referral, GUITU_REFERRAL_BY, call->session->id);
  return write_and_emit (call, transaction, referral, error);
}

/* --- Answers --------------------------------------------------------------------------------- */

static gboolean
is_final (const char *state)
{
  return strcmp (state, "granted") == 0 || strcmp (state, "rejected") == 0 || strcmp (state, "withdrawn") == 0;
}

static gboolean
close_if_final (GuituRecord *referral,
                GError **error)
{
  const char *state = guitu_record_text (referral, GUITU_REFERRAL_STATE);
  g_autofree char *today = guitu_today ();

  if (state == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "state", "“state” is needed: how far it got");
  if (!is_final (state))
    return TRUE;
  if (!guitu_record_is_set (referral, GUITU_REFERRAL_OUTCOME))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "outcome", "“outcome” is needed to close a referral: what came of it");
  guitu_record_set_text (referral, GUITU_REFERRAL_CLOSED_ON, today);
  return TRUE;
}

static gboolean
run_update (GuituCall *call,
            GError **error)
{
  const char *id = guitu_call_need (call, "referral", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) referral = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_referral, id, error);

  if (referral == NULL)
    return FALSE;
  if (guitu_record_is_set (referral, GUITU_REFERRAL_CLOSED_ON))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-closed", "referral", "This referral was closed on %s",
                       guitu_record_text (referral, GUITU_REFERRAL_CLOSED_ON));
  if (json_object_has_member (call->input, "person") || json_object_has_member (call->input, "stay"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", json_object_has_member (call->input, "person") ? "person" : "stay",
                       "Whose referral it is does not change; withdraw it and add another");
  if (!take_fields (referral, call->input, error) || !guitu_record_check_required (referral, error) ||
      !guitu_phone_check (guitu_record_text (referral, GUITU_REFERRAL_PHONE), error))
    return FALSE;
  if (!guitu_record_is_set (referral, GUITU_REFERRAL_SENT_ON))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "sent_on", "“sent_on” is needed: when it was sent");
  return check_dates (referral, error) && close_if_final (referral, error) &&
         write_and_emit (call, transaction, referral, error);
}

/* --- Listing --------------------------------------------------------------------------------- */

/* Of all records that are merged into that person. */
static GPtrArray *
find_of_person (GuituTransaction *transaction,
                const char *person,
                GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  guint8 bytes[GUITU_ID_BYTES];

  if (!guitu_id_to_bytes (person, bytes))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "not-an-id", "person", "“%s” is no id", person);
      return NULL;
    }
  ids = guitu_links_members (transaction, person, error);
  return ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_referral, GUITU_REFERRAL_PERSON, ids, error);
}

/* The narrowest condition that has an index; the others are looked at row by row. */
static gboolean
choose (GuituCall *call,
        GuituTransaction *transaction,
        GuituQuery *query,
        GuituRecord **stay,
        GError **error)
{
  const char *text = guitu_call_text (call, "stay");

  if (text != NULL)
    {
      *stay = guitu_stay_find (transaction, text, error);
      if (*stay == NULL)
        return FALSE;
      query->conditions[0] = (GuituCondition){ GUITU_REFERRAL_STAY, GUITU_EQUAL, guitu_record_id (*stay) };
    }
  else if (guitu_call_flag (call, "open"))
    query->conditions[0] = (GuituCondition){ GUITU_REFERRAL_CLOSED_ON, GUITU_UNSET, NULL };
  else if (guitu_call_text (call, "scheme") == NULL)
    query->limit = LIST_LIMIT;
  return TRUE;
}

static gboolean
is_wanted (GuituCall *call,
           const GuituRecord *referral,
           const GuituCode *scheme)
{
  if (guitu_call_flag (call, "open") && guitu_record_is_set (referral, GUITU_REFERRAL_CLOSED_ON))
    return FALSE;
  return scheme == NULL || g_strcmp0 (guitu_record_text (referral, GUITU_REFERRAL_SCHEME), scheme->code) == 0;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *scheme_text = guitu_call_text (call, "scheme");
  const char *person = guitu_call_text (call, "stay") == NULL ? guitu_call_text (call, "person") : NULL;
  const GuituCode *scheme = scheme_text == NULL ? NULL : guitu_codes_parse ("scheme", scheme_text);
  GuituQuery query = { .descending = TRUE };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GPtrArray) referrals = NULL;

  if (transaction == NULL || !choose (call, transaction, &query, &stay, error))
    return FALSE;
  if (scheme_text != NULL && scheme == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "scheme", "“%s” is not one of the codes of scheme", scheme_text);
  referrals = person != NULL ? find_of_person (transaction, person, error)
                             : guitu_records_find (transaction, &guitu_kind_referral, &query, error);
  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    {
      JsonObject *json;

      if (!is_wanted (call, referrals->pdata[i], scheme))
        continue;
      json = referral_to_json (transaction, referrals->pdata[i], error);
      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
    }
  return referrals != NULL;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption add_options[] = {
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay; the person is that of the stay" },
  { "person", GUITU_OPTION_TEXT, FALSE, "id of the person, where there is no stay" },
  { NULL },
};

static const GuituOption update_options[] = {
  { "referral", GUITU_OPTION_TEXT, TRUE, "id of the referral" },
  { NULL },
};

static const GuituOption list_options[] = {
  { "person", GUITU_OPTION_TEXT, FALSE, "only of this person (id)" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "only of this stay (id or number)" },
  { "open", GUITU_OPTION_FLAG, FALSE, "only those without an outcome" },
  { "scheme", GUITU_OPTION_TEXT, FALSE, "only of this scheme (codes scheme)" },
  { NULL },
};

const GuituVerb guitu_verb_referral_add = {
  "referral add", "Refer a person to a scheme of social assistance or a service", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, add_options, &guitu_kind_referral, run_add
};
const GuituVerb guitu_verb_referral_update = {
  "referral update", "Record how far a referral got; an outcome closes it", GUITU_VERB_WRITES, update_options, &guitu_kind_referral, run_update
};
const GuituVerb guitu_verb_referral_list = {
  "referral list", "List referrals, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
