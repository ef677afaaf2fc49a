/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Chooses another record and says that it is of the same person, or that these are two people. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_MERGE_DIALOG (guitu_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituMergeDialog, guitu_merge_dialog, GUITU, MERGE_DIALOG, AdwWindow)

/** @is_same: merges, and the record of @person leads; otherwise remembers that they are two people */
GtkWindow *guitu_merge_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *person, gboolean is_same);

/* Signal: "done" (JsonObject *result), after which the window closes. */

G_END_DECLS
