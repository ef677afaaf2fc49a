/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the check beside the intake form costs at a desk that has heard of very many stays at other stations and of a long
 * list of theirs: by an ID number that both know, by one that nobody knows, and by a name said at the door. The baseline:
 * reading the marks of one person by their index. All of it is another station's and comes in a bundle, as in real life. */

#include <gio/gio.h>
#include <string.h>

#include "app/ctl/bench.h"
#include "app/folder.h"

#include "app/call.h"
#include "app/demo-people.h"
#include "app/visits.h"

#define OTHER "OTHER"
#define N_PEOPLE 100000 /* that this station knows itself */
#define N_MARKS 1000000 /* a year of the country */
#define N_LISTED 20000
#define MARKS_EACH 2
#define PER_ENTRY 500
#define N_CHECKS 200

typedef struct
{
  GuituStation *station;
  GuituStore *store;
  GPtrArray *listed; /* JsonObject: those who are on the list, as they said who they are */
} Bench;

static void
keep (JsonObject *result,
      gpointer data)
{
  JsonObject **kept = data;

  g_clear_pointer (kept, json_object_unref);
  *kept = json_object_ref (result);
}

/* Runs a verb with texts as its options, up to a NULL. Returns: (transfer full): its last result. */
static JsonObject *
run (GuituStation *station,
     GError **error,
     const char *verb,
     ...)
{
  g_autoptr (JsonObject) input = json_object_new ();
  JsonObject *result = json_object_new ();
  const char *option;
  gboolean good;
  va_list words;

  va_start (words, verb);
  while ((option = va_arg (words, const char *)) != NULL)
    json_object_set_string_member (input, option, va_arg (words, const char *));
  va_end (words);
  good = guitu_station_run (station, verb, input, keep, &result, error);
  if (!good)
    g_clear_pointer (&result, json_object_unref);
  return result;
}

/* --- The stations ------------------------------------------------------------------------------ */

/* By stick alone: the other one founds the network, ours joins. */
static gboolean
join (GuituStation *other,
      GuituStation *station,
      const char *folder,
      GError **error)
{
  g_autofree char *card = g_build_filename (folder, "card.json", NULL);
  g_autofree char *letter = g_build_filename (folder, "letter", NULL);
  g_autoptr (JsonObject) founded = run (other, error, "hub init", "name", "试验协作网", NULL);
  g_autoptr (JsonObject) carded = founded == NULL ? NULL : run (station, error, "station card", "file", card, NULL);
  g_autoptr (JsonObject) invited = carded == NULL ? NULL : run (other, error, "hub invite", "card", card, "file", letter, NULL);
  g_autoptr (JsonObject) shown = invited == NULL ? NULL : run (other, error, "station show", NULL);
  g_autoptr (JsonObject) joined = shown == NULL ? NULL : run (station, error, "hub join", "file", letter, "fingerprint", json_object_get_string_member (shown, "fingerprint"), NULL);

  return joined != NULL;
}

static gboolean
put_mark (GuituTransaction *transaction,
          const char *key,
          const char *today,
          guint n,
          GError **error)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_visit_mark, OTHER, NULL, NULL);
  g_autofree char *arrived = guitu_date_add_days (today, -10 - (int) (n % 170));
  g_autofree char *left = guitu_date_add_days (arrived, 5);

  guitu_record_set_text (mark, GUITU_VISIT_MARK_PERSON_KEY, key);
  guitu_record_set_text (mark, GUITU_VISIT_MARK_ARRIVED_ON, arrived);
  guitu_record_set_text (mark, GUITU_VISIT_MARK_LEFT_ON, left);
  guitu_record_set_text (mark, GUITU_VISIT_MARK_LEAVE_BY, n % 3 == 0 ? "ticket" : "own-will");
  return guitu_transaction_put (transaction, mark, error);
}

