/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the ledger costs: one JSON object a line, each figure beside its baseline. */

#include "store.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>

#define REGISTRATIONS 300
#define CARRIED 48000
#define PER_STAY 6 /* entries: registration, admission, three events, leaving */
#define PER_COMMIT 600

static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙" };
static const char *const given[] = { "秀英", "伟", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明" };

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static void
print_figure (const char *name,
              double value,
              const char *unit,
              double baseline)
{
  g_print ("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"%s\", \"baseline\": %.3f, \"ratio\": %.3f}\n",
           name, value, unit, baseline, value / baseline);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
median (double *values,
        guint count)
{
  qsort (values, count, sizeof *values, compare_doubles);
  return values[count / 2];
}

/* Returns: (transfer full): the stay. */
static GuituRecord *
put_registration (GuituTransaction *transaction,
                  guint i)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autofree char *name = g_strconcat (surnames[i % G_N_ELEMENTS (surnames)], given[i / 7 % G_N_ELEMENTS (given)], NULL);
  g_autofree char *number = g_strdup_printf ("4401141985%02u%02u%04u", 1 + i % 12, 1 + i / 12 % 28, i % 10000);
  g_autofree char *phone = g_strdup_printf ("138%08u", i * 7919u % 100000000);
  g_autoptr (GError) error = NULL;

  guitu_record_set_text (person, GUITU_PERSON_NAME, name);
  guitu_record_set_text (person, GUITU_PERSON_SEX, "2");
  guitu_record_set_text (person, GUITU_PERSON_ID_NUMBER, number);
  guitu_record_set_text (person, GUITU_PERSON_PHONE, phone);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, "1985-03-12");
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, "1985-03-12");
  guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
  guitu_record_set_text (stay, GUITU_STAY_NUMBER, number);
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "self");
  guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, "2026-01-31T23:50:00+08:00");
  guitu_transaction_put (transaction, person, &error);
  guitu_transaction_put (transaction, stay, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&stay);
}

static void
register_one (GuituStore *store,
              guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "register", &error);
  g_autoptr (GuituRecord) stay = put_registration (transaction, i);

  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

/* The baseline: the same facts in two plain tables, one transaction, the same durability. */
static sqlite3 *
open_bare (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "bare.db", NULL);
  sqlite3 *handle;
  int result = sqlite3_open (path, &handle);

  g_assert_cmpint (result, ==, SQLITE_OK);
  result = sqlite3_exec (handle,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "CREATE TABLE person (row INTEGER PRIMARY KEY, id BLOB UNIQUE, name TEXT, sex TEXT, id_number TEXT, phone TEXT, birth_from TEXT, birth_to TEXT);"
                         "CREATE INDEX person_by_id_number ON person (id_number);"
                         "CREATE TABLE stay (row INTEGER PRIMARY KEY, id BLOB UNIQUE, person BLOB, number TEXT, came_by TEXT, arrived_at TEXT);"
                         "CREATE INDEX stay_by_person ON stay (person);",
                         NULL, NULL, NULL);
  g_assert_cmpint (result, ==, SQLITE_OK);
  return handle;
}

static void
run_bare (sqlite3 *handle,
          const char *sql)
{
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Both tables have a row more: the least that a registration takes. */
static void
insert_bare (sqlite3 *handle)
{
  int result = sqlite3_exec (handle,
                             "INSERT INTO person (id, name, sex, id_number, phone, birth_from, birth_to) VALUES (randomblob (16), '王秀英', '2', hex (randomblob (9)), '13812345678', '1985-03-12', '1985-03-12');"
                             "INSERT INTO stay (id, person, number, came_by, arrived_at) VALUES (randomblob (16), randomblob (16), '1', 'self', '2026-01-31T23:50:00+08:00');",
                             NULL, NULL, NULL);

  g_assert_cmpint (result, ==, SQLITE_OK);
}

/* Both in turn, so that the disk is the same for both. */
static void
bench_registration (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  sqlite3 *bare = open_bare (test->directory);
  double ours[REGISTRATIONS];
  double theirs[REGISTRATIONS];

  for (guint i = 0; i < REGISTRATIONS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      run_bare (bare, "BEGIN IMMEDIATE");
      insert_bare (bare);
      run_bare (bare, "COMMIT");
      theirs[i] = 1000 * seconds_since (start);
      start = g_get_monotonic_time ();
      register_one (test->store, i);
      ours[i] = 1000 * seconds_since (start);
    }
  sqlite3_close (bare);
  print_figure ("durable registration", median (ours, REGISTRATIONS), "ms", median (theirs, REGISTRATIONS));
}

static void
end_entry (GuituTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  guitu_transaction_next_entry (transaction, &error);
  g_assert_no_error (error);
}

static void
put_event (GuituTransaction *transaction,
           const GuituRecord *stay)
{
  g_autoptr (GuituRecord) event = guitu_record_new (&guitu_kind_event);

  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
  guitu_record_set_text (event, GUITU_EVENT_KIND, "meal");
  guitu_record_set_text (event, GUITU_EVENT_AT, "2026-02-01T12:00:00+08:00");
  guitu_transaction_put (transaction, event, NULL);
  end_entry (transaction);
}

/* What a station writes about one person. */
static void
put_whole_stay (GuituTransaction *transaction,
                guint i)
{
  g_autoptr (GuituRecord) stay = put_registration (transaction, i);

  end_entry (transaction);
  guitu_record_set_text (stay, GUITU_STAY_DECISION, "admitted");
  guitu_record_set_text (stay, GUITU_STAY_ADMITTED_AT, "2026-02-01T00:20:00+08:00");
  guitu_transaction_put (transaction, stay, NULL);
  end_entry (transaction);
  for (guint j = 0; j < 3; j++)
    put_event (transaction, stay);
  guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, "2026-02-03T09:00:00+08:00");
  guitu_record_set_text (stay, GUITU_STAY_LEAVE_BY, "ticket");
  guitu_transaction_put (transaction, stay, NULL);
  end_entry (transaction);
}

