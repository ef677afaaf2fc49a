/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names by pixels: every character that people are called by comes out on paper as itself. */

#include <pango/pangocairo.h>

#include "form-data.h"
#include "pdf-view.h"

#define SCALE 4.0 /* 288 dpi */
#define MAX_CHARACTERS 64

static GuituFonts *fonts;

/* One character as it came out on paper. */
typedef struct
{
  gunichar character;
  guint8 ink[48 * 48];
  gint64 total;
} Print;

static void
cut_out (cairo_surface_t *surface,
         const PopplerRectangle *place,
         Print *print)
{
  /* the box of the character, em wide and high, around the middle of what poppler calls its place */
  double middle_x = (place->x1 + place->x2) / 2 * SCALE;
  double middle_y = (place->y1 + place->y2) / 2 * SCALE;

  print->total = 0;
  for (int y = 0; y < 48; y++)
    for (int x = 0; x < 48; x++)
      {
        int ink = pdf_view_ink (surface, (int) middle_x - 24 + x, (int) middle_y - 24 + y);

        /* neighbours begin half an em away */
        if (ABS (x - 24) > 21)
          ink = 0;
        print->ink[y * 48 + x] = (guint8) ink;
        print->total += ink;
      }
}

/* Prints @name in a cell and cuts its characters out of the picture of the page. */
static guint
print_name (const char *name,
            Print *prints)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  PopplerPage *page;
  g_autoptr (GString) marked = g_string_new ("　");
  g_autofree char *text = NULL;
  g_auto (GStrv) warnings = NULL;
  PopplerRectangle *places;
  cairo_surface_t *surface;
  const char *found;
  guint n_places;
  guint n_prints = 0;
  PdfView view;

  g_string_append_printf (marked, "%s　", name);
  guitu_form_values_set (values, "person.household", marked->str);
  view = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, &warnings);
  page = poppler_document_get_page (view.document, 0);
  text = poppler_page_get_text (page);
  found = strstr (text, name);
  if (found == NULL)
    g_error ("%s is not in the text of the page", name);
  g_assert_true (poppler_page_get_text_layout (page, &places, &n_places));
  surface = pdf_view_draw (&view, 0, SCALE);
  for (const char *p = found; p < found + strlen (name); p = g_utf8_next_char (p))
    {
      glong i = g_utf8_pointer_to_offset (text, p);

      g_assert_cmpint (i, <, n_places);
      g_assert_cmpuint (n_prints, <, MAX_CHARACTERS);
      prints[n_prints].character = g_utf8_get_char (p);
      cut_out (surface, &places[i], &prints[n_prints++]);
    }
  cairo_surface_destroy (surface);
  g_free (places);
  g_object_unref (page);
  pdf_view_close (&view);
  return n_prints;
}

/* How much of the ink of @a and @b is in different places, 0 to 1; they may be a point apart. */
static double
difference (const Print *a,
            const Print *b)
{
  gint64 least = G_MAXINT64;

  for (int dy = -2; dy <= 2; dy++)
    for (int dx = -2; dx <= 2; dx++)
      {
        gint64 sum = 0;

        for (int y = 2; y < 46; y++)
          for (int x = 2; x < 46; x++)
            sum += ABS (a->ink[y * 48 + x] - b->ink[(y + dy) * 48 + x + dx]);
        least = MIN (least, sum);
      }
  return (double) least / (double) MAX (a->total + b->total, 1);
}

