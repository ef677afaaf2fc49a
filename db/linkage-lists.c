/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 1. Random pairs tell how often rows that are different agree (u), and which columns hang together.
 * 2. Pairs that have something in common are compared; the hopeless ones are forgotten.
 * 3. The rest, as patterns, tell how rows that are the same differ (m), and how many there are.
 *    With that, which columns hang together is asked again.
 * 4. Each pair is weighed, with how rare what it agrees in is. */

#include "db/linkage-lists-private.h"

#include <math.h>
#include <string.h>

#define PAIRS_ALL 1500000 /* so many are compared without further ado */
#define PAIRS_RANDOM 1000000
#define MOST_RARE 4 /* rows of both lists that have a rare value */
#define RANDOM_SEED 20031
#define ROWS_AT_ONCE 1000 /* per thread, between two looks at whether anybody still waits */
#define MOST_THREADS 8
#define FIRST_SHARE 0.3  /* of the shorter list: what is thought to be in the other one at first */
#define FIRST_DOUBLES 3  /* of each row within one list; a list of many doubles of few is understood from here alone */
#define HOPELESS (-18.0) /* bits, with the prior: not even a column that is always wrong would save it */
#define LEAST_PROBABILITY 0.001
#define LEAST_DEPENDENCE 0.0003 /* bits of mutual information */
#define LEAST_DOUBT 0.1         /* bits: what is worth telling */
#define M_WEIGHT 40
#define U_WEIGHT 2
#define MOST_ROUNDS 300
#define PRIOR_ROUNDS 30
#define SHARINGS 5
#define PARENT_ROUNDS 4

static double
count_pairs (const GuituLists *lists)
{
  return lists->is_within ? lists->n_ours * (lists->n_ours - 1.0) / 2 : (double) lists->n_ours * lists->n_theirs;
}

/* What the columns have per row, row by row. (transfer full) */
static guint32 *
rows_of (const GuituLists *lists,
         guint side,
         guint n_rows)
{
  guint32 *rows = g_new (guint32, (gsize) n_rows * lists->n_columns + 1);

  for (guint i = 0; i < lists->n_columns; i++)
    for (guint row = 0; row < n_rows; row++)
      rows[(gsize) row * lists->n_columns + i] = lists->columns[i].rows[side][row];
  return rows;
}

static GuituLists *
lists_new (const GuituListColumn *columns,
           guint n_columns,
           guint n_ours,
           guint n_theirs)
{
  GuituLists *lists = g_new0 (GuituLists, 1);
  GuituLinkageField fields[GUITU_LISTS_COLUMNS];

  g_assert (n_columns > 0 && n_columns <= GUITU_LISTS_COLUMNS);
  lists->is_within = columns[0].theirs == NULL;
  lists->n_columns = n_columns;
  lists->n_ours = n_ours;
  lists->n_theirs = lists->is_within ? n_ours : n_theirs;
  lists->columns = g_new0 (GuituValues, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      _guitu_values_init (&lists->columns[i], columns, i, n_ours, n_theirs);
      fields[i] = _guitu_comparator_field (lists->columns[i].kind);
      fields[i].name = columns[i].name;
    }
  lists->rows[0] = rows_of (lists, 0, lists->n_ours);
  lists->rows[1] = lists->is_within ? lists->rows[0] : rows_of (lists, 1, lists->n_theirs);
  lists->model = guitu_linkage_new (fields, n_columns);
  lists->pairs = g_array_new (FALSE, FALSE, sizeof (GuituListPair));
  lists->figures.n_pairs = count_pairs (lists);
  return lists;
}

void
guitu_lists_free (GuituLists *lists)
{
  g_clear_pointer (&lists->explaining, _guitu_list_worker_free);
  for (guint i = 0; i < lists->n_columns; i++)
    _guitu_values_clear (&lists->columns[i]);
  g_free (lists->columns);
  if (!lists->is_within)
    g_free (lists->rows[1]);
  g_free (lists->rows[0]);
  guitu_linkage_free (lists->model);
  g_array_unref (lists->pairs);
  g_free (lists);
}

