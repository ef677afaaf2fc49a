/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way out. What each way needs and whom it lets go is in workflow.c; here the record is written. */

#include "app/after.h"
#include "app/house.h"
#include "app/identity-number.h"
#include "app/links.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

#define LEAST_DOCUMENT_LENGTH 6
#define IDENTITY_CARD_LENGTH 18

/* What may be said about a leaving: options of “stay leave”, fields of the stay. */
static const int told[] = {
  GUITU_STAY_LEAVE_BY,
  GUITU_STAY_LEFT_AT,
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
  GUITU_STAY_DEATH_CERTIFICATE,
  GUITU_STAY_GROUND,
};

static gboolean
take_fields (GuituRecord *stay,
             JsonObject *how,
             GError **error)
{
  g_autofree char *now = guitu_now ();

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      JsonNode *node = json_object_get_member (how, guitu_kind_stay.fields[told[i]].name);

      if (node != NULL && !guitu_record_take_member (stay, told[i], node, error))
        return FALSE;
    }
  if (!guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, now);
  return TRUE;
}

/* Times are typed to the minute: who left in the minute in which they came did not leave before. */
static void
complete_minute (GuituRecord *stay)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  gint64 arrived_at = guitu_time_to_unix (arrived);
  gint64 left_at = guitu_time_to_unix (guitu_record_text (stay, GUITU_STAY_LEFT_AT));

  if (left_at < arrived_at && left_at / 60 == arrived_at / 60)
    guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, arrived);
}

/* A stay that is entered afterwards was admitted when it was entered, if nobody said otherwise: whoever
 * has left was admitted before. */
static void
correct_admission (GuituRecord *stay)
{
  const char *admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);
  gint64 left_at = guitu_time_to_unix (guitu_record_text (stay, GUITU_STAY_LEFT_AT));

  if (admitted != NULL && guitu_time_to_unix (admitted) > left_at)
    guitu_record_set_text (stay, GUITU_STAY_ADMITTED_AT, guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
}

/* The number that was seen on a document: that of an identity card fits its check digit. */
static gboolean
check_receiver (const GuituRecord *stay,
                GError **error)
{
  const char *number = guitu_record_text (stay, GUITU_STAY_RECEIVER_ID);
  gsize length = number == NULL ? 0 : strlen (number);

  if (!guitu_record_changed (stay, GUITU_STAY_RECEIVER_ID) || length == 0)
    return TRUE;
  if (length < LEAST_DOCUMENT_LENGTH)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-short", "receiver_id", "The number of a document has at least %d characters", LEAST_DOCUMENT_LENGTH);
  if (length == IDENTITY_CARD_LENGTH && strspn (number, "0123456789") >= IDENTITY_CARD_LENGTH - 1 &&
      guitu_identity_number_check_digit (number) != g_ascii_toupper (number[IDENTITY_CARD_LENGTH - 1]))
    return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-check-digit", "receiver_id", "The check digit does not fit the number");
  return TRUE;
}

static gboolean
check_time (const GuituRecord *stay,
            GError **error)
{
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);

  if (guitu_time_to_unix (left) / 60 < guitu_time_to_unix (guitu_record_text (stay, GUITU_STAY_ARRIVED_AT)) / 60)
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "left_at", "The leaving (%s) lies before the arrival", left);
  return guitu_time_check (left, NULL, "left_at", error);
}

static gboolean
says_belongings (JsonObject *how)
{
  const char *state = json_object_get_string_member_with_default (how, "belongings", NULL);

  return state != NULL && *state != '\0';
}

/* What somebody who is gone, or dead, left behind goes on being kept; the list of what is due asks
 * what became of it. */
static gboolean
settle_belongings (GuituCall *call,
                   GuituTransaction *transaction,
                   const GuituRecord *stay,
                   JsonObject *how,
                   GError **error)
{
  g_autoptr (JsonObject) kept = NULL;

  if (says_belongings (how) || !guitu_way_is_found_out (guitu_record_text (stay, GUITU_STAY_LEAVE_BY)))
    return guitu_belongings_settle (call, transaction, stay, how, error);
  kept = json_object_new ();
  json_object_set_string_member (kept, "belongings", "entrusted");
  json_object_set_string_member (kept, "belongings_sign", "refused");
  json_object_set_string_member (kept, "belongings_note", "本人不在场");
  return guitu_belongings_settle (call, transaction, stay, kept, error);
}

