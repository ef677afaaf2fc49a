/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers: from 1 the characters U+3400 to U+9FFF, then the syllables as initial and final, then words
 * by the hash of their consonants. What is known of a unit is worked out at its first use and kept;
 * threads that meet there write the same. */

#include "db/unit.h"

#include "db/reading-private.h"

#include <string.h>

#define FIRST_HAN 0x3400
#define LAST_HAN 0x9fff
#define N_HAN (LAST_HAN - FIRST_HAN + 1)
#define FIRST_SYLLABLE (N_HAN + 1)
#define N_FINALS 64
#define FIRST_WORD 32768
#define READINGS_MAX 4
#define ANSWERS_KEPT 16384

/* clang-format off */
static const char *const initials[] = {
  "", "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w"
};

/* What dialects mix up is one: the number of the initial that stands for each. */
static const guint8 folded_initials[] = {
  0, 19, 20, 21, 4, 5, 6, 14, 8, 9, 11, 11, 12, 13, 14, 15, 16, 17, 11, 19, 20, 21, 22, 23
};

/* A final, what it is without -g and with u for ü, what it is after h- (hui is fei), and its family. */
static const struct
{
  const char *text;
  const char *folded;
  const char *after_h;
  char family;
} finals[] = {
  { "a", "a", "a", 'a' }, { "ai", "ai", "ai", 'y' }, { "an", "an", "an", 'n' }, { "ang", "an", "an", 'n' }, { "ao", "ao", "ao", 'o' },
  { "e", "e", "e", 'e' }, { "ei", "ei", "ei", 'y' }, { "en", "en", "en", 'm' }, { "eng", "en", "en", 'm' }, { "er", "er", "er", 'e' },
  { "i", "i", "i", 'i' }, { "ia", "ia", "ia", 'a' }, { "ian", "ian", "ian", 'n' }, { "iang", "ian", "ian", 'n' }, { "iao", "iao", "iao", 'o' },
  { "ie", "ie", "ie", 'e' }, { "in", "in", "in", 'm' }, { "ing", "in", "in", 'm' }, { "iong", "iong", "iong", 'g' }, { "iu", "iu", "iu", 'u' },
  { "o", "o", "o", 'e' }, { "ong", "ong", "en", 'g' }, { "ou", "ou", "ou", 'u' }, { "u", "u", "u", 'u' }, { "ua", "ua", "a", 'a' },
  { "uai", "uai", "ai", 'y' }, { "uan", "uan", "an", 'n' }, { "uang", "uan", "an", 'n' }, { "ui", "ui", "ei", 'y' }, { "un", "un", "en", 'm' },
  { "uo", "uo", "o", 'e' }, { "v", "u", "u", 'i' }, { "van", "uan", "an", 'n' }, { "ve", "ue", "ue", 'e' }, { "vn", "un", "en", 'm' },
  { "ue", "ue", "ue", 'e' }, { "ueng", "un", "en", 'm' }, { "", "", "", '-' },
};
/* clang-format on */

#define INITIAL_H 14

typedef struct
{
  guint8 is_ready;
  guint8 n_readings;
  guint16 sounds[READINGS_MAX]; /* initial × N_FINALS + final */
  guint16 folds[READINGS_MAX];  /* the same with what dialects mix up made one */
} Unit;

static Unit known_units[65536];

static int
find_final (const char *text,
            gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (finals); i++)
    if (strlen (finals[i].text) == length && strncmp (finals[i].text, text, length) == 0)
      return i;
  return -1;
}

/** The number of a syllable, or -1. */
static int
read_sound (const char *text,
            gsize length)
{
  guint initial = 0;
  int final;

  for (guint i = 1; i < G_N_ELEMENTS (initials); i++)
    if (strlen (initials[i]) <= length && strncmp (text, initials[i], strlen (initials[i])) == 0 && strlen (initials[i]) > strlen (initials[initial]))
      initial = i;
  final = find_final (text + strlen (initials[initial]), length - strlen (initials[initial]));
  return final < 0 ? -1 : (int) initial * N_FINALS + final;
}

static guint16
fold_sound (guint16 sound)
{
  guint initial = folded_initials[sound / N_FINALS];
  const char *folded = finals[sound % N_FINALS].folded;
  int final;

  if (initial == INITIAL_H)
    folded = finals[sound % N_FINALS].after_h;
  final = find_final (folded, strlen (folded));
  return initial * N_FINALS + (final < 0 ? 0 : (guint) final);
}

static void
add_sound (Unit *unit,
           int sound)
{
  for (guint i = 0; i < unit->n_readings; i++)
    if (unit->sounds[i] == sound)
      return;
  if (sound < 0 || unit->n_readings == READINGS_MAX)
    return;
  unit->folds[unit->n_readings] = fold_sound (sound);
  unit->sounds[unit->n_readings++] = sound;
}

static const Unit *
get_unit (GuituUnitId id)
{
  Unit *known = &known_units[id];
  Unit unit = { .is_ready = 1 };

  if (__atomic_load_n (&known->is_ready, __ATOMIC_ACQUIRE))
    return known;
  if (_guitu_unit_is_syllable (id))
    add_sound (&unit, id - FIRST_SYLLABLE);
  else if (_guitu_unit_is_han (id))
    for (guint as_surname = 0; as_surname < 2; as_surname++)
      {
        const char *const *readings = guitu_reading_find (id - 1 + FIRST_HAN, as_surname == 0);

        for (guint i = 0; readings[i] != NULL; i++)
          add_sound (&unit, read_sound (readings[i], strlen (readings[i])));
      }
  memcpy (known->sounds, unit.sounds, sizeof unit.sounds);
  memcpy (known->folds, unit.folds, sizeof unit.folds);
  known->n_readings = unit.n_readings;
  __atomic_store_n (&known->is_ready, 1, __ATOMIC_RELEASE);
  return known;
}

