/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table comes from db/reading-table.py as a resource and is unpacked once, at the first call;
 * after that everything is read-only and may be used from any thread. */

#include "db/reading-private.h"

#include "db/reading-resources.h"

#include <string.h>

#define TABLE_PATH "/io/github/guitu/db/readings.bin"
#define TABLE_VERSION 1
#define LIST_END 0xffff
#define FIRST_COMMON 0x4e00 /* of the characters that nearly all names are made of */
#define N_COMMON (0xa000 - FIRST_COMMON)
#define LONGEST_HAN_NAME 4 /* longer Han names are transliterations and have no surname */

typedef struct
{
  guint32 character;
  guint16 readings; /* first item of the list */
  guint16 surname_readings;
} Character;

typedef struct
{
  guint32 from;
  guint32 to;
} Form;

typedef struct
{
  guint32 first;
  guint32 second;
  const char *readings[2];
} Compound;

typedef struct
{
  GBytes *bytes;         /* holds the syllables */
  const char *syllables; /* GUITU_SYLLABLE_SIZE bytes each */
  const char **sorted;   /* the same, in order */
  guint n_syllables;
  const char **items; /* lists of syllables, each ended by NULL */
  Character *characters;
  guint n_characters;
  Form *forms;
  guint n_forms;
  guint16 common_characters[N_COMMON]; /* position in characters, counted from 1; 0 for none */
  guint16 common_forms[N_COMMON];      /* the same in forms */
  Compound *compounds;
  guint n_compounds;
  guint32 fingerprint;
} Table;

static guint32
take_u32 (const guint8 **cursor)
{
  guint32 value;

  memcpy (&value, *cursor, sizeof value);
  *cursor += sizeof value;
  return GUINT32_FROM_LE (value);
}

static guint16
take_u16 (const guint8 **cursor)
{
  guint16 value;

  memcpy (&value, *cursor, sizeof value);
  *cursor += sizeof value;
  return GUINT16_FROM_LE (value);
}

static int
compare_syllables (const void *a,
                   const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static const char *
syllable_at (const Table *table,
             guint number)
{
  return table->syllables + number * GUITU_SYLLABLE_SIZE;
}

static void
unpack_syllables (Table *table,
                  guint n_items,
                  const guint8 **cursor)
{
  table->syllables = (const char *) *cursor;
  *cursor += table->n_syllables * GUITU_SYLLABLE_SIZE;
  table->sorted = g_new (const char *, table->n_syllables);
  for (guint i = 0; i < table->n_syllables; i++)
    table->sorted[i] = syllable_at (table, i);
  qsort (table->sorted, table->n_syllables, sizeof *table->sorted, compare_syllables);

  table->items = g_new (const char *, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      guint16 number = take_u16 (cursor);

      table->items[i] = number == LIST_END ? NULL : syllable_at (table, number);
    }
  if (n_items % 2 != 0)
    take_u16 (cursor);
}

static void
unpack_characters (Table *table,
                   const guint8 **cursor)
{
  g_assert (table->n_characters <= G_MAXUINT16 && table->n_forms <= G_MAXUINT16);
  table->characters = g_new (Character, table->n_characters);
  for (guint i = 0; i < table->n_characters; i++)
    {
      table->characters[i].character = take_u32 (cursor);
      table->characters[i].readings = take_u16 (cursor);
      table->characters[i].surname_readings = take_u16 (cursor);
      if (table->characters[i].character - FIRST_COMMON < N_COMMON)
        table->common_characters[table->characters[i].character - FIRST_COMMON] = i + 1;
    }
  table->forms = g_new (Form, table->n_forms);
  for (guint i = 0; i < table->n_forms; i++)
    {
      table->forms[i].from = take_u32 (cursor);
      table->forms[i].to = take_u32 (cursor);
      if (table->forms[i].from - FIRST_COMMON < N_COMMON)
        table->common_forms[table->forms[i].from - FIRST_COMMON] = i + 1;
    }
  table->compounds = g_new (Compound, table->n_compounds);
  for (guint i = 0; i < table->n_compounds; i++)
    {
      table->compounds[i].first = take_u32 (cursor);
      table->compounds[i].second = take_u32 (cursor);
      table->compounds[i].readings[0] = syllable_at (table, take_u16 (cursor));
      table->compounds[i].readings[1] = syllable_at (table, take_u16 (cursor));
    }
}

static guint32
fingerprint_of (const guint8 *data,
                gsize length)
{
  guint32 hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ data[i]) * 16777619u;
  return hash;
}

