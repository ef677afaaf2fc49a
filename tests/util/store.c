/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

char *
guitu_test_directory_new (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("guitu-test-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

void
guitu_test_directory_remove (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        guitu_test_directory_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (directory);
}

GuituTestStore *
guitu_test_store_new (const GuituKeys *keys)
{
  GuituTestStore *test = g_new0 (GuituTestStore, 1);
  g_autoptr (GuituKeys) own = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  if (keys == NULL)
    keys = own = guitu_keys_new_station ("S1");
  test->directory = guitu_test_directory_new ();
  test->store = guitu_store_create (test->directory, keys, &error);
  g_assert_no_error (error);
  return test;
}

void
guitu_test_store_free (GuituTestStore *test)
{
  g_clear_pointer (&test->store, guitu_store_close);
  guitu_test_directory_remove (test->directory);
  g_free (test->directory);
  g_free (test);
}

void
guitu_test_store_reopen (GuituTestStore *test)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&test->store, guitu_store_close);
  test->store = guitu_store_open (test->directory, &error);
  g_assert_no_error (error);
}

void
guitu_test_put (GuituStore *store,
                const char *act,
                GuituRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, act, &error);

  g_assert_no_error (error);
  guitu_transaction_put (transaction, record, &error);
  g_assert_no_error (error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

char *
guitu_test_person_add (GuituStore *store,
                       const char *name)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

  guitu_record_set_text (person, GUITU_PERSON_NAME, name);
  guitu_record_set_text (person, GUITU_PERSON_SEX, "1");
  guitu_test_put (store, "person add", person);
  return g_strdup (guitu_record_id (person));
}

char *
guitu_test_stay_add (GuituStore *store,
                     const char *person)
{
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);

  guitu_record_set_text (stay, GUITU_STAY_PERSON, person);
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "self");
  guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, "2026-01-31T23:50:00+08:00");
  guitu_test_put (store, "stay add", stay);
  return g_strdup (guitu_record_id (stay));
}

static GuituRecord *
load (GuituStore *store,
      const GuituKind *kind,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, &error);
  GuituRecord *record;

  g_assert_no_error (error);
  record = guitu_record_load (transaction, kind, id, &error);
  g_assert_no_error (error);
  return record;
}

void
guitu_test_set (GuituStore *store,
                const GuituKind *kind,
                const char *id,
                int field,
                const char *text)
{
  g_autoptr (GuituRecord) record = load (store, kind, id);

  guitu_record_set_text (record, field, text);
  guitu_test_put (store, "edit", record);
}

char *
guitu_test_get (GuituStore *store,
                const GuituKind *kind,
                const char *id,
                int field)
{
  g_autoptr (GuituRecord) record = load (store, kind, id);

  return guitu_record_show (record, field);
}

void
guitu_test_trust (GuituStore *store,
                  const GuituKeys *other)
{
  g_autoptr (GuituRecord) station = guitu_record_new (&guitu_kind_station);
  g_autofree char *key = guitu_key_to_text (other->station_public, sizeof other->station_public);
  g_autofree char *box_key = guitu_key_to_text (other->box_public, sizeof other->box_public);

  guitu_record_set_text (station, GUITU_STATION_CODE, other->station);
  guitu_record_set_text (station, GUITU_STATION_NAME, other->station);
  guitu_record_set_text (station, GUITU_STATION_KEY, key);
  guitu_record_set_text (station, GUITU_STATION_BOX_KEY, box_key);
  guitu_test_put (store, "station trust", station);
}

guint
guitu_test_problems (GuituStore *store,
                     gboolean quick)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituLedgerReport) report = guitu_ledger_verify (store, quick, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len && g_test_verbose (); i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (report->problems, i));
  return report->problems->len;
}

/* --- From outside ---------------------------------------------------------------------------- */

static sqlite3 *
open_outside (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "guitu.db", NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA synchronous = OFF", NULL, NULL, NULL), ==, SQLITE_OK);
  return handle;
}

