/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The registration form: who stands at the desk, how they came, what they say. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_INTAKE_FORM (guitu_intake_form_get_type ())
G_DECLARE_FINAL_TYPE (GuituIntakeForm, guitu_intake_form, GUITU, INTAKE_FORM, GuituPage)

/** Whether anything was typed that would be lost. */
gboolean guitu_intake_form_has_input (GuituIntakeForm *form);

/** An empty form, the arrival now. */
void guitu_intake_form_clear (GuituIntakeForm *form);

/** Puts @text, typed into the search, where it belongs: an ID number, a phone number, or a name. */
void guitu_intake_form_start (GuituIntakeForm *form, const char *text);

/** The stay will be opened for a person on file, whose file takes what is typed and new in it. */
void guitu_intake_form_use_person (GuituIntakeForm *form, const char *person);

/** Registers the arrival. @help_first: admits at once as well, the decision comes later. */
void guitu_intake_form_register (GuituIntakeForm *form, gboolean help_first);

/* Signals: "warnings" (JsonArray *, nullable); "registered" (JsonObject *result); "busy" (gboolean). */

G_END_DECLS
