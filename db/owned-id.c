/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a record is that several stations read stands in its id: the last bytes follow from its kind, the
 * station that writes it and the scope it is written to. So a station can't even name a record of another,
 * whichever of their entries comes first. */

#include "db/owned-id-private.h"
#include "db/record.h"

#include "db/id.h"
#include "db/store-private.h"

#include <sodium.h>
#include <string.h>

/* A code that shares these with another's would have to be looked for among 2^47, and be on a card that somebody trusts. What
 * is left of the id has 26 bits of chance in each millisecond. */
#define OWNER_BYTES 6
#define OWNER_AT (GUITU_ID_BYTES - OWNER_BYTES)

static void
hash_owner (const GuituKind *kind,
            const char *station,
            const char *scope,
            guint8 owner[OWNER_BYTES])
{
  const char *const words[] = { "owner", kind->name, station, scope };
  guint8 hash[crypto_generichash_BYTES_MIN];
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    crypto_generichash_update (&state, (const guint8 *) words[i], strlen (words[i]) + 1);
  crypto_generichash_final (&state, hash, sizeof hash);
  memcpy (owner, hash, OWNER_BYTES);
}

gboolean
_guitu_owned_by (const GuituKind *kind,
                 const guint8 id[16],
                 const char *station,
                 const char *scope)
{
  guint8 owner[OWNER_BYTES];

  if (kind->scope == GUITU_SCOPE_STATION)
    return TRUE;
  hash_owner (kind, station, scope, owner);
  return memcmp (id + OWNER_AT, owner, sizeof owner) == 0;
}

char *
guitu_owned_id (const GuituKind *kind,
                const char *station,
                const char *to_station,
                const char *id)
{
  g_autofree char *made = id == NULL ? guitu_id_new () : NULL;
  g_autofree char *scope = kind->scope == GUITU_SCOPE_SHARED ? g_strdup (GUITU_SCOPE_NAME_SHARED)
                                                             : g_strconcat (GUITU_SCOPE_NAME_TO, to_station == NULL ? "" : to_station, NULL);
  guint8 bytes[GUITU_ID_BYTES];

  g_assert (kind->scope != GUITU_SCOPE_STATION);
  guitu_id_to_bytes (id == NULL ? made : id, bytes);
  hash_owner (kind, station, scope, bytes + OWNER_AT);
  return guitu_id_from_bytes (bytes);
}

GuituRecord *
guitu_record_new_owned (const GuituKind *kind,
                        const char *station,
                        const char *to_station,
                        const char *id)
{
  g_autofree char *owned = guitu_owned_id (kind, station, to_station, id);
  GuituRecord *record = guitu_record_new_with_id (kind, owned);

  guitu_record_set_text (record, guitu_kind_field (kind, "station"), station);
  if (to_station != NULL)
    guitu_record_set_text (record, guitu_kind_field (kind, "to_station"), to_station);
  return record;
}
