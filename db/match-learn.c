/* SPDX-License-Identifier: GPL-3.0-or-later */

/* m from pairs that are of one human being, known or likely (match-pairs.c, match-sample.c). Who is likely depends on
 * m, and m on who is likely: each round weighs all likely pairs with what is known, and counts anew, until nothing
 * moves (expectation and maximisation; Dempster, Laird and Rubin 1977). What is thought of the country is the prior
 * (Dirichlet), so that a small station keeps it.
 *
 * Two things differ from learning on lists (linkage-learn.c): u is that of the very question, since a name says
 * there as much as it is rare; and a likely pair counts for a fact with the probability that it has *without* that fact,
 * among all who answered the question, and only where that leaves no doubt: a fact is no witness for itself. */

#include "db/match-learn-private.h"

#include <math.h>
#include <string.h>

#define SURE 0.99
#define MOST_ROUNDS 30
#define MOVES_LESS 1e-4
#define KNOWN_WEIGHT 10 /* for so many questions counts that as many of the sample have a second record as at the desk */

typedef struct
{
  const GuituLesson *lesson;
  GuituWeights *weights;
  double known; /* share of the questions to which somebody is the answer */
  guint positions[GUITU_MATCH_FIELDS][GUITU_MATCH_LEVELS];
} Round;

static GuituWeight *
weight_at (const Round *round,
           guint field,
           guint level)
{
  return &g_array_index (round->weights->weights, GuituWeight, round->positions[field][level]);
}

/** The bits of a pair with what is known now, without the fields of @fact (GUITU_FACTS: with all). */
static double
score_without (const Round *round,
               const GuituPair *pair,
               GuituFact fact)
{
  double score = 0;

  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    {
      const GuituWeight *weight;

      if (pair->levels[field] == 0 || _guitu_fact_of (field) == fact)
        continue;
      weight = weight_at (round, field, pair->levels[field]);
      score += MAX (pair->bits[field] + log2 (weight->m / weight->given), GUITU_MATCH_LEAST_BITS);
    }
  return score;
}

/** Whether the pair had been found whatever the fact is. */
static gboolean
is_found_without (const Round *round,
                  const GuituPair *pair,
                  GuituFact fact)
{
  return (pair->facts >> fact & 1) != 0 && score_without (round, pair, fact) + pair->least[fact] >= pair->bound;
}

/** Counts the levels of a fact. Returns: whether it has any. */
static gboolean
count_fact (Round *round,
            const GuituPair *pair,
            GuituFact fact,
            double probability)
{
  gboolean has_any = FALSE;

  for (guint field = 0; field < GUITU_MATCH_FIELDS; field++)
    if (pair->levels[field] != 0 && _guitu_fact_of (field) == fact)
      {
        weight_at (round, field, pair->levels[field])->counts[pair->source] += probability;
        has_any = TRUE;
      }
  return has_any;
}

static void
count_known (Round *round)
{
  const GArray *pairs = round->lesson->pairs;

  for (guint i = 0; i < pairs->len; i++)
    {
      const GuituPair *pair = &g_array_index (pairs, GuituPair, i);
      gboolean teaches = FALSE;

      for (GuituFact fact = 0; fact < GUITU_FACTS && pair->source != GUITU_LEARNT_LIKELY; fact++)
        if (is_found_without (round, pair, fact))
          teaches |= count_fact (round, pair, fact, 1);
      round->weights->n_pairs[pair->source] += teaches;
    }
}

/* --- Likely pairs ------------------------------------------------------------------------------------------- */

/** The odds of the pairs @first … of one question, without a fact. Returns: their sum */
static double
weigh_question (const Round *round,
                guint first,
                guint n,
                GuituFact fact,
                double *odds)
{
  double sum = 0, prior = _guitu_match_prior (round->known, round->lesson->n_persons);

  for (guint i = 0; i < n; i++)
    {
      odds[i] = exp2 (MIN (score_without (round, &g_array_index (round->lesson->pairs, GuituPair, first + i), fact) + prior, 500));
      sum += odds[i];
    }
  return sum;
}

/** Counts what the answers to one question teach. Returns: the probability that one of them is right. */
static double
count_question (Round *round,
                guint first,
                guint n,
                gboolean *teaches)
{
  g_autofree double *odds = g_new (double, n);
  double sum;

  for (GuituFact fact = 0; fact < GUITU_FACTS; fact++)
    {
      sum = weigh_question (round, first, n, fact, odds);
      for (guint i = 0; i < n; i++)
        {
          const GuituPair *pair = &g_array_index (round->lesson->pairs, GuituPair, first + i);

          if (odds[i] / (1 + sum) >= SURE && is_found_without (round, pair, fact))
            *teaches |= count_fact (round, pair, fact, odds[i] / (1 + sum));
        }
    }
  sum = weigh_question (round, first, n, GUITU_FACTS, odds);
  return sum / (1 + sum);
}

