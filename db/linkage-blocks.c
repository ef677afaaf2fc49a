/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/linkage-blocks.h"

#include <stdlib.h>
#include <string.h>

#define MOST_IN_BLOCK 60 /* rows: beyond, a key needs another one beside it */
#define MOST_IN_LAST 400 /* beyond that, three keys together say nothing */
#define KEYS_OF_ROW 128
#define KEYS_COMBINED 14 /* of a row's frequent keys, the rarest */
#define TRIPLES_OF_ROW 64
#define DEPTH 3

typedef struct
{
  guint64 hash;
  guint32 row;
} Posting;

typedef struct
{
  guint64 hash;
  guint32 first; /* its postings */
  guint32 n;     /* 0: a free place */
} Block;

/* Postings of one depth, sorted, and a table of the blocks that they make. */
typedef struct
{
  GArray *postings; /* Posting */
  Block *blocks;
  guint n_places; /* a power of two */
} Index;

struct _GuituBlocks
{
  const GuituValues *columns;
  guint n_columns;
  guint n_theirs;
  Index indexes[DEPTH]; /* by one key, two and three */
};

typedef struct
{
  GuituValueKey key;
  guint n; /* rows that have it */
} RowKey;

/* --- Index ------------------------------------------------------------------------------------ */

static int
compare_postings (gconstpointer a,
                  gconstpointer b)
{
  const Posting *first = a, *second = b;

  if (first->hash != second->hash)
    return first->hash < second->hash ? -1 : 1;
  return (first->row > second->row) - (first->row < second->row);
}

/* Where a block is, or would be. */
static Block *
index_place (const Index *index,
             guint64 hash)
{
  guint at = hash & (index->n_places - 1);

  while (index->blocks[at].n > 0 && index->blocks[at].hash != hash)
    at = (at + 1) & (index->n_places - 1);
  return &index->blocks[at];
}

static void
index_finish (Index *index)
{
  const Posting *all = (const Posting *) (gpointer) index->postings->data;
  guint n_blocks = 0;

  g_array_sort (index->postings, compare_postings);
  for (guint i = 0; i < index->postings->len; i++)
    n_blocks += i == 0 || all[i].hash != all[i - 1].hash;
  for (index->n_places = 16; index->n_places < n_blocks * 2; index->n_places *= 2)
    ;
  index->blocks = g_new0 (Block, index->n_places);
  for (guint i = 0, n; i < index->postings->len; i += n)
    {
      for (n = 1; i + n < index->postings->len && all[i + n].hash == all[i].hash;)
        n++;
      *index_place (index, all[i].hash) = (Block){ all[i].hash, i, n };
    }
}

/* The postings of a key. */
static const Posting *
index_find (const Index *index,
            guint64 hash,
            guint *n)
{
  const Block *block = index_place (index, hash);

  *n = block->n;
  return &g_array_index (index->postings, Posting, block->first);
}

static void
index_clear (Index *index)
{
  g_clear_pointer (&index->postings, g_array_unref);
  g_clear_pointer (&index->blocks, g_free);
}

/* --- Keys of a row ------------------------------------------------------------------------------ */

static guint
keys_of_row (const GuituBlocks *blocks,
             guint side,
             guint row,
             RowKey *keys)
{
  guint n = 0;

  for (guint i = 0; i < blocks->n_columns; i++)
    {
      const GuituValue *value = _guitu_values_get (&blocks->columns[i], side, row);

      for (guint k = 0; k < value->n_keys && n < KEYS_OF_ROW; k++)
        keys[n++] = (RowKey){ value->keys[k], 0 };
    }
  return n;
}

static int
compare_row_keys (gconstpointer a,
                  gconstpointer b)
{
  const RowKey *first = a, *second = b;

  if (first->n != second->n)
    return first->n < second->n ? -1 : 1;
  return (first->key.hash > second->key.hash) - (first->key.hash < second->key.hash);
}

static guint64
combine (guint64 first,
         guint64 second)
{
  guint64 pair[2] = { MIN (first, second), MAX (first, second) };

  return _guitu_value_hash (7, pair, sizeof pair);
}

static gboolean
can_combine (const GuituValueKey *first,
             const GuituValueKey *second)
{
  return first->column != second->column || (first->part != second->part && first->part > 0 && second->part > 0);
}

typedef void (*UseKey) (guint64 hash, gpointer data);

/* Calls @use for the combinations of two of the frequent ones among @keys, or of three (@depth) whose every two are
 * frequent as well. */
