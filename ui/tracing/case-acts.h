/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be done in a case: one declared table, from which come the buttons of its page, the menu and the
 * dialogs; and which of it is the next step. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/**
 * Puts a button for what is done every day into @box, and the rest into the menu of @more, as the state of the case
 * and the user's rights allow. Each activates @action with the act's name.
 *
 * @of_case: what “case show” told
 */
void guitu_case_acts_fill (GtkBox *box, GtkMenuButton *more, GuituStation *station, JsonObject *of_case, const char *action);

/** Whether the act has a place in that case, for that user. */
gboolean guitu_case_act_is_possible (const char *name, GuituStation *station, JsonObject *of_case);

/**
 * The dialog of an act, or %NULL for one that has none.
 *
 * @about: (nullable): the clue or inquiry that it is about
 */
GuituFormDialog *guitu_case_act_dialog (const char *name, GtkWidget *from, GuituStation *station, JsonObject *of_case, JsonObject *about);

/** The dialog for a clue that follows from a guess: @place: (nullable): of "places"; @surname: (nullable). */
GuituFormDialog *guitu_case_guess_dialog (GtkWidget *from, GuituStation *station, JsonObject *of_case, JsonObject *statement, JsonObject *place, const char *surname);

/* --- The next step --------------------------------------------------------------------------- */

/** What does the step that @task asks for: its label, or %NULL where it is done in the file of the person. */
const char *guitu_case_step_label (JsonObject *task);

/** The act of that step (“inquiry” …), or %NULL; @preset: (out) (nullable): the code of the kind that is meant */
const char *guitu_case_step_act (JsonObject *task, const char **preset);

/** What is due, and until when, in one line. Returns: (transfer full) */
char *guitu_case_step_words (JsonObject *task);

/** The same for the step that comes first: “Next step: …”. Returns: (transfer full) */
char *guitu_case_step_headline (JsonObject *task);

/** "error" when it is overdue, "warning" when it is due today, else %NULL. */
const char *guitu_case_step_style (JsonObject *task);

G_END_DECLS
