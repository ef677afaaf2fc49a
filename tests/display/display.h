/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the display tests share: a program, a window on a store of its own, and eyes and hands that go
 * by accessible names, as those of an assistive technology do. */

#include "ui/window.h"

G_BEGIN_DECLS

/** Starts GTK and registers the application. (transfer none) */
GtkApplication *display_start (int *argc, char ***argv);

/** A window on an empty folder. (transfer none): gtk_window_destroy() it. */
GuituWindow *display_open_window (GtkApplication *application);

/** Runs the main loop until @check says so; fails the test after ten seconds. */
typedef gboolean (*DisplayCheck) (gpointer data);
void display_wait (DisplayCheck check, gpointer data);

/** Runs the main loop until nothing is left to do for @milliseconds. */
void display_settle (guint milliseconds);

/** The widget that can be seen under @root and has that accessible name, or %NULL. */
GtkWidget *display_find (GtkWidget *root, const char *name);

/** Waits for such a widget. */
GtkWidget *display_await (GtkWidget *root, const char *name);

/** Types into the field with that accessible name. */
void display_type (GtkWidget *root, const char *name, const char *text);

/** Waits until the button takes a press: a page that is loading, or busy with the press before, takes none. */
GtkWidget *display_await_ready (GtkWidget *root, const char *name);

/** Presses the button with that accessible name or label. */
void display_press (GtkWidget *root, const char *name);

/** Names of the interactive widgets under @root that have no accessible name. (transfer full) */
GPtrArray *display_unnamed (GtkWidget *root);

G_END_DECLS
