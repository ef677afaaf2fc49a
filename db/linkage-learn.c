/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning the model without examples. Each round weighs all patterns with what is known, which
 * tells how probable it is that a pair of each is the same, and counts the levels anew with these
 * probabilities, until nothing moves any more (Dempster, Laird and Rubin 1977). */

#include "db/linkage-private.h"

#include <math.h>
#include <string.h>

#define MOVES_LESS 1e-5      /* of a share, or of the matches */
#define FEW_MET 1.0          /* among random pairs */
#define ROW_WEIGHT 20.0      /* for how many pairs of a parent's level counts what holds without it */
#define MATCHES_AT_LEAST 1.0 /* so that an empty start can find any */
#define RELATED_AT_LEAST 3.0 /* few relatives are none: rather pairs that are the same, with much that is wrong */
#define RELATED_PER_MATCH 0.01
/* Bits: before it is known how much a field says, and which ones say the same, no single one is believed more, lest
 * namesakes are taken for one person, and then teach that namesakes are one. */
#define MOST_AT_FIRST 6.0
#define NO_RELATED (-200.0) /* bits */
#define SURELY_DIFFERENT 0.999

typedef struct
{
  GuituLinkageTable counts[GUITU_LINKAGE_FIELDS]; /* [parent's level, 0: in all][level] */
  double total;
} Tally;

static void
count_pattern (const GuituLinkage *linkage,
               Tally *tally,
               const guint8 *levels,
               double count)
{
  tally->total += count;
  for (guint i = 0; i < linkage->n_fields; i++)
    {
      int parent = linkage->links[i].parent;

      if (levels[i] == 0)
        continue;
      tally->counts[i][0][levels[i]] += count;
      if (parent >= 0 && levels[parent] > 0)
        tally->counts[i][levels[parent]][levels[i]] += count;
    }
}

typedef enum
{
  SAME,
  RELATED,
  DIFFERENT,
} Class;

/* The score with no field saying more than @most bits for it. */
static double
score_up_to (const GuituLinkage *linkage,
             const guint8 *levels,
             double most)
{
  double score = 0;

  for (guint i = 0; i < linkage->n_fields; i++)
    score += MIN (guitu_linkage_weight (linkage, i, levels), most);
  return score;
}

/* How probable it is that pairs of this pattern are of a class. */
static double
share_of (const GuituLinkage *linkage,
          const guint8 *levels,
          double most,
          Class class)
{
  double same = exp2 (MIN (linkage->prior + score_up_to (linkage, levels, most), 500));
  double related = linkage->has_related ? exp2 (MIN (linkage->related_prior + _guitu_linkage_related_score (linkage, levels), 500)) : 0;

  return (class == SAME ? same : class == RELATED ? related
                                                  : 1) /
         (1 + same + related);
}

static void
tally_patterns (const GuituLinkage *linkage,
                const GuituLinkagePatterns *patterns,
                double most,
                Class class,
                Tally *tally)
{
  memset (tally, 0, sizeof *tally);
  for (guint i = 0; i < guitu_linkage_patterns_length (patterns); i++)
    {
      const guint8 *levels = guitu_linkage_patterns_levels (patterns, i);
      double count = guitu_linkage_patterns_count (patterns, i) * share_of (linkage, levels, most, class);

      if (count > 0)
        count_pattern (linkage, tally, levels, count);
    }
}

/* MAX would call a function twice. */
static double
greater (double a,
         double b)
{
  return MAX (a, b);
}

/* Shares of the levels, @counts with @prior as @weight further counts, and of what is expected but rarely at least
 * @few: that it was not met among so many does not make it rarer. Returns: how far the farthest moved. */
static double
estimate (double *shares,
          const double *counts,
          const double *prior,
          double weight,
          double few,
          guint n_levels)
{
  double further[GUITU_LINKAGE_LEVELS + 1];
  double n = 0, total, moved = 0;

  for (guint level = 1; level <= n_levels; level++)
    n += counts[level];
  total = n;
  for (guint level = 1; level <= n_levels; level++)
    {
      further[level] = greater (weight * prior[level], MIN (few, n * prior[level]));
      total += further[level];
    }
  for (guint level = 1; level <= n_levels && total > 0; level++)
    {
      double share = (counts[level] + further[level]) / total;

      moved = greater (moved, fabs (share - shares[level]));
      shares[level] = share;
    }
  return moved;
}

static double
estimate_table (GuituLinkageLink *link,
                GuituLinkageTable table,
                GuituLinkageTable counts,
                const double *given,
                double weight,
                double few)
{
  double moved = estimate (table[0], counts[0], given, weight, few, link->given.n_levels);

  for (guint row = 1; row <= GUITU_LINKAGE_LEVELS; row++)
    if (link->parent < 0)
      memcpy (table[row], table[0], sizeof table[row]);
    else
      moved = greater (moved, estimate (table[row], counts[row], table[0], ROW_WEIGHT, 0, link->given.n_levels));
  return moved;
}

