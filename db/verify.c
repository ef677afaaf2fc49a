/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing is believed: every stored byte of the ledger is either hashed into the next entry or
 * signed, the last entry of each chain is compared with the chain's noted head, and the records
 * with a replay of all entries into an empty store in memory. */

#include "db/ledger.h"

#include "db/ends-private.h"
#include "db/receive-private.h"
#include "db/records.h"
#include "db/schema.h"

#include <stdarg.h>
#include <string.h>

#define PROBLEMS_SHOWN 100
#define FIRST_FIELD 3 /* of a record, after id, base_clock and base_desk */

void
guitu_ledger_report_free (GuituLedgerReport *report)
{
  g_clear_pointer (&report->problems, g_ptr_array_unref);
  g_clear_pointer (&report->gaps, g_ptr_array_unref);
  g_free (report);
}

G_GNUC_PRINTF (2, 3)
static void
add_problem (GuituLedgerReport *report,
             const char *format,
             ...)
{
  va_list arguments;

  if (report->problems->len >= PROBLEMS_SHOWN)
    return;
  va_start (arguments, format);
  g_ptr_array_add (report->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* --- Chains ---------------------------------------------------------------------------------- */

typedef struct
{
  GuituLedgerReport *report;
  GuituConnection *connection;
  const GuituKeys *keys;
  GuituDesk desk; /* whose chain is being read */
  gboolean desk_is_good;
  GuituEntry *last; /* the entry before, of the same chain */
  guint8 hash[GUITU_HASH_BYTES];
} ChainCheck;

static void
check_head (ChainCheck *check,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      check->connection, "SELECT sequence, hash FROM chain WHERE desk = ? AND scope = ?", error);
  gsize length;
  gconstpointer hash;

  if (statement == NULL)
    return;
  guitu_statement_bind_integer (statement, 1, check->last->version.desk);
  guitu_statement_bind_text (statement, 2, check->last->scope);
  if (guitu_statement_step (statement, error) != 1)
    {
      add_problem (check->report, "The chain %s of desk %" G_GINT64_FORMAT " has no noted head", check->last->scope, check->desk.number);
      return;
    }
  hash = guitu_statement_bytes (statement, 1, &length);
  if (guitu_statement_integer (statement, 0) != check->last->sequence || length != GUITU_HASH_BYTES ||
      memcmp (hash, check->hash, GUITU_HASH_BYTES) != 0)
    add_problem (check->report, "The chain %s of desk %" G_GINT64_FORMAT " ends at entry %" G_GINT64_FORMAT ", but entry %" G_GINT64_FORMAT " was its last: the end was cut or changed",
                 check->last->scope, check->desk.number, check->last->sequence, guitu_statement_integer (statement, 0));
}

static void
check_limit (ChainCheck *check,
             GError **error)
{
  gint64 limit;

  if (_guitu_chain_limit (check->connection, check->last->version.desk, check->last->station, check->last->scope, &limit, error) &&
      check->last->sequence > limit)
    add_problem (check->report, "The chain %s of desk %" G_GINT64_FORMAT " goes on to entry %" G_GINT64_FORMAT ", but the desk was ended at entry %" G_GINT64_FORMAT,
                 check->last->scope, check->desk.number, check->last->sequence, limit);
}

static void
end_chain (ChainCheck *check,
           GError **error)
{
  if (check->last == NULL)
    return;
  if (!check->desk_is_good)
    add_problem (check->report, "A desk of station %s has no valid certificate", check->last->station);
  else if (!guitu_entry_is_signed_by (check->last, check->desk.public_key))
    add_problem (check->report, "Entry %" G_GINT64_FORMAT " (%s) of desk %" G_GINT64_FORMAT " is not signed by that desk",
                 check->last->sequence, check->last->scope, check->desk.number);
  check_head (check, error);
  check_limit (check, error);
  g_clear_pointer (&check->last, guitu_entry_free);
  guitu_desk_clear (&check->desk);
}

static void
begin_chain (ChainCheck *check,
             const GuituEntry *entry,
             GError **error)
{
  GuituReceiver receiver;

  check->report->chains++;
  check->desk_is_good = FALSE;
  if (_guitu_desk_find (check->connection, entry->version.desk, &check->desk, error) != 1)
    return;
  _guitu_receiver_init (&receiver, check->connection, check->keys);
  check->desk_is_good = _guitu_receiver_knows_desk (&receiver, &check->desk);
  _guitu_receiver_clear (&receiver);
}

static void
check_link (ChainCheck *check,
            const GuituEntry *entry)
{
  gboolean is_own = entry->version.desk == check->keys->desk.desk;

  if (check->last == NULL || entry->sequence != check->last->sequence + 1)
    {
      gint64 before = check->last == NULL ? 0 : check->last->sequence;

      /* Other desks' entries may still be on their way; our own can't be missing. */
      if (entry->sequence != before + 1 && is_own)
        add_problem (check->report, "Entries %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT " (%s) of this desk are missing",
                     before + 1, entry->sequence - 1, entry->scope);
      if (entry->sequence != before + 1 && check->last != NULL && check->desk_is_good &&
          !guitu_entry_is_signed_by (check->last, check->desk.public_key))
        add_problem (check->report, "Entry %" G_GINT64_FORMAT " (%s) of desk %" G_GINT64_FORMAT " is not signed by that desk",
                     before, entry->scope, check->desk.number);
      return;
    }
  if (memcmp (entry->previous, check->hash, sizeof check->hash) != 0)
    add_problem (check->report, "Entry %" G_GINT64_FORMAT " (%s) of desk %" G_GINT64_FORMAT " does not follow entry %" G_GINT64_FORMAT ": one of them was altered",
                 entry->sequence, entry->scope, check->desk.number, check->last->sequence);
}

static gboolean
columns_agree (GuituStatement *statement,
               const GuituEntry *entry)
{
  return guitu_statement_integer (statement, 1) == entry->version.desk &&
         strcmp (guitu_statement_text (statement, 2), entry->scope) == 0 &&
         guitu_statement_integer (statement, 3) == entry->sequence &&
         guitu_statement_integer (statement, 4) == entry->version.clock;
}

static GuituEntry *
read_entry (GuituStatement *statement,
            GError **error)
{
  guint8 signature[GUITU_SIGNATURE_BYTES];
  gsize length;
  gconstpointer bytes = guitu_statement_bytes (statement, 5, &length);
  g_autoptr (GBytes) body = g_bytes_new (bytes, length);

  bytes = guitu_statement_bytes (statement, 6, &length);
  if (length != sizeof signature)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "A ledger entry has no signature");
      return NULL;
    }
  memcpy (signature, bytes, length);
  return guitu_entry_decode (body, signature, error);
}

