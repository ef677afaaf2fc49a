/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/search-bench.h"

#include "db/reading.h"
#include "db/records.h"
#include "db/schema.h"
#include "db/search.h"

#include <libpq-fe.h>
#include <string.h>

#define HITS 50

struct _GuituSearchBench
{
  GuituConnection *connection;
  PGconn *postgres;
  gint64 clock;
  GString *indexes; /* SQL of those that are made after people were written, or %NULL */
};

GuituSearchBench *
guitu_search_bench_new (const char *path,
                        GError **error)
{
  g_autoptr (GuituConnection) connection = guitu_connection_open (path, TRUE, TRUE, error);
  GuituSearchBench *bench;

  if (connection == NULL || !guitu_schema_prepare (connection, NULL, NULL, error))
    return NULL;
  bench = g_new0 (GuituSearchBench, 1);
  bench->connection = g_steal_pointer (&connection);
  return bench;
}

void
guitu_search_bench_free (GuituSearchBench *bench)
{
  if (bench->postgres != NULL)
    PQclear (PQexec (bench->postgres, "DROP TABLE IF EXISTS guitu_baseline"));
  g_clear_pointer (&bench->postgres, PQfinish);
  if (bench->indexes != NULL)
    g_string_free (bench->indexes, TRUE);
  guitu_connection_close (bench->connection);
  g_free (bench);
}

gboolean
guitu_search_bench_begin (GuituSearchBench *bench,
                          GError **error)
{
  return guitu_connection_run (bench->connection, "BEGIN", error);
}

gboolean
guitu_search_bench_commit (GuituSearchBench *bench,
                           GError **error)
{
  return guitu_connection_run (bench->connection, "COMMIT", error);
}

gboolean
guitu_search_bench_begin_fill (GuituSearchBench *bench,
                               GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (bench->connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'person' AND sql IS NOT NULL", error);
  g_autoptr (GString) drops = g_string_new ("PRAGMA synchronous = OFF;");
  int step;

  if (statement == NULL)
    return FALSE;
  bench->indexes = g_string_new (NULL);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_string_append_printf (drops, "DROP INDEX \"%s\";", guitu_statement_text (statement, 0));
      g_string_append_printf (bench->indexes, "%s;", guitu_statement_text (statement, 1));
    }
  guitu_statement_reset (statement);
  return step == 0 && guitu_connection_run (bench->connection, drops->str, error);
}

gboolean
guitu_search_bench_end_fill (GuituSearchBench *bench,
                             GError **error)
{
  return guitu_connection_run (bench->connection, bench->indexes->str, error) &&
         guitu_connection_run (bench->connection, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint (TRUNCATE)", error);
}

gint64
guitu_search_bench_count (GuituSearchBench *bench,
                          GError **error)
{
  return guitu_connection_integer (bench->connection, "SELECT ifnull (max (row), 0) FROM person", -1, error);
}

/* --- Persons ------------------------------------------------------------------------------------- */

static GuituSearchEntry
entry_of (const GuituRecord *person,
          gint64 row)
{
  return (GuituSearchEntry){
    .row = row,
    .name = guitu_record_text (person, GUITU_PERSON_NAME),
    .alias = guitu_record_text (person, GUITU_PERSON_ALIAS),
    .id_number = guitu_record_text (person, GUITU_PERSON_ID_NUMBER),
    .national_number = guitu_record_text (person, GUITU_PERSON_NATIONAL_NUMBER),
    .phone = guitu_record_text (person, GUITU_PERSON_PHONE),
    .birth_from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM),
    .birth_to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO),
  };
}

