/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection writes, guarded by a mutex; readers have their own, kept in a small pool. SQLite
 * runs without mutexes of its own, so a connection is handed from thread to thread explicitly. */

#include "db/store-private.h"

#include "db/schema.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>

#define DATABASE_FILE "guitu.db"
#define READERS_KEPT 2

struct _GuituStore
{
  char *directory;
  char *path;
  GuituKeys *keys;
  GMutex writing;  /* held for the length of a write transaction */
  GuituConnection *writer;
  GMutex lock; /* guards readers */
  GPtrArray *readers;
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
  store->path = g_build_filename (store->directory, DATABASE_FILE, NULL);
  store->keys = keys;
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
  return store->keys;
}

const GuituKeys *
guitu_transaction_keys (GuituTransaction *transaction)
{
  return transaction->store->keys;
}

static gboolean
open_writer (GuituStore *store,
             gboolean create,
             GError **error)
{
  gboolean added = FALSE;

  store->writer = guitu_connection_open (store->path, TRUE, create, error);
  if (store->writer == NULL)
    return FALSE;
  if (!guitu_schema_prepare (store->writer, &added, error) ||
      (added && !_guitu_ledger_reapply (store->writer, error)))
    {
      g_clear_pointer (&store->writer, guitu_connection_close);
      return FALSE;
    }
  guitu_connection_disown (store->writer);
  return TRUE;
}

static gboolean
is_store (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, DATABASE_FILE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

GuituStore *
guitu_store_create (const char *directory,
                    const GuituKeys *keys,
                    GError **error)
{
  g_autoptr (GuituStore) store = NULL;
  GuituKeys *saved;
  gboolean is_written;

  if (sodium_init () < 0)
    g_error ("libsodium can't be initialised");
  if (is_store (directory))
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
  if (!guitu_keys_save (keys, directory, error))
    return NULL;
  saved = guitu_keys_load (directory, error);
  if (saved == NULL)
    return NULL;
  store = store_new (directory, saved);
  if (!open_writer (store, TRUE, error))
    return NULL;
  guitu_connection_own (store->writer);
  is_written = _guitu_desk_insert (store->writer, &keys->desk, error);
  guitu_connection_disown (store->writer);
  return is_written ? g_steal_pointer (&store) : NULL;
}

GuituStore *
guitu_store_open (const char *directory,
                  GError **error)
{
  g_autoptr (GuituStore) store = NULL;
  GuituKeys *keys;

  if (sodium_init () < 0)
    g_error ("libsodium can't be initialised");
  if (!is_store (directory))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "There is no store in %s", directory);
      return NULL;
    }
  keys = guitu_keys_load (directory, error);
  if (keys == NULL)
    return NULL;
  store = store_new (directory, keys);
  if (!open_writer (store, FALSE, error))
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
  for (guint i = 0; i < GUITU_N_SCOPES; i++)
    transaction->changes[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_change_free);
  return transaction;
}

GuituTransaction *
guitu_store_read (GuituStore *store,
                  GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  GuituConnection *reader;

  g_assert (g_private_get (&forbidden) == NULL);
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

  g_assert (g_private_get (&forbidden) == NULL);
  g_mutex_lock (&store->writing);
  guitu_connection_own (store->writer);
  transaction = transaction_new (store, store->writer);
  transaction->writes = TRUE;
  transaction->user = g_strdup (user);
  transaction->act = g_strdup (act);
  if (!guitu_connection_run (store->writer, "BEGIN IMMEDIATE", error))
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
    guitu_connection_run (transaction->connection, "ROLLBACK", NULL);
  if (transaction->writes)
    {
      guitu_connection_disown (store->writer);
      g_mutex_unlock (&store->writing);
    }
  else
    {
      give_reader_back (store, transaction->connection);
    }
  for (guint i = 0; i < GUITU_N_SCOPES; i++)
    g_ptr_array_unref (transaction->changes[i]);
  g_free (transaction->user);
  g_free (transaction->act);
  g_free (transaction);
}

GPtrArray *
guitu_store_check (GuituStore *store,
                   GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GuituStatement) statement = NULL;
  int step;

  if (transaction == NULL)
    return NULL;
  statement = guitu_connection_prepare (transaction->connection, "PRAGMA integrity_check (20)", error);
  if (statement == NULL)
    return NULL;
  while ((step = guitu_statement_step (statement, error)) == 1)
    if (g_strcmp0 (guitu_statement_text (statement, 0), "ok") != 0)
      g_ptr_array_add (problems, g_strdup (guitu_statement_text (statement, 0)));
  return step == 0 ? g_steal_pointer (&problems) : NULL;
}
