/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of the persons that have a key, in table person_search_list. A row of it is a block: the lists
 * of a run of neighbouring keys in one segment. Its number is made of the segment, the first key and,
 * for a list that is longer than a block, the part of it; so what belongs together lies together, and
 * a key is in the last block that is not after it.
 *
 * All numbers are of 7 bits a byte. An entry of a block: distance to the key before (of the first one
 * to that of the block), length of the list, twice, and one more when it is the last part of it. A
 * list: how far its newest person is before the last row of the segment, how far the oldest is from
 * the newest, then the distances from one to the next. */

#include "db/search-private.h"

#include <string.h>

#define PADDING 12  /* after the data: a damaged number at its end is read no further */
#define FEW_PARTS 3 /* are read one after the other */
#define GUESSES 4   /* where a far part is, before the rest is halved */

static void
free_kept (gpointer data)
{
  _guitu_block_clear (data);
  g_free (data);
}

gboolean
_guitu_search_lists_open (GuituSearchLists *lists,
                          GuituConnection *connection,
                          GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT id, first_row, last_row FROM person_search_segment ORDER BY last_row DESC", error);
  int step;

  *lists = (GuituSearchLists){
    .connection = connection,
    .segments = g_array_new (FALSE, FALSE, sizeof (GuituSegment)),
    .kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_kept),
  };
  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituSegment segment = {
        .id = guitu_statement_integer (statement, 0),
        .first_row = guitu_statement_integer (statement, 1),
        .last_row = guitu_statement_integer (statement, 2),
      };

      lists->last_row = MAX (lists->last_row, segment.last_row);
      g_array_append_val (lists->segments, segment);
    }
  return step == 0;
}

void
_guitu_search_lists_clear (GuituSearchLists *lists)
{
  g_clear_pointer (&lists->segments, g_array_unref);
  g_clear_pointer (&lists->reading, guitu_statement_free);
  g_clear_pointer (&lists->kept, g_hash_table_unref);
  g_clear_error (&lists->error);
}

gint64
_guitu_lists_slot (guint segment,
                   guint64 key,
                   guint part)
{
  return (gint64) segment << (GUITU_KEY_BITS + GUITU_PART_BITS) | (gint64) (key << GUITU_PART_BITS) | part;
}

guint64
_guitu_lists_slot_key (gint64 slot)
{
  return (guint64) slot >> GUITU_PART_BITS & ((G_GUINT64_CONSTANT (1) << GUITU_KEY_BITS) - 1);
}

void
_guitu_number_put (GByteArray *data,
                   guint64 number)
{
  guint8 bytes[10];
  guint length = 0;

  for (; number >= 0x80; number >>= 7)
    bytes[length++] = 0x80 | (number & 0x7f);
  bytes[length++] = number;
  g_byte_array_append (data, bytes, length);
}

guint64
_guitu_number_take (const guint8 **cursor)
{
  const guint8 *p = *cursor;
  guint64 number = *p & 0x7f;

  for (guint shift = 7; *p++ & 0x80 && shift < 64; shift += 7)
    number |= (guint64) (*p & 0x7f) << shift;
  *cursor = p;
  return number;
}

/* --- Blocks -------------------------------------------------------------------------------------- */

void
_guitu_block_init (GuituBlock *block)
{
  *block = (GuituBlock){ .data = g_byte_array_new () };
}

void
_guitu_block_clear (GuituBlock *block)
{
  g_clear_pointer (&block->data, g_byte_array_unref);
}

void
_guitu_block_load (GuituBlock *block,
                   GuituStatement *statement)
{
  static const guint8 padding[PADDING];
  gsize length;
  const guint8 *bytes = guitu_statement_bytes (statement, 1, &length);

  g_byte_array_set_size (block->data, 0);
  g_byte_array_append (block->data, bytes, length);
  g_byte_array_append (block->data, padding, PADDING);
  block->next = block->data->data;
  block->key = _guitu_lists_slot_key (guitu_statement_integer (statement, 0));
}

