/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection writes, guarded by a mutex; readers have their own, kept in a small pool. SQLite
 * runs without mutexes of its own, so a connection is handed from thread to thread explicitly. */

#include "db/store-private.h"

#include "db/match.h"
#include "db/schema.h"
#include "db/search.h"
#include "db/stations.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>

#define READERS_KEPT 2

struct _GuituStore
{
  char *directory;
  char *path;
  GuituKeys *keys;   /* atomic: replaced when the station's keys are */
  GPtrArray *former; /* GuituKeys that somebody may still be reading; guarded by writing */
  GMutex writing;    /* held for the length of a write transaction or batch */
  GThread *batch;    /* atomic: whose batch is open */
  GuituConnection *writer;
  GMutex lock; /* guards readers */
  GPtrArray *readers;
  GuituFollow follow;
};

static GPrivate forbidden;

void
guitu_store_forbid_thread (void)
{
  g_private_set (&forbidden, GINT_TO_POINTER (1));
}

static GuituStore *
store_new (const char *directory,
           GuituKeys *keys)
{
  GuituStore *store = g_new0 (GuituStore, 1);

  store->directory = g_canonicalize_filename (directory, NULL);
  store->path = g_build_filename (store->directory, GUITU_DATABASE_FILE, NULL);
  store->keys = keys;
  store->former = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_keys_free);
  store->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_connection_close);
  g_mutex_init (&store->writing);
  g_mutex_init (&store->lock);
  return store;
}

void
guitu_store_close (GuituStore *store)
{
  g_ptr_array_unref (store->readers);
  if (store->writer != NULL)
    {
      guitu_connection_own (store->writer);
      guitu_connection_run (store->writer, "PRAGMA optimize", NULL);
      guitu_connection_close (store->writer);
    }
  g_mutex_clear (&store->writing);
  g_mutex_clear (&store->lock);
  guitu_keys_free (store->keys);
  g_ptr_array_unref (store->former);
  g_free (store->path);
  g_free (store->directory);
  g_free (store);
}

const char *
guitu_store_directory (GuituStore *store)
{
  return store->directory;
}

const GuituKeys *
guitu_store_keys (GuituStore *store)
{
  return g_atomic_pointer_get (&store->keys);
}

const GuituKeys *
guitu_transaction_keys (GuituTransaction *transaction)
{
  return guitu_store_keys (transaction->store);
}

/* An emptied database must not pass for a new one: its desk would begin its ledger again. */
static gboolean
is_filled (GuituConnection *connection,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 tables = guitu_connection_integer (connection, "SELECT count (*) FROM sqlite_schema", 0, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (tables == 0)
    g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_DAMAGED, "The store's database file is empty; restore it from the backup");
  return tables > 0;
}

static gboolean
open_writer (GuituStore *store,
             gboolean create,
             GuituProgress progress,
             gpointer data,
             GError **error)
{
  store->writer = guitu_connection_open (store->path, TRUE, create, error);
  if (store->writer == NULL)
    return FALSE;
  if ((!create && !is_filled (store->writer, error)) ||
      !guitu_schema_prepare (store->writer, progress, data, error) ||
      (guitu_schema_must_reapply (store->writer) && !_guitu_ledger_reapply (store->writer, store->keys->station, error)) ||
      !_guitu_keys_note (store->writer, store->keys, error))
    {
      g_clear_pointer (&store->writer, guitu_connection_close);
      return FALSE;
    }
  guitu_connection_disown (store->writer);
  return TRUE;
}

static gboolean
has_file (const char *directory,
          const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What a failed creation leaves behind would forbid trying again. */
void
_guitu_store_undo (const char *directory)
{
  static const char *const names[] = { GUITU_DATABASE_FILE, GUITU_DATABASE_FILE "-wal", GUITU_DATABASE_FILE "-shm", GUITU_DATABASE_FILE "-journal", GUITU_KEY_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_unlink (path);
    }
}

GuituKeys *
_guitu_store_begin (const char *directory,
                    const GuituKeys *keys,
                    GError **error)
{
  if (sodium_init () < 0)
    g_error ("libsodium can't be initialised");
  if (has_file (directory, GUITU_DATABASE_FILE) || has_file (directory, GUITU_KEY_FILE))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_EXISTS, "There is a store in %s already", directory);
      return NULL;
    }
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE,
                   "The folder %s can't be made: %s", directory, g_strerror (errno));
      return NULL;
    }
  return guitu_keys_save (keys, directory, error) ? guitu_keys_load (directory, error) : NULL;
}

GuituStore *
guitu_store_create (const char *directory,
                    const GuituKeys *keys,
                    GError **error)
{
  g_autoptr (GuituStore) store = NULL;
  gboolean is_free = !has_file (directory, GUITU_DATABASE_FILE) && !has_file (directory, GUITU_KEY_FILE);
  GuituKeys *saved = _guitu_store_begin (directory, keys, error);

  store = saved == NULL ? NULL : store_new (directory, saved);
  if (store != NULL && open_writer (store, TRUE, NULL, NULL, error))
    return g_steal_pointer (&store);
  if (is_free)
    _guitu_store_undo (directory);
  return NULL;
}

