/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the register says of a paper, in words. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** Gives the view its columns: number, paper, state, for whom, when and by whom. */
void guitu_register_add_columns (GtkColumnView *view);

/** Everything in one line, to be spoken. Returns: (transfer full) */
char *guitu_register_words (JsonObject *paper);

gboolean guitu_register_is_draft (JsonObject *paper);

/** Whether the paper is good: issued, and neither void nor used. */
gboolean guitu_register_is_valid (JsonObject *paper);

/**
 * The numbers that “paper series” misses, such as “QZ-2026-1-00003”, the first few and how many more.
 *
 * Returns: (transfer full): "" when none is missing
 */
char *guitu_register_missing (JsonArray *series);

G_END_DECLS
