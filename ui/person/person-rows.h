/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows in the lists of a person's file, each from one record of what "person show" answers. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GtkWidget *guitu_person_statement_row (JsonObject *statement);
GtkWidget *guitu_person_stay_row (JsonObject *stay);
GtkWidget *guitu_person_paper_row (JsonObject *paper);
GtkWidget *guitu_person_history_row (JsonObject *act);
GtkWidget *guitu_person_conflict_row (JsonObject *conflict);

/**
 * Puts the fields that were written in one act together: @changes is what "person history" answered,
 * oldest first; the newest act comes first, and at most @limit acts.
 *
 * Returns: (transfer full): objects for guitu_person_history_row().
 */
JsonArray *guitu_person_group_history (JsonArray *changes, guint limit);

/** A short word at the end of an action row; @style: (nullable): "error", "warning", "success" */
void guitu_person_row_mark (GtkWidget *row, const char *words, const char *style);

/** Leads to the page of conflicts. */
GtkWidget *guitu_person_conflicts_link (void);

G_END_DECLS
