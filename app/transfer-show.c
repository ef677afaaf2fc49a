/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ways home as they are shown: with route, escorts, papers, letters, receipt and follow-ups. */

#include "app/transfer.h"

#include "app/hand-over.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

#define LIST_LIMIT 1000

/* Whose way home it is; the fence takes the name away from who may not read it. */
static gboolean
add_person (JsonObject *json,
            GuituTransaction *transaction,
            const GuituRecord *transfer,
            GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);

  if (person == NULL)
    return FALSE;
  json_object_set_string_member (json, "number", guitu_record_text (stay, GUITU_STAY_NUMBER));
  json_object_set_string_member (json, "person", guitu_record_id (person));
  json_object_set_string_member (json, "display_name", guitu_person_display_name (person));
  return TRUE;
}

/* --- One ------------------------------------------------------------------------------------- */

/* Where one changes, the person is told the rescue station there with address and telephone (规程). */
static gboolean
add_waypoints (JsonObject *json,
               GuituTransaction *transaction,
               const GuituRecord *transfer,
               GError **error)
{
  g_autoptr (GPtrArray) waypoints = guitu_transfer_waypoints (transaction, transfer, error);
  JsonArray *array;

  if (waypoints == NULL)
    return FALSE;
  array = json_array_new ();
  json_object_set_array_member (json, "waypoints", array);
  for (guint i = 0; i < waypoints->len; i++)
    {
      JsonObject *waypoint = guitu_record_to_json (waypoints->pdata[i], FALSE);
      const char *code = guitu_record_text (waypoints->pdata[i], GUITU_WAYPOINT_STATION);
      g_autoptr (GuituRecord) station = code == NULL ? NULL : guitu_known_station (transaction, code);
      const int told[] = { GUITU_STATION_NAME, GUITU_STATION_ADDRESS, GUITU_STATION_PHONE };

      for (guint j = 0; station != NULL && j < G_N_ELEMENTS (told); j++)
        if (guitu_record_is_set (station, told[j]))
          {
            g_autofree char *name = g_strconcat ("station_", guitu_kind_station.fields[told[j]].name, NULL);

            json_object_set_string_member (waypoint, name, guitu_record_text (station, told[j]));
          }
      json_array_add_object_element (array, waypoint);
    }
  return TRUE;
}

static gboolean
add_papers (JsonObject *json,
            GuituTransaction *transaction,
            const GuituRecord *transfer,
            GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_PAPER_TRANSFER, GUITU_EQUAL, guitu_record_id (transfer) } } };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);
  JsonArray *array;
  gboolean is_verified = FALSE;

  if (papers == NULL)
    return FALSE;
  array = json_array_new ();
  json_object_set_array_member (json, "papers", array);
  for (guint i = 0; i < papers->len; i++)
    {
      is_verified |= guitu_record_is_set (papers->pdata[i], GUITU_PAPER_RECEIPT);
      json_array_add_object_element (array, guitu_paper_to_json (papers->pdata[i]));
    }
  json_object_set_boolean_member (json, "receipt_verified", is_verified);
  return TRUE;
}

/* What the home side found stands beside what this station found. */
static void
add_home_follow_up (JsonObject *json,
                    const GuituRecord *letter,
                    JsonObject *content)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonNode *copy;

  json_node_set_object (node, content);
  copy = json_node_copy (node);
  json_object_set_string_member (json_node_get_object (copy), "station", guitu_record_text (letter, GUITU_LETTER_STATION));
  json_array_add_element (json_object_get_array_member (json, "follow_ups"), copy);
}

/* Content of other stations' letters; of our own the time is enough. */
static gboolean
add_letters (JsonObject *json,
             GuituCall *call,
             GuituTransaction *transaction,
             const GuituRecord *transfer,
             GError **error)
{
  const char *own = guitu_store_keys (call->store)->station;
  g_autoptr (GPtrArray) names = guitu_hand_over_names (transaction, transfer, error);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (json, "letters", array);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autoptr (GPtrArray) letters = guitu_letters_about (transaction, names->pdata[i], NULL, NULL, error);

      if (letters == NULL)
        return FALSE;
      for (guint j = 0; j < letters->len; j++)
        {
          JsonObject *letter = json_object_new ();
          gboolean is_ours = guitu_record_says (letters->pdata[j], GUITU_LETTER_STATION, own);
          JsonObject *content = is_ours ? NULL : guitu_letter_content (letters->pdata[j]);

          json_object_set_string_member (letter, "letter", guitu_record_id (letters->pdata[j]));
          json_object_set_string_member (letter, "station", guitu_record_text (letters->pdata[j], GUITU_LETTER_STATION));
          json_object_set_string_member (letter, "to_station", guitu_record_text (letters->pdata[j], GUITU_LETTER_TO_STATION));
          json_object_set_string_member (letter, "subject", guitu_record_text (letters->pdata[j], GUITU_LETTER_SUBJECT));
          json_object_set_string_member (letter, "sent_at", guitu_record_text (letters->pdata[j], GUITU_LETTER_SENT_AT));
          if (content != NULL && guitu_record_says (letters->pdata[j], GUITU_LETTER_SUBJECT, "follow-up"))
            add_home_follow_up (json, letters->pdata[j], content);
          if (content != NULL)
            json_object_set_object_member (letter, "content", content);
          json_array_add_object_element (array, letter);
        }
    }
  return names != NULL;
}

