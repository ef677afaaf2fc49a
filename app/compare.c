/* SPDX-License-Identifier: GPL-3.0-or-later */

/* “compare”: which rows of a list from outside are known here, or in another list, or stand twice in it.
 * What belongs together is told, with the reasons; nothing is joined. A list that is compared with the
 * station's persons is a use of their data: it needs a purpose, and is logged. */

#include "app/compare-private.h"

#include "app/access.h"
#include "app/identity-number.h"
#include "app/verbs.h"

#include <math.h>
#include <string.h>

#define SAMPLES 3

/* --- Rows ------------------------------------------------------------------------------------- */

/* (transfer full) (nullable) */
static char *
text_of (const GuituListFile *file,
         const GuituListMeaning *meanings,
         const GuituListRow *row,
         const char *field)
{
  int column = guitu_list_meanings_find (meanings, file, field);

  return column < 0 || *row->cells[column] == '\0' ? NULL : g_strdup (row->cells[column]);
}

/* What a number tells, where nothing else does. (transfer full) (nullable) */
static char *
identity_of (const GuituListFile *file,
             const GuituListMeaning *meanings,
             const GuituListRow *row,
             gboolean wants_sex)
{
  g_autofree char *number = text_of (file, meanings, row, "id_number");
  g_autofree char *today = guitu_today ();
  GuituIdentityNumber identity;

  if (number == NULL || !guitu_identity_number_parse (number, today, &identity, NULL))
    return NULL;
  return g_strdup (wants_sex ? identity.sex : identity.birth);
}

/* (transfer full) (nullable): eight digits, or with strokes */
static char *
date_of (const GuituListFile *file,
         const GuituListMeaning *meanings,
         const GuituListRow *row)
{
  int column = guitu_list_meanings_find (meanings, file, "birth");
  g_autofree char *year = text_of (file, meanings, row, "birth_year");
  g_autofree char *month = text_of (file, meanings, row, "birth_month");
  g_autofree char *day = text_of (file, meanings, row, "birth_day");
  char digits[9];

  if (column >= 0)
    return *row->cells[column] != '\0' && guitu_lists_read_date (row->cells[column], meanings[column].is_day_first, digits) ? g_strdup (digits) : NULL;
  if (year == NULL)
    return identity_of (file, meanings, row, FALSE);
  if (strlen (year) != 4)
    return NULL;
  return g_strdup_printf ("%s-%02d-%02d", year, month == NULL ? 0 : (int) g_ascii_strtoll (month, NULL, 10), day == NULL ? 0 : (int) g_ascii_strtoll (day, NULL, 10));
}

static gboolean
is_han (const char *text)
{
  return g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN;
}

/* (transfer full) (nullable) */
static char *
name_of (const GuituListFile *file,
         const GuituListMeaning *meanings,
         const GuituListRow *row)
{
  char *name = text_of (file, meanings, row, "name");
  g_autofree char *given = name != NULL ? NULL : text_of (file, meanings, row, "given_name");
  g_autofree char *surname = name != NULL ? NULL : text_of (file, meanings, row, "surname");

  if (name != NULL || (given == NULL && surname == NULL))
    return name;
  if (given == NULL || surname == NULL)
    return g_strdup (given == NULL ? surname : given);
  return is_han (surname) ? g_strconcat (surname, given, NULL) : g_strconcat (given, " ", surname, NULL);
}

char *
_guitu_comparison_text (const GuituListFile *file,
                        const GuituListMeaning *meanings,
                        const GuituListRow *row,
                        const char *field)
{
  if (strcmp (field, "birth") == 0)
    return date_of (file, meanings, row);
  if (strcmp (field, "name") == 0)
    return name_of (file, meanings, row);
  if (strcmp (field, "sex") == 0 && guitu_list_meanings_find (meanings, file, field) < 0)
    return identity_of (file, meanings, row, TRUE);
  return text_of (file, meanings, row, field);
}

