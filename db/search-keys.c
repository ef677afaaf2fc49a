/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of a person. Taking somebody out of the lists needs the same keys again, so that everything
 * here must depend on the entry and on the readings table alone; count INDEX_VERSION in search.c up
 * with every change. */

#include "db/reading-private.h"
#include "db/search-private.h"

#include <string.h>

static guint64
key_of (guint kind,
        const char *first,
        gsize n_first,
        const char *second,
        gsize n_second)
{
  guint64 hash = (14695981039346656037u ^ kind) * 1099511628211u; /* FNV-1a */

  for (gsize i = 0; i < n_first; i++)
    hash = (hash ^ (guchar) first[i]) * 1099511628211u;
  if (second != NULL)
    hash = (hash ^ 0x100) * 1099511628211u;
  for (gsize i = 0; i < n_second; i++)
    hash = (hash ^ (guchar) second[i]) * 1099511628211u;
  hash ^= hash >> 32; /* the finish of MurmurHash3: all bits of the text reach the upper ones */
  hash *= 0xff51afd7ed558ccdu;
  hash ^= hash >> 33;
  return hash >> (64 - GUITU_KEY_BITS);
}

guint64
_guitu_search_key (guint kind,
                   const char *first,
                   const char *second)
{
  return key_of (kind, first, strlen (first), second, second == NULL ? 0 : strlen (second));
}

guint64
_guitu_search_sound_key (const char *letters,
                         gsize length,
                         gsize from,
                         gsize to)
{
  return key_of (GUITU_KEY_SOUND, letters, from, letters + to, length - to) >> GUITU_SYLLABLE_BITS << GUITU_SYLLABLE_BITS;
}

void
_guitu_search_limits (const char *letters,
                      gsize length,
                      guint32 *before,
                      guint32 *after)
{
  *before = 1;
  *after = 1u << length;
  for (gsize i = 0; i < length; i++)
    for (gsize n = 1; *before >> i & 1 && n < GUITU_SYLLABLE_SIZE && i + n <= length; n++)
      if (_guitu_reading_syllable_number (letters + i, n) >= 0)
        *before |= 1u << (i + n);
  for (gsize i = length; i-- > 0;)
    for (gsize n = 1; n < GUITU_SYLLABLE_SIZE && i + n <= length; n++)
      if (*after >> (i + n) & 1 && _guitu_reading_syllable_number (letters + i, n) >= 0)
        *after |= 1u << i;
}

static void
add_key (GArray *keys,
         guint kind,
         const char *first,
         const char *second)
{
  guint64 key = _guitu_search_key (kind, first, second);

  g_array_append_val (keys, key);
}

/** Adds the starts of @text, of at most @max letters. */
static void
add_starts (GArray *keys,
            guint kind,
            const char *text,
            guint max)
{
  char start[GUITU_UNITS_MAX * GUITU_UNIT_SIZE];
  const char *end = text;

  for (guint i = 0; i < max && *end != '\0'; i++)
    {
      end = g_utf8_next_char (end);
      memcpy (start, text, end - text);
      start[end - text] = '\0';
      add_key (keys, kind, start, NULL);
    }
}

static void
add_unit (GArray *keys,
          const GuituSpelling *spelling,
          guint position)
{
  guint kind = position == 0 ? GUITU_KEY_FIRST : GUITU_KEY_FURTHER;
  g_autoptr (GString) words = NULL;

  if (spelling->units[position].han != 0)
    {
      add_key (keys, kind, spelling->units[position].text, NULL);
      for (guint i = 0; i < spelling->n_readings[position]; i++)
        add_starts (keys, kind, spelling->readings[position][i], GUITU_SYLLABLE_SIZE);
      return;
    }
  words = g_string_new (NULL);
  for (guint i = position; i < spelling->n_units && spelling->units[i].han == 0; i++)
    g_string_append (words, spelling->units[i].text);
  add_starts (keys, kind, words->str, 1);
  add_starts (keys, position == 0 ? GUITU_KEY_FIRST_WORD : GUITU_KEY_FURTHER_WORD, words->str, GUITU_LONGEST_WORD_KEY);
}

