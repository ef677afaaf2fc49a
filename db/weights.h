/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the match believes of each level, and from what it was learnt. Counts alone: nothing here is of one person. */

#include "db/store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** How two records were known to be of one human being. Their numbers are kept. */
typedef enum
{
  GUITU_LEARNT_NUMBER,  /* they have the same ID number */
  GUITU_LEARNT_SAID,    /* what somebody said, and who they were found to be */
  GUITU_LEARNT_VERDICT, /* somebody decided so */
  GUITU_LEARNT_LIKELY,  /* all other fields leave no doubt */
  GUITU_LEARNT_SOURCES,
} GuituLearntSource;

/** The word for a source: number, said, verdict, likely. */
const char *guitu_learnt_source_name (GuituLearntSource source);

typedef struct
{
  guint field_number; /* of the match's own fields, and from 1 the level */
  guint level;
  const char *table;                   /* static: name, heard, nickname … */
  const char *field;                   /* static: as in reasons */
  const char *how;                     /* static: as in reasons */
  double given;                        /* how often this is seen of one human being, as is thought of the country */
  double m;                            /* the same, as is in force */
  double counts[GUITU_LEARNT_SOURCES]; /* pairs with this level */
} GuituWeight;

typedef struct
{
  GArray *weights;                     /* GuituWeight: all levels of all fields */
  guint n_pairs[GUITU_LEARNT_SOURCES]; /* that taught anything */
  guint n_different;                   /* pairs that somebody decided are two people: never learnt from, whatever agrees */
  guint n_questions;                   /* records of the sample that were asked about */
  guint n_verdicts;                    /* of either kind, and unclear ones */
  gint64 learnt_at;                    /* seconds since 1970; 0: never */
} GuituWeights;

void guitu_weights_free (GuituWeights *weights);

/** Whether anything was learnt: enough pairs are known. */
gboolean guitu_weights_are_learnt (const GuituWeights *weights);

/** The weights in force. Returns: (transfer full). */
GuituWeights *guitu_store_weights (GuituTransaction *transaction, GError **error);

/**
 * Learns anew from the store's records, and keeps it: nothing is written to the ledger, and each desk learns for itself.
 * Takes up to @seconds, reading beside everybody else. @cancellable: (nullable).
 */
gboolean guitu_store_learn (GuituStore *store, double seconds, GCancellable *cancellable, GError **error);

/** The same for up to some seconds, if it is time for it (every 50 verdicts, or 30 days in a station with 5,000 records). For the background. */
gboolean guitu_store_learn_if_due (GuituStore *store, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituWeights, guitu_weights_free)

G_END_DECLS
