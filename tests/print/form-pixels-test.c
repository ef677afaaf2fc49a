/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every form, filled in with easy, extreme and no data, as it comes out on paper: each text in its
 * own cell and all of it, each character with ink and clear of the others, and nothing where stamps
 * and thumbs go or beyond the margins.
 */

#include "form-data.h"
#include "pdf-view.h"

#define SCALE 2.0 /* 144 dpi */

/* How far a character may reach beyond its cell, in points: side bearings of other typefaces. */
#define TOLERANCE 0.6

/* Half the height of a character without the room that typefaces keep above and below, in type
 * sizes. */
#define HALF_HEIGHT 0.4

typedef struct
{
  const GuituForm *form;
  FormData data;
  GuituFormMode mode;
} Case;

/* A character on a page. */
typedef struct
{
  gunichar character;
  double x1, y1, x2, y2;
  double size;
  const GuituFormPlace *place; /* NULL: outside the table */
} Mark;

static GuituFonts *fonts;

static double
size_at (GList *attributes,
         int i)
{
  for (GList *link = attributes; link != NULL; link = link->next)
    {
      const PopplerTextAttributes *run = link->data;

      if (i >= run->start_index && i <= run->end_index)
        return run->font_size;
    }
  return 0;
}

/* (transfer full) (element-type Mark): the characters of page @page */
static GArray *
read_marks (const PdfView *view,
            guint page)
{
  PopplerPage *poppler_page = poppler_document_get_page (view->document, (int) page);
  g_autofree char *text = poppler_page_get_text (poppler_page);
  g_autofree PopplerRectangle *areas = NULL;
  GList *attributes = poppler_page_get_text_attributes (poppler_page);
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (Mark));
  guint n_areas = 0;
  guint i = 0;

  poppler_page_get_text_layout (poppler_page, &areas, &n_areas);
  for (const char *p = text; *p != '\0' && i < n_areas; p = g_utf8_next_char (p), i++)
    {
      Mark mark = { g_utf8_get_char (p), areas[i].x1, areas[i].y1, areas[i].x2, areas[i].y2, 0, NULL };
      double middle = (mark.y1 + mark.y2) / 2;

      if (g_unichar_isspace (mark.character))
        continue;
      mark.size = size_at (attributes, (int) i);
      mark.y1 = middle - HALF_HEIGHT * mark.size;
      mark.y2 = middle + HALF_HEIGHT * mark.size;
      g_array_append_val (marks, mark);
    }
  poppler_page_free_text_attributes (attributes);
  g_object_unref (poppler_page);
  return marks;
}

static gboolean
has_text (const GuituFormPlace *place)
{
  return place->kind != GUITU_PLACE_CLEAR && place->kind != GUITU_PLACE_CODE && place->kind != GUITU_PLACE_LINK;
}

static void
find_place (Mark *mark,
            const GArray *places,
            guint page)
{
  double x = (mark->x1 + mark->x2) / 2;
  double y = (mark->y1 + mark->y2) / 2;

  for (guint i = 0; i < places->len; i++)
    {
      const GuituFormPlace *place = &g_array_index (places, GuituFormPlace, i);

      if (place->page == page && has_text (place) && x >= place->x && x < place->x + place->width && y >= place->y &&
          y < place->y + place->height)
        mark->place = place;
    }
}

static G_GNUC_PRINTF (2, 3) void complain (const Mark *mark,
                                           const char *format,
                                           ...)
{
  g_autofree char *what = NULL;
  char character[7] = "";
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  character[g_unichar_to_utf8 (mark->character, character)] = '\0';
  g_test_message ("“%s” at %.1f, %.1f in the cell of %s: %s", character, mark->x1, mark->y1,
                  mark->place == NULL ? "nothing" : mark->place->key == NULL ? "no key"
                                                                             : mark->place->key,
                  what);
  g_test_fail ();
}

/* Each character of the table stands in one cell and not over its edge. */
static void
check_cells (GArray *marks,
             const GArray *places,
             guint page)
{
  double top = G_MAXDOUBLE;
  double bottom = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const GuituFormPlace *place = &g_array_index (places, GuituFormPlace, i);

      if (place->page == page)
        {
          top = MIN (top, place->y);
          bottom = MAX (bottom, place->y + place->height);
        }
    }
  for (guint i = 0; i < marks->len; i++)
    {
      Mark *mark = &g_array_index (marks, Mark, i);

      find_place (mark, places, page);
      if (mark->place == NULL)
        {
          if (mark->y2 > top + TOLERANCE && mark->y1 < bottom - TOLERANCE)
            complain (mark, "in the table, in no cell");
        }
      else if (mark->x1 < mark->place->x - TOLERANCE || mark->x2 > mark->place->x + mark->place->width + TOLERANCE ||
               mark->y1 < mark->place->y - TOLERANCE || mark->y2 > mark->place->y + mark->place->height + TOLERANCE)
        complain (mark, "over the edge of its cell");
    }
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const Mark *first = a;
  const Mark *second = b;

  return first->y1 < second->y1 ? -1 : first->y1 > second->y1;
}

