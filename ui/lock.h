/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When nobody has touched the program for a while it is locked: what was typed stays, out of sight,
 * until its owner is back. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _GuituIdle GuituIdle;

/** Calls @locks with @window when no key, button or movement came to any window for the time that is set. */
GuituIdle *guitu_idle_new (GtkWindow *window, void (*locks) (GtkWindow *window));
void guitu_idle_free (GuituIdle *idle);

/** After how many minutes, counted from now; 0: never. */
void guitu_idle_set_minutes (GuituIdle *idle, guint minutes);

/** As many minutes as the rule idle_lock_minutes says now. */
void guitu_idle_follow_rule (GuituIdle *idle, GuituStation *station);

/** Hides the windows above @window; they wait for @owner. */
void guitu_lock_put_away (GtkWindow *window, const char *owner);

/** Shows those again that wait for @owner. */
void guitu_lock_bring_back (GtkWindow *window, const char *owner);

/** Closes what stands above @window: papers and dialogs of who leaves. */
void guitu_lock_close_all (GtkWindow *window);

G_END_DECLS
