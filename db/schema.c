/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables: those of the ledger come from db/migrations/, applied in order; those of the records
 * from their declarations, to which columns are only ever added. */

#include "db/schema.h"

#include "db/db-resources.h"
#include "db/records.h"
#include "db/search.h"

#include <gio/gio.h>

/* One more with every change to db/records/ or db/migrations/. */
#define GUITU_SCHEMA_VERSION 1
#define GUITU_APPLICATION_ID 0x47755475 /* "GuTu" */

static const char *const migrations[] = {
  "0001-ledger.sql",
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

static gboolean
has_column (GuituConnection *connection,
            const char *table,
            const char *column,
            gboolean *has,
            GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT 1 FROM pragma_table_info (?) WHERE name = ?", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, table);
  guitu_statement_bind_text (statement, 2, column);
  step = guitu_statement_step (statement, error);
  *has = step == 1;
  return step >= 0;
}

static gboolean
prepare_field (GuituConnection *connection,
               const GuituKind *kind,
               const GuituField *field,
               gboolean *added,
               GError **error)
{
  g_autofree char *index = NULL;
  gboolean has;

  if (!has_column (connection, kind->name, field->name, &has, error))
    return FALSE;
  if (!has)
    {
      g_autofree char *sql = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s",
                                              kind->name, field->name, column_type (field));

      if (!guitu_connection_run (connection, sql, error))
        return FALSE;
      *added = TRUE;
    }
  if (!(field->flags & GUITU_INDEXED))
    return TRUE;
  index = g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s_by_%s\" ON \"%s\" (\"%s\") WHERE \"%s\" IS NOT NULL",
                           kind->name, field->name, kind->name, field->name, field->name);
  return guitu_connection_run (connection, index, error);
}

/* base_clock and base_desk are the version of every cell that was not written again since. */
static gboolean
prepare_kind (GuituConnection *connection,
              const GuituKind *kind,
              gboolean *added,
              GError **error)
{
  g_autofree char *table = g_strdup_printf (
      "CREATE TABLE IF NOT EXISTS \"%s\" (row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
      " base_clock INTEGER NOT NULL, base_desk INTEGER NOT NULL) STRICT",
      kind->name);

  if (!guitu_connection_run (connection, table, error))
    return FALSE;
  for (guint i = 0; i < kind->n_fields; i++)
    if (!prepare_field (connection, kind, &kind->fields[i], added, error))
      return FALSE;
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
                      GError **error)
{
  gboolean current = FALSE;

  if (!guitu_schema_check (connection, &current, error) ||
      (!current && !bring_up_to_date (connection, error)))
    return FALSE;
  return guitu_search_prepare (connection, error);
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
