/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The way out: how the person leaves, and for an escort or a hand-over what travels with them. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_LEAVE_DIALOG (guitu_leave_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituLeaveDialog, guitu_leave_dialog, GUITU, LEAVE_DIALOG, AdwWindow)

/** @person, @stay: what "person show" answered */
GtkWindow *guitu_leave_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *person, JsonObject *stay);

/* Signal: "left" (const char *transfer): it is on disk; the way home that a paper is issued about, "" for none. */

G_END_DECLS
