/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments are written once, from beginning to end, and seldom touched again: what is written in one
 * transaction is little and lies together. Every few dozen new persons become a segment, which is
 * joined with the ones before it that are of its size or smaller: so each size, of which each is eight
 * times the one before, has at most one, up to half a million. Only building anew makes larger ones. */

#include "db/search-private.h"

#include <string.h>

#define STEP 8            /* how much larger the next size of segments is */
#define SMALLEST 1024     /* rows of the smallest size */
#define LARGEST 524288    /* rows of what joins with others while people are registered */
#define BUILD_ROWS 131072 /* rows that are put in order in memory */
#define BUILD_JOINS 48    /* such parts make one segment when the index is built anew: a key of all of them has less parts than there may be */
#define SEGMENTS_MAX ((1 << GUITU_SEGMENT_BITS) - 1)
#define RADIX_BITS 11
#define OFFSET_MASK ((1u << GUITU_OFFSET_BITS) - 1)

/* --- Writing one segment ------------------------------------------------------------------------- */

/** The next number, so that a new segment lies after all others; when there are no more, one that is free. */
static guint
free_id (const GuituSearchLists *lists)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  guint last = 0;

  for (guint i = 0; i < lists->segments->len; i++)
    {
      guint id = g_array_index (lists->segments, GuituSegment, i).id;

      last = MAX (last, id);
      g_hash_table_add (used, GUINT_TO_POINTER (id));
    }
  if (last + 1 < SEGMENTS_MAX)
    return last + 1;
  for (guint id = 1; id < SEGMENTS_MAX; id++)
    if (!g_hash_table_contains (used, GUINT_TO_POINTER (id)))
      return id;
  return 0;
}

gboolean
_guitu_list_writer_init (GuituListWriter *writer,
                         GuituSearchLists *lists,
                         gint64 first_row,
                         gint64 last_row,
                         GError **error)
{
  *writer = (GuituListWriter){
    .lists = lists,
    .segment = { .id = free_id (lists), .first_row = first_row, .last_row = last_row },
    .list = g_byte_array_new (),
    .block = g_byte_array_new (),
    .is_empty = TRUE,
  };
  if (writer->segment.id != 0)
    return TRUE;
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "The search index has too many parts; build it anew");
  return FALSE;
}

void
_guitu_list_writer_clear (GuituListWriter *writer)
{
  g_clear_pointer (&writer->list, g_byte_array_unref);
  g_clear_pointer (&writer->block, g_byte_array_unref);
}

static gboolean
write_block (GuituListWriter *writer,
             GError **error)
{
  gboolean is_written = writer->block->len == 0 ||
                        _guitu_block_write (writer->lists->connection, writer->slot, writer->block, error);

  g_byte_array_set_size (writer->block, 0);
  return is_written;
}

/** Ends the list, or a part of it, that is being written. */
static gboolean
write_part (GuituListWriter *writer,
            gboolean is_last,
            GError **error)
{
  g_autoptr (GByteArray) list = NULL;

  if (writer->is_empty)
    return TRUE;
  list = g_byte_array_sized_new (writer->list->len + 16);
  _guitu_number_put (list, writer->first);
  _guitu_number_put (list, writer->offset - writer->first);
  g_byte_array_append (list, writer->list->data, writer->list->len);
  if ((writer->part > 0 || writer->block->len + list->len > GUITU_BLOCK_SIZE) && !write_block (writer, error))
    return FALSE;
  if (writer->block->len == 0)
    {
      writer->slot = _guitu_lists_slot (writer->segment.id, writer->key, writer->part);
      writer->last_key = writer->key;
    }
  _guitu_block_put (writer->block, writer->last_key, writer->key, list->data, list->len, is_last);
  writer->last_key = writer->key;
  g_byte_array_set_size (writer->list, 0);
  writer->is_empty = TRUE;
  writer->part++;
  return TRUE;
}

gboolean
_guitu_list_writer_add (GuituListWriter *writer,
                        guint64 key,
                        guint offset,
                        GError **error)
{
  gboolean is_new = key != writer->key;

  if ((is_new || writer->list->len >= GUITU_PART_SIZE) && !write_part (writer, is_new, error))
    return FALSE;
  if (is_new)
    writer->part = 0;
  writer->key = key;
  if (writer->is_empty)
    writer->first = offset;
  else
    _guitu_number_put (writer->list, offset - writer->offset);
  writer->offset = offset;
  writer->is_empty = FALSE;
  return TRUE;
}

gboolean
_guitu_list_writer_finish (GuituListWriter *writer,
                           GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;

  if (!write_part (writer, TRUE, error) || !write_block (writer, error))
    return FALSE;
  statement = guitu_connection_prepare (writer->lists->connection,
                                        "INSERT INTO person_search_segment (id, first_row, last_row) VALUES (?1, ?2, ?3)", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, writer->segment.id);
  guitu_statement_bind_integer (statement, 2, writer->segment.first_row);
  guitu_statement_bind_integer (statement, 3, writer->segment.last_row);
  return guitu_statement_run (statement, error);
}

