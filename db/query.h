/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reading records back. All of it works in read and in write transactions. */

#include "db/store.h"

G_BEGIN_DECLS

typedef enum
{
  GUITU_ANY,   /* no condition; ends the list */
  GUITU_EQUAL, /* the text of the condition */
  GUITU_UNSET,
  GUITU_SET,
  GUITU_LESS, /* text order: dates and times compare rightly within one offset */
  GUITU_AT_LEAST,
} GuituComparison;

typedef struct
{
  int field;
  GuituComparison comparison;
  const char *text;
} GuituCondition;

#define GUITU_BY_ROW (-1)

/** Which records: all conditions hold. Zero-initialised: all of the kind, oldest first. */
typedef struct
{
  GuituCondition conditions[4];
  gboolean is_ordered; /* by order_by; otherwise by row, in order of arrival */
  int order_by;
  gboolean descending;
  guint limit; /* 0: no limit */
  gboolean with_voided;
  gboolean without_bytes; /* pictures are not read, and look unset */
} GuituQuery;

/** Whether there is a record with that id. */
gboolean guitu_record_exists (GuituTransaction *transaction, const GuituKind *kind, const char *id, gboolean *is_there, GError **error);

/** The record with that id. Errors: NOT_FOUND. */
GuituRecord *guitu_record_load (GuituTransaction *transaction, const GuituKind *kind, const char *id, GError **error);

/** The same where it need not be there: *@record is %NULL then, without an error. @record: (out) (transfer full) (nullable) */
gboolean guitu_record_load_if_there (GuituTransaction *transaction, const GuituKind *kind, const char *id, GuituRecord **record, GError **error);

/** Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_records_find (GuituTransaction *transaction, const GuituKind *kind, const GuituQuery *query, GError **error);

/** The one record whose @field equals @text, or %NULL without an error when there is none. */
GuituRecord *guitu_record_find_one (GuituTransaction *transaction, const GuituKind *kind, int field, const char *text, GError **error);

/** How many records of the kind fulfil the query's conditions; -1 on error. */
gint64 guitu_records_count (GuituTransaction *transaction, const GuituKind *kind, const GuituQuery *query, GError **error);

/** One thing that was typed to find a person, and what it fits. */
typedef struct
{
  char *typed;
  const char *field; /* static: name, alias, id_number, national_number, phone or birth_from */
  const char *way;   /* static: exact, start, part, tail, sound or mistake */
} GuituFit;

typedef struct
{
  GuituRecord *person;
  guint score;  /* 100 for a whole name or number, down to 10 for what has a mistake */
  GArray *fits; /* GuituFit */
} GuituFound;

void guitu_found_free (GuituFound *found);

/** Persons for what was typed, best first. Returns: (transfer full) (element-type GuituFound). */
GPtrArray *guitu_persons_find (GuituTransaction *transaction, const char *typed, guint limit, GError **error);

/** The same without why. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_persons_search (GuituTransaction *transaction, const char *typed, guint limit, GError **error);

typedef struct
{
  const char *field;
  char *ours;
  char *theirs;
  double weight;   /* bits: positive speaks for, negative against */
  const char *how; /* in which way they agree or not: same, sound, dialect, interval, different … (db/match.h) */
} GuituReason;

/** Another record that could be of the same human being, and why. */
typedef struct
{
  GuituRecord *person;   /* of whatever kind was asked for */
  double score;          /* bits */
  double probability;    /* 0 … 1 */
  const char *certainty; /* "sure" (99 of 100 such alarms are right), "likely" (4 of 5), "possible" (1 of 5), "weak" */
  GArray *reasons;       /* GuituReason */
} GuituLikeness;

/** Adds what the caller knows for or against it, in bits. @field, @how: static; @ours and @theirs are copied. */
void guitu_likeness_add (GuituLikeness *likeness, const char *field, const char *how, const char *ours, const char *theirs, double weight);

/** Persons who may be @person, itself left out. Returns: (transfer full) (element-type GuituLikeness). */
GPtrArray *guitu_persons_match (GuituTransaction *transaction, const GuituRecord *person, double least, guint limit, GError **error);

/**
 * Records of @kinds (NULL-terminated: person, missing, sought, posting) who may be the human being of @record (of one
 * of these kinds; a person with all their statements), best first, with a probability of at least @least; `person` of
 * a likeness is the record. Voided ones, those whose state is over, and @record itself are left out.
 * Returns: (transfer full) (element-type GuituLikeness).
 */
GPtrArray *guitu_records_match (GuituTransaction *transaction, const GuituRecord *record, const GuituKind *const *kinds, double least, guint limit, GError **error);

/**
 * Entries of the list in force on @today that could be about @person, by name, alias, sex and age; `person`
 * of a likeness is the entry. @least: bits. Returns: (transfer full) (element-type GuituLikeness).
 */
GPtrArray *guitu_listings_match (GuituTransaction *transaction, const GuituRecord *person, const char *today, double least, guint limit, GError **error);

/** One field of one entry that wrote to a record. */
typedef struct
{
  gint64 clock; /* of the entry: milliseconds since 1970, shifted left by 16 */
  gint64 desk;
  char *user; /* id, or NULL */
  char *act;
  gboolean created;
  char *field;
  char *value; /* NULL: unset */
} GuituHistoryItem;

/** What was ever written to the record, oldest first. Returns: (transfer full) (element-type GuituHistoryItem). */
GPtrArray *guitu_record_history (GuituTransaction *transaction, const char *id, GError **error);

/**
 * The clock of the last entry that wrote @field of the record, for what the seconds in records leave open.
 * What this transaction writes comes after all that is in the ledger: G_MAXINT64. -1 on error.
 */
gint64 guitu_record_written_at (GuituTransaction *transaction, const GuituRecord *record, int field, GError **error);

/** A cell that two desks wrote at once: the value that stands and the others. */
typedef struct
{
  char *kind;
  char *id;
  char *field;
  GPtrArray *values; /* GuituHistoryItem, the winner first */
} GuituConflict;

/** Those of the record @id, which may be %NULL for all. Returns: (transfer full) (element-type GuituConflict). */
GPtrArray *guitu_conflicts_list (GuituTransaction *transaction, const char *id, GError **error);

/**
 * Those of at most @limit records, the newest records first, with all fields of each.
 * @before: (nullable): only records older than the one of this id
 * Returns: (transfer full) (element-type GuituConflict).
 */
GPtrArray *guitu_conflicts_page (GuituTransaction *transaction, const char *before, guint limit, GError **error);

/** How many @fields of how many @records are in conflict. */
gboolean guitu_conflicts_count (GuituTransaction *transaction, gint64 *fields, gint64 *records, GError **error);

/** One record that an entry wrote to; its values are for those who may read the record. */
typedef struct
{
  char *kind;
  char *id;
  gboolean created;
  GStrv fields;
} GuituLedgerChange;

typedef struct
{
  gint64 number; /* in the order of arrival at this desk */
  gint64 clock;
  gint64 desk;
  gint64 sequence; /* in the chain of that desk and scope */
  char *scope;
  char *user; /* id, or NULL */
  char *act;
  GPtrArray *changes; /* GuituLedgerChange */
} GuituLedgerItem;

/** The last @limit entries numbered below @before, newest first. Returns: (transfer full) (element-type GuituLedgerItem). */
GPtrArray *guitu_ledger_list (GuituTransaction *transaction, gint64 before, guint limit, GError **error);

/** A paper's and a sync's witness of this desk's ledger: "desk:sequence:first 16 hex digits of the hash". */
char *guitu_ledger_head (GuituTransaction *transaction, GError **error);

G_END_DECLS