static gboolean
put_listing (GuituTransaction *transaction,
             const char *key,
             const char *today,
             JsonObject *person,
             GError **error)
{
  static const int taken[] = { GUITU_LISTING_NAME, GUITU_LISTING_ALIAS, GUITU_LISTING_SEX, GUITU_LISTING_BIRTH_FROM, GUITU_LISTING_BIRTH_TO, GUITU_LISTING_MARKS };
  g_autoptr (GuituRecord) listing = guitu_record_new_owned (&guitu_kind_listing, OTHER, NULL, NULL);
  g_autofree char *now = guitu_now ();
  g_autofree char *until = guitu_date_add_days (today, 180);

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    guitu_record_set_text (listing, taken[i], json_object_get_string_member_with_default (person, guitu_kind_listing.fields[taken[i]].name, NULL));
  guitu_record_set_text (listing, GUITU_LISTING_PERSON_KEY, key);
  guitu_record_set_text (listing, GUITU_LISTING_STATE, "active");
  guitu_record_set_text (listing, GUITU_LISTING_FROM, today);
  guitu_record_set_text (listing, GUITU_LISTING_UNTIL, until);
  guitu_record_set_text (listing, GUITU_LISTING_CATEGORY, "repeat");
  guitu_record_set_text (listing, GUITU_LISTING_FACTS, "半年内在三个救助站求助四次，所报住址查无此处");
  guitu_record_set_text (listing, GUITU_LISTING_MEASURE, "notice");
  guitu_record_set_text (listing, GUITU_LISTING_AT, now);
  return guitu_transaction_put (transaction, listing, error);
}

/* The next of the invented people who has a number and a name. Returns: (transfer full) */
static JsonObject *
next_numbered (GuituDemo *demo)
{
  for (;;)
    {
      JsonObject *person = guitu_demo_person (demo);

      if (json_object_has_member (person, "id_number") && json_object_has_member (person, "name"))
        return person;
      json_object_unref (person);
    }
}

/* Marks and entries of the list, as another station writes them; those on the list are in @listed then. */
static gboolean
fill_other (GuituStore *store,
            GPtrArray *listed,
            GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (3, today);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "bench", error);

  for (guint i = 0; transaction != NULL && i < N_MARKS / MARKS_EACH; i++)
    {
      JsonObject *person = i < N_LISTED ? next_numbered (demo) : NULL;
      g_autofree char *number = person == NULL ? g_strdup_printf ("NUMBER%u", i) : g_strdup (json_object_get_string_member (person, "id_number"));
      g_autofree char *key = NULL;

      if (person != NULL)
        g_ptr_array_add (listed, person);
      if (!guitu_visits_key (transaction, number, &key, error) || (person != NULL && !put_listing (transaction, key, today, person, error)))
        return FALSE;
      for (guint n = 0; n < MARKS_EACH; n++)
        if (!put_mark (transaction, key, today, i + n, error))
          return FALSE;
      if (i % PER_ENTRY == 0 && !guitu_transaction_next_entry (transaction, error))
        return FALSE;
    }
  return transaction != NULL && guitu_transaction_commit (transaction, error);
}

static gboolean
fill_own (GuituStore *store,
          GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, today);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "bench", error);

  for (guint i = 0; transaction != NULL && i < N_PEOPLE; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
      g_autoptr (JsonObject) json = guitu_demo_person (demo);

      if (!guitu_record_take_json (person, json, error) || !guitu_person_check (person, error) || !guitu_transaction_put (transaction, person, error) ||
          (i % PER_ENTRY == 0 && !guitu_transaction_next_entry (transaction, error)))
        return FALSE;
    }
  return transaction != NULL && guitu_transaction_commit (transaction, error);
}

