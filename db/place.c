/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All names of regions lie in one table by their hash, whole and without what says the kind of region
 * (湘西土家族苗族自治州: 湘西); a second table, made when it is first needed, has their sounds. */

#include "db/place-private.h"

#include "db/words-private.h"

#include <stdlib.h>
#include <string.h>

#define N_SLOTS 65536
#define N_PLACES_MAX GUITU_FIRST_DIALECT
#define LONGEST_NAME 12 /* characters */
#define NAMES_IN_TEXT 16
#define LIKE_NAMED 12 /* regions of one name */

typedef struct
{
  const char *text;
  guint16 length; /* bytes */
  guint16 next;   /* the next name with this hash, 0 ends */
  GuituPlaceId place;
} Name;

typedef struct
{
  char *text; /* holds all codes and names */
  guint32 codes[N_PLACES_MAX];
  const char *texts[N_PLACES_MAX];
  gboolean is_current[N_PLACES_MAX];
  guint n_places;
  Name names[3 * N_PLACES_MAX];
  guint n_names;
  guint16 slots[N_SLOTS];
  guint64 neighbours[100]; /* by province, a bit per province (- 11) … */
} Places;

static guint32
hash_bytes (const char *text,
            gsize length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * 16777619u;
  return hash ^ (hash >> 16);
}

static void
add_name (Places *places,
          const char *text,
          gsize length,
          GuituPlaceId place)
{
  guint16 *slot = &places->slots[hash_bytes (text, length) % N_SLOTS];

  if (length < 6 || places->n_names + 1 >= G_N_ELEMENTS (places->names))
    return;
  places->names[++places->n_names] = (Name){ text, length, *slot, place };
  *slot = places->n_names;
}

/** Where the name of a people begins in the name of an autonomous region, or its end. */
static gsize
length_without_peoples (const char *name,
                        gsize length)
{
  static const char *const peoples[] = {
    "壮族",
    "回族",
    "维吾尔",
    "藏族",
    "羌族",
    "苗族",
    "侗族",
    "土家族",
    "布依族",
    "彝族",
    "哈尼族",
    "傣族",
    "白族",
    "景颇族",
    "傈僳族",
    "蒙古族",
    "蒙古",
    "哈萨克",
    "柯尔克孜",
    "朝鲜族",
    "满族",
    "瑶族",
    "黎族",
    "畲族",
    "仡佬族",
    "水族",
    "毛南族",
    "仫佬族",
    "纳西族",
    "佤族",
    "拉祜族",
    "布朗族",
    "独龙族",
    "怒族",
    "普米族",
    "锡伯",
    "达斡尔族",
    "鄂温克族",
    "鄂伦春",
    "裕固族",
    "保安族",
    "东乡族",
    "撒拉族",
    "土族",
    "塔吉克",
    "各族",
    "布朗族",
    "壮",
    "京族",
  };
  gsize shortest = length;

  for (guint i = 0; i < G_N_ELEMENTS (peoples); i++)
    {
      const char *at = g_strstr_len (name, length, peoples[i]);

      if (at != NULL && at - name >= 6 && (gsize) (at - name) < shortest)
        shortest = at - name;
    }
  return shortest;
}

/** The length of @name without what says its kind. */
static gsize
short_length (const char *name)
{
  static const char *const kinds[] = {
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "矿区",
    "新区",
    "省",
    "市",
    "区",
    "县",
    "盟",
    "旗",
  };
  gsize length = strlen (name);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (name, kinds[i]))
      {
        gsize rest = length - strlen (kinds[i]);

        return i < 5 ? length_without_peoples (name, rest) : rest;
      }
  return length;
}

static void
read_region (char **cells,
             gpointer data)
{
  Places *places = data;
  GuituPlaceId place = ++places->n_places;
  gsize length = strlen (cells[1]), brief;

  places->codes[place] = strtoul (cells[0], NULL, 10);
  places->texts[place] = cells[0];
  places->is_current[place] = strcmp (cells[2], "current") == 0;
  if (strcmp (cells[1], "市辖区") == 0 || strstr (cells[1], "直辖") != NULL || length < 6)
    return;
  brief = short_length (cells[1]);
  add_name (places, cells[1], length, place);
  if (brief < length)
    add_name (places, cells[1], brief, place);
}

