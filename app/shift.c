/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From one shift to the next. What is open is written down as it stood when the shift was handed
 * over, and both sides sign it. */

#include "app/house.h"
#include "app/links.h"
#include "app/task-list.h"
#include "app/verbs.h"

#include <string.h>

#define FIRST_SHIFT_SECONDS (24 * 60 * 60) /* how far back the first hand-over of a station looks */
#define SHIFTS_LISTED 100

static const char *const watched_flags[] = { "minor", "impaired", "wanders", "isolation" };

/* Kinds of events that the next shift is told of. */
static const char *const told_events[] = { "incident", "hospital", "missing", "police", "leader", NULL };

/* --- Records of shifts ----------------------------------------------------------------------- */

static GuituRecord *
take_first (GPtrArray *records)
{
  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 1; i < records->len; i++)
    guitu_record_free (records->pdata[i]);
  return records->len == 0 ? NULL : records->pdata[0];
}

/* The newest hand-over that was taken, or that waits. */
static gboolean
find_last (GuituTransaction *transaction,
           gboolean is_taken,
           GuituRecord **shift,
           GError **error)
{
  const GuituQuery taken = {
    .conditions = { { GUITU_SHIFT_TAKEN_AT, GUITU_SET, NULL } },
    .is_ordered = TRUE,
    .order_by = GUITU_SHIFT_HANDED_AT,
    .descending = TRUE,
    .limit = 1,
  };
  const GuituQuery waiting = { .conditions = { { GUITU_SHIFT_TAKEN_AT, GUITU_UNSET, NULL } }, .descending = TRUE };
  g_autoptr (GPtrArray) shifts = guitu_records_find (transaction, &guitu_kind_shift, is_taken ? &taken : &waiting, error);

  if (shifts == NULL)
    return FALSE;
  *shift = take_first (shifts);
  return TRUE;
}

static void
add_user_name (JsonObject *json,
               GuituTransaction *transaction,
               const char *member,
               const char *id)
{
  g_autofree char *name = id == NULL ? NULL : guitu_user_display_name (transaction, id);

  if (name != NULL)
    json_object_set_string_member (json, member, name);
}

/* With what was open as an object, if @with_open. */
static JsonObject *
shift_to_json (GuituTransaction *transaction,
               const GuituRecord *shift,
               gboolean with_open)
{
  JsonObject *json = guitu_record_to_json (shift, FALSE);
  const char *open = guitu_record_text (shift, GUITU_SHIFT_OPEN_ITEMS);
  g_autoptr (JsonNode) node = open == NULL ? NULL : json_from_string (open, NULL);

  json_object_remove_member (json, "open_items");
  if (with_open && node != NULL)
    json_object_set_member (json, "open_items", g_steal_pointer (&node));
  json_object_set_string_member (json, "state", guitu_record_is_set (shift, GUITU_SHIFT_TAKEN_AT) ? "taken" : "waiting");
  add_user_name (json, transaction, "handed_by_name", guitu_record_text (shift, GUITU_SHIFT_HANDED_BY));
  add_user_name (json, transaction, "taken_by_name", guitu_record_text (shift, GUITU_SHIFT_TAKEN_BY));
  return json;
}

/* --- What is open ---------------------------------------------------------------------------- */

typedef struct
{
  GuituTransaction *transaction;
  GuituHouse *house;
  char *from; /* since when */
  JsonObject *json;
} Snapshot;

