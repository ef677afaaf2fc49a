/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/hub.h"

#include "db/hub-private.h"

#include <string.h>

#define NOW "(extract (epoch FROM clock_timestamp ()) * 1000)::bigint"
#define CLOCK_LIMIT_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
/* What is shared wakes every desk of the country: a few news in a row are looked at at once, many together. */
#define CREDIT_MOST 5.0
#define CREDIT_SECONDS 5.0 /* for one more */
#define CHANCE_US (300 * 1000)
#define SLICE_MS 500 /* how often it is looked whether this store has something to send */

/* --- Joining --------------------------------------------------------------------------------- */

static gboolean
add_desk (GuituHub *hub,
          const GuituDesk *desk,
          GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };

  _guitu_hub_add_integer (&parameters, desk->desk);
  _guitu_hub_add_text (&parameters, desk->station);
  _guitu_hub_add_integer (&parameters, desk->number);
  _guitu_hub_add_bytes (&parameters, desk->public_key, sizeof desk->public_key);
  _guitu_hub_add_bytes (&parameters, desk->certificate, sizeof desk->certificate);
  return _guitu_hub_run (hub,
                         "INSERT INTO guitu.desk (login, desk, station, number, public_key, certificate)"
                         " VALUES (session_user, $1::bigint, $2, $3::bigint, $4::bytea, $5::bytea)",
                         &parameters, error);
}

static gboolean
renew_certificate (GuituHub *hub,
                   const GuituDesk *desk,
                   GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };

  _guitu_hub_add_bytes (&parameters, desk->certificate, sizeof desk->certificate);
  return _guitu_hub_run (hub, "UPDATE guitu.desk SET certificate = $1::bytea WHERE login = session_user", &parameters, error);
}

gboolean
guitu_hub_introduce (GuituHub *hub,
                     GuituStore *store,
                     GError **error)
{
  const GuituDesk *desk = &guitu_store_keys (store)->desk;
  g_autoptr (GuituHubResult) result = NULL;
  gsize length;
  const guint8 *certificate;

  if (!_guitu_hub_check (hub, error))
    return FALSE;
  result = _guitu_hub_query (hub, "SELECT desk, certificate FROM guitu.desk WHERE login = session_user", NULL, error);
  if (result == NULL)
    return FALSE;
  if (PQntuples (result) == 0)
    return add_desk (hub, desk, error);
  if (_guitu_hub_integer (result, 0, 0) != desk->desk)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_REFUSED, "This log-in belongs to another desk");
      return FALSE;
    }
  certificate = _guitu_hub_bytes (result, 0, 1, &length);
  return (length == sizeof desk->certificate && memcmp (certificate, desk->certificate, length) == 0) || renew_certificate (hub, desk, error);
}

/* --- Bringing together ----------------------------------------------------------------------- */

/* *@hub_time: the hub's clock, in milliseconds. */
static gboolean
compare_clocks (GuituHubSync *sync,
                gint64 *hub_time,
                GError **error)
{
  gint64 before = g_get_real_time ();
  g_autoptr (GuituHubResult) result = _guitu_hub_query (sync->hub, "SELECT " NOW, NULL, error);

  if (result == NULL)
    return FALSE;
  *hub_time = PQntuples (result) == 1 ? _guitu_hub_integer (result, 0, 0) : 0;
  sync->report->clock_ahead = (before + g_get_real_time ()) / 2000 - *hub_time;
  if (ABS (sync->report->clock_ahead) < CLOCK_LIMIT_MS)
    return TRUE;
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_CLOCK,
               "This computer's clock is %" G_GINT64_FORMAT " days %s of the hub's; set its date first: other stations refuse entries of a wrong date",
               ABS (sync->report->clock_ahead) / CLOCK_LIMIT_MS, sync->report->clock_ahead > 0 ? "ahead" : "behind");
  return FALSE;
}

/* Tells who listens; where the hub has no such thing, they look by themselves. */
static void
notify (GuituHubSync *sync)
{
  for (guint i = 0; i < sync->pushed->len; i++)
    {
      const char *scope = g_ptr_array_index (sync->pushed, i);
      const char *to = g_str_has_prefix (scope, GUITU_SCOPE_NAME_TO)  ? scope + strlen (GUITU_SCOPE_NAME_TO)
                       : strcmp (scope, GUITU_SCOPE_NAME_SHARED) == 0 ? GUITU_SCOPE_NAME_SHARED
                                                                      : sync->keys.own->station;
      g_auto (GuituHubParameters) parameters = { 0 };
      g_autofree char *channel = g_strconcat ("guitu_", to, NULL);

      _guitu_hub_add_text (&parameters, channel);
      _guitu_hub_run (sync->hub, "SELECT pg_notify ($1, '')", &parameters, NULL);
    }
}

