/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The state of a stay in words and in a style class. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** "Waiting for admission", "In the station", "In hospital", "Left" …, "" for none. Static. */
const char *guitu_stay_state_words (JsonObject *stay);

/** Where somebody is who is not in the house, and until when: "On leave → 2026-11-23 18:00"; "" in the house. Returns: (transfer full) */
char *guitu_stay_where_words (JsonObject *stay);

/** "6 days left", "Due today", "3 days over"; "" when no limit runs. Returns: (transfer full) */
char *guitu_stay_days_words (JsonObject *stay);

/** "success", "warning" or "error" for the days left; "dim-label" when no limit runs. Static. */
const char *guitu_stay_days_style (JsonObject *stay);

/** Whether the person has not left yet. */
gboolean guitu_stay_is_open (JsonObject *stay);

G_END_DECLS
