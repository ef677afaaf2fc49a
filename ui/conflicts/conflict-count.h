/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows at @place, the row of the page, how many fields two desks disagree about: from when somebody logs in, and after every change. */
void guitu_conflict_count_watch (GtkListBoxRow *place, GuituStation *station);

G_END_DECLS
