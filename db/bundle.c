/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries in a file: "GTB1", whom it is for, and an encrypted stream (libsodium secretstream,
 * XChaCha20-Poly1305) of chunks, each a CBOR array of items: [1, station, number, public key,
 * certificate] for a desk, [2, body, signature] for an entry. The stream's final tag shows that
 * nothing was cut off. */

#include "db/ledger.h"

#include "db/encoding.h"
#include "db/receive-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

#define MAGIC "GTB1"
#define MAGIC_LENGTH 4
#define FOR_OWN_DESKS 1
#define FOR_STATION 2
#define ITEM_DESK 1
#define ITEM_ENTRY 2
#define CHUNK_BYTES (64 * 1024)
#define CHUNK_LIMIT (16 * 1024 * 1024)
#define SEALED_KEY_BYTES (crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES)

void
guitu_receipt_free (GuituReceipt *receipt)
{
  g_clear_pointer (&receipt->gaps, g_ptr_array_unref);
  g_free (receipt);
}

/* --- Writing --------------------------------------------------------------------------------- */

typedef struct
{
  GOutputStream *out;
  crypto_secretstream_xchacha20poly1305_state state;
  GByteArray *chunk;
  guint items;
} Writer;

static gboolean
flush (Writer *writer,
       guint8 tag,
       GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autofree guint8 *sealed = NULL;
  unsigned long long length;
  guint32 stated;
  gboolean good;

  guitu_cbor_put_array (plain, writer->items);
  g_byte_array_append (plain, writer->chunk->data, writer->chunk->len);
  sealed = g_malloc (plain->len + crypto_secretstream_xchacha20poly1305_ABYTES);
  crypto_secretstream_xchacha20poly1305_push (&writer->state, sealed, &length, plain->data, plain->len, NULL, 0, tag);
  stated = GUINT32_TO_LE (length);
  good = g_output_stream_write_all (writer->out, &stated, sizeof stated, NULL, NULL, error) &&
         g_output_stream_write_all (writer->out, sealed, length, NULL, NULL, error);
  g_byte_array_set_size (writer->chunk, 0);
  writer->items = 0;
  return good;
}

static gboolean
end_item (Writer *writer,
          GError **error)
{
  writer->items++;
  return writer->chunk->len < CHUNK_BYTES || flush (writer, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, error);
}

static gboolean
write_head (Writer *writer,
            const GuituKeys *keys,
            const guint8 *to_box_key,
            GError **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  guint8 sealed[SEALED_KEY_BYTES];
  guint8 mode = to_box_key == NULL ? FOR_OWN_DESKS : FOR_STATION;
  gboolean good;

  if (to_box_key == NULL)
    memcpy (key, keys->payload, sizeof key);
  else
    crypto_secretstream_xchacha20poly1305_keygen (key);
  good = g_output_stream_write_all (writer->out, MAGIC, MAGIC_LENGTH, NULL, NULL, error) &&
         g_output_stream_write_all (writer->out, &mode, 1, NULL, NULL, error);
  if (good && to_box_key != NULL)
    {
      crypto_box_seal (sealed, key, sizeof key, to_box_key);
      good = g_output_stream_write_all (writer->out, sealed, sizeof sealed, NULL, NULL, error);
    }
  crypto_secretstream_xchacha20poly1305_init_push (&writer->state, header, key);
  sodium_memzero (key, sizeof key);
  return good && g_output_stream_write_all (writer->out, header, sizeof header, NULL, NULL, error);
}

/* Either our own station's desks or all others. */
static gboolean
write_desks (Writer *writer,
             GuituTransaction *transaction,
             gboolean own,
             GError **error)
{
  g_autoptr (GPtrArray) desks = guitu_desks_list (transaction, error);
  const char *station = guitu_store_keys (transaction->store)->station;

  if (desks == NULL)
    return FALSE;
  for (guint i = 0; i < desks->len; i++)
    {
      const GuituDesk *desk = g_ptr_array_index (desks, i);

      if ((strcmp (desk->station, station) == 0) != own)
        continue;
      guitu_cbor_put_array (writer->chunk, 5);
      guitu_cbor_put_unsigned (writer->chunk, ITEM_DESK);
      guitu_cbor_put_text (writer->chunk, desk->station);
      guitu_cbor_put_integer (writer->chunk, desk->number);
      guitu_cbor_put_bytes (writer->chunk, desk->public_key, sizeof desk->public_key);
      guitu_cbor_put_bytes (writer->chunk, desk->certificate, sizeof desk->certificate);
      if (!end_item (writer, error))
        return FALSE;
    }
  return TRUE;
}