static void
add_pair_reading (GArray *keys,
                  guint further,
                  const char *first,
                  const char *second)
{
  char initial[8] = { 0 };
  char initials[2][GUITU_SYLLABLE_SIZE] = { { 0 }, { 0 } };
  const char *sounds[] = { first, second };

  g_unichar_to_utf8 (g_utf8_get_char (first), initials[0]);
  g_unichar_to_utf8 (g_utf8_get_char (second), initials[1]);
  memcpy (initial, initials[1], sizeof initials[1]);
  add_key (keys, GUITU_KEY_PAIR_SOUND + further, first, second);
  add_key (keys, GUITU_KEY_PAIR_START + further, first, initial);
  add_key (keys, GUITU_KEY_PAIR_INITIALS + further, initials[0], initials[1]);
  if (strlen (first) >= GUITU_SYLLABLE_SIZE || strlen (second) >= GUITU_SYLLABLE_SIZE)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    _guitu_reading_fold (sounds[i], initials[i]);
  add_key (keys, GUITU_KEY_DIALECT, initials[0], initials[1]);
}

static void
add_pair (GArray *keys,
          const GuituSpelling *spelling,
          guint position)
{
  guint further = position == 0 ? 0 : GUITU_KEY_FURTHER_PAIRS;
  const GuituUnit *units = spelling->units + position;

  if (units[0].han != 0 && units[1].han != 0)
    add_key (keys, GUITU_KEY_PAIR + further, units[0].text, units[1].text);
  for (guint i = 0; i < spelling->n_readings[position]; i++)
    for (guint k = 0; k < spelling->n_readings[position + 1]; k++)
      add_pair_reading (keys, further, spelling->readings[position][i], spelling->readings[position + 1][k]);
  if (position + 2 < spelling->n_units && units[0].han != 0 && units[2].han != 0)
    add_key (keys, GUITU_KEY_GAP, units[0].text, units[2].text);
}

static void
add_sound_key (GArray *keys,
               const GString *sound,
               gsize from,
               gsize to)
{
  int number = _guitu_reading_syllable_number (sound->str + from, to - from);
  guint64 key;

  if (number < 0)
    return;
  key = _guitu_search_sound_key (sound->str, sound->len, from, to) | (guint) number;
  g_array_append_val (keys, key);
}

/** Adds the sound without each of its syllables. What is written in letters is cut wherever it can be. */
static void
add_sound (GArray *keys,
           const GuituSpelling *spelling,
           guint start,
           guint way,
           const GString *sound)
{
  gboolean is_han = TRUE;
  gsize from = 0;
  guint32 before, after;

  for (guint i = start; i < spelling->n_units; i++)
    is_han = is_han && spelling->units[i].han != 0;
  for (guint i = start; i < spelling->n_units && is_han; i++)
    {
      gsize to = from + strlen (spelling->readings[i][way % spelling->n_readings[i]]);

      way /= spelling->n_readings[i];
      add_sound_key (keys, sound, from, to);
      from = to;
    }
  if (is_han || sound->len < GUITU_SHORTEST_SOUND - 1 || sound->len > GUITU_LONGEST_SOUND)
    return;
  _guitu_search_limits (sound->str, sound->len, &before, &after);
  for (from = 0; from < sound->len; from++)
    for (gsize to = from + 1; before >> from & 1 && to <= sound->len; to++)
      if (after >> to & 1)
        add_sound_key (keys, sound, from, to);
}

