/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/query.h"

#include "db/record-private.h"
#include "db/search.h"
#include "db/store-private.h"

static GuituRecord *
load_where (GuituTransaction *transaction,
            const GuituKind *kind,
            const char *column,
            gint64 row,
            const char *id,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row, %s FROM \"%s\" WHERE %s = ?",
                                          _guitu_kind_columns (kind), kind->name, column);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, sql, error);
  int step;

  if (statement == NULL)
    return NULL;
  if (id != NULL)
    guitu_statement_bind_id (statement, 1, id);
  else
    guitu_statement_bind_integer (statement, 1, row);
  step = guitu_statement_step (statement, error);
  if (step == 1)
    return _guitu_record_read (kind, statement);
  if (step == 0)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "There is no %s with that id", kind->name);
  return NULL;
}

GuituRecord *
_guitu_record_load_row (GuituTransaction *transaction,
                        const GuituKind *kind,
                        gint64 row,
                        GError **error)
{
  return load_where (transaction, kind, "row", row, NULL, error);
}

gboolean
guitu_record_exists (GuituTransaction *transaction,
                     const GuituKind *kind,
                     const char *id,
                     gboolean *is_there,
                     GError **error)
{
  g_autoptr (GuituRecord) record = NULL;

  if (!guitu_record_load_if_there (transaction, kind, id, &record, error))
    return FALSE;
  *is_there = record != NULL;
  return TRUE;
}

gboolean
guitu_record_load_if_there (GuituTransaction *transaction,
                            const GuituKind *kind,
                            const char *id,
                            GuituRecord **record,
                            GError **error)
{
  g_autoptr (GError) failure = NULL;

  *record = guitu_record_load (transaction, kind, id, &failure);
  if (*record != NULL || g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

GuituRecord *
guitu_record_load (GuituTransaction *transaction,
                   const GuituKind *kind,
                   const char *id,
                   GError **error)
{
  return load_where (transaction, kind, "id", 0, id, error);
}

static void
append_condition (GString *sql,
                  const GuituKind *kind,
                  const GuituCondition *condition,
                  guint parameter)
{
  const char *name = kind->fields[condition->field].name;

  switch (condition->comparison)
    {
    case GUITU_EQUAL:
      g_string_append_printf (sql, " AND \"%s\" = ?%u", name, parameter);
      break;
    case GUITU_LESS:
      g_string_append_printf (sql, " AND \"%s\" < ?%u", name, parameter);
      break;
    case GUITU_AT_LEAST:
      g_string_append_printf (sql, " AND \"%s\" >= ?%u", name, parameter);
      break;
    case GUITU_UNSET:
      g_string_append_printf (sql, " AND \"%s\" IS NULL", name);
      break;
    case GUITU_SET:
      g_string_append_printf (sql, " AND \"%s\" IS NOT NULL", name);
      break;
    case GUITU_ANY:
    default:
      break;
    }
}

static char *
columns_without_bytes (const GuituKind *kind)
{
  GString *columns = g_string_new ("id");

  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].type == GUITU_FIELD_BYTES)
      g_string_append (columns, ", NULL");
    else
      g_string_append_printf (columns, ", \"%s\"", kind->fields[i].name);
  return g_string_free (columns, FALSE);
}

static char *
query_sql (const GuituKind *kind,
           const GuituQuery *query,
           gboolean counts)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *columns = query->without_bytes ? columns_without_bytes (kind) : g_strdup (_guitu_kind_columns (kind));

  g_string_printf (sql, "SELECT %s%s FROM \"%s\" WHERE 1", counts ? "count (*)" : "row, ", counts ? "" : columns, kind->name);
  if (!query->with_voided)
    g_string_append (sql, " AND voided IS NULL");
  for (guint i = 0; i < G_N_ELEMENTS (query->conditions); i++)
    append_condition (sql, kind, &query->conditions[i], i + 1);
  if (counts)
    return g_string_free (sql, FALSE);
  if (query->is_ordered)
    g_string_append_printf (sql, " ORDER BY \"%s\" %s, row %s", kind->fields[query->order_by].name,
                            query->descending ? "DESC" : "ASC", query->descending ? "DESC" : "ASC");
  else
    g_string_append_printf (sql, " ORDER BY row %s", query->descending ? "DESC" : "ASC");
  if (query->limit > 0)
    g_string_append_printf (sql, " LIMIT %u", query->limit);
  return g_string_free (sql, FALSE);
}

