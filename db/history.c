/* SPDX-License-Identifier: GPL-3.0-or-later */

/* History and conflicts are read from the ledger: there is no second record of what happened. */

#include "db/query.h"

#include "db/id.h"
#include "db/store-private.h"

#include <string.h>

static void
item_free (gpointer data)
{
  GuituHistoryItem *item = data;

  g_free (item->user);
  g_free (item->act);
  g_free (item->field);
  g_free (item->value);
  g_free (item);
}

static GuituHistoryItem *
item_new (const GuituEntry *entry,
          const GuituChange *change,
          const GuituCell *cell)
{
  GuituHistoryItem *item = g_new0 (GuituHistoryItem, 1);

  item->clock = entry->version.clock;
  item->desk = entry->version.desk;
  item->user = g_strdup (entry->user);
  item->act = g_strdup (entry->act);
  item->created = change->creates;
  item->field = g_strdup (cell->field);
  item->value = guitu_value_to_text (&cell->value);
  return item;
}

static GuituEntry *
read_entry (GuituStatement *statement,
            GError **error)
{
  gsize body_length;
  gsize signature_length;
  gconstpointer body = guitu_statement_bytes (statement, 0, &body_length);
  gconstpointer signature = guitu_statement_bytes (statement, 1, &signature_length);
  g_autoptr (GBytes) bytes = g_bytes_new (body, body_length);

  if (signature_length != GUITU_SIGNATURE_BYTES)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED, "A ledger entry has no signature");
      return NULL;
    }
  return guitu_entry_decode (bytes, signature, error);
}

GPtrArray *
guitu_record_history (GuituTransaction *transaction,
                      const char *id,
                      GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT body, signature FROM entry_row JOIN entry ON entry.number = entry_row.entry"
      " WHERE entry_row.id = ? ORDER BY entry.clock, entry.desk",
      error);
  guint8 bytes[GUITU_ID_BYTES];
  int step;

  if (statement == NULL || !guitu_id_to_bytes (id, bytes))
    return statement == NULL ? NULL : g_steal_pointer (&items);
  guitu_statement_bind_id (statement, 1, id);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = read_entry (statement, error);

      if (entry == NULL)
        return NULL;
      for (guint i = 0; i < entry->changes->len; i++)
        {
          const GuituChange *change = g_ptr_array_index (entry->changes, i);

          if (memcmp (change->id, bytes, sizeof bytes) != 0)
            continue;
          for (guint j = 0; j < change->cells->len; j++)
            g_ptr_array_add (items, item_new (entry, change, g_ptr_array_index (change->cells, j)));
        }
    }
  return step == 0 ? g_steal_pointer (&items) : NULL;
}

gint64
guitu_record_written_at (GuituTransaction *transaction,
                         const GuituRecord *record,
                         int field,
                         GError **error)
{
  g_autoptr (GPtrArray) items = guitu_record_history (transaction, guitu_record_id (record), error);
  const char *name = guitu_record_kind (record)->fields[field].name;

  if (items == NULL)
    return -1;
  for (guint i = items->len; i > 0; i--)
    {
      const GuituHistoryItem *item = items->pdata[i - 1];

      if (strcmp (item->field, name) == 0)
        return g_strcmp0 (item->value, guitu_record_text (record, field)) == 0 ? item->clock : G_MAXINT64;
    }
  return G_MAXINT64;
}

static void
conflict_free (gpointer data)
{
  GuituConflict *conflict = data;

  g_free (conflict->kind);
  g_free (conflict->id);
  g_free (conflict->field);
  g_ptr_array_unref (conflict->values);
  g_free (conflict);
}

