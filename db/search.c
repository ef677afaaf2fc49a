/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A contentless FTS5 table of tokens (search-tokens.c) whose row numbers are those of table person.
 * Voided persons stay in it and are left out when it is read.
 * It is asked from the narrowest reading of what was typed to the most tolerant one, each time for
 * the newest rows, until there are enough. SQLite 3.40 deletes from a contentless table by being
 * told the old tokens; they are made again from the entry, so that a change of the readings or of
 * the tokens themselves needs the index to be built anew: its table of versions says so. */

#include "db/reading-private.h"
#include "db/search-private.h"

#define INDEX_VERSION 1  /* count up with every change of search-tokens.c or of the table */
#define ENOUGH_EXACTLY 5 /* with fewer, other spellings are tried */

/* An index too damaged to be opened can't be dropped like a table: SQLite must forget what it was. */
static gboolean
drop_index (GuituConnection *connection,
            GError **error)
{
  return guitu_connection_run (connection, "DROP TABLE IF EXISTS person_search", NULL) ||
         guitu_connection_run (connection,
                               "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'person_search';"
                               "PRAGMA writable_schema = RESET; DROP TABLE IF EXISTS person_search_data;"
                               "DROP TABLE IF EXISTS person_search_idx; DROP TABLE IF EXISTS person_search_config;",
                               error);
}

static gboolean
create_index (GuituConnection *connection,
              GError **error)
{
  return drop_index (connection, error) &&
         guitu_connection_run (connection,
                               "CREATE VIRTUAL TABLE person_search USING fts5 (tokens, content = '', detail = none,"
                               "  columnsize = 0, tokenize = 'ascii', prefix = '2 3 4 5 6 7');"
                               "CREATE TABLE IF NOT EXISTS person_search_version (version INTEGER NOT NULL) STRICT;"
                               "DELETE FROM person_search_version;",
                               error);
}

static gint64
current_version (void)
{
  return ((gint64) INDEX_VERSION << 32) | _guitu_reading_fingerprint ();
}

/* Somebody of whom nothing is known that could be searched for is not in the index: FTS5 counts its
 * rows, and takes the removal of one that it never had for damage. */
static gboolean
insert_tokens (GuituConnection *connection,
               const GuituSearchEntry *entry,
               gpointer data,
               GError **error)
{
  g_autofree char *tokens = _guitu_search_tokens (entry);
  g_autoptr (GuituStatement) statement = NULL;

  if (tokens[0] == '\0')
    return TRUE;
  statement = guitu_connection_prepare (connection, "INSERT INTO person_search (rowid, tokens) VALUES (?1, ?2)", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->row);
  guitu_statement_bind_text (statement, 2, tokens);
  return guitu_statement_run (statement, error);
}

static gboolean
delete_tokens (GuituConnection *connection,
               const GuituSearchEntry *entry,
               GError **error)
{
  g_autofree char *tokens = _guitu_search_tokens (entry);
  g_autoptr (GuituStatement) statement = NULL;

  if (tokens[0] == '\0')
    return TRUE;
  statement = guitu_connection_prepare (connection,
                                        "INSERT INTO person_search (person_search, rowid, tokens) VALUES ('delete', ?1, ?2)", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->row);
  guitu_statement_bind_text (statement, 2, tokens);
  return guitu_statement_run (statement, error);
}

gboolean
_guitu_search_each (GuituConnection *connection,
                    GuituSearchFunction function,
                    gpointer data,
                    GError **error)
{
  g_autoptr (GuituStatement) persons =
      guitu_connection_prepare (connection,
                                "SELECT row, name, alias, id_number, national_number, phone, birth_from, birth_to, household"
                                " FROM person ORDER BY row",
                                error);
  int result;

  if (persons == NULL)
    return FALSE;
  while ((result = guitu_statement_step (persons, error)) == 1)
    {
      GuituSearchEntry entry = {
        .row = guitu_statement_integer (persons, 0),
        .name = guitu_statement_text (persons, 1),
        .alias = guitu_statement_text (persons, 2),
        .id_number = guitu_statement_text (persons, 3),
        .national_number = guitu_statement_text (persons, 4),
        .phone = guitu_statement_text (persons, 5),
        .birth_from = guitu_statement_text (persons, 6),
        .birth_to = guitu_statement_text (persons, 7),
        .household = guitu_statement_text (persons, 8),
      };

      if (!function (connection, &entry, data, error))
        return FALSE;
    }
  return result == 0;
}

