/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/linkage-blocks.h"
#include "db/linkage-comparators.h"

G_BEGIN_DECLS

/** A pair that may be the same. */
typedef struct
{
  guint32 ours;
  guint32 theirs;
  guint32 pattern;
} GuituCandidate;

typedef struct _GuituListWorker GuituListWorker;

struct _GuituLists
{
  GuituValues *columns;
  guint n_columns;
  guint32 *rows[2]; /* numbers of values, row by row: what is compared together lies together */
  guint n_ours;
  guint n_theirs;
  gboolean is_within; /* one list */
  GuituLinkage *model;
  GArray *pairs; /* GuituListPair */
  GuituListFigures figures;
  GuituListWorker *explaining; /* compares pairs again to tell why */
};

/** One thread's tools and what it found. */
struct _GuituListWorker
{
  const GuituLists *lists;
  const GuituBlocks *blocks; /* NULL: every row with every row */
  double least;              /* bits: pairs below are forgotten */
  GuituComparand comparands[GUITU_LISTS_COLUMNS];
  guint32 numbers[GUITU_LISTS_COLUMNS]; /* of the comparands */
  guint32 *known[GUITU_LISTS_COLUMNS];  /* per value, for which comparand it was compared last, and its level */
  guint32 comparand;                    /* counted up with each row of ours */
  guint row;                            /* of ours that is set, plus 1 */
  GuituBlockSearch search;
  GuituLinkagePatterns *patterns;
  GArray *candidates; /* GuituCandidate */
  double n_compared;
  double seconds; /* of its own work */
  guint first;    /* rows of ours to do, up to before @last */
  guint last;
};

GuituListWorker *_guitu_list_worker_new (const GuituLists *lists, const GuituBlocks *blocks, double least);
void _guitu_list_worker_free (GuituListWorker *worker);

/** Makes @row of ours the one that others are compared with. */
void _guitu_list_worker_set (GuituListWorker *worker, guint row);
void _guitu_list_worker_compare (GuituListWorker *worker, guint theirs, guint8 *levels);

/** Compares the worker's rows with all that have something in common. For g_thread_new. */
gpointer _guitu_list_worker_run (gpointer worker);

/** The patterns of @candidates, counted by the part that each has of its two rows with what is known now. (transfer full) */
GuituLinkagePatterns *_guitu_lists_share (const GuituLists *lists, const GuituLinkagePatterns *patterns, const GArray *candidates);

/** Gives each pair the probability that it has beside the others of its rows, if each row has one partner at most. Sets is_one_to_one. */
void _guitu_lists_assign (GuituLists *lists);

/** The score of a pair, how rare its values are included. @doubt: (out): what of it is lost because relatives agree so as well */
double _guitu_lists_score (const GuituLists *lists, const guint8 *levels, guint ours, double *doubt);

/** Within one list: what the other rows say that are the same as one of a pair, and the pairs that only they tell. */
void _guitu_lists_group (GuituLists *lists);

G_END_DECLS
