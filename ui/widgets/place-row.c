/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/place-row.h"

#define TITLE "guitu-title"
#define COUNT "guitu-count"
#define LABEL "guitu-label"

GtkWidget *
guitu_place_row_new (const char *title, const char *icon, const char *key)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);
  g_autofree char *keys = g_strconcat ("Ctrl+", key, NULL);
  GtkWidget *hint = gtk_label_new (keys);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (hint, "key-hint");
  gtk_widget_add_css_class (count, "count");
  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (count, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), TITLE, g_strdup (title), g_free);
  g_object_set_data (G_OBJECT (row), COUNT, count);
  g_object_set_data (G_OBJECT (row), LABEL, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

void
guitu_place_row_set_count (GtkListBoxRow *row, gint64 count)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (row), COUNT);
  const char *title = g_object_get_data (G_OBJECT (row), TITLE);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_autofree char *spoken = count == 0 ? g_strdup (title) : g_strdup_printf ("%s: %s", title, digits);

  gtk_label_set_text (GTK_LABEL (label), digits);
  gtk_widget_set_visible (label, count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
guitu_place_row_set_title (GtkListBoxRow *row, const char *title)
{
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), LABEL), title);
  gtk_label_set_ellipsize (g_object_get_data (G_OBJECT (row), LABEL), PANGO_ELLIPSIZE_END);
  g_object_set_data_full (G_OBJECT (row), TITLE, g_strdup (title), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}
