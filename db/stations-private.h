/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/stations.h"
#include "db/store-private.h"

G_BEGIN_DECLS

/** See guitu_station_keys. @own: our own keys; @with_voided: also of stations whose card is trusted no longer. */
GPtrArray *_guitu_station_keys (GuituConnection *connection, const GuituKeys *own, const char *code, gboolean with_voided, GError **error);

/**
 * Whether a key of the desk's station certifies it: 1, 0, or -1 on error. A key that was replaced certifies
 * only desks that have ended: all others have a certificate by the new one.
 */
int _guitu_desk_find_certifier (GuituConnection *connection, const GuituKeys *own, const GuituDesk *desk, gboolean with_voided, gboolean *is_known, GError **error);

/** What both signatures of a rotation cover. Returns: (transfer full). */
GBytes *_guitu_rotation_message (const char *station, const char *old_key, const char *key, const char *box_key, const char *at, const char *desks);

/**
 * Whether the entry holds a genuine rotation away from a key that @desk's station is known to use, which lists
 * that desk: so it may be the first word of the station with its new keys.
 */
gboolean _guitu_rotation_vouches (GuituConnection *connection, const GuituKeys *own, const GuituEntry *entry, const GuituDesk *desk);

G_END_DECLS