/* --- Random pairs ----------------------------------------------------------------------------- */

typedef struct
{
  GuituListWorker *worker; /* its patterns: all */
  GuituLinkagePatterns *plain;
} Draw;

/* Whether two columns or more have the same value that hardly another row has. Among pairs that are different this
 * would say that the columns hang together; but it is what the same looks like, and few columns leave no other sign
 * of it. What families share is no sign where there are columns of the one alone. */
static gboolean
shares_rarities (const GuituLists *lists,
                 const guint8 *levels,
                 guint ours)
{
  guint n = 0, n_own = 0, n_own_columns = 0;

  for (guint i = 0; i < lists->n_columns; i++)
    {
      gboolean is_own = lists->columns[i].column->is_own;
      gboolean is_rare = levels[i] == 1 && _guitu_values_get (&lists->columns[i], 0, ours)->n_rows <= MOST_RARE;

      n += is_rare;
      n_own += is_rare && is_own;
      n_own_columns += is_own;
    }
  return n >= 2 && (n_own > 0 || n_own_columns == 0);
}

static void
count_random (Draw *draw,
              guint ours,
              guint theirs)
{
  guint8 levels[GUITU_LISTS_COLUMNS];

  _guitu_list_worker_set (draw->worker, ours);
  _guitu_list_worker_compare (draw->worker, theirs, levels);
  guitu_linkage_patterns_add (draw->worker->patterns, levels, 1);
  if (!shares_rarities (draw->worker->lists, levels, ours))
    guitu_linkage_patterns_add (draw->plain, levels, 1);
}

/* Some partners for each row, so that a row is made ready once. */
static void
draw_random (Draw *draw)
{
  const GuituLists *lists = draw->worker->lists;
  g_autoptr (GRand) random = g_rand_new_with_seed (RANDOM_SEED);

  for (guint i = 0; i < PAIRS_RANDOM; i++)
    {
      guint ours = (guint64) i * lists->n_ours / PAIRS_RANDOM;
      guint theirs = g_rand_int_range (random, 0, lists->n_theirs);

      if (!lists->is_within || ours != theirs)
        count_random (draw, ours, theirs);
    }
}

static void
draw_all (Draw *draw)
{
  const GuituLists *lists = draw->worker->lists;

  for (guint ours = 0; ours < lists->n_ours; ours++)
    for (guint theirs = lists->is_within ? ours + 1 : 0; theirs < lists->n_theirs; theirs++)
      count_random (draw, ours, theirs);
}

/* (transfer full): of random pairs, or of all of few. @plain: (out) (transfer full): those that don't look the same */
static GuituLinkagePatterns *
count_random_patterns (const GuituLists *lists,
                       GuituLinkagePatterns **plain)
{
  Draw draw = { _guitu_list_worker_new (lists, NULL, -G_MAXDOUBLE), guitu_linkage_patterns_new (lists->n_columns) };
  GuituLinkagePatterns *patterns;

  if (lists->figures.n_pairs > PAIRS_ALL)
    draw_random (&draw);
  else
    draw_all (&draw);
  patterns = draw.worker->patterns;
  draw.worker->patterns = guitu_linkage_patterns_new (lists->n_columns);
  _guitu_list_worker_free (draw.worker);
  *plain = draw.plain;
  return patterns;
}

/* --- Comparing -------------------------------------------------------------------------------- */

typedef struct
{
  GuituListWorker *workers[MOST_THREADS];
  guint n;
} Crew;

static void
crew_init (Crew *crew,
           const GuituLists *lists,
           const GuituBlocks *blocks)
{
  crew->n = CLAMP (g_get_num_processors (), 1, MOST_THREADS);
  for (guint i = 0; i < crew->n; i++)
    crew->workers[i] = _guitu_list_worker_new (lists, blocks, HOPELESS - guitu_linkage_prior (lists->model));
}

static void
crew_clear (Crew *crew)
{
  for (guint i = 0; i < crew->n; i++)
    _guitu_list_worker_free (crew->workers[i]);
}

