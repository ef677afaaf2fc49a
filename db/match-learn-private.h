/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What finding pairs (match-pairs.c, match-sample.c) and counting them (match-learn.c) share. */

#include "db/match-index-private.h"
#include "db/match-learn.h"

G_BEGIN_DECLS

/** Fields that tell of the same fact: none of them is a witness for another. */
typedef enum
{
  GUITU_FACT_NAME,
  GUITU_FACT_SEX,
  GUITU_FACT_BIRTH,
  GUITU_FACT_HOME,
  GUITU_FACT_MARKS,
  GUITU_FACT_HEIGHT,
  GUITU_FACT_NATION,
  GUITU_FACT_KIN,
  GUITU_FACT_ID_NUMBER,
  GUITU_FACTS,
} GuituFact;

GuituFact _guitu_fact_of (GuituMatchField field);

/** Two records that may teach. */
typedef struct
{
  GuituLearntSource source;
  guint question; /* of likely pairs: those of one question lie together */
  guint8 levels[GUITU_MATCH_FIELDS];
  double bits[GUITU_MATCH_FIELDS]; /* with the m of the country */
  double least[GUITU_FACTS];       /* the bits it would have if the fact fitted not at all */
  double bound;                    /* a pair with fewer bits would not have been found */
  guint facts;                     /* bits 1 << GuituFact of which it can teach */
} GuituPair;

typedef struct
{
  GuituConnection *connection;
  GuituLinkage *model;
  GRand *random;
  GArray *pairs;       /* GuituPair */
  GHashTable *decided; /* pairs of persons of whom somebody decided: they teach as verdicts or not at all */
  gint64 n_persons;    /* about */
  guint n_questions;
  guint n_different;
} GuituLesson;

/** Whether somebody's name, birth and home were taken from a document or found by an office. */
gboolean _guitu_lesson_is_verified (GuituLesson *lesson, gint64 person, gboolean *is_verified, GError **error);

/**
 * Adds a pair that is compared by the two sides, with what people share in the country.
 * @facts: of which it can teach at most. @bound: as in GuituPair
 */
void _guitu_lesson_add (GuituLesson *lesson, GuituLearntSource source, const GuituMatchSide *ours, const GuituMatchSide *theirs, guint facts, double bound);

/** Fills in least, of a pair whose levels are set. */
void _guitu_pair_set_least (GuituPair *pair, const GuituScale *scale);

/** The facts of which two records teach: what a document told of both is no error of people. */
guint _guitu_facts_of (gboolean both_verified);

/** Whether somebody decided about these two persons. */
gboolean _guitu_lesson_is_decided (GuituLesson *lesson, gint64 person, gint64 other);

/** Adds the pairs that are known to be of one human being: by number, by what was said, by verdict. */
gboolean _guitu_lesson_read_known (GuituLesson *lesson, GError **error);

/** Asks about a sample of persons, and adds those who may be the same with what is said for it. */
gboolean _guitu_lesson_ask (GuituLesson *lesson, const GuituMatchLearning *learning, GCancellable *cancellable, GError **error);

/** How many verdicts there are, of any kind. Returns: -1 on error */
gint64 _guitu_match_count_verdicts (GuituConnection *connection, GError **error);

/** About how many persons there are. */
gint64 _guitu_match_count_persons (GuituConnection *connection);

/** All levels with what is thought of the country; nothing is counted. Returns: (transfer full) */
GuituWeights *_guitu_weights_new (void);

/** Sets every m from the counts: what is thought of the country counts as some pairs of its own. */
void _guitu_weights_set_m (GuituWeights *weights);

/** Puts the m of the weights into a model. */
void _guitu_weights_apply (const GuituWeights *weights, GuituLinkage *model);

G_END_DECLS
