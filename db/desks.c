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

/* The desks that are noted here, of one station or, with %NULL, of all: (transfer full) (element-type gint64). */
static GArray *
list_ids (GuituConnection *connection,
          const char *station,
          GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection, "SELECT desk FROM desk WHERE ?1 IS NULL OR station = ?1 ORDER BY station, number", error);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_text (statement, 1, station);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      gint64 id = guitu_statement_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  return step == 0 ? g_steal_pointer (&ids) : NULL;
}

GPtrArray *
guitu_desks_list (GuituTransaction *transaction,
                  GError **error)
{
  g_autoptr (GArray) ids = list_ids (transaction->connection, NULL, error);
  g_autoptr (GPtrArray) desks = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_desk_free);

  if (ids == NULL)
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

/* Gives the desk the certificate that this key of its station has for it in a rotation: 1, 0 or, on error, -1. */
static int
take_renewed_by (GuituConnection *connection,
                 const GuituStationKey *by,
                 GuituDesk *desk,
                 GError **error)
{
  g_autofree char *key = guitu_key_to_text (by->key, sizeof by->key);
  g_autofree char *public_key = guitu_key_to_text (desk->public_key, sizeof desk->public_key);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      connection,
      "SELECT json_extract (j.value, '$.certificate')"
      " FROM rotation r, json_each (CASE WHEN json_valid (r.desks) THEN r.desks ELSE '[]' END) j"
      " WHERE r.station = ?1 AND r.key = ?2 AND j.type = 'object' AND json_extract (j.value, '$.key') = ?3 AND json_extract (j.value, '$.number') = ?4",
      error);
  GuituDesk renewed = *desk;
  int step;

  if (statement == NULL)
    return -1;
  guitu_statement_bind_text (statement, 1, desk->station);
  guitu_statement_bind_text (statement, 2, key);
  guitu_statement_bind_text (statement, 3, public_key);
  guitu_statement_bind_integer (statement, 4, desk->number);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      const char *certificate = guitu_statement_text (statement, 0);

      if (certificate == NULL || !guitu_key_from_text (certificate, renewed.certificate, sizeof renewed.certificate) ||
          !guitu_desk_is_certified (&renewed, by->key))
        continue;
      memcpy (desk->certificate, renewed.certificate, sizeof desk->certificate);
      return 1;
    }
  return step;
}

/* The same by any key that the station uses now. */
static int
take_renewed (GuituConnection *connection,
              const GuituKeys *own,
              GuituDesk *desk,
              GError **error)
{
  g_autoptr (GPtrArray) keys = _guitu_station_keys (connection, own, desk->station, FALSE, error);
  int found = keys == NULL ? -1 : 0;

  for (guint i = 0; found == 0 && i < keys->len; i++)
    {
      const GuituStationKey *key = g_ptr_array_index (keys, i);

      if (key->is_current)
        found = take_renewed_by (connection, key, desk, error);
    }
  return found;
}

/* Whether a key of its station certifies the desk, which takes its newest certificate: 1, or 0 with *@is_known telling
 * why not, or -1 on error. */
static int
judge_desk (GuituReceiver *receiver,
            GuituDesk *desk,
            gboolean *is_known,
            GError **error)
{
  int found = _guitu_desk_find_certifier (receiver->connection, receiver->keys, desk, receiver->is_from_own_station, is_known, error);
  int renewed = found == 1 || (found == 0 && *is_known) ? take_renewed (receiver->connection, receiver->keys, desk, error) : 0;

  return renewed != 0 ? renewed : found;
}

/* The same, and notes it. What the desk itself signed must be at hand, and is checked next: a certificate alone could be
 * for a key that is another station's. */
static int
note_desk (GuituReceiver *receiver,
           GuituDesk *desk,
           gboolean *is_known,
           GError **error)
{
  int found = judge_desk (receiver, desk, is_known, error);

  return found == 1 && !_guitu_desk_insert (receiver->connection, desk, error) ? -1 : found;
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
  g_autoptr (GuituDesk) copy = copy_desk (desk);
  gboolean is_known;

  /* The entry that trusts the desk's station may be in the run. */
  if (!_guitu_receiver_end_run (receiver, error))
    return FALSE;
  if (is_noted (receiver, desk))
    return note_desk (receiver, copy, &is_known, error) >= 0;
  g_ptr_array_add (receiver->pending, g_steal_pointer (&copy));
  return TRUE;
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
      GuituDesk *desk = g_ptr_array_index (receiver->pending, i);
      gboolean is_known;
      int found;

      if (needed != 0 && desk->desk != needed)
        {
          i++;
          continue;
        }
      found = needed == 0 ? judge_desk (receiver, desk, &is_known, error) : note_desk (receiver, desk, &is_known, error);
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

gboolean
_guitu_desks_renew (GuituConnection *connection,
                    const GuituKeys *own,
                    const char *station,
                    GError **error)
{
  g_autoptr (GArray) ids = list_ids (connection, station, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      GuituDesk desk;
      int found = _guitu_desk_find (connection, g_array_index (ids, gint64, i), &desk, error);

      if (found == 1)
        found = take_renewed (connection, own, &desk, error);
      if (found == 1 && !_guitu_desk_insert (connection, &desk, error))
        found = -1;
      guitu_desk_clear (&desk);
      if (found < 0)
        return FALSE;
    }
  return ids != NULL;
}
