/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a key stroke in the search costs among very many invented people, each kind of key stroke
 * apart, and what the index costs in bytes and at each registration. What is typed is taken from
 * people drawn at random. Baselines: LIKE and the trigram index of SQLite, and those of PostgreSQL
 * where a database is named, on the same people, by a text that has name, pinyin, initials and
 * numbers; with more than two million people they are left out. “Cold” is a new connection with nothing in SQLite's cache; what the system has read of the
 * file stays in memory. */

#include "app/ctl/bench-typed.h"
#include "app/ctl/bench.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "db/search-bench.h"

#include <string.h>
#include <sys/resource.h>

#define PEOPLE 1000000
#define BATCH 50000
#define QUERIES 300
#define ROUNDS 4                /* the best of them counts: warm, and not held up by other programs */
#define BASELINE_PEOPLE 2000000 /* with more the baselines take longer than all the rest */
#define SLOW_QUERIES 5
#define CHANGES 1000
#define COLD_QUERIES 20

/* --- Measuring ----------------------------------------------------------------------------------- */

typedef int (*Find) (GuituSearchBench *bench, const char *typed, GError **error);

static gboolean
time_find (GuituSearchBench *bench,
           Find find,
           const char *typed,
           double *milliseconds,
           GError **error)
{
  gint64 start = g_get_monotonic_time ();

  if (find (bench, typed, error) < 0)
    return FALSE;
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return TRUE;
}

static gboolean
measure_baseline (GuituSearchBench *bench,
                  Find find,
                  char **typed,
                  double *median,
                  GError **error)
{
  double times[SLOW_QUERIES];

  for (guint i = 0; i < SLOW_QUERIES; i++)
    if (!time_find (bench, find, typed[i], &times[i], error))
      return FALSE;
  *median = bench_median (times, SLOW_QUERIES);
  return TRUE;
}

static gboolean
measure_kind (GuituSearchBench *bench,
              gint64 people,
              guint kind,
              double *worst,
              GError **error)
{
  static const struct
  {
    const char *name;
    Find find;
  } baselines[] = { { "like", guitu_search_bench_like }, { "trigram", guitu_search_bench_trigram }, { "pg-trgm", guitu_search_bench_postgres } };
  const guint n_baselines = people > BASELINE_PEOPLE ? 0 : bench_option_text ("postgres") == NULL ? 2
                                                                                                  : 3;
  char *typed[QUERIES + 1];
  double times[QUERIES];
  double median;
  gboolean is_good = TRUE;

  bench_typed_draw (bench, people, kind, kind, typed, QUERIES);
  for (guint round = 0; round < ROUNDS && is_good; round++)
    for (guint i = 0; i < QUERIES && is_good; i++)
      {
        double time = 0;

        is_good = time_find (bench, guitu_search_bench_find, typed[i], &time, error);
        times[i] = round == 0 ? time : MIN (times[i], time);
      }
  if (is_good)
    {
      g_autofree char *p50 = g_strdup_printf ("find-%s-p50", bench_typed_kind (kind)->name);
      g_autofree char *p99 = g_strdup_printf ("find-%s-p99", bench_typed_kind (kind)->name);

      *worst = MAX (*worst, bench_percentile (times, QUERIES, 99));
      median = bench_median (times, QUERIES);
      bench_report (p99, bench_percentile (times, QUERIES, 99), "ms", 0);
      bench_report (p50, median, "ms", 0);
    }
  for (guint i = 0; i < n_baselines && is_good && bench_typed_kind (kind)->is_for_baselines; i++)
    {
      g_autofree char *name = g_strdup_printf ("find-%s-p50-to-%s", bench_typed_kind (kind)->name, baselines[i].name);
      double theirs = 0;

      is_good = measure_baseline (bench, baselines[i].find, typed, &theirs, error);
      if (is_good)
        bench_report (name, median, "ms", theirs);
    }
  for (guint i = 0; i < QUERIES; i++)
    g_free (typed[i]);
  return is_good;
}

/** Each query with a connection of its own. */
static gboolean
measure_cold (const char *path,
              gint64 people,
              GError **error)
{
  double worst = 0;

  for (guint i = 0; i < COLD_QUERIES; i++)
    {
      g_autoptr (GuituSearchBench) bench = guitu_search_bench_new (path, error);
      g_autofree char *typed = NULL;
      double time = 0;

      if (bench == NULL)
        return FALSE;
      bench_typed_draw (bench, people, i, i, &typed, 1);
      if (!time_find (bench, guitu_search_bench_find, typed, &time, error))
        return FALSE;
      worst = MAX (worst, time);
    }
  bench_report ("find-cold-worst", worst, "ms", 0);
  return TRUE;
}

