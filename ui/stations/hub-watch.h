/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Keeps the store and the hub together as long as the window is open, whoever is logged in, and knows
 * how that stands. */

#include "app/app.h"

G_BEGIN_DECLS

#define GUITU_TYPE_HUB_WATCH (guitu_hub_watch_get_type ())
G_DECLARE_FINAL_TYPE (GuituHubWatch, guitu_hub_watch, GUITU, HUB_WATCH, GObject)

/** The one of @station. (transfer none) */
GuituHubWatch *guitu_hub_watch_for (GuituStation *station);

/** The store is open: brings it and its hub together from now on, as soon as it has joined one. */
void guitu_hub_watch_start (GuituHubWatch *watch);

/** The window closes: the program goes on for a moment, until the connection is taken down. */
void guitu_hub_watch_stop (GuituHubWatch *watch);

/** Connects anew and compares everything, at once. */
void guitu_hub_watch_sync_now (GuituHubWatch *watch);

/** Whether that was asked for, and has not ended yet. */
gboolean guitu_hub_watch_is_syncing (GuituHubWatch *watch);

/** What “hub status” told last, and while much is fetched “receiving”: the percentage that is here; %NULL before it did. (transfer none) */
JsonObject *guitu_hub_watch_get_status (GuituHubWatch *watch);

/* Signal: "updated": the status was read anew, or time went by. */

G_END_DECLS
