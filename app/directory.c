/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stations as we know them: from the card that was trusted, from what an authority vouches for, and from what
 * a station says of itself. Which keys count is decided in one place (db/stations.h). */

#include "app/directory.h"

#include "app/stations.h"
#include "app/verbs.h"

#include <string.h>

/* Fields that a directory entry says of a station, and where they stand in the station's record. */
static const struct
{
  int directory;
  int station;
} fields[] = {
  { GUITU_DIRECTORY_NAME, GUITU_STATION_NAME },
  { GUITU_DIRECTORY_REGION, GUITU_STATION_REGION },
  { GUITU_DIRECTORY_ADDRESS, GUITU_STATION_ADDRESS },
  { GUITU_DIRECTORY_PHONE, GUITU_STATION_PHONE },
  { GUITU_DIRECTORY_COMPLAINTS, GUITU_STATION_COMPLAINTS },
};

/* --- Looking up ------------------------------------------------------------------------------ */

static void
take_entry (GuituRecord *station,
            const GuituRecord *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (guitu_record_is_set (entry, fields[i].directory))
      guitu_record_set_text (station, fields[i].station, guitu_record_text (entry, fields[i].directory));
}

/* What is said of a station counts if it says it itself, or if nothing else is known of it. */
static void
describe (GuituRecord *station,
          GPtrArray *entries)
{
  const char *code = guitu_record_text (station, GUITU_STATION_CODE);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < entries->len; i++)
      {
        const GuituRecord *entry = g_ptr_array_index (entries, i);
        gboolean is_own_word = guitu_record_says (entry, GUITU_DIRECTORY_STATION, code);

        if (is_own_word ? pass == 1 : (pass == 0 && !guitu_record_is_set (station, GUITU_STATION_NAME)))
          take_entry (station, entry);
      }
}

static void
set_keys (GuituRecord *station,
          const GuituStationKey *key)
{
  g_autofree char *text = guitu_key_to_text (key->key, sizeof key->key);
  g_autofree char *box_key = key->has_box_key ? guitu_key_to_text (key->box_key, sizeof key->box_key) : NULL;

  guitu_record_set_text (station, GUITU_STATION_KEY, text);
  guitu_record_set_text (station, GUITU_STATION_BOX_KEY, box_key);
}

static GPtrArray *
find_entries (GuituTransaction *transaction,
              int field,
              const char *text)
{
  const GuituQuery query = { .conditions = { { field, GUITU_EQUAL, text } } };

  return guitu_records_find (transaction, &guitu_kind_directory, &query, NULL);
}

/* @station: (transfer full) (nullable): the record of its card */
static GuituRecord *
complete (GuituTransaction *transaction,
          GuituRecord *station,
          const char *code)
{
  g_autoptr (GuituRecord) known = station;
  g_autoptr (GPtrArray) keys = guitu_station_keys (transaction, code, NULL);
  const GuituStationKey *key = keys == NULL ? NULL : guitu_station_key_current (keys);
  g_autoptr (GPtrArray) entries = find_entries (transaction, GUITU_DIRECTORY_CODE, code);

  if (known == NULL && key == NULL)
    return NULL;
  if (known == NULL)
    {
      known = guitu_record_new (&guitu_kind_station);
      guitu_record_set_text (known, GUITU_STATION_CODE, code);
      guitu_record_set_text (known, GUITU_STATION_STATE, "active");
    }
  if (key != NULL)
    set_keys (known, key);
  if (entries != NULL)
    describe (known, entries);
  return g_steal_pointer (&known);
}

GuituRecord *
guitu_known_station (GuituTransaction *transaction,
                     const char *text)
{
  g_autoptr (GuituRecord) station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, text, NULL);
  g_autoptr (GPtrArray) named = NULL;
  g_autofree char *code = NULL;

  if (station == NULL)
    station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_NAME, text, NULL);
  if (station != NULL)
    {
      code = g_strdup (guitu_record_text (station, GUITU_STATION_CODE));
      return complete (transaction, g_steal_pointer (&station), code);
    }
  station = complete (transaction, NULL, text);
  named = station == NULL ? find_entries (transaction, GUITU_DIRECTORY_NAME, text) : NULL;
  for (guint i = 0; named != NULL && station == NULL && i < named->len; i++)
    station = complete (transaction, NULL, guitu_record_text (named->pdata[i], GUITU_DIRECTORY_CODE));
  return g_steal_pointer (&station);
}

