/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/names.h"

#include <string.h>

char *
guitu_name_strip (const char *label)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *at = label; *at != '\0'; at++)
    {
      if (at[0] == '(' && at[1] == '_' && at[2] != '\0' && at[3] == ')')
        at += 3;
      else if (at[0] != '_')
        g_string_append_c (name, *at);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
name_by_tip (GtkWidget *widget)
{
  const char *tip = gtk_widget_get_tooltip_text (widget);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tip != NULL ? tip : "", -1);
}

void
guitu_name_icons (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_button_get_icon_name (GTK_BUTTON (root)) != NULL && gtk_widget_get_tooltip_text (root) != NULL)
    {
      g_signal_connect (root, "notify::tooltip-text", G_CALLBACK (name_by_tip), NULL);
      name_by_tip (root);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    guitu_name_icons (child);
}

void
guitu_name_buttons (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root)) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    {
      g_autofree char *name = guitu_name_strip (gtk_button_get_label (GTK_BUTTON (root)));

      gtk_accessible_reset_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    guitu_name_buttons (child);
}

void
guitu_name_drop_down (GtkDropDown *drop_down, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  GtkStringObject *selected = gtk_drop_down_get_selected_item (drop_down);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, gtk_string_object_get_string (selected), -1);
}
