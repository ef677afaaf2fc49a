/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How search works.
 *
 * Each person has some forty keys (search-keys.c): hashes of the parts of a name as characters,
 * syllables and initials, of the first digits of numbers and of their ends. For each key there is a
 * list of the persons that have it, the newest first (search-lists.c). What was typed is cut into
 * pieces (search-query.c); a plan says which lists to unite or to cut with one another
 * (search-plan.c); whoever it finds is read and compared with what was typed (search-fit.c), which
 * also says why somebody is shown. So lists may propose too many, never too few, and one row number
 * after the other is looked at from the newest on, until there are enough.
 *
 * That is done from the narrowest meaning to the most tolerant one: a whole name before its start
 * before a part of it; where fewer than five were found, what sounds alike in dialects, and then,
 * unless somebody bears that very name, what has one mistake (search-mistakes.c).
 *
 * Lists lie in segments, each for a range of rows, written at once (search-build.c). The newest
 * persons, at most PENDING, are in no list: all of them are compared. A person who is in a list
 * and changes has keys taken out of lists and put into others. All of that happens in the transaction
 * that changes the person; new ones are put into lists at its end, so that very many at once are
 * written once. Voided persons stay in the lists and are left out when they are read. */

#include "db/reading-private.h"
#include "db/search-private.h"

#define INDEX_VERSION 4  /* count up with every change of search-keys.c or of the tables */
#define ENOUGH_EXACTLY 5 /* with fewer, other spellings are tried */
#define PENDING 32       /* newest persons that are in no list */
#define UNSETTLED 16384  /* the same within a transaction */
#define MISSES_MAX 3000  /* persons of a level that do not fit after all, before it is given up */

/* --- The index ----------------------------------------------------------------------------------- */

/* The index of former versions was an FTS5 table. One too damaged to be opened can't be dropped like a table: SQLite must
 * forget what it was. */
static gboolean
drop_former_index (GuituConnection *connection,
                   GError **error)
{
  return guitu_connection_run (connection, "DROP TABLE IF EXISTS person_search", NULL) ||
         guitu_connection_run (connection,
                               "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'person_search';"
                               "PRAGMA writable_schema = RESET; DROP TABLE IF EXISTS person_search_data;"
                               "DROP TABLE IF EXISTS person_search_idx; DROP TABLE IF EXISTS person_search_config;",
                               error);
}

/* SQLite keeps a copy of what a table that is dropped held, in memory, but none when all rows are deleted. */
static void
empty_index (GuituConnection *connection)
{
  if (guitu_connection_has_table (connection, "person_search_list"))
    guitu_connection_run (connection, "DELETE FROM person_search_list", NULL);
}

static gboolean
create_index (GuituConnection *connection,
              GError **error)
{
  empty_index (connection); /* a damaged one may fail to be emptied, and be dropped all the same */
  return drop_former_index (connection, error) &&
         guitu_connection_run (connection,
                               "DROP TABLE IF EXISTS person_search_list; DROP TABLE IF EXISTS person_search_segment;"
                               "CREATE TABLE person_search_list (slot INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT;"
                               "CREATE TABLE person_search_segment (id INTEGER PRIMARY KEY, first_row INTEGER NOT NULL,"
                               "  last_row INTEGER NOT NULL) STRICT;"
                               "CREATE TABLE IF NOT EXISTS person_search_version (version INTEGER NOT NULL) STRICT;"
                               "DELETE FROM person_search_version;",
                               error);
}

static gint64
current_version (void)
{
  return ((gint64) INDEX_VERSION << 32) | _guitu_reading_fingerprint ();
}

GuituSearchEntry
_guitu_search_read (GuituStatement *statement)
{
  return (GuituSearchEntry){
    .row = guitu_statement_integer (statement, 0),
    .name = guitu_statement_text (statement, 1),
    .alias = guitu_statement_text (statement, 2),
    .id_number = guitu_statement_text (statement, 3),
    .national_number = guitu_statement_text (statement, 4),
    .phone = guitu_statement_text (statement, 5),
    .birth_from = guitu_statement_text (statement, 6),
    .birth_to = guitu_statement_text (statement, 7),
    .is_voided = !guitu_statement_is_null (statement, 8),
  };
}

gboolean
_guitu_search_each (GuituConnection *connection,
                    gint64 first,
                    gint64 last,
                    GuituSearchFunction function,
                    gpointer data,
                    GError **error)
{
  g_autoptr (GuituStatement) persons =
      guitu_connection_prepare (connection, "SELECT " GUITU_SEARCH_COLUMNS " FROM person WHERE row BETWEEN ?1 AND ?2 ORDER BY row", error);
  int result;

  if (persons == NULL)
    return FALSE;
  guitu_statement_bind_integer (persons, 1, first);
  guitu_statement_bind_integer (persons, 2, last);
  while ((result = guitu_statement_step (persons, error)) == 1)
    {
      GuituSearchEntry entry = _guitu_search_read (persons);

      if (!function (connection, &entry, data, error))
        return FALSE;
    }
  return result == 0;
}

