/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A letter is "GTN1" and a libsodium sealed box of an Ed25519 signature and the JSON that it covers. */

#include "app/network.h"

#include "app/stations.h"

#include <sodium.h>
#include <string.h>

#define LETTER_MEMBER "letter"
#define MAGIC "GTN1"
#define MAGIC_LENGTH 4
#define KEY_BYTES 32
#define LETTER_LIMIT (1024 * 1024)

GuituRecord *
guitu_network_find (GuituTransaction *transaction,
                    GError **error)
{
  const GuituQuery all = { .is_ordered = TRUE, .order_by = GUITU_NETWORK_EPOCH, .descending = TRUE, .limit = 1 };
  g_autoptr (GPtrArray) networks = guitu_records_find (transaction, &guitu_kind_network, &all, error);

  if (networks == NULL || networks->len == 0)
    return NULL;
  return g_ptr_array_steal_index (networks, 0);
}

static void
set_new_key (GuituRecord *network,
             int field)
{
  guint8 key[KEY_BYTES];
  g_autofree char *text = NULL;

  randombytes_buf (key, sizeof key);
  text = guitu_key_to_text (key, sizeof key);
  guitu_record_set_text (network, field, text);
  sodium_memzero (key, sizeof key);
}

GuituRecord *
guitu_network_new (const char *name,
                   const char *station)
{
  GuituRecord *network = guitu_record_new (&guitu_kind_network);

  guitu_record_set_text (network, GUITU_NETWORK_NAME, name);
  guitu_record_set_text (network, GUITU_NETWORK_AUTHORITY, station);
  guitu_record_set_integer (network, GUITU_NETWORK_EPOCH, 1);
  set_new_key (network, GUITU_NETWORK_KEY);
  set_new_key (network, GUITU_NETWORK_MARK_KEY);
  return network;
}

/* --- Writing --------------------------------------------------------------------------------- */

static void
set_fields (JsonObject *json,
            const GuituRecord *record,
            const int *fields,
            guint n_fields)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < n_fields; i++)
    if (guitu_record_is_set (record, fields[i]))
      json_object_set_string_member (json, kind->fields[fields[i]].name, guitu_record_text (record, fields[i]));
}

static const int network_fields[] = { GUITU_NETWORK_NAME, GUITU_NETWORK_KEY, GUITU_NETWORK_MARK_KEY, GUITU_NETWORK_URL, GUITU_NETWORK_CERTIFICATE };
static const int login_fields[] = { GUITU_HUB_LOGIN_LOGIN, GUITU_HUB_LOGIN_PASSWORD };

static char *
letter_text (GuituTransaction *transaction,
             const GuituRecord *network,
             const GuituRecord *card,
             GPtrArray *logins,
             GError **error)
{
  g_autoptr (GuituRecord) own = guitu_own_station (transaction, error);
  g_autofree char *own_card = own == NULL ? NULL : guitu_card_text (own, guitu_transaction_keys (transaction));
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *array = json_array_new ();

  set_fields (json, network, network_fields, G_N_ELEMENTS (network_fields));
  json_object_set_int_member (json, "epoch", guitu_record_integer (network, GUITU_NETWORK_EPOCH, 1));
  json_object_set_string_member (json, "to", guitu_record_text (card, GUITU_STATION_CODE));
  json_object_set_array_member (json, "logins", array);
  for (guint i = 0; i < logins->len; i++)
    {
      JsonObject *login = json_object_new ();

      set_fields (login, g_ptr_array_index (logins, i), login_fields, G_N_ELEMENTS (login_fields));
      json_array_add_object_element (array, login);
    }
  if (own_card == NULL)
    return NULL;
  json_object_set_string_member (json, "authority", own_card);
  json_node_set_object (node, json);
  return json_to_string (node, FALSE);
}

GBytes *
guitu_network_letter (GuituTransaction *transaction,
                      const GuituRecord *network,
                      const GuituRecord *card,
                      GPtrArray *logins,
                      GError **error)
{
  const GuituKeys *keys = guitu_transaction_keys (transaction);
  g_autofree char *text = letter_text (transaction, network, card, logins, error);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  guint8 signature[crypto_sign_BYTES];
  guint8 box_key[crypto_box_PUBLICKEYBYTES];

  if (text == NULL ||
      !guitu_key_from_text (guitu_record_text (card, GUITU_STATION_BOX_KEY), box_key, sizeof box_key))
    {
      g_byte_array_unref (out);
      return NULL;
    }
  crypto_sign_detached (signature, NULL, (const guint8 *) text, strlen (text), keys->station_secret);
  g_byte_array_append (plain, signature, sizeof signature);
  g_byte_array_append (plain, (const guint8 *) text, strlen (text));
  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_LENGTH);
  g_byte_array_set_size (out, MAGIC_LENGTH + crypto_box_SEALBYTES + plain->len);
  crypto_box_seal (out->data + MAGIC_LENGTH, plain->data, plain->len, box_key);
  sodium_memzero (plain->data, plain->len);
  return g_byte_array_free_to_bytes (out);
}

