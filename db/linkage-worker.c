/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing the rows of two lists, some thousand with some thousand others. */

#include "db/linkage-lists-private.h"

#include <string.h>
#include <time.h>

#define LEVEL_BITS 5 /* of a known comparison */
#define AHEAD 8      /* pairs: what the processor fetches meanwhile */
#define NEXT 2       /* the same, of what lies behind that */

GuituListWorker *
_guitu_list_worker_new (const GuituLists *lists,
                        const GuituBlocks *blocks,
                        double least)
{
  GuituListWorker *worker = g_new0 (GuituListWorker, 1);

  worker->lists = lists;
  worker->blocks = blocks;
  worker->least = least;
  worker->patterns = guitu_linkage_patterns_new (lists->n_columns);
  worker->candidates = g_array_new (FALSE, FALSE, sizeof (GuituCandidate));
  for (guint i = 0; i < lists->n_columns; i++)
    worker->known[i] = g_new0 (guint32, lists->columns[i].values->len);
  if (blocks != NULL)
    _guitu_block_search_init (&worker->search, lists->n_theirs);
  return worker;
}

void
_guitu_list_worker_free (GuituListWorker *worker)
{
  guitu_linkage_patterns_free (worker->patterns);
  g_array_unref (worker->candidates);
  for (guint i = 0; i < worker->lists->n_columns; i++)
    {
      g_free (worker->known[i]);
      _guitu_comparand_clear (&worker->comparands[i]);
    }
  _guitu_block_search_clear (&worker->search);
  g_free (worker);
}

void
_guitu_list_worker_set (GuituListWorker *worker,
                        guint row)
{
  const GuituLists *lists = worker->lists;

  if (worker->row == row + 1)
    return;
  worker->row = row + 1;
  worker->comparand++;
  for (guint i = 0; i < lists->n_columns; i++)
    {
      worker->numbers[i] = lists->rows[0][(gsize) row * lists->n_columns + i];
      _guitu_comparand_set (&worker->comparands[i], &g_array_index (lists->columns[i].values, GuituValue, worker->numbers[i]));
    }
}

/* The level of a value, worked out once per row of ours: others have the same. */
static guint8
compare_value (GuituListWorker *worker,
               guint column,
               guint32 number)
{
  const GuituValues *values = &worker->lists->columns[column];
  guint32 *known = &worker->known[column][number];
  guint8 level;

  if (number == 0 || worker->numbers[column] == 0)
    return 0;
  if (number == worker->numbers[column])
    return 1;
  if (values->sketches != NULL && !_guitu_sketches_may_be_alike (&values->sketches[worker->numbers[column]], &values->sketches[number]))
    return _guitu_comparator_other (values->kind);
  if (*known >> LEVEL_BITS == worker->comparand)
    return *known & ((1 << LEVEL_BITS) - 1);
  level = _guitu_compare (values->kind, &worker->comparands[column], &g_array_index (values->values, GuituValue, number), FALSE);
  *known = worker->comparand << LEVEL_BITS | level;
  return level;
}

static gboolean
are_equal (const GuituValue *ours,
           const GuituValue *theirs)
{
  return ours->length == theirs->length && ours->length > 0 && memcmp (ours->characters, theirs->characters, ours->length * sizeof *ours->characters) == 0;
}

/* What was written into each other's column, said once: of two columns the second then says nothing. */
static void
compare_exchanged (GuituListWorker *worker,
                   guint column,
                   guint other,
                   guint theirs,
                   guint8 *levels)
{
  const GuituLists *lists = worker->lists;
  GuituColumnKind kind = lists->columns[column].kind;
  guint32 number = lists->rows[1][(gsize) theirs * lists->n_columns + other];
  const GuituValue *first = &g_array_index (lists->columns[other].values, GuituValue, number), *second;
  guint8 across, back;

  if (!_guitu_comparator_may_be_exchanged (kind, levels[column]) || !_guitu_comparator_may_be_exchanged (kind, levels[other]))
    return;
  if (number > 0 && worker->numbers[column] > 0 && lists->columns[column].sketches != NULL && lists->columns[other].sketches != NULL &&
      !_guitu_sketches_may_be_alike (&lists->columns[column].sketches[worker->numbers[column]], &lists->columns[other].sketches[number]))
    return;
  across = _guitu_compare (kind, &worker->comparands[column], first, are_equal (worker->comparands[column].value, first));
  if (!_guitu_comparator_may_be_across (across))
    return;
  second = _guitu_values_get (&lists->columns[column], 1, theirs);
  back = _guitu_compare (kind, &worker->comparands[other], second, are_equal (worker->comparands[other].value, second));
  if (!_guitu_comparator_are_exchanged (across, back))
    return;
  levels[column] = _guitu_comparator_exchanged (kind);
  levels[other] = 0;
}

