/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes names and numbers apart, in the same way for what is looked for and for who is found. */

#include "db/search-private.h"

#include "db/reading-private.h"

#include <string.h>

#define IDEOGRAPHIC_COMMA 0x3001
#define FIRST_COMMON_HAN 0x4e00
#define LAST_COMMON_HAN 0x9fff

/* Whoever is found is compared with what was typed, hundreds for a key stroke: what most names are
 * made of needs no tables of Unicode. */
static char *
normalize_common (const char *text)
{
  gsize length = strlen (text);
  char *result = g_malloc (length * 4 / 3 + 2); /* a simplified form may lie beyond U+FFFF */
  char *out = result;

  for (const char *p = text; *p != '\0';)
    {
      gunichar character = (guchar) *p;

      if (character < 0x80)
        {
          *out++ = g_ascii_tolower (*p++);
          continue;
        }
      character = g_utf8_get_char_validated (p, -1);
      if (character < FIRST_COMMON_HAN || character > LAST_COMMON_HAN)
        {
          g_free (result);
          return NULL;
        }
      out += g_unichar_to_utf8 (guitu_reading_simplify (character), out);
      p += 3;
    }
  *out = '\0';
  return result;
}

char *
_guitu_search_normalize (const char *text)
{
  char *common = normalize_common (text);
  g_autofree char *valid = common != NULL ? NULL : g_utf8_make_valid (text, -1);
  g_autofree char *lower = common != NULL ? NULL : g_utf8_strdown (valid, -1);
  g_autofree char *decomposed = common != NULL ? NULL : g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  GString *result;

  if (common != NULL)
    return common;
  result = g_string_new (NULL);
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == IDEOGRAPHIC_COMMA)
        g_string_append_c (result, ',');
      else if (!g_unichar_ismark (character))
        g_string_append_unichar (result, guitu_reading_simplify (character));
    }
  return g_string_free (result, FALSE);
}

static gboolean
is_han (gunichar character)
{
  return character >= 0x2e80 && g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN &&
         g_unichar_isalpha (character);
}

/** Copies the word at @p, letters or digits, to @unit. Returns: where it ends. */
static const char *
take_word (const char *p,
           GuituUnit *unit)
{
  gboolean digits = g_unichar_isdigit (g_utf8_get_char (p));
  gsize length = 0;

  unit->han = 0;
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gsize size = g_utf8_next_char (p) - p;

      if (!g_unichar_isalnum (character) || is_han (character) || g_unichar_isdigit (character) != digits)
        break;
      if (length + size < GUITU_UNIT_SIZE)
        {
          memcpy (unit->text + length, p, size);
          length += size;
        }
    }
  unit->text[length] = '\0';
  return p;
}

guint
_guitu_search_split (const char *name,
                     GuituUnit units[GUITU_UNITS_MAX])
{
  guint surname = guitu_reading_surname_length (name);
  guint n_units = 0;

  while (*name != '\0' && n_units < GUITU_UNITS_MAX)
    {
      gunichar character = g_utf8_get_char (name);
      GuituUnit *unit = &units[n_units];

      unit->in_surname = n_units < surname;
      if (is_han (character))
        {
          unit->han = character;
          unit->text[g_unichar_to_utf8 (character, unit->text)] = '\0';
          name = g_utf8_next_char (name);
          n_units++;
        }
      else if (g_unichar_isalnum (character))
        {
          name = take_word (name, unit);
          n_units++;
        }
      else
        name = g_utf8_next_char (name);
    }
  return n_units;
}

static const char *
without_diaeresis (const char *syllable)
{
  static const char *const spellings[][2] = { { "lv", "lu" }, { "nv", "nu" }, { "lve", "lue" }, { "nve", "nue" } };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (strcmp (spellings[i][0], syllable) == 0)
      return spellings[i][1];
  return NULL;
}

guint
_guitu_search_readings (const GuituUnit *unit,
                        const char *readings[GUITU_UNIT_READINGS])
{
  const char *const *found = unit->han == 0 ? NULL : guitu_reading_find (unit->han, unit->in_surname);
  guint n_readings = 0;

  if (found == NULL || found[0] == NULL)
    {
      readings[0] = unit->text;
      return 1;
    }
  for (guint i = 0; found[i] != NULL && n_readings < GUITU_UNIT_READINGS; i++)
    {
      const char *plain = without_diaeresis (found[i]);

      readings[n_readings++] = found[i];
      if (plain != NULL && n_readings < GUITU_UNIT_READINGS)
        readings[n_readings++] = plain;
    }
  return n_readings;
}

char **
_guitu_search_names (const char *text)
{
  g_autofree char *normal = _guitu_search_normalize (text == NULL ? "" : text);
  char **names = g_strsplit_set (normal, GUITU_BETWEEN_NAMES, -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_strstrip (names[i]);
  return names;
}

gsize
_guitu_search_number (const char *text,
                      char number[GUITU_NUMBER_SIZE])
{
  gsize length = 0;

  for (; text != NULL && *text != '\0' && length + 1 < GUITU_NUMBER_SIZE; text++)
    if (g_ascii_isalnum (*text))
      number[length++] = g_ascii_tolower (*text);
  number[length] = '\0';
  return length;
}

void
_guitu_spelling_init (GuituSpelling *spelling,
                      const char *name)
{
  spelling->n_units = _guitu_search_split (name, spelling->units);
  for (guint i = 0; i < spelling->n_units; i++)
    spelling->n_readings[i] = _guitu_search_readings (&spelling->units[i], spelling->readings[i]);
}

guint
_guitu_spelling_ways (const GuituSpelling *spelling,
                      guint start,
                      guint max)
{
  guint ways = 1;

  for (guint i = start; i < spelling->n_units && ways < max; i++)
    ways = MIN (ways * spelling->n_readings[i], max);
  return ways;
}

void
_guitu_spelling_write (const GuituSpelling *spelling,
                       guint start,
                       guint way,
                       GString *sound,
                       GString *initials)
{
  for (guint i = start; i < spelling->n_units; i++)
    {
      const char *reading = spelling->readings[i][way % spelling->n_readings[i]];

      way /= spelling->n_readings[i];
      if (sound != NULL)
        g_string_append (sound, reading);
      if (initials != NULL)
        g_string_append_unichar (initials, g_utf8_get_char (reading));
    }
}
