/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Printing a PDF: straight to the printer that was chosen for papers of its size, or through the
 * desktop's dialog. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * @name: the name of the job, usually the number of the paper
 * @asks: the dialog comes even if a printer was chosen
 */
void guitu_paper_print (GtkWindow *parent, GBytes *pdf, const char *name, gboolean asks);

G_END_DECLS
