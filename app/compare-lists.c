/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One list from outside with another one, or with itself: all columns that both have take part,
 * whatever they hold. */

#include "app/compare-private.h"

#include "app/identity-number.h"

#include <string.h>

#define MATCHES_EXPLAINED 20000

typedef struct
{
  GuituListComparison *comparison;
  GuituListColumn columns[GUITU_LISTS_COLUMNS];
  const char *fields[GUITU_LISTS_COLUMNS]; /* nullable */
  guint n;
  GStringChunk *texts;
} Work;

/* A family shares the others. */
static const char *const own_fields[] = { "given_name", "name", "birth", "birth_year", "birth_month", "birth_day", "id_number", "sex", NULL };

/* --- Texts of a column ------------------------------------------------------------------------- */

/* Both lists may write it differently: 男 and M are the same. */
static const char *
code_of (const char *field,
         const char *cell)
{
  const GuituCode *code = strcmp (field, "sex") == 0 || strcmp (field, "nation") == 0 ? guitu_codes_parse (field, cell) : NULL;

  return code == NULL ? cell : code->code;
}

/* (transfer container) */
static const char *const *
texts_of_column (const GuituListFile *file,
                 guint column,
                 const char *field)
{
  const char **texts = g_new0 (const char *, file->rows->len + 1);

  for (guint i = 0; i < file->rows->len; i++)
    {
      const GuituListRow *row = file->rows->pdata[i];

      texts[i] = field == NULL || *row->cells[column] == '\0' ? row->cells[column] : code_of (field, row->cells[column]);
    }
  return texts;
}

/* (transfer full) (nullable) */
static char *
year_by_age (const GuituListFile *file,
             const GuituListMeaning *meanings,
             const GuituListRow *row)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *age = _guitu_comparison_text (file, meanings, row, "age");
  gint64 years = age == NULL ? 0 : g_ascii_strtoll (age, NULL, 10);

  return years <= 0 || years > 120 ? NULL : g_strdup_printf ("%d", (int) (g_ascii_strtoll (today, NULL, 10) - years));
}

static const char *const *
texts_of_field (Work *work,
                const GuituListFile *file,
                const GuituListMeaning *meanings,
                const char *field)
{
  const char **texts = g_new0 (const char *, file->rows->len + 1);

  for (guint i = 0; i < file->rows->len; i++)
    {
      g_autofree char *text = _guitu_comparison_text (file, meanings, file->rows->pdata[i], field);
      g_autofree char *year = text == NULL && strcmp (field, "birth") == 0 ? year_by_age (file, meanings, file->rows->pdata[i]) : NULL;

      texts[i] = text != NULL ? g_string_chunk_insert_const (work->texts, code_of (field, text)) : year != NULL ? g_string_chunk_insert_const (work->texts, year)
                                                                                                                : "";
    }
  return texts;
}

/* --- Columns of both --------------------------------------------------------------------------- */

static gboolean
has_field (const GuituListFile *file,
           const GuituListMeaning *meanings,
           const char *field)
{
  return guitu_list_meanings_find (meanings, file, field) >= 0;
}

/* From what a list tells a field. */
typedef enum
{
  SOURCE_NONE,
  SOURCE_COLUMN,
  SOURCE_PARTS,
  SOURCE_NUMBER, /* an ID number tells birth and sex */
  SOURCE_AGE,
} Source;

static Source
source_of (const GuituListFile *file,
           const GuituListMeaning *meanings,
           const char *field)
{
  gboolean is_name = strcmp (field, "name") == 0, is_birth = strcmp (field, "birth") == 0;

  if (has_field (file, meanings, field))
    return SOURCE_COLUMN;
  if (is_name)
    return has_field (file, meanings, "given_name") && has_field (file, meanings, "surname") ? SOURCE_PARTS : SOURCE_NONE;
  if (is_birth && has_field (file, meanings, "birth_year"))
    return SOURCE_PARTS;
  if (has_field (file, meanings, "id_number"))
    return SOURCE_NUMBER;
  return is_birth && has_field (file, meanings, "age") ? SOURCE_AGE : SOURCE_NONE;
}

/* Whether the parts are compared as one: a whole day, and a Han name; other surnames and given names say more apart. */
static gboolean
are_better_whole (const GuituListFile *file,
                  const GuituListMeaning *meanings,
                  const char *field)
{
  int surname = guitu_list_meanings_find (meanings, file, "surname");
  guint n_han = 0;

  if (strcmp (field, "birth") == 0)
    return has_field (file, meanings, "birth_month") && has_field (file, meanings, "birth_day");
  for (guint i = 0; i < file->rows->len; i++)
    {
      const GuituListRow *row = file->rows->pdata[i];

      n_han += g_unichar_get_script (g_utf8_get_char (row->cells[surname])) == G_UNICODE_SCRIPT_HAN;
    }
  return n_han * 2 > file->rows->len;
}

static const char *
other_home (const char *field)
{
  return strcmp (field, "household") == 0 ? "address" : strcmp (field, "address") == 0 ? "household"
                                                                                       : NULL;
}

