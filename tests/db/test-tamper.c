/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever can write to the database file, but has not the keys, is seen. */

#include "store.h"

#include "db/entry.h"

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#define PERSONS 20

typedef struct
{
  GuituTestStore *test;
  sqlite3 *outside;
  char *person;
  gint64 n_entries;
} Fixture;

static void
run (Fixture *fixture,
     const char *format,
     ...)
{
  va_list arguments;
  g_autofree char *sql = NULL;
  char *message = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sqlite3_exec (fixture->outside, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static void
add_mark (GuituStore *store)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, "S1", NULL, NULL);

  guitu_record_set_text (mark, GUITU_PAPER_MARK_NUMBER, "1");
  guitu_test_put (store, "paper void", mark);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->test = guitu_test_store_new (NULL);
  for (guint i = 0; i < PERSONS; i++)
    {
      g_autofree char *stay = NULL;

      g_clear_pointer (&fixture->person, g_free);
      fixture->person = guitu_test_person_add (fixture->test->store, "王秀英");
      stay = guitu_test_stay_add (fixture->test->store, fixture->person);
      if (i % 2 == 0)
        guitu_test_set (fixture->test->store, &guitu_kind_person, fixture->person, GUITU_PERSON_NAME, "李伟");
      if (i % 2 == 1)
        add_mark (fixture->test->store);
    }
  path = g_build_filename (fixture->test->directory, "guitu.db", NULL);
  g_assert_cmpint (sqlite3_open (path, &fixture->outside), ==, SQLITE_OK);
  sqlite3_busy_timeout (fixture->outside, 5000);
  run (fixture, "PRAGMA synchronous = OFF");
  fixture->n_entries = guitu_test_sql_integer (fixture->test->directory, "SELECT count (*) FROM entry");
  g_assert_cmpint (fixture->n_entries, ==, 3 * PERSONS);
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, FALSE), ==, 0);
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, TRUE), ==, 0);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  sqlite3_close (fixture->outside);
  guitu_test_store_free (fixture->test);
  g_free (fixture->person);
}

/* Tampering goes into copies of the tables, so that each trial starts from the true ones. */
static void
keep (Fixture *fixture,
      const char *table)
{
  run (fixture, "ATTACH ':memory:' AS kept; CREATE TABLE kept.\"%s\" AS SELECT * FROM main.\"%s\"", table, table);
}

static void
restore (Fixture *fixture,
         const char *table)
{
  run (fixture, "DELETE FROM main.\"%s\"; INSERT INTO main.\"%s\" SELECT * FROM kept.\"%s\"; DETACH kept", table, table, table);
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, FALSE), ==, 0);
}

static void
assert_reported (Fixture *fixture,
                 gboolean quick,
                 const char *what)
{
  guint problems = guitu_test_problems (fixture->test->store, quick);

  if (problems == 0)
    g_test_message ("not reported: %s", what);
  g_assert_cmpuint (problems, >, 0);
}

/* --- Bytes ----------------------------------------------------------------------------------- */

static GBytes *
read_blob (Fixture *fixture,
           gint64 number,
           const char *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM entry WHERE number = %" G_GINT64_FORMAT, column, number);
  sqlite3_stmt *statement;
  GBytes *bytes;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->outside, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  bytes = g_bytes_new (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  sqlite3_finalize (statement);
  return bytes;
}

static void
write_blob (Fixture *fixture,
            gint64 number,
            const char *column,
            const guint8 *data,
            gsize length)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE entry SET \"%s\" = ? WHERE number = %" G_GINT64_FORMAT, column, number);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->outside, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_blob (statement, 1, data, length, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

static void
flip (Fixture *fixture,
      GRand *random,
      gint64 number,
      const char *column,
      guint step)
{
  g_autoptr (GBytes) bytes = read_blob (fixture, number, column);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *changed = g_memdup2 (data, length);

  for (gsize i = step == 1 ? 0 : g_rand_int_range (random, 0, step); i < length; i += step)
    {
      changed[i] ^= 1 + g_rand_int_range (random, 0, 255);
      write_blob (fixture, number, column, changed, length);
      assert_reported (fixture, TRUE, column);
      changed[i] = data[i];
    }
  write_blob (fixture, number, column, data, length);
}

static void
test_flips (Fixture *fixture,
            gconstpointer data)
{
  const gint64 numbers[] = { 1, 2, 17, 31, fixture->n_entries - 1, fixture->n_entries };
  g_autoptr (GRand) random = g_rand_new_with_seed (20260131);

  flip (fixture, random, 24, "body", 1);
  flip (fixture, random, 24, "signature", 1);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      flip (fixture, random, numbers[i], "body", 7);
      flip (fixture, random, numbers[i], "signature", 5);
    }
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, FALSE), ==, 0);
}

