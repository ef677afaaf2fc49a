/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How Han characters are read (Mandarin, toneless pinyin), from the Unicode Han database. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * All toneless readings of @character ("chong", "zhong"), most usual first; those used in surnames
 * (单 shan, 仇 qiu, 曾 zeng, 解 xie …) come first when @as_surname is set.
 * Returns: (transfer none) (array zero-terminated=1): never %NULL, empty for other characters.
 */
const char *const *guitu_reading_find (gunichar character, gboolean as_surname);

/** The simplified form of a traditional character, or the character itself. */
gunichar guitu_reading_simplify (gunichar character);

/** Number of characters at the start of a Han name that are its surname: 2 for 欧阳, otherwise 1, 0 for names that are not Han. */
guint guitu_reading_surname_length (const char *name);

/** The most usual reading of a whole name, "wang xiuying". Returns: (transfer full). */
char *guitu_reading_of_name (const char *name);

/** Whether two syllables sound alike in many dialects: n/l, f/h, zh/z, ch/c, sh/s, r/l, -n/-ng. */
gboolean guitu_reading_confusable (const char *syllable, const char *other);

G_END_DECLS
