/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows in the lists of ways home, and in the sections of one. */

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A way home of this station; Enter shows it ("page.show-transfer"). */
GtkWidget *guitu_transfer_row (JsonObject *transfer);

/** Somebody who is brought here ("page.take-over", "page.refuse", by the letter). */
GtkWidget *guitu_transfer_expected_row (JsonObject *expected);

/** What this station answered to another one. */
GtkWidget *guitu_transfer_answered_row (JsonObject *incoming);

GtkWidget *guitu_transfer_escort_row (JsonObject *escort);
GtkWidget *guitu_transfer_waypoint_row (JsonObject *waypoint);
GtkWidget *guitu_transfer_letter_row (JsonObject *letter);
GtkWidget *guitu_transfer_visit_row (JsonObject *follow_up);
GtkWidget *guitu_transfer_paper_row (JsonObject *paper);

/** A field with what it says: {label, text}. */
GtkWidget *guitu_transfer_fact_row (JsonObject *fact);

/** What a way home says beside its lists, as objects for guitu_transfer_fact_row(). Returns: (transfer full) */
JsonArray *guitu_transfer_facts (JsonObject *transfer);

/** What it waits for, and until when; "" for nothing. Returns: (transfer full) */
char *guitu_transfer_wait_words (JsonObject *transfer);

G_END_DECLS