gboolean
guitu_search_bench_add (GuituSearchBench *bench,
                        const GuituRecord *person,
                        gboolean is_indexed,
                        GError **error)
{
  static const int fields[] = { GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_SEX, GUITU_PERSON_BIRTH_FROM, GUITU_PERSON_BIRTH_TO, GUITU_PERSON_ID_KIND, GUITU_PERSON_ID_NUMBER, GUITU_PERSON_HOUSEHOLD, GUITU_PERSON_ADDRESS, GUITU_PERSON_PHONE, GUITU_PERSON_NATION, GUITU_PERSON_ACCENT, GUITU_PERSON_MARKS, GUITU_PERSON_NATIONAL_NUMBER };
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (bench->connection,
                                "INSERT INTO person (id, base_clock, base_desk, name, alias, sex, birth_from, birth_to, id_kind, id_number,"
                                " household, address, phone, nation, accent, marks, national_number)"
                                " VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                                error);
  GuituSearchEntry entry;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_id (statement, 1, guitu_record_id (person));
  guitu_statement_bind_integer (statement, 2, ++bench->clock);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    guitu_statement_bind_text (statement, i + 3, guitu_record_text (person, fields[i]));
  if (!guitu_statement_run (statement, error))
    return FALSE;
  entry = entry_of (person, guitu_connection_last_row (bench->connection));
  return !is_indexed || (guitu_search_update (bench->connection, NULL, &entry, error) && guitu_search_settle (bench->connection, error));
}

gboolean
guitu_search_bench_remove_newest (GuituSearchBench *bench,
                                  GError **error)
{
  return guitu_connection_run (bench->connection, "DELETE FROM person WHERE row = (SELECT max (row) FROM person)", error);
}

char *
guitu_search_bench_text (GuituSearchBench *bench,
                         gint64 row,
                         const char *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM person WHERE row = ?1", column);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (bench->connection, sql, NULL);

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_integer (statement, 1, row);
  return guitu_statement_step (statement, NULL) == 1 ? g_strdup (guitu_statement_text (statement, 0)) : NULL;
}

gboolean
guitu_search_bench_rename (GuituSearchBench *bench,
                           gint64 row,
                           const char *name,
                           GError **error)
{
  static const char *const columns[] = { "name", "alias", "id_number", "national_number", "phone", "birth_from", "birth_to" };
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (bench->connection, "UPDATE person SET name = ?2 WHERE row = ?1", error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GuituSearchEntry before = { .row = row };
  GuituSearchEntry now;
  const char **targets[] = { &before.name, &before.alias, &before.id_number, &before.national_number, &before.phone, &before.birth_from, &before.birth_to };

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      char *text = guitu_search_bench_text (bench, row, columns[i]);

      *targets[i] = text;
      g_ptr_array_add (texts, text);
    }
  now = before;
  now.name = name;
  guitu_statement_bind_integer (statement, 1, row);
  guitu_statement_bind_text (statement, 2, name);
  return guitu_statement_run (statement, error) && guitu_search_update (bench->connection, &before, &now, error);
}

static gboolean
settle_all (GuituSearchBench *bench,
            GError **error)
{
  return guitu_connection_run (bench->connection, "BEGIN; DELETE FROM person_search_list; DELETE FROM person_search_segment", error) &&
         guitu_search_settle (bench->connection, error) && guitu_connection_run (bench->connection, "COMMIT", error);
}

gboolean
guitu_search_bench_build (GuituSearchBench *bench,
                          gboolean is_grown,
                          GError **error)
{
  return (is_grown ? settle_all (bench, error) : guitu_search_rebuild (bench->connection, NULL, NULL, error)) &&
         guitu_connection_run (bench->connection, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

gint64
guitu_search_bench_segments (GuituSearchBench *bench,
                             GError **error)
{
  return guitu_connection_integer (bench->connection, "SELECT count(*) FROM person_search_segment", -1, error);
}

gint64
guitu_search_bench_bytes (GuituSearchBench *bench,
                          const char *name,
                          GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT sum (pgsize) FROM dbstat WHERE aggregate = TRUE AND name GLOB '%s*'", name);

  return guitu_connection_integer (bench->connection, sql, -1, error);
}

int
guitu_search_bench_find (GuituSearchBench *bench,
                         const char *typed,
                         GError **error)
{
  g_autoptr (GArray) hits = guitu_search_find (bench->connection, typed, HITS, error);

  return hits == NULL ? -1 : (int) hits->len;
}

/* --- Baselines in SQLite ------------------------------------------------------------------------- */

static char *
text_of (GuituStatement *person)
{
  const char *name = guitu_statement_text (person, 1);
  g_autofree char *reading = guitu_reading_of_name (name == NULL ? "" : name);
  g_autoptr (GString) text = g_string_new (name);
  char **parts = g_strsplit (reading, " ", -1);

  g_string_append_c (text, ' ');
  for (guint i = 0; parts[i] != NULL; i++)
    g_string_append (text, parts[i]);
  g_strfreev (parts);
  g_string_append_c (text, ' ');
  for (const char *p = name; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *syllable = guitu_reading_find (g_utf8_get_char (p), p == name)[0];

      if (syllable != NULL)
        g_string_append_c (text, syllable[0]);
    }
  for (guint i = 2; i < 4; i++)
    g_string_append_printf (text, " %s", guitu_statement_is_null (person, i) ? "" : guitu_statement_text (person, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef gboolean (*TakeText) (GuituSearchBench *bench, gint64 row, const char *text, GError **error);

static gboolean
each_text (GuituSearchBench *bench,
           TakeText take,
           GError **error)
{
  g_autoptr (GuituStatement) persons =
      guitu_connection_prepare (bench->connection, "SELECT row, name, id_number, phone FROM person ORDER BY row", error);
  int step;

  if (persons == NULL)
    return FALSE;
  while ((step = guitu_statement_step (persons, error)) == 1)
    {
      g_autofree char *text = text_of (persons);

      if (!take (bench, guitu_statement_integer (persons, 0), text, error))
        return FALSE;
    }
  return step == 0;
}

static gboolean
insert_text (GuituSearchBench *bench,
             gint64 row,
             const char *text,
             GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (bench->connection, "INSERT INTO baseline (row, text) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, row);
  guitu_statement_bind_text (statement, 2, text);
  return guitu_statement_run (statement, error);
}

gboolean
guitu_search_bench_build_baselines (GuituSearchBench *bench,
                                    GError **error)
{
  if (guitu_connection_has_table (bench->connection, "baseline"))
    return TRUE;
  return guitu_connection_run (bench->connection,
                               "PRAGMA synchronous = OFF; CREATE TABLE baseline (row INTEGER PRIMARY KEY, text TEXT) STRICT;"
                               "CREATE VIRTUAL TABLE baseline_trigram USING fts5 (text, content = 'baseline', content_rowid = 'row',"
                               "  detail = none, columnsize = 0, tokenize = 'trigram'); BEGIN",
                               error) &&
         each_text (bench, insert_text, error) &&
         guitu_connection_run (bench->connection,
                               "COMMIT; INSERT INTO baseline_trigram (baseline_trigram) VALUES ('rebuild');"
                               "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint (TRUNCATE)",
                               error);
}

static int
count_rows (GuituSearchBench *bench,
            const char *sql,
            const char *pattern,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (bench->connection, sql, error);
  int count = 0;
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_text (statement, 1, pattern);
  while ((step = guitu_statement_step (statement, error)) == 1)
    count++;
  return step == 0 ? count : -1;
}

int
guitu_search_bench_like (GuituSearchBench *bench,
                         const char *typed,
                         GError **error)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", typed);

  return count_rows (bench, "SELECT row FROM baseline WHERE text LIKE ?1 ORDER BY row DESC LIMIT 50", pattern, error);
}

int
guitu_search_bench_trigram (GuituSearchBench *bench,
                            const char *typed,
                            GError **error)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", typed);

  return count_rows (bench, "SELECT rowid FROM baseline_trigram WHERE text LIKE ?1 ORDER BY rowid DESC LIMIT 50", pattern, error);
}

/* --- PostgreSQL ---------------------------------------------------------------------------------- */

static gboolean
run_postgres (GuituSearchBench *bench,
              const char *sql,
              ExecStatusType wanted,
              GError **error)
{
  PGresult *result = PQexec (bench->postgres, sql);
  gboolean is_good = PQresultStatus (result) == wanted;

  PQclear (result);
  if (!is_good)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "PostgreSQL failed (%s)", PQerrorMessage (bench->postgres));
  return is_good;
}

static gboolean
send_text (GuituSearchBench *bench,
           gint64 row,
           const char *text,
           GError **error)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\t%s\n", row, text);

  if (PQputCopyData (bench->postgres, line, strlen (line)) == 1)
    return TRUE;
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "PostgreSQL takes nothing (%s)", PQerrorMessage (bench->postgres));
  return FALSE;
}

/** One integer; -1 with @error. */
static gint64
ask_postgres (GuituSearchBench *bench,
              const char *sql,
              GError **error)
{
  PGresult *result = PQexec (bench->postgres, sql);
  gint64 number = PQresultStatus (result) == PGRES_TUPLES_OK && PQntuples (result) == 1 ? g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10) : -1;

  PQclear (result);
  if (number < 0)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "PostgreSQL failed (%s)", PQerrorMessage (bench->postgres));
  return number;
}