/* Our rows from @first on, each thread some of them. Returns: the first row that is still to be done. */
static guint
crew_work (Crew *crew,
           guint first,
           guint n_rows)
{
  GThread *threads[MOST_THREADS];

  for (guint i = 0; i < crew->n; i++)
    {
      crew->workers[i]->first = MIN (first, n_rows);
      crew->workers[i]->last = first = MIN (first + ROWS_AT_ONCE, n_rows);
      threads[i] = g_thread_new ("compare", _guitu_list_worker_run, crew->workers[i]);
    }
  for (guint i = 0; i < crew->n; i++)
    g_thread_join (threads[i]);
  return first;
}

/* All that the threads found, with patterns of one numbering. */
static void
crew_gather (const Crew *crew,
             GuituLists *lists,
             GuituLinkagePatterns *patterns,
             GArray *candidates)
{
  for (guint i = 0; i < crew->n; i++)
    {
      const GuituListWorker *worker = crew->workers[i];
      guint n_patterns = guitu_linkage_patterns_length (worker->patterns);
      g_autofree guint *numbers = g_new (guint, n_patterns + 1);

      for (guint k = 0; k < n_patterns; k++)
        numbers[k] = guitu_linkage_patterns_add (patterns, guitu_linkage_patterns_levels (worker->patterns, k),
                                                 guitu_linkage_patterns_count (worker->patterns, k));
      for (guint k = 0; k < worker->candidates->len; k++)
        {
          GuituCandidate candidate = g_array_index (worker->candidates, GuituCandidate, k);

          candidate.pattern = numbers[candidate.pattern];
          g_array_append_val (candidates, candidate);
        }
      lists->figures.n_compared += worker->n_compared;
      lists->figures.seconds += worker->seconds;
    }
}

static gboolean
find_candidates (GuituLists *lists,
                 GuituLinkagePatterns *patterns,
                 GArray *candidates,
                 GuituProgress progress,
                 gpointer data,
                 GError **error)
{
  g_autoptr (GuituBlocks) blocks = lists->figures.n_pairs > PAIRS_ALL ? _guitu_blocks_new (lists->columns, lists->n_columns, lists->n_theirs) : NULL;
  gboolean is_wanted = TRUE;
  guint row = 0;
  Crew crew;

  crew_init (&crew, lists, blocks);
  while (row < lists->n_ours && is_wanted)
    {
      row = crew_work (&crew, row, lists->n_ours);
      is_wanted = progress == NULL || progress (row, lists->n_ours, data, error);
    }
  if (is_wanted)
    crew_gather (&crew, lists, patterns, candidates);
  crew_clear (&crew);
  return is_wanted;
}

/* --- Weighing --------------------------------------------------------------------------------- */

static double
rarity_of (const GuituLists *lists,
           guint column,
           const guint8 *levels,
           guint ours)
{
  const GuituValue *value = _guitu_values_get (&lists->columns[column], 0, ours);
  double n_records = lists->is_within ? lists->n_ours : (double) lists->n_ours + lists->n_theirs;
  double frequency = guitu_linkage_frequency (value->n_rows - 2.0, n_records, guitu_linkage_u (lists->model, column, 1));

  return guitu_linkage_rarity (lists->model, column, levels, frequency);
}

double
_guitu_lists_score (const GuituLists *lists,
                    const guint8 *levels,
                    guint ours,
                    double *doubt)
{
  double score = guitu_linkage_score (lists->model, levels), shared = 0;

  for (guint i = 0; i < lists->n_columns; i++)
    if (levels[i] == 1)
      {
        double rarity = rarity_of (lists, i, levels, ours);

        score += rarity;
        if (!lists->columns[i].column->is_own)
          shared += rarity;
      }
  *doubt = guitu_linkage_doubt (lists->model, levels, shared);
  return score - *doubt;
}