static gboolean
store_version (GuituConnection *connection,
               GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "INSERT INTO person_search_version (version) VALUES (?1)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, current_version ());
  return guitu_statement_run (statement, error);
}

static gboolean
has_table (GuituConnection *connection,
           const char *name)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", NULL);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, name);
  return guitu_statement_step (statement, NULL) == 1;
}

static gboolean
build (GuituConnection *connection,
       GError **error)
{
  return create_index (connection, error) &&
         (!has_table (connection, "person") || _guitu_search_each (connection, insert_tokens, NULL, error)) &&
         guitu_connection_run (connection, "INSERT INTO person_search (person_search) VALUES ('optimize')", error) &&
         store_version (connection, error);
}

gboolean
guitu_search_rebuild (GuituConnection *connection,
                      GError **error)
{
  if (!guitu_connection_run (connection, "SAVEPOINT search_rebuild", error))
    return FALSE;
  if (build (connection, error) && guitu_connection_run (connection, "RELEASE search_rebuild", error))
    return TRUE;
  guitu_connection_run (connection, "ROLLBACK TO search_rebuild; RELEASE search_rebuild", NULL);
  return FALSE;
}

gboolean
guitu_search_prepare (GuituConnection *connection,
                      GError **error)
{
  if (has_table (connection, "person_search_version") &&
      guitu_connection_integer (connection, "SELECT version FROM person_search_version", 0, NULL) == current_version ())
    return TRUE;
  return guitu_search_rebuild (connection, error);
}

gboolean
guitu_search_update (GuituConnection *connection,
                     const GuituSearchEntry *before,
                     const GuituSearchEntry *now,
                     GError **error)
{
  return (before == NULL || delete_tokens (connection, before, error)) &&
         (now == NULL || insert_tokens (connection, now, NULL, error));
}

/** Adds to @rows the newest matches of @expression that @rows does not hold yet. */
static gboolean
collect (GuituConnection *connection,
         const char *expression,
         guint limit,
         GArray *rows,
         GHashTable *known,
         GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection,
                                "SELECT person_search.rowid FROM person_search CROSS JOIN person ON person.row = person_search.rowid"
                                " WHERE person_search MATCH ?1 AND person.voided IS NULL"
                                " ORDER BY person_search.rowid DESC LIMIT ?2",
                                error);
  int result = 0;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, expression);
  guitu_statement_bind_integer (statement, 2, (gint64) limit + rows->len);
  while (rows->len < limit && (result = guitu_statement_step (statement, error)) == 1)
    {
      gint64 row = guitu_statement_integer (statement, 0);

      if (g_hash_table_add (known, GSIZE_TO_POINTER ((gsize) row)))
        g_array_append_val (rows, row);
    }
  return result >= 0;
}

GArray *
guitu_search_find (GuituConnection *connection,
                   const char *typed,
                   guint limit,
                   GError **error)
{
  g_autoptr (GuituSearchQuery) query = _guitu_search_query_new (typed);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint level = 0; level < GUITU_SEARCH_LEVELS && rows->len < limit; level++)
    {
      g_autofree char *expression = NULL;

      if (level == GUITU_SEARCH_ALIKE && rows->len >= ENOUGH_EXACTLY)
        break;
      expression = _guitu_search_query_expression (query, level);
      if (expression != NULL && !collect (connection, expression, limit, rows, known, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}
