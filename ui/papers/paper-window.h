/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One paper as it is printed: look, print, save. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_PAPER_WINDOW (guitu_paper_window_get_type ())
G_DECLARE_FINAL_TYPE (GuituPaperWindow, guitu_paper_window, GUITU, PAPER_WINDOW, AdwWindow)

/** Opens a window on the paper of that number. */
GtkWindow *guitu_paper_window_open (GtkWidget *from, GuituStation *station, const char *number);

G_END_DECLS
