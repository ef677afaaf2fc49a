/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desks we know, and those whose certificate can't be judged yet: the key that signed it may come
 * with the entries that follow. */

#include "db/ends-private.h"
#include "db/ledger.h"
#include "db/receive-private.h"
#include "db/records.h"
#include "db/stations-private.h"

#include <string.h>

gboolean
_guitu_desk_insert (GuituConnection *connection,
                    const GuituDesk *desk,
                    GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "INSERT INTO desk (desk, station, number, public_key, certificate) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (desk) DO UPDATE SET certificate = excluded.certificate WHERE station = excluded.station",
      error);

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

GPtrArray *
guitu_desks_list (GuituTransaction *transaction,
                  GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) desks = g_ptr_array_new ();
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (transaction->connection, "SELECT desk FROM desk ORDER BY station, number", error);
  int step;

  if (statement == NULL)
    return NULL;
  g_ptr_array_set_free_func (desks, (GDestroyNotify) guitu_desk_free);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gint64 id = guitu_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  if (step < 0)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      GuituDesk *desk = g_new0 (GuituDesk, 1);

      g_ptr_array_add (desks, desk);
      if (_guitu_desk_find (transaction->connection, g_array_index (ids, gint64, i), desk, error) != 1)
        return NULL;
    }
  return g_steal_pointer (&desks);
}

/* --- Desks that come with entries ------------------------------------------------------------ */

/* What a station wrote while it was trusted, or with keys that it had then, stays good. */
gboolean
_guitu_receiver_knows_desk (GuituReceiver *receiver,
                            const GuituDesk *desk)
{
  g_autoptr (GPtrArray) keys = _guitu_station_keys (receiver->connection, receiver->keys, desk->station, TRUE, NULL);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (guitu_desk_is_certified (desk, ((GuituStationKey *) g_ptr_array_index (keys, i))->key))
      return TRUE;
  return FALSE;
}

/* Notes the desk if a key of its station certifies it: 1, or 0 with *@is_known telling why not, or -1 on error. */
static int
try_desk (GuituReceiver *receiver,
          const GuituDesk *desk,
          gboolean *is_known,
          GError **error)
{
  int found = _guitu_desk_find_certifier (receiver->connection, receiver->keys, desk, receiver->is_from_own_station, is_known, error);

  if (found != 1)
    return found;
  return _guitu_desk_insert (receiver->connection, desk, error) ? 1 : -1;
}

static GuituDesk *
copy_desk (const GuituDesk *desk)
{
  GuituDesk *copy = g_memdup2 (desk, sizeof *desk);

  copy->station = g_strdup (desk->station);
  return copy;
}

static gboolean
is_noted (GuituReceiver *receiver,
          const GuituDesk *desk)
{
  GuituDesk noted;
  int found = _guitu_desk_find (receiver->connection, desk->desk, &noted, NULL);
  gboolean is_same = found == 1 && strcmp (noted.station, desk->station) == 0;

  guitu_desk_clear (&noted);
  return is_same;
}

gboolean
_guitu_receiver_expect_desk (GuituReceiver *receiver,
                             const GuituDesk *desk,
                             GError **error)
{
  gboolean is_known;
  int found;

  /* The entry that trusts the desk's station may be in the run. */
  if (!_guitu_receiver_end_run (receiver, error))
    return FALSE;
  found = try_desk (receiver, desk, &is_known, error);
  if (found == 0 && !is_noted (receiver, desk))
    g_ptr_array_add (receiver->pending, copy_desk (desk));
  return found >= 0;
}

static gboolean
refuse_desk (const GuituDesk *desk,
             gboolean is_known,
             GError **error)
{
  if (!is_known)
    return _guitu_refuse (error, "Station %s is not known here; trust its card first", desk->station);
  return _guitu_refuse (error, "A desk that claims to belong to station %s has no valid certificate", desk->station);
}

/* The station's new key may be told by the very run that is to be judged. */
static gboolean
take_offer (GuituReceiver *receiver,
            const GuituDesk *desk)
{
  for (guint i = 0; i < receiver->run->len; i++)
    {
      const GuituEntry *entry = g_ptr_array_index (receiver->run, i);

      if (entry->version.desk == desk->desk && _guitu_rotation_vouches (receiver->connection, receiver->keys, entry, desk))
        {
          receiver->offered = desk->desk;
          return _guitu_desk_insert (receiver->connection, desk, NULL);
        }
    }
  return FALSE;
}

gboolean
_guitu_receiver_resolve (GuituReceiver *receiver,
                         gint64 needed,
                         GError **error)
{
  for (guint i = 0; i < receiver->pending->len;)
    {
      const GuituDesk *desk = g_ptr_array_index (receiver->pending, i);
      gboolean is_known;
      int found;

      if (needed != 0 && desk->desk != needed)
        {
          i++;
          continue;
        }
      found = try_desk (receiver, desk, &is_known, error);
      if (found < 0)
        return FALSE;
      if (found == 0 && !take_offer (receiver, desk))
        return refuse_desk (desk, is_known, error);
      g_ptr_array_remove_index (receiver->pending, i);
    }
  return TRUE;
}

gboolean
_guitu_receiver_add_desk (GuituReceiver *receiver,
                          const GuituDesk *desk,
                          GError **error)
{
  return _guitu_receiver_expect_desk (receiver, desk, error) && _guitu_receiver_resolve (receiver, desk->desk, error);
}

/* --- New certificates ------------------------------------------------------------------------ */

gboolean
_guitu_entry_rotates (const GuituEntry *entry)
{
  for (guint i = 0; i < entry->changes->len; i++)
    if (strcmp (((const GuituChange *) g_ptr_array_index (entry->changes, i))->kind, guitu_kind_rotation.name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
renew_by (GuituConnection *connection,
          const char *station,
          const guint8 station_key[GUITU_PUBLIC_KEY_BYTES],
          GError **error)
{
  g_autofree char *key = guitu_key_to_text (station_key, GUITU_PUBLIC_KEY_BYTES);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT json_extract (j.value, '$.key'), json_extract (j.value, '$.number'), json_extract (j.value, '$.certificate')"
      " FROM rotation r, json_each (CASE WHEN json_valid (r.desks) THEN r.desks ELSE '[]' END) j"
      " WHERE r.station = ?1 AND r.key = ?2 AND j.type = 'object'",
      error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, station);
  guitu_statement_bind_text (statement, 2, key);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituDesk desk = { .station = (char *) station, .number = guitu_statement_integer (statement, 1) };
      const char *public_key = guitu_statement_text (statement, 0);
      const char *certificate = guitu_statement_text (statement, 2);

      if (public_key == NULL || certificate == NULL ||
          !guitu_key_from_text (public_key, desk.public_key, sizeof desk.public_key) ||
          !guitu_key_from_text (certificate, desk.certificate, sizeof desk.certificate))
        continue;
      desk.desk = guitu_desk_id (desk.public_key);
      if (guitu_desk_is_certified (&desk, station_key) && !_guitu_desk_insert (connection, &desk, error))
        return FALSE;
    }
  return step == 0;
}

gboolean
_guitu_desks_renew (GuituConnection *connection,
                    const GuituKeys *own,
                    const char *station,
                    GError **error)
{
  g_autoptr (GPtrArray) keys = _guitu_station_keys (connection, own, station, FALSE, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const GuituStationKey *key = g_ptr_array_index (keys, i);

      if (key->is_current && !renew_by (connection, station, key->key, error))
        return FALSE;
    }
  return keys != NULL;
}
