/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lists have in common is found with sets of bits: no step of it depends on who is in which. */

#include "db/search-private.h"

#include <string.h>

void
_guitu_window_move (GuituWindow *window,
                    gint64 high,
                    guint size)
{
  for (guint i = 0; i < G_N_ELEMENTS (window->words); i++)
    if (window->words[i] != 0)
      {
        memset (window->bits + (gsize) 64 * i, 0, 64 * sizeof *window->bits);
        window->words[i] = 0;
      }
  window->high = high;
  window->size = size;
}

/** The first bit that is set from @position on, -1 where there is none before @end. */
static int
next_bit (const guint64 *bits,
          guint position,
          guint end)
{
  guint64 rest = position < end ? bits[position / 64] >> position % 64 << position % 64 : 0;

  for (; position < end; position = (position / 64 + 1) * 64, rest = position < end ? bits[position / 64] : 0)
    if (rest != 0)
      return (int) (position / 64 * 64) + __builtin_ctzll (rest);
  return -1;
}

gint64
_guitu_window_next (const GuituWindow *window,
                    gint64 row)
{
  guint first = row >= window->high ? 0 : (guint) MIN (window->high - row, window->size);
  guint n_words = window->size / 64;
  int bit = next_bit (window->bits, first, MIN (window->size, (first / 64 + 1) * 64));
  int word = bit >= 0 ? -1 : next_bit (window->words, first / 64 + 1, n_words);

  if (word >= 0)
    bit = next_bit (window->bits, (guint) word * 64, window->size);
  return bit < 0 ? 0 : window->high - bit;
}

guint
_guitu_window_keep (GuituWindow *window,
                    const GuituWindow *other)
{
  guint n_words = window->size / 64;
  guint count = 0;

  for (int word = next_bit (window->words, 0, n_words); word >= 0; word = next_bit (window->words, (guint) word + 1, n_words))
    {
      guint64 kept = window->bits[word] & other->bits[word];

      window->bits[word] = kept;
      if (kept != 0)
        count += (guint) __builtin_popcountll (kept);
      else
        window->words[word / 64] &= ~(G_GUINT64_CONSTANT (1) << word % 64);
    }
  return count;
}
