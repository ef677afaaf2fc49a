/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store and a key file belong together: whether they do shows in the desks and the payload key that the
 * store noted. */

#include "db/store-private.h"

static gboolean
is_certified_by_us (const GuituKeys *keys,
                    const GuituDesk *desk)
{
  gboolean is_certified = guitu_desk_is_certified (desk, keys->station_public);

  for (guint i = 0; i < keys->former->len; i++)
    is_certified |= guitu_desk_is_certified (desk, g_array_index (keys->former, GuituFormerKeys, i).station_public);
  return is_certified;
}

/* Whether the desks that are noted, if any, include one of our station. */
static gboolean
is_of_our_station (GuituConnection *connection,
                   const GuituKeys *keys,
                   gboolean *is_ours,
                   GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT desk FROM desk", error);
  gboolean has_desks = FALSE;
  int step = -1;

  *is_ours = FALSE;
  while (statement != NULL && (step = guitu_statement_step (statement, error)) == 1)
    {
      GuituDesk desk;

      has_desks = TRUE;
      if (_guitu_desk_find (connection, guitu_statement_integer (statement, 0), &desk, NULL) == 1)
        *is_ours |= is_certified_by_us (keys, &desk);
      guitu_desk_clear (&desk);
    }
  *is_ours |= !has_desks;
  return step == 0;
}

/* A store belongs to the station whose desks wrote it; a further desk of that station may go on. */
static gboolean
note_own_desk (GuituConnection *connection,
               const GuituKeys *keys,
               GError **error)
{
  GuituDesk own;
  int found = _guitu_desk_find (connection, keys->desk.desk, &own, error);
  gboolean is_ours;

  guitu_desk_clear (&own);
  if (found != 0)
    return found == 1;
  if (!is_of_our_station (connection, keys, &is_ours, error))
    return FALSE;
  if (is_ours)
    return _guitu_desk_insert (connection, &keys->desk, error);
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY,
                       "The key file belongs to another store; restore the right one from the backup");
  return FALSE;
}

/* Whether the mark is that of a payload key we have, or had before a rotation. */
static gboolean
is_our_mark (const GuituKeys *keys,
             const char *noted,
             const char *mark)
{
  gboolean is_ours = g_strcmp0 (noted, mark) == 0;

  for (guint i = 0; i < keys->former->len; i++)
    {
      g_autofree char *former = guitu_payload_mark (g_array_index (keys->former, GuituFormerKeys, i).payload);

      is_ours |= g_strcmp0 (noted, former) == 0;
    }
  return is_ours;
}

/* 1 when the store noted this mark, 0 when it has noted none yet or that of former keys, -1 on error. */
static int
compare_payload_mark (GuituConnection *connection,
                      const GuituKeys *keys,
                      const char *mark,
                      GError **error)
{
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "SELECT value FROM meta WHERE name = 'payload'", error);
  int step = statement == NULL ? -1 : guitu_statement_step (statement, error);
  const char *noted = step == 1 ? guitu_statement_text (statement, 0) : NULL;

  if (step != 1 || g_strcmp0 (noted, mark) == 0)
    return step;
  if (is_our_mark (keys, noted, mark))
    return 0;
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_KEY,
                       "The payload key in the key file is not this store's; restore the file from the backup");
  return -1;
}

static gboolean
check_payload_key (GuituConnection *connection,
                   const GuituKeys *keys,
                   GError **error)
{
  g_autofree char *mark = guitu_keys_payload_mark (keys);
  int found = compare_payload_mark (connection, keys, mark, error);
  g_autoptr (GuituStatement) statement = NULL;

  if (found != 0)
    return found == 1;
  statement = guitu_connection_prepare (connection, "INSERT OR REPLACE INTO meta (name, value) VALUES ('payload', ?)", error);
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, mark);
  return guitu_statement_run (statement, error);
}

gboolean
_guitu_keys_note (GuituConnection *connection,
                  const GuituKeys *keys,
                  GError **error)
{
  return note_own_desk (connection, keys, error) && check_payload_key (connection, keys, error);
}
