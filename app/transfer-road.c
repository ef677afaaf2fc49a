/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Approval, what happened on the way, the hand-over and coming back. An escort on the road has nothing but
 * paper: all of it may be entered later, with the time at which it was. */

#include "app/transfer.h"

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
commit_and_emit (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituRecord *transfer,
                 JsonArray *warnings,
                 GError **error)
{
  JsonObject *json;

  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_transfer_to_json (transfer);
  if (warnings != NULL)
    json_object_set_array_member (json, "warnings", json_array_ref (warnings));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Approval ---------------------------------------------------------------------------------- */

static gboolean
check_approver (GuituCall *call,
                const GuituRecord *transfer,
                GError **error)
{
  static const char *const states[] = { "planned", "departed", "handed-over", "accepted", "rejected", NULL };

  if (!guitu_transfer_check_state (transfer, states, error))
    return FALSE;
  if (guitu_record_is_set (transfer, GUITU_TRANSFER_APPROVED_BY))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-in-state", "transfer", "This way home has been approved already");
  return !guitu_record_says (transfer, GUITU_TRANSFER_PLANNED_BY, call->session->id) ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", "transfer", "Whoever planned this way home can't approve it: a second person must");
}

static gboolean
decide (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *transfer,
        const GuituTransferException *exception,
        JsonArray **warnings,
        GError **error)
{
  gboolean is_planned = guitu_record_says (transfer, GUITU_TRANSFER_STATE, "planned");
  g_autofree char *now = guitu_now ();

  if (guitu_call_text (call, "reject") != NULL)
    return is_planned ? guitu_call_take (call, "reject", transfer, GUITU_TRANSFER_APPROVAL_NOTE, error)
                      : guitu_fail (error, GUITU_ERROR_REFUSED, "not-in-state", "reject", "What has departed can't be sent back to the plan any more; “transfer cancel” records that they came back");
  if (!guitu_call_take (call, "note", transfer, GUITU_TRANSFER_APPROVAL_NOTE, error) ||
      (is_planned && !guitu_transfer_enforce_escorts (transaction, transfer, exception, warnings, error)))
    return FALSE;
  guitu_record_set_text (transfer, GUITU_TRANSFER_APPROVED_BY, call->session->id);
  guitu_record_set_text (transfer, GUITU_TRANSFER_APPROVED_AT, now);
  if (is_planned)
    guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "approved");
  guitu_transfer_close_if_done (transfer, now);
  return TRUE;
}

static gboolean
run_approve (GuituCall *call,
             GError **error)
{
  g_auto (GuituTransferException) exception = { 0 };
  g_autoptr (GuituTransaction) transaction = guitu_transfer_exception_read (call, &exception, error) ? guitu_call_write (call, error) : NULL;
  g_autoptr (GuituRecord) transfer = guitu_transfer_find (call, transaction, error);
  g_autoptr (JsonArray) warnings = NULL;

  return transfer != NULL && check_approver (call, transfer, error) && decide (call, transaction, transfer, &exception, &warnings, error) &&
         guitu_transaction_put (transaction, transfer, error) && commit_and_emit (call, transaction, transfer, warnings, error);
}

/* --- On the way -------------------------------------------------------------------------------- */

static gboolean
take_waypoint (GuituCall *call,
               GuituRecord *waypoint,
               const GuituRecord *transfer,
               GError **error)
{
  g_autofree char *now = guitu_now ();

  if (!guitu_record_take_json (waypoint, call->input, error))
    return FALSE;
  guitu_record_set_text (waypoint, GUITU_WAYPOINT_TRANSFER, guitu_record_id (transfer));
  guitu_record_set_text (waypoint, GUITU_WAYPOINT_BY, call->session->id);
  if (!guitu_record_is_set (waypoint, GUITU_WAYPOINT_KIND))
    guitu_record_set_text (waypoint, GUITU_WAYPOINT_KIND, "stop");
  if (!guitu_record_is_set (waypoint, GUITU_WAYPOINT_PASSED_AT))
    guitu_record_set_text (waypoint, GUITU_WAYPOINT_PASSED_AT, now);
  if (!guitu_record_is_set (waypoint, GUITU_WAYPOINT_PLACE) && !guitu_record_is_set (waypoint, GUITU_WAYPOINT_TEXT))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "text", "“text” or “place” is needed: where it was, or what happened");
  return guitu_time_check (guitu_record_text (waypoint, GUITU_WAYPOINT_PASSED_AT), guitu_record_text (transfer, GUITU_TRANSFER_DEPARTS_AT), "passed_at", error);
}