/* No two characters stand on each other. @marks are sorted by it. */
static void
check_overlaps (GArray *marks)
{
  g_array_sort (marks, compare_marks);
  for (guint i = 0; i < marks->len; i++)
    for (guint j = i + 1; j < marks->len; j++)
      {
        const Mark *a = &g_array_index (marks, Mark, i);
        const Mark *b = &g_array_index (marks, Mark, j);
        double width = MIN (a->x2, b->x2) - MAX (a->x1, b->x1);
        double height = MIN (a->y2, b->y2) - b->y1;

        if (b->y1 >= a->y2)
          break;
        if (width > 0.15 * MIN (a->size, b->size) && height > 0.15 * MIN (a->size, b->size))
          complain (b, "on another character, U+%04X", a->character);
      }
}

/* Ink is a matter of the character: a dot has little, a Han character much. */
static void
check_ink (const GArray *marks,
           cairo_surface_t *surface)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);
      gboolean is_han = g_unichar_get_script (mark->character) == G_UNICODE_SCRIPT_HAN;
      double least = (is_han ? 0.03 : 0.002) * mark->size * mark->size * SCALE * SCALE * 255;

      /* the dash-like 一 and the dots that punctuation is made of reach the least */
      if (pdf_view_ink_in (surface, mark->x1 * SCALE, (mark->y1 - 0.1 * mark->size) * SCALE, mark->x2 * SCALE,
                           (mark->y2 + 0.2 * mark->size) * SCALE) < least)
        complain (mark, "without ink");
    }
}

static void
check_clear (const GArray *places,
             guint page,
             cairo_surface_t *surface)
{
  for (guint i = 0; i < places->len; i++)
    {
      const GuituFormPlace *place = &g_array_index (places, GuituFormPlace, i);

      if (place->page != page || place->kind != GUITU_PLACE_CLEAR)
        continue;
      g_assert_cmpfloat (place->width, >, 0);
      g_assert_cmpfloat (place->height, >, 0);
      if (pdf_view_ink_in (surface, (place->x + 1) * SCALE, (place->y + 1) * SCALE, (place->x + place->width - 1) * SCALE,
                           (place->y + place->height - 1) * SCALE) > 0)
        {
          g_test_message ("page %u: ink where the stamp or the thumb goes, at %.0f, %.0f", page, place->x, place->y);
          g_test_fail ();
        }
    }
}

/* An official seal is 42 mm across, and may stand on the words around its place. */
static void
check_stamps (const GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const GuituFormPlace *place = &g_array_index (places, GuituFormPlace, i);

      if ((place->kind == GUITU_PLACE_STAMP && (place->width < 42 * MM || place->height < 42 * MM)) ||
          (place->kind == GUITU_PLACE_THUMB && (place->width < 25 * MM || place->height < 25 * MM)))
        {
          g_test_message ("page %u: %.0f by %.0f mm are too little for a %s", place->page, place->width / MM,
                          place->height / MM, place->kind == GUITU_PLACE_STAMP ? "stamp" : "thumb");
          g_test_fail ();
        }
    }
}

static void
check_margins (const GuituForm *form,
               guint page,
               cairo_surface_t *surface)
{
  if (pdf_view_ink_in_margins (surface, SCALE, form) > 0)
    {
      g_test_message ("page %u: ink in the margin", page);
      g_test_fail ();
    }
}

/* Of each key, how often each character stands in its cells; outside the table for "". */
static GHashTable *
count_marks (const GPtrArray *pages)
{
  GHashTable *of_keys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < pages->len; i++)
    {
      const GArray *marks = g_ptr_array_index (pages, i);

      for (guint j = 0; j < marks->len; j++)
        {
          const Mark *mark = &g_array_index (marks, Mark, j);
          gpointer character = GUINT_TO_POINTER (mark->character);
          const char *key = mark->place == NULL ? "" : mark->place->key;
          GHashTable *counts = key == NULL ? NULL : g_hash_table_lookup (of_keys, key);

          if (key != NULL && counts == NULL)
            {
              counts = g_hash_table_new (NULL, NULL);
              g_hash_table_insert (of_keys, (gpointer) key, counts);
            }
          if (counts != NULL)
            g_hash_table_insert (counts, character, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, character)) + 1));
        }
    }
  return of_keys;
}

