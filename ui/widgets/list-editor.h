/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A list of small records that is typed line by line, such as who goes along or the points of a route:
 * a button adds a line, each line has one that takes it away. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_LIST_EDITOR (guitu_list_editor_get_type ())
G_DECLARE_FINAL_TYPE (GuituListEditor, guitu_list_editor, GUITU, LIST_EDITOR, GtkBox)

/** @add: label of the button that adds a line; @fields: %NULL-terminated paths such as "escort.name" */
GuituListEditor *guitu_list_editor_new (const char *title, const char *add, const char *const *fields);

/** Shows @records, (nullable), and one empty line where there is none. */
void guitu_list_editor_load (GuituListEditor *editor, JsonArray *records);

/** What is typed, as a JSON array in text; lines in which nothing is typed are left out. Returns: (transfer full) */
char *guitu_list_editor_text (GuituListEditor *editor);

/** Whether something else is typed than was loaded. */
gboolean guitu_list_editor_is_changed (GuituListEditor *editor);

G_END_DECLS