gint64
guitu_search_bench_postgres_bytes (GuituSearchBench *bench,
                                   GError **error)
{
  return ask_postgres (bench, "SELECT pg_relation_size ('guitu_baseline_trigram')", error);
}

static gboolean
knows_chinese (GuituSearchBench *bench,
               GError **error)
{
  gint64 n_trigrams = ask_postgres (bench, "SELECT coalesce (array_length (show_trgm ('王秀英'), 1), 0)", error);

  if (n_trigrams == 0)
    g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "The locale of the PostgreSQL database knows no Chinese letters: make one with LOCALE 'C.UTF-8'");
  return n_trigrams > 0;
}

gboolean
guitu_search_bench_fill_postgres (GuituSearchBench *bench,
                                  const char *url,
                                  GError **error)
{
  PGresult *result;

  bench->postgres = PQconnectdb (url);
  if (!run_postgres (bench,
                     "CREATE EXTENSION IF NOT EXISTS pg_trgm; SET maintenance_work_mem = '512MB'; DROP TABLE IF EXISTS guitu_baseline;"
                     "CREATE UNLOGGED TABLE guitu_baseline (row bigint PRIMARY KEY, text text)",
                     PGRES_COMMAND_OK, error) ||
      !knows_chinese (bench, error) || !run_postgres (bench, "COPY guitu_baseline FROM STDIN", PGRES_COPY_IN, error) || !each_text (bench, send_text, error))
    return FALSE;
  PQputCopyEnd (bench->postgres, NULL);
  while ((result = PQgetResult (bench->postgres)) != NULL)
    PQclear (result);
  return run_postgres (bench, "CREATE INDEX guitu_baseline_trigram ON guitu_baseline USING gin (text gin_trgm_ops)", PGRES_COMMAND_OK, error) &&
         run_postgres (bench, "VACUUM ANALYZE guitu_baseline", PGRES_COMMAND_OK, error);
}

int
guitu_search_bench_postgres (GuituSearchBench *bench,
                             const char *typed,
                             GError **error)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", typed);
  const char *values[] = { pattern };
  PGresult *result = PQexecParams (bench->postgres, "SELECT row FROM guitu_baseline WHERE text LIKE $1 ORDER BY row DESC LIMIT 50",
                                   1, NULL, values, NULL, NULL, 0);
  int count = PQresultStatus (result) == PGRES_TUPLES_OK ? PQntuples (result) : -1;

  PQclear (result);
  if (count < 0)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "PostgreSQL failed (%s)", PQerrorMessage (bench->postgres));
  return count;
}
