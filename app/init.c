/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a computer begins: it founds a station, or becomes a desk of one, with an invitation or with the keys on
 * paper. What it gets is seen to be good before anything is written. */

#include "app/network.h"
#include "app/qr-file.h"
#include "app/station-private.h"
#include "app/stations.h"
#include "app/verbs.h"

#include <sodium.h>

#define PERCENT 100
#define CODE_GROUP 5

static GuituRecord *
station_from_input (GuituCall *call,
                    const char *code,
                    GError **error)
{
  g_autoptr (GuituRecord) station = guitu_record_new (&guitu_kind_station);

  guitu_record_set_text (station, GUITU_STATION_CODE, code);
  return guitu_station_take_details (station, call->input, error) ? g_steal_pointer (&station) : NULL;
}

static void
set_keys (GuituRecord *station,
          const GuituKeys *keys)
{
  g_autofree char *key = guitu_key_to_text (keys->station_public, sizeof keys->station_public);
  g_autofree char *box_key = guitu_key_to_text (keys->box_public, sizeof keys->box_public);

  guitu_record_set_text (station, GUITU_STATION_KEY, key);
  guitu_record_set_text (station, GUITU_STATION_BOX_KEY, box_key);
  guitu_record_set_text (station, GUITU_STATION_STATE, "active");
}

static gboolean
write_first_records (GuituStore *store,
                     GuituRecord *station,
                     GuituRecord *user,
                     GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "init", error);

  return transaction != NULL && guitu_transaction_put (transaction, station, error) &&
         guitu_transaction_put (transaction, user, error) && guitu_transaction_commit (transaction, error);
}

/* Station keys locked with a code: an invitation, or the paper backup. */
static GBytes *
locked_keys (GuituCall *call,
             GError **error)
{
  const char *path = guitu_call_text (call, "invitation");
  const char *image = guitu_call_text (call, "image");
  GBytes *backup;

  if (path != NULL)
    return guitu_input_file (path, "invitation", error);
  if (image != NULL)
    return guitu_qr_from_picture (image, "image", GUITU_BACKUP_PREFIX, error);
  backup = guitu_qr_unpack (GUITU_BACKUP_PREFIX, guitu_call_text (call, "restore"));
  if (backup == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "other-code", "restore", "This is not the text of a backup of keys (GTK1:…)");
  return backup;
}

/* As it was told: in groups of five capital letters and digits, however it is typed. */
static char *
typed_code (const char *text)
{
  GString *code = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_printf (code, "%s%c", code->len % (CODE_GROUP + 1) == CODE_GROUP ? "-" : "", g_ascii_toupper (*c));
  return g_string_free (code, FALSE);
}

/* By which option they came. */
static const char *
keys_option (GuituCall *call)
{
  return guitu_call_text (call, "invitation") != NULL ? "invitation" : guitu_call_text (call, "image") != NULL ? "image"
                                                                                                               : "restore";
}

static GuituKeys *
open_keys (GuituCall *call,
           char **note,
           GError **error)
{
  g_autoptr (GBytes) locked = locked_keys (call, error);
  const char *text = locked == NULL ? NULL : guitu_call_need (call, "code", error);
  g_autofree char *code = text == NULL ? NULL : typed_code (text);
  g_autoptr (GError) failure = NULL;
  GuituKeys *keys = code == NULL ? NULL : guitu_keys_open_invitation (locked, code, note, &failure);

  if (g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED))
    guitu_fail (error, GUITU_ERROR_UNTRUSTED, "wrong-code", "code", "%s", failure->message);
  else if (failure != NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "malformed", keys_option (call), "%s", failure->message);
  return keys;
}

static gboolean
tell_progress (guint64 done,
               guint64 total,
               gpointer data,
               GError **error)
{
  return guitu_call_progress (data, (guint) (done * PERCENT / MAX (total, 1)), PERCENT, error);
}

/* What tells where the hub is, for the first exchange: the invitation (@note), or the letter. What another desk knew tells it as well. */
static gboolean
take_letter (GuituCall *call,
             const GuituKeys *keys,
             char **note,
             GError **error)
{
  const char *path = guitu_call_text (call, "letter");
  g_autoptr (GBytes) content = NULL;
  g_auto (GuituNetworkLetter) letter = { 0 };

  if (path == NULL)
    return TRUE;
  if (guitu_call_text (call, "snapshot") != NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-together", "letter",
                       "With a snapshot no letter is needed: it tells of the network");
  content = guitu_input_file (path, "letter", error);
  if (content == NULL || !guitu_network_letter_open (keys, content, "letter", &letter, error) || !guitu_network_letter_check (call, NULL, &letter, error))
    return FALSE;
  g_free (*note);
  *note = guitu_network_note_of_letter (content);
  return TRUE;
}

static gboolean
has_hub (const char *note)
{
  return note != NULL && note[0] != '\0';
}

static const char *
next_step (GuituCall *call,
           const char *note)
{
  if (guitu_call_text (call, "snapshot") != NULL)
    return "Work can begin; import a bundle of another desk, or sync, to get what is newer";
  return has_hub (note) ? "Sync with the hub to get the station's users and records"
                        : "Import a bundle of another desk of this station to get its users and records";
}

