/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The model behind every "is this the same?": record linkage after Fellegi and Sunter (1969).
 *
 * Two records are compared field by field, and each comparison ends in a level: 1 is the best
 * agreement, the last one is "nothing alike", 0 says nothing because a side has no value. m is how
 * often a level is seen when both are the same, u when they are not; log2 (m / u) is the weight in
 * bits. Both are learnt from the lists themselves, without examples (expectation–maximisation,
 * Winkler 1988), with what is given at first as a prior: a field that the lists say little about
 * keeps it.
 *
 * Fields that hang together (postcode and suburb, full name and surname) would count twice. A field
 * may therefore have a parent, on whose level its m and u depend (Friedman, Geiger and Goldszmidt 1997).
 *
 * The model knows nothing of texts: comparators give the levels. Only db/ includes this header. */

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_LINKAGE_FIELDS 40 /* at most */
#define GUITU_LINKAGE_LEVELS 24 /* at most, besides 0 */

/** How a field is compared, and what is thought of it before anything is learnt. */
typedef struct
{
  const char *name; /* static, or as long as the model lives */
  guint n_levels;
  double m[GUITU_LINKAGE_LEVELS + 1]; /* by level; [0] is unused. Each table sums up to 1. */
  double u[GUITU_LINKAGE_LEVELS + 1];
} GuituLinkageField;

typedef struct _GuituLinkage GuituLinkage;

/** A model with these fields, no parents, and prior odds of 1 to 1. Returns: (transfer full). */
GuituLinkage *guitu_linkage_new (const GuituLinkageField *fields, guint n_fields);
void guitu_linkage_free (GuituLinkage *linkage);

guint guitu_linkage_n_fields (const GuituLinkage *linkage);
const char *guitu_linkage_field_name (const GuituLinkage *linkage, guint field);

/** m and u of a level, whatever the parent says. */
double guitu_linkage_m (const GuituLinkage *linkage, guint field, guint level);
double guitu_linkage_u (const GuituLinkage *linkage, guint field, guint level);

/** The field on which @field depends, or -1. */
int guitu_linkage_parent (const GuituLinkage *linkage, guint field);

/** Makes @field depend on @parent: until it is learnt how, what is known of the field holds whatever the parent says. Parents make no circle. */
void guitu_linkage_set_parent (GuituLinkage *linkage, guint field, int parent);

/** Puts m and u of a field that depends on no other, such as from a table that was kept: n_levels + 1 each. */
void guitu_linkage_set (GuituLinkage *linkage, guint field, const double *m, const double *u);

/* --- Weighing --------------------------------------------------------------------------------- */

/** The weight of one field in bits, 0 where a side does not say. @levels: one per field */
double guitu_linkage_weight (const GuituLinkage *linkage, guint field, const guint8 *levels);

/**
 * Has the model know of a third sort of pairs: relatives, who are different and yet agree in all that a family
 * shares (surname, address, telephone), and without whom such lists teach it to find families (Winkler 1993).
 * @own: per field, whether it is of the one alone (given name, day of birth); relatives agree in it by chance
 */
void guitu_linkage_expect_related (GuituLinkage *linkage, const gboolean *own);

/** How much the thought of relatives takes from the score of such a pair, in bits: 0 or more. @rarity: what guitu_linkage_rarity gave for the fields that are not own */
double guitu_linkage_doubt (const GuituLinkage *linkage, const guint8 *levels, double rarity);

/** The sum of all weights, in bits, without the prior. */
double guitu_linkage_score (const GuituLinkage *linkage, const guint8 *levels);

/**
 * What the value adds to the weight of the best level: rare values say more, frequent ones less than the mean.
 * Where the parent agrees too, the rarity was counted there. @frequency: the value's share of the records
 */
double guitu_linkage_rarity (const GuituLinkage *linkage, guint field, const guint8 *levels, double frequency);

/**
 * The share of the population that has a value which @n_others of @n_records have, besides the two that are
 * compared. @mean: the share of the mean value (u of the best level), which counts while little is known.
 */
double guitu_linkage_frequency (double n_others, double n_records, double mean);