/* The same character drawn by Pango and Cairo, from the font itself. */
static void
draw_reference (gunichar character,
                Print *print)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 96, 96);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("BabelStone Han");
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoRectangle ink;
  char text[7] = "";

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  pango_font_description_set_absolute_size (font, 10.5 * SCALE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  text[g_unichar_to_utf8 (character, text)] = '\0';
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_translate (cr, 48 - ink.x - ink.width / 2, 48 - ink.y - ink.height / 2);
  pango_cairo_show_layout (cr, layout);
  cairo_surface_flush (surface);
  print->character = character;
  print->total = pdf_view_ink_in (surface, 0, 0, 96, 96);
  cairo_font_options_destroy (options);
  pango_font_description_free (font);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static gboolean
has_reference_font (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *wanted = pango_font_description_from_string ("BabelStone Han");
  PangoFont *font = pango_context_load_font (context, wanted);
  PangoFontDescription *found = pango_font_describe (font);
  gboolean is_there = g_strcmp0 (pango_font_description_get_family (found), "BabelStone Han") == 0;

  pango_font_description_free (found);
  pango_font_description_free (wanted);
  g_object_unref (font);
  g_object_unref (context);
  return is_there;
}

/* By pixels: no two characters look alike, none is a hole or a placeholder, and each has the ink
 * that the typeface gives it, so that no part of it is missing. */
static void
test_names (void)
{
  static const char *const names[] = {
    "王秀英", "欧阳娜娜", "阿卜杜拉·买买提·吐尔逊江", "吉𠮷㼆", "𬱖𫖯", "䶮犇喆垚", "昇䒟𪧶𫍽𬍛单仇曾查葛乐"
  };
  static Print prints[G_N_ELEMENTS (names) * MAX_CHARACTERS];
  static Print code;
  gboolean has_reference = has_reference_font ();
  guint n_prints = 0;

  g_assert_cmpuint (print_name ("\xf4\x8f\xbf\xbd", &code), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    n_prints += print_name (names[i], prints + n_prints);
  for (guint i = 0; i < n_prints; i++)
    {
      Print reference;

      g_test_message ("U+%04X: ink %" G_GINT64_FORMAT, prints[i].character, prints[i].total);
      if (prints[i].character == 0xb7)
        continue;
      g_assert_cmpint (prints[i].total, >, 255 * 60);
      g_assert_cmpfloat (difference (&prints[i], &code), >, 0.3);
      for (guint j = 0; j < i; j++)
        if (prints[j].character != prints[i].character)
          g_assert_cmpfloat (difference (&prints[i], &prints[j]), >, 0.02);
      if (!has_reference)
        continue;
      draw_reference (prints[i].character, &reference);
      g_assert_cmpfloat ((double) prints[i].total / (double) reference.total, >, 0.9);
      g_assert_cmpfloat ((double) prints[i].total / (double) reference.total, <, 1.1);
    }
}

/* People of all nations that come to a station, and what is not written in Han characters. */
static void
test_scripts (void)
{
  static const char *const names[] = {
    "Нұрсұлтан Әбішұлы Қайрат", /* Kazakh */
    "Цагаан Өвгөн Бат-Эрдэнэ",  /* Mongolian */
    "Nguyễn Thị Ngọc Ánh Trường Đặng", "김철수 뷁쀍", "さくら アキラ", "Œuvre Łódź Çağrı Ñandú"
  };
  g_autofree char *decomposed = g_utf8_normalize (names[2], -1, G_NORMALIZE_NFD);
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();

  for (gsize i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      gboolean is_decomposed = i == G_N_ELEMENTS (names);
      g_autofree char *wanted = pdf_view_squeeze (g_strdup (names[is_decomposed ? 2 : i]));
      g_autofree char *text = NULL;
      g_auto (GStrv) warnings = NULL;
      PdfView view;

      guitu_form_values_set (values, "person.household", is_decomposed ? decomposed : names[i]);
      view = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, &warnings);
      text = pdf_view_text (&view);
      g_assert_cmpuint (g_strv_length (warnings), ==, 0);
      g_assert_nonnull (strstr (text, wanted));
      pdf_view_close (&view);
    }
}

static void
test_missing_character (void)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_auto (GStrv) warnings = NULL;
  g_auto (GStrv) no_warnings = NULL;
  g_autofree char *text = NULL;
  PdfView view;
  PdfView other;

  guitu_form_values_set (values, "person.name", "王\xf4\x8f\xbf\xbd英\xf4\x8f\xbf\xbd");
  view = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, &warnings);
  text = pdf_view_text (&view);
  g_assert_cmpuint (g_strv_length (warnings), ==, 1);
  g_assert_true (g_str_has_prefix (warnings[0], "U+10FFFD:"));
  g_assert_nonnull (strstr (warnings[0], "(姓名)"));
  g_assert_nonnull (strstr (text, "（空处手写填写）"));
  g_assert_nonnull (strstr (text, "王\xf4\x8f\xbf\xbd英\xf4\x8f\xbf\xbd"));
  pdf_view_close (&view);
  g_strfreev (g_steal_pointer (&warnings));
  guitu_form_values_set (values, "person.name", "\xf0\x98\x90\x80\xe1\xa1\x80"); /* the number of one begins like that of the other */
  view = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, &warnings);
  g_assert_true (g_str_has_prefix (warnings[0], "U+18400 U+1840:"));
  guitu_form_values_set (values, "person.name", "王秀英");
  other = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, &no_warnings);
  g_assert_cmpuint (g_strv_length (no_warnings), ==, 0);
  pdf_view_close (&view);
  pdf_view_close (&other);
}

