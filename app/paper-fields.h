/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The printed fields of a paper as its seal vouches for them. */

#include "app/papers.h"

G_BEGIN_DECLS

/** The fingerprint of those @fields (key: text) that the form prints and that count in a seal. */
void guitu_paper_digest (const GuituForm *form, JsonObject *fields, guint8 digest[GUITU_SEAL_DIGEST_SIZE]);

/**
 * What somebody who holds the paper can type from it: an array of {key, label}, in the order of the
 * paper, with "text" where the seal, our register or the directory tells what should stand there.
 *
 * @station: (nullable): the issuing station as the directory knows it now
 * @kept: (nullable): what our own register holds of this printing; only for those who may read it
 * Returns: (transfer full)
 */
JsonArray *guitu_paper_printed (const GuituForm *form, const GuituSeal *seal, const GuituRecord *station, JsonObject *kept);

/**
 * The call's option "fields": an object of texts by key, or such an object as JSON text.
 * @typed: (out) (transfer full): %NULL when the option is absent
 * Errors: INVALID, naming the key
 */
gboolean guitu_paper_typed (GuituCall *call, JsonObject **typed, GError **error);

/** What is to be said of the fields that somebody typed from a paper. */
typedef enum
{
  GUITU_PAPER_SAME,       /* everything is as it was sealed */
  GUITU_PAPER_DIFFERENT,  /* something is not */
  GUITU_PAPER_PARTLY,     /* what was typed is as our own register has it; the rest was not typed */
  GUITU_PAPER_INCOMPLETE, /* the seal vouches for all fields at once, and some are still to be typed */
} GuituPaperFit;

typedef struct
{
  GuituPaperFit fit;
  JsonArray *differ;  /* {key, label} of those that are certainly not what was sealed */
  JsonArray *missing; /* {key, label} of those that were not compared */
} GuituPaperComparison;

void guitu_paper_comparison_clear (GuituPaperComparison *comparison);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituPaperComparison, guitu_paper_comparison_clear)

/**
 * Compares what was typed with what the seal vouches for. An empty text says that the paper has nothing
 * there, unless something always stands there.
 *
 * @printed: from guitu_paper_printed(): it tells of the keys that were not typed
 * @kept: (nullable): as for guitu_paper_printed()
 * Errors: INVALID for a key that the form doesn't print.
 */
gboolean guitu_paper_compare (GuituPaperComparison *comparison, const GuituSeal *seal, JsonArray *printed, JsonObject *typed, JsonObject *kept, GError **error);

/** Whether the form prints @key and its seal vouches for it. */
gboolean guitu_paper_field_counts (const GuituForm *form, const char *key);

/** Our own register's record of just this printing, with fields that fit its seal; or %NULL. @text: the seal's. Returns: (transfer full). */
GuituRecord *guitu_paper_on_record (GuituTransaction *transaction, const GuituSeal *seal, const char *text);

G_END_DECLS
