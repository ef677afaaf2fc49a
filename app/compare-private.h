/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One run of “compare”: what was read, what it means, and what was found. */

#include "app/list-mapping.h"

G_BEGIN_DECLS

/** A row of the list and what it is thought to be. */
typedef struct
{
  guint row; /* of file->rows */
  double score;
  double probability;
  char *match_id; /* what the other side calls it; nullable */
  char *match_name;
  guint match_row; /* of the other list, as GuituListRow counts; 0: a person of the station */
  JsonArray *why;  /* nullable: there are too many to explain each */
} GuituListMatch;

typedef struct
{
  GuituCall *call;
  gboolean is_within;
  gboolean reveal;
  double least;     /* the threshold that was asked for, or -1 */
  double precision; /* the same by what is to be right, or -1 */
  GuituListFile *file;
  GuituListFile *other; /* NULL: the station's persons, or the list itself */
  GuituListMeaning *meanings;
  GuituListMeaning *other_meanings;
  GPtrArray *matches;         /* GuituListMatch, the most probable first; also those below the threshold */
  GuituListExpectation taken; /* those down to the threshold, and what is to be expected of them */
  JsonObject *figures;        /* for the summary, besides what every comparison has */
} GuituListComparison;

/** What a row says of a field; composed where the list has it in parts (birth, name), or %NULL. Returns: (transfer full) (nullable). */
char *_guitu_comparison_text (const GuituListFile *file, const GuituListMeaning *meanings, const GuituListRow *row, const char *field);

/** The list's own number of a row, by which people find it again; %NULL where it has none. */
const char *_guitu_comparison_row_id (const GuituListFile *file, const GuituListMeaning *meanings, const GuituListRow *row);

/** Sorts the matches, finds the threshold and sets taken. @probabilities: those of the matches and of others that are less likely, in any order */
void _guitu_comparison_take (GuituListComparison *comparison, GArray *probabilities);

/** Fills matches. */
gboolean _guitu_compare_lists (GuituListComparison *comparison, GError **error);
gboolean _guitu_compare_persons (GuituListComparison *comparison, GError **error);

/** The list with what was found, as CSV. Returns: (transfer full). */
GBytes *_guitu_comparison_export (const GuituListComparison *comparison);

void _guitu_list_match_free (gpointer match);

G_END_DECLS
