/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Look-up as you type over every person the store knows. Only db/ includes this header. */

#include "db/connection.h"

G_BEGIN_DECLS

/** What the search index knows of a person. Text may be %NULL. */
typedef struct
{
  gint64 row; /* row number of the person in its table */
  const char *name;
  const char *alias;
  const char *id_number;
  const char *national_number;
  const char *phone;
  const char *birth_from; /* ISO 8601; indexed when equal to birth_to: known to the day */
  const char *birth_to;
  gboolean is_voided;
} GuituSearchEntry;

/** How what was typed fits, the best first. */
typedef enum
{
  GUITU_SEARCH_EXACT,      /* a whole name, a whole number, the tail of a number, a day of birth */
  GUITU_SEARCH_START,      /* a name or a number starts so */
  GUITU_SEARCH_PART,       /* a later part of a name starts so */
  GUITU_SEARCH_WORDS,      /* several words that each fit somewhere, the first at a start */
  GUITU_SEARCH_WORDS_PART, /* several words that each fit somewhere */
  GUITU_SEARCH_SOUND,      /* it sounds so, or does in a dialect */
  GUITU_SEARCH_MISTAKE,    /* with one letter or character wrong, missing, too many or swapped */
  GUITU_SEARCH_LEVELS,
} GuituSearchLevel;

#define GUITU_SEARCH_WORDS_MAX 8

/** One thing that was typed, and what it fits. */
typedef struct
{
  char *typed;
  const char *field; /* static: name, alias, id_number, national_number, phone or birth_from */
  const char *way;   /* static: exact, start, part, tail, sound or mistake */
} GuituSearchReason;

typedef struct
{
  gint64 row;
  GuituSearchLevel level;
  guint n_reasons;
  GuituSearchReason reasons[GUITU_SEARCH_WORDS_MAX]; /* `typed` belongs to the hit */
} GuituSearchHit;

/**
 * Creates the index tables where they are missing. Where the index was made with other readings or
 * by another version of the index, builds it anew from table `person`, in one transaction of its own:
 * call it outside of transactions.
 */
gboolean guitu_search_prepare (GuituConnection *connection, GuituProgress progress, gpointer data, GError **error);

/** Builds the index anew, in one transaction of its own. @progress: (nullable): in persons; a stop leaves the index as it was. */
gboolean guitu_search_rebuild (GuituConnection *connection, GuituProgress progress, gpointer data, GError **error);

/**
 * Checks the index against table `person`, in a transaction of its own that writes nothing but waits
 * for other programs that write. *@problem: (out) (transfer full): a sentence, %NULL when all is well.
 */
gboolean guitu_search_check (GuituConnection *connection, char **problem, GError **error);

/**
 * Tells that table `person` has @now in place of @before (either may be %NULL), within the caller's
 * transaction and after the table was written. @before must be what the table had before. Voided
 * persons may stay: they are not found.
 */
gboolean guitu_search_update (GuituConnection *connection,
                              const GuituSearchEntry *before,
                              const GuituSearchEntry *now,
                              GError **error);

/** Puts those persons into the index who are many enough for it, within the caller's transaction: call it before the end. */
gboolean guitu_search_settle (GuituConnection *connection, GError **error);

/**
 * Finds persons for what was typed: part of a Han name, full pinyin with or without tones, initials,
 * mixed, the first digits or last four of an ID number, the tail of a phone number, an alias, a
 * national number, a day of birth as eight digits; several words must all fit. Best level first, the
 * newest first within each; the last two levels are tried when those before find fewer than five.
 * Voided persons are left out. Any text is accepted; what holds no letter or digit finds nobody.
 * Returns: (transfer full): GuituSearchHit, which it frees with itself.
 */
GArray *guitu_search_find (GuituConnection *connection,
                           const char *typed,
                           guint limit,
                           GError **error);

G_END_DECLS
