/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a key stroke in the search costs among very many invented people, each kind of key stroke
 * apart, and what the index costs in bytes and at each registration. What is typed is taken from
 * people drawn at random. Baselines: LIKE and the trigram index of SQLite, and those of PostgreSQL
 * where a database is named, on the same people, by a text that has name, pinyin, initials and
 * numbers; they are asked a few times only, as they may take seconds each. Times of finding are told
 * twice: as they were, and of the processor alone, which is what counts where other programs run.
 * “Cold” is a new connection with nothing in SQLite's cache; what the system has read of the file
 * stays in memory. */

#include "app/ctl/bench-typed.h"
#include "app/ctl/bench.h"
#include "app/folder.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "db/search-bench.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define PEOPLE 1000000
#define BATCH 50000
#define QUERIES 300
#define ROUNDS 5              /* the best of them counts: warm, and not held up by other programs */
#define SLOW_QUERIES 5        /* that the baselines are asked */
#define SLOWER_PEOPLE 2000000 /* with more they are asked SLOWER_QUERIES */
#define SLOWER_QUERIES 3
#define GROWTH 12000 /* persons who are registered after the index was built: it has segments of all sizes then */
#define CHANGES 1000
#define COLD_QUERIES 20

/* --- Measuring ----------------------------------------------------------------------------------- */

typedef int (*Find) (GuituSearchBench *bench, const char *typed, GError **error);

/** What something took, in milliseconds. */
typedef struct
{
  double wall;
  double processor; /* of this thread alone */
} Took;

static Took
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (Took){ .wall = (double) g_get_monotonic_time () / 1000, .processor = time.tv_sec * 1e3 + time.tv_nsec / 1e6 };
}

static Took
since (Took start)
{
  Took end = now ();

  return (Took){ .wall = end.wall - start.wall, .processor = end.processor - start.processor };
}

static gboolean
time_find (GuituSearchBench *bench,
           Find find,
           const char *typed,
           Took *took,
           guint *found,
           GError **error)
{
  Took start = now ();
  int count = find (bench, typed, error);

  *took = since (start);
  *found += MAX (count, 0);
  return count >= 0;
}

static gboolean
report_baseline (GuituSearchBench *bench,
                 Find find,
                 const char *kind,
                 const char *baseline,
                 char **typed,
                 guint n_typed,
                 double ours,
                 GError **error)
{
  g_autofree char *name = g_strdup_printf ("find-%s-p50-to-%s", kind, baseline);
  g_autofree char *none = g_strdup_printf ("find-%s-%s-finds-nobody", kind, baseline);
  double times[SLOW_QUERIES];
  guint found = 0;

  for (guint i = 0; i < n_typed; i++)
    {
      Took took;

      if (!time_find (bench, find, typed[i], &took, &found, error))
        return FALSE;
      times[i] = took.wall;
    }
  if (found > 0)
    bench_report (name, ours, "ms", bench_median (times, n_typed));
  else
    bench_report (none, bench_median (times, n_typed), "ms", 0);
  return TRUE;
}

static gboolean
report_baselines (GuituSearchBench *bench,
                  gint64 people,
                  guint kind,
                  char **typed,
                  double ours,
                  GError **error)
{
  static const struct
  {
    const char *name;
    Find find;
  } baselines[] = { { "like", guitu_search_bench_like }, { "trigram", guitu_search_bench_trigram }, { "pg-trgm", guitu_search_bench_postgres } };
  guint n_baselines = !bench_typed_kind (kind)->is_for_baselines || bench_option_text ("kind") != NULL ? 0 : bench_option_text ("postgres") == NULL ? 2
                                                                                                                                                    : 3;
  guint n_typed = people > SLOWER_PEOPLE ? SLOWER_QUERIES : SLOW_QUERIES;

  for (guint i = 0; i < n_baselines; i++)
    if (!report_baseline (bench, baselines[i].find, bench_typed_kind (kind)->name, baselines[i].name, typed, n_typed, ours, error))
      return FALSE;
  return TRUE;
}

static void
report_kind (const char *kind,
             double *walls,
             double *processors,
             Took *worst)
{
  g_autofree char *p50 = g_strdup_printf ("find-%s-p50", kind);
  g_autofree char *p99 = g_strdup_printf ("find-%s-p99", kind);
  g_autofree char *processor = g_strdup_printf ("find-%s-p99-processor", kind);

  worst->wall = MAX (worst->wall, bench_percentile (walls, QUERIES, 99));
  worst->processor = MAX (worst->processor, bench_percentile (processors, QUERIES, 99));
  bench_report (p99, bench_percentile (walls, QUERIES, 99), "ms", 0);
  bench_report (processor, bench_percentile (processors, QUERIES, 99), "ms", 0);
  bench_report (p50, bench_median (walls, QUERIES), "ms", 0);
}

