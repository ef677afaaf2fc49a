/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <glib/gstdio.h>

#include "pdf-view.h"
#include "sample-seal.h"

static GuituFonts *fonts;

/* Every key with a text of its own. */
static GuituFormValues *
fill_all (const char *kind)
{
  GuituFormValues *values = guitu_form_values_new ();
  const char *const *keys = guitu_form_keys (guitu_form_find (kind));

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("值%u号", i + 100);
      guitu_form_values_set (values, keys[i], text);
    }
  guitu_form_values_set_issued_at (values, 1777790460);
  return values;
}

static void
test_declarations (void)
{
  for (guint i = 0; guitu_forms ()[i] != NULL; i++)
    {
      const GuituForm *form = guitu_forms ()[i];

      g_assert_true (guitu_form_find (guitu_form_kind (form)) == form);
      g_assert_cmpuint (strlen (guitu_form_prefix (form)), ==, 2);
      /* the person's file takes the last copy: it is the one that stays here */
      for (guint j = 0; guitu_form_n_copies (form) > 1 && j < guitu_form_n_copies (form); j++)
        {
          const char *label = guitu_form_copy_label (form, j);
          gboolean is_last = j + 1 == guitu_form_n_copies (form);

          g_assert_true (!is_last || strstr (label, "本站") != NULL || strstr (label, "存档") != NULL || strstr (label, "随档") != NULL);
          g_assert_true (is_last || strstr (label, "本站") == NULL);
        }
      /* a label has neither head nor foot */
      g_assert_cmpint (g_strv_contains (guitu_form_keys (form), "paper.number"), ==, !guitu_form_is_label (form));
      g_assert_cmpint (g_strv_contains (guitu_form_keys (form), "ledger.head"), ==, !guitu_form_is_label (form));
    }
  g_assert_null (guitu_form_find ("no-such-form"));
  g_assert_cmpuint (guitu_form_n_copies (guitu_form_find ("intake-registration")), ==, 1);
  g_assert_null (guitu_form_copy_label (guitu_form_find ("intake-registration"), 0));
  g_assert_cmpuint (guitu_form_n_copies (guitu_form_find ("escort-handover")), ==, 3);
  g_assert_cmpstr (guitu_form_copy_label (guitu_form_find ("escort-handover"), 1), ==, "第二联　接收方留存");
}

/* What the keys promise is printed, and nothing of it on a blank form. */
static void
test_every_key_is_printed (gconstpointer data)
{
  const char *kind = data;
  const char *const *keys = guitu_form_keys (guitu_form_find (kind));
  g_autoptr (GuituFormValues) values = fill_all (kind);
  PdfView filled = pdf_view_print (fonts, kind, values, GUITU_FORM_FILLED, NULL);
  PdfView blank = pdf_view_print (fonts, kind, values, GUITU_FORM_BLANK, NULL);
  g_autofree char *filled_text = pdf_view_text (&filled);
  g_autofree char *blank_text = pdf_view_text (&blank);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *text = guitu_form_values_get (values, keys[i]);
      gboolean is_of_the_form = g_str_has_prefix (keys[i], "station.") || g_str_has_prefix (keys[i], "form.");

      g_test_message ("%s", keys[i]);
      g_assert_nonnull (strstr (filled_text, text));
      g_assert_cmpint (strstr (blank_text, text) != NULL, ==, is_of_the_form);
    }
  if (!guitu_form_is_label (guitu_form_find (kind)))
    g_assert_nonnull (strstr (blank_text, "空白表"));
  g_assert_null (strstr (filled_text, "空白表"));
  pdf_view_close (&filled);
  pdf_view_close (&blank);
}

static void
check_typefaces (const PdfView *view)
{
  PopplerFontInfo *info = poppler_font_info_new (view->document);
  PopplerFontsIter *typeface = NULL;
  guint n_typefaces = 0;

  g_assert_true (poppler_font_info_scan (info, poppler_document_get_n_pages (view->document), &typeface));
  do
    {
      g_assert_true (poppler_fonts_iter_is_embedded (typeface));
      g_assert_true (poppler_fonts_iter_is_subset (typeface));
      n_typefaces++;
    }
  while (poppler_fonts_iter_next (typeface));
  g_assert_cmpuint (n_typefaces, >=, 1);
  poppler_fonts_iter_free (typeface);
  g_object_unref (info);
}

