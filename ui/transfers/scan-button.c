/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/transfers/scan-button.h"

#include "ui/dialogs.h"

#include <glib/gi18n.h>

#define PATH "guitu-path"

static void
chosen (gpointer owner, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  g_object_set_data_full (G_OBJECT (owner), PATH, g_strdup (path), g_free);
  gtk_button_set_label (GTK_BUTTON (owner), name);
}

static void
on_clicked (GtkWidget *button)
{
  guitu_dialog_open_image (button, _ ("Open Image"), button, chosen);
}

GtkWidget *
guitu_scan_button_new (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), NULL);
  return button;
}

void
guitu_scan_button_collect (GtkWidget *button, JsonObject *input)
{
  const char *path = g_object_get_data (G_OBJECT (button), PATH);

  if (path != NULL)
    json_object_set_string_member (input, "image", path);
}
