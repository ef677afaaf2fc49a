/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way home with company: planned first, then departed, which ends the stay. */

#include "app/transfer.h"

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/house.h"
#include "app/links.h"
#include "app/regions.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

#define REGION_DIGITS 6 /* of a station's code */

/* Which way of leaving a kind of transfer is. */
static const struct
{
  const char *kind;
  const char *leave_by;
} ways[] = {
  { "escort-home", "escort-home" },
  { "hand-over", "escort-station" },
  { "other-station", "other-station" },
  { "kin", "kin" },
  { "home-station", "home-station" },
  { "ticket", "ticket" },
};

static gboolean
take_fields (GuituRecord *transfer,
             JsonObject *input,
             GError **error)
{
  for (guint i = 0; i < guitu_kind_transfer.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_transfer.fields[i].name);

      if (node != NULL && i != GUITU_TRANSFER_STAY && !guitu_record_take_member (transfer, i, node, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_plan (const GuituRecord *transfer,
            GError **error)
{
  const char *kind = guitu_record_text (transfer, GUITU_TRANSFER_KIND);

  if (!guitu_record_check_required (transfer, error))
    return FALSE;
  if ((strcmp (kind, "hand-over") == 0 || strcmp (kind, "other-station") == 0) && !guitu_record_is_set (transfer, GUITU_TRANSFER_TO_STATION))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "to_station", "“to_station” is needed: who takes the person over");
  return TRUE;
}

static gboolean
check_departure (const GuituRecord *transfer,
                 const GuituRecord *stay,
                 GError **error)
{
  const char *departs = guitu_record_text (transfer, GUITU_TRANSFER_DEPARTS_AT);
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);

  if (departs == NULL || guitu_time_to_unix (departs) / 60 >= guitu_time_to_unix (arrived) / 60)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "departs_at", "The departure (%s) lies before the arrival (%s)", departs, arrived);
}

/* Where a station lies that was named without a place: as it says itself, or as its code begins. */
static gboolean
complete_region (GuituRecord *transfer,
                 GuituTransaction *transaction,
                 GError **error)
{
  const char *to_station = guitu_record_text (transfer, GUITU_TRANSFER_TO_STATION);
  g_autoptr (GuituRecord) station = NULL;
  g_autofree char *region = NULL;
  g_autofree char *name = NULL;
  gboolean is_code = to_station != NULL && g_ascii_isdigit (to_station[0]);

  if (to_station == NULL || guitu_record_is_set (transfer, GUITU_TRANSFER_TO_REGION))
    return TRUE;
  station = guitu_known_station (transaction, to_station);
  if (station != NULL)
    region = g_strdup (guitu_record_text (station, GUITU_STATION_REGION));
  if (region == NULL && is_code)
    region = g_strndup (to_station, REGION_DIGITS);
  name = region == NULL ? NULL : guitu_regions_full_name (region);
  if (name != NULL)
    guitu_record_set_text (transfer, GUITU_TRANSFER_TO_REGION, region);
  else if (is_code)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "to_region",
                       "“to_region” is needed: the station %s is not known here", to_station);
  return TRUE;
}

/* Takes what the call tells, checks it, and writes the plan with its escorts and its route. */
static gboolean
put_plan (GuituCall *call,
          GuituTransaction *transaction,
          GuituRecord *transfer,
          const GuituRecord *stay,
          GError **error)
{
  return take_fields (transfer, call->input, error) && check_plan (transfer, error) &&
         complete_region (transfer, transaction, error) && check_departure (transfer, stay, error) &&
         guitu_transfer_take_escorts (call, transaction, transfer, error) && guitu_transfer_take_waypoints (call, transaction, transfer, error) &&
         guitu_transaction_put (transaction, transfer, error);
}

/* What the rules on escorts will say is told with the plan, while there is time. */
static gboolean
commit_plan (GuituCall *call,
             GuituTransaction *transaction,
             const GuituRecord *transfer,
             GError **error)
{
  g_autoptr (JsonArray) warnings = guitu_transfer_check_escorts (transaction, transfer, error);
  JsonObject *json;

  if (warnings == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_transfer_to_json (transfer);
  json_object_set_array_member (json, "warnings", json_array_ref (warnings));
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_plan (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autoptr (GuituRecord) transfer = guitu_record_new (&guitu_kind_transfer);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  GuituRequest request = { .act = GUITU_ACT_NOTE };

  if (stay == NULL || !guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  guitu_record_set_text (transfer, GUITU_TRANSFER_STAY, guitu_record_id (stay));
  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "planned");
  guitu_record_set_text (transfer, GUITU_TRANSFER_PLANNED_BY, call->session->id);
  return put_plan (call, transaction, transfer, stay, error) && commit_plan (call, transaction, transfer, error);
}

/* A plan that was changed is another than the one that was approved. */
static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  static const char *const states[] = { "planned", "approved", NULL };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) transfer = transaction == NULL ? NULL : guitu_transfer_find (call, transaction, error);
  g_autoptr (GuituRecord) stay = NULL;

  if (transfer == NULL || !guitu_transfer_check_state (transfer, states, error))
    return FALSE;
  stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  if (stay == NULL || !guitu_fence_refuse_stay (call, transaction, stay, error))
    return FALSE;
  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "planned");
  guitu_record_set_text (transfer, GUITU_TRANSFER_PLANNED_BY, call->session->id);
  guitu_record_set_text (transfer, GUITU_TRANSFER_APPROVED_BY, NULL);
  guitu_record_set_text (transfer, GUITU_TRANSFER_APPROVED_AT, NULL);
  return put_plan (call, transaction, transfer, stay, error) && commit_plan (call, transaction, transfer, error);
}

