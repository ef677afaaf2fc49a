/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/register.h"

#include "db/record-private.h"
#include "db/records.h"
#include "db/store-private.h"

/* Rows of papers, and of the list with its photos, are long: they are chosen from an index that holds all that is asked for. */
const char *
_guitu_register_schema (void)
{
  return "CREATE INDEX IF NOT EXISTS paper_register ON paper (kind, state, issued_at, number, stay, voided);"
         "CREATE INDEX IF NOT EXISTS stay_register ON stay (number, person, id);"
         "CREATE INDEX IF NOT EXISTS person_register ON person (name, id);"
         "CREATE INDEX IF NOT EXISTS listing_match ON listing (state, \"until\", sex, birth_from, birth_to, name, alias, voided)";
}

/* Parameters of the statement, by what they stand for. */
enum
{
  STAY = 1,
  STATE,
  NUMBER,
  FROM,
  BEFORE,
  TEXT,
  BELOW,
  LIMIT,
  SKIP,
  FIRST_KIND, /* then as many as there are */
};

static guint
n_of (const char *const *texts)
{
  return texts == NULL ? 0 : g_strv_length ((char **) texts);
}

/* "kind IN (?10, ?11)" */
static void
append_kinds (GString *sql,
              guint first,
              guint n)
{
  g_string_append (sql, "kind IN (");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s?%u", i == 0 ? "" : ", ", first + i);
  g_string_append_c (sql, ')');
}

/* Everybody of that name, small or capital letters alike, and whose records were merged with theirs. */
#define PEOPLE                                                                                                                       \
  "WITH RECURSIVE named (id) AS (SELECT id FROM person INDEXED BY person_register WHERE instr (casefold (name), ?6) > 0%s"           \
  " UNION SELECT link.other FROM person_link AS link JOIN named ON link.person = named.id WHERE verdict = 'same' AND voided IS NULL" \
  " UNION SELECT link.person FROM person_link AS link JOIN named ON link.other = named.id WHERE verdict = 'same' AND voided IS NULL) "

/* Rows from three indexes, each of which is asked for what it knows. Numbers are in capitals. */
static void
append_text (GString *sql,
             const GuituRegisterQuery *query)
{
  guint n_titled = n_of (query->titled);

  g_string_append (sql, " AND row IN (SELECT row FROM paper INDEXED BY paper_by_number WHERE number IS NOT NULL AND instr (number, upper (?6)) > 0"
                        " UNION ALL SELECT row FROM paper INDEXED BY paper_by_stay WHERE stay IN"
                        " (SELECT id FROM stay INDEXED BY stay_register WHERE instr (number, upper (?6)) > 0 OR person IN (SELECT id FROM named))");
  if (n_titled > 0)
    {
      g_string_append (sql, " UNION ALL SELECT row FROM paper INDEXED BY paper_by_kind WHERE ");
      append_kinds (sql, FIRST_KIND + n_of (query->kinds), n_titled);
    }
  g_string_append_c (sql, ')');
}

/* Where nothing but the newest are asked for, the table itself is in their order; a stay and a text have rows of their own. */
static gboolean
needs_index (const GuituRegisterQuery *query)
{
  return query->stay == NULL && query->text == NULL &&
         (query->state != NULL || query->number != NULL || query->from != NULL || query->before != NULL || n_of (query->kinds) > 1 || query->skip > 0);
}

/* @plus: "+" keeps a condition from choosing an index. */
static void
append_conditions (GString *sql,
                   const GuituRegisterQuery *query,
                   const char *plus)
{
  if (query->stay != NULL)
    g_string_append_printf (sql, " AND %sstay = ?1", plus);
  if (query->state != NULL)
    g_string_append_printf (sql, " AND %sstate = ?2", plus);
  if (query->number != NULL)
    g_string_append (sql, " AND instr (number, upper (?3)) > 0");
  if (query->from != NULL)
    g_string_append_printf (sql, " AND %sissued_at >= ?4", plus);
  if (query->before != NULL)
    g_string_append_printf (sql, " AND %sissued_at < ?5", plus);
  if (query->below > 0)
    g_string_append (sql, " AND row < ?7");
  if (n_of (query->kinds) == 0)
    return;
  g_string_append_printf (sql, " AND %s", plus);
  append_kinds (sql, FIRST_KIND, n_of (query->kinds));
}

static char *
find_sql (const GuituRegisterQuery *query)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  if (query->text != NULL)
    g_string_append_printf (sql, PEOPLE, query->is_in_nameless ? " OR name IS NULL" : "");
  g_string_append_printf (sql, "SELECT row, %s FROM paper WHERE row IN (SELECT row FROM paper %s WHERE voided IS NULL",
                          _guitu_kind_columns (&guitu_kind_paper), needs_index (query) ? "INDEXED BY paper_register" : "");
  append_conditions (sql, query, query->text == NULL ? "" : "+");
  if (query->text != NULL)
    append_text (sql, query);
  g_string_append (sql, " ORDER BY row DESC LIMIT ?8 OFFSET ?9) ORDER BY row DESC");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
bind_texts (GuituStatement *statement,
            guint first,
            const char *const *texts)
{
  for (guint i = 0; i < n_of (texts); i++)
    guitu_statement_bind_text (statement, (int) (first + i), texts[i]);
}

static void
bind (GuituStatement *statement,
      const GuituRegisterQuery *query)
{
  if (query->stay != NULL)
    guitu_statement_bind_id (statement, STAY, query->stay);
  if (query->state != NULL)
    guitu_statement_bind_text (statement, STATE, query->state);
  if (query->number != NULL)
    guitu_statement_bind_text (statement, NUMBER, query->number);
  if (query->from != NULL)
    guitu_statement_bind_text (statement, FROM, query->from);
  if (query->before != NULL)
    guitu_statement_bind_text (statement, BEFORE, query->before);
  if (query->text != NULL)
    guitu_statement_bind_text (statement, TEXT, query->text);
  if (query->below > 0)
    guitu_statement_bind_integer (statement, BELOW, query->below);
  guitu_statement_bind_integer (statement, LIMIT, query->limit);
  guitu_statement_bind_integer (statement, SKIP, query->skip);
  bind_texts (statement, FIRST_KIND, query->kinds);
  if (query->text != NULL)
    bind_texts (statement, FIRST_KIND + n_of (query->kinds), query->titled);
}

GPtrArray *
guitu_register_find (GuituTransaction *transaction,
                     const GuituRegisterQuery *query,
                     GError **error)
{
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autofree char *sql = find_sql (query);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, sql, error);
  int step;

  if (statement == NULL)
    return NULL;
  bind (statement, query);
  while ((step = guitu_statement_step (statement, error)) == 1)
    g_ptr_array_add (papers, _guitu_record_read (&guitu_kind_paper, statement));
  return step == 0 ? g_steal_pointer (&papers) : NULL;
}

gboolean
guitu_register_numbers (GuituTransaction *transaction,
                        GuituRegisterEach each,
                        gpointer data,
                        GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection, "SELECT kind, number FROM paper INDEXED BY paper_register WHERE number IS NOT NULL ORDER BY kind", error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    each (guitu_statement_text (statement, 0), guitu_statement_text (statement, 1), data);
  return step == 0;
}