GuituStore *
guitu_store_open (const char *directory,
                  GError **error)
{
  return guitu_store_open_telling (directory, NULL, NULL, error);
}

GuituStore *
guitu_store_open_telling (const char *directory,
                          GuituProgress progress,
                          gpointer data,
                          GError **error)
{
  g_autoptr (GuituStore) store = NULL;
  GuituKeys *keys;
  gboolean adopted;

  if (sodium_init () < 0)
    g_error ("libsodium can't be initialised");
  if (!_guitu_store_finish_settling (directory, error) || !_guitu_store_check_keys (directory, error))
    return NULL;
  if (!has_file (directory, GUITU_DATABASE_FILE))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "There is no store in %s", directory);
      return NULL;
    }
  keys = guitu_keys_load (directory, error);
  if (keys == NULL)
    return NULL;
  store = store_new (directory, keys);
  if (!open_writer (store, FALSE, progress, data, error) || !guitu_store_follow_rotation (store, &adopted, error))
    return NULL;
  return g_steal_pointer (&store);
}

static GuituConnection *
take_reader (GuituStore *store,
             GError **error)
{
  GuituConnection *reader = NULL;

  g_mutex_lock (&store->lock);
  if (store->readers->len > 0)
    reader = g_ptr_array_steal_index_fast (store->readers, store->readers->len - 1);
  g_mutex_unlock (&store->lock);
  if (reader == NULL)
    return guitu_connection_open (store->path, FALSE, FALSE, error);
  guitu_connection_own (reader);
  return reader;
}

static void
give_reader_back (GuituStore *store,
                  GuituConnection *reader)
{
  g_mutex_lock (&store->lock);
  if (store->readers->len < READERS_KEPT)
    {
      guitu_connection_disown (reader);
      g_ptr_array_add (store->readers, reader);
      reader = NULL;
    }
  g_mutex_unlock (&store->lock);
  g_clear_pointer (&reader, guitu_connection_close);
}

static GuituTransaction *
transaction_new (GuituStore *store,
                 GuituConnection *connection)
{
  GuituTransaction *transaction = g_new0 (GuituTransaction, 1);

  transaction->store = store;
  transaction->connection = connection;
  transaction->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) _guitu_scope_changes_free);
  return transaction;
}

static gboolean
is_in_batch (GuituStore *store)
{
  return g_atomic_pointer_get (&store->batch) == g_thread_self ();
}

static void
begin_writing (GuituStore *store)
{
  g_assert (g_private_get (&forbidden) == NULL);
  g_mutex_lock (&store->writing);
  guitu_connection_own (store->writer);
}

static void
end_writing (GuituStore *store)
{
  guitu_connection_disown (store->writer);
  g_mutex_unlock (&store->writing);
}

/* The file first: what the database notes of it follows when the store is opened again. */
gboolean
_guitu_store_adopt (GuituStore *store,
                    const GuituKeys *keys,
                    GError **error)
{
  GuituKeys *saved = guitu_keys_save (keys, store->directory, error) ? guitu_keys_load (store->directory, error) : NULL;
  gboolean is_noted;

  if (saved == NULL)
    return FALSE;
  begin_writing (store);
  g_ptr_array_add (store->former, store->keys);
  g_atomic_pointer_set (&store->keys, saved);
  is_noted = _guitu_desk_insert (store->writer, &saved->desk, error) && _guitu_keys_note (store->writer, saved, error);
  end_writing (store);
  return is_noted;
}

gboolean
guitu_store_begin_batch (GuituStore *store,
                         GError **error)
{
  g_assert (!is_in_batch (store));
  begin_writing (store);
  if (!guitu_connection_run (store->writer, "BEGIN IMMEDIATE", error))
    {
      end_writing (store);
      return FALSE;
    }
  g_atomic_pointer_set (&store->batch, g_thread_self ());
  return TRUE;
}

gboolean
guitu_store_end_batch (GuituStore *store,
                       gboolean keep,
                       GError **error)
{
  gboolean is_kept;

  g_assert (is_in_batch (store));
  is_kept = keep && guitu_connection_run (store->writer, "COMMIT", error);
  if (!is_kept)
    guitu_connection_run (store->writer, "ROLLBACK", NULL);
  g_atomic_pointer_set (&store->batch, NULL);
  end_writing (store);
  return is_kept || !keep;
}

/* A part of a batch works on the connection that writes, so that it sees the parts before it. */
static GuituTransaction *
read_part (GuituStore *store)
{
  GuituTransaction *transaction = transaction_new (store, store->writer);

  transaction->is_part = TRUE;
  transaction->done = TRUE;
  return transaction;
}

GuituTransaction *
guitu_store_read (GuituStore *store,
                  GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  GuituConnection *reader;

  g_assert (g_private_get (&forbidden) == NULL);
  if (is_in_batch (store))
    return read_part (store);
  reader = take_reader (store, error);
  if (reader == NULL)
    return NULL;
  transaction = transaction_new (store, reader);
  if (!guitu_connection_run (reader, "BEGIN", error))
    {
      transaction->done = TRUE;
      return NULL;
    }
  return g_steal_pointer (&transaction);
}

