/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question to the store: all packed records are weighed (match-scan.c), the best hundred are read whole, compared
 * exactly and explained. Then those who fit as well count against one another, unless they seem to be one person
 * themselves: of ten namesakes of one age none is probable. */

#include "db/match-learn.h"
#include "db/match-scan.h"

#include <math.h>
#include <string.h>

#define READ_WHOLE 96        /* candidates */
#define RIVALS_COMPARED 12   /* whether the best are one person */
#define LEAST_SUBJECTS 20000 /* a small store is no reason to believe in a chance likeness */

typedef struct
{
  GuituMatchRecord record;
  GuituFeatures features;
  GuituAgreement agreement;
  double weights[GUITU_MATCH_FIELDS];
  double score;
  double rivals; /* bits that others take */
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  _guitu_match_record_clear (&found->record);
  g_free (found);
}

const char *
guitu_match_class (double probability)
{
  return probability >= 0.99 ? "sure" : probability >= 0.8 ? "likely"
                                    : probability >= 0.2   ? "possible"
                                                           : "weak";
}

double
_guitu_match_prior (double known,
                    double n_subjects)
{
  return guitu_linkage_prior_bits (known, MAX (n_subjects, LEAST_SUBJECTS) * (1 - known) + known);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const GuituCandidate *first = a;
  const GuituCandidate *second = b;

  if (first->score != second->score)
    return first->score < second->score ? 1 : -1;
  return (first->row < second->row) - (first->row > second->row);
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *first = *(Found *const *) a;
  const Found *second = *(Found *const *) b;
  double first_score = first->score - first->rivals;
  double second_score = second->score - second->rivals;

  if (first_score != second_score)
    return first_score < second_score ? 1 : -1;
  return (first->record.side.row < second->record.side.row) - (first->record.side.row > second->record.side.row);
}

/* --- Reading the best ------------------------------------------------------------------------------ */

static gboolean
read_whole (GuituConnection *connection,
            const GuituCandidate *candidate,
            const GuituFeatures *ours,
            const GuituScale *scale,
            GPtrArray *all,
            GError **error)
{
  Found *found = g_new0 (Found, 1);
  int step = _guitu_match_record_read (connection, candidate->kind, candidate->row, &found->record, error);

  if (step != 1)
    {
      g_free (found);
      return step == 0;
    }
  guitu_features_init (&found->features, &found->record.side);
  _guitu_match_agree (ours, &found->features, &found->agreement);
  found->score = _guitu_scale_weigh (scale, ours, &found->features, &found->agreement, found->weights);
  g_ptr_array_add (all, found);
  return TRUE;
}

static GPtrArray *
read_best (GuituConnection *connection,
           GArray *candidates,
           const GuituFeatures *ours,
           const GuituScale *scale,
           GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_found);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && all->len < READ_WHOLE; i++)
    {
      const GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);
      gint64 *key = g_new (gint64, 1);

      *key = ((gint64) candidate->kind << 48) | candidate->row;
      if (g_hash_table_add (known, key) && !read_whole (connection, candidate, ours, scale, all, error))
        return NULL;
    }
  g_ptr_array_sort (all, compare_found);
  return g_steal_pointer (&all);
}

/* --- Others who fit -------------------------------------------------------------------------------- */

/** Whether two of the best are probably records of one human being. */
static gboolean
are_one (const Found *first,
         const Found *second,
         const GuituLinkage *model,
         double prior)
{
  GuituAgreement agreement;
  GuituScale scale;
  double weights[GUITU_MATCH_FIELDS];

  if (first->record.kind != second->record.kind)
    return TRUE; /* a person and the report of the family: both may be right */
  _guitu_match_agree (&first->features, &second->features, &agreement);
  _guitu_scale_init (&scale, model, &first->features, &second->features);
  return _guitu_scale_weigh (&scale, &first->features, &second->features, &agreement, weights) + prior > 0;
}

static void
count_rivals (GPtrArray *all,
              const GuituLinkage *model,
              double prior)
{
  double sum = 0;

  for (guint i = 0; i < all->len; i++)
    sum += exp2 (((const Found *) all->pdata[i])->score + prior);
  for (guint i = 0; i < all->len; i++)
    {
      Found *found = all->pdata[i];
      double others = sum - exp2 (found->score + prior);

      for (guint k = 0; i < RIVALS_COMPARED && k < MIN (RIVALS_COMPARED, all->len); k++)
        if (k != i && ((const Found *) all->pdata[k])->score + prior > -7 && are_one (found, all->pdata[k], model, prior))
          others -= exp2 (((const Found *) all->pdata[k])->score + prior);
      found->rivals = log2 (1 + MAX (others, 0));
    }
  g_ptr_array_sort (all, compare_found);
}

/* --- The answer ------------------------------------------------------------------------------------ */

static GuituMatch *
tell (const Found *found,
      const GuituFeatures *ours,
      double prior)
{
  GuituMatch *match = _guitu_match_new (found->record.kind, found->record.side.row);

  match->score = found->score - found->rivals;
  match->probability = guitu_linkage_probability (match->score + prior);
  _guitu_match_explain (match, ours, &found->features, &found->agreement, found->weights);
  if (found->rivals > 0)
    _guitu_match_add_reason (match, "others", "others", NULL, NULL, -found->rivals);
  return match;
}

GPtrArray *
guitu_match_find (GuituConnection *connection,
                  const GuituMatchSide *side,
                  guint own,
                  guint kinds,
                  double least,
                  guint limit,
                  GError **error)
{
  g_autoptr (GuituLinkage) model = _guitu_match_model_of (connection, error);
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_match_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (GuituCandidate));
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GuituScan) scan = NULL;
  GuituFeatures ours;
  double prior;

  if (model == NULL)
    return NULL;
  guitu_features_init (&ours, side);
  scan = _guitu_scan_new (&ours, model);
  if (!_guitu_scan_run (scan, connection, kinds, own, side->row, candidates, error))
    return NULL;
  all = read_best (connection, candidates, &ours, _guitu_scan_scale (scan), error);
  if (all == NULL)
    return NULL;
  prior = _guitu_match_prior (GUITU_MATCH_KNOWN_BEFORE, _guitu_scan_compared (scan));
  count_rivals (all, model, prior);
  for (guint i = 0; i < all->len && matches->len < limit; i++)
    {
      GuituMatch *match = tell (all->pdata[i], &ours, prior);

      g_ptr_array_add (matches, match);
      if (match->probability < least)
        {
          g_ptr_array_remove_index (matches, matches->len - 1);
          break;
        }
    }
  return g_steal_pointer (&matches);
}
