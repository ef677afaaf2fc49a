/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Columns of a list from outside, its rows that are known here, and those that could not be read. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A column as “compare” guessed it: its samples, and what it is taken for, which can be chosen. */
GtkWidget *guitu_list_column_row (JsonObject *column);

/**
 * What was chosen otherwise than guessed, as “compare” takes it. @row: of guitu_list_column_row();
 * @map, @ignore: texts that are added to
 */
void guitu_list_column_collect (GtkWidget *row, GString *map, GString *ignore);

/** A row of the list and who it is; activated, the file of the person is opened (“lists.open”). */
GtkWidget *guitu_list_match_row (JsonObject *match);

GtkWidget *guitu_list_bad_row (JsonObject *bad);

G_END_DECLS