/* A point of the plan that was passed, or something new. */
static GuituRecord *
find_waypoint (GuituCall *call,
               GuituTransaction *transaction,
               const GuituRecord *transfer,
               GError **error)
{
  const char *id = guitu_call_text (call, "waypoint");
  g_autoptr (GuituRecord) waypoint = id == NULL ? guitu_record_new (&guitu_kind_waypoint) : guitu_record_load (transaction, &guitu_kind_waypoint, id, error);

  if (id == NULL || waypoint == NULL || guitu_record_says (waypoint, GUITU_WAYPOINT_TRANSFER, guitu_record_id (transfer)))
    return g_steal_pointer (&waypoint);
  guitu_fail (error, GUITU_ERROR_INVALID, "not-their-stay", "waypoint", "That waypoint belongs to another journey");
  return NULL;
}

static gboolean
run_waypoint (GuituCall *call,
              GError **error)
{
  static const char *const states[] = { "departed", "handed-over", "accepted", "rejected", "returned", NULL };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) transfer = guitu_transfer_find (call, transaction, error);
  g_autoptr (GuituRecord) waypoint = NULL;
  JsonObject *json;

  if (transfer == NULL || !guitu_transfer_check_state (transfer, states, error))
    return FALSE;
  waypoint = find_waypoint (call, transaction, transfer, error);
  if (waypoint == NULL || !take_waypoint (call, waypoint, transfer, error) || !guitu_transaction_put (transaction, waypoint, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_record_to_json (waypoint, FALSE);
  json_object_set_string_member (json, "stay", guitu_record_text (transfer, GUITU_TRANSFER_STAY));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- The hand-over ----------------------------------------------------------------------------- */

static gboolean
take_handover (GuituCall *call,
               GuituRecord *transfer,
               GError **error)
{
  g_autofree char *now = guitu_now ();

  if (!guitu_call_take (call, "at", transfer, GUITU_TRANSFER_HANDED_OVER_AT, error) || !guitu_call_take (call, "to", transfer, GUITU_TRANSFER_HANDED_OVER_TO, error) ||
      !guitu_call_take (call, "place", transfer, GUITU_TRANSFER_HANDED_OVER_PLACE, error))
    return FALSE;
  if (!guitu_record_is_set (transfer, GUITU_TRANSFER_HANDED_OVER_TO))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "to", "“to” is needed: who took the person over");
  if (!guitu_record_is_set (transfer, GUITU_TRANSFER_HANDED_OVER_AT))
    guitu_record_set_text (transfer, GUITU_TRANSFER_HANDED_OVER_AT, now);
  return guitu_time_check (guitu_record_text (transfer, GUITU_TRANSFER_HANDED_OVER_AT), guitu_record_text (transfer, GUITU_TRANSFER_DEPARTS_AT), "at", error);
}

/* The receipt that the escort brings along, read in the same act. */
static gboolean
take_receipt (GuituCall *call,
              GuituTransaction *transaction,
              GuituRecord **transfer,
              GError **error)
{
  g_auto (GuituSealFound) found = { NULL };
  g_autoptr (GuituRecord) paper = NULL;
  g_autofree char *id = g_strdup (guitu_record_id (*transfer));

  if (guitu_call_text (call, "text") == NULL && guitu_call_text (call, "image") == NULL && !guitu_call_flag (call, "camera"))
    return TRUE;
  if (!guitu_seal_found_read (&found, call, error) || !guitu_receipt_take (call, transaction, found.text, &paper, error))
    return FALSE;
  if (!guitu_record_says (paper, GUITU_PAPER_TRANSFER, id))
    return guitu_fail (error, GUITU_ERROR_INVALID, "another-paper", "text", "This receipt belongs to another journey");
  guitu_record_free (*transfer);
  *transfer = guitu_record_load (transaction, &guitu_kind_transfer, id, error);
  return *transfer != NULL;
}

static gboolean
run_handover (GuituCall *call,
              GError **error)
{
  static const char *const states[] = { "departed", "handed-over", "accepted", NULL };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) transfer = guitu_transfer_find (call, transaction, error);

  if (transfer == NULL || !guitu_transfer_check_state (transfer, states, error) || !take_handover (call, transfer, error))
    return FALSE;
  if (guitu_record_says (transfer, GUITU_TRANSFER_STATE, "departed"))
    guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "handed-over");
  guitu_transfer_close_if_done (transfer, guitu_record_text (transfer, GUITU_TRANSFER_HANDED_OVER_AT));
  return guitu_transfer_end_journey (transaction, transfer, error) && guitu_transaction_put (transaction, transfer, error) &&
         take_receipt (call, transaction, &transfer, error) && commit_and_emit (call, transaction, transfer, NULL, error);
}

