/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row is what its entries make of it. Where some of them count no longer, it is emptied, keeping its
 * place, and the others are applied again as if they had come first. A row that several stations read
 * begins with its creation: what its station's desks wrote to it and came before is applied then. */

#include "db/ends-private.h"

#include "db/match.h"
#include "db/records.h"
#include "db/searched-private.h"

#include <string.h>

GuituEntry *
_guitu_entry_read (GuituStatement *statement,
                   int column,
                   GError **error)
{
  guint8 signature[GUITU_SIGNATURE_BYTES] = { 0 };
  gsize length;
  gconstpointer bytes = guitu_statement_bytes (statement, column, &length);
  g_autoptr (GBytes) body = g_bytes_new (bytes, length);

  bytes = guitu_statement_bytes (statement, column + 1, &length);
  if (length == sizeof signature)
    memcpy (signature, bytes, length);
  return guitu_entry_decode (body, signature, error);
}

static gboolean
run_for_id (GuituConnection *connection,
            const char *sql,
            const guint8 id[16],
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  return guitu_statement_run (statement, error);
}

static gboolean
forget (GuituConnection *connection,
        const char *sql,
        const guint8 id[16],
        const char *text,
        GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  guitu_statement_bind_text (statement, 2, text);
  return guitu_statement_run (statement, error);
}

/* The writes of a kind that several stations read bear its name (cell_name() of apply.c). */
#define OF_KIND "WHERE id = ?1 AND CASE WHEN ?2 IS NULL THEN instr (field, '.') = 0 ELSE substr (field, 1, length (?2)) = ?2 END"

static gboolean
forget_writes (GuituConnection *connection,
               const GuituKind *kind,
               const guint8 id[16],
               GError **error)
{
  g_autofree char *names = kind->scope == GUITU_SCOPE_STATION ? NULL : g_strconcat (kind->name, ".", NULL);

  return forget (connection, "DELETE FROM cell_write " OF_KIND, id, names, error) &&
         forget (connection, "DELETE FROM replaced " OF_KIND, id, names, error) &&
         forget (connection, "DELETE FROM conflict WHERE id = ?1 AND kind = ?2", id, kind->name, error);
}

static gboolean
empty_row (GuituConnection *connection,
           const GuituKind *kind,
           const guint8 id[16],
           GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  if (!forget_writes (connection, kind, id, error))
    return FALSE;
  g_string_printf (sql, "UPDATE \"%s\" SET base_clock = 0, base_desk = 0", kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\" = NULL", kind->fields[i].name);
  g_string_append (sql, " WHERE id = ?");
  return run_for_id (connection, sql->str, id, error);
}

static gboolean
replay_changes (GuituConnection *connection,
                const GuituKind *kind,
                const guint8 id[16],
                const GuituEntry *entry,
                guint *applied,
                GError **error)
{
  gboolean partial = FALSE;

  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (memcmp (change->id, id, 16) != 0 || strcmp (change->kind, kind->name) != 0 || !_guitu_change_counts (entry, change))
        continue;
      if (!_guitu_change_replay (connection, change, &entry->version, &partial, error))
        return FALSE;
      (*applied)++;
    }
  return TRUE;
}

static gboolean
creates (const GuituEntry *entry,
         const GuituKind *kind,
         const guint8 id[16])
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (change->creates && memcmp (change->id, id, 16) == 0 && strcmp (change->kind, kind->name) == 0 && _guitu_change_counts (entry, change))
        return TRUE;
    }
  return FALSE;
}

/* The entries that wrote to a row: (transfer full) (element-type GuituEntry). */
static GPtrArray *
list_entries (GuituConnection *connection,
              const guint8 id[16],
              GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_entry_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT e.body, e.signature FROM entry_row r JOIN entry e ON e.number = r.entry WHERE r.id = ? ORDER BY e.number", error);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituEntry *entry = _guitu_entry_read (statement, 0, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return step == 0 ? g_steal_pointer (&entries) : NULL;
}

