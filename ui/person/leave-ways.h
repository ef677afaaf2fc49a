/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the dialog of leaving shows for each way: the rules tell what a way asks for of this person
 * ("stay ways"), the rest is here. */

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

/** What "stay ways" told of @way, or %NULL; @ways is %NULL until it has. */
JsonObject *guitu_leave_way_find (JsonArray *ways, const char *way);

/** Why the way is closed to this person, as a sentence. Returns: (transfer full) (nullable): %NULL when it is open. */
char *guitu_leave_way_refusal (JsonObject *way);

/** Whether the row of @field belongs to the way; @way is what guitu_leave_way_find() gave. */
gboolean guitu_leave_way_shows (JsonObject *way, const char *field);

/** The kind of transfer that a way is, or %NULL. */
const char *guitu_leave_way_transfer (const char *way);

/** The way that a kind of transfer is. */
const char *guitu_leave_way_of_transfer (const char *kind);

/** Whether nobody takes the way back once it is recorded. */
gboolean guitu_leave_way_is_final (const char *way);

/** What usually becomes of the belongings (code of belonging_state). */
const char *guitu_leave_way_belongings (const char *way);

/** What the form calls a field that an error names; @is_transfer: the rows of a transfer are shown. */
const char *guitu_leave_row_name (const char *field, gboolean is_transfer);

/** Calls a row as leaving does, where its field has a longer name. */
void guitu_leave_row_call (GuituFieldRow *row);

/** Builds the rows of leaving in @simple, of a transfer in @transfer, and of the belongings in @things. */
void guitu_leave_rows_build (GtkWidget *simple, GtkWidget *transfer, GtkWidget *things);

/**
 * Puts what becomes of the belongings into @input, as leaving and departing call it.
 *
 * @taker: (nullable): who takes the person over, and the belongings unless somebody else is named
 */
void guitu_leave_rows_collect_belongings (GtkWidget *things, const char *taker, JsonObject *input);

/** The papers that can go along, to tick. */
void guitu_leave_documents_build (GtkGrid *grid);

/** Those that are ticked, in the official words. Returns: (transfer full) */
char *guitu_leave_documents_text (GtkGrid *grid);

G_END_DECLS
