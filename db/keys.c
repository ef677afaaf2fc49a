/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/keys.h"

#include "db/encoding.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define GROUP_STATION "station"
#define GROUP_DESK "desk"
#define GROUP_FORMER "former-%u"
#define INVITATION_MAGIC "GTI1"
#define FORMER_ON_PAPER 6 /* the newest; more would not fit into a code that every camera reads */
#define BARE_ITEMS 7      /* of an invitation: station, number, five keys */

/* Where each key lies in the structure and in the file. */
static const struct
{
  const char *group;
  const char *name;
  gsize offset;
  gsize length;
} places[] = {
  { GROUP_STATION, "public", G_STRUCT_OFFSET (GuituKeys, station_public), 32 },
  { GROUP_STATION, "secret", G_STRUCT_OFFSET (GuituKeys, station_secret), 64 },
  { GROUP_STATION, "box-public", G_STRUCT_OFFSET (GuituKeys, box_public), 32 },
  { GROUP_STATION, "box-secret", G_STRUCT_OFFSET (GuituKeys, box_secret), 32 },
  { GROUP_STATION, "payload", G_STRUCT_OFFSET (GuituKeys, payload), 32 },
  { GROUP_DESK, "secret", G_STRUCT_OFFSET (GuituKeys, desk_secret), 64 },
  { GROUP_DESK, "public", G_STRUCT_OFFSET (GuituKeys, desk.public_key), 32 },
  { GROUP_DESK, "certificate", G_STRUCT_OFFSET (GuituKeys, desk.certificate), 64 },
};

/* The same for each group of former keys: "former-1" and so on. */
static const struct
{
  const char *name;
  gsize offset;
} former_places[] = {
  { "public", G_STRUCT_OFFSET (GuituFormerKeys, station_public) },
  { "box-public", G_STRUCT_OFFSET (GuituFormerKeys, box_public) },
  { "box-secret", G_STRUCT_OFFSET (GuituFormerKeys, box_secret) },
  { "payload", G_STRUCT_OFFSET (GuituFormerKeys, payload) },
};
#define FORMER_KEY_BYTES 32

static GuituKeys *
keys_new (void)
{
  GuituKeys *keys = g_new0 (GuituKeys, 1);

  keys->former = g_array_new (FALSE, TRUE, sizeof (GuituFormerKeys));
  return keys;
}

static guint8 *
key_at (const GuituKeys *keys,
        guint place)
{
  return (guint8 *) keys + places[place].offset;
}

char *
guitu_key_to_text (const guint8 *bytes,
                   gsize length)
{
  return g_base64_encode (bytes, length);
}

char *
guitu_hex (const guint8 *bytes,
           gsize length)
{
  char *text = g_malloc (2 * length + 1);

  return sodium_bin2hex (text, 2 * length + 1, bytes, length);
}

gboolean
guitu_key_from_text (const char *text,
                     guint8 *bytes,
                     gsize length)
{
  gsize decoded_length;
  g_autofree guchar *decoded = g_base64_decode (text, &decoded_length);

  if (decoded_length != length)
    return FALSE;
  memcpy (bytes, decoded, length);
  return TRUE;
}

gint64
guitu_desk_id (const guint8 public_key[GUITU_PUBLIC_KEY_BYTES])
{
  guint8 hash[16];
  guint64 id = 0;

  crypto_generichash (hash, sizeof hash, public_key, GUITU_PUBLIC_KEY_BYTES, NULL, 0);
  for (int i = 0; i < 8; i++)
    id = id << 8 | hash[i];
  return id & G_MAXINT64;
}

static GBytes *
certificate_message (const GuituDesk *desk)
{
  GByteArray *out = g_byte_array_new ();

  guitu_cbor_put_array (out, 4);
  guitu_cbor_put_text (out, "guitu-desk-v1");
  guitu_cbor_put_text (out, desk->station);
  guitu_cbor_put_integer (out, desk->number);
  guitu_cbor_put_bytes (out, desk->public_key, sizeof desk->public_key);
  return g_byte_array_free_to_bytes (out);
}

gboolean
guitu_desk_is_certified (const GuituDesk *desk,
                         const guint8 station_key[GUITU_PUBLIC_KEY_BYTES])
{
  g_autoptr (GBytes) message = certificate_message (desk);
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  return desk->desk == guitu_desk_id (desk->public_key) &&
         crypto_sign_verify_detached (desk->certificate, data, length, station_key) == 0;
}