static gboolean
add_codes (GuituTransaction *transaction,
           const GuituKind *kind,
           int field,
           GTree *codes,
           GError **error)
{
  const GuituQuery all = { 0 };
  g_autoptr (GPtrArray) records = guitu_records_find (transaction, kind, &all, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (guitu_record_is_set (records->pdata[i], field))
      g_tree_insert (codes, g_strdup (guitu_record_text (records->pdata[i], field)), NULL);
  return records != NULL;
}

static int
compare_codes (gconstpointer a,
               gconstpointer b,
               gpointer data)
{
  return strcmp (a, b);
}

GPtrArray *
guitu_known_stations (GuituTransaction *transaction,
                      GError **error)
{
  g_autoptr (GTree) codes = g_tree_new_full (compare_codes, NULL, g_free, NULL);
  g_autoptr (GPtrArray) stations = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  if (!add_codes (transaction, &guitu_kind_station, GUITU_STATION_CODE, codes, error) ||
      !add_codes (transaction, &guitu_kind_directory, GUITU_DIRECTORY_CODE, codes, error))
    return NULL;
  for (GTreeNode *node = g_tree_node_first (codes); node != NULL; node = g_tree_node_next (node))
    {
      GuituRecord *station = guitu_known_station (transaction, g_tree_node_key (node));

      if (station != NULL)
        g_ptr_array_add (stations, station);
    }
  return g_steal_pointer (&stations);
}

/* --- Telling --------------------------------------------------------------------------------- */

/* The entry that this station wrote of that one, or %NULL. */
static GuituRecord *
find_own_entry (GuituTransaction *transaction,
                const char *code)
{
  g_autoptr (GPtrArray) entries = find_entries (transaction, GUITU_DIRECTORY_CODE, code);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (guitu_record_says (entries->pdata[i], GUITU_DIRECTORY_STATION, guitu_transaction_keys (transaction)->station))
      return g_ptr_array_steal_index (entries, i);
  return NULL;
}

static GuituRecord *
write_entry (GuituTransaction *transaction,
             const GuituRecord *station,
             GError **error)
{
  const char *code = guitu_record_text (station, GUITU_STATION_CODE);
  g_autoptr (GuituRecord) entry = find_own_entry (transaction, code);

  if (entry == NULL)
    {
      entry = guitu_record_new_owned (&guitu_kind_directory, guitu_transaction_keys (transaction)->station, NULL, NULL);
      guitu_record_set_text (entry, GUITU_DIRECTORY_CODE, code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    guitu_record_set_text (entry, fields[i].directory, guitu_record_text (station, fields[i].station));
  guitu_record_set_text (entry, GUITU_DIRECTORY_KEY, guitu_record_text (station, GUITU_STATION_KEY));
  guitu_record_set_text (entry, GUITU_DIRECTORY_BOX_KEY, guitu_record_text (station, GUITU_STATION_BOX_KEY));
  return guitu_transaction_put (transaction, entry, error) ? g_steal_pointer (&entry) : NULL;
}

gboolean
guitu_directory_follow (GuituTransaction *transaction,
                        const GuituRecord *own,
                        GError **error)
{
  g_autoptr (GuituRecord) entry = find_own_entry (transaction, guitu_record_text (own, GUITU_STATION_CODE));
  g_autoptr (GuituRecord) written = entry == NULL ? NULL : write_entry (transaction, own, error);

  return entry == NULL || written != NULL;
}

gboolean
guitu_directory_vouch (GuituTransaction *transaction,
                       const GuituRecord *card,
                       GError **error)
{
  g_autoptr (GuituRecord) entry = write_entry (transaction, card, error);

  return entry != NULL;
}

static gboolean
tell (GuituCall *call,
      GuituTransaction *transaction,
      const GuituRecord *station,
      GError **error)
{
  g_autoptr (GuituRecord) entry = write_entry (transaction, station, error);

  if (entry == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (entry, FALSE));
  return TRUE;
}

static gboolean
run_publish (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) own = transaction == NULL ? NULL : guitu_own_station (transaction, error);

  return own != NULL && tell (call, transaction, own, error);
}

static gboolean
run_vouch (GuituCall *call,
           GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  g_autoptr (GBytes) content = path == NULL ? NULL : guitu_input_file (path, "file", error);
  g_autoptr (GuituRecord) card = content == NULL ? NULL : guitu_card_read (content, error);
  g_autoptr (GuituTransaction) transaction = card == NULL ? NULL : guitu_call_write (call, error);

  if (transaction == NULL)
    return FALSE;
  if (guitu_record_says (card, GUITU_STATION_CODE, guitu_transaction_keys (transaction)->station))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "own-card", "file", "This is this station's own card; use “station publish”");
  return tell (call, transaction, card, error);
}

/* --- New keys -------------------------------------------------------------------------------- */

static gboolean
write_new_keys (GuituTransaction *transaction,
                GuituRecord *own,
                GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituKeys) keys = guitu_station_rotate (transaction, now, error);
  g_autofree char *key = NULL;
  g_autofree char *box_key = NULL;

  if (keys == NULL)
    return FALSE;
  key = guitu_key_to_text (keys->station_public, sizeof keys->station_public);
  box_key = guitu_key_to_text (keys->box_public, sizeof keys->box_public);
  guitu_record_set_text (own, GUITU_STATION_KEY, key);
  guitu_record_set_text (own, GUITU_STATION_BOX_KEY, box_key);
  return guitu_transaction_put (transaction, own, error) && guitu_directory_follow (transaction, own, error) &&
         guitu_transaction_commit (transaction, error);
}

