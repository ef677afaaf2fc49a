/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a chain ends, as its desk signs it for the hub. The end of the shared chain vouches for the others of its
 * desk, so that whoever runs the hub can't keep back what is meant for one station while the desk looks alive: a
 * row of 16 bytes for each, of which only its readers can tell which and how much it is, and one for the desk's
 * own station, with how many entries it has outside of the shared chain.
 *
 *   tag (8) · number (8, big endian, masked)        both from a keyed hash of desk, scope and time */

#include "db/hub-private.h"

#include "db/encoding.h"
#include "db/stations-private.h"

#include <sodium.h>
#include <string.h>

#define HALF 8
#define ROW (2 * HALF)
#define OWN_STATION GUITU_SCOPE_NAME_STATION

static GBytes *
message_of (const GuituHubHead *head)
{
  GByteArray *out = g_byte_array_new ();

  guitu_cbor_put_array (out, 8);
  guitu_cbor_put_text (out, "guitu-head-v1");
  guitu_cbor_put_text (out, head->station);
  guitu_cbor_put_integer (out, head->desk);
  guitu_cbor_put_text (out, head->scope);
  guitu_cbor_put_integer (out, head->last);
  guitu_cbor_put_bytes (out, head->hash, head->hash_length);
  guitu_cbor_put_integer (out, head->signed_at);
  guitu_cbor_put_bytes (out, head->others, head->others_length);
  return g_byte_array_free_to_bytes (out);
}

void
_guitu_hub_head_sign (GuituHubHead *head,
                      const GuituKeys *keys,
                      guint8 signature[GUITU_SIGNATURE_BYTES])
{
  g_autoptr (GBytes) message = message_of (head);

  crypto_sign_detached (signature, NULL, g_bytes_get_data (message, NULL), g_bytes_get_size (message), keys->desk_secret);
  head->signature = signature;
  head->signature_length = GUITU_SIGNATURE_BYTES;
}

GuituHubHead
_guitu_hub_head (const PGresult *result,
                 int row)
{
  GuituHubHead head = {
    .station = _guitu_hub_text (result, row, 0),
    .desk = _guitu_hub_integer (result, row, 1),
    .scope = _guitu_hub_text (result, row, 2),
    .last = _guitu_hub_integer (result, row, 3),
    .signed_at = _guitu_hub_integer (result, row, 5),
  };

  head.hash = _guitu_hub_bytes (result, row, 4, &head.hash_length);
  head.others = _guitu_hub_bytes (result, row, 6, &head.others_length);
  head.signature = _guitu_hub_bytes (result, row, 7, &head.signature_length);
  return head;
}

gboolean
_guitu_hub_head_is_signed (const GuituHubHead *head,
                           const GuituDesk *desk)
{
  g_autoptr (GBytes) message = message_of (head);

  return strcmp (head->station, desk->station) == 0 && head->signature_length == GUITU_SIGNATURE_BYTES &&
         crypto_sign_verify_detached (head->signature, g_bytes_get_data (message, NULL), g_bytes_get_size (message), desk->public_key) == 0;
}

/* --- The other chains ------------------------------------------------------------------------ */

static void
hash_row (const guint8 key[32],
          const GuituHubHead *head,
          const char *scope,
          guint8 row[ROW])
{
  g_autoptr (GByteArray) words = g_byte_array_new ();

  guitu_cbor_put_array (words, 4);
  guitu_cbor_put_text (words, "guitu-vouch-v1");
  guitu_cbor_put_integer (words, head->desk);
  guitu_cbor_put_text (words, scope);
  guitu_cbor_put_integer (words, head->signed_at);
  crypto_generichash (row, ROW, words->data, words->len, key, 32);
}

static void
add_row (GByteArray *others,
         const guint8 key[32],
         const GuituHubHead *head,
         const char *scope,
         gint64 number)
{
  guint64 big = GUINT64_TO_BE ((guint64) number);
  guint8 bytes[sizeof big];
  guint8 row[ROW];

  hash_row (key, head, scope, row);
  memcpy (bytes, &big, sizeof bytes);
  for (guint i = 0; i < HALF; i++)
    row[HALF + i] ^= bytes[i];
  g_byte_array_append (others, row, sizeof row);
}

