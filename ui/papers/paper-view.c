/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/paper-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <poppler.h>

/* A page is drawn for the size at which it is shown; until the worker is done, the old picture is scaled.
 * Only the pages that are to be seen, and those beside them, are drawn and kept: the file of a person
 * has hundreds. Every size or place asked for cancels the one before. Poppler documents are not shared between threads: each
 * drawing opens its own from the bytes, which takes less than a millisecond. */

#define ZOOM_STEP 1.25
#define LEAST_ZOOM 0.3
#define GREATEST_ZOOM 5.0
#define WIDEST_FIT 1.6
#define SIDE_MARGIN 24
#define GAP 16    /* between pages */
#define BESIDES 2 /* pages before and after those to be seen */

struct _GuituPaperView
{
  AdwBin parent_instance;

  GtkWidget *scroll;
  GtkWidget *pages;
  GBytes *pdf;
  GArray *sizes; /* of Size, a page each; NULL: not read yet */
  double zoom;   /* pixels per point */
  guint first;   /* of those that are drawn, or being drawn */
  guint end;
  GCancellable *drawing;
};

/* In points. */
typedef struct
{
  double width;
  double height;
} Size;

G_DEFINE_FINAL_TYPE (GuituPaperView, guitu_paper_view, ADW_TYPE_BIN)

static guint failed_signal;

typedef struct
{
  GBytes *pdf;
  double scale;
  guint first;
  guint end;
} Job;

static void
job_free (Job *job)
{
  g_bytes_unref (job->pdf);
  g_free (job);
}

static GdkTexture *
draw_page (PopplerPage *page, double scale)
{
  double width, height;
  int columns, lines;
  gsize stride;
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) pixels = NULL;

  poppler_page_get_size (page, &width, &height);
  columns = MAX (1, (int) lround (width * scale));
  lines = MAX (1, (int) lround (height * scale));
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, columns, lines);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  pixels = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) lines);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (columns, lines, GDK_MEMORY_DEFAULT, pixels, stride);
}

static void
draw_pages (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (job->pdf, NULL, &error);
  g_autoptr (GPtrArray) textures = g_ptr_array_new_with_free_func (g_object_unref);

  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = job->first; i < job->end && !g_cancellable_is_cancelled (cancellable); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, (int) i);

      g_ptr_array_add (textures, draw_page (page, job->scale));
      g_object_unref (page);
    }
  g_object_unref (document);
  g_task_return_pointer (task, g_steal_pointer (&textures), (GDestroyNotify) g_ptr_array_unref);
}

static GtkWidget *
build_page (guint number)
{
  GtkWidget *picture = gtk_picture_new ();
  g_autofree char *words = g_strdup_printf (_ ("Page %u"), number);

  gtk_widget_add_css_class (picture, "paper");
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return picture;
}

static void
drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  GuituPaperView *self = GUITU_PAPER_VIEW (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) textures = g_task_propagate_pointer (G_TASK (result), &error);
  guint i = 0;

  if (textures == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, failed_signal, 0, error->message);
      return;
    }
  for (GtkWidget *page = gtk_widget_get_first_child (self->pages); page != NULL; page = gtk_widget_get_next_sibling (page), i++)
    if (i < job->first || i >= job->end)
      gtk_picture_set_paintable (GTK_PICTURE (page), NULL);
    else if (i - job->first < textures->len)
      gtk_picture_set_paintable (GTK_PICTURE (page), g_ptr_array_index (textures, i - job->first));
}

/* Which pages are to be seen now, and those beside them. */
static void
find_shown (GuituPaperView *self, guint *first, guint *end)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  double top = gtk_adjustment_get_value (place) - GAP;
  double bottom = top + MAX (gtk_adjustment_get_page_size (place), gtk_widget_get_height (self->scroll));
  double at = 0;
  guint seen_first = self->sizes->len;
  guint seen_end = 0;

  for (guint i = 0; i < self->sizes->len; i++)
    {
      double height = g_array_index (self->sizes, Size, i).height * self->zoom + GAP;

      if (at < bottom && at + height > top)
        {
          seen_first = MIN (seen_first, i);
          seen_end = i + 1;
        }
      at += height;
    }
  *first = seen_first > BESIDES ? seen_first - BESIDES : 0;
  *end = MIN (seen_end + BESIDES, self->sizes->len);
}

static void
draw (GuituPaperView *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->sizes == NULL)
    return;
  find_shown (self, &self->first, &self->end);
  if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  self->drawing = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->pdf = g_bytes_ref (self->pdf);
  job->scale = self->zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  job->first = self->first;
  job->end = self->end;
  task = g_task_new (self, self->drawing, drawn, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, draw_pages);
}

static void
on_scrolled (GuituPaperView *self)
{
  guint first, end;

  if (self->sizes == NULL)
    return;
  find_shown (self, &first, &end);
  if (first != self->first || end != self->end)
    draw (self);
}

