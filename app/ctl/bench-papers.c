/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many papers: issuing a thousand, each sealed and in a PDF of its own, beside issuing them without
 * any PDF; the register of very many; the whole file of one person, beside the same papers made one by one; and what the
 * program holds in memory after ten thousand, beside what it held after one thousand. */

#include <cairo.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/ctl/bench.h"
#include "app/ctl/full-house.h"
#include "app/folder.h"

#include "app/call.h"
#include "print/print.h"

#define N_PAPERS 1000
#define N_FORMS 150 /* in the file of a person */
#define N_SCANS 149
#define N_MEMORY 10000
#define SCAN_WIDTH 1240 /* A4 at 150 dpi */
#define SCAN_HEIGHT 1754

typedef struct
{
  GuituStation *station;
  GuituStore *store;
  const char *folder;
} Bench;

static void
ignore (JsonObject *result,
        gpointer data)
{
}

static gboolean
run (const Bench *bench,
     const char *verb,
     JsonObject *input,
     double *seconds,
     GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean good = guitu_station_run (bench->station, verb, input, ignore, NULL, error);

  if (seconds != NULL)
    *seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  json_object_unref (input);
  return good;
}

/* --- A thousand ------------------------------------------------------------------------------- */

/* Numbers of stays, of one person where @person is not NULL. (transfer full) */
static char *
list_stays (const Bench *bench,
            const char *person,
            guint limit,
            GError **error)
{
  GuituQuery query = { .limit = limit };
  g_autoptr (GuituTransaction) transaction = guitu_store_read (bench->store, error);
  g_autoptr (GPtrArray) stays = NULL;
  GString *numbers = g_string_new (NULL);

  if (person != NULL)
    query.conditions[0] = (GuituCondition){ GUITU_STAY_PERSON, GUITU_EQUAL, person };
  stays = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_stay, &query, error);
  for (guint i = 0; stays != NULL && i < stays->len; i++)
    g_string_append_printf (numbers, " %s", guitu_record_text (stays->pdata[i], GUITU_STAY_NUMBER));
  return g_string_free (numbers, stays == NULL);
}

static gboolean
issue (const Bench *bench,
       const char *stays,
       const char *folder,
       double *seconds,
       GError **error)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "kind", "intake-registration");
  json_object_set_string_member (input, "stays", stays);
  if (folder != NULL)
    json_object_set_string_member (input, "folder", folder);
  return run (bench, "paper batch", input, seconds, error);
}

static gboolean
measure_thousand (const Bench *bench,
                  GError **error)
{
  g_autofree char *stays = list_stays (bench, NULL, N_PAPERS, error);
  g_autofree char *folder = g_build_filename (bench->folder, "papers", NULL);
  double bare;
  double sealed;

  if (stays == NULL || !issue (bench, stays, NULL, &bare, error) || !issue (bench, stays, folder, &sealed, error))
    return FALSE;
  bench_report ("papers-1000", sealed, "s", bare);
  return TRUE;
}

/* --- One person ------------------------------------------------------------------------------- */

/* A page of grey lines, as a scan of writing looks to whoever packs it. */
static gboolean
write_scan (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SCAN_WIDTH, SCAN_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gboolean good;

  cairo_set_source_rgb (cr, 0.97, 0.96, 0.93);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.2, 0.2, 0.3);
  for (int y = 100; y < SCAN_HEIGHT - 100; y += 40)
    for (int x = 100; x < SCAN_WIDTH - 100; x += 26)
      cairo_rectangle (cr, x, y + (x * 7 + y) % 9, 18 - (x + y) % 7, 22 - (x * 3 + y) % 11);
  cairo_fill (cr);
  cairo_destroy (cr);
  good = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return good;
}