/* --- Reading --------------------------------------------------------------------------------- */

void
guitu_network_letter_clear (GuituNetworkLetter *letter)
{
  g_clear_pointer (&letter->authority, guitu_record_free);
  g_clear_pointer (&letter->network, guitu_record_free);
  g_clear_pointer (&letter->logins, g_ptr_array_unref);
}

static gboolean
no_letter (const char *option,
           GError **error)
{
  return guitu_fail (error, GUITU_ERROR_INVALID, "malformed", option, "This file is no letter of a network");
}

static void
take_fields (GuituRecord *record,
             JsonObject *json,
             const int *fields,
             guint n_fields)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < n_fields; i++)
    guitu_record_set_text (record, fields[i], json_object_get_string_member_with_default (json, kind->fields[fields[i]].name, NULL));
}

static gboolean
is_key (const GuituRecord *network,
        int field)
{
  const char *text = guitu_record_text (network, field);
  guint8 key[KEY_BYTES];

  return text != NULL && guitu_key_from_text (text, key, sizeof key);
}

static gboolean
take_logins (GuituNetworkLetter *letter,
             JsonObject *json)
{
  JsonArray *array = json_object_has_member (json, "logins") ? json_object_get_array_member (json, "logins") : NULL;

  letter->logins = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr (GuituRecord) login = guitu_record_new (&guitu_kind_hub_login);

      take_fields (login, json_array_get_object_element (array, i), login_fields, G_N_ELEMENTS (login_fields));
      if (!guitu_record_is_set (login, GUITU_HUB_LOGIN_LOGIN) || !guitu_record_is_set (login, GUITU_HUB_LOGIN_PASSWORD))
        return FALSE;
      g_ptr_array_add (letter->logins, g_steal_pointer (&login));
    }
  return TRUE;
}

/* The signature is the authority's, whose card comes along; the letter says for whom it is. */
static gboolean
read_plain (const guint8 *plain,
            gsize length,
            const char *station,
            const char *option,
            GuituNetworkLetter *letter,
            GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) card = NULL;
  const char *text = (const char *) plain + crypto_sign_BYTES;
  guint8 key[GUITU_PUBLIC_KEY_BYTES];
  JsonObject *json;
  const char *own_card;

  if (!json_parser_load_from_data (parser, text, length - crypto_sign_BYTES, NULL) || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return no_letter (option, error);
  json = json_node_get_object (json_parser_get_root (parser));
  own_card = json_object_get_string_member_with_default (json, "authority", "");
  card = g_bytes_new (own_card, strlen (own_card));
  letter->authority = guitu_card_read (card, error);
  if (letter->authority == NULL)
    return FALSE;
  if (!guitu_key_from_text (guitu_record_text (letter->authority, GUITU_STATION_KEY), key, sizeof key) ||
      crypto_sign_verify_detached (plain, (const guint8 *) text, length - crypto_sign_BYTES, key) != 0 ||
      g_strcmp0 (json_object_get_string_member_with_default (json, "to", NULL), station) != 0)
    return guitu_fail (error, GUITU_ERROR_UNTRUSTED, "altered", option, "The letter was not written by the station whose card it holds");
  letter->network = guitu_record_new (&guitu_kind_network);
  take_fields (letter->network, json, network_fields, G_N_ELEMENTS (network_fields));
  guitu_record_set_text (letter->network, GUITU_NETWORK_AUTHORITY, guitu_record_text (letter->authority, GUITU_STATION_CODE));
  guitu_record_set_integer (letter->network, GUITU_NETWORK_EPOCH, json_object_get_int_member_with_default (json, "epoch", 1));
  if (!guitu_record_is_set (letter->network, GUITU_NETWORK_NAME) || !is_key (letter->network, GUITU_NETWORK_KEY) ||
      !is_key (letter->network, GUITU_NETWORK_MARK_KEY) || !take_logins (letter, json))
    return no_letter (option, error);
  return TRUE;
}