/* --- From persons -------------------------------------------------------------------------------- */

typedef struct
{
  gint64 last_row;
  GArray *keys;
  GArray *postings; /* guint64: key, offset */
} Collection;

static gboolean
collect_keys (GuituConnection *connection,
              const GuituSearchEntry *entry,
              gpointer data,
              GError **error)
{
  Collection *collection = data;

  _guitu_search_keys (entry, collection->keys);
  for (guint i = 0; i < collection->keys->len; i++)
    {
      guint64 posting = g_array_index (collection->keys, guint64, i) << GUITU_OFFSET_BITS | (guint64) (collection->last_row - entry->row);

      g_array_append_val (collection->postings, posting);
    }
  return TRUE;
}

static int
compare_postings (gconstpointer a,
                  gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

static void
sort_by_digit (const guint64 *from,
               guint64 *to,
               guint length,
               guint shift)
{
  guint positions[1 << RADIX_BITS] = { 0 };
  guint position = 0;

  for (guint i = 0; i < length; i++)
    positions[from[i] >> shift & ((1 << RADIX_BITS) - 1)]++;
  for (guint i = 0; i < 1 << RADIX_BITS; i++)
    {
      guint count = positions[i];

      positions[i] = position;
      position += count;
    }
  for (guint i = 0; i < length; i++)
    to[positions[from[i] >> shift & ((1 << RADIX_BITS) - 1)]++] = from[i];
}

static void
sort_postings (GArray *postings)
{
  g_autofree guint64 *other = NULL;
  guint64 *from = (guint64 *) (gpointer) postings->data;

  if (postings->len < 1 << RADIX_BITS)
    {
      g_array_sort (postings, compare_postings);
      return;
    }
  other = g_new (guint64, postings->len);
  for (guint shift = 0; shift < 64; shift += 2 * RADIX_BITS)
    {
      sort_by_digit (from, other, postings->len, shift);
      sort_by_digit (other, from, postings->len, shift + RADIX_BITS); /* beyond the 64th bit all are 0 */
    }
}

/** Makes the segment of these rows. */
static gboolean
build_segment (GuituSearchLists *lists,
               gint64 first,
               gint64 last,
               GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) postings = g_array_new (FALSE, FALSE, sizeof (guint64));
  Collection collection = { .last_row = last, .keys = keys, .postings = postings };
  g_auto (GuituListWriter) writer = { 0 };

  if (!_guitu_search_each (lists->connection, first, last, collect_keys, &collection, error) ||
      !_guitu_list_writer_init (&writer, lists, first, last, error))
    return FALSE;
  sort_postings (postings);
  for (guint i = 0; i < postings->len; i++)
    {
      guint64 posting = g_array_index (postings, guint64, i);

      if (!_guitu_list_writer_add (&writer, posting >> GUITU_OFFSET_BITS, posting & OFFSET_MASK, error))
        return FALSE;
    }
  if (!_guitu_list_writer_finish (&writer, error))
    return FALSE;
  g_array_prepend_val (lists->segments, writer.segment);
  lists->last_row = last;
  return TRUE;
}

/* --- From segments ------------------------------------------------------------------------------- */

typedef struct
{
  GuituStatement *statement;
  GuituBlock block;
  guint64 key;    /* G_MAXUINT64 at the end */
  guint distance; /* between the last rows of the new segment and this one */
} Source;

static gboolean
next_entry (Source *source,
            GError **error)
{
  while (!_guitu_block_next (&source->block))
    {
      int step = guitu_statement_step (source->statement, error);

      source->key = G_MAXUINT64;
      if (step != 1)
        return step == 0;
      _guitu_block_load (&source->block, source->statement);
    }
  source->key = source->block.key;
  return TRUE;
}

static gboolean
open_source (Source *source,
             GuituSearchLists *lists,
             guint position,
             GError **error)
{
  const GuituSegment *newest = &g_array_index (lists->segments, GuituSegment, 0);
  const GuituSegment *segment = &g_array_index (lists->segments, GuituSegment, position);
  g_autofree char *sql = g_strdup_printf ("SELECT slot, rows FROM person_search_list WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot /* %u */", position);

  source->distance = newest->last_row - segment->last_row;
  source->statement = guitu_connection_prepare (lists->connection, sql, error);
  if (source->statement == NULL)
    return FALSE;
  _guitu_block_init (&source->block);
  guitu_statement_bind_integer (source->statement, 1, _guitu_lists_slot (segment->id, 0, 0));
  guitu_statement_bind_integer (source->statement, 2, _guitu_lists_slot (segment->id + 1, 0, 0) - 1);
  return next_entry (source, error);
}