static void
check_entry (ChainCheck *check,
             GuituStatement *statement,
             GError **error)
{
  g_autoptr (GuituEntry) entry = read_entry (statement, NULL);

  check->report->entries++;
  if (entry == NULL)
    {
      add_problem (check->report, "The entry stored as number %" G_GINT64_FORMAT " can't be read: it was altered",
                   guitu_statement_integer (statement, 0));
      return;
    }
  if (!columns_agree (statement, entry))
    add_problem (check->report, "The entry stored as number %" G_GINT64_FORMAT " is not the one that belongs there",
                 guitu_statement_integer (statement, 0));
  if (check->last != NULL && (check->last->version.desk != entry->version.desk || strcmp (check->last->scope, entry->scope) != 0))
    end_chain (check, error);
  if (check->last == NULL)
    begin_chain (check, entry, error);
  check_link (check, entry);
  guitu_entry_hash (entry->body, entry->signature, check->hash);
  g_clear_pointer (&check->last, guitu_entry_free);
  check->last = g_steal_pointer (&entry);
}

static gboolean
check_chains (ChainCheck *check,
              GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      check->connection,
      "SELECT number, desk, scope, sequence, clock, body, signature FROM entry ORDER BY desk, scope, sequence", error);
  g_autoptr (GError) failure = NULL;
  int step;

  if (statement == NULL)
    return FALSE;
  while (failure == NULL && (step = guitu_statement_step (statement, &failure)) == 1)
    check_entry (check, statement, &failure);
  if (failure == NULL)
    end_chain (check, &failure);
  g_clear_pointer (&check->last, guitu_entry_free);
  guitu_desk_clear (&check->desk);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return *error == NULL;
}

/* A chain with a noted head and no entries at all was removed whole. */
static gboolean
check_lost_chains (ChainCheck *check,
                   GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      check->connection,
      "SELECT scope, sequence FROM chain c WHERE NOT EXISTS"
      " (SELECT 1 FROM entry e WHERE e.desk = c.desk AND e.scope = c.scope)",
      error);
  int step;

  if (statement == NULL)
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    add_problem (check->report, "All %" G_GINT64_FORMAT " entries of a chain (%s) are missing",
                 guitu_statement_integer (statement, 1), guitu_statement_text (statement, 0));
  return step == 0;
}

/* --- Records against a replay ----------------------------------------------------------------- */