static guint
count_of (GHashTable *of_keys,
          const char *key,
          gpointer character)
{
  GHashTable *counts = g_hash_table_lookup (of_keys, key);

  return counts == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (counts, character));
}

/* Every character of every text is in the cells of its key, or around the table; only a label, which is
 * one sheet, may say instead where to read on. Returns how many texts do. */
static guint
check_complete (const Case *test,
                const GuituFormValues *values,
                const GPtrArray *pages)
{
  const char *const *keys = guitu_form_keys (test->form);
  g_autoptr (GHashTable) of_keys = count_marks (pages);
  guint n_cut = 0;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *text = guitu_form_values_get (values, keys[i]);
      g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);

      for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
        {
          gpointer character = GUINT_TO_POINTER (g_utf8_get_char (p));
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (wanted, character)) + 1;

          if (g_unichar_isspace (g_utf8_get_char (p)) || (g_utf8_get_char (p) == 0x3001 && strchr (keys[i], '.') != NULL))
            continue;
          g_hash_table_insert (wanted, character, GUINT_TO_POINTER (n));
          if (count_of (of_keys, keys[i], character) >= n ||
              (form_data_is_of_the_frame (keys[i]) && count_of (of_keys, "", character) > 0))
            continue;
          if (guitu_form_is_label (test->form) && count_of (of_keys, keys[i], GUINT_TO_POINTER (0x8be6)) > 0) /* 详见 */
            {
              n_cut++;
              break;
            }
          g_test_message ("%s is not printed to its end: “%s”", keys[i], text);
          g_test_fail ();
          break;
        }
    }
  return n_cut;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GuituFormValues) values = form_data_fill (test->form, test->data);
  g_autoptr (GArray) places = guitu_form_places (fonts, test->form, values, test->mode);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  GBytes *bytes = guitu_form_render (fonts, test->form, values, test->mode, &warnings, &error);
  guint n_pages = 0;
  PdfView view;

  g_assert_no_error (error);
  view = pdf_view_open (bytes);
  for (guint i = 0; i < places->len; i++)
    n_pages = MAX (n_pages, g_array_index (places, GuituFormPlace, i).page + 1);
  g_assert_cmpuint (n_pages * guitu_form_n_copies (test->form), ==, (guint) poppler_document_get_n_pages (view.document));
  if (guitu_form_is_label (test->form))
    g_assert_cmpuint (n_pages, ==, 1);
  check_stamps (places);
  for (guint i = 0; i < n_pages; i++)
    {
      GArray *marks = read_marks (&view, i);
      cairo_surface_t *surface = pdf_view_draw (&view, (int) i, SCALE);

      g_ptr_array_add (pages, marks);
      check_cells (marks, places, i);
      check_overlaps (marks);
      check_ink (marks, surface);
      check_clear (places, i, surface);
      check_margins (test->form, i, surface);
      cairo_surface_destroy (surface);
    }
  if (test->mode == GUITU_FORM_FILLED)
    g_assert_cmpuint (check_complete (test, values, pages), ==, g_strv_length (warnings));
  pdf_view_close (&view);
}

int
main (int argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    FormData data;
    GuituFormMode mode;
  } ways[] = {
    { "easy", FORM_DATA_EASY, GUITU_FORM_FILLED },
    { "extreme", FORM_DATA_EXTREME, GUITU_FORM_FILLED },
    { "filled-with-nothing", FORM_DATA_EMPTY, GUITU_FORM_FILLED },
    { "blank", FORM_DATA_EASY, GUITU_FORM_BLANK },
  };
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  fonts = guitu_fonts_new (&error);
  g_assert_no_error (error);
  for (guint i = 0; guitu_forms ()[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      {
        const GuituForm *form = guitu_forms ()[i];
        g_autofree char *path = g_strdup_printf ("/form/%s/%s", guitu_form_kind (form), ways[j].name);
        Case *test = g_new (Case, 1);

        *test = (Case){ form, ways[j].data, ways[j].mode };
        g_test_add_data_func_full (path, test, test_case, g_free);
      }
  status = g_test_run ();
  guitu_fonts_free (fonts);
  return status;
}
