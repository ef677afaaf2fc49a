/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What weighing (match-scan.c) and reading (match-read.c) share. */

#include "db/match-scan.h"

G_BEGIN_DECLS

#define SCAN_NAMES 5
#define INTERVALS_KEPT 4096
#define N_PLACES (GUITU_FIRST_DIALECT + 128)

typedef struct
{
  GuituAlikes *columns; /* by their unit */
  GuituNameForm form;
  GuituUnitId units[GUITU_PACKED_UNITS];
  gboolean is_heard;
  gboolean is_alias;
} ScanName;

typedef struct
{
  guint16 from, to;
  guint8 level;
} IntervalLevel;

struct _GuituScan
{
  const GuituFeatures *ours;
  const GuituLinkage *model;
  ScanName names[SCAN_NAMES];
  guint n_names;
  guint8 homes[N_PLACES];        /* their home against ours: level, WIDE for the other field */
  guint8 accents[N_PLACES];      /* their accent against ours */
  guint8 our_accent[N_PLACES];   /* their home against our accent */
  guint8 their_accent[N_PLACES]; /* their accent against our home */
  guint8 *marks;                 /* by their mark */
  guint8 days[65536];            /* by their day of birth */
  IntervalLevel intervals[INTERVALS_KEPT];
  guint32 phones[GUITU_FEATURE_PHONES];
  guint16 kin[GUITU_FEATURE_KIN];
  guint16 id_tail;
  GuituScale scale;
  int bits[GUITU_MATCH_FIELDS][GUITU_MATCH_LEVELS];
  int most[GUITU_MATCH_FIELDS];
  int most_of_looks; /* sex, height and nation together */
  int most_of_accent;
  guint32 counts[GUITU_MATCH_FIELDS][GUITU_MATCH_LEVELS];
  guint64 n_compared;
  GArray *best; /* GuituCandidate, a heap with the least first */
  guint own;
  gint64 own_row;
};

/** Counts the levels of one record. */
void _guitu_scan_count (GuituScan *scan, const GuituPacked *theirs);

/** Makes weights of what was counted; of the names alone once they are counted over all. */
void _guitu_scan_weigh_counts (GuituScan *scan, gboolean only_names);

/** Takes over the weights of another scan of the same question. */
void _guitu_scan_weigh_like (GuituScan *scan, const GuituScan *other);

/** Weighs one record of @chunk, and keeps it if it is among the best. */
void _guitu_scan_weigh (GuituScan *scan, gint64 chunk, const GuituPacked *theirs);

G_END_DECLS
