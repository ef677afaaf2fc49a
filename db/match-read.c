/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the index for a question: a part of it first, then all. */

#include "db/match-scan-private.h"

#include <string.h>

#define SAMPLE_CHUNKS 256
#define BATCH_CHUNKS 96
#define BATCH_BYTES (96 * GUITU_CHUNK_ROWS * sizeof (GuituPacked))
#define BATCHES_WAITING 6

/* --- A part --------------------------------------------------------------------------------------- */

/** Counts in some hundred chunks spread over all of a kind. */
static gboolean
sample (GuituScan *scan,
        GuituConnection *connection,
        guint kind,
        GError **error)
{
  g_autoptr (GuituStatement) ends = guitu_connection_prepare (connection, "SELECT max (id) FROM match_chunk WHERE id >= ?1 AND id < ?2", error);
  g_autoptr (GuituStatement) statement = NULL;
  gint64 first = GUITU_CHUNK_ID (kind, 0), last, step;

  if (ends == NULL)
    return FALSE;
  guitu_statement_bind_integer (ends, 1, first);
  guitu_statement_bind_integer (ends, 2, GUITU_CHUNK_ID (kind + 1, 0));
  if (guitu_statement_step (ends, error) != 1)
    return FALSE;
  if (guitu_statement_is_null (ends, 0))
    return TRUE;
  last = guitu_statement_integer (ends, 0);
  step = MAX (1, (last - first) / SAMPLE_CHUNKS);
  statement = guitu_connection_prepare (connection, "SELECT data FROM match_chunk WHERE id = ?1", error);
  for (gint64 id = first + step / 2; statement != NULL && id <= last; id += step)
    {
      const GuituPacked *packed;
      gsize length = 0;
      int found;

      guitu_statement_reset (statement);
      guitu_statement_bind_integer (statement, 1, id);
      found = guitu_statement_step (statement, error);
      if (found < 0)
        return FALSE;
      packed = found == 1 ? guitu_statement_bytes (statement, 0, &length) : NULL;
      for (guint i = 0; i < length / sizeof *packed; i++)
        _guitu_scan_count (scan, &packed[i]);
    }
  return statement != NULL;
}

/* --- Two threads ------------------------------------------------------------------------------------ */

/* One reads chunks from the database into batches; a helper weighs them, and the reader itself those that the helper
 * leaves. Each has tables and a heap of its own. */

typedef struct
{
  gint64 ids[BATCH_CHUNKS];
  guint ends[BATCH_CHUNKS];
  guint n;
  guint8 data[BATCH_BYTES];
} Batch;

typedef struct
{
  GuituScan *scan;
  GAsyncQueue *batches; /* Batch; the scan itself ends them */
} Helper;

static void
weigh_batch (GuituScan *scan,
             const Batch *batch)
{
  const GuituPacked *packed = (const GuituPacked *) (gconstpointer) batch->data;
  guint at = 0;

  for (guint i = 0; i < batch->n; i++)
    for (; at < batch->ends[i]; at++)
      _guitu_scan_weigh (scan, batch->ids[i], &packed[at]);
  scan->n_compared += at;
}

static gpointer
help (gpointer data)
{
  Helper *helper = data;

  for (;;)
    {
      gpointer batch = g_async_queue_pop (helper->batches);

      if (batch == helper->scan)
        return NULL;
      weigh_batch (helper->scan, batch);
      g_free (batch);
    }
}

/** Hands a full batch to the helper, or weighs it. Returns: an empty one. */
static Batch *
pass_on (GuituScan *scan,
         Helper *helper,
         Batch *batch)
{
  if (g_async_queue_length (helper->batches) < BATCHES_WAITING)
    {
      g_async_queue_push (helper->batches, batch);
      batch = g_new (Batch, 1);
    }
  else
    weigh_batch (scan, batch);
  batch->n = 0;
  return batch;
}

