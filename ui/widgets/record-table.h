/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Records as a table of texts, however many: only the rows that are to be seen have widgets. */

#include "ui/widgets/list-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The text of a cell; @data: the column's. Returns: (transfer full) */
typedef char *(*GuituCellText) (JsonObject *record, gconstpointer data);

#define GUITU_TYPE_RECORD_TABLE (guitu_record_table_get_type ())
G_DECLARE_FINAL_TYPE (GuituRecordTable, guitu_record_table, GUITU, RECORD_TABLE, GtkWidget)

/** @name: what the table is called to who does not see it. */
GtkWidget *guitu_record_table_new (const char *name);

/** Adds a column at the end. @data must stay; @is_wide: the column takes the room that is left */
void guitu_record_table_add_column (GuituRecordTable *table, const char *title, GuituCellText text, gconstpointer data, gboolean is_wide);

/** @records: (nullable) */
void guitu_record_table_fill (GuituRecordTable *table, JsonArray *records);

G_END_DECLS
