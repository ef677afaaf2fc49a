/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New keys for our own station. The secrets reach each desk that goes on within the record itself, sealed
 * for that desk's own key: whoever has a desk that ended learns nothing from it. */

#include "db/stations-private.h"

#include "db/ends-private.h"
#include "db/ledger.h"
#include "db/records.h"

#include <sodium.h>
#include <string.h>

#define SECRETS_BYTES (GUITU_SECRET_KEY_BYTES + 32 + 32) /* of the station, its box, its payload */
#define SEALED_BYTES (SECRETS_BYTES + crypto_box_SEALBYTES)

/* --- Giving ---------------------------------------------------------------------------------- */

static char *
seal_secrets (const GuituKeys *station,
              const GuituDesk *desk)
{
  guint8 secrets[SECRETS_BYTES];
  guint8 sealed[SEALED_BYTES];
  guint8 box_key[crypto_box_PUBLICKEYBYTES];

  if (crypto_sign_ed25519_pk_to_curve25519 (box_key, desk->public_key) != 0)
    return NULL;
  memcpy (secrets, station->station_secret, GUITU_SECRET_KEY_BYTES);
  memcpy (secrets + GUITU_SECRET_KEY_BYTES, station->box_secret, 32);
  memcpy (secrets + GUITU_SECRET_KEY_BYTES + 32, station->payload, 32);
  crypto_box_seal (sealed, secrets, sizeof secrets, box_key);
  sodium_memzero (secrets, sizeof secrets);
  return guitu_key_to_text (sealed, sizeof sealed);
}

/* Base64 and numbers need no escapes in JSON. */
static void
describe_desk (GString *json,
               const GuituKeys *station,
               GuituDesk *desk)
{
  g_autofree char *key = guitu_key_to_text (desk->public_key, sizeof desk->public_key);
  g_autofree char *sealed = seal_secrets (station, desk);
  g_autofree char *certificate = NULL;

  if (sealed == NULL)
    return;
  guitu_keys_certify (station, desk);
  certificate = guitu_key_to_text (desk->certificate, sizeof desk->certificate);
  g_string_append_printf (json, "%s{\"key\":\"%s\",\"number\":%" G_GINT64_FORMAT ",\"certificate\":\"%s\",\"sealed\":\"%s\"}",
                          json->len > 1 ? "," : "", key, desk->number, certificate, sealed);
}

static char *
describe_desks (GuituTransaction *transaction,
                const GuituKeys *station,
                GError **error)
{
  g_autoptr (GPtrArray) desks = guitu_desks_list (transaction, error);
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; desks != NULL && i < desks->len; i++)
    {
      GuituDesk *desk = g_ptr_array_index (desks, i);
      gboolean ended;

      if (strcmp (desk->station, station->station) != 0)
        continue;
      if (!guitu_desk_is_ended (transaction, desk, &ended, error))
        return NULL;
      if (!ended)
        describe_desk (json, station, desk);
    }
  g_string_append_c (json, ']');
  return desks == NULL ? NULL : g_string_free (g_steal_pointer (&json), FALSE);
}

static char *
sign (GBytes *message,
      const guint8 secret_key[GUITU_SECRET_KEY_BYTES])
{
  guint8 signature[crypto_sign_BYTES];
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  crypto_sign_detached (signature, NULL, data, length, secret_key);
  return guitu_key_to_text (signature, sizeof signature);
}

GuituKeys *
guitu_station_rotate (GuituTransaction *transaction,
                      const char *at,
                      GError **error)
{
  const GuituKeys *own = guitu_transaction_keys (transaction);
  g_autoptr (GuituKeys) station = guitu_keys_new_station (own->station);
  g_autoptr (GuituRecord) rotation = guitu_record_new_owned (&guitu_kind_rotation, own->station, NULL, NULL);
  g_autofree char *desks = describe_desks (transaction, station, error);
  g_autofree char *old_key = guitu_key_to_text (own->station_public, sizeof own->station_public);
  g_autofree char *key = guitu_key_to_text (station->station_public, sizeof station->station_public);
  g_autofree char *box_key = guitu_key_to_text (station->box_public, sizeof station->box_public);
  g_autoptr (GBytes) message = _guitu_rotation_message (own->station, old_key, key, box_key, at, desks);
  g_autofree char *by_old = sign (message, own->station_secret);
  g_autofree char *by_new = sign (message, station->station_secret);

  if (desks == NULL)
    return NULL;
  guitu_record_set_text (rotation, GUITU_ROTATION_OLD_KEY, old_key);
  guitu_record_set_text (rotation, GUITU_ROTATION_KEY, key);
  guitu_record_set_text (rotation, GUITU_ROTATION_BOX_KEY, box_key);
  guitu_record_set_text (rotation, GUITU_ROTATION_DESKS, desks);
  guitu_record_set_text (rotation, GUITU_ROTATION_AT, at);
  guitu_record_set_text (rotation, GUITU_ROTATION_BY_OLD, by_old);
  guitu_record_set_text (rotation, GUITU_ROTATION_BY_NEW, by_new);
  return guitu_transaction_put (transaction, rotation, error) ? g_steal_pointer (&station) : NULL;
}

