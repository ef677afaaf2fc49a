/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How a list from outside is compared: among whom, in which other list, what its first row is, and which matches are
 * told. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_LIST_SETTINGS (guitu_list_settings_get_type ())
G_DECLARE_FINAL_TYPE (GuituListSettings, guitu_list_settings, GUITU, LIST_SETTINGS, GtkBox)

/** Begins anew for another list; nothing is told. */
void guitu_list_settings_reset (GuituListSettings *self);

/** Shows what was seen of the first row, which the user may know better. */
void guitu_list_settings_show_header (GuituListSettings *self, gboolean names_columns);

/** “yes” or “no” where the user said whether the first row names the columns, or %NULL. */
const char *guitu_list_settings_said (GuituListSettings *self);

gboolean guitu_list_settings_is_of_people (GuituListSettings *self);

/** Whether all is chosen; otherwise the user is asked for the other list. */
gboolean guitu_list_settings_ready (GuituListSettings *self);

/** Puts the settings into the input of “compare”. */
void guitu_list_settings_collect (GuituListSettings *self, JsonObject *input);

/* Signals: "changed" when what was found is no longer by these settings; "read-anew" when the list is another by what the
 * user said of its first row. */

G_END_DECLS