void
guitu_desk_clear (GuituDesk *desk)
{
  g_clear_pointer (&desk->station, g_free);
}

void
guitu_desk_free (GuituDesk *desk)
{
  guitu_desk_clear (desk);
  g_free (desk);
}

void
guitu_keys_certify (const GuituKeys *keys,
                    GuituDesk *desk)
{
  g_autoptr (GBytes) message = certificate_message (desk);
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  crypto_sign_detached (desk->certificate, NULL, data, length, keys->station_secret);
}

static void
make_desk (GuituKeys *keys,
           gint64 number)
{

  crypto_sign_keypair (keys->desk.public_key, keys->desk_secret);
  keys->desk.desk = guitu_desk_id (keys->desk.public_key);
  keys->desk.station = g_strdup (keys->station);
  keys->desk.number = number;
  guitu_keys_certify (keys, &keys->desk);
}

/* X25519 ignores five bits of a secret (RFC 7748, 5). Set as it takes them, one key has one form. */
static void
clamp (guint8 *secret)
{
  secret[0] &= 248;
  secret[31] = (secret[31] & 127) | 64;
}

GuituKeys *
guitu_keys_new_station (const char *station)
{
  GuituKeys *keys = keys_new ();

  keys->station = g_strdup (station);
  crypto_sign_keypair (keys->station_public, keys->station_secret);
  crypto_box_keypair (keys->box_public, keys->box_secret);
  clamp (keys->box_secret);
  randombytes_buf (keys->payload, sizeof keys->payload);
  make_desk (keys, 1);
  return keys;
}

static void
copy_station (const GuituKeys *from,
              GuituKeys *to)
{
  to->station = g_strdup (from->station);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].group, GROUP_STATION) == 0)
      memcpy (key_at (to, i), key_at (from, i), places[i].length);
}

GuituKeys *
guitu_keys_new_desk (const GuituKeys *station,
                     gint64 number)
{
  GuituKeys *keys = keys_new ();

  copy_station (station, keys);
  g_array_append_vals (keys->former, station->former->data, station->former->len);
  make_desk (keys, number);
  return keys;
}

GuituKeys *
guitu_keys_rotated (const GuituKeys *keys,
                    const GuituKeys *station,
                    const guint8 certificate[GUITU_CERTIFICATE_BYTES])
{
  GuituKeys *rotated = keys_new ();
  GuituFormerKeys former;

  copy_station (station, rotated);
  memcpy (rotated->desk_secret, keys->desk_secret, sizeof rotated->desk_secret);
  rotated->desk = keys->desk;
  rotated->desk.station = g_strdup (keys->station);
  memcpy (rotated->desk.certificate, certificate, GUITU_CERTIFICATE_BYTES);
  g_array_append_vals (rotated->former, keys->former->data, keys->former->len);
  memcpy (former.station_public, keys->station_public, sizeof former.station_public);
  memcpy (former.box_public, keys->box_public, sizeof former.box_public);
  memcpy (former.box_secret, keys->box_secret, sizeof former.box_secret);
  memcpy (former.payload, keys->payload, sizeof former.payload);
  g_array_append_val (rotated->former, former);
  sodium_memzero (&former, sizeof former);
  return rotated;
}

void
guitu_keys_free (GuituKeys *keys)
{
  sodium_memzero (keys->former->data, keys->former->len * sizeof (GuituFormerKeys));
  g_array_unref (keys->former);
  g_free (keys->station);
  guitu_desk_clear (&keys->desk);
  sodium_memzero (keys, sizeof *keys);
  g_free (keys);
}

static gboolean
is_pair (const guint8 secret[GUITU_SECRET_KEY_BYTES],
         const guint8 public[GUITU_PUBLIC_KEY_BYTES])
{
  guint8 derived_secret[GUITU_SECRET_KEY_BYTES];
  guint8 derived_public[GUITU_PUBLIC_KEY_BYTES];
  gboolean fits;

  crypto_sign_seed_keypair (derived_public, derived_secret, secret); /* the seed comes first */
  fits = sodium_memcmp (derived_secret, secret, sizeof derived_secret) == 0 &&
         memcmp (derived_public, public, sizeof derived_public) == 0;
  sodium_memzero (derived_secret, sizeof derived_secret);
  return fits;
}