/* Who is meant by a stay: from the house, or from the store when they have left. */
static JsonObject *
stay_to_json (const Snapshot *snapshot,
              const char *stay,
              GError **error)
{
  const GuituHouseGuest *guest = guitu_house_find_guest (snapshot->house, stay);
  g_autoptr (GuituRecord) left = NULL;
  g_autoptr (GuituRecord) person = NULL;
  JsonObject *json;

  if (guest != NULL)
    return guitu_house_guest_to_json (snapshot->house, guest);
  left = guitu_record_load (snapshot->transaction, &guitu_kind_stay, stay, error);
  person = left == NULL ? NULL : guitu_person_effective (snapshot->transaction, guitu_record_text (left, GUITU_STAY_PERSON), error);
  if (person == NULL)
    return NULL;
  json = json_object_new ();
  json_object_set_string_member (json, "stay", stay);
  json_object_set_string_member (json, "number", guitu_record_text (left, GUITU_STAY_NUMBER));
  json_object_set_string_member (json, "person", guitu_record_id (person));
  json_object_set_string_member (json, "display_name", guitu_person_display_name (person));
  json_object_set_string_member (json, "sex", guitu_record_text (person, GUITU_PERSON_SEX));
  if (guitu_record_is_set (left, GUITU_STAY_LEAVE_BY))
    json_object_set_string_member (json, "leave_by", guitu_record_text (left, GUITU_STAY_LEAVE_BY));
  return json;
}

/* Stays whose time in @field lies in this shift. */
static gboolean
add_stays_since (const Snapshot *snapshot,
                 const char *member,
                 int field,
                 GError **error)
{
  const GuituQuery since = {
    .conditions = { { field, GUITU_AT_LEAST, snapshot->from } },
    .is_ordered = TRUE,
    .order_by = field,
  };
  g_autoptr (GPtrArray) stays = guitu_records_find (snapshot->transaction, &guitu_kind_stay, &since, error);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (snapshot->json, member, array);
  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      JsonObject *json = stay_to_json (snapshot, guitu_record_id (stays->pdata[i]), error);

      if (json == NULL)
        return FALSE;
      json_object_set_string_member (json, "at", guitu_record_text (stays->pdata[i], field));
      json_array_add_object_element (array, json);
    }
  return stays != NULL;
}

static gboolean
add_events (const Snapshot *snapshot,
            GError **error)
{
  const GuituQuery since = {
    .conditions = { { GUITU_EVENT_AT, GUITU_AT_LEAST, snapshot->from } },
    .is_ordered = TRUE,
    .order_by = GUITU_EVENT_AT,
  };
  g_autoptr (GPtrArray) events = guitu_records_find (snapshot->transaction, &guitu_kind_event, &since, error);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (snapshot->json, "events", array);
  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const GuituRecord *event = events->pdata[i];
      JsonObject *json;

      if (!g_strv_contains (told_events, guitu_record_text (event, GUITU_EVENT_KIND)))
        continue;
      json = stay_to_json (snapshot, guitu_record_text (event, GUITU_EVENT_STAY), error);
      if (json == NULL)
        return FALSE;
      json_object_set_string_member (json, "kind", guitu_record_text (event, GUITU_EVENT_KIND));
      json_object_set_string_member (json, "at", guitu_record_text (event, GUITU_EVENT_AT));
      if (guitu_record_is_set (event, GUITU_EVENT_TEXT))
        json_object_set_string_member (json, "text", guitu_record_text (event, GUITU_EVENT_TEXT));
      json_array_add_object_element (array, json);
    }
  return events != NULL;
}

static gboolean
add_belonging (const Snapshot *snapshot,
               JsonArray *array,
               const GuituRecord *belonging,
               GError **error)
{
  JsonObject *json = stay_to_json (snapshot, guitu_record_text (belonging, GUITU_BELONGING_STAY), error);

  if (json == NULL)
    return FALSE;
  json_object_set_string_member (json, "belonging", guitu_record_id (belonging));
  json_object_set_string_member (json, "name", guitu_record_text (belonging, GUITU_BELONGING_NAME));
  json_array_add_object_element (array, json);
  return TRUE;
}

/* Things in keeping that lack a signature, and those whose owner left while another desk still took them in. */
static gboolean
add_belongings (const Snapshot *snapshot,
                GError **error)
{
  g_autoptr (GPtrArray) held = guitu_belongings_held (snapshot->transaction, error);
  JsonArray *unsigned_things = json_array_new ();
  JsonArray *left_behind = json_array_new ();

  json_object_set_array_member (snapshot->json, "unsigned", unsigned_things);
  json_object_set_array_member (snapshot->json, "left_behind", left_behind);
  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      const GuituRecord *belonging = held->pdata[i];
      const char *stay = guitu_record_text (belonging, GUITU_BELONGING_STAY);
      gboolean is_left = guitu_house_find_guest (snapshot->house, stay) == NULL && guitu_record_says (belonging, GUITU_BELONGING_STATE, "held");

      if ((is_left && !add_belonging (snapshot, left_behind, belonging, error)) ||
          (guitu_belonging_is_unsigned (belonging) && !add_belonging (snapshot, unsigned_things, belonging, error)))
        return FALSE;
    }
  return held != NULL;
}

