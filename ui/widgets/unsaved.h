/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dialogs do not lose what was typed: closing one asks first when it differs from what it began with. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Remembers what the field rows and check boxes under @rows hold now; from then on closing @window asks
 * when they hold something else. While @rows are insensitive a verb is running, and @window stays.
 */
void guitu_unsaved_watch (GtkWindow *window, GtkWidget *rows);

/** Says whether closing @window would lose what was typed, where it asks about that itself. */
void guitu_unsaved_set (GtkWindow *window, gboolean is_unsaved);

/** Whether a window above @parent holds something typed that would be lost. */
gboolean guitu_unsaved_above (GtkWindow *parent);

G_END_DECLS
