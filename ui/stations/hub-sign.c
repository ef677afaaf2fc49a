/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stations/hub-sign.h"

#include "ui/stations/hub-watch.h"
#include "ui/stations/hub-words.h"

#include <glib/gi18n.h>

#define WIDTH_CHARACTERS 16

static void
update (GtkButton *button, GuituHubWatch *watch)
{
  GtkWidget *box = gtk_button_get_child (button);
  GtkWidget *icon = gtk_widget_get_first_child (box);
  GuituHubSummary summary = guitu_hub_summary (guitu_hub_watch_get_status (watch));
  g_autofree char *spoken = g_strdup_printf (_ ("Other stations: %s"), summary.words);

  gtk_widget_set_visible (GTK_WIDGET (button), summary.state != GUITU_HUB_NONE);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), summary.icon);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), summary.words);
  if (summary.state == GUITU_HUB_TROUBLE)
    gtk_widget_add_css_class (icon, "warning");
  else
    gtk_widget_remove_css_class (icon, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_free (summary.words);
}

void
guitu_hub_sign_watch (GtkButton *button, GuituStation *station)
{
  GuituHubWatch *watch = guitu_hub_watch_for (station);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), WIDTH_CHARACTERS - 2);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARACTERS);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (button, box);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ ("Other Stations (Ctrl+9)"));
  g_signal_connect_object (watch, "updated", G_CALLBACK (update), button, G_CONNECT_SWAPPED);
  update (button, watch);
}