/* Entries go chain by chain, so that one signature serves a long run; but shared ones for other
 * stations by their clocks, so that a record's creation comes before any change of it. */
#define BY_CHAIN "e.desk, e.scope, e.sequence"
#define BY_CLOCK "e.clock, e.desk, e.sequence"
#define ENTRIES "SELECT e.body, e.signature FROM entry e JOIN desk d ON d.desk = e.desk WHERE "

static gboolean
write_entries (Writer *writer,
               GuituTransaction *transaction,
               const char *sql,
               guint64 *count,
               GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, guitu_store_keys (transaction->store)->station);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gsize length;
      gconstpointer bytes = guitu_statement_bytes (statement, 0, &length);

      guitu_cbor_put_array (writer->chunk, 3);
      guitu_cbor_put_unsigned (writer->chunk, ITEM_ENTRY);
      guitu_cbor_put_bytes (writer->chunk, bytes, length);
      bytes = guitu_statement_bytes (statement, 1, &length);
      guitu_cbor_put_bytes (writer->chunk, bytes, length);
      if (!end_item (writer, error))
        return FALSE;
      (*count)++;
    }
  return step == 0;
}

/* Our own station's entries come first: they hold the directory that makes the others' valid. */
static gboolean
write_all (Writer *writer,
           GuituTransaction *transaction,
           gboolean for_own_desks,
           guint64 *count,
           GError **error)
{
  if (!write_desks (writer, transaction, TRUE, error))
    return FALSE;
  if (!for_own_desks)
    return write_entries (writer, transaction, ENTRIES "e.scope = 'shared' AND d.station = ?1 ORDER BY " BY_CLOCK, count, error);
  return write_entries (writer, transaction, ENTRIES "d.station = ?1 ORDER BY " BY_CHAIN, count, error) &&
         write_desks (writer, transaction, FALSE, error) &&
         write_entries (writer, transaction, ENTRIES "d.station <> ?1 ORDER BY " BY_CLOCK, count, error);
}

/* Errors of files become errors of the store; @missing is what a file that is not there means. */
static void
translate_error (GError **error,
                 GuituDbError missing)
{
  g_autoptr (GError) from = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != G_IO_ERROR)
    return;
  from = g_steal_pointer (error);
  g_set_error_literal (error, GUITU_DB_ERROR,
                       from->code == G_IO_ERROR_NOT_FOUND ? missing : GUITU_DB_ERROR_STORAGE, from->message);
}

gboolean
guitu_bundle_export (GuituStore *store,
                     const char *path,
                     const guint8 *to_box_key,
                     guint64 *count,
                     GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) out = NULL;
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Writer writer = { .chunk = chunk };

  *count = 0;
  if (transaction == NULL)
    return FALSE;
  out = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  writer.out = G_OUTPUT_STREAM (out);
  if (out != NULL && write_head (&writer, guitu_store_keys (store), to_box_key, error) &&
      write_all (&writer, transaction, to_box_key == NULL, count, error) &&
      flush (&writer, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error) &&
      g_output_stream_close (writer.out, NULL, error))
    return TRUE;
  translate_error (error, GUITU_DB_ERROR_STORAGE);
  /* Closed so, the stream drops what it wrote and leaves an older file in its place. */
  g_cancellable_cancel (cancelled);
  if (out != NULL)
    g_output_stream_close (writer.out, cancelled, NULL);
  return FALSE;
}

/* --- Reading --------------------------------------------------------------------------------- */

static gboolean
fail (GError **error,
      GuituDbError code,
      const char *message)
{
  g_set_error_literal (error, GUITU_DB_ERROR, code, message);
  return FALSE;
}

