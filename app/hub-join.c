/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The letter by which a station joins a network: who wrote it, and taking what it holds. */

#include "app/network.h"
#include "app/stations.h"
#include "app/verbs.h"

#include <string.h>

/* --- Joining --------------------------------------------------------------------------------- */

static char *
without_blanks (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " -", -1);

  return g_strjoinv (NULL, parts);
}

/* A station that this one trusts already needs no proof; another is compared by telephone. */
gboolean
guitu_network_letter_check (GuituCall *call,
                            GuituTransaction *transaction,
                            const GuituNetworkLetter *letter,
                            GError **error)
{
  const GuituRecord *authority = letter->authority;
  const char *code = guitu_record_text (authority, GUITU_STATION_CODE);
  g_autofree char *fingerprint = guitu_card_fingerprint (authority);
  const char *given = guitu_call_text (call, "fingerprint");
  g_autofree char *expected = without_blanks (fingerprint);
  g_autofree char *typed = without_blanks (given == NULL ? "" : given);

  if (transaction != NULL && guitu_card_is_known (transaction, authority))
    return TRUE;
  if (given == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "fingerprint-needed", "fingerprint",
                       "The letter comes from station %s (%s), which is not known here: telephone it and compare its fingerprint %s",
                       code, guitu_record_text (authority, GUITU_STATION_NAME), fingerprint);
  return g_ascii_strcasecmp (expected, typed) == 0 ||
         guitu_fail (error, GUITU_ERROR_UNTRUSTED, "fingerprint", "fingerprint", "The letter's station has another fingerprint; do not use this letter");
}

gboolean
guitu_network_logins_keep (GuituTransaction *transaction,
                           GPtrArray *logins,
                           GError **error)
{
  for (guint i = 0; i < logins->len; i++)
    {
      GuituRecord *login = g_ptr_array_index (logins, i);
      g_autoptr (GuituRecord) known = guitu_record_find_one (transaction, &guitu_kind_hub_login, GUITU_HUB_LOGIN_LOGIN, guitu_record_text (login, GUITU_HUB_LOGIN_LOGIN), NULL);

      if (known != NULL)
        guitu_record_set_text (known, GUITU_HUB_LOGIN_PASSWORD, guitu_record_text (login, GUITU_HUB_LOGIN_PASSWORD));
      if (!guitu_transaction_put (transaction, known != NULL ? known : login, error))
        return FALSE;
    }
  return TRUE;
}

/* Joining twice, or with newer keys, passwords or more log-ins, takes what is new. */
gboolean
guitu_network_letter_keep (GuituTransaction *transaction,
                           GuituNetworkLetter *letter,
                           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) network = guitu_network_find (transaction, &failure);
  gboolean has_key;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (network != NULL && g_strcmp0 (guitu_record_text (network, GUITU_NETWORK_MARK_KEY), guitu_record_text (letter->network, GUITU_NETWORK_MARK_KEY)) != 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "in-network", NULL, "This station belongs to another network, %s", guitu_record_text (network, GUITU_NETWORK_NAME));
  has_key = network != NULL && guitu_record_integer (network, GUITU_NETWORK_EPOCH, 0) >= guitu_record_integer (letter->network, GUITU_NETWORK_EPOCH, 0);
  if (has_key)
    {
      guitu_record_set_text (network, GUITU_NETWORK_URL, guitu_record_text (letter->network, GUITU_NETWORK_URL));
      guitu_record_set_text (network, GUITU_NETWORK_CERTIFICATE, guitu_record_text (letter->network, GUITU_NETWORK_CERTIFICATE));
    }
  if (!guitu_network_logins_keep (transaction, letter->logins, error))
    return FALSE;
  return guitu_transaction_put (transaction, has_key ? network : letter->network, error) && guitu_card_trust (transaction, letter->authority, error);
}

static gboolean
open_letter (GuituCall *call,
             GuituNetworkLetter *letter,
             GError **error)
{
  const char *path = guitu_call_need (call, "file", error);
  g_autoptr (GBytes) content = path == NULL ? NULL : guitu_input_file (path, "file", error);

  return content != NULL && guitu_network_letter_open (guitu_store_keys (call->store), content, "file", letter, error);
}

static gboolean
run_join (GuituCall *call,
          GError **error)
{
  g_auto (GuituNetworkLetter) letter = { 0 };
  g_autoptr (GuituTransaction) transaction = open_letter (call, &letter, error) ? guitu_call_write (call, error) : NULL;
  JsonObject *json;

  if (transaction == NULL || !guitu_network_letter_check (call, transaction, &letter, error) ||
      !guitu_network_letter_keep (transaction, &letter, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_network_to_json (letter.network);
  json_object_set_string_member (json, "authority_name", guitu_record_text (letter.authority, GUITU_STATION_NAME));
  guitu_call_emit (call, json);
  return TRUE;
}

/* Who wrote a letter, to be compared by telephone before joining. */
static gboolean
run_letter (GuituCall *call,
            GError **error)
{
  g_auto (GuituNetworkLetter) letter = { 0 };
  g_autoptr (GuituTransaction) transaction = open_letter (call, &letter, error) ? guitu_call_read (call, error) : NULL;
  g_autofree char *fingerprint = NULL;
  JsonObject *json;

  if (transaction == NULL)
    return FALSE;
  fingerprint = guitu_card_fingerprint (letter.authority);
  json = json_object_new ();
  json_object_set_string_member (json, "network", guitu_record_text (letter.network, GUITU_NETWORK_NAME));
  json_object_set_string_member (json, "station", guitu_record_text (letter.authority, GUITU_STATION_CODE));
  json_object_set_string_member (json, "name", guitu_record_text (letter.authority, GUITU_STATION_NAME));
  if (guitu_record_is_set (letter.authority, GUITU_STATION_PHONE))
    json_object_set_string_member (json, "phone", guitu_record_text (letter.authority, GUITU_STATION_PHONE));
  json_object_set_string_member (json, "fingerprint", fingerprint);
  json_object_set_boolean_member (json, "known", guitu_card_is_known (transaction, letter.authority));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption join_options[] = {
  { "file", GUITU_OPTION_FILE, TRUE, "the letter that the network's station wrote for this one" },
  { "fingerprint", GUITU_OPTION_TEXT, FALSE, "that station's fingerprint, as it tells by telephone; not needed when its card is trusted" },
  { NULL },
};

static const GuituOption letter_options[] = {
  { "file", GUITU_OPTION_FILE, TRUE, "the letter that the network's station wrote for this one" },
  { NULL },
};

const GuituVerb guitu_verb_hub_letter = {
  "hub letter", "Tell who wrote the letter and for which network, before joining", GUITU_VERB_PLAIN, letter_options, NULL, run_letter
};
const GuituVerb guitu_verb_hub_join = {
  "hub join", "Join the network whose letter this is", GUITU_VERB_WRITES, join_options, NULL, run_join
};
