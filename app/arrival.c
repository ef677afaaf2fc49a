/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the door to a decision for the person: who arrives, known or new, and admission. */

#include "app/access.h"
#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/missing.h"
#include "app/rules.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

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
check_arrival (const GuituRecord *stay,
               const GuituRecord *person,
               GError **error)
{
  return guitu_time_check (guitu_record_text (stay, GUITU_STAY_ARRIVED_AT), NULL, "arrived_at", error) &&
         guitu_stay_check_birth (stay, person, error);
}

/* Times are typed to the minute: who comes again in the minute in which they left was not here twice. */
static gboolean
overlaps (const GuituArrival *arrival,
          const GuituRecord *earlier)
{
  gint64 arrived = guitu_time_to_unix (guitu_record_text (arrival->stay, GUITU_STAY_ARRIVED_AT)) / 60;
  gint64 came = guitu_time_to_unix (guitu_record_text (earlier, GUITU_STAY_ARRIVED_AT)) / 60;
  gint64 left = guitu_time_to_unix (guitu_record_text (earlier, GUITU_STAY_LEFT_AT)) / 60;

  return arrived < left && (!arrival->ends_at_once || arrived > came);
}

/* Nobody is here twice at once: not now, and not at the time that is given. */
static gboolean
check_not_in_house (GuituTransaction *transaction,
                    const GuituArrival *arrival,
                    GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_id (arrival->person), error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      const char *left = guitu_record_text (stays->pdata[i], GUITU_STAY_LEFT_AT);
      const char *number = guitu_record_text (stays->pdata[i], GUITU_STAY_NUMBER);

      if (guitu_stay_state_of (stays->pdata[i]) == GUITU_STATE_DEAD)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "dead", "person",
                           "The death of this person is on record (stay %s): register who is here as somebody new, and tell the leader", number);
      if (left == NULL)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "already-here", "person", "This person has an open stay already: %s", number);
      if (overlaps (arrival, stays->pdata[i]))
        return guitu_fail (error, GUITU_ERROR_INVALID, "overlap", "arrived_at",
                           "At that time the person was here still; stay %s ended %s", number, left);
    }
  return stays != NULL;
}

static gint64
minute_of (const GuituRecord *stay,
           int field)
{
  const char *time = guitu_record_text (stay, field);

  return time == NULL ? G_MAXINT64 : guitu_time_to_unix (time) / 60;
}

gboolean
guitu_stay_check_overlap (GuituTransaction *transaction,
                          const GuituRecord *stay,
                          GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      const GuituRecord *other = stays->pdata[i];

      if (strcmp (guitu_record_id (other), guitu_record_id (stay)) != 0 &&
          minute_of (stay, GUITU_STAY_ARRIVED_AT) < minute_of (other, GUITU_STAY_LEFT_AT) &&
          minute_of (other, GUITU_STAY_ARRIVED_AT) < minute_of (stay, GUITU_STAY_LEFT_AT))
        return guitu_fail (error, GUITU_ERROR_INVALID, "overlap", "arrived_at", "At that time the person was here with stay %s",
                           guitu_record_text (other, GUITU_STAY_NUMBER));
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

/* Who arrives, and who that may be: read before the writing begins, so that looking for the same
 * person holds nobody up. */
static gboolean
meet (GuituCall *call,
      GuituArrival *arrival,
      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);

  arrival->person = transaction == NULL ? NULL : take_person (call, transaction, error);
  if (arrival->person == NULL)
    return FALSE;
  arrival->warnings = guitu_call_flag (call, "looked") ? json_array_new () : guitu_person_warnings (transaction, arrival->person, error);
  return arrival->warnings != NULL;
}

gboolean
guitu_arrival_put (GuituTransaction *transaction,
                   const GuituArrival *arrival,
                   GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (arrival->stay, GUITU_STAY_PERSON, guitu_record_id (arrival->person));
  if (!guitu_record_is_set (arrival->stay, GUITU_STAY_ARRIVED_AT))
    guitu_record_set_text (arrival->stay, GUITU_STAY_ARRIVED_AT, now);
  return guitu_record_check_required (arrival->stay, error) &&
         check_arrival (arrival->stay, arrival->person, error) &&
         check_not_in_house (transaction, arrival, error) &&
         guitu_stay_give_number (transaction, arrival->stay, error) &&
         guitu_transaction_put (transaction, arrival->person, error) &&
         guitu_transaction_put (transaction, arrival->stay, error);
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
  static const int later[] = { GUITU_STAY_LEFT_AT, GUITU_STAY_LEAVE_BY, GUITU_STAY_DEATH_CERTIFICATE };

  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      const char *name = guitu_kind_stay.fields[later[i]].name;

      if (json_object_has_member (input, name))
        return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", name, "Who arrives has not left; use “stay leave” for that");
    }
  for (guint i = 0; i < guitu_kind_stay.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_stay.fields[i].name);

      if (node != NULL && i != GUITU_STAY_PERSON && i != GUITU_STAY_DECISION && !guitu_record_take_member (stay, i, node, error))
        return FALSE;
    }
  return TRUE;
}

