/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks the list of a key through all segments, from the newest person to the oldest. */

#include "db/search-private.h"

#include <string.h>

#define GUESSES 4 /* where a far part is, before the rest is halved */

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
  _guitu_search_lists_keep (lists, slot, is_there ? block : NULL);
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

  for (guint i = 0; cursor->oldest < offset && !cursor->block.is_last && i < GUITU_PART_BITS; i++)
    {
      double between = i < GUESSES ? (offset - cursor->oldest) / span : (high - low) / 2;
      guint guess = low + 1 + (guint) CLAMP (between, 0, high - low - 2);
      GuituBlock block;
      gboolean is_there;

      if (guess == low + 1) /* the next one is read anyway */
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

/** Reads a number of one or two bytes. No processor foresees which: it does not have to. */
static guint
take_short (const guint8 **next)
{
  guint is_long = **next >> 7;
  guint number = ((*next)[0] & 0x7f) | ((guint) (*next)[1] << 7 & -is_long);

  *next += 1 + is_long;
  return number;
}

static guint
sum_of_bytes (guint64 bytes)
{
  guint64 pairs = (bytes & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)) + (bytes >> 8 & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff));

  return (guint) (pairs * G_GUINT64_CONSTANT (0x0001000100010001) >> 48);
}

/** Skips numbers of one and two bytes, eight bytes at once, that do not reach @offset. Most of a list is skipped so. */
static void
skip_many (GuituCursor *cursor,
           guint offset)
{
  while (cursor->block.end - cursor->next >= 8)
    {
      guint64 bytes, further, seconds;
      guint length = 8;
      guint distance;

      memcpy (&bytes, cursor->next, sizeof bytes);
      bytes = GUINT64_FROM_LE (bytes);
      further = bytes & G_GUINT64_CONSTANT (0x8080808080808080);
      if (further & further << 8)
        return;
      if (further >> 63) /* the last one goes on after these bytes */
        {
          bytes &= G_MAXUINT64 >> 8;
          further &= G_MAXUINT64 >> 8;
          length = 7;
        }
      seconds = (further << 1) * 0xff; /* all bits of those that are the upper ones of a number */
      bytes ^= further;
      distance = sum_of_bytes (bytes & ~seconds) + (sum_of_bytes (bytes & seconds) << 7);
      if (distance >= offset - cursor->offset)
        return;
      cursor->offset += distance;
      cursor->next += length;
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
  if (cursor->offset < offset)
    skip_many (cursor, offset);
  while (cursor->offset < offset)
    {
      if (cursor->next >= cursor->block.end)
        return FALSE;
      if (cursor->next[0] & cursor->next[1] & 0x80)
        cursor->offset += (guint) _guitu_number_take (&cursor->next);
      else
        cursor->offset += take_short (&cursor->next);
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

/** Puts the persons from the current one on into @window, as far as the part and the window go. Returns: the row before the last of them. */
static gint64
fill_from_part (GuituCursor *cursor,
                GuituWindow *window)
{
  const gint64 last_row = g_array_index (cursor->lists->segments, GuituSegment, cursor->segment).last_row;
  const gint64 shift = window->high - last_row;
  const guint8 *end = cursor->block.end;
  const guint8 *next = cursor->next;
  guint offset = cursor->offset;
  guint last = offset;

  while (shift + offset < window->size)
    {
      _guitu_window_add (window, (guint) (shift + offset));
      last = offset;
      if (next >= end)
        break;
      offset += next[0] & next[1] & 0x80 ? (guint) _guitu_number_take (&next) : take_short (&next);
    }
  cursor->offset = offset;
  cursor->next = next;
  cursor->row = last_row - offset;
  return last_row - last - 1;
}

void
_guitu_cursor_fill (GuituCursor *cursor,
                    GuituWindow *window)
{
  gint64 low = MAX (1, window->high - window->size + 1);
  gint64 row = window->high;

  while (row >= low && (row = _guitu_cursor_seek (cursor, row)) >= low)
    row = fill_from_part (cursor, window);
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
