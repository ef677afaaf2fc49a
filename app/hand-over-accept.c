/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody is brought by another station, with a paper, with the sealed file, or with both: they arrive
 * once, whichever came first, and the answer goes back. */

#include "app/hand-over-private.h"

#include "app/access.h"
#include "app/house.h"
#include "app/links.h"
#include "app/missing.h"
#include "app/verbs.h"

#include <string.h>

/* --- Who arrives ------------------------------------------------------------------------------- */

/* Somebody whom the caller knows, or a new person: as the file or the paper says, and as was typed. */
static GuituRecord *
take_person (const GuituMatter *matter,
             GuituCall *call,
             GuituTransaction *transaction,
             GError **error)
{
  JsonNode *node = json_object_get_member (call->input, "person");
  g_autoptr (GuituRecord) person = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    return guitu_person_leader (transaction, guitu_call_text (call, "person"), error);
  person = guitu_hand_over_person (matter->content, matter->found.seal);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&person);
  return guitu_input_check_members (json_node_get_object (node), &guitu_verb_person_add, error) &&
                 guitu_record_take_json (person, json_node_get_object (node), error) && guitu_person_check (person, error)
             ? g_steal_pointer (&person)
             : NULL;
}

static gboolean
describe_stay (const GuituMatter *matter,
               GuituCall *call,
               GuituTransaction *transaction,
               GuituRecord *stay,
               GError **error)
{
  g_autoptr (GuituRecord) station = guitu_known_station (transaction, matter->station);
  const char *reason = guitu_member_text (guitu_member_object (matter->content, "stay"), "reason");
  const char *escorts = guitu_member_text (guitu_member_object (matter->content, "transfer"), "escorts");
  const char *brought_by = guitu_call_text (call, "handed_over_by");
  const GuituCode *code = reason == NULL ? NULL : guitu_codes_find ("reason", reason);
  g_autofree char *who = NULL;

  if (brought_by == NULL)
    brought_by = escorts;
  who = g_strdup_printf ("%s（%s）%s%s", station == NULL ? "" : guitu_record_text (station, GUITU_STATION_NAME), matter->station, brought_by == NULL ? "" : " ", brought_by == NULL ? "" : brought_by);
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "other-station");
  guitu_record_set_text (stay, GUITU_STAY_BROUGHT_BY, who);
  guitu_record_set_text (stay, GUITU_STAY_REASON, code == NULL ? NULL : code->code);
  return guitu_text_check (&guitu_kind_stay.fields[GUITU_STAY_BROUGHT_BY], who, error) && guitu_call_take (call, "at", stay, GUITU_STAY_ARRIVED_AT, error);
}

/* What the paper told, as it stands there: the file may say it otherwise. */
static gboolean
keep_paper_words (const GuituMatter *matter,
                  GuituTransaction *transaction,
                  const char *person,
                  GError **error)
{
  const GuituSeal *seal = matter->found.seal;
  g_autoptr (GuituRecord) statement = guitu_record_new (&guitu_kind_statement);
  g_autofree char *now = guitu_now ();
  g_autofree char *source = g_strdup_printf ("%s %s", matter->station, seal->number);
  g_autofree char *year = g_strdup_printf ("%d", seal->birth_year);
  g_autofree char *text = g_strdup_printf ("交接文书所载：%s，%s，%s年生，证件号码末四位%s，去向%s", seal->surname == NULL ? "姓名不详" : seal->surname, seal->sex == NULL ? "性别不详" : seal->sex,
                                           seal->birth_year == 0 ? "不详" : year, seal->id_last4 == NULL ? "不详" : seal->id_last4, seal->destination == NULL ? "不详" : seal->destination);

  guitu_record_set_text (statement, GUITU_STATEMENT_PERSON, person);
  guitu_record_set_text (statement, GUITU_STATEMENT_ABOUT, "other");
  guitu_record_set_text (statement, GUITU_STATEMENT_TEXT, text);
  guitu_record_set_text (statement, GUITU_STATEMENT_HEARD_AT, now);
  guitu_record_set_text (statement, GUITU_STATEMENT_SOURCE, source);
  return guitu_transaction_put (transaction, statement, error);
}

