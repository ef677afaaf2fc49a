/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The register of papers: what a station has issued in ten years, searched by what tells papers apart.
 * Everything that is asked for stands in indexes: no paper is read but those that are shown, and with a
 * text those of the pages before. */

#include "db/store.h"

G_BEGIN_DECLS

/** Which papers; what is %NULL or 0 asks for nothing. */
typedef struct
{
  const char *stay;          /* id */
  const char *state;         /* code */
  const char *const *kinds;  /* any of them */
  const char *number;        /* part of the number */
  const char *from;          /* issued at this time or later, as ISO 8601 or the beginning of it */
  const char *before;        /* issued before */
  const char *text;          /* casefolded; in number, number of the stay or name of the person */
  const char *const *titled; /* kinds in whose title the text stands */
  gboolean is_in_nameless;   /* the text stands in what is shown for people without a name */
  gint64 below;              /* only rows numbered below: to go on where the last page ended */
  guint skip;
  guint limit;
} GuituRegisterQuery;

/**
 * Papers, the newest first. With a text, what is found may be more than what is asked for: the name of
 * a merged person is that of the record which leads.
 * Returns: (transfer full) (element-type GuituRecord)
 */
GPtrArray *guitu_register_find (GuituTransaction *transaction, const GuituRegisterQuery *query, GError **error);

typedef void (*GuituRegisterEach) (const char *kind, const char *number, gpointer data);

/** Calls @each for the number of every paper, also of those that are void, sorted by kind. */
gboolean guitu_register_numbers (GuituTransaction *transaction, GuituRegisterEach each, gpointer data, GError **error);

/** The indexes that this needs, beside those of single fields. Returns: (transfer none): SQL. */
const char *_guitu_register_schema (void);

G_END_DECLS
