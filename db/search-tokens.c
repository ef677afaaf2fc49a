/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person's index entry is made of. Deleting from the index needs the same tokens again, so
 * that everything here must depend on the entry and on the readings table alone. */

#include "db/search-private.h"

#include "db/reading-private.h"

#include <string.h>

#define COMBINATIONS_MAX 12 /* readings of one run of characters that are indexed */
#define NUMBER_SIZE 40
#define IDEOGRAPHIC_COMMA 0x3001

char *
_guitu_search_normalize (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);
  g_autofree char *decomposed = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  GString *result = g_string_new (NULL);

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

static void
add_token (GString *tokens,
           char kind,
           const char *text)
{
  g_autofree char *token = NULL;

  if (text[0] == '\0')
    return;
  token = g_strdup_printf (" %c%s ", kind, text);
  if (strstr (tokens->str, token) == NULL)
    g_string_append (tokens, token + (tokens->len > 0));
}

/** Adds one way of reading @units, whose number @combination is written with the first unit fastest. */
static void
add_combination (GString *tokens,
                 char kind,
                 const GuituUnit *units,
                 guint n_units,
                 guint combination)
{
  g_autoptr (GString) sound = g_string_new (NULL);
  g_autoptr (GString) initials = g_string_new (NULL);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (guint i = 0; i < n_units; i++)
    {
      const char *readings[GUITU_UNIT_READINGS];
      guint n_readings = _guitu_search_readings (&units[i], readings);
      const char *reading = readings[combination % n_readings];
      char key[GUITU_SYLLABLE_SIZE];

      combination /= n_readings;
      g_string_append (sound, reading);
      g_string_append_unichar (initials, g_utf8_get_char (reading));
      _guitu_reading_fold (reading, key);
      g_string_append (folded, units[i].han != 0 ? key : reading);
    }
  add_token (tokens, kind, sound->str);
  if (n_units > 1)
    add_token (tokens, kind, initials->str);
  if (kind == GUITU_TOKEN_NAME)
    add_token (tokens, GUITU_TOKEN_SOUND, folded->str);
}

static void
add_suffix (GString *tokens,
            char kind,
            const GuituUnit *units,
            guint n_units)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *readings[GUITU_UNIT_READINGS];
  guint combinations = 1;

  for (guint i = 0; i < n_units; i++)
    {
      g_string_append (text, units[i].text);
      combinations = MIN (combinations * _guitu_search_readings (&units[i], readings), COMBINATIONS_MAX);
    }
  add_token (tokens, kind, text->str);
  for (guint i = 0; i < combinations; i++)
    add_combination (tokens, kind, units, n_units, i);
}

char **
_guitu_search_names (const char *text)
{
  g_autofree char *normal = _guitu_search_normalize (text == NULL ? "" : text);
  char **names = g_strsplit_set (normal, ",;/|()[]\n", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_strstrip (names[i]);
  return names;
}

static void
add_names (GString *tokens,
           const char *text)
{
  g_auto (GStrv) names = _guitu_search_names (text);
  GuituUnit units[GUITU_UNITS_MAX];

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint n_units = _guitu_search_split (names[i], units);

      for (guint start = 0; start < n_units; start++)
        add_suffix (tokens, start == 0 ? GUITU_TOKEN_NAME : GUITU_TOKEN_INNER, units + start, n_units - start);
    }
}

/** The letters and digits of @text, lower case. Returns: how many. */
static gsize
number_of (const char *text,
           char number[NUMBER_SIZE])
{
  gsize length = 0;

  for (; text != NULL && *text != '\0' && length + 1 < NUMBER_SIZE; text++)
    if (g_ascii_isalnum (*text))
      number[length++] = g_ascii_tolower (*text);
  number[length] = '\0';
  return length;
}

static void
add_number (GString *tokens,
            const char *text)
{
  char number[NUMBER_SIZE];
  gsize length = number_of (text, number);

  add_token (tokens, GUITU_TOKEN_NUMBER, number);
  for (gsize cut = MIN (length, GUITU_LONGEST_CUT); cut >= GUITU_SHORTEST_CUT; cut--)
    {
      number[cut] = '\0';
      add_token (tokens, GUITU_TOKEN_CUT, number);
    }
}

/** The last four of an ID number, and the day of birth that a resident ID number holds. */
static void
add_id_parts (GString *tokens,
              const char *text)
{
  char number[NUMBER_SIZE];
  gsize length = number_of (text, number);

  if (length < 2 * GUITU_TAIL_LENGTH)
    return;
  add_token (tokens, GUITU_TOKEN_TAIL, number + length - GUITU_TAIL_LENGTH);
  if (length == 18)
    {
      number[6 + GUITU_DAY_LENGTH] = '\0';
      add_token (tokens, GUITU_TOKEN_DAY, number + 6);
    }
}

static void
add_phones (GString *tokens,
            const char *text)
{
  g_autofree char *normal = text == NULL ? g_strdup ("") : _guitu_search_normalize (text);
  g_auto (GStrv) phones = NULL;
  char number[NUMBER_SIZE];

  phones = g_strsplit_set (normal, ",;/|\n", -1);
  for (guint i = 0; phones[i] != NULL; i++)
    if (number_of (phones[i], number) >= GUITU_TAIL_LENGTH)
      add_token (tokens, GUITU_TOKEN_PHONE, g_strreverse (number));
}

static void
add_day (GString *tokens,
         const char *from,
         const char *to)
{
  char day[NUMBER_SIZE];

  if (from != NULL && g_strcmp0 (from, to) == 0 && number_of (from, day) == GUITU_DAY_LENGTH)
    add_token (tokens, GUITU_TOKEN_DAY, day);
}

static void
add_household (GString *tokens,
               const char *text)
{
  char code[NUMBER_SIZE];

  if (text == NULL || !g_ascii_isdigit (text[0]) || number_of (text, code) < GUITU_COUNTY_LENGTH)
    return;
  code[GUITU_COUNTY_LENGTH] = '\0';
  add_token (tokens, GUITU_TOKEN_HOUSEHOLD, code);
}

char *
_guitu_search_tokens (const GuituSearchEntry *entry)
{
  GString *tokens = g_string_new (NULL);

  add_names (tokens, entry->name);
  add_names (tokens, entry->alias);
  add_number (tokens, entry->id_number);
  add_number (tokens, entry->national_number);
  add_id_parts (tokens, entry->id_number);
  add_phones (tokens, entry->phone);
  add_day (tokens, entry->birth_from, entry->birth_to);
  add_household (tokens, entry->household);
  return g_string_free (tokens, FALSE);
}

void
_guitu_search_add_term (GString *expression,
                        const char *
                        operator,
                        char kind,
                        const char *text,
                        gboolean prefix)
{
  if (expression->len > 0 && expression->str[expression->len - 1] != '(')
    g_string_append (expression, operator);
  g_string_append_printf (expression, "\"%c%s\"%s", kind, text, prefix ? "*" : "");
}