static gboolean
replay_entry (GuituConnection *disk,
              GuituConnection *memory,
              const GuituEntry *entry,
              gint64 number,
              GError **error)
{
  gboolean partial = FALSE;

  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (_guitu_change_counts (entry, change) && !_guitu_change_replay (memory, change, &entry->version, &partial, error))
        return FALSE;
    }
  return _guitu_entry_index_rows (memory, GUITU_ENTRY_ROWS, entry, number, error) &&
         _guitu_entry_complete (disk, memory, entry, error);
}

static gboolean
replay (GuituConnection *disk,
        GuituConnection *memory,
        GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      disk, "SELECT number, desk, scope, sequence, clock, body, signature FROM entry ORDER BY number", error);
  int step;

  if (statement == NULL || !guitu_connection_run (memory, "BEGIN", error))
    return FALSE;
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      g_autoptr (GuituEntry) entry = read_entry (statement, error);

      if (entry == NULL || !replay_entry (disk, memory, entry, guitu_statement_integer (statement, 0), error))
        return FALSE;
    }
  return step == 0 && guitu_connection_run (memory, "COMMIT", error);
}

/* A table that follows from the entries: its columns begin with the key, by which it is read. */
typedef struct
{
  const char *name;
  guint n_key;
  guint n_columns;
  char *sql;
  const GuituKind *kind; /* or NULL */
} Table;

