/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One kind of paper for many of those who are here: chosen, issued in one go, printed or saved. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_BATCH_DIALOG (guitu_batch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GuituBatchDialog, guitu_batch_dialog, GUITU, BATCH_DIALOG, AdwWindow)

GtkWindow *guitu_batch_dialog_new (GtkWidget *from, GuituStation *station);

G_END_DECLS
