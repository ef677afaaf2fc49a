/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The match among a million people ($GUITU_BENCH_PEOPLE): how fast two records are compared, what a question costs, what
 * the index costs on disk and with each registration, and how often the right one is found. The baseline of a question
 * is the search for the same name as it would be typed. */

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/ctl/bench.h"
#include "app/folder.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "db/match-private.h"
#include "db/store-private.h"

#define N_PEOPLE 1000000
#define PER_ENTRY 500
#define N_QUESTIONS 200
#define N_COMPARED 2000
#define N_UPDATES 2000

typedef struct
{
  GuituStation *station;
  GuituStore *store;
  GPtrArray *asked; /* JsonObject: people who are there, drawn again */
  guint n_people;
} Bench;

static void
keep (JsonObject *result,
      gpointer data)
{
  JsonObject **kept = data;

  g_clear_pointer (kept, json_object_unref);
  *kept = json_object_ref (result);
}

static gboolean
fill (Bench *bench,
      GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, today);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (bench->store, NULL, "bench", error);

  for (guint i = 0; transaction != NULL && i < bench->n_people; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
      g_autoptr (JsonObject) json = guitu_demo_person (demo);

      if (!guitu_record_take_json (person, json, error) || !guitu_person_check (person, error) || !guitu_transaction_put (transaction, person, error) ||
          (i % PER_ENTRY == 0 && !guitu_transaction_next_entry (transaction, error)))
        return FALSE;
      if (i % (bench->n_people / N_QUESTIONS + 1) == 0 && json_object_has_member (json, "name"))
        {
          json_object_set_string_member (json, "id", guitu_record_id (person));
          g_ptr_array_add (bench->asked, g_steal_pointer (&json));
        }
    }
  return transaction != NULL && guitu_transaction_commit (transaction, error);
}

/* What is said at the door: no number, an age that is a guess unless @ageless. Returns: (transfer full) */
static JsonObject *
say (JsonObject *person,
     gboolean ageless)
{
  static const char *const names[] = { "name", "sex", "household", "marks", "accent", NULL };
  JsonObject *said = json_object_new ();
  int year = atoi (json_object_get_string_member_with_default (person, "birth_from", "0"));

  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_has_member (person, names[i]))
      json_object_set_string_member (said, names[i], json_object_get_string_member (person, names[i]));
  if (!ageless && year > 0)
    {
      g_autofree char *from = g_strdup_printf ("%04d-01-01", year - 3);
      g_autofree char *to = g_strdup_printf ("%04d-12-31", MIN (year + 3, 2025));

      json_object_set_string_member (said, "birth_from", from);
      json_object_set_string_member (said, "birth_to", to);
    }
  return said;
}

static gboolean
is_among (JsonObject *result,
          const char *id)
{
  JsonArray *warnings = json_object_get_array_member (result, "warnings");

  for (guint i = 0; i < json_array_get_length (warnings); i++)
    if (g_strcmp0 (json_object_get_string_member_with_default (json_array_get_object_element (warnings, i), "id", NULL), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
search (const Bench *bench,
        const char *name,
        double *milliseconds,
        GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (bench->store, error);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) found = transaction == NULL ? NULL : guitu_persons_search (transaction, name, 50, error);

  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return found != NULL;
}

static gboolean
measure_questions (const Bench *bench,
                   const char *name,
                   gboolean ageless,
                   GError **error)
{
  g_autofree char *worst = g_strconcat (name, "-p99", NULL);
  g_autofree char *told = g_strconcat (name, "-found", NULL);
  guint n = bench->asked->len, found = 0;
  g_autofree double *times = g_new (double, n);
  g_autofree double *plain = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) said = say (bench->asked->pdata[i], ageless);
      g_autoptr (JsonObject) result = json_object_new ();
      gint64 start = g_get_monotonic_time ();

      if (!guitu_station_run (bench->station, "person check", said, keep, &result, error))
        return FALSE;
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
      found += is_among (result, json_object_get_string_member (bench->asked->pdata[i], "id"));
      if (!search (bench, json_object_get_string_member (said, "name"), &plain[i], error))
        return FALSE;
    }
  bench_report (name, bench_median (times, n), "ms", bench_median (plain, n));
  bench_report (worst, bench_percentile (times, n, 99), "ms", bench_percentile (plain, n, 99));
  bench_report (told, 100.0 * found / n, "%", 0);
  return TRUE;
}

static void
fill_side (JsonObject *json,
           GuituMatchSide *side)
{
  *side = (GuituMatchSide){
    .name = json_object_get_string_member_with_default (json, "name", NULL),
    .alias = json_object_get_string_member_with_default (json, "alias", NULL),
    .sex = json_object_get_string_member_with_default (json, "sex", NULL),
    .birth_from = json_object_get_string_member_with_default (json, "birth_from", NULL),
    .birth_to = json_object_get_string_member_with_default (json, "birth_to", NULL),
    .id_number = json_object_get_string_member_with_default (json, "id_number", NULL),
    .phone = json_object_get_string_member_with_default (json, "phone", NULL),
    .household = json_object_get_string_member_with_default (json, "household", NULL),
    .address = json_object_get_string_member_with_default (json, "address", NULL),
    .accent = json_object_get_string_member_with_default (json, "accent", NULL),
    .marks = json_object_get_string_member_with_default (json, "marks", NULL),
    .kin = json_object_get_string_member_with_default (json, "kin", NULL),
    .height_cm = json_object_get_int_member_with_default (json, "height_cm", 0),
  };
}

