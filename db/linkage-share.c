/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What likely pairs may teach. A row is one human being, however many others look like it: those who fit it equally
 * well share one pair among them. Without that, in lists of hundreds of thousands, the many who are alike by chance
 * outnumber those who are the same, and teach that the same are so different. */

#include "db/linkage-lists-private.h"

#include <math.h>

/** Odds by pattern, with what is known now. (transfer full) */
static double *
odds_of_patterns (const GuituLists *lists,
                  const GuituLinkagePatterns *patterns)
{
  guint n = guitu_linkage_patterns_length (patterns);
  double *odds = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    odds[i] = exp2 (MIN (guitu_linkage_score (lists->model, guitu_linkage_patterns_levels (patterns, i)) + guitu_linkage_prior (lists->model), 100));
  return odds;
}

GuituLinkagePatterns *
_guitu_lists_share (const GuituLists *lists,
                    const GuituLinkagePatterns *patterns,
                    const GArray *candidates)
{
  GuituLinkagePatterns *shared = guitu_linkage_patterns_new (lists->n_columns);
  g_autofree double *odds = odds_of_patterns (lists, patterns);
  g_autofree double *counts = g_new0 (double, guitu_linkage_patterns_length (patterns) + 1);
  g_autofree double *ours = g_new0 (double, lists->n_ours + 1);
  g_autofree double *theirs = g_new0 (double, lists->n_theirs + 1);

  for (guint i = 0; i < candidates->len; i++)
    {
      const GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);

      ours[candidate->ours] += odds[candidate->pattern];
      theirs[candidate->theirs] += odds[candidate->pattern];
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      const GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);
      double own = odds[candidate->pattern];
      double others = MAX (ours[candidate->ours] - own, 0) + MAX (theirs[candidate->theirs] - own, 0);

      counts[candidate->pattern] += (1 + own) / (1 + own + others);
    }
  for (guint i = 0; i < guitu_linkage_patterns_length (patterns); i++)
    guitu_linkage_patterns_add (shared, guitu_linkage_patterns_levels (patterns, i), counts[i]);
  return shared;
}
