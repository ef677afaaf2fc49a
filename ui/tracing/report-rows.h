/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A report of “missing list”, ours or another station's; activated, it opens (“pane.open”). */
GtkWidget *guitu_report_row (JsonObject *report);

/** The id by which a report is opened: what another station shares has one of its own. */
const char *guitu_report_id (JsonObject *report);

/** “张三 · B2026-1-0001”. Returns: (transfer full) */
char *guitu_report_name (JsonObject *report);

/** What the report says, field by field, for guitu_report_fact_row(). Returns: (transfer full) */
JsonArray *guitu_report_facts (JsonObject *report);
GtkWidget *guitu_report_fact_row (JsonObject *fact);

G_END_DECLS