/* Who had the old keys could make a desk of his own with them: it must not get the new ones unseen. */
static gboolean
check_desks (GuituCall *call,
             GuituTransaction *transaction,
             GError **error)
{
  gint64 expected = guitu_call_integer (call, "desks", 0);
  g_autoptr (GPtrArray) desks = guitu_desks_list (transaction, error);
  g_autoptr (GString) numbers = g_string_new (NULL);
  gint64 n = 0;

  for (guint i = 0; desks != NULL && i < desks->len; i++)
    {
      const GuituDesk *desk = desks->pdata[i];
      gboolean ended;

      if (strcmp (desk->station, guitu_transaction_keys (transaction)->station) != 0)
        continue;
      if (!guitu_desk_is_ended (transaction, desk, &ended, error))
        return FALSE;
      if (ended)
        continue;
      g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, n++ > 0 ? ", " : "", desk->number);
    }
  if (desks == NULL || n == expected)
    return desks != NULL;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "other-desks", "desks", "%" G_GINT64_FORMAT " desks of this station have not ended (%s): end those that are not yours (“desk revoke”), and say how many go on", n, numbers->str);
}

static gboolean
run_rotate (GuituCall *call,
            GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) own = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  g_autofree char *fingerprint = NULL;
  gboolean adopted;
  JsonObject *json;

  if (own == NULL || !check_desks (call, transaction, error) || !write_new_keys (transaction, own, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (!guitu_store_follow_rotation (call->store, &adopted, error))
    return FALSE;
  fingerprint = guitu_card_fingerprint (own);
  json = guitu_record_to_json (own, FALSE);
  json_object_set_string_member (json, "fingerprint", fingerprint);
  json_object_set_string_member (json, "next", "Carry a bundle to the other desks, which take the new keys from it; print a new card, and a new paper backup of the keys");
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption rotate_options[] = {
  { "desks", GUITU_OPTION_INTEGER, FALSE, "how many computers this station has, this one included: so many get the new keys" },
  { NULL },
};

static const GuituOption vouch_options[] = {
  { "file", GUITU_OPTION_FILE, TRUE, "the card file of the station" },
  { NULL },
};

const GuituVerb guitu_verb_station_publish = {
  "station publish", "Tell all stations this station's address, telephone and keys", GUITU_VERB_WRITES, NULL, NULL, run_publish
};
const GuituVerb guitu_verb_station_vouch = {
  "station vouch", "Tell the stations that trust this one as their authority that this card is genuine", GUITU_VERB_WRITES, vouch_options, NULL, run_vouch
};
const GuituVerb guitu_verb_station_rotate = {
  "station rotate", "Give this station new keys, because somebody may know the old ones; revoke stolen desks first", GUITU_VERB_WRITES, rotate_options, NULL, run_rotate
};