/* Bytes added or taken away at the end. */
static void
test_lengths (Fixture *fixture,
              gconstpointer data)
{
  static const char *const columns[] = { "body", "signature" };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    for (gint64 number = 1; number <= fixture->n_entries; number += fixture->n_entries - 1)
      {
        g_autoptr (GBytes) bytes = read_blob (fixture, number, columns[i]);
        gsize length;
        const guint8 *old = g_bytes_get_data (bytes, &length);
        g_autofree guint8 *longer = g_malloc0 (length + 1);

        memcpy (longer, old, length);
        write_blob (fixture, number, columns[i], longer, length + 1);
        assert_reported (fixture, TRUE, "longer");
        write_blob (fixture, number, columns[i], longer, length - 1);
        assert_reported (fixture, TRUE, "shorter");
        write_blob (fixture, number, columns[i], longer, 0);
        assert_reported (fixture, TRUE, "empty");
        write_blob (fixture, number, columns[i], old, length);
      }
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, FALSE), ==, 0);
}

/* --- Entries --------------------------------------------------------------------------------- */

static void
test_removals (Fixture *fixture,
               gconstpointer data)
{
  for (gint64 number = 1; number <= fixture->n_entries; number++)
    {
      keep (fixture, "entry");
      run (fixture, "DELETE FROM entry WHERE number = %d", (int) number);
      assert_reported (fixture, TRUE, "removed");
      restore (fixture, "entry");
    }
  keep (fixture, "entry");
  run (fixture, "DELETE FROM entry");
  assert_reported (fixture, TRUE, "all removed");
  restore (fixture, "entry");
  keep (fixture, "entry");
  run (fixture, "DELETE FROM entry WHERE scope = 'shared'");
  assert_reported (fixture, TRUE, "a chain removed");
  restore (fixture, "entry");
}

/* The places of two entries: their numbers of arrival may change, what they say of themselves not. */
static void
test_swaps (Fixture *fixture,
            gconstpointer data)
{
  static const char *const swaps[] = {
    "UPDATE entry SET (body, signature) = (SELECT b.body, b.signature FROM kept.entry b WHERE b.number = CASE entry.number WHEN 4 THEN 5 ELSE 4 END) WHERE number IN (4, 5)",
    "UPDATE entry SET (body, signature) = (SELECT b.body, b.signature FROM kept.entry b WHERE b.number = CASE entry.number WHEN 1 THEN 60 ELSE 1 END) WHERE number IN (1, 60)",
    "UPDATE entry SET sequence = -sequence WHERE number IN (4, 5); UPDATE entry SET sequence = (SELECT b.sequence FROM kept.entry b WHERE b.number = 9 - entry.number) WHERE number IN (4, 5)",
    "UPDATE entry SET signature = (SELECT b.signature FROM kept.entry b WHERE b.number = 9 - entry.number) WHERE number IN (4, 5)",
    "UPDATE entry SET clock = clock + 1 WHERE number = 5",
    "UPDATE entry SET scope = 'shared', sequence = sequence + 1000 WHERE number = 5",
  };

  for (guint i = 0; i < G_N_ELEMENTS (swaps); i++)
    {
      keep (fixture, "entry");
      run (fixture, "%s", swaps[i]);
      assert_reported (fixture, TRUE, swaps[i]);
      restore (fixture, "entry");
    }
}

