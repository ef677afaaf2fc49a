/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sealed files, see bundle-private.h. */

#include "db/bundle-private.h"
#include "db/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAGIC_LENGTH 4
#define FAMILY_LENGTH 3 /* of the magic: the last letter is the version */
#define FOR_OWN_DESKS 1
#define FOR_STATION 2
#define FOR_DESKS 3 /* how many, the key sealed for each, and locked with the payload key for desks to come */
#define DESKS_LIMIT 1000
#define LOCKED_KEY_BYTES (crypto_secretbox_NONCEBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_secretbox_MACBYTES)
#define CHUNK_LIMIT (16 * 1024 * 1024)
#define SEALED_KEY_BYTES (crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES)

static gboolean
fail (GError **error,
      GuituDbError code,
      const char *message)
{
  g_set_error_literal (error, GUITU_DB_ERROR, code, message);
  return FALSE;
}

/* --- Writing --------------------------------------------------------------------------------- */

static gboolean
fail_to_write (GuituSealedWriter *writer,
               GError **error)
{
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "%s can't be written: %s", writer->path, g_strerror (errno));
  return FALSE;
}

static gboolean
put (GuituSealedWriter *writer,
     gconstpointer data,
     gsize length,
     GError **error)
{
  return fwrite (data, 1, length, writer->out) == length || fail_to_write (writer, error);
}

static gboolean
open_temporary (GuituSealedWriter *writer,
                GError **error)
{
  int file;

  writer->temporary = g_strconcat (writer->path, ".XXXXXX", NULL);
  file = g_mkstemp_full (writer->temporary, O_RDWR | O_CLOEXEC, 0600);
  if (file < 0)
    {
      g_clear_pointer (&writer->temporary, g_free);
      return fail_to_write (writer, error);
    }
  writer->out = fdopen (file, "w");
  return writer->out != NULL || fail_to_write (writer, error);
}

static gboolean
put_sealed (GuituSealedWriter *writer,
            const guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
            const guint8 box_key[crypto_box_PUBLICKEYBYTES],
            GError **error)
{
  guint8 sealed[SEALED_KEY_BYTES];

  crypto_box_seal (sealed, key, crypto_secretstream_xchacha20poly1305_KEYBYTES, box_key);
  return put (writer, sealed, sizeof sealed, error);
}

