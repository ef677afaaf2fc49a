/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/name.h"

#include "db/reading.h"

#include <string.h>

#define FIRST_PART_LENGTH 8

/* A name of one character is all surname and nothing else; its first character is shown. */
char *
guitu_name_surname (const char *name)
{
  guint han = guitu_reading_surname_length (name);
  g_autofree char *first = NULL;
  char *end;

  if (han > 0)
    return g_utf8_substring (name, 0, han);
  first = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), FIRST_PART_LENGTH));
  end = strpbrk (first, " ");
  if (end == NULL)
    end = strstr (first, "·");
  if (end != NULL && end != first)
    *end = '\0';
  return g_steal_pointer (&first);
}
