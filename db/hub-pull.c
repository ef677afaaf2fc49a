/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is new at the hub comes here. What does not verify, or is missing, is noted with its chain and does
 * not stop the others. */

#include "db/hub-pull-private.h"

#include "db/encoding.h"
#include "db/receive-private.h"

#include <string.h>

#define PAGE_BATCHES 128
#define COMMIT_ENTRIES 2000
#define OVERLAP_MS (10 * 60 * G_GINT64_CONSTANT (1000)) /* longer than any transaction at the hub lasts */

static void
wanted_free (gpointer data)
{
  GuituHubWanted *wanted = data;

  g_free (wanted->station);
  g_free (wanted->scope);
  g_free (wanted);
}

/* --- Writing here ---------------------------------------------------------------------------- */

/* Short transactions: somebody may be typing. */
GuituConnection *
_guitu_hub_pull_begin (GuituHubPull *pull,
                       GError **error)
{
  if (pull->transaction == NULL)
    pull->transaction = guitu_store_write (pull->sync->store, NULL, "hub sync", error);
  return pull->transaction == NULL ? NULL : pull->transaction->connection;
}

gboolean
_guitu_hub_pull_commit (GuituHubPull *pull,
                        GError **error)
{
  gboolean is_kept = pull->transaction == NULL || guitu_transaction_commit (pull->transaction, error);

  g_clear_pointer (&pull->transaction, guitu_transaction_free);
  pull->since_commit = 0;
  return is_kept;
}

gboolean
_guitu_hub_pull_note_problem (GuituHubPull *pull,
                              gint64 desk,
                              const char *scope,
                              const char *code,
                              const char *words,
                              GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);

  return connection != NULL && _guitu_hub_note_problem (connection, desk, scope, code, words, error);
}

/* --- Batches --------------------------------------------------------------------------------- */

guint64
_guitu_hub_begin_batch (GBytes *plain,
                        GuituCborReader *reader)
{
  gsize length;
  guint64 count;

  reader->at = g_bytes_get_data (plain, &length);
  reader->end = reader->at + length;
  return guitu_cbor_next_array (reader, &count) ? count : 0;
}

gboolean
_guitu_hub_next_entry (GuituCborReader *reader,
                       GBytes *plain,
                       GBytes **body,
                       const guint8 **signature,
                       GError **error)
{
  guint64 items;
  const guint8 *bytes;
  gsize body_length;
  gsize signature_length;

  if (!guitu_cbor_next_array (reader, &items) || items != 2 || !guitu_cbor_next_bytes (reader, &bytes, &body_length) ||
      !guitu_cbor_next_bytes (reader, signature, &signature_length) || signature_length != GUITU_SIGNATURE_BYTES)
    return _guitu_refuse (error, "A batch holds a malformed entry");
  *body = g_bytes_new_from_bytes (plain, bytes - (const guint8 *) g_bytes_get_data (plain, NULL), body_length);
  return TRUE;
}

static gboolean
receive_batch (GuituReceiver *receiver,
               GBytes *plain,
               GError **error)
{
  GuituCborReader reader;
  guint64 count = _guitu_hub_begin_batch (plain, &reader);

  for (guint64 i = 0; i < count; i++)
    {
      g_autoptr (GBytes) body = NULL;
      const guint8 *signature;

      if (!_guitu_hub_next_entry (&reader, plain, &body, &signature, error) || !_guitu_receiver_add_entry (receiver, body, signature, error))
        return FALSE;
    }
  return count > 0 || _guitu_refuse (error, "A batch holds no entries");
}

/* One batch after another of one chain: rows @from up to @to of the page. */
static gboolean
receive_rows (GuituHubPull *pull,
              GuituHubWanted *wanted,
              const PGresult *page,
              int from,
              int to,
              GuituReceiver *receiver,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean is_broken = FALSE;
  gint64 known = wanted->known;

  for (int row = from; row < to; row++)
    {
      const GuituBatch batch = { wanted->desk, wanted->scope, _guitu_hub_integer (page, row, 2), _guitu_hub_integer (page, row, 3) };
      gsize length;
      const guint8 *payload = _guitu_hub_bytes (page, row, 4, &length);
      g_autoptr (GBytes) plain = NULL;

      is_broken |= batch.first > known + 1;
      if (batch.last <= known || batch.first > known + 1)
        continue;
      g_clear_error (&failure);
      plain = _guitu_batch_open (&batch, &pull->sync->keys, payload, length, &failure);
      if (plain == NULL)
        continue; /* a copy of it may follow */
      if (!receive_batch (receiver, plain, error))
        return FALSE;
      known = batch.last;
    }
  if (known == wanted->known && failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (known == wanted->known && is_broken)
    {
      wanted->has_hole = TRUE;
      _guitu_refuse (error, "Entries from %" G_GINT64_FORMAT " on are missing at the hub; their desk sends them again when it next compares", known + 1);
      return FALSE;
    }
  if (known == wanted->known)
    return TRUE; /* copies of what came before */
  if (!_guitu_receiver_finish (receiver, error))
    return FALSE;
  wanted->known = known;
  return TRUE;
}

gboolean
_guitu_hub_is_of_entries (const GError *error)
{
  return g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED) ||
         g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
}