static void
test_insertions (Fixture *fixture,
                 gconstpointer data)
{
  static const char *const insertions[] = {
    "INSERT INTO entry (desk, scope, sequence, clock, partial, body, signature)"
    " SELECT desk, scope, 1000, clock, partial, body, signature FROM entry WHERE number = 5",
    "INSERT INTO entry (desk, scope, sequence, clock, partial, body, signature)"
    " SELECT desk, 'other', sequence, clock, partial, body, signature FROM entry WHERE number = 1",
    "INSERT INTO entry (desk, scope, sequence, clock, partial, body, signature)"
    " SELECT 77, scope, sequence, clock, partial, body, signature FROM entry WHERE number = 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (insertions); i++)
    {
      keep (fixture, "entry");
      run (fixture, "%s", insertions[i]);
      assert_reported (fixture, TRUE, insertions[i]);
      restore (fixture, "entry");
    }
}

/* An entry made by somebody who knows the format but has not the desk's key. */
static void
test_forgery (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GBytes) body = read_blob (fixture, fixture->n_entries - 1, "body");
  const guint8 nothing[GUITU_SIGNATURE_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituEntry) entry = guitu_entry_decode (body, nothing, &error);
  g_autoptr (GuituKeys) forger = guitu_keys_new_station ("S1");
  guint8 hash[GUITU_HASH_BYTES];
  g_autofree char *hex = NULL;
  GuituChange *change;
  const guint8 *bytes;
  gsize length;

  g_assert_no_error (error);
  change = g_ptr_array_index (entry->changes, 0);
  g_ptr_array_set_size (change->cells, 1);
  guitu_entry_encode (entry);
  guitu_entry_sign (entry, forger->desk_secret);
  guitu_entry_hash (entry->body, entry->signature, hash);
  hex = guitu_hex (hash, sizeof hash);
  bytes = g_bytes_get_data (entry->body, &length);
  write_blob (fixture, fixture->n_entries - 1, "body", bytes, length);
  write_blob (fixture, fixture->n_entries - 1, "signature", entry->signature, GUITU_SIGNATURE_BYTES);
  run (fixture, "UPDATE chain SET hash = x'%s' WHERE scope = '%s'", hex, entry->scope);
  assert_reported (fixture, TRUE, "forged last entry");
}

/* The end is cut off and the noted head set back: the records past it give it away. */
static void
test_cut (Fixture *fixture,
          gconstpointer data)
{
  for (guint n = 1; n <= 5; n++)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GBytes) signature = NULL;
      guint8 hash[GUITU_HASH_BYTES];
      g_autofree char *hex = NULL;
      gint64 number;

      keep (fixture, "entry");
      run (fixture, "CREATE TABLE kept.chain AS SELECT * FROM chain");
      run (fixture, "DELETE FROM entry WHERE number IN (SELECT number FROM entry WHERE scope = 'station' ORDER BY sequence DESC LIMIT %u)", n);
      number = guitu_test_sql_integer (fixture->test->directory, "SELECT max (number) FROM entry WHERE scope = 'station'");
      body = read_blob (fixture, number, "body");
      signature = read_blob (fixture, number, "signature");
      guitu_entry_hash (body, g_bytes_get_data (signature, NULL), hash);
      hex = guitu_hex (hash, sizeof hash);
      assert_reported (fixture, TRUE, "cut");
      run (fixture, "UPDATE chain SET hash = x'%s', sequence = (SELECT max (sequence) FROM entry WHERE scope = 'station') WHERE scope = 'station'", hex);
      g_assert_cmpuint (guitu_test_problems (fixture->test->store, TRUE), ==, 0);
      assert_reported (fixture, FALSE, "cut with its head");
      run (fixture, "DELETE FROM chain; INSERT INTO chain SELECT * FROM kept.chain");
      restore (fixture, "entry");
    }
}

static void
test_desk (Fixture *fixture,
           gconstpointer data)
{
  static const char *const changes[] = {
    "DELETE FROM desk",
    "UPDATE desk SET station = 'S2'",
    "UPDATE desk SET number = 9",
    "UPDATE desk SET public_key = zeroblob (32)",
    "UPDATE desk SET certificate = zeroblob (64)",
    "UPDATE desk SET certificate = x''",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      keep (fixture, "desk");
      run (fixture, "%s", changes[i]);
      assert_reported (fixture, TRUE, changes[i]);
      restore (fixture, "desk");
    }
}

