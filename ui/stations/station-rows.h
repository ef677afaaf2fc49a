/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of the page of other stations. */

#include "ui/widgets/section.h"

G_BEGIN_DECLS

/** A note, perhaps with a button: "title", "text", "icon", "is_bad"; "button", "name", "action", "target". */
GtkWidget *guitu_station_note_row (JsonObject *note);

/** Appends a note. @text: (nullable). Returns: (transfer none): to add a button */
JsonObject *guitu_station_note_add (JsonArray *notes, const char *icon, gboolean is_bad, const char *title, const char *text);

/** Adds the button to a note; @label stands on it, @name is how it is called without its row. */
void guitu_station_note_set_button (JsonObject *note, const char *label, const char *name, const char *action);

/** A station of “station list” that guitu_stations_describe() went over. */
GtkWidget *guitu_station_row (JsonObject *station);

/** A desk of “desk list”. */
GtkWidget *guitu_desk_row (JsonObject *desk);

/**
 * The stations of @known without this one, each with what @status tells of it, in words.
 *
 * @own: code of this station
 * Returns: (transfer full)
 */
JsonArray *guitu_stations_describe (JsonArray *known, JsonObject *status, const char *own, gboolean may_export);

/** The desks of this station. Returns: (transfer full) */
JsonArray *guitu_desks_of (JsonArray *desks, const char *own, gboolean may_revoke);

G_END_DECLS