gboolean
guitu_network_letter_open (const GuituKeys *keys,
                           GBytes *content,
                           const char *option,
                           GuituNetworkLetter *letter,
                           GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree guint8 *plain = NULL;
  gsize plain_length;
  gboolean good;

  if (length <= MAGIC_LENGTH + crypto_box_SEALBYTES + crypto_sign_BYTES || length > LETTER_LIMIT || memcmp (data, MAGIC, MAGIC_LENGTH) != 0)
    return no_letter (option, error);
  plain_length = length - MAGIC_LENGTH - crypto_box_SEALBYTES;
  plain = g_malloc (plain_length);
  if (crypto_box_seal_open (plain, data + MAGIC_LENGTH, length - MAGIC_LENGTH, keys->box_public, keys->box_secret) != 0)
    return guitu_fail (error, GUITU_ERROR_UNTRUSTED, "for-another", option, "This letter is sealed for another station");
  good = read_plain (plain, plain_length, keys->station, option, letter, error);
  sodium_memzero (plain, plain_length);
  return good;
}

JsonObject *
guitu_network_to_json (const GuituRecord *network)
{
  JsonObject *json = guitu_record_to_json (network, FALSE);

  json_object_remove_member (json, "certificate");
  return json;
}

/* --- For a further desk ---------------------------------------------------------------------- */

static GuituRecord *
free_login (GuituTransaction *transaction,
            GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_HUB_LOGIN_DESK, GUITU_UNSET } }, .limit = 1 };
  g_autoptr (GPtrArray) logins = guitu_records_find (transaction, &guitu_kind_hub_login, &query, error);

  return logins == NULL || logins->len == 0 ? NULL : g_ptr_array_steal_index (logins, 0);
}

char *
guitu_network_note (GuituTransaction *transaction,
                    gint64 number,
                    GError **error)
{
  g_autoptr (GuituRecord) network = guitu_network_find (transaction, error);
  g_autoptr (GuituRecord) login = network == NULL || !guitu_record_is_set (network, GUITU_NETWORK_URL) ? NULL : free_login (transaction, error);
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (login == NULL)
    return NULL;
  guitu_record_set_integer (login, GUITU_HUB_LOGIN_DESK, number);
  if (!guitu_transaction_put (transaction, login, error))
    return NULL;
  set_fields (json, network, network_fields, G_N_ELEMENTS (network_fields));
  set_fields (json, login, login_fields, G_N_ELEMENTS (login_fields));
  json_object_set_string_member (json, "authority", guitu_record_text (network, GUITU_NETWORK_AUTHORITY));
  json_object_set_int_member (json, "epoch", guitu_record_integer (network, GUITU_NETWORK_EPOCH, 1));
  json_node_set_object (node, json);
  return json_to_string (node, FALSE);
}

char *
guitu_network_note_of_letter (GBytes *letter)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  gsize length;
  const guint8 *data = g_bytes_get_data (letter, &length);
  g_autofree char *text = g_base64_encode (data, length);

  json_object_set_string_member (json, LETTER_MEMBER, text);
  json_node_set_object (node, json);
  return json_to_string (node, FALSE);
}

gboolean
guitu_network_note_read (const char *note,
                         const GuituKeys *keys,
                         GuituNetworkLetter *letter)
{
  g_autoptr (JsonNode) node = json_from_string (note, NULL);
  JsonObject *json;
  GuituRecord *login;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  json = json_node_get_object (node);
  if (json_object_has_member (json, LETTER_MEMBER))
    {
      gsize length;
      guint8 *data = g_base64_decode (json_object_get_string_member (json, LETTER_MEMBER), &length);
      g_autoptr (GBytes) content = g_bytes_new_take (data, length);

      return guitu_network_letter_open (keys, content, LETTER_MEMBER, letter, NULL);
    }
  letter->network = guitu_record_new (&guitu_kind_network);
  letter->logins = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  login = guitu_record_new (&guitu_kind_hub_login);
  g_ptr_array_add (letter->logins, login);
  take_fields (letter->network, json, network_fields, G_N_ELEMENTS (network_fields));
  take_fields (login, json, login_fields, G_N_ELEMENTS (login_fields));
  guitu_record_set_text (letter->network, GUITU_NETWORK_AUTHORITY, json_object_get_string_member_with_default (json, "authority", NULL));
  guitu_record_set_integer (letter->network, GUITU_NETWORK_EPOCH, json_object_get_int_member_with_default (json, "epoch", 1));
  guitu_record_freeze (letter->network);
  guitu_record_freeze (login);
  return TRUE;
}
