/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where people are: on leave, in hospital, missing; and the round at night that finds out. */

#include "app/house.h"
#include "app/links.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

/* --- Events that move people ----------------------------------------------------------------- */

/* What came after in time can't be undone by what is noted late. */
static gboolean
check_order (GuituTransaction *transaction,
             const GuituRecord *stay,
             const GuituRecord *event,
             GError **error)
{
  const GuituQuery of_stay = { .conditions = { { GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (stay) } } };
  g_autoptr (GPtrArray) events = guitu_records_find (transaction, &guitu_kind_event, &of_stay, error);
  const char *at = guitu_record_text (event, GUITU_EVENT_AT);

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const char *then = guitu_record_text (events->pdata[i], GUITU_EVENT_AT);
      gboolean moves;

      guitu_where_after (NULL, guitu_record_text (events->pdata[i], GUITU_EVENT_KIND), &moves);
      if (moves && then != NULL && guitu_time_to_unix (then) > guitu_time_to_unix (at))
        return guitu_fail (error, GUITU_ERROR_REFUSED, "out-of-order", "at",
                           "It is known where this person was after that (%s); note this without moving them", then);
    }
  return events != NULL;
}

/* Leave is asked for and not granted: a capable adult goes when they like. Who can't look after
 * themselves goes with somebody. */
static gboolean
check_absence (GuituTransaction *transaction,
               const GuituRecord *stay,
               const GuituRecord *event,
               GError **error)
{
  const char *until = guitu_record_text (event, GUITU_EVENT_UNTIL);
  const char *at = guitu_record_text (event, GUITU_EVENT_AT);
  g_autoptr (GuituRecord) person = NULL;

  if (until == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "until", "“until” is needed: when the person means to be back");
  if (guitu_time_to_unix (until) <= guitu_time_to_unix (at))
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "until", "The return (%s) lies before the leave (%s)", until, at);
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (person == NULL)
    return FALSE;
  if (guitu_record_is_set (event, GUITU_EVENT_WITNESS) ||
      !(guitu_person_may_be_minor (person, at) || guitu_person_is_impaired (person)))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "companion-needed", "witness",
                     "A minor, or somebody with signs of a mental or intellectual disability, goes out with a companion; name them as witness");
}

gboolean
guitu_stay_event_moves (GuituTransaction *transaction,
                        GuituRecord *stay,
                        const GuituRecord *event,
                        GError **error)
{
  const char *kind = guitu_record_text (event, GUITU_EVENT_KIND);
  const char *where = guitu_stay_where (stay);
  gboolean moves;
  const char *after = guitu_where_after (where, kind, &moves);

  if (!moves)
    return TRUE;
  if (guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "stay", "This person has left already (%s)",
                       guitu_record_text (stay, GUITU_STAY_LEFT_AT));
  if (after == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-from-there", "kind", "“%s” can't be: this person is now: %s",
                       guitu_codes_find ("event_kind", kind)->english, guitu_codes_find ("where", where)->english);
  if (!check_order (transaction, stay, event, error) ||
      (strcmp (kind, "absence") == 0 && !check_absence (transaction, stay, event, error)))
    return FALSE;
  guitu_record_set_text (stay, GUITU_STAY_WHERE, after);
  guitu_record_set_text (stay, GUITU_STAY_WHERE_UNTIL, strcmp (after, "house") == 0 ? NULL : guitu_record_text (event, GUITU_EVENT_UNTIL));
  return guitu_transaction_put (transaction, stay, error);
}

/* --- The round ------------------------------------------------------------------------------- */

typedef struct
{
  GuituHouse *house;
  GPtrArray *expected; /* GuituHouseGuest */
  GPtrArray *absent;   /* GuituHouseGuest */
} Round;

