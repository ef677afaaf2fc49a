/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The places of the window: what the list beside the pages offers, and the pages themselves. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Fills the list of places. */
void guitu_places_fill (GtkListBox *list, GuituStation *station);

/** Selects the place with that name, if there is one: the file of a person is no place. */
void guitu_places_select (GtkListBox *list, const char *name);

/** The name of the page at @row. */
const char *guitu_places_name (GtkListBoxRow *row);

/** The page with that name, made when it is first needed; %NULL when there is none. (transfer none) */
GtkWidget *guitu_places_page (GtkStack *pages, const char *name, GuituStation *station);

G_END_DECLS
