/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The code of every form, as scanners and telephones get to see it: at three resolutions, askew,
 * saved as a poor JPEG, out of focus and dirty. zbarimg, a reader that is not ours, has to read it.
 */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <math.h>

#include "form-data.h"
#include "pdf-view.h"
#include "print/canvas-private.h"
#include "print/qr-private.h"

#define ANGLE (3 * G_PI / 180)
#define BLUR (0.8 / 150) /* inches */
#define DIRTY 0.1        /* of the area of the code */
#define N_DIRTY 4        /* pictures of each form and resolution */
#define LEAST_STAIN 0.06 /* radius, in widths of the code */
#define LARGEST_STAIN 0.12

/* The code in the head of a form, in millimetres. */
#define HEAD_CODE 38
#define HEAD_TOP 8

/* Around the code, in millimetres: what a telephone would show besides. */
#define SURROUNDINGS 6

static const int resolutions[] = { 300, 200, 150 };

typedef enum
{
  SCAN_STRAIGHT,
  SCAN_TURNED_LEFT,
  SCAN_TURNED_RIGHT,
  SCAN_JPEG,
  SCAN_BLURRED,
  SCAN_DIRTY,
  N_SCAN_KINDS,
} ScanKind;

static const char *const scan_names[] = { "straight", "turned left", "turned right", "JPEG", "blurred", "dirty" };

/* A picture in shades of grey. */
typedef struct
{
  int width;
  int height;
  guint8 *points;
} Picture;

typedef struct
{
  char *path;
  ScanKind kind;
  int resolution;
} Scan;

static char *folder;
static GuituFonts *fonts;

/* How many pictures were made and read, of all forms. */
static guint n_made[N_SCAN_KINDS][G_N_ELEMENTS (resolutions)];
static guint n_read[N_SCAN_KINDS][G_N_ELEMENTS (resolutions)];

static void
clear_scan (gpointer data)
{
  Scan *scan = data;

  g_unlink (scan->path);
  g_free (scan->path);
}

