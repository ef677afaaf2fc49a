/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bounded trust: an entry counts only if its desk's certificate is signed by the key of a station
 * we know, its chain fits, and its author may write what it writes. */

#include "db/receive-private.h"

#include "db/ends-private.h"
#include "db/records.h"
#include "db/schema.h"
#include "db/stations-private.h"

#include <string.h>

#define RUN_LENGTH 1000

void
_guitu_receiver_init (GuituReceiver *receiver,
                      GuituConnection *connection,
                      const GuituKeys *keys)
{
  memset (receiver, 0, sizeof *receiver);
  receiver->connection = connection;
  receiver->keys = keys;
  receiver->run = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_entry_free);
  receiver->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_desk_free);
  receiver->refused = g_ptr_array_new_with_free_func (g_free);
}

void
_guitu_receiver_clear (GuituReceiver *receiver)
{
  g_clear_pointer (&receiver->run, g_ptr_array_unref);
  g_clear_pointer (&receiver->refused, g_ptr_array_unref);
  g_clear_pointer (&receiver->pending, g_ptr_array_unref);
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
      connection,
      "SELECT body, signature FROM entry WHERE desk = ?1 AND scope = ?2 AND sequence = ?3 UNION ALL"
      " SELECT body, signature FROM refused_entry WHERE desk = ?1 AND scope = ?2 AND sequence = ?3",
      error);
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
    return _guitu_refuse (error, "Entry %" G_GINT64_FORMAT " of a desk of station %s does not follow the one before it: the desk's ledger has been altered or rewound",
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
         _guitu_refuse (error, "Entry %" G_GINT64_FORMAT " of a desk of station %s does not lead to the one after it",
                        last->sequence, last->station);
}

static gboolean
apply_entry (GuituReceiver *receiver,
             const GuituEntry *entry,
             GError **error)
{
  if (!_guitu_entry_check_author (entry, receiver->keys->station, error))
    return FALSE;
  receiver->greatest_clock = MAX (receiver->greatest_clock, entry->version.clock);
  receiver->has_own |= entry->version.desk == receiver->keys->desk.desk;
  receiver->ends_changed |= _guitu_entry_ends_desk (entry);
  receiver->keys_changed |= _guitu_entry_rotates (entry);
  receiver->added++;
  return _guitu_entry_count (receiver->connection, entry, error);
}

/* Since it was noted, its station may have lost our trust, or got new keys that do not certify it. */
static gboolean
is_trusted (GuituReceiver *receiver,
            const GuituDesk *desk)
{
  gboolean is_known;

  return desk->desk == receiver->offered ||
         _guitu_desk_find_certifier (receiver->connection, receiver->keys, desk, receiver->is_from_own_station, &is_known, NULL) == 1;
}

/* What goes beyond the end of its desk is kept aside. */
static gboolean
refuse_rest (GuituReceiver *receiver,
             guint first,
             GError **error)
{
  const GuituEntry *entry = g_ptr_array_index (receiver->run, first);
  const GuituEntry *last = g_ptr_array_index (receiver->run, receiver->run->len - 1);

  for (guint i = first; i < receiver->run->len; i++)
    {
      const GuituEntry *beyond = g_ptr_array_index (receiver->run, i);

      if (!_guitu_entry_refuse (receiver->connection, beyond, error))
        return FALSE;
      receiver->ends_changed |= _guitu_entry_ends_desk (beyond);
    }
  g_ptr_array_add (receiver->refused,
                   g_strdup_printf ("Entries %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT " (%s) of desk %" G_GINT64_FORMAT " of station %s came after that desk was ended and do not count",
                                    entry->sequence, last->sequence, entry->scope, receiver->run_desk, entry->station));
  return TRUE;
}

