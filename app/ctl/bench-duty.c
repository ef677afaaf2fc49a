/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the duty list and the board cost in a full house with a long history behind it, for a clerk, from
 * whom protected people are kept. The baseline: reading the open stays and their persons, and nothing else. */

#include "app/ctl/bench.h"
#include "app/ctl/full-house.h"
#include "app/folder.h"

#include "app/call.h"

#define ROUNDS 20
#define PASSWORD "bench-password"

static void
ignore (JsonObject *result,
        gpointer data)
{
}

/* The open stays and their persons, read and let go. */
static gboolean
read_plainly (GuituStore *store,
              double *milliseconds,
              GError **error)
{
  const GuituQuery is_open = { .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } } };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GPtrArray) stays = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_stay, &is_open, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, guitu_record_text (stays->pdata[i], GUITU_STAY_PERSON), error);

      if (person == NULL)
        return FALSE;
    }
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return stays != NULL;
}

static gboolean
measure (GuituStation *station,
         GuituStore *store,
         const char *verb,
         GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();
  double times[ROUNDS];
  double plain[ROUNDS];

  for (int i = -2; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!guitu_station_run (station, verb, input, ignore, NULL, error))
        return FALSE;
      times[MAX (i, 0)] = (double) (g_get_monotonic_time () - start) / 1000;
      if (!read_plainly (store, &plain[MAX (i, 0)], error))
        return FALSE;
    }
  bench_report (verb, bench_median (times, ROUNDS), "ms", bench_median (plain, ROUNDS));
  return TRUE;
}

static gboolean
log_in_clerk (GuituStation *station,
              GError **error)
{
  g_autoptr (JsonObject) input = json_object_new ();

  json_object_set_string_member (input, "name", "clerk");
  json_object_set_string_member (input, "role", "intake");
  json_object_set_string_member (input, "password", PASSWORD);
  return guitu_station_run (station, "user add", input, ignore, NULL, error) &&
         guitu_station_log_in (station, "clerk", PASSWORD, error);
}

gboolean
bench_duty (GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GuituStation) station = bench_open_store (BENCH_STATION, &folder, error);
  g_autoptr (GuituStore) store = station == NULL ? NULL : guitu_store_open (folder, error);
  gboolean good = store != NULL && bench_fill_house (store, error) && log_in_clerk (station, error) && measure (station, store, "tasks", error) &&
                  measure (station, store, "stay board", error);

  g_clear_pointer (&store, guitu_store_close);
  g_clear_object (&station);
  guitu_folder_remove (folder);
  return good;
}