/* What should have been done, and what is due before the day is over. What is
 * signed holds the names; who reads it is told those that they may see (fence.h). */
static gboolean
add_tasks (const Snapshot *snapshot,
           GError **error)
{
  const char *now = json_object_get_string_member (snapshot->json, "as_of");
  g_autoptr (GPtrArray) tasks = guitu_tasks_read (snapshot->transaction, &(GuituTaskQuery){ now, NULL, FALSE }, error);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (snapshot->json, "tasks", array);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    if (strcmp (guitu_task_state (tasks->pdata[i], now), "later") != 0)
      json_array_add_object_element (array, guitu_task_to_json (tasks->pdata[i], now));
  return tasks != NULL;
}

static gboolean
is_where (const GuituHouse *house,
          const GuituHouseGuest *guest,
          const char *where)
{
  return strcmp (guitu_stay_where (guest->stay), where) == 0;
}

static gboolean
has_open_proposal (const GuituHouse *house,
                   const GuituHouseGuest *guest,
                   const char *unused)
{
  return guitu_record_is_set (guest->stay, GUITU_STAY_PROPOSAL) && !guitu_record_is_set (guest->stay, GUITU_STAY_REVIEWED_AT);
}

static gboolean
has_no_bed (const GuituHouse *house,
            const GuituHouseGuest *guest,
            const char *unused)
{
  return guest->bed == NULL && is_where (house, guest, "house");
}

static gboolean
is_watched (const GuituHouse *house,
            const GuituHouseGuest *guest,
            const char *unused)
{
  g_auto (GStrv) flags = guitu_house_flags (house, guest);

  for (guint i = 0; i < G_N_ELEMENTS (watched_flags); i++)
    if (g_strv_contains ((const char *const *) flags, watched_flags[i]))
      return TRUE;
  return FALSE;
}

static gboolean
breaks_rules (const GuituHouse *house,
              const GuituHouseGuest *guest,
              const char *unused)
{
  return guitu_house_conflicts (house, guest) != GUITU_BED_IS_FINE;
}

