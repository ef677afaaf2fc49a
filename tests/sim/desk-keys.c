/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom a desk of the simulation believes, and which desks there are. */

#include "desk.h"

#include <stdlib.h>
#include <string.h>

/* --- One more -------------------------------------------------------------------------------- */

void
desk_invite (Desk *desk,
             char **words)
{
  GError *error = NULL;
  gboolean is_paper = words[4] != NULL;
  g_autoptr (GBytes) invitation = guitu_keys_make_invitation (guitu_store_keys (desk->store), g_ascii_strtoll (words[3], NULL, 10), words[2], is_paper ? NULL : "");

  g_file_set_contents (words[1], g_bytes_get_data (invitation, NULL), g_bytes_get_size (invitation), &error);
  desk_answer (error, "");
}

void
desk_snapshot (Desk *desk,
               char **words)
{
  GError *error = NULL;

  guitu_snapshot_export (desk->store, words[1], &error);
  desk_answer (error, "");
}

GuituStore *
desk_join (const char *folder,
           char **words,
           GError **error)
{
  g_autoptr (GBytes) invitation = NULL;
  g_autoptr (GuituKeys) keys = NULL;
  char *content;
  gsize length;

  if (!g_file_get_contents (words[1], &content, &length, error))
    return NULL;
  invitation = g_bytes_new_take (content, length);
  keys = guitu_keys_open_invitation (invitation, words[2], NULL, error);
  if (keys == NULL)
    return NULL;
  return words[3] == NULL ? guitu_store_create (folder, keys, error) : guitu_store_create_from (folder, keys, words[3], error);
}

/* --- Who is believed ------------------------------------------------------------------------- */

void
desk_trust (Desk *desk,
            char **words)
{
  GError *error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "trust", &error);
  g_autoptr (GuituRecord) station = guitu_record_new (&guitu_kind_station);

  guitu_record_set_text (station, GUITU_STATION_CODE, words[1]);
  guitu_record_set_text (station, GUITU_STATION_NAME, words[1]);
  guitu_record_set_text (station, GUITU_STATION_KEY, words[2]);
  guitu_record_set_text (station, GUITU_STATION_BOX_KEY, words[3]);
  if (transaction != NULL && guitu_transaction_put (transaction, station, &error))
    guitu_transaction_commit (transaction, &error);
  desk_answer (error, "");
}

/* The desk with that id, of this station, is stolen. */
void
desk_end (Desk *desk,
          char **words)
{
  GError *error = NULL;
  gint64 id = g_ascii_strtoll (words[1], NULL, 10);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "revoke", &error);
  g_autofree char *chains = transaction == NULL ? NULL : guitu_desk_chains (transaction, id, &error);
  g_autoptr (GuituRecord) record = guitu_record_new_owned (&guitu_kind_desk_end, guitu_store_keys (desk->store)->station, NULL, NULL);

  guitu_record_set_integer (record, GUITU_DESK_END_DESK, id);
  guitu_record_set_text (record, GUITU_DESK_END_CHAINS, chains);
  guitu_record_set_text (record, GUITU_DESK_END_AT, "2026-11-22T03:15:00+08:00");
  if (chains != NULL && guitu_transaction_put (transaction, record, &error))
    guitu_transaction_commit (transaction, &error);
  desk_answer (error, "");
}

void
desk_tell_keys (Desk *desk)
{
  const GuituKeys *keys = guitu_store_keys (desk->store);
  g_autofree char *key = guitu_key_to_text (keys->station_public, sizeof keys->station_public);
  g_autofree char *box_key = guitu_key_to_text (keys->box_public, sizeof keys->box_public);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", keys->desk.desk, key, box_key);

  desk_answer (NULL, text);
}
