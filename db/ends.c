/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Desks that ended. See ends-private.h for what is decided here, and why it does not matter in which
 * order entries and ends arrive. */

#include "db/ends-private.h"

#include "db/ledger.h"
#include "db/receive-private.h"
#include "db/records.h"

#include <string.h>

/* --- Limits ---------------------------------------------------------------------------------- */

gboolean
_guitu_chain_limit (GuituConnection *connection,
                    gint64 desk,
                    const char *station,
                    const char *scope,
                    gint64 *limit,
                    GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT last FROM chain_limit WHERE desk = ? AND station = ? AND scope IN (?, '') ORDER BY scope DESC LIMIT 1", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, desk);
  guitu_statement_bind_text (statement, 2, station);
  guitu_statement_bind_text (statement, 3, scope);
  step = guitu_statement_step (statement, error);
  *limit = step == 1 ? guitu_statement_integer (statement, 0) : G_MAXINT64;
  return step >= 0;
}

static gboolean
is_end (const GuituChange *change)
{
  return change->creates && strcmp (change->kind, guitu_kind_desk_end.name) == 0;
}

gboolean
_guitu_entry_ends_desk (const GuituEntry *entry)
{
  if (strcmp (entry->scope, GUITU_SCOPE_NAME_SHARED) != 0)
    return FALSE; /* all must know of it, and the author's own end is that of its shared chain */
  for (guint i = 0; i < entry->changes->len; i++)
    if (is_end (g_ptr_array_index (entry->changes, i)))
      return TRUE;
  return FALSE;
}

/* An end as an entry declares it. */
typedef struct
{
  GuituVersion version; /* of the entry: the author is its desk */
  gint64 sequence;
  char *station;
  guint8 id[16];
  gint64 desk; /* that ends */
  char *chains;
} End;

static void
end_free (gpointer data)
{
  End *end = data;

  g_free (end->station);
  g_free (end->chains);
  g_free (end);
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  const End *end = *(const End *const *) a;
  const End *other = *(const End *const *) b;
  int order = guitu_version_compare (&end->version, &other->version);

  return order != 0 ? order : memcmp (end->id, other->id, sizeof end->id);
}

static void
take_end (GPtrArray *ends,
          const GuituEntry *entry,
          const GuituChange *change)
{
  End *end = g_new0 (End, 1);

  end->version = entry->version;
  end->sequence = entry->sequence;
  end->station = g_strdup (entry->station);
  memcpy (end->id, change->id, sizeof end->id);
  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);

      if (strcmp (cell->field, "desk") == 0 && cell->value.type == GUITU_VALUE_INTEGER)
        end->desk = cell->value.integer;
      if (strcmp (cell->field, "chains") == 0 && cell->value.type == GUITU_VALUE_TEXT && end->chains == NULL)
        end->chains = g_strdup (cell->value.data);
    }
  g_ptr_array_add (ends, end);
}

static gboolean
read_ends (GuituConnection *connection,
           const char *sql,
           GPtrArray *ends,
           GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = _guitu_entry_read (statement, 0, error);

      if (entry == NULL)
        return FALSE;
      for (guint i = 0; _guitu_entry_ends_desk (entry) && i < entry->changes->len; i++)
        if (is_end (g_ptr_array_index (entry->changes, i)))
          take_end (ends, entry, g_ptr_array_index (entry->changes, i));
    }
  return step == 0;
}

/* Every end that was ever declared, also by desks that had ended themselves, in order. */
static GPtrArray *
list_ends (GuituConnection *connection,
           GError **error)
{
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (end_free);

  if (!read_ends (connection,
                  "SELECT body, signature FROM entry WHERE number IN"
                  " (SELECT r.entry FROM desk_end d JOIN entry_row r ON r.id = d.id)",
                  ends, error) ||
      !read_ends (connection, "SELECT body, signature FROM refused_entry WHERE ends", ends, error))
    return NULL;
  g_ptr_array_sort (ends, compare_ends);
  return g_steal_pointer (&ends);
}

static gboolean
run_for_end (GuituConnection *connection,
             const char *sql,
             const End *end,
             GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, end->desk);
  guitu_statement_bind_text (statement, 2, end->station);
  guitu_statement_bind_text (statement, 3, end->chains);
  return guitu_statement_run (statement, error);
}

#define CHAINS "json_each (CASE WHEN json_valid (?3) THEN ?3 ELSE '{}' END)"