/* The column of the other list that holds the same, or -1. */
static int
find_partner (const GuituListComparison *comparison,
              guint column)
{
  const GuituListMeaning *meaning = &comparison->meanings[column];
  g_autofree char *plain = guitu_list_plain_header (comparison->file->header[column]);

  if (comparison->is_within)
    return column;
  if (meaning->field != NULL)
    {
      int partner = guitu_list_meanings_find (comparison->other_meanings, comparison->other, meaning->field);
      const char *home = other_home (meaning->field);

      /* where somebody is registered is where most live: the one list asks for this, the other one for that */
      if (partner < 0 && home != NULL && !has_field (comparison->file, comparison->meanings, home))
        partner = guitu_list_meanings_find (comparison->other_meanings, comparison->other, home);
      return partner;
    }
  for (guint i = 0; i < comparison->other->n_columns; i++)
    {
      g_autofree char *other = guitu_list_plain_header (comparison->other->header[i]);

      if (comparison->other_meanings[i].is_compared && comparison->other_meanings[i].field == NULL && strcmp (plain, other) == 0)
        return i;
    }
  return -1;
}

static void
add_column (Work *work,
            const char *name,
            const char *field,
            GuituColumnKind kind,
            gboolean is_day_first,
            const char *const *ours,
            const char *const *theirs)
{
  g_assert (work->n < GUITU_LISTS_COLUMNS);
  work->columns[work->n] = (GuituListColumn){ name, kind, -1, field != NULL && g_strv_contains (own_fields, field), is_day_first, ours, theirs };
  work->fields[work->n++] = field;
}

/* A field that one list at least tells in another way, such as with a year, a month and a day. */
static void
add_composed (Work *work,
              const char *field,
              GuituColumnKind kind)
{
  GuituListComparison *comparison = work->comparison;
  const GuituListFile *other = comparison->is_within ? comparison->file : comparison->other;
  const GuituListMeaning *other_meanings = comparison->is_within ? comparison->meanings : comparison->other_meanings;
  Source ours = source_of (comparison->file, comparison->meanings, field), theirs = source_of (other, other_meanings, field);

  if (ours == SOURCE_NONE || theirs == SOURCE_NONE)
    return;
  if (ours == theirs && (ours != SOURCE_PARTS || !are_better_whole (comparison->file, comparison->meanings, field) || !are_better_whole (other, other_meanings, field)))
    return; /* compared as they stand */
  if ((ours == SOURCE_NUMBER && has_field (other, other_meanings, "id_number")) || (theirs == SOURCE_NUMBER && has_field (comparison->file, comparison->meanings, "id_number")))
    return; /* the numbers themselves say it */
  add_column (work, field, field, kind, FALSE, texts_of_field (work, comparison->file, comparison->meanings, field),
              comparison->is_within ? NULL : texts_of_field (work, other, other_meanings, field));
}

/* Whether a column is a part of what is compared already. */
static gboolean
is_composed (const Work *work,
             const char *field)
{
  static const char *const births[] = { "birth_year", "birth_month", "birth_day", NULL }, *const names[] = { "given_name", "surname", NULL };

  for (guint i = 0; field != NULL && i < work->n; i++)
    if ((g_strcmp0 (work->fields[i], "birth") == 0 && g_strv_contains (births, field)) ||
        (g_strcmp0 (work->fields[i], "name") == 0 && g_strv_contains (names, field)))
      return TRUE;
  return FALSE;
}

/* Surname and given name stand in each other's column at times. */
static void
set_exchanged (Work *work)
{
  int given = -1, surname = -1;

  for (guint i = 0; i < work->n; i++)
    {
      if (g_strcmp0 (work->fields[i], "given_name") == 0)
        given = i;
      if (g_strcmp0 (work->fields[i], "surname") == 0)
        surname = i;
    }
  if (given < 0 || surname < 0)
    return;
  work->columns[given].exchanged = surname;
  work->columns[surname].exchanged = given;
}

static void
add_columns (Work *work)
{
  GuituListComparison *comparison = work->comparison;

  add_composed (work, "birth", GUITU_COLUMN_DATE);
  add_composed (work, "name", GUITU_COLUMN_NAME);
  add_composed (work, "sex", GUITU_COLUMN_CATEGORY);
  for (guint i = 0; i < comparison->file->n_columns; i++)
    {
      GuituListMeaning *meaning = &comparison->meanings[i];
      int partner = meaning->is_compared ? find_partner (comparison, i) : -1;
      GuituColumnKind kind = meaning->kind;
      gboolean is_day_first = meaning->is_day_first;

      if (partner < 0 || (!comparison->is_within && !comparison->other_meanings[partner].is_compared) || is_composed (work, meaning->field))
        continue;
      if (work->n >= GUITU_LISTS_COLUMNS)
        {
          meaning->is_compared = FALSE;
          meaning->by = "too-many";
          continue;
        }
      if (!comparison->is_within && meaning->field == NULL && strcmp (meaning->by, "content") == 0)
        kind = guitu_list_kind_of (comparison->file, i, comparison->other, partner, &is_day_first);
      add_column (work, comparison->file->header[i], meaning->field, kind, is_day_first, texts_of_column (comparison->file, i, meaning->field),
                  comparison->is_within ? NULL : texts_of_column (comparison->other, partner, meaning->field));
    }
  set_exchanged (work);
}

