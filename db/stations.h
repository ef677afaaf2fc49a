/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The keys of stations as we know them: by a card we trusted, by the word of an authority, and by a
 * station's own rotation of its keys. */

#include "db/store.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  guint8 box_key[32];
  gboolean has_box_key;
  gboolean is_current; /* else good only for what was made before */
  char *until;         /* when it was replaced, as the station says; NULL: current, or not known */
} GuituStationKey;

void guitu_station_key_free (GuituStationKey *key);

/**
 * The keys of the station with that code, what an authority says first, current ones before former ones.
 * Returns: (transfer full) (element-type GuituStationKey): empty for a station that is not known
 */
GPtrArray *guitu_station_keys (GuituTransaction *transaction, const char *code, GError **error);

/** The key that the station uses now, or %NULL. Returns: (transfer none) */
const GuituStationKey *guitu_station_key_current (GPtrArray *keys);

/**
 * Writes a rotation of our own station's keys: it tells other stations, and hands the secrets to the desks that
 * have not ended, this one too. After the commit, guitu_store_follow_rotation makes this desk use them.
 * Returns: (transfer full): the new keys of the station; nobody else may get to see them
 */
GuituKeys *guitu_station_rotate (GuituTransaction *transaction, const char *at, GError **error);

/**
 * Follows a rotation of our own station that hands this desk its new keys: *@adopted when the key file was
 * written anew. Opening a store and importing a bundle do so themselves. Errors: KEY, STORAGE.
 */
gboolean guitu_store_follow_rotation (GuituStore *store, gboolean *adopted, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituStationKey, guitu_station_key_free)

G_END_DECLS
