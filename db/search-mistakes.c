/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mistakes in pinyin: one letter too many, too few, wrong, or two neighbours swapped. Only spellings
 * that are made of syllables again come into question, so that a wrong letter has a few dozen
 * corrections and not hundreds. */

#include "db/reading-private.h"
#include "db/search-private.h"

#include <string.h>

#define LONGEST 32
#define SHORTEST 4
#define LONGEST_SYLLABLE (GUITU_SYLLABLE_SIZE - 2)
#define SPELLINGS_MAX 160

/** Whether one letter must be put in, taken out, replaced or swapped with its neighbour to make @b of @a. */
static gboolean
is_one_mistake (const char *a,
                gsize n_a,
                const char *b,
                gsize n_b)
{
  gsize head = 0;
  gsize tail = 0;

  while (head < n_a && head < n_b && a[head] == b[head])
    head++;
  while (tail < n_a - head && tail < n_b - head && a[n_a - 1 - tail] == b[n_b - 1 - tail])
    tail++;
  n_a -= head + tail;
  n_b -= head + tail;
  if (n_a == 2 && n_b == 2)
    return a[head] == b[head + 1] && a[head + 1] == b[head];
  return n_a <= 1 && n_b <= 1 && n_a + n_b > 0;
}

typedef struct
{
  const char *letters;
  gsize length;
  guint32 starts; /* bit i: syllables can end before letter i */
  guint32 ends;   /* bit i: the letters from i on are syllables */
  GHashTable *spellings;
} Corrector;

static void
find_limits (Corrector *corrector)
{
  corrector->starts = 1;
  for (gsize i = 0; i < corrector->length; i++)
    for (gsize n = 1; corrector->starts >> i & 1 && n <= LONGEST_SYLLABLE && i + n <= corrector->length; n++)
      if (_guitu_reading_is_syllable (corrector->letters + i, n))
        corrector->starts |= 1u << (i + n);
  corrector->ends = 1u << corrector->length;
  for (gsize i = corrector->length; i-- > 0;)
    for (gsize n = 1; n <= LONGEST_SYLLABLE && i + n <= corrector->length; n++)
      if (corrector->ends >> (i + n) & 1 && _guitu_reading_is_syllable (corrector->letters + i, n))
        corrector->ends |= 1u << i;
}

static void
add_spelling (Corrector *corrector,
              gsize from,
              gsize to,
              const char *instead)
{
  if (g_hash_table_size (corrector->spellings) < SPELLINGS_MAX)
    g_hash_table_add (corrector->spellings,
                      g_strdup_printf ("%.*s%s%s", (int) from, corrector->letters, instead, corrector->letters + to));
}

/** Puts every syllable that is one mistake away in place of the letters between @from and @to. */
static void
correct_between (Corrector *corrector,
                 gsize from,
                 gsize to)
{
  guint n_syllables;
  const char *const *syllables = _guitu_reading_syllables (&n_syllables);

  for (guint i = 0; i < n_syllables; i++)
    if (is_one_mistake (corrector->letters + from, to - from, syllables[i], strlen (syllables[i])))
      add_spelling (corrector, from, to, syllables[i]);
}

/** A letter of one syllable swapped with one of the next. */
static void
correct_swapped (Corrector *corrector)
{
  char swapped[LONGEST];

  for (gsize i = 0; i + 1 < corrector->length; i++)
    {
      Corrector other = { .letters = swapped, .length = corrector->length };

      if (corrector->letters[i] == corrector->letters[i + 1])
        continue;
      strcpy (swapped, corrector->letters);
      swapped[i] = corrector->letters[i + 1];
      swapped[i + 1] = corrector->letters[i];
      find_limits (&other);
      if (other.starts >> other.length & 1)
        g_hash_table_add (corrector->spellings, g_strdup (swapped));
    }
}

GHashTable *
_guitu_search_query_mistakes (GuituSearchQuery *query)
{
  Corrector corrector = { .letters = query->letters };

  if (query->mistakes != NULL)
    return query->mistakes;
  query->mistakes = corrector.spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  corrector.length = query->letters == NULL ? 0 : strlen (query->letters);
  if (corrector.length < SHORTEST || corrector.length >= LONGEST)
    return query->mistakes;
  find_limits (&corrector);
  correct_swapped (&corrector);
  for (gsize from = 0; from < corrector.length; from++)
    for (gsize to = from; corrector.starts >> from & 1 && to <= MIN (corrector.length, from + LONGEST_SYLLABLE + 1); to++)
      {
        if (!(corrector.ends >> to & 1))
          continue;
        correct_between (&corrector, from, to);
        if (to == from + 1)
          add_spelling (&corrector, from, to, "");
      }
  g_hash_table_remove (query->mistakes, query->letters);
  return query->mistakes;
}
