/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/name.h"

#include "db/reading.h"
#include "db/search-private.h"

/* A name of one character is all surname and nothing else; its first character is shown. */
char *
guitu_name_surname (const char *name)
{
  guint han = guitu_reading_surname_length (name);
  /* a letter and its accents are one: by its letter alone nobody would find the name again */
  g_autofree char *composed = han > 0 ? NULL : g_utf8_normalize (name, -1, G_NORMALIZE_NFC);

  if (composed == NULL)
    return g_utf8_substring (name, 0, han);
  return g_utf8_substring (composed, 0, MIN (g_utf8_strlen (composed, -1), 1));
}

static char *
letters_and_digits (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_string_free (plain, FALSE);
}

char **
guitu_names_plain (const char *text)
{
  g_auto (GStrv) names = _guitu_search_names (text);
  g_autoptr (GStrvBuilder) plain = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = letters_and_digits (names[i]);

      if (*name != '\0')
        g_strv_builder_add (plain, name);
    }
  return g_strv_builder_end (plain);
}
