/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bounded trust: an entry counts only if its desk's certificate is signed by the key of a station
 * we know, its chain fits, and its author may write what it writes. */

#include "db/receive-private.h"

#include "db/records.h"
#include "db/schema.h"

#include <string.h>

#define RUN_LENGTH 1000
#define CLOCK_AHEAD_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

void
_guitu_receiver_init (GuituReceiver *receiver,
                      GuituConnection *connection,
                      const GuituKeys *keys)
{
  memset (receiver, 0, sizeof *receiver);
  receiver->connection = connection;
  receiver->keys = keys;
  receiver->run = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_entry_free);
}

void
_guitu_receiver_clear (GuituReceiver *receiver)
{
  g_clear_pointer (&receiver->run, g_ptr_array_unref);
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error,
        const char *format,
        ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED, message);
  return FALSE;
}

static gboolean end_run (GuituReceiver *receiver, GError **error);

/* --- Desks ----------------------------------------------------------------------------------- */

gboolean
_guitu_desk_insert (GuituConnection *connection,
                    const GuituDesk *desk,
                    GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "INSERT OR IGNORE INTO desk (desk, station, number, public_key, certificate) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, desk->desk);
  guitu_statement_bind_text (statement, 2, desk->station);
  guitu_statement_bind_integer (statement, 3, desk->number);
  guitu_statement_bind_bytes (statement, 4, desk->public_key, sizeof desk->public_key);
  guitu_statement_bind_bytes (statement, 5, desk->certificate, sizeof desk->certificate);
  return guitu_statement_run (statement, error);
}

int
_guitu_desk_find (GuituConnection *connection,
                  gint64 id,
                  GuituDesk *desk,
                  GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT station, number, public_key, certificate FROM desk WHERE desk = ?", error);
  gconstpointer bytes;
  gsize length;
  int step;

  memset (desk, 0, sizeof *desk);
  if (statement == NULL)
    return -1;
  guitu_statement_bind_integer (statement, 1, id);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step;
  desk->desk = id;
  desk->station = g_strdup (guitu_statement_text (statement, 0));
  desk->number = guitu_statement_integer (statement, 1);
  bytes = guitu_statement_bytes (statement, 2, &length);
  if (length == sizeof desk->public_key)
    memcpy (desk->public_key, bytes, length);
  bytes = guitu_statement_bytes (statement, 3, &length);
  if (length == sizeof desk->certificate)
    memcpy (desk->certificate, bytes, length);
  return 1;
}

/* Whether some key that our directory has for the desk's station certifies it: 1, 0, or -1 on error.
 * A station may be in the directory twice, where two desks of ours trusted it at once. */
static int
find_certifier (GuituReceiver *receiver,
                const GuituDesk *desk,
                gboolean with_voided,
                gboolean *is_known,
                GError **error)
{
  g_autoptr (GuituStatement) statement = NULL;
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  int step;

  *is_known = strcmp (desk->station, receiver->keys->station) == 0;
  if (*is_known)
    return guitu_desk_is_certified (desk, receiver->keys->station_public);
  statement = guitu_connection_prepare (
      receiver->connection, "SELECT key FROM station WHERE code = ?1 AND key IS NOT NULL AND (?2 OR voided IS NULL)", error);
  if (statement == NULL)
    return -1;
  guitu_statement_bind_text (statement, 1, desk->station);
  guitu_statement_bind_integer (statement, 2, with_voided);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      *is_known = TRUE;
      if (guitu_key_from_text (guitu_statement_text (statement, 0), key, sizeof key) &&
          guitu_desk_is_certified (desk, key))
        return 1;
    }
  return step;
}

/* What a station wrote while it was trusted stays good after the trust is withdrawn. */
gboolean
_guitu_receiver_knows_desk (GuituReceiver *receiver,
                            const GuituDesk *desk)
{
  gboolean is_known;

  return find_certifier (receiver, desk, TRUE, &is_known, NULL) == 1;
}

gboolean
_guitu_receiver_add_desk (GuituReceiver *receiver,
                          const GuituDesk *desk,
                          GError **error)
{
  gboolean is_known;
  int found;

  /* The entry that trusts the desk's station may be in the run. */
  if (!end_run (receiver, error))
    return FALSE;
  found = find_certifier (receiver, desk, receiver->is_from_own_station, &is_known, error);
  if (found < 0)
    return FALSE;
  if (!is_known)
    return refuse (error, "Station %s is not known here; trust its card first", desk->station);
  if (found == 0)
    return refuse (error, "A desk that claims to belong to station %s has no valid certificate", desk->station);
  return _guitu_desk_insert (receiver->connection, desk, error);
}

