/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing the rows of two lists, some thousand with some thousand others. */

#include "db/linkage-lists-private.h"

#include <string.h>

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
  if (blocks != NULL)
    _guitu_block_search_init (&worker->search, lists->n_theirs);
  return worker;
}

void
_guitu_list_worker_free (GuituListWorker *worker)
{
  guitu_linkage_patterns_free (worker->patterns);
  g_array_unref (worker->candidates);
  _guitu_block_search_clear (&worker->search);
  g_free (worker);
}

void
_guitu_list_worker_set (GuituListWorker *worker,
                        guint row)
{
  const GuituLists *lists = worker->lists;

  for (guint i = 0; i < lists->n_columns; i++)
    _guitu_comparand_set (&worker->comparands[i], _guitu_values_get (&lists->columns[i], 0, row));
}

static gboolean
are_equal (const GuituValue *ours,
           const GuituValue *theirs)
{
  return ours->length == theirs->length && memcmp (ours->characters, theirs->characters, ours->length * sizeof *ours->characters) == 0;
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
  GuituColumnKind kind = lists->columns[column].column->kind;
  const GuituValue *first = _guitu_values_get (&lists->columns[other], 1, theirs);
  const GuituValue *second = _guitu_values_get (&lists->columns[column], 1, theirs);
  guint8 across, back;

  if (!_guitu_comparator_may_be_exchanged (kind, levels[column]) || !_guitu_comparator_may_be_exchanged (kind, levels[other]))
    return;
  across = _guitu_compare (kind, &worker->comparands[column], first, are_equal (worker->comparands[column].value, first));
  if (across > 2)
    return;
  back = _guitu_compare (kind, &worker->comparands[other], second, are_equal (worker->comparands[other].value, second));
  if (back > 2 || across + back == 0)
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

  for (guint i = 0; i < lists->n_columns; i++)
    {
      const GuituValues *column = &lists->columns[i];
      const GuituValue *value = _guitu_values_get (column, 1, theirs);

      levels[i] = _guitu_compare (column->column->kind, &worker->comparands[i], value, worker->comparands[i].value == value);
    }
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

gpointer
_guitu_list_worker_run (gpointer data)
{
  GuituListWorker *worker = data;
  const GuituLists *lists = worker->lists;

  for (guint row = worker->first; row < worker->last; row++)
    {
      guint least = lists->is_within ? row + 1 : 0;

      _guitu_list_worker_set (worker, row);
      if (worker->blocks != NULL)
        _guitu_blocks_find (worker->blocks, row, least, &worker->search);
      for (guint i = 0; worker->blocks != NULL && i < worker->search.rows->len; i++)
        compare_pair (worker, row, g_array_index (worker->search.rows, guint32, i));
      for (guint theirs = least; worker->blocks == NULL && theirs < lists->n_theirs; theirs++)
        compare_pair (worker, row, theirs);
    }
  return NULL;
}
