/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the index for a question: a part of it first, then all. */

#include "db/match-scan-private.h"

#include <string.h>

#define PAGE_KIB 4 /* of a chunk */
#define MOST_KEPT_KIB 65536
#define SAMPLE_CHUNKS 256
#define BATCH_CHUNKS 96
#define BATCH_BYTES (96 * GUITU_CHUNK_ROWS * sizeof (GuituPacked))
#define BATCHES 8

/* --- A part --------------------------------------------------------------------------------------- */

/** What is read for every question stays in the memory of this connection, as long as it is not too much. */
static gboolean
keep_in_memory (GuituConnection *connection,
                gint64 n_chunks,
                GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = -%" G_GINT64_FORMAT, n_chunks * PAGE_KIB + GUITU_PAGE_CACHE_KIB);

  return n_chunks * PAGE_KIB < GUITU_PAGE_CACHE_KIB / 2 || n_chunks * PAGE_KIB > MOST_KEPT_KIB || guitu_connection_run (connection, sql, error);
}

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
  if (!keep_in_memory (connection, last - first, error))
    return FALSE;
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

/* One reads chunks from the database, and copies them into batches for a helper; when none is free it weighs a batch's
 * worth of chunks where it reads them. Each has tables and a heap of its own. */

typedef struct
{
  gint64 ids[BATCH_CHUNKS];
  guint ends[BATCH_CHUNKS];
  guint n;
  guint8 data[BATCH_BYTES];
} Batch;

typedef struct
{
  GuituSift *own;
  GuituSift *sift;    /* of the helper */
  GAsyncQueue *full;  /* Batch; the helper itself ends them */
  GAsyncQueue *empty; /* Batch */
} Weighing;

static gpointer
help (gpointer data)
{
  Weighing *weighing = data;

  for (Batch *batch; (batch = g_async_queue_pop (weighing->full)) != data; g_async_queue_push (weighing->empty, batch))
    for (guint i = 0, at = 0; i < batch->n; at = batch->ends[i++])
      _guitu_sift_chunk (weighing->sift, batch->ids[i], (const GuituPacked *) (gconstpointer) batch->data + at, batch->ends[i] - at);
  return NULL;
}

/** Gives a full batch to the helper. Returns: (nullable): an empty one, if one is free. */
static Batch *
pass_on (Weighing *weighing,
         Batch *batch)
{
  if (batch != NULL)
    g_async_queue_push (weighing->full, batch);
  batch = g_async_queue_try_pop (weighing->empty);
  if (batch != NULL)
    batch->n = 0;
  return batch;
}

static gboolean
weigh_kind (Weighing *weighing,
            GuituConnection *connection,
            guint kind,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT id, data FROM match_chunk WHERE id >= ?1 AND id < ?2", error);
  Batch *batch = NULL;
  int step = -1;
  guint n = 0; /* chunks until the next change between copying and weighing */

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, GUITU_CHUNK_ID (kind, 0));
  guitu_statement_bind_integer (statement, 2, GUITU_CHUNK_ID (kind + 1, 0));
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gsize length, used = batch == NULL || batch->n == 0 ? 0 : batch->ends[batch->n - 1] * sizeof (GuituPacked);
      gconstpointer data = guitu_statement_bytes (statement, 1, &length);
      gint64 id = guitu_statement_integer (statement, 0);

      length = MIN (length, BATCH_BYTES);
      if (n++ % BATCH_CHUNKS == 0 || (batch != NULL && used + length > BATCH_BYTES))
        {
          batch = pass_on (weighing, batch);
          used = 0;
          n = 1;
        }
      if (batch == NULL)
        {
          _guitu_sift_chunk (weighing->own, id, data, length / sizeof (GuituPacked));
          continue;
        }
      memcpy (batch->data + used, data, length);
      batch->ids[batch->n] = id;
      batch->ends[batch->n++] = (used + length) / sizeof (GuituPacked);
    }
  if (batch != NULL)
    g_async_queue_push (weighing->full, batch);
  return step == 0;
}

/** The best of both, as if one had found them all. */
static void
take_best (GuituScan *scan,
           Weighing *weighing,
           const GuituScan *other,
           GArray *candidates)
{
  _guitu_sift_count (weighing->own);
  _guitu_sift_count (weighing->sift);
  for (guint field = 0; field < GUITU_MATCH_SEX; field++)
    for (guint level = 0; level < GUITU_MATCH_LEVELS; level++)
      scan->counts[field][level] += other->counts[field][level];
  scan->n_compared = weighing->own->n_compared + weighing->sift->n_compared;
  g_array_append_vals (candidates, weighing->own->best->data, weighing->own->best->len);
  g_array_append_vals (candidates, weighing->sift->best->data, weighing->sift->best->len);
  g_array_sort (candidates, _guitu_candidates_compare);
  g_array_set_size (candidates, MIN (candidates->len, GUITU_BEST_KEPT));
}

static gboolean
weigh_all (GuituScan *scan,
           GuituConnection *connection,
           guint kinds,
           guint own,
           gint64 own_row,
           GArray *candidates,
           GError **error)
{
  g_autoptr (GuituScan) other = _guitu_scan_new (scan->ours, scan->model);
  g_autoptr (GuituSift) sift = _guitu_sift_new (scan, own, own_row);
  g_autoptr (GuituSift) helping = NULL;
  g_autoptr (GAsyncQueue) full = g_async_queue_new ();
  g_autoptr (GAsyncQueue) empty = g_async_queue_new_full (g_free);
  Weighing weighing = { sift, NULL, full, empty };
  gboolean good = TRUE;
  GThread *thread;

  _guitu_scan_weigh_like (other, scan);
  weighing.sift = helping = _guitu_sift_new (other, own, own_row);
  for (guint i = 0; i < BATCHES; i++)
    g_async_queue_push (empty, g_new (Batch, 1));
  thread = g_thread_new ("match", help, &weighing);
  for (guint kind = GUITU_MATCH_PERSON; kind < GUITU_MATCH_KINDS_END && good; kind++)
    if ((kinds >> kind & 1) != 0)
      good = weigh_kind (&weighing, connection, kind, error);
  g_async_queue_push (full, &weighing);
  g_thread_join (thread);
  take_best (scan, &weighing, other, candidates);
  return good;
}

static void
change_names (const GuituScan *scan,
              GArray *candidates,
              int sign)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      GuituCandidate *candidate = &g_array_index (candidates, GuituCandidate, i);

      candidate->score += sign * scan->bits[candidate->name / GUITU_MATCH_LEVELS][candidate->name % GUITU_MATCH_LEVELS];
    }
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
  for (guint kind = GUITU_MATCH_PERSON; kind < GUITU_MATCH_KINDS_END; kind++)
    if ((kinds >> kind & 1) != 0 && !sample (scan, connection, kind, error))
      return FALSE;
  _guitu_scan_weigh_counts (scan, FALSE);
  memset (scan->counts, 0, GUITU_MATCH_SEX * sizeof scan->counts[0]);
  if (!weigh_all (scan, connection, kinds, own, own_row, candidates, error))
    return FALSE;
  change_names (scan, candidates, -1);
  _guitu_scan_weigh_counts (scan, TRUE);
  change_names (scan, candidates, 1);
  return TRUE;
}
