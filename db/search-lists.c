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

#define PADDING 12   /* after the data: a damaged number at its end is read no further */
#define FEW_PARTS 3  /* are read one after the other */
#define GUESSES 4    /* where a far part is, before the rest is halved */

gboolean
_guitu_search_lists_open (GuituSearchLists *lists,
                          GuituConnection *connection,
                          GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT id, first_row, last_row FROM person_search_segment ORDER BY last_row DESC", error);
  int step;

  *lists = (GuituSearchLists){ .connection = connection, .segments = g_array_new (FALSE, FALSE, sizeof (GuituSegment)) };
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

/** Reads the part of the list of @key, or what the block has where it would be. Returns: the slot of the block, -1 for none. */
static gint64
read_part (GuituSearchLists *lists,
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
free_kept (gpointer data)
{
  _guitu_block_clear (data);
  g_free (data);
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

  if (lists->kept == NULL)
    lists->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_kept);
  kept = part > 0 ? NULL : g_hash_table_lookup (lists->kept, &slot);
  if (kept != NULL)
    {
      *block = *kept;
      if (block->data != NULL)
        g_byte_array_ref (block->data);
      return block->data != NULL;
    }
  _guitu_block_init (block);
  read_part (lists, segment, cursor->key, part, block, &is_there, lists->error == NULL ? &lists->error : NULL);
  if (!is_there)
    _guitu_block_clear (block);
  if (part > 0)
    return is_there;
  kept = g_new (GuituBlock, 1);
  *kept = *block;
  if (is_there)
    g_byte_array_ref (kept->data);
  g_hash_table_insert (lists->kept, g_memdup2 (&slot, sizeof slot), kept);
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

/* --- Changing ------------------------------------------------------------------------------------ */

static void
decode (const guint8 *list,
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

static void
encode (const GArray *offsets,
        GByteArray *data)
{
  const guint *all = (const guint *) (gconstpointer) offsets->data;

  g_byte_array_set_size (data, 0);
  if (offsets->len == 0)
    return;
  _guitu_number_put (data, all[0]);
  _guitu_number_put (data, all[offsets->len - 1] - all[0]);
  for (guint i = 1; i < offsets->len; i++)
    _guitu_number_put (data, all[i] - all[i - 1]);
}

static void
change_offsets (GArray *offsets,
                guint offset,
                gboolean adds)
{
  guint i = 0;

  while (i < offsets->len && g_array_index (offsets, guint, i) < offset)
    i++;
  if (i < offsets->len && g_array_index (offsets, guint, i) == offset)
    {
      if (!adds)
        g_array_remove_index (offsets, i);
    }
  else if (adds)
    g_array_insert_val (offsets, i, offset);
}

/** Copies @block with @list in place of the list of @key, or without that key when it is empty. */
static GByteArray *
replace_list (GuituBlock *block,
              guint64 first_key,
              guint64 key,
              const GByteArray *list,
              gboolean is_last)
{
  GByteArray *result = g_byte_array_new ();
  guint64 last_key = first_key;
  gboolean is_put = list->len == 0 && is_last;
  gboolean has_more;

  block->next = block->data->data;
  block->key = first_key;
  do
    {
      has_more = _guitu_block_next (block);
      if (!is_put && (!has_more || block->key >= key))
        {
          _guitu_block_put (result, last_key, key, list->data, list->len, is_last);
          last_key = key;
          is_put = TRUE;
        }
      if (has_more && block->key != key)
        {
          _guitu_block_put (result, last_key, block->key, block->list, block->end - block->list, block->is_last);
          last_key = block->key;
        }
    }
  while (has_more);
  return result;
}

static gboolean
write_or_remove (GuituSearchLists *lists,
                 gint64 slot,
                 const GByteArray *block,
                 GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;

  if (block->len > 0)
    return _guitu_block_write (lists->connection, slot, block, error);
  statement = guitu_connection_prepare (lists->connection, "DELETE FROM person_search_list WHERE slot = ?1", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, slot);
  return guitu_statement_run (statement, error);
}

/* A block that grows is not cut: few persons are changed after they were put into a segment. The last
 * part of a long list stays when it gets empty: the part before it says that there is one. */
static gboolean
change_segment (GuituSearchLists *lists,
                const GuituSegment *segment,
                guint64 key,
                guint offset,
                gboolean adds,
                GError **error)
{
  g_auto (GuituBlock) block = { 0 };
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autoptr (GByteArray) changed = NULL;
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) failure = NULL;
  gboolean is_there = FALSE;
  gboolean is_last = TRUE;
  gint64 slot = -1;

  _guitu_block_init (&block);
  for (guint part = 0; slot < 0 || (!is_last && (offsets->len == 0 || g_array_index (offsets, guint, offsets->len - 1) < offset)); part++)
    {
      slot = read_part (lists, segment, key, part, &block, &is_there, &failure);
      if (!is_there)
        break;
      is_last = block.is_last;
      decode (block.list, block.end, offsets);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (slot < 0)
    slot = _guitu_lists_slot (segment->id, key, 0);
  change_offsets (offsets, offset, adds);
  encode (offsets, list);
  changed = replace_list (&block, _guitu_lists_slot_key (slot), key, list, is_last);
  if (changed->len == 0 && (slot & ((1 << GUITU_PART_BITS) - 1)) > 0)
    _guitu_block_put (changed, key, key, list->data, 0, TRUE);
  return write_or_remove (lists, slot, changed, error);
}

gboolean
_guitu_search_lists_change (GuituSearchLists *lists,
                            guint64 key,
                            gint64 row,
                            gboolean adds,
                            GError **error)
{
  for (guint i = 0; i < lists->segments->len; i++)
    {
      const GuituSegment *segment = &g_array_index (lists->segments, GuituSegment, i);

      if (row >= segment->first_row && row <= segment->last_row)
        return change_segment (lists, segment, key, segment->last_row - row, adds, error);
    }
  return TRUE;
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
          decode (block.list, block.end, offsets);
          for (guint i = 0; i < offsets->len; i++)
            if (!function (block.key, segment->last_row - g_array_index (offsets, guint, i), data))
              return FALSE;
        }
    }
  return step == 0;
}
