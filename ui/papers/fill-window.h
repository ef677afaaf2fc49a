/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A paper before it is issued: what it asks for at the left, the paper itself at the right, as it would be
 * printed now. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_FILL_WINDOW (guitu_fill_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituFillWindow, guitu_fill_window, GUITU, FILL_WINDOW, AdwWindow)

/**
 * Opens a window on a paper of @kind about what @option ("stay", "transfer", "shift"; "" for the house)
 * names by @id; or, if @option is "draft", on that draft, whatever @kind says.
 */
GtkWindow *guitu_fill_window_open (GtkWidget *from, GuituStation *station, const char *kind, const char *option, const char *id);

G_END_DECLS
