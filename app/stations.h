/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stations' cards: public keys and address, signed with the station's own key. */

#include "app/call.h"

G_BEGIN_DECLS

/** Whether that may be the code of a station. Errors: INVALID. */
gboolean guitu_station_check_code (const char *code, GError **error);

/** What a station may change of itself, from what was typed; its code is bound to its keys. Errors: INVALID. */
gboolean guitu_station_take_details (GuituRecord *station, JsonObject *input, GError **error);

/** The card of this station, as text. Returns: (transfer full). */
char *guitu_card_text (const GuituRecord *station, const GuituKeys *keys);

/** Reads a card into a new record, and checks that its own key signed it. Errors: INVALID, UNTRUSTED. Returns: (transfer full). */
GuituRecord *guitu_card_read (GBytes *content, GError **error);

/** Whether that station is known here with that key, or has told of it since its card was trusted. */
gboolean guitu_card_is_known (GuituTransaction *transaction, const GuituRecord *card);

/** Writes a card into the directory of this station. Errors: UNTRUSTED when the station is known with another key. */
gboolean guitu_card_trust (GuituTransaction *transaction, GuituRecord *card, GError **error);

/** What two people compare by telephone: the station's key in five groups of letters and digits. Returns: (transfer full) (nullable). */
char *guitu_card_fingerprint (const GuituRecord *station);

G_END_DECLS
