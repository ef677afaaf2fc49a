/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Syllables are numbers here, and each number belongs to a group of those that dialects mix up, so that
 * every name of a region is laid beside every part of what was said without comparing text. */

#include "app/place-guess.h"

#include "app/codes.h"
#include "app/demo-private.h"
#include "app/regions.h"
#include "db/reading.h"

#include <string.h>

#define MOST_READINGS 4
#define LONGEST_STEM 8
#define LONGEST_WORDS 400 /* syllables of one statement that are looked at */
#define LONGEST_SYLLABLE 6

typedef struct
{
  guint n; /* readings */
  guint16 readings[MOST_READINGS];
  gunichar character; /* 0 of pinyin */
} Syllable;

typedef struct
{
  const GuituRegion *region;
  guint n;
  Syllable syllables[LONGEST_STEM];
} Place;

typedef struct
{
  GHashTable *numbers; /* syllable -> number + 1 */
  GPtrArray *texts;    /* by number */
  GArray *groups;      /* number of the first syllable that each is confused with */
  GArray *places;
} Table;

void
guitu_place_guess_free (GuituPlaceGuess *guess)
{
  g_free (guess->part);
  g_free (guess->name);
  g_free (guess);
}

/* --- Syllables ------------------------------------------------------------------------------- */

static guint16
number_of (Table *table,
           const char *syllable)
{
  gpointer known = g_hash_table_lookup (table->numbers, syllable);
  guint16 number = table->texts->len;
  guint16 group = number;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  for (guint i = 0; i < number && group == number; i++)
    if (guitu_reading_confusable (table->texts->pdata[i], syllable))
      group = g_array_index (table->groups, guint16, i);
  g_ptr_array_add (table->texts, (gpointer) syllable);
  g_array_append_val (table->groups, group);
  g_hash_table_insert (table->numbers, (gpointer) syllable, GUINT_TO_POINTER (number + 1u));
  return number;
}

/* FALSE for what is no Han character. All syllables come from here while the table is made; later ones that it does not have match nothing. */
static gboolean
read_character (Table *table,
                gboolean may_add,
                gunichar character,
                gboolean as_surname,
                Syllable *syllable)
{
  const char *const *readings = guitu_reading_find (guitu_reading_simplify (character), as_surname);

  *syllable = (Syllable){ .character = guitu_reading_simplify (character) };
  for (guint i = 0; readings[i] != NULL && syllable->n < MOST_READINGS; i++)
    if (may_add || g_hash_table_contains (table->numbers, readings[i]))
      syllable->readings[syllable->n++] = number_of (table, readings[i]);
  return readings[0] != NULL;
}

/* The length of what tells the region from others: 恩施 of 恩施土家族苗族自治州; the whole of 赵县. */
static gsize
stem_length (const char *name)
{
  static const char *const endings[] = { "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "省", "市", "区", "县", "旗", "盟", "州" };
  const GuituCode *const *nations = guitu_codes_list ("nation", NULL);
  const gsize least = strlen ("恩施");
  gsize length = strlen (name);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]) && length - strlen (endings[i]) >= least)
      {
        length -= strlen (endings[i]);
        break;
      }
  for (guint i = 0; nations[i] != NULL; i++)
    {
      const char *nation = strstr (name, nations[i]->chinese);

      if (nation != NULL && (gsize) (nation - name) >= least && (gsize) (nation - name) < length)
        length = nation - name;
    }
  return length;
}

static void
add_place (Table *table,
           const GuituRegion *region)
{
  Place place = { .region = region };
  const char *end = region->name + stem_length (region->name);

  for (const char *at = region->name; at < end; at = g_utf8_next_char (at))
    if (place.n == LONGEST_STEM || !read_character (table, TRUE, g_utf8_get_char (at), FALSE, &place.syllables[place.n++]))
      return;
  if (place.n >= 2 && !g_str_equal (region->name, "市辖区"))
    g_array_append_val (table->places, place);
}

static gpointer
make_table (gpointer data)
{
  Table *table = g_new0 (Table, 1);
  const char *const *surnames = _guitu_demo_surnames ();
  guint n;
  const GuituRegion *regions = guitu_regions_list (&n);
  Syllable syllable;

  table->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  table->texts = g_ptr_array_new ();
  table->groups = g_array_new (FALSE, FALSE, sizeof (guint16));
  table->places = g_array_new (FALSE, FALSE, sizeof (Place));
  for (guint i = 0; i < n; i++)
    add_place (table, &regions[i]);
  for (guint i = 0; surnames[i] != NULL; i++)
    for (const char *at = surnames[i]; *at != '\0'; at = g_utf8_next_char (at))
      read_character (table, TRUE, g_utf8_get_char (at), TRUE, &syllable);
  return table;
}

