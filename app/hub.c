/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network of stations and its hub, on the side of the station that runs it: founding, inviting, and new
 * log-ins after a theft. */

#include "app/directory.h"
#include "app/network.h"
#include "app/stations.h"
#include "app/verbs.h"

#include <sodium.h>
#include <string.h>

#define LOGINS 4 /* for a station's desks, unless more are asked for */
#define LOGINS_MAX 50
#define PASSWORD_BYTES 24
#define SUFFIX_BYTES 4

/* --- The owner's side ------------------------------------------------------------------------ */

/* Connects as the owner of the database; *@address is where desks find it. */
static GuituHub *
connect_as_owner (GuituCall *call,
                  const char *url,
                  const char *certificate,
                  char **address,
                  GError **error)
{
  g_autofree char *login = NULL;
  g_autofree char *password = NULL;
  GuituHubAccess access = { .certificate = certificate };

  *address = guitu_hub_address_parse (url, &login, &password, error);
  if (*address == NULL)
    return NULL;
  access.address = *address;
  access.login = login;
  access.password = password != NULL ? password : g_getenv ("GUITU_HUB_PASSWORD");
  return guitu_hub_connect (&access, call->directory, call->cancellable, error);
}

static char *
random_text (gsize length)
{
  g_autofree guint8 *bytes = g_malloc (length);

  randombytes_buf (bytes, length);
  return guitu_hex (bytes, length);
}

/* Returns: (transfer full) (element-type GuituRecord): log-ins that the hub has now, not yet kept here. */
static GPtrArray *
make_logins (GuituHub *hub,
             const char *station,
             guint count,
             GError **error)
{
  g_autoptr (GPtrArray) logins = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GuituRecord) login = guitu_record_new (&guitu_kind_hub_login);
      g_autofree char *suffix = random_text (SUFFIX_BYTES);
      g_autofree char *name = g_strdup_printf ("guitu_%s_%s", station, suffix);
      g_autofree char *password = random_text (PASSWORD_BYTES);

      if (!guitu_hub_add_login (hub, station, name, password, error))
        return NULL;
      guitu_record_set_text (login, GUITU_HUB_LOGIN_LOGIN, name);
      guitu_record_set_text (login, GUITU_HUB_LOGIN_PASSWORD, password);
      g_ptr_array_add (logins, g_steal_pointer (&login));
    }
  return g_steal_pointer (&logins);
}

static gboolean
count_logins (GuituCall *call,
              guint *count,
              GError **error)
{
  gint64 asked = guitu_call_integer (call, "logins", LOGINS);

  *count = asked;
  return (asked >= 1 && asked <= LOGINS_MAX) ||
         guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "logins", "Between 1 and %d log-ins can be made at once", LOGINS_MAX);
}

/* The text of the option's file, or %NULL without it. */
static gboolean
read_certificate (GuituCall *call,
                  char **text,
                  GError **error)
{
  const char *path = guitu_call_text (call, "certificate");
  g_autoptr (GBytes) content = NULL;

  *text = NULL;
  if (path == NULL)
    return TRUE;
  content = guitu_input_file (path, "certificate", error);
  if (content == NULL)
    return FALSE;
  *text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  return strstr (*text, "-----BEGIN CERTIFICATE-----") != NULL ||
         guitu_fail (error, GUITU_ERROR_INVALID, "malformed", "certificate", "This file is no certificate in PEM form");
}

static gboolean
put_all (GuituTransaction *transaction,
         GPtrArray *records,
         GError **error)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!guitu_transaction_put (transaction, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

/* The network as it is, or a new one run by this station. */
static GuituRecord *
found_network (GuituCall *call,
               GError **error)
{
  const char *station = guitu_store_keys (call->store)->station;
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) network = transaction == NULL ? NULL : guitu_network_find (transaction, &failure);
  const char *name;

  if (transaction == NULL || failure != NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (network != NULL && !guitu_record_says (network, GUITU_NETWORK_AUTHORITY, station))
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "in-network", NULL, "This station belongs to the network %s, which station %s runs",
                  guitu_record_text (network, GUITU_NETWORK_NAME), guitu_record_text (network, GUITU_NETWORK_AUTHORITY));
      return NULL;
    }
  if (network != NULL)
    return g_steal_pointer (&network);
  name = guitu_call_need (call, "name", error);
  return name == NULL ? NULL : guitu_network_new (name, station);
}

static gboolean
run_init (GuituCall *call,
          GError **error)
{
  const char *url = guitu_call_text (call, "url");
  g_autoptr (GuituRecord) network = found_network (call, error);
  g_autofree char *certificate = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GuituHub) hub = NULL;
  g_autoptr (GPtrArray) logins = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  guint count;

  if (network == NULL || !count_logins (call, &count, error) || !read_certificate (call, &certificate, error))
    return FALSE;
  if (url != NULL)
    {
      hub = connect_as_owner (call, url, certificate, &address, error);
      if (hub == NULL || !guitu_hub_prepare (hub, error))
        return FALSE;
      logins = make_logins (hub, guitu_store_keys (call->store)->station, count, error);
      if (logins == NULL)
        return FALSE;
      guitu_record_set_text (network, GUITU_NETWORK_URL, address);
      guitu_record_set_text (network, GUITU_NETWORK_CERTIFICATE, certificate);
    }
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !guitu_transaction_put (transaction, network, error) || !put_all (transaction, logins, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_network_to_json (network));
  return TRUE;
}