const char *
_guitu_comparison_row_id (const GuituListFile *file,
                          const GuituListMeaning *meanings,
                          const GuituListRow *row)
{
  for (guint i = 0; i < file->n_columns; i++)
    if (strcmp (meanings[i].by, "row-id") == 0 && *row->cells[i] != '\0')
      return row->cells[i];
  return NULL;
}

void
_guitu_list_match_free (gpointer data)
{
  GuituListMatch *match = data;

  g_free (match->match_id);
  g_free (match->match_name);
  g_clear_pointer (&match->why, json_array_unref);
  g_free (match);
}

/* --- The threshold ----------------------------------------------------------------------------- */

static int
compare_probabilities (gconstpointer a,
                       gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first < second) - (first > second);
}

void
_guitu_comparison_take (GuituListComparison *comparison,
                        GArray *probabilities)
{
  GuituExpect how = comparison->least >= 0 ? GUITU_EXPECT_LEAST : comparison->precision >= 0 ? GUITU_EXPECT_PRECISION
                                                                                             : GUITU_EXPECT_BEST;

  g_array_sort (probabilities, compare_probabilities);
  comparison->taken = guitu_lists_expect ((const double *) (gpointer) probabilities->data, probabilities->len, how,
                                          comparison->least >= 0 ? comparison->least : comparison->precision);
  comparison->taken.n_taken = MIN (comparison->taken.n_taken, comparison->matches->len);
}

/* --- Results ---------------------------------------------------------------------------------- */

static JsonObject *
result_new (const char *kind)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "kind", kind);
  return json;
}

static void
set_text (JsonObject *json,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, name, text);
}

static JsonArray *
samples_of (const GuituListComparison *comparison,
            const GuituListFile *file,
            const GuituListMeaning *meaning,
            guint column)
{
  JsonArray *samples = json_array_new ();
  gboolean is_masked = g_strcmp0 (meaning->field, "id_number") == 0 && !comparison->reveal;

  for (guint i = 0; i < file->rows->len && json_array_get_length (samples) < SAMPLES; i++)
    {
      const char *cell = ((GuituListRow *) file->rows->pdata[i])->cells[column];
      g_autofree char *masked = is_masked && *cell != '\0' ? guitu_identity_number_mask (cell) : NULL;

      if (*cell != '\0')
        json_array_add_string_element (samples, masked == NULL ? cell : masked);
    }
  return samples;
}

static void
emit_mapping (const GuituListComparison *comparison,
              const GuituListFile *file,
              const GuituListMeaning *meanings,
              gboolean with_samples)
{
  JsonObject *json = result_new ("mapping");
  JsonArray *columns = json_array_new ();
  const char separator[] = { file->separator, '\0' };

  json_object_set_string_member (json, "file", file->name);
  set_text (json, "encoding", file->encoding);
  if (file->encoding != NULL)
    json_object_set_string_member (json, "separator", separator);
  json_object_set_boolean_member (json, "header", !file->is_headless);
  for (guint i = 0; i < file->n_columns; i++)
    {
      JsonObject *column = json_object_new ();

      json_object_set_string_member (column, "column", file->header[i]);
      set_text (column, "field", meanings[i].field);
      json_object_set_boolean_member (column, "compared", meanings[i].is_compared);
      if (meanings[i].is_compared)
        json_object_set_string_member (column, "as", guitu_list_kind_name (meanings[i].kind));
      json_object_set_string_member (column, "by", meanings[i].by);
      if (with_samples)
        json_object_set_array_member (column, "samples", samples_of (comparison, file, &meanings[i], i));
      json_array_add_object_element (columns, column);
    }
  json_object_set_array_member (json, "columns", columns);
  guitu_call_emit (comparison->call, json);
}

static void
emit_bad_rows (const GuituListComparison *comparison,
               const GuituListFile *file)
{
  for (guint i = 0; i < file->bad->len; i++)
    {
      const GuituListBadRow *bad = &g_array_index (file->bad, GuituListBadRow, i);
      JsonObject *json = result_new ("bad-row");

      json_object_set_string_member (json, "file", file->name);
      json_object_set_int_member (json, "row", bad->number);
      if (bad->line > 0)
        json_object_set_int_member (json, "line", bad->line);
      json_object_set_string_member (json, "reason", bad->reason);
      guitu_call_emit (comparison->call, json);
    }
}

