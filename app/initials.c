/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a title by the first letters of how its characters are read. */

#include "app/initials.h"

#include "db/reading.h"

static gboolean
begins_with (gunichar character,
             char letter)
{
  const char *const *readings = guitu_reading_find (character, FALSE);

  if (character < 128)
    return g_ascii_tolower ((char) character) == letter;
  for (guint i = 0; readings[i] != NULL; i++)
    if (readings[i][0] == letter)
      return TRUE;
  return FALSE;
}

static gboolean
match_at (const gunichar *characters,
          const char *letters)
{
  for (; *letters != '\0'; letters++, characters++)
    if (*characters == 0 || !begins_with (*characters, *letters))
      return FALSE;
  return TRUE;
}

gboolean
guitu_initials_match (const char *words,
                      const char *typed)
{
  g_autofree char *letters = g_ascii_strdown (typed, -1);
  g_autoptr (GArray) characters = g_array_new (TRUE, FALSE, sizeof (gunichar));

  if (*letters == '\0')
    return FALSE;
  for (const char *letter = letters; *letter != '\0'; letter++)
    if (!g_ascii_isalnum (*letter))
      return FALSE;
  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isalnum (character))
        g_array_append_val (characters, character);
    }
  for (guint i = 0; i < characters->len; i++)
    if (match_at (&g_array_index (characters, gunichar, i), letters))
      return TRUE;
  return FALSE;
}
