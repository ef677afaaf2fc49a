/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One kept file, a scan or another picture, to be read and saved. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_FILE_WINDOW (guitu_file_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituFileWindow, guitu_file_window, GUITU, FILE_WINDOW, AdwWindow)

/** @file: the record, as "person show" tells it */
GtkWindow *guitu_file_window_open (GtkWidget *from, GuituStation *station, JsonObject *file);

G_END_DECLS
