/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks (.xlsx: ECMA-376 part 1, SpreadsheetML): a zip archive of XML files. Cells hold numbers,
 * texts of their own, or the number of a shared text; a number is a date if its style's format says so.
 * GMarkup knows no entities but the five of XML, so nothing can unfold itself; what is unpacked is limited. */

#include "app/call.h"
#include "app/list-file.h"

#include <archive.h>
#include <archive_entry.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNPACKED_LIMIT (256 * 1024 * 1024)
#define CHUNK (64 * 1024)
#define MOST_COLUMNS 500

typedef struct
{
  GHashTable *parts; /* name to GString: the XML files that matter */
  GPtrArray *shared; /* texts */
  GArray *is_date;   /* gboolean per cell style */
  gboolean is_1904;  /* days are counted from there (ECMA-376 18.2.28) */
} Book;

static void
part_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
book_clear (Book *book)
{
  g_hash_table_unref (book->parts);
  g_ptr_array_unref (book->shared);
  g_array_unref (book->is_date);
}

/* --- Unpacking -------------------------------------------------------------------------------- */

static gboolean
is_wanted (const char *name)
{
  return strcmp (name, "xl/sharedStrings.xml") == 0 || strcmp (name, "xl/styles.xml") == 0 || strcmp (name, "xl/workbook.xml") == 0 ||
         strcmp (name, "xl/_rels/workbook.xml.rels") == 0 || (g_str_has_prefix (name, "xl/worksheets/") && g_str_has_suffix (name, ".xml"));
}

/* (transfer full) (nullable): %NULL for more than @limit bytes, or a damaged archive */
static GString *
unpack_part (struct archive *archive,
             gsize limit)
{
  GString *part = g_string_new (NULL);
  g_autofree char *chunk = g_malloc (CHUNK);
  la_ssize_t length;

  while ((length = archive_read_data (archive, chunk, CHUNK)) > 0 && part->len + length <= limit)
    g_string_append_len (part, chunk, length);
  if (length == 0)
    return part;
  g_string_free (part, TRUE);
  return NULL;
}

static gboolean
unpack_parts (Book *book,
              struct archive *archive)
{
  struct archive_entry *entry;
  gsize total = 0;
  int result;

  while ((result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      const char *name = archive_entry_pathname (entry);
      GString *part;

      if (name == NULL || !is_wanted (name))
        continue;
      part = unpack_part (archive, UNPACKED_LIMIT - total);
      if (part == NULL)
        return FALSE;
      total += part->len;
      g_hash_table_replace (book->parts, g_strdup (name), part);
    }
  return result == ARCHIVE_EOF;
}

static gboolean
unpack (Book *book,
        GBytes *content)
{
  struct archive *archive = archive_read_new ();
  gsize size;
  const void *data = g_bytes_get_data (content, &size);
  gboolean is_whole;

  archive_read_support_format_zip (archive);
  is_whole = archive_read_open_memory (archive, data, size) == ARCHIVE_OK && unpack_parts (book, archive);
  archive_read_free (archive);
  return is_whole && g_hash_table_contains (book->parts, "xl/workbook.xml");
}

/* --- XML -------------------------------------------------------------------------------------- */

/* The name without the prefix of its namespace. */
static const char *
plain_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon == NULL ? name : colon + 1;
}

static const char *
attribute (const char **names,
           const char **values,
           const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (plain_name (names[i]), name) == 0)
      return values[i];
  return NULL;
}

static gboolean
parse (Book *book,
       const char *name,
       const GMarkupParser *parser,
       gpointer data)
{
  const GString *part = g_hash_table_lookup (book->parts, name);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (parser, G_MARKUP_TREAT_CDATA_AS_TEXT, data, NULL);
  const char *text = part == NULL ? "" : part->str;
  gsize length = part == NULL ? 0 : part->len;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  return part == NULL || (g_markup_parse_context_parse (context, text, length, NULL) && g_markup_parse_context_end_parse (context, NULL));
}

/* --- Shared texts ----------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *texts;
  GString *text; /* of the item, NULL outside of one */
  guint is_text;
  guint is_reading; /* phonetic guides are no part of the text */
} Shared;

