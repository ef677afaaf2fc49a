/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * From now on a signal that asks the program to end is kept from it while ctl_stop_hold holds: it
 * cancels what is returned instead. Another one ends the program at once, as any does at other times.
 * Returns: (transfer none)
 */
GCancellable *ctl_stop_watch (void);

/** Between these something runs that must be undone as a whole, or finished; not while somebody is asked for something. */
void ctl_stop_hold (void);
void ctl_stop_release (void);

/** Whether such a signal came. */
gboolean ctl_stop_is_asked (void);

G_END_DECLS