static Table *
load_table (void)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_resource_lookup_data (guitu_reading_get_resource (), TABLE_PATH,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  Table *table = g_new0 (Table, 1);
  const guint8 *start, *cursor;
  gsize length;
  guint n_items;

  g_assert_no_error (error);
  start = cursor = g_bytes_get_data (bytes, &length);
  g_assert (length > 28 && memcmp (start, "GTRD", 4) == 0);
  cursor += 4;
  g_assert (take_u32 (&cursor) == TABLE_VERSION);
  table->n_syllables = take_u32 (&cursor);
  n_items = take_u32 (&cursor);
  table->n_characters = take_u32 (&cursor);
  table->n_forms = take_u32 (&cursor);
  table->n_compounds = take_u32 (&cursor);
  unpack_syllables (table, n_items, &cursor);
  unpack_characters (table, &cursor);
  g_assert (cursor == start + length);
  table->fingerprint = fingerprint_of (start, length);
  table->bytes = bytes;
  return table;
}

static const Table *
get_table (void)
{
  static const Table *table;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, load_table ());
  return table;
}

/** The element of @array, sorted by a guint32 at its start, whose key is @key, or %NULL. */
static gconstpointer
find_key (gconstpointer array,
          guint length,
          gsize size,
          guint32 key)
{
  guint low = 0;
  guint high = length;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const char *element = (const char *) array + middle * size;
      guint32 found;

      memcpy (&found, element, sizeof found);
      if (found == key)
        return element;
      if (found < key)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static const Character *
find_character (const Table *table,
                gunichar character)
{
  guint position;

  if (character - FIRST_COMMON >= N_COMMON)
    return find_key (table->characters, table->n_characters, sizeof *table->characters, character);
  position = table->common_characters[character - FIRST_COMMON];
  return position == 0 ? NULL : &table->characters[position - 1];
}

const char *const *
guitu_reading_find (gunichar character,
                    gboolean as_surname)
{
  static const char *const none[] = { NULL };
  const Table *table = get_table ();
  const Character *found = find_character (table, character);

  if (found == NULL)
    return none;
  return table->items + (as_surname ? found->surname_readings : found->readings);
}

gunichar
guitu_reading_simplify (gunichar character)
{
  const Table *table = get_table ();
  const Form *found;
  guint position;

  if (character - FIRST_COMMON < N_COMMON)
    {
      position = table->common_forms[character - FIRST_COMMON];
      return position == 0 ? character : table->forms[position - 1].to;
    }
  found = find_key (table->forms, table->n_forms, sizeof *found, character);
  return found == NULL ? character : found->to;
}

static gboolean
is_han (gunichar character)
{
  return guitu_reading_find (character, FALSE)[0] != NULL ||
         g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN;
}

static const Compound *
find_compound (gunichar first,
               gunichar second)
{
  const Table *table = get_table ();

  for (guint i = 0; i < table->n_compounds; i++)
    if (table->compounds[i].first == first && table->compounds[i].second == second)
      return &table->compounds[i];
  return NULL;
}

static const Compound *
compound_of_name (const char *name)
{
  gunichar first = g_utf8_get_char (name);

  if (first == 0)
    return NULL;
  return find_compound (guitu_reading_simplify (first),
                        guitu_reading_simplify (g_utf8_get_char (g_utf8_next_char (name))));
}

guint
guitu_reading_surname_length (const char *name)
{
  guint n_han = 0;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!is_han (g_utf8_get_char (p)))
        return 0;
      n_han++;
    }
  if (n_han == 0)
    return 0;
  if (compound_of_name (name) != NULL && n_han <= LONGEST_HAN_NAME + 1)
    return 2;
  return n_han <= LONGEST_HAN_NAME ? 1 : 0;
}

