/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The points of an entry, who received and looked at it, and who thinks otherwise, as rows of sections. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** The points that make @entry, an answer of “blacklist show”, fair, numbered: {"title", "text"}. Returns: (transfer full) */
JsonArray *guitu_list_points (JsonObject *entry);

GtkWidget *guitu_list_point_row (JsonObject *point);
GtkWidget *guitu_list_log_row (JsonObject *line);
GtkWidget *guitu_list_dissent_row (JsonObject *dissent);

/** A row of “blacklist list”, which activates "page.open-entry" with its id. */
GtkWidget *guitu_list_entry_row (JsonObject *entry);

/** Whom the entry is about, "Entry that has ended" where nobody may know it any more. */
const char *guitu_list_entry_name (JsonObject *entry);

G_END_DECLS
