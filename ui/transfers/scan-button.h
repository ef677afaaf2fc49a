/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A button in a dialog that chooses a picture of a paper, where its code is not scanned by hand. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** @label: what is chosen; the name of the file takes its place once there is one */
GtkWidget *guitu_scan_button_new (const char *label);

/** Puts the path into @input as "image", where a picture was chosen. */
void guitu_scan_button_collect (GtkWidget *button, JsonObject *input);

G_END_DECLS
