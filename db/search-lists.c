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

#define PADDING 12 /* after the data: a damaged number at its end is read no further */

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
  g_clear_pointer (&lists->reading_further, guitu_statement_free);
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

/** Reads the block in which the part of the list of @key would be. Returns: the slot of the block, -1 for none. */
static gint64
read_block (GuituSearchLists *lists,
            const GuituSegment *segment,
            guint64 key,
            guint part,
            GuituBlock *block,
            GError **error)
{
  static const char first_sql[] = "SELECT slot, rows FROM person_search_list WHERE slot BETWEEN ?2 AND ?1 ORDER BY slot DESC LIMIT 1";
  static const char further_sql[] = "SELECT slot, rows FROM person_search_list WHERE slot = ?1";
  GuituStatement **reading = part == 0 ? &lists->reading : &lists->reading_further;
  gint64 slot = -1;

  if (*reading == NULL)
    *reading = guitu_connection_prepare (lists->connection, part == 0 ? first_sql : further_sql, error);
  if (*reading == NULL)
    return -1;
  guitu_statement_bind_integer (*reading, 1, _guitu_lists_slot (segment->id, key, part));
  if (part == 0)
    guitu_statement_bind_integer (*reading, 2, _guitu_lists_slot (segment->id, 0, 0));
  if (guitu_statement_step (*reading, error) == 1)
    {
      slot = guitu_statement_integer (*reading, 0);
      _guitu_block_load (block, *reading);
    }
  guitu_statement_reset (*reading);
  return slot;
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
  gint64 slot = read_block (lists, segment, key, part, block, error);

  *is_there = FALSE;
  while (slot >= 0 && !*is_there && _guitu_block_next (block) && block->key <= key)
    *is_there = block->key == key;
  return slot;
}

/* --- Keys ----------------------------------------------------------------------------------------- */

void
_guitu_search_lists_keep (GuituSearchLists *lists,
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

/** Adds those of the first @n_wanted keys to @found that are in @block, and keeps the first parts of their lists. Returns: how many are before it. */
static guint
find_in_block (GuituSearchLists *lists,
               const GuituSegment *segment,
               gint64 slot,
               GuituBlock *block,
               const guint64 *wanted,
               guint n_wanted,
               GArray *found)
{
  guint64 first = _guitu_lists_slot_key (slot) + ((slot & GUITU_PART_MASK) != 0);
  guint n_before = n_wanted;
  guint next;

  while (n_before > 0 && wanted[n_before - 1] >= first)
    n_before--;
  next = n_before;
  while (next < n_wanted && _guitu_block_next (block))
    {
      while (next < n_wanted && wanted[next] < block->key)
        next++;
      if (next == n_wanted || wanted[next] != block->key)
        continue;
      g_array_append_val (found, wanted[next]);
      _guitu_search_lists_keep (lists, _guitu_lists_slot (segment->id, block->key, 0), block);
    }
  return n_before;
}

/** Adds those of the @wanted keys, which are in order, to @found that have lists in one segment. */
static void
find_in_segment (GuituSearchLists *lists,
                 const GuituSegment *segment,
                 const GArray *wanted,
                 GArray *found)
{
  guint left = wanted->len;

  while (left > 0 && lists->error == NULL)
    {
      const guint64 *keys = (const guint64 *) wanted->data;
      g_auto (GuituBlock) block = { 0 };
      gint64 slot;

      _guitu_block_init (&block);
      slot = read_block (lists, segment, keys[left - 1], 0, &block, &lists->error);
      left = slot < 0 ? 0 : find_in_block (lists, segment, slot, &block, keys, left, found);
    }
}

void
_guitu_search_lists_leave (GuituSearchLists *lists,
                           GArray *keys)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint64));

  _guitu_search_sort_keys (keys);
  for (guint i = 0; i < lists->segments->len; i++)
    find_in_segment (lists, &g_array_index (lists->segments, GuituSegment, i), keys, found);
  _guitu_search_sort_keys (found);
  g_array_set_size (keys, 0);
  g_array_append_vals (keys, found->data, found->len);
  for (guint i = 0; i < keys->len; i++)
    for (guint k = 0; k < lists->segments->len; k++)
      {
        gint64 slot = _guitu_lists_slot (g_array_index (lists->segments, GuituSegment, k).id, g_array_index (keys, guint64, i), 0);

        if (!g_hash_table_contains (lists->kept, &slot))
          _guitu_search_lists_keep (lists, slot, NULL);
      }
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
