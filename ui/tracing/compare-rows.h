/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** One row for each field that either side of a finding tells: theirs, ours, how it fits and how much that says. */
void guitu_compare_rows_fill (GtkListBox *list, JsonObject *finding);

G_END_DECLS
