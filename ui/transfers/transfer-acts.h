/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be done about a way home that was planned: one declared table, from which come the buttons of
 * its page and the dialogs. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/**
 * Puts a button for every act that its state and the user's rights allow into @box; each activates
 * @action with the act's name.
 *
 * @transfer: what "transfer show" told
 * Returns: whether they are other buttons than before; the focus is nowhere then, if it was among them
 */
gboolean guitu_transfer_acts_fill (GtkBox *box, GuituStation *station, JsonObject *transfer, const char *action);

/** The dialog of an act, or %NULL for an act that has none: "depart", "paper", "send", "person". */
GuituFormDialog *guitu_transfer_act_dialog (const char *name, GtkWidget *from, GuituStation *station, JsonObject *transfer);

G_END_DECLS