static gboolean
arrive (const GuituMatter *matter,
        GuituCall *call,
        GuituTransaction *transaction,
        GuituArrival *arrival,
        GError **error)
{
  arrival->person = take_person (matter, call, transaction, error);
  if (arrival->person == NULL)
    return FALSE;
  arrival->warnings = guitu_person_warnings (transaction, arrival->person, error);
  arrival->stay = guitu_record_new (&guitu_kind_stay);
  if (arrival->warnings == NULL || !describe_stay (matter, call, transaction, arrival->stay, error) || !guitu_arrival_put (transaction, arrival, error) ||
      !guitu_missing_unwarn (transaction, guitu_record_id (arrival->person), arrival->warnings, error) ||
      !guitu_access_put_warnings (call, transaction, arrival->warnings, guitu_record_id (arrival->person), error))
    return FALSE;
  if (matter->letter == NULL)
    return keep_paper_words (matter, transaction, guitu_record_id (arrival->person), error);
  return guitu_hand_over_complete_person (transaction, guitu_record_id (arrival->person), matter->content, error);
}

/* --- The answer -------------------------------------------------------------------------------- */

/* What was found, by the list: a JSON array of {item, count, note}. */
static gboolean
read_checked (GuituCall *call,
              JsonArray **checked,
              GError **error)
{
  const char *text = guitu_call_text (call, "belongings");
  g_autoptr (JsonNode) node = text == NULL ? NULL : json_from_string (text, NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  *checked = NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      const char *note = JSON_NODE_HOLDS_OBJECT (item) ? guitu_member_text (json_node_get_object (item), "note") : NULL;

      if (!JSON_NODE_HOLDS_OBJECT (item) || json_object_get_int_member_with_default (json_node_get_object (item), "item", 0) < 1 ||
          json_object_get_int_member_with_default (json_node_get_object (item), "count", 0) < 0)
        return guitu_fail (error, GUITU_ERROR_INVALID, "malformed", "belongings", "“belongings” is a JSON array of {item, count, note}; item is the number in the list");
      if (note != NULL && !guitu_text_check (&guitu_kind_incoming.fields[GUITU_INCOMING_DIFFERENCES], note, error))
        return FALSE;
    }
  if (text != NULL && array == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "malformed", "belongings", "“belongings” is a JSON array of {item, count, note}; item is the number in the list");
  *checked = array == NULL ? NULL : json_array_ref (array);
  return TRUE;
}

static GuituRecord *
new_incoming (const GuituMatter *matter,
              GuituCall *call,
              GuituTransaction *transaction,
              const char *state,
              GError **error)
{
  GuituRecord *incoming = matter->incoming == NULL ? guitu_record_new (&guitu_kind_incoming)
                                                   : guitu_record_load (transaction, &guitu_kind_incoming, guitu_record_id (matter->incoming), error);
  g_autofree char *now = guitu_now ();

  if (incoming == NULL)
    return NULL;
  guitu_record_set_text (incoming, GUITU_INCOMING_FROM_STATION, matter->station);
  guitu_record_set_text (incoming, GUITU_INCOMING_LETTER, matter->letter == NULL ? NULL : guitu_record_id (matter->letter));
  guitu_record_set_text (incoming, GUITU_INCOMING_SEALED, matter->sealed);
  guitu_record_set_text (incoming, GUITU_INCOMING_ABOUT, matter->letter == NULL ? matter->sealed : guitu_record_text (matter->letter, GUITU_LETTER_ABOUT));
  guitu_record_set_text (incoming, GUITU_INCOMING_STATE, state);
  guitu_record_set_text (incoming, GUITU_INCOMING_HANDED_BY, guitu_call_text (call, "handed_over_by"));
  guitu_record_set_text (incoming, GUITU_INCOMING_AT, now);
  guitu_record_set_text (incoming, GUITU_INCOMING_BY, call->session->id);
  guitu_record_set_integer (incoming, GUITU_INCOMING_DESK, guitu_store_keys (call->store)->desk.number);
  if (matter->letter != NULL)
    guitu_record_set_text (incoming, GUITU_INCOMING_FILLED_AT, now);
  return incoming;
}

