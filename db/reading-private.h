/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the search index and the linkage need of readings besides db/reading.h. */

#include "db/reading.h"

G_BEGIN_DECLS

#define GUITU_SYLLABLE_SIZE 8 /* "zhuang" and its NUL, rounded up */

/** Names the data the readings were made from: an index built with other readings must be rebuilt. */
guint32 _guitu_reading_fingerprint (void);

/** Whether the first @length bytes of @text are a syllable ("xiu", "lv"). */
gboolean _guitu_reading_is_syllable (const char *text, gsize length);

/** Whether some syllable starts with the first @length bytes of @text. */
gboolean _guitu_reading_starts_syllable (const char *text, gsize length);

/** All syllables, in order. Returns: (transfer none). */
const char *const *_guitu_reading_syllables (guint *n_syllables);

/** The position of a syllable of @length bytes among all syllables. Returns: -1 where it is none. */
int _guitu_reading_syllable_number (const char *text, gsize length);

/** Writes @syllable with the sounds that dialects mix up made one: equal keys are confusable. */
void _guitu_reading_fold (const char *syllable, char folded[GUITU_SYLLABLE_SIZE]);

/** Fills @alike with at most @max other syllables confusable with @syllable. Returns: how many. */
guint _guitu_reading_alike (const char *syllable, const char **alike, guint max);

G_END_DECLS
