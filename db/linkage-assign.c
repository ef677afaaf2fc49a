/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two lists without doubles of their own: each row has one partner at most, so that whatever speaks for
 * one partner speaks against the others. Whether the lists are like that shows in the pairs. */

#include "db/linkage-lists-private.h"

#include <math.h>

#define SURE 0.9          /* a partner that a row surely has */
#define MOST_DOUBLES 0.02 /* of the rows with a partner: those with a second one */

static double
odds_of (const GuituListPair *pair)
{
  return pair->probability / MAX (1 - pair->probability, 1e-15);
}

/* The share of the rows of a side, of those with a sure partner, that have a second one. */
static double
doubles (const GuituLists *lists,
         guint side)
{
  guint n_rows = side == 0 ? lists->n_ours : lists->n_theirs;
  g_autofree guint *partners = g_new0 (guint, n_rows + 1);
  guint n_one = 0, n_more = 0;

  for (guint i = 0; i < lists->pairs->len; i++)
    {
      const GuituListPair *pair = &g_array_index (lists->pairs, GuituListPair, i);

      if (pair->probability >= SURE)
        partners[side == 0 ? pair->ours : pair->theirs]++;
    }
  for (guint i = 0; i < n_rows; i++)
    {
      n_one += partners[i] > 0;
      n_more += partners[i] > 1;
    }
  return n_one == 0 ? 0 : (double) n_more / n_one;
}

void
_guitu_lists_assign (GuituLists *lists)
{
  g_autofree double *ours = NULL;
  g_autofree double *theirs = NULL;

  lists->figures.is_one_to_one = !lists->is_within && doubles (lists, 0) <= MOST_DOUBLES && doubles (lists, 1) <= MOST_DOUBLES;
  if (!lists->figures.is_one_to_one)
    return;
  ours = g_new0 (double, lists->n_ours + 1);
  theirs = g_new0 (double, lists->n_theirs + 1);
  for (guint i = 0; i < lists->pairs->len; i++)
    {
      const GuituListPair *pair = &g_array_index (lists->pairs, GuituListPair, i);

      ours[pair->ours] += odds_of (pair);
      theirs[pair->theirs] += odds_of (pair);
    }
  for (guint i = 0; i < lists->pairs->len; i++)
    {
      GuituListPair *pair = &g_array_index (lists->pairs, GuituListPair, i);
      double odds = odds_of (pair);

      pair->probability = odds / (1 + odds + MAX (ours[pair->ours] - odds, 0) + MAX (theirs[pair->theirs] - odds, 0));
    }
}
