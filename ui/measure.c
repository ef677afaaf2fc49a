/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/measure.h"

typedef struct
{
  gboolean (*is_ready) (GtkWindow *window);
  gboolean was_ready; /* in the frame before, which has been painted */
} Measure;

GtkWindow *
guitu_measure_empty_window (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 700);
  return GTK_WINDOW (window);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Measure *measure = data;

  if (measure->was_ready)
    {
      gtk_window_close (GTK_WINDOW (widget));
      return G_SOURCE_REMOVE;
    }
  measure->was_ready = measure->is_ready == NULL || measure->is_ready (GTK_WINDOW (widget));
  return G_SOURCE_CONTINUE;
}

void
guitu_measure_until (GtkWindow *window, gboolean (*is_ready) (GtkWindow *window))
{
  Measure *measure = g_new0 (Measure, 1);

  measure->is_ready = is_ready;
  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_frame, measure, g_free);
}
