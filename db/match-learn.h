/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The match learns from the station: how often each level is seen of one human being (m) is counted among pairs of
 * records that are known to be of one, and what is thought of the country (db/match-model.c) counts as two hundred such
 * pairs. What two people share by chance (u) is not learnt here: each question counts its own. Only db/ includes this
 * header. */

#include "db/linkage.h"
#include "db/match.h"
#include "db/weights.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 seed;    /* of the sample */
  guint questions; /* records that are asked about, at most */
  double seconds;  /* for asking them, at most; what is known without a question is read whole */
} GuituMatchLearning;

/** Enough for a large station. */
#define GUITU_MATCH_LEARNING_INIT              \
  {                                            \
    .seed = 1, .questions = 400, .seconds = 20 \
  }

/**
 * Learns from the records, and writes nothing. A station in which fewer than 20 pairs are known learns nothing: all
 * counts are 0 then. @cancellable: (nullable). Free with guitu_weights_free. Errors: also G_IO_ERROR_CANCELLED.
 */
GuituWeights *guitu_match_learn (GuituConnection *connection, const GuituMatchLearning *learning, GCancellable *cancellable, GError **error);

/** Keeps what was learnt, in place of what was kept before; within the caller's transaction. @now: seconds since 1970 */
gboolean guitu_match_keep (GuituConnection *connection, const GuituWeights *weights, gint64 now, GError **error);

/** The weights in force: what was kept, or what is thought of the country. */
GuituWeights *guitu_match_weights (GuituConnection *connection, GError **error);

/** Whether enough was decided, or enough time went by, since the last time (50 verdicts; 30 days in a station with 5,000 records). */
gboolean guitu_match_is_to_learn (GuituConnection *connection, gint64 now, gboolean *is_due, GError **error);

/* --- Private to the match ---------------------------------------------------------------------------- */

/** Creates the table of what is learnt where it is missing; empties it where it was counted by other levels. */
gboolean _guitu_match_learnt_prepare (GuituConnection *connection, GError **error);

/** Whether what is kept can be; *@problem: (out) (transfer full): a sentence, %NULL when all is well. */
gboolean _guitu_match_learnt_check (GuituConnection *connection, char **problem, GError **error);

/** Forgets what was learnt, where that can't be. */
gboolean _guitu_match_learnt_mend (GuituConnection *connection, GError **error);

/** The model with the weights in force. Returns: (transfer full) */
GuituLinkage *_guitu_match_model_of (GuituConnection *connection, GError **error);

G_END_DECLS
