/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <hb.h>

#include "print/fonts.h"

G_BEGIN_DECLS

#define GUITU_NO_FACE G_MAXUINT16

/* One typeface. */
typedef struct
{
  hb_face_t *face;
  hb_face_t *outlines; /* the same, showing only the tables that a PDF embeds */
  hb_font_t *font;
  char *name;   /* PostScript name */
  int bbox[4];  /* left, bottom, right, top in 1/1000 em */
  int ascender; /* 1/1000 em */
  int descender;
} GuituFace;

/* Where a character is found. */
typedef struct
{
  gunichar character;
  guint16 face;    /* index, or GUITU_NO_FACE */
  guint16 advance; /* 1/1000 em */
  guint32 glyph;
} GuituGlyph;

guint _guitu_fonts_n_faces (GuituFonts *fonts);
const GuituFace *_guitu_fonts_face (GuituFonts *fonts,
                                    guint i);

/* The glyph of a character; @variation is the variation selector after it, or 0. */
GuituGlyph _guitu_fonts_lookup (GuituFonts *fonts,
                                gunichar character,
                                gunichar variation);

G_END_DECLS