/* The last cell of the entry that wrote @field of the record: an entry may write one twice. */
static GuituHistoryItem *
find_item (const GuituEntry *entry,
           const guint8 id[GUITU_ID_BYTES],
           const char *field)
{
  GuituHistoryItem *item = NULL;

  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (memcmp (change->id, id, GUITU_ID_BYTES) != 0)
        continue;
      for (guint j = 0; j < change->cells->len; j++)
        {
          const GuituCell *cell = g_ptr_array_index (change->cells, j);

          if (strcmp (cell->field, field) != 0)
            continue;
          g_clear_pointer (&item, item_free);
          item = item_new (entry, change, cell);
        }
    }
  return item;
}

/* Value, user and time of one write that still stands; an entry of another scope holds other records. */
static gboolean
add_head (GuituTransaction *transaction,
          GuituConflict *conflict,
          const guint8 id[GUITU_ID_BYTES],
          const GuituVersion *head,
          GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT body, signature FROM entry_row JOIN entry ON entry.number = entry_row.entry"
      " WHERE entry_row.id = ? AND entry.clock = ? AND entry.desk = ?",
      error);
  GuituHistoryItem *item = NULL;
  int step = -1;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, id, GUITU_ID_BYTES);
  guitu_statement_bind_integer (statement, 2, head->clock);
  guitu_statement_bind_integer (statement, 3, head->desk);
  while (item == NULL && (step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = read_entry (statement, error);

      if (entry == NULL)
        return FALSE;
      item = find_item (entry, id, conflict->field);
    }
  if (item != NULL)
    g_ptr_array_add (conflict->values, item);
  return item != NULL || step == 0;
}

/* Only the entries that still stand are read: a long history makes no difference. */
static gboolean
read_conflict_values (GuituTransaction *transaction,
                      GuituConflict *conflict,
                      GError **error)
{
  g_autoptr (GArray) heads = NULL;
  guint8 id[GUITU_ID_BYTES];

  guitu_id_to_bytes (conflict->id, id);
  heads = _guitu_cell_heads (transaction->connection, guitu_kind_find (conflict->kind), id, conflict->field, error);
  if (heads == NULL)
    return FALSE;
  for (guint i = 0; i < heads->len; i++)
    if (!add_head (transaction, conflict, id, &g_array_index (heads, GuituVersion, i), error))
      return FALSE;
  return TRUE;
}

/* The newest records first, the fields of each as they are declared. */
static int
compare_conflicts (gconstpointer a,
                   gconstpointer b)
{
  const GuituConflict *one = *(GuituConflict *const *) a;
  const GuituConflict *other = *(GuituConflict *const *) b;
  const GuituKind *kind = guitu_kind_find (one->kind);
  int order = strcmp (other->id, one->id);

  return order != 0 || kind == NULL ? order : guitu_kind_field (kind, one->field) - guitu_kind_field (kind, other->field);
}

/* @statement gives kind, id and field. */
static GPtrArray *
read_conflicts (GuituTransaction *transaction,
                GuituStatement *statement,
                GError **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (conflict_free);
  int step;

  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituConflict *conflict = g_new0 (GuituConflict, 1);

      conflict->kind = g_strdup (guitu_statement_text (statement, 0));
      conflict->id = guitu_statement_id (statement, 1);
      conflict->field = g_strdup (guitu_statement_text (statement, 2));
      conflict->values = g_ptr_array_new_with_free_func (item_free);
      g_ptr_array_add (conflicts, conflict);
    }
  if (step < 0)
    return NULL;
  g_ptr_array_sort (conflicts, compare_conflicts);
  for (guint i = 0; i < conflicts->len; i++)
    if (!read_conflict_values (transaction, g_ptr_array_index (conflicts, i), error))
      return NULL;
  return g_steal_pointer (&conflicts);
}

GPtrArray *
guitu_conflicts_list (GuituTransaction *transaction,
                      const char *id,
                      GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      id == NULL ? "SELECT kind, id, field FROM conflict"
                 : "SELECT kind, id, field FROM conflict WHERE id = ?",
      error);

  if (statement == NULL)
    return NULL;
  if (id != NULL)
    guitu_statement_bind_id (statement, 1, id);
  return read_conflicts (transaction, statement, error);
}