/* An end by the desk itself, or beyond the end of the desk that declares it, is none. */
static gboolean
set_limit (GuituConnection *connection,
           const End *end,
           GError **error)
{
  gint64 of_author;
  gint64 present;

  if (!_guitu_chain_limit (connection, end->version.desk, end->station, GUITU_SCOPE_NAME_SHARED, &of_author, error) ||
      !_guitu_chain_limit (connection, end->desk, end->station, "", &present, error))
    return FALSE;
  if (end->sequence > of_author || end->version.desk == end->desk)
    return TRUE;
  if (present != G_MAXINT64)
    return run_for_end (connection,
                        "UPDATE chain_limit SET last = min (last, coalesce ((SELECT min (value) FROM " CHAINS
                        " WHERE typeof (value) = 'integer' AND key = scope), 0)) WHERE desk = ?1 AND station = ?2 AND scope <> ''",
                        end, error);
  return run_for_end (connection,
                      "INSERT INTO chain_limit (desk, station, scope, last) SELECT ?1, ?2, '', 0 UNION ALL"
                      " SELECT ?1, ?2, key, min (value) FROM " CHAINS " WHERE typeof (value) = 'integer' AND key <> '' GROUP BY key",
                      end, error);
}

gboolean
_guitu_ends_set_limits (GuituConnection *from,
                        GuituConnection *to,
                        GError **error)
{
  g_autoptr (GPtrArray) ends = list_ends (from, error);

  if (ends == NULL || !guitu_connection_run (to, "DELETE FROM chain_limit", error))
    return FALSE;
  for (guint i = 0; i < ends->len; i++)
    if (!set_limit (to, g_ptr_array_index (ends, i), error))
      return FALSE;
  return TRUE;
}

/* --- Entries kept aside ---------------------------------------------------------------------- */

gboolean
_guitu_entry_refuse (GuituConnection *connection,
                     const GuituEntry *entry,
                     GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "INSERT INTO refused_entry (desk, station, scope, sequence, clock, ends, body, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  gsize length;
  gconstpointer body = g_bytes_get_data (entry->body, &length);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->version.desk);
  guitu_statement_bind_text (statement, 2, entry->station);
  guitu_statement_bind_text (statement, 3, entry->scope);
  guitu_statement_bind_integer (statement, 4, entry->sequence);
  guitu_statement_bind_integer (statement, 5, entry->version.clock);
  guitu_statement_bind_integer (statement, 6, _guitu_entry_ends_desk (entry));
  guitu_statement_bind_bytes (statement, 7, body, length);
  guitu_statement_bind_bytes (statement, 8, entry->signature, sizeof entry->signature);
  return guitu_statement_run (statement, error) &&
         _guitu_entry_index_rows (connection, GUITU_REFUSED_ROWS, entry, guitu_connection_last_row (connection), error);
}

/* --- Moving entries -------------------------------------------------------------------------- */

typedef struct
{
  gint64 number;
  GuituEntry *entry;
} Moved;

static void
moved_free (gpointer data)
{
  Moved *moved = data;

  guitu_entry_free (moved->entry);
  g_free (moved);
}

#define LIMIT                                                                                                      \
  "(SELECT l.last FROM chain_limit l WHERE l.desk = e.desk AND l.station = d.station AND l.scope IN (e.scope, '')" \
  " ORDER BY l.scope DESC LIMIT 1)"

static GPtrArray *
list_entries (GuituConnection *connection,
              const char *sql,
              GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (moved_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = _guitu_entry_read (statement, 1, error);
      Moved *moved;

      if (entry == NULL)
        return NULL;
      moved = g_new (Moved, 1);
      *moved = (Moved){ guitu_statement_integer (statement, 0), g_steal_pointer (&entry) };
      g_ptr_array_add (list, moved);
    }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

static gboolean
run_for_number (GuituConnection *connection,
                const char *sql,
                gint64 number,
                GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, number);
  return guitu_statement_run (statement, error);
}

