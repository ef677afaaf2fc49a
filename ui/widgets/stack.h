/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Hides the pages of @stack that cannot be seen from assistive technology, now and whenever another
 * page is shown. GTK 4.8 tells a screen reader of all of them.
 */
void guitu_stack_hide_others (GtkStack *stack);

G_END_DECLS
