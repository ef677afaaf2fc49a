/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be done about a stay or its person beside admitting, leaving and editing: one declared
 * table, from which come the menu of the person's file and the dialogs. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

typedef struct _GuituPersonAct GuituPersonAct;

/** The act of that name, or %NULL. */
const GuituPersonAct *guitu_person_act_find (const char *name);

/** Whether the act has a place in what state the stay is; @stay is %NULL when there is none. */
gboolean guitu_person_act_is_possible (const GuituPersonAct *act, JsonObject *stay);

/** Whether the act is done in a dialog of its own, not in guitu_person_act_dialog: "bed", "merge", "separate". */
gboolean guitu_person_act_is_special (const GuituPersonAct *act);

/** A dialog that asks what the act needs and does it. */
GuituFormDialog *guitu_person_act_dialog (const GuituPersonAct *act, GtkWidget *from, GuituStation *station, JsonObject *person, JsonObject *stay);

/** The acts that are possible, in sections; each item activates @action with the act's name. Returns: (transfer full). */
GMenuModel *guitu_person_acts_menu (JsonObject *stay, const char *action);

G_END_DECLS