static gboolean
store_version (GuituConnection *connection,
               GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "INSERT INTO person_search_version (version) VALUES (?1)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, current_version ());
  return guitu_statement_run (statement, error);
}

static gboolean
fill_index (GuituConnection *connection,
            GuituProgress progress,
            gpointer data,
            GError **error)
{
  g_auto (GuituSearchLists) lists = { 0 };

  return _guitu_search_lists_open (&lists, connection, error) && _guitu_search_lists_build (&lists, progress, data, error);
}

static gboolean
build (GuituConnection *connection,
       GuituProgress progress,
       gpointer data,
       GError **error)
{
  return create_index (connection, error) &&
         (!guitu_connection_has_table (connection, "person") || fill_index (connection, progress, data, error)) &&
         store_version (connection, error);
}

gboolean
guitu_search_rebuild (GuituConnection *connection,
                      GuituProgress progress,
                      gpointer data,
                      GError **error)
{
  if (!guitu_connection_run (connection, "SAVEPOINT search_rebuild", error))
    return FALSE;
  if (build (connection, progress, data, error) && guitu_connection_run (connection, "RELEASE search_rebuild", error))
    return TRUE;
  guitu_connection_run (connection, "ROLLBACK TO search_rebuild; RELEASE search_rebuild", NULL);
  return FALSE;
}

gboolean
guitu_search_prepare (GuituConnection *connection,
                      GuituProgress progress,
                      gpointer data,
                      GError **error)
{
  if (guitu_connection_has_table (connection, "person_search_version") &&
      guitu_connection_integer (connection, "SELECT version FROM person_search_version", 0, NULL) == current_version ())
    return TRUE;
  return guitu_search_rebuild (connection, progress, data, error);
}

/* --- Changes ------------------------------------------------------------------------------------- */

/** Takes keys that are only in @before out of the lists, and puts those in that are only in @now. */
static gboolean
change_keys (GuituSearchLists *lists,
             gint64 row,
             const GArray *before,
             const GArray *now,
             GError **error)
{
  guint i = 0;
  guint k = 0;

  while (i < before->len || k < now->len)
    {
      guint64 old_key = i < before->len ? g_array_index (before, guint64, i) : G_MAXUINT64;
      guint64 new_key = k < now->len ? g_array_index (now, guint64, k) : G_MAXUINT64;

      if (old_key != new_key && !_guitu_search_lists_change (lists, MIN (old_key, new_key), row, new_key < old_key, error))
        return FALSE;
      i += old_key <= new_key;
      k += new_key <= old_key;
    }
  return TRUE;
}

static gboolean
change_lists (GuituConnection *connection,
              const GuituSearchEntry *before,
              const GuituSearchEntry *now,
              GError **error)
{
  gint64 row = now != NULL ? now->row : before->row;
  g_autoptr (GArray) old_keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) new_keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (GuituSearchLists) lists = { 0 };

  if (!_guitu_search_lists_open (&lists, connection, error))
    return FALSE;
  if (row > lists.last_row + UNSETTLED)
    return _guitu_search_lists_fold (&lists, row, error);
  if (row > lists.last_row)
    return TRUE;
  if (before != NULL)
    _guitu_search_keys (before, old_keys);
  if (now != NULL)
    _guitu_search_keys (now, new_keys);
  return change_keys (&lists, row, old_keys, new_keys, error);
}

gboolean
guitu_search_update (GuituConnection *connection,
                     const GuituSearchEntry *before,
                     const GuituSearchEntry *now,
                     GError **error)
{
  return (before == NULL && now == NULL) || change_lists (connection, before, now, error);
}

gboolean
guitu_search_settle (GuituConnection *connection,
                     GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 last = guitu_connection_integer (connection, "SELECT max (row) FROM person", 0, &failure);
  gint64 listed = failure != NULL ? 0 : guitu_connection_integer (connection, "SELECT max (last_row) FROM person_search_segment", 0, &failure);
  g_auto (GuituSearchLists) lists = { 0 };

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return last - listed <= PENDING || (_guitu_search_lists_open (&lists, connection, error) && _guitu_search_lists_fold (&lists, last, error));
}

/* --- Finding ------------------------------------------------------------------------------------- */

typedef struct
{
  GuituConnection *connection;
  GuituSearchQuery *query;
  GuituSearchLists lists;
  guint limit;
  GuituSearchLevel tolerance;
  GArray *pending; /* GuituSearchHit: of those that are in no list */
  GArray *hits;    /* GuituSearchHit */
  GHashTable *known;
} Search;

static void
clear_hit (gpointer data)
{
  GuituSearchHit *hit = data;

  for (guint i = 0; i < hit->n_reasons; i++)
    g_free (hit->reasons[i].typed);
}