static double
learn_different (GuituLinkage *linkage,
                 const GuituLinkagePatterns *random,
                 double weight,
                 double most,
                 Tally *tally)
{
  double moved = 0;

  tally_patterns (linkage, random, most, DIFFERENT, tally);
  for (guint i = 0; i < linkage->n_fields; i++)
    moved = greater (moved, estimate_table (&linkage->links[i], linkage->links[i].u, tally->counts[i], linkage->links[i].given.u, weight, FEW_MET));
  return moved;
}

static double
learn_same (GuituLinkage *linkage,
            const GuituLinkageLearning *learning,
            Tally *tally)
{
  double most = learning->most_matches > 0 ? learning->most_matches : learning->n_pairs;
  double before = linkage->prior, moved;

  linkage->prior = guitu_linkage_prior_bits (CLAMP (tally->total, MATCHES_AT_LEAST, MAX (most, MATCHES_AT_LEAST)), learning->n_pairs);
  moved = fabs (linkage->prior - before);
  for (guint i = 0; i < linkage->n_fields; i++)
    moved = greater (moved, estimate_table (&linkage->links[i], linkage->links[i].m, tally->counts[i], linkage->links[i].given.m, learning->m_weight, 0));
  return moved;
}

static double
learn_related (GuituLinkage *linkage,
               const GuituLinkageLearning *learning,
               double n_same,
               Tally *tally)
{
  double n = tally->total - RELATED_AT_LEAST - RELATED_PER_MATCH * n_same, moved;
  double before = linkage->related_prior;

  linkage->related_prior = n > 0 ? guitu_linkage_prior_bits (n, learning->n_pairs) : NO_RELATED;
  moved = fabs (linkage->related_prior - before);
  for (guint i = 0; i < linkage->n_fields; i++)
    if (!linkage->links[i].is_own)
      moved = greater (moved, estimate_table (&linkage->links[i], linkage->links[i].related, tally->counts[i], linkage->links[i].given.m, learning->m_weight, 0));
  return moved;
}

/* Both classes are counted with what was known before either moved. */
static double
learn_candidates (GuituLinkage *linkage,
                  const GuituLinkagePatterns *candidates,
                  const GuituLinkageLearning *learning,
                  GuituLinkageLearnt *learnt)
{
  g_autofree Tally *same = g_new (Tally, 1);
  g_autofree Tally *related = linkage->has_related ? g_new (Tally, 1) : NULL;
  double moved;

  tally_patterns (linkage, candidates, G_MAXDOUBLE, SAME, same);
  if (related != NULL)
    tally_patterns (linkage, candidates, G_MAXDOUBLE, RELATED, related);
  moved = learn_same (linkage, learning, same);
  if (related != NULL)
    moved = greater (moved, learn_related (linkage, learning, same->total, related));
  learnt->n_matches = same->total;
  return moved;
}

void
guitu_linkage_learn (GuituLinkage *linkage,
                     const GuituLinkagePatterns *candidates,
                     const GuituLinkagePatterns *random,
                     const GuituLinkageLearning *learning,
                     GuituLinkageLearnt *learnt)
{
  g_autofree Tally *tally = g_new (Tally, 1);
  double moved = 1;

  *learnt = (GuituLinkageLearnt){ 0 };
  while (learnt->rounds < learning->most_rounds && moved > MOVES_LESS)
    {
      moved = random == NULL ? 0 : learn_different (linkage, random, learning->u_weight, candidates == NULL ? MOST_AT_FIRST : G_MAXDOUBLE, tally);
      for (guint i = 0; i < linkage->n_fields; i++)
        _guitu_linkage_weigh (&linkage->links[i]);
      if (candidates != NULL)
        moved = greater (moved, learn_candidates (linkage, candidates, learning, learnt));
      for (guint i = 0; i < linkage->n_fields; i++)
        _guitu_linkage_weigh (&linkage->links[i]);
      learnt->rounds++;
    }
  learnt->converged = moved <= MOVES_LESS;
}

/* --- Parents ---------------------------------------------------------------------------------- */

/* How often two fields have which levels, among the same pairs. */
typedef struct
{
  GuituLinkageTable both;
  double of_a[GUITU_LINKAGE_LEVELS + 1];
  double of_b[GUITU_LINKAGE_LEVELS + 1];
  double total;
} Joint;

/* That both agree more often than by chance is also what the same looks like: as many pairs as may be the same say
 * nothing. Where fields hang together, far more agree in both. */
