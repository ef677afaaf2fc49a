/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is new here goes to the hub. A transaction there takes some batches and the signed end of their
 * chain together; only what it committed counts as sent. Before that, the hub says what it has: an
 * answer that was lost on its way does no harm, and a hub that was put back is noticed and filled again. */

#include "db/hub-private.h"

#include "db/encoding.h"
#include "db/stations.h"

#include <sodium.h>
#include <string.h>

#define BATCH_ENTRIES 1000
#define BATCH_BYTES (256 * 1024)
#define COMMIT_BYTES (4 * 1024 * 1024)
#define STAMP "(extract (epoch FROM clock_timestamp ()) * 1000)::bigint"
#define HEARTBEAT_MS (10 * 60 * G_GINT64_CONSTANT (1000))
#define VOUCHED_MS (7 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define VOUCHED_BYTES (60 * 1024) /* the hub takes 64 KB */

/* One of our chains, here and at the hub. */
typedef struct
{
  char *scope;
  gint64 here;                   /* its last entry */
  gint64 confirmed;              /* what the hub has said it has */
  gint64 asked;                  /* what it said when it was asked */
  gint64 there;                  /* what it has now */
  gint64 written_at;             /* when our last entry was written, in milliseconds */
  gint64 signed_at;              /* when we signed that */
  guint8 hash[GUITU_HASH_BYTES]; /* of the last entry there */
  gboolean has_problem;
} Chain;

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  g_free (chain->scope);
  g_free (chain);
}

/* The shared one comes last: its end vouches for the others. */
static GPtrArray *
list_chains (GuituHubSync *sync,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, error);
  g_autoptr (GuituStatement) statement = transaction == NULL ? NULL : guitu_connection_prepare (transaction->connection, "SELECT c.scope, c.sequence, ifnull (s.sequence, 0), p.code IS NOT NULL, (SELECT e.clock >> 16 FROM entry e WHERE e.desk = c.desk AND e.scope = c.scope AND e.sequence = c.sequence) FROM chain c LEFT JOIN hub_sent s ON s.scope = c.scope LEFT JOIN hub_problem p ON p.desk = c.desk AND p.scope = c.scope WHERE c.desk = ? ORDER BY c.scope = 'shared', c.scope", error);
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (chain_free);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_integer (statement, 1, sync->keys.own->desk.desk);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      Chain *chain = g_new0 (Chain, 1);

      chain->scope = g_strdup (guitu_statement_text (statement, 0));
      chain->here = guitu_statement_integer (statement, 1);
      chain->confirmed = guitu_statement_integer (statement, 2);
      chain->has_problem = guitu_statement_integer (statement, 3);
      chain->written_at = guitu_statement_integer (statement, 4);
      g_ptr_array_add (chains, chain);
    }
  return step == 0 ? g_steal_pointer (&chains) : NULL;
}

static Chain *
find_chain (GPtrArray *chains,
            const char *scope)
{
  for (guint i = 0; i < chains->len; i++)
    {
      Chain *chain = g_ptr_array_index (chains, i);

      if (strcmp (chain->scope, scope) == 0)
        return chain;
    }
  return NULL;
}

/* The shared chain is always among them: even an empty one has an end that is signed. */
static Chain *
need_chain (GPtrArray *chains,
            const char *scope)
{
  Chain *chain = find_chain (chains, scope);

  if (chain != NULL)
    return chain;
  chain = g_new0 (Chain, 1);
  chain->scope = g_strdup (scope);
  g_ptr_array_add (chains, chain);
  return chain;
}

/* What the hub has of our chains. What we did not sign counts for nothing. */
static gboolean
ask_hub (GuituHubSync *sync,
         GPtrArray *chains,
         GError **error)
{
  const GuituDesk *own = &sync->keys.own->desk;
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) result = NULL;

  _guitu_hub_add_text (&parameters, own->station);
  _guitu_hub_add_integer (&parameters, own->desk);
  result = _guitu_hub_query (sync->hub, "SELECT " GUITU_HUB_HEAD_COLUMNS " FROM guitu.head WHERE station = $1 AND desk = $2::bigint", &parameters, error);
  if (result == NULL)
    return FALSE;
  need_chain (chains, GUITU_SCOPE_NAME_SHARED);
  for (int row = 0; row < PQntuples (result); row++)
    {
      const GuituHubHead head = _guitu_hub_head (result, row);
      Chain *chain = need_chain (chains, head.scope);

      if (!_guitu_hub_head_is_signed (&head, own))
        continue;
      chain->asked = head.last;
      chain->there = head.last;
      chain->signed_at = head.signed_at;
      memcpy (chain->hash, head.hash, MIN (head.hash_length, sizeof chain->hash));
    }
  return TRUE;
}