static void
add_hit (Search *search,
         const GuituSearchHit *found)
{
  GuituSearchHit hit = *found;

  if (search->hits->len >= search->limit || !g_hash_table_add (search->known, GSIZE_TO_POINTER ((gsize) hit.row)))
    return;
  for (guint i = 0; i < hit.n_reasons; i++)
    {
      const GuituWord *word = hit.n_reasons == 1 && search->query->is_joined ? &search->query->joined
                                                                             : &g_array_index (search->query->words, GuituWord, i);

      hit.reasons[i].typed = g_strdup (word->typed);
    }
  g_array_append_val (search->hits, hit);
}

static gboolean
compare_pending (GuituConnection *connection,
                 const GuituSearchEntry *entry,
                 gpointer data,
                 GError **error)
{
  Search *search = data;
  GuituSearchHit hit;

  if (_guitu_search_fit (search->query, entry, search->tolerance, &hit))
    g_array_prepend_val (search->pending, hit);
  return TRUE;
}

/** Compares those who are in no list, up to the level @tolerance. */
static gboolean
read_pending (Search *search,
              GuituSearchLevel tolerance,
              GError **error)
{
  g_array_set_size (search->pending, 0);
  search->tolerance = tolerance;
  return _guitu_search_each (search->connection, search->lists.last_row + 1, G_MAXINT64, compare_pending, search, error);
}

/** Adds the persons whom @plan names and who fit, the newest first. */
static gboolean
read_plan (Search *search,
           GuituPlan *plan,
           GuituSearchLevel level,
           GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (search->connection, "SELECT " GUITU_SEARCH_COLUMNS " FROM person WHERE row = ?1", error);
  guint misses = 0;
  gint64 row = G_MAXINT64;

  if (statement == NULL)
    return FALSE;
  while (search->hits->len < search->limit && misses < MISSES_MAX && (row = _guitu_plan_seek (plan, row - 1)) > 0)
    {
      GuituSearchHit hit;
      int step;

      if (g_hash_table_contains (search->known, GSIZE_TO_POINTER ((gsize) row)))
        continue;
      guitu_statement_reset (statement);
      guitu_statement_bind_integer (statement, 1, row);
      step = guitu_statement_step (statement, error);
      if (step < 0)
        return FALSE;
      if (step == 1)
        {
          GuituSearchEntry entry = _guitu_search_read (statement);

          if (_guitu_search_fit (search->query, &entry, level, &hit))
            {
              add_hit (search, &hit);
              continue;
            }
        }
      misses++;
    }
  if (search->lists.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&search->lists.error));
  return FALSE;
}

static gboolean
read_level (Search *search,
            GuituSearchLevel level,
            GError **error)
{
  g_autoptr (GuituPlan) plan = NULL;

  for (guint i = 0; i < search->pending->len; i++)
    if (g_array_index (search->pending, GuituSearchHit, i).level == level)
      add_hit (search, &g_array_index (search->pending, GuituSearchHit, i));
  plan = _guitu_plan_new (&search->lists, search->query, level);
  return plan == NULL || read_plan (search, plan, level, error);
}

static gboolean
read_levels (Search *search,
             GError **error)
{
  for (guint level = 0; level < GUITU_SEARCH_LEVELS && search->hits->len < search->limit; level++)
    {
      if (level >= GUITU_SEARCH_SOUND && search->hits->len >= ENOUGH_EXACTLY)
        return TRUE;
      if (level == GUITU_SEARCH_MISTAKE && search->hits->len > 0 && g_array_index (search->hits, GuituSearchHit, 0).level == GUITU_SEARCH_EXACT)
        return TRUE; /* whoever bears that very name was hardly mistyped */
      if (level == GUITU_SEARCH_SOUND && !read_pending (search, GUITU_SEARCH_MISTAKE, error))
        return FALSE;
      if (!read_level (search, level, error))
        return FALSE;
    }
  return TRUE;
}

GArray *
guitu_search_find (GuituConnection *connection,
                   const char *typed,
                   guint limit,
                   GError **error)
{
  g_autoptr (GuituSearchQuery) query = _guitu_search_query_new (typed);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (GuituSearchHit));
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (GuituSearchHit));
  Search search = { .connection = connection, .query = query, .limit = limit, .pending = pending, .hits = hits, .known = known };
  gboolean is_read;

  g_array_set_clear_func (hits, clear_hit);
  if (query->words->len == 0)
    return g_steal_pointer (&hits);
  is_read = _guitu_search_lists_open (&search.lists, connection, error) &&
            read_pending (&search, GUITU_SEARCH_WORDS_PART, error) &&
            read_levels (&search, error);
  _guitu_search_lists_clear (&search.lists);
  return is_read ? g_steal_pointer (&hits) : NULL;
}