/* --- Taking ---------------------------------------------------------------------------------- */

/* What a rotation has for one desk. */
typedef struct
{
  guint8 certificate[GUITU_CERTIFICATE_BYTES];
  guint8 sealed[SEALED_BYTES];
} Share;

/* 1 with our desk's share of the one rotation away from our key to @next, 0 without, -1 on error. */
static int
find_share (GuituConnection *connection,
            const GuituKeys *own,
            const guint8 next[GUITU_PUBLIC_KEY_BYTES],
            Share *share,
            GError **error)
{
  g_autofree char *key = guitu_key_to_text (next, GUITU_PUBLIC_KEY_BYTES);
  g_autofree char *desk = guitu_key_to_text (own->desk.public_key, sizeof own->desk.public_key);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT json_extract (j.value, '$.certificate'), json_extract (j.value, '$.sealed')"
      " FROM rotation r, json_each (CASE WHEN json_valid (r.desks) THEN r.desks ELSE '[]' END) j"
      " WHERE r.station = ?1 AND r.key = ?2 AND j.type = 'object' AND json_extract (j.value, '$.key') = ?3",
      error);
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_text (statement, 1, own->station);
  guitu_statement_bind_text (statement, 2, key);
  guitu_statement_bind_text (statement, 3, desk);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step;
  return !guitu_statement_is_null (statement, 0) && !guitu_statement_is_null (statement, 1) &&
         guitu_key_from_text (guitu_statement_text (statement, 0), share->certificate, sizeof share->certificate) &&
         guitu_key_from_text (guitu_statement_text (statement, 1), share->sealed, sizeof share->sealed);
}

/* The keys that the share holds, if it is for us and fits the rotation. Returns: (transfer full) (nullable). */
static GuituKeys *
open_share (const GuituKeys *own,
            const GuituStationKey *next,
            const Share *share)
{
  g_autoptr (GuituKeys) station = guitu_keys_new_station (own->station);
  g_autoptr (GuituKeys) rotated = NULL;
  guint8 secrets[SECRETS_BYTES];
  guint8 box_public[crypto_box_PUBLICKEYBYTES];
  guint8 box_secret[crypto_box_SECRETKEYBYTES];
  gboolean is_open;

  if (crypto_sign_ed25519_pk_to_curve25519 (box_public, own->desk.public_key) != 0 ||
      crypto_sign_ed25519_sk_to_curve25519 (box_secret, own->desk_secret) != 0)
    return NULL;
  is_open = crypto_box_seal_open (secrets, share->sealed, sizeof share->sealed, box_public, box_secret) == 0;
  sodium_memzero (box_secret, sizeof box_secret);
  if (!is_open)
    return NULL;
  memcpy (station->station_secret, secrets, GUITU_SECRET_KEY_BYTES);
  memcpy (station->box_secret, secrets + GUITU_SECRET_KEY_BYTES, 32);
  memcpy (station->payload, secrets + GUITU_SECRET_KEY_BYTES + 32, 32);
  sodium_memzero (secrets, sizeof secrets);
  crypto_sign_ed25519_sk_to_pk (station->station_public, station->station_secret);
  crypto_scalarmult_base (station->box_public, station->box_secret);
  if (memcmp (station->station_public, next->key, sizeof station->station_public) != 0 ||
      memcmp (station->box_public, next->box_key, sizeof station->box_public) != 0)
    return NULL;
  rotated = guitu_keys_rotated (own, station, share->certificate);
  return guitu_desk_is_certified (&rotated->desk, rotated->station_public) ? g_steal_pointer (&rotated) : NULL;
}

/* The keys to go on with, or %NULL without an error where there are none for this desk. */
static GuituKeys *
find_next (GuituStore *store,
           GError **error)
{
  const GuituKeys *own = guitu_store_keys (store);
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GPtrArray) keys = transaction == NULL ? NULL : guitu_station_keys (transaction, own->station, error);
  const GuituStationKey *next = keys == NULL ? NULL : guitu_station_key_current (keys);
  Share share;

  if (next == NULL || memcmp (next->key, own->station_public, sizeof next->key) == 0 ||
      find_share (transaction->connection, own, next->key, &share, error) != 1)
    return NULL;
  return open_share (own, next, &share);
}

gboolean
guitu_store_follow_rotation (GuituStore *store,
                             gboolean *adopted,
                             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituKeys) next = find_next (store, &failure);

  *adopted = FALSE;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (next == NULL)
    return TRUE;
  *adopted = TRUE;
  return _guitu_store_adopt (store, next, error);
}
