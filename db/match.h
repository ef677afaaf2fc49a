/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is this the same person as one we have? Record linkage after Fellegi and Sunter (1969): each
 * field adds log2 (P(agrees | same) / P(agrees | different)). Only db/ includes this header. */

#include "db/connection.h"

G_BEGIN_DECLS

/** One side of a comparison. Text may be %NULL; dates are ISO 8601 (YYYY-MM-DD). */
typedef struct
{
  gint64 row;
  const char *name;
  const char *alias;
  const char *sex;
  const char *birth_from;
  const char *birth_to;
  const char *id_number;
  const char *phone;
  const char *household;
  int height_cm; /* 0 when unknown */
} GuituMatchSide;

typedef struct
{
  const char *field; /* static */
  char *ours;
  char *theirs;
  double weight; /* bits */
} GuituMatchReason;

typedef struct
{
  gint64 row;
  double score;       /* sum of the weights, in bits */
  double probability; /* 0 … 1, with prior odds of 1 to 65,536 (see compare.c) */
  GPtrArray *reasons; /* GuituMatchReason */
} GuituMatch;

void guitu_match_free (GuituMatch *match);

/**
 * Compares two persons field by field; fields that a side does not say are left out. The reasons are
 * named name (or alias, when that agrees better), sex, birth, id_number, phone, household, height_cm.
 * Returns: (transfer full).
 */
GuituMatch *guitu_match_compare (const GuituMatchSide *ours, const GuituMatchSide *theirs);

/**
 * Persons of the store that could be @person, best first, at most @limit, those with a probability
 * of at least @least; without voided persons and the row that @person has itself (0 for none). Reads
 * table person and the search index. Returns: (transfer full) (element-type GuituMatch).
 */
GPtrArray *guitu_match_find (GuituConnection *connection,
                             const GuituMatchSide *person,
                             double least,
                             guint limit,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituMatch, guitu_match_free)

G_END_DECLS
