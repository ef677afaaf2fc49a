/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables: those of the ledger come from db/migrations/, applied in order; those of the records
 * from their declarations, to which columns are only ever added. */

#include "db/schema.h"

#include "db/db-resources.h"
#include "db/match.h"
#include "db/records.h"
#include "db/register.h"
#include "db/search.h"

#include <gio/gio.h>

/* One more with every change to db/records/ or db/migrations/. */
#define GUITU_SCHEMA_VERSION 10
#define GUITU_APPLICATION_ID 0x47755475 /* "GuTu" */

static const char *const migrations[] = {
  "0001-ledger.sql",
  "0002-hub.sql",
  "0003-many-desks.sql",
};

static const char *
column_type (const GuituField *field)
{
  switch (field->type)
    {
    case GUITU_FIELD_INTEGER:
      return "INTEGER";
    case GUITU_FIELD_REFERENCE:
    case GUITU_FIELD_BYTES:
      return "BLOB";
    case GUITU_FIELD_TEXT:
    case GUITU_FIELD_DATE:
    case GUITU_FIELD_TIME:
    case GUITU_FIELD_CODE:
    case GUITU_FIELD_REGION:
    default:
      return "TEXT";
    }
}

/* The columns that the table has: none when it is not there. */
static GHashTable *
read_columns (GuituConnection *connection,
              const char *table,
              GError **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT name FROM pragma_table_info (?)", error);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_text (statement, 1, table);
  while ((step = guitu_statement_step (statement, error)) == 1)
    g_hash_table_add (columns, g_strdup (guitu_statement_text (statement, 0)));
  return step == 0 ? g_steal_pointer (&columns) : NULL;
}

/* base_clock and base_desk are the version of every cell that was not written again since. */
static gboolean
create_table (GuituConnection *connection,
              const GuituKind *kind,
              GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql,
                   "CREATE TABLE \"%s\" (row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
                   " base_clock INTEGER NOT NULL, base_desk INTEGER NOT NULL",
                   kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\" %s", kind->fields[i].name, column_type (&kind->fields[i]));
  g_string_append (sql, ") STRICT");
  return guitu_connection_run (connection, sql->str, error);
}

static gboolean
add_column (GuituConnection *connection,
            const GuituKind *kind,
            const GuituField *field,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s",
                                          kind->name, field->name, column_type (field));

  return guitu_connection_run (connection, sql, error);
}

static gboolean
prepare_index (GuituConnection *connection,
               const GuituKind *kind,
               const GuituField *field,
               GError **error)
{
  g_autofree char *open = g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s_open_%s\" ON \"%s\" (row) WHERE \"%s\" IS NULL",
                                           kind->name, field->name, kind->name, field->name);
  g_autofree char *sql = NULL;

  if ((field->flags & GUITU_OPEN_INDEX) && !guitu_connection_run (connection, open, error))
    return FALSE;
  if (!(field->flags & GUITU_INDEXED))
    return TRUE;
  sql = g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s_by_%s\" ON \"%s\" (\"%s\") WHERE \"%s\" IS NOT NULL",
                         kind->name, field->name, kind->name, field->name, field->name);
  return guitu_connection_run (connection, sql, error);
}

