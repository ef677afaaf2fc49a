/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/paper-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <poppler.h>

/* A page is drawn for the size at which it is shown; until the worker is done, the old picture is scaled.
 * Every size asked for cancels the one before. Poppler documents are not shared between threads: each
 * drawing opens its own from the bytes, which takes less than a millisecond. */

#define ZOOM_STEP 1.25
#define LEAST_ZOOM 0.3
#define GREATEST_ZOOM 5.0
#define WIDEST_FIT 1.6
#define SIDE_MARGIN 24

struct _GuituPaperView
{
  AdwBin parent_instance;

  GtkWidget *scroll;
  GtkWidget *pages;
  GBytes *pdf;
  double zoom; /* pixels per point */
  GCancellable *drawing;
};

G_DEFINE_FINAL_TYPE (GuituPaperView, guitu_paper_view, ADW_TYPE_BIN)

static guint failed_signal;

typedef struct
{
  GBytes *pdf;
  double scale;
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
  for (int i = 0; i < poppler_document_get_n_pages (document) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);

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
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) textures = g_task_propagate_pointer (G_TASK (result), &error);
  GtkWidget *page;

  if (textures == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, failed_signal, 0, error->message);
      return;
    }
  page = gtk_widget_get_first_child (self->pages);
  for (guint i = 0; i < textures->len; i++)
    {
      GdkTexture *texture = g_ptr_array_index (textures, i);

      if (page == NULL)
        {
          page = build_page (i + 1);
          gtk_box_append (GTK_BOX (self->pages), page);
        }
      gtk_widget_set_size_request (page, gdk_texture_get_width (texture) / scale, gdk_texture_get_height (texture) / scale);
      gtk_picture_set_paintable (GTK_PICTURE (page), GDK_PAINTABLE (texture));
      page = gtk_widget_get_next_sibling (page);
    }
  while (page != NULL)
    {
      GtkWidget *surplus = page;

      page = gtk_widget_get_next_sibling (page);
      gtk_box_remove (GTK_BOX (self->pages), surplus);
    }
}

static void
draw (GuituPaperView *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->pdf == NULL)
    return;
  if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  self->drawing = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->pdf = g_bytes_ref (self->pdf);
  job->scale = self->zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  task = g_task_new (self, self->drawing, drawn, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, draw_pages);
}

/* The zoom at which the first page is as wide as the view. */
static double
fitting_zoom (GuituPaperView *self)
{
  PopplerDocument *document = poppler_document_new_from_bytes (self->pdf, NULL, NULL);
  int available = gtk_widget_get_width (self->scroll) - 2 * SIDE_MARGIN;
  double width = 0;

  if (document != NULL && poppler_document_get_n_pages (document) > 0)
    {
      PopplerPage *page = poppler_document_get_page (document, 0);

      poppler_page_get_size (page, &width, NULL);
      g_object_unref (page);
    }
  g_clear_object (&document);
  return width > 0 && available > 0 ? CLAMP (available / width, LEAST_ZOOM, WIDEST_FIT) : WIDEST_FIT;
}

void
guitu_paper_view_zoom (GuituPaperView *self, int steps)
{
  if (self->pdf == NULL)
    return;
  if (steps == 0)
    self->zoom = fitting_zoom (self);
  else
    self->zoom = CLAMP (self->zoom * pow (ZOOM_STEP, steps), LEAST_ZOOM, GREATEST_ZOOM);
  draw (self);
}

/* A window that was just opened has no width yet. */
static gboolean
fit_when_sized (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  if (gtk_widget_get_width (widget) <= 2 * SIDE_MARGIN)
    return G_SOURCE_CONTINUE;
  guitu_paper_view_zoom (GUITU_PAPER_VIEW (data), 0);
  return G_SOURCE_REMOVE;
}

void
guitu_paper_view_set_pdf (GuituPaperView *self, GBytes *pdf)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = g_bytes_ref (pdf);
  gtk_widget_add_tick_callback (self->scroll, fit_when_sized, self, NULL);
}

void
guitu_paper_view_update_pdf (GuituPaperView *self, GBytes *pdf)
{
  if (self->pdf == NULL || self->zoom <= 0)
    {
      guitu_paper_view_set_pdf (self, pdf);
      return;
    }
  g_bytes_unref (self->pdf);
  self->pdf = g_bytes_ref (pdf);
  draw (self);
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
  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_widget_set_margin_top (self->pages, 16);
  gtk_widget_set_margin_bottom (self->pages, 16);
  gtk_widget_set_focusable (self->pages, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pages), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->pages);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_add_css_class (self->scroll, "desk");
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
