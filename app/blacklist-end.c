/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an entry of the list is fought and ended. Whoever decides an objection has neither proposed
 * nor reviewed the entry; an entry that is ended is emptied everywhere. */

#include "app/blacklist-private.h"

#include "app/fence.h"
#include "app/rules.h"
#include "app/verbs.h"
#include "db/id.h"

#include <string.h>

/* --- Finding it ---------------------------------------------------------------------------------- */

gboolean
_guitu_blacklist_find (GuituCall *call,
                       GuituTransaction *transaction,
                       GuituRecord **entry,
                       GError **error)
{
  const char *id = guitu_call_need (call, "entry", error);
  g_autoptr (GError) failure = NULL;

  *entry = NULL;
  if (id == NULL)
    return FALSE;
  *entry = guitu_record_load (transaction, &guitu_kind_blacklist, id, &failure);
  if (*entry == NULL && g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    {
      g_clear_error (&failure);
      *entry = guitu_record_find_one (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_LISTING, id, &failure);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

GuituRecord *
_guitu_blacklist_find_listing (GuituCall *call,
                               GuituTransaction *transaction,
                               GError **error)
{
  g_autoptr (GuituRecord) entry = NULL;
  const char *id;

  if (!_guitu_blacklist_find (call, transaction, &entry, error))
    return NULL;
  id = entry == NULL ? guitu_call_text (call, "entry") : guitu_record_text (entry, GUITU_BLACKLIST_LISTING);
  if (id != NULL)
    return guitu_record_load (transaction, &guitu_kind_listing, id, error);
  guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-state", "entry", "No other station has seen this entry");
  return NULL;
}

/* --- Objection ----------------------------------------------------------------------------------- */

/* Made here, about another station's entry: it goes to that station. */
static gboolean
pass_on (GuituCall *call,
         GuituTransaction *transaction,
         const char *text,
         GError **error)
{
  g_autoptr (GuituRecord) listing = _guitu_blacklist_find_listing (call, transaction, error);
  g_autoptr (JsonObject) content = NULL;
  g_autofree char *round = guitu_id_new ();
  JsonObject *json;

  if (listing == NULL)
    return FALSE;
  if (guitu_record_says (listing, GUITU_LISTING_STATION, guitu_transaction_keys (transaction)->station))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-state", "entry", "The file of this entry has not come to this desk yet: exchange with the other desks first");
  content = json_object_new ();
  json_object_set_string_member (content, "text", text);
  json_object_set_string_member (content, "by", guitu_session_display_name (call->session));
  if (!guitu_listing_tell (transaction, listing, "objection", round, content, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "result", "passed-on");
  json_object_set_string_member (json, "listing", guitu_record_id (listing));
  json_object_set_string_member (json, "to_station", guitu_record_text (listing, GUITU_LISTING_STATION));
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
take_objection (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *entry,
                const char *text,
                GError **error)
{
  g_autofree char *now = guitu_now ();
  const char *given = guitu_call_text (call, "at");
  g_autofree char *at = given == NULL ? g_strdup (now) : guitu_time_parse (given);
  const char *how = guitu_call_text (call, "channel");
  const GuituCode *channel = guitu_codes_parse ("list_channel", how == NULL ? "in-person" : how);

  if (channel == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "channel", "“%s” is not one of the codes of list_channel", how);
  if (at == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "at", "“%s” is no possible time (YYYY-MM-DD hh:mm)", given);
  return guitu_time_check (at, guitu_record_text (entry, GUITU_BLACKLIST_PROPOSED_AT), "at", error) &&
         guitu_blacklist_object (transaction, entry, &(GuituListObjection){ text, channel->code, guitu_transaction_keys (transaction)->station, at, NULL }, error) &&
         guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

/* What is kept no longer is gone into no more: nobody could say on what. */
static gboolean
check_kept (const GuituRecord *entry,
            GError **error)
{
  g_autofree char *today = guitu_today ();

  return guitu_list_is_kept (entry, today) || guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-state", "entry", "The entry is over, and its file is kept no longer");
}

/* What is said to an entry that was renewed is meant for the one that stands in its place. */
static gboolean
go_to_renewal (GuituTransaction *transaction,
               GuituRecord **entry,
               GError **error)
{
  GuituRecord *renewal;

  do
    {
      if (!guitu_blacklist_find_renewal (transaction, *entry, &renewal, error))
        return FALSE;
      if (renewal != NULL)
        {
          guitu_record_free (*entry);
          *entry = renewal;
        }
    }
  while (renewal != NULL);
  return TRUE;
}

static gboolean
run_object (GuituCall *call,
            GError **error)
{
  const char *text = guitu_call_need (call, "text", error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) entry = NULL;

  if (text == NULL || !guitu_text_check (&guitu_kind_blacklist.fields[GUITU_BLACKLIST_OBJECTION], text, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !_guitu_blacklist_find (call, transaction, &entry, error))
    return FALSE;
  if (entry == NULL)
    return pass_on (call, transaction, text, error);
  return go_to_renewal (transaction, &entry, error) && check_kept (entry, error) && take_objection (call, transaction, entry, text, error);
}

/* --- The end of an entry ------------------------------------------------------------------------- */

static gboolean
end_entry (GuituCall *call,
           GuituTransaction *transaction,
           GuituRecord *entry,
           const char *state,
           const char *reason,
           GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autofree char *kept = guitu_date_add_days (now, (int) guitu_rules_integer ("list_retention_days", now));

  guitu_record_set_text (entry, GUITU_BLACKLIST_STATE, state);
  guitu_record_set_text (entry, GUITU_BLACKLIST_ENDED_AT, now);
  guitu_record_set_text (entry, GUITU_BLACKLIST_ENDED_BY, call->session->id);
  guitu_record_set_text (entry, GUITU_BLACKLIST_END_REASON, reason);
  guitu_record_set_text (entry, GUITU_BLACKLIST_RETENTION, kept);
  return guitu_list_tasks_close (transaction, "list-", guitu_record_id (entry), call->session->id, error) &&
         guitu_listing_end (transaction, entry, guitu_codes_find ("list_state", state)->chinese, error) &&
         guitu_transaction_put (transaction, entry, error);
}

/* --- Decision about an objection ----------------------------------------------------------------- */

static gboolean
is_objected (const GuituRecord *entry)
{
  return guitu_record_is_set (entry, GUITU_BLACKLIST_OBJECTED_AT) && !guitu_record_is_set (entry, GUITU_BLACKLIST_OUTCOME);
}

static void
set_outcome (GuituRecord *entry,
             const char *outcome,
             const char *user)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (entry, GUITU_BLACKLIST_OUTCOME, outcome);
  guitu_record_set_text (entry, GUITU_BLACKLIST_HANDLER, user);
  guitu_record_set_text (entry, GUITU_BLACKLIST_HANDLED_AT, now);
}

/* Whether @user ever stood behind what the entry says: the ledger knows all, also who was followed by another since. */
static gboolean
had_a_hand (GuituTransaction *transaction,
            const GuituRecord *entry,
            const char *user,
            gboolean *had,
            GError **error)
{
  static const int fields[] = { GUITU_BLACKLIST_PROPOSED_BY, GUITU_BLACKLIST_REVIEWED_BY, GUITU_BLACKLIST_CORRECTED_BY, GUITU_BLACKLIST_CORRECTED_WITH };
  g_autoptr (GPtrArray) items = guitu_record_history (transaction, guitu_record_id (entry), error);

  *had = FALSE;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const GuituHistoryItem *item = items->pdata[i];

      for (guint j = 0; j < G_N_ELEMENTS (fields) && !*had; j++)
        *had = g_strcmp0 (item->field, guitu_kind_blacklist.fields[fields[j]].name) == 0 && g_strcmp0 (item->value, user) == 0;
    }
  return items != NULL;
}

static gboolean
check_handler (GuituCall *call,
               GuituTransaction *transaction,
               const GuituRecord *entry,
               GError **error)
{
  gboolean had;

  if (!is_objected (entry))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-objection", "entry", "There is no objection to be decided");
  if (!had_a_hand (transaction, entry, call->session->id, &had, error))
    return FALSE;
  return !had || guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", NULL, "An objection is decided by somebody who neither proposed, reviewed nor rewrote the entry");
}

static gboolean
decide (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *entry,
        const char *outcome,
        GError **error)
{
  gboolean withdraws = strcmp (outcome, "withdrawn") == 0;
  const char *reason = guitu_call_text (call, "reason");
  g_autofree char *now = guitu_now ();
  const GuituListTask correct = { "list-correct", guitu_record_id (entry), now, guitu_record_text (entry, GUITU_BLACKLIST_STAY), "按异议处理结果更正条目", "list_decide_working_days", NULL };

  set_outcome (entry, outcome, call->session->id);
  if (!guitu_list_tasks_close (transaction, "list-objection", guitu_record_id (entry), call->session->id, error) || !guitu_list_tell_decision (transaction, entry, error))
    return FALSE;
  if (withdraws)
    return end_entry (call, transaction, entry, "withdrawn", reason, error);
  return (strcmp (outcome, "corrected") != 0 || guitu_list_task_open (transaction, &correct, NULL, error)) &&
         guitu_transaction_put (transaction, entry, error) && guitu_listing_tell_objection (transaction, entry, error);
}

static gboolean
run_decide (GuituCall *call,
            GError **error)
{
  const char *text = guitu_call_need (call, "outcome", error);
  const GuituCode *outcome = text == NULL ? NULL : guitu_codes_parse ("list_outcome", text);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) entry = NULL;

  if (text == NULL || guitu_call_need (call, "reason", error) == NULL)
    return FALSE;
  if (outcome == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "outcome", "“%s” is not one of the codes of list_outcome", text);
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !_guitu_blacklist_find (call, transaction, &entry, error))
    return FALSE;
  if (entry == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "entry", "This station made no such entry; its own station decides");
  return check_handler (call, transaction, entry, error) && guitu_call_take (call, "reason", entry, GUITU_BLACKLIST_OUTCOME_NOTE, error) &&
         decide (call, transaction, entry, outcome->code, error) && guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

/* --- Removal and correction ---------------------------------------------------------------------- */

static gboolean
run_revoke (GuituCall *call,
            GError **error)
{
  const char *reason = guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) entry = NULL;

  if (transaction == NULL || !_guitu_blacklist_find (call, transaction, &entry, error) ||
      !guitu_text_check (&guitu_kind_blacklist.fields[GUITU_BLACKLIST_END_REASON], reason, error))
    return FALSE;
  if (entry == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "entry", "This station made no such entry; its own station removes it");
  if (guitu_record_is_set (entry, GUITU_BLACKLIST_ENDED_AT) && !guitu_record_says (entry, GUITU_BLACKLIST_STATE, "suspended")) /* which another desk wrote after the end */
    return guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-state", "entry", "The entry was ended already");
  if (!check_kept (entry, error))
    return FALSE;
  if (is_objected (entry)) /* the person has what they asked for */
    {
      set_outcome (entry, "withdrawn", call->session->id);
      guitu_record_set_text (entry, GUITU_BLACKLIST_OUTCOME_NOTE, reason);
      if (!guitu_list_tell_decision (transaction, entry, error))
        return FALSE;
    }
  return end_entry (call, transaction, entry, "removed", reason, error) && guitu_transaction_commit (transaction, error) && _guitu_blacklist_emit (call, entry);
}

/* --- Verbs --------------------------------------------------------------------------------------- */

#define ENTRY_OPTION                                                                         \
  {                                                                                          \
    "entry", GUITU_OPTION_TEXT, TRUE, "id of the entry, or of what other stations see of it" \
  }

static const GuituOption object_options[] = {
  ENTRY_OPTION,
  { "text", GUITU_OPTION_TEXT, FALSE, "what the person objects, word for word" },
  { "channel", GUITU_OPTION_TEXT, FALSE, "how it came (codes list_channel; in person)" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when it came (now)" },
  { NULL },
};

static const GuituOption decide_options[] = {
  ENTRY_OPTION,
  { "outcome", GUITU_OPTION_TEXT, FALSE, "what is decided (codes list_outcome)" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why" },
  { NULL },
};

static const GuituOption revoke_options[] = {
  ENTRY_OPTION,
  { "reason", GUITU_OPTION_TEXT, FALSE, "why" },
  { NULL },
};

const GuituVerb guitu_verb_blacklist_object = {
  "blacklist object", "Take an objection of the person to an entry of the list; another station's is sent there", GUITU_VERB_WRITES, object_options, NULL, run_object
};
const GuituVerb guitu_verb_blacklist_decide = {
  "blacklist decide", "Decide an objection to an entry of the list", GUITU_VERB_WRITES, decide_options, NULL, run_decide
};
const GuituVerb guitu_verb_blacklist_revoke = {
  "blacklist revoke", "Remove an entry of the list, at every station", GUITU_VERB_WRITES, revoke_options, NULL, run_revoke
};
