/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be done about an entry of the list, by its state and by right: one declared table. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

typedef struct _GuituListAct GuituListAct;

/** The act of that name, or %NULL. */
const GuituListAct *guitu_list_act_find (const char *name);

/** Whether the state of @entry, an answer of “blacklist show”, and who works here allow it. */
gboolean guitu_list_act_is_possible (const GuituListAct *act, GuituStation *station, JsonObject *entry);

/** A dialog that asks what the act needs and does it. */
GuituFormDialog *guitu_list_act_dialog (const GuituListAct *act, GtkWidget *from, GuituStation *station, JsonObject *entry);

/** What comes next for the entry, or %NULL. */
const GuituListAct *guitu_list_act_next (GuituStation *station, JsonObject *entry);

const char *guitu_list_act_name (const GuituListAct *act);

/** With an ellipsis. Returns: (transfer full) */
char *guitu_list_act_label (const GuituListAct *act);

/** The acts that are possible; each item activates @action with the act's name. Returns: (transfer full) */
GMenuModel *guitu_list_acts_menu (GuituStation *station, JsonObject *entry, const char *action);

/** “What Was Done”: a button with a menu that notes what was done about @listing for @stay. */
GtkWidget *guitu_list_handled_button (GuituStation *station, const char *listing, const char *stay);

G_END_DECLS