static gboolean
tell_progress (GuituHubPull *pull,
               GError **error)
{
  const GuituHub *hub = pull->sync->hub;

  return hub->progress == NULL || !pull->is_long || hub->progress (pull->sync->report->pulled, pull->total, hub->progress_data, error);
}

/* All of that stretch of a chain, or nothing of it. */
static gboolean
receive_chain (GuituHubPull *pull,
               GuituHubWanted *wanted,
               const PGresult *page,
               int from,
               int to,
               GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  g_autoptr (GError) failure = NULL;
  gint64 known = wanted->known;
  GuituReceiver receiver;
  gboolean good;

  if (connection == NULL || !guitu_connection_run (connection, "SAVEPOINT chain", error))
    return FALSE;
  _guitu_receiver_init (&receiver, connection, pull->sync->keys.own);
  good = receive_rows (pull, wanted, page, from, to, &receiver, &failure);
  pull->since_commit += good ? receiver.added : 0;
  pull->sync->report->pulled += good ? receiver.added : 0;
  _guitu_receiver_clear (&receiver);
  if (!good && !_guitu_hub_is_of_entries (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  wanted->has_failed = !good;
  wanted->known = good ? wanted->known : known;
  return guitu_connection_run (connection, good ? "RELEASE chain" : "ROLLBACK TO chain; RELEASE chain", error) &&
         _guitu_hub_pull_note_problem (pull, wanted->desk, wanted->scope, good ? NULL : wanted->has_hole ? GUITU_HUB_MISSING
                                                                                                         : GUITU_HUB_UNVERIFIED,
                                       good ? NULL : failure->message, error) &&
         (pull->since_commit < COMMIT_ENTRIES || (_guitu_hub_pull_commit (pull, error) && tell_progress (pull, error)));
}

static GuituHubWanted *
find_wanted (GuituHubPull *pull,
             gint64 desk,
             const char *scope)
{
  for (guint i = 0; i < pull->wanted->len; i++)
    {
      GuituHubWanted *wanted = g_ptr_array_index (pull->wanted, i);

      if (wanted->desk == desk && strcmp (wanted->scope, scope) == 0)
        return wanted;
    }
  return NULL;
}

/* Where a stretch of one chain ends that is short enough for one transaction. */
static int
end_of_stretch (const PGresult *page,
                int from)
{
  gint64 desk = _guitu_hub_integer (page, from, 0);
  const char *scope = _guitu_hub_text (page, from, 1);
  gint64 entries = 0;
  int to = from;

  while (to < PQntuples (page) && entries < COMMIT_ENTRIES && _guitu_hub_integer (page, to, 0) == desk && strcmp (_guitu_hub_text (page, to, 1), scope) == 0)
    {
      entries += MAX (_guitu_hub_integer (page, to, 3) - _guitu_hub_integer (page, to, 2) + 1, 1);
      to++;
    }
  return to;
}

static gboolean
receive_page (GuituHubPull *pull,
              const PGresult *page,
              GError **error)
{
  int n_rows = PQntuples (page);

  for (int from = 0, to; from < n_rows; from = to)
    {
      GuituHubWanted *wanted = find_wanted (pull, _guitu_hub_integer (page, from, 0), _guitu_hub_text (page, from, 1));

      to = end_of_stretch (page, from);
      if (wanted != NULL && !wanted->has_failed && !receive_chain (pull, wanted, page, from, to, error))
        return FALSE;
    }
  return TRUE;
}

void
_guitu_hub_array_add_text (GString *array,
                           const char *text)
{
  g_autofree char *quoted = g_strescape (text, NULL);

  g_string_append_printf (array, "%s\"%s\"", array->len > 1 ? "," : "", quoted);
}

void
_guitu_hub_array_add_integer (GString *array,
                              gint64 value)
{
  g_string_append_printf (array, "%s%" G_GINT64_FORMAT, array->len > 1 ? "," : "", value);
}

/* The chains that are asked for, as PostgreSQL's arrays: stations, desks, scopes, what is known, rank. */
static void
add_wanted (GuituHubPull *pull,
            GuituHubParameters *parameters)
{
  g_autoptr (GString) stations = g_string_new ("{");
  g_autoptr (GString) desks = g_string_new ("{");
  g_autoptr (GString) scopes = g_string_new ("{");
  g_autoptr (GString) known = g_string_new ("{");
  g_autoptr (GString) ranks = g_string_new ("{");
  GString *const all[] = { stations, desks, scopes, known, ranks };

  for (guint i = 0; i < pull->wanted->len; i++)
    {
      const GuituHubWanted *wanted = g_ptr_array_index (pull->wanted, i);

      if (wanted->has_failed || wanted->known >= wanted->last)
        continue;
      _guitu_hub_array_add_text (stations, wanted->station);
      _guitu_hub_array_add_integer (desks, wanted->desk);
      _guitu_hub_array_add_text (scopes, wanted->scope);
      _guitu_hub_array_add_integer (known, wanted->known);
      _guitu_hub_array_add_integer (ranks, wanted->rank);
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_string_append_c (all[i], '}');
      _guitu_hub_add_text (parameters, all[i]->str);
    }
}

static gboolean
has_wanted (GuituHubPull *pull)
{
  for (guint i = 0; i < pull->wanted->len; i++)
    {
      const GuituHubWanted *wanted = g_ptr_array_index (pull->wanted, i);

      if (!wanted->has_failed && wanted->known < wanted->last)
        return TRUE;
    }
  return FALSE;
}

/* A head whose batches are not there: the transaction that brings both is one, so they were taken out. */
static gboolean
note_missing (GuituHubPull *pull,
              GError **error)
{
  for (guint i = 0; i < pull->wanted->len; i++)
    {
      GuituHubWanted *wanted = g_ptr_array_index (pull->wanted, i);
      g_autofree char *text = NULL;

      if (wanted->has_failed || wanted->known >= wanted->last)
        continue;
      wanted->has_failed = TRUE;
      text = g_strdup_printf ("Entries %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT " are missing at the hub; their desk sends them again when it next compares",
                              wanted->known + 1, wanted->last);
      if (!_guitu_hub_pull_note_problem (pull, wanted->desk, wanted->scope, GUITU_HUB_MISSING, text, error))
        return FALSE;
    }
  return TRUE;
}

static guint64
count_wanted (GuituHubPull *pull)
{
  guint64 count = 0;

  for (guint i = 0; i < pull->wanted->len; i++)
    {
      const GuituHubWanted *wanted = g_ptr_array_index (pull->wanted, i);

      count += MAX (wanted->last - wanted->known, 0);
    }
  return count;
}

static gboolean
pull_wanted (GuituHubPull *pull,
             GError **error)
{
  pull->total = pull->sync->report->pulled + count_wanted (pull);
  pull->is_long = pull->is_first || pull->total > COMMIT_ENTRIES;
  while (has_wanted (pull))
    {
      g_auto (GuituHubParameters) parameters = { 0 };
      g_autoptr (GuituHubResult) page = NULL;

      if (!_guitu_hub_pull_commit (pull, error) || !tell_progress (pull, error))
        return FALSE;
      add_wanted (pull, &parameters);
      page = _guitu_hub_query (pull->sync->hub,
                               "SELECT b.desk, b.scope, b.first_entry, b.last_entry, b.payload"
                               " FROM unnest ($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::integer[]) AS w (station, desk, scope, known, rank)"
                               " JOIN guitu.batch b ON b.station = w.station AND b.desk = w.desk AND b.scope = w.scope AND b.last_entry > w.known"
                               " ORDER BY w.rank, b.scope, b.desk, b.first_entry, b.copy LIMIT " G_STRINGIFY (PAGE_BATCHES),
                               &parameters, error);
      if (page == NULL)
        return FALSE;
      if (PQntuples (page) == 0)
        return note_missing (pull, error);
      if (!receive_page (pull, page, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_stamp (GuituHubPull *pull,
            gint64 stamp,
            GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  g_autoptr (GuituStatement) statement = connection == NULL ? NULL : guitu_connection_prepare (connection, "INSERT OR REPLACE INTO meta (name, value) VALUES ('hub-stamp', ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, stamp);
  return guitu_statement_run (statement, error);
}

static gint64
stored_stamp (GuituHubSync *sync)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, NULL);

  return transaction == NULL ? 0 : guitu_connection_integer (transaction->connection, "SELECT value FROM meta WHERE name = 'hub-stamp'", 0, NULL);
}

/* What came may be the word of the network's station on desks that were strangers before. */
static gboolean
pull_all (GuituHubPull *pull,
          gint64 since,
          GError **error)
{
  guint64 before;

  do
    {
      before = pull->sync->report->pulled;
      pull->has_strangers = FALSE;
      g_ptr_array_set_size (pull->wanted, 0);
      if (!_guitu_hub_look_at_heads (pull, since, error) || !pull_wanted (pull, error))
        return FALSE;
    }
  while (pull->has_strangers && pull->sync->report->pulled > before);
  return TRUE;
}

gboolean
_guitu_hub_pull (GuituHubSync *sync,
                 gint64 hub_time,
                 GError **error)
{
  GuituHubPull pull = { .sync = sync, .is_first = stored_stamp (sync) == 0, .wanted = g_ptr_array_new_with_free_func (wanted_free) };
  gint64 since = sync->depth == GUITU_HUB_QUICK ? stored_stamp (sync) - OVERLAP_MS : G_MININT64;
  gboolean good = pull_all (&pull, since, error) && note_stamp (&pull, hub_time, error) && _guitu_hub_pull_commit (&pull, error);

  g_clear_pointer (&pull.transaction, guitu_transaction_free);
  g_ptr_array_unref (pull.wanted);
  return good;
}
