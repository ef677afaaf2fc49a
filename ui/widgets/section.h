/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A titled list of records, with a word for when there are none. */

#include "ui/widgets/list-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_SECTION (guitu_section_get_type ())
G_DECLARE_FINAL_TYPE (GuituSection, guitu_section, GUITU, SECTION, GtkBox)

/** Makes the row of one record, usually an AdwActionRow. */
typedef GtkWidget *(*GuituSectionRow) (JsonObject *record);

void guitu_section_set_row (GuituSection *section, GuituSectionRow row);

/** Shows only the first @limit records until a button below them is pressed; 0: all. */
void guitu_section_set_limit (GuituSection *section, guint limit);

/**
 * Shows @records in place of those before. The focus stays where it was among the rows (beside them when
 * there are none any more), and all stay to be seen if they were asked for; when nothing changed, nothing is touched.
 *
 * @records: (nullable): %NULL forgets what was asked for, too
 */
void guitu_section_fill (GuituSection *section, JsonArray *records);

/** An action row whose texts are plain, not markup. */
GtkWidget *guitu_section_row_new (const char *title, const char *subtitle);

/* Properties: "title", "empty" (said when there are none; without it the section hides then), and
 * "suffix", a widget beside the title. */

/**
 * Leaves the keyboard where it is in @within, or gives it to the first there that takes it; asked of GTK, it would
 * go on from where it is. Returns: whether it is there
 */
gboolean guitu_section_keep_focus (GtkWidget *within);

G_END_DECLS
