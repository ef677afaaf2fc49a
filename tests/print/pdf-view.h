/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Looking at a PDF as a reader and a printer do. */

#include <poppler.h>
#include <string.h>

#include "print/form-private.h"
#include "print/print.h"

#define MM (72 / 25.4)

typedef struct
{
  PopplerDocument *document;
  GBytes *bytes;
} PdfView;

static inline PdfView
pdf_view_open (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  PdfView view = { poppler_document_new_from_bytes (bytes, NULL, &error), bytes };

  g_assert_no_error (error);
  return view;
}

/* A paper of this kind, as it comes out. */
static inline PdfView
pdf_view_print (GuituFonts *fonts,
                const char *kind,
                const GuituFormValues *values,
                GuituFormMode mode,
                GStrv *warnings)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = guitu_form_render (fonts, guitu_form_find (kind), values, mode, warnings, &error);

  g_assert_no_error (error);
  return pdf_view_open (bytes);
}

static inline void
pdf_view_close (PdfView *view)
{
  g_clear_object (&view->document);
  g_clear_pointer (&view->bytes, g_bytes_unref);
}

/* One page on white; @scale 1 is 72 dpi. (transfer full) */
static inline cairo_surface_t *
pdf_view_draw (const PdfView *view,
               int i,
               double scale)
{
  PopplerPage *page = poppler_document_get_page (view->document, i);
  cairo_surface_t *surface;
  cairo_t *cr;
  double width, height;

  poppler_page_get_size (page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * scale), (int) (height * scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_object_unref (page);
  return surface;
}

/* How dark a point is, 0 to 255; white beyond the edge. */
static inline int
pdf_view_ink (cairo_surface_t *surface,
              int x,
              int y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);

  if (x < 0 || y < 0 || x >= cairo_image_surface_get_width (surface) || y >= cairo_image_surface_get_height (surface))
    return 0;
  return 255 - data[y * cairo_image_surface_get_stride (surface) + 4 * x + 1];
}

static inline gint64
pdf_view_ink_in (cairo_surface_t *surface,
                 double x1,
                 double y1,
                 double x2,
                 double y2)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int left = MAX ((int) x1, 0);
  int right = MIN ((int) x2, cairo_image_surface_get_width (surface));
  int bottom = MIN ((int) y2, cairo_image_surface_get_height (surface));
  gint64 ink = 0;

  /* not by pdf_view_ink(): this is asked of every character of every form */
  for (int y = MAX ((int) y1, 0); y < bottom; y++)
    for (int x = left; x < right; x++)
      ink += 255 - data[y * stride + 4 * x + 1];
  return ink;
}

/* Ink in the margins of a page drawn at @scale; rules are as wide as a point, and half of the outer
 * one lies outside. */
static inline gint64
pdf_view_ink_in_margins (cairo_surface_t *surface,
                         double scale,
                         const GuituForm *form)
{
  const GuituSheet *sheet = form->sheet != NULL ? form->sheet : &_guitu_sheet_a4;
  double mm = scale * MM;
  double width = cairo_image_surface_get_width (surface);
  double height = cairo_image_surface_get_height (surface);

  g_assert_cmpfloat (ABS (width - sheet->width * mm), <, 2);
  g_assert_cmpfloat (ABS (height - sheet->height * mm), <, 2);
  return pdf_view_ink_in (surface, 0, 0, (sheet->left - 0.5) * mm, height) +
         pdf_view_ink_in (surface, (sheet->width - sheet->right + 0.5) * mm, 0, width, height) +
         pdf_view_ink_in (surface, 0, 0, width, (sheet->top - 0.5) * mm) +
         pdf_view_ink_in (surface, 0, (sheet->height - sheet->bottom + 0.5) * mm, width, height);
}

/* Nothing is printed outside the margins of any page of the first copy; the others show the same, but for
 * their label, which the last page tells of. */
static inline void
pdf_view_assert_inside (const PdfView *view,
                        const GuituForm *form)
{
  int n_pages = poppler_document_get_n_pages (view->document);

  for (int i = 0; i < n_pages; i++)
    {
      cairo_surface_t *surface = i < n_pages / (int) guitu_form_n_copies (form) || i + 1 == n_pages ? pdf_view_draw (view, i, 1) : NULL;

      if (surface == NULL)
        continue;
      g_assert_cmpint (pdf_view_ink_in_margins (surface, 1, form), ==, 0);
      cairo_surface_destroy (surface);
    }
}

/* @text without blanks. (transfer full), takes @text */
static inline char *
pdf_view_squeeze (char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (squeezed, g_utf8_get_char (p));
  g_free (text);
  return g_string_free (squeezed, FALSE);
}

/* All text of all pages, without blanks: how wide they are is a matter of taste. (transfer full) */
static inline char *
pdf_view_text (const PdfView *view)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (view->document); i++)
    {
      PopplerPage *page = poppler_document_get_page (view->document, i);
      g_autofree char *page_text = poppler_page_get_text (page);

      g_string_append (text, page_text);
      g_object_unref (page);
    }
  return pdf_view_squeeze (g_string_free (text, FALSE));
}