static void
add_whole (GArray *keys,
           const GuituSpelling *spelling)
{
  g_autoptr (GString) sound = g_string_new (NULL);
  g_autoptr (GString) initials = g_string_new (NULL);

  for (guint i = 0; i < spelling->n_units; i++)
    g_string_append (sound, spelling->units[i].text);
  add_key (keys, GUITU_KEY_WHOLE, sound->str, NULL);
  for (guint start = 0; start == 0 || start + 1 < spelling->n_units; start++)
    for (guint way = 0; way < _guitu_spelling_ways (spelling, start, GUITU_WAYS_MAX); way++)
      {
        g_string_truncate (sound, 0);
        g_string_truncate (initials, 0);
        _guitu_spelling_write (spelling, start, way, sound, initials);
        add_sound (keys, spelling, start, way, sound);
        if (start > 0)
          continue;
        add_key (keys, GUITU_KEY_WHOLE_SOUND, sound->str, NULL);
        add_key (keys, GUITU_KEY_WHOLE_INITIALS, initials->str, NULL);
      }
}

static void
add_names (GArray *keys,
           const char *text)
{
  g_auto (GStrv) names = text == NULL ? NULL : _guitu_search_names (text);
  GuituSpelling spelling;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      _guitu_spelling_init (&spelling, names[i]);
      if (spelling.n_units == 0)
        continue;
      add_whole (keys, &spelling);
      for (guint k = 0; k < spelling.n_units; k++)
        add_unit (keys, &spelling, k);
      for (guint k = 0; k + 1 < spelling.n_units; k++)
        add_pair (keys, &spelling, k);
    }
}

static void
add_number (GArray *keys,
            const char *text,
            gboolean is_id)
{
  char number[GUITU_NUMBER_SIZE];
  gsize length = _guitu_search_number (text, number);

  if (is_id && length >= 2 * GUITU_TAIL_LENGTH)
    add_key (keys, GUITU_KEY_TAIL, number + length - GUITU_TAIL_LENGTH, NULL);
  if (is_id && length == 18)
    {
      char day[GUITU_DAY_LENGTH + 1];

      g_strlcpy (day, number + 6, sizeof day);
      add_key (keys, GUITU_KEY_DAY, day, NULL);
    }
  if (length >= GUITU_SHORTEST_NUMBER && length <= GUITU_LONGEST_NUMBER_KEY)
    add_key (keys, GUITU_KEY_WHOLE_NUMBER, number, NULL);
  for (gsize n = MIN (length, GUITU_LONGEST_NUMBER_KEY); n >= GUITU_SHORTEST_NUMBER; n--)
    {
      number[n] = '\0';
      add_key (keys, GUITU_KEY_NUMBER, number, NULL);
    }
}

static void
add_phones (GArray *keys,
            const char *text)
{
  g_autofree char *normal = text == NULL ? NULL : _guitu_search_normalize (text);
  g_auto (GStrv) phones = normal == NULL ? NULL : g_strsplit_set (normal, ",;/|\n", -1);
  char number[GUITU_NUMBER_SIZE];

  for (guint i = 0; phones != NULL && phones[i] != NULL; i++)
    {
      gsize length = _guitu_search_number (phones[i], number);

      for (gsize n = GUITU_TAIL_LENGTH; n <= MIN (length, GUITU_LONGEST_PHONE_KEY); n++)
        add_key (keys, GUITU_KEY_PHONE, number + length - n, NULL);
    }
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

void
_guitu_search_sort_keys (GArray *keys)
{
  guint n_keys = 0;

  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    if (i == 0 || g_array_index (keys, guint64, i) != g_array_index (keys, guint64, n_keys - 1))
      g_array_index (keys, guint64, n_keys++) = g_array_index (keys, guint64, i);
  g_array_set_size (keys, n_keys);
}

void
_guitu_search_keys (const GuituSearchEntry *entry,
                    GArray *keys)
{
  char day[GUITU_NUMBER_SIZE];

  g_array_set_size (keys, 0);
  add_names (keys, entry->name);
  add_names (keys, entry->alias);
  add_number (keys, entry->id_number, TRUE);
  add_number (keys, entry->national_number, FALSE);
  add_phones (keys, entry->phone);
  if (entry->birth_from != NULL && g_strcmp0 (entry->birth_from, entry->birth_to) == 0 &&
      _guitu_search_number (entry->birth_from, day) == GUITU_DAY_LENGTH)
    add_key (keys, GUITU_KEY_DAY, day, NULL);
  _guitu_search_sort_keys (keys);
}
