/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Proposing an entry of the list, or its renewal: counted first, and care in its place for whoever must
 * not be on it. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @renewed: (nullable): the entry that is to go on; @person: (nullable): else the person, as “person show” tells. */
void guitu_list_propose (GtkWidget *from, GuituStation *station, JsonObject *renewed, JsonObject *person);

G_END_DECLS
