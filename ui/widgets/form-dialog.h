/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window with some fields and one verb: collects, runs, shows what is wrong at the field it is about,
 * and closes once the disk has it. */

#include "app/app.h"
#include "ui/widgets/field-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_FORM_DIALOG (guitu_form_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituFormDialog, guitu_form_dialog, GUITU, FORM_DIALOG, AdwWindow)

/** @accept: label of the button that runs @verb; @fields: %NULL-terminated paths such as
 *  "stay.bed", or "event.text=reason" where the verb takes what is typed as an option of another name */
GuituFormDialog *guitu_form_dialog_new (GtkWidget *from,
                                        GuituStation *station,
                                        const char *title,
                                        const char *accept,
                                        const char *verb,
                                        const char *const *fields);

/** A text that the verb gets besides the fields. */
void guitu_form_dialog_set_option (GuituFormDialog *dialog, const char *name, const char *value);

/** A flag that the verb gets besides the fields. */
void guitu_form_dialog_set_flag (GuituFormDialog *dialog, const char *name);

/** Says above the rows what follows from it, in a sentence. */
void guitu_form_dialog_explain (GuituFormDialog *dialog, const char *words);

/** Asks who signs as the second person, and their password; @why: what for, and whether it may wait. */
void guitu_form_dialog_ask_second (GuituFormDialog *dialog, const char *why);

/** Asks for a secret such as "password" a second time, right below, so that a slip is seen. */
void guitu_form_dialog_ask_again (GuituFormDialog *dialog, const char *field);

/** The row of a field, to fill or explain it. */
GuituFieldRow *guitu_form_dialog_row (GuituFormDialog *dialog, const char *field);

/** Shows the fields as @record has them; from then on an emptied field is unset. */
void guitu_form_dialog_load (GuituFormDialog *dialog, JsonObject *record);

/** Puts what @widget holds into @input, as the verb takes it. */
typedef void (*GuituFormCollect) (GtkWidget *widget, JsonObject *input);

/** Adds something below the rows that is no field, such as a list that is typed line by line. */
void guitu_form_dialog_add (GuituFormDialog *dialog, GtkWidget *widget, GuituFormCollect collect);

/** Shows an error at the place in @widget that it names. Returns: whether it names one */
typedef gboolean (*GuituFormShowError) (GtkWidget *widget, const GError *error);

/** The same, of something that shows its own errors. */
void guitu_form_dialog_add_shown (GuituFormDialog *dialog, GtkWidget *widget, GuituFormCollect collect, GuituFormShowError show_error);

/* Signal: "done" (JsonObject *result), after which the window closes. */

G_END_DECLS