static void
leave_out_same (Joint *joint,
                guint n_levels_a,
                guint n_levels_b,
                double most_same)
{
  double left = most_same * joint->total;

  for (guint i = 1; i < n_levels_a; i++)
    for (guint k = 1; k < n_levels_b && left > 0; k++)
      {
        double taken = MIN (left, joint->both[i][k] - joint->of_a[i] * joint->of_b[k] / joint->total);

        if (taken <= 0)
          continue;
        joint->both[i][k] -= taken;
        joint->of_a[i] -= taken;
        joint->of_b[k] -= taken;
        joint->total -= taken;
        left -= taken;
      }
}

/* Bits that two fields know of each other, among pairs that are different. */
static double
mutual_information (const GuituLinkage *linkage,
                    const GuituLinkagePatterns *random,
                    const double *different,
                    double most_same,
                    guint a,
                    guint b)
{
  guint n_a = linkage->links[a].given.n_levels, n_b = linkage->links[b].given.n_levels;
  Joint joint = { 0 };
  double bits = 0;

  for (guint i = 0; i < guitu_linkage_patterns_length (random); i++)
    {
      const guint8 *levels = guitu_linkage_patterns_levels (random, i);

      if (levels[a] == 0 || levels[b] == 0)
        continue;
      joint.both[levels[a]][levels[b]] += different[i];
      joint.of_a[levels[a]] += different[i];
      joint.of_b[levels[b]] += different[i];
      joint.total += different[i];
    }
  leave_out_same (&joint, n_a, n_b, most_same);
  for (guint i = 1; i <= n_a; i++)
    for (guint k = 1; k <= n_b; k++)
      if (joint.both[i][k] > 0)
        bits += joint.both[i][k] / joint.total * log2 (joint.both[i][k] * joint.total / (joint.of_a[i] * joint.of_b[k]));
  /* by chance alone, about half a bit's count per free cell (Miller 1955) */
  return bits - (joint.total > 0 ? (n_a - 1) * (n_b - 1) / (2 * G_LN2 * joint.total) : 0);
}

typedef struct
{
  double bits[GUITU_LINKAGE_FIELDS][GUITU_LINKAGE_FIELDS];
  gboolean is_reached[GUITU_LINKAGE_FIELDS];
} Web;

/* The strongest edge from a field that has its place to one that has not (Prim). */
static gboolean
find_edge (const Web *web,
           guint n_fields,
           double least,
           guint *from,
           guint *to)
{
  double best = 0;

  for (guint a = 0; a < n_fields; a++)
    for (guint b = 0; web->is_reached[a] && b < n_fields; b++)
      if (!web->is_reached[b] && web->bits[a][b] >= least && web->bits[a][b] > best)
        {
          best = web->bits[a][b];
          *from = a;
          *to = b;
        }
  return best > 0;
}

/* How many pairs of each pattern are different. A learnt model knows which may be the same: few of these are left to
 * say that fields hang together, for those that it does not find would, and be found even less. (transfer full) */
static double *
count_different (const GuituLinkage *linkage,
                 const GuituLinkagePatterns *random,
                 gboolean is_learnt)
{
  guint n_patterns = guitu_linkage_patterns_length (random);
  double *different = g_new (double, n_patterns + 1);

  for (guint i = 0; i < n_patterns; i++)
    {
      double share = share_of (linkage, guitu_linkage_patterns_levels (random, i), is_learnt ? G_MAXDOUBLE : MOST_AT_FIRST, DIFFERENT);

      different[i] = is_learnt && share < SURELY_DIFFERENT ? 0 : share * guitu_linkage_patterns_count (random, i);
    }
  return different;
}

/* The trees in which each field hangs on the one with which it hangs together most. */
static void
grow_trees (Web *web,
            guint n_fields,
            double least,
            int *parents)
{
  for (guint root = 0; root < n_fields; root++)
    {
      guint from, to;

      if (web->is_reached[root])
        continue;
      web->is_reached[root] = TRUE;
      parents[root] = -1;
      while (find_edge (web, n_fields, least, &from, &to))
        {
          web->is_reached[to] = TRUE;
          parents[to] = from;
        }
    }
}

gboolean
guitu_linkage_find_parents (GuituLinkage *linkage,
                            const GuituLinkagePatterns *random,
                            double least,
                            double most_same,
                            gboolean is_learnt)
{
  g_autofree double *different = count_different (linkage, random, is_learnt);
  g_autofree Web *web = g_new0 (Web, 1);
  int parents[GUITU_LINKAGE_FIELDS];
  gboolean are_new = FALSE;

  for (guint a = 0; a < linkage->n_fields; a++)
    for (guint b = 0; b < a; b++)
      web->bits[a][b] = web->bits[b][a] = mutual_information (linkage, random, different, most_same, a, b);
  grow_trees (web, linkage->n_fields, least, parents);
  for (guint i = 0; i < linkage->n_fields; i++)
    are_new = are_new || parents[i] != linkage->links[i].parent;
  for (guint i = 0; are_new && i < linkage->n_fields; i++)
    guitu_linkage_set_parent (linkage, i, parents[i]);
  return are_new;
}
