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

/* Longer than GTK moves to what got the focus a moment ago, which would move it away again. */
#define REVEAL_US (600 * G_TIME_SPAN_MILLISECOND)

/* The first frame lays out what is new; only the next one knows where it stands. @data: when the first one was */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *scroll = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 *first = data;

  if (*first == 0)
    *first = now;
  else if (scroll != NULL)
    scroll_to (widget, GTK_SCROLLED_WINDOW (scroll));
  return now - *first < REVEAL_US ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
guitu_reveal (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, on_frame, g_new0 (gint64, 1), g_free);
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
