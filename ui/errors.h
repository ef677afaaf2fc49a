/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Errors as people read them: one table of sentences, one way of showing them. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What went wrong and what to do, in the language of the program. Returns: (transfer full) */
char *guitu_error_sentence (const GError *error);

/** The sentence for a code at @field, (nullable); @message where the table has none. Returns: (transfer full) */
char *guitu_error_sentence_for (const char *code, const char *field, const char *message);

/**
 * Shows an error that belongs to no field: a toast; a dialog with the next step when data is at risk.
 * The words of the program's inside are only under Details.
 */
void guitu_error_show (GtkWidget *from, const GError *error);

G_END_DECLS