static void
shared_start (GMarkupParseContext *context,
              const char *element,
              const char **names,
              const char **values,
              gpointer data,
              GError **error)
{
  Shared *shared = data;
  const char *name = plain_name (element);

  if (strcmp (name, "si") == 0 && shared->text == NULL)
    shared->text = g_string_new (NULL);
  shared->is_text += strcmp (name, "t") == 0;
  shared->is_reading += strcmp (name, "rPh") == 0;
}

static void
shared_end (GMarkupParseContext *context,
            const char *element,
            gpointer data,
            GError **error)
{
  Shared *shared = data;
  const char *name = plain_name (element);

  if (strcmp (name, "si") == 0 && shared->text != NULL)
    g_ptr_array_add (shared->texts, g_string_free (g_steal_pointer (&shared->text), FALSE));
  shared->is_text -= strcmp (name, "t") == 0;
  shared->is_reading -= strcmp (name, "rPh") == 0;
}

static void
shared_text (GMarkupParseContext *context,
             const char *text,
             gsize length,
             gpointer data,
             GError **error)
{
  Shared *shared = data;

  if (shared->text != NULL && shared->is_text > 0 && shared->is_reading == 0)
    g_string_append_len (shared->text, text, length);
}

static gboolean
read_shared (Book *book)
{
  static const GMarkupParser parser = { shared_start, shared_end, shared_text, NULL, NULL };
  Shared shared = { .texts = book->shared };
  gboolean is_read = parse (book, "xl/sharedStrings.xml", &parser, &shared);

  if (shared.text != NULL)
    g_string_free (shared.text, TRUE);
  return is_read;
}

/* --- Styles ----------------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *formats; /* number of a format of the book's own to whether it is of a date, + 1 */
  GArray *is_date;
  gboolean is_of_cells; /* not of named styles */
} Styles;

