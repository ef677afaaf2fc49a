/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked and noted while the person is here, and corrections: a stay that ended by mistake, a
 * stay that was registered by mistake. */

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/house.h"
#include "app/links.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

/* What has a verb of its own, with its own guards. */
static const int elsewhere[] = {
  GUITU_STAY_PERSON,
  GUITU_STAY_DECISION,
  GUITU_STAY_GROUND,
  GUITU_STAY_ADMITTED_AT,
  GUITU_STAY_BED,
  GUITU_STAY_LEFT_AT,
  GUITU_STAY_LEAVE_BY,
};

/* After a death only what comes later is added (guard g). */
static const int after_death[] = { GUITU_STAY_DEATH_CERTIFICATE, GUITU_STAY_POLICE_REPORT };

/* What a way of leaving needed: it is corrected, but not taken back. */
static const int of_leaving[] = {
  GUITU_STAY_DESTINATION,
  GUITU_STAY_RECEIVED_BY,
  GUITU_STAY_RECEIVER_KINSHIP,
  GUITU_STAY_RECEIVER_ID,
  GUITU_STAY_RECEIVER_PHONE,
  GUITU_STAY_RECEIVER_PROOF,
  GUITU_STAY_GUARDIAN_CHECK,
  GUITU_STAY_SEARCH_ACTIONS,
  GUITU_STAY_CCTV,
  GUITU_STAY_POLICE_REPORT,
};

static gboolean
is_among (int field,
          const int *fields,
          gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fields[i] == field)
      return TRUE;
  return FALSE;
}

gboolean
guitu_stay_is_edited (int field)
{
  return !(guitu_kind_stay.fields[field].flags & GUITU_DERIVED) && !is_among (field, elsewhere, G_N_ELEMENTS (elsewhere));
}

static gboolean
take_field (GuituRecord *stay,
            int field,
            JsonNode *node,
            gboolean is_locked,
            GError **error)
{
  const char *name = guitu_kind_stay.fields[field].name;

  if (is_among (field, elsewhere, G_N_ELEMENTS (elsewhere)))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", name, "“%s” is not changed here: it has a verb of its own", name);
  if (is_locked && (!is_among (field, after_death, G_N_ELEMENTS (after_death)) || guitu_record_is_set (stay, field)))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "after-death", name, "After a death the record is locked; only the certificate and the report to the police are added");
  return guitu_record_take_member (stay, field, node, error);
}

static gboolean
take_fields (GuituRecord *stay,
             JsonObject *input,
             GError **error)
{
  gboolean is_locked = guitu_stay_state_of (stay) == GUITU_STATE_DEAD;

  for (guint i = 0; i < guitu_kind_stay.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_stay.fields[i].name);

      if (node != NULL && !take_field (stay, i, node, is_locked, error))
        return FALSE;
    }
  return TRUE;
}

/* Whoever may not see a record adds to it blindly, but writes over nothing. */
static gboolean
check_hidden (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *stored,
              const GuituRecord *stay,
              GError **error)
{
  for (guint i = 0; i < guitu_kind_stay.n_fields; i++)
    if (guitu_record_changed (stay, i) && (guitu_record_is_set (stored, i) || guitu_record_is_set (stored, GUITU_STAY_LEFT_AT)))
      return guitu_fence_refuse_stay (call, transaction, stored, error);
  return TRUE;
}

static gboolean
check_leaving (GuituCall *call,
               GuituTransaction *transaction,
               const GuituRecord *stored,
               const GuituRecord *stay,
               GError **error)
{
  gboolean is_changed = FALSE;

  if (!guitu_record_is_set (stored, GUITU_STAY_LEFT_AT))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (of_leaving); i++)
    {
      const char *name = guitu_kind_stay.fields[of_leaving[i]].name;

      if (!guitu_record_changed (stay, of_leaving[i]))
        continue;
      if (guitu_record_is_set (stored, of_leaving[i]) && !guitu_record_is_set (stay, of_leaving[i]))
        return guitu_fail (error, GUITU_ERROR_INVALID, "missing", name, "“%s” was noted when the person left: correct it, or open the stay again", name);
      is_changed = TRUE;
    }
  return !is_changed || guitu_stay_check_receiver (call, transaction, stay, error);
}

