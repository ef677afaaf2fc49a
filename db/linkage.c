/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/linkage-private.h"

#include <math.h>
#include <string.h>

#define LEAST_SHARE 1e-12

void
_guitu_linkage_weigh (GuituLinkageLink *link)
{
  for (guint row = 0; row <= GUITU_LINKAGE_LEVELS; row++)
    for (guint level = 1; level <= link->given.n_levels; level++)
      {
        double u = MAX (link->u[row][level], LEAST_SHARE);

        link->bits[row][level] = log2 (MAX (link->m[row][level], LEAST_SHARE) / u);
        link->related_bits[row][level] = link->is_own ? 0 : log2 (MAX (link->related[row][level], LEAST_SHARE) / u);
      }
}

/* What holds whatever the parent says holds for each of its levels. */
static void
fill_rows (GuituLinkageTable table)
{
  for (guint row = 1; row <= GUITU_LINKAGE_LEVELS; row++)
    memcpy (table[row], table[0], sizeof table[row]);
}

GuituLinkage *
guitu_linkage_new (const GuituLinkageField *fields,
                   guint n_fields)
{
  GuituLinkage *linkage = g_new0 (GuituLinkage, 1);

  g_assert (n_fields <= GUITU_LINKAGE_FIELDS);
  linkage->n_fields = n_fields;
  for (guint i = 0; i < n_fields; i++)
    {
      GuituLinkageLink *link = &linkage->links[i];

      g_assert (fields[i].n_levels >= 1 && fields[i].n_levels <= GUITU_LINKAGE_LEVELS);
      link->given = fields[i];
      link->parent = -1;
      guitu_linkage_set (linkage, i, fields[i].m, fields[i].u);
    }
  return linkage;
}

void
guitu_linkage_free (GuituLinkage *linkage)
{
  g_free (linkage);
}

guint
guitu_linkage_n_fields (const GuituLinkage *linkage)
{
  return linkage->n_fields;
}

const char *
guitu_linkage_field_name (const GuituLinkage *linkage,
                          guint field)
{
  return linkage->links[field].given.name;
}

double
guitu_linkage_m (const GuituLinkage *linkage,
                 guint field,
                 guint level)
{
  return linkage->links[field].m[0][level];
}

double
guitu_linkage_u (const GuituLinkage *linkage,
                 guint field,
                 guint level)
{
  return linkage->links[field].u[0][level];
}

int
guitu_linkage_parent (const GuituLinkage *linkage,
                      guint field)
{
  return linkage->links[field].parent;
}

void
guitu_linkage_set_parent (GuituLinkage *linkage,
                          guint field,
                          int parent)
{
  GuituLinkageLink *link = &linkage->links[field];

  link->parent = parent;
  fill_rows (link->m);
  fill_rows (link->u);
  fill_rows (link->related);
  _guitu_linkage_weigh (link);
}

void
guitu_linkage_set (GuituLinkage *linkage,
                   guint field,
                   const double *m,
                   const double *u)
{
  GuituLinkageLink *link = &linkage->links[field];

  g_assert (link->parent < 0);
  memcpy (link->m[0], m, (link->given.n_levels + 1) * sizeof *m);
  memcpy (link->u[0], u, (link->given.n_levels + 1) * sizeof *u);
  fill_rows (link->m);
  fill_rows (link->u);
  _guitu_linkage_weigh (link);
}

/* --- Weighing --------------------------------------------------------------------------------- */

double
guitu_linkage_weight (const GuituLinkage *linkage,
                      guint field,
                      const guint8 *levels)
{
  const GuituLinkageLink *link = &linkage->links[field];

  return levels[field] == 0 ? 0 : link->bits[link->parent < 0 ? 0 : levels[link->parent]][levels[field]];
}

void
guitu_linkage_expect_related (GuituLinkage *linkage,
                              const gboolean *own)
{
  linkage->has_related = TRUE;
  linkage->related_prior = linkage->prior;
  for (guint i = 0; i < linkage->n_fields; i++)
    {
      GuituLinkageLink *link = &linkage->links[i];

      link->is_own = own[i];
      memcpy (link->related, link->m, sizeof link->related);
      _guitu_linkage_weigh (link);
    }
}

double
_guitu_linkage_related_score (const GuituLinkage *linkage,
                              const guint8 *levels)
{
  double score = 0;

  for (guint i = 0; i < linkage->n_fields; i++)
    {
      const GuituLinkageLink *link = &linkage->links[i];

      if (levels[i] > 0)
        score += link->related_bits[link->parent < 0 ? 0 : levels[link->parent]][levels[i]];
    }
  return score;
}