/* --- Batches --------------------------------------------------------------------------------- */

typedef struct
{
  GByteArray *items;
  guint count;
  gint64 first;
  gint64 last;
  guint8 hash[GUITU_HASH_BYTES]; /* of the last entry */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->items, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
add_entry (Run *run,
           GuituStatement *statement)
{
  gsize length;
  gconstpointer bytes = guitu_statement_bytes (statement, 1, &length);
  g_autoptr (GBytes) body = g_bytes_new (bytes, length);
  gsize signature_length;
  gconstpointer signature = guitu_statement_bytes (statement, 2, &signature_length);

  guitu_cbor_put_array (run->items, 2);
  guitu_cbor_put_bytes (run->items, bytes, length);
  guitu_cbor_put_bytes (run->items, signature, signature_length);
  run->last = guitu_statement_integer (statement, 0);
  if (run->count++ == 0)
    run->first = run->last;
  if (signature_length == GUITU_SIGNATURE_BYTES)
    guitu_entry_hash (body, signature, run->hash);
}

/* The entries after @after up to @until, as many as fit into one batch; none when there are none. */
static gboolean
read_run (GuituHubSync *sync,
          const char *scope,
          gint64 after,
          gint64 until,
          Run *run,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, error);
  g_autoptr (GuituStatement) statement = transaction == NULL ? NULL : guitu_connection_prepare (transaction->connection, "SELECT sequence, body, signature FROM entry WHERE desk = ? AND scope = ? AND sequence > ? AND sequence <= ? ORDER BY sequence", error);
  int step = 1;

  run->items = g_byte_array_new ();
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, sync->keys.own->desk.desk);
  guitu_statement_bind_text (statement, 2, scope);
  guitu_statement_bind_integer (statement, 3, after);
  guitu_statement_bind_integer (statement, 4, until);
  while (run->count < BATCH_ENTRIES && run->items->len < BATCH_BYTES && (step = guitu_statement_step (statement, error)) == 1)
    add_entry (run, statement);
  return step >= 0;
}

/* A letter is sealed for its addressee, as we know that station. */
static gboolean
find_box_key (GuituHubSync *sync,
              const char *scope,
              guint8 box_key[32],
              GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, error);

  return transaction != NULL && _guitu_hub_box_key (transaction, scope, box_key, error);
}

static GBytes *
seal_run (GuituHubSync *sync,
          const char *scope,
          const Run *run,
          GError **error)
{
  const GuituBatch batch = { sync->keys.own->desk.desk, scope, run->first, run->last };
  gboolean is_letter = g_str_has_prefix (scope, GUITU_SCOPE_NAME_TO);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  guint8 box_key[32];

  if (is_letter && !find_box_key (sync, scope, box_key, error))
    return NULL;
  guitu_cbor_put_array (plain, run->count);
  g_byte_array_append (plain, run->items->data, run->items->len);
  return _guitu_batch_seal (&batch, &sync->keys, is_letter ? box_key : NULL, plain, error);
}

/* *@is_taken: FALSE when another program of this desk was first. */
static gboolean
put_run (GuituHubSync *sync,
         const char *scope,
         const Run *run,
         gsize *bytes,
         gboolean *is_taken,
         GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GBytes) payload = seal_run (sync, scope, run, error);
  g_autoptr (GuituHubResult) result = NULL;

  if (payload == NULL)
    return FALSE;
  *bytes += g_bytes_get_size (payload);
  _guitu_hub_add_integer (&parameters, sync->keys.own->desk.desk);
  _guitu_hub_add_text (&parameters, scope);
  _guitu_hub_add_integer (&parameters, run->first);
  _guitu_hub_add_integer (&parameters, run->last);
  _guitu_hub_add_text (&parameters, sync->keys.own->station);
  _guitu_hub_add_bytes (&parameters, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  result = _guitu_hub_query (sync->hub,
                             "INSERT INTO guitu.batch (desk, scope, first_entry, copy, last_entry, station, payload)"
                             " SELECT $1::bigint, $2::text, $3::bigint, coalesce (max (b.copy) + 1, 0), $4::bigint, $5::text, $6::bytea"
                             " FROM guitu.batch b WHERE b.station = $5::text AND b.desk = $1::bigint AND b.scope = $2::text AND b.first_entry = $3::bigint"
                             " ON CONFLICT DO NOTHING",
                             &parameters, error);
  *is_taken = result != NULL && strcmp (PQcmdTuples (result), "1") == 0;
  return result != NULL;
}