static void
say (JsonObject *json,
     const char *name,
     const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, name, text);
}

/* What the sender must know: whether, when, by whom, and what was missing. */
static gboolean
write_answer (GuituCall *call,
              GuituTransaction *transaction,
              const GuituMatter *matter,
              const GuituRecord *incoming,
              const GuituRecord *receipt,
              GError **error)
{
  g_autoptr (JsonObject) content = json_object_new ();
  g_autoptr (GuituRecord) letter = NULL;

  json_object_set_int_member (content, "format", 1);
  say (content, "result", guitu_record_text (incoming, GUITU_INCOMING_STATE));
  say (content, "at", guitu_record_text (incoming, GUITU_INCOMING_AT));
  say (content, "by", guitu_session_display_name (call->session));
  say (content, "paper", matter->sealed);
  say (content, "refusal", guitu_record_text (incoming, GUITU_INCOMING_REFUSAL));
  say (content, "reason", guitu_record_text (incoming, GUITU_INCOMING_REASON));
  say (content, "differences", guitu_record_text (incoming, GUITU_INCOMING_DIFFERENCES));
  if (receipt != NULL)
    {
      say (content, "receipt_number", guitu_record_text (receipt, GUITU_PAPER_NUMBER));
      say (content, "receipt", guitu_record_text (receipt, GUITU_PAPER_SEAL));
    }
  letter = guitu_letter_write (call, transaction, matter->station, "answer", guitu_record_text (incoming, GUITU_INCOMING_ABOUT), content, error);
  return letter != NULL;
}

static JsonObject *
incoming_to_json (const GuituRecord *incoming)
{
  JsonObject *json = guitu_record_to_json (incoming, FALSE);

  json_object_set_string_member (json, "direction", "in");
  return json;
}

/* It is accepted already: nothing is written, but for a file that came after the paper. */
static gboolean
tell_again (const GuituMatter *matter,
            GuituCall *call,
            GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (matter->incoming, GUITU_INCOMING_STAY), error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (GuituRecord) incoming = person == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_incoming, guitu_record_id (matter->incoming), error);
  JsonObject *json;

  if (incoming == NULL)
    return FALSE;
  if (matter->letter != NULL && !guitu_record_is_set (incoming, GUITU_INCOMING_FILLED_AT) &&
      (!guitu_incoming_fill (call, transaction, incoming, matter->letter, error) || !guitu_transaction_commit (transaction, error)))
    return FALSE;
  json = incoming_to_json (incoming);
  json_object_set_boolean_member (json, "already", TRUE);
  json_object_set_object_member (json, "stay", guitu_stay_to_json (stay));
  json_object_set_object_member (json, "person", guitu_person_to_json (person, FALSE));
  guitu_call_emit (call, json);
  return TRUE;
}

/* Differences of the list, and what else was noted. */
static gboolean
note_differences (GuituCall *call,
                  GuituRecord *incoming,
                  const char *differences,
                  GError **error)
{
  const char *note = guitu_call_text (call, "differences");
  g_autofree char *text = differences == NULL ? g_strdup (note) : g_strdup_printf ("%s%s%s", differences, note == NULL ? "" : "\n", note == NULL ? "" : note);

  guitu_record_set_text (incoming, GUITU_INCOMING_DIFFERENCES, text);
  return text == NULL || guitu_text_check (&guitu_kind_incoming.fields[GUITU_INCOMING_DIFFERENCES], text, error);
}

/* *@receipt: (out) (transfer full) (nullable): the one given before, a new one, or none without a paper. */
static gboolean
give_receipt (const GuituMatter *matter,
              GuituCall *call,
              GuituTransaction *transaction,
              const char *note,
              GuituRecord **receipt,
              GError **error)
{
  *receipt = NULL;
  if (matter->found.seal == NULL)
    return TRUE;
  if (!guitu_receipt_find (transaction, matter->sealed, receipt, error))
    return FALSE;
  if (*receipt == NULL)
    *receipt = guitu_receipt_make (call, transaction, &matter->found, note, error);
  return *receipt != NULL;
}

