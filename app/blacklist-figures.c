/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures of the list beside those of all stays, to see whether it falls on some more than on others. Of the
 * entries of other stations only what they share is counted, and of those that ended nothing is left to count. */

#include "app/blacklist.h"

#include "app/links.h"
#include "app/verbs.h"
#include "app/visits.h"

#include <string.h>

#define YEAR_BACK 365

/* What people are counted by. */
typedef struct
{
  const char *sex;
  const char *age;
  const char *disability;
} Traits;

static void
count (JsonObject *counts,
       const char *of)
{
  json_object_set_int_member (counts, of, json_object_get_int_member_with_default (counts, of, 0) + 1);
}

static JsonObject *
part (JsonObject *json,
      const char *name)
{
  if (!json_object_has_member (json, name))
    json_object_set_object_member (json, name, json_object_new ());
  return json_object_get_object_member (json, name);
}

static const char *
age_band (int age)
{
  static const struct
  {
    int below;
    const char *name;
  } bands[] = { { 18, "0-17" }, { 30, "18-29" }, { 45, "30-44" }, { 60, "45-59" }, { 70, "60-69" } };

  for (guint i = 0; i < G_N_ELEMENTS (bands); i++)
    if (age < bands[i].below)
      return bands[i].name;
  return "70+";
}

static const char *
disability_of (const GuituRecord *person)
{
  static const char *const disabilities[] = { "physical", "visual", "hearing", "speech", "mental", "intellectual", "dementia", NULL };
  const char *health = guitu_record_text (person, GUITU_PERSON_HEALTH);

  if (health == NULL || strcmp (health, "unknown") == 0)
    return "unknown";
  return g_strv_contains (disabilities, health) ? "yes" : "no";
}

static Traits
traits_of (const GuituRecord *person,
           const char *day)
{
  int least, greatest;

  return (Traits){
    guitu_record_is_set (person, GUITU_PERSON_SEX) ? guitu_record_text (person, GUITU_PERSON_SEX) : "0",
    guitu_person_age (person, day, &least, &greatest) ? age_band ((least + greatest) / 2) : "unknown",
    disability_of (person),
  };
}

static void
count_traits (JsonObject *json,
              Traits traits)
{
  count (part (json, "by_sex"), traits.sex);
  count (part (json, "by_age"), traits.age);
  count (part (json, "by_disability"), traits.disability);
}

/* --- Own entries, all that were ever in force ----------------------------------------------------- */

static gboolean
count_entries (JsonObject *json,
               GuituTransaction *transaction,
               const char *since,
               const char *today,
               GError **error)
{
  g_autoptr (GPtrArray) entries = guitu_records_find (transaction, &guitu_kind_blacklist, &(GuituQuery){ 0 }, error);
  guint total = 0;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *from = guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_FROM);
      g_autoptr (GuituRecord) person = NULL;

      if (from == NULL || strcmp (from, since) < 0)
        continue;
      person = guitu_person_effective (transaction, guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_PERSON), error);
      if (person == NULL)
        return FALSE;
      total++;
      count_traits (json, traits_of (person, from));
      count (part (json, "by_category"), guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_CATEGORY));
      count (part (json, "by_state"), guitu_list_state (guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_STATE), guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_UNTIL), today));
      if (guitu_record_is_set (entries->pdata[i], GUITU_BLACKLIST_OBJECTED_AT))
        count (part (json, "objections"), guitu_record_is_set (entries->pdata[i], GUITU_BLACKLIST_OUTCOME) ? guitu_record_text (entries->pdata[i], GUITU_BLACKLIST_OUTCOME) : "open");
    }
  json_object_set_int_member (json, "total", total);
  return entries != NULL;
}

/* --- What every station shares -------------------------------------------------------------------- */

/* Figures tell stations by code; this says who they are. */
static gboolean
name_station (JsonObject *names,
              GuituTransaction *transaction,
              const char *code,
              GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();

  if (json_object_has_member (names, code))
    return TRUE;
  if (!guitu_station_name_add (json, transaction, code, error))
    return FALSE;
  json_object_set_string_member (names, code, json_object_get_string_member (json, "station_name"));
  return TRUE;
}

