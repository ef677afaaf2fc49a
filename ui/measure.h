/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* For “guituctl bench window”: programs that end by themselves, so that their whole run is the time
 * until a window can be used. */

/** An empty window of the same libraries: the baseline. Returns: (transfer none). */
GtkWindow *guitu_measure_empty_window (GtkApplication *application);

/** Closes @window as soon as it has painted a frame in which @is_ready (NULL: always) holds. */
void guitu_measure_until (GtkWindow *window, gboolean (*is_ready) (GtkWindow *window));

G_END_DECLS