double
guitu_linkage_doubt (const GuituLinkage *linkage,
                     const guint8 *levels,
                     double rarity)
{
  double bits;

  if (!linkage->has_related)
    return 0;
  bits = linkage->related_prior + _guitu_linkage_related_score (linkage, levels) + rarity;
  return bits > 50 ? bits : log2 (1 + exp2 (bits));
}

double
guitu_linkage_score (const GuituLinkage *linkage,
                     const guint8 *levels)
{
  double score = 0;

  for (guint i = 0; i < linkage->n_fields; i++)
    score += guitu_linkage_weight (linkage, i, levels);
  return score;
}

double
guitu_linkage_rarity (const GuituLinkage *linkage,
                      guint field,
                      const guint8 *levels,
                      double frequency)
{
  const GuituLinkageLink *link = &linkage->links[field];
  double alone = link->bits[0][1];
  double here = guitu_linkage_weight (linkage, field, levels);

  if (levels[field] != 1 || alone <= 0)
    return 0;
  return log2 (link->u[0][1] / MAX (frequency, LEAST_SHARE)) * CLAMP (here / alone, 0, 1);
}

double
guitu_linkage_frequency (double n_others,
                         double n_records,
                         double mean)
{
  return (MAX (n_others, 0) + 1) / (n_records + 1 / MAX (mean, LEAST_SHARE));
}

double
guitu_linkage_prior_bits (double n_matches,
                          double n_pairs)
{
  double share = CLAMP (n_matches / MAX (n_pairs, 1), LEAST_SHARE, 0.999);

  return log2 (share / (1 - share));
}

double
guitu_linkage_prior (const GuituLinkage *linkage)
{
  return linkage->prior;
}

void
guitu_linkage_set_prior (GuituLinkage *linkage,
                         double bits)
{
  linkage->prior = bits;
}

double
guitu_linkage_probability (double bits)
{
  return 1 / (1 + exp2 (-bits));
}

double
guitu_linkage_bits (double probability)
{
  return log2 (MAX (probability, 1e-30) / MAX (1 - probability, 1e-16));
}

/* --- What to expect --------------------------------------------------------------------------- */

static double
sum_of (const double *probabilities,
        guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += probabilities[i];
  return sum;
}

static GuituLinkageExpectation
expect (const double *probabilities,
        guint n,
        guint n_taken,
        double threshold)
{
  double right = sum_of (probabilities, n_taken);
  double all = sum_of (probabilities, n);

  return (GuituLinkageExpectation){
    .probability = threshold,
    .n_taken = n_taken,
    .precision = n_taken == 0 ? 1 : right / n_taken,
    .found = all <= 0 ? 1 : right / all,
  };
}

GuituLinkageExpectation
guitu_linkage_expect_best (const double *probabilities,
                           guint n)
{
  double all = sum_of (probabilities, n);
  double right = 0, best = -1;
  guint n_taken = 0;

  for (guint i = 0; i < n; i++)
    {
      double f1;

      right += probabilities[i];
      f1 = 2 * right / (i + 1 + all);
      if (f1 <= best)
        continue;
      best = f1;
      n_taken = i + 1;
    }
  /* a single pair that is probably wrong is the best of them, and still wrong */
  while (n_taken > 0 && probabilities[n_taken - 1] < 0.25)
    n_taken--;
  return expect (probabilities, n, n_taken, n_taken == 0 ? 1 : probabilities[n_taken - 1]);
}

GuituLinkageExpectation
guitu_linkage_expect_precision (const double *probabilities,
                                guint n,
                                double precision)
{
  double right = 0;
  guint n_taken = 0;

  for (guint i = 0; i < n; i++)
    {
      right += probabilities[i];
      if (right / (i + 1) >= precision)
        n_taken = i + 1;
    }
  return expect (probabilities, n, n_taken, n_taken == 0 ? 1 : probabilities[n_taken - 1]);
}

GuituLinkageExpectation
guitu_linkage_expect_at (const double *probabilities,
                         guint n,
                         double threshold)
{
  guint n_taken = 0;

  while (n_taken < n && probabilities[n_taken] >= threshold)
    n_taken++;
  return expect (probabilities, n, n_taken, threshold);
}
