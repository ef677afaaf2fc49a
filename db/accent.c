/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An accent is a region, or a dialect with the regions where it is spoken (db/data/dialects.csv). */

#include "db/place-private.h"

#include "db/words-private.h"

#include <stdlib.h>
#include <string.h>

#define DIALECTS_MAX 96
#define REGIONS_MAX 28
#define LONGER_THAN_PLACE 6 /* bytes: 四川话, not 四川 */

typedef struct
{
  char *words;
  guint32 regions[REGIONS_MAX]; /* codes of six digits */
  guint n_regions;
} Dialect;

typedef struct
{
  char *text;
  Dialect dialects[DIALECTS_MAX];
  guint n_dialects;
} Dialects;

static void
read_dialect (char **cells,
              gpointer data)
{
  Dialects *dialects = data;
  Dialect *dialect = &dialects->dialects[dialects->n_dialects++];
  g_auto (GStrv) codes = g_strsplit (cells[1], " ", -1);

  g_assert (dialects->n_dialects <= DIALECTS_MAX);
  dialect->words = cells[0];
  for (guint i = 0; codes[i] != NULL && dialect->n_regions < REGIONS_MAX; i++)
    {
      guint32 code = strtoul (codes[i], NULL, 10);

      if (code > 0)
        dialect->regions[dialect->n_regions++] = code < 100 ? code * 10000 : code * 100;
    }
}

static const Dialects *
get_dialects (void)
{
  static Dialects *dialects;

  if (g_once_init_enter (&dialects))
    {
      Dialects *made = g_new0 (Dialects, 1);

      made->text = _guitu_words_read ("dialects.csv", 2, read_dialect, made);
      g_once_init_leave (&dialects, made);
    }
  return dialects;
}

/** The longest word of any dialect in @text that is longer than @longest bytes. Returns: the dialect, or -1. */
static int
find_dialect (const char *text,
              gsize longest)
{
  const Dialects *dialects = get_dialects ();
  int found = -1;

  for (guint i = 0; i < dialects->n_dialects; i++)
    for (const char *word = dialects->dialects[i].words; word != NULL; word = strchr (word, '|') == NULL ? NULL : strchr (word, '|') + 1)
      {
        gsize length = strcspn (word, "|");
        const char *at = text;

        while (length > longest && (at = strchr (at, word[0])) != NULL && strncmp (at, word, length) != 0)
          at++;
        if (length > longest && at != NULL)
          {
            longest = length;
            found = i;
          }
      }
  return found;
}

/* A dialect counts before the province in its name (重庆话 is spoken in 四川 too), and behind a county. */
guint
_guitu_accents_read (const char *text,
                     GuituPlaceId *accents,
                     guint max)
{
  guint n = _guitu_places_read (text, accents, max);
  int dialect = -1;

  if (n == 0 || (n == 1 && _guitu_place_number (accents[0]) % 10000 == 0))
    dialect = find_dialect (text, n == 0 ? 0 : LONGER_THAN_PLACE);
  if (dialect < 0 || max == 0)
    return n;
  if (get_dialects ()->dialects[dialect].n_regions == 0)
    return n;
  accents[0] = GUITU_FIRST_DIALECT + dialect;
  return 1;
}

static guint
list_regions (GuituPlaceId place,
              guint32 *own,
              const guint32 **regions)
{
  const Dialects *dialects = get_dialects ();

  *regions = own;
  if (place < GUITU_FIRST_DIALECT)
    {
      *own = _guitu_place_number (place);
      return *own != 0;
    }
  if (place - GUITU_FIRST_DIALECT >= (int) dialects->n_dialects)
    return 0;
  *regions = dialects->dialects[place - GUITU_FIRST_DIALECT].regions;
  return dialects->dialects[place - GUITU_FIRST_DIALECT].n_regions;
}

gboolean
_guitu_place_is_exact (GuituPlaceId place)
{
  const guint32 *regions;
  guint32 own;

  return list_regions (place, &own, &regions) > 0 && regions[0] % 10000 != 0;
}

GuituPlaceLevel
_guitu_places_compare (GuituPlaceId ours,
                       GuituPlaceId theirs)
{
  const guint32 *our_regions, *their_regions;
  guint32 our_own, their_own;
  guint n_ours = list_regions (ours, &our_own, &our_regions);
  guint n_theirs = list_regions (theirs, &their_own, &their_regions);
  GuituPlaceLevel best = GUITU_PLACE_OTHER;

  if (ours == theirs && n_ours > 0)
    return our_own % 100 != 0 && n_ours == 1 ? GUITU_PLACE_COUNTY : ours >= GUITU_FIRST_DIALECT || our_own % 10000 != 0 ? GUITU_PLACE_PREFECTURE
                                                                                                                        : GUITU_PLACE_PROVINCE;
  for (guint i = 0; i < n_ours; i++)
    for (guint k = 0; k < n_theirs; k++)
      best = MIN (best, _guitu_place_codes_compare (our_regions[i], their_regions[k]));
  if (best == GUITU_PLACE_PREFECTURE && ours >= GUITU_FIRST_DIALECT && theirs >= GUITU_FIRST_DIALECT)
    return GUITU_PLACE_PROVINCE;
  return best;
}