static const char *
way_of (const GuituRecord *transfer)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (strcmp (ways[i].kind, guitu_record_text (transfer, GUITU_TRANSFER_KIND)) == 0)
      return ways[i].leave_by;
  return "other";
}

/* Who was not known, or fell ill, when it was planned. */
static gboolean
take_escorts (GuituRecord *transfer,
              JsonObject *input,
              GError **error)
{
  JsonNode *escorts = json_object_get_member (input, "escorts");

  return escorts == NULL || guitu_record_take_member (transfer, GUITU_TRANSFER_ESCORTS, escorts, error);
}

/* How the stay ends follows from the plan. */
static JsonObject *
way_of_leaving (GuituCall *call,
                const GuituRecord *transfer)
{
  const char *at = guitu_call_text (call, "at");
  const char *region = guitu_record_text (transfer, GUITU_TRANSFER_TO_REGION);
  const char *to_station = guitu_record_text (transfer, GUITU_TRANSFER_TO_STATION);
  const char *receiver = guitu_record_text (transfer, GUITU_TRANSFER_RECEIVER);
  JsonObject *how = json_object_new ();

  guitu_json_add (how, call->input);
  json_object_set_string_member (how, "leave_by", way_of (transfer));
  if (at != NULL)
    json_object_set_string_member (how, "left_at", at);
  if (region != NULL || to_station != NULL)
    json_object_set_string_member (how, "destination", region != NULL ? region : to_station);
  if (!json_object_has_member (how, "received_by") && (to_station != NULL || receiver != NULL))
    json_object_set_string_member (how, "received_by", to_station != NULL ? to_station : receiver);
  return how;
}

/* Somebody who can't leave alone is not brought by nobody. */
static gboolean
check_escorts (GuituTransaction *transaction,
               const GuituRecord *transfer,
               const GuituRecord *stay,
               GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  GuituSituation situation;

  if (person == NULL || !guitu_situation_read (transaction, stay, person, today, &situation, error))
    return FALSE;
  if (!guitu_situation_needs_company (&situation) || guitu_record_is_set (transfer, GUITU_TRANSFER_ESCORTS) ||
      !g_str_has_prefix (way_of (transfer), "escort"))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "escorts", "“escorts” is needed: who goes with somebody who can't leave alone");
}

/* Only what a leader agreed to departs, but where there is no time for that: the approval follows. */
static gboolean
check_approval (GuituCall *call,
                GuituRecord *transfer,
                GError **error)
{
  static const char *const states[] = { "planned", "approved", NULL };
  g_autofree char *today = guitu_today ();

  if (!guitu_transfer_check_state (transfer, states, error) || !guitu_call_take (call, "emergency", transfer, GUITU_TRANSFER_EMERGENCY, error))
    return FALSE;
  if (guitu_record_says (transfer, GUITU_TRANSFER_STATE, "approved") || guitu_record_is_set (transfer, GUITU_TRANSFER_EMERGENCY) ||
      !guitu_transfer_wants_approval (transfer, today))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "not-approved", "emergency",
                     "A leader approves this way home first (“transfer approve”); in an emergency give the reason, and the approval follows");
}

static gboolean
end_stay (GuituCall *call,
          GuituTransaction *transaction,
          GuituRecord *transfer,
          GuituRecord *stay,
          GError **error)
{
  g_autoptr (JsonObject) how = way_of_leaving (call, transfer);

  if (!guitu_stay_close (call, transaction, stay, how, error))
    return FALSE;
  if (guitu_transfer_is_escorted (transfer))
    guitu_record_set_text (stay, GUITU_STAY_WHERE, "journey");
  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "departed");
  guitu_record_set_text (transfer, GUITU_TRANSFER_DEPARTS_AT, guitu_record_text (stay, GUITU_STAY_LEFT_AT)); /* planned or not */
  guitu_transfer_close_if_done (transfer, guitu_record_text (stay, GUITU_STAY_LEFT_AT));
  return guitu_transaction_put (transaction, stay, error) && guitu_transaction_put (transaction, transfer, error) &&
         guitu_transfers_cancel (transaction, stay, error);
}

