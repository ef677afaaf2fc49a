/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the search index holds what it would hold if it were built anew: the sum of the hashes of
 * all pairs of row and key that its lists hold is compared with that of the persons' keys. The same
 * for the tokens of the linkage, whose own structure FTS5 checks. */

#include "db/error.h"
#include "db/search-private.h"

#include <sodium.h>
#include <string.h>

static void
add_pair (guint64 *sum,
          gint64 row,
          const char *token)
{
  guint8 key[crypto_shorthash_KEYBYTES] = { 0 };
  guint64 hash;

  memcpy (key, &row, sizeof row);
  crypto_shorthash ((guint8 *) &hash, (const guint8 *) token, strlen (token), key);
  *sum += hash;
}

/* The index keeps a token of a person once, however often it comes up. */
static gboolean
add_tokens (GuituConnection *connection,
            const GuituSearchEntry *entry,
            gpointer data,
            GError **error)
{
  g_autofree char *text = _guitu_search_tokens (entry);
  g_auto (GStrv) tokens = g_strsplit (text, " ", -1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; tokens[i] != NULL; i++)
    if (tokens[i][0] != '\0' && g_hash_table_add (known, tokens[i]))
      add_pair (data, entry->row, tokens[i]);
  return TRUE;
}

static gboolean
add_token_index (GuituConnection *connection,
                 guint64 *sum,
                 GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;
  int step;

  if (!guitu_connection_run (connection,
                             "INSERT INTO person_search (person_search) VALUES ('integrity-check');"
                             "CREATE VIRTUAL TABLE temp.person_search_terms USING fts5vocab (main, person_search, instance);",
                             error))
    return FALSE;
  statement = guitu_connection_prepare (connection, "SELECT doc, term FROM temp.person_search_terms", error);
  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    add_pair (sum, guitu_statement_integer (statement, 0), guitu_statement_text (statement, 1));
  return step == 0;
}

/* --- Lists --------------------------------------------------------------------------------------- */

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

/** Adds what the lists hold; a segment that does not follow the one before counts too. */
static gboolean
add_lists (GuituSearchLists *lists,
           Sum *sum,
           GError **error)
{
  gint64 row = lists->last_row;

  for (guint i = 0; i < lists->segments->len; i++)
    {
      const GuituSegment *segment = &g_array_index (lists->segments, GuituSegment, i);

      if (segment->last_row != row)
        sum->sum++;
      row = segment->first_row - 1;
      if (!_guitu_search_lists_each (lists, segment, add_posting, sum, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Both ---------------------------------------------------------------------------------------- */

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
  guint64 wanted_tokens = 0;
  guint64 found_tokens = 0;

  if (!_guitu_search_each (connection, 0, G_MAXINT64, add_tokens, &wanted_tokens, error))
    return FALSE;
  if (!_guitu_search_lists_open (&lists, connection, &failure) || !add_lists (&lists, &found, &failure) ||
      !add_token_index (connection, &found_tokens, &failure))
    *problem = g_strdup_printf ("The search index is damaged (%s); build it anew", failure->message);
  else if (!_guitu_search_each (connection, 0, lists.last_row, add_keys, &wanted, error))
    return FALSE;
  else if (found.sum != wanted.sum || found_tokens != wanted_tokens)
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
