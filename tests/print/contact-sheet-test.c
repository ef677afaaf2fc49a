/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * All forms on one picture, for somebody to look at: contact-sheet.png, beside this test in the
 * build directory. What tests can't see is whether a paper looks like one that is taken seriously.
 */

#include <pango/pangocairo.h>

#include "form-data.h"
#include "pdf-view.h"

#define PER_ROW 8
#define CELL_WIDTH 420
#define PAGE_WIDTH 400
#define PAGE_HEIGHT 566 /* of A4 at that width */
#define CELL_HEIGHT 620

static GuituFonts *fonts;

static void
write_caption (cairo_t *cr,
               const GuituForm *form)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("WenQuanYi Zen Hei 13px");
  g_autofree char *caption = g_strdup_printf ("%s\n%s", guitu_form_title (form), guitu_form_kind (form));

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, caption, -1);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, 0, PAGE_HEIGHT + 8);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
}

/* The first page of @form, as large as the cell lets it be. */
static void
draw_page (cairo_t *cr,
           const GuituForm *form)
{
  g_autoptr (GuituFormValues) values = form_data_fill (form, FORM_DATA_EASY);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = guitu_form_render (fonts, form, values, GUITU_FORM_FILLED, NULL, &error);
  PopplerPage *page;
  double width, height, scale;
  PdfView view;

  g_assert_no_error (error);
  view = pdf_view_open (bytes);
  page = poppler_document_get_page (view.document, 0);
  poppler_page_get_size (page, &width, &height);
  scale = MIN (PAGE_WIDTH / width, PAGE_HEIGHT / height);
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  poppler_page_render (page, cr);
  cairo_restore (cr);
  g_object_unref (page);
  pdf_view_close (&view);
}

static void
test_contact_sheet (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "contact-sheet.png", NULL);
  guint n_forms = g_strv_length ((GStrv) guitu_forms ());
  int n_rows = (int) (n_forms + PER_ROW - 1) / PER_ROW;
  cairo_surface_t *sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PER_ROW * CELL_WIDTH, n_rows * CELL_HEIGHT);
  cairo_t *cr = cairo_create (sheet);

  cairo_set_source_rgb (cr, 0.75, 0.75, 0.75);
  cairo_paint (cr);
  for (guint i = 0; i < n_forms; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, (i % PER_ROW) * CELL_WIDTH + 10, (i / PER_ROW) * CELL_HEIGHT + 10);
      draw_page (cr, guitu_forms ()[i]);
      write_caption (cr, guitu_forms ()[i]);
      cairo_restore (cr);
    }
  g_assert_cmpint (cairo_surface_write_to_png (sheet, path), ==, CAIRO_STATUS_SUCCESS);
  g_test_message ("%u forms in %s", n_forms, path);
  cairo_destroy (cr);
  cairo_surface_destroy (sheet);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = guitu_fonts_new (&error);
  g_assert_no_error (error);
  g_test_add_func ("/form/contact-sheet", test_contact_sheet);
  status = g_test_run ();
  guitu_fonts_free (fonts);
  return status;
}
