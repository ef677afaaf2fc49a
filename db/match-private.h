/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The comparators of db/compare.c, which give weights without explaining them: a search for
 * candidates scores thousands and explains ten. */

#include "db/match.h"
#include "db/search-private.h"

G_BEGIN_DECLS

#define GUITU_MATCH_NAMES_MAX 4

typedef struct
{
  GuituUnit units[GUITU_UNITS_MAX];
  guint n_units;
  guint surname; /* units of the surname, 0 for names that have none */
} GuituMatchName;

/** A side with its names taken apart; the first is the name, unless there is none, the others aliases. */
typedef struct
{
  const GuituMatchSide *side;
  GuituMatchName names[GUITU_MATCH_NAMES_MAX];
  guint n_names;
  gboolean has_name;
} GuituMatchSubject;

typedef enum
{
  GUITU_MATCH_NAME,
  GUITU_MATCH_ALIAS, /* at least one of the two names that agree best is an alias */
  GUITU_MATCH_SEX,
  GUITU_MATCH_BIRTH,
  GUITU_MATCH_ID_NUMBER,
  GUITU_MATCH_PHONE,
  GUITU_MATCH_HOUSEHOLD,
  GUITU_MATCH_HEIGHT,
  GUITU_MATCH_FIELDS,
} GuituMatchField;

/** Bits per field; NAN where a side does not say. */
typedef struct
{
  double weights[GUITU_MATCH_FIELDS];
  gboolean ours_is_alias;
  gboolean theirs_is_alias;
} GuituMatchWeights;

/** @side must outlive @subject. */
void _guitu_match_subject_init (GuituMatchSubject *subject, const GuituMatchSide *side);

/** Compares all fields. Returns: the sum of the weights. */
double _guitu_match_weigh (const GuituMatchSubject *ours, const GuituMatchSubject *theirs, GuituMatchWeights *weights);

/** From the sum of the weights and the prior (see compare.c). */
double _guitu_match_probability (double score);

G_END_DECLS