GPtrArray *
guitu_conflicts_page (GuituTransaction *transaction,
                      const char *before,
                      guint limit,
                      GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      before == NULL ? "SELECT kind, id, field FROM conflict WHERE id IN"
                       " (SELECT DISTINCT id FROM conflict ORDER BY id DESC LIMIT ?1)"
                     : "SELECT kind, id, field FROM conflict WHERE id IN"
                       " (SELECT DISTINCT id FROM conflict WHERE id < ?2 ORDER BY id DESC LIMIT ?1)",
      error);

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_integer (statement, 1, limit);
  if (before != NULL)
    guitu_statement_bind_id (statement, 2, before);
  return read_conflicts (transaction, statement, error);
}

gboolean
guitu_conflicts_count (GuituTransaction *transaction,
                       gint64 *fields,
                       gint64 *records,
                       GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (transaction->connection, "SELECT count (*), count (DISTINCT id) FROM conflict", error);

  if (statement == NULL || guitu_statement_step (statement, error) != 1)
    return FALSE;
  *fields = guitu_statement_integer (statement, 0);
  *records = guitu_statement_integer (statement, 1);
  return TRUE;
}

static void
ledger_change_free (gpointer data)
{
  GuituLedgerChange *change = data;

  g_free (change->kind);
  g_free (change->id);
  g_strfreev (change->fields);
  g_free (change);
}

static void
ledger_item_free (gpointer data)
{
  GuituLedgerItem *item = data;

  g_free (item->scope);
  g_free (item->user);
  g_free (item->act);
  g_ptr_array_unref (item->changes);
  g_free (item);
}

static GuituLedgerItem *
ledger_item_new (const GuituEntry *entry,
                 gint64 number)
{
  GuituLedgerItem *item = g_new0 (GuituLedgerItem, 1);

  item->number = number;
  item->clock = entry->version.clock;
  item->desk = entry->version.desk;
  item->sequence = entry->sequence;
  item->scope = g_strdup (entry->scope);
  item->user = g_strdup (entry->user);
  item->act = g_strdup (entry->act);
  item->changes = g_ptr_array_new_with_free_func (ledger_change_free);
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *from = g_ptr_array_index (entry->changes, i);
      GuituLedgerChange *change = g_new0 (GuituLedgerChange, 1);

      change->kind = g_strdup (from->kind);
      change->id = guitu_id_from_bytes (from->id);
      change->created = from->creates;
      change->fields = g_new0 (char *, from->cells->len + 1);
      for (guint j = 0; j < from->cells->len; j++)
        change->fields[j] = g_strdup (((const GuituCell *) g_ptr_array_index (from->cells, j))->field);
      g_ptr_array_add (item->changes, change);
    }
  return item;
}

GPtrArray *
guitu_ledger_list (GuituTransaction *transaction,
                   gint64 before,
                   guint limit,
                   GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (ledger_item_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection, "SELECT body, signature, number FROM entry WHERE number < ? ORDER BY number DESC LIMIT ?", error);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_integer (statement, 1, before);
  guitu_statement_bind_integer (statement, 2, limit);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = read_entry (statement, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (items, ledger_item_new (entry, guitu_statement_integer (statement, 2)));
    }
  return step == 0 ? g_steal_pointer (&items) : NULL;
}

char *
guitu_ledger_head (GuituTransaction *transaction,
                   GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection, "SELECT sequence, lower (hex (substr (hash, 1, 8))) FROM chain WHERE desk = ? AND scope = 'station'",
      error);
  gint64 desk = guitu_store_keys (transaction->store)->desk.desk;
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_integer (statement, 1, desk);
  step = guitu_statement_step (statement, error);
  if (step < 0)
    return NULL;
  if (step == 0)
    return g_strdup_printf ("%016" G_GINT64_MODIFIER "x:0:", desk);
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x:%" G_GINT64_FORMAT ":%s", desk,
                          guitu_statement_integer (statement, 0), guitu_statement_text (statement, 1));
}