/* --- Heads ----------------------------------------------------------------------------------- */

/* Of which letters the end of the shared chain speaks: of those just sent, and of those of the last days. */
static gboolean
is_worth_vouching (const Chain *chain,
                   const GuituHubHead *head)
{
  return g_str_has_prefix (chain->scope, GUITU_SCOPE_NAME_TO) && chain->there > 0 &&
         (chain->there > chain->asked || head->signed_at - chain->written_at < VOUCHED_MS);
}

/* What the hub has of the other chains, for those who read them. A station that is not known here has nothing to read yet. */
static GByteArray *
vouch (GuituHubSync *sync,
       const GuituHubHead *head)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, NULL);
  GByteArray *others = g_byte_array_new ();
  gint64 total = 0;

  for (guint i = 0; i < sync->chains->len; i++)
    {
      const Chain *chain = g_ptr_array_index (sync->chains, i);
      guint8 box_key[32];

      total += strcmp (chain->scope, GUITU_SCOPE_NAME_SHARED) == 0 ? 0 : chain->there;
      if (transaction != NULL && others->len < VOUCHED_BYTES && is_worth_vouching (chain, head) && _guitu_hub_box_key (transaction, chain->scope, box_key, NULL))
        _guitu_hub_vouch_letters (others, head, sync->keys.own, box_key, chain->scope, chain->there);
    }
  _guitu_hub_vouch_own (others, head, sync->keys.own, total);
  return others;
}

/* Our last entry now: another program of this desk may have written and sent some since we began. */
static gboolean
read_end (GuituHubSync *sync,
          const char *scope,
          gint64 *end,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (sync->store, error);
  g_autoptr (GuituStatement) statement = transaction == NULL ? NULL : guitu_connection_prepare (transaction->connection, "SELECT ifnull (max (sequence), 0) FROM chain WHERE desk = ? AND scope = ?", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, sync->keys.own->desk.desk);
  guitu_statement_bind_text (statement, 2, scope);
  if (guitu_statement_step (statement, error) != 1)
    return FALSE;
  *end = guitu_statement_integer (statement, 0);
  return TRUE;
}

/* An end that lies beyond our last entry is none of ours and gives way. */
static gboolean
put_head (GuituHubSync *sync,
          const char *scope,
          gint64 last,
          const guint8 hash[GUITU_HASH_BYTES],
          GError **error)
{
  const GuituKeys *own = sync->keys.own;
  gint64 here;
  GuituHubHead head = {
    .station = own->station,
    .desk = own->desk.desk,
    .scope = scope,
    .last = last,
    .signed_at = g_get_real_time () / 1000,
    .hash = hash,
    .hash_length = GUITU_HASH_BYTES,
  };
  gboolean is_shared = strcmp (scope, GUITU_SCOPE_NAME_SHARED) == 0;
  g_autoptr (GByteArray) others = is_shared ? vouch (sync, &head) : g_byte_array_new ();
  g_auto (GuituHubParameters) parameters = { 0 };
  guint8 signature[GUITU_SIGNATURE_BYTES];

  if (!read_end (sync, scope, &here, error))
    return FALSE;
  head.others = others->data;
  head.others_length = others->len;
  _guitu_hub_head_sign (&head, own, signature);
  _guitu_hub_add_integer (&parameters, head.desk);
  _guitu_hub_add_text (&parameters, scope);
  _guitu_hub_add_integer (&parameters, last);
  _guitu_hub_add_bytes (&parameters, hash, GUITU_HASH_BYTES);
  _guitu_hub_add_integer (&parameters, head.signed_at);
  _guitu_hub_add_bytes (&parameters, signature, sizeof signature);
  _guitu_hub_add_text (&parameters, head.station);
  _guitu_hub_add_integer (&parameters, here);
  _guitu_hub_add_bytes (&parameters, others->len == 0 ? (const guint8 *) "" : others->data, others->len);
  return _guitu_hub_run (sync->hub,
                         "INSERT INTO guitu.head (desk, scope, last_entry, hash, signed_at, signature, station, stamp, others)"
                         " VALUES ($1::bigint, $2, $3::bigint, $4::bytea, $5::bigint, $6::bytea, $7, " STAMP ", $9::bytea)"
                         " ON CONFLICT (station, desk, scope) DO UPDATE SET last_entry = excluded.last_entry, hash = excluded.hash,"
                         " signed_at = excluded.signed_at, signature = excluded.signature, stamp = excluded.stamp, others = excluded.others"
                         " WHERE guitu.head.last_entry <= excluded.last_entry OR guitu.head.last_entry > $8::bigint",
                         &parameters, error);
}

