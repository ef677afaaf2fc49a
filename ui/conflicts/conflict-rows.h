/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of the page of conflicts: a group for each record, in it a row for each field with its values
 * side by side. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * A record with its fields. The rows activate "page.choose" with (kind, id, field, version), "page.keep-all"
 * and "page.take-all" with the id and (id, version), "page.reveal" with the id, "page.open-person" with a person's.
 *
 * @conflicts: what “conflict list” tells of this one record, at least one object
 * @list: (out): the list of fields, for the arrow keys
 */
GtkWidget *guitu_conflict_group_new (JsonArray *conflicts, GtkListBox **list);

/** The conflict that a row of such a list stands for. (transfer none) */
JsonObject *guitu_conflict_row_get (GtkWidget *row);

/** The label of a conflict's field. */
const char *guitu_conflict_field (JsonObject *conflict);

/** One of the values of a conflict in words, “—” for nothing. Returns: (transfer full) */
char *guitu_conflict_value (JsonObject *conflict, JsonObject *value);

/** Whether another value than the one that stands can be taken. */
gboolean guitu_conflict_is_free (JsonObject *conflict);

/** The value of that version, or %NULL. (transfer none) */
JsonObject *guitu_conflict_find_value (JsonObject *conflict, const char *version);

/**
 * What Undo takes in the place of @version: what stood before, or, where that was kept, the only other value.
 * %NULL where there is no such.
 */
const char *guitu_conflict_other_version (JsonObject *conflict, const char *version);

G_END_DECLS