/* A desk that has not heard of the station's new keys yet opens it with its own. */
static gboolean
put_for_desks (GuituSealedWriter *writer,
               const GuituKeys *keys,
               GPtrArray *desks,
               const guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
               GError **error)
{
  guint8 locked[LOCKED_KEY_BYTES];
  guint16 count = GUINT16_TO_LE (desks->len);

  if (!put (writer, &count, sizeof count, error))
    return FALSE;
  for (guint i = 0; i < desks->len; i++)
    {
      guint8 box_key[crypto_box_PUBLICKEYBYTES];

      if (crypto_sign_ed25519_pk_to_curve25519 (box_key, ((GuituDesk *) g_ptr_array_index (desks, i))->public_key) != 0)
        memset (box_key, 0, sizeof box_key);
      if (!put_sealed (writer, key, box_key, error))
        return FALSE;
    }
  randombytes_buf (locked, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (locked + crypto_secretbox_NONCEBYTES, key, crypto_secretstream_xchacha20poly1305_KEYBYTES, locked, keys->payload);
  return put (writer, locked, sizeof locked, error);
}

gboolean
_guitu_sealed_create (GuituSealedWriter *writer,
                      const char *path,
                      const char *magic,
                      const GuituKeys *keys,
                      const GuituPeer *to,
                      GPtrArray *desks,
                      GError **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 mode = to != NULL ? FOR_STATION : (desks == NULL ? FOR_OWN_DESKS : FOR_DESKS);
  gboolean good;

  memset (writer, 0, sizeof *writer);
  writer->path = g_strdup (path);
  if (!open_temporary (writer, error))
    return FALSE;
  if (mode == FOR_OWN_DESKS)
    memcpy (key, keys->payload, sizeof key);
  else
    crypto_secretstream_xchacha20poly1305_keygen (key);
  good = put (writer, magic, MAGIC_LENGTH, error) && put (writer, &mode, 1, error);
  if (mode == FOR_STATION)
    good = good && put_sealed (writer, key, to->box_key, error);
  if (mode == FOR_DESKS)
    good = good && put_for_desks (writer, keys, desks, key, error);
  crypto_secretstream_xchacha20poly1305_init_push (&writer->state, writer->header, key);
  sodium_memzero (key, sizeof key);
  return good && put (writer, writer->header, sizeof writer->header, error);
}

gboolean
_guitu_sealed_write (GuituSealedWriter *writer,
                     gconstpointer data,
                     gsize length,
                     gboolean is_last,
                     GError **error)
{
  g_autofree guint8 *sealed = g_malloc (length + crypto_secretstream_xchacha20poly1305_ABYTES);
  unsigned long long sealed_length;
  guint32 stated;

  crypto_secretstream_xchacha20poly1305_push (&writer->state, sealed, &sealed_length, data, length, NULL, 0,
                                              is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                      : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  stated = GUINT32_TO_LE (sealed_length);
  return put (writer, &stated, sizeof stated, error) && put (writer, sealed, sealed_length, error);
}

gboolean
_guitu_sealed_finish (GuituSealedWriter *writer,
                      GError **error)
{
  gboolean is_written = fflush (writer->out) == 0 && fsync (fileno (writer->out)) == 0;

  if (!is_written)
    return fail_to_write (writer, error);
  if (fclose (g_steal_pointer (&writer->out)) != 0 || g_rename (writer->temporary, writer->path) != 0)
    return fail_to_write (writer, error);
  g_clear_pointer (&writer->temporary, g_free);
  _guitu_sync_folder_of (writer->path);
  return TRUE;
}

void
_guitu_sealed_writer_clear (GuituSealedWriter *writer)
{
  if (writer->out != NULL)
    fclose (g_steal_pointer (&writer->out));
  if (writer->temporary != NULL)
    g_unlink (writer->temporary);
  g_clear_pointer (&writer->temporary, g_free);
  g_clear_pointer (&writer->path, g_free);
  sodium_memzero (&writer->state, sizeof writer->state);
}

GBytes *
_guitu_bundle_sender_message (const guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES])
{
  static const char mark[] = "guitu-bundle-v1";
  GByteArray *message = g_byte_array_new ();

  g_byte_array_append (message, (const guint8 *) mark, strlen (mark));
  g_byte_array_append (message, header, crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  return g_byte_array_free_to_bytes (message);
}

/* --- Reading --------------------------------------------------------------------------------- */

static gboolean
take (GuituSealedReader *reader,
      gpointer bytes,
      gsize length,
      GError **error)
{
  if (fread (bytes, 1, length, reader->in) == length)
    return TRUE;
  if (ferror (reader->in))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "The file can't be read: %s", g_strerror (errno));
      return FALSE;
    }
  return fail (error, GUITU_DB_ERROR_INVALID, "The file was cut short; copy it again");
}

