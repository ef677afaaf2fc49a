/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/list-file.h"

#include "app/call.h"
#include "app/list-mapping.h"

#include <string.h>

#define MOST_COLUMNS 500

static gboolean
says_something (const char *cell)
{
  return cell != NULL && *cell != '\0';
}

static guint
count_cells (GPtrArray *cells)
{
  guint n = 0;

  for (guint i = 0; i < cells->len; i++)
    n += says_something (cells->pdata[i]);
  return n;
}

/* --- Rows ------------------------------------------------------------------------------------- */

static gboolean
is_taken (char **header,
          guint n,
          const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (header[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The same text is kept once: lists repeat themselves. */
static GuituListRow *
row_new (GuituListFile *file,
         GPtrArray *cells,
         guint number)
{
  GuituListRow *row = g_new0 (GuituListRow, 1);

  row->number = number;
  row->cells = g_new0 (char *, file->n_columns + 1);
  for (guint i = 0; i < file->n_columns; i++)
    row->cells[i] = i < cells->len && says_something (cells->pdata[i]) ? g_string_chunk_insert_const (file->texts, cells->pdata[i]) : (char *) "";
  return row;
}

static void
take_header (GuituListFile *file,
             GPtrArray *cells,
             guint number)
{
  guint n = MIN (cells->len, MOST_COLUMNS);

  while (n > 0 && !says_something (cells->pdata[n - 1]))
    n--;
  file->n_columns = n;
  file->header = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = says_something (cells->pdata[i]) ? g_strdup (cells->pdata[i]) : g_strdup_printf ("column %u", i + 1);

      for (guint k = 2; is_taken (file->header, i, name); k++)
        {
          g_free (name);
          name = g_strdup_printf ("%s (%u)", says_something (cells->pdata[i]) ? (const char *) cells->pdata[i] : "column", k);
        }
      file->header[i] = g_steal_pointer (&name);
    }
  file->first = row_new (file, cells, number);
}

static void
row_free (gpointer data)
{
  GuituListRow *row = data;

  g_free (row->cells);
  g_free (row);
}

/* A title may have several cells, "Unit: …" on the left and "Sheet 1" on the right: what stands below calls columns by
 * their names, and it does not. Then it is no header, and the next row is. */
static gboolean
was_title (const GuituListFile *file,
           GPtrArray *cells)
{
  guint n_known = 0;

  if (file->header == NULL || file->rows->len > 0 || file->bad->len > 0)
    return FALSE;
  for (guint i = 0; i < file->n_columns; i++)
    if (guitu_list_header_is_known (file->header[i]))
      return FALSE;
  for (guint i = 0; i < cells->len; i++)
    n_known += says_something (cells->pdata[i]) && guitu_list_header_is_known (cells->pdata[i]);
  return n_known > 1;
}

static void
forget_header (GuituListFile *file)
{
  g_clear_pointer (&file->header, g_strfreev);
  g_clear_pointer (&file->first, row_free);
  file->n_title++;
}

void
guitu_list_file_drop_header (GuituListFile *file)
{
  file->is_headless = TRUE;
  for (guint i = 0; i < file->n_columns; i++)
    {
      g_free (file->header[i]);
      file->header[i] = g_strdup_printf ("column %u", i + 1);
    }
  if (file->first != NULL)
    g_ptr_array_insert (file->rows, 0, g_steal_pointer (&file->first));
}

static void
take_bad (GuituListFile *file,
          GPtrArray *cells,
          guint number,
          guint line,
          const char *reason)
{
  GuituListBadRow bad = { number, line, g_new0 (char *, cells->len + 1), reason };

  for (guint i = 0; i < cells->len; i++)
    bad.cells[i] = g_strdup (cells->pdata[i] == NULL ? "" : cells->pdata[i]);
  g_array_append_val (file->bad, bad);
}

/* A title above the table is one cell, however wide. */
void
_guitu_list_file_take (GuituListFile *file,
                       GPtrArray *cells,
                       guint number,
                       guint line,
                       const char *reason)
{
  guint length = cells->len, n_said;

  for (guint i = 0; i < cells->len; i++)
    if (cells->pdata[i] != NULL)
      g_strstrip (cells->pdata[i]);
  while (length > 0 && !says_something (cells->pdata[length - 1]))
    length--;
  n_said = count_cells (cells);
  if (reason == NULL && was_title (file, cells))
    forget_header (file);
  if (reason != NULL)
    take_bad (file, cells, number, line, reason);
  else if (n_said == 0)
    return;
  else if (file->header == NULL && n_said == 1 && !file->is_single)
    file->n_title++;
  else if (file->header == NULL)
    take_header (file, cells, number);
  else if (length > file->n_columns)
    take_bad (file, cells, number, line, "too-many-cells");
  else if (line > 0 && cells->len < file->n_columns)
    take_bad (file, cells, number, line, "too-few-cells");
  else
    g_ptr_array_add (file->rows, row_new (file, cells, number));
}

/* --- The whole file --------------------------------------------------------------------------- */

static void
bad_row_clear (gpointer data)
{
  g_strfreev (((GuituListBadRow *) data)->cells);
}

void
guitu_list_file_free (GuituListFile *file)
{
  g_free (file->name);
  g_strfreev (file->header);
  g_clear_pointer (&file->first, row_free);
  g_ptr_array_unref (file->rows);
  g_array_unref (file->bad);
  g_string_chunk_free (file->texts);
  g_free (file);
}

static gboolean
begins_with (GBytes *content,
             const char *bytes,
             gsize length)
{
  gsize size;
  const void *data = g_bytes_get_data (content, &size);

  return size >= length && memcmp (data, bytes, length) == 0;
}

static gboolean
read_content (GuituListFile *file,
              GBytes *content,
              const char *field,
              GError **error)
{
  if (begins_with (content, "PK\003\004", 4))
    return _guitu_list_sheet_read (file, content, field, error);
  if (begins_with (content, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
    return guitu_fail (error, GUITU_ERROR_INVALID, "old-workbook", field,
                       "%s is a workbook of before 2007 (.xls), or one with a password; save it as .xlsx or CSV", file->name);
  return _guitu_list_text_read (file, content, field, error);
}

GuituListFile *
guitu_list_file_read (const char *path,
                      const char *field,
                      GError **error)
{
  g_autoptr (GuituListFile) file = g_new0 (GuituListFile, 1);
  g_autoptr (GBytes) content = NULL;

  file->name = g_path_get_basename (path);
  file->rows = g_ptr_array_new_with_free_func (row_free);
  file->bad = g_array_new (FALSE, FALSE, sizeof (GuituListBadRow));
  g_array_set_clear_func (file->bad, bad_row_clear);
  file->texts = g_string_chunk_new (64 * 1024);
  file->separator = ',';
  content = guitu_input_file (path, field, error);
  if (content == NULL || !read_content (file, content, field, error))
    return NULL;
  return g_steal_pointer (&file);
}
