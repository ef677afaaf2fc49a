/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The second person signs at the same desk: user name and password, checked by the verb that needs
 * them. What is typed for the password is forgotten as soon as it was used. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_SECOND_PERSON (guitu_second_person_get_type ())
G_DECLARE_FINAL_TYPE (GuituSecondPerson, guitu_second_person, GUITU, SECOND_PERSON, GtkWidget)

/** @why: what the second person signs, and whether it may wait */
GuituSecondPerson *guitu_second_person_new (const char *why);

/** What a leader signs where something may take away that keeps somebody from going alone. (transfer none) */
const char *guitu_second_person_why_protected (void);

/** Puts "second" and "second_password" into @input, where a name is typed; empties the password. */
void guitu_second_person_collect (GuituSecondPerson *second, JsonObject *input);

/** Shows an error that is about the second person, or that one would mend. Returns: whether it is. */
gboolean guitu_second_person_show_error (GuituSecondPerson *second, const GError *error);

G_END_DECLS
