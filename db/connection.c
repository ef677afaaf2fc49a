/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The only file that calls sqlite3_*: everything else in db/ goes through these statements. A
 * connection belongs to one thread at a time; the mutex-free SQLite mode relies on the asserts. */

#include "db/connection.h"

#include "db/id.h"
#include "db/value.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

struct _GuituConnection
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL text -> GuituStatement */
  GThread *owner;
};

struct _GuituStatement
{
  GuituConnection *connection;
  sqlite3_stmt *handle;
  gboolean busy;
};

G_DEFINE_QUARK (guitu - db - error - quark, guitu_db_error)

static GuituDbError
error_code (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return GUITU_DB_ERROR_LOCKED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GUITU_DB_ERROR_DAMAGED;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return GUITU_DB_ERROR_INVALID; /* what was to be written, not where: what else comes in goes on */
    default:
      return GUITU_DB_ERROR_STORAGE;
    }
}

static const char *
error_sentence (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "Another program is using the store";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "The store's database file is damaged";
    case SQLITE_FULL:
      return "The disk is full";
    case SQLITE_READONLY:
      return "The store can't be written to";
    case SQLITE_CANTOPEN:
      return "The store's database file can't be opened";
    default:
      return "The store failed";
    }
}

/* Even reading needs room beside the database, for what connections share; for want of it SQLite tells
 * of an I/O error only. */