static double
rounded (double number,
         double step)
{
  return round (number / step) * step;
}

static void
emit_match (const GuituListComparison *comparison,
            const GuituListMatch *match)
{
  const GuituListRow *row = comparison->file->rows->pdata[match->row];
  gboolean is_person = match->match_row == 0;
  g_autofree char *name = _guitu_comparison_text (comparison->file, comparison->meanings, row, "name");
  JsonObject *json = result_new ("match");

  json_object_set_int_member (json, "row", row->number);
  set_text (json, "row_id", _guitu_comparison_row_id (comparison->file, comparison->meanings, row));
  set_text (json, "row_name", name);
  if (!is_person)
    json_object_set_int_member (json, "other_row", match->match_row);
  set_text (json, is_person ? "id" : "other_id", match->match_id);
  set_text (json, is_person ? "name" : "other_name", match->match_name);
  json_object_set_double_member (json, "score", rounded (match->score, 0.01));
  json_object_set_double_member (json, "probability", rounded (match->probability, 1e-6));
  if (match->why != NULL)
    json_object_set_array_member (json, "why", json_array_ref (match->why));
  guitu_call_emit (comparison->call, json);
}

static guint
count_rows_found (const GuituListComparison *comparison)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < comparison->taken.n_taken; i++)
    g_hash_table_add (rows, GUINT_TO_POINTER (((GuituListMatch *) comparison->matches->pdata[i])->row));
  return g_hash_table_size (rows);
}

static void
emit_summary (const GuituListComparison *comparison)
{
  const GuituListFile *file = comparison->file;
  JsonObject *json = result_new ("summary");
  guint n_found = count_rows_found (comparison);

  json_object_set_string_member (json, "file", file->name);
  json_object_set_int_member (json, "rows", file->rows->len);
  json_object_set_int_member (json, "bad_rows", file->bad->len);
  if (comparison->other != NULL)
    {
      json_object_set_string_member (json, "other", comparison->other->name);
      json_object_set_int_member (json, "other_rows", comparison->other->rows->len);
      json_object_set_int_member (json, "other_bad_rows", comparison->other->bad->len);
    }
  json_object_set_int_member (json, "matches", comparison->taken.n_taken);
  json_object_set_int_member (json, "rows_found", n_found);
  json_object_set_double_member (json, "warning_rate", rounded ((double) n_found / file->rows->len, 1e-4));
  json_object_set_double_member (json, "threshold", rounded (comparison->taken.probability, 1e-6));
  json_object_set_double_member (json, "expected_precision", rounded (comparison->taken.precision, 1e-4));
  json_object_set_double_member (json, "expected_found", rounded (comparison->taken.found, 1e-4));
  guitu_json_add (json, comparison->figures);
  guitu_call_emit (comparison->call, json);
}

/* --- Running ---------------------------------------------------------------------------------- */

static gboolean
read_share (GuituCall *call,
            const char *option,
            double *share,
            GError **error)
{
  const char *text = guitu_call_text (call, option);
  char *end;

  *share = -1;
  if (text == NULL)
    return TRUE;
  *share = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && *share >= 0 && *share <= 1)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", option, "“%s” is a share from 0 to 1, such as 0.99", option);
}