/* All that the other station wrote, brought to ours. */
static gboolean
carry (GuituStation *other,
       GuituStation *station,
       const char *folder,
       GError **error)
{
  g_autofree char *path = g_build_filename (folder, "bundle", NULL);
  g_autoptr (JsonObject) exported = run (other, error, "bundle export", "file", path, "to", BENCH_STATION, NULL);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (JsonObject) imported = exported == NULL ? NULL : run (station, error, "bundle import", "file", path, NULL);

  if (imported != NULL)
    bench_report ("intake-marks-taken-in", N_MARKS / ((double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC), "marks/s", 0);
  return imported != NULL;
}

/* --- Checking ---------------------------------------------------------------------------------- */

/* What is asked about somebody at the door. Returns: (transfer full) */
typedef JsonObject *(*Said) (JsonObject *person);

static JsonObject *
copy_fields (JsonObject *person,
             const char *const names[])
{
  JsonObject *said = json_object_new ();

  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_has_member (person, names[i]))
      json_object_set_string_member (said, names[i], json_object_get_string_member (person, names[i]));
  return said;
}

static JsonObject *
say_number (JsonObject *person)
{
  static const char *const names[] = { "name", "sex", "id_number", NULL };
  JsonObject *said = copy_fields (person, names);

  json_object_set_string_member (said, "id_kind", "id-card");
  return said;
}

/* A character of the name as another one that sounds the same, where one of these is in it. Returns: (transfer full) */
static char *
misspell (const char *name)
{
  static const char *const pairs[][2] = { { "伟", "炜" }, { "丽", "莉" }, { "芳", "方" }, { "军", "君" }, { "明", "鸣" }, { "华", "花" }, { "英", "瑛" }, { "国", "帼" }, { "红", "洪" }, { "玉", "钰" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *at = strstr (name, pairs[i][0]);

      if (at != NULL && at != name)
        return g_strdup_printf ("%.*s%s%s", (int) (at - name), name, pairs[i][1], at + strlen (pairs[i][0]));
    }
  return g_strdup (name);
}

/* No papers: the name by its sound, the sex, and an age that is a guess. */
static JsonObject *
say_name (JsonObject *person)
{
  static const char *const names[] = { "sex", "marks", NULL };
  JsonObject *said = copy_fields (person, names);
  g_autofree char *name = misspell (json_object_get_string_member (person, "name"));
  int year = (int) g_ascii_strtoll (json_object_get_string_member (person, "birth_from"), NULL, 10);
  g_autofree char *from = g_strdup_printf ("%04d-01-01", year - 3);
  g_autofree char *to = g_strdup_printf ("%04d-12-31", year + 3);

  json_object_set_string_member (said, "name", name);
  json_object_set_string_member (said, "birth_from", from);
  json_object_set_string_member (said, "birth_to", to);
  return said;
}

/* Whether the check told of the visits elsewhere, and of an entry of the list about that person. */
static void
see_warnings (JsonObject *result,
              JsonObject *person,
              gboolean *visits,
              gboolean *listed)
{
  JsonArray *warnings = json_object_get_array_member (result, "warnings");

  *visits = *listed = FALSE;
  for (guint i = 0; i < json_array_get_length (warnings); i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);
      const char *kind = json_object_get_string_member (warning, "kind");

      *visits |= strcmp (kind, "visits") == 0;
      *listed |= strcmp (kind, "blacklist") == 0 &&
                 g_strcmp0 (json_object_get_string_member_with_default (warning, "name", NULL), json_object_get_string_member (person, "name")) == 0;
    }
}

/* One person's marks, read by their index and let go. */
static gboolean
read_plainly (GuituStore *store,
              JsonObject *person,
              double *milliseconds,
              GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GPtrArray) marks = NULL;
  g_autofree char *key = NULL;
  GuituQuery of_key = { .conditions = { { GUITU_VISIT_MARK_PERSON_KEY, GUITU_EQUAL, NULL } } };

  if (transaction == NULL || !guitu_visits_key (transaction, json_object_get_string_member (person, "id_number"), &key, error))
    return FALSE;
  of_key.conditions[0].text = key;
  marks = guitu_records_find (transaction, &guitu_kind_visit_mark, &of_key, error);
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return marks != NULL;
}

