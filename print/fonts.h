/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The typefaces pages are set in, loaded once and kept.
 *
 * Text is set in a Song (宋体) face. A character the first face lacks is taken from the next, so
 * that a rare surname prints; Cyrillic and Greek come from a face of their own, whose letters are not as
 * wide as Han characters. Where no face has a character, and for scripts that need shaping (Uyghur,
 * Tibetan, old Mongolian), a line is left to write on, and guitu_form_render() reports it.
 */
typedef struct _GuituFonts GuituFonts;

/**
 * guitu_fonts_new:
 *
 * Finds and maps the font files. Looked for, by name: BabelStoneHan.ttf, uming.ttc,
 * wqy-zenhei.ttc and DejaVuSerif.ttf; where: in the folders of $GUITU_FONT_PATH (separated by ':'), then in the usual
 * folders of Debian, Fedora and Flatpak. Takes about a millisecond.
 *
 * Returns: (transfer full) (nullable): the fonts, for one thread at a time; NULL with
 *   GUITU_PRINT_ERROR_NO_FONT when there is none of them
 */
GuituFonts *guitu_fonts_new (GError **error);

void guitu_fonts_free (GuituFonts *fonts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituFonts, guitu_fonts_free)

G_END_DECLS