static gboolean
check_caller (const GuituListComparison *comparison,
              gboolean needs_station,
              GError **error)
{
  GuituCall *call = comparison->call;

  if ((needs_station || comparison->reveal) && call->session == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-logged-in", NULL, "Log in first: name the user and give the password");
  if (needs_station && call->store == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "no-store", NULL, "There is no station here whose persons the list could be compared with; compare it --with another one, or --within itself");
  if (comparison->reveal && !guitu_call_may (call, "see id-number"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "reveal", "%s may not see ID numbers in full", call->session->name);
  return !needs_station || guitu_call_need (call, "purpose", error) != NULL;
}

/* Whether the first row names the columns, as it is said or as it looks. */
static gboolean
settle_header (GuituCall *call,
               GuituListFile *file,
               const char *option,
               GError **error)
{
  const char *said = guitu_call_text (call, "header");

  if (said != NULL && strcmp (said, "yes") != 0 && strcmp (said, "no") != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "header", "“%s” is neither yes nor no: whether the first row names the columns", said);
  if (said == NULL ? !guitu_list_has_header (file) : strcmp (said, "no") == 0)
    guitu_list_file_drop_header (file);
  if (file->rows->len > 0)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "no-rows", option,
                     file->bad->len > 0 ? "In %s no row can be read: each has more or fewer cells than the header, or quotation marks that do not close"
                                        : "%s has no rows below a header",
                     file->name);
}

static gboolean
read_files (GuituListComparison *comparison,
            GError **error)
{
  GuituCall *call = comparison->call;
  const char *path = guitu_call_need (call, "file", error);
  const char *with = guitu_call_text (call, "with");
  const char *map = guitu_call_text (call, "map");
  const char *ignore = guitu_call_text (call, "ignore");

  comparison->file = path == NULL ? NULL : guitu_list_file_read (path, "file", error);
  if (comparison->file == NULL)
    return FALSE;
  if (with != NULL)
    {
      comparison->other = guitu_list_file_read (with, "with", error);
      if (comparison->other == NULL)
        return FALSE;
    }
  if (!settle_header (call, comparison->file, "file", error) || (comparison->other != NULL && !settle_header (call, comparison->other, "with", error)))
    return FALSE;
  if (!guitu_list_meanings_check (comparison->file, comparison->other, map, ignore, error))
    return FALSE;
  comparison->meanings = guitu_list_meanings_new (comparison->file, map, ignore);
  guitu_list_meanings_look (comparison->meanings, comparison->file);
  if (comparison->other == NULL)
    return TRUE;
  comparison->other_meanings = guitu_list_meanings_new (comparison->other, map, ignore);
  guitu_list_meanings_look (comparison->other_meanings, comparison->other);
  return TRUE;
}

/* Whoever compares is on record, with what and what for. */
static gboolean
log_comparison (const GuituListComparison *comparison,
                GError **error)
{
  GuituCall *call = comparison->call;
  const char *purpose = guitu_call_text (call, "purpose");
  g_autofree char *detail = NULL;

  if (call->session == NULL || call->store == NULL)
    return TRUE;
  detail = g_strdup_printf ("%s: %u → %u%s%s", comparison->file->name, comparison->file->rows->len, comparison->taken.n_taken,
                            purpose == NULL ? "" : "; ", purpose == NULL ? "" : purpose);
  return guitu_access_log (call, "compare", NULL, detail, error);
}

/* What whoever looks at the result may write to a file then, without comparing (and logging) again. */
static void
emit_export (const GuituListComparison *comparison)
{
  g_autoptr (GBytes) content = _guitu_comparison_export (comparison);
  g_autofree char *text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "kind", "export");
  json_object_set_string_member (json, "content", text);
  guitu_call_emit (comparison->call, json);
}

static gboolean
write_export (const GuituListComparison *comparison,
              GError **error)
{
  const char *path = guitu_call_text (comparison->call, "export");
  g_autoptr (GBytes) content = path == NULL ? NULL : _guitu_comparison_export (comparison);

  return path == NULL || guitu_output_file (path, "export", content, error);
}

static gboolean
compare (GuituListComparison *comparison,
         gboolean only_guesses,
         GError **error)
{
  gboolean needs_station = comparison->other == NULL && !comparison->is_within;

  if (!only_guesses && !(needs_station ? _guitu_compare_persons (comparison, error) : _guitu_compare_lists (comparison, error)))
    return FALSE;
  if (!only_guesses && (!log_comparison (comparison, error) || !write_export (comparison, error)))
    return FALSE;
  emit_mapping (comparison, comparison->file, comparison->meanings, only_guesses);
  if (comparison->other != NULL)
    emit_mapping (comparison, comparison->other, comparison->other_meanings, only_guesses);
  emit_bad_rows (comparison, comparison->file);
  if (comparison->other != NULL)
    emit_bad_rows (comparison, comparison->other);
  if (only_guesses)
    return TRUE;
  for (guint i = 0; i < comparison->taken.n_taken; i++)
    emit_match (comparison, comparison->matches->pdata[i]);
  emit_summary (comparison);
  if (guitu_call_flag (comparison->call, "content"))
    emit_export (comparison);
  return TRUE;
}