static gboolean
check_times (GuituTransaction *transaction,
             const GuituRecord *stay,
             GError **error)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  const char *admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  g_autoptr (GuituRecord) person = NULL;

  if (!guitu_record_changed (stay, GUITU_STAY_ARRIVED_AT))
    return TRUE;
  if (!guitu_time_check (arrived, NULL, "arrived_at", error))
    return FALSE;
  if ((admitted != NULL && guitu_time_to_unix (arrived) > guitu_time_to_unix (admitted)) ||
      (left != NULL && guitu_time_to_unix (arrived) > guitu_time_to_unix (left)))
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-late", "arrived_at", "The arrival would lie after the admission or the leaving");
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  return person != NULL && guitu_stay_check_birth (stay, person, error) && guitu_stay_check_overlap (transaction, stay, error);
}

/* Who is a family may share a room: what is said of that is checked like a bed. */
static gboolean
check_family (GuituCall *call,
              GuituTransaction *transaction,
              GuituBedMove *move,
              GError **error)
{
  g_autoptr (GuituRecord) person = NULL;

  if (!guitu_record_changed (move->stay, GUITU_STAY_FAMILY) || guitu_record_is_set (move->stay, GUITU_STAY_LEFT_AT))
    return TRUE;
  person = guitu_person_effective (transaction, guitu_record_text (move->stay, GUITU_STAY_PERSON), error);
  move->person = person;
  return person != NULL && guitu_bed_check_again (call, transaction, move, error);
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_auto (GuituBedMove) move = { 0 };
  gboolean is_ready = text != NULL && guitu_bed_move_read (call, &move, error);
  g_autoptr (GuituTransaction) transaction = is_ready ? guitu_call_write (call, error) : NULL;
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  g_autoptr (GuituRecord) stored = stay == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, guitu_record_id (stay), error);
  GuituRequest request = { .act = GUITU_ACT_EDIT };

  move.stay = stay;
  if (stored == NULL || !guitu_stay_act (call, transaction, stay, &request, error) ||
      !guitu_fence_keep (call, transaction, stay, error) || !take_fields (stay, call->input, error) ||
      !check_hidden (call, transaction, stored, stay, error) || !check_leaving (call, transaction, stored, stay, error) || !guitu_record_check_required (stay, error) ||
      !check_times (transaction, stay, error) || !check_family (call, transaction, &move, error) || !guitu_stay_put (transaction, stay, &request, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_stay_to_json (stay));
  return TRUE;
}

/* --- Corrections -------------------------------------------------------------------------------- */

/* What the leaving wrote; the ledger keeps it. */
static void
forget_leaving (GuituRecord *stay)
{
  static const int when_and_how[] = { GUITU_STAY_LEFT_AT, GUITU_STAY_LEAVE_BY, GUITU_STAY_RELEASED_BY };

  for (gsize i = 0; i < G_N_ELEMENTS (when_and_how); i++)
    guitu_record_set_text (stay, when_and_how[i], NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (of_leaving); i++)
    guitu_record_set_text (stay, of_leaving[i], NULL);
  if (g_strcmp0 (guitu_record_text (stay, GUITU_STAY_DECISION), "outside") != 0)
    return;
  guitu_stay_drop_proposal (stay);
  guitu_record_set_text (stay, GUITU_STAY_DECISION, NULL);
}

/* Visits that were planned because the person had left. */
static gboolean
void_follow_ups (GuituTransaction *transaction,
                 const GuituRecord *stay,
                 const char *reason,
                 GError **error)
{
  const GuituQuery planned = {
    .conditions = { { GUITU_FOLLOW_UP_STAY, GUITU_EQUAL, guitu_record_id (stay) }, { GUITU_FOLLOW_UP_DONE_ON, GUITU_UNSET, NULL } },
  };
  g_autoptr (GPtrArray) follow_ups = guitu_records_find (transaction, &guitu_kind_follow_up, &planned, error);

  for (guint i = 0; follow_ups != NULL && i < follow_ups->len; i++)
    if (!guitu_call_void (transaction, follow_ups->pdata[i], reason, error))
      return FALSE;
  return follow_ups != NULL;
}

