/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bringing this desk's store and the hub together, once or as long as the window is open, and saying how
 * that stands. */

#include "app/after-exchange.h"
#include "app/network.h"
#include "app/rules.h"
#include "app/station-private.h"
#include "app/verbs.h"

#include <string.h>

#define QUIET_MS 30000           /* a look at the hub even when nothing was heard */
#define FULL_SECONDS (60 * 60)   /* every chain is compared that often */
#define PATIENCE_SECONDS 5       /* after a first failure; doubled with each further one */
#define PATIENCE_SECONDS_MAX 150 /* with what chance adds, five minutes */
#define DOUBLINGS_MAX 10         /* more of them go beyond that anyway */
#define MS_PER_SECOND 1000
#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* --- Connecting ------------------------------------------------------------------------------ */

/* What the invitation told, for a desk that has no records yet; or a letter that is not kept yet, which goes before what records tell. */
static gboolean
read_start (GuituCall *call,
            GuituNetworkLetter *start)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, NULL);
  g_autofree char *note = transaction == NULL ? NULL : guitu_hub_start (transaction);

  return note != NULL && guitu_network_note_read (note, guitu_store_keys (call->store), start);
}

/* The log-ins that this desk may try, its own first. */
static GPtrArray *
list_logins (GuituCall *call,
             GError **error)
{
  const GuituQuery all = { 0 };
  gint64 desk = guitu_store_keys (call->store)->desk.number;
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) logins = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_hub_login, &all, error);
  g_autoptr (GPtrArray) mine = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_auto (GuituNetworkLetter) start = { 0 };

  if (logins == NULL)
    return NULL;
  g_ptr_array_set_free_func (logins, NULL);
  for (guint i = 0; i < logins->len; i++)
    {
      GuituRecord *login = g_ptr_array_index (logins, i);

      if (!guitu_record_is_set (login, GUITU_HUB_LOGIN_DESK))
        g_ptr_array_add (mine, login);
      else if (guitu_record_integer (login, GUITU_HUB_LOGIN_DESK, 0) == desk)
        g_ptr_array_insert (mine, 0, login);
      else
        guitu_record_free (login);
    }
  if (read_start (call, &start) && (mine->len == 0 || start.authority != NULL))
    return g_steal_pointer (&start.logins);
  return g_steal_pointer (&mine);
}

/* The hub let this desk in: the other desks of the station take another log-in. */
static gboolean
keep_login (GuituCall *call,
            GuituRecord *login,
            GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;

  if (guitu_record_is_set (login, GUITU_HUB_LOGIN_DESK) || guitu_record_row (login) == 0)
    return TRUE;
  transaction = guitu_call_write (call, error);
  guitu_record_set_integer (login, GUITU_HUB_LOGIN_DESK, guitu_store_keys (call->store)->desk.number);
  return transaction != NULL && guitu_transaction_put (transaction, login, error) && guitu_transaction_commit (transaction, error);
}

/* NULL without an error: another desk was first with this log-in. */
static GuituHub *
try_login (GuituCall *call,
           const GuituRecord *network,
           GuituRecord *login,
           GError **error)
{
  const GuituHubAccess access = {
    .address = guitu_record_text (network, GUITU_NETWORK_URL),
    .certificate = guitu_record_text (network, GUITU_NETWORK_CERTIFICATE),
    .login = guitu_record_text (login, GUITU_HUB_LOGIN_LOGIN),
    .password = guitu_record_text (login, GUITU_HUB_LOGIN_PASSWORD),
  };
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituHub) hub = guitu_hub_connect (&access, call->directory, call->cancellable, error);

  if (hub == NULL)
    return NULL;
  guitu_hub_set_progress (hub, guitu_call_tell_progress, call);
  if (guitu_hub_introduce (hub, call->store, &failure))
    return keep_login (call, login, error) ? g_steal_pointer (&hub) : NULL;
  if (!g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_REFUSED))
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static GuituHub *
connect (GuituCall *call,
         const GuituRecord *network,
         GError **error)
{
  g_autoptr (GPtrArray) logins = list_logins (call, error);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; logins != NULL && i < logins->len && failure == NULL; i++)
    {
      GuituHub *hub = try_login (call, network, g_ptr_array_index (logins, i), &failure);

      if (hub != NULL)
        return hub;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (logins != NULL)
    guitu_fail (error, GUITU_ERROR_REFUSED, "no-login", NULL, "Every log-in of this station at the hub is in use; ask the network's station for another letter");
  return NULL;
}