/* Read only once it is made. */
static Table *
get_table (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_table, NULL);
}

/* --- What was said --------------------------------------------------------------------------- */

/* Letters, run together or not, as syllables: the longest that leaves something to read of the rest. */
static gboolean
split_letters (Table *table,
               const char *letters,
               GArray *syllables)
{
  guint before = syllables->len;

  if (*letters == '\0')
    return TRUE;
  for (gsize length = MIN (strlen (letters), LONGEST_SYLLABLE); length > 0; length--)
    {
      g_autofree char *text = g_strndup (letters, length);
      gpointer number = g_hash_table_lookup (table->numbers, text);
      Syllable syllable = { .n = 1 };

      if (number == NULL)
        continue;
      syllable.readings[0] = GPOINTER_TO_UINT (number) - 1;
      g_array_append_val (syllables, syllable);
      if (split_letters (table, letters + length, syllables))
        return TRUE;
      g_array_set_size (syllables, before);
    }
  return FALSE;
}

/* Han characters and runs of letters; a gap, which nothing matches, stands for all between them. */
static GArray *
read_words (Table *table,
            const char *text,
            gboolean as_surname)
{
  GArray *syllables = g_array_new (FALSE, FALSE, sizeof (Syllable));
  g_autoptr (GString) letters = g_string_new (NULL);
  const Syllable gap = { 0 };

  for (const char *at = text; at != NULL && syllables->len < LONGEST_WORDS; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      Syllable syllable;

      if (g_ascii_isalpha (*at))
        {
          g_string_append_c (letters, g_ascii_tolower (*at));
          continue;
        }
      if (letters->len > 0 && !split_letters (table, letters->str, syllables))
        g_array_append_val (syllables, gap);
      g_string_truncate (letters, 0);
      if (*at == '\0')
        break;
      if (read_character (table, FALSE, character, as_surname && syllables->len == 0, &syllable))
        g_array_append_val (syllables, syllable);
      else if (!g_unichar_isspace (character) && !g_ascii_isdigit (*at) && character != '\'')
        g_array_append_val (syllables, gap);
    }
  return syllables;
}

/* --- Comparing ------------------------------------------------------------------------------- */

/* 0: the same sound, 1: the same in some dialects, 2: another. */
static guint
difference (const Table *table,
            const Syllable *one,
            const Syllable *other)
{
  guint least = 2;

  if (one->character != 0 && one->character == other->character)
    return 0;
  for (guint i = 0; i < one->n; i++)
    for (guint j = 0; j < other->n; j++)
      if (one->readings[i] == other->readings[j])
        return 0;
      else if (g_array_index (table->groups, guint16, one->readings[i]) == g_array_index (table->groups, guint16, other->readings[j]))
        least = 1;
  return least;
}

static gboolean
is_at (const Table *table,
       const Place *place,
       const Syllable *said,
       GuituPlaceGuess *guess)
{
  guess->n_alike = 0;
  guess->is_written = TRUE;
  for (guint i = 0; i < place->n; i++)
    {
      guint differs = difference (table, &place->syllables[i], &said[i]);

      if (differs == 2)
        return FALSE;
      guess->n_alike += differs;
      guess->is_written &= place->syllables[i].character == said[i].character;
    }
  return guess->n_alike < place->n || place->n > 2; /* of two syllables, one at least is heard right */
}

static char *
part_of (const Table *table,
         const Syllable *said,
         guint n)
{
  GString *part = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (said[i].character != 0)
      g_string_append_unichar (part, said[i].character);
    else
      g_string_append_printf (part, "%s%s", part->len > 0 ? " " : "", (const char *) table->texts->pdata[said[i].readings[0]]);
  return g_string_free (part, FALSE);
}

/* An older code or kind of the same place tells nothing new. */
static gboolean
has_guess (GPtrArray *guesses,
           const GuituPlaceGuess *guess)
{
  for (guint i = 0; i < guesses->len; i++)
    {
      const GuituPlaceGuess *other = guesses->pdata[i];
      gboolean is_same_part = strcmp (other->part, guess->part) == 0 && strncmp (other->code, guess->code, 2) == 0;

      if (strcmp (other->name, guess->name) == 0 || (is_same_part && other->n_alike == guess->n_alike && !guess->is_current))
        return TRUE;
    }
  return FALSE;
}

