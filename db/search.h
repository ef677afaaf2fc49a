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
  const char *household; /* region code; only the linkage looks for it */
} GuituSearchEntry;

/**
 * Creates the index tables where they are missing. Where the index was made with other readings or
 * by another version of the index, builds it anew from table `person`, in one transaction of its own
 * (about 90 s for a million persons): call it outside of transactions.
 */
gboolean guitu_search_prepare (GuituConnection *connection, GError **error);

/** Builds the index anew, in one transaction of its own. */
gboolean guitu_search_rebuild (GuituConnection *connection, GError **error);

/**
 * Checks the index against table `person`, in a transaction of its own that writes nothing but waits
 * for other programs that write. *@problem: (out) (transfer full): a sentence, %NULL when all is well.
 */
gboolean guitu_search_check (GuituConnection *connection, char **problem, GError **error);

/**
 * Puts @now in place of @before (either may be %NULL), within the caller's transaction. @before must
 * be what the index was given last. Voided persons may stay: they are not found.
 */
gboolean guitu_search_update (GuituConnection *connection,
                              const GuituSearchEntry *before,
                              const GuituSearchEntry *now,
                              GError **error);

/**
 * Finds persons for what was typed: part of a Han name, full pinyin, initials, mixed, the first
 * digits or last four of an ID number, the tail of a phone number, an alias, a national number, a day
 * of birth as eight digits; several words must all match. Best first (whole name, start of a name,
 * part of a name, mixed spelling, and where those find fewer than five: same sound and dialect
 * spellings), the newest first within each; voided persons are left out. Any text is accepted; what
 * holds no letter or digit finds nobody. Returns: (transfer full): row numbers (gint64).
 */
GArray *guitu_search_find (GuituConnection *connection,
                           const char *typed,
                           guint limit,
                           GError **error);

G_END_DECLS