static gboolean
take (GInputStream *in,
      gpointer bytes,
      gsize length,
      GError **error)
{
  gsize got;

  if (!g_input_stream_read_all (in, bytes, length, &got, NULL, error))
    return FALSE;
  return got == length || fail (error, GUITU_DB_ERROR_INVALID, "The bundle was cut short; copy it again");
}

/* Two bundles in one file would else be taken for the first. */
static gboolean
check_end (GInputStream *in,
           GError **error)
{
  guint8 byte;
  gssize got = g_input_stream_read (in, &byte, 1, NULL, error);

  return got == 0 || (got > 0 && fail (error, GUITU_DB_ERROR_INVALID, "Something follows the end of the bundle"));
}

static gboolean
read_key (GInputStream *in,
          const GuituKeys *keys,
          gboolean *is_from_own_station,
          guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
          GError **error)
{
  guint8 head[MAGIC_LENGTH + 1];
  guint8 sealed[SEALED_KEY_BYTES];

  if (!take (in, head, sizeof head, NULL) || memcmp (head, MAGIC, MAGIC_LENGTH) != 0)
    return fail (error, GUITU_DB_ERROR_INVALID, "This file is no bundle");
  if (head[MAGIC_LENGTH] == FOR_OWN_DESKS)
    {
      memcpy (key, keys->payload, crypto_secretstream_xchacha20poly1305_KEYBYTES);
      *is_from_own_station = TRUE;
      return TRUE;
    }
  if (head[MAGIC_LENGTH] != FOR_STATION)
    return fail (error, GUITU_DB_ERROR_INVALID, "This bundle is of a newer kind; update the program");
  if (!take (in, sealed, sizeof sealed, error))
    return FALSE;
  return crypto_box_seal_open (key, sealed, sizeof sealed, keys->box_public, keys->box_secret) == 0 ||
         fail (error, GUITU_DB_ERROR_UNTRUSTED, "This bundle is sealed for another station");
}

static gboolean
receive_desk (GuituReceiver *receiver,
              cbor_item_t *item,
              GError **error)
{
  GuituDesk desk = { 0 };
  gboolean good;

  if (!guitu_cbor_get_text (guitu_cbor_element (item, 1), &desk.station) ||
      !guitu_cbor_get_integer (guitu_cbor_element (item, 2), &desk.number) ||
      !guitu_cbor_get_bytes (guitu_cbor_element (item, 3), desk.public_key, sizeof desk.public_key) ||
      !guitu_cbor_get_bytes (guitu_cbor_element (item, 4), desk.certificate, sizeof desk.certificate))
    {
      guitu_desk_clear (&desk);
      return fail (error, GUITU_DB_ERROR_INVALID, "The bundle holds a malformed desk");
    }
  desk.desk = guitu_desk_id (desk.public_key);
  good = _guitu_receiver_add_desk (receiver, &desk, error);
  guitu_desk_clear (&desk);
  return good;
}

static gboolean
receive_entry (GuituReceiver *receiver,
               cbor_item_t *item,
               GError **error)
{
  cbor_item_t *body = guitu_cbor_element (item, 1);
  guint8 signature[GUITU_SIGNATURE_BYTES];
  g_autoptr (GBytes) bytes = NULL;

  if (body == NULL || !cbor_isa_bytestring (body) || !cbor_bytestring_is_definite (body) ||
      !guitu_cbor_get_bytes (guitu_cbor_element (item, 2), signature, sizeof signature))
    return fail (error, GUITU_DB_ERROR_INVALID, "The bundle holds a malformed entry");
  bytes = g_bytes_new (cbor_bytestring_handle (body), cbor_bytestring_length (body));
  return _guitu_receiver_add_entry (receiver, bytes, signature, error);
}