static gboolean
add_follow_ups (JsonObject *json,
                GuituTransaction *transaction,
                const GuituRecord *transfer,
                GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_FOLLOW_UP_TRANSFER, GUITU_EQUAL, guitu_record_id (transfer) } } };
  g_autoptr (GPtrArray) follow_ups = guitu_records_find (transaction, &guitu_kind_follow_up, &query, error);

  if (follow_ups != NULL)
    json_object_set_array_member (json, "follow_ups", guitu_records_to_json (follow_ups));
  return follow_ups != NULL;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) transfer = guitu_transfer_find (call, transaction, error);
  g_autoptr (GPtrArray) escorts = transfer == NULL ? NULL : guitu_transfer_escorts (transaction, transfer, error);
  g_autoptr (JsonArray) warnings = escorts == NULL ? NULL : guitu_transfer_check_escorts (transaction, transfer, error);
  g_autoptr (JsonObject) json = warnings == NULL ? NULL : guitu_transfer_to_json (transfer);

  if (json == NULL)
    return FALSE;
  json_object_set_array_member (json, "company", guitu_records_to_json (escorts));
  json_object_set_array_member (json, "warnings", json_array_ref (warnings));
  if (!add_person (json, transaction, transfer, error) || !add_waypoints (json, transaction, transfer, error) || !add_papers (json, transaction, transfer, error) ||
      !add_follow_ups (json, transaction, transfer, error) || !add_letters (json, call, transaction, transfer, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- Many ------------------------------------------------------------------------------------ */

static gboolean
list_out (GuituCall *call,
          GuituTransaction *transaction,
          const char *state,
          GError **error)
{
  gboolean only_overdue = guitu_call_flag (call, "overdue");
  GuituQuery query = { .descending = TRUE, .limit = LIST_LIMIT };
  g_autoptr (GPtrArray) transfers = NULL;

  if (state != NULL)
    query.conditions[0] = (GuituCondition){ GUITU_TRANSFER_STATE, GUITU_EQUAL, state };
  else if (only_overdue)
    query.conditions[0] = (GuituCondition){ GUITU_TRANSFER_CLOSED_AT, GUITU_UNSET, NULL };
  transfers = guitu_records_find (transaction, &guitu_kind_transfer, &query, error);
  for (guint i = 0; transfers != NULL && i < transfers->len; i++)
    {
      g_autoptr (JsonObject) json = guitu_transfer_to_json (transfers->pdata[i]);

      if (only_overdue && !json_object_get_boolean_member (json, "overdue"))
        continue;
      json_object_set_string_member (json, "direction", "out");
      if (!add_person (json, transaction, transfers->pdata[i], error))
        return FALSE;
      guitu_call_emit (call, json_object_ref (json));
    }
  return transfers != NULL;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *state = guitu_call_text (call, "state");
  const char *direction = guitu_call_text (call, "direction");
  const GuituCode *code = state == NULL ? NULL : guitu_codes_parse ("transfer_state", state);
  g_autoptr (GuituTransaction) transaction = NULL;

  if (state != NULL && code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "state", "“%s” is not one of the codes of transfer_state", state);
  if (direction != NULL && strcmp (direction, "out") != 0 && strcmp (direction, "in") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "direction", "“direction” is out or in");
  transaction = guitu_call_read (call, error);
  if (transaction == NULL || (g_strcmp0 (direction, "in") != 0 && !list_out (call, transaction, code == NULL ? NULL : code->code, error)))
    return FALSE;
  return g_strcmp0 (direction, "in") != 0 || guitu_incoming_list (call, transaction, code == NULL ? NULL : code->code, error);
}

static const GuituOption transfer_option[] = {
  { "transfer", GUITU_OPTION_TEXT, TRUE, "id of the transfer" },
  { NULL },
};

static const GuituOption list_options[] = {
  { "state", GUITU_OPTION_TEXT, FALSE, "only those in this state (codes transfer_state)" },
  { "direction", GUITU_OPTION_TEXT, FALSE, "out: those of this station (default); in: who was brought here and answered" },
  { "overdue", GUITU_OPTION_FLAG, FALSE, "only those for which an approval or an answer is overdue" },
  { NULL },
};

const GuituVerb guitu_verb_transfer_show = {
  "transfer show", "Show a transfer with route, escorts, papers, letters, receipt and follow-ups", GUITU_VERB_PLAIN, transfer_option, NULL, run_show
};
const GuituVerb guitu_verb_transfer_list = {
  "transfer list", "List transfers, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