static void
free_picture (Picture *picture)
{
  g_free (picture->points);
  g_free (picture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, free_picture)

/* Where the form has its code, with its quiet zone; millimetres from the top left of the page. */
static GuituBox
code_box (const GuituForm *form,
          const GuituFormValues *values)
{
  const GuituSheet *sheet = form->sheet != NULL ? form->sheet : &_guitu_sheet_a4;
  g_autoptr (GArray) places = guitu_form_places (fonts, form, values, GUITU_FORM_FILLED);

  for (guint i = 0; i < places->len; i++)
    {
      const GuituFormPlace *place = &g_array_index (places, GuituFormPlace, i);
      double edge = MIN (place->width, place->height);

      if (place->kind == GUITU_PLACE_CODE)
        return (GuituBox){ (place->x + (place->width - edge) / 2) / MM, (place->y + (place->height - edge) / 2) / MM,
                           edge / MM, edge / MM };
    }
  /* in the head */
  return (GuituBox){ sheet->width - sheet->right - HEAD_CODE, HEAD_TOP, HEAD_CODE, HEAD_CODE };
}

/* What a scanner sees of @box (millimetres) of the first page, turned by @angle. */
static Picture *
scan_box (const PdfView *view,
          const GuituBox *box,
          int dpi,
          double angle)
{
  PopplerPage *page = poppler_document_get_page (view->document, 0);
  double scale = dpi / 25.4;
  Picture *picture = g_new0 (Picture, 1);
  cairo_surface_t *surface;
  cairo_t *cr;

  picture->width = (int) (box->width * scale);
  picture->height = (int) (box->height * scale);
  picture->points = g_malloc ((gsize) picture->width * (gsize) picture->height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, picture->width / 2.0, picture->height / 2.0);
  cairo_rotate (cr, angle);
  cairo_translate (cr, -picture->width / 2.0, -picture->height / 2.0);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  cairo_translate (cr, -box->x * MM, -box->y * MM);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      picture->points[y * picture->width + x] = (guint8) (255 - pdf_view_ink (surface, x, y));
  cairo_surface_destroy (surface);
  g_object_unref (page);
  return picture;
}

/* One pass of a Gaussian blur over lines (@step 1) or columns (@step the width). */
static void
blur_along (const guint8 *from,
            guint8 *to,
            const Picture *size,
            int step,
            double sigma)
{
  double weights[8];
  int reach = MIN (7, (int) ceil (3 * sigma));
  int n_points = size->width * size->height;
  double sum = 0;

  for (int i = 0; i <= reach; i++)
    {
      weights[i] = exp (-i * i / (2 * sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
  for (int i = 0; i < n_points; i++)
    {
      double value = from[i] * weights[0];

      /* the edges are white paper all round: it does not matter what lies beyond them */
      for (int j = 1; j <= reach; j++)
        value += weights[j] * (from[MAX (0, i - j * step)] + from[MIN (n_points - 1, i + j * step)]);
      to[i] = (guint8) (value / sum + 0.5);
    }
}

static Picture *
blur (const Picture *sharp,
      double sigma)
{
  Picture *picture = g_new0 (Picture, 1);
  g_autofree guint8 *between = g_malloc ((gsize) sharp->width * (gsize) sharp->height);

  *picture = *sharp;
  picture->points = g_malloc ((gsize) sharp->width * (gsize) sharp->height);
  blur_along (sharp->points, between, sharp, 1, sigma);
  blur_along (between, picture->points, sharp, sharp->width, sigma);
  return picture;
}

/* Whether a stain would touch one of the three corners by which readers find a code. No error
 * correction makes up for these. */
static gboolean
is_on_corner (double x,
              double y,
              double edge,
              double reach)
{
  return (x < reach && y < reach) || (x > edge - reach && y < reach) || (x < reach && y > edge - reach);
}

/* Draws a stain; returns how much of @code was clean before, in points. */
static double
stain (Picture *picture,
       gboolean *is_dirty,
       const GuituBox *code,
       const GuituBox *round,
       guint8 shade)
{
  double radius = round->width / 2;
  double n_new = 0;

  for (int y = (int) round->y; y <= (int) (round->y + round->height); y++)
    for (int x = (int) round->x; x <= (int) (round->x + round->width); x++)
      {
        int i = y * picture->width + x;

        if (hypot (x - round->x - radius, y - round->y - radius) > radius)
          continue;
        if (!is_dirty[i] && x >= code->x && x < code->x + code->width && y >= code->y && y < code->y + code->height)
          n_new++;
        is_dirty[i] = TRUE;
        picture->points[i] = shade;
      }
  return n_new;
}

/* Stains and bare spots until a tenth of the code is gone. @code: where its modules are in the
 * picture; @module: the size of one. */
static Picture *
make_dirty (const Picture *clean,
            const GuituBox *code,
            double module,
            GRand *dice)
{
  Picture *picture = g_new0 (Picture, 1);
  int n_points = clean->width * clean->height;
  g_autofree gboolean *is_dirty = g_new0 (gboolean, n_points);
  double n_dirty = 0;

  *picture = *clean;
  picture->points = g_memdup2 (clean->points, (gsize) n_points);
  while (n_dirty < DIRTY * code->width * code->height)
    {
      double radius = g_rand_double_range (dice, LEAST_STAIN, LARGEST_STAIN) * code->width;
      double x = g_rand_double_range (dice, 0, code->width);
      double y = g_rand_double_range (dice, 0, code->width);
      GuituBox round = { code->x + x - radius, code->y + y - radius, 2 * radius, 2 * radius };

      if (!is_on_corner (x, y, code->width, 8 * module + radius))
        n_dirty += stain (picture, is_dirty, code, &round, g_rand_boolean (dice) ? 50 : 250);
    }
  return picture;
}

static void
save_grey (const Picture *picture,
           const char *path)
{
  g_autofree char *head = g_strdup_printf ("P5\n%d %d\n255\n", picture->width, picture->height);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (file, picture->points, (guint) (picture->width * picture->height));
  g_assert_true (g_file_set_contents (path, (const char *) file->data, (gssize) file->len, NULL));
  g_byte_array_unref (file);
}

static void
save_jpeg (const Picture *picture,
           const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, picture->width, picture->height);
  guint8 *points = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  g_autoptr (GError) error = NULL;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      memset (points + y * stride + 3 * x, picture->points[y * picture->width + x], 3);
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "quality", "40", NULL);
  g_assert_no_error (error);
}

static void
add_scan (GArray *scans,
          const Picture *picture,
          ScanKind kind,
          guint resolution)
{
  Scan scan = { NULL, kind, (int) resolution };

  scan.path = g_strdup_printf ("%s/%03u.%s", folder, scans->len, kind == SCAN_JPEG ? "jpg" : "pgm");
  if (kind == SCAN_JPEG)
    save_jpeg (picture, scan.path);
  else
    save_grey (picture, scan.path);
  g_array_append_val (scans, scan);
}

/* All pictures of one form at one resolution. */
static void
add_scans (GArray *scans,
           const PdfView *view,
           const GuituForm *form,
           const GuituBox *box,
           int n_modules,
           guint i)
{
  int dpi = resolutions[i];
  GuituBox code = *box;
  GuituBox seen = { code.x - SURROUNDINGS, code.y - SURROUNDINGS, code.width + 2 * SURROUNDINGS,
                    code.height + 2 * SURROUNDINGS };
  double module = code.width / n_modules * dpi / 25.4;
  double edge = module * (n_modules - 2 * GUITU_QR_QUIET_ZONE);
  double start = SURROUNDINGS * dpi / 25.4 + module * GUITU_QR_QUIET_ZONE;
  GuituBox in_picture = { start, start, edge, edge };
  g_autoptr (Picture) straight = scan_box (view, &seen, dpi, 0);
  g_autoptr (Picture) left = scan_box (view, &seen, dpi, -ANGLE);
  g_autoptr (Picture) right = scan_box (view, &seen, dpi, ANGLE);
  g_autoptr (Picture) blurred = blur (straight, BLUR * dpi);
  g_autoptr (GRand) dice = g_rand_new_with_seed (g_str_hash (guitu_form_kind (form)));

  add_scan (scans, straight, SCAN_STRAIGHT, i);
  add_scan (scans, left, SCAN_TURNED_LEFT, i);
  add_scan (scans, right, SCAN_TURNED_RIGHT, i);
  add_scan (scans, straight, SCAN_JPEG, i);
  add_scan (scans, blurred, SCAN_BLURRED, i);
  for (guint j = 0; j < N_DIRTY; j++)
    {
      g_autoptr (Picture) dirty = make_dirty (straight, &in_picture, module, dice);

      add_scan (scans, dirty, SCAN_DIRTY, i);
    }
}

/* What zbarimg says of all pictures, one call for all; XML. */
static void
read_all (const GArray *scans,
          char **output)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arguments, (char *) "zbarimg");
  g_ptr_array_add (arguments, (char *) "--quiet");
  g_ptr_array_add (arguments, (char *) "--xml");
  g_ptr_array_add (arguments, (char *) "--nodbus");
  g_ptr_array_add (arguments, (char *) "-Sdisable");
  g_ptr_array_add (arguments, (char *) "-Sqrcode.enable");
  for (guint i = 0; i < scans->len; i++)
    g_ptr_array_add (arguments, g_array_index (scans, Scan, i).path);
  g_ptr_array_add (arguments, NULL);
  /* its status is 4 when one of them has no code */
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                output, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The text read in the picture @path; NULL when there is none. (transfer full) */
static char *
text_of (const char *output,
         const char *path)
{
  g_autofree char *source = g_strdup_printf ("<source href='%s'>", path);
  const char *start = strstr (output, source);
  const char *end;

  if (start == NULL)
    return NULL;
  end = strstr (start, "</source>");
  start = strstr (start, "<![CDATA[");
  if (start == NULL || start > end)
    return NULL;
  start += strlen ("<![CDATA[");
  return g_strndup (start, (gsize) (strstr (start, "]]>") - start));
}

static void
judge (const GArray *scans,
       const char *output,
       const char *seal)
{
  for (guint i = 0; i < scans->len; i++)
    {
      const Scan *scan = &g_array_index (scans, Scan, i);
      g_autofree char *text = text_of (output, scan->path);

      n_made[scan->kind][scan->resolution]++;
      if (text == NULL)
        {
          g_test_message ("%s at %d dpi: not read", scan_names[scan->kind], resolutions[scan->resolution]);
          continue;
        }
      g_assert_cmpstr (text, ==, seal);
      n_read[scan->kind][scan->resolution]++;
    }
}

static void
scan_form (const GuituForm *form,
           const char *seal)
{
  g_autoptr (GuituFormValues) values = form_data_fill (form, FORM_DATA_EASY);
  g_autoptr (GArray) scans = g_array_new (FALSE, FALSE, sizeof (Scan));
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) drawing = NULL;
  int n_modules = 0;
  GuituBox box;
  PdfView view;
  GBytes *bytes;

  guitu_form_values_set_seal (values, seal, "苹果 长江");
  bytes = guitu_form_render (fonts, form, values, GUITU_FORM_FILLED, NULL, &error);
  g_assert_no_error (error);
  view = pdf_view_open (bytes);
  box = code_box (form, values);
  drawing = _guitu_qr_draw (seal, &n_modules, NULL);
  g_test_message ("%zu characters, modules of %.2f mm", strlen (seal), box.width / n_modules);
  g_array_set_clear_func (scans, clear_scan);
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    add_scans (scans, &view, form, &box, n_modules, i);
  read_all (scans, &output);
  judge (scans, output, seal);
  pdf_view_close (&view);
}

