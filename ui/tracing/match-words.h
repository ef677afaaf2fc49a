/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What may fit, in words: how likely it is, and why. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** How likely a match is, in words and in per cent. Returns: (transfer full) */
char *guitu_match_likely_words (JsonObject *match);

/** "success", "warning" or %NULL for how likely it is. */
const char *guitu_match_likely_style (JsonObject *match);

/** How a field fits: “sounds alike”, “one character differs”. Static; "" where it was not compared. @reason: (nullable) */
const char *guitu_match_how_words (JsonObject *reason);

/** How much a field says: “speaks strongly for it”. Static. @reason: (nullable) */
const char *guitu_match_weight_words (JsonObject *reason);

/** Bits, positive for it and negative against it; 0 where it was not compared. */
double guitu_match_weight (JsonObject *reason);

/** The header of a column of a list, or its number in words where the list has none. Returns: (transfer full) */
char *guitu_match_column_words (const char *header);

/** All reasons in one line, those that say most first. Returns: (transfer full) */
char *guitu_match_reason_words (JsonArray *why);

/** The other side of a finding: the report of a family, or what another station shares. (nullable) */
JsonObject *guitu_match_report (JsonObject *finding);

/** Who that is: name, number and station. Returns: (transfer full) */
char *guitu_match_report_words (JsonObject *finding);

#define GUITU_MATCH_OTHER "match" /* member of a comparison of two persons: the other one */

/** A comparison of a person with one of those that “match” told, in the form of a finding that has no id. Returns: (transfer full) */
JsonObject *guitu_match_of_persons (JsonObject *person, JsonObject *match);

/** Our side: the person, or the report of ours where no person is here. (nullable) */
JsonObject *guitu_match_own (JsonObject *finding);

/**
 * A row for a finding; activated, both sides are shown beside one another (“compare.open”).
 * guitu_match_row() tells of the report, guitu_match_person_row() of the person; guitu_match_other_row() of the other of two persons.
 */
GtkWidget *guitu_match_row (JsonObject *finding);
GtkWidget *guitu_match_person_row (JsonObject *finding);
GtkWidget *guitu_match_other_row (JsonObject *finding);

G_END_DECLS
