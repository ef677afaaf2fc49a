/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The round: everybody who should be there, bed by bed. Who is not found is unchecked. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_ROLL_CALL (guitu_roll_call_get_type ())
G_DECLARE_FINAL_TYPE (GuituRollCall, guitu_roll_call, GUITU, ROLL_CALL, AdwWindow)

/** @stays: (nullable): those of "stay board"; who is expected is in the list */
GtkWindow *guitu_roll_call_new (GtkWidget *from, GuituStation *station, JsonArray *stays);

/* Signal: "done" (JsonObject *result), after which the window closes. */

G_END_DECLS
