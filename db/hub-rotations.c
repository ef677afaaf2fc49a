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
  GuituReceiver receiver;
  gboolean good;

  if (connection == NULL || !guitu_connection_run (connection, "SAVEPOINT rotation", error))
    return FALSE;
  _guitu_receiver_init (&receiver, connection, pull->sync->keys.own);
  good = _guitu_receiver_expect_desk (&receiver, desk, NULL) && _guitu_receiver_add_entry (&receiver, body, signature, NULL) &&
         _guitu_receiver_finish (&receiver, NULL);
  pull->sync->report->pulled += good ? receiver.added : 0;
  _guitu_receiver_clear (&receiver);
  return guitu_connection_run (connection, good ? "RELEASE rotation" : "ROLLBACK TO rotation; RELEASE rotation", error);
}

static gboolean
take_from_batch (GuituHubPull *pull,
                 const GuituDesk *desk,
                 GBytes *plain,
                 GError **error)
{
  gsize length;
  GuituCborReader reader = { g_bytes_get_data (plain, &length) };
  guint64 count;

  reader.end = reader.at + length;
  if (!guitu_cbor_next_array (&reader, &count))
    count = 0;
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

gboolean
_guitu_hub_take_rotations (GuituHubPull *pull,
                           const GuituDesk *desk,
                           GError **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_auto (GuituHubParameters) parameters = { 0 };
      g_autoptr (GuituHubResult) page = NULL;

      if (!_guitu_hub_pull_commit (pull, error))
        return FALSE;
      _guitu_hub_add_text (&parameters, desk->station);
      _guitu_hub_add_integer (&parameters, desk->desk);
      _guitu_hub_add_integer (&parameters, after);
      page = _guitu_hub_query (pull->sync->hub,
                               "SELECT first_entry, last_entry, payload FROM guitu.batch WHERE station = $1 AND desk = $2::bigint"
                               " AND scope = '" GUITU_SCOPE_NAME_SHARED "' AND last_entry > $3::bigint ORDER BY last_entry LIMIT " G_STRINGIFY (BATCHES_AT_ONCE),
                               &parameters, error);
      if (page == NULL)
        return FALSE;
      for (int row = 0; row < PQntuples (page); row++)
        {
          const GuituBatch batch = { desk->desk, GUITU_SCOPE_NAME_SHARED, _guitu_hub_integer (page, row, 0), _guitu_hub_integer (page, row, 1) };
          gsize length;
          const guint8 *payload = _guitu_hub_bytes (page, row, 2, &length);
          g_autoptr (GBytes) plain = _guitu_batch_open (&batch, &pull->sync->keys, payload, length, NULL);

          after = batch.last;
          if (plain != NULL && !take_from_batch (pull, desk, plain, error))
            return FALSE;
        }
      if (PQntuples (page) < BATCHES_AT_ONCE)
        return TRUE;
    }
}