static gboolean
has_begun (const GPtrArray *entries,
           const GuituKind *kind,
           const guint8 id[16])
{
  for (guint i = 0; i < entries->len; i++)
    if (creates (entries->pdata[i], kind, id))
      return TRUE;
  return kind->scope == GUITU_SCOPE_STATION;
}

gboolean
_guitu_row_replay (GuituConnection *from,
                   GuituConnection *to,
                   const GuituKind *kind,
                   const guint8 id[16],
                   GError **error)
{
  g_autofree char *remove = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?", kind->name);
  g_autoptr (GPtrArray) entries = list_entries (from, id, error);
  guint applied = 0;

  if (entries == NULL || !empty_row (to, kind, id, error))
    return FALSE;
  for (guint i = 0; i < entries->len && has_begun (entries, kind, id); i++)
    if (!replay_changes (to, kind, id, entries->pdata[i], &applied, error))
      return FALSE;
  return applied > 0 || run_for_id (to, remove, id, error);
}

static gboolean
rebuild_searched (GuituConnection *connection,
                  const GuituKind *kind,
                  const guint8 id[16],
                  GError **error)
{
  gboolean is_searched = kind == &guitu_kind_person;
  g_auto (GuituSearched) before = { 0 };
  g_auto (GuituSearched) now = { 0 };

  if ((is_searched && !_guitu_searched_read (connection, id, &before, error)) ||
      (kind->is_setting && !_guitu_settings_stamp (connection, error)) ||
      !_guitu_row_replay (connection, connection, kind, id, error))
    return FALSE;
  if (!is_searched)
    return TRUE;
  return _guitu_searched_read (connection, id, &now, error) &&
         guitu_search_update (connection, before.exists ? &before.entry : NULL, now.exists ? &now.entry : NULL, error);
}

gboolean
_guitu_row_rebuild (GuituConnection *connection,
                    const GuituKind *kind,
                    const guint8 id[16],
                    GError **error)
{
  GuituMatchSubject before, now;

  if (!guitu_match_reads (kind->name))
    return rebuild_searched (connection, kind, id, error);
  return guitu_match_subject_of (connection, kind->name, id, &before, error) &&
         rebuild_searched (connection, kind, id, error) &&
         guitu_match_subject_of (connection, kind->name, id, &now, error) &&
         guitu_match_follow (connection, &before, &now, error);
}

/* --- What came before its row ---------------------------------------------------------------- */

/* 1 if more than one entry wrote to the row, -1 on error. */
static int
has_company (GuituConnection *connection,
             const guint8 id[16],
             GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT 1 FROM entry_row WHERE id = ? LIMIT 1 OFFSET 1", error);

  if (statement == NULL)
    return -1;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  return guitu_statement_step (statement, error);
}

gboolean
_guitu_entry_complete (GuituConnection *from,
                       GuituConnection *to,
                       const GuituEntry *entry,
                       GError **error)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);
      const GuituKind *kind = guitu_kind_find (change->kind);
      int found;

      if (!change->creates || kind == NULL || kind->scope == GUITU_SCOPE_STATION)
        continue;
      found = has_company (to, change->id, error);
      if (found < 0 || (found == 1 && !_guitu_row_replay (from, to, kind, change->id, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_entry_apply (GuituConnection *connection,
                    const GuituEntry *entry,
                    gboolean *partial,
                    GError **error)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (_guitu_change_counts (entry, change) && !_guitu_change_apply (connection, change, &entry->version, partial, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_entry_count (GuituConnection *connection,
                    const GuituEntry *entry,
                    GError **error)
{
  gboolean partial = FALSE;

  return _guitu_entry_apply (connection, entry, &partial, error) && _guitu_entry_insert (connection, entry, partial, error) &&
         _guitu_entry_complete (connection, connection, entry, error);
}
