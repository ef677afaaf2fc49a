/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One declared field of a record (db/records/) as a label, a control that fits its type, and a line
 * for what is wrong with it. A form is any tree of widgets that holds such rows. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_FIELD_ROW (guitu_field_row_get_type ())
G_DECLARE_FINAL_TYPE (GuituFieldRow, guitu_field_row, GUITU, FIELD_ROW, GtkWidget)

/** @path: kind and field, such as "person.name"; "person.birth_from" takes ages too and covers birth_to. */
GuituFieldRow *guitu_field_row_new (const char *path);

const GuituKind *guitu_field_row_get_kind (GuituFieldRow *row);
const GuituField *guitu_field_row_get_field (GuituFieldRow *row);

/** What the row is called on the screen. */
const char *guitu_field_row_get_label (GuituFieldRow *row);

/** Calls the row otherwise than its field, where it is asked for something narrower. */
void guitu_field_row_set_label (GuituFieldRow *row, const char *label);

/** Offers only these codes of the list, which is a drop-down; @codes is %NULL-terminated. Empties the row. */
void guitu_field_row_offer (GuituFieldRow *row, const char *const *codes);

/** Whether an error about @field belongs to this row. */
gboolean guitu_field_row_covers (GuituFieldRow *row, const char *field);

gboolean guitu_field_row_is_empty (GuituFieldRow *row);

/** Whether somebody typed over what guitu_field_row_load() showed. */
gboolean guitu_field_row_is_changed (GuituFieldRow *row);

/** What is typed, as it stands there. Returns: (transfer full) */
char *guitu_field_row_get_text (GuituFieldRow *row);

/** Types @text (for a code: picks it), as a person would. */
void guitu_field_row_set_text (GuituFieldRow *row, const char *text);

/** Shows the field as @object has it; what is missing there becomes empty. */
void guitu_field_row_load (GuituFieldRow *row, JsonObject *object);

/** Puts what was typed into @object under the field's name, in the form in which records hold it. */
void guitu_field_row_collect (GuituFieldRow *row, JsonObject *object);

/** Says what is wrong; %NULL: nothing. */
void guitu_field_row_set_error (GuituFieldRow *row, const char *message);

/** Says something helpful under the control; an error goes before it. */
void guitu_field_row_set_hint (GuituFieldRow *row, const char *text);

/* Signals: "changed"; "activate" (Enter in a line of text, or a digit in a choice: go on). */

/* --- Forms --- */

/** The rows under @root that can be seen or not, in order. Returns: (transfer container) */
GPtrArray *guitu_rows_list (GtkWidget *root);

/** The row for a field of a kind (%NULL: any), or %NULL. */
GuituFieldRow *guitu_rows_find (GtkWidget *root, const char *kind, const char *field);

/** Collects what is typed in the visible rows of @kind (%NULL: any). */
void guitu_rows_collect (GtkWidget *root, const char *kind, JsonObject *into);

/** Collects the rows that were changed after loading; an emptied one says null. */
void guitu_rows_collect_changes (GtkWidget *root, JsonObject *into);

void guitu_rows_load (GtkWidget *root, const char *kind, JsonObject *from);
void guitu_rows_clear_errors (GtkWidget *root);
void guitu_rows_clear (GtkWidget *root);

/** Whether anything at all is typed. */
gboolean guitu_rows_is_empty (GtkWidget *root);

/** Shows @error at the field it names and moves the focus there. Returns: whether there is such a row. */
gboolean guitu_rows_show_error (GtkWidget *root, const GError *error);

/** The same at @field, (nullable), where the form calls it otherwise than the error does. */
gboolean guitu_rows_show_error_at (GtkWidget *root, const char *field, const GError *error);

G_END_DECLS
