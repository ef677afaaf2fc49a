/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk shows the hub the certificate by the newest key of its station. Who knows an older key alone, such as a desk
 * that joins later, learns the new one from an entry of just such a desk: so that entry is looked for and taken first, as
 * it comes first in a bundle. It is signed with the old key, too, which is what makes it count. */

#include "db/hub-pull-private.h"

#include "db/receive-private.h"

#define BATCHES_AT_ONCE 16

/* All of it or nothing; that it is not good is no error. */
static gboolean
take_entry (GuituHubPull *pull,
            const GuituDesk *desk,
            GBytes *body,
            const guint8 *signature,
            GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  g_autoptr (GError) failure = NULL;
  GuituReceiver receiver;
  gboolean good;

  if (connection == NULL || !guitu_connection_run (connection, "SAVEPOINT rotation", error))
    return FALSE;
  _guitu_receiver_init (&receiver, connection, pull->sync->keys.own);
  good = _guitu_receiver_expect_desk (&receiver, desk, &failure) && _guitu_receiver_add_entry (&receiver, body, signature, &failure) &&
         _guitu_receiver_finish (&receiver, &failure);
  pull->sync->report->pulled += good ? receiver.added : 0;
  _guitu_receiver_clear (&receiver);
  if (!good && !_guitu_hub_is_of_entries (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return guitu_connection_run (connection, good ? "RELEASE rotation" : "ROLLBACK TO rotation; RELEASE rotation", error);
}

static gboolean
take_from_batch (GuituHubPull *pull,
                 const GuituDesk *desk,
                 GBytes *plain,
                 GError **error)
{
  GuituCborReader reader;
  guint64 count = _guitu_hub_begin_batch (plain, &reader);

  for (guint64 i = 0; i < count; i++)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GuituEntry) entry = NULL;
      const guint8 *signature;

      if (!_guitu_hub_next_entry (&reader, plain, &body, &signature, NULL))
        return TRUE;
      entry = guitu_entry_decode (body, signature, NULL);
      if (entry != NULL && _guitu_entry_rotates (entry) && !take_entry (pull, desk, body, signature, error))
        return FALSE;
    }
  return TRUE;
}

/* Up to where a desk's chain was searched with as many keys of its station as are known now: what is not good with them
 * may be with further ones. */
static gboolean
read_searched (GuituConnection *connection,
               const GuituDesk *desk,
               guint n_keys,
               gint64 *searched,
               GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "SELECT sequence FROM hub_heard WHERE desk = ? AND scope = '" GUITU_HUB_SEARCHED "' AND unbroken = ?", error);
  int step;

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, desk->desk);
  guitu_statement_bind_integer (statement, 2, n_keys);
  step = guitu_statement_step (statement, error);
  *searched = step == 1 ? guitu_statement_integer (statement, 0) : 0;
  return step >= 0;
}

static gboolean
note_searched (GuituHubPull *pull,
               const GuituDesk *desk,
               guint n_keys,
               gint64 searched,
               GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  g_autoptr (GuituStatement) statement = connection == NULL ? NULL : guitu_connection_prepare (connection, "INSERT OR REPLACE INTO hub_heard (desk, scope, sequence, signed_at, unbroken) VALUES (?, '" GUITU_HUB_SEARCHED "', ?, 0, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_integer (statement, 1, desk->desk);
  guitu_statement_bind_integer (statement, 2, searched);
  guitu_statement_bind_integer (statement, 3, n_keys);
  return guitu_statement_run (statement, error);
}

/* The next batches of the desk's chain. */
static GuituHubResult *
fetch_page (GuituHubPull *pull,
            const GuituDesk *desk,
            gint64 after,
            GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };

  if (!_guitu_hub_pull_commit (pull, error))
    return NULL;
  _guitu_hub_add_text (&parameters, desk->station);
  _guitu_hub_add_integer (&parameters, desk->desk);
  _guitu_hub_add_integer (&parameters, after);
  return _guitu_hub_query (pull->sync->hub,
                           "SELECT first_entry, last_entry, payload FROM guitu.batch WHERE station = $1 AND desk = $2::bigint"
                           " AND scope = '" GUITU_SCOPE_NAME_SHARED "' AND last_entry > $3::bigint ORDER BY last_entry LIMIT " G_STRINGIFY (BATCHES_AT_ONCE),
                           &parameters, error);
}

/* A hub that does not go on ends the search. *@after: where the next page begins. */
static gboolean
search_page (GuituHubPull *pull,
             const GuituDesk *desk,
             const PGresult *page,
             gint64 *after,
             GError **error)
{
  for (int row = 0; row < PQntuples (page); row++)
    {
      const GuituBatch batch = { desk->desk, GUITU_SCOPE_NAME_SHARED, _guitu_hub_integer (page, row, 0), _guitu_hub_integer (page, row, 1) };
      gsize length;
      const guint8 *payload = _guitu_hub_bytes (page, row, 2, &length);
      g_autoptr (GBytes) plain = batch.last > *after ? _guitu_batch_open (&batch, &pull->sync->keys, payload, length, NULL) : NULL;

      *after = MAX (*after, batch.last);
      if (plain != NULL && !take_from_batch (pull, desk, plain, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_guitu_hub_take_rotations (GuituHubPull *pull,
                           const GuituDesk *desk,
                           guint n_keys,
                           GError **error)
{
  GuituConnection *connection = _guitu_hub_pull_begin (pull, error);
  gint64 after;

  if (connection == NULL || !read_searched (connection, desk, n_keys, &after, error))
    return FALSE;
  for (gint64 before = -1; after > before;)
    {
      g_autoptr (GuituHubResult) page = fetch_page (pull, desk, after, error);

      before = after;
      if (page == NULL || !search_page (pull, desk, page, &after, error))
        return FALSE;
    }
  return note_searched (pull, desk, n_keys, after, error);
}
