/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a paper is worth: one big word, in whose name, what to compare, what to do if it is wrong. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GUITU_TYPE_VERDICT (guitu_verdict_get_type ())
G_DECLARE_FINAL_TYPE (GuituVerdict, guitu_verdict, GUITU, VERDICT, GtkBox)

/** @answer: the result of “verify” */
void guitu_verdict_show (GuituVerdict *self, JsonObject *answer);

G_END_DECLS