static void
comparison_clear (GuituListComparison *comparison)
{
  g_clear_pointer (&comparison->file, guitu_list_file_free);
  g_clear_pointer (&comparison->other, guitu_list_file_free);
  g_clear_pointer (&comparison->meanings, g_free);
  g_clear_pointer (&comparison->other_meanings, g_free);
  g_clear_pointer (&comparison->matches, g_ptr_array_unref);
  g_clear_pointer (&comparison->figures, json_object_unref);
}

static gboolean
run_compare (GuituCall *call,
             GError **error)
{
  GuituListComparison comparison = { .call = call, .is_within = guitu_call_flag (call, "within"), .reveal = guitu_call_flag (call, "reveal") };
  gboolean only_guesses = guitu_call_flag (call, "guess");
  gboolean needs_station = !only_guesses && !comparison.is_within && guitu_call_text (call, "with") == NULL;
  gboolean is_done;

  if (comparison.is_within && guitu_call_text (call, "with") != NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "with-and-within", "within", "A list is compared --with another one or --within itself");
  comparison.matches = g_ptr_array_new_with_free_func (_guitu_list_match_free);
  comparison.figures = json_object_new ();
  is_done = check_caller (&comparison, needs_station, error) && read_share (call, "least", &comparison.least, error) &&
            read_share (call, "precision", &comparison.precision, error) && read_files (&comparison, error) &&
            compare (&comparison, only_guesses, error);
  comparison_clear (&comparison);
  return is_done;
}

static const GuituOption compare_options[] = {
  { "file", GUITU_OPTION_FILE, TRUE, "the list: CSV (UTF-8, UTF-16, GB 18030 or Windows-1252) or a workbook (.xlsx)" },
  { "with", GUITU_OPTION_FILE, FALSE, "another list to find its rows in; without it, the station's persons" },
  { "within", GUITU_OPTION_FLAG, FALSE, "find the rows that stand in the list more than once" },
  { "purpose", GUITU_OPTION_TEXT, FALSE, "what for; needed with the station's persons, and logged" },
  { "header", GUITU_OPTION_TEXT, FALSE, "yes or no: whether the first row names the columns; otherwise it is seen from what stands there. Without one they are “column 1”, “column 2” …" },
  { "map", GUITU_OPTION_TEXT, FALSE, "what columns are, where the guess is wrong: field=column,… (given_name=first,birth=dob; also text, code, number, date or category)" },
  { "ignore", GUITU_OPTION_TEXT, FALSE, "columns that must not be used: column,…" },
  { "guess", GUITU_OPTION_FLAG, FALSE, "only show what the columns are taken for, with samples" },
  { "least", GUITU_OPTION_TEXT, FALSE, "tell matches of this probability and more (0 to 1); otherwise where most is right and most is found" },
  { "precision", GUITU_OPTION_TEXT, FALSE, "tell as many matches as there can be while this share of them is right (0.99)" },
  { "export", GUITU_OPTION_OUTPUT, FALSE, "write the list with what was found to this CSV file" },
  { "content", GUITU_OPTION_FLAG, FALSE, "tell what such a file would hold, at the end" },
  { "reveal", GUITU_OPTION_FLAG, FALSE, "show ID numbers in full" },
  { NULL },
};

const GuituVerb guitu_verb_compare = {
  "compare", "Find the rows of a list from outside among the station's persons, in another list, or twice in itself; “row” counts as a spreadsheet does",
  GUITU_VERB_NO_STORE | GUITU_VERB_USES_STORE | GUITU_VERB_NO_LOGIN | GUITU_VERB_MAY_LOGIN, compare_options, NULL, run_compare
};
