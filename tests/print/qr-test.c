/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "pdf-view.h"
#include "sample-seal.h"

static char *
make_seal (void)
{
  return sample_seal ("escort-handover", "新疆维吾尔自治区喀什市");
}

static PdfView
print_form (const char *seal,
            GuituFormMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituFonts) fonts = guitu_fonts_new (&error);
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  GBytes *bytes;

  g_assert_no_error (error);
  guitu_form_values_set (values, "person.name", "欧阳娜娜");
  guitu_form_values_set_seal (values, seal, "苹果 长江");
  bytes = guitu_form_render (fonts, guitu_form_find ("escort-handover"), values, mode, NULL, &error);
  g_assert_no_error (error);
  return pdf_view_open (bytes);
}

static cairo_status_t
collect (void *closure,
         const unsigned char *data,
         unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
scan_page (const PdfView *view,
           int dpi)
{
  cairo_surface_t *surface = pdf_view_draw (view, 0, dpi / 72.0);
  GByteArray *png = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, collect, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static void
test_read_back (void)
{
  static const int resolutions[] = { 300, 200, 150 };
  g_autofree char *seal = make_seal ();
  PdfView view = print_form (seal, GUITU_FORM_FILLED);

  g_test_message ("%zu characters", strlen (seal));
  g_assert_cmpuint (strlen (seal), >=, 300);
  for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      g_autoptr (GBytes) scan = scan_page (&view, resolutions[i]);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) texts = guitu_qr_read (scan, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (texts), ==, 1);
      g_assert_cmpstr (texts[0], ==, seal);
    }
  pdf_view_close (&view);
}

/* Our own reader, with spots on the code; qr-scan-test.c makes a tenth of it dirty. */
static void
test_read_dirty (void)
{
  g_autofree char *seal = make_seal ();
  PdfView view = print_form (seal, GUITU_FORM_FILLED);
  cairo_surface_t *surface = pdf_view_draw (&view, 0, 300 / 72.0);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GBytes) scan = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) texts = NULL;

  /* the code lies between 157 and 195 mm across and 8 and 46 mm down */
  cairo_scale (cr, 300 / 25.4, 300 / 25.4);
  cairo_set_source_rgb (cr, 0.3, 0.2, 0.1);
  for (guint i = 0; i < 8; i++)
    {
      cairo_arc (cr, 170 + (i * 5) % 17, 20 + (i * 11) % 19, 1.2, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, collect, png);
  cairo_surface_destroy (surface);
  scan = g_byte_array_free_to_bytes (png);
  texts = guitu_qr_read (scan, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (texts[0], ==, seal);
  pdf_view_close (&view);
}

static void
assert_no_code (GuituFormMode mode)
{
  g_autofree char *seal = make_seal ();
  PdfView view = print_form (seal, mode);
  g_autoptr (GBytes) scan = scan_page (&view, 200);
  g_autoptr (GError) error = NULL;

  g_assert_null (guitu_qr_read (scan, &error));
  g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NO_CODE);
  pdf_view_close (&view);
}

static void
test_no_code (void)
{
  assert_no_code (GUITU_FORM_BLANK);
  assert_no_code (GUITU_FORM_DRAFT);
}

static void
test_jpeg (void)
{
  g_autofree char *seal = make_seal ();
  PdfView view = print_form (seal, GUITU_FORM_FILLED);
  g_autoptr (GBytes) scan = scan_page (&view, 200);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (scan);
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  g_autoptr (GdkPixbuf) turned = gdk_pixbuf_rotate_simple (picture, GDK_PIXBUF_ROTATE_CLOCKWISE);
  g_autoptr (GBytes) jpeg = NULL;
  g_auto (GStrv) texts = NULL;
  char *data;
  gsize length;

  g_assert_true (gdk_pixbuf_save_to_buffer (turned, &data, &length, "jpeg", NULL, "quality", "60", NULL));
  jpeg = g_bytes_new_take (data, length);
  texts = guitu_qr_read (jpeg, NULL);
  g_assert_nonnull (texts);
  g_assert_cmpstr (texts[0], ==, seal);
  pdf_view_close (&view);
}

/* A PNG header that promises 60000 by 60000 points. */
static const guint8 bomb[] = {
  0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
  0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0x3a, 0x31, 0xbd, 0x0a
};

static void
test_not_an_image (void)
{
  static const struct
  {
    const void *data;
    gsize length;
  } files[] = {
    { "", 0 },
    { "GT1:", 4 },
    { "<svg xmlns='http://www.w3.org/2000/svg'/>", 41 },
    { "\xff\xd8\xff\xe0 cut", 8 },
    { "\x89PNG\r\n\x1a\n", 8 },
    { bomb, sizeof bomb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (files[i].data, files[i].length);
      g_autoptr (GError) error = NULL;

      g_assert_null (guitu_qr_read (file, &error));
      g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NOT_AN_IMAGE);
    }
}

static void
test_too_long (void)
{
  g_autoptr (GuituFonts) fonts = guitu_fonts_new (NULL);
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autofree char *text = g_strnfill (5000, 'A');
  g_autoptr (GError) error = NULL;

  guitu_form_values_set_seal (values, text, NULL);
  g_assert_null (guitu_form_render (fonts, guitu_form_find ("escort-handover"), values, GUITU_FORM_FILLED, NULL, &error));
  g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_TOO_LONG);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/qr/read-back", test_read_back);
  g_test_add_func ("/qr/read-dirty", test_read_dirty);
  g_test_add_func ("/qr/jpeg-on-its-side", test_jpeg);
  g_test_add_func ("/qr/no-code", test_no_code);
  g_test_add_func ("/qr/not-an-image", test_not_an_image);
  g_test_add_func ("/qr/too-long", test_too_long);
  return g_test_run ();
}
