/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/growing.h"

#define ROWS_A_FRAME 12
#define BEYOND 8 /* rows below one that is chosen */
#define TICK "guitu-growing"

typedef struct
{
  GtkSliceListModel *rows;
  gboolean is_painted; /* the first screen full */
} Growth;

static void
growth_free (gpointer data)
{
  Growth *growth = data;

  g_object_unref (growth->rows);
  g_free (growth);
}

static gboolean
is_whole (GtkSliceListModel *rows)
{
  return gtk_slice_list_model_get_size (rows) >= g_list_model_get_n_items (gtk_slice_list_model_get_model (rows));
}

/* Runs before a frame is laid out and painted: in the first one nothing is added. */
static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  Growth *growth = data;

  if (!growth->is_painted)
    {
      growth->is_painted = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (!is_whole (growth->rows))
    gtk_slice_list_model_set_size (growth->rows, gtk_slice_list_model_get_size (growth->rows) + ROWS_A_FRAME);
  if (!is_whole (growth->rows))
    return G_SOURCE_CONTINUE;
  gtk_slice_list_model_set_size (growth->rows, G_MAXUINT);
  g_object_set_data (G_OBJECT (growth->rows), TICK, NULL);
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
  Growth *growth;

  gtk_slice_list_model_set_size (rows, n);
  if (g_object_get_data (G_OBJECT (rows), TICK) != NULL)
    return;
  growth = g_new0 (Growth, 1);
  growth->rows = g_object_ref (rows);
  g_object_set_data (G_OBJECT (rows), TICK, GUINT_TO_POINTER (gtk_widget_add_tick_callback (view, on_frame, growth, growth_free)));
}

void
guitu_growing_reach (GtkSliceListModel *rows, guint position)
{
  if (position < G_MAXUINT - BEYOND && gtk_slice_list_model_get_size (rows) < position + BEYOND)
    gtk_slice_list_model_set_size (rows, position + BEYOND);
}
