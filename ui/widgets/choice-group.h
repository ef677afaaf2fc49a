/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The codes of a list side by side, of which one is picked: by mouse, arrow keys, or the digit that
 * stands on the button. One stop of the Tab key. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_CHOICE_GROUP (guitu_choice_group_get_type ())
G_DECLARE_FINAL_TYPE (GuituChoiceGroup, guitu_choice_group, GUITU, CHOICE_GROUP, GtkWidget)

/** @list: a list of app/data/codes.csv; @columns: buttons in a row */
GtkWidget *guitu_choice_group_new (const char *list, guint columns);

/** The code that is picked, or %NULL. */
const char *guitu_choice_group_get_code (GuituChoiceGroup *group);

/** Picks a code; %NULL for none. Emits "changed" if that is another one than before. */
void guitu_choice_group_set_code (GuituChoiceGroup *group, const char *code);

/* Signals: "changed"; "picked" after "changed" when it was done by a digit, the sign to go on. */

G_END_DECLS
