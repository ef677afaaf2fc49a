/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV (RFC 4180) as it is found: other separators, other encodings, lines that are broken. */

#include "app/call.h"
#include "app/list-file.h"

#include <string.h>

#define CHINESE "GB18030"
#define WESTERN "WINDOWS-1252"
#define LINES_LOOKED_AT 20

/* --- Encoding --------------------------------------------------------------------------------- */

/* In GB 18030 a byte above 7F is followed by another one of its character, mostly above 7F as well; an accented letter
 * stands among plain ones. */
static gboolean
is_western (const char *data,
            gsize size)
{
  guint n_pairs = 0, n_single = 0;

  for (gsize i = 0; i < size; i++)
    {
      gboolean is_pair = (guint8) data[i] > 0x7f && i + 1 < size && (guint8) data[i + 1] > 0x7f;

      n_pairs += is_pair;
      n_single += (guint8) data[i] > 0x7f && !is_pair;
      i += is_pair;
    }
  return n_single > n_pairs * 2;
}

/* Line by line, so that one that is in no encoding spoils no other: its bytes become U+FFFD. Returns: how many. */
static guint
decode_lines (const char *data,
              gsize size,
              const char *encoding,
              GString *text)
{
  guint n_bad = 0;

  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (data + at, '\n', size - at);
      gsize length = end == NULL ? size - at : (gsize) (end - data) - at + 1;
      g_autofree char *line = encoding != NULL ? g_convert (data + at, length, "UTF-8", encoding, NULL, NULL, NULL) : NULL;

      if (encoding == NULL && g_utf8_validate_len (data + at, length, NULL))
        line = g_strndup (data + at, length);
      if (line == NULL)
        {
          line = g_utf8_make_valid (data + at, length);
          n_bad++;
        }
      g_string_append (text, line);
      at += length;
    }
  return n_bad;
}

/* (transfer full) (nullable) */
static char *
decode (GuituListFile *file,
        GBytes *content)
{
  const char *encoding = CHINESE;
  gsize size;
  const char *data = g_bytes_get_data (content, &size);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);
  guint n_bad;

  if (size >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    {
      file->encoding = "UTF-16";
      return g_convert (data, size, "UTF-8", "UTF-16", NULL, NULL, NULL);
    }
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  file->encoding = "UTF-8";
  n_bad = decode_lines (data, size, NULL, text);
  if (n_bad > 0 && is_western (data, size))
    encoding = WESTERN;
  if (n_bad == 0 || decode_lines (data, size, encoding, other) >= n_bad)
    return g_string_free (g_steal_pointer (&text), FALSE);
  file->encoding = encoding;
  return g_string_free (g_steal_pointer (&other), FALSE);
}

/* --- Rows ------------------------------------------------------------------------------------- */

/* The separator that divides the first lines into most cells; of those that do so equally, one that divides the header,
 * too: in "Name;Birth" and "Wang, Li;1950" it is the semicolon. Returns: that there is one. */
static gboolean
find_separator (const char *text,
                char *separator)
{
  static const char separators[] = { ',', ';', '\t', '|' };
  guint best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint least = G_MAXUINT, n = 0, lines = 0, divides_first = 0;
      gboolean is_quoted = FALSE, is_empty = TRUE;

      for (const char *at = text; *at != '\0' && lines < LINES_LOOKED_AT; at++)
        {
          is_quoted ^= *at == '"';
          n += !is_quoted && *at == separators[i];
          is_empty &= g_ascii_isspace (*at) && *at != separators[i];
          if (((is_quoted || *at != '\n') && at[1] != '\0') || is_empty)
            continue;
          is_empty = TRUE;
          if (lines++ == 0)
            divides_first = n > 0;
          if (lines > 1 || n > 0) /* a title stands alone */
            least = MIN (least, n);
          n = 0;
        }
      if (least == G_MAXUINT || least == 0 || 2 * least + divides_first <= best)
        continue;
      best = 2 * least + divides_first;
      *separator = separators[i];
    }
  return best > 0;
}

typedef struct
{
  const char *at;
  char separator;
  guint line;
  GPtrArray *cells; /* (element-type utf8) (nullable) */
  const char *reason;
} Reader;

static gboolean
ends_cell (const Reader *reader)
{
  return *reader->at == '\0' || *reader->at == '\n' || *reader->at == reader->separator ||
         (*reader->at == '\r' && (reader->at[1] == '\n' || reader->at[1] == '\0'));
}

/* (transfer full) (nullable): %NULL if the quotation mark is never closed */
static char *
read_quoted (Reader *reader)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  guint line = reader->line;

  for (const char *at = reader->at + 1; *at != '\0'; at++)
    {
      if (*at == '\n')
        line++;
      if (*at == '"' && at[1] == '"')
        at++;
      else if (*at == '"')
        {
          reader->at = at + 1;
          reader->line = line;
          return g_string_free (g_steal_pointer (&cell), FALSE);
        }
      g_string_append_c (cell, *at);
    }
  return NULL;
}

static void
skip_line (Reader *reader)
{
  reader->at += strcspn (reader->at, "\n");
}

static void
read_cell (Reader *reader)
{
  const char *begin = reader->at;
  char *cell;

  while (*reader->at == ' ' && reader->separator != ' ')
    reader->at++;
  if (*reader->at == '"')
    {
      cell = read_quoted (reader);
      while (cell != NULL && *reader->at == ' ')
        reader->at++;
      if (cell != NULL && ends_cell (reader))
        {
          g_ptr_array_add (reader->cells, cell);
          return;
        }
      reader->reason = cell == NULL ? "open-quotes" : "bad-quotes";
      g_free (cell);
      skip_line (reader);
      return;
    }
  reader->at = begin;
  while (!ends_cell (reader))
    reader->at++;
  g_ptr_array_add (reader->cells, g_strndup (begin, reader->at - begin));
}

/* One row, up to behind the end of its line. */
static void
read_row (Reader *reader)
{
  gboolean has_more = TRUE;

  const char *begin = reader->at;

  reader->reason = NULL;
  g_ptr_array_set_size (reader->cells, 0);
  while (has_more)
    {
      read_cell (reader);
      has_more = reader->reason == NULL && *reader->at == reader->separator;
      reader->at += has_more;
    }
  if (reader->reason != NULL)
    {
      g_ptr_array_set_size (reader->cells, 0);
      g_ptr_array_add (reader->cells, g_strndup (begin, reader->at - begin));
    }
  if (*reader->at == '\r')
    reader->at++;
  if (*reader->at == '\n')
    reader->at++;
}

static gboolean
has_bad_characters (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (strstr (cells->pdata[i], "\xef\xbf\xbd") != NULL)
      return TRUE;
  return FALSE;
}

gboolean
_guitu_list_text_read (GuituListFile *file,
                       GBytes *content,
                       const char *field,
                       GError **error)
{
  g_autofree char *text = decode (file, content);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .line = 1, .cells = cells };
  guint number = 1;

  if (text == NULL || (strlen (text) < 4 && g_bytes_get_size (content) > 16))
    return guitu_fail (error, GUITU_ERROR_INVALID, "bad-text", field, "%s is neither text in an encoding that is known nor a workbook (.xlsx)", file->name);
  reader.at = text;
  file->is_single = !find_separator (text, &file->separator);
  reader.separator = file->separator;
  for (; *reader.at != '\0'; number++)
    {
      guint line = reader.line;

      read_row (&reader);
      reader.line++;
      if (reader.reason == NULL && has_bad_characters (cells))
        reader.reason = "bad-characters";
      _guitu_list_file_take (file, cells, number, line, reader.reason);
    }
  return TRUE;
}
