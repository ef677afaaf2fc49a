/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of those about whom stations ask one another to look twice, in words. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What the list is called here: the rule “list_name”, once it was read, or the usual name. */
const char *guitu_list_name (void);

/** Told on the main thread when the name was read. */
typedef void (*GuituListNamed) (gpointer owner);

/** Reads the rule; @named is called with @owner, a GObject that is kept alive. */
void guitu_list_name_read (GuituStation *station, gpointer owner, GuituListNamed named);

/** “Station C · 020-12345678”. Returns: (transfer full) */
char *guitu_list_station_words (JsonObject *of);

/** One stay elsewhere: “Station C · 2026-10-01 – 2026-10-05 · Ticket · 020-…”. Returns: (transfer full) */
char *guitu_list_visit_words (JsonObject *visit);

/** What a rule about visits counted: “Stays in 180 days: 3, stations: 3 (the rule: 3 and 2): met”. Returns: (transfer full) */
char *guitu_list_rule_words (JsonObject *rule);

/** All @rules, one a line. Returns: (transfer full) */
char *guitu_list_rules_words (JsonArray *rules);

/** “2026-10-01 – 2027-03-30”. Returns: (transfer full) */
char *guitu_list_term_words (JsonObject *entry);

G_END_DECLS
