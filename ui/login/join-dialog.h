/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A computer becomes a desk of a station that there is already: with an invitation, or with the keys on paper. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_JOIN_DIALOG (guitu_join_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituJoinDialog, guitu_join_dialog, GUITU, JOIN_DIALOG, AdwWindow)

GuituJoinDialog *guitu_join_dialog_new (GtkWidget *from, GuituStation *station);

/* Signal: "joined": the store is there; the dialog has closed. */

G_END_DECLS