/* A damaged secret would sign entries that nobody accepts. */
static gboolean
secrets_fit (const GuituKeys *keys)
{
  guint8 box_public[crypto_box_PUBLICKEYBYTES];

  crypto_scalarmult_base (box_public, keys->box_secret);
  return is_pair (keys->station_secret, keys->station_public) &&
         is_pair (keys->desk_secret, keys->desk.public_key) &&
         memcmp (box_public, keys->box_public, sizeof box_public) == 0;
}

char *
guitu_payload_mark (const guint8 payload[32])
{
  static const char constant[] = "guitu-payload-v1";
  guint8 mark[16];

  crypto_generichash (mark, sizeof mark, (const guint8 *) constant, strlen (constant), payload, 32);
  return guitu_hex (mark, sizeof mark);
}

char *
guitu_keys_payload_mark (const GuituKeys *keys)
{
  return guitu_payload_mark (keys->payload);
}

static gboolean
load_former (GuituKeys *keys,
             GKeyFile *file)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *group = g_strdup_printf (GROUP_FORMER, i);
      GuituFormerKeys former;

      if (!g_key_file_has_group (file, group))
        return TRUE;
      for (guint j = 0; j < G_N_ELEMENTS (former_places); j++)
        {
          g_autofree char *text = g_key_file_get_string (file, group, former_places[j].name, NULL);

          if (text == NULL || !guitu_key_from_text (text, (guint8 *) &former + former_places[j].offset, FORMER_KEY_BYTES))
            return FALSE;
        }
      g_array_append_val (keys->former, former);
    }
}

static void
save_former (const GuituKeys *keys,
             GKeyFile *file)
{
  for (guint i = 0; i < keys->former->len; i++)
    {
      const GuituFormerKeys *former = &g_array_index (keys->former, GuituFormerKeys, i);
      g_autofree char *group = g_strdup_printf (GROUP_FORMER, i + 1);

      for (guint j = 0; j < G_N_ELEMENTS (former_places); j++)
        {
          g_autofree char *key = guitu_key_to_text ((const guint8 *) former + former_places[j].offset, FORMER_KEY_BYTES);

          g_key_file_set_string (file, group, former_places[j].name, key);
        }
    }
}

GuituKeys *
guitu_keys_load (const char *directory,
                 GError **error)
{
  g_autofree char *path = g_build_filename (directory, GUITU_KEY_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GuituKeys) keys = keys_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY,
                   "The key file %s is missing or unreadable; restore it from the backup", path);
      return NULL;
    }
  keys->station = g_key_file_get_string (file, GROUP_STATION, "code", NULL);
  keys->desk.number = g_key_file_get_integer (file, GROUP_DESK, "number", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = g_key_file_get_string (file, places[i].group, places[i].name, NULL);

      if (text == NULL || !guitu_key_from_text (text, key_at (keys, i), places[i].length))
        {
          g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY,
                       "The key file %s is damaged (%s); restore it from the backup", path, places[i].name);
          return NULL;
        }
    }
  clamp (keys->box_secret);
  keys->desk.station = g_strdup (keys->station);
  keys->desk.desk = guitu_desk_id (keys->desk.public_key);
  if (!load_former (keys, file) || keys->station == NULL || !guitu_desk_is_certified (&keys->desk, keys->station_public) || !secrets_fit (keys))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY,
                   "The keys in %s do not belong together; restore the file from the backup", path);
      return NULL;
    }
  return g_steal_pointer (&keys);
}

gboolean
guitu_keys_save (const GuituKeys *keys,
                 const char *directory,
                 GError **error)
{
  g_autofree char *path = g_build_filename (directory, GUITU_KEY_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_key_file_set_string (file, GROUP_STATION, "code", keys->station);
  g_key_file_set_integer (file, GROUP_DESK, "number", keys->desk.number);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *key = guitu_key_to_text (key_at (keys, i), places[i].length);

      g_key_file_set_string (file, places[i].group, places[i].name, key);
    }
  save_former (keys, file);
  text = g_key_file_to_data (file, &length, NULL);
  if (g_file_set_contents_full (path, text, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &failure))
    return TRUE;
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY, "The key file can't be written: %s", failure->message);
  return FALSE;
}

static void
invitation_key (const char *code,
                const guint8 salt[crypto_pwhash_SALTBYTES],
                guint8 key[crypto_secretbox_KEYBYTES])
{
  int result = crypto_pwhash (key, crypto_secretbox_KEYBYTES, code, strlen (code), salt,
                              crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                              crypto_pwhash_ALG_ARGON2ID13);

  if (result != 0)
    g_error ("out of memory while deriving a key");
}

