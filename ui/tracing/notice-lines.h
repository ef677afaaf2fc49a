/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The lines of a notice as they are typed, in the official order; an empty one is not said. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @content: (nullable): what the lines say now */
GtkWidget *guitu_notice_lines_new (JsonObject *content);

/** Puts “content” into @input. */
void guitu_notice_lines_collect (GtkWidget *lines, JsonObject *input);

/** Shows an error at the line that it names. Returns: whether it names one */
gboolean guitu_notice_lines_show_error (GtkWidget *lines, const GError *error);

G_END_DECLS
