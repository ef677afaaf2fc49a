/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/reveal.h"

static void
scroll_to (GtkWidget *widget, GtkScrolledWindow *scroll)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (scroll);
  graphene_rect_t bounds;
  double top;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (scroll), &bounds))
    return;
  top = gtk_adjustment_get_value (place) + bounds.origin.y;
  gtk_adjustment_clamp_page (place, top, top + bounds.size.height);
}

#define FRAMES 6

/* The first frame lays out what is new, the next one knows where it stands; what grows or takes the focus meanwhile moves it again. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *scroll = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  guint *frames = data;

  if (*frames > 0 && scroll != NULL)
    scroll_to (widget, GTK_SCROLLED_WINDOW (scroll));
  return ++*frames < FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
guitu_reveal (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, on_frame, g_new0 (guint, 1), g_free);
}

void
guitu_fit (GtkScrolledWindow *scroll, GtkWidget *content)
{
  int width = gtk_widget_get_width (GTK_WIDGET (scroll));
  int height = 0;
  int natural = 0;

  if (width <= 0)
    gtk_window_get_default_size (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (scroll))), &width, &height);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  natural += gtk_widget_get_margin_top (content) + gtk_widget_get_margin_bottom (content);
  gtk_scrolled_window_set_min_content_height (scroll, MIN (natural, gtk_scrolled_window_get_max_content_height (scroll)));
}
