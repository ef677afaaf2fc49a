/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the search index holds what it would hold if it were built anew: the sum of the hashes of
 * all pairs of row and key that its lists hold is compared with that of the persons' keys. */

#include "db/search-private.h"

#include <sodium.h>

typedef struct
{
  guint64 sum;
  GArray *keys;
} Sum;

static gboolean
add_posting (guint64 key,
             gint64 row,
             gpointer data)
{
  Sum *sum = data;
  guint64 both[2] = { key, (guint64) row };
  guint8 zero[crypto_shorthash_KEYBYTES] = { 0 };
  guint64 hash;

  crypto_shorthash ((guint8 *) &hash, (const guint8 *) both, sizeof both, zero);
  sum->sum += hash;
  return TRUE;
}

static gboolean
add_keys (GuituConnection *connection,
          const GuituSearchEntry *entry,
          gpointer data,
          GError **error)
{
  Sum *sum = data;

  _guitu_search_keys (entry, sum->keys);
  for (guint i = 0; i < sum->keys->len; i++)
    add_posting (g_array_index (sum->keys, guint64, i), entry->row, sum);
  return TRUE;
}

/** Adds what the lists hold; a segment that does not follow the one before counts too, and so do lists of no segment. */
static gboolean
add_lists (GuituSearchLists *lists,
           Sum *sum,
           GError **error)
{
  g_autofree char *strays = g_strdup_printf ("SELECT count (*) FROM person_search_list WHERE slot >> %d NOT IN (SELECT id FROM person_search_segment)",
                                             GUITU_KEY_BITS + GUITU_PART_BITS);
  g_autoptr (GError) failure = NULL;
  gint64 row = lists->last_row;

  sum->sum += guitu_connection_integer (lists->connection, strays, 0, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; i < lists->segments->len; i++)
    {
      const GuituSegment *segment = &g_array_index (lists->segments, GuituSegment, i);

      if (segment->last_row != row)
        sum->sum++;
      row = segment->first_row - 1;
      if (!_guitu_search_lists_each (lists, segment, add_posting, sum, error))
        return FALSE;
    }
  sum->sum += row != 0; /* the first row is 1 */
  return TRUE;
}

/* An index that can't be read is a problem of the index; the persons are needed in any case. */
static gboolean
compare (GuituConnection *connection,
         char **problem,
         GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (GuituSearchLists) lists = { 0 };
  Sum wanted = { .keys = keys };
  Sum found = { 0 };

  if (!_guitu_search_lists_open (&lists, connection, &failure) || !add_lists (&lists, &found, &failure))
    *problem = g_strdup_printf ("The search index is damaged (%s); build it anew", failure->message);
  else if (!_guitu_search_each (connection, 0, lists.last_row, add_keys, &wanted, error))
    return FALSE;
  else if (found.sum != wanted.sum)
    *problem = g_strdup ("The search index does not fit the persons' records; build it anew");
  return TRUE;
}

gboolean
guitu_search_check (GuituConnection *connection,
                    char **problem,
                    GError **error)
{
  gboolean is_compared;

  *problem = NULL;
  if (!guitu_connection_run (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  is_compared = compare (connection, problem, error);
  guitu_connection_run (connection, "ROLLBACK", NULL);
  return is_compared;
}