/* With rare and frequent values told apart the number of matches is another one: until it is the same as before. */
static void
settle_prior (GuituLists *lists,
              const double *scores,
              guint n)
{
  for (guint round = 0; round < PRIOR_ROUNDS; round++)
    {
      double prior = guitu_linkage_prior (lists->model), sum = 0;

      for (guint i = 0; i < n; i++)
        sum += guitu_linkage_probability (prior + scores[i]);
      lists->figures.n_matches = sum;
      guitu_linkage_set_prior (lists->model, guitu_linkage_prior_bits (MAX (sum, 0.5), lists->figures.n_pairs));
    }
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const GuituListPair *first = a, *second = b;

  if (first->probability != second->probability)
    return first->probability < second->probability ? 1 : -1;
  if (first->score != second->score)
    return first->score < second->score ? 1 : -1;
  if (first->ours != second->ours)
    return first->ours < second->ours ? -1 : 1;
  return first->theirs < second->theirs ? -1 : 1;
}

static void
weigh_candidates (GuituLists *lists,
                  const GuituLinkagePatterns *patterns,
                  const GArray *candidates)
{
  g_autofree double *scores = g_new (double, candidates->len + 1);

  for (guint i = 0; i < candidates->len; i++)
    {
      const GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);
      double doubt;

      scores[i] = _guitu_lists_score (lists, guitu_linkage_patterns_levels (patterns, candidate->pattern), candidate->ours, &doubt);
    }
  settle_prior (lists, scores, candidates->len);
  for (guint i = 0; i < candidates->len; i++)
    {
      const GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);
      GuituListPair pair = { candidate->ours, candidate->theirs, scores[i], 0,
                             guitu_linkage_probability (guitu_linkage_prior (lists->model) + scores[i]) };

      if (pair.probability >= LEAST_PROBABILITY)
        g_array_append_val (lists->pairs, pair);
    }
  _guitu_lists_assign (lists);
  g_array_sort (lists->pairs, compare_pairs);
}

static void
ask_others (GuituLists *lists)
{
  _guitu_lists_group (lists);
  lists->figures.n_matches = 0;
  for (guint i = 0; i < lists->pairs->len; i++)
    lists->figures.n_matches += g_array_index (lists->pairs, GuituListPair, i).probability;
  g_array_sort (lists->pairs, compare_pairs);
}

/* Relatives can only be told from one person by what is theirs alone. */
static void
expect_related (GuituLists *lists)
{
  gboolean own[GUITU_LISTS_COLUMNS];
  guint n_own = 0;

  for (guint i = 0; i < lists->n_columns; i++)
    n_own += own[i] = lists->columns[i].column->is_own;
  if (n_own > 0 && n_own < lists->n_columns)
    guitu_linkage_expect_related (lists->model, own);
}

/* --- All of it -------------------------------------------------------------------------------- */

static void
learn (GuituLists *lists,
       const GuituLinkagePatterns *candidates,
       const GuituLinkagePatterns *random)
{
  const GuituLinkageLearning learning = {
    .n_pairs = lists->figures.n_pairs,
    .most_matches = lists->is_within ? 0 : (double) lists->n_ours + lists->n_theirs,
    .m_weight = M_WEIGHT,
    .u_weight = U_WEIGHT,
    .most_rounds = candidates == NULL ? 3 : MOST_ROUNDS,
  };
  GuituLinkageLearnt learnt;

  guitu_linkage_learn (lists->model, candidates, random, &learning, &learnt);
  lists->figures.rounds = learnt.rounds;
}

/* Of two lists, those who fit a row equally well share it; within one, all of a row's doubles are it. */
static void
learn_from_candidates (GuituLists *lists,
                       const GuituLinkagePatterns *patterns,
                       const GArray *candidates,
                       const GuituLinkagePatterns *random)
{
  if (lists->is_within)
    learn (lists, patterns, random);
  for (guint i = 0; i < SHARINGS && !lists->is_within; i++)
    {
      g_autoptr (GuituLinkagePatterns) shared = _guitu_lists_share (lists, patterns, candidates);

      learn (lists, shared, random);
    }
}

/* Until which columns hang together is the same as before. */
static void
learn_all (GuituLists *lists,
           const GuituLinkagePatterns *patterns,
           const GArray *candidates,
           const GuituLinkagePatterns *random)
{
  learn_from_candidates (lists, patterns, candidates, random);
  for (guint i = 0; i < PARENT_ROUNDS && guitu_linkage_find_parents (lists->model, random, LEAST_DEPENDENCE, 0, TRUE); i++)
    learn_from_candidates (lists, patterns, candidates, random);
}

