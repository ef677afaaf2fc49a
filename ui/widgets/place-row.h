/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A row of the list of places: where Ctrl and @key go. */
GtkWidget *guitu_place_row_new (const char *title, const char *icon, const char *key);

/** Shows beside the title how much waits at that place; nothing for 0. */
void guitu_place_row_set_count (GtkListBoxRow *row, gint64 count);

/** Calls the place otherwise; what waits there is told again by its own setter. */
void guitu_place_row_set_title (GtkListBoxRow *row, const char *title);

G_END_DECLS
