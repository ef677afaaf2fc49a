/* SPDX-License-Identifier: GPL-3.0-or-later */

/* This station, its desks, and the stations it trusts. A card is a station's public keys and
 * address, signed with its own key; to trust one is to write it into the directory. */

#include "app/stations.h"

#include "app/directory.h"
#include "app/qr-file.h"
#include "app/regions.h"
#include "app/station-private.h"
#include "app/verbs.h"

#include <sodium.h>
#include <string.h>

#define CARD_FORMAT 1
#define CARD_LIMIT (64 * 1024)
#define CODE_LENGTH 32
#define FINGERPRINT_HASH_BYTES 16
#define FINGERPRINT_BYTES 10

/* --- What a station says of itself ---------------------------------------------------------- */

gboolean
guitu_station_check_code (const char *code,
                          GError **error)
{
  if (strlen (code) <= CODE_LENGTH && strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == strlen (code))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "bad-character", "station",
                     "A station code has at most %d letters, digits and hyphens", CODE_LENGTH);
}

gboolean
guitu_station_take_details (GuituRecord *station,
                            JsonObject *input,
                            GError **error)
{
  static const int positions[] = { GUITU_STATION_NAME, GUITU_STATION_REGION, GUITU_STATION_ADDRESS,
                                   GUITU_STATION_PHONE, GUITU_STATION_COMPLAINTS };

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      JsonNode *node = json_object_get_member (input, guitu_kind_station.fields[positions[i]].name);

      if (node != NULL && !guitu_record_take_member (station, positions[i], node, error))
        return FALSE;
    }
  return guitu_phone_check (guitu_record_text (station, GUITU_STATION_PHONE), error) && guitu_record_check_required (station, error);
}

/* --- Cards ----------------------------------------------------------------------------------- */

GuituRecord *
guitu_own_station (GuituTransaction *transaction,
                   GError **error)
{
  const char *code = guitu_transaction_keys (transaction)->station;
  g_autoptr (GError) failure = NULL;
  GuituRecord *station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, code, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (station == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "station", "This desk does not know its station yet; import a bundle of another desk");
  return station;
}

static const int card_fields[] = { GUITU_STATION_CODE, GUITU_STATION_NAME, GUITU_STATION_REGION, GUITU_STATION_ADDRESS,
                                   GUITU_STATION_PHONE, GUITU_STATION_KEY, GUITU_STATION_BOX_KEY };

/* What the card's signature covers: each field's name and text, in the order above. */
static GBytes *
card_message (const GuituRecord *station)
{
  GString *text = g_string_new ("guitu-card-v1\n");

  for (guint i = 0; i < G_N_ELEMENTS (card_fields); i++)
    {
      const char *value = guitu_record_text (station, card_fields[i]);

      g_string_append_printf (text, "%s=%s\n", guitu_kind_station.fields[card_fields[i]].name, value == NULL ? "" : value);
    }
  return g_string_free_to_bytes (text);
}

/* Five groups of four letters and digits. */
char *
guitu_card_fingerprint (const GuituRecord *station)
{
  const char *key = guitu_record_text (station, GUITU_STATION_KEY);
  guint8 hash[FINGERPRINT_HASH_BYTES];
  g_autofree char *hex = NULL;
  GString *text;

  if (key == NULL)
    return NULL;
  crypto_generichash (hash, sizeof hash, (const guint8 *) key, strlen (key), NULL, 0);
  hex = guitu_hex (hash, FINGERPRINT_BYTES);
  text = g_string_new (NULL);
  for (guint i = 0; i < strlen (hex); i += 4)
    g_string_append_printf (text, "%s%.4s", i == 0 ? "" : " ", hex + i);
  return g_string_free (text, FALSE);
}

static void
add_fingerprint (JsonObject *json,
                 const GuituRecord *station)
{
  g_autofree char *text = guitu_card_fingerprint (station);

  if (text != NULL)
    json_object_set_string_member (json, "fingerprint", text);
}

