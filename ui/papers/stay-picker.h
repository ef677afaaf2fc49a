/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* People to be ticked: whoever a paper is made for. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_STAY_PICKER (guitu_stay_picker_get_type ())
G_DECLARE_FINAL_TYPE (GuituStayPicker, guitu_stay_picker, GUITU, STAY_PICKER, GtkBox)

/** @stays: as “stay board” tells them; @ticked: all of them, or none */
void guitu_stay_picker_fill (GuituStayPicker *picker, JsonArray *stays, gboolean ticked);

/** How many are ticked. */
guint guitu_stay_picker_count (GuituStayPicker *picker);

/** The ids of the stays that are ticked, in the order of the list, separated by blanks. Returns: (transfer full) */
char *guitu_stay_picker_get_ids (GuituStayPicker *picker);

/** The name of the person whose stay has this id, "" for none. (transfer none) */
const char *guitu_stay_picker_name (GuituStayPicker *picker, const char *id);

/* Signal: "changed". */

G_END_DECLS