static gboolean
run_depart (GuituCall *call,
            GError **error)
{
  g_auto (GuituTransferException) exception = { 0 };
  g_autoptr (GuituTransaction) transaction = guitu_transfer_exception_read (call, &exception, error) ? guitu_call_write (call, error) : NULL;
  g_autoptr (GuituRecord) transfer = transaction == NULL ? NULL : guitu_transfer_find (call, transaction, error);
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (JsonArray) warnings = NULL;
  g_autofree char *letter = NULL;
  JsonObject *json;

  if (transfer == NULL)
    return FALSE;
  if (guitu_record_says (transfer, GUITU_TRANSFER_STATE, "departed"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-departed", "transfer", "This transfer is not waiting to depart (%s)",
                       guitu_record_text (transfer, GUITU_TRANSFER_STATE));
  stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  if (stay == NULL || !take_escorts (transfer, call->input, error) || !guitu_transfer_take_escorts (call, transaction, transfer, error) ||
      !check_escorts (transaction, transfer, stay, error) || !check_approval (call, transfer, error) ||
      !guitu_transfer_enforce_escorts (transaction, transfer, &exception, &warnings, error) ||
      !end_stay (call, transaction, transfer, stay, error) ||
      !guitu_hand_over_send (call, transaction, transfer, &letter, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_transfer_to_json (transfer);
  json_object_set_object_member (json, "stay", guitu_stay_to_json (stay));
  json_object_set_array_member (json, "warnings", json_array_ref (warnings));
  if (letter != NULL)
    json_object_set_string_member (json, "letter", letter);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
cancel_all (GuituTransaction *transaction,
            const GuituRecord *stay,
            const char *state,
            GError **error)
{
  const GuituQuery in_state = {
    .conditions = { { GUITU_TRANSFER_STAY, GUITU_EQUAL, guitu_record_id (stay) }, { GUITU_TRANSFER_STATE, GUITU_EQUAL, state } },
  };
  g_autoptr (GPtrArray) transfers = guitu_records_find (transaction, &guitu_kind_transfer, &in_state, error);

  for (guint i = 0; transfers != NULL && i < transfers->len; i++)
    if (!guitu_transfer_give_up (transaction, transfers->pdata[i], "cancelled", "离站登记已撤销", error))
      return FALSE;
  return transfers != NULL;
}

gboolean
guitu_transfers_cancel (GuituTransaction *transaction,
                        const GuituRecord *stay,
                        GError **error)
{
  return cancel_all (transaction, stay, "planned", error) && cancel_all (transaction, stay, "approved", error);
}

gboolean
guitu_transfers_undo (GuituTransaction *transaction,
                      const GuituRecord *stay,
                      GError **error)
{
  return cancel_all (transaction, stay, "departed", error);
}

#define PLAN_OPTIONS                                                                                                                               \
  { "company", GUITU_OPTION_TEXT, FALSE, "who goes along, as a JSON array of {user or name, sex, phone, role}; or names in escorts" },             \
  {                                                                                                                                                \
    "waypoints", GUITU_OPTION_TEXT, FALSE, "the route, as a JSON array of {place, kind, station, planned_at, carrier, ticket, price_fen, special}" \
  }

static const GuituOption plan_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  PLAN_OPTIONS,
  { NULL },
};

static const GuituOption edit_options[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  PLAN_OPTIONS,
  { NULL },
};

static const GuituOption depart_options[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when (now)" },
  { "escorts", GUITU_OPTION_TEXT, FALSE, "who goes along, if not as planned" },
  { "company", GUITU_OPTION_TEXT, FALSE, "the same as a JSON array of {user or name, sex, phone, role}" },
  { "emergency", GUITU_OPTION_TEXT, FALSE, "why it departs before a leader approved it" },
  GUITU_TRANSFER_EXCEPTION_OPTIONS,
  GUITU_RECEIVER_OPTIONS,
  GUITU_BELONGINGS_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_transfer_plan = {
  "transfer plan", "Plan an escort, a hand-over or another way home", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, plan_options, &guitu_kind_transfer, run_plan
};
const GuituVerb guitu_verb_transfer_edit = {
  "transfer edit", "Change a way home that has not departed; it is approved anew", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, &guitu_kind_transfer, run_edit
};
const GuituVerb guitu_verb_transfer_depart = {
  "transfer depart", "Record the departure; the stay ends with it, and the hand-over file goes to the receiving station", GUITU_VERB_WRITES, depart_options, NULL, run_depart
};