static gboolean
weigh_kind (GuituScan *scan,
            GuituConnection *connection,
            Helper *helper,
            guint kind,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT id, data FROM match_chunk WHERE id >= ?1 AND id < ?2", error);
  Batch *batch;
  int step;

  if (statement == NULL)
    return FALSE;
  batch = g_new (Batch, 1);
  batch->n = 0;
  guitu_statement_bind_integer (statement, 1, GUITU_CHUNK_ID (kind, 0));
  guitu_statement_bind_integer (statement, 2, GUITU_CHUNK_ID (kind + 1, 0));
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gsize length, used = batch->n == 0 ? 0 : batch->ends[batch->n - 1] * sizeof (GuituPacked);
      gconstpointer data = guitu_statement_bytes (statement, 1, &length);

      if (batch->n == BATCH_CHUNKS || used + length > BATCH_BYTES)
        {
          batch = pass_on (scan, helper, batch);
          used = 0;
        }
      length = MIN (length, BATCH_BYTES);
      memcpy (batch->data + used, data, length);
      batch->ids[batch->n] = guitu_statement_integer (statement, 0);
      batch->ends[batch->n++] = (used + length) / sizeof (GuituPacked);
    }
  weigh_batch (scan, batch);
  g_free (batch);
  return step == 0;
}

/** What the helper found, as if one had found it all. */
static void
take_over (GuituScan *scan,
           const GuituScan *other)
{
  for (guint field = 0; field < GUITU_MATCH_SEX; field++)
    for (guint level = 0; level < GUITU_MATCH_LEVELS; level++)
      scan->counts[field][level] += other->counts[field][level];
  scan->n_compared += other->n_compared;
  g_array_append_vals (scan->best, other->best->data, other->best->len);
}

static gboolean
weigh_all (GuituScan *scan,
           GuituConnection *connection,
           guint kinds,
           GError **error)
{
  g_autoptr (GuituScan) other = _guitu_scan_new (scan->ours, scan->model);
  g_autoptr (GAsyncQueue) batches = g_async_queue_new ();
  Helper helper = { other, batches };
  gboolean good = TRUE;
  GThread *thread;

  other->own = scan->own;
  other->own_row = scan->own_row;
  _guitu_scan_weigh_like (other, scan);
  thread = g_thread_new ("match", help, &helper);
  for (guint kind = GUITU_MATCH_PERSON; kind < GUITU_MATCH_KINDS_END && good; kind++)
    if ((kinds >> kind & 1) != 0)
      good = weigh_kind (scan, connection, &helper, kind, error);
  g_async_queue_push (batches, other);
  g_thread_join (thread);
  take_over (scan, other);
  return good;
}

gboolean
_guitu_scan_run (GuituScan *scan,
                 GuituConnection *connection,
                 guint kinds,
                 guint own,
                 gint64 own_row,
                 GArray *candidates,
                 GError **error)
{
  scan->own = own;
  scan->own_row = own_row;
  for (guint kind = GUITU_MATCH_PERSON; kind < GUITU_MATCH_KINDS_END; kind++)
    if ((kinds >> kind & 1) != 0 && !sample (scan, connection, kind, error))
      return FALSE;
  _guitu_scan_weigh_counts (scan, FALSE);
  memset (scan->counts, 0, GUITU_MATCH_SEX * sizeof scan->counts[0]);
  if (!weigh_all (scan, connection, kinds, error))
    return FALSE;
  for (guint i = 0; i < scan->best->len; i++)
    {
      GuituCandidate *candidate = &g_array_index (scan->best, GuituCandidate, i);
      guint field = candidate->name / GUITU_MATCH_LEVELS;

      candidate->score -= scan->bits[field][candidate->name % GUITU_MATCH_LEVELS];
    }
  _guitu_scan_weigh_counts (scan, TRUE);
  for (guint i = 0; i < scan->best->len; i++)
    {
      GuituCandidate *candidate = &g_array_index (scan->best, GuituCandidate, i);
      guint field = candidate->name / GUITU_MATCH_LEVELS;

      candidate->score += scan->bits[field][candidate->name % GUITU_MATCH_LEVELS];
    }
  g_array_append_vals (candidates, scan->best->data, scan->best->len);
  return TRUE;
}
