/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- Opening --------------------------------------------------------------------------------- */

static char *
path_in (GuituTestStore *test,
         const char *name)
{
  return g_build_filename (test->directory, name, NULL);
}

static void
assert_not_opened (GuituTestStore *test,
                   GuituDbError code)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&test->store, guitu_store_close);
  g_assert_null (guitu_store_open (test->directory, &error));
  g_assert_error (error, GUITU_DB_ERROR, (int) code);
}

static void
test_create (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GPtrArray) problems = NULL;
  static const char *const private[] = { "keys", "guitu.db", "guitu.db-wal" };
  g_autofree char *path = path_in (test, "keys");
  g_autofree char *content = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GuituKeys) other = guitu_keys_new_station ("S2");
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  problems = guitu_store_check (test->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (private); i++)
    {
      g_autofree char *file = path_in (test, private[i]);

      g_assert_cmpint (g_stat (file, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  /* A second store in the same folder would overwrite the keys. */
  g_file_get_contents (path, &content, NULL, NULL);
  g_assert_null (guitu_store_create (test->directory, other, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_EXISTS);
  g_file_get_contents (path, &after, NULL, NULL);
  g_assert_cmpstr (content, ==, after);
}

/* Keys without a database are what is left of a station: they are not overwritten either. */
static void
test_create_over_keys (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GuituKeys) other = guitu_keys_new_station ("S2");
  g_autofree char *path = path_in (test, "guitu.db");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&test->store, guitu_store_close);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (guitu_store_create (test->directory, other, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_EXISTS);
  assert_not_opened (test, GUITU_DB_ERROR_DAMAGED);
}

static void
test_no_folder (void)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("S1");
  g_autoptr (GError) error = NULL;

  g_assert_null (guitu_store_open ("/nonexistent/store", &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (guitu_store_create ("/dev/null/store", keys, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE);
}

/* What was changed were bits that Base64 does not use, or the payload key, which has no counterpart. */
static void
assert_same_keys (const GuituKeys *keys,
                  const GuituKeys *other)
{
  g_assert_cmpstr (keys->station, ==, other->station);
  g_assert_cmpmem (keys->station_secret, 64, other->station_secret, 64);
  g_assert_cmpmem (keys->box_secret, 32, other->box_secret, 32);
  g_assert_cmpmem (keys->desk_secret, 64, other->desk_secret, 64);
  g_assert_cmpmem (&keys->desk.desk, sizeof (gint64), &other->desk.desk, sizeof (gint64));
}

/* Any byte of the key file changed. */
static void
test_keys (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *path = path_in (test, "keys");
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize i = 0; i < length; i += 3)
    {
      g_autofree char *changed = g_memdup2 (content, length + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituKeys) keys = NULL;

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_file_set_contents (path, changed, length, NULL);
      keys = guitu_keys_load (test->directory, &error);
      if (keys == NULL)
        g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY);
      else
        assert_same_keys (keys, guitu_store_keys (test->store));
    }
  g_file_set_contents (path, "", 0, NULL);
  assert_not_opened (test, GUITU_DB_ERROR_KEY);
  g_unlink (path);
  assert_not_opened (test, GUITU_DB_ERROR_KEY);
}

/* Five bits that X25519 ignores: the file is read as the key that it means. */
static void
test_key_forms (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *path = path_in (test, "keys");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GuituKeys) keys = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  guint8 secret[32];

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  text = g_key_file_get_string (file, "station", "box-secret", NULL);
  g_assert_true (guitu_key_from_text (text, secret, sizeof secret));
  secret[0] |= 7;
  secret[31] ^= 192;
  changed = guitu_key_to_text (secret, sizeof secret);
  g_assert_cmpstr (text, !=, changed);
  g_key_file_set_string (file, "station", "box-secret", changed);
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
  keys = guitu_keys_load (test->directory, &error);
  g_assert_no_error (error);
  assert_same_keys (keys, guitu_store_keys (test->store));
}

/* The keys of another desk: what was written here could not be continued. */
static void
test_foreign_keys (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autoptr (GuituKeys) other = guitu_keys_new_station ("S1");
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  g_autoptr (GError) error = NULL;

  guitu_keys_save (other, test->directory, &error);
  g_assert_no_error (error);
  assert_not_opened (test, GUITU_DB_ERROR_KEY);
}

static void
test_garbage (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *path = path_in (test, "guitu.db");
  g_autofree char *garbage = g_strnfill (20000, 'x');

  g_clear_pointer (&test->store, guitu_store_close);
  g_file_set_contents (path, garbage, 20000, NULL);
  assert_not_opened (test, GUITU_DB_ERROR_DAMAGED);
  g_file_set_contents (path, garbage, 10, NULL);
  assert_not_opened (test, GUITU_DB_ERROR_DAMAGED);
}

/* An emptied file must not pass for a new store. */
static void
test_emptied (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  g_autofree char *path = path_in (test, "guitu.db");

  g_clear_pointer (&test->store, guitu_store_close);
  g_file_set_contents (path, "", 0, NULL);
  assert_not_opened (test, GUITU_DB_ERROR_DAMAGED);
}

/* Cut anywhere, the store is refused or its check reports it: nothing crashes. */
static void
test_truncated (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *path = path_in (test, "guitu.db");
  g_autofree char *content = NULL;
  gsize length;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
    }
  g_clear_pointer (&test->store, guitu_store_close);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize kept = 100; kept < length; kept += 4096)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituStore) store = NULL;
      g_autoptr (GPtrArray) problems = NULL;

      g_file_set_contents (path, content, kept, NULL);
      store = guitu_store_open (test->directory, &error);
      if (store != NULL)
        problems = guitu_store_check (store, &error);
      if (problems == NULL)
        g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_DAMAGED);
      else
        g_assert_cmpuint (problems->len, >, 0);
    }
}

