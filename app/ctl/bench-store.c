/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a durable registration costs, through the verbs that the window calls. The baseline: one row of
 * the same size in a bare SQLite table with the same durability. */

#include "app/ctl/bench.h"
#include "app/folder.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "db/bare.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define REGISTRATIONS 200
#define PASSWORD "bench-password"

static void
ignore (JsonObject *result,
        gpointer data)
{
}

/* Beside the user's own data, so that it lies on the same disk. */
GuituStation *
bench_open_store (const char *code,
                  char **folder,
                  GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (GuituStation) station = NULL;

  *folder = g_build_filename (g_get_user_cache_dir (), "guitu-bench-XXXXXX", NULL);
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  if (g_mkdtemp (*folder) == NULL)
    {
      guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", NULL, "The folder %s can't be made", *folder);
      return NULL;
    }
  station = guitu_station_new (*folder);
  json_object_set_string_member (input, "station", code);
  json_object_set_string_member (input, "name", "测试站");
  json_object_set_string_member (input, "admin", "bench");
  json_object_set_string_member (input, "password", PASSWORD);
  if (!guitu_station_run (station, "init", input, ignore, NULL, error) ||
      !guitu_station_log_in (station, "bench", PASSWORD, error))
    return NULL;
  return g_steal_pointer (&station);
}

static JsonObject *
arrival (GuituDemo *demo)
{
  JsonObject *input = json_object_new ();

  json_object_set_object_member (input, "person", guitu_demo_person (demo));
  json_object_set_string_member (input, "came_by", "police");
  json_object_set_boolean_member (input, "looked", TRUE);
  return input;
}

/* A person and a stay as the verb would have made them. */
static gboolean
make_records (GuituDemo *demo,
              GuituRecord *person,
              GuituRecord *stay,
              GError **error)
{
  g_autoptr (JsonObject) json = guitu_demo_person (demo);
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "police");
  guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, now);
  return guitu_record_take_json (person, json, error) && guitu_person_check (person, error);
}

/* Person, stay, entry and search index, on disk. */
static gboolean
register_once (GuituStore *store,
               GuituDemo *demo,
               double *milliseconds,
               GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autoptr (GuituTransaction) transaction = NULL;
  gint64 start;

  if (!make_records (demo, person, stay, error))
    return FALSE;
  start = g_get_monotonic_time ();
  transaction = guitu_store_write (store, NULL, "bench", error);
  if (transaction == NULL || !guitu_stay_give_number (transaction, stay, error) ||
      !guitu_transaction_put (transaction, person, error) ||
      !guitu_transaction_put (transaction, stay, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return TRUE;
}

/* The whole verb: JSON in, rules, the above, JSON out. */
static gboolean
arrive_once (GuituStation *station,
             GuituDemo *demo,
             double *milliseconds,
             GError **error)
{
  g_autoptr (JsonObject) input = arrival (demo);
  gint64 start = g_get_monotonic_time ();

  if (!guitu_station_run (station, "stay arrive", input, ignore, NULL, error))
    return FALSE;
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return TRUE;
}

static gboolean
measure_registration (GuituStation *station,
                      const char *folder,
                      GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *bare_path = g_build_filename (folder, "bare.db", NULL);
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, today);
  g_autoptr (GuituBareTable) bare = guitu_bare_table_new (bare_path, error);
  g_autoptr (GuituStore) store = bare == NULL ? NULL : guitu_store_open (folder, error);
  double written[REGISTRATIONS];
  double arrived[REGISTRATIONS];
  double theirs[REGISTRATIONS];

  if (store == NULL)
    return FALSE;
  for (int i = -5; i < REGISTRATIONS; i++)
    {
      gint64 start;

      if (!register_once (store, demo, &written[MAX (i, 0)], error) ||
          !arrive_once (station, demo, &arrived[MAX (i, 0)], error))
        return FALSE;
      start = g_get_monotonic_time ();
      if (!guitu_bare_table_insert (bare, error))
        return FALSE;
      theirs[MAX (i, 0)] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  bench_report ("register", bench_median (written, REGISTRATIONS), "ms", bench_median (theirs, REGISTRATIONS));
  bench_report ("stay-arrive", bench_median (arrived, REGISTRATIONS), "ms", bench_median (theirs, REGISTRATIONS));
  return TRUE;
}

gboolean
bench_store (GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GuituStation) station = bench_open_store (BENCH_STATION, &folder, error);
  gboolean good = station != NULL && measure_registration (station, folder, error);

  g_clear_object (&station);
  guitu_folder_remove (folder);
  return good;
}
