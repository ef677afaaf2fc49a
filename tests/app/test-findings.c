/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's way: a write is acknowledged, and what follows is found, or learnt, afterwards, without anybody asking. */

#include "app/app.h"
#include "db/db.h"
#include "db/weights.h"
#include "store.h"

#define PASSWORD "secret-123"
#define LONGEST_US (20 * G_USEC_PER_SEC)

static void
keep_result (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) results = guitu_station_run_finish (GUITU_STATION (source), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (results);
  *(gboolean *) data = TRUE;
}

/* Runs a verb as the window does, until it is acknowledged. */
static void
run (GuituStation *station,
     const char *verb,
     const char *text)
{
  g_autoptr (JsonNode) input = json_from_string (text, NULL);
  gboolean is_done = FALSE;

  guitu_station_run_async (station, verb, json_node_get_object (input), NULL, keep_result, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

/* The GTK thread opens no transaction, so another one counts. */
static gpointer
count_findings (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (data, &error);
  g_autoptr (GuituTransaction) transaction = store == NULL ? NULL : guitu_store_read (store, &error);
  gint64 n;

  g_assert_no_error (error);
  n = guitu_records_count (transaction, &guitu_kind_finding, &(GuituQuery){ 0 }, &error);
  g_assert_no_error (error);
  return GINT_TO_POINTER ((int) n);
}

/* Whether the match has learnt, if from nothing: how many verdicts there were. */
static gpointer
count_verdicts_learnt (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (data, &error);
  g_autoptr (GuituTransaction) transaction = store == NULL ? NULL : guitu_store_read (store, &error);
  g_autoptr (GuituWeights) weights = transaction == NULL ? NULL : guitu_store_weights (transaction, &error);

  g_assert_no_error (error);
  return GINT_TO_POINTER (weights->learnt_at == 0 ? 0 : (int) weights->n_verdicts);
}

static void
wait_for (GThreadFunc count,
          char *path,
          int n)
{
  gint64 end = g_get_monotonic_time () + LONGEST_US;

  while (GPOINTER_TO_INT (g_thread_join (g_thread_new ("count", count, path))) != n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
}

static void
test_by_itself (void)
{
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GuituStation) station = guitu_station_new (path);

  run (station, "init", "{\"station\":\"440105001\",\"name\":\"某站\",\"region\":\"440105\",\"admin\":\"wang\",\"password\":\"" PASSWORD "\"}");
  run (station, "log in", "{\"user\":\"wang\",\"password\":\"" PASSWORD "\"}");
  run (station, "missing add", "{\"name\":\"欧阳海涛\",\"sex\":\"1\",\"birth_from\":\"1958-03-02\",\"household\":\"441423\",\"reporter\":\"欧阳强\",\"phone\":\"13800001234\"}");
  run (station, "person add", "{\"name\":\"欧阳海滔\",\"sex\":\"1\",\"birth_from\":\"1957-01-01\",\"birth_to\":\"1959-12-31\",\"household\":\"441423\"}");
  wait_for (count_findings, path, 1);
  run (station, "person add", "{\"name\":\"欧阳海涛\",\"sex\":\"1\",\"birth_from\":\"1957-01-01\",\"birth_to\":\"1959-12-31\",\"household\":\"441423\"}");
  run (station, "person add", "{\"name\":\"李四\",\"sex\":\"2\"}");
  wait_for (count_findings, path, 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&station);
  guitu_test_directory_remove (folder);
}

#define VERDICTS 50

/* Somebody found that so many people are not who they look like. */
static gpointer
tell_apart (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStore) store = guitu_store_open (data, &error);
  g_autoptr (GuituTransaction) transaction = store == NULL ? NULL : guitu_store_write (store, NULL, "person separate", &error);
  g_autoptr (GuituRecord) first = guitu_record_new (&guitu_kind_person);

  g_assert_no_error (error);
  guitu_record_set_text (first, GUITU_PERSON_SEX, "1");
  g_assert_true (guitu_transaction_put (transaction, first, &error));
  for (guint i = 0; i < VERDICTS; i++)
    {
      g_autoptr (GuituRecord) other = guitu_record_new (&guitu_kind_person);
      g_autoptr (GuituRecord) link = guitu_record_new (&guitu_kind_person_link);

      guitu_record_set_text (other, GUITU_PERSON_SEX, "1");
      guitu_record_set_text (link, GUITU_PERSON_LINK_PERSON, guitu_record_id (first));
      guitu_record_set_text (link, GUITU_PERSON_LINK_OTHER, guitu_record_id (other));
      guitu_record_set_text (link, GUITU_PERSON_LINK_VERDICT, "different");
      g_assert_true (guitu_transaction_put (transaction, other, &error));
      g_assert_true (guitu_transaction_put (transaction, link, &error));
    }
  g_assert_true (guitu_transaction_commit (transaction, &error));
  return NULL;
}

static void
test_learns (void)
{
  g_autofree char *folder = guitu_test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GuituStation) station = guitu_station_new (path);

  run (station, "init", "{\"station\":\"440105001\",\"name\":\"某站\",\"region\":\"440105\",\"admin\":\"wang\",\"password\":\"" PASSWORD "\"}");
  run (station, "log in", "{\"user\":\"wang\",\"password\":\"" PASSWORD "\"}");
  g_thread_join (g_thread_new ("apart", tell_apart, path));
  wait_for (count_verdicts_learnt, path, 0);
  run (station, "person add", "{\"name\":\"李四\",\"sex\":\"2\"}");
  wait_for (count_verdicts_learnt, path, VERDICTS);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&station);
  guitu_test_directory_remove (folder);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/by-itself", test_by_itself);
  g_test_add_func ("/findings/learns", test_learns);
  return g_test_run ();
}