static gboolean
count_listings (JsonObject *json,
                GuituTransaction *transaction,
                const char *today,
                GError **error)
{
  g_autoptr (GPtrArray) listings = guitu_records_find (transaction, &guitu_kind_listing, &(GuituQuery){ .without_bytes = TRUE }, error);
  guint total = 0;

  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      const GuituRecord *listing = listings->pdata[i];
      const char *state = guitu_list_state (guitu_record_text (listing, GUITU_LISTING_STATE), guitu_record_text (listing, GUITU_LISTING_UNTIL), today);
      const char *birth = guitu_record_text (listing, GUITU_LISTING_BIRTH_FROM);

      if (state == NULL || !guitu_record_is_set (listing, GUITU_LISTING_STATION) || !guitu_record_is_set (listing, GUITU_LISTING_CATEGORY))
        continue;
      total++;
      count (part (json, "by_state"), state);
      count (part (json, "by_station"), guitu_record_text (listing, GUITU_LISTING_STATION));
      if (!name_station (part (json, "station_names"), transaction, guitu_record_text (listing, GUITU_LISTING_STATION), error))
        return FALSE;
      count (part (json, "by_category"), guitu_record_text (listing, GUITU_LISTING_CATEGORY));
      if (strcmp (state, "active") != 0)
        continue;
      count (part (json, "by_sex"), guitu_record_is_set (listing, GUITU_LISTING_SEX) ? guitu_record_text (listing, GUITU_LISTING_SEX) : "0");
      count (part (json, "by_age"), birth == NULL ? "unknown" : age_band (guitu_date_difference (birth, today) * 4 / 1461));
    }
  json_object_set_int_member (json, "total", total);
  return listings != NULL;
}

/* --- All who stayed here --------------------------------------------------------------------------- */

static gboolean
count_stays (JsonObject *json,
             GuituTransaction *transaction,
             const char *since,
             GError **error)
{
  const GuituQuery arrived = { .conditions = { { GUITU_STAY_ARRIVED_AT, GUITU_AT_LEAST, since } } };
  g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &arrived, error);
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      g_autoptr (GuituRecord) person = guitu_person_effective (transaction, guitu_record_text (stays->pdata[i], GUITU_STAY_PERSON), error);

      if (person == NULL)
        return FALSE;
      count_traits (json, traits_of (person, guitu_record_text (stays->pdata[i], GUITU_STAY_ARRIVED_AT)));
      g_hash_table_add (persons, g_strdup (guitu_record_id (person)));
    }
  if (stays == NULL)
    return FALSE;
  json_object_set_int_member (json, "total", stays->len);
  json_object_set_int_member (json, "persons", g_hash_table_size (persons));
  return TRUE;
}

static gboolean
run_figures (GuituCall *call,
             GError **error)
{
  const char *text = guitu_call_text (call, "since");
  g_autofree char *today = guitu_today ();
  g_autofree char *since = text == NULL ? guitu_date_add_days (today, -YEAR_BACK) : guitu_date_parse (text);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (JsonObject) json = json_object_new ();

  if (since == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "since", "“%s” is no possible date (YYYY-MM-DD)", text);
  transaction = guitu_call_read (call, error);
  json_object_set_string_member (json, "since", since);
  json_object_set_string_member (json, "until", today);
  if (transaction == NULL || !count_entries (part (json, "entries"), transaction, since, today, error) ||
      !count_listings (part (json, "listings"), transaction, today, error) || !count_stays (part (json, "stays"), transaction, since, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static const GuituOption figures_options[] = {
  { "since", GUITU_OPTION_TEXT, FALSE, "entries and stays that began on this day or later (a year ago)" },
  { NULL },
};

const GuituVerb guitu_verb_blacklist_figures = {
  "blacklist figures", "Count the entries by sex, age, disability, station and category, beside all stays", GUITU_VERB_PLAIN, figures_options, NULL, run_figures
};