static gboolean
note_sent (GuituHubSync *sync,
           const char *scope,
           gint64 sequence,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (sync->store, NULL, "hub sync", error);
  g_autoptr (GuituStatement) statement = transaction == NULL ? NULL : guitu_connection_prepare (transaction->connection, "INSERT OR REPLACE INTO hub_sent (scope, sequence) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, scope);
  guitu_statement_bind_integer (statement, 2, sequence);
  if (!guitu_statement_run (statement, error))
    return FALSE;
  g_clear_pointer (&statement, guitu_statement_free);
  return guitu_transaction_commit (transaction, error);
}

/* --- Chains ---------------------------------------------------------------------------------- */

/* The entries after *@at up to @until, as many as one transaction at the hub takes. @hash is that of the last one. */
static gboolean
put_runs (GuituHubSync *sync,
          const char *scope,
          gint64 *at,
          gint64 until,
          guint8 hash[GUITU_HASH_BYTES],
          GError **error)
{
  gboolean is_taken = TRUE;
  gsize bytes = 0;

  while (is_taken && bytes < COMMIT_BYTES && *at < until)
    {
      g_auto (Run) run = { 0 };

      if (!read_run (sync, scope, *at, until, &run, error))
        return FALSE;
      if (run.count == 0)
        return TRUE;
      if (!put_run (sync, scope, &run, &bytes, &is_taken, error))
        return FALSE;
      if (!is_taken)
        return TRUE;
      *at = run.last;
      memcpy (hash, run.hash, sizeof run.hash);
    }
  return TRUE;
}

/* One transaction at the hub, which moves the chain's end unless that is further on (@moves_head FALSE). */
static gboolean
push_some (GuituHubSync *sync,
           const char *scope,
           gint64 *at,
           gint64 until,
           gboolean moves_head,
           GError **error)
{
  guint8 hash[GUITU_HASH_BYTES];
  gint64 before = *at;

  if (_guitu_hub_run (sync->hub, "BEGIN", NULL, error) && put_runs (sync, scope, at, until, hash, error) &&
      (*at == before || !moves_head || put_head (sync, scope, *at, hash, error)) &&
      _guitu_hub_run (sync->hub, "COMMIT", NULL, error) &&
      (*at == before || !moves_head || note_sent (sync, scope, *at, error)))
    return TRUE;
  _guitu_hub_run (sync->hub, "ROLLBACK", NULL, NULL);
  *at = before;
  return FALSE;
}

/* From *@at on until nothing is left, or another program of this desk is at it. */
static gboolean
push_all (GuituHubSync *sync,
          const char *scope,
          gint64 *at,
          gint64 until,
          gboolean moves_head,
          GError **error)
{
  gint64 after = *at;
  gint64 before;

  do
    {
      before = *at;
      if (!push_some (sync, scope, at, until, moves_head, error))
        return FALSE;
    }
  while (*at > before && *at < until);
  if (moves_head && *at > after)
    {
      sync->report->pushed += *at - after;
      g_ptr_array_add (sync->pushed, g_strdup (scope));
    }
  return TRUE;
}

/* Whether the hub's last entry of our chain is the one that we have: also where it is beyond what we had a moment
 * ago, since another program of this desk may have written and sent it. */
static gboolean
is_same_chain (GuituHubSync *sync,
               const Chain *chain,
               GError **error)
{
  g_auto (Run) run = { 0 };

  if (chain->there == 0)
    return TRUE;
  if (!read_run (sync, chain->scope, chain->there - 1, chain->there, &run, error))
    return FALSE;
  if (run.count == 1 && memcmp (run.hash, chain->hash, sizeof run.hash) == 0)
    return TRUE;
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED,
                       "This desk was put back to an older state and written on, so that the hub has other entries of it;"
                       " invite it anew as a further desk");
  return FALSE;
}