static gboolean
take_run (GuituReceiver *receiver,
          GError **error)
{
  const GuituEntry *first = g_ptr_array_index (receiver->run, 0);
  gint64 limit;
  guint n_counting = 0;

  if (!_guitu_chain_limit (receiver->connection, first->version.desk, first->station, first->scope, &limit, error))
    return FALSE;
  receiver->ends_changed = FALSE;
  receiver->keys_changed = FALSE;
  for (guint i = 0; i < receiver->run->len; i++)
    {
      const GuituEntry *entry = g_ptr_array_index (receiver->run, i);

      if (strcmp (entry->station, first->station) != 0)
        return _guitu_refuse (error, "A chain of station %s holds an entry of another station", first->station);
      if (entry->sequence > limit)
        continue;
      if (!apply_entry (receiver, entry, error))
        return FALSE;
      n_counting++;
    }
  if (n_counting > 0 && !_guitu_chain_write (receiver->connection, g_ptr_array_index (receiver->run, n_counting - 1), error))
    return FALSE;
  return (n_counting == receiver->run->len || refuse_rest (receiver, n_counting, error)) &&
         (!receiver->ends_changed || _guitu_ends_settle (receiver->connection, receiver->keys->station, error)) &&
         (!receiver->keys_changed || _guitu_desks_renew (receiver->connection, receiver->keys, first->station, error));
}

gboolean
_guitu_receiver_end_run (GuituReceiver *receiver,
                         GError **error)
{
  const GuituEntry *first;
  const GuituEntry *last;
  GuituDesk desk;
  int found;
  gboolean is_signed;
  gboolean is_believed;

  if (receiver->run->len == 0)
    return TRUE;
  first = g_ptr_array_index (receiver->run, 0);
  last = g_ptr_array_index (receiver->run, receiver->run->len - 1);
  if (!_guitu_receiver_resolve (receiver, last->version.desk, error))
    return FALSE;
  found = _guitu_desk_find (receiver->connection, last->version.desk, &desk, error);
  if (found < 0)
    return FALSE;
  is_signed = found == 1 && strcmp (desk.station, last->station) == 0 && guitu_entry_is_signed_by (last, desk.public_key);
  is_believed = is_signed && is_trusted (receiver, &desk);
  receiver->run_desk = desk.number;
  receiver->offered = 0;
  guitu_desk_clear (&desk);
  if (!is_signed)
    return _guitu_refuse (error, "Entry %" G_GINT64_FORMAT " that claims to come from station %s is not signed by one of its desks",
                          last->sequence, last->station);
  if (!is_believed)
    return _guitu_refuse (error, "Desk %" G_GINT64_FORMAT " of station %s is not certified by the key that the station is known to use; telephone the station, and trust its new card if it has new keys",
                          receiver->run_desk, last->station);
  if (!fits_chain (receiver, first, last, error))
    return FALSE;
  if (!take_run (receiver, error))
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
      receiver->connection,
      "SELECT max (coalesce ((SELECT max (sequence) FROM entry WHERE desk = ?1 AND scope = ?2), 0),"
      " coalesce ((SELECT max (sequence) FROM refused_entry WHERE desk = ?1 AND scope = ?2), 0))",
      error);

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
  if (!continues && !_guitu_receiver_end_run (receiver, error))
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
             _guitu_refuse (error, "Two different entries %" G_GINT64_FORMAT " exist of one desk of station %s: its ledger has been altered or rewound",
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

  return _guitu_receiver_end_run (receiver, error) &&
         (receiver->goes_on || _guitu_receiver_resolve (receiver, 0, error)) &&
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
  /* What this program knows now, the one that took it in did not, and asked nobody's leave for it. */
  if (!_guitu_entry_check_author (entry, entry->station, NULL))
    return TRUE;
  if (!_guitu_entry_apply (connection, entry, &partial, error))
    return FALSE;
  statement = guitu_connection_prepare (connection, "UPDATE entry SET partial = ? WHERE number = ?", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, partial);
  guitu_statement_bind_integer (statement, 2, number);
  return guitu_statement_run (statement, error) && _guitu_entry_complete (connection, connection, entry, error);
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
                       const char *station,
                       GError **error)
{
  if (!guitu_connection_run (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (reapply_all (connection, error) && _guitu_ends_settle (connection, station, error) && guitu_schema_learned (connection, error) &&
      guitu_connection_run (connection, "COMMIT", error))
    return TRUE;
  guitu_connection_run (connection, "ROLLBACK", NULL);
  return FALSE;
}
