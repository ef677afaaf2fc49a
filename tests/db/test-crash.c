/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A process that registers people is killed again and again at random moments. What it said is
 * registered must be there, and the store whole. The test runs itself as that process. */

#include "store.h"

#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 200 /* or what GUITU_TEST_KILLS says: a sanitizer makes each slow */
#define FULL_EVERY 20

/* --- The writer ------------------------------------------------------------------------------ */

static void
register_one (GuituStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "register", &error);
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autofree char *number = NULL;
  g_autofree char *line = NULL;
  gint64 next;

  g_assert_no_error (error);
  guitu_transaction_next_number (transaction, "stay", &next, &error);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, next);
  guitu_record_set_text (person, GUITU_PERSON_NAME, "王秀英");
  guitu_record_set_text (person, GUITU_PERSON_ID_NUMBER, "440114198503122345");
  guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
  guitu_record_set_text (stay, GUITU_STAY_NUMBER, number);
  guitu_transaction_put (transaction, person, &error);
  guitu_transaction_put (transaction, stay, &error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  line = g_strdup_printf ("%s %s\n", guitu_record_id (person), guitu_record_id (stay));
  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize) strlen (line));
}

static void
run_writer (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (directory, &error);

  g_assert_no_error (error);
  for (;;)
    register_one (store);
}

/* --- The test -------------------------------------------------------------------------------- */

typedef struct
{
  GPid pid;
  int out;
} Writer;

static void
writer_start (Writer *writer,
              const char *directory)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const arguments[] = { self, "--writer", directory, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &writer->pid, NULL, &writer->out, NULL, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the lines written in full before it died. */
static char **
writer_kill (Writer *writer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize length;
  char *end;
  int status;

  g_assert_cmpint (kill (writer->pid, SIGKILL), ==, 0);
  while ((length = read (writer->out, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, length);
  close (writer->out);
  g_assert_cmpint (waitpid (writer->pid, &status, 0), ==, writer->pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  end = strrchr (text->str, '\n');
  g_string_truncate (text, end == NULL ? 0 : end - text->str);
  return g_strsplit (text->str, "\n", -1);
}

static void
assert_there (GuituTransaction *transaction,
              char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) ids = g_strsplit (lines[i], " ", 2);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, ids[0], &error);
      g_autoptr (GuituRecord) stay = NULL;

      g_assert_no_error (error);
      stay = guitu_record_load (transaction, &guitu_kind_stay, ids[1], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (guitu_record_text (stay, GUITU_STAY_PERSON), ==, ids[0]);
    }
}

static void
assert_whole (const char *directory,
              char *const *lines,
              gboolean quick)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (directory, &error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_no_error (error);
  problems = guitu_store_check (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (guitu_test_problems (store, quick), ==, 0);
  transaction = guitu_store_read (store, &error);
  assert_there (transaction, lines);
  g_clear_pointer (&transaction, guitu_transaction_free);
}

/* How long a writer takes to its first registration: the kills fall before and after. */
static int
measure_start (const char *directory)
{
  gint64 start = g_get_monotonic_time ();
  g_auto (GStrv) lines = NULL;
  Writer writer;
  char byte;
  int taken;

  writer_start (&writer, directory);
  g_assert_cmpint (read (writer.out, &byte, 1), ==, 1);
  taken = g_get_monotonic_time () - start;
  lines = writer_kill (&writer);
  return taken;
}

static void
test_kills (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260131);
  g_autoptr (GuituTestStore) test = guitu_test_store_new (NULL);
  const char *wanted = g_getenv ("GUITU_TEST_KILLS");
  guint kills = wanted == NULL ? KILLS : atoi (wanted);
  guint registered = 0;
  int start;

  g_clear_pointer (&test->store, guitu_store_close);
  start = measure_start (test->directory);
  for (guint i = 1; i <= kills; i++)
    {
      g_auto (GStrv) lines = NULL;
      Writer writer;

      writer_start (&writer, test->directory);
      g_usleep (g_rand_int_range (random, start / 2, 2 * start + 40000));
      lines = writer_kill (&writer);
      registered += g_strv_length (lines);
      assert_whole (test->directory, lines, i % FULL_EVERY != 0);
    }
  g_test_message ("%u registrations acknowledged, %u kills", registered, kills);
  g_assert_cmpuint (registered, >, kills);
  /* No number was given twice or left out. */
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) - max (CAST (number AS INTEGER)) FROM stay"), ==, 0);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) - count (DISTINCT number) FROM stay"), ==, 0);
  g_assert_cmpint (guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry"), >=, registered);
}

int
main (int argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--writer") == 0)
    run_writer (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/crash/kills", test_kills);
  return g_test_run ();
}