GuituLists *
guitu_lists_link (const GuituListColumn *columns,
                  guint n_columns,
                  guint n_ours,
                  guint n_theirs,
                  GuituProgress progress,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GuituLists) lists = lists_new (columns, n_columns, n_ours, n_theirs);
  g_autoptr (GuituLinkagePatterns) random = NULL;
  g_autoptr (GuituLinkagePatterns) plain = NULL;
  g_autoptr (GuituLinkagePatterns) patterns = guitu_linkage_patterns_new (n_columns);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (GuituCandidate));

  if (lists->n_ours == 0 || lists->n_theirs == 0)
    return g_steal_pointer (&lists);
  guitu_linkage_set_prior (lists->model, guitu_linkage_prior_bits ((lists->is_within ? FIRST_DOUBLES : FIRST_SHARE) * MIN (lists->n_ours, lists->n_theirs), lists->figures.n_pairs));
  expect_related (lists);
  random = count_random_patterns (lists, &plain);
  learn (lists, NULL, plain);
  guitu_linkage_find_parents (lists->model, plain, LEAST_DEPENDENCE, lists->is_within ? 0 : MAX (lists->n_ours, lists->n_theirs) / lists->figures.n_pairs, FALSE);
  learn (lists, NULL, plain);
  if (!find_candidates (lists, patterns, candidates, progress, data, error))
    return NULL;
  learn_all (lists, patterns, candidates, random);
  weigh_candidates (lists, patterns, candidates);
  lists->explaining = _guitu_list_worker_new (lists, NULL, 0);
  if (lists->is_within)
    ask_others (lists);
  return g_steal_pointer (&lists);
}

const GArray *
guitu_lists_pairs (const GuituLists *lists)
{
  return lists->pairs;
}

const GuituListFigures *
guitu_lists_figures (const GuituLists *lists)
{
  return &lists->figures;
}

GuituListExpectation
guitu_lists_expect (const double *probabilities,
                    guint n,
                    GuituExpect how,
                    double at)
{
  GuituLinkageExpectation expectation = how == GUITU_EXPECT_BEST        ? guitu_linkage_expect_best (probabilities, n)
                                        : how == GUITU_EXPECT_PRECISION ? guitu_linkage_expect_precision (probabilities, n, at)
                                                                        : guitu_linkage_expect_at (probabilities, n, at);

  return (GuituListExpectation){ expectation.probability, expectation.n_taken, expectation.precision, expectation.found };
}

GArray *
guitu_lists_reasons (const GuituLists *lists,
                     const GuituListPair *pair)
{
  GArray *reasons = g_array_new (FALSE, FALSE, sizeof (GuituListReason));
  GuituListWorker *worker = lists->explaining;
  GuituListReason related = { G_MAXUINT, 0, "related" };
  GuituListReason others = { G_MAXUINT, pair->others, "others" };
  guint8 levels[GUITU_LISTS_COLUMNS];

  _guitu_list_worker_set (worker, pair->ours);
  _guitu_list_worker_compare (worker, pair->theirs, levels);
  for (guint i = 0; i < lists->n_columns; i++)
    {
      GuituListReason reason = { i, guitu_linkage_weight (lists->model, i, levels), NULL };

      if (levels[i] == 0)
        continue;
      reason.how = _guitu_comparator_level (lists->columns[i].kind, levels[i]);
      if (levels[i] == 1)
        reason.weight += rarity_of (lists, i, levels, pair->ours);
      g_array_append_val (reasons, reason);
    }
  _guitu_lists_score (lists, levels, pair->ours, &related.weight);
  related.weight = -related.weight;
  if (related.weight <= -LEAST_DOUBT)
    g_array_append_val (reasons, related);
  if (fabs (others.weight) >= LEAST_DOUBT)
    g_array_append_val (reasons, others);
  return reasons;
}
