/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which papers of the register are shown. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_REGISTER_BAR (guitu_register_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuituRegisterBar, guitu_register_bar, GUITU, REGISTER_BAR, GtkBox)

/** @kinds: what “paper kinds” tells */
void guitu_register_bar_set_kinds (GuituRegisterBar *bar, JsonArray *kinds);

/** What is chosen, as options of “paper list”. Returns: (transfer full) */
JsonObject *guitu_register_bar_collect (GuituRegisterBar *bar);

/** Whether anything is left out. */
gboolean guitu_register_bar_is_set (GuituRegisterBar *bar);

/** Shows everything again. */
void guitu_register_bar_clear (GuituRegisterBar *bar);

/** Marks the field that an error of “paper list” names. Returns: whether there is such a one */
gboolean guitu_register_bar_show_error (GuituRegisterBar *bar, const GError *error);

/* Signals: "changed"; "leave": on to the list (Enter or the arrow down in the text, Escape). */

G_END_DECLS