/* Each copy bears its label, and has a bookmark of that name. */
static void
check_copies (const PdfView *view,
              const GuituForm *form)
{
  g_autofree char *text = pdf_view_text (view);
  PopplerIndexIter *bookmarks = poppler_index_iter_new (view->document);
  guint n_copies = guitu_form_n_copies (form);

  for (guint i = 0; n_copies > 1 && i < n_copies; i++)
    {
      const char *label = guitu_form_copy_label (form, i);
      g_autofree char *squeezed = pdf_view_squeeze (g_strdup (label));
      PopplerAction *action = poppler_index_iter_get_action (bookmarks);

      g_assert_nonnull (strstr (text, squeezed));
      g_assert_cmpstr (action->any.title, ==, label);
      poppler_action_free (action);
      g_assert_cmpint (poppler_index_iter_next (bookmarks), ==, i + 1 < n_copies);
    }
  g_clear_pointer (&bookmarks, poppler_index_iter_free);
}

/* Whether the file has @words outside its compressed streams. */
static gboolean
has_words (const PdfView *view,
           const char *words)
{
  gsize length;
  const char *data = g_bytes_get_data (view->bytes, &length);

  for (gsize i = 0; i + strlen (words) <= length; i++)
    if (memcmp (data + i, words, strlen (words)) == 0)
      return TRUE;
  return FALSE;
}

static void
test_document (gconstpointer data)
{
  const GuituForm *form = guitu_form_find (data);
  g_autoptr (GuituFormValues) values = fill_all (data);
  PdfView view = pdf_view_print (fonts, data, values, GUITU_FORM_FILLED, NULL);
  g_autofree char *title = poppler_document_get_title (view.document);
  g_autofree char *author = poppler_document_get_author (view.document);

  g_assert_cmpstr (title, ==, guitu_form_title (form));
  g_assert_cmpstr (author, ==, guitu_form_values_get (values, "station.name"));
  g_assert_cmpint (poppler_document_get_creation_date (view.document), ==, 1777790460);
  g_assert_true (has_words (&view, "/Lang (zh-CN)"));
  check_typefaces (&view);
  check_copies (&view, form);
  pdf_view_close (&view);
}

static void
test_same_bytes (gconstpointer data)
{
  g_autoptr (GuituFormValues) values = fill_all (data);
  g_autoptr (GuituFormValues) again = fill_all (data);
  g_autoptr (GuituFonts) other_fonts = guitu_fonts_new (NULL);
  PdfView first = pdf_view_print (fonts, data, values, GUITU_FORM_FILLED, NULL);
  g_autoptr (GBytes) second = guitu_form_render (other_fonts, guitu_form_find (data), again, GUITU_FORM_FILLED, NULL, NULL);

  g_assert_true (g_bytes_equal (first.bytes, second));
  pdf_view_close (&first);
}

static void
test_qpdf_accepts (gconstpointer data)
{
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  g_autoptr (GuituFormValues) values = fill_all (data);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("guitu-XXXXXX.pdf", &path, NULL);
  PdfView view = pdf_view_print (fonts, data, values, GUITU_FORM_FILLED, NULL);
  const char *arguments[] = { qpdf, "--check", path, NULL };
  int status = 0;

  if (qpdf == NULL)
    g_test_skip ("qpdf is not installed");
  else
    {
      g_assert_true (g_file_set_contents (path, g_bytes_get_data (view.bytes, NULL), (gssize) g_bytes_get_size (view.bytes), NULL));
      g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL));
      g_assert_cmpint (status, ==, 0);
    }
  g_close (fd, NULL);
  g_unlink (path);
  pdf_view_close (&view);
}

/* Texts that no form foresees: they go on over pages, all of them, and stay inside the table. */
static char *
numbered_text (guint n_parts,
               const char *filler)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_parts; i++)
    g_string_append_printf (text, "甲%04u%s", i, filler);
  return g_string_free (text, FALSE);
}

static void
assert_holds_numbers (const char *text,
                      guint n_parts,
                      guint times)
{
  for (guint i = 0; i < n_parts; i++)
    {
      g_autofree char *number = g_strdup_printf ("%04u", i);
      guint found = 0;

      for (const char *p = strstr (text, number); p != NULL; p = strstr (p + 4, number))
        found++;
      g_assert_cmpuint (found, ==, times);
    }
}

static void
test_long_paragraph (void)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autofree char *long_text = numbered_text (400, "在某地，因故“离家”（后来）。");
  g_autofree char *text = NULL;
  PdfView view;

  guitu_form_values_set (values, "stay.statement", long_text);
  view = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, NULL);
  text = pdf_view_text (&view);
  g_assert_cmpint (poppler_document_get_n_pages (view.document), >=, 4);
  assert_holds_numbers (text, 400, 1);
  pdf_view_assert_inside (&view, guitu_form_find ("intake-registration"));
  pdf_view_close (&view);
}

