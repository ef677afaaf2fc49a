/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/growing.h"

#define ROWS_A_FRAME 12
#define BEYOND 8 /* rows below one that is chosen */
#define TICK "guitu-growing"

static gboolean
is_whole (GtkSliceListModel *rows)
{
  return gtk_slice_list_model_get_size (rows) >= g_list_model_get_n_items (gtk_slice_list_model_get_model (rows));
}

static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  GtkSliceListModel *rows = data;

  if (!is_whole (rows))
    gtk_slice_list_model_set_size (rows, gtk_slice_list_model_get_size (rows) + ROWS_A_FRAME);
  if (!is_whole (rows))
    return G_SOURCE_CONTINUE;
  gtk_slice_list_model_set_size (rows, G_MAXUINT);
  g_object_set_data (G_OBJECT (rows), TICK, NULL);
  return G_SOURCE_REMOVE;
}

GtkSliceListModel *
guitu_growing_new (GListModel *items)
{
  return gtk_slice_list_model_new (items, 0, G_MAXUINT);
}

void
guitu_growing_begin (GtkSliceListModel *rows, GtkWidget *view, guint n)
{
  gtk_slice_list_model_set_size (rows, n);
  if (g_object_get_data (G_OBJECT (rows), TICK) == NULL)
    g_object_set_data (G_OBJECT (rows), TICK, GUINT_TO_POINTER (gtk_widget_add_tick_callback (view, on_frame, g_object_ref (rows), g_object_unref)));
}

void
guitu_growing_reach (GtkSliceListModel *rows, guint position)
{
  if (position < G_MAXUINT - BEYOND && gtk_slice_list_model_get_size (rows) < position + BEYOND)
    gtk_slice_list_model_set_size (rows, position + BEYOND);
}