static void
test_form (gconstpointer data)
{
  g_autofree char *seal = sample_code (data);

  scan_form (data, seal);
}

/* As long as papers ever get it: a destination of thirty characters. */
static void
test_longest_seal (void)
{
  g_autofree char *seal = sample_seal ("service-and-leave-record", "新疆维吾尔自治区博尔塔拉蒙古自治州阿拉山口市艾比湖镇第十二社区");

  scan_form (guitu_form_find ("service-and-leave-record"), seal);
}

/* How many of all were read; of the clean ones, all. */
static void
test_rates (void)
{
  for (guint kind = 0; kind < N_SCAN_KINDS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
      g_test_message ("%s, %d dpi: %u of %u", scan_names[kind], resolutions[i], n_read[kind][i], n_made[kind][i]);
  for (guint kind = 0; kind < N_SCAN_KINDS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
      if (kind == SCAN_DIRTY)
        g_assert_cmpuint (n_read[kind][i] * 100, >=, n_made[kind][i] * 85);
      else
        g_assert_cmpuint (n_read[kind][i], ==, n_made[kind][i]);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  /* zbarimg reads small pictures: threads would only wait for each other */
  g_setenv ("OMP_NUM_THREADS", "1", TRUE);
  folder = g_dir_make_tmp ("guitu-scans-XXXXXX", &error);
  g_assert_no_error (error);
  fonts = guitu_fonts_new (&error);
  g_assert_no_error (error);
  for (guint i = 0; guitu_forms ()[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/qr/scan/%s", guitu_form_kind (guitu_forms ()[i]));

      g_test_add_data_func (path, guitu_forms ()[i], test_form);
    }
  g_test_add_func ("/qr/scan/longest-seal", test_longest_seal);
  g_test_add_func ("/qr/scan/rates", test_rates);
  status = g_test_run ();
  guitu_fonts_free (fonts);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