/* --- Inviting -------------------------------------------------------------------------------- */

/* The network that this station runs. */
static GuituRecord *
own_network (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) network = transaction == NULL ? NULL : guitu_network_find (transaction, error);

  if (network != NULL && guitu_record_says (network, GUITU_NETWORK_AUTHORITY, guitu_store_keys (call->store)->station))
    return g_steal_pointer (&network);
  if (error == NULL || *error == NULL)
    guitu_fail (error, GUITU_ERROR_REFUSED, "no-network", NULL, "This station runs no network; found one with “hub init”");
  return NULL;
}

/* Log-ins for the invited station; an empty list where the network has no hub. */
static GPtrArray *
logins_for (GuituCall *call,
            const GuituRecord *network,
            const char *station,
            GError **error)
{
  const char *url;
  g_autofree char *address = NULL;
  g_autoptr (GuituHub) hub = NULL;
  guint count;

  if (!guitu_record_is_set (network, GUITU_NETWORK_URL))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  url = guitu_call_need (call, "url", error);
  if (url == NULL || !count_logins (call, &count, error))
    return NULL;
  hub = connect_as_owner (call, url, guitu_record_text (network, GUITU_NETWORK_CERTIFICATE), &address, error);
  return hub == NULL ? NULL : make_logins (hub, station, count, error);
}

static gboolean
run_invite (GuituCall *call,
            GError **error)
{
  const char *card_path = guitu_call_need (call, "card", error);
  const char *path = card_path == NULL ? NULL : guitu_call_need (call, "file", error);
  g_autoptr (GBytes) content = path == NULL ? NULL : guitu_input_file (card_path, "card", error);
  g_autoptr (GuituRecord) card = content == NULL ? NULL : guitu_card_read (content, error);
  g_autoptr (GuituRecord) network = card == NULL ? NULL : own_network (call, error);
  g_autoptr (GPtrArray) logins = network == NULL ? NULL : logins_for (call, network, guitu_record_text (card, GUITU_STATION_CODE), error);
  g_autoptr (GuituTransaction) transaction = logins == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GBytes) letter = transaction == NULL ? NULL : guitu_network_letter (transaction, network, card, logins, error);
  g_autofree char *fingerprint = NULL;
  JsonObject *json;

  if (letter == NULL || !guitu_card_trust (transaction, card, error) || !guitu_directory_vouch (transaction, card, error) ||
      !guitu_output_file (path, "file", letter, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  fingerprint = guitu_card_fingerprint (card);
  json = json_object_new ();
  json_object_set_string_member (json, "station", guitu_record_text (card, GUITU_STATION_CODE));
  json_object_set_string_member (json, "name", guitu_record_text (card, GUITU_STATION_NAME));
  json_object_set_string_member (json, "fingerprint", fingerprint);
  json_object_set_string_member (json, "file", path);
  json_object_set_int_member (json, "logins", logins->len);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- A stolen computer ----------------------------------------------------------------------- */

/* Another password for every log-in of the station, and the end of that of the lost desk. (element-type GuituHubLogin) */
static GPtrArray *
renew_logins (GuituHub *hub,
              const char *station,
              gint64 lost_desk,
              GError **error)
{
  g_autoptr (GPtrArray) logins = guitu_hub_list_logins (hub, station, error);

  if (logins == NULL)
    return NULL;
  if (logins->len == 0)
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "no-login", NULL, "Station %s has no log-ins at the hub; invite it with “hub invite”", station);
      return NULL;
    }
  for (guint i = 0; i < logins->len; i++)
    {
      GuituHubLogin *login = g_ptr_array_index (logins, i);

      login->password = lost_desk != 0 && login->desk == lost_desk ? NULL : random_text (PASSWORD_BYTES);
    }
  return guitu_hub_change_logins (hub, logins, error) ? g_steal_pointer (&logins) : NULL;
}

/* As make_logins(). */
static GPtrArray *
records_of (const GPtrArray *logins)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  for (guint i = 0; i < logins->len; i++)
    {
      const GuituHubLogin *login = g_ptr_array_index (logins, i);
      GuituRecord *record;

      if (login->password == NULL)
        continue;
      record = guitu_record_new (&guitu_kind_hub_login);
      guitu_record_set_text (record, GUITU_HUB_LOGIN_LOGIN, login->login);
      guitu_record_set_text (record, GUITU_HUB_LOGIN_PASSWORD, login->password);
      g_ptr_array_add (records, record);
    }
  return records;
}

