/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/table.h"

#include <gio/gio.h>
#include <string.h>

/* All cells lie one behind the other in one block, each ended by NUL: unquoting only ever shortens
 * text, so a block as long as the file is enough. */

struct _GuituTable
{
  char *block;
  GPtrArray *cells; /* of the header first, then row by row; into block */
  guint n_columns;
};

typedef struct
{
  const char *at;
  const char *end;
  char *out;
  guint line;
} Scanner;

G_DEFINE_QUARK (guitu - table - error - quark, guitu_table_error)

/* From the resource bundle that the build makes of app/data/guitu.gresource.xml. */
GResource *guitu_app_get_resource (void);
void guitu_app_register_resource (void);

static gboolean
at_line_end (const Scanner *scanner)
{
  if (scanner->at == scanner->end || *scanner->at == '\n')
    return TRUE;
  return *scanner->at == '\r' && scanner->at + 1 < scanner->end && scanner->at[1] == '\n';
}

static gboolean
fail_quotes (const Scanner *scanner, const char *what, GError **error)
{
  g_set_error (error, GUITU_TABLE_ERROR, GUITU_TABLE_ERROR_QUOTES, "Line %u: %s", scanner->line, what);
  return FALSE;
}

static gboolean
scan_quoted (Scanner *scanner, GError **error)
{
  guint first_line = scanner->line;

  for (scanner->at++; scanner->at < scanner->end; scanner->at++)
    {
      if (*scanner->at == '\n')
        scanner->line++;
      if (*scanner->at != '"')
        *scanner->out++ = *scanner->at;
      else if (scanner->at + 1 < scanner->end && scanner->at[1] == '"')
        *scanner->out++ = *scanner->at++;
      else
        break;
    }
  if (scanner->at == scanner->end)
    {
      scanner->line = first_line;
      return fail_quotes (scanner, "a quotation mark is never closed", error);
    }
  scanner->at++;
  if (!at_line_end (scanner) && *scanner->at != ',')
    return fail_quotes (scanner, "text follows a closing quotation mark", error);
  return TRUE;
}

static gboolean
scan_plain (Scanner *scanner, GError **error)
{
  while (!at_line_end (scanner) && *scanner->at != ',')
    {
      if (*scanner->at == '"')
        return fail_quotes (scanner, "a quotation mark inside a cell that does not begin with one", error);
      *scanner->out++ = *scanner->at++;
    }
  return TRUE;
}

/* Reads one line of cells and the end of the line. */
static gboolean
scan_row (Scanner *scanner, GPtrArray *cells, GError **error)
{
  for (;;)
    {
      gboolean is_quoted = scanner->at < scanner->end && *scanner->at == '"';

      g_ptr_array_add (cells, scanner->out);
      if (!(is_quoted ? scan_quoted (scanner, error) : scan_plain (scanner, error)))
        return FALSE;
      *scanner->out++ = '\0';
      if (at_line_end (scanner))
        break;
      scanner->at++;
    }
  if (scanner->at < scanner->end)
    scanner->at += *scanner->at == '\r' ? 2 : 1;
  return TRUE;
}

static gboolean
check_header (const GuituTable *table, GError **error)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *name = g_ptr_array_index (table->cells, i);

      if (*name == '\0' || guitu_table_column (table, name) != (int) i)
        {
          g_set_error (error, GUITU_TABLE_ERROR, GUITU_TABLE_ERROR_COLUMNS,
                       "Line 1: column %u has no name, or that of another", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
scan_table (Scanner *scanner, GuituTable *table, GError **error)
{
  if (!scan_row (scanner, table->cells, error))
    return FALSE;
  table->n_columns = table->cells->len;
  if (!check_header (table, error))
    return FALSE;
  while (scanner->at < scanner->end)
    {
      guint before = table->cells->len;
      guint line = ++scanner->line;

      if (!scan_row (scanner, table->cells, error))
        return FALSE;
      if (table->cells->len - before != table->n_columns)
        {
          g_set_error (error, GUITU_TABLE_ERROR, GUITU_TABLE_ERROR_COLUMNS,
                       "Line %u: %u cells, but the header has %u",
                       line, table->cells->len - before, table->n_columns);
          return FALSE;
        }
    }
  return TRUE;
}

GuituTable *
guitu_table_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GuituTable) table = NULL;
  Scanner scanner = { .at = text, .line = 1 };

  g_return_val_if_fail (text != NULL, NULL);

  scanner.end = text + (length < 0 ? strlen (text) : (gsize) length);
  if (!g_utf8_validate_len (text, scanner.end - text, NULL))
    {
      g_set_error_literal (error, GUITU_TABLE_ERROR, GUITU_TABLE_ERROR_TEXT, "Not a text in UTF-8");
      return NULL;
    }
  if (scanner.end - scanner.at >= 3 && memcmp (scanner.at, "\xEF\xBB\xBF", 3) == 0)
    scanner.at += 3;

  table = g_new0 (GuituTable, 1);
  table->cells = g_ptr_array_new ();
  table->block = g_malloc (scanner.end - scanner.at + 2);
  scanner.out = table->block;
  if (!scan_table (&scanner, table, error))
    return NULL;
  return g_steal_pointer (&table);
}

/* Registering the bundle twice would tie GLib's list of bundles into a knot. */
static GResource *
bundle (void)
{
  static gsize is_registered = 0;

  if (g_once_init_enter (&is_registered))
    {
      guitu_app_register_resource ();
      g_once_init_leave (&is_registered, 1);
    }
  return guitu_app_get_resource ();
}

GuituTable *
guitu_table_load (const char *file, const char *const *names)
{
  g_autofree char *path = g_strconcat ("/io/github/guitu/app/", file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (bundle (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  GuituTable *table = NULL;
  gsize length = 0;

  if (bytes != NULL)
    {
      const char *text = g_bytes_get_data (bytes, &length);

      table = guitu_table_parse (text, (gssize) length, &error);
    }
  if (table == NULL)
    g_error ("%s: %s", file, error->message);
  for (guint i = 0; names[i] != NULL; i++)
    if (guitu_table_column (table, names[i]) != (int) i)
      g_error ("%s: column %u is not \"%s\"", file, i + 1, names[i]);
  return table;
}

void
guitu_table_free (GuituTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->cells);
  g_free (table->block);
  g_free (table);
}

guint
guitu_table_rows (const GuituTable *table)
{
  return table->cells->len / table->n_columns - 1;
}

int
guitu_table_column (const GuituTable *table, const char *name)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (g_str_equal (g_ptr_array_index (table->cells, i), name))
      return (int) i;
  return -1;
}

const char *
guitu_table_cell (const GuituTable *table, guint row, guint column)
{
  g_return_val_if_fail (row < guitu_table_rows (table) && column < table->n_columns, NULL);

  return g_ptr_array_index (table->cells, (row + 1) * table->n_columns + column);
}