static GuituRecord *
need_network (GuituCall *call,
              GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) network = transaction == NULL ? NULL : guitu_network_find (transaction, &failure);
  g_auto (GuituNetworkLetter) start = { 0 };

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (transaction != NULL && read_start (call, &start) && (network == NULL || start.authority != NULL))
    {
      g_clear_pointer (&network, guitu_record_free);
      network = g_steal_pointer (&start.network);
    }
  if (network != NULL && guitu_record_is_set (network, GUITU_NETWORK_URL))
    return g_steal_pointer (&network);
  if (transaction != NULL)
    guitu_fail (error, GUITU_ERROR_REFUSED, "no-hub", NULL, "This station has joined no hub; ask for a letter and use “hub join”");
  return NULL;
}

/* The keys of all epochs, newest first. */
static GArray *
network_keys (GuituCall *call,
              GError **error)
{
  const GuituQuery all = { .is_ordered = TRUE, .order_by = GUITU_NETWORK_EPOCH, .descending = TRUE };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) networks = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_network, &all, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (GuituNetworkKey));
  g_auto (GuituNetworkLetter) start = { 0 };

  if (networks == NULL)
    return NULL;
  if (networks->len == 0 && read_start (call, &start))
    g_ptr_array_add (networks, g_steal_pointer (&start.network));
  for (guint i = 0; i < networks->len; i++)
    {
      const GuituRecord *network = g_ptr_array_index (networks, i);
      GuituNetworkKey key = { .epoch = guitu_record_integer (network, GUITU_NETWORK_EPOCH, 0) };

      if (guitu_record_is_set (network, GUITU_NETWORK_KEY) && guitu_key_from_text (guitu_record_text (network, GUITU_NETWORK_KEY), key.key, sizeof key.key))
        g_array_append_val (keys, key);
    }
  return g_steal_pointer (&keys);
}

/* --- Once ------------------------------------------------------------------------------------ */

/* The letter with which this desk began, once what the station itself knew of its network is here: it may be newer. */
static gboolean
keep_start (GuituCall *call,
            GuituHub *hub,
            GError **error)
{
  g_auto (GuituNetworkLetter) start = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) login = NULL;

  if (!read_start (call, &start) || start.authority == NULL)
    return TRUE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !guitu_network_letter_keep (transaction, &start, error))
    return FALSE;
  login = guitu_record_find_one (transaction, &guitu_kind_hub_login, GUITU_HUB_LOGIN_LOGIN, guitu_hub_login (hub), error);
  if (login == NULL)
    return FALSE;
  guitu_record_set_integer (login, GUITU_HUB_LOGIN_DESK, guitu_store_keys (call->store)->desk.number);
  return guitu_transaction_put (transaction, login, error) && guitu_hub_forget_start (transaction, error) && guitu_transaction_commit (transaction, error);
}

static gboolean
sync_once (GuituCall *call,
           GuituHub *hub,
           GuituHubDepth depth,
           GuituHubReport *report,
           GError **error)
{
  g_autoptr (GArray) keys = network_keys (call, error);

  return keys != NULL && guitu_hub_sync (hub, call->store, keys, depth, report, error) &&
         ((report->pulled == 0 && depth == GUITU_HUB_QUICK) || guitu_after_exchange (call, error)) && keep_start (call, hub, error) && guitu_hub_note (call->store, report, NULL, error);
}

/* What went wrong is kept for who looks at the state later. */
static void
note_failure (GuituCall *call,
              const GError *failure)
{
  g_autoptr (GError) translated = g_error_copy (failure);
  GuituHubFailure note;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  _guitu_error_translate (&translated);
  note = (GuituHubFailure){ guitu_error_code (translated), translated->message };
  guitu_hub_note (call->store, NULL, &note, NULL);
}

static JsonObject *
problem_to_json (const GuituHubProblem *problem)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "problem", problem->code);
  json_object_set_string_member (json, "words", problem->words);
  json_object_set_string_member (json, "scope", problem->scope);
  if (problem->station != NULL)
    {
      json_object_set_string_member (json, "station", problem->station);
      json_object_set_int_member (json, "desk", problem->desk);
    }
  return json;
}

