/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Makes @widget insensitive while the disk works, and sensitive again. The focus is taken out of it
 * first (a line of text that goes insensitive under the cursor upsets GTK) and given back afterwards.
 */
void guitu_widget_set_busy (GtkWidget *widget, gboolean is_busy);

G_END_DECLS
