/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the columns of a list from outside mean: guessed from their headers (app/data/list-columns.csv)
 * and from what stands in them, unless somebody says it. Only app/ includes this header. */

#include "app/call.h"
#include "app/list-file.h"
#include "db/linkage-lists.h"

G_BEGIN_DECLS

typedef struct
{
  const char *field;    /* of list-columns.csv: "given_name", "birth" …; NULL: no field of a person */
  GuituColumnKind kind; /* how it is compared with the like */
  gboolean is_compared;
  gboolean is_day_first;
  const char *by; /* "header", "content", "map"; why it is not compared: "ignore", "row-id", "label", "empty", "constant", "too-many" (static) */
} GuituListMeaning;

/** Guesses by headers alone and takes what was said: of @map “field=column, …”, of @ignore “column, …” (both nullable). Returns: (transfer full): one per column. */
GuituListMeaning *guitu_list_meanings_new (const GuituListFile *file, const char *map, const char *ignore);

/** Refuses a @map or @ignore that names no column of @file or @other (nullable), or no field. Errors: INVALID, naming “map” or “ignore”: “unknown-column”, “unknown-field”, “bad-map”. */
gboolean guitu_list_meanings_check (const GuituListFile *file, const GuituListFile *other, const char *map, const char *ignore, GError **error);

/** Whether the first row names the columns: FALSE where a day, a number or somebody's sex stands there and no word that is known. */
gboolean guitu_list_has_header (const GuituListFile *file);

/** Whether @header is a word for a field, the whole of it. */
gboolean guitu_list_header_is_known (const char *header);

/** Adds what stands in the columns, and what of them is of no use. */
void guitu_list_meanings_look (GuituListMeaning *meanings, const GuituListFile *file);

/** The column of a field, or -1. */
int guitu_list_meanings_find (const GuituListMeaning *meanings, const GuituListFile *file, const char *field);

/** The name of a kind, "text" … Static. */
const char *guitu_list_kind_name (GuituColumnKind kind);

/** How a column is best compared by what stands in it, that of one list or of two. @other: nullable */
GuituColumnKind guitu_list_kind_of (const GuituListFile *file, guint column, const GuituListFile *other, guint other_column, gboolean *is_day_first);

/** A header for comparing: small letters, digits and Han characters, with single blanks between words. Returns: (transfer full). */
char *guitu_list_plain_header (const char *header);

G_END_DECLS
