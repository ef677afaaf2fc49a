/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The labels of rows and cells. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** One line that begins at the left and ends in … where there is no room. @style: (nullable): its class */
GtkWidget *guitu_label_new_line (const char *style);

/** A text that goes over as many lines as it needs. @style: (nullable): its class */
GtkWidget *guitu_label_new_text (const char *text, const char *style);

/** Sets the text; without one the label is hidden. */
void guitu_label_show (GtkLabel *label, const char *text);

G_END_DECLS