/* --- Entries --------------------------------------------------------------------------------- */

/* The stored neighbour of an entry in its chain: 1 with body and signature, 0 when absent. */
static int
find_stored (GuituConnection *connection,
             const GuituEntry *entry,
             gint64 sequence,
             GBytes **body,
             guint8 signature[GUITU_SIGNATURE_BYTES],
             GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT body, signature FROM entry WHERE desk = ? AND scope = ? AND sequence = ?", error);
  gconstpointer bytes;
  gsize length;
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_integer (statement, 1, entry->version.desk);
  guitu_statement_bind_text (statement, 2, entry->scope);
  guitu_statement_bind_integer (statement, 3, sequence);
  step = guitu_statement_step (statement, error);
  if (step != 1)
    return step;
  bytes = guitu_statement_bytes (statement, 0, &length);
  *body = g_bytes_new (bytes, length);
  bytes = guitu_statement_bytes (statement, 1, &length);
  memset (signature, 0, GUITU_SIGNATURE_BYTES);
  if (length == GUITU_SIGNATURE_BYTES)
    memcpy (signature, bytes, length);
  return 1;
}

static gboolean
follows (const GuituEntry *entry,
         GBytes *body,
         const guint8 signature[GUITU_SIGNATURE_BYTES])
{
  guint8 hash[GUITU_HASH_BYTES];

  guitu_entry_hash (body, signature, hash);
  return memcmp (hash, entry->previous, sizeof hash) == 0;
}

static gboolean
fits_chain (GuituReceiver *receiver,
            const GuituEntry *first,
            const GuituEntry *last,
            GError **error)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GuituEntry) next = NULL;
  guint8 signature[GUITU_SIGNATURE_BYTES];
  int found = find_stored (receiver->connection, first, first->sequence - 1, &before, signature, error);

  if (found < 0)
    return FALSE;
  if (found == 1 && !follows (first, before, signature))
    return refuse (error, "Entry %" G_GINT64_FORMAT " of a desk of station %s does not follow the one before it: the desk's ledger has been altered or rewound",
                   first->sequence, first->station);
  found = find_stored (receiver->connection, last, last->sequence + 1, &after, signature, error);
  if (found < 0)
    return FALSE;
  if (found == 0)
    return TRUE;
  next = guitu_entry_decode (after, signature, error);
  if (next == NULL)
    return FALSE;
  return follows (next, last->body, last->signature) ||
         refuse (error, "Entry %" G_GINT64_FORMAT " of a desk of station %s does not lead to the one after it",
                 last->sequence, last->station);
}

static gboolean
check_author (GuituReceiver *receiver,
              const GuituEntry *entry,
              GError **error)
{
  gboolean is_own = strcmp (entry->station, receiver->keys->station) == 0;
  gint64 limit = (g_get_real_time () / 1000 + CLOCK_AHEAD_MS) << 16;

  if (strcmp (entry->scope, "station") == 0 && !is_own)
    return refuse (error, "Station %s sent entries that only its own desks may read", entry->station);
  if (entry->version.clock > limit)
    return refuse (error, "A desk of station %s has a clock more than a day ahead; set its date first", entry->station);
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);
      const GuituKind *kind = guitu_kind_find (change->kind);

      if (kind != NULL && strcmp (_guitu_scope_name (kind->scope), entry->scope) != 0)
        return refuse (error, "An entry of station %s writes a %s where it may not", entry->station, change->kind);
    }
  return TRUE;
}

/* A row of the shared scope says whose it is when it is created; only that station's desks write it.
 * Another station's change is refused until that creation is here: nobody could tell whose row it is. */
static gboolean
check_owner (GuituReceiver *receiver,
             const GuituEntry *entry,
             const GuituChange *change,
             GError **error)
{
  const GuituKind *kind = guitu_kind_find (change->kind);
  gboolean is_own = strcmp (entry->station, receiver->keys->station) == 0;
  g_autofree char *sql = NULL;
  g_autoptr (GuituStatement) statement = NULL;
  gboolean names_owner = FALSE;
  int step;

  if (kind == NULL || kind->scope != GUITU_SCOPE_SHARED)
    return TRUE;
  for (guint i = 0; i < change->cells->len; i++)
    {
      const GuituCell *cell = g_ptr_array_index (change->cells, i);

      if (strcmp (cell->field, "station") != 0)
        continue;
      if (g_strcmp0 (cell->value.data, entry->station) != 0)
        return refuse (error, "Station %s wrote in another station's name", entry->station);
      names_owner = change->creates;
    }
  sql = g_strdup_printf ("SELECT station FROM \"%s\" WHERE id = ?", kind->name);
  statement = guitu_connection_prepare (receiver->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, change->id, sizeof change->id);
  step = guitu_statement_step (statement, error);
  if (step == 1 && !guitu_statement_is_null (statement, 0) &&
      strcmp (guitu_statement_text (statement, 0), entry->station) != 0)
    return refuse (error, "Station %s wrote to another station's record", entry->station);
  if (step == 0 && !is_own && !names_owner)
    return refuse (error, "Station %s wrote to a record whose beginning is not here", entry->station);
  return step >= 0;
}

