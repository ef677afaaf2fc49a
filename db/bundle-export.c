/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries into a file: see bundle-private.h for its form. */

#include "db/bundle-private.h"

#include "db/encoding.h"
#include "db/receive-private.h"
#include "db/stations-private.h"

#include <string.h>

#define PROGRESS_EVERY 500

typedef struct
{
  GuituSealedWriter *out;
  GuituTransaction *transaction;
  const GuituExport *how;
  GByteArray *chunk;
  guint items;
  guint64 done;
  guint64 total;
} Writer;

static gboolean
flush (Writer *writer,
       gboolean is_last,
       GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  gboolean good;

  guitu_cbor_put_array (plain, writer->items);
  g_byte_array_append (plain, writer->chunk->data, writer->chunk->len);
  good = _guitu_sealed_write (writer->out, plain->data, plain->len, is_last, error);
  g_byte_array_set_size (writer->chunk, 0);
  writer->items = 0;
  return good;
}

static gboolean
end_item (Writer *writer,
          GError **error)
{
  writer->items++;
  return writer->chunk->len < GUITU_SEALED_CHUNK_BYTES || flush (writer, FALSE, error);
}

/* Either our own station's desks or all others. */
static gboolean
write_desks (Writer *writer,
             gboolean own,
             GError **error)
{
  g_autoptr (GPtrArray) desks = guitu_desks_list (writer->transaction, error);
  const char *station = guitu_transaction_keys (writer->transaction)->station;

  if (desks == NULL)
    return FALSE;
  for (guint i = 0; i < desks->len; i++)
    {
      const GuituDesk *desk = g_ptr_array_index (desks, i);

      if ((strcmp (desk->station, station) == 0) != own)
        continue;
      guitu_cbor_put_array (writer->chunk, 5);
      guitu_cbor_put_unsigned (writer->chunk, GUITU_BUNDLE_DESK);
      guitu_cbor_put_text (writer->chunk, desk->station);
      guitu_cbor_put_integer (writer->chunk, desk->number);
      guitu_cbor_put_bytes (writer->chunk, desk->public_key, sizeof desk->public_key);
      guitu_cbor_put_bytes (writer->chunk, desk->certificate, sizeof desk->certificate);
      if (!end_item (writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_sender (Writer *writer,
              GError **error)
{
  const GuituKeys *keys = guitu_transaction_keys (writer->transaction);
  g_autoptr (GBytes) message = _guitu_bundle_sender_message (writer->out->header);
  guint8 signature[GUITU_SIGNATURE_BYTES];
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  crypto_sign_detached (signature, NULL, data, length, keys->desk_secret);
  guitu_cbor_put_array (writer->chunk, 3);
  guitu_cbor_put_unsigned (writer->chunk, GUITU_BUNDLE_SENDER);
  guitu_cbor_put_integer (writer->chunk, keys->desk.desk);
  guitu_cbor_put_bytes (writer->chunk, signature, sizeof signature);
  return end_item (writer, error);
}

/* Entries go chain by chain, so that one signature serves a long run; but shared ones for other
 * stations by their clocks, so that a record's creation comes before any change of it. What came after
 * its desk's end goes along: only so do all who hold the ledger judge alike. */
#define BY_CHAIN " ORDER BY e.desk, e.scope, e.sequence"
#define BY_CLOCK " ORDER BY e.clock, e.desk, e.sequence"
#define ALL_ENTRIES \
  "(SELECT desk, scope, sequence, clock, body, signature FROM entry UNION ALL SELECT desk, scope, sequence, clock, body, signature FROM refused_entry)"

/* ?1: our own station; ?2: its mailbox for the receiver; ?3: the receiver whose marks tell what it was given. */
#define SINCE " AND e.sequence > coalesce ((SELECT m.sequence FROM export_mark m WHERE m.receiver = ?3 AND m.desk = e.desk AND m.scope = e.scope), 0)"
#define OF_OWN " e JOIN desk d ON d.desk = e.desk WHERE d.station = ?1 AND ?2 IS NULL" SINCE
#define OF_OTHERS " e JOIN desk d ON d.desk = e.desk WHERE d.station <> ?1 AND ?2 IS NULL" SINCE
#define FOR_STATION " e JOIN desk d ON d.desk = e.desk WHERE d.station = ?1 AND e.scope IN ('shared', ?2)" SINCE
/* What others need before all else: first new keys of stations, then ends of desks. */
#define ENTRIES_OF_ROWS(kind) \
  "(SELECT desk, scope, sequence, clock, body, signature FROM entry WHERE number IN (SELECT r.entry FROM " kind " k JOIN entry_row r ON r.id = k.id))"
#define ENTRIES "SELECT e.body, e.signature FROM "
#define COUNT "SELECT count (*) FROM "

static GuituStatement *
prepare (Writer *writer,
         const char *sql,
         const char *mailbox,
         GError **error)
{
  GuituStatement *statement = guitu_connection_prepare (writer->transaction->connection, sql, error);
  const GuituExport *how = writer->how;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_text (statement, 1, guitu_transaction_keys (writer->transaction)->station);
  guitu_statement_bind_text (statement, 2, mailbox);
  guitu_statement_bind_text (statement, 3, !how->since_last ? NULL : (how->to == NULL ? "" : how->to->code));
  return statement;
}

static gboolean
tell_progress (Writer *writer,
               GError **error)
{
  return writer->how->progress == NULL || writer->how->progress (writer->done, writer->total, writer->how->data, error);
}

static gboolean
write_entries (Writer *writer,
               const char *sql,
               const char *mailbox,
               GError **error)
{
  g_autoptr (GuituStatement) statement = prepare (writer, sql, mailbox, error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gsize length;
      gconstpointer bytes = guitu_statement_bytes (statement, 0, &length);

      guitu_cbor_put_array (writer->chunk, 3);
      guitu_cbor_put_unsigned (writer->chunk, GUITU_BUNDLE_ENTRY);
      guitu_cbor_put_bytes (writer->chunk, bytes, length);
      bytes = guitu_statement_bytes (statement, 1, &length);
      guitu_cbor_put_bytes (writer->chunk, bytes, length);
      if (!end_item (writer, error))
        return FALSE;
      writer->done++;
      if (writer->done % PROGRESS_EVERY == 0 && !tell_progress (writer, error))
        return FALSE;
    }
  return step == 0;
}

/* They come again among the others, and count there. */
static gboolean
write_key_entries (Writer *writer,
                   const char *sql,
                   const char *mailbox,
                   GError **error)
{
  guint64 before = writer->done;
  gboolean good = write_entries (writer, sql, mailbox, error);

  writer->done = before;
  return good;
}

static gboolean
count_entries (Writer *writer,
               const char *sql,
               const char *mailbox,
               GError **error)
{
  g_autoptr (GuituStatement) statement = prepare (writer, sql, mailbox, error);

  if (statement == NULL || guitu_statement_step (statement, error) != 1)
    return FALSE;
  writer->total += guitu_statement_integer (statement, 0);
  return TRUE;
}

/* Our own station's entries come first: they hold the directory that makes the others' valid. */
static gboolean
write_all (Writer *writer,
           GError **error)
{
  const GuituPeer *to = writer->how->to;
  g_autofree char *mailbox = to == NULL ? NULL : g_strconcat (GUITU_SCOPE_NAME_TO, to->code, NULL);

  if (!write_desks (writer, TRUE, error) || !write_sender (writer, error))
    return FALSE;
  if (to != NULL)
    return count_entries (writer, COUNT ALL_ENTRIES FOR_STATION, mailbox, error) &&
           write_key_entries (writer, ENTRIES ENTRIES_OF_ROWS ("rotation") FOR_STATION BY_CLOCK, mailbox, error) && write_key_entries (writer, ENTRIES ENTRIES_OF_ROWS ("desk_end") FOR_STATION BY_CLOCK, mailbox, error) &&
           write_entries (writer, ENTRIES ALL_ENTRIES FOR_STATION BY_CLOCK, mailbox, error);
  return count_entries (writer, COUNT ALL_ENTRIES OF_OWN, NULL, error) &&
         count_entries (writer, COUNT ALL_ENTRIES OF_OTHERS, NULL, error) &&
         write_key_entries (writer, ENTRIES ENTRIES_OF_ROWS ("rotation") OF_OWN BY_CLOCK, NULL, error) && write_key_entries (writer, ENTRIES ENTRIES_OF_ROWS ("desk_end") OF_OWN BY_CLOCK, NULL, error) &&
         write_entries (writer, ENTRIES "entry" OF_OWN BY_CHAIN, NULL, error) &&
         write_entries (writer, ENTRIES "refused_entry" OF_OWN BY_CHAIN, NULL, error) &&
         write_desks (writer, FALSE, error) &&
         write_key_entries (writer, ENTRIES ENTRIES_OF_ROWS ("rotation") OF_OTHERS BY_CLOCK, NULL, error) && write_key_entries (writer, ENTRIES ENTRIES_OF_ROWS ("desk_end") OF_OTHERS BY_CLOCK, NULL, error) &&
         write_entries (writer, ENTRIES ALL_ENTRIES OF_OTHERS BY_CLOCK, NULL, error);
}

/* --- What the receiver was given ------------------------------------------------------------- */

typedef struct
{
  gint64 desk;
  char *scope;
  gint64 sequence;
} Mark;

static void
mark_clear (gpointer data)
{
  g_free (((Mark *) data)->scope);
}

/* A chain with gaps counts as not given at all: what fills them must go along when it is there. */
static GArray *
read_marks (GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT desk, scope, max (sequence) FROM (SELECT desk, scope, sequence FROM entry UNION ALL SELECT desk, scope, sequence FROM refused_entry)"
      " GROUP BY desk, scope HAVING count (*) = max (sequence)",
      error);
  int step;

  g_array_set_clear_func (marks, mark_clear);
  if (statement == NULL)
    return NULL;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      Mark mark = { guitu_statement_integer (statement, 0), g_strdup (guitu_statement_text (statement, 1)), guitu_statement_integer (statement, 2) };

      g_array_append_val (marks, mark);
    }
  return step == 0 ? g_steal_pointer (&marks) : NULL;
}

static gboolean
write_mark (GuituConnection *connection,
            const char *receiver,
            const Mark *mark,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "INSERT OR REPLACE INTO export_mark (receiver, desk, scope, sequence) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, receiver);
  guitu_statement_bind_integer (statement, 2, mark->desk);
  guitu_statement_bind_text (statement, 3, mark->scope);
  guitu_statement_bind_integer (statement, 4, mark->sequence);
  return guitu_statement_run (statement, error);
}

/* That it could not be noted makes the next bundle bigger, and harms nothing. */
static void
write_marks (GuituStore *store,
             const char *receiver,
             GArray *marks)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "bundle export", NULL);
  gboolean good = transaction != NULL;

  for (guint i = 0; good && i < marks->len; i++)
    good = write_mark (transaction->connection, receiver, &g_array_index (marks, Mark, i), NULL);
  if (good)
    guitu_transaction_commit (transaction, NULL);
}

