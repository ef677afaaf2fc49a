/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tasks and people, one per row, under headings. One row is selected. */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_DUTY_LIST (guitu_duty_list_get_type ())
G_DECLARE_FINAL_TYPE (GuituDutyList, guitu_duty_list, GUITU, DUTY_LIST, AdwBin)

/**
 * Shows @rows. The selection and the focus stay where they were; when nothing changed, nothing is
 * touched.
 *
 * @rows: (transfer none): objects with "title", "detail", "side", "heading", "style" (a style class of
 * "side") and "key" (what tells a row from others), beside what they are about
 */
void guitu_duty_list_fill (GuituDutyList *list, JsonArray *rows);

/** What is selected, or %NULL. (transfer none) */
JsonObject *guitu_duty_list_get_selected (GuituDutyList *list);

guint guitu_duty_list_get_length (GuituDutyList *list);

/* Signals: "selected"; "activate" (Enter or a double click on what is selected). */

G_END_DECLS
