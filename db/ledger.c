/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way to write: put() applies a change to its row through the same function as entries
 * from other desks, and remembers it; commit() appends what was remembered as signed entries. */

#include "db/store-private.h"

#include "db/ends-private.h"
#include "db/id.h"
#include "db/owned-id-private.h"
#include "db/receive-private.h"
#include "db/record-private.h"
#include "db/search.h"

#include <string.h>

gboolean
_guitu_clock_advance (GuituConnection *connection,
                      gint64 seen,
                      gint64 *clock,
                      GError **error)
{
  gint64 wall = (g_get_real_time () / 1000) << 16;
  g_autoptr (GuituStatement) statement = NULL;
  gint64 last = guitu_connection_integer (connection, "SELECT value FROM meta WHERE name = 'clock'", 0, NULL);

  *clock = MAX (MAX (last, seen) + 1, wall);
  statement = guitu_connection_prepare (connection, "INSERT OR REPLACE INTO meta (name, value) VALUES ('clock', ?)", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, *clock);
  return guitu_statement_run (statement, error);
}

static void
value_for_storage (const GuituRecord *record,
                   guint field,
                   GuituValue *value)
{
  guint8 id[GUITU_ID_BYTES];

  guitu_value_copy (&record->values[field], value);
  if (record->kind->fields[field].type != GUITU_FIELD_REFERENCE || value->type != GUITU_VALUE_TEXT)
    return;
  if (guitu_id_to_bytes (value->data, id))
    guitu_value_set_bytes (value, id, sizeof id);
  else
    guitu_value_clear (value);
}

/* What the writer replaces: the present value, and with it the same value written by other desks. Where
 * they differ, the others stay until somebody settles it, which this transaction may be for. */
static gboolean
note_seen (GuituTransaction *transaction,
           const GuituKind *kind,
           const guint8 id[16],
           GuituCell *cell,
           GError **error)
{
  GuituConnection *connection = transaction->connection;
  g_autoptr (GArray) heads = NULL;
  gboolean differ = FALSE;

  if (!_guitu_cell_version (connection, kind, id, cell->field, &cell->seen, error))
    return FALSE;
  heads = _guitu_cell_heads (connection, kind, id, cell->field, error);
  if (heads == NULL || !_guitu_cell_heads_differ (connection, kind, id, cell->field, &differ, error))
    return FALSE;
  if (heads->len > 1 && (!differ || transaction->settles))
    cell->settled = g_steal_pointer (&heads);
  return TRUE;
}

static gboolean
add_cell (GuituTransaction *transaction,
          GuituRecord *record,
          GuituChange *change,
          guint field,
          GError **error)
{
  const char *name = record->kind->fields[field].name;
  GuituValue value = { 0 };
  GuituCell *cell;

  value_for_storage (record, field, &value);
  cell = guitu_change_add (change, name, &value);
  guitu_value_clear (&value);
  return change->creates || note_seen (transaction, record->kind, change->id, cell, error);
}

void
_guitu_scope_changes_free (GuituScopeChanges *changes)
{
  g_free (changes->scope);
  g_ptr_array_unref (changes->changes);
  g_free (changes);
}

/* A letter's scope is the station that it goes to. */
static char *
mailbox_scope (GuituConnection *connection,
               const GuituKind *kind,
               const guint8 id[16],
               GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT to_station FROM \"%s\" WHERE id = ?", kind->name);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  step = guitu_statement_step (statement, error);
  if (step == 1 && !guitu_statement_is_null (statement, 0))
    return g_strconcat (GUITU_SCOPE_NAME_TO, guitu_statement_text (statement, 0), NULL);
  if (step >= 0)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "A %s names no station that it goes to", kind->name);
  return NULL;
}

char *
_guitu_row_scope (GuituConnection *connection,
                  const GuituKind *kind,
                  const guint8 id[16],
                  GError **error)
{
  if (kind->scope == GUITU_SCOPE_MAILBOX)
    return mailbox_scope (connection, kind, id, error);
  return g_strdup (kind->scope == GUITU_SCOPE_SHARED ? GUITU_SCOPE_NAME_SHARED : GUITU_SCOPE_NAME_STATION);
}

