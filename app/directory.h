/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stations as we know them. guitu_known_station (call.h) finds one by its code or its name. */

#include "app/call.h"

G_BEGIN_DECLS

/** Every station of which a key or a card is known, by code; see guitu_known_station. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_known_stations (GuituTransaction *transaction, GError **error);

/** Where this station has told others about itself, tells them anew. @own: its record. */
gboolean guitu_directory_follow (GuituTransaction *transaction, const GuituRecord *own, GError **error);

/** Writes, or corrects, what this station tells others of the station with that card. Nothing is committed. */
gboolean guitu_directory_vouch (GuituTransaction *transaction, const GuituRecord *card, GError **error);

G_END_DECLS
