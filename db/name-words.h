/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words that stand around names (db/data/names.csv): what people are called before and after a part of their name,
 * what leads to a name in a sentence, words for kin, and the characters that most given names are made of. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GUITU_WORDS_LEAD,
  GUITU_WORDS_UNKNOWN,
  GUITU_WORDS_HEARD,
  GUITU_WORDS_OPEN,
  GUITU_WORDS_OPEN_BETWEEN,
  GUITU_WORDS_BEFORE,
  GUITU_WORDS_AFTER,
  GUITU_WORDS_ORDER,
  GUITU_WORDS_KIN,
  GUITU_WORDS_KIN_LEAD,
  GUITU_WORDS_GIVEN_FREQUENT,
  GUITU_WORDS_GIVEN_COMMON,
  GUITU_NAME_WORDS,
} GuituNameWords;

/** The words of a list as they come in the table. Returns: (transfer none): %NULL-terminated. */
const char *const *_guitu_name_words (GuituNameWords list);

/** The longest word of a list with which the @length bytes at @text begin. Returns: its length in bytes, 0 for none. */
gsize _guitu_name_word_at (GuituNameWords list, const char *text, gsize length);

/** Whether @character alone is a word of the list. */
gboolean _guitu_name_word_is (GuituNameWords list, gunichar character);

/** The longest word of a list with which the @n characters end. Returns: how many characters it has, 0 for none. */
guint _guitu_name_word_ends (GuituNameWords list, const gunichar *characters, guint n);

G_END_DECLS
