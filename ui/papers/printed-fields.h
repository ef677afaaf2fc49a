/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A line of text for each field that a paper prints, to be typed from it and checked against its seal. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PRINTED_FIELDS (guitu_printed_fields_get_type ())
G_DECLARE_FINAL_TYPE (GuituPrintedFields, guitu_printed_fields, GUITU, PRINTED_FIELDS, GtkGrid)

/** Makes the lines anew. @printed: (nullable): as “verify” gives them; %NULL leaves none */
void guitu_printed_fields_set (GuituPrintedFields *self, JsonArray *printed);

/** Moves the focus to the first line that is empty. */
void guitu_printed_fields_begin (GuituPrintedFields *self);

/**
 * What is typed, by key.
 *
 * @is_all: what stands here is all that stands on the paper; otherwise what nobody has typed is left out
 *
 * Returns: (transfer full)
 */
JsonObject *guitu_printed_fields_collect (GuituPrintedFields *self, gboolean is_all);

/* Signals: "done", Enter in the last line; "scanned" (const char *seal), a hand scanner typed into one. */

G_END_DECLS