static GuituStatement *
query_prepare (GuituTransaction *transaction,
               const GuituKind *kind,
               const GuituQuery *query,
               gboolean counts,
               GError **error)
{
  g_autofree char *sql = query_sql (kind, query, counts);
  GuituStatement *statement = guitu_connection_prepare (transaction->connection, sql, error);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (query->conditions); i++)
    {
      const GuituCondition *condition = &query->conditions[i];

      if (condition->comparison != GUITU_EQUAL && condition->comparison != GUITU_LESS &&
          condition->comparison != GUITU_AT_LEAST)
        continue;
      if (kind->fields[condition->field].type == GUITU_FIELD_REFERENCE)
        guitu_statement_bind_id (statement, i + 1, condition->text);
      else
        guitu_statement_bind_text (statement, i + 1, condition->text);
    }
  return statement;
}

GPtrArray *
guitu_records_find (GuituTransaction *transaction,
                    const GuituKind *kind,
                    const GuituQuery *query,
                    GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autoptr (GuituStatement) statement = query_prepare (transaction, kind, query, FALSE, error);
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = guitu_statement_step (statement, error)) == 1)
    g_ptr_array_add (records, _guitu_record_read (kind, statement));
  return step == 0 ? g_steal_pointer (&records) : NULL;
}

GuituRecord *
guitu_record_find_one (GuituTransaction *transaction,
                       const GuituKind *kind,
                       int field,
                       const char *text,
                       GError **error)
{
  GuituQuery query = { .conditions = { { field, GUITU_EQUAL, text } }, .limit = 1 };
  g_autoptr (GPtrArray) records = guitu_records_find (transaction, kind, &query, error);

  return records == NULL || records->len == 0 ? NULL : g_ptr_array_steal_index (records, 0);
}

gint64
guitu_records_count (GuituTransaction *transaction,
                     const GuituKind *kind,
                     const GuituQuery *query,
                     GError **error)
{
  g_autoptr (GuituStatement) statement = query_prepare (transaction, kind, query, TRUE, error);

  if (statement == NULL || guitu_statement_step (statement, error) != 1)
    return -1;
  return guitu_statement_integer (statement, 0);
}

void
guitu_found_free (GuituFound *found)
{
  g_clear_pointer (&found->person, guitu_record_free);
  g_array_unref (found->fits);
  g_free (found);
}

static void
fit_clear (gpointer data)
{
  g_free (((GuituFit *) data)->typed);
}

/** Takes over @person. */
static GuituFound *
found_new (GuituRecord *person,
           const GuituSearchHit *hit)
{
  static const guint scores[GUITU_SEARCH_LEVELS] = { 100, 80, 60, 50, 40, 20, 10 };
  GuituFound *found = g_new0 (GuituFound, 1);

  found->person = person;
  found->score = scores[hit->level];
  found->fits = g_array_new (FALSE, FALSE, sizeof (GuituFit));
  g_array_set_clear_func (found->fits, fit_clear);
  for (guint i = 0; i < hit->n_reasons; i++)
    {
      GuituFit fit = { g_strdup (hit->reasons[i].typed), hit->reasons[i].field, hit->reasons[i].way };

      g_array_append_val (found->fits, fit);
    }
  return found;
}

GPtrArray *
guitu_persons_find (GuituTransaction *transaction,
                    const char *typed,
                    guint limit,
                    GError **error)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_found_free);
  g_autoptr (GArray) hits = guitu_search_find (transaction->connection, typed, limit, error);

  if (hits == NULL)
    return NULL;
  for (guint i = 0; i < hits->len; i++)
    {
      const GuituSearchHit *hit = &g_array_index (hits, GuituSearchHit, i);
      GuituRecord *person = load_where (transaction, &guitu_kind_person, "row", hit->row, NULL, error);

      if (person == NULL)
        return NULL;
      g_ptr_array_add (persons, found_new (person, hit));
    }
  return g_steal_pointer (&persons);
}

GPtrArray *
guitu_persons_search (GuituTransaction *transaction,
                      const char *typed,
                      guint limit,
                      GError **error)
{
  g_autoptr (GPtrArray) found = guitu_persons_find (transaction, typed, limit, error);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  for (guint i = 0; found != NULL && i < found->len; i++)
    g_ptr_array_add (persons, g_steal_pointer (&((GuituFound *) found->pdata[i])->person));
  return found == NULL ? NULL : g_steal_pointer (&persons);
}