static void
read_neighbours (char **cells,
                 gpointer data)
{
  Places *places = data;
  g_auto (GStrv) words = g_strsplit (cells[1], " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    places->neighbours[atoi (cells[0]) % 100] |= G_GUINT64_CONSTANT (1) << (atoi (words[i]) - 11) % 64;
}

static const Places *
get_places (void)
{
  static Places *places;

  if (g_once_init_enter (&places))
    {
      Places *made = g_new0 (Places, 1);

      made->text = _guitu_words_read ("regions.csv", 3, read_region, made);
      g_free (_guitu_words_read ("neighbours.csv", 2, read_neighbours, made));
      g_once_init_leave (&places, made);
    }
  return places;
}

const char *
_guitu_place_code (GuituPlaceId place)
{
  const Places *places = get_places ();

  return place == 0 || place > places->n_places ? NULL : places->texts[place];
}

static int
compare_codes (const void *code,
               const void *other)
{
  guint32 a = *(const guint32 *) code;
  guint32 b = *(const guint32 *) other;

  return (a > b) - (a < b);
}

static GuituPlaceId
find_code (guint32 code)
{
  const Places *places = get_places ();
  const guint32 *found = bsearch (&code, places->codes + 1, places->n_places, sizeof code, compare_codes);

  return found == NULL ? GUITU_PLACE_NONE : found - places->codes;
}

GuituPlaceId
_guitu_place_of_code (const char *code)
{
  guint32 number = 0;
  GuituPlaceId place;

  for (guint i = 0; i < 6; i++)
    if (!g_ascii_isdigit (code[i]))
      return GUITU_PLACE_NONE;
    else
      number = number * 10 + (code[i] - '0');
  place = find_code (number);
  if (place == GUITU_PLACE_NONE)
    place = find_code (number / 100 * 100);
  return place == GUITU_PLACE_NONE ? find_code (number / 10000 * 10000) : place;
}

/* --- Comparing ------------------------------------------------------------------------------------- */

static gboolean
are_neighbours (guint province,
                guint other)
{
  return province >= 11 && province < 100 && other >= 11 && ((get_places ()->neighbours[province] >> ((other - 11) % 64)) & 1);
}

GuituPlaceLevel
_guitu_place_codes_compare (guint32 ours,
                            guint32 theirs)
{
  if (ours / 10000 != theirs / 10000)
    return are_neighbours (ours / 10000, theirs / 10000) ? GUITU_PLACE_NEIGHBOUR : GUITU_PLACE_OTHER;
  if (ours / 100 % 100 == 0 || theirs / 100 % 100 == 0 || ours / 100 != theirs / 100)
    return GUITU_PLACE_PROVINCE;
  return ours % 100 != 0 && ours == theirs ? GUITU_PLACE_COUNTY : GUITU_PLACE_PREFECTURE;
}

guint32
_guitu_place_number (GuituPlaceId place)
{
  const Places *places = get_places ();

  return place == 0 || place > places->n_places ? 0 : places->codes[place];
}

/* --- Names in a text --------------------------------------------------------------------------------- */

typedef struct
{
  GuituPlaceId places[LIKE_NAMED];
  guint n_places;
} Named;

static void
add_like_named (Named *named,
                GuituPlaceId place)
{
  if (named->n_places < LIKE_NAMED)
    named->places[named->n_places++] = place;
}

static void
look_up (const Places *places,
         const char *text,
         gsize length,
         Named *named)
{
  named->n_places = 0;
  for (guint i = places->slots[hash_bytes (text, length) % N_SLOTS]; i != 0; i = places->names[i].next)
    if (places->names[i].length == length && memcmp (places->names[i].text, text, length) == 0)
      add_like_named (named, places->names[i].place);
}

/** The longest name at @text. Returns: its length, 0 when there is none. */
static gsize
longest_name (const Places *places,
              const char *text,
              Named *named)
{
  const char *ends[LONGEST_NAME + 1];
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < LONGEST_NAME; p = g_utf8_next_char (p))
    {
      if ((guint8) *p < 0x80)
        break;
      ends[n++] = g_utf8_next_char (p);
    }
  for (; n >= 2; n--)
    {
      look_up (places, text, ends[n - 1] - text, named);
      if (named->n_places > 0)
        return ends[n - 1] - text;
    }
  return 0;
}

static gboolean
lies_in (guint32 inner,
         guint32 outer)
{
  return outer % 10000 == 0 ? inner / 10000 == outer / 10000 : outer % 100 == 0 && inner / 100 == outer / 100;
}

/** Of regions of one name, those that fit another name in the text; else those of today, the greater first. */
static GuituPlaceId
choose (const Places *places,
        const Named *all,
        guint n_all,
        guint which)
{
  const Named *named = &all[which];
  GuituPlaceId best = GUITU_PLACE_NONE;
  int best_merit = -1;
  gboolean is_tied = FALSE;

  for (guint i = 0; i < named->n_places; i++)
    {
      guint32 code = places->codes[named->places[i]];
      int merit = (places->is_current[named->places[i]] ? 1 : 0) + (code % 10000 == 0 ? 6 : code % 100 == 0 ? 4
                                                                                                            : 0);

      for (guint k = 0; k < n_all; k++)
        for (guint j = 0; k != which && j < all[k].n_places; j++)
          if (lies_in (code, places->codes[all[k].places[j]]))
            {
              merit += 10;
              break;
            }
      is_tied = merit == best_merit || (is_tied && merit < best_merit);
      if (merit > best_merit)
        {
          best_merit = merit;
          best = named->places[i];
          is_tied = FALSE;
        }
    }
  return is_tied ? GUITU_PLACE_NONE : best; /* 城关区 alone may be anywhere */
}