/* An arrival that was registered before. */
static gboolean
find_arrival (GuituCall *call,
              GuituTransaction *transaction,
              GuituArrival *arrival,
              GError **error)
{
  arrival->warnings = json_array_new ();
  arrival->stay = guitu_stay_find (transaction, guitu_call_text (call, "stay"), error);
  if (arrival->stay == NULL)
    return FALSE;
  arrival->person = guitu_person_effective (transaction, guitu_record_text (arrival->stay, GUITU_STAY_PERSON), error);
  return arrival->person != NULL && guitu_fence_keep (call, transaction, arrival->stay, error) && take_stay_fields (arrival->stay, call->input, error) &&
         check_arrival (arrival->stay, arrival->person, error);
}

static gboolean
arrive_now (GuituCall *call,
            GuituTransaction *transaction,
            GuituArrival *arrival,
            GError **error)
{
  arrival->stay = guitu_record_new (&guitu_kind_stay);
  return take_stay_fields (arrival->stay, call->input, error) && guitu_arrival_put (transaction, arrival, error) &&
         add_words (call, transaction, arrival->person, error);
}

GuituTransaction *
guitu_arrival_begin (GuituCall *call,
                     GuituArrival *arrival,
                     GError **error)
{
  gboolean is_registered = guitu_call_text (call, "stay") != NULL;
  g_autoptr (GuituTransaction) transaction = NULL;

  if (!is_registered && !meet (call, arrival, error))
    return NULL;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !(is_registered ? find_arrival : arrive_now) (call, transaction, arrival, error) ||
      !guitu_missing_unwarn (transaction, guitu_record_id (arrival->person), arrival->warnings, error) ||
      !guitu_access_put_warnings (call, transaction, arrival->warnings, guitu_record_id (arrival->person), error))
    return NULL;
  return g_steal_pointer (&transaction);
}

JsonObject *
guitu_arrival_to_json (const GuituArrival *arrival)
{
  JsonObject *json = guitu_stay_to_json (arrival->stay);

  json_object_set_object_member (json, "stay", guitu_stay_to_json (arrival->stay));
  json_object_set_object_member (json, "person", guitu_person_to_json (arrival->person, FALSE));
  json_object_set_array_member (json, "warnings", json_array_ref (arrival->warnings));
  return json;
}

void
guitu_arrival_clear (GuituArrival *arrival)
{
  g_clear_pointer (&arrival->stay, guitu_record_free);
  g_clear_pointer (&arrival->person, guitu_record_free);
  g_clear_pointer (&arrival->warnings, json_array_unref);
}

/* The bed that was asked for with the arrival or the admission. */
static gboolean
give_bed (GuituCall *call,
          GuituTransaction *transaction,
          GuituArrival *arrival,
          GuituBedMove *move,
          GError **error)
{
  move->stay = arrival->stay;
  move->person = arrival->person;
  move->warnings = arrival->warnings;
  return guitu_bed_assign (call, transaction, move, error);
}