/* *@added is set when entries may hold something that was not known before. */
static gboolean
prepare_kind (GuituConnection *connection,
              const GuituKind *kind,
              gboolean *added,
              GError **error)
{
  g_autoptr (GHashTable) columns = read_columns (connection, kind->name, error);
  gboolean is_new = columns != NULL && g_hash_table_size (columns) == 0;

  if (columns == NULL || (is_new && !create_table (connection, kind, error)))
    return FALSE;
  *added |= is_new;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const GuituField *field = &kind->fields[i];

      if (!is_new && !g_hash_table_contains (columns, field->name))
        {
          if (!add_column (connection, kind, field, error))
            return FALSE;
          *added = TRUE;
        }
      if (!prepare_index (connection, kind, field, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_migrations (GuituConnection *connection,
                gint64 done,
                GError **error)
{
  for (gsize i = done; i < G_N_ELEMENTS (migrations); i++)
    {
      g_autofree char *path = g_strconcat ("/io/github/guitu/db/migrations/", migrations[i], NULL);
      g_autoptr (GBytes) sql = g_resource_lookup_data (guitu_db_get_resource (), path,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, error);

      if (sql == NULL || !guitu_connection_run (connection, g_bytes_get_data (sql, NULL), error))
        return FALSE;
    }
  return TRUE;
}

/* meta remembers how many migrations ran; the table comes with the first. */
static gint64
migrations_done (GuituConnection *connection)
{
  return guitu_connection_integer (connection, "SELECT value FROM meta WHERE name = 'migrations'", 0, NULL);
}

static gboolean
prepare_tables (GuituConnection *connection,
                GError **error)
{
  g_autofree char *finish = g_strdup_printf (
      "INSERT OR REPLACE INTO meta (name, value) VALUES ('migrations', %d);"
      "PRAGMA application_id = %d; PRAGMA user_version = %d;",
      (int) G_N_ELEMENTS (migrations), GUITU_APPLICATION_ID, GUITU_SCHEMA_VERSION);
  const GuituKind *const *kinds = guitu_kinds ();
  gboolean added = FALSE;

  if (!run_migrations (connection, migrations_done (connection), error))
    return FALSE;
  for (guint i = 0; kinds[i] != NULL; i++)
    if (!prepare_kind (connection, kinds[i], &added, error))
      return FALSE;
  if (!guitu_connection_run (connection, _guitu_register_schema (), error))
    return FALSE;
  return (!added || guitu_connection_run (connection, "INSERT OR REPLACE INTO meta (name, value) VALUES ('reapply', 1)", error)) &&
         guitu_connection_run (connection, finish, error);
}

gboolean
guitu_schema_check (GuituConnection *connection,
                    gboolean *current,
                    GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 application = guitu_connection_integer (connection, "PRAGMA application_id", -1, &failure);
  gint64 version = guitu_connection_integer (connection, "PRAGMA user_version", -1, failure ? NULL : &failure);
  gint64 tables = guitu_connection_integer (connection, "SELECT count (*) FROM sqlite_schema", 0, failure ? NULL : &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *current = application == GUITU_APPLICATION_ID && version == GUITU_SCHEMA_VERSION;
  if (application == 0 && version == 0 && tables == 0)
    return TRUE; /* empty */
  if (application != GUITU_APPLICATION_ID)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_DAMAGED, "This file is no Guitu store");
      return FALSE;
    }
  if (version > GUITU_SCHEMA_VERSION)
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_TOO_NEW,
                   "The store was written by a newer Guitu (format %d, this program knows %d); update the program",
                   (int) version, GUITU_SCHEMA_VERSION);
      return FALSE;
    }
  return TRUE;
}

static gboolean
bring_up_to_date (GuituConnection *connection,
                  GError **error)
{
  gboolean current = FALSE;

  if (!guitu_connection_run (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!guitu_schema_check (connection, &current, error) || /* another program may have been first */
      (!current && !prepare_tables (connection, error)) ||
      !guitu_connection_run (connection, "COMMIT", error))
    {
      guitu_connection_run (connection, "ROLLBACK", NULL);
      return FALSE;
    }
  return TRUE;
}

gboolean
guitu_schema_prepare (GuituConnection *connection,
                      GuituProgress progress,
                      gpointer data,
                      GError **error)
{
  gboolean current = FALSE;

  if (!guitu_schema_check (connection, &current, error) ||
      (!current && !bring_up_to_date (connection, error)))
    return FALSE;
  return guitu_search_prepare (connection, progress, data, error) && guitu_match_prepare (connection, error);
}

gboolean
guitu_schema_must_reapply (GuituConnection *connection)
{
  return guitu_connection_integer (connection, "SELECT value FROM meta WHERE name = 'reapply'", 0, NULL) == 1;
}

gboolean
guitu_schema_learned (GuituConnection *connection,
                      GError **error)
{
  return guitu_connection_run (connection, "DELETE FROM meta WHERE name = 'reapply'", error);
}