/* What was prepared becomes the store, when all of it is good. @store: (transfer full) (nullable) */
static gboolean
put_in_place (GuituCall *call,
              GuituStore *store,
              gboolean is_good,
              GError **error)
{
  if (store != NULL)
    guitu_store_close (store);
  if (is_good)
    return guitu_store_settle (call->directory, error);
  guitu_store_abandon (call->directory);
  return FALSE;
}

static gboolean
join_station (GuituCall *call,
              GError **error)
{
  const char *snapshot = guitu_call_text (call, "snapshot");
  g_autofree char *note = NULL;
  g_autoptr (GuituKeys) keys = open_keys (call, &note, error);
  g_autofree char *prepared = keys == NULL || !take_letter (call, keys, &note, error) ? NULL : guitu_store_prepare (call->directory, error);
  GuituStore *store = NULL;
  JsonObject *json;

  if (prepared != NULL)
    store = snapshot == NULL ? guitu_store_create (prepared, keys, error)
                             : guitu_store_create_from (prepared, keys, snapshot, tell_progress, call, error);
  if (!put_in_place (call, store, store != NULL && (!has_hub (note) || guitu_hub_keep_start (store, note, error)), error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "station", keys->station);
  json_object_set_int_member (json, "desk", keys->desk.number);
  json_object_set_string_member (json, "next", next_step (call, note));
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
found_station (GuituCall *call,
               GError **error)
{
  const char *code = guitu_call_need (call, "station", error);
  const char *admin = code == NULL ? NULL : guitu_call_need (call, "admin", error);
  g_autoptr (GuituRecord) station = NULL;
  g_autoptr (GuituRecord) user = NULL;
  g_autoptr (GuituKeys) keys = NULL;
  g_autofree char *prepared = NULL;
  GuituStore *store;
  JsonObject *json;

  if (admin == NULL || !guitu_station_check_code (code, error))
    return FALSE;
  station = station_from_input (call, code, error);
  if (station == NULL)
    return FALSE;
  user = guitu_user_new (admin, guitu_call_text (call, "full_name"), "administrator", guitu_call_text (call, "password"), error);
  if (user == NULL)
    return FALSE;
  keys = guitu_keys_new_station (code);
  set_keys (station, keys);
  prepared = guitu_store_prepare (call->directory, error);
  store = prepared == NULL ? NULL : guitu_store_create (prepared, keys, error);
  if (!put_in_place (call, store, store != NULL && write_first_records (store, station, user, error), error))
    return FALSE;
  json = guitu_record_to_json (station, FALSE);
  json_object_set_string_member (json, "admin", admin);
  json_object_set_string_member (json, "store", call->directory);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_init (GuituCall *call,
          GError **error)
{
  gboolean joins = guitu_call_text (call, "invitation") != NULL || guitu_call_text (call, "restore") != NULL || guitu_call_text (call, "image") != NULL;

  if (sodium_init () < 0)
    return guitu_fail (error, GUITU_ERROR_STORAGE, "crypto", NULL, "The cryptographic library does not start");
  return joins ? join_station (call, error) : found_station (call, error);
}

/* --- Verb ------------------------------------------------------------------------------------ */

static const GuituOption init_options[] = {
  { "station", GUITU_OPTION_TEXT, FALSE, "code of the station" },
  { "name", GUITU_OPTION_TEXT, FALSE, "its name, as it is printed on papers" },
  { "admin", GUITU_OPTION_TEXT, FALSE, "user name of the first administrator" },
  { "full_name", GUITU_OPTION_TEXT, FALSE, "the administrator's full name, as it is printed on papers" },
  { "password", GUITU_OPTION_TEXT, FALSE, "the administrator's password ($GUITU_PASSWORD)" },
  { "region", GUITU_OPTION_TEXT, FALSE, "region code (GB/T 2260)" },
  { "address", GUITU_OPTION_TEXT, FALSE, "address" },
  { "phone", GUITU_OPTION_TEXT, FALSE, "telephone" },
  { "complaints", GUITU_OPTION_TEXT, FALSE, "where to complain, with telephone: printed on every paper" },
  { "invitation", GUITU_OPTION_FILE, FALSE, "join an existing station instead: the file made by “desk invite”" },
  { "restore", GUITU_OPTION_TEXT, FALSE, "start again from the paper backup of the station's keys: the text of its QR code (GTK1:…)" },
  { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of the paper backup instead (PNG or JPEG)" },
  { "code", GUITU_OPTION_TEXT, FALSE, "the code that opens the invitation or the paper backup" },
  { "letter", GUITU_OPTION_FILE, FALSE, "with the paper backup: the letter that the network's station wrote anew, where the records are to come from the hub" },
  { "fingerprint", GUITU_OPTION_TEXT, FALSE, "that station's fingerprint, as it tells by telephone" },
  { "snapshot", GUITU_OPTION_FILE, FALSE, "begin with all that another desk knew: the file made by “bundle export” with “snapshot”" },
  { NULL },
};

const GuituVerb guitu_verb_init = {
  "init", "Set up this station's store, its keys and the first administrator", GUITU_VERB_WRITES | GUITU_VERB_NO_STORE | GUITU_VERB_NO_LOGIN, init_options, NULL, run_init
};