/* --- Coming to nothing ------------------------------------------------------------------------- */

/* Who came back is registered as any arrival, or the stay is opened again. */
static gboolean
run_cancel (GuituCall *call,
            GError **error)
{
  static const char *const states[] = { "planned", "approved", "departed", "handed-over", "rejected", NULL };
  const char *reason = guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) transfer = guitu_transfer_find (call, transaction, error);
  gboolean has_left;

  if (transfer == NULL || !guitu_transfer_check_state (transfer, states, error) || !guitu_call_take (call, "reason", transfer, GUITU_TRANSFER_OUTCOME, error))
    return FALSE;
  has_left = !guitu_record_says (transfer, GUITU_TRANSFER_STATE, "planned") && !guitu_record_says (transfer, GUITU_TRANSFER_STATE, "approved");
  return guitu_transfer_give_up (transaction, transfer, has_left ? "returned" : "cancelled", reason, error) &&
         guitu_transfer_end_journey (transaction, transfer, error) && commit_and_emit (call, transaction, transfer, NULL, error);
}

/* --- The file, once more ----------------------------------------------------------------------- */

static gboolean
run_send (GuituCall *call,
          GError **error)
{
  static const char *const states[] = { "departed", "handed-over", NULL };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) transfer = guitu_transfer_find (call, transaction, error);
  g_autofree char *letter = NULL;
  JsonObject *json;

  if (transfer == NULL || !guitu_transfer_check_state (transfer, states, error) || !guitu_hand_over_send (call, transaction, transfer, &letter, error))
    return FALSE;
  if (letter == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "unknown-station", "to_station", "The receiving station is not known here: trust its card first, or send paper alone");
  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_transfer_to_json (transfer);
  json_object_set_string_member (json, "letter", letter);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ------------------------------------------------------------------------------------- */

static const GuituOption approve_options[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { "note", GUITU_OPTION_TEXT, FALSE, "the leader's opinion" },
  { "reject", GUITU_OPTION_TEXT, FALSE, "why not: the plan goes back to who made it" },
  GUITU_TRANSFER_EXCEPTION_OPTIONS,
  { NULL },
};

static const GuituOption waypoint_options[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { "waypoint", GUITU_OPTION_TEXT, FALSE, "id of the point of the plan that was passed; nothing: something new" },
  { NULL },
};

static const GuituOption handover_options[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { "to", GUITU_OPTION_TEXT, FALSE, "who took the person over" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when (now)" },
  { "place", GUITU_OPTION_TEXT, FALSE, "where" },
  { "text", GUITU_OPTION_TEXT, FALSE, "the code of the receipt, where the escort brings one (GT1:…)" },
  { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of the receipt instead" },
  { "camera", GUITU_OPTION_FLAG, FALSE, "look through the camera instead" },
  { "source", GUITU_OPTION_TEXT, FALSE, "with camera: what GStreamer takes in its place" },
  { "seconds", GUITU_OPTION_INTEGER, FALSE, "with camera: how long to look (30)" },
  { NULL },
};

static const GuituOption cancel_options[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why nobody departs, or why they came back" },
  { NULL },
};

static const GuituOption transfer_option[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { NULL },
};

const GuituVerb guitu_verb_transfer_approve = {
  "transfer approve", "Approve a planned way home, or send it back with a reason; never by who planned it", GUITU_VERB_WRITES, approve_options, NULL, run_approve
};
const GuituVerb guitu_verb_transfer_waypoint = {
  "transfer waypoint", "Record a place that was passed, a meal, medicine or an incident on the way, also later", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, waypoint_options, &guitu_kind_waypoint, run_waypoint
};
const GuituVerb guitu_verb_transfer_handover = {
  "transfer handover", "Record that the escorts handed the person over, with the receipt if they bring it", GUITU_VERB_WRITES, handover_options, NULL, run_handover
};
const GuituVerb guitu_verb_transfer_cancel = {
  "transfer cancel", "Nobody departs after all, or they came back; who came back arrives again, or the stay is reopened", GUITU_VERB_WRITES, cancel_options, NULL, run_cancel
};
const GuituVerb guitu_verb_transfer_send = {
  "transfer send", "Write the hand-over file to the receiving station anew, as it stands now", GUITU_VERB_WRITES, transfer_option, NULL, run_send
};
