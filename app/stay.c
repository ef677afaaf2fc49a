/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the door to the bed: arrival, admission, what happens in the house. Leaving is in leave.c. */

#include "app/links.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

/* A clock that runs a little ahead is no lie. */
#define FUTURE_TOLERANCE_SECONDS 600

GuituRecord *
guitu_stay_find (GuituTransaction *transaction,
                 const char *text,
                 GError **error)
{
  guint8 id[GUITU_ID_BYTES];
  g_autoptr (GError) failure = NULL;
  GuituRecord *stay;

  if (guitu_id_to_bytes (text, id))
    return guitu_record_load (transaction, &guitu_kind_stay, text, error);
  stay = guitu_record_find_one (transaction, &guitu_kind_stay, GUITU_STAY_NUMBER, text, &failure);
  if (stay == NULL && failure == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "stay", "There is no stay “%s”", text);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return stay;
}

static GuituRecord *
find_stay (GuituCall *call,
           GuituTransaction *transaction,
           GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);

  return text == NULL ? NULL : guitu_stay_find (transaction, text, error);
}

/* --- Arrival --------------------------------------------------------------------------------- */

gboolean
guitu_stay_check_birth (const GuituRecord *stay,
                        const GuituRecord *person,
                        GError **error)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  const char *born = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);

  if (born != NULL && strncmp (born, arrived, 10) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "birth-after-arrival", "birth_from",
                       "The person would have been born (%s) after arriving (%s)", born, arrived);
  return TRUE;
}

static gboolean
is_in_the_future (const char *time)
{
  return guitu_time_to_unix (time) > g_get_real_time () / G_USEC_PER_SEC + FUTURE_TOLERANCE_SECONDS;
}

static gboolean
check_arrival (const GuituRecord *stay,
               const GuituRecord *person,
               GError **error)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);

  if (is_in_the_future (arrived))
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "arrived_at", "The arrival (%s) lies in the future", arrived);
  return guitu_stay_check_birth (stay, person, error);
}

/* Nobody is here twice at once: not now, and not at the time that is given. */
static gboolean
check_not_in_house (GuituTransaction *transaction,
                    const GuituRecord *stay,
                    const GuituRecord *person,
                    GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_id (person), error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);
  gint64 arrived = guitu_time_to_unix (guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      const char *left = guitu_record_text (stays->pdata[i], GUITU_STAY_LEFT_AT);
      const char *number = guitu_record_text (stays->pdata[i], GUITU_STAY_NUMBER);

      if (left == NULL)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "already-here", "person", "This person has an open stay already: %s", number);
      if (arrived < guitu_time_to_unix (left) &&
          arrived > guitu_time_to_unix (guitu_record_text (stays->pdata[i], GUITU_STAY_ARRIVED_AT)))
        return guitu_fail (error, GUITU_ERROR_INVALID, "overlap", "arrived_at",
                           "At that time the person was here still; stay %s ended %s", number, left);
    }
  return stays != NULL;
}

/* The member "person" is an id, or an object with the fields of a new person. */
static GuituRecord *
take_person (GuituCall *call,
             GuituTransaction *transaction,
             GError **error)
{
  JsonNode *node = json_object_get_member (call->input, "person");
  g_autoptr (GuituRecord) person = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "missing", "person", "“person” is needed: an id, or the fields of a new person");
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      const char *id = guitu_call_need (call, "person", error);

      return id == NULL ? NULL : guitu_person_leader (transaction, id, error);
    }
  person = guitu_record_new (&guitu_kind_person);
  if (!guitu_input_check_members (json_node_get_object (node), &guitu_verb_person_add, error) ||
      !guitu_record_take_json (person, json_node_get_object (node), error) ||
      !guitu_person_check (person, error))
    return NULL;
  return g_steal_pointer (&person);
}

gboolean
guitu_stay_give_number (GuituTransaction *transaction,
                        GuituRecord *stay,
                        GError **error)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  g_autofree char *series = g_strdup_printf ("stay-%.4s", arrived);
  g_autofree char *number = NULL;
  gint64 next;

  if (!guitu_transaction_next_number (transaction, series, &next, error))
    return FALSE;
  number = g_strdup_printf ("%.4s-%" G_GINT64_FORMAT "-%04" G_GINT64_FORMAT, arrived,
                            guitu_transaction_keys (transaction)->desk.number, next);
  guitu_record_set_text (stay, GUITU_STAY_NUMBER, number);
  return TRUE;
}