static void
table_clear (Table *table)
{
  g_free (table->sql);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

/* One side of the comparison. */
typedef struct
{
  const Table *table;
  GuituStatement *statement;
  GuituValue *row;
  gboolean at_end;
} Side;

static void
side_clear (Side *side)
{
  for (guint i = 0; side->row != NULL && i < side->table->n_columns; i++)
    guitu_value_clear (&side->row[i]);
  g_free (side->row);
  g_clear_pointer (&side->statement, guitu_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static gboolean
side_next (Side *side,
           GError **error)
{
  int step = guitu_statement_step (side->statement, error);

  side->at_end = step == 0;
  for (guint i = 0; step == 1 && i < side->table->n_columns; i++)
    guitu_value_read (&side->row[i], side->statement, i);
  return step >= 0;
}

static gboolean
side_open (Side *side,
           const Table *table,
           GuituConnection *connection,
           GError **error)
{
  side->table = table;
  side->statement = guitu_connection_prepare (connection, table->sql, error);
  side->row = g_new0 (GuituValue, table->n_columns);
  return side->statement != NULL && side_next (side, error);
}

/* SQLite's order of a key: numbers, text and bytes do not mix within a column. */
static int
compare_keys (const Side *side,
              const Side *other)
{
  for (guint i = 0; i < side->table->n_key; i++)
    {
      const GuituValue *a = &side->row[i];
      const GuituValue *b = &other->row[i];
      int order = memcmp (a->data == NULL ? "" : a->data, b->data == NULL ? "" : b->data, MIN (a->length, b->length));

      if (order == 0)
        order = (a->length > b->length) - (a->length < b->length);
      if (order == 0)
        order = (a->integer > b->integer) - (a->integer < b->integer);
      if (order != 0)
        return order;
    }
  return 0;
}

static void
compare_rows (GuituLedgerReport *report,
              const Side *disk,
              const Side *replayed)
{
  const Table *table = disk->table;
  g_autofree char *id = guitu_value_to_text (&disk->row[0]);

  for (guint i = table->n_key; i < table->n_columns; i++)
    if (!guitu_value_equal (&disk->row[i], &replayed->row[i]))
      add_problem (report, "%s %s: %s is not what the ledger says; it was changed past the ledger", table->name, id,
                   table->kind != NULL && i >= FIRST_FIELD ? table->kind->fields[i - FIRST_FIELD].name : "its version");
}

static gboolean
compare_table (GuituLedgerReport *report,
               GuituConnection *disk,
               GuituConnection *memory,
               const Table *table,
               GError **error)
{
  g_auto (Side) ours = { 0 };
  g_auto (Side) replayed = { 0 };

  if (!side_open (&ours, table, disk, error) || !side_open (&replayed, table, memory, error))
    return FALSE;
  while (!ours.at_end || !replayed.at_end)
    {
      int order = ours.at_end ? 1 : (replayed.at_end ? -1 : compare_keys (&ours, &replayed));
      g_autofree char *id = guitu_value_to_text (order <= 0 ? &ours.row[0] : &replayed.row[0]);

      report->rows++;
      if (order == 0)
        compare_rows (report, &ours, &replayed);
      else if (order < 0)
        add_problem (report, "%s %s is in no entry of the ledger", table->name, id);
      else
        add_problem (report, "%s %s is in the ledger but not in its table", table->name, id);
      if ((order <= 0 && !side_next (&ours, error)) || (order >= 0 && !side_next (&replayed, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compare_kind (GuituLedgerReport *report,
              GuituConnection *disk,
              GuituConnection *memory,
              const GuituKind *kind,
              GError **error)
{
  g_auto (Table) table = { kind->name, 1, FIRST_FIELD + kind->n_fields, NULL, kind };
  g_autoptr (GString) sql = g_string_new ("SELECT id, base_clock, base_desk");

  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\"", kind->fields[i].name);
  g_string_append_printf (sql, " FROM \"%s\" ORDER BY id", kind->name);
  table.sql = g_string_free (g_steal_pointer (&sql), FALSE);
  return compare_table (report, disk, memory, &table, error);
}

/* What else follows from the entries: earlier values, what replaced what, conflicts, history. */
static const Table other_tables[] = {
  { "cell_write", 4, 5, (char *) "SELECT id, field, clock, desk, value FROM cell_write ORDER BY id, field, clock, desk", NULL },
  { "replaced", 4, 4, (char *) "SELECT id, field, clock, desk FROM replaced ORDER BY id, field, clock, desk", NULL },
  { "conflict", 2, 3, (char *) "SELECT id, field, kind FROM conflict ORDER BY id, field", NULL },
  { "entry_row", 2, 2, (char *) "SELECT id, entry FROM entry_row ORDER BY id, entry", NULL },
  { "chain_limit", 3, 4, (char *) "SELECT desk, station, scope, last FROM chain_limit ORDER BY desk, station, scope", NULL },
};

static gboolean
check_records (GuituLedgerReport *report,
               GuituConnection *disk,
               GError **error)
{
  g_autoptr (GuituConnection) memory = guitu_connection_open (":memory:", TRUE, TRUE, error);
  const GuituKind *const *kinds = guitu_kinds ();

  if (memory == NULL || !guitu_schema_prepare (memory, NULL, NULL, error) || !replay (disk, memory, error) ||
      !_guitu_ends_set_limits (disk, memory, error))
    return FALSE;
  for (guint i = 0; kinds[i] != NULL; i++)
    if (!compare_kind (report, disk, memory, kinds[i], error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (other_tables); i++)
    if (!compare_table (report, disk, memory, &other_tables[i], error))
      return FALSE;
  return TRUE;
}

GuituLedgerReport *
guitu_ledger_verify (GuituStore *store,
                     gboolean quick,
                     GError **error)
{
  g_autoptr (GuituLedgerReport) report = g_new0 (GuituLedgerReport, 1);
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GError) failure = NULL;
  ChainCheck check = { .report = report, .keys = guitu_store_keys (store) };

  if (transaction == NULL)
    return NULL;
  report->problems = g_ptr_array_new_with_free_func (g_free);
  check.connection = transaction->connection;
  report->gaps = _guitu_ledger_gaps (transaction->connection, error);
  if (report->gaps == NULL)
    return NULL;
  if (!check_chains (&check, &failure) || !check_lost_chains (&check, &failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  /* A ledger that is itself broken is no measure for the records. */
  if (!quick && report->problems->len == 0 && !check_records (report, transaction->connection, error))
    return NULL;
  return g_steal_pointer (&report);
}

gboolean
guitu_ledger_has_head (GuituTransaction *transaction,
                       const char *head,
                       gboolean *has,
                       GError **error)
{
  g_auto (GStrv) parts = g_strsplit (head, ":", 3);
  g_autoptr (GuituStatement) statement = NULL;
  g_autoptr (GuituEntry) entry = NULL;
  guint8 hash[GUITU_HASH_BYTES];
  g_autofree char *text = NULL;
  gint64 sequence;
  int step;

  *has = FALSE;
  if (g_strv_length (parts) != 3 || !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &sequence, NULL))
    return TRUE;
  *has = sequence == 0;
  if (*has)
    return TRUE;
  statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT number, desk, scope, sequence, clock, body, signature FROM entry"
      " WHERE desk = ? AND scope = 'station' AND sequence = ?",
      error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, g_ascii_strtoll (parts[0], NULL, 16));
  guitu_statement_bind_integer (statement, 2, sequence);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step == 0;
  entry = read_entry (statement, NULL);
  if (entry == NULL)
    return TRUE;
  guitu_entry_hash (entry->body, entry->signature, hash);
  text = guitu_hex (hash, 8);
  *has = g_ascii_strcasecmp (text, parts[2]) == 0;
  return TRUE;
}