char *
guitu_card_text (const GuituRecord *station,
                 const GuituKeys *keys)
{
  g_autoptr (GBytes) message = card_message (station);
  g_autoptr (JsonObject) card = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  guint8 signature[crypto_sign_BYTES];
  g_autofree char *signature_text = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);

  crypto_sign_detached (signature, NULL, data, length, keys->station_secret);
  signature_text = guitu_key_to_text (signature, sizeof signature);
  json_object_set_int_member (card, "guitu_card", CARD_FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (card_fields); i++)
    if (guitu_record_is_set (station, card_fields[i]))
      json_object_set_string_member (card, guitu_kind_station.fields[card_fields[i]].name, guitu_record_text (station, card_fields[i]));
  json_object_set_string_member (card, "signature", signature_text);
  json_node_set_object (node, card);
  return json_to_string (node, TRUE);
}

/* To hang out or to hand over: whoever scans it compares the fingerprint by telephone. */
static gboolean
print_card (const char *path,
            const GuituRecord *station,
            GBytes *card,
            GError **error)
{
  g_autofree char *code = guitu_qr_pack (GUITU_CARD_PREFIX, card);
  g_autofree char *fingerprint = guitu_card_fingerprint (station);
  const char *phone = guitu_record_text (station, GUITU_STATION_PHONE);
  g_autofree char *above = g_strdup_printf ("%s（%s）\n电话：%s\n核对码：%s", guitu_record_text (station, GUITU_STATION_NAME),
                                            guitu_record_text (station, GUITU_STATION_CODE), phone == NULL ? "" : phone, fingerprint);
  const GuituQrSheet sheet = {
    .title = "救助管理站名片",
    .code = code,
    .above = above,
    .below = "本名片可以公开。对方站拍摄或扫描后，在“站际协作”中选择信任，并与本站通电话核对上面的核对码。",
  };

  return guitu_qr_write (path, &sheet, error);
}

static gboolean
run_card (GuituCall *call,
          GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  g_autoptr (GuituTransaction) transaction = path == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  g_autoptr (GBytes) content = NULL;
  JsonObject *json;
  char *text;

  if (station == NULL)
    return FALSE;
  text = guitu_card_text (station, guitu_store_keys (call->store));
  content = g_bytes_new_take (text, strlen (text));
  if (!(guitu_qr_is_file (path) ? print_card (path, station, content, error) : guitu_output_file (path, "file", content, error)))
    return FALSE;
  json = guitu_record_to_json (station, FALSE);
  add_fingerprint (json, station);
  json_object_set_string_member (json, "file", path);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
no_card (GError **error)
{
  return guitu_fail (error, GUITU_ERROR_INVALID, "malformed", "file", "This file is no station card");
}

GuituRecord *
guitu_card_read (GBytes *content,
                 GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GuituRecord) station = guitu_record_new (&guitu_kind_station);
  g_autoptr (GBytes) message = NULL;
  JsonObject *card;
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  guint8 signature[crypto_sign_BYTES];
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);

  if (length > CARD_LIMIT || !json_parser_load_from_data (parser, data, length, NULL) ||
      json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return no_card (error), NULL;
  card = json_node_get_object (json_parser_get_root (parser));
  if (json_object_get_int_member_with_default (card, "guitu_card", 0) != CARD_FORMAT)
    return no_card (error), NULL;
  for (guint i = 0; i < G_N_ELEMENTS (card_fields); i++)
    guitu_record_set_text (station, card_fields[i],
                           json_object_get_string_member_with_default (card, guitu_kind_station.fields[card_fields[i]].name, NULL));
  if (!guitu_record_check_required (station, error) || !guitu_station_check_code (guitu_record_text (station, GUITU_STATION_CODE), error))
    return NULL;
  message = card_message (station);
  data = g_bytes_get_data (message, &length);
  if (!guitu_record_is_set (station, GUITU_STATION_KEY) ||
      !guitu_key_from_text (guitu_record_text (station, GUITU_STATION_KEY), key, sizeof key) ||
      !guitu_key_from_text (json_object_get_string_member_with_default (card, "signature", ""), signature, sizeof signature) ||
      crypto_sign_verify_detached (signature, data, length, key) != 0)
    {
      guitu_fail (error, GUITU_ERROR_UNTRUSTED, "altered", "file", "The card was altered after its station made it");
      return NULL;
    }
  guitu_record_set_text (station, GUITU_STATION_STATE, "active");
  return g_steal_pointer (&station);
}