/* Who arrives, and who that may be: read before the writing begins, so that looking for the same
 * person holds nobody up. */
static gboolean
meet (GuituCall *call,
      GuituRecord **person,
      JsonArray **warnings,
      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);

  *person = transaction == NULL ? NULL : take_person (call, transaction, error);
  if (*person == NULL)
    return FALSE;
  *warnings = guitu_call_flag (call, "looked") ? json_array_new () : guitu_person_warnings (transaction, *person, error);
  return *warnings != NULL;
}

/* Writes the person, if new, and the stay. */
static gboolean
arrive (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *stay,
        GuituRecord *person,
        GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
  if (!guitu_record_is_set (stay, GUITU_STAY_ARRIVED_AT))
    guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, now);
  return guitu_record_check_required (stay, error) &&
         check_arrival (stay, person, error) &&
         check_not_in_house (transaction, stay, person, error) &&
         guitu_stay_give_number (transaction, stay, error) &&
         guitu_transaction_put (transaction, person, error) &&
         guitu_transaction_put (transaction, stay, error);
}

/* What the person said at the door is kept word for word. */
static gboolean
add_words (GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *person,
           GError **error)
{
  const char *words = guitu_call_text (call, "words");
  g_autoptr (GuituRecord) statement = NULL;
  g_autoptr (JsonObject) json = NULL;

  if (words == NULL)
    return TRUE;
  json = json_object_new ();
  json_object_set_string_member (json, "text", words);
  json_object_set_string_member (json, "about", "journey");
  statement = guitu_record_new (&guitu_kind_statement);
  guitu_record_set_text (statement, GUITU_STATEMENT_PERSON, guitu_record_id (person));
  return guitu_record_take_json (statement, json, error) &&
         guitu_statement_add (call, transaction, statement, error);
}

/* The option "person" may be an object, so it is not taken as a field of the stay. */
static gboolean
take_stay_fields (GuituRecord *stay,
                  JsonObject *input,
                  GError **error)
{
  for (guint i = 0; i < guitu_kind_stay.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_stay.fields[i].name);

      if (node != NULL && i != GUITU_STAY_PERSON && !guitu_record_take_member (stay, i, node, error))
        return FALSE;
    }
  return TRUE;
}

static JsonObject *
stay_with_person (const GuituRecord *stay,
                  const GuituRecord *person,
                  JsonArray *warnings)
{
  JsonObject *json = guitu_stay_to_json (stay);

  json_object_set_object_member (json, "stay", guitu_stay_to_json (stay));
  json_object_set_object_member (json, "person", guitu_person_to_json (person, FALSE));
  json_object_set_array_member (json, "warnings", warnings);
  return json;
}

