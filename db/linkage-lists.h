/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which rows of two lists are the same, or which rows of one list: the model of linkage.h learnt from
 * the lists themselves. A list is columns of texts; nothing is known of stations or of files. */

#include "db/store.h"

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_LISTS_COLUMNS 40 /* at most */

/** How the values of a column are compared. */
typedef enum
{
  GUITU_COLUMN_TEXT,     /* words: exact, alike (Jaro and Winkler), in another order, cut short */
  GUITU_COLUMN_NAME,     /* the same; whole names in Han characters as the match compares them (match-private.h) */
  GUITU_COLUMN_DATE,     /* slips of a digit, day and month exchanged, one part wrong */
  GUITU_COLUMN_NUMBER,   /* a digit wrong; near */
  GUITU_COLUMN_CODE,     /* digits and letters that are copied: postcodes, ID numbers */
  GUITU_COLUMN_PHONE,    /* the last digits count; "?" is a digit that can't be read */
  GUITU_COLUMN_CATEGORY, /* one of few values */
  GUITU_COLUMN_HAN_NAME, /* what a column of names is taken for when most are in Han characters; it need not be said */
  GUITU_COLUMN_KINDS,
} GuituColumnKind;

typedef struct
{
  const char *name;
  GuituColumnKind kind;
  int exchanged;             /* a column with which the values are at times exchanged (surname and given name), or -1 */
  gboolean is_own;           /* of the one alone, such as a given name or a day of birth; a family shares the others */
  gboolean is_day_first;     /* of a date that is written with strokes or dots */
  const char *const *ours;   /* one per row; NULL or empty: not known */
  const char *const *theirs; /* NULL: within one list */
} GuituListColumn;

typedef struct
{
  guint ours; /* rows */
  guint theirs;
  double score;       /* bits */
  double others;      /* bits of them: what other rows that are the same as one of both say; only within one list */
  double probability; /* with what else each of both could be, where rows have one partner at most */
} GuituListPair;

/** What one column says of a pair. */
typedef struct
{
  guint column;    /* G_MAXUINT: that relatives agree so as well ("related"), or what other rows say ("others") */
  double weight;   /* bits */
  const char *how; /* "same", "alike" … (static) */
} GuituListReason;

typedef struct
{
  double n_pairs;         /* of the two lists in all */
  double n_compared;      /* of which had anything in common */
  double seconds;         /* that the threads worked on these, with finding them */
  double n_matches;       /* expected */
  gboolean is_one_to_one; /* no list has doubles of its own: each row has one partner at most */
  guint rounds;
} GuituListFigures;

typedef struct _GuituLists GuituLists;

/** What is to be expected of taking all pairs of at least this probability. */
typedef struct
{
  double probability; /* the threshold */
  guint n_taken;
  double precision; /* the share of those taken that are right */
  double found;     /* the share of the matches that are taken */
} GuituListExpectation;

typedef enum
{
  GUITU_EXPECT_BEST,      /* the threshold with the best expected F1 */
  GUITU_EXPECT_PRECISION, /* the lowest at which so many of those taken are right */
  GUITU_EXPECT_LEAST,     /* the one that is given */
} GuituExpect;

/** @probabilities: of all that was found, from the greatest to the least. @at: a precision or a threshold, 0 … 1 */
GuituListExpectation guitu_lists_expect (const double *probabilities, guint n, GuituExpect how, double at);

/**
 * Finds the pairs, with all that is needed to explain them; @columns and their texts must outlive the result.
 * @n_theirs is ignored within one list. Returns: (transfer full) (nullable): %NULL where @progress failed.
 */
GuituLists *guitu_lists_link (const GuituListColumn *columns,
                              guint n_columns,
                              guint n_ours,
                              guint n_theirs,
                              GuituProgress progress,
                              gpointer data,
                              GError **error);
void guitu_lists_free (GuituLists *lists);

/** All pairs that are worth a thought, the most probable first. (element-type GuituListPair) */
const GArray *guitu_lists_pairs (const GuituLists *lists);
const GuituListFigures *guitu_lists_figures (const GuituLists *lists);

/** What each column says of the pair; those that say nothing are left out. Returns: (transfer full) (element-type GuituListReason). */
GArray *guitu_lists_reasons (const GuituLists *lists, const GuituListPair *pair);

/**
 * Reads a date as people write it (19501203, 1950-12-3, 3.12.1950, 12/3/1950, 1950年12月3日, 1950年, a time after it):
 * eight digits, '?' for those that are not told. Impossible days are read too: a slip makes them.
 */
gboolean guitu_lists_read_date (const char *text, gboolean is_day_first, char digits[9]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituLists, guitu_lists_free)

G_END_DECLS
