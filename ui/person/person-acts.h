/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be done about a stay or its person beside leaving and editing: one declared table, from
 * which come the menu of the person's file and the dialogs. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

typedef struct _GuituPersonAct GuituPersonAct;

/** The act of that name, or %NULL. */
const GuituPersonAct *guitu_person_act_find (const char *name);

/** Whether the act has a place in what state the stay is; @stay is %NULL when there is none. */
gboolean guitu_person_act_is_possible (const GuituPersonAct *act, JsonObject *stay);

/** What an act is about. */
typedef struct
{
  GuituStation *station;
  JsonObject *person;
  JsonObject *stay;    /* NULL: none */
  JsonArray *possible; /* what "stay acts" told; NULL: not yet */
} GuituPersonFile;

/** Why "stay acts" says that it can't be done, as a sentence. Returns: (transfer full) (nullable): %NULL when it can. */
char *guitu_person_act_refusal (const GuituPersonAct *act, JsonArray *possible);

/** Whether the act has a dialog of its own, not that of guitu_person_act_dialog: "admit", "bed", "check", "list", "merge", "separate". */
gboolean guitu_person_act_is_special (const GuituPersonAct *act);

/** A dialog that asks what the act needs and does it. */
GuituFormDialog *guitu_person_act_dialog (const GuituPersonAct *act, GtkWidget *from, const GuituPersonFile *file);

/**
 * The acts of the state, in sections; each item activates @action with the act's name. One that is
 * closed for this person or user stands there with the reason, and with the action "@action-closed".
 * Returns: (transfer full)
 */
GMenuModel *guitu_person_acts_menu (const GuituPersonFile *file, const char *action);

G_END_DECLS
