/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of belongings that another station sent, to be checked thing by thing. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** @things: the belongings of the file; each stands there as complete until it is unticked */
GtkWidget *guitu_things_check_new (JsonArray *things);

/** Puts what differs into @input as "belongings", a JSON array in text of {item, count, note}. */
void guitu_things_check_collect (GtkWidget *check, JsonObject *input);

G_END_DECLS
