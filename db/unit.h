/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of a name as numbers of 16 bits, so that two of them are compared in a few nanoseconds:
 * a Han character, a syllable that was only heard, or a word of another script. */

#include <glib.h>

G_BEGIN_DECLS

typedef guint16 GuituUnitId;

#define GUITU_UNIT_NONE 0

/** How much two units are alike, from nothing to the same. */
typedef enum
{
  GUITU_ALIKE_NOT,
  GUITU_ALIKE_NEAR,    /* the same rime, or the same beginning and nearly the same rime */
  GUITU_ALIKE_SHAPE,   /* characters that are easily misread for one another */
  GUITU_ALIKE_DIALECT, /* sounds that dialects mix up */
  GUITU_ALIKE_SOUND,   /* the same sound without tones */
  GUITU_ALIKE_SAME,
  GUITU_N_ALIKE,
} GuituAlike;

/** The unit of a Han character (simplified already), GUITU_UNIT_NONE for what is none. */
GuituUnitId _guitu_unit_of_han (gunichar character);

/** The unit of a syllable of pinyin without tone ("wang"), GUITU_UNIT_NONE for what is none. */
GuituUnitId _guitu_unit_of_syllable (const char *text, gsize length);

/** The unit of a word in Latin or other letters, lower case: words that differ in their vowels alone have the same. */
GuituUnitId _guitu_unit_of_word (const char *text);

gboolean _guitu_unit_is_han (GuituUnitId unit);
gboolean _guitu_unit_is_syllable (GuituUnitId unit);

/** A number that units of the same sound in any dialect share. */
guint16 _guitu_unit_sound_key (GuituUnitId unit);

GuituAlike _guitu_unit_compare (GuituUnitId ours, GuituUnitId theirs);

/**
 * Splits pinyin as people write it (tones as marks or digits, words joined or apart) into units of syllables.
 * Returns: how many, 0 when @text is no pinyin.
 */
guint _guitu_pinyin_parse (const char *text, GuituUnitId *units, guint max);

/** Whether two Han characters look alike (db/glyph.c). */
gboolean _guitu_glyph_alike (gunichar ours, gunichar theirs);

/** Lower case, without accents, simplified, full-width forms made narrow. Returns: (transfer full). */
char *_guitu_text_plain (const char *text);

G_END_DECLS
