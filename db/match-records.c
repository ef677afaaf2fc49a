/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the records that are matched: persons with what they said, reports of families, what other stations seek. */

#include "db/match-index-private.h"

#include "db/records.h"

#include <string.h>

/* What a side is made of, by the columns of the tables; where a kind has none, nothing is known. */
static const char *const columns[] = {
  "name",
  "alias",
  "sex",
  "birth_from",
  "birth_to",
  "id_number",
  "phone",
  "household",
  "address",
  "nation",
  "accent",
  "marks",
  "kin",
};

#define FIRST_TEXT 3 /* after row, id and whether it counts */
#define HEIGHT (FIRST_TEXT + G_N_ELEMENTS (columns))

static const GuituKind *
kind_of (guint kind)
{
  static const GuituKind *const kinds[] = { NULL, &guitu_kind_person, &guitu_kind_missing, &guitu_kind_sought, &guitu_kind_posting };

  return kind < G_N_ELEMENTS (kinds) ? kinds[kind] : NULL;
}

const char *
_guitu_match_table (guint kind)
{
  return kind_of (kind) == NULL ? NULL : kind_of (kind)->name;
}

static char *
compose_sql (guint kind,
             const char *where)
{
  const GuituKind *table = kind_of (kind);
  GString *sql = g_string_new ("SELECT row, id, ");

  g_string_append (sql, guitu_kind_field (table, "state") < 0 ? "voided IS NULL" : "voided IS NULL AND coalesce (state, '') IN ('open', 'published')");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, ", %s", guitu_kind_field (table, columns[i]) < 0 ? "NULL" : columns[i]);
  g_string_append_printf (sql, ", height_cm FROM \"%s\" %s", table->name, where);
  return g_string_free (sql, FALSE);
}

static const char *
keep_text (GuituMatchRecord *record,
           const char *text)
{
  char *kept = text == NULL ? NULL : g_strdup (text);

  if (kept != NULL)
    g_ptr_array_add (record->texts, kept);
  return kept;
}

static gboolean
read_statements (GuituConnection *connection,
                 GuituMatchRecord *record,
                 GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT about, text, sound, heard_at FROM statement WHERE person = ? AND voided IS NULL ORDER BY row", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, record->id, sizeof record->id);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituMatchStatement said = {
        keep_text (record, guitu_statement_text (statement, 0)),
        keep_text (record, guitu_statement_text (statement, 1)),
        keep_text (record, guitu_statement_text (statement, 2)),
        keep_text (record, guitu_statement_text (statement, 3)),
      };

      g_array_append_val (record->statements, said);
    }
  record->side.statements = (const GuituMatchStatement *) record->statements->data;
  record->side.n_statements = record->statements->len;
  return step == 0;
}

static gboolean
take_row (GuituConnection *connection,
          GuituStatement *statement,
          guint kind,
          GuituMatchRecord *record,
          GError **error)
{
  const char **texts[] = {
    &record->side.name,
    &record->side.alias,
    &record->side.sex,
    &record->side.birth_from,
    &record->side.birth_to,
    &record->side.id_number,
    &record->side.phone,
    &record->side.household,
    &record->side.address,
    &record->side.nation,
    &record->side.accent,
    &record->side.marks,
    &record->side.kin,
  };
  gsize length;
  gconstpointer id = guitu_statement_bytes (statement, 1, &length);

  *record = (GuituMatchRecord){ .kind = kind };
  record->texts = g_ptr_array_new_with_free_func (g_free);
  record->statements = g_array_new (FALSE, FALSE, sizeof (GuituMatchStatement));
  record->side.row = guitu_statement_integer (statement, 0);
  if (id != NULL)
    memcpy (record->id, id, MIN (length, sizeof record->id));
  record->counts = guitu_statement_integer (statement, 2);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = keep_text (record, guitu_statement_text (statement, FIRST_TEXT + i));
  record->side.height_cm = guitu_statement_integer (statement, HEIGHT);
  return kind != GUITU_MATCH_PERSON || read_statements (connection, record, error);
}

void
_guitu_match_record_clear (GuituMatchRecord *record)
{
  g_clear_pointer (&record->texts, g_ptr_array_unref);
  g_clear_pointer (&record->statements, g_array_unref);
}

int
_guitu_match_record_read (GuituConnection *connection,
                          guint kind,
                          gint64 row,
                          GuituMatchRecord *record,
                          GError **error)
{
  g_autofree char *sql = compose_sql (kind, "WHERE row = ?");
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_integer (statement, 1, row);
  step = guitu_statement_step (statement, error);
  if (step == 1 && !take_row (connection, statement, kind, record, error))
    {
      _guitu_match_record_clear (record);
      return -1;
    }
  return step;
}

gboolean
_guitu_match_records_each (GuituConnection *connection,
                           guint kind,
                           GuituMatchEach function,
                           gpointer data,
                           GError **error)
{
  g_autofree char *sql = compose_sql (kind, "ORDER BY row");
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_auto (GuituMatchRecord) record = { 0 };

      if (!take_row (connection, statement, kind, &record, error) || (record.counts && !function (connection, &record, data, error)))
        return FALSE;
    }
  return step == 0;
}
