/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * The window opens as large as it was when it was closed.
 *
 * Returns: (transfer full) (nullable): what keeps its size; %NULL where the schema is not installed.
 */
GSettings *guitu_window_keep_size (GtkWindow *window);

G_END_DECLS
