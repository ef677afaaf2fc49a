/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of one list that are the same are the same with all of them. A pair says too little by itself where half of a row
 * is missing, or says too much by chance; what the other rows of both say decides then.
 *
 * 1. The likeliest pairs make groups, as long as two groups fit each other in the mean of all their pairs.
 * 2. A row that fits another group better goes there.
 * 3. Pairs within a group are as probable as the worse of both rows fits it, if that is more than they are by themselves;
 *    pairs of two groups are no more probable than the better of both rows fits the other one. */

#include "db/linkage-lists-private.h"

#define MOST_BITS 10.0 /* that one pair says: no single one decides for a group */
#define MOST_ASKED 12  /* members of a group */
#define MOST_MEMBERS 300
#define LOOKED_AT 0.01 /* the probability of pairs that may gain or lose */
#define LINKS 0.5      /* … that make groups */
#define SWEEPS 2

typedef struct
{
  GuituLists *lists;
  GPtrArray *groups; /* GArray of guint32: rows; NULL: joined to another one */
  guint32 *group;    /* per row, from 1; 0: alone */
} Groups;

static guint64
key_of (guint32 ours,
        guint32 theirs)
{
  return (guint64) MIN (ours, theirs) << 32 | MAX (ours, theirs);
}

static double
bits_of (double probability)
{
  return CLAMP (guitu_linkage_bits (probability), -MOST_BITS, MOST_BITS);
}

static GArray *
members_of (const Groups *groups,
            guint32 group)
{
  return groups->groups->pdata[group - 1];
}

/* How well a row fits the members of a group, itself left out: the mean of its pairs, in bits. */
static double
fit (const Groups *groups,
     guint32 row,
     const GArray *members)
{
  GuituLists *lists = groups->lists;
  guint step = (members->len + MOST_ASKED - 1) / MOST_ASKED, n = 0;
  guint8 levels[GUITU_LISTS_COLUMNS];
  double sum = 0;

  _guitu_list_worker_set (lists->explaining, row);
  for (guint i = 0; i < members->len; i += step)
    {
      guint32 other = g_array_index (members, guint32, i);
      double doubt, bits;

      if (other == row)
        continue;
      _guitu_list_worker_compare (lists->explaining, other, levels);
      bits = guitu_linkage_prior (lists->model) + _guitu_lists_score (lists, levels, row, &doubt);
      sum += CLAMP (bits, -MOST_BITS, MOST_BITS);
      n++;
    }
  return n == 0 ? 0 : sum / n;
}

/* The same of two groups. */
static double
fit_groups (const Groups *groups,
            const GArray *first,
            const GArray *second)
{
  guint step = (first->len + MOST_ASKED - 1) / MOST_ASKED, n = 0;
  double sum = 0;

  for (guint i = 0; i < first->len; i += step, n++)
    sum += fit (groups, g_array_index (first, guint32, i), second);
  return sum / n;
}

/* --- Groups ----------------------------------------------------------------------------------- */

static guint32
group_of (Groups *groups,
          guint32 row)
{
  GArray *alone;

  if (groups->group[row] > 0)
    return groups->group[row];
  alone = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (alone, row);
  g_ptr_array_add (groups->groups, alone);
  return groups->group[row] = groups->groups->len;
}

static void
join (Groups *groups,
      guint32 first,
      guint32 second)
{
  GArray *kept = members_of (groups, first), *joined = members_of (groups, second);

  for (guint i = 0; i < joined->len; i++)
    groups->group[g_array_index (joined, guint32, i)] = first;
  g_array_append_vals (kept, joined->data, joined->len);
  g_array_set_size (joined, 0);
}

static void
make_groups (Groups *groups)
{
  const GArray *pairs = groups->lists->pairs;

  for (guint i = 0; i < pairs->len && g_array_index (pairs, GuituListPair, i).probability >= LINKS; i++)
    {
      const GuituListPair *pair = &g_array_index (pairs, GuituListPair, i);
      guint32 first = group_of (groups, pair->ours), second = group_of (groups, pair->theirs);
      const GArray *ours = members_of (groups, first), *theirs = members_of (groups, second);

      if (first == second || ours->len + theirs->len > MOST_MEMBERS)
        continue;
      if (ours->len + theirs->len == 2 || fit_groups (groups, ours, theirs) > 0)
        join (groups, first, second);
    }
}

