/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be done with a notice to find kin: one declared table, from which come the buttons of its page and the
 * dialogs. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/** A button in @box for every act that its state and the user's rights allow; each activates @action with its name. */
void guitu_notice_acts_fill (GtkBox *box, GuituStation *station, JsonObject *notice, const char *action);

/** The dialog of an act, or %NULL for one that has none: “publish”, “short”, “long”, “poster”, “file”. */
GuituFormDialog *guitu_notice_act_dialog (const char *name, GtkWidget *from, GuituStation *station, JsonObject *notice);

/** The dialog that prepares one for a person; its words come from the records and are changed afterwards. */
GuituFormDialog *guitu_notice_prepare_dialog (GtkWidget *from, GuituStation *station, const char *person);

/** The dialog that a place where it was put up is cleared. @channel: id */
GuituFormDialog *guitu_notice_taken_down_dialog (GtkWidget *from, GuituStation *station, const char *channel);

G_END_DECLS
