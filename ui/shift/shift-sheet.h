/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The page that both sides sign: who hands over, what is to be watched, and all that is open. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_SHIFT_SHEET (guitu_shift_sheet_get_type ())
G_DECLARE_FINAL_TYPE (GuituShiftSheet, guitu_shift_sheet, GUITU, SHIFT_SHEET, GtkBox)

/**
 * @shift: (nullable): the hand-over; none: what is open now, before one
 * @open: (nullable): what is open, or was; none empties the sheet
 */
void guitu_shift_sheet_fill (GuituShiftSheet *sheet, JsonObject *shift, JsonObject *open);

G_END_DECLS