/* Either whole stays, or registrations only: the dearest entries, each with two rows and the index. */
static void
fill (GuituStore *store,
      gboolean whole_stays)
{
  g_autoptr (GError) error = NULL;
  guint step = whole_stays ? PER_STAY : 1;

  for (guint i = 0; i < CARRIED; i += PER_COMMIT)
    {
      g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "register", &error);

      g_assert_no_error (error);
      for (guint j = 0; j < PER_COMMIT; j += step)
        if (whole_stays)
          {
            put_whole_stay (transaction, i + j);
          }
        else
          {
            g_autoptr (GuituRecord) stay = put_registration (transaction, i + j);

            end_entry (transaction);
          }
      guitu_transaction_commit (transaction, &error);
      g_assert_no_error (error);
    }
}

/* Registrations a second that bare SQLite takes in one transaction. */
static double
measure_bare (void)
{
  g_autofree char *directory = guitu_test_directory_new ();
  sqlite3 *bare = open_bare (directory);
  gint64 start = g_get_monotonic_time ();
  double rate;

  run_bare (bare, "BEGIN IMMEDIATE");
  for (guint i = 0; i < CARRIED; i++)
    insert_bare (bare);
  run_bare (bare, "COMMIT");
  rate = CARRIED / seconds_since (start);
  sqlite3_close (bare);
  guitu_test_directory_remove (directory);
  return rate;
}

/* Which entries, and a baseline of the same run. The budget is 20,000 entries applied a second. */
typedef struct
{
  const char *what;
  gboolean whole_stays;
  double baseline;
} Carrying;

static void
print_rate (const Carrying *carrying,
            const char *name,
            double seconds)
{
  g_autofree char *full = g_strdup_printf ("%s: %s", carrying->what, name);

  print_figure (full, CARRIED / seconds, "entries/s", carrying->baseline);
}

static void
bench_carrying (const Carrying *carrying)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) second = guitu_keys_new_desk (keys, 2);
  g_autoptr (GuituTestStore) from = guitu_test_store_new (keys);
  g_autoptr (GuituTestStore) to = guitu_test_store_new (second);
  g_autofree char *path = g_build_filename (from->directory, "bundle", NULL);
  gint64 start = g_get_monotonic_time ();

  fill (from->store, carrying->whole_stays);
  print_rate (carrying, "written in batches", seconds_since (start));
  start = g_get_monotonic_time ();
  guitu_test_export (from->store, path, NULL);
  print_rate (carrying, "exported", seconds_since (start));
  start = g_get_monotonic_time ();
  g_assert_cmpuint (guitu_test_import (to->store, path), ==, CARRIED);
  print_rate (carrying, "applied", seconds_since (start));
  start = g_get_monotonic_time ();
  g_assert_cmpuint (guitu_test_import (to->store, path), ==, 0);
  print_rate (carrying, "known already", seconds_since (start));
  start = g_get_monotonic_time ();
  g_assert_cmpuint (guitu_test_problems (to->store, TRUE), ==, 0);
  print_rate (carrying, "chains verified", seconds_since (start));
  start = g_get_monotonic_time ();
  g_assert_cmpuint (guitu_test_problems (to->store, FALSE), ==, 0);
  print_rate (carrying, "verified with replay", seconds_since (start));
}

int
main (int argc,
      char **argv)
{
  double baseline;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  bench_registration ();
  baseline = measure_bare ();
  bench_carrying (&(Carrying){ "entries of whole stays", TRUE, baseline });
  bench_carrying (&(Carrying){ "entries that register", FALSE, baseline });
  return 0;
}