/* In every cell at once, with words too long for any line and lines of nothing. */
static void
test_extreme_cells (gconstpointer data)
{
  const char *const *keys = guitu_form_keys (guitu_form_find (data));
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autofree char *word = g_strnfill (300, 'W');
  PdfView view;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s\n\n%s。。。。。（（（（（\xff\x01\t长", i % 2 == 0 ? word : "一二三", word);

      if (!g_str_has_prefix (keys[i], "paper.") && !g_str_has_prefix (keys[i], "station.") &&
          !g_str_has_prefix (keys[i], "form.") && !g_str_has_prefix (keys[i], "ledger."))
        guitu_form_values_set (values, keys[i], text);
    }
  view = pdf_view_print (fonts, data, values, GUITU_FORM_FILLED, NULL);
  if (guitu_form_is_label (guitu_form_find (data)))
    g_assert_cmpint (poppler_document_get_n_pages (view.document), ==, 1);
  else
    g_assert_cmpint (poppler_document_get_n_pages (view.document), >=, 2);
  pdf_view_assert_inside (&view, guitu_form_find (data));
  pdf_view_close (&view);
}

static void
test_long_frame (void)
{
  g_autoptr (GuituFormValues) values = fill_all ("escort-handover");
  PdfView view;

  guitu_form_values_set (values, "station.name", "乌鲁木齐市天山区生活无着流浪乞讨人员救助管理站（未成年人救助保护中心）");
  guitu_form_values_set (values, "form.citation",
                         "《城市生活无着的流浪乞讨人员救助管理办法》（国务院令第381号）第五条、第六条、第七条；"
                         "《生活无着的流浪乞讨人员救助管理机构工作规程》（民发〔2014〕132号）；"
                         "民政部、公安部《关于加强生活无着流浪乞讨人员身份查询和照料安置工作的意见》");
  view = pdf_view_print (fonts, "escort-handover", values, GUITU_FORM_FILLED, NULL);
  pdf_view_assert_inside (&view, guitu_form_find ("escort-handover"));
  pdf_view_close (&view);
}

static GBytes *
make_portrait (int width,
               int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  g_autofree char *path = NULL;
  char *data;
  gsize length;

  g_close (g_file_open_tmp ("guitu-XXXXXX.png", &path, NULL), NULL);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_unlink (path);
  return g_bytes_new_take (data, length);
}

/* A black picture of whatever shape shows in the photo's cell, and only there. */
static void
test_photo (void)
{
  static const int sizes[][2] = { { 295, 413 }, { 3000, 200 }, { 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GuituFormValues) values = guitu_form_values_new ();
      g_autoptr (GBytes) photo = make_portrait (sizes[i][0], sizes[i][1]);
      cairo_surface_t *surface;
      PdfView view;

      guitu_form_values_set_photo (values, photo);
      view = pdf_view_print (fonts, "intake-registration", values, GUITU_FORM_FILLED, NULL);
      surface = pdf_view_draw (&view, 0, 1);
      g_assert_cmpint (pdf_view_ink (surface, (int) (177 * MM), (int) (78 * MM)), >, 240);
      pdf_view_assert_inside (&view, guitu_form_find ("intake-registration"));
      cairo_surface_destroy (surface);
      pdf_view_close (&view);
    }
}

static void
test_bad_photo (void)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autoptr (GBytes) photo = g_bytes_new_static ("GIF89a", 6);
  g_autoptr (GError) error = NULL;

  guitu_form_values_set_photo (values, photo);
  g_assert_null (guitu_form_render (fonts, guitu_form_find ("intake-registration"), values, GUITU_FORM_FILLED, NULL, &error));
  g_assert_error (error, GUITU_PRINT_ERROR, GUITU_PRINT_ERROR_NOT_AN_IMAGE);
}

static void
test_checks (void)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autofree char *text = NULL;
  PdfView view;

  guitu_form_values_set (values, "transfer.documents", "照片、药品、户籍证明");
  view = pdf_view_print (fonts, "escort-handover", values, GUITU_FORM_FILLED, NULL);
  text = pdf_view_text (&view);
  g_assert_nonnull (strstr (text, "□求助登记表"));
  g_assert_nonnull (strstr (text, "☑药品"));
  g_assert_nonnull (strstr (text, "☑照片"));
  g_assert_nonnull (strstr (text, "☑户籍证明"));
  pdf_view_close (&view);
}