/* For another station into a letter, for this one into its records. */
static gboolean
keep_renewed (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *network,
              GuituRecord *card,
              GPtrArray *logins,
              GError **error)
{
  g_autoptr (GBytes) letter = NULL;

  if (card == NULL)
    return guitu_network_logins_keep (transaction, logins, error);
  letter = guitu_network_letter (transaction, network, card, logins, error);
  return letter != NULL && guitu_card_trust (transaction, card, error) && guitu_directory_vouch (transaction, card, error) &&
         guitu_output_file (guitu_call_text (call, "file"), "file", letter, error);
}

/* *@card: %NULL for this station itself. */
static gboolean
read_card (GuituCall *call,
           GuituRecord **card,
           GError **error)
{
  const char *path = guitu_call_text (call, "card");
  g_autoptr (GBytes) content = NULL;

  *card = NULL;
  if (path == NULL)
    return TRUE;
  content = guitu_call_need (call, "file", error) == NULL ? NULL : guitu_input_file (path, "card", error);
  *card = content == NULL ? NULL : guitu_card_read (content, error);
  return *card != NULL;
}

static gboolean
run_renew (GuituCall *call,
           GError **error)
{
  const char *url = guitu_call_need (call, "url", error);
  const char *station;
  g_autoptr (GuituRecord) card = NULL;
  g_autoptr (GuituRecord) network = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GuituHub) hub = NULL;
  g_autoptr (GPtrArray) logins = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GError) failure = NULL;
  JsonObject *json;

  if (url == NULL || !read_card (call, &card, error))
    return FALSE;
  station = card == NULL ? guitu_store_keys (call->store)->station : guitu_record_text (card, GUITU_STATION_CODE);
  network = own_network (call, error);
  hub = network == NULL ? NULL : connect_as_owner (call, url, guitu_record_text (network, GUITU_NETWORK_CERTIFICATE), &address, error);
  logins = hub == NULL ? NULL : renew_logins (hub, station, guitu_call_integer (call, "lost_desk", 0), error);
  records = logins == NULL ? NULL : records_of (logins);
  transaction = logins == NULL ? NULL : guitu_call_write (call, error);
  if (transaction == NULL || !keep_renewed (call, transaction, network, card, records, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  json = json_object_new ();
  json_object_set_string_member (json, "station", station);
  json_object_set_int_member (json, "logins", records->len);
  /* The letter is written whatever comes of this: without it nobody of that station would get in any more. */
  if (!guitu_hub_end_sessions (hub, logins, &failure))
    json_object_set_string_member (json, "warning", failure->message);
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

#define URL_OPTION                                                                            \
  {                                                                                           \
    "url", GUITU_OPTION_TEXT, FALSE, "the PostgreSQL database, as its owner logs in: "        \
                                     "postgresql://owner@host/database ($GUITU_HUB_PASSWORD)" \
  }
#define LOGINS_OPTION                                                               \
  {                                                                                 \
    "logins", GUITU_OPTION_INTEGER, FALSE, "log-ins to make, one for a desk (four)" \
  }

static const GuituOption init_options[] = {
  { "name", GUITU_OPTION_TEXT, FALSE, "name of the new network" },
  URL_OPTION,
  { "certificate", GUITU_OPTION_FILE, FALSE, "PEM file of the authority that signed the hub's certificate; needed unless it is a local socket" },
  LOGINS_OPTION,
  { NULL },
};

static const GuituOption invite_options[] = {
  { "card", GUITU_OPTION_FILE, TRUE, "card of the station to invite" },
  { "file", GUITU_OPTION_OUTPUT, TRUE, "the letter to write: only that station can open it" },
  URL_OPTION,
  LOGINS_OPTION,
  { NULL },
};

static const GuituOption renew_options[] = {
  { "card", GUITU_OPTION_FILE, FALSE, "card of the station whose log-ins they are; without it this station's own" },
  { "file", GUITU_OPTION_OUTPUT, FALSE, "the letter to write for that station: each of its desks joins with it anew" },
  { "lost_desk", GUITU_OPTION_INTEGER, FALSE, "number of the desk that was stolen: its log-in ends" },
  URL_OPTION,
  { NULL },
};

const GuituVerb guitu_verb_hub_init = {
  "hub init", "Found a network of stations, and make a PostgreSQL database its hub", GUITU_VERB_WRITES | GUITU_VERB_NETWORK, init_options, NULL, run_init
};
const GuituVerb guitu_verb_hub_invite = {
  "hub invite", "Vouch for a station and write the letter by which it joins the network", GUITU_VERB_WRITES | GUITU_VERB_NETWORK, invite_options, NULL, run_invite
};
const GuituVerb guitu_verb_hub_renew = {
  "hub renew", "Give a station's log-ins at the hub other passwords, because a computer was stolen", GUITU_VERB_WRITES | GUITU_VERB_NETWORK, renew_options, NULL, run_renew
};
