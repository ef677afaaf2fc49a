/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What somebody's words may mean who is hard to understand: regions, of today and of old, that sound
 * like a part of them, and surnames that sound like their beginning. Guesses to ask further with; no
 * record is changed by them. */

#include <glib.h>

G_BEGIN_DECLS

/** A region that sounds like a part of what was said. */
typedef struct
{
  char *part;       /* as it was heard */
  const char *code; /* of the region; static */
  char *name;       /* with the levels above it */
  gboolean is_current;
  gboolean is_written; /* with the same characters */
  guint n_alike;       /* syllables that sound the same only in dialects */
} GuituPlaceGuess;

void guitu_place_guess_free (GuituPlaceGuess *guess);

/**
 * Regions that are named in @text, or sound like a part of it or of @sound, best first, at most @limit: what is
 * written alike before what only sounds alike, and that before what dialects mix up (guitu_reading_confusable).
 *
 * @text: (nullable): words as they were written down
 * @sound: (nullable): pinyin, with or without tones and spaces
 * Returns: (transfer full) (element-type GuituPlaceGuess)
 */
GPtrArray *guitu_place_guesses (const char *text, const char *sound, guint limit);

/**
 * Surnames that sound like the first syllable, or two, of a name: written so, the same sound, what dialects mix up; of
 * these the more frequent first.
 * @name and @sound as above. Returns: (transfer full) (element-type utf8): static texts, at most @limit
 */
GPtrArray *guitu_surname_guesses (const char *name, const char *sound, guint limit);

G_END_DECLS