gboolean
_guitu_block_next (GuituBlock *block)
{
  const guint8 *end;
  guint64 length;

  if (block->data->len < PADDING)
    return FALSE;
  end = block->data->data + block->data->len - PADDING;
  if (block->next >= end)
    return FALSE;
  block->key += _guitu_number_take (&block->next);
  length = _guitu_number_take (&block->next);
  block->is_last = length & 1;
  block->list = MIN (block->next, end);
  block->end = block->list + MIN (length >> 1, (guint64) (end - block->list));
  block->next = block->end;
  return TRUE;
}

void
_guitu_block_put (GByteArray *block,
                  guint64 last_key,
                  guint64 key,
                  const guint8 *list,
                  guint length,
                  gboolean is_last)
{
  _guitu_number_put (block, key - last_key);
  _guitu_number_put (block, (guint64) length << 1 | (is_last ? 1 : 0));
  g_byte_array_append (block, list, length);
}

gboolean
_guitu_block_write (GuituConnection *connection,
                    gint64 slot,
                    const GByteArray *block,
                    GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "INSERT OR REPLACE INTO person_search_list (slot, rows) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, slot);
  guitu_statement_bind_bytes (statement, 2, block->data, block->len);
  return guitu_statement_run (statement, error);
}

gint64
_guitu_search_lists_read (GuituSearchLists *lists,
                          const GuituSegment *segment,
                          guint64 key,
                          guint part,
                          GuituBlock *block,
                          gboolean *is_there,
                          GError **error)
{
  gint64 slot = _guitu_lists_slot (segment->id, key, part);

  *is_there = FALSE;
  if (lists->reading == NULL)
    lists->reading = guitu_connection_prepare (lists->connection,
                                               "SELECT slot, rows FROM person_search_list WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot DESC LIMIT 1", error);
  if (lists->reading == NULL)
    return -1;
  guitu_statement_bind_integer (lists->reading, 1, part == 0 ? _guitu_lists_slot (segment->id, 0, 0) : slot);
  guitu_statement_bind_integer (lists->reading, 2, slot);
  slot = -1;
  if (guitu_statement_step (lists->reading, error) == 1)
    {
      slot = guitu_statement_integer (lists->reading, 0);
      _guitu_block_load (block, lists->reading);
      while (!*is_there && _guitu_block_next (block) && block->key <= key)
        *is_there = block->key == key;
    }
  guitu_statement_reset (lists->reading);
  return slot;
}

/* --- Reading ------------------------------------------------------------------------------------- */

void
_guitu_cursor_init (GuituCursor *cursor,
                    GuituSearchLists *lists,
                    guint64 key)
{
  *cursor = (GuituCursor){ .lists = lists, .key = key, .row = G_MAXINT64 };
}

void
_guitu_cursor_clear (GuituCursor *cursor)
{
  _guitu_block_clear (&cursor->block);
}

static void
start_segment (GuituCursor *cursor,
               guint segment)
{
  cursor->segment = segment;
  cursor->part = 0;
  cursor->is_loaded = FALSE;
}

static void
keep (GuituSearchLists *lists,
      gint64 slot,
      const GuituBlock *block)
{
  GuituBlock *kept = g_new0 (GuituBlock, 1);

  if (block != NULL)
    {
      *kept = *block;
      g_byte_array_ref (kept->data);
    }
  g_hash_table_insert (lists->kept, g_memdup2 (&slot, sizeof slot), kept);
}

/** Reads a part of the cursor's list into @block, which is empty. A first part is kept, or that there is none. */
static gboolean
take_part (GuituCursor *cursor,
           guint part,
           GuituBlock *block)
{
  GuituSearchLists *lists = cursor->lists;
  const GuituSegment *segment = &g_array_index (lists->segments, GuituSegment, cursor->segment);
  gint64 slot = _guitu_lists_slot (segment->id, cursor->key, part);
  GuituBlock *kept;
  gboolean is_there;

  kept = part > 0 ? NULL : g_hash_table_lookup (lists->kept, &slot);
  if (kept != NULL)
    {
      *block = *kept;
      if (block->data != NULL)
        g_byte_array_ref (block->data);
      return block->data != NULL;
    }
  _guitu_block_init (block);
  _guitu_search_lists_read (lists, segment, cursor->key, part, block, &is_there, lists->error == NULL ? &lists->error : NULL);
  if (!is_there)
    _guitu_block_clear (block);
  if (part > 0)
    return is_there;
  keep (lists, slot, is_there ? block : NULL);
  return is_there;
}

