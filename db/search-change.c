/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts a person into lists of a segment, and takes one out: for those who are changed after their
 * segment was written. */

#include "db/search-private.h"

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
      slot = _guitu_search_lists_read (lists, segment, key, part, &block, &is_there, &failure);
      if (!is_there)
        break;
      is_last = block.is_last;
      _guitu_list_decode (block.list, block.end, offsets);
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
  if (changed->len == 0 && (slot & GUITU_PART_MASK) > 0)
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