static gboolean
add_state (JsonObject *json,
           GuituCall *call,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) problems = transaction == NULL ? NULL : guitu_hub_problems_list (transaction, error);
  JsonArray *array;

  if (problems == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < problems->len; i++)
    json_array_add_object_element (array, problem_to_json (g_ptr_array_index (problems, i)));
  json_object_set_int_member (json, "waiting", guitu_hub_count_waiting (transaction, NULL));
  json_object_set_int_member (json, "sent", guitu_hub_count_sent (transaction, NULL));
  json_object_set_array_member (json, "problems", array);
  return TRUE;
}

static gboolean
emit_report (GuituCall *call,
             const GuituHubReport *report,
             GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();

  json_object_set_int_member (json, "pulled", report->pulled);
  json_object_set_int_member (json, "pushed", report->pushed);
  json_object_set_int_member (json, "lost", report->lost);
  json_object_set_double_member (json, "clock_ahead_seconds", report->clock_ahead / (double) MS_PER_SECOND);
  if (!add_state (json, call, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- As long as the window is open ----------------------------------------------------------- */

/* FALSE when it was cancelled meanwhile. */
static gboolean
sleep_for (GuituCall *call,
           guint seconds)
{
  GPollFD fd;
  gboolean has_cancellable = call->cancellable != NULL && g_cancellable_make_pollfd (call->cancellable, &fd);

  g_poll (&fd, has_cancellable ? 1 : 0, seconds * MS_PER_SECOND);
  if (has_cancellable)
    g_cancellable_release_fd (call->cancellable);
  return !g_cancellable_is_cancelled (call->cancellable);
}

/* One connection, as long as it lasts. @failures is how many there were in a row. */
static gboolean
follow_connection (GuituCall *call,
                   guint *failures,
                   GError **error)
{
  g_autoptr (GuituRecord) network = need_network (call, error);
  g_autoptr (GuituHub) hub = network == NULL ? NULL : connect (call, network, error);
  gint64 full_at = 0;

  while (hub != NULL)
    {
      gboolean is_full = g_get_monotonic_time () >= full_at;
      GuituHubReport report;

      if (!sync_once (call, hub, is_full ? GUITU_HUB_FULL : GUITU_HUB_QUICK, &report, error))
        return FALSE;
      if (is_full)
        full_at = g_get_monotonic_time () + FULL_SECONDS * G_TIME_SPAN_SECOND;
      *failures = 0;
      if (call->station != NULL)
        _guitu_station_tell_synced (call->station, report.pulled > 0);
      if (!guitu_hub_wait (hub, call->store, report.held, QUIET_MS, error))
        return FALSE;
    }
  return FALSE;
}

/* After a failure it waits, longer each time, and a little by chance: two thousand desks must not all knock at once. */
static gboolean
follow (GuituCall *call,
        GError **error)
{
  guint failures = 0;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      guint patience;

      follow_connection (call, &failures, &failure);
      if (g_cancellable_is_cancelled (call->cancellable))
        return TRUE;
      if (failure->domain == GUITU_ERROR)
        {
          if (strcmp (guitu_error_code (failure), "no-hub") != 0)
            note_failure (call, failure);
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      note_failure (call, failure);
      if (call->station != NULL)
        _guitu_station_tell_synced (call->station, FALSE);
      patience = MIN (PATIENCE_SECONDS << MIN (failures, DOUBLINGS_MAX), PATIENCE_SECONDS_MAX);
      failures++;
      if (!sleep_for (call, patience + g_random_int_range (0, patience)))
        return TRUE;
    }
}

static gboolean
run_sync (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituRecord) network = need_network (call, error);
  g_autoptr (GuituHub) hub = NULL;
  g_autoptr (GError) failure = NULL;
  GuituHubReport report;

  if (network == NULL)
    return FALSE;
  if (guitu_call_flag (call, "follow"))
    return follow (call, error);
  hub = connect (call, network, &failure);
  if (hub != NULL && sync_once (call, hub, guitu_call_flag (call, "again") ? GUITU_HUB_AGAIN : GUITU_HUB_FULL, &report, &failure))
    return emit_report (call, &report, error);
  note_failure (call, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* --- How it stands --------------------------------------------------------------------------- */

static void
set_time (JsonObject *json,
          const char *name,
          gint64 milliseconds)
{
  g_autofree char *text = NULL;

  if (milliseconds == 0)
    return;
  text = guitu_time_from_unix (milliseconds / MS_PER_SECOND);
  json_object_set_string_member (json, name, text);
}

void
guitu_network_put_heard (JsonObject *json,
                         gint64 heard_at)
{
  g_autofree char *today = guitu_today ();
  gint64 limit = guitu_rules_integer ("old_news_days", today) * MS_PER_DAY;

  set_time (json, "heard_at", heard_at);
  if (heard_at != 0)
    json_object_set_boolean_member (json, "is_old", g_get_real_time () / MS_PER_SECOND - heard_at > limit);
}

static gboolean
add_stations (JsonObject *json,
              GuituTransaction *transaction,
              GError **error)
{
  g_autoptr (GPtrArray) news = guitu_hub_news_list (transaction, error);
  JsonArray *array;

  if (news == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < news->len; i++)
    {
      const GuituHubNews *one = g_ptr_array_index (news, i);
      g_autoptr (GuituRecord) station = guitu_known_station (transaction, one->station);
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "station", one->station);
      if (station != NULL)
        json_object_set_string_member (item, "name", guitu_record_text (station, GUITU_STATION_NAME));
      guitu_network_put_heard (item, one->heard_at);
      json_array_add_object_element (array, item);
    }
  json_object_set_array_member (json, "stations", array);
  return TRUE;
}

static void
add_network (JsonObject *json,
             const GuituRecord *network)
{
  json_object_set_string_member (json, "network", guitu_record_text (network, GUITU_NETWORK_NAME));
  json_object_set_string_member (json, "authority", guitu_record_text (network, GUITU_NETWORK_AUTHORITY));
  if (guitu_record_is_set (network, GUITU_NETWORK_URL))
    json_object_set_string_member (json, "hub", guitu_record_text (network, GUITU_NETWORK_URL));
}

static gboolean
run_status (GuituCall *call,
            GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_auto (GuituHubOutcome) outcome = { 0 };
  g_autoptr (GuituRecord) network = NULL;
  g_auto (GuituNetworkLetter) start = { 0 };
  g_autoptr (JsonObject) json = json_object_new ();

  if (transaction == NULL || !guitu_hub_outcome_read (transaction, &outcome, error))
    return FALSE;
  network = guitu_network_find (transaction, NULL);
  if (network == NULL && read_start (call, &start))
    network = g_steal_pointer (&start.network);
  if (network != NULL)
    add_network (json, network);
  set_time (json, "synced_at", outcome.synced_at);
  if (outcome.synced_at != 0)
    json_object_set_double_member (json, "clock_ahead_seconds", outcome.clock_ahead / (double) MS_PER_SECOND);
  if (outcome.failure != NULL)
    json_object_set_string_member (json, "failure", outcome.failure);
  if (outcome.failure_code != NULL)
    json_object_set_string_member (json, "failure_code", outcome.failure_code);
  set_time (json, "failed_at", outcome.failed_at);
  if (outcome.lost > 0)
    json_object_set_int_member (json, "lost", outcome.lost);
  set_time (json, "lost_at", outcome.lost_at);
  if (!add_stations (json, transaction, error) || !add_state (json, call, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption sync_options[] = {
  { "follow", GUITU_OPTION_FLAG, FALSE, "go on until stopped: whenever something is new here or there" },
  { "again", GUITU_OPTION_FLAG, FALSE, "send all entries of this desk once more, where others say that some were altered" },
  { NULL },
};

const GuituVerb guitu_verb_hub_sync = {
  "hub sync", "Send what is new here to the hub and take what is new there", GUITU_VERB_WRITES | GUITU_VERB_NO_LOGIN | GUITU_VERB_NETWORK, sync_options, NULL, run_sync
};
const GuituVerb guitu_verb_hub_status = {
  "hub status", "Tell what waits to be sent, how old the news of other stations are, and what is wrong", GUITU_VERB_NO_LOGIN, NULL, NULL, run_status
};
