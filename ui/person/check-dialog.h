/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Compares the household of a person with the standards of the place, shows how it was reckoned, and
 * leads from there to a referral. It decides nothing. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_CHECK_DIALOG (guitu_check_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituCheckDialog, guitu_check_dialog, GUITU, CHECK_DIALOG, AdwWindow)

GtkWindow *guitu_check_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *person);

/* Signal: "refer" (const char *scheme, const char *arithmetic): a code of the list "scheme" and the lines
 * of the reckoning, after which the window closes. */

G_END_DECLS
