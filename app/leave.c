/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way out. A capable adult can always leave, and nothing here may ask more of them than the
 * way they go; a child, or a person with signs of mental or intellectual disability, is not let out
 * alone but by a leader who gives the reason (办法 Art. 11; 规程, 自行离站). */

#include "app/links.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

/* Ways in which nobody receives the person. */
static const char *const alone[] = { "own-will", "ticket", "other" };

/* Ways that need a reason in words. */
static const char *const with_ground[] = { "terminated", "death", "other" };

/* Ways that need to know where to. */
static const char *const with_destination[] = { "ticket", "escort-home", "escort-station", "other-station" };

static gboolean
is_among (const char *text,
          const char *const *list,
          gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (strcmp (list[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* Why a person may not go alone, or NULL. An estimated age counts by its lower end. */
static const char *
needs_company (const GuituRecord *person,
               const char *at)
{
  const char *health = guitu_record_text (person, GUITU_PERSON_HEALTH);
  int least, greatest;

  if (guitu_person_age (person, at, &least, &greatest) && least < guitu_rules_integer ("own_leave_age_years", at))
    return "is, or may be, a child";
  if (health != NULL && (strcmp (health, "mental") == 0 || strcmp (health, "intellectual") == 0 || strcmp (health, "dementia") == 0))
    return "shows signs of a mental or intellectual disability";
  return NULL;
}

static gboolean
check_company (GuituCall *call,
               const GuituRecord *stay,
               const GuituRecord *person,
               GError **error)
{
  const char *why = needs_company (person, guitu_record_text (stay, GUITU_STAY_LEFT_AT));

  if (why == NULL || !is_among (guitu_record_text (stay, GUITU_STAY_LEAVE_BY), alone, G_N_ELEMENTS (alone)))
    return TRUE;
  if (!guitu_call_may (call, "let out alone"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-alone", "leave_by",
                       "This person %s and is not let out alone; only the duty leader may decide otherwise, with a reason", why);
  if (!guitu_record_changed (stay, GUITU_STAY_GROUND))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-alone", "ground",
                       "This person %s; give the reason for letting them go alone", why);
  return TRUE;
}

static gboolean
check_leaving (const GuituRecord *stay,
               GError **error)
{
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  const char *way = guitu_record_text (stay, GUITU_STAY_LEAVE_BY);

  if (way == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "leave_by", "“leave_by” is needed: how the person leaves");
  if (guitu_time_to_unix (left) / 60 < guitu_time_to_unix (arrived) / 60)
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "left_at", "The leaving (%s) lies before the arrival", left);
  if (guitu_time_to_unix (left) > g_get_real_time () / G_USEC_PER_SEC + 600)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "left_at", "The leaving (%s) lies in the future", left);
  if (is_among (way, with_destination, G_N_ELEMENTS (with_destination)) && !guitu_record_is_set (stay, GUITU_STAY_DESTINATION))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "destination", "“destination” is needed for this way of leaving");
  if (is_among (way, with_ground, G_N_ELEMENTS (with_ground)) && !guitu_record_is_set (stay, GUITU_STAY_GROUND))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "ground", "“ground” is needed for this way of leaving: what happened, or why");
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

gboolean
guitu_stay_close (GuituCall *call,
                  GuituTransaction *transaction,
                  GuituRecord *stay,
                  JsonObject *how,
                  GError **error)
{
  static const int positions[] = { GUITU_STAY_LEAVE_BY, GUITU_STAY_LEFT_AT, GUITU_STAY_DESTINATION,
                                   GUITU_STAY_RECEIVED_BY, GUITU_STAY_GROUND };
  g_autoptr (GuituRecord) person = NULL;
  g_autofree char *now = guitu_now ();

  if (guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "stay", "This person has left already (%s)",
                       guitu_record_text (stay, GUITU_STAY_LEFT_AT));
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      JsonNode *node = json_object_get_member (how, guitu_kind_stay.fields[positions[i]].name);

      if (node != NULL && !guitu_record_take_member (stay, positions[i], node, error))
        return FALSE;
    }
  if (!guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, now);
  complete_minute (stay);
  if (!check_leaving (stay, error))
    return FALSE;
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  return person != NULL && check_company (call, stay, person, error) &&
         guitu_transaction_put (transaction, stay, error);
}

static gboolean
run_leave (GuituCall *call,
           GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);

  if (stay == NULL || !guitu_stay_close (call, transaction, stay, call->input, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_stay_to_json (stay));
  return TRUE;
}

static const GuituOption leave_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "leave_by", GUITU_OPTION_TEXT, FALSE, "how the person leaves (codes leave_by)" },
  { "left_at", GUITU_OPTION_TEXT, FALSE, "when (now)" },
  { "destination", GUITU_OPTION_TEXT, FALSE, "where to: region code or place" },
  { "received_by", GUITU_OPTION_TEXT, FALSE, "who receives the person" },
  { "ground", GUITU_OPTION_TEXT, FALSE, "reason, where one is needed" },
  { NULL },
};

const GuituVerb guitu_verb_stay_leave = {
  "stay leave", "Record that a person leaves", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, leave_options, NULL, run_leave
};