/** Counts all likely pairs anew, with what is known now. Returns: how far the share of the known moved */
static double
count_likely (Round *round)
{
  const GArray *pairs = round->lesson->pairs;
  double n_known = KNOWN_WEIGHT * GUITU_MATCH_KNOWN_BEFORE, before = round->known;
  g_autoptr (GArray) old = g_array_copy (round->weights->weights);
  GuituWeights counting = { .weights = old };
  Round now = *round; /* weighs with what is known, and counts elsewhere */

  for (guint i = 0; i < old->len; i++)
    g_array_index (old, GuituWeight, i).counts[GUITU_LEARNT_LIKELY] = 0;
  now.weights = &counting;
  round->weights->n_pairs[GUITU_LEARNT_LIKELY] = 0;
  for (guint first = 0, n; first < pairs->len; first += n)
    {
      const GuituPair *pair = &g_array_index (pairs, GuituPair, first);
      gboolean teaches = FALSE;

      for (n = 1; first + n < pairs->len && pair->source == GUITU_LEARNT_LIKELY; n++)
        if (g_array_index (pairs, GuituPair, first + n).source != GUITU_LEARNT_LIKELY || g_array_index (pairs, GuituPair, first + n).question != pair->question)
          break;
      if (pair->source == GUITU_LEARNT_LIKELY)
        n_known += count_question (&now, first, n, &teaches);
      round->weights->n_pairs[GUITU_LEARNT_LIKELY] += teaches;
    }
  for (guint i = 0; i < old->len; i++)
    g_array_index (round->weights->weights, GuituWeight, i).counts[GUITU_LEARNT_LIKELY] = g_array_index (old, GuituWeight, i).counts[GUITU_LEARNT_LIKELY];
  round->known = n_known / (KNOWN_WEIGHT + round->lesson->n_questions);
  return fabs (round->known - before);
}

static double
set_m (Round *round)
{
  g_autoptr (GArray) before = g_array_copy (round->weights->weights);
  double moved = 0;

  _guitu_weights_set_m (round->weights);
  for (guint i = 0; i < before->len; i++)
    {
      double step = fabs (g_array_index (before, GuituWeight, i).m - g_array_index (round->weights->weights, GuituWeight, i).m);

      moved = MAX (moved, step);
    }
  return moved;
}

/* --- All ------------------------------------------------------------------------------------------------------ */

static void
forget (GuituWeights *weights)
{
  for (guint i = 0; i < weights->weights->len; i++)
    memset (g_array_index (weights->weights, GuituWeight, i).counts, 0, sizeof (double) * GUITU_LEARNT_SOURCES);
  memset (weights->n_pairs, 0, sizeof weights->n_pairs);
  _guitu_weights_set_m (weights);
}

static GuituWeights *
learn (const GuituLesson *lesson)
{
  g_autoptr (GuituWeights) weights = _guitu_weights_new ();
  Round round = { .lesson = lesson, .weights = weights, .known = GUITU_MATCH_KNOWN_BEFORE };
  double moved = 1;

  for (guint i = 0; i < weights->weights->len; i++)
    {
      const GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

      round.positions[weight->field_number][weight->level] = i;
    }
  count_known (&round);
  set_m (&round);
  for (guint i = 0; i < MOST_ROUNDS && moved > MOVES_LESS; i++)
    {
      double shifted = count_likely (&round);

      moved = set_m (&round);
      moved = MAX (moved, shifted);
    }
  if (!guitu_weights_are_learnt (weights))
    forget (weights);
  return g_steal_pointer (&weights);
}

GuituWeights *
guitu_match_learn (GuituConnection *connection,
                   const GuituMatchLearning *learning,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GuituLinkage) model = _guitu_match_model_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (learning->seed);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (GuituPair));
  g_autoptr (GHashTable) decided = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GuituLesson lesson = { .connection = connection, .model = model, .random = random, .pairs = pairs, .decided = decided };
  gint64 n_verdicts = _guitu_match_count_verdicts (connection, error);
  GuituWeights *weights;

  lesson.n_persons = _guitu_match_count_persons (connection);
  if (n_verdicts < 0 || !_guitu_lesson_read_known (&lesson, error) || !_guitu_lesson_ask (&lesson, learning, cancellable, error))
    return NULL;
  weights = learn (&lesson);
  weights->n_verdicts = n_verdicts;
  weights->n_different = lesson.n_different;
  weights->n_questions = lesson.n_questions;
  return weights;
}