static gboolean
apply_entry (GuituReceiver *receiver,
             const GuituEntry *entry,
             GError **error)
{
  gboolean partial = FALSE;

  if (!check_author (receiver, entry, error))
    return FALSE;
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituChange *change = g_ptr_array_index (entry->changes, i);

      if (!check_owner (receiver, entry, change, error) ||
          !_guitu_change_apply (receiver->connection, change, &entry->version, &partial, error))
        return FALSE;
    }
  receiver->greatest_clock = MAX (receiver->greatest_clock, entry->version.clock);
  receiver->has_own |= entry->version.desk == receiver->keys->desk.desk;
  receiver->added++;
  return _guitu_entry_insert (receiver->connection, entry, partial, error);
}

/* Desks of our own were checked when they were noted; another station may have lost our trust since. */
static gboolean
is_trusted (GuituReceiver *receiver,
            const GuituDesk *desk)
{
  gboolean is_known;

  return strcmp (desk->station, receiver->keys->station) == 0 ||
         find_certifier (receiver, desk, receiver->is_from_own_station, &is_known, NULL) == 1;
}

static gboolean
end_run (GuituReceiver *receiver,
         GError **error)
{
  const GuituEntry *first;
  const GuituEntry *last;
  GuituDesk desk;
  int found;
  gboolean is_signed;

  if (receiver->run->len == 0)
    return TRUE;
  first = g_ptr_array_index (receiver->run, 0);
  last = g_ptr_array_index (receiver->run, receiver->run->len - 1);
  found = _guitu_desk_find (receiver->connection, last->version.desk, &desk, error);
  if (found < 0)
    return FALSE;
  is_signed = found == 1 && strcmp (desk.station, last->station) == 0 && is_trusted (receiver, &desk) &&
              guitu_entry_is_signed_by (last, desk.public_key);
  guitu_desk_clear (&desk);
  if (!is_signed)
    return refuse (error, "Entry %" G_GINT64_FORMAT " that claims to come from station %s is not signed by one of its desks",
                   last->sequence, last->station);
  if (!fits_chain (receiver, first, last, error))
    return FALSE;
  for (guint i = 0; i < receiver->run->len; i++)
    {
      const GuituEntry *entry = g_ptr_array_index (receiver->run, i);

      if (strcmp (entry->station, last->station) != 0)
        return refuse (error, "A chain of station %s holds an entry of another station", last->station);
      if (!apply_entry (receiver, entry, error))
        return FALSE;
    }
  if (!_guitu_chain_write (receiver->connection, last, error))
    return FALSE;
  g_ptr_array_set_size (receiver->run, 0);
  return TRUE;
}

static gboolean
continues_run (GuituReceiver *receiver,
               const GuituEntry *entry)
{
  const GuituEntry *last;

  if (receiver->run->len == 0 || receiver->run->len >= RUN_LENGTH)
    return FALSE;
  last = g_ptr_array_index (receiver->run, receiver->run->len - 1);
  return last->version.desk == entry->version.desk && strcmp (last->scope, entry->scope) == 0 &&
         last->sequence + 1 == entry->sequence && follows (entry, last->body, last->signature);
}

/* Nothing is stored beyond the end of a chain, which saves looking for it. */
static gboolean
read_chain_end (GuituReceiver *receiver,
                const GuituEntry *entry,
                GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      receiver->connection, "SELECT max (sequence) FROM entry WHERE desk = ? AND scope = ?", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, entry->version.desk);
  guitu_statement_bind_text (statement, 2, entry->scope);
  if (guitu_statement_step (statement, error) != 1)
    return FALSE;
  receiver->chain_end = guitu_statement_integer (statement, 0);
  return TRUE;
}

