/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/fonts-private.h"
#include "print/warnings-private.h"

G_BEGIN_DECLS

/*
 * A PDF being written: pages, fonts, pictures and what describes them, over libharu's objects.
 *
 * Errors stick: after the first one nothing more happens and _guitu_pdf_finish() reports it.
 */
typedef struct _GuituPdf GuituPdf;

/* An object of the PDF that pages refer to. */
typedef gpointer GuituPdfObject;

/* @title may be NULL. */
GuituPdf *_guitu_pdf_new (GuituFonts *fonts,
                          const char *title);
void _guitu_pdf_free (GuituPdf *pdf);

/* Who made it, what it is about (NULL: not stated), and when: seconds since 1970; 0: not stated. */
void _guitu_pdf_set_origin (GuituPdf *pdf,
                            const char *author,
                            const char *subject,
                            gint64 created_at);

/* The code under which content streams show @glyph, in the font "/F<face>". */
guint16 _guitu_pdf_use_glyph (GuituPdf *pdf,
                              const GuituGlyph *glyph);

/* (transfer none) */
GuituPrintWarnings *_guitu_pdf_warnings (GuituPdf *pdf);

/* A content stream that several pages may share. */
GuituPdfObject _guitu_pdf_add_content (GuituPdf *pdf,
                                       const GString *content);

/* A drawing in its own units, @size by @size, shown by "/<name> Do". */
void _guitu_pdf_add_drawing (GuituPdf *pdf,
                             const char *name,
                             const GString *content,
                             int size);

/* A JPEG, shown in a unit square by "/<name> Do". */
void _guitu_pdf_add_jpeg (GuituPdf *pdf,
                          const char *name,
                          GBytes *jpeg);

/* A page that shows @contents (NULL-terminated) one over the other; @bookmark may be NULL. With
 * @is_below it is put below the last one that was not. */
void _guitu_pdf_add_page (GuituPdf *pdf,
                          const GuituPdfObject *contents,
                          double width,
                          double height,
                          const char *bookmark,
                          gboolean is_below);

GBytes *_guitu_pdf_finish (GuituPdf *pdf,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituPdf, _guitu_pdf_free)

G_END_DECLS