/* --- What was found ---------------------------------------------------------------------------- */

/* (transfer full) */
static char *
shown (const Work *work,
       guint column,
       const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  return g_strcmp0 (work->fields[column], "id_number") == 0 && !work->comparison->reveal ? guitu_identity_number_mask (text) : g_strdup (text);
}

static void
add_values (const Work *work,
            JsonObject *json,
            guint number,
            const char *how,
            const GuituListPair *pair)
{
  const GuituListColumn *column = number == G_MAXUINT ? NULL : &work->columns[number];
  g_autofree char *ours = column == NULL ? NULL : shown (work, number, column->ours[pair->ours]);
  g_autofree char *theirs = column == NULL ? NULL : shown (work, number, (column->theirs == NULL ? column->ours : column->theirs)[pair->theirs]);

  json_object_set_string_member (json, "field", column == NULL ? (strcmp (how, "others") == 0 ? "rows" : "family") : work->fields[number] == NULL ? column->name
                                                                                                                                                  : work->fields[number]);
  json_object_set_string_member (json, "ours", ours == NULL ? "" : ours);
  json_object_set_string_member (json, "theirs", theirs == NULL ? "" : theirs);
}

static JsonArray *
explain (const Work *work,
         const GuituLists *lists,
         const GuituListPair *pair)
{
  g_autoptr (GArray) reasons = guitu_lists_reasons (lists, pair);
  JsonArray *why = json_array_new ();

  for (guint i = 0; i < reasons->len; i++)
    {
      const GuituListReason *reason = &g_array_index (reasons, GuituListReason, i);
      JsonObject *json = json_object_new ();

      add_values (work, json, reason->column, reason->how, pair);
      json_object_set_double_member (json, "weight", reason->weight);
      json_object_set_string_member (json, "how", reason->how);
      json_array_add_object_element (why, json);
    }
  return why;
}

static void
gather (Work *work,
        const GuituLists *lists)
{
  GuituListComparison *comparison = work->comparison;
  const GuituListFile *other = comparison->is_within ? comparison->file : comparison->other;
  const GuituListMeaning *meanings = comparison->is_within ? comparison->meanings : comparison->other_meanings;
  const GArray *pairs = guitu_lists_pairs (lists);
  g_autoptr (GArray) probabilities = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < pairs->len; i++)
    {
      const GuituListPair *pair = &g_array_index (pairs, GuituListPair, i);
      const GuituListRow *row = other->rows->pdata[pair->theirs];
      GuituListMatch *match = g_new0 (GuituListMatch, 1);

      match->row = pair->ours;
      match->score = pair->score;
      match->probability = pair->probability;
      match->match_row = row->number;
      match->match_id = g_strdup (_guitu_comparison_row_id (other, meanings, row));
      match->match_name = _guitu_comparison_text (other, meanings, row, "name");
      g_ptr_array_add (comparison->matches, match);
      g_array_append_val (probabilities, pair->probability);
    }
  _guitu_comparison_take (comparison, probabilities);
  for (guint i = 0; i < MIN (comparison->taken.n_taken, MATCHES_EXPLAINED); i++)
    ((GuituListMatch *) comparison->matches->pdata[i])->why = explain (work, lists, &g_array_index (pairs, GuituListPair, i));
}

static void
tell_figures (const GuituListComparison *comparison,
              const GuituListFigures *figures)
{
  json_object_set_double_member (comparison->figures, "pairs", figures->n_pairs);
  json_object_set_double_member (comparison->figures, "pairs_compared", figures->n_compared);
  json_object_set_double_member (comparison->figures, "expected_matches", figures->n_matches);
  json_object_set_boolean_member (comparison->figures, "one_to_one", figures->is_one_to_one);
}

static gboolean
compare_columns (Work *work,
                 GError **error)
{
  GuituListComparison *comparison = work->comparison;
  g_autoptr (GuituLists) lists = NULL;

  add_columns (work);
  if (work->n == 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "nothing-to-compare", "map", "No column of one list is known to hold what a column of the other one holds");
  lists = guitu_lists_link (work->columns, work->n, comparison->file->rows->len, comparison->is_within ? 0 : comparison->other->rows->len,
                            guitu_call_tell_progress, comparison->call, error);
  if (lists == NULL)
    return FALSE;
  tell_figures (comparison, guitu_lists_figures (lists));
  gather (work, lists);
  return TRUE;
}

gboolean
_guitu_compare_lists (GuituListComparison *comparison,
                      GError **error)
{
  g_autofree Work *work = g_new0 (Work, 1);
  gboolean is_done;

  work->comparison = comparison;
  work->texts = g_string_chunk_new (64 * 1024);
  is_done = compare_columns (work, error);
  for (guint i = 0; i < work->n; i++)
    {
      g_free ((gpointer) work->columns[i].ours);
      g_free ((gpointer) work->columns[i].theirs);
    }
  g_string_chunk_free (work->texts);
  return is_done;
}