/** Odds before anything is compared, in bits: how many of @n_pairs are thought to be the same. */
double guitu_linkage_prior_bits (double n_matches, double n_pairs);
double guitu_linkage_prior (const GuituLinkage *linkage);
void guitu_linkage_set_prior (GuituLinkage *linkage, double bits);

/** 0 … 1, from the sum of prior and weights, in bits. */
double guitu_linkage_probability (double bits);

/** The other way around; certainty is a hundred bits or less. */
double guitu_linkage_bits (double probability);

/* --- Learning --------------------------------------------------------------------------------- */

/** Patterns of levels, counted: millions of pairs make some thousands of patterns. */
typedef struct _GuituLinkagePatterns GuituLinkagePatterns;

GuituLinkagePatterns *guitu_linkage_patterns_new (guint n_fields);
void guitu_linkage_patterns_free (GuituLinkagePatterns *patterns);

/** Counts @levels @count times. Returns: the number of the pattern. */
guint guitu_linkage_patterns_add (GuituLinkagePatterns *patterns, const guint8 *levels, double count);
guint guitu_linkage_patterns_length (const GuituLinkagePatterns *patterns);
const guint8 *guitu_linkage_patterns_levels (const GuituLinkagePatterns *patterns, guint pattern);
double guitu_linkage_patterns_count (const GuituLinkagePatterns *patterns, guint pattern);

typedef struct
{
  double n_pairs;      /* of both lists in all, compared or not: n × m, or n × (n - 1) / 2 within one */
  double most_matches; /* there can't be more, 0: unknown */
  double m_weight;     /* for how many matches the m given at first counts */
  double u_weight;     /* for how many pairs the u given at first counts */
  guint most_rounds;
} GuituLinkageLearning;

typedef struct
{
  guint rounds;
  gboolean converged;
  double n_matches; /* expected among all pairs */
} GuituLinkageLearnt;

/**
 * Learns m, u and the prior. The u come from @random: random pairs of the two lists, of which those that are
 * probably the same are taken out as they become known; %NULL leaves the u as they are. The m come from
 * @candidates: pairs that have anything in common, every one that could be the same among them. That they were
 * chosen does no harm, since all others count as different; %NULL leaves m and prior as they are.
 */
void guitu_linkage_learn (GuituLinkage *linkage,
                          const GuituLinkagePatterns *candidates,
                          const GuituLinkagePatterns *random,
                          const GuituLinkageLearning *learning,
                          GuituLinkageLearnt *learnt);

/**
 * Gives each field the parent with which it hangs together most among pairs that are different, if that is @least
 * bits or more of mutual information. Done when the u are known, and before the m are learnt: fields that hang
 * together look like a match to a model that does not know it. Done again when they are learnt (@is_learnt): many
 * doubles among few rows look like fields that hang together to a model that does not know them yet.
 * @most_same: the share of the pairs that may be the same, so that their fields agree for no other reason.
 * Returns: whether any field has another parent than before; only then is what was learnt of parents forgotten.
 */
gboolean guitu_linkage_find_parents (GuituLinkage *linkage, const GuituLinkagePatterns *random, double least, double most_same, gboolean is_learnt);

/* --- What to expect --------------------------------------------------------------------------- */

/** What is to be expected of taking all pairs of at least this probability. */
typedef struct
{
  double probability; /* the threshold */
  guint n_taken;
  double precision; /* the share of those taken that are right */
  double found;     /* the share of the matches that are taken */
} GuituLinkageExpectation;

/** @probabilities: of all candidates, sorted from the greatest to the least. The threshold with the best expected F1. */
GuituLinkageExpectation guitu_linkage_expect_best (const double *probabilities, guint n);

/** The lowest threshold at which @precision (0 … 1) is still expected. */
GuituLinkageExpectation guitu_linkage_expect_precision (const double *probabilities, guint n, double precision);

/** For a threshold that is given. */
GuituLinkageExpectation guitu_linkage_expect_at (const double *probabilities, guint n, double threshold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituLinkage, guitu_linkage_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituLinkagePatterns, guitu_linkage_patterns_free)

G_END_DECLS
