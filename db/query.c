/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/query.h"

#include "db/match-private.h"
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

GPtrArray *
guitu_persons_search (GuituTransaction *transaction,
                      const char *typed,
                      guint limit,
                      GError **error)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autoptr (GArray) rows = guitu_search_find (transaction->connection, typed, limit, error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      GuituRecord *person = load_where (transaction, &guitu_kind_person, "row",
                                        g_array_index (rows, gint64, i), NULL, error);

      if (person == NULL)
        return NULL;
      if (guitu_record_is_voided (person))
        guitu_record_free (person);
      else
        g_ptr_array_add (persons, person);
    }
  return g_steal_pointer (&persons);
}

static void
reason_clear (gpointer data)
{
  GuituReason *reason = data;

  g_free (reason->ours);
  g_free (reason->theirs);
}

static void
likeness_free (gpointer data)
{
  GuituLikeness *likeness = data;

  guitu_record_free (likeness->person);
  g_array_unref (likeness->reasons);
  g_free (likeness);
}

static GuituLikeness *
likeness_new (GuituRecord *person,
              const GuituMatch *match)
{
  GuituLikeness *likeness = g_new0 (GuituLikeness, 1);

  likeness->person = person;
  likeness->score = match->score;
  likeness->probability = match->probability;
  likeness->reasons = g_array_new (FALSE, FALSE, sizeof (GuituReason));
  g_array_set_clear_func (likeness->reasons, reason_clear);
  for (guint i = 0; i < match->reasons->len; i++)
    {
      const GuituMatchReason *from = g_ptr_array_index (match->reasons, i);
      GuituReason reason = { from->field, g_strdup (from->ours), g_strdup (from->theirs), from->weight };

      g_array_append_val (likeness->reasons, reason);
    }
  return likeness;
}

GPtrArray *
guitu_persons_match (GuituTransaction *transaction,
                     const GuituRecord *person,
                     double least,
                     guint limit,
                     GError **error)
{
  const GuituMatchSide side = {
    .row = guitu_record_row (person),
    .name = guitu_record_text (person, GUITU_PERSON_NAME),
    .alias = guitu_record_text (person, GUITU_PERSON_ALIAS),
    .sex = guitu_record_text (person, GUITU_PERSON_SEX),
    .birth_from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM),
    .birth_to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO),
    .id_number = guitu_record_text (person, GUITU_PERSON_ID_NUMBER),
    .phone = guitu_record_text (person, GUITU_PERSON_PHONE),
    .household = guitu_record_text (person, GUITU_PERSON_HOUSEHOLD),
    .height_cm = guitu_record_integer (person, GUITU_PERSON_HEIGHT_CM, 0),
  };
  g_autoptr (GPtrArray) matches = guitu_match_find (transaction->connection, &side, least, limit + 1, error);
  g_autoptr (GPtrArray) likenesses = g_ptr_array_new_with_free_func (likeness_free);

  if (matches == NULL)
    return NULL;
  for (guint i = 0; i < matches->len && likenesses->len < limit; i++)
    {
      const GuituMatch *match = g_ptr_array_index (matches, i);
      GuituRecord *other;

      if (match->row == side.row)
        continue;
      other = load_where (transaction, &guitu_kind_person, "row", match->row, NULL, error);
      if (other == NULL)
        return NULL;
      g_ptr_array_add (likenesses, likeness_new (other, match));
    }
  return g_steal_pointer (&likenesses);
}

/* --- Entries of the list ----------------------------------------------------------------------- */

/* Those that sex or age rule out are not compared; the photo is not read. */
#define LISTINGS_SQL                                                                         \
  "SELECT row, name, alias, sex, birth_from, birth_to FROM listing INDEXED BY listing_match" \
  " WHERE state = 'active' AND voided IS NULL AND \"until\" >= ?1"                           \
  " AND (?2 IS NULL OR sex IS NULL OR sex = ?2 OR sex NOT IN ('1', '2'))"                    \
  " AND (?3 IS NULL OR birth_to IS NULL OR substr (birth_to, 1, 4) + 3 >= ?3)"               \
  " AND (?4 IS NULL OR birth_from IS NULL OR substr (birth_from, 1, 4) - 3 <= ?4)"

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  double first = (*(GuituMatch *const *) a)->score;
  double second = (*(GuituMatch *const *) b)->score;

  return (first < second) - (first > second);
}

static void
bind_year (GuituStatement *statement,
           int parameter,
           const char *date)
{
  if (date != NULL)
    guitu_statement_bind_integer (statement, parameter, g_ascii_strtoll (date, NULL, 10));
  else
    guitu_statement_bind_text (statement, parameter, NULL);
}

static GPtrArray *
weigh_listings (GuituTransaction *transaction,
                const GuituMatchSide *ours,
                const char *today,
                double least,
                GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_match_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, LISTINGS_SQL, error);
  gboolean has_sex = ours->sex != NULL && (ours->sex[0] == '1' || ours->sex[0] == '2');
  GuituMatchSubject subject;
  int step = -1;

  if (statement == NULL)
    return NULL;
  _guitu_match_subject_init (&subject, ours);
  guitu_statement_bind_text (statement, 1, today);
  guitu_statement_bind_text (statement, 2, has_sex ? ours->sex : NULL);
  bind_year (statement, 3, ours->birth_from);
  bind_year (statement, 4, ours->birth_to);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      const GuituMatchSide theirs = {
        .row = guitu_statement_integer (statement, 0),
        .name = guitu_statement_text (statement, 1),
        .alias = guitu_statement_text (statement, 2),
        .sex = guitu_statement_text (statement, 3),
        .birth_from = guitu_statement_text (statement, 4),
        .birth_to = guitu_statement_text (statement, 5),
      };
      GuituMatchSubject other;
      GuituMatchWeights weights;

      _guitu_match_subject_init (&other, &theirs);
      if (_guitu_match_weigh (&subject, &other, &weights) >= least)
        g_ptr_array_add (matches, guitu_match_compare (ours, &theirs));
    }
  g_ptr_array_sort (matches, compare_matches);
  return step == 0 ? g_steal_pointer (&matches) : NULL;
}

GPtrArray *
guitu_listings_match (GuituTransaction *transaction,
                      const GuituRecord *person,
                      const char *today,
                      double least,
                      guint limit,
                      GError **error)
{
  const GuituMatchSide side = {
    .name = guitu_record_text (person, GUITU_PERSON_NAME),
    .alias = guitu_record_text (person, GUITU_PERSON_ALIAS),
    .sex = guitu_record_text (person, GUITU_PERSON_SEX),
    .birth_from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM),
    .birth_to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO),
  };
  g_autoptr (GPtrArray) matches = weigh_listings (transaction, &side, today, least, error);
  g_autoptr (GPtrArray) likenesses = g_ptr_array_new_with_free_func (likeness_free);

  for (guint i = 0; matches != NULL && i < matches->len && i < limit; i++)
    {
      const GuituMatch *match = g_ptr_array_index (matches, i);
      GuituRecord *listing = load_where (transaction, &guitu_kind_listing, "row", match->row, NULL, error);

      if (listing == NULL)
        return NULL;
      g_ptr_array_add (likenesses, likeness_new (listing, match));
    }
  return matches == NULL ? NULL : g_steal_pointer (&likenesses);
}
