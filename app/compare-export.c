/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list as it came, with what was found behind each row. A spreadsheet takes a cell that begins with
 * = + - or @ for a formula: texts that do get an apostrophe before them. */

#include "app/compare-private.h"

#include <string.h>

#define N_FOUND 8 /* columns that are added */

static gboolean
is_number (const char *cell)
{
  char *end;

  g_ascii_strtod (cell, &end);
  return end != cell && *end == '\0';
}

static void
add_cell (GString *text,
          char separator,
          const char *cell)
{
  const char special[] = { separator, '"', '\n', '\r', '\0' };
  gboolean is_formula = *cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL && !is_number (cell);
  gboolean is_quoted = strpbrk (cell, special) != NULL || *cell == ' ';

  if (is_quoted)
    g_string_append_c (text, '"');
  if (is_formula)
    g_string_append_c (text, '\'');
  for (const char *at = cell; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *at);
    }
  if (is_quoted)
    g_string_append_c (text, '"');
}

static void
add_row (GString *text,
         char separator,
         GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, separator);
      add_cell (text, separator, cells->pdata[i]);
    }
  g_string_append (text, "\r\n");
}

/* "name +12.3, birth +9.1, address -2.0" (transfer full) */
static char *
why_text (JsonArray *why)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; why != NULL && i < json_array_get_length (why); i++)
    {
      JsonObject *reason = json_array_get_object_element (why, i);

      g_string_append_printf (text, "%s%s %+.1f", i > 0 ? ", " : "", json_object_get_string_member (reason, "field"),
                              json_object_get_double_member (reason, "weight"));
    }
  return g_string_free (text, FALSE);
}

static void
add_found (GPtrArray *cells,
           const GuituListMatch *match,
           guint n)
{
  if (match == NULL)
    {
      for (guint i = 0; i < N_FOUND; i++)
        g_ptr_array_add (cells, g_strdup (i == 0 ? "0" : ""));
      return;
    }
  g_ptr_array_add (cells, g_strdup_printf ("%u", n));
  g_ptr_array_add (cells, match->match_row == 0 ? g_strdup ("") : g_strdup_printf ("%u", match->match_row));
  g_ptr_array_add (cells, g_strdup (match->match_id == NULL ? "" : match->match_id));
  g_ptr_array_add (cells, g_strdup (match->match_name == NULL ? "" : match->match_name));
  g_ptr_array_add (cells, g_strdup_printf ("%.4f", match->probability));
  g_ptr_array_add (cells, g_strdup_printf ("%.1f", match->score));
  g_ptr_array_add (cells, why_text (match->why));
  g_ptr_array_add (cells, g_strdup (""));
}

/* A row that could not be read is kept as it is, with the reason; what is too much for the columns stands in the last one. */
static void
add_bad_row (GString *text,
             const GuituListFile *file,
             const GuituListBadRow *bad)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char separator[] = { file->separator, '\0' };
  guint n = g_strv_length (bad->cells);

  for (guint i = 0; i < file->n_columns; i++)
    if (i + 1 == file->n_columns && n > file->n_columns)
      g_ptr_array_add (cells, g_strjoinv (separator, bad->cells + i));
    else
      g_ptr_array_add (cells, g_strdup (i < n ? bad->cells[i] : ""));
  for (guint i = 0; i + 1 < N_FOUND; i++)
    g_ptr_array_add (cells, g_strdup (""));
  g_ptr_array_add (cells, g_strdup (bad->reason));
  add_row (text, file->separator, cells);
}

static void
add_good_row (GString *text,
              const GuituListFile *file,
              const GuituListRow *row,
              const GuituListMatch *best,
              guint n)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < file->n_columns; i++)
    g_ptr_array_add (cells, g_strdup (row->cells[i]));
  add_found (cells, best, n);
  add_row (text, file->separator, cells);
}

/* In the order of the list. */
static void
add_rows (GString *text,
          const GuituListComparison *comparison)
{
  const GuituListFile *file = comparison->file;
  g_autofree const GuituListMatch **best = g_new0 (const GuituListMatch *, file->rows->len + 1);
  g_autofree guint *counts = g_new0 (guint, file->rows->len + 1);
  guint bad = 0;

  for (guint i = 0; i < comparison->taken.n_taken; i++)
    {
      const GuituListMatch *match = comparison->matches->pdata[i];

      if (counts[match->row]++ == 0)
        best[match->row] = match;
    }
  for (guint i = 0; i < file->rows->len; i++)
    {
      const GuituListRow *row = file->rows->pdata[i];

      for (; bad < file->bad->len && g_array_index (file->bad, GuituListBadRow, bad).number < row->number; bad++)
        add_bad_row (text, file, &g_array_index (file->bad, GuituListBadRow, bad));
      add_good_row (text, file, row, best[i], counts[i]);
    }
  for (; bad < file->bad->len; bad++)
    add_bad_row (text, file, &g_array_index (file->bad, GuituListBadRow, bad));
}

GBytes *
_guitu_comparison_export (const GuituListComparison *comparison)
{
  static const char *const headers[N_FOUND] = { "matches", "match_row", "match_id", "match_name", "match_probability", "match_score", "match_why", "match_problem" };
  const GuituListFile *file = comparison->file;
  gboolean is_chinese = g_strcmp0 (file->encoding, "GB18030") == 0;
  GString *text = g_string_new (is_chinese ? "" : "\xef\xbb\xbf");
  g_autoptr (GPtrArray) header = g_ptr_array_new ();
  char *chinese;
  gsize length;

  for (guint i = 0; i < file->n_columns; i++)
    g_ptr_array_add (header, file->header[i]);
  for (guint i = 0; i < N_FOUND; i++)
    g_ptr_array_add (header, (gpointer) headers[i]);
  add_row (text, file->separator, header);
  add_rows (text, comparison);
  chinese = is_chinese ? g_convert (text->str, text->len, "GB18030", "UTF-8", NULL, &length, NULL) : NULL;
  if (chinese == NULL)
    return g_string_free_to_bytes (text);
  g_string_free (text, TRUE);
  return g_bytes_new_take (chinese, length);
}
