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
  return words[3] == NULL ? guitu_store_create (folder, keys, error) : guitu_store_create_from (folder, keys, words[3], NULL, NULL, error);
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

/* --- New keys -------------------------------------------------------------------------------- */

/* The entry that this station wrote of itself, or a new one; NULL on error. */
static GuituRecord *
own_entry (GuituTransaction *transaction,
           GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  const GuituQuery of_own = { .conditions = { { GUITU_DIRECTORY_CODE, GUITU_EQUAL, own }, { GUITU_DIRECTORY_STATION, GUITU_EQUAL, own } } };
  g_autoptr (GPtrArray) entries = guitu_records_find (transaction, &guitu_kind_directory, &of_own, error);
  GuituRecord *entry;

  if (entries == NULL || entries->len > 0)
    return entries == NULL ? NULL : g_ptr_array_steal_index (entries, 0);
  entry = guitu_record_new_owned (&guitu_kind_directory, own, NULL, NULL);
  guitu_record_set_text (entry, GUITU_DIRECTORY_CODE, own);
  guitu_record_set_text (entry, GUITU_DIRECTORY_NAME, own);
  return entry;
}

static gboolean
put_entry (Desk *desk,
           GuituTransaction *transaction,
           const GuituKeys *keys,
           GError **error)
{
  g_autoptr (GuituRecord) entry = own_entry (transaction, error);
  g_autofree char *key = guitu_key_to_text (keys->station_public, sizeof keys->station_public);
  g_autofree char *box_key = guitu_key_to_text (keys->box_public, sizeof keys->box_public);
  g_autofree char *phone = g_strdup_printf ("020-%u", g_rand_int_range (desk->chance, 0, 9999));

  if (entry == NULL)
    return FALSE;
  guitu_record_set_text (entry, GUITU_DIRECTORY_PHONE, phone);
  guitu_record_set_text (entry, GUITU_DIRECTORY_KEY, key);
  guitu_record_set_text (entry, GUITU_DIRECTORY_BOX_KEY, box_key);
  return guitu_transaction_put (transaction, entry, error);
}

void
desk_publish (Desk *desk)
{
  GError *error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "station publish", &error);

  if (transaction != NULL && put_entry (desk, transaction, guitu_store_keys (desk->store), &error))
    guitu_transaction_commit (transaction, &error);
  desk_answer (error, "");
}

/* Desks of this station that have not ended; -1 on error. */
static gint64
count_desks (GuituTransaction *transaction,
             GError **error)
{
  g_autoptr (GPtrArray) desks = guitu_desks_list (transaction, error);
  gint64 count = 0;

  for (guint i = 0; desks != NULL && i < desks->len; i++)
    {
      const GuituDesk *desk = g_ptr_array_index (desks, i);
      gboolean ended;

      if (!guitu_desk_is_ended (transaction, desk, &ended, error))
        return -1;
      count += !ended && strcmp (desk->station, guitu_transaction_keys (transaction)->station) == 0;
    }
  return desks == NULL ? -1 : count;
}

static gboolean
rotate (Desk *desk,
        gint64 expected,
        GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "station rotate", error);
  gint64 count = transaction == NULL ? -1 : count_desks (transaction, error);
  g_autoptr (GuituKeys) keys = NULL;

  if (count >= 0 && count != expected)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "other desks: %" G_GINT64_FORMAT " are known", count);
  else if (count >= 0)
    keys = guitu_station_rotate (transaction, "2026-11-22T03:15:00+08:00", error);
  return keys != NULL && put_entry (desk, transaction, keys, error) && guitu_transaction_commit (transaction, error);
}

void
desk_rotate (Desk *desk,
             char **words)
{
  GError *error = NULL;
  gboolean adopted;

  if (rotate (desk, g_ascii_strtoll (words[1], NULL, 10), &error))
    guitu_store_follow_rotation (desk->store, &adopted, &error);
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
