/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The printers that papers go straight to. In a sandbox the program sees none: there the desktop's dialog
 * prints. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_PRINTER_KEY "printer"
#define GUITU_LABEL_PRINTER_KEY "label-printer"

/** The printer that was chosen for papers, or for labels, by its key. (transfer full) (nullable): none */
char *guitu_printers_chosen (const char *key);

/** Called once with the names of all printers, %NULL-terminated. */
typedef void (*GuituPrintersFound) (gpointer owner, const char *const *names);

/** Asks for the names of all printers; @owner stays alive until then. */
void guitu_printers_list (gpointer owner, GuituPrintersFound done);

/** Called once it is at the printer. @problem: (nullable): why it is not; @details: (nullable): from inside */
typedef void (*GuituPrinted) (gpointer owner, const char *problem, const char *details);

/**
 * Sends a PDF to the printer of that name, as it is.
 *
 * @setup: the size of its pages
 * @owner: the GObject that asked, which stays alive until then
 */
void guitu_printers_send (const char *printer, GBytes *pdf, const char *title, GtkPageSetup *setup, gpointer owner, GuituPrinted done);

G_END_DECLS
