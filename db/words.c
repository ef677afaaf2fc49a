/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/words-private.h"

#include "db/match-resources.h"

#include <gio/gio.h>
#include <string.h>

#define CELLS_MAX 8

char *
_guitu_words_read (const char *file,
                   guint n_cells,
                   GuituWordsLine line,
                   gpointer data)
{
  g_autofree char *path = g_strconcat ("/io/github/guitu/db/", file, NULL);
  GBytes *bytes = g_resource_lookup_data (guitu_match_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  char *text, *next;

  if (bytes == NULL)
    g_error ("%s is missing", file);
  text = g_bytes_unref_to_data (bytes, &length);
  text = g_realloc (text, length + 1);
  text[length] = '\0';
  for (char *at = strchr (text, '\n'); at != NULL && at[1] != '\0'; at = next)
    {
      char *cells[CELLS_MAX] = { NULL };

      cells[0] = at + 1;
      next = strchr (at + 1, '\n');
      if (next != NULL)
        *next = '\0';
      for (guint i = 1; i < n_cells; i++)
        {
          cells[i] = strchr (cells[i - 1], ',');
          if (cells[i] == NULL)
            g_error ("%s: a line has too few cells: %s", file, cells[0]);
          *cells[i]++ = '\0';
        }
      line (cells, data);
    }
  return text;
}