/* Lists of people in the house, each by a question asked of everybody. */
static void
add_guests (const Snapshot *snapshot)
{
  static const struct
  {
    const char *member;
    gboolean (*is_listed) (const GuituHouse *house, const GuituHouseGuest *guest, const char *detail);
    const char *detail;
  } lists[] = {
    { "hospital", is_where, "hospital" },
    { "leave", is_where, "leave" },
    { "missing", is_where, "missing" },
    { "proposals", has_open_proposal, NULL },
    { "without_bed", has_no_bed, NULL },
    { "watched", is_watched, NULL },
    { "bed_conflicts", breaks_rules, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *array = json_array_new ();

      for (guint j = 0; j < snapshot->house->guests->len; j++)
        {
          const GuituHouseGuest *guest = g_ptr_array_index (snapshot->house->guests, j);

          if (lists[i].is_listed (snapshot->house, guest, lists[i].detail))
            json_array_add_object_element (array, guitu_house_guest_to_json (snapshot->house, guest));
        }
      json_object_set_array_member (snapshot->json, lists[i].member, array);
    }
}

static gint64
count_in_house (const GuituHouse *house)
{
  gint64 n = 0;

  for (guint i = 0; i < house->guests->len; i++)
    n += is_where (house, g_ptr_array_index (house->guests, i), "house");
  return n;
}

static char *
begin_of_shift (const GuituRecord *last)
{
  if (last != NULL)
    return g_strdup (guitu_record_text (last, GUITU_SHIFT_TAKEN_AT));
  return guitu_time_from_unix (g_get_real_time () / G_USEC_PER_SEC - FIRST_SHIFT_SECONDS);
}

JsonObject *
guitu_shift_snapshot (GuituTransaction *transaction,
                      GError **error)
{
  g_autoptr (GuituHouse) house = guitu_house_load (transaction, error);
  g_autoptr (GuituRecord) last = NULL;
  g_autoptr (JsonObject) json = json_object_new ();
  g_autofree char *from = NULL;
  g_autofree char *now = guitu_now ();

  if (house == NULL || !find_last (transaction, TRUE, &last, error))
    return NULL;
  from = begin_of_shift (last);
  json_object_set_string_member (json, "as_of", now);
  json_object_set_string_member (json, "from_at", from);
  json_object_set_int_member (json, "open_stays", house->guests->len);
  json_object_set_int_member (json, "in_house", count_in_house (house));
  const Snapshot snapshot = { transaction, house, from, json };
  if (!add_stays_since (&snapshot, "arrivals", GUITU_STAY_ARRIVED_AT, error) ||
      !add_stays_since (&snapshot, "leavings", GUITU_STAY_LEFT_AT, error) ||
      !add_events (&snapshot, error) || !add_belongings (&snapshot, error) || !add_tasks (&snapshot, error))
    return NULL;
  add_guests (&snapshot);
  return g_steal_pointer (&json);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_text (call, "shift");
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) last = NULL;
  g_autoptr (GuituRecord) waiting = NULL;
  JsonObject *open;
  JsonObject *json;

  if (transaction == NULL)
    return FALSE;
  if (id != NULL)
    {
      last = guitu_record_load (transaction, &guitu_kind_shift, id, error);
      if (last != NULL)
        guitu_call_emit (call, shift_to_json (transaction, last, TRUE));
      return last != NULL;
    }
  if (!find_last (transaction, TRUE, &last, error) || !find_last (transaction, FALSE, &waiting, error))
    return FALSE;
  open = guitu_shift_snapshot (transaction, error);
  if (open == NULL)
    return FALSE;
  json = json_object_new ();
  json_object_set_object_member (json, "open", open);
  if (last != NULL)
    json_object_set_object_member (json, "last", shift_to_json (transaction, last, FALSE));
  if (waiting != NULL)
    {
      JsonObject *shift = shift_to_json (transaction, waiting, TRUE);

      json_object_set_boolean_member (shift, "is_own", g_strcmp0 (guitu_record_text (waiting, GUITU_SHIFT_HANDED_BY), call->session->id) == 0);
      json_object_set_object_member (json, "waiting", shift);
    }
  guitu_call_emit (call, json);
  return TRUE;
}

/* One hand-over waits at a time; who wrote it may write it anew. */
static gboolean
replace_waiting (GuituCall *call,
                 GuituTransaction *transaction,
                 GError **error)
{
  g_autoptr (GuituRecord) waiting = NULL;

  if (!find_last (transaction, FALSE, &waiting, error))
    return FALSE;
  if (waiting == NULL)
    return TRUE;
  if (g_strcmp0 (guitu_record_text (waiting, GUITU_SHIFT_HANDED_BY), call->session->id) != 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "hand-over-waiting", NULL,
                       "A hand-over of another user (%s) waits to be taken; take it first", guitu_record_text (waiting, GUITU_SHIFT_HANDED_AT));
  return guitu_call_void (transaction, waiting, "重新交班", error);
}

