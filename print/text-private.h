/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/fonts-private.h"

G_BEGIN_DECLS

/* A text broken into lines. Lengths are in points. */
typedef struct
{
  guint start; /* first glyph */
  guint n_glyphs;
  double width;
} GuituLine;

typedef struct
{
  double size;    /* of the type */
  GArray *glyphs; /* of GuituGlyph */
  GArray *lines;  /* of GuituLine; at least one unless the text is empty */
} GuituText;

#define GUITU_LINE_SPACING 1.3 /* distance of base lines, in type sizes */

/**
 * _guitu_text_new:
 * @text: (nullable): UTF-8, '\n' ends a line; bytes that are not UTF-8 show as U+FFFD
 * @width: of the column
 *
 * Breaks lines as Chinese is printed: anywhere but before closing and after opening punctuation,
 * and inside a Latin word or a number only when it is wider than the column.
 */
GuituText *_guitu_text_new (GuituFonts *fonts,
                            const char *text,
                            double size,
                            double width);
void _guitu_text_free (GuituText *text);

/* Whether the column is so narrow that words or numbers are torn. */
gboolean _guitu_text_breaks_words (const GuituText *text);

/* Height of @n_lines lines set in this size. */
double _guitu_text_height (double size,
                           guint n_lines);

/* Width of @text on one line. */
double _guitu_text_measure (GuituFonts *fonts,
                            const char *text,
                            double size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituText, _guitu_text_free)

G_END_DECLS
