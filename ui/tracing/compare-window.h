/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Two who may be one human being, side by side: photos, each field with how it fits, and the verdict. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** Opens what was found (“finding show”). @finding: its id */
void guitu_compare_open (GtkWidget *from, GuituStation *station, const char *finding);

/** Lets rows of guitu_match_row() under widgets of this class open it (“compare.open”, “compare.persons”); @station_of tells the station. */
typedef GuituStation *(*GuituStationOf) (GtkWidget *widget);
void guitu_compare_install (GtkWidgetClass *widget_class, GuituStationOf station_of);

G_END_DECLS