/* Checks @people, and tells the middle and the worst of a hundred as @name. @seen: of how many the visits, and the entry, were told. */
static gboolean
measure (const Bench *bench,
         const char *name,
         GPtrArray *people,
         Said say,
         guint seen[2],
         GError **error)
{
  g_autofree char *worst = g_strconcat (name, "-p99", NULL);
  double times[N_CHECKS];
  double plain[N_CHECKS];

  seen[0] = seen[1] = 0;
  for (guint i = 0; i < N_CHECKS; i++)
    {
      g_autoptr (JsonObject) said = say (people->pdata[i]);
      g_autoptr (JsonObject) result = json_object_new ();
      gint64 start = g_get_monotonic_time ();
      gboolean visits, listed;

      if (!guitu_station_run (bench->station, "person check", said, keep, &result, error))
        return FALSE;
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
      if (!read_plainly (bench->store, people->pdata[i], &plain[i], error))
        return FALSE;
      see_warnings (result, people->pdata[i], &visits, &listed);
      seen[0] += visits;
      seen[1] += listed;
    }
  bench_report (name, bench_median (times, N_CHECKS), "ms", bench_median (plain, N_CHECKS));
  bench_report (worst, bench_percentile (times, N_CHECKS, 99), "ms", bench_median (plain, N_CHECKS));
  return TRUE;
}

static gboolean
measure_checks (const Bench *bench,
                GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (5, today);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  guint first[2], again[2], nobody[2], named[2];

  for (guint i = 0; i < N_CHECKS; i++)
    g_ptr_array_add (unknown, next_numbered (demo));
  /* that a desk was warned of an entry is written down, once a day: the first time pays for the disk */
  if (!measure (bench, "intake-listed-first", bench->listed, say_number, first, error) ||
      !measure (bench, "intake-listed", bench->listed, say_number, again, error) ||
      !measure (bench, "intake-unknown", unknown, say_number, nobody, error) ||
      !measure (bench, "intake-no-papers-first", bench->listed, say_name, named, error) ||
      !measure (bench, "intake-no-papers", bench->listed, say_name, named, error))
    return FALSE;
  if (first[0] < N_CHECKS || first[1] < N_CHECKS || again[1] < N_CHECKS || nobody[0] > 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The check told of %u visits and %u entries, again of %u, and of %u visits of strangers",
                   first[0], first[1], again[1], nobody[0]);
      return FALSE;
    }
  bench_report ("intake-no-papers-told", 100.0 * named[1] / N_CHECKS, "%", 0);
  return TRUE;
}

static gboolean
fill_and_measure (Bench *bench,
                  GuituStation *other,
                  const char *folder,
                  const char *other_folder,
                  GError **error)
{
  g_autoptr (GuituStore) theirs = guitu_store_open (other_folder, error);

  return theirs != NULL && join (other, bench->station, folder, error) && fill_other (theirs, bench->listed, error) && fill_own (bench->store, error) &&
         carry (other, bench->station, folder, error) && measure_checks (bench, error);
}

gboolean
bench_intake (GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *other_folder = NULL;
  g_autoptr (GuituStation) station = bench_open_store (BENCH_STATION, &folder, error);
  g_autoptr (GuituStation) other = station == NULL ? NULL : bench_open_store (OTHER, &other_folder, error);
  g_autoptr (GuituStore) store = other == NULL ? NULL : guitu_store_open (folder, error);
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  Bench bench = { station, store, listed };
  gboolean good = store != NULL && fill_and_measure (&bench, other, folder, other_folder, error);

  g_clear_pointer (&store, guitu_store_close);
  g_clear_object (&station);
  g_clear_object (&other);
  guitu_folder_remove (folder);
  if (other_folder != NULL)
    guitu_folder_remove (other_folder);
  return good;
}