/** Writes all that @source has for @key. */
static gboolean
copy_list (Source *source,
           guint64 key,
           GuituListWriter *writer,
           GError **error)
{
  while (source->key == key)
    {
      const guint8 *next = source->block.list;
      guint offset = source->distance;

      while (next < source->block.end)
        {
          gboolean is_first = next == source->block.list;

          offset += _guitu_number_take (&next);
          if (is_first)
            _guitu_number_take (&next);
          if (!_guitu_list_writer_add (writer, key, offset, error))
            return FALSE;
        }
      if (!next_entry (source, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
merge_sources (Source *sources,
               guint n_sources,
               GuituListWriter *writer,
               GError **error)
{
  for (;;)
    {
      guint64 key = G_MAXUINT64;

      for (guint i = 0; i < n_sources; i++)
        key = MIN (key, sources[i].key);
      if (key == G_MAXUINT64)
        return TRUE;
      for (guint i = 0; i < n_sources; i++)
        if (!copy_list (&sources[i], key, writer, error))
          return FALSE;
    }
}

static gboolean
remove_segment (GuituSearchLists *lists,
                const GuituSegment *segment,
                GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM person_search_list WHERE slot BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT ";"
                                          "DELETE FROM person_search_segment WHERE id = %u",
                                          _guitu_lists_slot (segment->id, 0, 0), _guitu_lists_slot (segment->id + 1, 0, 0) - 1, segment->id);

  return guitu_connection_run (lists->connection, sql, error);
}

/** Makes one segment of the newest @count. */
static gboolean
join_newest (GuituSearchLists *lists,
             guint count,
             GError **error)
{
  gint64 first = g_array_index (lists->segments, GuituSegment, count - 1).first_row;
  gint64 last = g_array_index (lists->segments, GuituSegment, 0).last_row;
  g_autofree Source *sources = g_new0 (Source, count);
  g_auto (GuituListWriter) writer = { 0 };
  gboolean is_good = _guitu_list_writer_init (&writer, lists, first, last, error);

  for (guint i = 0; i < count && is_good; i++)
    is_good = open_source (&sources[i], lists, i, error);
  is_good = is_good && merge_sources (sources, count, &writer, error);
  for (guint i = 0; i < count; i++)
    {
      g_clear_pointer (&sources[i].statement, guitu_statement_free);
      _guitu_block_clear (&sources[i].block);
    }
  for (guint i = 0; i < count && is_good; i++)
    is_good = remove_segment (lists, &g_array_index (lists->segments, GuituSegment, i), error);
  if (!is_good || !_guitu_list_writer_finish (&writer, error))
    return FALSE;
  g_array_remove_range (lists->segments, 0, count);
  g_array_prepend_val (lists->segments, writer.segment);
  return TRUE;
}

/* --- When ---------------------------------------------------------------------------------------- */

/** The largest segment of the size that one of @rows has. */
static gint64
size_of (gint64 rows)
{
  gint64 size = SMALLEST;

  while (size < rows)
    size *= STEP;
  return size;
}

/** How many of the newest segments, one of them alone or all together, are of one size. */
static guint
count_to_join (const GuituSearchLists *lists)
{
  gint64 sum = 0;
  guint count = 0;

  for (; count < lists->segments->len; count++)
    {
      const GuituSegment *segment = &g_array_index (lists->segments, GuituSegment, count);
      gint64 rows = segment->last_row - segment->first_row + 1;

      if (count > 0 && (rows > size_of (sum) || sum + rows > LARGEST))
        break;
      sum += rows;
    }
  return count;
}

gboolean
_guitu_search_lists_fold (GuituSearchLists *lists,
                          gint64 last,
                          GError **error)
{
  while (lists->last_row < last)
    {
      guint count;

      if (!build_segment (lists, lists->last_row + 1, MIN (last, lists->last_row + BUILD_ROWS), error))
        return FALSE;
      count = count_to_join (lists);
      if (count > 1 && !join_newest (lists, count, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_search_lists_build (GuituSearchLists *lists,
                           GuituProgress progress,
                           gpointer data,
                           GError **error)
{
  gint64 last = guitu_connection_integer (lists->connection, "SELECT max(row) FROM person", 0, NULL);
  guint n_parts = 0;

  while (lists->last_row < last)
    {
      if (!build_segment (lists, lists->last_row + 1, MIN (last, lists->last_row + BUILD_ROWS), error))
        return FALSE;
      if (progress != NULL && !progress ((guint64) lists->last_row, (guint64) last, data, error))
        return FALSE;
      n_parts++;
      if (n_parts < BUILD_JOINS && lists->last_row < last)
        continue;
      if (n_parts > 1 && !join_newest (lists, n_parts, error))
        return FALSE;
      n_parts = 0;
    }
  return TRUE;
}