/* --- Records --------------------------------------------------------------------------------- */

/* Table, and what is done to it past the ledger. */
static const struct
{
  const char *table;
  const char *sql;
} record_changes[] = {
  { "person", "UPDATE person SET name = '张三' WHERE row = 3" },
  { "person", "UPDATE person SET name = NULL WHERE row = 3" },
  { "person", "UPDATE person SET alias = '' WHERE row = 3" },
  { "person", "UPDATE person SET photo = x'00' WHERE row = 3" },
  { "person", "UPDATE person SET voided = 'gone' WHERE row = 3" },
  { "person", "UPDATE person SET height_cm = 170 WHERE row = 3" },
  { "person", "UPDATE person SET base_clock = base_clock + 1 WHERE row = 3" },
  { "person", "UPDATE person SET id = randomblob (16) WHERE row = 3" },
  { "person", "DELETE FROM person WHERE row = 3" },
  { "person", "DELETE FROM person WHERE row = (SELECT max (row) FROM person)" },
  { "person", "INSERT INTO person (id, base_clock, base_desk, name) VALUES (randomblob (16), 1, 1, '张三')" },
  { "stay", "UPDATE stay SET person = (SELECT id FROM person WHERE row = 4) WHERE row = 3" },
  { "paper_mark", "DELETE FROM paper_mark WHERE row = 2" },
  { "cell_write", "UPDATE cell_write SET value = '张三' WHERE clock = (SELECT min (clock) FROM cell_write)" },
  { "cell_write", "DELETE FROM cell_write WHERE clock = (SELECT min (clock) FROM cell_write)" },
  { "replaced", "DELETE FROM replaced WHERE clock = (SELECT min (clock) FROM replaced)" },
  { "conflict", "INSERT INTO conflict (id, field, kind) SELECT id, 'name', 'person' FROM person LIMIT 1" },
  { "entry_row", "DELETE FROM entry_row WHERE entry = 9" },
  { "entry_row", "INSERT INTO entry_row (id, entry) SELECT id, 1 FROM person WHERE row = 7" },
};

static void
test_records (Fixture *fixture,
              gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (record_changes); i++)
    {
      keep (fixture, record_changes[i].table);
      run (fixture, "%s", record_changes[i].sql);
      g_assert_cmpuint (guitu_test_problems (fixture->test->store, TRUE), ==, 0);
      assert_reported (fixture, FALSE, record_changes[i].sql);
      restore (fixture, record_changes[i].table);
    }
}

/* Trust in a station that was withdrawn does not make what it wrote before a problem. */
static void
test_withdrawn_station (Fixture *fixture,
                        gconstpointer data)
{
  g_autoptr (GuituKeys) other = guitu_keys_new_station ("S2");
  g_autoptr (GuituTestStore) theirs = guitu_test_store_new (other);
  g_autofree char *path = g_build_filename (theirs->directory, "bundle", NULL);
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, "S2", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (theirs->store, NULL, "paper void", &error);
  g_autoptr (GuituRecord) station = NULL;

  guitu_transaction_put (transaction, mark, &error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  guitu_test_trust (fixture->test->store, other);
  guitu_test_export (theirs->store, path, guitu_store_keys (fixture->test->store));
  g_assert_cmpuint (guitu_test_import (fixture->test->store, path), ==, 1);
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, FALSE), ==, 0);
  transaction = guitu_store_write (fixture->test->store, NULL, "station void", &error);
  station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, "S2", &error);
  guitu_transaction_void (transaction, station, "closed", &error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  g_assert_cmpuint (guitu_test_problems (fixture->test->store, FALSE), ==, 0);
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  add ("/tamper/flips", test_flips);
  add ("/tamper/lengths", test_lengths);
  add ("/tamper/removals", test_removals);
  add ("/tamper/swaps", test_swaps);
  add ("/tamper/insertions", test_insertions);
  add ("/tamper/forgery", test_forgery);
  add ("/tamper/cut", test_cut);
  add ("/tamper/desk", test_desk);
  add ("/tamper/records", test_records);
  add ("/tamper/withdrawn-station", test_withdrawn_station);
  return g_test_run ();
}