static void
add_guesses (const Table *table,
             GArray *said,
             GPtrArray *guesses)
{
  for (guint i = 0; i < table->places->len; i++)
    {
      const Place *place = &g_array_index (table->places, Place, i);

      for (guint at = 0; at + place->n <= said->len; at++)
        {
          const Syllable *part = &g_array_index (said, Syllable, at);
          GuituPlaceGuess guess = { .code = place->region->code, .is_current = place->region->is_current };

          if (!is_at (table, place, part, &guess))
            continue;
          guess.part = part_of (table, part, place->n);
          guess.name = guitu_regions_full_name (place->region->code);
          g_ptr_array_add (guesses, g_memdup2 (&guess, sizeof guess));
          break;
        }
    }
}

static int
compare_guesses (gconstpointer a,
                 gconstpointer b)
{
  const GuituPlaceGuess *one = *(GuituPlaceGuess *const *) a;
  const GuituPlaceGuess *two = *(GuituPlaceGuess *const *) b;

  if (one->is_written != two->is_written)
    return one->is_written ? -1 : 1;
  if (one->n_alike != two->n_alike)
    return one->n_alike < two->n_alike ? -1 : 1;
  if (strlen (one->part) != strlen (two->part)) /* more syllables agree by chance more rarely */
    return strlen (one->part) > strlen (two->part) ? -1 : 1;
  if (one->is_current != two->is_current)
    return one->is_current ? -1 : 1;
  return strcmp (one->code, two->code);
}

GPtrArray *
guitu_place_guesses (const char *text,
                     const char *sound,
                     guint limit)
{
  Table *table = get_table ();
  g_autoptr (GArray) written = read_words (table, text, FALSE);
  g_autoptr (GArray) heard = read_words (table, sound, FALSE);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_place_guess_free);
  GPtrArray *guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_place_guess_free);

  add_guesses (table, written, found);
  add_guesses (table, heard, found);
  g_ptr_array_sort (found, compare_guesses);
  while (found->len > 0 && guesses->len < limit)
    {
      GuituPlaceGuess *guess = g_ptr_array_steal_index (found, 0);

      if (has_guess (guesses, guess))
        guitu_place_guess_free (guess);
      else
        g_ptr_array_add (guesses, guess);
    }
  return guesses;
}

/* --- Surnames -------------------------------------------------------------------------------- */

#define OTHER_SURNAME 5 /* worse than any that is told */

/* How near a surname is to what was said: 0 written so, 2 of the same sound (1 and 3 where it is one syllable), 4 the same in some dialects. */
static guint
surname_distance (Table *table,
                  const char *surname,
                  GArray *said)
{
  guint greatest = 0;
  gboolean is_written = TRUE;
  guint at = 0;

  for (const char *character = surname; *character != '\0'; character = g_utf8_next_char (character), at++)
    {
      const Syllable *part = at < said->len ? &g_array_index (said, Syllable, at) : NULL;
      Syllable syllable;

      if (part == NULL)
        return OTHER_SURNAME;
      read_character (table, FALSE, g_utf8_get_char (character), at == 0, &syllable);
      greatest = MAX (greatest, difference (table, &syllable, part));
      is_written &= syllable.character == part->character;
    }
  if (greatest > 0)
    return greatest == 1 ? 4 : OTHER_SURNAME;
  return (is_written ? 0 : 2) + (at == 1 ? 1 : 0);
}

GPtrArray *
guitu_surname_guesses (const char *name,
                       const char *sound,
                       guint limit)
{
  Table *table = get_table ();
  const char *const *surnames = _guitu_demo_surnames ();
  g_autoptr (GArray) written = read_words (table, name, TRUE);
  g_autoptr (GArray) heard = read_words (table, sound, FALSE);
  GPtrArray *guesses = g_ptr_array_new ();

  for (guint wanted = 0; wanted < OTHER_SURNAME; wanted++)
    for (guint i = 0; surnames[i] != NULL && guesses->len < limit; i++)
      if (MIN (surname_distance (table, surnames[i], written), surname_distance (table, surnames[i], heard)) == wanted)
        g_ptr_array_add (guesses, (gpointer) surnames[i]);
  return guesses;
}