char *
guitu_reading_of_name (const char *name)
{
  GString *reading = g_string_new (NULL);
  guint surname = guitu_reading_surname_length (name);
  const Compound *compound = surname == 2 ? compound_of_name (name) : NULL;
  guint position = 0;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p), position++)
    {
      gunichar character = g_utf8_get_char (p);
      const char *syllable = guitu_reading_find (character, position < surname)[0];

      if (position == surname && surname > 0)
        g_string_append_c (reading, ' ');
      if (compound != NULL && position < 2)
        g_string_append (reading, compound->readings[position]);
      else if (syllable != NULL)
        g_string_append (reading, syllable);
      else if (g_unichar_isalnum (character) || g_unichar_ismark (character))
        g_string_append_unichar (reading, g_unichar_tolower (character));
      else if (reading->len > 0 && reading->str[reading->len - 1] != ' ')
        g_string_append_c (reading, ' ');
    }
  return g_strchomp (g_string_free (reading, FALSE));
}

guint32
_guitu_reading_fingerprint (void)
{
  return get_table ()->fingerprint;
}

/** Which of the syllables is the first not before the first @length bytes of @text, in order. */
static guint
lower_bound_number (const char *text,
                    gsize length)
{
  const Table *table = get_table ();
  guint low = 0;
  guint high = table->n_syllables;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strncmp (table->sorted[middle], text, length) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/** The first syllable not before the first @length bytes of @text, in order, or %NULL. */
static const char *
lower_bound (const char *text,
             gsize length)
{
  const Table *table = get_table ();
  guint number = lower_bound_number (text, length);

  return number < table->n_syllables ? table->sorted[number] : NULL;
}

int
_guitu_reading_syllable_number (const char *text,
                                gsize length)
{
  const Table *table = get_table ();
  guint number = lower_bound_number (text, length);

  if (length == 0 || number == table->n_syllables || strncmp (table->sorted[number], text, length) != 0)
    return -1;
  return table->sorted[number][length] == '\0' ? (int) number : -1;
}

gboolean
_guitu_reading_is_syllable (const char *text,
                            gsize length)
{
  return _guitu_reading_syllable_number (text, length) >= 0;
}

gboolean
_guitu_reading_starts_syllable (const char *text,
                                gsize length)
{
  const char *syllable = lower_bound (text, length);

  return length > 0 && syllable != NULL && strncmp (syllable, text, length) == 0;
}

const char *const *
_guitu_reading_syllables (guint *n_syllables)
{
  const Table *table = get_table ();

  *n_syllables = table->n_syllables;
  return table->sorted;
}

/** f and hu- sound alike: both are written h- with the bare vowel (fei, hui: hei). */
static void
fold_labial (char *folded)
{
  static const char *const pairs[][2] = {
    { "hui", "hei" },
    { "hun", "hen" },
    { "hong", "heng" },
  };

  if (folded[0] == 'f')
    folded[0] = 'h';
  if (folded[0] != 'h')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (folded, pairs[i][0]) == 0)
      {
        strcpy (folded, pairs[i][1]);
        return;
      }
  if (folded[1] == 'u' && folded[2] != '\0')
    memmove (folded + 1, folded + 2, strlen (folded + 1));
}

void
_guitu_reading_fold (const char *syllable,
                     char folded[GUITU_SYLLABLE_SIZE])
{
  gsize length;

  g_strlcpy (folded, syllable, GUITU_SYLLABLE_SIZE);
  if (strchr ("zcs", folded[0]) != NULL && folded[1] == 'h')
    memmove (folded + 1, folded + 2, strlen (folded + 1));
  if ((folded[0] == 'n' || folded[0] == 'r') && folded[1] != '\0')
    folded[0] = 'l';
  fold_labial (folded);
  length = strlen (folded);
  if (length > 2 && folded[length - 1] == 'g' && folded[length - 2] == 'n')
    folded[length - 1] = '\0';
  if (folded[0] != '\0' && folded[1] == 'v')
    folded[1] = 'u';
}

gboolean
guitu_reading_confusable (const char *syllable,
                          const char *other)
{
  char ours[GUITU_SYLLABLE_SIZE], theirs[GUITU_SYLLABLE_SIZE];

  _guitu_reading_fold (syllable, ours);
  _guitu_reading_fold (other, theirs);
  return strcmp (ours, theirs) == 0;
}

guint
_guitu_reading_alike (const char *syllable,
                      const char **alike,
                      guint max)
{
  const Table *table = get_table ();
  guint n_alike = 0;

  for (guint i = 0; i < table->n_syllables && n_alike < max; i++)
    if (strcmp (table->sorted[i], syllable) != 0 && guitu_reading_confusable (table->sorted[i], syllable))
      alike[n_alike++] = table->sorted[i];
  return n_alike;
}