static void
each_combination (const GuituBlocks *blocks,
                  const RowKey *keys,
                  guint n_keys,
                  guint depth,
                  UseKey use,
                  gpointer data)
{
  guint n_triples = 0, n;

  for (guint i = 0; i < n_keys; i++)
    for (guint k = i + 1; k < n_keys; k++)
      {
        guint64 pair = combine (keys[i].key.hash, keys[k].key.hash);

        if (!can_combine (&keys[i].key, &keys[k].key))
          continue;
        if (depth == 1)
          {
            use (pair, data);
            continue;
          }
        index_find (&blocks->indexes[1], pair, &n);
        for (guint l = k + 1; n > MOST_IN_BLOCK && l < n_keys && n_triples < TRIPLES_OF_ROW; l++)
          if (can_combine (&keys[i].key, &keys[l].key) && can_combine (&keys[k].key, &keys[l].key))
            {
              use (keys[i].key.hash + keys[k].key.hash + keys[l].key.hash, data);
              n_triples++;
            }
      }
}

/* The frequent keys of a row, the rarest first. Returns: how many. */
static guint
frequent_keys (const GuituBlocks *blocks,
               RowKey *keys,
               guint n_keys)
{
  guint n_frequent = 0;

  for (guint i = 0; i < n_keys; i++)
    {
      index_find (&blocks->indexes[0], keys[i].key.hash, &keys[i].n);
      if (keys[i].n > MOST_IN_BLOCK)
        keys[n_frequent++] = keys[i];
    }
  qsort (keys, n_frequent, sizeof *keys, compare_row_keys);
  return MIN (n_frequent, KEYS_COMBINED);
}

/* --- Building --------------------------------------------------------------------------------- */

typedef struct
{
  Index *index;
  guint32 row;
} Building;

static void
add_posting (guint64 hash,
             gpointer data)
{
  Building *building = data;
  Posting posting = { hash, building->row };

  g_array_append_val (building->index->postings, posting);
}

GuituBlocks *
_guitu_blocks_new (const GuituValues *columns,
                   guint n_columns,
                   guint n_theirs)
{
  GuituBlocks *blocks = g_new0 (GuituBlocks, 1);

  blocks->columns = columns;
  blocks->n_columns = n_columns;
  blocks->n_theirs = n_theirs;
  for (guint depth = 0; depth < DEPTH; depth++)
    {
      blocks->indexes[depth].postings = g_array_new (FALSE, FALSE, sizeof (Posting));
      for (guint row = 0; row < n_theirs; row++)
        {
          Building building = { &blocks->indexes[depth], row };
          RowKey keys[KEYS_OF_ROW];
          guint n = keys_of_row (blocks, 1, row, keys);

          if (depth > 0)
            each_combination (blocks, keys, frequent_keys (blocks, keys, n), depth, add_posting, &building);
          for (guint i = 0; depth == 0 && i < n; i++)
            add_posting (keys[i].key.hash, &building);
        }
      index_finish (&blocks->indexes[depth]);
    }
  return blocks;
}

void
_guitu_blocks_free (GuituBlocks *blocks)
{
  for (guint depth = 0; depth < DEPTH; depth++)
    index_clear (&blocks->indexes[depth]);
  g_free (blocks);
}

/* --- Searching -------------------------------------------------------------------------------- */

void
_guitu_block_search_init (GuituBlockSearch *search,
                          guint n_theirs)
{
  search->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  search->seen = g_new0 (guint32, n_theirs + 1);
  search->number = 0;
}

void
_guitu_block_search_clear (GuituBlockSearch *search)
{
  g_clear_pointer (&search->rows, g_array_unref);
  g_clear_pointer (&search->seen, g_free);
}

typedef struct
{
  const Index *index;
  GuituBlockSearch *search;
  guint least;
  guint most;
} Finding;

static void
find_rows (guint64 hash,
           gpointer data)
{
  Finding *finding = data;
  guint n;
  const Posting *postings = index_find (finding->index, hash, &n);

  if (n > finding->most)
    return;
  for (guint i = 0; i < n; i++)
    if (postings[i].row >= finding->least && finding->search->seen[postings[i].row] != finding->search->number)
      {
        finding->search->seen[postings[i].row] = finding->search->number;
        g_array_append_val (finding->search->rows, postings[i].row);
      }
}

void
_guitu_blocks_find (const GuituBlocks *blocks,
                    guint row,
                    guint least,
                    GuituBlockSearch *search)
{
  RowKey keys[KEYS_OF_ROW];
  guint n = keys_of_row (blocks, 0, row, keys), n_frequent;
  Finding finding = { &blocks->indexes[0], search, least, MOST_IN_BLOCK };

  search->number++;
  g_array_set_size (search->rows, 0);
  for (guint i = 0; i < n; i++)
    find_rows (keys[i].key.hash, &finding);
  n_frequent = frequent_keys (blocks, keys, n);
  for (guint depth = 1; depth < DEPTH; depth++)
    {
      finding.index = &blocks->indexes[depth];
      finding.most = depth + 1 < DEPTH ? MOST_IN_BLOCK : MOST_IN_LAST;
      each_combination (blocks, keys, n_frequent, depth, find_rows, &finding);
    }
}
