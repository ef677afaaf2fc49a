/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes before any form: somebody who needs a doctor or the police now (规程 Art. 8–10: 先救治后
 * 救助), and somebody who is helped in the street and does not want to come in. */

#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
commit_and_emit (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituArrival *arrival,
                 GError **error)
{
  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_arrival_to_json (arrival));
  return TRUE;
}

/* Over when it begins; or now, for somebody who had come to the door before. What had been proposed is no more. */
static void
end_outside (GuituCall *call,
             GuituRecord *stay)
{
  gboolean is_registered = guitu_call_text (call, "stay") != NULL;
  g_autofree char *now = guitu_now ();

  guitu_stay_drop_proposal (stay);
  guitu_record_set_text (stay, GUITU_STAY_DECISION, "outside");
  guitu_record_set_text (stay, GUITU_STAY_DECIDED_BY, call->session->id);
  guitu_record_set_text (stay, GUITU_STAY_DECIDED_AT, now);
  guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, is_registered ? now : guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
}

/* Who is not in the house sleeps in no bed of it. */
static gboolean
check_no_bed (GuituCall *call,
              GError **error)
{
  return !json_object_has_member (call->input, "bed") ||
         guitu_fail (error, GUITU_ERROR_INVALID, "not-here", "bed", "A bed is given with “stay bed” once the person is in the house");
}

/* --- Outside the station ------------------------------------------------------------------------ */

static gboolean
run_outside (GuituCall *call,
             GError **error)
{
  g_auto (GuituArrival) arrival = { .ends_at_once = TRUE };
  g_autoptr (GuituTransaction) transaction = check_no_bed (call, error) ? guitu_arrival_begin (call, &arrival, error) : NULL;
  GuituRequest request = { .act = GUITU_ACT_HELP_OUTSIDE, .reason = guitu_call_text (call, "ground") };

  if (transaction == NULL || !guitu_stay_act (call, transaction, arrival.stay, &request, error))
    return FALSE;
  end_outside (call, arrival.stay);
  return guitu_transfers_cancel (transaction, arrival.stay, error) && guitu_stay_put (transaction, arrival.stay, &request, error) &&
         commit_and_emit (call, transaction, &arrival, error);
}

/* --- Emergencies -------------------------------------------------------------------------------- */

/* Handed to the police: they answer for the person from here on. */
static gboolean
hand_to_police (GuituCall *call,
                GuituTransaction *transaction,
                GuituArrival *arrival,
                const char *place,
                GError **error)
{
  g_autoptr (JsonObject) how = json_object_new ();

  json_object_set_string_member (how, "leave_by", "police");
  json_object_set_string_member (how, "received_by", place);
  return guitu_transfers_cancel (transaction, arrival->stay, error) && guitu_stay_close (call, transaction, arrival->stay, how, error);
}

static gboolean
run_emergency (GuituCall *call,
               GError **error)
{
  const char *to = guitu_call_need (call, "to", error);
  const char *place = to == NULL ? NULL : guitu_call_need (call, "place", error);
  g_auto (GuituArrival) arrival = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;
  GuituRequest request = { .act = GUITU_ACT_HELP_FIRST };
  gboolean is_police = g_strcmp0 (to, "police") == 0;

  if (place == NULL)
    return FALSE;
  if (!is_police && strcmp (to, "hospital") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "to", "“to” is hospital or police");
  transaction = check_no_bed (call, error) ? guitu_arrival_begin (call, &arrival, error) : NULL;
  if (transaction == NULL || !guitu_stay_act (call, transaction, arrival.stay, &request, error) ||
      !guitu_stay_admit (call, arrival.stay, "emergency", error))
    return FALSE;
  guitu_record_set_text (arrival.stay, GUITU_STAY_WHERE, is_police ? NULL : "hospital");
  if (!guitu_stay_put (transaction, arrival.stay, &request, error) ||
      !(is_police ? hand_to_police (call, transaction, &arrival, place, error)
                  : guitu_event_note (call, transaction, arrival.stay, "hospital", place, error)))
    return FALSE;
  return commit_and_emit (call, transaction, &arrival, error);
}

/* --- Verbs -------------------------------------------------------------------------------------- */

static const GuituOption outside_options[] = {
  GUITU_ARRIVAL_OPTIONS,
  { NULL },
};

static const GuituOption emergency_options[] = {
  GUITU_ARRIVAL_OPTIONS,
  { "to", GUITU_OPTION_TEXT, FALSE, "hospital or police" },
  { "place", GUITU_OPTION_TEXT, FALSE, "which hospital or police station, and who took the person over" },
  { NULL },
};

const GuituVerb guitu_verb_stay_outside = {
  "stay outside", "Record help given outside the station to somebody who does not come in", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, outside_options, &guitu_kind_stay, run_outside
};
const GuituVerb guitu_verb_stay_emergency = {
  "stay emergency", "Hospital or police first: nothing but sex and how they came is asked", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, emergency_options, &guitu_kind_stay, run_emergency
};
