/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is done about a task: noted as done, or, where a fact ends it, the act that makes the fact. One
 * declared table by kind of task. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/** Label of the button for the next step: "_Done…", or the act that ends the task. Static. */
const char *guitu_duty_act_label (JsonObject *task);

/** Whether somebody says that the task was done; otherwise a fact ends it. */
gboolean guitu_duty_is_ticked_off (JsonObject *task);

/** Begins the act that ends the task: in the file of the person, or on another page. */
void guitu_duty_act_begin (JsonObject *task, GtkWidget *from);

/** What is to be done, in words: the kind, or the text of a task of one's own. (transfer full) */
char *guitu_duty_title (JsonObject *task);

/* Dialogs; what they answer is a task record. */
GuituFormDialog *guitu_duty_done_dialog (JsonObject *task, GtkWidget *from, GuituStation *station);
GuituFormDialog *guitu_duty_waive_dialog (JsonObject *task, GtkWidget *from, GuituStation *station);
GuituFormDialog *guitu_duty_take_back_dialog (JsonObject *task, GtkWidget *from, GuituStation *station);
GuituFormDialog *guitu_duty_add_dialog (GtkWidget *from, GuituStation *station);

G_END_DECLS
