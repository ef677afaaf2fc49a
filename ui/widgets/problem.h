/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is wrong with a whole dialog, in a label below its buttons that is read out as well. Such a label
 * is hidden at first and has the accessible role "alert". */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows a sentence; @style: "error" or "warning" */
void guitu_problem_tell (GtkLabel *problem, const char *sentence, const char *style);

/** Shows an error that belongs to no field. */
void guitu_problem_show (GtkLabel *problem, const GError *error);

void guitu_problem_clear (GtkLabel *problem);

G_END_DECLS
