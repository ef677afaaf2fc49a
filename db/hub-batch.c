/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch is a run of entries on its way: a CBOR array of [body, signature] pairs, compressed (zlib) and
 * sealed (XChaCha20-Poly1305) with what it is as additional data, so that the hub can't pass one run
 * off as another. Which key: for the station's scope its payload key, for the shared one the network's,
 * for a letter a new one, which travels along sealed for the addressee and locked for the own desks.
 *
 *   format (1) · lock (1) · [epoch (8, big endian) | sealed key (80) · nonce (24) · locked key (48)]
 *   · nonce (24) · ciphertext */

#include "db/hub-private.h"

#include "db/encoding.h"

#include <sodium.h>
#include <string.h>

#define FORMAT 1
#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_KEY_BYTES (crypto_box_SEALBYTES + KEY_BYTES)
#define LOCKED_KEY_BYTES (KEY_BYTES + crypto_secretbox_MACBYTES)
#define PLAIN_LIMIT (64 * 1024 * 1024)

enum
{
  LOCK_STATION = 1,
  LOCK_NETWORK = 2,
  LOCK_LETTER = 3,
};

static gboolean
untrusted (GError **error,
           const char *message)
{
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED, message);
  return FALSE;
}

/* What the seal covers beside the entries. */
static GBytes *
covered (const GuituBatch *batch)
{
  GByteArray *out = g_byte_array_new ();

  guitu_cbor_put_array (out, 5);
  guitu_cbor_put_text (out, "guitu-batch-v1");
  guitu_cbor_put_integer (out, batch->desk);
  guitu_cbor_put_text (out, batch->scope);
  guitu_cbor_put_integer (out, batch->first);
  guitu_cbor_put_integer (out, batch->last);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
convert (GConverter *converter,
         const guint8 *data,
         gsize length,
         GError **error)
{
  g_autoptr (GInputStream) raw = g_memory_input_stream_new_from_data (data, length, NULL);
  g_autoptr (GInputStream) in = g_converter_input_stream_new (raw, converter);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 buffer[65536];
  gssize got;

  while ((got = g_input_stream_read (in, buffer, sizeof buffer, NULL, error)) > 0 && out->len < PLAIN_LIMIT)
    g_byte_array_append (out, buffer, got);
  if (got == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  if (got > 0)
    untrusted (error, "A batch is larger than any desk sends");
  return NULL;
}

/* --- Sealing --------------------------------------------------------------------------------- */

static void
put_letter_key (GByteArray *out,
                const GuituBatchKeys *keys,
                const guint8 *box_key,
                guint8 key[KEY_BYTES])
{
  guint8 sealed[SEALED_KEY_BYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 locked[LOCKED_KEY_BYTES];

  crypto_aead_xchacha20poly1305_ietf_keygen (key);
  crypto_box_seal (sealed, key, KEY_BYTES, box_key);
  randombytes_buf (nonce, sizeof nonce);
  crypto_secretbox_easy (locked, key, KEY_BYTES, nonce, keys->own->payload);
  g_byte_array_append (out, sealed, sizeof sealed);
  g_byte_array_append (out, nonce, sizeof nonce);
  g_byte_array_append (out, locked, sizeof locked);
}

static gboolean
put_key (GByteArray *out,
         const GuituBatch *batch,
         const GuituBatchKeys *keys,
         const guint8 *box_key,
         guint8 key[KEY_BYTES],
         GError **error)
{
  guint8 format = FORMAT;
  guint8 lock = box_key != NULL ? LOCK_LETTER : strcmp (batch->scope, GUITU_SCOPE_NAME_SHARED) == 0 ? LOCK_NETWORK
                                                                                                    : LOCK_STATION;

  g_byte_array_append (out, &format, 1);
  g_byte_array_append (out, &lock, 1);
  if (lock == LOCK_LETTER)
    put_letter_key (out, keys, box_key, key);
  else if (lock == LOCK_STATION)
    memcpy (key, keys->own->payload, KEY_BYTES);
  else if (keys->network->len == 0)
    return untrusted (error, "This station has no key of the network yet");
  else
    {
      const GuituNetworkKey *newest = &g_array_index (keys->network, GuituNetworkKey, 0);
      gint64 epoch = GINT64_TO_BE (newest->epoch);

      g_byte_array_append (out, (const guint8 *) &epoch, sizeof epoch);
      memcpy (key, newest->key, KEY_BYTES);
    }
  return TRUE;
}

GBytes *
_guitu_batch_seal (const GuituBatch *batch,
                   const GuituBatchKeys *keys,
                   const guint8 *box_key,
                   GByteArray *plain,
                   GError **error)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
  g_autoptr (GBytes) packed = convert (compressor, plain->data, plain->len, error);
  g_autoptr (GBytes) also = covered (batch);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 nonce[NONCE_BYTES];
  guint8 key[KEY_BYTES];
  gsize length;
  const guint8 *data;
  gsize head;

  if (packed == NULL || !put_key (out, batch, keys, box_key, key, error))
    return NULL;
  data = g_bytes_get_data (packed, &length);
  randombytes_buf (nonce, sizeof nonce);
  g_byte_array_append (out, nonce, sizeof nonce);
  head = out->len;
  g_byte_array_set_size (out, head + length + TAG_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out->data + head, NULL, data, length, g_bytes_get_data (also, NULL),
                                              g_bytes_get_size (also), NULL, nonce, key);
  sodium_memzero (key, sizeof key);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* --- Opening --------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *at;
  gsize left;
} Cursor;

static const guint8 *
take (Cursor *cursor,
      gsize length)
{
  const guint8 *bytes = cursor->at;

  if (cursor->left < length)
    return NULL;
  cursor->at += length;
  cursor->left -= length;
  return bytes;
}

static gboolean
take_network_key (Cursor *cursor,
                  const GuituBatchKeys *keys,
                  guint8 key[KEY_BYTES],
                  GError **error)
{
  const guint8 *bytes = take (cursor, sizeof (gint64));
  gint64 epoch;

  if (bytes == NULL)
    return untrusted (error, "A batch was cut short");
  memcpy (&epoch, bytes, sizeof epoch);
  epoch = GINT64_FROM_BE (epoch);
  for (guint i = 0; i < keys->network->len; i++)
    {
      const GuituNetworkKey *known = &g_array_index (keys->network, GuituNetworkKey, i);

      if (known->epoch != epoch)
        continue;
      memcpy (key, known->key, KEY_BYTES);
      return TRUE;
    }
  return untrusted (error, "A batch is sealed with a key of the network that this station has not got");
}

/* Secrets of the station: those of today, and those before, since what was sealed then stays so. */
static GuituFormerKeys
secrets_of (const GuituKeys *keys,
            guint age)
{
  GuituFormerKeys secrets;

  if (age > 0)
    return g_array_index (keys->former, GuituFormerKeys, keys->former->len - age);
  memcpy (secrets.box_public, keys->box_public, sizeof secrets.box_public);
  memcpy (secrets.box_secret, keys->box_secret, sizeof secrets.box_secret);
  memcpy (secrets.payload, keys->payload, sizeof secrets.payload);
  return secrets;
}

/* The addressee opens the one, a desk of the sender's station the other. */
static gboolean
take_letter_key (Cursor *cursor,
                 const GuituFormerKeys *secrets,
                 guint8 key[KEY_BYTES],
                 GError **error)
{
  const guint8 *sealed = take (cursor, SEALED_KEY_BYTES);
  const guint8 *nonce = take (cursor, crypto_secretbox_NONCEBYTES);
  const guint8 *locked = take (cursor, LOCKED_KEY_BYTES);

  if (locked == NULL)
    return untrusted (error, "A batch was cut short");
  return crypto_box_seal_open (key, sealed, SEALED_KEY_BYTES, secrets->box_public, secrets->box_secret) == 0 ||
         crypto_secretbox_open_easy (key, locked, LOCKED_KEY_BYTES, nonce, secrets->payload) == 0 ||
         untrusted (error, "A letter is sealed for somebody else");
}

static gboolean
take_key (Cursor *cursor,
          const GuituBatchKeys *keys,
          const GuituFormerKeys *secrets,
          guint8 key[KEY_BYTES],
          GError **error)
{
  const guint8 *head = take (cursor, 2);

  if (head == NULL || head[0] != FORMAT)
    return untrusted (error, head == NULL ? "A batch was cut short" : "A batch is of a newer format; update the program");
  switch (head[1])
    {
    case LOCK_STATION:
      memcpy (key, secrets->payload, KEY_BYTES);
      return TRUE;
    case LOCK_NETWORK:
      return take_network_key (cursor, keys, key, error);
    case LOCK_LETTER:
      return take_letter_key (cursor, secrets, key, error);
    default:
      return untrusted (error, "A batch is of a newer format; update the program");
    }
}

/* The compressed entries, if these secrets open it. */
static GBytes *
unseal (const GuituBatch *batch,
        const GuituBatchKeys *keys,
        const GuituFormerKeys *secrets,
        Cursor cursor,
        GError **error)
{
  g_autoptr (GBytes) also = covered (batch);
  g_autofree guint8 *packed = NULL;
  unsigned long long length;
  guint8 key[KEY_BYTES];
  const guint8 *nonce;
  int result;

  if (!take_key (&cursor, keys, secrets, key, error))
    return NULL;
  nonce = take (&cursor, NONCE_BYTES);
  if (nonce == NULL || cursor.left < TAG_BYTES)
    {
      untrusted (error, "A batch was cut short");
      return NULL;
    }
  packed = g_malloc (cursor.left);
  result = crypto_aead_xchacha20poly1305_ietf_decrypt (packed, &length, NULL, cursor.at, cursor.left,
                                                       g_bytes_get_data (also, NULL), g_bytes_get_size (also), nonce, key);
  sodium_memzero (key, sizeof key);
  if (result == 0)
    return g_bytes_new_take (g_steal_pointer (&packed), length);
  untrusted (error, "A batch was altered at the hub, or on its way");
  return NULL;
}

GBytes *
_guitu_batch_open (const GuituBatch *batch,
                   const GuituBatchKeys *keys,
                   const guint8 *payload,
                   gsize length,
                   GError **error)
{
  g_autoptr (GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  const Cursor cursor = { payload, length };
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) packed = NULL;

  for (guint age = 0; packed == NULL && age <= keys->own->former->len; age++)
    {
      GuituFormerKeys secrets = secrets_of (keys->own, age);

      packed = unseal (batch, keys, &secrets, cursor, failure == NULL ? &failure : NULL);
      sodium_memzero (&secrets, sizeof secrets);
    }
  if (packed != NULL)
    return convert (decompressor, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