/* Sends again what the hub has lost of what it said it has: a batch taken out, or all when asked to. */
static gboolean
fill_holes (GuituHubSync *sync,
            const Chain *chain,
            GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) result = NULL;
  gint64 there = MIN (chain->there, chain->here);
  gint64 covered = 0;

  if (sync->depth == GUITU_HUB_AGAIN)
    return push_all (sync, chain->scope, &covered, there, FALSE, error);
  _guitu_hub_add_integer (&parameters, sync->keys.own->desk.desk);
  _guitu_hub_add_text (&parameters, chain->scope);
  _guitu_hub_add_text (&parameters, sync->keys.own->station);
  result = _guitu_hub_query (sync->hub,
                             "SELECT first_entry, last_entry FROM guitu.batch WHERE station = $3 AND desk = $1::bigint AND scope = $2"
                             " ORDER BY first_entry, last_entry DESC",
                             &parameters, error);
  if (result == NULL)
    return FALSE;
  for (int row = 0; row <= PQntuples (result); row++)
    {
      gboolean is_end = row == PQntuples (result);
      gint64 first = is_end ? there + 1 : MIN (_guitu_hub_integer (result, row, 0), there + 1);

      if (first > covered + 1)
        {
          sync->report->lost += first - 1 - covered;
          if (!push_all (sync, chain->scope, &covered, first - 1, FALSE, error))
            return FALSE;
        }
      covered = MAX (covered, is_end ? there : _guitu_hub_integer (result, row, 1));
    }
  return TRUE;
}

static gboolean
push_chain (GuituHubSync *sync,
            Chain *chain,
            GError **error)
{
  if (!is_same_chain (sync, chain, error))
    return FALSE;
  if (chain->there < chain->confirmed)
    sync->report->lost += chain->confirmed - chain->there;
  if (sync->depth != GUITU_HUB_QUICK && chain->there > 0 && !fill_holes (sync, chain, error))
    return FALSE;
  if (chain->there < chain->here)
    return push_all (sync, chain->scope, &chain->there, chain->here, TRUE, error);
  return chain->there <= chain->confirmed || note_sent (sync, chain->scope, chain->there, error);
}

/* What concerns one chain only: the others go on. */
static gboolean
is_of_chain (const GError *error)
{
  return g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED) ||
         g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND) ||
         g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
}

static gboolean
note_outcome (GuituHubSync *sync,
              const char *scope,
              const GError *failure,
              GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (sync->store, NULL, "hub sync", error);
  const char *code = g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED)   ? GUITU_HUB_PUT_BACK
                     : g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND) ? GUITU_HUB_NOT_SENT
                                                                                           : GUITU_HUB_UNVERIFIED;

  return transaction != NULL &&
         _guitu_hub_note_problem (transaction->connection, sync->keys.own->desk.desk, scope, failure == NULL ? NULL : code, failure == NULL ? NULL : failure->message, error) &&
         guitu_transaction_commit (transaction, error);
}

/* A desk that has nothing to say says so now and then, so that others see how old their picture of it is. */
static gboolean
keep_alive (GuituHubSync *sync,
            GError **error)
{
  const Chain *shared = find_chain (sync->chains, GUITU_SCOPE_NAME_SHARED);
  gint64 now = g_get_real_time () / 1000;

  if (shared->there != shared->asked || shared->there != shared->here || now - shared->signed_at < HEARTBEAT_MS)
    return TRUE;
  return put_head (sync, GUITU_SCOPE_NAME_SHARED, shared->there, shared->hash, error);
}

gboolean
_guitu_hub_push (GuituHubSync *sync,
                 GError **error)
{
  g_autoptr (GPtrArray) chains = list_chains (sync, error);

  if (chains == NULL || !ask_hub (sync, chains, error))
    return FALSE;
  sync->chains = chains;
  for (guint i = 0; i < chains->len; i++)
    {
      Chain *chain = g_ptr_array_index (chains, i);
      g_autoptr (GError) failure = NULL;
      gboolean is_pushed = push_chain (sync, chain, &failure);

      if (!is_pushed && !is_of_chain (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      sync->report->held += is_pushed ? 0 : chain->here - chain->confirmed;
      if ((failure != NULL || chain->has_problem) && !note_outcome (sync, chain->scope, failure, error))
        return FALSE;
    }
  return keep_alive (sync, error);
}
