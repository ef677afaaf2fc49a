/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is this the same human being? Each field of two records is compared to a level of agreement, and each level weighs
 * log2 (P(level | the same) / P(level | two people)) bits (Fellegi and Sunter 1969; db/linkage.h). What two people
 * share by chance is counted in the store for the very record that is asked about: a name that hundreds have says
 * little, and so does 河南 among people from 河南. Only db/ includes this header.
 *
 * Candidates come from a derived table that holds 40 bytes for each name of a record (db/match-index.c). All of it
 * is read for each question: no block can miss anybody, whatever is wrong with what was said. */

#include "db/connection.h"

G_BEGIN_DECLS

/** What somebody said, as kind `statement` has it; texts may be %NULL. */
typedef struct
{
  const char *about; /* name, age, home, kin, phone … */
  const char *text;
  const char *sound;    /* pinyin */
  const char *heard_at; /* ISO 8601: an age is counted from there */
} GuituMatchStatement;

/** One side of a comparison. Texts may be %NULL; dates are ISO 8601 (YYYY-MM-DD). */
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
  const char *address;
  const char *nation;
  const char *accent;
  const char *marks;
  const char *kin;
  int height_cm; /* 0 when unknown */
  const GuituMatchStatement *statements;
  guint n_statements;
} GuituMatchSide;

typedef struct
{
  const char *field; /* static: name, alias, sex, birth, id_number, phone, household, accent, marks, height_cm, nation, kin, others */
  const char *how;   /* static: same, sound, dialect, shape, swapped, dropped, surname, one-character, interval, near, … */
  char *ours;
  char *theirs;
  double weight; /* bits */
} GuituMatchReason;

typedef struct
{
  guint kind; /* GuituMatchKind */
  gint64 row;
  double score;       /* sum of the weights, in bits */
  double probability; /* 0 … 1 */
  GPtrArray *reasons; /* GuituMatchReason */
} GuituMatch;

void guitu_match_free (GuituMatch *match);

/**
 * Compares two sides without a store: what people share by chance is that of the country. Fields that a side does
 * not say are left out. Returns: (transfer full).
 */
GuituMatch *guitu_match_compare (const GuituMatchSide *ours, const GuituMatchSide *theirs);

/** Kinds of records in the index. Their numbers are kept in it. */
typedef enum
{
  GUITU_MATCH_PERSON = 1,
  GUITU_MATCH_MISSING = 2,
  GUITU_MATCH_SOUGHT = 3,
  GUITU_MATCH_POSTING = 4,
  GUITU_MATCH_KINDS_END,
} GuituMatchKind;

/**
 * Records of @kinds (bits 1 << GuituMatchKind) who could be @side, best first, at most @limit, those with a
 * probability of at least @least; without the record of kind @own and the row of @side (0 for none).
 * The probability is that of the very record: that others fit as well counts against it (reason "others").
 * Returns: (transfer full) (element-type GuituMatch).
 */
GPtrArray *guitu_match_find (GuituConnection *connection, const GuituMatchSide *side, guint own, guint kinds, double least, guint limit, GError **error);

/** How sure a probability is, as a code: "sure" (99 of 100 such alarms are right), "likely" (4 of 5), "possible" (1 of 5), "weak". */
const char *guitu_match_class (double probability);

/* --- The index, kept up by the store --------------------------------------------------------------- */

/** Creates the index where it is missing or of another version, from the records; outside of transactions. */
gboolean guitu_match_prepare (GuituConnection *connection, GError **error);

/** Builds the index anew, in one transaction of its own. */
gboolean guitu_match_rebuild (GuituConnection *connection, GError **error);

/** Whether the index holds what it would hold if built anew. *@problem: (out) (transfer full): a sentence, %NULL when all is well. */
gboolean guitu_match_check (GuituConnection *connection, char **problem, GError **error);

/** Bytes that the index takes in the database, 0 where SQLite can't tell. */
gint64 guitu_match_bytes (GuituConnection *connection);

/** A record in the index; row 0: none. */
typedef struct
{
  guint kind;
  gint64 row;
} GuituMatchSubject;

/** Whose place in the index depends on the record @id of table @kind: itself, or the person who made a statement. */
gboolean guitu_match_subject_of (GuituConnection *connection, const char *kind, const guint8 id[16], GuituMatchSubject *subject, GError **error);

/** Whether records of that table are in the index, or part of one that is. */
gboolean guitu_match_reads (const char *kind);

/** Has the index follow a write, within the caller's transaction: whose record it was before, and whose it is now. */
gboolean guitu_match_follow (GuituConnection *connection, const GuituMatchSubject *before, const GuituMatchSubject *now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituMatch, guitu_match_free)

G_END_DECLS
