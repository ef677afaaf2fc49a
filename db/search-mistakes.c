/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mistakes in pinyin: one letter too many, too few, wrong, or two neighbours swapped. A mistake is in
 * one syllable, or swaps letters of two. So all syllables but one are right: the keys of sounds that
 * have them lie next to each other, whatever the other one is, and many are in the same block. */

#include "db/reading-private.h"
#include "db/search-private.h"

#include <string.h>

#define LONGEST_SYLLABLE (GUITU_SYLLABLE_SIZE - 2)

gboolean
_guitu_search_is_one_mistake (const char *a,
                              gsize n_a,
                              const char *b,
                              gsize n_b)
{
  gsize head = 0;
  gsize tail = 0;

  if (MAX (n_a, n_b) - MIN (n_a, n_b) > 1)
    return FALSE;
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

/** Adds the keys of what is one mistake away between @from and @to. */
static void
add_between (const char *letters,
             gsize from,
             gsize to,
             GArray *keys)
{
  guint64 first = _guitu_search_sound_key (letters, strlen (letters), from, to);
  guint n_syllables;
  const char *const *syllables = _guitu_reading_syllables (&n_syllables);

  for (guint i = 0; i < n_syllables; i++)
    {
      guint64 key = first + i;

      if (_guitu_search_is_one_mistake (letters + from, to - from, syllables[i], strlen (syllables[i])))
        g_array_append_val (keys, key);
    }
}

/** Adds the keys of what it is when the letters at @position and after it, of two syllables, are swapped. */
static void
add_swapped (const char *letters,
             gsize position,
             GArray *keys)
{
  gsize length = strlen (letters);
  gsize limit = position + 1;
  char swapped[GUITU_LONGEST_SOUND + 1];
  guint32 before, after;

  if (letters[position] == letters[limit])
    return;
  strcpy (swapped, letters);
  swapped[position] = letters[limit];
  swapped[limit] = letters[position];
  _guitu_search_limits (swapped, length, &before, &after);
  if (!(after >> limit & 1))
    return;
  for (gsize from = limit - MIN (limit, LONGEST_SYLLABLE); from < limit; from++)
    {
      int number = before >> from & 1 ? _guitu_reading_syllable_number (swapped + from, limit - from) : -1;
      guint64 key = _guitu_search_sound_key (swapped, length, from, limit) + (guint) MAX (number, 0);

      if (number >= 0)
        g_array_append_val (keys, key);
    }
}

GArray *
_guitu_search_mistakes (GuituSearchLists *lists,
                        const char *letters)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  gsize length = strlen (letters);
  guint32 before, after;

  if (length < GUITU_SHORTEST_SOUND || length > GUITU_LONGEST_SOUND)
    return keys;
  _guitu_search_limits (letters, length, &before, &after);
  for (gsize from = 0; from <= length; from++)
    for (gsize to = from; before >> from & 1 && to <= MIN (length, from + LONGEST_SYLLABLE + 1); to++)
      if (after >> to & 1)
        add_between (letters, from, to, keys);
  for (gsize i = 0; i + 1 < length; i++)
    add_swapped (letters, i, keys);
  _guitu_search_lists_leave (lists, keys);
  return keys;
}
