/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Scrolls what @widget stands in, once it is laid out, so that all of it can be seen. */
void guitu_reveal (GtkWidget *widget);

G_END_DECLS
