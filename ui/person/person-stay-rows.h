/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows of the file that tell of a stay and of what hangs on the person; their buttons activate actions
 * of the page. */

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GtkWidget *guitu_stay_moment_row (JsonObject *moment);
GtkWidget *guitu_stay_belonging_row (JsonObject *belonging);
GtkWidget *guitu_stay_kin_row (JsonObject *kin);
GtkWidget *guitu_stay_transfer_row (JsonObject *transfer);
GtkWidget *guitu_stay_file_row (JsonObject *file);
GtkWidget *guitu_stay_referral_row (JsonObject *referral);
GtkWidget *guitu_stay_follow_up_row (JsonObject *follow_up);
GtkWidget *guitu_stay_merged_row (JsonObject *merged);
GtkWidget *guitu_stay_staff_row (JsonObject *relation);

/** @array from its end. Returns: (transfer full). */
JsonArray *guitu_stay_reverse (JsonArray *array);

G_END_DECLS
