/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one window: the way in (a new store, log-in), then pages beside a list of places. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_WINDOW (guitu_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituWindow, guitu_window, GUITU, WINDOW, AdwApplicationWindow)

GuituWindow *guitu_window_new (GtkApplication *application, GuituStation *station);

/** Whether the store has been opened and somebody can log in (or set a station up). */
gboolean guitu_window_is_usable (GuituWindow *self);

G_END_DECLS