static gboolean
take_card (GuituTransaction *transaction,
           GuituRecord *known,
           const GuituRecord *card,
           GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (card_fields); i++)
    guitu_record_set_text (known, card_fields[i], guitu_record_text (card, card_fields[i]));
  return guitu_transaction_put (transaction, known, error);
}

gboolean
guitu_card_is_known (GuituTransaction *transaction,
                     const GuituRecord *card)
{
  g_autoptr (GuituRecord) known = guitu_known_station (transaction, guitu_record_text (card, GUITU_STATION_CODE));

  return known != NULL && g_strcmp0 (guitu_record_text (known, GUITU_STATION_KEY), guitu_record_text (card, GUITU_STATION_KEY)) == 0;
}

gboolean
guitu_card_trust (GuituTransaction *transaction,
                  GuituRecord *card,
                  GError **error)
{
  const char *code = guitu_record_text (card, GUITU_STATION_CODE);
  g_autoptr (GuituRecord) known = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, code, NULL);

  if (known == NULL)
    return guitu_transaction_put (transaction, card, error);
  if (g_strcmp0 (guitu_record_text (known, GUITU_STATION_KEY), guitu_record_text (card, GUITU_STATION_KEY)) != 0 &&
      !guitu_card_is_known (transaction, card))
    return guitu_fail (error, GUITU_ERROR_UNTRUSTED, "another-key", "file",
                       "Station %s is known here with another key; telephone the station before anything else, then trust the card with “new_key”", code);
  return take_card (transaction, known, card, error);
}

/* Somebody telephoned: whatever was known of the station's key, this card's counts. */
static gboolean
trust_new_key (GuituTransaction *transaction,
               GuituRecord *card,
               GError **error)
{
  const char *code = guitu_record_text (card, GUITU_STATION_CODE);
  g_autoptr (GuituRecord) known = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, code, NULL);

  if (strcmp (code, guitu_transaction_keys (transaction)->station) == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "own-card", "file", "This is this station's own card");
  return known == NULL ? guitu_transaction_put (transaction, card, error) : take_card (transaction, known, card, error);
}

/* Whom we trust to vouch for others is told to our own desks only. */
static gboolean
set_authority (GuituTransaction *transaction,
               const GuituRecord *card,
               GError **error)
{
  g_autoptr (GuituRecord) known = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, guitu_record_text (card, GUITU_STATION_CODE), error);

  if (known == NULL)
    return FALSE;
  guitu_record_set_text (known, GUITU_STATION_AUTHORITY, "yes");
  return guitu_transaction_put (transaction, known, error);
}

/* A card as a file, or as a picture of its QR code. */
static GBytes *
card_content (GuituCall *call,
              GError **error)
{
  const char *image = guitu_call_text (call, "image");
  const char *path;

  if (image != NULL)
    return guitu_qr_from_picture (image, "image", GUITU_CARD_PREFIX, error);
  path = guitu_call_need (call, "file", error);
  return path == NULL ? NULL : guitu_input_file (path, "file", error);
}

