/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visit marks: that somebody with a verified ID number stayed at a station, for the other stations of the
 * network (design.md §4). No name; the number is a hash keyed with what only the network's stations know.
 * What the marks say is a prompt to ask, with dates and telephone numbers, and no more. Only app/ includes
 * this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** Who a station is called and how it is reached, from the stations known here or the directory. Adds “station_name” and “phone” to @json. */
gboolean guitu_station_name_add (JsonObject *json, GuituTransaction *transaction, const char *code, GError **error);

/**
 * The network's mark of an ID number: keyed BLAKE2b of it, without blanks and in capitals, in hex.
 * @key: (out) (transfer full) (nullable): %NULL without a network, or without a number
 */
gboolean guitu_visits_key (GuituTransaction *transaction, const char *id_number, char **key, GError **error);

/** The key under which the person's stays may be marked: verified, and not fenced for violence or trafficking; else %NULL. */
gboolean guitu_visits_key_of_person (GuituTransaction *transaction, const char *person_id, char **key, GError **error);

/** Writes the marks of the person's stays as they should be; those of a stay that is void are withdrawn. */
gboolean guitu_visits_mark (GuituTransaction *transaction, const char *person_id, GError **error);
gboolean guitu_visits_unmark (GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/**
 * Writes the marks that are missing for stays of the last window of the rule: after the station joined a
 * network. @n: (out) (nullable): how many people were looked at
 */
gboolean guitu_visits_fill (GuituTransaction *transaction, guint *n, GError **error);

/**
 * What the marks of @key tell until @today: {visits: [{station, station_name, phone, own, arrived_on, left_on,
 * leave_by, leave_by_name}], met, rules: [{id, met, version, window_days, …, by_station}]}, newest visit first.
 * The same marks and rules give the same answer. @arrives: the person stands at the door today. Returns: (transfer full).
 */
JsonObject *guitu_visits_judge (GuituTransaction *transaction, const char *key, const char *today, gboolean arrives, GError **error);

/** Appends a warning of the kind “visits” about @person, where there are marks of stays elsewhere or the rule is met. */
gboolean guitu_visits_warn (GuituTransaction *transaction, const GuituRecord *person, gboolean arrives, JsonArray *warnings, GError **error);

G_END_DECLS