gboolean
_guitu_receiver_add_entry (GuituReceiver *receiver,
                           GBytes *body,
                           const guint8 signature[GUITU_SIGNATURE_BYTES],
                           GError **error)
{
  g_autoptr (GuituEntry) entry = guitu_entry_decode (body, signature, error);
  g_autoptr (GBytes) stored = NULL;
  guint8 stored_signature[GUITU_SIGNATURE_BYTES];
  gboolean continues;
  int found;

  if (entry == NULL)
    return FALSE;
  continues = continues_run (receiver, entry);
  if (!continues && !end_run (receiver, error))
    return FALSE;
  if (!continues && !read_chain_end (receiver, entry, error))
    return FALSE;
  found = entry->sequence > receiver->chain_end
              ? 0
              : find_stored (receiver->connection, entry, entry->sequence, &stored, stored_signature, error);
  if (found < 0)
    return FALSE;
  if (found == 1)
    {
      receiver->known++;
      return g_bytes_equal (stored, body) ||
             refuse (error, "Two different entries %" G_GINT64_FORMAT " exist of one desk of station %s: its ledger has been altered or rewound",
                     entry->sequence, entry->station);
    }
  g_ptr_array_add (receiver->run, g_steal_pointer (&entry));
  return TRUE;
}

gboolean
_guitu_receiver_finish (GuituReceiver *receiver,
                        GError **error)
{
  gint64 clock;

  return end_run (receiver, error) &&
         (!receiver->has_own || _guitu_series_forget (receiver->connection, error)) &&
         _guitu_clock_advance (receiver->connection, receiver->greatest_clock, &clock, error);
}

/* --- After the fact -------------------------------------------------------------------------- */

GPtrArray *
_guitu_ledger_gaps (GuituConnection *connection,
                    GError **error)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT d.station, d.number, g.scope, g.before + 1, g.sequence - 1 FROM"
      " (SELECT desk, scope, sequence, lag (sequence, 1, 0) OVER (PARTITION BY desk, scope ORDER BY sequence) AS before"
      "  FROM entry WHERE (desk, scope) IN"
      "  (SELECT desk, scope FROM entry GROUP BY desk, scope HAVING count (*) < max (sequence))) g"
      " JOIN desk d ON d.desk = g.desk WHERE g.before + 1 < g.sequence",
      error);
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = guitu_statement_step (statement, error)) == 1)
    g_ptr_array_add (gaps, g_strdup_printf ("Entries %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT " (%s) of desk %" G_GINT64_FORMAT " of station %s are missing",
                                            guitu_statement_integer (statement, 3), guitu_statement_integer (statement, 4),
                                            guitu_statement_text (statement, 2), guitu_statement_integer (statement, 1),
                                            guitu_statement_text (statement, 0)));
  return step == 0 ? g_steal_pointer (&gaps) : NULL;
}

static gboolean
reapply_one (GuituConnection *connection,
             gint64 number,
             GBytes *body,
             const guint8 *signature,
             GError **error)
{
  g_autoptr (GuituEntry) entry = guitu_entry_decode (body, signature, error);
  g_autoptr (GuituStatement) statement = NULL;
  gboolean partial = FALSE;

  if (entry == NULL)
    return FALSE;
  for (guint i = 0; i < entry->changes->len; i++)
    if (!_guitu_change_apply (connection, g_ptr_array_index (entry->changes, i), &entry->version, &partial, error))
      return FALSE;
  statement = guitu_connection_prepare (connection, "UPDATE entry SET partial = ? WHERE number = ?", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, partial);
  guitu_statement_bind_integer (statement, 2, number);
  return guitu_statement_run (statement, error);
}

static gboolean
reapply_all (GuituConnection *connection,
             GError **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GuituStatement) statement = guitu_connection_prepare (
          connection, "SELECT number, body, signature FROM entry WHERE partial AND number > ? ORDER BY number LIMIT 1", error);
      g_autoptr (GBytes) body = NULL;
      guint8 signature[GUITU_SIGNATURE_BYTES] = { 0 };
      gconstpointer bytes;
      gsize length;
      int step;

      if (statement == NULL)
        return FALSE;
      guitu_statement_bind_integer (statement, 1, after);
      step = guitu_statement_step (statement, error);
      if (step != 1)
        return step == 0;
      after = guitu_statement_integer (statement, 0);
      bytes = guitu_statement_bytes (statement, 1, &length);
      body = g_bytes_new (bytes, length);
      bytes = guitu_statement_bytes (statement, 2, &length);
      if (length == sizeof signature)
        memcpy (signature, bytes, length);
      g_clear_pointer (&statement, guitu_statement_free);
      if (!reapply_one (connection, after, body, signature, error))
        return FALSE;
    }
}

gboolean
_guitu_ledger_reapply (GuituConnection *connection,
                       GError **error)
{
  if (!guitu_connection_run (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (reapply_all (connection, error) && guitu_schema_learned (connection, error) &&
      guitu_connection_run (connection, "COMMIT", error))
    return TRUE;
  guitu_connection_run (connection, "ROLLBACK", NULL);
  return FALSE;
}