void
guitu_test_sql (const char *directory,
                const char *sql)
{
  sqlite3 *handle = open_outside (directory);
  char *message = NULL;

  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

gint64
guitu_test_sql_integer (const char *directory,
                        const char *sql)
{
  sqlite3 *handle = open_outside (directory);
  sqlite3_stmt *statement = NULL;
  gint64 value;

  sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return value;
}

/* Local to one copy: numbers of arrival. */
static gboolean
is_local (const char *column)
{
  return strcmp (column, "row") == 0 || strcmp (column, "number") == 0;
}

static char *
dump_query (sqlite3 *handle,
            const char *table)
{
  g_autofree char *info = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  GString *sql = g_string_new ("SELECT ''");
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (handle, info, -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *column = (const char *) sqlite3_column_text (statement, 0);

      if (!is_local (column))
        g_string_append_printf (sql, "|| '|' || quote (\"%s\")", column);
    }
  sqlite3_finalize (statement);
  g_string_append_printf (sql, " FROM \"%s\" ORDER BY 1", table);
  return g_string_free (sql, FALSE);
}

static void
dump_table (sqlite3 *handle,
            const char *table,
            GString *text)
{
  g_autofree char *sql = dump_query (handle, table);
  sqlite3_stmt *statement = NULL;
  int result;

  g_string_append_printf (text, "%s\n", table);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", sqlite3_column_text (statement, 0));
  g_assert_cmpint (result, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

static void
dump_records (sqlite3 *handle,
              GString *text)
{
  const GuituKind *const *kinds = guitu_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++)
    dump_table (handle, kinds[i]->name, text);
  dump_table (handle, "cell_write", text);
  dump_table (handle, "replaced", text);
  dump_table (handle, "conflict", text);
  dump_table (handle, "chain_limit", text);
}

char *
guitu_test_dump (const char *directory)
{
  sqlite3 *handle = open_outside (directory);
  GString *text = g_string_new (NULL);

  dump_records (handle, text);
  sqlite3_close (handle);
  return g_string_free (text, FALSE);
}

char *
guitu_test_dump_all (const char *directory)
{
  sqlite3 *handle = open_outside (directory);
  GString *text = g_string_new (NULL);

  dump_records (handle, text);
  dump_table (handle, "entry", text);
  dump_table (handle, "entry_row", text);
  dump_table (handle, "refused_entry", text);
  dump_table (handle, "chain", text);
  dump_table (handle, "desk", text);
  dump_table (handle, "series", text);
  sqlite3_close (handle);
  return g_string_free (text, FALSE);
}

/* --- Bundles --------------------------------------------------------------------------------- */

void
guitu_test_import_refused (GuituTestStore *test,
                           const char *path,
                           GuituDbError code)
{
  g_autofree char *before = guitu_test_dump_all (test->directory);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituReceipt) receipt = guitu_bundle_import (test->store, path, &error);

  g_assert_null (receipt);
  g_assert_nonnull (error);
  if (g_test_verbose ())
    g_test_message ("refused: %s", error->message);
  g_assert_error (error, GUITU_DB_ERROR, (int) code);
  after = guitu_test_dump_all (test->directory);
  g_assert_cmpstr (before, ==, after);
}

guint64
guitu_test_import (GuituStore *store,
                   const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituReceipt) receipt = guitu_bundle_import (store, path, &error);

  g_assert_no_error (error);
  return receipt->added;
}

void
guitu_test_export (GuituStore *store,
                   const char *path,
                   const GuituKeys *to)
{
  g_autoptr (GError) error = NULL;
  GuituPeer peer = { 0 };
  guint64 count;

  if (to != NULL)
    {
      peer.code = to->station;
      memcpy (peer.box_key, to->box_public, sizeof peer.box_key);
    }
  guitu_bundle_export (store, path, to == NULL ? NULL : &peer, &count, &error);
  g_assert_no_error (error);
}