static void
round_clear (Round *round)
{
  g_clear_pointer (&round->house, guitu_house_free);
  g_clear_pointer (&round->expected, g_ptr_array_unref);
  g_clear_pointer (&round->absent, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

gboolean
guitu_house_expects (const GuituHouseGuest *guest)
{
  if (strcmp (guitu_stay_where (guest->stay), "house") != 0)
    return FALSE;
  return guest->bed != NULL || strcmp (guitu_stay_state (guest->stay), "in-house") == 0;
}

static gboolean
is_expected (const GuituHouse *house,
             const GuituHouseGuest *guest,
             const char *zone)
{
  return (zone == NULL || g_strcmp0 (guitu_house_zone (house, guest), zone) == 0) && guitu_house_expects (guest);
}

static gboolean
add_absent (Round *round,
            const char *number,
            GError **error)
{
  for (guint i = 0; i < round->expected->len; i++)
    {
      GuituHouseGuest *guest = g_ptr_array_index (round->expected, i);

      if (g_strcmp0 (guitu_record_text (guest->stay, GUITU_STAY_NUMBER), number) != 0 &&
          strcmp (guitu_record_id (guest->stay), number) != 0)
        continue;
      if (!g_ptr_array_find (round->absent, guest, NULL))
        g_ptr_array_add (round->absent, guest);
      return TRUE;
    }
  return guitu_fail (error, GUITU_ERROR_REFUSED, "not-expected", "absent", "“%s” is nobody who should be in the house now", number);
}

static gboolean
look_round (Round *round,
            GuituTransaction *transaction,
            const char *absent,
            const char *zone,
            GError **error)
{
  g_auto (GStrv) numbers = g_regex_split_simple ("[\\s,;，、；]+", absent == NULL ? "" : absent, 0, 0);

  round->house = guitu_house_load (transaction, error);
  round->expected = g_ptr_array_new ();
  round->absent = g_ptr_array_new ();
  for (guint i = 0; round->house != NULL && i < round->house->guests->len; i++)
    if (is_expected (round->house, g_ptr_array_index (round->house->guests, i), zone))
      g_ptr_array_add (round->expected, g_ptr_array_index (round->house->guests, i));
  for (guint i = 0; round->house != NULL && numbers[i] != NULL; i++)
    if (numbers[i][0] != '\0' && !add_absent (round, numbers[i], error))
      return FALSE;
  return round->house != NULL;
}

static gboolean
write_missing (GuituCall *call,
               GuituTransaction *transaction,
               const Round *round,
               GError **error)
{
  for (guint i = 0; i < round->absent->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (round->absent, i);
      g_autoptr (GuituRecord) event = guitu_event_new (call, guest->stay, "missing", "查房未见");

      if (!guitu_stay_event_moves (transaction, guest->stay, event, error) || !guitu_transaction_put (transaction, event, error))
        return FALSE;
    }
  return TRUE;
}

static GuituRecord *
write_round (GuituCall *call,
             GuituTransaction *transaction,
             const Round *round,
             GError **error)
{
  g_autoptr (GuituRecord) record = guitu_record_new (&guitu_kind_roll_call);
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autofree char *now = guitu_now ();

  for (guint i = 0; i < round->absent->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (round->absent, i);

      g_string_append_printf (numbers, "%s%s", i > 0 ? "\n" : "", guitu_record_text (guest->stay, GUITU_STAY_NUMBER));
    }
  if (!guitu_record_take_json (record, call->input, error))
    return NULL;
  guitu_record_set_text (record, GUITU_ROLL_CALL_AT, now);
  guitu_record_set_text (record, GUITU_ROLL_CALL_BY, call->session->id);
  guitu_record_set_integer (record, GUITU_ROLL_CALL_EXPECTED, round->expected->len);
  guitu_record_set_integer (record, GUITU_ROLL_CALL_PRESENT, round->expected->len - round->absent->len);
  guitu_record_set_text (record, GUITU_ROLL_CALL_ABSENT, numbers->str);
  return guitu_transaction_put (transaction, record, error) ? g_steal_pointer (&record) : NULL;
}

static gboolean
run_roll_call (GuituCall *call,
               GError **error)
{
  const char *zone_text = guitu_call_text (call, "zone");
  const GuituCode *zone = zone_text == NULL ? NULL : guitu_codes_parse ("zone", zone_text);
  g_auto (Round) round = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) record = NULL;
  JsonArray *people = NULL;
  JsonObject *json;

  if (zone_text != NULL && zone == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "zone", "“%s” is not one of the codes of zone", zone_text);
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !look_round (&round, transaction, guitu_call_text (call, "absent"), zone == NULL ? NULL : zone->code, error))
    return FALSE;
  record = write_round (call, transaction, &round, error);
  if (record == NULL || !write_missing (call, transaction, &round, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_record_to_json (record, FALSE);
  people = json_array_new ();
  for (guint i = 0; i < round.absent->len; i++)
    json_array_add_object_element (people, guitu_house_guest_to_json (round.house, g_ptr_array_index (round.absent, i)));
  json_object_set_array_member (json, "people", people);
  guitu_call_emit (call, json);
  return TRUE;
}

static const GuituOption roll_call_options[] = {
  { "absent", GUITU_OPTION_TEXT, FALSE, "numbers of the stays whose person was not there" },
  { "zone", GUITU_OPTION_TEXT, FALSE, "only this zone was gone through (codes zone)" },
  { "note", GUITU_OPTION_TEXT, FALSE, "what else was seen" },
  { NULL },
};

const GuituVerb guitu_verb_house_roll_call = {
  "house roll-call", "Record a round: who should be there, and who is not", GUITU_VERB_WRITES, roll_call_options, NULL, run_roll_call
};