/** Makes @block, the part of that number, the current one. Returns: whether it holds anything. */
static gboolean
enter_part (GuituCursor *cursor,
            guint part,
            const GuituBlock *block)
{
  _guitu_block_clear (&cursor->block);
  cursor->block = *block;
  cursor->part = part + 1;
  cursor->next = block->list;
  if (cursor->next >= block->end)
    return FALSE;
  cursor->offset = _guitu_number_take (&cursor->next);
  cursor->oldest = cursor->offset + _guitu_number_take (&cursor->next);
  return TRUE;
}

/** Makes the current part, or the next one that holds anything, ready. Returns: whether there is one in this segment. */
static gboolean
load_part (GuituCursor *cursor)
{
  while (!cursor->is_loaded)
    {
      GuituBlock block;

      if (cursor->part > 0 && cursor->block.is_last)
        return FALSE;
      if (!take_part (cursor, cursor->part, &block))
        {
          cursor->block.is_last = TRUE;
          cursor->part++;
          return FALSE;
        }
      cursor->is_loaded = enter_part (cursor, cursor->part, &block);
    }
  return TRUE;
}

/** Whether the part that is read begins at @offset or before it. */
static gboolean
begins_before (const GuituBlock *block,
               guint offset)
{
  const guint8 *next = block->list;

  return next < block->end && _guitu_number_take (&next) <= offset;
}

/** Goes on to a part not far before @offset, which is beyond the current one; a long list is not read from end to end. */
static void
jump_to (GuituCursor *cursor,
         guint offset)
{
  const double span = (cursor->oldest + 1.0) / cursor->part;
  guint low = cursor->part - 1;
  guint high = 1 << GUITU_PART_BITS;

  for (guint i = 0; cursor->oldest < offset && !cursor->block.is_last && high - low > 1 && i < GUITU_PART_BITS; i++)
    {
      double ahead = i < GUESSES ? (offset - cursor->oldest) / span : (high - low) / 2;
      guint guess = low + (guint) CLAMP (ahead, 1, high - low - 1);
      GuituBlock block;
      gboolean is_there;

      if (i == 0 && guess - low < FEW_PARTS)
        return;
      is_there = take_part (cursor, guess, &block);
      if (is_there && begins_before (&block, offset))
        {
          enter_part (cursor, guess, &block);
          low = guess;
          continue;
        }
      if (is_there)
        _guitu_block_clear (&block);
      high = guess;
    }
}

/** Moves within the part to @offset or beyond. Returns: whether it is there. */
static gboolean
skip_to (GuituCursor *cursor,
         guint offset)
{
  if (cursor->oldest < offset && !cursor->block.is_last)
    jump_to (cursor, offset);
  if (cursor->oldest < offset)
    return FALSE;
  while (cursor->offset < offset)
    {
      if (cursor->next >= cursor->block.end)
        return FALSE;
      if (*cursor->next < 0x80)
        cursor->offset += *cursor->next++;
      else
        cursor->offset += _guitu_number_take (&cursor->next);
    }
  return TRUE;
}

gint64
_guitu_cursor_seek (GuituCursor *cursor,
                    gint64 row)
{
  const GArray *segments = cursor->lists->segments;

  if (cursor->row <= row)
    return cursor->row;
  for (; cursor->segment < segments->len; start_segment (cursor, cursor->segment + 1))
    {
      const GuituSegment *segment = &g_array_index (segments, GuituSegment, cursor->segment);
      guint offset = row >= segment->last_row ? 0 : (guint) MIN (segment->last_row - row, G_MAXUINT32);

      if (segment->first_row > row)
        continue;
      while (load_part (cursor))
        {
          if (skip_to (cursor, offset))
            return cursor->row = segment->last_row - cursor->offset;
          cursor->is_loaded = FALSE;
        }
    }
  return cursor->row = 0;
}

