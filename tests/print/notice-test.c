/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The notices by which a station says no. What every form must do, form-test.c tests of them too. */

#include "pdf-view.h"

#define STAMP_HEIGHT (43 * MM) /* as declared in print/forms/ */

static GuituFonts *fonts;

static const char *const kinds[] = { "refusal-notice", "termination-notice" };

static PdfView
print_form (const char *kind,
            const GuituFormValues *values,
            GuituFormMode mode)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = guitu_form_render (fonts, guitu_form_find (kind), values, mode, NULL, &error);

  g_assert_no_error (error);
  return pdf_view_open (bytes);
}

/* What a notice usually says fits on one side of paper, and so does the empty form. */
static void
test_notice_is_one_page (gconstpointer data)
{
  static const char *const texts[][2] = {
    { "person.name", "王某某" },
    { "notice.decision", "王某某：\n　　你于2026年3月1日 10时00分来我站求助，于2026年3月1日 10时30分入站接受救助。经查明和复核，你有下列法定情形。根据所列规定，决定自2026年3月11日 09时00分起终止救助。" },
    { "notice.ground", "违法违纪、扰乱救助秩序造成恶劣影响" },
    { "notice.citation", "《生活无着的流浪乞讨人员救助管理机构工作规程》（民发〔2014〕132号）" },
    { "stay.ground", "3月10日21时许在餐厅推倒餐车，殴打一名受助人员致其受伤，经民警到场处置；3月11日上午再次扰乱秩序，经劝阻无效。有监控录像、派出所接警回执和两名工作人员的记录为证。" },
    { "notice.referrals", "法律援助：某某区法律援助中心（电话：12348）" },
    { "form.complaint", "对本决定有异议的，可以向救助管理站所在地人民政府民政部门举报（《城市生活无着的流浪乞讨人员救助管理办法》（国务院令第381号）第十五条）。投诉电话：020-87654321" },
    { "form.review", "不服本决定的，可以自收到之日起60日内，向主管本站的民政部门所属的本级人民政府申请行政复议（《中华人民共和国行政复议法》（2023年修订）第二十条）。" },
    { "form.lawsuit", "也可以自收到之日起6个月内，依法向人民法院提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。认为本站未履行法定职责的，应当先申请行政复议，不服再起诉（《中华人民共和国行政复议法》（2023年修订）第二十三条）。" },
    { "station.name", "某某市救助管理站" },
    { "form.citation", "《生活无着的流浪乞讨人员救助管理机构工作规程》（民发〔2014〕132号）附件5" },
    { "ledger.head", "50dec2ddda834602:3:7189c930eefc3472" },
  };
  static const GuituFormMode modes[] = { GUITU_FORM_FILLED, GUITU_FORM_BLANK, GUITU_FORM_DRAFT };
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    guitu_form_values_set (values, texts[i][0], texts[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      PdfView view = print_form (data, values, modes[i]);

      g_assert_cmpint (poppler_document_get_n_pages (view.document), ==, guitu_form_n_copies (guitu_form_find (data)));
      pdf_view_assert_inside (&view, guitu_form_find (data));
      pdf_view_close (&view);
    }
}

/* The lowest rule that crosses @x1 to @x2, from the top of the page. */
static double
lowest_rule (cairo_surface_t *surface,
             double x1,
             double x2)
{
  for (double y = 2 * 290 * MM; y > 0; y--)
    if (pdf_view_ink_in (surface, x1, y, x2, y + 1) > 200 * (gint64) (x2 - x1))
      return y;
  return 0;
}

/* Where the seal, the signature and the thumb of who receives it go, nothing is printed. */
static void
test_room_to_sign (gconstpointer data)
{
  static const GuituFormMode modes[] = { GUITU_FORM_FILLED, GUITU_FORM_BLANK };
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();

  guitu_form_values_set (values, "person.name", "王某某");
  guitu_form_values_set (values, "station.name", "某某市救助管理站");
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      PdfView view = print_form (data, values, modes[i]);
      cairo_surface_t *surface = pdf_view_draw (&view, 0, 2);
      double bottom = lowest_rule (surface, 2 * 30 * MM, 2 * 190 * MM);
      double top = bottom - 2 * STAMP_HEIGHT;

      g_assert_cmpfloat (bottom, >, 2 * 260 * MM);
      g_assert_cmpint (pdf_view_ink_in (surface, 2 * 112 * MM, top + 2 * 8 * MM, 2 * 194 * MM, bottom - 2 * 8 * MM), ==, 0);
      g_assert_cmpint (pdf_view_ink_in (surface, 2 * 27 * MM, top + 2 * 17 * MM, 2 * 80 * MM, bottom - 2 * 8 * MM), ==, 0);
      g_assert_cmpint (pdf_view_ink_in (surface, 2 * 84 * MM, top + 2 * 8 * MM, 2 * 108 * MM, bottom - 2 * 2 * MM), ==, 0);
      cairo_surface_destroy (surface);
      pdf_view_close (&view);
    }
}

/* A person in the file of whom the notice shows no picture is not in it either. */
static void
test_no_hidden_photo (gconstpointer data)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autoptr (GuituFormValues) without = guitu_form_values_new ();
  g_autoptr (GBytes) photo = g_bytes_new_static ("no picture at all", 17);
  PdfView view;
  PdfView other;

  guitu_form_values_set_photo (values, photo);
  view = print_form (data, values, GUITU_FORM_FILLED);
  other = print_form (data, without, GUITU_FORM_FILLED);
  g_assert_true (g_bytes_equal (view.bytes, other.bytes));
  pdf_view_close (&view);
  pdf_view_close (&other);
}

int
main (int argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } each[] = {
    { "one-page", test_notice_is_one_page },
    { "room-to-sign", test_room_to_sign },
    { "no-hidden-photo", test_no_hidden_photo },
  };
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = guitu_fonts_new (&error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (each); j++)
      {
        g_autofree char *path = g_strdup_printf ("/notice/%s/%s", kinds[i], each[j].name);

        g_test_add_data_func (path, kinds[i], each[j].function);
      }
  status = g_test_run ();
  guitu_fonts_free (fonts);
  return status;
}
