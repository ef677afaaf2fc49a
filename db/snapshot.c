/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new desk need not apply a million entries one by one: it begins with a copy of another desk's database,
 * without what is that desk's own, and takes later entries as usual. */

#include "db/bundle-private.h"
#include "db/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAGIC "GTS1"

/* The giver's numbers, and what it told and heard of the hub. */
#define FORGET                                                                                                         \
  "DELETE FROM series; DELETE FROM export_mark; DELETE FROM hub_sent; DELETE FROM hub_heard; DELETE FROM hub_problem;" \
  "DELETE FROM meta WHERE name NOT IN ('clock', 'migrations', 'payload', 'settings', 'reapply') AND name NOT LIKE 'search%'"

/* --- Giving ---------------------------------------------------------------------------------- */

static gboolean
copy_database (GuituStore *store,
               const char *copy,
               GError **error)
{
  g_autofree char *original = g_build_filename (guitu_store_directory (store), GUITU_DATABASE_FILE, NULL);
  g_autoptr (GuituConnection) connection = guitu_connection_open (original, FALSE, FALSE, error);
  g_autoptr (GuituStatement) statement = connection == NULL ? NULL : guitu_connection_prepare (connection, "VACUUM INTO ?", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, copy);
  return guitu_statement_run (statement, error);
}

static gboolean
seal_file (GuituSealedWriter *writer,
           const char *path,
           GError **error)
{
  g_autofree guint8 *chunk = g_malloc (GUITU_SEALED_CHUNK_BYTES);
  FILE *in = fopen (path, "re");
  gboolean good = in != NULL;
  gboolean is_last = FALSE;

  while (good && !is_last)
    {
      gsize length = fread (chunk, 1, GUITU_SEALED_CHUNK_BYTES, in);

      is_last = length < GUITU_SEALED_CHUNK_BYTES;
      good = !ferror (in) && _guitu_sealed_write (writer, chunk, length, is_last, error);
    }
  if (!good && error != NULL && *error == NULL)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "The copy of the database can't be read: %s", g_strerror (errno));
  if (in != NULL)
    fclose (in);
  return good;
}

gboolean
guitu_snapshot_export (GuituStore *store,
                       const char *path,
                       GError **error)
{
  g_autofree char *copy = g_build_filename (guitu_store_directory (store), "snapshot.part", NULL);
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  gboolean good = transaction != NULL;
  g_autoptr (GPtrArray) desks = good ? _guitu_sealed_desks (transaction, &good, error) : NULL;
  g_auto (GuituSealedWriter) writer = { 0 };

  g_clear_pointer (&transaction, guitu_transaction_free);
  g_unlink (copy); /* of an earlier attempt */
  good = good && copy_database (store, copy, error) &&
         _guitu_sealed_create (&writer, path, MAGIC, guitu_store_keys (store), NULL, desks, error) &&
         seal_file (&writer, copy, error) && _guitu_sealed_finish (&writer, error);
  g_unlink (copy);
  return good;
}

/* --- Taking ---------------------------------------------------------------------------------- */

static gboolean
fail_to_write (GError **error)
{
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "The database can't be written: %s", g_strerror (errno));
  return FALSE;
}

typedef struct
{
  const char *path;
  GuituProgress progress; /* or NULL */
  gpointer data;
} Source;

static gboolean
write_database (GuituSealedReader *reader,
                const Source *source,
                int file,
                GError **error)
{
  GStatBuf status;
  guint64 written_before = 0;
  guint64 total = g_stat (source->path, &status) == 0 ? (guint64) status.st_size : 0;

  while (!reader->is_at_end)
    {
      g_autoptr (GBytes) chunk = _guitu_sealed_read (reader, error);
      gsize length;
      const guint8 *data = chunk == NULL ? NULL : g_bytes_get_data (chunk, &length);

      if (chunk == NULL)
        return FALSE;
      for (gsize done = 0; done < length;)
        {
          gssize written = write (file, data + done, length - done);

          if (written <= 0)
            return fail_to_write (error);
          done += written;
        }
      written_before += length;
      if (source->progress != NULL && !source->progress (MIN (written_before, total), total, source->data, error))
        return FALSE;
    }
  return fsync (file) == 0 || fail_to_write (error);
}

static gboolean
open_snapshot (const GuituKeys *keys,
               const Source *source,
               const char *database,
               GError **error)
{
  g_auto (GuituSealedReader) reader = { 0 };
  gboolean good;
  int file;

  if (!_guitu_sealed_open (&reader, source->path, MAGIC, keys, error))
    return FALSE;
  file = open (database, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return fail_to_write (error);
  good = write_database (&reader, source, file, error);
  return (close (file) == 0 || !good || fail_to_write (error)) && good;
}

static gboolean
forget_giver (const char *database,
              GError **error)
{
  g_autoptr (GuituConnection) connection = guitu_connection_open (database, TRUE, FALSE, error);

  return connection != NULL && guitu_connection_run (connection, FORGET, error);
}

/* What runs by itself, or only seems to hold rows, is in no store of ours: it would say something else than the ledger, later. */
static gboolean
check_schema (const char *database,
              GError **error)
{
  g_autoptr (GuituConnection) connection = guitu_connection_open (database, FALSE, FALSE, error);
  g_autoptr (GError) failure = NULL;
  gint64 strange = connection == NULL ? 0 : guitu_connection_integer (connection, "SELECT count (*) FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR (sql LIKE 'CREATE VIRTUAL%' AND name <> 'person_search')", 0, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (strange > 0)
    g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED, "The snapshot holds more than records: somebody put it there");
  return connection != NULL && failure == NULL && strange == 0;
}

static gboolean
check_ledger (GuituStore *store,
              GError **error)
{
  g_autoptr (GuituLedgerReport) report = guitu_ledger_verify (store, TRUE, error);

  if (report == NULL)
    return FALSE;
  if (report->problems->len == 0)
    return TRUE;
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED, "The ledger in the snapshot does not verify: %s",
               (const char *) g_ptr_array_index (report->problems, 0));
  return FALSE;
}

static GuituStore *
create_in (const char *directory,
           const GuituKeys *keys,
           const Source *source,
           GError **error)
{
  g_autofree char *database = g_build_filename (directory, GUITU_DATABASE_FILE, NULL);
  g_autoptr (GuituStore) store = NULL;

  if (!open_snapshot (keys, source, database, error) || !check_schema (database, error) || !forget_giver (database, error))
    return NULL;
  store = guitu_store_open (directory, error);
  return store != NULL && check_ledger (store, error) ? g_steal_pointer (&store) : NULL;
}

GuituStore *
guitu_store_create_from (const char *directory,
                         const GuituKeys *keys,
                         const char *path,
                         GuituProgress progress,
                         gpointer data,
                         GError **error)
{
  const Source source = { path, progress, data };
  g_autoptr (GError) failure = NULL;
  GuituKeys *saved = _guitu_store_begin (directory, keys, &failure);
  GuituStore *store = saved == NULL ? NULL : create_in (directory, saved, &source, &failure);

  if (saved != NULL)
    guitu_keys_free (saved);
  if (store != NULL)
    return store;
  if (!g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_EXISTS))
    _guitu_store_undo (directory);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
