/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries out of a file. The whole file is read once to see that it is complete and was altered by
 * nobody; only then is anything taken in: a small bundle all or none, a big one in steps, between which
 * the desk works on, and after which an interrupted import goes on. */

#include "db/bundle-private.h"

#include "db/encoding.h"
#include "db/ends-private.h"
#include "db/receive-private.h"
#include "db/stations.h"

#include <string.h>

#define ENTRIES_PER_STEP 2000

void
guitu_receipt_free (GuituReceipt *receipt)
{
  g_clear_pointer (&receipt->gaps, g_ptr_array_unref);
  g_clear_pointer (&receipt->refused, g_ptr_array_unref);
  g_free (receipt);
}

typedef struct
{
  GuituStore *store;
  GuituSealedReader in;
  GuituReceiver receiver;
  GuituReceipt *receipt;
  GuituProgress progress;
  gpointer data;
  GPtrArray *pending; /* desks of steps before */
  guint64 done;
  guint64 total;
} Import;

static gboolean
fail (GError **error,
      GuituDbError code,
      const char *message)
{
  g_set_error_literal (error, GUITU_DB_ERROR, code, message);
  return FALSE;
}

/* --- Items ----------------------------------------------------------------------------------- */

static gboolean
receive_desk (Import *import,
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
  good = _guitu_receiver_expect_desk (&import->receiver, &desk, error);
  guitu_desk_clear (&desk);
  return good;
}

static gboolean
check_sender (Import *import,
              const GuituDesk *desk,
              const guint8 signature[GUITU_SIGNATURE_BYTES],
              GError **error)
{
  g_autoptr (GBytes) message = _guitu_bundle_sender_message (import->in.header);
  gint64 limit;
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  if (crypto_sign_verify_detached (signature, data, length, desk->public_key) != 0)
    return fail (error, GUITU_DB_ERROR_UNTRUSTED, "The desk that this bundle names as its maker did not make it");
  if (!_guitu_chain_limit (import->receiver.connection, desk->desk, desk->station, "", &limit, error))
    return FALSE;
  return limit == G_MAXINT64 ||
         _guitu_refuse (error, "This bundle was made by desk %" G_GINT64_FORMAT " of station %s, which its station ended; nothing of it was taken",
                        desk->number, desk->station);
}

/* One that nobody here vouches for yet is judged with the entries. One of the own station is known from now on, even if it
 * has written nothing yet: so new keys reach it. */
static gboolean
check_pending_sender (Import *import,
                      const GuituDesk *desk,
                      const guint8 signature[GUITU_SIGNATURE_BYTES],
                      GError **error)
{
  if (!_guitu_receiver_knows_desk (&import->receiver, desk))
    return TRUE;
  return check_sender (import, desk, signature, error) &&
         (strcmp (desk->station, import->receiver.keys->station) != 0 || _guitu_receiver_resolve (&import->receiver, desk->desk, error));
}

static gboolean
receive_sender (Import *import,
                cbor_item_t *item,
                GError **error)
{
  guint8 signature[GUITU_SIGNATURE_BYTES];
  GuituDesk desk = { 0 };
  gboolean good;
  gint64 id;
  int found;

  if (!guitu_cbor_get_integer (guitu_cbor_element (item, 1), &id) ||
      !guitu_cbor_get_bytes (guitu_cbor_element (item, 2), signature, sizeof signature))
    return fail (error, GUITU_DB_ERROR_INVALID, "The bundle holds a malformed item");
  for (guint i = 0; i < import->receiver.pending->len; i++)
    {
      const GuituDesk *pending = g_ptr_array_index (import->receiver.pending, i);

      if (pending->desk == id)
        return check_pending_sender (import, pending, signature, error);
    }
  found = _guitu_desk_find (import->receiver.connection, id, &desk, error);
  good = found == 1 && check_sender (import, &desk, signature, error);
  guitu_desk_clear (&desk);
  return good || (found == 0 && fail (error, GUITU_DB_ERROR_UNTRUSTED, "This bundle was made by a desk that is not known here"));
}

static gboolean
receive_entry (Import *import,
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
  import->done++;
  return _guitu_receiver_add_entry (&import->receiver, bytes, signature, error);
}

static gint64
item_type (cbor_item_t *item)
{
  gint64 type = 0;

  guitu_cbor_get_integer (guitu_cbor_element (item, 0), &type);
  return type;
}

/* Sorts of items that a later version adds are passed over. */
static gboolean
receive_item (Import *import,
              cbor_item_t *item,
              GError **error)
{
  switch (item_type (item))
    {
    case GUITU_BUNDLE_DESK:
      return receive_desk (import, item, error);
    case GUITU_BUNDLE_ENTRY:
      return receive_entry (import, item, error);
    case GUITU_BUNDLE_SENDER:
      return receive_sender (import, item, error);
    default:
      return TRUE;
    }
}

