/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows that fit on the screen at once, the others in the frames after: GTK makes widgets for 200
 * rows in one frame, which takes a quarter of a second on an old computer. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The rows of @items that are there already. @items: (transfer full). Returns: (transfer full) */
GtkSliceListModel *guitu_growing_new (GListModel *items);

/** Begins with the @n rows that a screen has about. @view: the list that shows them. */
void guitu_growing_begin (GtkSliceListModel *rows, GtkWidget *view, guint n);

/** The row at @position is there from now on. */
void guitu_growing_reach (GtkSliceListModel *rows, guint position);

G_END_DECLS