/* -1: there is none that this key opens. */
static gint64
find_row (const guint8 key[32],
          const GuituHubHead *head,
          const char *scope)
{
  guint8 row[ROW];

  hash_row (key, head, scope, row);
  for (gsize at = 0; at + ROW <= head->others_length; at += ROW)
    if (memcmp (head->others + at, row, HALF) == 0)
      {
        guint64 big = 0;

        for (guint i = 0; i < HALF; i++)
          big = big << 8 | (guint8) (head->others[at + HALF + i] ^ row[HALF + i]);
        return (gint64) big;
      }
  return -1;
}

void
_guitu_hub_vouch_own (GByteArray *others,
                      const GuituHubHead *head,
                      const GuituKeys *own,
                      gint64 total)
{
  add_row (others, own->payload, head, OWN_STATION, total);
}

gboolean
_guitu_hub_box_key (GuituTransaction *transaction,
                    const char *scope,
                    guint8 box_key[32],
                    GError **error)
{
  const char *code = scope + strlen (GUITU_SCOPE_NAME_TO);
  g_autoptr (GPtrArray) keys = guitu_station_keys (transaction, code, error);
  const GuituStationKey *current = keys == NULL ? NULL : guitu_station_key_current (keys);

  if (keys == NULL)
    return FALSE;
  if (current != NULL && current->has_box_key)
    {
      memcpy (box_key, current->box_key, sizeof current->box_key);
      return TRUE;
    }
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "Station %s is not known here: a letter to it waits until its card is trusted", code);
  return FALSE;
}

gboolean
_guitu_hub_vouch_letters (GByteArray *others,
                          const GuituHubHead *head,
                          const GuituKeys *own,
                          const guint8 box_key[32],
                          const char *scope,
                          gint64 last)
{
  guint8 key[crypto_box_BEFORENMBYTES];

  if (crypto_box_beforenm (key, box_key, own->box_secret) != 0)
    return FALSE;
  add_row (others, key, head, scope, last);
  sodium_memzero (key, sizeof key);
  return TRUE;
}

/* What the head says that there is for the own desks of its station; our keys may have been renewed since. */
static gint64
find_own (const GuituKeys *own,
          const GuituHubHead *head)
{
  gint64 found = find_row (own->payload, head, OWN_STATION);

  for (guint i = 0; i < own->former->len && found < 0; i++)
    found = find_row (g_array_index (own->former, GuituFormerKeys, i).payload, head, OWN_STATION);
  return found;
}

static gint64
find_letters_with (const guint8 secret[32],
                   const GPtrArray *keys,
                   const GuituHubHead *head,
                   const char *scope)
{
  gint64 found = -1;

  for (guint i = 0; i < keys->len && found < 0; i++)
    {
      const GuituStationKey *station = g_ptr_array_index (keys, i);
      guint8 key[crypto_box_BEFORENMBYTES];

      if (!station->has_box_key || crypto_box_beforenm (key, station->box_key, secret) != 0)
        continue;
      found = find_row (key, head, scope);
      sodium_memzero (key, sizeof key);
    }
  return found;
}

static gint64
find_letters (GuituConnection *connection,
              const GuituKeys *own,
              const GuituHubHead *head,
              GError **error)
{
  g_autofree char *scope = g_strconcat (GUITU_SCOPE_NAME_TO, own->station, NULL);
  g_autoptr (GPtrArray) keys = _guitu_station_keys (connection, own, head->station, FALSE, error);
  gint64 found = keys == NULL ? -1 : find_letters_with (own->box_secret, keys, head, scope);

  for (guint i = 0; keys != NULL && i < own->former->len && found < 0; i++)
    found = find_letters_with (g_array_index (own->former, GuituFormerKeys, i).box_secret, keys, head, scope);
  return found;
}

gboolean
_guitu_hub_vouched (GuituConnection *connection,
                    const GuituKeys *own,
                    const GuituHubHead *head,
                    gint64 *number,
                    GError **error)
{
  g_autoptr (GError) failure = NULL;

  *number = strcmp (head->station, own->station) == 0 ? find_own (own, head) : find_letters (connection, own, head, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