GPtrArray *
_guitu_sealed_desks (GuituTransaction *transaction,
                     gboolean *good,
                     GError **error)
{
  const GuituKeys *keys = guitu_transaction_keys (transaction);
  g_autoptr (GPtrArray) desks = keys->former->len == 0 ? NULL : guitu_desks_list (transaction, error);

  *good = desks != NULL || keys->former->len == 0;
  for (guint i = 0; desks != NULL && i < desks->len;)
    {
      const GuituDesk *desk = g_ptr_array_index (desks, i);
      gboolean ended = FALSE;

      *good = *good && guitu_desk_is_ended (transaction, desk, &ended, error);
      if (ended || strcmp (desk->station, keys->station) != 0)
        g_ptr_array_remove_index (desks, i);
      else
        i++;
    }
  return g_steal_pointer (&desks);
}

/* --- The whole ------------------------------------------------------------------------------- */

static GArray *
export_picture (GuituStore *store,
                const char *path,
                const GuituExport *how,
                guint64 *count,
                GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  g_autoptr (GArray) marks = transaction == NULL ? NULL : read_marks (transaction, error);
  gboolean good = marks != NULL;
  g_autoptr (GPtrArray) desks = good ? _guitu_sealed_desks (transaction, &good, error) : NULL;
  g_auto (GuituSealedWriter) out = { 0 };
  Writer writer = { .out = &out, .transaction = transaction, .how = how, .chunk = chunk };

  if (!good || !_guitu_sealed_create (&out, path, GUITU_BUNDLE_MAGIC, guitu_store_keys (store), how->to, desks, error) ||
      !write_all (&writer, error) || !flush (&writer, TRUE, error) || !tell_progress (&writer, error) || !_guitu_sealed_finish (&out, error))
    return NULL;
  *count = writer.done;
  return g_steal_pointer (&marks);
}

gboolean
guitu_bundle_export_as (GuituStore *store,
                        const char *path,
                        const GuituExport *how,
                        guint64 *count,
                        GError **error)
{
  g_autoptr (GArray) marks = NULL;

  *count = 0;
  marks = export_picture (store, path, how, count, error);
  if (marks == NULL)
    return FALSE;
  write_marks (store, how->to == NULL ? "" : how->to->code, marks);
  return TRUE;
}

gboolean
guitu_bundle_export (GuituStore *store,
                     const char *path,
                     const GuituPeer *to,
                     guint64 *count,
                     GError **error)
{
  const GuituExport how = { .to = to };

  return guitu_bundle_export_as (store, path, &how, count, error);
}
