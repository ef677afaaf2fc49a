/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows have in common that are compared: of each value the whole, its beginning and end, its
 * sound, its words, so that whatever is wrong in it leaves one of them right. */

#include "db/linkage-values.h"

#include <string.h>

#define SOUND_LETTERS 6
#define PIECE 4 /* characters of a beginning or an end */
#define SHORTEST_WORD 2

enum
{
  KEY_WHOLE,
  KEY_SOUND,
  KEY_START,
  KEY_END,
  KEY_WORD,
  KEY_YEAR,
  KEY_YEAR_MONTH,
  KEY_YEAR_DAY,
  KEY_MONTH_DAY,
  KEY_KINDS
};

typedef struct
{
  GuituValueKey keys[GUITU_VALUE_KEYS];
  guint n;
  const GuituValues *of;
} Keys;

static void
add (Keys *keys,
     guint kind,
     guint part,
     const void *data,
     gsize length)
{
  GuituValueKey key = { _guitu_value_hash (keys->of->group * KEY_KINDS + kind + 1, data, length), keys->of->number, part };

  for (guint i = 0; i < keys->n; i++)
    if (keys->keys[i].hash == key.hash)
      return;
  if (length > 0 && keys->n < GUITU_VALUE_KEYS)
    keys->keys[keys->n++] = key;
}

/* --- Sounds ----------------------------------------------------------------------------------- */

static const struct
{
  const char *written;
  const char *sounds;
} spellings[] = {
  /* the longer ones first; what several languages write differently and say alike */
  { "tsch", "s" },
  { "sch", "s" },
  { "ch", "k" },
  { "ck", "k" },
  { "ph", "f" },
  { "sh", "s" },
  { "th", "t" },
  { "dt", "t" },
  { "tz", "s" },
  { "gh", "g" },
  { "kn", "n" },
  { "wr", "r" },
  { "qu", "k" },
  { "ce", "s" },
  { "ci", "s" },
  { "cy", "s" },
  { "b", "p" },
  { "c", "k" },
  { "d", "t" },
  { "g", "k" },
  { "j", "y" },
  { "q", "k" },
  { "v", "f" },
  { "w", "f" },
  { "x", "k" },
  { "z", "s" },
  { "m", "n" },
};

/* One sound of the word; *@at goes past it. */
static char
next_sound (const char **at)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (g_str_has_prefix (*at, spellings[i].written))
      {
        *at += strlen (spellings[i].written);
        return spellings[i].sounds[0];
      }
  return *(*at)++;
}

/* The consonants of a word that count, with how it begins. */
static void
add_sound (Keys *keys,
           guint part,
           const char *word,
           gsize length)
{
  g_autofree char *own = g_strndup (word, length);
  char sound[SOUND_LETTERS];
  gsize n = 0;

  for (const char *at = own; *at != '\0' && n < SOUND_LETTERS;)
    {
      gboolean is_first = at == own;
      char letter = next_sound (&at);
      gboolean is_vowel = strchr ("aeiouyh", letter) != NULL;

      if (is_first)
        sound[n++] = is_vowel ? 'a' : letter;
      else if (!is_vowel && sound[n - 1] != letter)
        sound[n++] = letter;
    }
  add (keys, KEY_SOUND, part, sound, n);
}

/* --- By kind ---------------------------------------------------------------------------------- */

static void
add_words (Keys *keys,
           const char *plain)
{
  guint part = 1;

  for (const char *at = plain; *at != '\0' && part <= GUITU_VALUE_WORDS;)
    {
      gsize length = strcspn (at, " ");

      if (length >= SHORTEST_WORD)
        {
          add (keys, KEY_WORD, part, at, length);
          if (part <= 3)
            add_sound (keys, part, at, length);
          part++;
        }
      at += length + (at[length] == ' ');
    }
}

static void
add_text_keys (Keys *keys,
               const GuituValue *value,
               const char *plain)
{
  guint n = MIN (value->length, PIECE);

  add (keys, KEY_WHOLE, 0, plain, strlen (plain));
  add (keys, KEY_START, 0, value->characters, n * sizeof *value->characters);
  add (keys, KEY_END, 0, value->characters + value->length - n, n * sizeof *value->characters);
  if (value->n_words > 1)
    add_words (keys, plain);
  else
    add_sound (keys, 0, plain, strlen (plain));
}

/* The sounds of the whole name, and of all but its first or last one. */
static void
add_name_keys (Keys *keys,
               const GuituNameFeature *name,
               const char *plain)
{
  guint16 sounds[GUITU_NAME_UNITS];
  gsize n = name->n_units;

  for (guint i = 0; i < n; i++)
    sounds[i] = _guitu_unit_sound_key (name->units[i]);
  add (keys, KEY_WHOLE, 0, plain, strlen (plain));
  add (keys, KEY_SOUND, 0, sounds, n * sizeof *sounds);
  if (n < 2)
    return;
  add (keys, KEY_END, 0, sounds + 1, (n - 1) * sizeof *sounds);
  add (keys, KEY_START, 0, sounds, (n - 1) * sizeof *sounds);
  if (n > 2)
    add (keys, KEY_WORD, 0, &(guint16[]){ sounds[0], sounds[n - 1] }, 2 * sizeof *sounds);
}

static void
add_date_keys (Keys *keys,
               const char *date)
{
  const char year_day[] = { date[0], date[1], date[2], date[3], date[6], date[7] };

  if (keys->of->is_vague)
    add (keys, KEY_YEAR, 0, date, 4);
  if (date[4] == '?')
    return;
  add (keys, KEY_YEAR_MONTH, 0, date, 6);
  if (date[6] == '?')
    return;
  add (keys, KEY_WHOLE, 0, date, 8);
  add (keys, KEY_YEAR_DAY, 0, year_day, sizeof year_day);
  add (keys, KEY_MONTH_DAY, 0, date + 4, 4);
}

static void
add_code_keys (Keys *keys,
               const char *plain,
               gsize piece)
{
  gsize length = strlen (plain);

  add (keys, KEY_WHOLE, 0, plain, length);
  if (length < piece)
    return;
  add (keys, KEY_START, 0, plain, piece);
  add (keys, KEY_END, 0, plain + length - piece, piece);
}

void
_guitu_value_add_keys (GuituValue *value,
                       const char *plain,
                       const GuituValues *of)
{
  Keys keys = { .of = of };

  switch (of->kind)
    {
    case GUITU_COLUMN_HAN_NAME:
      if (value->name != NULL)
        add_name_keys (&keys, value->name, plain);
      break;
    case GUITU_COLUMN_DATE:
      if (value->date[0] != '\0')
        add_date_keys (&keys, value->date);
      break;
    case GUITU_COLUMN_PHONE:
      add_code_keys (&keys, plain, 7);
      break;
    case GUITU_COLUMN_CODE:
      add_code_keys (&keys, plain, MAX (2, (strlen (plain) + 1) / 2));
      break;
    case GUITU_COLUMN_NUMBER:
    case GUITU_COLUMN_CATEGORY:
      add (&keys, KEY_WHOLE, 0, plain, strlen (plain));
      break;
    case GUITU_COLUMN_TEXT:
    case GUITU_COLUMN_NAME:
    case GUITU_COLUMN_KINDS:
    default:
      add_text_keys (&keys, value, plain);
    }
  value->n_keys = keys.n;
  value->keys = g_memdup2 (keys.keys, keys.n * sizeof *keys.keys);
}