GBytes *
guitu_keys_make_invitation (const GuituKeys *keys,
                            gint64 number,
                            const char *code,
                            const char *note)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 key[crypto_secretbox_KEYBYTES];
  g_autofree guint8 *sealed = NULL;
  guint n_former = note == NULL ? MIN (keys->former->len, FORMER_ON_PAPER) : keys->former->len;
  const GuituFormerKeys *newest = n_former == 0 ? NULL : &g_array_index (keys->former, GuituFormerKeys, keys->former->len - n_former);

  guitu_cbor_put_array (plain, BARE_ITEMS + 2);
  guitu_cbor_put_text (plain, keys->station);
  guitu_cbor_put_integer (plain, number);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].group, GROUP_STATION) == 0)
      guitu_cbor_put_bytes (plain, key_at (keys, i), places[i].length);
  guitu_cbor_put_bytes (plain, (const guint8 *) newest, n_former * sizeof (GuituFormerKeys));
  guitu_cbor_put_text (plain, note == NULL ? "" : note);
  randombytes_buf (salt, sizeof salt);
  randombytes_buf (nonce, sizeof nonce);
  invitation_key (code, salt, key);
  sealed = g_malloc (plain->len + crypto_secretbox_MACBYTES);
  crypto_secretbox_easy (sealed, plain->data, plain->len, nonce, key);
  g_byte_array_append (out, (const guint8 *) INVITATION_MAGIC, strlen (INVITATION_MAGIC));
  g_byte_array_append (out, salt, sizeof salt);
  g_byte_array_append (out, nonce, sizeof nonce);
  g_byte_array_append (out, sealed, plain->len + crypto_secretbox_MACBYTES);
  sodium_memzero (plain->data, plain->len);
  sodium_memzero (key, sizeof key);
  return g_byte_array_free_to_bytes (out);
}

static void
take_former (GuituKeys *station,
             cbor_item_t *item)
{
  if (item != NULL && cbor_isa_bytestring (item) && cbor_bytestring_is_definite (item) && cbor_bytestring_length (item) > 0)
    g_array_append_vals (station->former, cbor_bytestring_handle (item), cbor_bytestring_length (item) / sizeof (GuituFormerKeys));
}

static GuituKeys *
keys_from_invitation (cbor_item_t *array,
                      char **note)
{
  g_autoptr (GuituKeys) station = keys_new ();
  gint64 number;
  gsize element = 2;

  if (!guitu_cbor_get_text (guitu_cbor_element (array, 0), &station->station) ||
      !guitu_cbor_get_integer (guitu_cbor_element (array, 1), &number))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].group, GROUP_STATION) == 0 &&
        !guitu_cbor_get_bytes (guitu_cbor_element (array, element++), key_at (station, i), places[i].length))
      return NULL;
  take_former (station, guitu_cbor_element (array, BARE_ITEMS));
  if (note != NULL)
    guitu_cbor_get_text (guitu_cbor_element (array, BARE_ITEMS + 1), note);
  return guitu_keys_new_desk (station, number);
}

GuituKeys *
guitu_keys_open_invitation (GBytes *invitation,
                            const char *code,
                            char **note,
                            GError **error)
{
  const gsize head = strlen (INVITATION_MAGIC) + crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES;
  gsize length;
  const guint8 *data = g_bytes_get_data (invitation, &length);
  const guint8 *salt = data + strlen (INVITATION_MAGIC);
  guint8 key[crypto_secretbox_KEYBYTES];
  g_autofree guint8 *plain = NULL;
  g_autoptr (cbor_item_t) array = NULL;
  GuituKeys *keys = NULL;

  if (length < head + crypto_secretbox_MACBYTES || memcmp (data, INVITATION_MAGIC, strlen (INVITATION_MAGIC)) != 0)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "This file is no invitation");
      return NULL;
    }
  plain = g_malloc (length - head);
  invitation_key (code, salt, key);
  if (crypto_secretbox_open_easy (plain, data + head, length - head, salt + crypto_pwhash_SALTBYTES, key) == 0)
    {
      array = guitu_cbor_read (plain, length - head - crypto_secretbox_MACBYTES, NULL);
      keys = keys_from_invitation (array, note);
    }
  sodium_memzero (plain, length - head);
  sodium_memzero (key, sizeof key);
  if (keys == NULL)
    g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED,
                         "The code does not open this invitation");
  return keys;
}
