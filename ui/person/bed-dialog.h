/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Chooses a bed: those that fit the person first, the others with the rule that they break, which takes
 * a reason and a second person. Whoever knows the bed types it. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_BED_DIALOG (guitu_bed_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituBedDialog, guitu_bed_dialog, GUITU, BED_DIALOG, AdwWindow)

/** Gives the person of the open stay @stay a bed, another bed, or none. */
GtkWindow *guitu_bed_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *stay);

/** Admits the person of @stay, with a bed or without. */
GtkWindow *guitu_bed_dialog_new_to_admit (GtkWidget *from, GuituStation *station, JsonObject *stay);

/* Signal: "done" (JsonObject *result), after which the window closes. */

G_END_DECLS