static gboolean
delete_row_notes (GuituConnection *connection,
                  const char *sql,
                  const Moved *moved,
                  GError **error)
{
  for (guint i = 0; i < moved->entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (moved->entry->changes, i);
      g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

      if (statement == NULL)
        return FALSE;
      guitu_statement_bind_bytes (statement, 1, change->id, sizeof change->id);
      guitu_statement_bind_integer (statement, 2, moved->number);
      if (!guitu_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_out (GuituConnection *connection,
          const Moved *moved,
          GError **error)
{
  return delete_row_notes (connection, "DELETE FROM entry_row WHERE id = ? AND entry = ?", moved, error) &&
         run_for_number (connection, "DELETE FROM entry WHERE number = ?", moved->number, error) &&
         _guitu_entry_refuse (connection, moved->entry, error);
}

static gboolean
rebuild_rows (GuituConnection *connection,
              GPtrArray *moved,
              GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < moved->len; i++)
    {
      const GuituEntry *entry = ((Moved *) g_ptr_array_index (moved, i))->entry;

      for (guint j = 0; j < entry->changes->len; j++)
        {
          const GuituChange *change = g_ptr_array_index (entry->changes, j);
          const GuituKind *kind = guitu_kind_find (change->kind);
          g_autofree char *id = guitu_hex (change->id, sizeof change->id);

          if (kind != NULL && g_hash_table_add (done, g_strconcat (kind->name, id, NULL)) &&
              !_guitu_row_rebuild (connection, kind, change->id, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* The head of a chain is its last entry that counts. */
static gboolean
write_head (GuituConnection *connection,
            const GuituEntry *of_chain,
            GError **error)
{
  g_autoptr (GuituStatement) forget = guitu_connection_prepare (connection, "DELETE FROM chain WHERE desk = ? AND scope = ?", error);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT body, signature FROM entry WHERE desk = ? AND scope = ? ORDER BY sequence DESC LIMIT 1", error);
  g_autoptr (GuituEntry) last = NULL;
  int step;

  if (forget == NULL || statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (forget, 1, of_chain->version.desk);
  guitu_statement_bind_text (forget, 2, of_chain->scope);
  guitu_statement_bind_integer (statement, 1, of_chain->version.desk);
  guitu_statement_bind_text (statement, 2, of_chain->scope);
  if (!guitu_statement_run (forget, error))
    return FALSE;
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step == 0;
  last = _guitu_entry_read (statement, 0, error);
  return last != NULL && _guitu_chain_write (connection, last, error);
}

static gboolean
write_heads (GuituConnection *connection,
             GPtrArray *moved,
             GError **error)
{
  const GuituEntry *before = NULL;

  for (guint i = 0; i < moved->len; i++)
    {
      const GuituEntry *entry = ((Moved *) g_ptr_array_index (moved, i))->entry;
      gboolean is_same = before != NULL && before->version.desk == entry->version.desk && strcmp (before->scope, entry->scope) == 0;

      if (!is_same && !write_head (connection, entry, error))
        return FALSE;
      before = entry;
    }
  return TRUE;
}

static gboolean
take_out_all (GuituConnection *connection,
              GError **error)
{
  g_autoptr (GPtrArray) beyond = list_entries (
      connection,
      "SELECT e.number, e.body, e.signature FROM entry e JOIN desk d ON d.desk = e.desk"
      " WHERE e.desk IN (SELECT desk FROM chain_limit) AND e.sequence > " LIMIT " ORDER BY e.desk, e.scope, e.sequence",
      error);

  if (beyond == NULL)
    return FALSE;
  for (guint i = 0; i < beyond->len; i++)
    if (!take_out (connection, g_ptr_array_index (beyond, i), error))
      return FALSE;
  return write_heads (connection, beyond, error) && rebuild_rows (connection, beyond, error);
}

static gboolean
bring_back (GuituConnection *connection,
            const Moved *moved,
            GError **error)
{
  return delete_row_notes (connection, "DELETE FROM refused_row WHERE id = ? AND entry = ?", moved, error) &&
         run_for_number (connection, "DELETE FROM refused_entry WHERE number = ?", moved->number, error) &&
         _guitu_entry_count (connection, moved->entry, error) && _guitu_chain_write (connection, moved->entry, error);
}

static gboolean
bring_back_all (GuituConnection *connection,
                const char *own_station,
                GError **error)
{
  g_autoptr (GPtrArray) within = list_entries (
      connection,
      "SELECT e.number, e.body, e.signature FROM refused_entry e JOIN desk d ON d.desk = e.desk AND d.station = e.station"
      " WHERE e.sequence <= coalesce (" LIMIT ", 9223372036854775807) ORDER BY e.clock, e.desk, e.sequence",
      error);
  g_autoptr (GHashTable) blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (within == NULL)
    return FALSE;
  for (guint i = 0; i < within->len; i++)
    {
      const Moved *moved = g_ptr_array_index (within, i);
      g_autofree char *chain = g_strdup_printf ("%" G_GINT64_FORMAT " %s", moved->entry->version.desk, moved->entry->scope);

      /* What it may write was not asked when it was refused. */
      if (g_hash_table_contains (blocked, chain))
        continue;
      if (!_guitu_entry_check_author (moved->entry, own_station, NULL))
        g_hash_table_add (blocked, g_steal_pointer (&chain)); /* nor may what follows, as if it had come now */
      else if (!bring_back (connection, moved, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_ends_settle (GuituConnection *connection,
                    const char *own_station,
                    GError **error)
{
  return _guitu_ends_set_limits (connection, connection, error) && take_out_all (connection, error) && bring_back_all (connection, own_station, error);
}

/* --- For those who end a desk ---------------------------------------------------------------- */

char *
guitu_desk_chains (GuituTransaction *transaction,
                   gint64 desk,
                   GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT json_group_object (scope, sequence) FROM (SELECT scope, sequence FROM chain WHERE desk = ? ORDER BY scope)", error);

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_integer (statement, 1, desk);
  return guitu_statement_step (statement, error) == 1 ? g_strdup (guitu_statement_text (statement, 0)) : NULL;
}

gboolean
guitu_desk_is_ended (GuituTransaction *transaction,
                     const GuituDesk *desk,
                     gboolean *ended,
                     GError **error)
{
  gint64 limit;

  if (!_guitu_chain_limit (transaction->connection, desk->desk, desk->station, "", &limit, error))
    return FALSE;
  *ended = limit != G_MAXINT64;
  return TRUE;
}
