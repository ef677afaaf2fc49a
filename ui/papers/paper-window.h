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

/**
 * Opens a window on a PDF that is no single paper: several of them, or the file of a person.
 *
 * @detail: said below the title, such as how many pages it has
 * @name: the name of the print job and, with .pdf, of the file that is proposed
 */
GtkWindow *guitu_paper_window_open_pdf (GtkWidget *from, GuituStation *station, const char *title, const char *detail, const char *name, GBytes *pdf);

G_END_DECLS