static void
test_other_programs (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);

  g_clear_pointer (&test->store, guitu_store_close);
  guitu_test_sql (test->directory, "PRAGMA user_version = 1000");
  assert_not_opened (test, GUITU_DB_ERROR_TOO_NEW);
  guitu_test_sql (test->directory, "PRAGMA user_version = 1; PRAGMA application_id = 7");
  assert_not_opened (test, GUITU_DB_ERROR_DAMAGED);
  guitu_test_sql (test->directory, "PRAGMA user_version = 0; PRAGMA application_id = 0");
  assert_not_opened (test, GUITU_DB_ERROR_DAMAGED);
}

/* --- Writing against obstacles --------------------------------------------------------------- */

static void
test_locked (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *path = path_in (test, "guitu.db");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) reading = NULL;
  gint64 before = g_get_monotonic_time ();
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_null (guitu_store_write (test->store, NULL, "test", &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_LOCKED);
  g_assert_cmpint (g_get_monotonic_time () - before, >, 4 * G_USEC_PER_SEC);
  g_clear_error (&error);
  /* Readers don't wait. */
  reading = guitu_store_read (test->store, &error);
  g_assert_cmpint (guitu_records_count (reading, &guitu_kind_person, &(GuituQuery){ 0 }, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  id = guitu_test_person_add (test->store, "王秀英");
}

/* Fills the store in a child that may not let any file grow past a limit. */
static void
write_until_full (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (directory, &error);
  struct rlimit limit = { 600 * 1024, 600 * 1024 };

  g_assert_no_error (error);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  for (guint i = 0; error == NULL && i < 5000; i++)
    {
      g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "test", &error);
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

      guitu_record_set_text (person, GUITU_PERSON_NAME, "王秀英");
      if (transaction != NULL && guitu_transaction_put (transaction, person, &error) &&
          guitu_transaction_commit (transaction, &error))
        g_print ("%s\n", guitu_record_id (person));
    }
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE);
}

