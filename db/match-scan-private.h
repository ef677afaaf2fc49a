/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What weighing (match-scan.c), sifting (match-sift.c) and reading (match-read.c) share. */

#include "db/match-scan.h"

G_BEGIN_DECLS

#define SCAN_NAMES 5
#define GUITU_BEST_KEPT 320
#define INTERVALS_KEPT 4096
#define N_PLACES (GUITU_FIRST_DIALECT + 128)

#define GUITU_COLUMN_IS_KNOWN (1u << 31)
#define GUITU_COLUMN_MORE_THAN_NEAR 066666666u /* without one of these bits in any column no name fits */

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
  guint32 counts[GUITU_MATCH_FIELDS][GUITU_MATCH_LEVELS];
  guint64 n_compared;
};

/** Counts the levels of one record. */
void _guitu_scan_count (GuituScan *scan, const GuituPacked *theirs);

/** Makes weights of what was counted; of the names alone once they are counted over all. */
void _guitu_scan_weigh_counts (GuituScan *scan, gboolean only_names);

/** Takes over the weights of another scan of the same question. */
void _guitu_scan_weigh_like (GuituScan *scan, const GuituScan *other);

/** Bits of a record that has a name, against a question that has one. @name: its field × GUITU_MATCH_LEVELS + level */
int _guitu_scan_name_bits (GuituScan *scan, const GuituPacked *theirs, guint *name);

int _guitu_scan_birth_bits (GuituScan *scan, const GuituPacked *theirs);
int _guitu_scan_home_bits (GuituScan *scan, const GuituPacked *theirs);

/** Bits of all that is not name, birth or home. @has_home: both have one */
int _guitu_scan_rest_bits (GuituScan *scan, const GuituPacked *theirs, gboolean has_home);

/** One thread's part of a question. */
typedef struct
{
  GuituScan *scan;
  gint16 days[65536]; /* bits by their day of birth */
  gint16 homes[N_PLACES];
  gint16 others[GUITU_PACKED_FORMS]; /* bits of a name that doesn't fit, by its form */
  guint8 other_fields[GUITU_PACKED_FORMS];
  int most_of_rest[16]; /* what else can come, by what a record has */
  guint32 n_others[GUITU_MATCH_SEX + 1];
  GArray *best; /* GuituCandidate, a heap with the least first */
  guint64 n_compared;
  guint own;
  gint64 own_row;
} GuituSift;

/** @scan: weighed; must outlive it. The row @own_row of @own is no answer. */
GuituSift *_guitu_sift_new (GuituScan *scan, guint own, gint64 own_row);
void _guitu_sift_free (GuituSift *sift);

/** Weighs the @n records of @chunk, and keeps the best. */
void _guitu_sift_chunk (GuituSift *sift, gint64 chunk, const GuituPacked *packed, guint n);

/** Tells the scan how many names were found at each level. */
void _guitu_sift_count (GuituSift *sift);

/** The better first; the same for every order in which records are read. */
int _guitu_candidates_compare (gconstpointer a, gconstpointer b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituSift, _guitu_sift_free)

G_END_DECLS