/* Puts a page for each of the document; those that are there already stay, with what they show. */
static gboolean
read_sizes (GuituPaperView *self, GError **error)
{
  PopplerDocument *document = poppler_document_new_from_bytes (self->pdf, NULL, error);
  GtkWidget *shown = gtk_widget_get_first_child (self->pages);

  if (document == NULL)
    return FALSE;
  g_clear_pointer (&self->sizes, g_array_unref);
  self->sizes = g_array_new (FALSE, TRUE, sizeof (Size));
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      Size size;

      poppler_page_get_size (page, &size.width, &size.height);
      g_array_append_val (self->sizes, size);
      if (shown == NULL)
        gtk_box_append (GTK_BOX (self->pages), build_page ((guint) i + 1));
      else
        shown = gtk_widget_get_next_sibling (shown);
      g_object_unref (page);
    }
  while (shown != NULL)
    {
      GtkWidget *surplus = shown;

      shown = gtk_widget_get_next_sibling (shown);
      gtk_box_remove (GTK_BOX (self->pages), surplus);
    }
  g_object_unref (document);
  return TRUE;
}

static void
set_zoom (GuituPaperView *self, double zoom)
{
  guint i = 0;

  self->zoom = zoom;
  for (GtkWidget *page = gtk_widget_get_first_child (self->pages); page != NULL; page = gtk_widget_get_next_sibling (page), i++)
    {
      const Size *size = &g_array_index (self->sizes, Size, i);

      gtk_widget_set_size_request (page, MAX (1, (int) lround (size->width * zoom)), MAX (1, (int) lround (size->height * zoom)));
    }
  draw (self);
}

/* The zoom at which the first page is as wide as the view. */
static double
fitting_zoom (GuituPaperView *self)
{
  int available = gtk_widget_get_width (self->scroll) - 2 * SIDE_MARGIN;
  double width = self->sizes->len > 0 ? g_array_index (self->sizes, Size, 0).width : 0;

  return width > 0 && available > 0 ? CLAMP (available / width, LEAST_ZOOM, WIDEST_FIT) : WIDEST_FIT;
}

void
guitu_paper_view_zoom (GuituPaperView *self, int steps)
{
  if (self->sizes == NULL)
    return;
  set_zoom (self, steps == 0 ? fitting_zoom (self) : CLAMP (self->zoom * pow (ZOOM_STEP, steps), LEAST_ZOOM, GREATEST_ZOOM));
}

/* A window that was just opened has no width yet. */
static gboolean
fit_when_sized (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GuituPaperView *self = GUITU_PAPER_VIEW (data);
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_width (widget) <= 2 * SIDE_MARGIN)
    return G_SOURCE_CONTINUE;
  if (self->sizes == NULL && !read_sizes (self, &error))
    g_signal_emit (self, failed_signal, 0, error->message);
  guitu_paper_view_zoom (self, 0);
  return G_SOURCE_REMOVE;
}

void
guitu_paper_view_set_pdf (GuituPaperView *self, GBytes *pdf)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->sizes, g_array_unref);
  self->pdf = g_bytes_ref (pdf);
  gtk_widget_add_tick_callback (self->scroll, fit_when_sized, self, NULL);
}

void
guitu_paper_view_update_pdf (GuituPaperView *self, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;

  if (self->sizes == NULL || self->zoom <= 0)
    {
      guitu_paper_view_set_pdf (self, pdf);
      return;
    }
  g_bytes_unref (self->pdf);
  self->pdf = g_bytes_ref (pdf);
  if (!read_sizes (self, &error))
    g_signal_emit (self, failed_signal, 0, error->message);
  else
    set_zoom (self, self->zoom);
}

GBytes *
guitu_paper_view_get_pdf (GuituPaperView *self)
{
  return self->pdf;
}

static gboolean
guitu_paper_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GUITU_PAPER_VIEW (widget)->pages);
}

static void
guitu_paper_view_dispose (GObject *object)
{
  GuituPaperView *self = GUITU_PAPER_VIEW (object);

  if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->sizes, g_array_unref);
  G_OBJECT_CLASS (guitu_paper_view_parent_class)->dispose (object);
}

static void
guitu_paper_view_class_init (GuituPaperViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_paper_view_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = guitu_paper_view_grab_focus;
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guitu_paper_view_init (GuituPaperView *self)
{
  self->scroll = gtk_scrolled_window_new ();
  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  gtk_widget_set_margin_top (self->pages, GAP);
  gtk_widget_set_margin_bottom (self->pages, GAP);
  gtk_widget_set_focusable (self->pages, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pages), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->pages);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_add_css_class (self->scroll, "desk");
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)), "value-changed",
                           G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->scroll);
}

void
guitu_paper_view_add_keys (GtkWidgetClass *window_class, const char *zoom_in, const char *zoom_out, const char *fit)
{
  const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, zoom_in },
    { GDK_KEY_equal, zoom_in },
    { GDK_KEY_KP_Add, zoom_in },
    { GDK_KEY_minus, zoom_out },
    { GDK_KEY_KP_Subtract, zoom_out },
    { GDK_KEY_0, fit },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (window_class, keys[i].key, GDK_CONTROL_MASK, keys[i].action, NULL);
}
