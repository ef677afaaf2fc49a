/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Printing a PDF through the desktop's print dialog. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @name: the name of the job, usually the number of the paper */
void guitu_paper_print (GtkWindow *parent, GBytes *pdf, const char *name);

G_END_DECLS