/* In a page's text, and more ink than without it, but none in its code. */
static void
check_void_page (const PdfView *valid,
                 const PdfView *marked,
                 const GuituForm *form,
                 int i)
{
  PopplerPage *page = poppler_document_get_page (marked->document, i);
  g_autofree char *text = pdf_view_squeeze (poppler_page_get_text (page));
  cairo_surface_t *before = pdf_view_draw (valid, i, 1);
  cairo_surface_t *after = pdf_view_draw (marked, i, 1);
  double width = cairo_image_surface_get_width (before);
  double height = cairo_image_surface_get_height (before);

  g_assert_true (strstr (text, "作") != NULL && strstr (text, "废") != NULL);
  g_assert_cmpint (pdf_view_ink_in (after, 0, 0, width, height), >, pdf_view_ink_in (before, 0, 0, width, height) + 20 * 255);
  if (!guitu_form_is_label (form))
    g_assert_cmpint (pdf_view_ink_in (after, (195 - 38) * MM, 8 * MM, 195 * MM, (8 + 38) * MM), ==,
                     pdf_view_ink_in (before, (195 - 38) * MM, 8 * MM, 195 * MM, (8 + 38) * MM));
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
  g_object_unref (page);
}

/* A void paper says so on every page, in the same bytes each time, and its code stays as it is. */
static void
test_void (gconstpointer data)
{
  const char *kind = data;
  const GuituForm *form = guitu_form_find (kind);
  g_autoptr (GuituFormValues) values = fill_all (kind);
  g_autofree char *code = sample_code (form);
  PdfView valid, marked, again;

  guitu_form_values_set_seal (values, code, "苹果 长江");
  valid = pdf_view_print (fonts, kind, values, GUITU_FORM_FILLED, NULL);
  guitu_form_values_set_void (values, TRUE);
  marked = pdf_view_print (fonts, kind, values, GUITU_FORM_FILLED, NULL);
  again = pdf_view_print (fonts, kind, values, GUITU_FORM_FILLED, NULL);
  g_assert_true (g_bytes_equal (marked.bytes, again.bytes));
  g_assert_false (g_bytes_equal (marked.bytes, valid.bytes));
  for (int i = 0; i < poppler_document_get_n_pages (marked.document); i++)
    check_void_page (&valid, &marked, form, i);
  pdf_view_close (&valid);
  pdf_view_close (&marked);
  pdf_view_close (&again);
}

static void
test_labels (void)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  g_autofree char *text = NULL;
  PdfView view;

  /* where the form has its own wording, that stands */
  guitu_form_values_set_label (values, "person.name", "当事人");
  view = pdf_view_print (fonts, "escort-handover", values, GUITU_FORM_FILLED, NULL);
  text = pdf_view_text (&view);
  g_assert_null (strstr (text, "当事人"));
  g_assert_nonnull (strstr (text, "户籍所在地"));
  pdf_view_close (&view);
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
  g_test_add_func ("/form/declarations", test_declarations);
  g_test_add_func ("/form/checks", test_checks);
  g_test_add_func ("/form/labels", test_labels);
  g_test_add_data_func ("/form/void/voucher", "train-ticket-voucher", test_void);
  g_test_add_data_func ("/form/void/poster", "tracing-notice", test_void);
  g_test_add_data_func ("/form/void/bed-label", "bed-label", test_void);
  g_test_add_data_func ("/form/void/wrist-band", "wrist-band", test_void);
  g_test_add_func ("/form/long-paragraph", test_long_paragraph);
  g_test_add_func ("/form/long-frame", test_long_frame);
  g_test_add_func ("/form/photo", test_photo);
  g_test_add_func ("/form/bad-photo", test_bad_photo);
  for (guint i = 0; guitu_forms ()[i] != NULL; i++)
    {
      const char *kind = guitu_form_kind (guitu_forms ()[i]);
      struct
      {
        const char *name;
        GTestDataFunc function;
      } each[] = {
        { "document", test_document },
        { "every-key-is-printed", test_every_key_is_printed },
        { "same-bytes", test_same_bytes },
        { "qpdf-accepts", test_qpdf_accepts },
        { "extreme-cells", test_extreme_cells },
      };

      for (gsize j = 0; j < G_N_ELEMENTS (each); j++)
        {
          g_autofree char *path = g_strdup_printf ("/form/%s/%s", kind, each[j].name);
          g_test_add_data_func (path, kind, each[j].function);
        }
    }
  status = g_test_run ();
  guitu_fonts_free (fonts);
  return status;
}
