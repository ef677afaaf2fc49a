/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/busy.h"

#define FOCUS_KEY "guitu-busy-focus"

void
guitu_widget_set_busy (GtkWidget *widget, gboolean is_busy)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (is_busy && focus != NULL && gtk_widget_is_ancestor (focus, widget))
    {
      g_object_set_data_full (G_OBJECT (widget), FOCUS_KEY, g_object_ref (focus), g_object_unref);
      gtk_root_set_focus (root, NULL);
    }
  gtk_widget_set_sensitive (widget, !is_busy);
  if (is_busy)
    return;
  focus = g_object_get_data (G_OBJECT (widget), FOCUS_KEY);
  if (focus != NULL && root != NULL && gtk_root_get_focus (root) == NULL && gtk_widget_get_root (focus) == root)
    gtk_widget_grab_focus (focus);
  g_object_set_data (G_OBJECT (widget), FOCUS_KEY, NULL);
}