/** Seconds of the processor that this thread has had: what a comparison costs, whoever else works beside it. */
static double
seconds_worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* All fields of two records, as they are compared for lists and for the best of a question; beside the names' texts alone. */
static void
measure_comparing (void)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (9, today);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree GuituMatchSide *sides = g_new (GuituMatchSide, N_COMPARED);
  g_autofree GuituFeatures *features = g_new (GuituFeatures, N_COMPARED);
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();
  GuituScale scale;
  double sum = 0, seconds, plain, start;
  guint same = 0;

  for (guint i = 0; i < N_COMPARED; i++)
    {
      g_ptr_array_add (people, guitu_demo_person (demo));
      fill_side (people->pdata[i], &sides[i]);
      guitu_features_init (&features[i], &sides[i]);
    }
  start = seconds_worked ();
  for (guint i = 0; i < N_COMPARED; i++)
    {
      _guitu_scale_init (&scale, model, &features[i], NULL);
      for (guint k = 0; k < N_COMPARED; k++)
        {
          GuituAgreement agreement;
          double weights[GUITU_MATCH_FIELDS];

          _guitu_match_agree (&features[i], &features[k], &agreement);
          sum += _guitu_scale_weigh (&scale, &features[i], &features[k], &agreement, weights);
        }
    }
  seconds = seconds_worked () - start;
  start = seconds_worked ();
  for (guint i = 0; i < N_COMPARED; i++)
    for (guint k = 0; k < N_COMPARED; k++)
      same += g_strcmp0 (sides[i].name, sides[k].name) == 0;
  plain = seconds_worked () - start;
  bench_report ("match-compared-exactly", N_COMPARED * (double) N_COMPARED / seconds, "pairs/s", N_COMPARED * (double) N_COMPARED / plain);
  if (sum == 0 || same == 0)
    g_error ("Nothing was compared");
}

/* What keeping up the index adds to a registration, beside the whole of putting a person. */
static gboolean
measure_following (const Bench *bench,
                   GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (11, today);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (bench->store, NULL, "bench", error);
  g_autofree double *puts = g_new (double, N_UPDATES);
  g_autofree double *follows = g_new (double, N_UPDATES);

  for (guint i = 0; transaction != NULL && i < N_UPDATES; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
      g_autoptr (JsonObject) json = guitu_demo_person (demo);
      GuituMatchSubject subject = { GUITU_MATCH_PERSON, bench->n_people + i + 1 };
      gint64 start = g_get_monotonic_time ();

      if (!guitu_record_take_json (person, json, error) || !guitu_transaction_put (transaction, person, error))
        return FALSE;
      puts[i] = (double) (g_get_monotonic_time () - start) / 1000;
      start = g_get_monotonic_time ();
      if (!guitu_match_follow (transaction->connection, &subject, &subject, error))
        return FALSE;
      follows[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  if (transaction == NULL)
    return FALSE;
  bench_report ("match-follow", bench_median (follows, N_UPDATES), "ms", bench_median (puts, N_UPDATES));
  bench_report ("match-follow-p99", bench_percentile (follows, N_UPDATES, 99), "ms", bench_percentile (puts, N_UPDATES, 99));
  return TRUE;
}

static gboolean
measure_scan (const Bench *bench,
              GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (bench->store, error);
  GuituMatchSide side = { .name = "王秀英", .sex = "2", .household = "421083", .accent = "湖北口音", .marks = "左手背刺青" };
  double times[9];
  gint64 bytes = transaction == NULL ? 0 : guitu_match_bytes (transaction->connection);

  for (guint i = 0; transaction != NULL && i < G_N_ELEMENTS (times); i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) matches = guitu_match_find (transaction->connection, &side, GUITU_MATCH_PERSON, 1u << GUITU_MATCH_PERSON, 0, 10, error);

      if (matches == NULL)
        return FALSE;
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  if (transaction == NULL)
    return FALSE;
  bench_report ("match-compared", bench->n_people / bench_median (times, G_N_ELEMENTS (times)) * 1000, "records/s", 0);
  if (bytes > 0)
    bench_report ("match-index", (double) bytes / bench->n_people, "bytes/person", 0);
  return TRUE;
}

static void
report_memory (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) && strchr (text, ' ') != NULL)
    pages = strtol (strchr (text, ' '), NULL, 10);
  bench_report ("match-memory", (double) pages * sysconf (_SC_PAGESIZE) / (1 << 20), "MiB", 0);
}

gboolean
bench_match (GError **error)
{
  const char *wanted = g_getenv ("GUITU_BENCH_PEOPLE");
  g_autofree char *folder = NULL;
  g_autoptr (GuituStation) station = bench_open_store (BENCH_STATION, &folder, error);
  g_autoptr (GuituStore) store = station == NULL ? NULL : guitu_store_open (folder, error);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  Bench bench = { station, store, asked, wanted == NULL ? N_PEOPLE : MAX (1000, (guint) strtoul (wanted, NULL, 10)) };
  gboolean good;

  measure_comparing ();
  good = store != NULL && fill (&bench, error) && measure_questions (&bench, "match-check", FALSE, error) &&
         measure_questions (&bench, "match-check-ageless", TRUE, error) && measure_scan (&bench, error) && measure_following (&bench, error);
  if (good)
    report_memory ();
  g_clear_pointer (&store, guitu_store_close);
  g_clear_object (&station);
  guitu_folder_remove (folder);
  return good;
}