/* @scope: (transfer full) */
static void
remember_change (GuituTransaction *transaction,
                 char *scope,
                 GuituChange *change)
{
  GuituScopeChanges *found = NULL;

  for (guint i = 0; i < transaction->changes->len && found == NULL; i++)
    {
      GuituScopeChanges *changes = g_ptr_array_index (transaction->changes, i);

      if (strcmp (changes->scope, scope) == 0)
        found = changes;
    }
  if (found == NULL)
    {
      found = g_new (GuituScopeChanges, 1);
      *found = (GuituScopeChanges){ g_steal_pointer (&scope), g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_change_free) };
      g_ptr_array_add (transaction->changes, found);
    }
  g_free (scope);
  g_ptr_array_add (found->changes, change);
}

/* Nobody would take a change of another station's row, nor anything that this desk writes after it. */
static gboolean
is_own_row (GuituTransaction *transaction,
            const GuituKind *kind,
            const guint8 id[16],
            const char *scope,
            GError **error)
{
  if (_guitu_owned_by (kind, id, guitu_transaction_keys (transaction)->station, scope))
    return TRUE;
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_OURS, "This %s was written by another station: only that station changes it", kind->name);
  return FALSE;
}

static gboolean
apply_own (GuituTransaction *transaction,
           const GuituKind *kind,
           GuituChange *change,
           GError **error)
{
  GuituVersion version = { transaction->clock, guitu_store_keys (transaction->store)->desk.desk };
  g_autofree char *scope = NULL;
  gboolean partial = FALSE;

  transaction->failed = TRUE;
  if (!_guitu_change_apply (transaction->connection, change, &version, &partial, error))
    return FALSE;
  scope = _guitu_row_scope (transaction->connection, kind, change->id, error);
  if (scope == NULL || !is_own_row (transaction, kind, change->id, scope, error))
    return FALSE;
  if (partial)
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "A value does not fit its field in a %s", kind->name);
      return FALSE;
    }
  transaction->failed = FALSE;
  remember_change (transaction, g_steal_pointer (&scope), change);
  return TRUE;
}

gboolean
guitu_transaction_put (GuituTransaction *transaction,
                       GuituRecord *record,
                       GError **error)
{
  g_autoptr (GuituChange) change = NULL;
  guint8 id[GUITU_ID_BYTES];

  g_assert (transaction->writes && !transaction->done && !record->is_frozen);
  if (record->changed == 0 && !record->is_new)
    return TRUE;
  guitu_id_to_bytes (record->id, id);
  change = guitu_change_new (record->kind->name, id, record->is_new);
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (guitu_record_changed (record, i) && !(record->is_new && !guitu_record_is_set (record, i)) &&
        !add_cell (transaction, record, change, i, error))
      return FALSE;
  if (!apply_own (transaction, record->kind, change, error))
    return FALSE;
  g_steal_pointer (&change);
  record->changed = 0;
  record->is_new = FALSE;
  return TRUE;
}

gboolean
guitu_transaction_void (GuituTransaction *transaction,
                        GuituRecord *record,
                        const char *reason,
                        GError **error)
{
  g_assert (reason != NULL && reason[0] != '\0');
  guitu_record_set_text (record, record->kind->n_fields - 1, reason);
  return guitu_transaction_put (transaction, record, error);
}

void
guitu_transaction_settle_by_putting (GuituTransaction *transaction)
{
  g_assert (transaction->writes && !transaction->done);
  transaction->settles = TRUE;
}

static gboolean
read_cell (GuituConnection *connection,
           const GuituKind *kind,
           const guint8 id[16],
           const char *field,
           GuituValue *value,
           GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", field, kind->name);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, 16);
  step = guitu_statement_step (statement, error);
  if (step == 1)
    guitu_value_read (value, statement, 0);
  else if (step == 0)
    g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "There is no such record");
  return step == 1;
}

