/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Running verbs from widgets: the window stays alive while the disk works. */

#include "app/app.h"

G_BEGIN_DECLS

/**
 * What to do when a verb is done, on the main thread. @results is %NULL when @error is set, and the
 * other way round; both belong to the caller.
 */
typedef void (*GuituCallDone) (gpointer owner, JsonArray *results, GError *error);

/**
 * Runs a verb off the main thread and calls @done with @owner, which is kept alive until then. A call
 * that was cancelled ends silently: @done is not called.
 *
 * @input: (transfer full) (nullable): options and fields; %NULL for none
 * @owner: the GObject that asked
 */
void guitu_call (GuituStation *station,
                 const char *verb,
                 JsonObject *input,
                 GCancellable *cancellable,
                 gpointer owner,
                 GuituCallDone done);

/** How far a long verb is, on the main thread. */
typedef void (*GuituCallProgress) (gpointer owner, guint done, guint total);

/**
 * The same for a verb that takes its time. Cancelled, it ends with the error “cancelled” and has done
 * nothing, unless it was done already: @done is called in any case.
 */
void guitu_call_long (GuituStation *station,
                      const char *verb,
                      JsonObject *input,
                      GCancellable *cancellable,
                      gpointer owner,
                      GuituCallProgress progress,
                      GuituCallDone done);

/** Cancels what @cancellable stands for, if anything, and puts a new one in its place. */
GCancellable *guitu_call_renew (GCancellable **cancellable);

/** The first of @results, or %NULL when there is none. */
JsonObject *guitu_call_first (JsonArray *results);

G_END_DECLS