/** Without regions in which another one lies, and each once. */
static guint
keep_most_exact (const Places *places,
                 GuituPlaceId *found,
                 guint n_found)
{
  guint n_kept = 0;

  for (guint i = 0; i < n_found; i++)
    {
      gboolean is_covered = FALSE;

      for (guint k = 0; k < n_found; k++)
        if (k != i && (found[k] == found[i] ? k < i : lies_in (places->codes[found[k]], places->codes[found[i]])))
          is_covered = TRUE;
      if (!is_covered)
        found[n_kept++] = found[i];
    }
  return n_kept;
}

static guint
choose_all (const Places *places,
            const Named *names,
            guint n_names,
            GuituPlaceId *found,
            guint max)
{
  GuituPlaceId chosen[NAMES_IN_TEXT];
  guint n_chosen = 0;

  for (guint i = 0; i < n_names; i++)
    {
      GuituPlaceId place = choose (places, names, n_names, i);

      if (place != GUITU_PLACE_NONE)
        chosen[n_chosen++] = place;
    }
  n_chosen = MIN (keep_most_exact (places, chosen, n_chosen), max);
  memcpy (found, chosen, n_chosen * sizeof *found);
  return n_chosen;
}

guint
_guitu_places_read (const char *text,
                    GuituPlaceId *found,
                    guint max)
{
  const Places *places = get_places ();
  Named names[NAMES_IN_TEXT];
  guint n_names = 0;

  for (const char *p = text; *p != '\0' && n_names < NAMES_IN_TEXT;)
    {
      gsize length = (guint8) *p < 0xe3 ? 0 : longest_name (places, p, &names[n_names]);

      n_names += length > 0;
      p = length > 0 ? p + length : g_utf8_next_char (p);
    }
  return choose_all (places, names, n_names, found, max);
}

/* --- By sound ---------------------------------------------------------------------------------------- */

typedef struct
{
  guint16 slots[N_SLOTS];
  guint16 next[3 * N_PLACES_MAX];
  guint32 hashes[3 * N_PLACES_MAX];
} Sounds;

static guint32
hash_sounds (const GuituUnitId *units,
             guint n_units)
{
  guint32 hash = 2166136261u;

  for (guint i = 0; i < n_units; i++)
    hash = (hash ^ _guitu_unit_sound_key (units[i])) * 16777619u;
  return hash ^ (hash >> 15);
}

static const Sounds *
get_sounds (void)
{
  static Sounds *sounds;
  const Places *places = get_places ();

  if (g_once_init_enter (&sounds))
    {
      Sounds *made = g_new0 (Sounds, 1);

      for (guint i = 1; i <= places->n_names; i++)
        {
          const Name *name = &places->names[i];
          GuituUnitId units[LONGEST_NAME];
          guint n_units = 0;
          guint16 *slot;

          for (const char *p = name->text; p < name->text + name->length && n_units < LONGEST_NAME; p = g_utf8_next_char (p))
            units[n_units++] = _guitu_unit_of_han (g_utf8_get_char (p));
          made->hashes[i] = hash_sounds (units, n_units);
          slot = &made->slots[made->hashes[i] % N_SLOTS];
          made->next[i] = *slot;
          *slot = i;
        }
      g_once_init_leave (&sounds, made);
    }
  return sounds;
}

guint
_guitu_places_heard (const GuituUnitId *units,
                     guint n_units,
                     GuituPlaceId *found,
                     guint max)
{
  const Places *places = get_places ();
  const Sounds *sounds = get_sounds ();
  Named names[NAMES_IN_TEXT];
  guint n_names = 0;

  for (guint at = 0; at + 1 < n_units && n_names < NAMES_IN_TEXT;)
    {
      guint length = MIN (n_units - at, LONGEST_NAME);

      for (; length >= 2; length--)
        {
          guint32 hash = hash_sounds (units + at, length);

          names[n_names].n_places = 0;
          for (guint i = sounds->slots[hash % N_SLOTS]; i != 0; i = sounds->next[i])
            if (sounds->hashes[i] == hash)
              add_like_named (&names[n_names], places->names[i].place);
          if (names[n_names].n_places > 0)
            break;
        }
      n_names += length >= 2;
      at += length >= 2 ? length : 1;
    }
  return choose_all (places, names, n_names, found, max);
}