/* A long name stands in whole words, and makes no paper longer than an easy one does. */
static void
test_long_name (void)
{
  static const char name[] = "Anastasia-Ekaterina Konstantinopolskaya von Bergerdorf";
  static const char *const words[] = { "Anastasia-", "Ekaterina", "Konstantinopolskaya", "von", "Bergerdorf" };
  static const char *const kinds[] = { "intake-registration", "escort-handover", "minor-handover", "kin-collection", "house-list" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const GuituForm *form = guitu_form_find (kinds[i]);
      g_autoptr (GuituFormValues) values = form_data_fill (form, FORM_DATA_EASY);
      guint n_pages = guitu_form_count_pages (fonts, form, values, GUITU_FORM_FILLED);
      g_autofree char *text = NULL;
      g_autofree char *row = g_strdup_printf ("203-4\t%s\t女\t41 岁\t5月3日14时\t4\t", name);
      PdfView view;

      guitu_form_values_set (values, strcmp (kinds[i], "house-list") == 0 ? "house.list" : "person.name",
                             strcmp (kinds[i], "house-list") == 0 ? row : name);
      view = pdf_view_print (fonts, kinds[i], values, GUITU_FORM_FILLED, NULL);
      text = pdf_view_text (&view);
      g_test_message ("%s", kinds[i]);
      g_assert_cmpuint (guitu_form_count_pages (fonts, form, values, GUITU_FORM_FILLED), ==, n_pages);
      for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
        g_assert_nonnull (strstr (text, words[j]));
      pdf_view_close (&view);
    }
}

/* What does not fit a label in type that can be read ends with where to read on, and is told. */
static void
test_cut_label (void)
{
  g_autoptr (GuituFormValues) values = form_data_fill (guitu_form_find ("bed-label"), FORM_DATA_EASY);
  g_autoptr (GString) much = g_string_new ("青霉素过敏");
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) warnings = NULL;
  g_autofree char *text = NULL;
  PdfView whole;
  PdfView cut;

  guitu_form_values_set (values, "label.warnings", much->str);
  whole = pdf_view_print (fonts, "bed-label", values, GUITU_FORM_FILLED, &none);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (much, "；第%u种药品每日三次饭后服用", i);
  guitu_form_values_set (values, "label.warnings", much->str);
  cut = pdf_view_print (fonts, "bed-label", values, GUITU_FORM_FILLED, &warnings);
  text = pdf_view_text (&cut);
  g_assert_cmpuint (g_strv_length (warnings), ==, 1);
  g_assert_nonnull (strstr (warnings[0], "(食药警示)"));
  g_assert_nonnull (strstr (text, "青霉素过敏"));
  g_assert_nonnull (strstr (text, "…（详见登记表）"));
  g_assert_cmpint (poppler_document_get_n_pages (cut.document), ==, 1);
  pdf_view_close (&whole);
  pdf_view_close (&cut);
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
  g_test_add_func ("/form/names-by-pixels", test_names);
  g_test_add_func ("/form/scripts", test_scripts);
  g_test_add_func ("/form/missing-character", test_missing_character);
  g_test_add_func ("/form/long-name", test_long_name);
  g_test_add_func ("/form/cut-label", test_cut_label);
  status = g_test_run ();
  guitu_fonts_free (fonts);
  return status;
}