GuituTransaction *
guitu_store_write (GuituStore *store,
                   const char *user,
                   const char *act,
                   GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  gboolean is_part = is_in_batch (store);

  if (!is_part)
    begin_writing (store);
  transaction = transaction_new (store, store->writer);
  transaction->writes = TRUE;
  transaction->is_part = is_part;
  transaction->user = g_strdup (user);
  transaction->act = g_strdup (act);
  if (!guitu_connection_run (store->writer, is_part ? "SAVEPOINT part" : "BEGIN IMMEDIATE", error))
    {
      transaction->done = TRUE;
      return NULL;
    }
  if (!_guitu_clock_advance (store->writer, 0, &transaction->clock, error))
    return NULL;
  return g_steal_pointer (&transaction);
}

void
guitu_transaction_free (GuituTransaction *transaction)
{
  GuituStore *store = transaction->store;

  if (!transaction->done)
    guitu_connection_run (transaction->connection,
                          transaction->is_part ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK", NULL);
  if (!transaction->is_part && transaction->writes)
    end_writing (store);
  else if (!transaction->is_part)
    give_reader_back (store, transaction->connection);
  g_ptr_array_unref (transaction->changes);
  g_clear_pointer (&transaction->kept, g_hash_table_unref);
  g_free (transaction->user);
  g_free (transaction->act);
  g_free (transaction);
}

void
guitu_store_follow (GuituStore *store,
                    GuituFollow follow)
{
  store->follow = follow;
}

gboolean
_guitu_store_let_follow (GuituTransaction *transaction,
                         GError **error)
{
  return transaction->store->follow == NULL || transaction->changes->len == 0 || transaction->store->follow (transaction, error);
}

/* What is kept with a transaction. */
typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Kept;

static void
free_kept (gpointer data)
{
  Kept *kept = data;

  kept->destroy (kept->data);
  g_free (kept);
}

gboolean
guitu_transaction_only_reads (GuituTransaction *transaction)
{
  return !transaction->writes;
}

void
guitu_transaction_keep (GuituTransaction *transaction,
                        const char *name,
                        gpointer data,
                        GDestroyNotify destroy)
{
  Kept *kept = g_new (Kept, 1);

  g_assert (!transaction->writes);
  *kept = (Kept){ data, destroy };
  if (transaction->kept == NULL)
    transaction->kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_kept);
  g_hash_table_insert (transaction->kept, (gpointer) name, kept);
}

gpointer
guitu_transaction_kept (GuituTransaction *transaction,
                        const char *name)
{
  const Kept *kept = transaction->kept == NULL ? NULL : g_hash_table_lookup (transaction->kept, name);

  return kept == NULL ? NULL : kept->data;
}

gboolean
guitu_store_settings_stamp (GuituStore *store,
                            gint64 *stamp,
                            GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GError) failure = NULL;

  if (transaction == NULL)
    return FALSE;
  *stamp = guitu_connection_integer (transaction->connection, "SELECT value FROM meta WHERE name = 'settings'", 0, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* --- Checking -------------------------------------------------------------------------------- */

static gboolean
check_database (GuituStore *store,
                GPtrArray *problems,
                GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GuituStatement) statement =
      transaction == NULL ? NULL : guitu_connection_prepare (transaction->connection, "PRAGMA integrity_check (20)", error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    if (g_strcmp0 (guitu_statement_text (statement, 0), "ok") != 0)
      g_ptr_array_add (problems, g_strdup (guitu_statement_text (statement, 0)));
  return step == 0;
}

static gboolean
check_search (GuituStore *store,
              GPtrArray *problems,
              GError **error)
{
  g_autofree char *problem = NULL;
  g_autofree char *other = NULL;
  gboolean is_checked;

  begin_writing (store);
  is_checked = guitu_search_check (store->writer, &problem, error) && guitu_match_check (store->writer, &other, error);
  end_writing (store);
  if (problem != NULL)
    g_ptr_array_add (problems, g_steal_pointer (&problem));
  if (other != NULL)
    g_ptr_array_add (problems, g_steal_pointer (&other));
  return is_checked;
}

GPtrArray *
guitu_store_check (GuituStore *store,
                   GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert (!is_in_batch (store));
  if (!check_database (store, problems, error) ||
      (problems->len == 0 && !check_search (store, problems, error)))
    return NULL;
  return g_steal_pointer (&problems);
}

gboolean
guitu_store_rebuild_index (GuituStore *store,
                           GuituProgress progress,
                           gpointer data,
                           GError **error)
{
  gboolean is_built;

  g_assert (!is_in_batch (store));
  begin_writing (store);
  is_built = guitu_search_rebuild (store->writer, progress, data, error) && guitu_match_rebuild (store->writer, error);
  end_writing (store);
  return is_built;
}