gboolean
guitu_transaction_settle (GuituTransaction *transaction,
                          const char *kind_name,
                          const char *id_text,
                          const char *field,
                          GError **error)
{
  const GuituKind *kind = guitu_kind_find (kind_name);
  g_autoptr (GuituChange) change = NULL;
  guint8 id[GUITU_ID_BYTES];
  GuituValue value = { 0 };
  GuituCell *cell;

  if (kind == NULL || guitu_kind_field (kind, field) < 0 || !guitu_id_to_bytes (id_text, id))
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "There is no such field");
      return FALSE;
    }
  if (!read_cell (transaction->connection, kind, id, field, &value, error))
    return FALSE;
  change = guitu_change_new (kind->name, id, FALSE);
  cell = guitu_change_add (change, field, &value);
  guitu_value_clear (&value);
  cell->settled = _guitu_cell_heads (transaction->connection, kind, id, field, error);
  if (cell->settled == NULL ||
      !_guitu_cell_version (transaction->connection, kind, id, field, &cell->seen, error) ||
      !apply_own (transaction, kind, change, error))
    return FALSE;
  g_steal_pointer (&change);
  return TRUE;
}

static gboolean
read_chain (GuituConnection *connection,
            GuituEntry *entry,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT sequence, hash FROM chain WHERE desk = ? AND scope = ?", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->version.desk);
  guitu_statement_bind_text (statement, 2, entry->scope);
  step = guitu_statement_step (statement, error);
  entry->sequence = 1;
  entry->is_first = step == 0;
  if (step == 1)
    {
      gsize length;
      gconstpointer hash = guitu_statement_bytes (statement, 1, &length);

      entry->sequence = guitu_statement_integer (statement, 0) + 1;
      g_assert (length == GUITU_HASH_BYTES);
      memcpy (entry->previous, hash, GUITU_HASH_BYTES);
    }
  return step >= 0;
}

gboolean
_guitu_chain_write (GuituConnection *connection,
                    const GuituEntry *entry,
                    GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "INSERT INTO chain (desk, scope, sequence, hash) VALUES (?, ?, ?, ?)"
      " ON CONFLICT (desk, scope) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash"
      " WHERE excluded.sequence > sequence",
      error);
  guint8 hash[GUITU_HASH_BYTES];

  if (statement == NULL)
    return FALSE;
  guitu_entry_hash (entry->body, entry->signature, hash);
  guitu_statement_bind_integer (statement, 1, entry->version.desk);
  guitu_statement_bind_text (statement, 2, entry->scope);
  guitu_statement_bind_integer (statement, 3, entry->sequence);
  guitu_statement_bind_bytes (statement, 4, hash, sizeof hash);
  return guitu_statement_run (statement, error);
}

gboolean
_guitu_entry_index_rows (GuituConnection *connection,
                         const char *sql,
                         const GuituEntry *entry,
                         gint64 number,
                         GError **error)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);
      g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, sql, error);

      if (statement == NULL)
        return FALSE;
      guitu_statement_bind_bytes (statement, 1, change->id, sizeof change->id);
      guitu_statement_bind_integer (statement, 2, number);
      if (!guitu_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_entry_insert (GuituConnection *connection,
                     const GuituEntry *entry,
                     gboolean partial,
                     GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "INSERT INTO entry (desk, scope, sequence, clock, partial, body, signature) VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  gsize length;
  gconstpointer body = g_bytes_get_data (entry->body, &length);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->version.desk);
  guitu_statement_bind_text (statement, 2, entry->scope);
  guitu_statement_bind_integer (statement, 3, entry->sequence);
  guitu_statement_bind_integer (statement, 4, entry->version.clock);
  guitu_statement_bind_integer (statement, 5, partial);
  guitu_statement_bind_bytes (statement, 6, body, length);
  guitu_statement_bind_bytes (statement, 7, entry->signature, sizeof entry->signature);
  return guitu_statement_run (statement, error) &&
         _guitu_entry_index_rows (connection, GUITU_ENTRY_ROWS, entry, guitu_connection_last_row (connection), error);
}

