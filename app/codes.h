/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The code lists that records use (app/data/codes.csv): national standards where there is one
 * (GB/T 2261.1 sex, GB/T 3304 nation, GB/T 4761 kinship), words of our own elsewhere. A code that
 * was once in a list stays there: old records and entries carry it. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;        /* what records hold */
  const char *english;     /* label */
  const char *chinese;     /* the official term */
  const char *report_line; /* of the official report, in which it counts (app/data/report-lines.csv); "" for none */
  gboolean is_local;       /* the station added it */
} GuituCode;

/** A code that the station added, or, for one that there is, the report line that it counts in here. */
typedef struct
{
  const char *list;
  const char *code;
  const char *english;
  const char *chinese;
  const char *report_line; /* "" leaves it */
} GuituLocalCode;

/** All lists together. */
typedef struct _GuituCodeLists GuituCodeLists;

/**
 * The codes of a list in the order in which people expect them.
 *
 * Returns: (transfer none) (nullable): @n codes and a final %NULL, for the life of the process;
 *   %NULL for an unknown list.
 */
const GuituCode *const *guitu_codes_list (const char *list, guint *n);

/** The names of all lists, %NULL-terminated, for the life of the process. */
const char *const *guitu_codes_lists (void);

/** The entry with exactly that code, or %NULL. */
const GuituCode *guitu_codes_find (const char *list, const char *code);

/**
 * The entry that a person means by @text: the code, the English or the Chinese label, or another
 * common spelling (男, male, M and 1 are the same). Case, full-width forms and space around the text
 * do not matter, and a space or underscore stands for a hyphen.
 *
 * Returns: (transfer none) (nullable): the entry, or %NULL when nothing or no such list is meant.
 */
const GuituCode *guitu_codes_parse (const char *list, const char *text);

/** Whether a station may add codes to that list: not where the program itself works by the codes. */
gboolean guitu_codes_is_open (const char *list);

/** Whether the official report has that line for the codes of the list; any line when it has none. */
gboolean guitu_codes_has_line (const char *list, const char *line);

/**
 * The lists that come with the program and @local, which must stay as long as the result. What can't
 * be added (a closed list, a word that stands for another code) is passed over.
 *
 * Returns: (transfer full): for the life of the process.
 */
GuituCodeLists *guitu_codes_merge (const GuituLocalCode *local, guint n);

G_END_DECLS