static void
move_if_better (Groups *groups,
                guint32 row,
                guint32 to)
{
  GArray *own = members_of (groups, groups->group[row]), *other = members_of (groups, to);

  if (other->len == 0 || other->len >= MOST_MEMBERS || fit (groups, row, other) <= fit (groups, row, own))
    return;
  for (guint i = 0; i < own->len; i++)
    if (g_array_index (own, guint32, i) == row)
      g_array_remove_index_fast (own, i--);
  g_array_append_val (other, row);
  groups->group[row] = to;
}

static void
move_rows (Groups *groups)
{
  const GArray *pairs = groups->lists->pairs;

  for (guint sweep = 0; sweep < SWEEPS; sweep++)
    for (guint i = 0; i < pairs->len && g_array_index (pairs, GuituListPair, i).probability >= LINKS; i++)
      {
        const GuituListPair *pair = &g_array_index (pairs, GuituListPair, i);

        if (groups->group[pair->ours] != groups->group[pair->theirs])
          move_if_better (groups, pair->ours, groups->group[pair->theirs]);
        if (groups->group[pair->ours] != groups->group[pair->theirs])
          move_if_better (groups, pair->theirs, groups->group[pair->ours]);
      }
}

/* --- What they say ------------------------------------------------------------------------------ */

static void
set_bits (GuituListPair *pair,
          double before,
          double bits)
{
  pair->others = bits - before;
  pair->score += pair->others;
  pair->probability = guitu_linkage_probability (bits);
}

/* What a pair gains or loses by the others of both its rows. */
static void
weigh_pair (const Groups *groups,
            GuituListPair *pair)
{
  guint32 first = groups->group[pair->ours], second = groups->group[pair->theirs];
  double own = guitu_linkage_bits (pair->probability), ours, theirs;

  if (pair->probability < LOOKED_AT || (first == 0 && second == 0))
    return;
  ours = second == 0 ? bits_of (pair->probability) : fit (groups, pair->ours, members_of (groups, second));
  theirs = first == 0 ? bits_of (pair->probability) : fit (groups, pair->theirs, members_of (groups, first));
  if (first == second && MIN (ours, theirs) > own)
    set_bits (pair, own, MIN (ours, theirs));
  if (first != second && MAX (ours, theirs) < own)
    set_bits (pair, own, MAX (ours, theirs));
}

/* The pairs of a group that were not likely enough by themselves. */
static void
add_pairs (const Groups *groups,
           const GArray *members,
           GHashTable *known)
{
  GuituLists *lists = groups->lists;
  g_autofree double *fits = g_new (double, members->len + 1);

  for (guint i = 0; i < members->len; i++)
    fits[i] = fit (groups, g_array_index (members, guint32, i), members);
  for (guint i = 0; i < members->len; i++)
    for (guint k = i + 1; k < members->len; k++)
      {
        guint32 a = g_array_index (members, guint32, i), b = g_array_index (members, guint32, k);
        GuituListPair pair = { .ours = MIN (a, b), .theirs = MAX (a, b) };
        guint8 levels[GUITU_LISTS_COLUMNS];
        guint64 key = key_of (a, b);
        double doubt;

        if (g_hash_table_contains (known, &key))
          continue;
        _guitu_list_worker_set (lists->explaining, pair.ours);
        _guitu_list_worker_compare (lists->explaining, pair.theirs, levels);
        pair.score = _guitu_lists_score (lists, levels, pair.ours, &doubt);
        set_bits (&pair, guitu_linkage_prior (lists->model) + pair.score, MIN (fits[i], fits[k]));
        g_array_append_val (lists->pairs, pair);
      }
}

static void
add_all_pairs (const Groups *groups)
{
  const GArray *pairs = groups->lists->pairs;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const GuituListPair *pair = &g_array_index (pairs, GuituListPair, i);
      guint32 group = groups->group[pair->ours];

      if (group > 0 && group == groups->group[pair->theirs] && members_of (groups, group)->len > 2)
        {
          guint64 key = key_of (pair->ours, pair->theirs);

          g_hash_table_add (known, g_memdup2 (&key, sizeof key));
        }
    }
  for (guint i = 0; i < groups->groups->len; i++)
    {
      const GArray *members = groups->groups->pdata[i];

      if (members->len > 2)
        add_pairs (groups, members, known);
    }
}

void
_guitu_lists_group (GuituLists *lists)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autofree guint32 *group = g_new0 (guint32, lists->n_ours + 1);
  Groups groups = { lists, all, group };

  make_groups (&groups);
  move_rows (&groups);
  for (guint i = 0; i < lists->pairs->len; i++)
    weigh_pair (&groups, &g_array_index (lists->pairs, GuituListPair, i));
  add_all_pairs (&groups);
}
