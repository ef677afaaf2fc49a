/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Scrolls what @widget stands in, once it is laid out, so that all of it can be seen. */
void guitu_reveal (GtkWidget *widget);

/**
 * Makes @scroll as high as its @content wants, up to its greatest height: a window that is shown keeps its
 * size when more is said in it, and grows only for what it must hold.
 */
void guitu_fit (GtkScrolledWindow *scroll, GtkWidget *content);

G_END_DECLS
