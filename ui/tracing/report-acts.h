/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dialogs about the report of a family that somebody is missing. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/** Takes one down, or changes @report: (nullable). What the family allows is spelled out while it is chosen. */
GuituFormDialog *guitu_report_dialog (GtkWidget *from, GuituStation *station, JsonObject *report);

/** Ends it as found, by a finding that was judged to be the same; the family has confirmed. */
GuituFormDialog *guitu_report_found_dialog (GtkWidget *from, GuituStation *station, JsonObject *report, const char *finding);

/** Ends it otherwise. */
GuituFormDialog *guitu_report_close_dialog (GtkWidget *from, GuituStation *station, JsonObject *report);

/** Searches on. */
GuituFormDialog *guitu_report_reopen_dialog (GtkWidget *from, GuituStation *station, JsonObject *report);

/** Who sees what of a report, as its fields “sharing” and “allow_…” say. Returns: (transfer full) */
char *guitu_report_allowed_words (JsonObject *report);

G_END_DECLS