static gboolean
fill_shift (GuituCall *call,
            GuituTransaction *transaction,
            GuituRecord *shift,
            const char *second,
            GError **error)
{
  g_autoptr (JsonObject) open = guitu_shift_snapshot (transaction, error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *now = guitu_now ();

  if (open == NULL)
    return FALSE;
  node = json_node_init_object (json_node_alloc (), open);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (shift, GUITU_SHIFT_FROM_AT, json_object_get_string_member (open, "from_at"));
  guitu_record_set_text (shift, GUITU_SHIFT_HANDED_AT, now);
  guitu_record_set_text (shift, GUITU_SHIFT_HANDED_BY, call->session->id);
  guitu_record_set_integer (shift, GUITU_SHIFT_IN_HOUSE, json_object_get_int_member (open, "in_house"));
  guitu_record_set_text (shift, GUITU_SHIFT_OPEN_ITEMS, text);
  if (second != NULL)
    {
      guitu_record_set_text (shift, GUITU_SHIFT_TAKEN_AT, now);
      guitu_record_set_text (shift, GUITU_SHIFT_TAKEN_BY, second);
    }
  return TRUE;
}

static gboolean
run_hand_over (GuituCall *call,
               GError **error)
{
  const char *note = guitu_call_need (call, "note", error);
  g_autofree char *second = NULL;
  g_autoptr (GuituRecord) shift = guitu_record_new (&guitu_kind_shift);
  g_autoptr (GuituTransaction) transaction = NULL;

  if (note == NULL || !guitu_call_second (call, "second", &second, error))
    return FALSE;
  if (second == NULL && guitu_call_text (call, "reply") != NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "second", "A reply (reply) is for who takes over; name them as the second person");
  if (!guitu_record_take_json (shift, call->input, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !replace_waiting (call, transaction, error) ||
      !fill_shift (call, transaction, shift, second, error) ||
      !guitu_transaction_put (transaction, shift, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  if (transaction == NULL)
    return FALSE;
  guitu_call_emit (call, shift_to_json (transaction, shift, TRUE));
  return TRUE;
}

static gboolean
run_take (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) shift = NULL;
  g_autofree char *now = guitu_now ();

  if (transaction == NULL || !find_last (transaction, FALSE, &shift, error))
    return FALSE;
  if (shift == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "nothing-waiting", NULL, "No hand-over waits to be taken");
  if (g_strcmp0 (guitu_record_text (shift, GUITU_SHIFT_HANDED_BY), call->session->id) == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", NULL, "Somebody else takes over what you hand over");
  if (!guitu_record_take_json (shift, call->input, error))
    return FALSE;
  guitu_record_set_text (shift, GUITU_SHIFT_TAKEN_AT, now);
  guitu_record_set_text (shift, GUITU_SHIFT_TAKEN_BY, call->session->id);
  if (!guitu_transaction_put (transaction, shift, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  if (transaction == NULL)
    return FALSE;
  guitu_call_emit (call, shift_to_json (transaction, shift, TRUE));
  return TRUE;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const GuituQuery newest = {
    .conditions = { { GUITU_SHIFT_HANDED_AT, GUITU_SET, NULL } },
    .is_ordered = TRUE,
    .order_by = GUITU_SHIFT_HANDED_AT,
    .descending = TRUE,
    .limit = SHIFTS_LISTED,
  };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) shifts = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_shift, &newest, error);

  for (guint i = 0; shifts != NULL && i < shifts->len; i++)
    guitu_call_emit (call, shift_to_json (transaction, shifts->pdata[i], FALSE));
  return shifts != NULL;
}

static const GuituOption show_options[] = {
  { "shift", GUITU_OPTION_TEXT, TRUE, "id of a hand-over, to see what was signed (what is open now)" },
  { NULL },
};

static const GuituOption hand_over_options[] = {
  { "note", GUITU_OPTION_TEXT, FALSE, "what is to be watched; everybody reads it, so name no protected person: give the number of the stay" },
  { "reply", GUITU_OPTION_TEXT, FALSE, "what the person who takes over says, where they sign at once" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption take_options[] = {
  { "reply", GUITU_OPTION_TEXT, FALSE, "what you say to it" },
  { NULL },
};

const GuituVerb guitu_verb_shift_show = {
  "shift show", "Show what is open now, and the last hand-over", GUITU_VERB_PLAIN, show_options, NULL, run_show
};
const GuituVerb guitu_verb_shift_hand_over = {
  "shift hand-over", "Hand the shift over, with all that is open", GUITU_VERB_WRITES, hand_over_options, NULL, run_hand_over
};
const GuituVerb guitu_verb_shift_take = {
  "shift take", "Take the shift over from somebody else", GUITU_VERB_WRITES, take_options, NULL, run_take
};
const GuituVerb guitu_verb_shift_list = {
  "shift list", "List hand-overs, newest first", GUITU_VERB_PLAIN, NULL, NULL, run_list
};