/** Adds the keys of one segment, and keeps the first parts of their lists. */
static gboolean
read_keys (GuituSearchLists *lists,
           const GuituSegment *segment,
           guint64 first,
           guint64 last,
           GuituKeyFunction is_wanted,
           gpointer data,
           GArray *keys,
           GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (lists->connection, "SELECT slot, rows FROM person_search_list WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot DESC", error);
  guint64 reached = G_MAXUINT64;
  int step = 0;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, _guitu_lists_slot (segment->id, 0, 0));
  guitu_statement_bind_integer (statement, 2, _guitu_lists_slot (segment->id, last, 0));
  while (reached >= first && (step = guitu_statement_step (statement, error)) == 1)
    {
      g_auto (GuituBlock) block = { 0 };
      gint64 slot = guitu_statement_integer (statement, 0);

      reached = _guitu_lists_slot_key (slot);
      if ((slot & GUITU_PART_MASK) != 0)
        continue;
      _guitu_block_init (&block);
      _guitu_block_load (&block, statement);
      while (_guitu_block_next (&block) && block.key <= last)
        if (block.key >= first && is_wanted (block.key, data))
          {
            g_array_append_val (keys, block.key);
            keep (lists, _guitu_lists_slot (segment->id, block.key, 0), &block);
          }
      if (reached == first && first > 0)
        break;
    }
  return step >= 0;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

void
_guitu_search_lists_keys (GuituSearchLists *lists,
                          guint64 first,
                          guint64 last,
                          GuituKeyFunction is_wanted,
                          gpointer data,
                          GArray *keys)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < lists->segments->len && lists->error == NULL; i++)
    read_keys (lists, &g_array_index (lists->segments, GuituSegment, i), first, last, is_wanted, data, found, &lists->error);
  g_array_sort (found, compare_keys);
  for (guint i = 0; i < found->len; i++)
    {
      guint64 key = g_array_index (found, guint64, i);

      if (i > 0 && key == g_array_index (found, guint64, i - 1))
        continue;
      g_array_append_val (keys, key);
      for (guint k = 0; k < lists->segments->len; k++)
        {
          gint64 slot = _guitu_lists_slot (g_array_index (lists->segments, GuituSegment, k).id, key, 0);

          if (!g_hash_table_contains (lists->kept, &slot))
            keep (lists, slot, NULL);
        }
    }
}

double
_guitu_cursor_estimate (GuituCursor *cursor)
{
  const GArray *segments = cursor->lists->segments;
  gint64 largest = 0;
  double estimate = 0;

  for (guint i = 0; i < segments->len; i++)
    {
      const GuituSegment *segment = &g_array_index (segments, GuituSegment, i);

      if (segment->last_row - segment->first_row < largest)
        continue;
      largest = segment->last_row - segment->first_row;
      start_segment (cursor, i);
    }
  if (segments->len > 0 && load_part (cursor))
    {
      double rows = cursor->block.is_last ? largest + 1 : cursor->oldest + 1;

      estimate = (cursor->block.end - cursor->block.list) / rows * cursor->lists->last_row;
    }
  start_segment (cursor, 0);
  return estimate;
}

/* --- Reading all ----------------------------------------------------------------------------------- */

void
_guitu_list_decode (const guint8 *list,
                    const guint8 *end,
                    GArray *offsets)
{
  guint offset;

  g_array_set_size (offsets, 0);
  if (list >= end)
    return;
  offset = _guitu_number_take (&list);
  _guitu_number_take (&list);
  g_array_append_val (offsets, offset);
  while (list < end)
    {
      offset += _guitu_number_take (&list);
      g_array_append_val (offsets, offset);
    }
}

gboolean
_guitu_search_lists_each (GuituSearchLists *lists,
                          const GuituSegment *segment,
                          GuituPostingFunction function,
                          gpointer data,
                          GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (lists->connection, "SELECT slot, rows FROM person_search_list WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot", error);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GuituBlock) block = { 0 };
  int step;

  if (statement == NULL)
    return FALSE;
  _guitu_block_init (&block);
  guitu_statement_bind_integer (statement, 1, _guitu_lists_slot (segment->id, 0, 0));
  guitu_statement_bind_integer (statement, 2, _guitu_lists_slot (segment->id + 1, 0, 0) - 1);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      _guitu_block_load (&block, statement);
      while (_guitu_block_next (&block))
        {
          _guitu_list_decode (block.list, block.end, offsets);
          for (guint i = 0; i < offsets->len; i++)
            if (!function (block.key, segment->last_row - g_array_index (offsets, guint, i), data))
              return FALSE;
        }
    }
  return step == 0;
}