static gboolean
run_arrive (GuituCall *call,
            GError **error)
{
  g_auto (GuituArrival) arrival = { 0 };
  g_auto (GuituBedMove) move = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;

  if (json_object_has_member (call->input, "decision"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", "decision",
                       "An arrival has no decision yet; use “stay admit”, “stay refuse” or “stay outside”");
  if (!guitu_bed_move_read (call, &move, error))
    return FALSE;
  transaction = guitu_arrival_begin (call, &arrival, error);
  if (transaction == NULL || !give_bed (call, transaction, &arrival, &move, error) ||
      !guitu_transaction_put (transaction, arrival.stay, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_arrival_to_json (&arrival));
  return TRUE;
}

/* --- Admission ------------------------------------------------------------------------------- */

gboolean
guitu_stay_admit (GuituCall *call,
                  GuituRecord *stay,
                  const char *decision,
                  GError **error)
{
  gboolean is_new = guitu_call_text (call, "stay") == NULL; /* came and was admitted in one: what is entered late began then */
  g_autofree char *now = guitu_now ();
  g_autofree char *due = NULL;
  const char *admitted;

  if (!guitu_record_is_set (stay, GUITU_STAY_ADMITTED_AT))
    guitu_record_set_text (stay, GUITU_STAY_ADMITTED_AT, is_new && guitu_record_is_set (stay, GUITU_STAY_ARRIVED_AT) ? guitu_record_text (stay, GUITU_STAY_ARRIVED_AT) : now);
  admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);
  if (guitu_time_to_unix (admitted) < guitu_time_to_unix (guitu_record_text (stay, GUITU_STAY_ARRIVED_AT)))
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "admitted_at", "The admission (%s) lies before the arrival", admitted);
  guitu_stay_drop_proposal (stay);
  due = guitu_date_add_days (admitted, guitu_rules_integer ("stay_limit_days", admitted));
  if (!guitu_record_is_set (stay, GUITU_STAY_DUE_ON))
    guitu_record_set_text (stay, GUITU_STAY_DUE_ON, due);
  if (guitu_record_is_set (stay, GUITU_STAY_DECISION))
    guitu_record_set_text (stay, GUITU_STAY_DECIDED_AT, now); /* who was helped first is admitted later */
  guitu_record_set_text (stay, GUITU_STAY_DECISION, decision);
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

/* The bed that a registered arrival has already. Returns: (transfer full) (nullable). */
static char *
bed_before (GuituTransaction *transaction,
            const GuituRecord *stay)
{
  g_autoptr (GuituRecord) stored = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_id (stay), NULL);

  return stored == NULL ? NULL : g_strdup (guitu_record_text (stored, GUITU_STAY_BED));
}

/* "admitted" unless the caller says "emergency": help first, papers later. */
static gboolean
read_decision (GuituCall *call,
               GuituRequest *request,
               const char **decision,
               GError **error)
{
  const char *said = guitu_call_text (call, "decision");
  const GuituCode *code = guitu_codes_parse ("decision", said == NULL ? "admitted" : said);

  if (code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "decision", "“%s” is not one of the codes of decision", said);
  if (strcmp (code->code, "admitted") != 0 && strcmp (code->code, "emergency") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-an-admission", "decision", "A person is admitted as “admitted” or “emergency”");
  *decision = code->code;
  request->act = strcmp (code->code, "admitted") == 0 ? GUITU_ACT_ADMIT : GUITU_ACT_HELP_FIRST;
  return TRUE;
}

static gboolean
run_admit (GuituCall *call,
           GError **error)
{
  g_auto (GuituArrival) arrival = { 0 };
  g_auto (GuituBedMove) move = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;
  GuituRequest request = { 0 };
  const char *decision = NULL;

  if (!read_decision (call, &request, &decision, error) || !guitu_bed_move_read (call, &move, error))
    return FALSE;
  transaction = guitu_arrival_begin (call, &arrival, error);
  if (transaction == NULL || !guitu_stay_act (call, transaction, arrival.stay, &request, error) ||
      !guitu_stay_admit (call, arrival.stay, decision, error))
    return FALSE;
  move.from = guitu_call_text (call, "stay") == NULL ? NULL : bed_before (transaction, arrival.stay);
  if (!give_bed (call, transaction, &arrival, &move, error) || !guitu_stay_put (transaction, arrival.stay, &request, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  add_deadline (arrival.warnings, arrival.stay);
  guitu_call_emit (call, guitu_arrival_to_json (&arrival));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption arrive_options[] = {
  GUITU_ARRIVAL_OPTIONS_NEW,
  GUITU_BED_OPTIONS,
  { NULL },
};

static const GuituOption admit_options[] = {
  GUITU_ARRIVAL_OPTIONS,
  GUITU_BED_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_stay_arrive = {
  "stay arrive", "Register who arrives, known or new, before anything is decided", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, arrive_options, &guitu_kind_stay, run_arrive
};
const GuituVerb guitu_verb_stay_admit = {
  "stay admit", "Admit a person to the house", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, admit_options, &guitu_kind_stay, run_admit
};
