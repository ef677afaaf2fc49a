/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bundles: what is refused leaves the store as it was, what is interrupted goes on, and no half file is left. */

#include "store.h"

#include <string.h>

#define MANY 2500 /* entries: more than one step */

typedef struct
{
  GuituTestStore *ours;
  GuituTestStore *second;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GuituKeys) first = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) second = guitu_keys_new_desk (first, 2);

  fixture->ours = guitu_test_store_new (first);
  fixture->second = guitu_test_store_new (second);
  fixture->path = g_build_filename (fixture->ours->directory, "bundle", NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  guitu_test_store_free (fixture->ours);
  guitu_test_store_free (fixture->second);
  g_free (fixture->path);
}

static void
add_persons (GuituStore *store,
             guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "person add", &error);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

      guitu_record_set_text (person, GUITU_PERSON_NAME, "王秀英");
      guitu_transaction_put (transaction, person, &error);
      guitu_transaction_next_entry (transaction, &error);
    }
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

/* A program of next year says so in its first four letters. */
static void
test_newer (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *before = guitu_test_dump_all (fixture->second->directory);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituReceipt) receipt = NULL;
  gsize length;

  add_persons (fixture->ours->store, 1);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  content[3] = '2';
  g_assert_true (g_file_set_contents_full (fixture->path, content, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  receipt = guitu_bundle_import (fixture->second->store, fixture->path, &error);
  g_assert_null (receipt);
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "newer"));
  after = guitu_test_dump_all (fixture->second->directory);
  g_assert_cmpstr (before, ==, after);
}

static gboolean
stop_at (guint64 done,
         guint64 total,
         gpointer data,
         GError **error)
{
  if (done < *(guint *) data)
    return TRUE;
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_LOCKED, "stopped");
  return FALSE;
}

static guint
count_entries (GuituTestStore *test)
{
  return guitu_test_sql_integer (test->directory, "SELECT count (*) FROM entry");
}

/* A small one is taken all or none; of a big one, the steps that were done stay. */
static void
test_interrupted (Fixture *fixture,
                  gconstpointer data)
{
  guint limit = 1;
  guint n_taken;
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *second = NULL;

  add_persons (fixture->ours->store, 100);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  g_assert_null (guitu_bundle_import_telling (fixture->second->store, fixture->path, stop_at, &limit, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (count_entries (fixture->second), ==, 0);
  add_persons (fixture->ours->store, MANY);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  limit = MANY;
  g_assert_null (guitu_bundle_import_telling (fixture->second->store, fixture->path, stop_at, &limit, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_LOCKED);
  n_taken = count_entries (fixture->second);
  g_assert_cmpuint (n_taken, >, 0);
  g_assert_cmpuint (n_taken, <, MANY + 100);
  g_assert_cmpuint (guitu_test_problems (fixture->second->store, FALSE), ==, 0);
  g_assert_cmpuint (guitu_test_import (fixture->second->store, fixture->path), ==, MANY + 100 - n_taken);
  ours = guitu_test_dump (fixture->ours->directory);
  second = guitu_test_dump (fixture->second->directory);
  g_assert_cmpstr (ours, ==, second);
}

/* Nothing of a big one is taken either when its end is missing. */
static void
test_big_cut_short (Fixture *fixture,
                    gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;

  add_persons (fixture->ours->store, MANY);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  g_assert_true (g_file_set_contents_full (fixture->path, content, length - 1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  guitu_test_import_refused (fixture->second, fixture->path, GUITU_DB_ERROR_INVALID);
}

static guint
count_files (const char *directory)
{
  g_autoptr (GDir) folder = g_dir_open (directory, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

/* A bundle that was not finished leaves the one before, and nothing beside it. */
static void
test_export_stopped (Fixture *fixture,
                     gconstpointer data)
{
  guint limit = 0;
  const GuituExport how = { .progress = stop_at, .data = &limit };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length;
  guint64 count;
  guint n_files;

  add_persons (fixture->ours->store, 1);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  g_assert_true (g_file_get_contents (fixture->path, &before, &length, NULL));
  n_files = count_files (fixture->ours->directory);
  add_persons (fixture->ours->store, 600);
  g_assert_false (guitu_bundle_export_as (fixture->ours->store, fixture->path, &how, &count, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_LOCKED);
  g_assert_true (g_file_get_contents (fixture->path, &after, &length, NULL));
  g_assert_cmpmem (before, length, after, length);
  g_assert_cmpuint (count_files (fixture->ours->directory), ==, n_files);
}

static guint64
export_since (Fixture *fixture,
              GuituStore *store)
{
  const GuituExport how = { .since_last = TRUE };
  g_autoptr (GError) error = NULL;
  guint64 count;

  guitu_bundle_export_as (store, fixture->path, &how, &count, &error);
  g_assert_no_error (error);
  return count;
}

/* What fills a gap goes along even where later entries of the chain went before. */
static void
test_since_last (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GuituKeys) third = guitu_keys_new_desk (guitu_store_keys (fixture->ours->store), 3);
  g_autoptr (GuituTestStore) last = guitu_test_store_new (third);
  g_autofree char *whole = g_build_filename (fixture->ours->directory, "whole", NULL);
  g_autoptr (GuituReceipt) receipt = NULL;

  add_persons (fixture->ours->store, 3);
  guitu_test_export (fixture->ours->store, whole, NULL);
  add_persons (fixture->ours->store, 2);
  g_assert_cmpuint (export_since (fixture, fixture->ours->store), ==, 2);
  receipt = guitu_bundle_import (fixture->second->store, fixture->path, NULL);
  g_assert_cmpuint (receipt->added, ==, 2);
  g_assert_cmpuint (receipt->gaps->len, ==, 1);
  g_assert_cmpuint (export_since (fixture, fixture->second->store), ==, 2);
  guitu_test_import (fixture->second->store, whole);
  g_assert_cmpuint (export_since (fixture, fixture->second->store), ==, 5);
  g_assert_cmpuint (export_since (fixture, fixture->second->store), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/bundle/newer", test_newer);
  ADD ("/bundle/interrupted", test_interrupted);
  ADD ("/bundle/big-cut-short", test_big_cut_short);
  ADD ("/bundle/export-stopped", test_export_stopped);
  ADD ("/bundle/since-last", test_since_last);
  return g_test_run ();
}