gboolean
guitu_hub_sync (GuituHub *hub,
                GuituStore *store,
                GArray *keys,
                GuituHubDepth depth,
                GuituHubReport *report,
                GError **error)
{
  g_autoptr (GPtrArray) pushed = g_ptr_array_new_with_free_func (g_free);
  GuituHubSync sync = { hub, store, { guitu_store_keys (store), keys }, depth, report, pushed };
  gint64 hub_time;

  memset (report, 0, sizeof *report);
  if (!_guitu_hub_check (hub, error) || !compare_clocks (&sync, &hub_time, error) || !_guitu_hub_pull (&sync, hub_time, error) || !_guitu_hub_push (&sync, error))
    return FALSE;
  notify (&sync);
  return TRUE;
}

/* --- Waiting --------------------------------------------------------------------------------- */

/* An engine that has no LISTEN, or a pooler that does not take it, is looked at now and then all the same. */
static gboolean
begin_to_listen (GuituHub *hub,
                 const char *station,
                 GError **error)
{
  g_autofree char *sql = g_strdup_printf ("LISTEN guitu_shared; LISTEN \"guitu_%s\"", station);
  g_autoptr (GError) failure = NULL;

  if (_guitu_hub_run_script (hub, sql, &failure) || PQstatus (hub->connection) == CONNECTION_OK)
    {
      hub->listens = TRUE;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
was_notified (GuituHub *hub,
              gboolean *is_notified,
              GError **error)
{
  PGnotify *notification;

  if (!PQconsumeInput (hub->connection))
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "The connection to the hub broke");
      return FALSE;
    }
  while ((notification = PQnotifies (hub->connection)) != NULL)
    {
      *is_notified |= notification->be_pid != PQbackendPID (hub->connection);
      PQfreemem (notification);
    }
  return TRUE;
}

static gint64
count_waiting (GuituStore *store)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, NULL);

  return transaction == NULL ? 0 : guitu_hub_count_waiting (transaction, NULL);
}

/* When a notification that came now is followed: not by all desks at the same instant. */
static gint64
due_look (GuituHub *hub)
{
  gint64 now = g_get_monotonic_time ();
  gint64 due = now + g_random_int_range (0, CHANCE_US);

  hub->credit = hub->credit_at == 0 ? CREDIT_MOST
                                    : MIN (CREDIT_MOST, hub->credit + (now - hub->credit_at) / (double) G_TIME_SPAN_SECOND / CREDIT_SECONDS);
  hub->credit_at = now;
  if (hub->credit < 1)
    due += (gint64) ((1 - hub->credit) * CREDIT_SECONDS * G_TIME_SPAN_SECOND);
  hub->credit -= 1;
  return due;
}

gboolean
guitu_hub_wait (GuituHub *hub,
                GuituStore *store,
                gint64 held,
                guint timeout,
                GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout * 1000;
  gint64 due = G_MAXINT64;

  if (!hub->listens)
    return begin_to_listen (hub, guitu_store_keys (store)->station, error);
  while (g_get_monotonic_time () < MIN (due, end) && count_waiting (store) <= held)
    {
      gint64 left = (MIN (due, end) - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND + 1;
      gboolean is_notified = FALSE;
      GPollFD fds[2] = { { PQsocket (hub->connection), G_IO_IN, 0 } };
      gboolean has_cancellable = hub->cancellable != NULL && g_cancellable_make_pollfd (hub->cancellable, &fds[1]);

      g_poll (fds, has_cancellable ? 2 : 1, (int) CLAMP (left, 1, SLICE_MS));
      if (has_cancellable)
        g_cancellable_release_fd (hub->cancellable);
      if (g_cancellable_set_error_if_cancelled (hub->cancellable, error) || !was_notified (hub, &is_notified, error))
        return FALSE;
      if (is_notified && due == G_MAXINT64)
        due = due_look (hub);
    }
  return TRUE;
}

/* --- How the last time went ------------------------------------------------------------------ */

static gboolean
write_fact (GuituConnection *connection,
            const char *name,
            gint64 number,
            const char *text,
            GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (connection, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, name);
  if (text == NULL)
    guitu_statement_bind_integer (statement, 2, number);
  else
    guitu_statement_bind_text (statement, 2, text);
  return guitu_statement_run (statement, error);
}

static char *
read_text (GuituTransaction *transaction,
           const char *name,
           GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, "SELECT value FROM meta WHERE name = ?", error);

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_text (statement, 1, name);
  return guitu_statement_step (statement, error) == 1 ? g_strdup (guitu_statement_text (statement, 0)) : NULL;
}

gboolean
guitu_hub_keep_start (GuituStore *store,
                      const char *note,
                      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "init", error);

  return transaction != NULL && write_fact (transaction->connection, "hub-start", 0, note, error) && guitu_transaction_commit (transaction, error);
}

gboolean
guitu_hub_forget_start (GuituTransaction *transaction,
                        GError **error)
{
  return guitu_connection_run (transaction->connection, "DELETE FROM meta WHERE name = 'hub-start'", error);
}

