/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row is what its entries make of it. Where some of them count no longer, it is emptied, keeping its
 * place, and the others are applied again as if they had come first. */

#include "db/ends-private.h"

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
empty_row (GuituConnection *connection,
           const GuituKind *kind,
           const guint8 id[16],
           GError **error)
{
  static const char *const forget[] = {
    "DELETE FROM cell_write WHERE id = ?",
    "DELETE FROM replaced WHERE id = ?",
    "DELETE FROM conflict WHERE id = ?",
  };
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (forget); i++)
    if (!run_for_id (connection, forget[i], id, error))
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

      if (memcmp (change->id, id, 16) != 0 || strcmp (change->kind, kind->name) != 0)
        continue;
      if (!_guitu_change_replay (connection, change, &entry->version, &partial, error))
        return FALSE;
      (*applied)++;
    }
  return TRUE;
}

static gboolean
replay_row (GuituConnection *connection,
            const GuituKind *kind,
            const guint8 id[16],
            guint *applied,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT e.body, e.signature FROM entry_row r JOIN entry e ON e.number = r.entry WHERE r.id = ? ORDER BY e.number", error);
  int step;

  *applied = 0;
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = _guitu_entry_read (statement, 0, error);

      if (entry == NULL || !replay_changes (connection, kind, id, entry, applied, error))
        return FALSE;
    }
  return step == 0;
}

gboolean
_guitu_row_rebuild (GuituConnection *connection,
                    const GuituKind *kind,
                    const guint8 id[16],
                    GError **error)
{
  g_autofree char *remove = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?", kind->name);
  gboolean is_searched = kind == &guitu_kind_person;
  g_auto (GuituSearched) before = { 0 };
  g_auto (GuituSearched) now = { 0 };
  guint applied;

  if ((is_searched && !_guitu_searched_read (connection, id, &before, error)) ||
      (kind->is_setting && !_guitu_settings_stamp (connection, error)) ||
      !empty_row (connection, kind, id, error) ||
      !replay_row (connection, kind, id, &applied, error) ||
      (applied == 0 && !run_for_id (connection, remove, id, error)))
    return FALSE;
  if (!is_searched)
    return TRUE;
  return _guitu_searched_read (connection, id, &now, error) &&
         guitu_search_update (connection, before.exists ? &before.entry : NULL, now.exists ? &now.entry : NULL, error);
}