static double
resident_mib (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmRSS:");
  return line == NULL ? 0 : g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

/* --- People -------------------------------------------------------------------------------------- */

static gboolean
add_person (GuituSearchBench *bench,
            GuituDemo *demo,
            gboolean is_indexed,
            GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (JsonObject) json = guitu_demo_person (demo);

  return guitu_record_take_json (person, json, error) && guitu_search_bench_add (bench, person, is_indexed, error);
}

static gboolean
fill (GuituSearchBench *bench,
      GuituDemo *demo,
      gint64 people,
      GError **error)
{
  for (gint64 i = 0; i < people; i++)
    {
      if ((i % BATCH == 0 && !guitu_search_bench_begin (bench, error)) || !add_person (bench, demo, FALSE, error) ||
          ((i + 1) % BATCH == 0 && !guitu_search_bench_commit (bench, error)))
        return FALSE;
    }
  return people % BATCH == 0 || guitu_search_bench_commit (bench, error);
}

static gboolean
build (GuituSearchBench *bench,
       gint64 people,
       GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gint64 lists, tokens;

  if (!guitu_search_bench_build (bench, error))
    return FALSE;
  bench_report ("index-build", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, "s", 0);
  lists = guitu_search_bench_bytes (bench, "person_search_list", error);
  tokens = guitu_search_bench_bytes (bench, "person_search_data", error);
  if (lists < 0 || tokens < 0)
    return FALSE;
  bench_report ("index-bytes", (double) lists / people, "bytes/person", 0);
  bench_report ("index-bytes-linkage", (double) tokens / people, "bytes/person", 0);
  bench_report ("memory-after-build", resident_mib (), "MiB", 0);
  return TRUE;
}

/** Persons registered and changed one by one: what that takes with the index, beside what it takes without. */
static gboolean
measure_changes (GuituSearchBench *bench,
                 GuituDemo *demo,
                 gint64 people,
                 GError **error)
{
  double times[2][CHANGES];
  double edits[CHANGES];
  double sums[2] = { 0, 0 };

  for (guint i = 0; i < CHANGES; i++)
    {
      for (guint indexed = 0; indexed < 2; indexed++)
        {
          gint64 start = g_get_monotonic_time ();

          if (!guitu_search_bench_begin (bench, error) || !add_person (bench, demo, indexed == 1, error) ||
              !guitu_search_bench_commit (bench, error))
            return FALSE;
          times[indexed][i] = (double) (g_get_monotonic_time () - start) / 1000;
          sums[indexed] += times[indexed][i] / CHANGES;
        }
    }
  for (guint i = 0; i < CHANGES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!guitu_search_bench_begin (bench, error) ||
          !guitu_search_bench_rename (bench, 1 + people / CHANGES * i, i % 2 == 0 ? "欧阳娜娜" : "王改名", error) ||
          !guitu_search_bench_commit (bench, error))
        return FALSE;
      edits[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  bench_report ("register-indexed-mean", sums[1], "ms", sums[0]);
  bench_report ("register-index-cost-mean", sums[1] - sums[0], "ms", 0);
  bench_report ("register-indexed-p99", bench_percentile (times[1], CHANGES, 99), "ms", bench_percentile (times[0], CHANGES, 99));
  bench_report ("rename-indexed-p50", bench_median (edits, CHANGES), "ms", bench_median (times[0], CHANGES));
  bench_report ("rename-indexed-p99", bench_percentile (edits, CHANGES, 99), "ms", 0);
  return TRUE;
}

static gboolean
measure_find (GuituSearchBench *bench,
              gint64 people,
              GError **error)
{
  const char *only = bench_option_text ("kind");
  double worst = 0;

  if (!guitu_search_bench_begin (bench, error))
    return FALSE;
  for (guint i = 0; bench_typed_kind (i) != NULL; i++)
    if ((only == NULL || strcmp (only, bench_typed_kind (i)->name) == 0) && !measure_kind (bench, people, i, &worst, error))
      return FALSE;
  bench_report ("find-worst-kind-p99", worst, "ms", 0);
  return guitu_search_bench_commit (bench, error);
}

static gboolean
measure_all (const char *path,
             gint64 people,
             GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, today);
  g_autoptr (GuituSearchBench) bench = guitu_search_bench_new (path, error);
  const char *url = bench_option_text ("postgres");
  struct rusage usage;

  if (bench != NULL && bench_option_text ("kind") != NULL)
    return measure_find (bench, people, error);
  if (bench == NULL || !fill (bench, demo, people, error) || !build (bench, people, error) ||
      !measure_changes (bench, demo, people, error))
    return FALSE;
  g_clear_pointer (&bench, guitu_search_bench_free);
  if (!measure_cold (path, people, error))
    return FALSE;
  bench = guitu_search_bench_new (path, error);
  if (bench == NULL)
    return FALSE;
  if (people <= BASELINE_PEOPLE && (!guitu_search_bench_build_baselines (bench, error) ||
                                    (url != NULL && !guitu_search_bench_fill_postgres (bench, url, error))))
    return FALSE;
  g_clear_pointer (&demo, guitu_demo_free);
  if (!measure_find (bench, people, error))
    return FALSE;
  bench_report ("memory", resident_mib (), "MiB", 0);
  getrusage (RUSAGE_SELF, &usage);
  bench_report ("memory-peak", (double) usage.ru_maxrss / 1024, "MiB", 0);
  return TRUE;
}

gboolean
bench_search (GError **error)
{
  const char *kept = bench_option_text ("folder");
  g_autofree char *folder = kept != NULL ? g_strdup (kept) : g_build_filename (g_get_user_cache_dir (), "guitu-bench-XXXXXX", NULL);
  g_autofree char *path = NULL;
  gboolean is_good;

  g_mkdir_with_parents (kept != NULL ? kept : g_get_user_cache_dir (), 0700);
  if (kept == NULL && g_mkdtemp (folder) == NULL)
    return guitu_fail (error, GUITU_ERROR_STORAGE, "unwritable", NULL, "The folder %s can't be made", folder);
  path = g_build_filename (folder, "people.db", NULL);
  is_good = measure_all (path, MAX (1000, bench_option_integer ("people", PEOPLE)), error);
  if (kept == NULL)
    bench_remove_folder (folder);
  return is_good;
}