const char *
guitu_hub_login (GuituHub *hub)
{
  return PQuser (hub->connection);
}

char *
guitu_hub_start (GuituTransaction *transaction)
{
  return read_text (transaction, "hub-start", NULL);
}

gboolean
guitu_hub_note (GuituStore *store,
                const GuituHubReport *report,
                const GuituHubFailure *failure,
                GError **error)
{
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "hub sync", error);
  GuituConnection *connection = transaction == NULL ? NULL : transaction->connection;
  gboolean good;

  if (connection == NULL)
    return FALSE;
  if (failure != NULL)
    good = write_fact (connection, "hub-failure", 0, failure->words, error) && write_fact (connection, "hub-failure-code", 0, failure->code, error) &&
           write_fact (connection, "hub-failed-at", now, NULL, error);
  else
    good = guitu_connection_run (connection, "DELETE FROM meta WHERE name IN ('hub-failure', 'hub-failure-code', 'hub-failed-at')", error) &&
           write_fact (connection, "hub-synced-at", now, NULL, error) && write_fact (connection, "hub-clock-ahead", report->clock_ahead, NULL, error) &&
           (report->lost == 0 || (write_fact (connection, "hub-lost", report->lost, NULL, error) && write_fact (connection, "hub-lost-at", now, NULL, error)));
  return good && guitu_transaction_commit (transaction, error);
}

static gint64
read_number (GuituTransaction *transaction,
             const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM meta WHERE name = '%s'", name);

  return guitu_connection_integer (transaction->connection, sql, 0, NULL);
}

gboolean
guitu_hub_outcome_read (GuituTransaction *transaction,
                        GuituHubOutcome *outcome,
                        GError **error)
{
  g_autoptr (GError) failure = NULL;

  memset (outcome, 0, sizeof *outcome);
  outcome->failure = read_text (transaction, "hub-failure", &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  outcome->failure_code = read_text (transaction, "hub-failure-code", NULL);
  outcome->failed_at = read_number (transaction, "hub-failed-at");
  outcome->synced_at = read_number (transaction, "hub-synced-at");
  outcome->clock_ahead = read_number (transaction, "hub-clock-ahead");
  outcome->lost = read_number (transaction, "hub-lost");
  outcome->lost_at = read_number (transaction, "hub-lost-at");
  return TRUE;
}

void
guitu_hub_outcome_clear (GuituHubOutcome *outcome)
{
  g_clear_pointer (&outcome->failure, g_free);
  g_clear_pointer (&outcome->failure_code, g_free);
}

/* --- What is known --------------------------------------------------------------------------- */

gint64
guitu_hub_count_waiting (GuituTransaction *transaction,
                         GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT ifnull (sum (c.sequence - ifnull (s.sequence, 0)), 0) FROM chain c LEFT JOIN hub_sent s ON s.scope = c.scope"
      " WHERE c.desk = ? AND c.sequence > ifnull (s.sequence, 0)",
      error);

  if (statement == NULL)
    return -1;
  guitu_statement_bind_integer (statement, 1, guitu_transaction_keys (transaction)->desk.desk);
  return guitu_statement_step (statement, error) == 1 ? guitu_statement_integer (statement, 0) : -1;
}

gint64
guitu_hub_count_sent (GuituTransaction *transaction,
                      GError **error)
{
  return guitu_connection_integer (transaction->connection, "SELECT ifnull (sum (sequence), 0) FROM hub_sent", 0, error);
}

void
guitu_hub_news_free (GuituHubNews *news)
{
  g_free (news->station);
  g_free (news);
}

GPtrArray *
guitu_hub_news_list (GuituTransaction *transaction,
                     GError **error)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (
      transaction->connection,
      "SELECT d.station, max (h.signed_at) FROM desk d JOIN hub_heard h ON h.desk = d.desk WHERE d.station <> ? GROUP BY d.station ORDER BY d.station", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_hub_news_free);
  int step;

  if (statement == NULL)
    return NULL;
  guitu_statement_bind_text (statement, 1, guitu_transaction_keys (transaction)->station);
  while ((step = guitu_statement_step (statement, error)) == 1)
    {
      GuituHubNews *news = g_new (GuituHubNews, 1);

      news->station = g_strdup (guitu_statement_text (statement, 0));
      news->heard_at = guitu_statement_integer (statement, 1);
      g_ptr_array_add (list, news);
    }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

gint64
guitu_hub_heard_at (GuituTransaction *transaction,
                    gint64 desk)
{
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, "SELECT max (signed_at) FROM hub_heard WHERE desk = ?", NULL);

  if (statement == NULL)
    return 0;
  guitu_statement_bind_integer (statement, 1, desk);
  return guitu_statement_step (statement, NULL) == 1 ? guitu_statement_integer (statement, 0) : 0;
}