static gboolean
take_head (GuituSealedReader *reader,
           const char *magic,
           guint8 *mode,
           GError **error)
{
  guint8 head[MAGIC_LENGTH + 1];
  g_autoptr (GError) failure = NULL;

  if (!take (reader, head, sizeof head, &failure) && g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (failure == NULL && memcmp (head, magic, FAMILY_LENGTH) == 0 && head[FAMILY_LENGTH] > (guint8) magic[FAMILY_LENGTH] && g_ascii_isdigit (head[FAMILY_LENGTH]))
    return fail (error, GUITU_DB_ERROR_INVALID, "This file was made by a newer Guitu; update the program, then take it in again");
  if (failure != NULL || memcmp (head, magic, MAGIC_LENGTH) != 0)
    return fail (error, GUITU_DB_ERROR_INVALID, "This is no file that Guitu made for this purpose");
  *mode = head[MAGIC_LENGTH];
  return (*mode >= FOR_OWN_DESKS && *mode <= FOR_DESKS) ||
         fail (error, GUITU_DB_ERROR_INVALID, "This file is of a newer kind; update the program, then take it in again");
}

static GBytes *
take_sealed (GuituSealedReader *reader,
             GError **error)
{
  g_autofree guint8 *sealed = NULL;
  guint32 stated;
  gsize length;

  if (!take (reader, &stated, sizeof stated, error))
    return NULL;
  length = GUINT32_FROM_LE (stated);
  if (length < crypto_secretstream_xchacha20poly1305_ABYTES || length > CHUNK_LIMIT)
    return fail (error, GUITU_DB_ERROR_INVALID, "The file is damaged; copy it again"), NULL;
  sealed = g_malloc (length);
  if (!take (reader, sealed, length, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&sealed), length);
}

static gboolean
open_box (GuituSealedReader *reader,
          const guint8 sealed[SEALED_KEY_BYTES],
          const GuituKeys *keys)
{
  gboolean is_open = crypto_box_seal_open (reader->key, sealed, SEALED_KEY_BYTES, keys->box_public, keys->box_secret) == 0;

  for (guint i = 0; !is_open && i < keys->former->len; i++)
    {
      const GuituFormerKeys *former = &g_array_index (keys->former, GuituFormerKeys, i);

      is_open = crypto_box_seal_open (reader->key, sealed, SEALED_KEY_BYTES, former->box_public, former->box_secret) == 0;
    }
  return is_open;
}

static gboolean
take_for_station (GuituSealedReader *reader,
                  const GuituKeys *keys,
                  GError **error)
{
  guint8 sealed[SEALED_KEY_BYTES];

  if (!take (reader, sealed, sizeof sealed, error))
    return FALSE;
  return open_box (reader, sealed, keys) || fail (error, GUITU_DB_ERROR_UNTRUSTED, "This file is sealed for another station");
}

static gboolean
take_for_desks (GuituSealedReader *reader,
                const GuituKeys *keys,
                GError **error)
{
  guint8 box_public[crypto_box_PUBLICKEYBYTES];
  guint8 box_secret[crypto_box_SECRETKEYBYTES];
  guint8 locked[LOCKED_KEY_BYTES];
  gboolean is_open = FALSE;
  guint16 count;

  if (!take (reader, &count, sizeof count, error))
    return FALSE;
  if (GUINT16_FROM_LE (count) > DESKS_LIMIT || crypto_sign_ed25519_pk_to_curve25519 (box_public, keys->desk.public_key) != 0 ||
      crypto_sign_ed25519_sk_to_curve25519 (box_secret, keys->desk_secret) != 0)
    return fail (error, GUITU_DB_ERROR_INVALID, "The file is damaged; copy it again");
  for (guint i = 0; i < GUINT16_FROM_LE (count); i++)
    {
      guint8 sealed[SEALED_KEY_BYTES];

      if (!take (reader, sealed, sizeof sealed, error))
        return FALSE;
      is_open = is_open || crypto_box_seal_open (reader->key, sealed, sizeof sealed, box_public, box_secret) == 0;
    }
  sodium_memzero (box_secret, sizeof box_secret);
  if (!take (reader, locked, sizeof locked, error))
    return FALSE;
  return is_open ||
         crypto_secretbox_open_easy (reader->key, locked + crypto_secretbox_NONCEBYTES, sizeof locked - crypto_secretbox_NONCEBYTES, locked, keys->payload) == 0 ||
         fail (error, GUITU_DB_ERROR_UNTRUSTED, "This file is for other desks, or was made before this desk had its station's new keys");
}

/* Which payload key it is made with shows in its first chunk. What is made with a former one may be made by
 * a desk that ended. */
static gboolean
choose_payload (GuituSealedReader *reader,
                const GuituKeys *keys,
                GError **error)
{
  for (guint i = 0; i <= keys->former->len; i++)
    {
      const guint8 *payload = i == 0 ? keys->payload : g_array_index (keys->former, GuituFormerKeys, i - 1).payload;
      g_autoptr (GBytes) chunk = NULL;

      memcpy (reader->key, payload, sizeof reader->key);
      reader->is_from_own_station = i == 0;
      if (!_guitu_sealed_rewind (reader, error))
        return FALSE;
      chunk = keys->former->len == 0 ? NULL : _guitu_sealed_read (reader, NULL);
      if (chunk != NULL || keys->former->len == 0)
        return _guitu_sealed_rewind (reader, error);
    }
  return _guitu_sealed_rewind (reader, error);
}

gboolean
_guitu_sealed_rewind (GuituSealedReader *reader,
                      GError **error)
{
  reader->is_at_end = FALSE;
  if (fseek (reader->in, reader->first_chunk, SEEK_SET) != 0)
    return fail (error, GUITU_DB_ERROR_STORAGE, "The file can't be read twice");
  return crypto_secretstream_xchacha20poly1305_init_pull (&reader->state, reader->header, reader->key) == 0 ||
         fail (error, GUITU_DB_ERROR_INVALID, "The file is damaged; copy it again");
}

static gboolean
find_key (GuituSealedReader *reader,
          guint8 mode,
          const GuituKeys *keys,
          GError **error)
{
  reader->is_from_own_station = mode != FOR_STATION;
  if ((mode == FOR_STATION && !take_for_station (reader, keys, error)) ||
      (mode == FOR_DESKS && !take_for_desks (reader, keys, error)) || !take (reader, reader->header, sizeof reader->header, error))
    return FALSE;
  reader->first_chunk = ftell (reader->in);
  return mode == FOR_OWN_DESKS ? choose_payload (reader, keys, error) : _guitu_sealed_rewind (reader, error);
}

gboolean
_guitu_sealed_open (GuituSealedReader *reader,
                    const char *path,
                    const char *magic,
                    const GuituKeys *keys,
                    GError **error)
{
  guint8 mode = 0;

  memset (reader, 0, sizeof *reader);
  reader->in = fopen (path, "re");
  if (reader->in == NULL)
    {
      g_set_error (error, GUITU_DB_ERROR, errno == ENOENT || errno == ENOTDIR ? GUITU_DB_ERROR_NOT_FOUND : GUITU_DB_ERROR_STORAGE,
                   "%s can't be read: %s", path, g_strerror (errno));
      return FALSE;
    }
  return take_head (reader, magic, &mode, error) && find_key (reader, mode, keys, error);
}

/* Two bundles in one file would else be taken for the first. */
static gboolean
check_end (GuituSealedReader *reader,
           GError **error)
{
  return fgetc (reader->in) == EOF || fail (error, GUITU_DB_ERROR_INVALID, "Something follows the end of the file; copy it again");
}

GBytes *
_guitu_sealed_read (GuituSealedReader *reader,
                    GError **error)
{
  g_autoptr (GBytes) sealed = take_sealed (reader, error);
  g_autofree guint8 *plain = NULL;
  unsigned long long plain_length;
  unsigned char tag;
  gsize length;
  gconstpointer data;

  if (sealed == NULL)
    return NULL;
  data = g_bytes_get_data (sealed, &length);
  plain = g_malloc (length);
  if (crypto_secretstream_xchacha20poly1305_pull (&reader->state, plain, &plain_length, &tag, data, length, NULL, 0) != 0)
    return fail (error, GUITU_DB_ERROR_UNTRUSTED, "The file is damaged, or was made for another station"), NULL;
  reader->is_at_end = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  if (reader->is_at_end && !check_end (reader, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), plain_length);
}

void
_guitu_sealed_reader_clear (GuituSealedReader *reader)
{
  if (reader->in != NULL)
    fclose (g_steal_pointer (&reader->in));
  sodium_memzero (reader->key, sizeof reader->key);
  sodium_memzero (&reader->state, sizeof reader->state);
}
