/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the search index holds what it would hold if it were built anew: FTS5 checks its own
 * structure, and what it gives back is compared with the persons' tokens by the sum of the hashes of
 * all pairs of row and token. */

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
add_person (GuituConnection *connection,
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
add_index (GuituConnection *connection,
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

/* An index that can't be read is a problem of the index; the persons are needed in any case. */
static gboolean
compare (GuituConnection *connection,
         char **problem,
         GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint64 wanted = 0;
  guint64 found = 0;

  if (!_guitu_search_each (connection, add_person, &wanted, error))
    return FALSE;
  if (!add_index (connection, &found, &failure))
    *problem = g_strdup_printf ("The search index is damaged (%s); build it anew", failure->message);
  else if (found != wanted)
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