GuituUnitId
_guitu_unit_of_han (gunichar character)
{
  return character >= FIRST_HAN && character <= LAST_HAN ? character - FIRST_HAN + 1 : GUITU_UNIT_NONE;
}

GuituUnitId
_guitu_unit_of_syllable (const char *text,
                         gsize length)
{
  int sound = length == 0 || !_guitu_reading_is_syllable (text, length) ? -1 : read_sound (text, length);

  return sound < 0 ? GUITU_UNIT_NONE : FIRST_SYLLABLE + sound;
}

/* Double letters count once, vowels only at the beginning, and what sounds alike in most languages is one. */
GuituUnitId
_guitu_unit_of_word (const char *text)
{
  guint32 hash = 5381;
  gunichar before = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      character = character == 'v' || character == 'b' ? 'w' : character == 'c' || character == 'q' ? 'k'
                                                           : character == 'z'                       ? 's'
                                                                                                    : character;
      if (character == before || (before != 0 && character < 128 && strchr ("aeiouyh", (int) character) != NULL))
        continue;
      hash = hash * 33 + character;
      before = character;
    }
  return FIRST_WORD + hash % (65536 - FIRST_WORD);
}

gboolean
_guitu_unit_is_han (GuituUnitId unit)
{
  return unit > 0 && unit <= N_HAN;
}

gboolean
_guitu_unit_is_syllable (GuituUnitId unit)
{
  return unit >= FIRST_SYLLABLE && unit < FIRST_WORD;
}

guint16
_guitu_unit_sound_key (GuituUnitId id)
{
  const Unit *unit = get_unit (id);

  return unit->n_readings == 0 ? id : unit->folds[0];
}

static gboolean
is_near (guint16 ours,
         guint16 theirs)
{
  if (ours % N_FINALS == theirs % N_FINALS)
    return TRUE;
  return ours / N_FINALS == theirs / N_FINALS && ours >= N_FINALS &&
         finals[ours % N_FINALS].family == finals[theirs % N_FINALS].family;
}

static GuituAlike
compare_units (GuituUnitId ours,
               GuituUnitId theirs)
{
  const Unit *a, *b;
  GuituAlike best = GUITU_ALIKE_NOT;

  a = get_unit (ours);
  b = get_unit (theirs);
  for (guint i = 0; i < a->n_readings; i++)
    for (guint k = 0; k < b->n_readings; k++)
      if (a->sounds[i] == b->sounds[k])
        return GUITU_ALIKE_SOUND;
      else if (a->folds[i] == b->folds[k])
        best = GUITU_ALIKE_DIALECT;
      else if (best == GUITU_ALIKE_NOT && is_near (a->folds[i], b->folds[k]))
        best = GUITU_ALIKE_NEAR;
  if (best < GUITU_ALIKE_SHAPE && _guitu_unit_is_han (ours) && _guitu_unit_is_han (theirs) &&
      _guitu_glyph_alike (ours - 1 + FIRST_HAN, theirs - 1 + FIRST_HAN))
    return GUITU_ALIKE_SHAPE;
  return best;
}

/* Names are made of few characters: what two of them are to one another is asked again and again. An entry holds both
 * and the answer in one word, so that threads see all of it or nothing. */
GuituAlike
_guitu_unit_compare (GuituUnitId ours,
                     GuituUnitId theirs)
{
  static guint64 answers[ANSWERS_KEPT];
  guint64 key = ((guint64) ours << 16 | theirs) + 1;
  guint64 *kept = &answers[(ours * 40503u ^ theirs * 2654435761u) % ANSWERS_KEPT];
  guint64 answer;

  if (ours == theirs)
    return ours == GUITU_UNIT_NONE ? GUITU_ALIKE_NOT : GUITU_ALIKE_SAME;
  answer = __atomic_load_n (kept, __ATOMIC_RELAXED);
  if (answer >> 8 != key)
    {
      answer = key << 8 | compare_units (ours, theirs);
      __atomic_store_n (kept, answer, __ATOMIC_RELAXED);
    }
  return answer & 0xff;
}

/* --- Pinyin ---------------------------------------------------------------------------------------- */

/** The whole of @text as syllables, the longest first. Returns: how many, 0 when it does not work out. */
static guint
split_word (const char *text,
            gsize length,
            GuituUnitId *units,
            guint max)
{
  if (max == 0)
    return 0;
  for (gsize size = MIN (length, 6); size > 0; size--)
    {
      GuituUnitId unit = _guitu_unit_of_syllable (text, size);
      guint rest;

      if (unit == GUITU_UNIT_NONE)
        continue;
      units[0] = unit;
      if (size == length)
        return 1;
      rest = split_word (text + size, length - size, units + 1, max - 1);
      if (rest > 0)
        return rest + 1;
    }
  return 0;
}

guint
_guitu_pinyin_parse (const char *text,
                     GuituUnitId *units,
                     guint max)
{
  g_autofree char *plain = _guitu_text_plain (text);
  g_auto (GStrv) words = g_strsplit_set (plain, " -'.0123456789\xc2\xb7", -1);
  guint n_units = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint found;

      if (words[i][0] == '\0')
        continue;
      found = split_word (words[i], strlen (words[i]), units + n_units, max - n_units);
      if (found == 0)
        return 0;
      n_units += found;
    }
  return n_units;
}

char *
_guitu_text_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);
  g_autofree char *decomposed = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  GString *result = g_string_new (NULL);

  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (result, guitu_reading_simplify (g_utf8_get_char (p)));
  return g_string_free (result, FALSE);
}