static gboolean
run_arrive (GuituCall *call,
            GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (JsonArray) warnings = NULL;

  if (!take_stay_fields (stay, call->input, error))
    return FALSE;
  if (guitu_record_is_set (stay, GUITU_STAY_DECISION) || guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", guitu_record_is_set (stay, GUITU_STAY_DECISION) ? "decision" : "left_at",
                       "An arrival has no decision yet; use “stay admit” or “stay leave”");
  if (!meet (call, &person, &warnings, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !arrive (call, transaction, stay, person, error) ||
      !add_words (call, transaction, person, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, stay_with_person (stay, person, g_steal_pointer (&warnings)));
  return TRUE;
}

/* --- Admission ------------------------------------------------------------------------------- */

static gboolean
decide (GuituCall *call,
        GuituRecord *stay,
        GError **error)
{
  const char *decision = guitu_record_text (stay, GUITU_STAY_DECISION);
  g_autofree char *now = guitu_now ();
  g_autofree char *due = NULL;
  const char *admitted;

  if (decision == NULL)
    guitu_record_set_text (stay, GUITU_STAY_DECISION, "admitted");
  else if (strcmp (decision, "admitted") != 0 && strcmp (decision, "emergency") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-an-admission", "decision", "A person is admitted as “admitted” or “emergency”");
  if (!guitu_record_is_set (stay, GUITU_STAY_ADMITTED_AT))
    guitu_record_set_text (stay, GUITU_STAY_ADMITTED_AT, now);
  admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);
  if (strcmp (admitted, guitu_record_text (stay, GUITU_STAY_ARRIVED_AT)) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "admitted_at", "The admission (%s) lies before the arrival", admitted);
  due = guitu_date_add_days (admitted, guitu_rules_integer ("stay_limit_days", admitted));
  guitu_record_set_text (stay, GUITU_STAY_DUE_ON, due);
  guitu_record_set_text (stay, GUITU_STAY_DECIDED_BY, call->session->id);
  return TRUE;
}

static void
add_deadline (JsonArray *warnings,
              const GuituRecord *stay)
{
  JsonObject *warning = json_object_new ();
  g_autofree char *text = g_strdup_printf ("救助期限至 %s", guitu_record_text (stay, GUITU_STAY_DUE_ON));

  json_object_set_string_member (warning, "kind", "deadline");
  json_object_set_string_member (warning, "id", guitu_record_id (stay));
  json_object_set_string_member (warning, "text", text);
  json_array_add_object_element (warnings, warning);
}

/* An arrival that was registered before. */
static gboolean
find_arrival (GuituCall *call,
              GuituTransaction *transaction,
              GuituRecord **stay,
              GuituRecord **person,
              GError **error)
{
  *stay = find_stay (call, transaction, error);
  if (*stay == NULL)
    return FALSE;
  if (guitu_record_is_set (*stay, GUITU_STAY_DECISION))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-decided", "stay", "It has been decided already: %s",
                       guitu_record_text (*stay, GUITU_STAY_DECISION));
  if (guitu_record_is_set (*stay, GUITU_STAY_LEFT_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "stay", "This person has left already");
  *person = guitu_person_effective (transaction, guitu_record_text (*stay, GUITU_STAY_PERSON), error);
  return *person != NULL && take_stay_fields (*stay, call->input, error) && check_arrival (*stay, *person, error);
}

/* Somebody who arrives and is admitted in one go. */
static gboolean
arrive_now (GuituCall *call,
            GuituTransaction *transaction,
            GuituRecord **stay,
            GuituRecord *person,
            GError **error)
{
  *stay = guitu_record_new (&guitu_kind_stay);
  return take_stay_fields (*stay, call->input, error) && arrive (call, transaction, *stay, person, error) &&
         add_words (call, transaction, person, error);
}

static gboolean
run_admit (GuituCall *call,
           GError **error)
{
  gboolean is_registered = guitu_call_text (call, "stay") != NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (JsonArray) warnings = NULL;

  if (is_registered)
    warnings = json_array_new ();
  else if (!meet (call, &person, &warnings, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !(is_registered ? find_arrival (call, transaction, &stay, &person, error)
                                             : arrive_now (call, transaction, &stay, person, error)))
    return FALSE;
  if (guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", "left_at", "Who is admitted has not left; use “stay leave” for that");
  if (!decide (call, stay, error) || !guitu_transaction_put (transaction, stay, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  add_deadline (warnings, stay);
  guitu_call_emit (call, stay_with_person (stay, person, g_steal_pointer (&warnings)));
  return TRUE;
}

/* --- In the house ---------------------------------------------------------------------------- */

static gboolean
check_is_open (const GuituRecord *stay,
               GError **error)
{
  if (!guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "stay", "This person has left already (%s)",
                     guitu_record_text (stay, GUITU_STAY_LEFT_AT));
}

static gboolean
run_bed (GuituCall *call,
         GError **error)
{
  const char *bed = guitu_call_text (call, "bed");
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : find_stay (call, transaction, error);
  g_autoptr (JsonObject) input = NULL;

  if (stay == NULL || !check_is_open (stay, error))
    return FALSE;
  input = json_object_new ();
  json_object_set_string_member (input, "bed", bed == NULL ? "" : bed);
  if (!guitu_record_take_json (stay, input, error) || !guitu_transaction_put (transaction, stay, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_stay_to_json (stay));
  return TRUE;
}

static gboolean
check_event (const GuituRecord *event,
             const GuituRecord *stay,
             GError **error)
{
  const char *at = guitu_record_text (event, GUITU_EVENT_AT);
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);

  if (is_in_the_future (at))
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "at", "What is noted (%s) lies in the future", at);
  if (guitu_time_to_unix (at) < guitu_time_to_unix (arrived))
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "at", "What is noted (%s) lies before the arrival (%s)", at, arrived);
  return TRUE;
}

static gboolean
run_event (GuituCall *call,
           GError **error)
{
  g_autoptr (GuituRecord) event = guitu_record_new (&guitu_kind_event);
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : find_stay (call, transaction, error);
  g_autofree char *now = guitu_now ();

  if (stay == NULL)
    return FALSE;
  for (guint i = 0; i < guitu_kind_event.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (call->input, guitu_kind_event.fields[i].name);

      if (node != NULL && i != GUITU_EVENT_STAY && !guitu_record_take_member (event, i, node, error))
        return FALSE;
    }
  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
  guitu_record_set_text (event, GUITU_EVENT_BY, call->session->id);
  if (!guitu_record_is_set (event, GUITU_EVENT_AT))
    guitu_record_set_text (event, GUITU_EVENT_AT, now);
  if (!guitu_record_check_required (event, error) || !check_event (event, stay, error) ||
      !guitu_transaction_put (transaction, event, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (event, FALSE));
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : find_stay (call, transaction, error);
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (GPtrArray) events = NULL;
  JsonObject *json;

  if (stay == NULL)
    return FALSE;
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (person == NULL)
    return FALSE;
  events = guitu_records_find (transaction, &guitu_kind_event,
                               &(GuituQuery){ .conditions = { { GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (stay) } } }, error);
  if (events == NULL)
    return FALSE;
  json = guitu_stay_to_json (stay);
  json_object_set_object_member (json, "person", guitu_person_to_json (person, FALSE));
  json_object_set_array_member (json, "events", guitu_records_to_json (events));
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_board (GuituCall *call,
           GError **error)
{
  const GuituQuery here = {
    .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } },
    .is_ordered = TRUE,
    .order_by = GUITU_STAY_ARRIVED_AT,
    .descending = TRUE,
  };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) stays = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_stay, &here, error);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *now = guitu_now ();
  JsonObject *result;

  if (stays == NULL)
    return FALSE;
  for (guint i = 0; i < stays->len; i++)
    {
      const GuituRecord *stay = g_ptr_array_index (stays, i);
      g_autoptr (GuituRecord) person =
          guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
      JsonObject *json;

      if (person == NULL)
        return FALSE;
      json = guitu_stay_to_json (stay);
      json_object_set_object_member (json, "person", guitu_person_to_json (person, FALSE));
      json_array_add_object_element (array, json);
    }
  result = json_object_new ();
  json_object_set_array_member (result, "stays", g_steal_pointer (&array));
  json_object_set_int_member (result, "count", stays->len);
  json_object_set_string_member (result, "as_of", now);
  guitu_call_emit (call, result);
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption arrive_options[] = {
  { "person", GUITU_OPTION_RECORD, TRUE, "id of the person; or, in JSON, an object with the fields of a new one" },
  { "words", GUITU_OPTION_TEXT, FALSE, "what the person said at the door, word for word" },
  { "looked", GUITU_OPTION_FLAG, FALSE, "“person check” has been looked at: do not look for the same person again" },
  { NULL },
};

static const GuituOption admit_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of a registered arrival" },
  { "person", GUITU_OPTION_RECORD, FALSE, "id of a person who arrives and is admitted at once; in JSON also the fields of a new one" },
  { "words", GUITU_OPTION_TEXT, FALSE, "what the person said at the door, word for word" },
  { "looked", GUITU_OPTION_FLAG, FALSE, "“person check” has been looked at: do not look for the same person again" },
  { NULL },
};

static const GuituOption stay_option[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { NULL },
};

static const GuituOption bed_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "bed", GUITU_OPTION_TEXT, TRUE, "the bed; nothing: none" },
  { NULL },
};

const GuituVerb guitu_verb_stay_arrive = {
  "stay arrive", "Register who arrives, known or new, before anything is decided", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, arrive_options, &guitu_kind_stay, run_arrive
};
const GuituVerb guitu_verb_stay_admit = {
  "stay admit", "Admit a person to the house", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, admit_options, &guitu_kind_stay, run_admit
};
const GuituVerb guitu_verb_stay_bed = {
  "stay bed", "Give a person a bed", GUITU_VERB_WRITES, bed_options, NULL, run_bed
};
const GuituVerb guitu_verb_stay_event = {
  "stay event", "Note a service or an event of a stay", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, stay_option, &guitu_kind_event, run_event
};
const GuituVerb guitu_verb_stay_show = {
  "stay show", "Show a stay with its person and events", GUITU_VERB_PLAIN, stay_option, NULL, run_show
};
const GuituVerb guitu_verb_stay_board = {
  "stay board", "List who is in the station", GUITU_VERB_PLAIN, NULL, NULL, run_board
};