/* --- Chunks ---------------------------------------------------------------------------------- */

static cbor_item_t *
read_items (Import *import,
            GError **error)
{
  g_autoptr (GBytes) plain = _guitu_sealed_read (&import->in, error);
  gconstpointer data;
  gsize length;

  if (plain == NULL)
    return NULL;
  data = g_bytes_get_data (plain, &length);
  return guitu_cbor_read (data, length, error);
}

/* Sees the whole file before anything is written. */
static gboolean
survey (Import *import,
        GError **error)
{
  while (!import->in.is_at_end)
    {
      g_autoptr (cbor_item_t) items = read_items (import, error);

      if (items == NULL)
        return FALSE;
      for (gsize i = 0; cbor_isa_array (items) && i < cbor_array_size (items); i++)
        import->total += item_type (guitu_cbor_element (items, i)) == GUITU_BUNDLE_ENTRY;
    }
  return _guitu_sealed_rewind (&import->in, error);
}

static gboolean
receive_chunk (Import *import,
               GError **error)
{
  g_autoptr (cbor_item_t) items = read_items (import, error);

  if (items == NULL)
    return FALSE;
  for (gsize i = 0; cbor_isa_array (items) && i < cbor_array_size (items); i++)
    if (!receive_item (import, guitu_cbor_element (items, i), error))
      return FALSE;
  return import->progress == NULL || import->progress (import->done, import->total, import->data, error);
}

/* --- Steps ----------------------------------------------------------------------------------- */

static gboolean
receive_step (Import *import,
              GError **error)
{
  guint64 until = import->done + ENTRIES_PER_STEP;
  gboolean is_small = import->total <= ENTRIES_PER_STEP;

  while (!import->in.is_at_end && (is_small || import->done < until))
    if (!receive_chunk (import, error))
      return FALSE;
  import->receiver.goes_on = !import->in.is_at_end;
  return _guitu_receiver_finish (&import->receiver, error);
}

static void
note_step (GuituReceipt *receipt,
           GuituReceiver *receiver)
{
  receipt->added += receiver->added;
  receipt->known += receiver->known;
  for (guint i = 0; i < receiver->refused->len; i++)
    g_ptr_array_add (receipt->refused, g_strdup (g_ptr_array_index (receiver->refused, i)));
}

/* Imported entries were signed where they were made: nothing of our own is appended. */
static gboolean
run_step (Import *import,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (import->store, NULL, "bundle import", error);
  gboolean good;

  if (transaction == NULL)
    return FALSE;
  _guitu_receiver_init (&import->receiver, transaction->connection, guitu_store_keys (import->store));
  import->receiver.is_from_own_station = import->in.is_from_own_station;
  if (import->pending != NULL)
    {
      g_ptr_array_unref (import->receiver.pending);
      import->receiver.pending = g_steal_pointer (&import->pending);
    }
  good = receive_step (import, error) && guitu_transaction_commit (transaction, error);
  if (good)
    {
      note_step (import->receipt, &import->receiver);
      import->pending = g_steal_pointer (&import->receiver.pending);
    }
  _guitu_receiver_clear (&import->receiver);
  return good;
}

static gboolean
list_gaps (GuituStore *store,
           GuituReceipt *receipt,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);

  receipt->gaps = transaction == NULL ? NULL : _guitu_ledger_gaps (transaction->connection, error);
  return receipt->gaps != NULL;
}

GuituReceipt *
guitu_bundle_import_telling (GuituStore *store,
                             const char *path,
                             GuituProgress progress,
                             gpointer data,
                             GError **error)
{
  g_autoptr (GuituReceipt) receipt = g_new0 (GuituReceipt, 1);
  Import import = { .store = store, .receipt = receipt, .progress = progress, .data = data };
  gboolean adopted;
  gboolean good;

  receipt->refused = g_ptr_array_new_with_free_func (g_free);
  good = _guitu_sealed_open (&import.in, path, GUITU_BUNDLE_MAGIC, guitu_store_keys (store), error) && survey (&import, error);
  while (good && !import.in.is_at_end)
    good = run_step (&import, error);
  _guitu_sealed_reader_clear (&import.in);
  g_clear_pointer (&import.pending, g_ptr_array_unref);
  good = good && guitu_store_follow_rotation (store, &adopted, error);
  return good && list_gaps (store, receipt, error) ? g_steal_pointer (&receipt) : NULL;
}

GuituReceipt *
guitu_bundle_import (GuituStore *store,
                     const char *path,
                     GError **error)
{
  return guitu_bundle_import_telling (store, path, NULL, NULL, error);
}