/* Things that became entrusted because their owner was away; what was entrusted before, the person signed for. */
static gboolean
keep_belongings_again (GuituTransaction *transaction,
                       const GuituRecord *stay,
                       GError **error)
{
  static const int given[] = { GUITU_BELONGING_OUT_AT, GUITU_BELONGING_OUT_BY, GUITU_BELONGING_OUT_SECOND, GUITU_BELONGING_OUT_TO, GUITU_BELONGING_OUT_SIGN };
  const GuituQuery entrusted = {
    .conditions = { { GUITU_BELONGING_STAY, GUITU_EQUAL, guitu_record_id (stay) }, { GUITU_BELONGING_STATE, GUITU_EQUAL, "entrusted" } },
  };
  g_autoptr (GPtrArray) belongings = guitu_records_find (transaction, &guitu_kind_belonging, &entrusted, error);
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);

  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      GuituRecord *belonging = belongings->pdata[i];
      const char *out = guitu_record_text (belonging, GUITU_BELONGING_OUT_AT);

      if (left != NULL && out != NULL && guitu_time_to_unix (out) < guitu_time_to_unix (left))
        continue;
      guitu_record_set_text (belonging, GUITU_BELONGING_STATE, "held");
      for (gsize j = 0; j < G_N_ELEMENTS (given); j++)
        guitu_record_set_text (belonging, given[j], NULL);
      if (!guitu_transaction_put (transaction, belonging, error))
        return FALSE;
    }
  return belongings != NULL;
}

static gboolean
run_reopen (GuituCall *call,
            GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  GuituRequest request = { .act = GUITU_ACT_REOPEN, .reason = guitu_call_text (call, "reason") };

  if (stay == NULL || !guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  if (!keep_belongings_again (transaction, stay, error) || !guitu_transfers_undo (transaction, stay, error))
    return FALSE;
  forget_leaving (stay);
  guitu_record_set_text (stay, GUITU_STAY_BED, NULL); /* somebody else may sleep there by now */
  if (!guitu_stay_check_overlap (transaction, stay, error) || !guitu_event_note (call, transaction, stay, "correction", request.reason, error) ||
      !void_follow_ups (transaction, stay, request.reason, error) || !guitu_stay_put (transaction, stay, &request, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_stay_to_json (stay));
  return TRUE;
}

static gboolean
run_void (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  GuituRequest request = { .act = GUITU_ACT_VOID, .reason = guitu_call_text (call, "reason") };

  if (stay == NULL || !guitu_stay_act (call, transaction, stay, &request, error) ||
      !guitu_transfers_cancel (transaction, stay, error) || !guitu_incoming_take_back (call, transaction, guitu_record_id (stay), request.reason, error) ||
      !guitu_call_void (transaction, stay, request.reason, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_stay_to_json (stay));
  return TRUE;
}

/* --- Verbs -------------------------------------------------------------------------------------- */

static const GuituOption edit_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  GUITU_BED_OPTIONS,
  { NULL },
};

static const GuituOption correct_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "what went wrong" },
  { NULL },
};

const GuituVerb guitu_verb_stay_edit = {
  "stay edit", "Note or correct what is known about a stay", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, &guitu_kind_stay, run_edit
};
const GuituVerb guitu_verb_stay_reopen = {
  "stay reopen", "Open a stay again that was ended by mistake", GUITU_VERB_WRITES, correct_options, NULL, run_reopen
};
const GuituVerb guitu_verb_stay_void = {
  "stay void", "Declare that a stay was registered by mistake; it stays on record", GUITU_VERB_WRITES, correct_options, NULL, run_void
};