/* Whether a format shows days or years: outside of quotation marks, brackets and what is escaped. */
static gboolean
shows_date (const char *format)
{
  gboolean is_quoted = FALSE, is_bracketed = FALSE;

  for (const char *at = format; *at != '\0'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      else if (*at == '"')
        is_quoted = !is_quoted;
      else if (*at == '[' || *at == ']')
        is_bracketed = *at == '[';
      else if (!is_quoted && !is_bracketed && strchr ("yYdD", *at) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The numbers that every program knows (18.8.30); 27 to 36 and 50 to 58 are dates in East Asia. */
static gboolean
is_date_format (const Styles *styles,
                int number)
{
  gpointer own = g_hash_table_lookup (styles->formats, GINT_TO_POINTER (number));

  if (own != NULL)
    return GPOINTER_TO_INT (own) == 2;
  return (number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 31) || number == 36 || (number >= 50 && number <= 54) ||
         number == 57 || number == 58;
}

static void
styles_start (GMarkupParseContext *context,
              const char *element,
              const char **names,
              const char **values,
              gpointer data,
              GError **error)
{
  Styles *styles = data;
  const char *name = plain_name (element);
  const char *number = attribute (names, values, "numFmtId");
  const char *format = attribute (names, values, "formatCode");

  if (strcmp (name, "cellXfs") == 0)
    styles->is_of_cells = TRUE;
  else if (strcmp (name, "numFmt") == 0 && number != NULL && format != NULL)
    g_hash_table_insert (styles->formats, GINT_TO_POINTER (atoi (number)), GINT_TO_POINTER (1 + shows_date (format)));
  else if (strcmp (name, "xf") == 0 && styles->is_of_cells)
    {
      gboolean is_date = number != NULL && is_date_format (styles, atoi (number));

      g_array_append_val (styles->is_date, is_date);
    }
}

static void
styles_end (GMarkupParseContext *context,
            const char *element,
            gpointer data,
            GError **error)
{
  Styles *styles = data;

  if (strcmp (plain_name (element), "cellXfs") == 0)
    styles->is_of_cells = FALSE;
}

static gboolean
read_styles (Book *book)
{
  static const GMarkupParser parser = { styles_start, styles_end, NULL, NULL, NULL };
  g_autoptr (GHashTable) formats = g_hash_table_new (NULL, NULL);
  Styles styles = { formats, book->is_date, FALSE };

  return parse (book, "xl/styles.xml", &parser, &styles);
}

/* --- Rows ------------------------------------------------------------------------------------- */

typedef struct
{
  GuituListFile *file;
  const Book *book;
  GPtrArray *cells;
  GString *text;
  guint number;
  guint column;
  char kind; /* of the cell: 's' shared, 't' its own text, 'b' a truth value, 'e' an error, 'n' a number */
  guint style;
  guint is_value;
  guint is_reading;
} Sheet;

/* "AB12" to 27. */
static guint
column_of (const char *reference,
           guint fallback)
{
  guint column = 0;

  if (reference == NULL || !g_ascii_isalpha (*reference))
    return fallback;
  for (; g_ascii_isalpha (*reference) && column < MOST_COLUMNS * 26; reference++)
    column = column * 26 + g_ascii_toupper (*reference) - 'A' + 1;
  return column - 1;
}

static char
kind_of (const char *type)
{
  if (type == NULL || strcmp (type, "n") == 0)
    return 'n';
  if (strcmp (type, "s") == 0 || strcmp (type, "b") == 0 || strcmp (type, "e") == 0)
    return *type;
  return 't'; /* str, inlineStr, d */
}

static void
sheet_start (GMarkupParseContext *context,
             const char *element,
             const char **names,
             const char **values,
             gpointer data,
             GError **error)
{
  Sheet *sheet = data;
  const char *name = plain_name (element);
  const char *style = attribute (names, values, "s");

  if (strcmp (name, "row") == 0)
    {
      const char *number = attribute (names, values, "r");

      sheet->number = number == NULL ? sheet->number + 1 : (guint) atoi (number);
      sheet->column = 0;
      g_ptr_array_set_size (sheet->cells, 0);
    }
  else if (strcmp (name, "c") == 0)
    {
      sheet->column = column_of (attribute (names, values, "r"), sheet->column);
      sheet->kind = kind_of (attribute (names, values, "t"));
      sheet->style = style == NULL ? 0 : (guint) atoi (style);
      g_string_truncate (sheet->text, 0);
    }
  sheet->is_value += strcmp (name, "v") == 0 || strcmp (name, "t") == 0;
  sheet->is_reading += strcmp (name, "rPh") == 0;
}

/* A day counted as Excel does: from 1900, with a 29 February 1900 that never was, or from 1904. (transfer full) */
static char *
date_text (const Book *book,
           double days)
{
  GDate date;
  gint64 julian;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, book->is_1904 ? 1 : 30, book->is_1904 ? G_DATE_JANUARY : G_DATE_DECEMBER, book->is_1904 ? 1904 : 1899);
  julian = (gint64) g_date_get_julian (&date) + (gint64) floor (days) + (!book->is_1904 && days < 60 ? 1 : 0);
  g_date_set_julian (&date, julian);
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

/* (transfer full) */
static char *
number_text (const Sheet *sheet)
{
  char *end;
  double number = g_ascii_strtod (sheet->text->str, &end);

  if (end == sheet->text->str || *end != '\0')
    return g_strdup (sheet->text->str);
  if (sheet->style < sheet->book->is_date->len && g_array_index (sheet->book->is_date, gboolean, sheet->style) && number >= 1 && number < 2958466)
    return date_text (sheet->book, number);
  if (fabs (number) < 1e15 && floor (number) == number)
    return g_strdup_printf ("%.0f", number);
  return strpbrk (sheet->text->str, "eE") != NULL ? g_strdup_printf ("%.15g", number) : g_strdup (sheet->text->str);
}

/* (transfer full) */
static char *
cell_text (const Sheet *sheet)
{
  guint number;

  if (sheet->kind == 'n')
    return number_text (sheet);
  if (sheet->kind == 'e')
    return g_strdup ("");
  if (sheet->kind != 's')
    return g_strdup (sheet->text->str);
  number = (guint) g_ascii_strtoull (sheet->text->str, NULL, 10);
  return g_strdup (number < sheet->book->shared->len ? (const char *) sheet->book->shared->pdata[number] : "");
}

static void
put_cell (Sheet *sheet)
{
  if (sheet->column >= MOST_COLUMNS)
    return;
  while (sheet->cells->len <= sheet->column)
    g_ptr_array_add (sheet->cells, NULL);
  g_free (sheet->cells->pdata[sheet->column]);
  sheet->cells->pdata[sheet->column] = cell_text (sheet);
  sheet->column++;
}

static void
sheet_end (GMarkupParseContext *context,
           const char *element,
           gpointer data,
           GError **error)
{
  Sheet *sheet = data;
  const char *name = plain_name (element);

  sheet->is_value -= strcmp (name, "v") == 0 || strcmp (name, "t") == 0;
  sheet->is_reading -= strcmp (name, "rPh") == 0;
  if (strcmp (name, "c") == 0)
    put_cell (sheet);
  else if (strcmp (name, "row") == 0)
    _guitu_list_file_take (sheet->file, sheet->cells, sheet->number, 0, NULL);
}

static void
sheet_text (GMarkupParseContext *context,
            const char *text,
            gsize length,
            gpointer data,
            GError **error)
{
  Sheet *sheet = data;

  if (sheet->is_value > 0 && sheet->is_reading == 0)
    g_string_append_len (sheet->text, text, length);
}

static gboolean
read_rows (GuituListFile *file,
           Book *book,
           const char *part)
{
  static const GMarkupParser parser = { sheet_start, sheet_end, sheet_text, NULL, NULL };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  Sheet sheet = { .file = file, .book = book, .cells = cells, .text = text };

  return parse (book, part, &parser, &sheet);
}

/* --- The book --------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *ids;      /* of the sheets that are shown, in their order */
  GHashTable *targets; /* id to part */
  gboolean is_1904;
} Sheets;

static void
book_start (GMarkupParseContext *context,
            const char *element,
            const char **names,
            const char **values,
            gpointer data,
            GError **error)
{
  Sheets *sheets = data;
  const char *name = plain_name (element);
  const char *id = attribute (names, values, "id");
  const char *target = attribute (names, values, "Target");
  const char *own = attribute (names, values, "Id");
  const char *state = attribute (names, values, "state");
  const char *from_1904 = attribute (names, values, "date1904");

  if (strcmp (name, "workbookPr") == 0 && from_1904 != NULL)
    sheets->is_1904 = strcmp (from_1904, "1") == 0 || strcmp (from_1904, "true") == 0;
  else if (strcmp (name, "sheet") == 0 && id != NULL && (state == NULL || strcmp (state, "visible") == 0))
    g_ptr_array_add (sheets->ids, g_strdup (id));
  else if (strcmp (name, "Relationship") == 0 && own != NULL && target != NULL)
    g_hash_table_replace (sheets->targets, g_strdup (own), target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL));
}

/* A sheet of one column alone has no header that can be told from a title. */
static gboolean
read_sheet (GuituListFile *file,
            Book *book,
            const char *part)
{
  file->n_title = 0;
  if (!read_rows (file, book, part))
    return FALSE;
  if (file->header != NULL)
    return TRUE;
  file->n_title = 0;
  file->is_single = TRUE;
  return read_rows (file, book, part);
}

/* The first sheet that has rows below a header. */
static gboolean
read_sheets (GuituListFile *file,
             Book *book)
{
  static const GMarkupParser parser = { book_start, NULL, NULL, NULL, NULL };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Sheets sheets = { ids, targets, FALSE };

  if (!parse (book, "xl/workbook.xml", &parser, &sheets) || !parse (book, "xl/_rels/workbook.xml.rels", &parser, &sheets))
    return FALSE;
  book->is_1904 = sheets.is_1904;
  for (guint i = 0; i < ids->len && file->rows->len == 0; i++)
    {
      const char *part = g_hash_table_lookup (targets, ids->pdata[i]);

      g_clear_pointer (&file->header, g_strfreev);
      file->is_single = FALSE;
      if (part == NULL || !g_hash_table_contains (book->parts, part) || !read_sheet (file, book, part))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_list_sheet_read (GuituListFile *file,
                        GBytes *content,
                        const char *field,
                        GError **error)
{
  Book book = {
    .parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, part_free),
    .shared = g_ptr_array_new_with_free_func (g_free),
    .is_date = g_array_new (FALSE, FALSE, sizeof (gboolean)),
  };
  gboolean is_read = unpack (&book, content) && read_shared (&book) && read_styles (&book) && read_sheets (file, &book);

  book_clear (&book);
  if (is_read)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "bad-workbook", field,
                     "%s can't be read as a workbook (.xlsx): it is damaged, of another kind, or larger than 256 MB when unpacked", file->name);
}