gboolean
guitu_stay_close (GuituCall *call,
                  GuituTransaction *transaction,
                  GuituRecord *stay,
                  JsonObject *how,
                  GError **error)
{
  GuituRequest request = { .act = GUITU_ACT_LEAVE, .settles_belongings = says_belongings (how) };

  if (guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "stay", "This person has left already (%s)",
                       guitu_record_text (stay, GUITU_STAY_LEFT_AT));
  if (!take_fields (stay, how, error))
    return FALSE;
  complete_minute (stay);
  if (json_object_has_member (how, "ground"))
    request.reason = guitu_record_text (stay, GUITU_STAY_GROUND);
  if (!check_time (stay, error) || !check_receiver (stay, error) || !guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  correct_admission (stay);
  guitu_record_set_text (stay, GUITU_STAY_RELEASED_BY, call->session->id);
  guitu_record_set_text (stay, GUITU_STAY_WHERE, NULL);
  guitu_record_set_text (stay, GUITU_STAY_WHERE_UNTIL, NULL);
  return settle_belongings (call, transaction, stay, how, error) && guitu_belongings_keep_forbidden (transaction, stay, error) &&
         guitu_stay_put (transaction, stay, &request, error) &&
         guitu_follow_up_plan (call, transaction, stay, error);
}

static gboolean
run_leave (GuituCall *call,
           GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);

  if (stay == NULL || !guitu_stay_close (call, transaction, stay, call->input, error) ||
      !guitu_transfers_cancel (transaction, stay, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_stay_to_json (stay));
  return TRUE;
}

/* --- Which ways there are ----------------------------------------------------------------------- */

static void
emit_way (GuituCall *call,
          const GuituSituation *situation,
          const GuituCode *way)
{
  const GuituRequest request = { .user = call->session->id, .may_let_out_alone = guitu_call_may (call, "let out alone") };
  const GuituRefusal *refusal = guitu_way_refuses (situation, &request, way->code);
  g_autoptr (GPtrArray) fields = guitu_way_asks (situation, way->code);
  JsonObject *json = json_object_new ();
  JsonArray *asks = json_array_new ();

  for (guint i = 0; i < fields->len; i++)
    json_array_add_string_element (asks, fields->pdata[i]);
  json_object_set_string_member (json, "leave_by", way->code);
  json_object_set_string_member (json, "label", guitu_code_label ("leave_by", way->code));
  json_object_set_array_member (json, "asks", asks);
  json_object_set_boolean_member (json, "is_possible", refusal == NULL);
  if (refusal != NULL)
    {
      json_object_set_string_member (json, "error", refusal->code);
      json_object_set_string_member (json, "message", refusal->text);
    }
  guitu_call_emit (call, json);
}

static gboolean
run_ways (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  const GuituCode *const *ways = guitu_codes_list ("leave_by", NULL);
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  g_autoptr (GuituRecord) person = NULL;
  GuituSituation situation;

  if (stay == NULL)
    return FALSE;
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (person == NULL || !guitu_situation_read (transaction, stay, person, today, &situation, error))
    return FALSE;
  for (guint i = 0; ways[i] != NULL; i++)
    emit_way (call, &situation, ways[i]);
  return TRUE;
}

/* --- Verbs -------------------------------------------------------------------------------------- */

static const GuituOption stay_option[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { NULL },
};

static const GuituOption leave_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "leave_by", GUITU_OPTION_TEXT, FALSE, "how the person leaves (codes leave_by)" },
  { "left_at", GUITU_OPTION_TEXT, FALSE, "when; or when it was noticed that they were gone (now)" },
  { "destination", GUITU_OPTION_TEXT, FALSE, "where to: region code or place" },
  GUITU_RECEIVER_OPTIONS,
  GUITU_BELONGINGS_OPTIONS,
  { "search_actions", GUITU_OPTION_TEXT, FALSE, "gone without notice: where and how the person was looked for" },
  { "cctv", GUITU_OPTION_TEXT, FALSE, "gone without notice: number of the recording" },
  { "police_report", GUITU_OPTION_TEXT, FALSE, "number of the report to the police" },
  { "death_certificate", GUITU_OPTION_TEXT, FALSE, "number of the death certificate" },
  { "ground", GUITU_OPTION_TEXT, FALSE, "reason, where one is needed" },
  { NULL },
};

const GuituVerb guitu_verb_stay_leave = {
  "stay leave", "Record that a person leaves", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, leave_options, NULL, run_leave
};
const GuituVerb guitu_verb_stay_ways = {
  "stay ways", "List the ways of leaving: what each asks for of this person, and which are closed to them", GUITU_VERB_PLAIN, stay_option, NULL, run_ways
};