static gboolean
check_not_ended (GuituConnection *connection,
                 const GuituEntry *entry,
                 GError **error)
{
  gint64 limit;

  if (!_guitu_chain_limit (connection, entry->version.desk, entry->station, entry->scope, &limit, error))
    return FALSE;
  return limit == G_MAXINT64 ||
         _guitu_refuse (error, "This desk was ended by its station; nothing can be written here any more");
}

static gboolean
append_entry (GuituTransaction *transaction,
              GuituScopeChanges *changes,
              GError **error)
{
  const GuituKeys *keys = guitu_store_keys (transaction->store);
  g_autoptr (GuituEntry) entry = guitu_entry_new ();

  entry->version = (GuituVersion){ transaction->clock, keys->desk.desk };
  entry->scope = g_strdup (changes->scope);
  entry->station = g_strdup (keys->station);
  entry->user = g_strdup (transaction->user);
  entry->act = g_strdup (transaction->act);
  g_ptr_array_unref (entry->changes);
  entry->changes = g_ptr_array_ref (changes->changes);
  if (!check_not_ended (transaction->connection, entry, error) || !read_chain (transaction->connection, entry, error))
    return FALSE;
  guitu_entry_encode (entry);
  guitu_entry_sign (entry, keys->desk_secret);
  return _guitu_entry_insert (transaction->connection, entry, FALSE, error) &&
         _guitu_chain_write (transaction->connection, entry, error) &&
         (!_guitu_entry_ends_desk (entry) || _guitu_ends_settle (transaction->connection, keys->station, error)) &&
         (!_guitu_entry_rotates (entry) || _guitu_desks_renew (transaction->connection, keys, keys->station, error));
}

static gboolean
append_entries (GuituTransaction *transaction,
                GError **error)
{
  for (guint i = 0; i < transaction->changes->len; i++)
    if (!append_entry (transaction, g_ptr_array_index (transaction->changes, i), error))
      {
        transaction->failed = TRUE;
        return FALSE;
      }
  g_ptr_array_set_size (transaction->changes, 0);
  return TRUE;
}

GPtrArray *
guitu_transaction_written (GuituTransaction *transaction,
                           const GuituKind *kind)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < transaction->changes->len; i++)
    {
      const GuituScopeChanges *of_scope = g_ptr_array_index (transaction->changes, i);

      for (guint j = 0; j < of_scope->changes->len; j++)
        {
          const GuituChange *change = g_ptr_array_index (of_scope->changes, j);
          g_autofree char *id = strcmp (change->kind, kind->name) == 0 ? guitu_id_from_bytes (change->id) : NULL;

          if (id == NULL || g_hash_table_contains (seen, id))
            continue;
          g_hash_table_add (seen, id);
          g_ptr_array_add (ids, g_steal_pointer (&id));
        }
    }
  return ids;
}

gboolean
guitu_transaction_next_entry (GuituTransaction *transaction,
                              GError **error)
{
  return _guitu_store_let_follow (transaction, error) && append_entries (transaction, error) &&
         _guitu_clock_advance (transaction->connection, transaction->clock, &transaction->clock, error);
}

gboolean
guitu_transaction_commit (GuituTransaction *transaction,
                          GError **error)
{
  g_assert (transaction->writes && !transaction->done);
  if (transaction->failed)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "Something could not be written: nothing was");
      return FALSE;
    }
  if (!_guitu_store_let_follow (transaction, error) || !append_entries (transaction, error) ||
      !guitu_search_settle (transaction->connection, error) ||
      !guitu_connection_run (transaction->connection, transaction->is_part ? "RELEASE part" : "COMMIT", error))
    return FALSE;
  transaction->done = TRUE;
  return TRUE;
}
