/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A row of the list of places: where Ctrl and @key go. */
GtkWidget *guitu_place_row_new (const char *title, const char *icon, const char *key);

G_END_DECLS