static gboolean
measure_kind (GuituSearchBench *bench,
              gint64 people,
              guint kind,
              Took *worst,
              GError **error)
{
  char *typed[QUERIES + 1];
  double walls[QUERIES];
  double processors[QUERIES];
  guint found = 0;
  gboolean is_good = TRUE;

  bench_typed_draw (bench, people, kind, kind, typed, QUERIES);
  for (guint round = 0; round < ROUNDS && is_good; round++)
    for (guint i = 0; i < QUERIES && is_good; i++)
      {
        Took took;

        is_good = time_find (bench, guitu_search_bench_find, typed[i], &took, &found, error);
        walls[i] = round == 0 ? took.wall : MIN (walls[i], took.wall);
        processors[i] = round == 0 ? took.processor : MIN (processors[i], took.processor);
      }
  if (is_good)
    {
      report_kind (bench_typed_kind (kind)->name, walls, processors, worst);
      is_good = report_baselines (bench, people, kind, typed, bench_median (walls, QUERIES), error);
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
      guint found = 0;
      guint n_kinds = 0;
      Took took;

      if (bench == NULL)
        return FALSE;
      for (guint kind = 0; bench_typed_kind (kind) != NULL; kind++)
        n_kinds = kind + 1;
      bench_typed_draw (bench, people, i % n_kinds, i, &typed, 1);
      if (!time_find (bench, guitu_search_bench_find, typed, &took, &found, error))
        return FALSE;
      worst = MAX (worst, took.wall);
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

static double
peak_mib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
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

/** Writes as many people as are missing. */
static gboolean
fill (GuituSearchBench *bench,
      GuituDemo *demo,
      gint64 people,
      GError **error)
{
  gint64 count = guitu_search_bench_count (bench, error);
  Took start = now ();

  if (count < 0 || count >= people)
    return count >= 0;
  if (!guitu_search_bench_begin_fill (bench, error))
    return FALSE;
  for (; count < people; count++)
    {
      if ((count % BATCH == 0 && !guitu_search_bench_begin (bench, error)) || !add_person (bench, demo, FALSE, error) ||
          (((count + 1) % BATCH == 0 || count + 1 == people) && !guitu_search_bench_commit (bench, error)))
        return FALSE;
    }
  if (!guitu_search_bench_end_fill (bench, error))
    return FALSE;
  bench_report ("people-written-processor", since (start).processor / 1000, "s", 0);
  return TRUE;
}

static gboolean
build (GuituSearchBench *bench,
       GError **error)
{
  Took start = now ();
  Took took;
  gint64 people, lists;

  if (!guitu_search_bench_build (bench, bench_option_flag ("grown"), error))
    return FALSE;
  took = since (start);
  bench_report ("index-build", took.wall / 1000, "s", 0);
  bench_report ("index-build-processor", took.processor / 1000, "s", 0);
  people = guitu_search_bench_count (bench, error);
  lists = people < 0 ? -1 : guitu_search_bench_bytes (bench, "person_search_list", error);
  if (lists < 0)
    return FALSE;
  bench_report ("index-segments", guitu_search_bench_segments (bench, error), "segments", 0);
  bench_report ("index-bytes", (double) lists / people, "bytes/person", 0);
  bench_report ("memory-after-build", resident_mib (), "MiB", 0);
  bench_report ("memory-peak-of-build", peak_mib (), "MiB", 0);
  return TRUE;
}

/** Persons who are registered after the index was built, in few transactions: what the index costs beside the disk, with all joining of segments. */
static gboolean
grow (GuituSearchBench *bench,
      GuituDemo *demo,
      GError **error)
{
  double costs[2] = { 0, 0 };

  for (guint indexed = 0; indexed < 2; indexed++)
    {
      Took start = now ();

      if (!guitu_search_bench_begin (bench, error))
        return FALSE;
      for (guint i = 0; i < GROWTH; i++)
        if (!add_person (bench, demo, indexed == 1, error))
          return FALSE;
      for (guint i = 0; i < GROWTH && indexed == 0; i++)
        if (!guitu_search_bench_remove_newest (bench, error))
          return FALSE;
      if (!guitu_search_bench_commit (bench, error))
        return FALSE;
      costs[indexed] = since (start).processor / GROWTH;
    }
  bench_report ("register-index-processor-mean", costs[1] - costs[0], "ms", 0);
  return TRUE;
}

/** Persons registered one by one, on disk each: what that takes with the index, beside the same without, who are removed again. */
static gboolean
measure_registering (GuituSearchBench *bench,
                     GuituDemo *demo,
                     double *without,
                     GError **error)
{
  double times[2][CHANGES];
  double processors[2] = { 0, 0 };
  double median;

  for (guint i = 0; i < 2 * CHANGES; i++)
    {
      guint indexed = i % 2;
      Took start = now ();
      Took took;

      if (!guitu_search_bench_begin (bench, error) || !add_person (bench, demo, indexed == 1, error) || !guitu_search_bench_commit (bench, error))
        return FALSE;
      took = since (start);
      times[indexed][i / 2] = took.wall;
      processors[indexed] += took.processor / CHANGES;
      if (indexed == 0 && !guitu_search_bench_remove_newest (bench, error))
        return FALSE;
    }
  *without = bench_median (times[0], CHANGES);
  median = bench_median (times[1], CHANGES);
  bench_report ("register-indexed-p50", median, "ms", *without);
  bench_report ("register-index-cost-p50", median - *without, "ms", 0);
  bench_report ("register-index-cost-processor-mean", processors[1] - processors[0], "ms", 0);
  bench_report ("register-indexed-p99", bench_percentile (times[1], CHANGES, 99), "ms", bench_percentile (times[0], CHANGES, 99));
  return TRUE;
}

static gboolean
measure_renaming (GuituSearchBench *bench,
                  gint64 people,
                  double without,
                  GError **error)
{
  double edits[CHANGES];

  for (guint i = 0; i < CHANGES; i++)
    {
      Took start = now ();

      if (!guitu_search_bench_begin (bench, error) ||
          !guitu_search_bench_rename (bench, 1 + people / CHANGES * i, i % 2 == 0 ? "欧阳娜娜" : "王改名", error) ||
          !guitu_search_bench_commit (bench, error))
        return FALSE;
      edits[i] = since (start).wall;
    }
  bench_report ("rename-indexed-p50", bench_median (edits, CHANGES), "ms", without);
  bench_report ("rename-indexed-p99", bench_percentile (edits, CHANGES, 99), "ms", 0);
  return TRUE;
}

/** The whole transaction that registers a person, in a store of its own: with record, ledger, signature and index. */
static gboolean
measure_store (GuituDemo *demo,
               GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GuituStation) station = bench_open_store (BENCH_STATION, &folder, error);
  g_autoptr (GuituStore) store = station == NULL ? NULL : guitu_store_open (folder, error);
  double times[CHANGES];
  gboolean is_good = store != NULL;

  for (guint i = 0; i < CHANGES && is_good; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
      g_autoptr (JsonObject) json = guitu_demo_person (demo);
      g_autoptr (GuituTransaction) transaction = NULL;
      Took start;

      is_good = guitu_record_take_json (person, json, error);
      start = now ();
      transaction = is_good ? guitu_store_write (store, NULL, "bench", error) : NULL;
      is_good = transaction != NULL && guitu_transaction_put (transaction, person, error) && guitu_transaction_commit (transaction, error);
      times[i] = since (start).wall;
    }
  if (is_good)
    bench_report ("register-in-store-p50", bench_median (times, CHANGES), "ms", 0);
  guitu_folder_remove (folder);
  return is_good;
}

static gboolean
measure_baseline_bytes (GuituSearchBench *bench,
                        GError **error)
{
  gint64 people = guitu_search_bench_count (bench, error);
  gint64 trigram = people < 0 ? -1 : guitu_search_bench_bytes (bench, "baseline_trigram", error);
  gint64 postgres = bench_option_text ("postgres") == NULL ? 0 : guitu_search_bench_postgres_bytes (bench, error);

  if (trigram < 0 || postgres < 0)
    return FALSE;
  bench_report ("trigram-bytes", (double) trigram / people, "bytes/person", 0);
  if (postgres > 0)
    bench_report ("pg-trgm-bytes", (double) postgres / people, "bytes/person", 0);
  return TRUE;
}

static gboolean
build_baselines (GuituSearchBench *bench,
                 GError **error)
{
  const char *url = bench_option_text ("postgres");

  return guitu_search_bench_build_baselines (bench, error) &&
         (url == NULL || guitu_search_bench_fill_postgres (bench, url, error)) &&
         measure_baseline_bytes (bench, error);
}

static gboolean
measure_find (GuituSearchBench *bench,
              gint64 people,
              GError **error)
{
  const char *only = bench_option_text ("kind");
  Took worst = { 0 };

  if (!guitu_search_bench_begin (bench, error))
    return FALSE;
  for (guint i = 0; bench_typed_kind (i) != NULL; i++)
    if ((only == NULL || strcmp (only, bench_typed_kind (i)->name) == 0) && !measure_kind (bench, people, i, &worst, error))
      return FALSE;
  bench_report ("find-worst-kind-p99", worst.wall, "ms", 0);
  bench_report ("find-worst-kind-p99-processor", worst.processor, "ms", 0);
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
  double without = 0;

  if (bench == NULL || !fill (bench, demo, people, error))
    return FALSE;
  if (bench_option_text ("kind") != NULL)
    return measure_find (bench, people, error);
  if (!build (bench, error) || !grow (bench, demo, error) || !measure_registering (bench, demo, &without, error) ||
      !measure_renaming (bench, people, without, error) || !measure_store (demo, error))
    return FALSE;
  g_clear_pointer (&bench, guitu_search_bench_free);
  if (!measure_cold (path, people, error))
    return FALSE;
  bench = guitu_search_bench_new (path, error);
  g_clear_pointer (&demo, guitu_demo_free);
  if (bench == NULL || !build_baselines (bench, error) || !measure_find (bench, people, error))
    return FALSE;
  bench_report ("memory", resident_mib (), "MiB", 0);
  bench_report ("memory-peak", peak_mib (), "MiB", 0);
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
    guitu_folder_remove (folder);
  return is_good;
}
