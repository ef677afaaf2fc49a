/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One field of a paper that is being filled in, as "paper preview" lists it: to be typed, or told by the
 * records and only to be read. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PAPER_FIELD (guitu_paper_field_get_type ())
G_DECLARE_FINAL_TYPE (GuituPaperField, guitu_paper_field, GUITU, PAPER_FIELD, GtkBox)

/** @entry: one of the "entries" of a preview */
GuituPaperField *guitu_paper_field_new (JsonObject *entry);

/** Whether the paper has words for it; some boxes and texts stand there by themselves. */
gboolean guitu_paper_field_has_label (JsonObject *entry);

const char *guitu_paper_field_get_key (GuituPaperField *field);

/** Whether it is typed here; otherwise the records tell it. */
gboolean guitu_paper_field_is_typed (GuituPaperField *field);

/** What the records tell now; what is typed stays as it is. */
void guitu_paper_field_show (GuituPaperField *field, JsonObject *entry);

/** Whether somebody typed over what is kept. */
gboolean guitu_paper_field_is_changed (GuituPaperField *field);

/** What it holds now is what is kept from now on. */
void guitu_paper_field_keep (GuituPaperField *field);

/** Puts what was typed over what is kept into @fields, as the verbs take it; nothing when nothing was. */
void guitu_paper_field_collect (GuituPaperField *field, JsonObject *fields);

/**
 * Says what is wrong; %NULL: nothing.
 *
 * @at_once: %FALSE: only when the focus has left, so that nobody is told so in the middle of a word
 */
void guitu_paper_field_set_error (GuituPaperField *field, const char *message, gboolean at_once);

/** Whether what is typed was found wrong, told already or not. */
gboolean guitu_paper_field_is_wrong (GuituPaperField *field);

/* Signals: "changed"; "activate" (Enter in a line of text: go on). */

G_END_DECLS