static gboolean
add_scans (const Bench *bench,
           const char *person,
           GError **error)
{
  g_autofree char *png = g_build_filename (bench->folder, "scan.png", NULL);
  g_autofree char *path = g_build_filename (bench->folder, "scan.jpg", NULL);
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) jpeg = NULL;

  if (!write_scan (png) || !g_file_get_contents (png, &data, &length, error))
    return FALSE;
  file = g_bytes_new_take (g_steal_pointer (&data), length);
  jpeg = guitu_image_scale (file, SCAN_HEIGHT, error);
  if (jpeg == NULL || !g_file_set_contents (path, g_bytes_get_data (jpeg, NULL), (gssize) g_bytes_get_size (jpeg), error))
    return FALSE;
  for (guint i = 0; i < N_SCANS; i++)
    {
      JsonObject *input = json_object_new ();

      json_object_set_string_member (input, "person", person);
      json_object_set_string_member (input, "file", path);
      if (!run (bench, "file add", input, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* The person of the first stay. (transfer full) */
static char *
first_person (const Bench *bench,
              GError **error)
{
  const GuituQuery first = { .limit = 1 };
  g_autoptr (GuituTransaction) transaction = guitu_store_read (bench->store, error);
  g_autoptr (GPtrArray) stays = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_stay, &first, error);

  return stays == NULL || stays->len == 0 ? NULL : g_strdup (guitu_record_text (stays->pdata[0], GUITU_STAY_PERSON));
}

static void
keep_pages (JsonObject *result,
            gpointer data)
{
  *(double *) data = (double) json_object_get_int_member_with_default (result, "pages", 0);
}

static gboolean
measure_person (const Bench *bench,
                GError **error)
{
  g_autofree char *person = first_person (bench, error);
  g_autofree char *stays = person == NULL ? NULL : list_stays (bench, person, 1, error);
  g_autofree char *pdf = g_build_filename (bench->folder, "file.pdf", NULL);
  g_autoptr (JsonObject) input = json_object_new ();
  double alone = 0;
  double pages = 0;
  gint64 start;

  if (stays == NULL || !add_scans (bench, person, error))
    return FALSE;
  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autofree char *folder = g_build_filename (bench->folder, "alone", NULL);
      double seconds;

      if (!issue (bench, stays, folder, &seconds, error))
        return FALSE;
      alone += seconds;
    }
  json_object_set_string_member (input, "person", person);
  json_object_set_string_member (input, "pdf", pdf);
  start = g_get_monotonic_time ();
  if (!guitu_station_run (bench->station, "person file", input, keep_pages, &pages, error))
    return FALSE;
  bench_report ("person-file", (double) (g_get_monotonic_time () - start) / 1e6, "s", alone);
  bench_report ("person-file-pages", pages, "pages", 0);
  return TRUE;
}

/* --- Memory ----------------------------------------------------------------------------------- */

/* Resident, in MiB; what the allocator keeps for later is given back first. */
static double
resident (void)
{
  g_autofree char *text = NULL;
  guint64 pages = 0;

  malloc_trim (0);
  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    pages = g_ascii_strtoull (strchr (text, ' '), NULL, 10);
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

static void
fill (const GuituForm *form,
      GuituFormValues *values,
      guint n)
{
  const char *const *keys = guitu_form_keys (form);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("第%u份文书第%u项内容", n, i);

      guitu_form_values_set (values, keys[i], text);
    }
}

static gboolean
measure_memory (GError **error)
{
  g_autoptr (GuituFonts) fonts = guitu_fonts_new (error);
  const GuituForm *const *forms = guitu_forms ();
  guint n_forms = 0;
  double early = 0;

  if (fonts == NULL)
    return FALSE;
  while (forms[n_forms] != NULL)
    n_forms++;
  for (guint i = 0; i < N_MEMORY; i++)
    {
      g_autoptr (GuituFormValues) values = guitu_form_values_new ();
      g_autoptr (GBytes) pdf = NULL;

      fill (forms[i % n_forms], values, i);
      pdf = guitu_form_render (fonts, forms[i % n_forms], values, GUITU_FORM_FILLED, NULL, error);
      if (pdf == NULL)
        return FALSE;
      if (i + 1 == N_MEMORY / 10)
        early = resident ();
    }
  bench_report ("papers-memory", resident (), "MiB", early);
  return TRUE;
}

gboolean
bench_papers (GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GuituStation) station = bench_open_store (BENCH_STATION, &folder, error);
  g_autoptr (GuituStore) store = station == NULL ? NULL : guitu_store_open (folder, error);
  Bench bench = { station, store, folder };
  gboolean good = store != NULL && bench_fill_house (store, error) && measure_thousand (&bench, error) && measure_person (&bench, error) &&
                  bench_register (station, store, error);

  g_clear_pointer (&store, guitu_store_close);
  g_clear_object (&station);
  guitu_folder_remove (folder);
  return good && measure_memory (error);
}
