/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which paper: the kinds by their titles, found by part of the title, its first letters (zycp), or the
 * letters of its number (CP). */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_KIND_CHOOSER (guitu_kind_chooser_get_type ())
G_DECLARE_FINAL_TYPE (GuituKindChooser, guitu_kind_chooser, GUITU, KIND_CHOOSER, AdwWindow)

/** @kinds: of what "paper kinds" answers, those that can be chosen */
GtkWindow *guitu_kind_chooser_new (GtkWidget *from, JsonArray *kinds);

/** The same for blank forms only, which are about nobody. */
GtkWindow *guitu_kind_chooser_new_for_blank (GtkWidget *from, JsonArray *kinds);

/* Signals: "chosen" (JsonObject *kind), "blank" (JsonObject *kind): the form alone, to be filled in by
 * hand; both before the window closes. */

G_END_DECLS