static gboolean
receive_chunk (GuituReceiver *receiver,
               const guint8 *plain,
               gsize length,
               GError **error)
{
  g_autoptr (cbor_item_t) items = guitu_cbor_read (plain, length, error);

  if (items == NULL)
    return FALSE;
  for (gsize i = 0; cbor_isa_array (items) && i < cbor_array_size (items); i++)
    {
      cbor_item_t *item = guitu_cbor_element (items, i);
      gint64 type = 0;

      guitu_cbor_get_integer (guitu_cbor_element (item, 0), &type);
      if (type == ITEM_DESK && !receive_desk (receiver, item, error))
        return FALSE;
      if (type == ITEM_ENTRY && !receive_entry (receiver, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
receive_stream (GuituReceiver *receiver,
                GInputStream *in,
                GError **error)
{
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  unsigned char tag = 0;

  if (!read_key (in, receiver->keys, &receiver->is_from_own_station, key, error) || !take (in, header, sizeof header, error))
    return FALSE;
  crypto_secretstream_xchacha20poly1305_init_pull (&state, header, key);
  sodium_memzero (key, sizeof key);
  while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
    {
      g_autofree guint8 *sealed = NULL;
      g_autofree guint8 *plain = NULL;
      unsigned long long plain_length;
      guint32 stated;
      gsize length;

      if (!take (in, &stated, sizeof stated, error))
        return FALSE;
      length = GUINT32_FROM_LE (stated);
      if (length < crypto_secretstream_xchacha20poly1305_ABYTES || length > CHUNK_LIMIT)
        return fail (error, GUITU_DB_ERROR_INVALID, "The bundle is damaged");
      sealed = g_malloc (length);
      plain = g_malloc (length);
      if (!take (in, sealed, length, error))
        return FALSE;
      if (crypto_secretstream_xchacha20poly1305_pull (&state, plain, &plain_length, &tag, sealed, length, NULL, 0) != 0)
        return fail (error, GUITU_DB_ERROR_UNTRUSTED, "The bundle is damaged, or was made for another station");
      if (!receive_chunk (receiver, plain, plain_length, error))
        return FALSE;
    }
  return check_end (in, error);
}

/* Imported entries were signed where they were made: nothing of our own is appended. */
static gboolean
receive_all (GuituTransaction *transaction,
             GInputStream *in,
             GuituReceipt *receipt,
             GError **error)
{
  GuituReceiver receiver;
  gboolean good;

  _guitu_receiver_init (&receiver, transaction->connection, guitu_store_keys (transaction->store));
  good = receive_stream (&receiver, in, error) && _guitu_receiver_finish (&receiver, error);
  _guitu_receiver_clear (&receiver);
  if (!good)
    return FALSE;
  receipt->added = receiver.added;
  receipt->known = receiver.known;
  receipt->gaps = _guitu_ledger_gaps (transaction->connection, error);
  return receipt->gaps != NULL && guitu_transaction_commit (transaction, error);
}

GuituReceipt *
guitu_bundle_import (GuituStore *store,
                     const char *path,
                     GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, error);
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituReceipt) receipt = g_new0 (GuituReceipt, 1);

  if (in == NULL)
    {
      translate_error (error, GUITU_DB_ERROR_NOT_FOUND);
      return NULL;
    }
  buffered = g_buffered_input_stream_new (G_INPUT_STREAM (in));
  transaction = guitu_store_write (store, NULL, "bundle import", error);
  if (transaction == NULL || !receive_all (transaction, buffered, receipt, error))
    {
      translate_error (error, GUITU_DB_ERROR_NOT_FOUND);
      return NULL;
    }
  return g_steal_pointer (&receipt);
}

GPtrArray *
guitu_desks_list (GuituTransaction *transaction,
                  GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) desks = g_ptr_array_new ();
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (transaction->connection, "SELECT desk FROM desk ORDER BY station, number", error);
  int step;

  if (statement == NULL)
    return NULL;
  g_ptr_array_set_free_func (desks, (GDestroyNotify) guitu_desk_free);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gint64 id = guitu_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  if (step < 0)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      GuituDesk *desk = g_new0 (GuituDesk, 1);

      g_ptr_array_add (desks, desk);
      if (_guitu_desk_find (transaction->connection, g_array_index (ids, gint64, i), desk, error) != 1)
        return NULL;
    }
  return g_steal_pointer (&desks);
}