static void
test_full (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const arguments[] = { self, "--fill", test->directory, NULL };
  g_autofree char *out = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_clear_pointer (&test->store, guitu_store_close);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  guitu_test_store_reopen (test);
  ids = g_strsplit (g_strchomp (out), "\n", -1);
  g_assert_cmpuint (g_strv_length (ids), >, 10);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM person"), ==, g_strv_length (ids));
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

static void
test_read_only (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *path = path_in (test, "guitu.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_clear_pointer (&test->store, guitu_store_close);
  g_chmod (path, 0400);
  g_chmod (test->directory, 0500);
  store = guitu_store_open (test->directory, &error);
  g_chmod (test->directory, 0700);
  g_assert_null (store);
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE);
}

/* --- Opened after an update ------------------------------------------------------------------ */

typedef struct
{
  guint64 done;
  guint64 total;
  gboolean stops;
} Told;

static gboolean
tell (guint64 done,
      guint64 total,
      gpointer data,
      GError **error)
{
  Told *told = data;

  told->done = done;
  told->total = total;
  if (told->stops)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return !told->stops;
}

/* Whoever opens a store whose index is of an older program hears how far the new one is, and may stop it: then it is begun
 * again the next time. */
static void
test_index_of_before (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *id = guitu_test_person_add (test->store, "王秀英");
  g_autoptr (GError) error = NULL;
  Told told = { .stops = TRUE };

  g_clear_pointer (&test->store, guitu_store_close);
  guitu_test_sql (test->directory, "UPDATE person_search_version SET version = 1");
  g_assert_null (guitu_store_open_telling (test->directory, tell, &told, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  told = (Told){ 0 };
  test->store = guitu_store_open_telling (test->directory, tell, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.total, ==, 1);
  g_assert_cmpuint (told.done, ==, told.total);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
  g_clear_pointer (&test->store, guitu_store_close);
  told = (Told){ 0 };
  test->store = guitu_store_open_telling (test->directory, tell, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.total, ==, 0); /* nothing to do, nothing to tell */
}

/* --- Two processes, several threads ----------------------------------------------------------- */

static int
write_some (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (directory, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = guitu_test_person_add (store, "王秀英");

      g_usleep (500);
    }
  return 0;
}

static void
test_two_processes (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const arguments[] = { self, "--write", test->directory, NULL };
  g_autoptr (GError) error = NULL;
  GPid pids[2];

  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    g_spawn_async (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pids[i], &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = guitu_test_person_add (test->store, "李伟");

      g_usleep (1000);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    {
      int status;

      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT max (sequence) FROM entry"), ==, 150);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM person"), ==, 150);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

static gpointer
write_in_thread (gpointer data)
{
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *id = guitu_test_person_add (data, "王秀英");
      g_autofree char *name = guitu_test_get (data, &guitu_kind_person, id, GUITU_PERSON_NAME);

      g_assert_cmpstr (name, ==, "王秀英");
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_in_thread, test->store);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT max (sequence) FROM entry"), ==, 100);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

/* A read transaction sees one state, whatever is written meanwhile. */
static void
test_one_state (void)
{
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  const GuituQuery all = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) reading = guitu_store_read (test->store, &error);
  g_autofree char *id = NULL;

  g_assert_cmpint (guitu_records_count (reading, &guitu_kind_person, &all, &error), ==, 0);
  id = guitu_test_person_add (test->store, "王秀英");
  g_assert_cmpint (guitu_records_count (reading, &guitu_kind_person, &all, &error), ==, 0);
  g_clear_pointer (&reading, guitu_transaction_free);
  reading = guitu_store_read (test->store, &error);
  g_assert_cmpint (guitu_records_count (reading, &guitu_kind_person, &all, &error), ==, 1);
  g_assert_no_error (error);
}

static void
test_forbidden_thread (void)
{
  g_autoptr (GuituTestStore) test = NULL;

  if (g_test_subprocess ())
    {
      g_autoptr (GuituTransaction) transaction = NULL;

      test = guitu_test_store_new (NULL);
      guitu_store_forbid_thread ();
      transaction = guitu_store_read (test->store, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*forbidden*");
}

int
main (int argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_some (argv[2]);
  if (argc == 3 && strcmp (argv[1], "--fill") == 0)
    {
      write_until_full (argv[2]);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/store/create", test_create);
  g_test_add_func ("/store/create-over-keys", test_create_over_keys);
  g_test_add_func ("/store/no-folder", test_no_folder);
  g_test_add_func ("/store/keys", test_keys);
  g_test_add_func ("/store/key-forms", test_key_forms);
  g_test_add_func ("/store/foreign-keys", test_foreign_keys);
  g_test_add_func ("/store/garbage", test_garbage);
  g_test_add_func ("/store/emptied", test_emptied);
  g_test_add_func ("/store/truncated", test_truncated);
  g_test_add_func ("/store/other-programs", test_other_programs);
  g_test_add_func ("/store/locked", test_locked);
  g_test_add_func ("/store/full", test_full);
  g_test_add_func ("/store/read-only", test_read_only);
  g_test_add_func ("/store/index-of-before", test_index_of_before);
  g_test_add_func ("/store/two-processes", test_two_processes);
  g_test_add_func ("/store/threads", test_threads);
  g_test_add_func ("/store/one-state", test_one_state);
  g_test_add_func ("/store/forbidden-thread", test_forbidden_thread);
  return g_test_run ();
}