static gboolean
finish (GuituCall *call,
        GuituTransaction *transaction,
        const GuituArrival *arrival,
        const GuituRecord *incoming,
        const GuituRecord *receipt,
        GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (JsonObject) paper = receipt == NULL ? NULL : guitu_paper_make (call, transaction, receipt, &pdf, error);
  g_autoptr (GuituRecord) person = receipt != NULL && paper == NULL ? NULL : guitu_person_effective (transaction, guitu_record_id (arrival->person), error);
  JsonObject *json;

  if (person == NULL || !guitu_transaction_commit (transaction, error) || (pdf != NULL && !guitu_paper_give_pdf (call, pdf, paper, error)))
    return FALSE;
  json = incoming_to_json (incoming);
  json_object_set_boolean_member (json, "already", FALSE);
  json_object_set_object_member (json, "stay", guitu_stay_to_json (arrival->stay));
  json_object_set_object_member (json, "person", guitu_person_to_json (person, FALSE));
  json_object_set_array_member (json, "warnings", json_array_ref (arrival->warnings));
  if (paper != NULL)
    json_object_set_object_member (json, "receipt_paper", g_steal_pointer (&paper));
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
accept (const GuituMatter *matter,
        GuituCall *call,
        GuituTransaction *transaction,
        GError **error)
{
  g_auto (GuituArrival) arrival = { 0 };
  g_autoptr (JsonArray) checked = NULL;
  g_autofree char *differences = NULL;
  g_autoptr (GuituRecord) incoming = NULL;
  g_autoptr (GuituRecord) receipt = NULL;

  if (!read_checked (call, &checked, error) || !arrive (matter, call, transaction, &arrival, error))
    return FALSE;
  if (matter->letter != NULL && !guitu_hand_over_fill (call, transaction, matter->letter, arrival.stay, checked, &differences, error))
    return FALSE;
  incoming = new_incoming (matter, call, transaction, "accepted", error);
  if (incoming == NULL || !note_differences (call, incoming, differences, error) || !guitu_call_take (call, "elsewhere", incoming, GUITU_INCOMING_REASON, error) ||
      !give_receipt (matter, call, transaction, guitu_record_text (incoming, GUITU_INCOMING_DIFFERENCES), &receipt, error))
    return FALSE;
  guitu_record_set_text (incoming, GUITU_INCOMING_STAY, guitu_record_id (arrival.stay));
  guitu_record_set_text (incoming, GUITU_INCOMING_REFUSAL, NULL);
  guitu_record_set_text (incoming, GUITU_INCOMING_RECEIPT, receipt == NULL ? NULL : guitu_record_text (receipt, GUITU_PAPER_NUMBER));
  return guitu_transaction_put (transaction, incoming, error) && write_answer (call, transaction, matter, incoming, receipt, error) &&
         finish (call, transaction, &arrival, incoming, receipt, error);
}

static gboolean
run_accept (GuituCall *call,
            GError **error)
{
  g_auto (GuituMatter) matter = { 0 };
  g_autoptr (GuituTransaction) transaction = _guitu_matter_scan (&matter, call, error) ? guitu_call_write (call, error) : NULL;

  if (transaction == NULL || !_guitu_matter_read (&matter, call, transaction, error))
    return FALSE;
  if (matter.incoming != NULL && guitu_record_says (matter.incoming, GUITU_INCOMING_STATE, "accepted"))
    return tell_again (&matter, call, transaction, error);
  return _guitu_matter_judge (&matter, call, transaction, error) && accept (&matter, call, transaction, error);
}

/* --- Not accepted ------------------------------------------------------------------------------ */

static gboolean
take_refusal (GuituCall *call,
              GuituRecord *incoming,
              GError **error)
{
  const char *text = guitu_call_need (call, "ground", error);
  const GuituCode *code = text == NULL ? NULL : guitu_codes_parse ("hand_over_refusal", text);

  if (text == NULL)
    return FALSE;
  if (code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "ground", "“%s” is not one of the codes of hand_over_refusal", text);
  guitu_record_set_text (incoming, GUITU_INCOMING_REFUSAL, code->code);
  if (guitu_call_need (call, "reason", error) == NULL || !guitu_text_check (&guitu_kind_incoming.fields[GUITU_INCOMING_REASON], guitu_call_text (call, "reason"), error))
    return FALSE;
  guitu_record_set_text (incoming, GUITU_INCOMING_REASON, guitu_call_text (call, "reason"));
  return TRUE;
}

static gboolean
run_reject (GuituCall *call,
            GError **error)
{
  g_auto (GuituMatter) matter = { 0 };
  g_autoptr (GuituTransaction) transaction = _guitu_matter_scan (&matter, call, error) ? guitu_call_write (call, error) : NULL;
  g_autoptr (GuituRecord) incoming = NULL;
  JsonObject *json;

  if (transaction == NULL || !_guitu_matter_read (&matter, call, transaction, error))
    return FALSE;
  if (matter.incoming != NULL && guitu_record_says (matter.incoming, GUITU_INCOMING_STATE, "accepted"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-accepted", "letter", "This person was accepted here already");
  if (matter.incoming == NULL)
    {
      if (!_guitu_matter_judge (&matter, call, transaction, error))
        return FALSE;
      incoming = new_incoming (&matter, call, transaction, "rejected", error);
      if (incoming == NULL || !take_refusal (call, incoming, error) || !guitu_transaction_put (transaction, incoming, error) ||
          !write_answer (call, transaction, &matter, incoming, NULL, error) || !guitu_transaction_commit (transaction, error))
        return FALSE;
    }
  json = incoming_to_json (incoming != NULL ? incoming : matter.incoming);
  json_object_set_boolean_member (json, "already", incoming == NULL);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ------------------------------------------------------------------------------------- */

#define MATTER_OPTIONS                                                                                              \
  { "letter", GUITU_OPTION_TEXT, TRUE, "id of the hand-over file (“transfer incoming”)" },                          \
      { "seal", GUITU_OPTION_TEXT, FALSE, "the code of the hand-over paper (GT1:…), with the file or without it" }, \
      { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of that paper instead" },                             \
      { "camera", GUITU_OPTION_FLAG, FALSE, "look through the camera instead" },                                    \
      { "source", GUITU_OPTION_TEXT, FALSE, "with camera: what GStreamer takes in its place" },                     \
      { "seconds", GUITU_OPTION_INTEGER, FALSE, "with camera: how long to look (30)" },                             \
  {                                                                                                                 \
    "handed_over_by", GUITU_OPTION_TEXT, FALSE, "who brought the person"                                            \
  }

static const GuituOption accept_options[] = {
  MATTER_OPTIONS,
  { "person", GUITU_OPTION_RECORD, FALSE, "id of somebody known here who it is; or, in JSON, what else is known of a new person" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when they arrived (now)" },
  { "belongings", GUITU_OPTION_TEXT, FALSE, "what differs from the list, as a JSON array of {item, count, note}" },
  { "differences", GUITU_OPTION_TEXT, FALSE, "what else differs" },
  { "elsewhere", GUITU_OPTION_TEXT, FALSE, "why a paper to another station is accepted here" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

static const GuituOption reject_options[] = {
  MATTER_OPTIONS,
  { "ground", GUITU_OPTION_TEXT, FALSE, "codes hand_over_refusal" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "what happened, in words" },
  { NULL },
};

const GuituVerb guitu_verb_transfer_accept = {
  "transfer accept", "Accept who another station brings, by its file, its paper, or both: arrival, receipt and answer", GUITU_VERB_WRITES, accept_options, NULL, run_accept
};
const GuituVerb guitu_verb_transfer_reject = {
  "transfer reject", "Do not accept who another station brings, with ground and reason", GUITU_VERB_WRITES, reject_options, NULL, run_reject
};