void
_guitu_list_worker_compare (GuituListWorker *worker,
                            guint theirs,
                            guint8 *levels)
{
  const GuituLists *lists = worker->lists;

  const guint32 *numbers = lists->rows[1] + (gsize) theirs * lists->n_columns;

  for (guint i = 0; i < lists->n_columns; i++)
    levels[i] = compare_value (worker, i, numbers[i]);
  for (guint i = 0; i < lists->n_columns; i++)
    if (lists->columns[i].column->exchanged > (int) i)
      compare_exchanged (worker, i, lists->columns[i].column->exchanged, theirs, levels);
}

static void
compare_pair (GuituListWorker *worker,
              guint ours,
              guint theirs)
{
  guint8 levels[GUITU_LISTS_COLUMNS];
  GuituCandidate candidate = { .ours = ours, .theirs = theirs };

  _guitu_list_worker_compare (worker, theirs, levels);
  worker->n_compared++;
  if (guitu_linkage_score (worker->lists->model, levels) < worker->least)
    return;
  candidate.pattern = guitu_linkage_patterns_add (worker->patterns, levels, 1);
  g_array_append_val (worker->candidates, candidate);
}

/* Rows and values lie all over the memory: without being asked for early, waiting for them takes most of the time. */
static void
fetch (const GuituListWorker *worker,
       const GArray *found,
       guint at)
{
  const GuituLists *lists = worker->lists;
  const guint32 *rows = (const guint32 *) (gpointer) found->data;

  if (at + 2 * AHEAD < found->len)
    __builtin_prefetch (lists->rows[1] + (gsize) rows[at + 2 * AHEAD] * lists->n_columns);
  for (guint i = 0; at + AHEAD < found->len && i < lists->n_columns; i++)
    {
      guint32 number = lists->rows[1][(gsize) rows[at + AHEAD] * lists->n_columns + i];

      if (lists->columns[i].sketches != NULL)
        {
          __builtin_prefetch (&lists->columns[i].sketches[number]);
          continue;
        }
      __builtin_prefetch (&worker->known[i][number]);
      __builtin_prefetch (&g_array_index (lists->columns[i].values, GuituValue, number));
    }
  for (guint i = 0; at + NEXT < found->len && i < lists->n_columns; i++)
    {
      const GuituValue *value = &g_array_index (lists->columns[i].values, GuituValue, lists->rows[1][(gsize) rows[at + NEXT] * lists->n_columns + i]);

      if (lists->columns[i].sketches == NULL)
        __builtin_prefetch (value->name != NULL ? (const void *) value->name : value->characters);
    }
}

static double
seconds_of_thread (void)
{
  struct timespec time;

  return clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) == 0 ? (double) time.tv_sec + (double) time.tv_nsec / 1e9 : 0;
}

gpointer
_guitu_list_worker_run (gpointer data)
{
  GuituListWorker *worker = data;
  const GuituLists *lists = worker->lists;
  double start = seconds_of_thread ();

  for (guint row = worker->first; row < worker->last; row++)
    {
      guint least = lists->is_within ? row + 1 : 0;

      _guitu_list_worker_set (worker, row);
      if (worker->blocks != NULL)
        _guitu_blocks_find (worker->blocks, row, least, &worker->search);
      for (guint i = 0; worker->blocks != NULL && i < worker->search.rows->len; i++)
        {
          fetch (worker, worker->search.rows, i);
          compare_pair (worker, row, g_array_index (worker->search.rows, guint32, i));
        }
      for (guint theirs = least; worker->blocks == NULL && theirs < lists->n_theirs; theirs++)
        compare_pair (worker, row, theirs);
    }
  worker->seconds += seconds_of_thread () - start;
  return NULL;
}