static gboolean
is_for_want_of_room (GuituConnection *connection,
                     int result)
{
  int cause = (result & 0xff) == SQLITE_IOERR ? sqlite3_system_errno (connection->handle) : 0;

  return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

static void
set_error (GuituConnection *connection,
           int result,
           GError **error)
{
  if (is_for_want_of_room (connection, result))
    result = SQLITE_FULL;
  g_set_error (error, GUITU_DB_ERROR, error_code (result), "%s (%s)",
               error_sentence (result), sqlite3_errmsg (connection->handle));
}

static void
finalize_statement (gpointer data)
{
  GuituStatement *statement = data;

  g_assert (!statement->busy);
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

/* SQL: casefold (text), of any script; SQLite's own upper() and lower() know ASCII only. */
static void
casefold (sqlite3_context *context,
          int n_values,
          sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, g_utf8_casefold (text, sqlite3_value_bytes (values[0])), -1, g_free);
}

static gboolean
configure (GuituConnection *connection,
           gboolean writable,
           GError **error)
{
  sqlite3_busy_timeout (connection->handle, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (connection->handle, 1);
  sqlite3_create_function (connection->handle, "casefold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, casefold, NULL, NULL);
  if (writable &&
      !guitu_connection_run (connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error))
    return FALSE;
  return guitu_connection_run (connection,
                               "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                               "PRAGMA cache_size = -" G_STRINGIFY (GUITU_PAGE_CACHE_KIB) "; PRAGMA journal_size_limit = 16777216;"
                                                                                          "PRAGMA temp_store = MEMORY;",
                               error);
}

/* SQLite would make the file readable by all; those beside it get the same rights. What fails here
 * fails again when it is opened. */
static void
create_private (const char *path)
{
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (file >= 0)
    close (file);
}

GuituConnection *
guitu_connection_open (const char *path,
                       gboolean writable,
                       gboolean create,
                       GError **error)
{
  g_autoptr (GuituConnection) connection = g_new0 (GuituConnection, 1);
  int flags = SQLITE_OPEN_NOMUTEX | (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
              (create ? SQLITE_OPEN_CREATE : 0);
  int result;

  if (create && strcmp (path, ":memory:") != 0)
    create_private (path);
  connection->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  connection->owner = g_thread_self ();
  result = sqlite3_open_v2 (path, &connection->handle, flags, NULL);
  if (result != SQLITE_OK)
    {
      set_error (connection, result, error);
      return NULL;
    }
  if (!configure (connection, writable, error))
    return NULL;
  return g_steal_pointer (&connection);
}

void
guitu_connection_close (GuituConnection *connection)
{
  g_clear_pointer (&connection->statements, g_hash_table_unref);
  sqlite3_close (connection->handle);
  g_free (connection);
}

void
guitu_connection_own (GuituConnection *connection)
{
  g_assert (connection->owner == NULL);
  connection->owner = g_thread_self ();
}

void
guitu_connection_disown (GuituConnection *connection)
{
  g_assert (connection->owner == g_thread_self ());
  connection->owner = NULL;
}

gboolean
guitu_connection_run (GuituConnection *connection,
                      const char *sql,
                      GError **error)
{
  int result;

  g_assert (connection->owner == g_thread_self ());
  result = sqlite3_exec (connection->handle, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  set_error (connection, result, error);
  return FALSE;
}

GuituStatement *
guitu_connection_prepare (GuituConnection *connection,
                          const char *sql,
                          GError **error)
{
  GuituStatement *statement;
  sqlite3_stmt *handle;
  int result;

  g_assert (connection->owner == g_thread_self ());
  statement = g_hash_table_lookup (connection->statements, sql);
  if (statement == NULL)
    {
      result = sqlite3_prepare_v3 (connection->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
      if (result != SQLITE_OK)
        {
          set_error (connection, result, error);
          return NULL;
        }
      statement = g_new0 (GuituStatement, 1);
      statement->connection = connection;
      statement->handle = handle;
      g_hash_table_insert (connection->statements, g_strdup (sql), statement);
    }
  g_assert (!statement->busy);
  statement->busy = TRUE;
  return statement;
}

gint64
guitu_connection_integer (GuituConnection *connection,
                          const char *sql,
                          gint64 fallback,
                          GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL || guitu_statement_step (statement, error) != 1)
    return fallback;
  return guitu_statement_integer (statement, 0);
}

gint64
guitu_connection_last_row (GuituConnection *connection)
{
  return sqlite3_last_insert_rowid (connection->handle);
}

void
guitu_statement_bind_text (GuituStatement *statement,
                           int parameter,
                           const char *text)
{
  int result = sqlite3_bind_text (statement->handle, parameter, text, -1, SQLITE_STATIC);

  g_assert (result == SQLITE_OK);
}

void
guitu_statement_bind_integer (GuituStatement *statement,
                              int parameter,
                              gint64 value)
{
  int result = sqlite3_bind_int64 (statement->handle, parameter, value);

  g_assert (result == SQLITE_OK);
}

void
guitu_statement_bind_bytes (GuituStatement *statement,
                            int parameter,
                            gconstpointer data,
                            gsize length)
{
  int result = sqlite3_bind_blob64 (statement->handle, parameter, data, length, SQLITE_STATIC);

  g_assert (result == SQLITE_OK);
}

void
guitu_statement_bind_id (GuituStatement *statement,
                         int parameter,
                         const char *id)
{
  guint8 bytes[GUITU_ID_BYTES];
  int result;

  if (id == NULL || !guitu_id_to_bytes (id, bytes))
    result = sqlite3_bind_null (statement->handle, parameter);
  else
    result = sqlite3_bind_blob (statement->handle, parameter, bytes, sizeof bytes, SQLITE_TRANSIENT);
  g_assert (result == SQLITE_OK);
}

int
guitu_statement_step (GuituStatement *statement,
                      GError **error)
{
  int result;

  g_assert (statement->connection->owner == g_thread_self ());
  result = sqlite3_step (statement->handle);
  if (result == SQLITE_ROW)
    return 1;
  if (result == SQLITE_DONE)
    return 0;
  set_error (statement->connection, result, error);
  return -1;
}

gboolean
guitu_statement_run (GuituStatement *statement,
                     GError **error)
{
  int result;

  do
    result = guitu_statement_step (statement, error);
  while (result == 1);
  return result == 0;
}

void
guitu_statement_reset (GuituStatement *statement)
{
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
}

gboolean
guitu_statement_is_null (GuituStatement *statement,
                         int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

int
guitu_statement_type (GuituStatement *statement,
                      int column)
{
  switch (sqlite3_column_type (statement->handle, column))
    {
    case SQLITE_INTEGER:
      return GUITU_VALUE_INTEGER;
    case SQLITE_TEXT:
      return GUITU_VALUE_TEXT;
    case SQLITE_BLOB:
      return GUITU_VALUE_BYTES;
    default:
      return GUITU_VALUE_NONE;
    }
}

const char *
guitu_statement_text (GuituStatement *statement,
                      int column)
{
  return (const char *) sqlite3_column_text (statement->handle, column);
}

gint64
guitu_statement_integer (GuituStatement *statement,
                         int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

gconstpointer
guitu_statement_bytes (GuituStatement *statement,
                       int column,
                       gsize *length)
{
  gconstpointer data = sqlite3_column_blob (statement->handle, column);

  *length = sqlite3_column_bytes (statement->handle, column);
  return data;
}

char *
guitu_statement_id (GuituStatement *statement,
                    int column)
{
  gsize length;
  gconstpointer data = guitu_statement_bytes (statement, column, &length);

  return length == GUITU_ID_BYTES ? guitu_id_from_bytes (data) : NULL;
}

void
guitu_statement_free (GuituStatement *statement)
{
  g_assert (statement->busy);
  guitu_statement_reset (statement);
  statement->busy = FALSE;
}

gboolean
guitu_connection_has_table (GuituConnection *connection,
                            const char *name)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", NULL);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, name);
  return guitu_statement_step (statement, NULL) == 1;
}