static gboolean
run_trust (GuituCall *call,
           GError **error)
{
  g_autoptr (GBytes) content = card_content (call, error);
  g_autoptr (GuituRecord) card = content == NULL ? NULL : guitu_card_read (content, error);
  g_autoptr (GuituTransaction) transaction = card == NULL ? NULL : guitu_call_write (call, error);
  gboolean is_trusted;
  JsonObject *json;

  if (transaction == NULL)
    return FALSE;
  is_trusted = guitu_call_flag (call, "new_key") ? trust_new_key (transaction, card, error) : guitu_card_trust (transaction, card, error);
  if (!is_trusted || (guitu_call_flag (call, "authority") && !set_authority (transaction, card, error)) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_record_to_json (card, FALSE);
  if (guitu_call_flag (call, "authority"))
    json_object_set_string_member (json, "authority", "yes");
  add_fingerprint (json, card);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  JsonObject *json;

  if (station == NULL)
    return FALSE;
  json = guitu_record_to_json (station, FALSE);
  if (guitu_record_is_set (station, GUITU_STATION_REGION))
    {
      g_autofree char *region = guitu_regions_full_name (guitu_record_text (station, GUITU_STATION_REGION));

      json_object_set_string_member (json, "region_name", region);
    }
  add_fingerprint (json, station);
  json_object_set_int_member (json, "desk", guitu_store_keys (call->store)->desk.number);
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);

  if (station == NULL || !guitu_station_take_details (station, call->input, error) || !guitu_transaction_put (transaction, station, error) ||
      !guitu_directory_follow (transaction, station, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (station, FALSE));
  return TRUE;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) stations = transaction == NULL ? NULL : guitu_known_stations (transaction, error);

  if (stations == NULL)
    return FALSE;
  for (guint i = 0; i < stations->len; i++)
    {
      JsonObject *json = guitu_record_to_json (g_ptr_array_index (stations, i), FALSE);

      guitu_json_add_region_name (json, "region");
      add_fingerprint (json, g_ptr_array_index (stations, i));
      guitu_call_emit (call, json);
    }
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption edit_options[] = {
  { "name", GUITU_OPTION_TEXT, FALSE, "its name, as it is printed on papers" },
  { "region", GUITU_OPTION_TEXT, FALSE, "region code (GB/T 2260)" },
  { "address", GUITU_OPTION_TEXT, FALSE, "address" },
  { "phone", GUITU_OPTION_TEXT, FALSE, "telephone" },
  { "complaints", GUITU_OPTION_TEXT, FALSE, "where to complain, with telephone: printed on every paper" },
  { NULL },
};

static const GuituOption trust_options[] = {
  { "file", GUITU_OPTION_FILE, TRUE, "the card file" },
  { "image", GUITU_OPTION_FILE, FALSE, "a picture or scan of the printed card instead (PNG or JPEG)" },
  { "authority", GUITU_OPTION_FLAG, FALSE, "this station may vouch for the cards of others" },
  { "new_key", GUITU_OPTION_FLAG, FALSE, "the station was telephoned: this card's key counts in place of another one that is known" },
  { NULL },
};

static const GuituOption card_options[] = {
  { "file", GUITU_OPTION_OUTPUT, TRUE, "the card file to write; one that ends in .png or .pdf is the card as a QR code" },
  { NULL },
};

const GuituVerb guitu_verb_station_show = {
  "station show", "Show this station", GUITU_VERB_NO_LOGIN, NULL, NULL, run_show
};
const GuituVerb guitu_verb_station_edit = {
  "station edit", "Change what papers and the station's card say of this station", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, NULL, run_edit
};
const GuituVerb guitu_verb_station_list = {
  "station list", "List the stations known here", GUITU_VERB_PLAIN, NULL, NULL, run_list
};
const GuituVerb guitu_verb_station_card = {
  "station card", "Write this station's public card to a file", GUITU_VERB_NO_LOGIN, card_options, NULL, run_card
};
const GuituVerb guitu_verb_station_trust = {
  "station trust", "Trust the papers of the station whose card this is", GUITU_VERB_WRITES, trust_options, NULL, run_trust
};
