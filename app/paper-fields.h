/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The printed fields of a paper as its seal vouches for them. */

#include "app/papers.h"

G_BEGIN_DECLS

/** The fingerprint of those @fields (key: text) that the form prints and that count in a seal. */
void guitu_paper_digest (const GuituForm *form, JsonObject *fields, guint8 digest[GUITU_SEAL_DIGEST_SIZE]);

/**
 * What somebody who holds the paper can type from it: an array of {key, label}, in the order of the
 * paper, with "text" where the seal or the directory tells what should stand there.
 *
 * @station: (nullable): the issuing station as the directory knows it
 * Returns: (transfer full)
 */
JsonArray *guitu_paper_printed (const GuituForm *form, const GuituSeal *seal, const GuituRecord *station);

/**
 * The call's option "fields": an object of texts by key, or such an object as JSON text.
 * @typed: (out) (transfer full): %NULL when the option is absent
 * Errors: INVALID, naming the key
 */
gboolean guitu_paper_typed (GuituCall *call, JsonObject **typed, GError **error);

/**
 * Whether @typed, with what @printed tells of the keys that were not typed, is what the seal vouches for.
 * Errors: INVALID for a key that the form doesn't print.
 */
gboolean guitu_paper_compare (const GuituForm *form, const GuituSeal *seal, JsonArray *printed, JsonObject *typed, gboolean *is_same, GError **error);

/** Whether our own register holds just this printing, with fields that fit its seal. @text: the seal's. */
gboolean guitu_paper_is_on_record (GuituTransaction *transaction, const GuituSeal *seal, const char *text);

G_END_DECLS
