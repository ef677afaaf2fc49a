/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libpq, without waiting for ever: every statement ends when it is cancelled, or when nothing was heard
 * of the hub for a minute. Statements have no name and nothing is left set in a session, so that a
 * pooler such as pgbouncer may hand each transaction to another session. */

#include "db/hub-private.h"

#include <string.h>

#define CONNECT_MS 10000
#define SILENCE_MS 60000
#define CERTIFICATE_FILE "hub.pem"

void
_guitu_result_free (PGresult *result)
{
  PQclear (result);
}

/* --- Errors ---------------------------------------------------------------------------------- */

static const struct
{
  const char *state; /* SQLSTATE, or how it begins */
  GuituDbError code;
  const char *message;
} states[] = {
  { "25006", GUITU_DB_ERROR_HUB_READ_ONLY, "The hub takes nothing at present: its database is read-only" },
  { "28", GUITU_DB_ERROR_HUB_LOGIN, "The hub refuses this desk's log-in" },
  { "3D000", GUITU_DB_ERROR_HUB_VERSION, "There is no such database" },
  { "3F000", GUITU_DB_ERROR_HUB_VERSION, "This database is no hub of Guitu; its owner makes it one with “hub init”" },
  { "42P01", GUITU_DB_ERROR_HUB_VERSION, "This database is no hub of Guitu; its owner makes it one with “hub init”" },
  { "42703", GUITU_DB_ERROR_HUB_VERSION, "The hub's tables are of another version; update the program" },
  { "42501", GUITU_DB_ERROR_HUB_REFUSED, "The hub does not let this log-in do that" },
  { "53100", GUITU_DB_ERROR_HUB_FULL, "The hub's disk is full; nothing more is sent until its owner makes room" },
  { "53", GUITU_DB_ERROR_HUB_AWAY, "The hub is too busy at present" },
};

static void
set_state_error (const char *state,
                 const char *message,
                 GError **error)
{
  g_autofree char *first_line = g_strndup (message, strcspn (message, "\n"));

  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_has_prefix (state, states[i].state))
      {
        g_set_error (error, GUITU_DB_ERROR, states[i].code, "%s (%s)", states[i].message, first_line);
        return;
      }
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "The hub failed (%s)", first_line);
}

static void
set_away (GuituHub *hub,
          GError **error)
{
  const char *message = PQerrorMessage (hub->connection);
  g_autofree char *first_line = g_strndup (message, strcspn (message, "\n"));

  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "The connection to the hub broke (%s)", first_line);
}

/* A connection that failed has no SQLSTATE; the words come in the language of the computer. */
static void
set_connect_error (PGconn *connection,
                   GError **error)
{
  const char *message = PQerrorMessage (connection);
  g_autofree char *first_line = g_strndup (message, strcspn (message, "\n"));
  GuituDbError code = GUITU_DB_ERROR_HUB_AWAY;
  const char *says = "The hub can't be reached";

  if (strstr (message, "certificate") != NULL || strstr (message, "证书") != NULL || strstr (message, "SSL") != NULL)
    {
      code = GUITU_DB_ERROR_HUB_CERTIFICATE;
      says = "What answers at the hub's address can't prove to be the hub, or does not encrypt; nothing was sent";
    }
  else if (PQconnectionUsedPassword (connection) || PQconnectionNeedsPassword (connection) || strstr (message, "role \"") != NULL)
    {
      code = GUITU_DB_ERROR_HUB_LOGIN;
      says = "The hub refuses the log-in or its password";
    }
  else if (strstr (message, "database \"") != NULL)
    {
      code = GUITU_DB_ERROR_HUB_VERSION;
      says = "There is no such database";
    }
  g_set_error (error, GUITU_DB_ERROR, code, "%s (%s)", says, first_line);
}

/* --- Connecting ------------------------------------------------------------------------------ */

typedef PQconninfoOption ConninfoOptions;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConninfoOptions, PQconninfoFree)

static const char *const address_keywords[] = { "host", "hostaddr", "port", "dbname" };

/* A keyword's value as libpq reads it back. */
static void
append_keyword (GString *address,
                const char *keyword,
                const char *value)
{
  g_string_append_printf (address, "%s%s='", address->len > 0 ? " " : "", keyword);
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '\\' || *at == '\'')
        g_string_append_c (address, '\\');
      g_string_append_c (address, *at);
    }
  g_string_append_c (address, '\'');
}

static gboolean
says_where (const char *keyword)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_keywords); i++)
    if (strcmp (keyword, address_keywords[i]) == 0)
      return TRUE;
  return FALSE;
}

char *
guitu_hub_address_parse (const char *url,
                         char **login,
                         char **password,
                         GError **error)
{
  char *failure = NULL;
  g_autoptr (ConninfoOptions) options = PQconninfoParse (url, &failure);
  g_autoptr (GString) address = g_string_new (NULL);

  *login = NULL;
  *password = NULL;
  if (options == NULL)
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "This is no address of a PostgreSQL database: %s",
                   failure == NULL ? "" : g_strchomp (failure));
      PQfreemem (failure);
      return NULL;
    }
  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    {
      if (option->val == NULL)
        continue;
      if (strcmp (option->keyword, "user") == 0)
        *login = g_strdup (option->val);
      else if (strcmp (option->keyword, "password") == 0)
        *password = g_strdup (option->val);
      else if (says_where (option->keyword))
        append_keyword (address, option->keyword, option->val);
    }
  return g_string_free (g_steal_pointer (&address), FALSE);
}

/* Keywords and values for PQconnectdbParams. */
typedef struct
{
  char *keywords[20];
  char *values[20];
  int count;
} Words;

static void
add_word (Words *words,
          const char *keyword,
          const char *value)
{
  words->keywords[words->count] = g_strdup (keyword);
  words->values[words->count++] = g_strdup (value);
}

static void
clear_words (Words *words)
{
  for (int i = 0; i < words->count; i++)
    {
      g_free (words->keywords[i]);
      g_free (words->values[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, clear_words)

/* Only what says where it is; *@is_local when nothing leaves this computer. */
static gboolean
add_address (Words *words,
             const char *address,
             gboolean *is_local)
{
  g_autoptr (ConninfoOptions) options = PQconninfoParse (address, NULL);

  *is_local = TRUE;
  for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
    {
      if (option->val == NULL || !says_where (option->keyword))
        continue;
      add_word (words, option->keyword, option->val);
      if (g_str_has_prefix (option->keyword, "host") && option->val[0] != '/' && option->val[0] != '@')
        *is_local = FALSE;
    }
  return options != NULL;
}

static gboolean
add_security (Words *words,
              const GuituHubAccess *access,
              gboolean is_local,
              const char *folder,
              GError **error)
{
  g_autofree char *path = g_build_filename (folder, CERTIFICATE_FILE, NULL);

  if (is_local)
    {
      add_word (words, "sslmode", "disable");
      return TRUE;
    }
  if (access->certificate == NULL)
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_CERTIFICATE,
                           "A hub on another computer needs its certificate; nothing is sent without encryption");
      return FALSE;
    }
  if (!g_file_set_contents_full (path, access->certificate, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    {
      g_prefix_error (error, "The hub's certificate can't be kept: ");
      return FALSE;
    }
  add_word (words, "sslmode", "verify-full");
  add_word (words, "sslrootcert", path);
  return TRUE;
}

/* Waits for the socket: above 0 when it is ready, 0 when nothing came in time; also when it was cancelled. */
static int
poll_hub (GuituHub *hub,
          gushort events,
          int milliseconds)
{
  GPollFD fds[2] = { { PQsocket (hub->connection), events, 0 } };
  guint n_fds = 1;
  int ready;

  if (hub->cancellable != NULL && g_cancellable_make_pollfd (hub->cancellable, &fds[1]))
    n_fds = 2;
  do
    ready = g_poll (fds, n_fds, milliseconds);
  while (ready < 0 && errno == EINTR);
  if (n_fds == 2)
    g_cancellable_release_fd (hub->cancellable);
  return ready;
}

static gboolean
has_no_answer (GError **error)
{
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "The hub does not answer");
  return FALSE;
}

/* libpq's own way to connect can't be cancelled: whoever closes the window would wait for it. */
static gboolean
finish_connecting (GuituHub *hub,
                   GError **error)
{
  gint64 end = g_get_monotonic_time () / 1000 + CONNECT_MS;
  PostgresPollingStatusType state = PQstatus (hub->connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;

  while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING)
    {
      gint64 left = end - g_get_monotonic_time () / 1000;
      int ready = poll_hub (hub, state == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT, MAX (left, 0));

      if (g_cancellable_set_error_if_cancelled (hub->cancellable, error))
        return FALSE;
      if (ready <= 0)
        return has_no_answer (error);
      state = PQconnectPoll (hub->connection);
    }
  if (state == PGRES_POLLING_OK)
    return TRUE;
  set_connect_error (hub->connection, error);
  return FALSE;
}

static void
ignore_notice (void *data,
               const char *message)
{
}

GuituHub *
guitu_hub_connect (const GuituHubAccess *access,
                   const char *folder,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Words) words = { 0 };
  g_autoptr (GuituHub) hub = NULL;
  gboolean is_local;

  if (!add_address (&words, access->address, &is_local))
    {
      g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "The hub's address is malformed");
      return NULL;
    }
  if (!add_security (&words, access, is_local, folder, error))
    return NULL;
  if (access->login != NULL)
    add_word (&words, "user", access->login);
  if (access->password != NULL)
    add_word (&words, "password", access->password);
  add_word (&words, "application_name", "guitu");
  add_word (&words, "client_encoding", "UTF8");
  add_word (&words, "gssencmode", "disable");
  add_word (&words, "keepalives_idle", "30");
  hub = g_new0 (GuituHub, 1);
  hub->cancellable = cancellable == NULL ? NULL : g_object_ref (cancellable);
  hub->connection = PQconnectStartParams ((const char *const *) words.keywords, (const char *const *) words.values, 0);
  if (!finish_connecting (hub, error))
    return NULL;
  PQsetNoticeProcessor (hub->connection, ignore_notice, NULL);
  return g_steal_pointer (&hub);
}

void
guitu_hub_set_progress (GuituHub *hub,
                        GuituProgress progress,
                        gpointer data)
{
  hub->progress = progress;
  hub->progress_data = data;
}

void
guitu_hub_free (GuituHub *hub)
{
  PQfinish (hub->connection);
  g_clear_object (&hub->cancellable);
  g_free (hub);
}

/* --- Statements ------------------------------------------------------------------------------ */

static void
add_value (GuituHubParameters *parameters,
           const char *value,
           int length,
           int format)
{
  g_assert (parameters->count < (int) G_N_ELEMENTS (parameters->values));
  parameters->values[parameters->count] = value;
  parameters->lengths[parameters->count] = length;
  parameters->formats[parameters->count++] = format;
}

void
_guitu_hub_add_text (GuituHubParameters *parameters,
                     const char *text)
{
  char *copy = g_strdup (text);

  if (parameters->owned == NULL)
    parameters->owned = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (parameters->owned, copy);
  add_value (parameters, copy, 0, 0);
}

void
_guitu_hub_add_integer (GuituHubParameters *parameters,
                        gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  _guitu_hub_add_text (parameters, text);
}

void
_guitu_hub_add_bytes (GuituHubParameters *parameters,
                      gconstpointer bytes,
                      gsize length)
{
  /* No bytes at all would be NULL. */
  add_value (parameters, bytes == NULL ? "" : bytes, length, 1);
}

void
_guitu_hub_parameters_clear (GuituHubParameters *parameters)
{
  g_clear_pointer (&parameters->owned, g_ptr_array_unref);
  parameters->count = 0;
}

static void
cancel_statement (GuituHub *hub)
{
  char message[256];
  PGcancel *cancel = PQgetCancel (hub->connection);

  if (cancel != NULL)
    PQcancel (cancel, message, sizeof message);
  PQfreeCancel (cancel);
}

/* Waits for the socket. FALSE when nobody wants the answer any more or none comes. */
static gboolean
wait_for_hub (GuituHub *hub,
              gushort events,
              GError **error)
{
  int ready = poll_hub (hub, events, SILENCE_MS);

  if (g_cancellable_set_error_if_cancelled (hub->cancellable, error))
    {
      cancel_statement (hub);
      return FALSE;
    }
  return ready > 0 || has_no_answer (error);
}

/* What was sent is on its way, and an answer is there. */
static gboolean
wait_for_answer (GuituHub *hub,
                 GError **error)
{
  int unsent;

  while ((unsent = PQflush (hub->connection)) > 0)
    if (!wait_for_hub (hub, G_IO_IN | G_IO_OUT, error))
      return FALSE;
    else if (!PQconsumeInput (hub->connection))
      break;
  while (unsent == 0 && PQisBusy (hub->connection))
    {
      if (!wait_for_hub (hub, G_IO_IN, error))
        return FALSE;
      if (!PQconsumeInput (hub->connection))
        unsent = -1;
    }
  if (unsent == 0)
    return TRUE;
  set_away (hub, error);
  return FALSE;
}

static gboolean
is_good (const PGresult *result)
{
  return PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK;
}

/* The last result that is good, or the first that is not. */
static PGresult *
take_results (GuituHub *hub,
              GError **error)
{
  g_autoptr (GuituHubResult) last = NULL;

  for (;;)
    {
      PGresult *result;

      if (!wait_for_answer (hub, error))
        return NULL;
      result = PQgetResult (hub->connection);
      if (result == NULL)
        break;
      if (last == NULL || is_good (last))
        {
          g_clear_pointer (&last, _guitu_result_free);
          last = result;
        }
      else
        PQclear (result);
    }
  if (last == NULL)
    set_away (hub, error);
  else if (PQstatus (hub->connection) != CONNECTION_OK)
    set_away (hub, error);
  else if (!is_good (last))
    set_state_error (PQresultErrorField (last, PG_DIAG_SQLSTATE), PQresultErrorMessage (last), error);
  else
    return g_steal_pointer (&last);
  return NULL;
}

PGresult *
_guitu_hub_query (GuituHub *hub,
                  const char *sql,
                  const GuituHubParameters *parameters,
                  GError **error)
{
  const GuituHubParameters none = { 0 };
  const GuituHubParameters *given = parameters == NULL ? &none : parameters;

  if (g_cancellable_set_error_if_cancelled (hub->cancellable, error))
    return NULL;
  if (!PQsendQueryParams (hub->connection, sql, given->count, NULL, given->values, given->lengths, given->formats, 1))
    {
      set_away (hub, error);
      return NULL;
    }
  return take_results (hub, error);
}

gboolean
_guitu_hub_run (GuituHub *hub,
                const char *sql,
                const GuituHubParameters *parameters,
                GError **error)
{
  g_autoptr (GuituHubResult) result = _guitu_hub_query (hub, sql, parameters, error);

  return result != NULL;
}

gboolean
_guitu_hub_run_script (GuituHub *hub,
                       const char *sql,
                       GError **error)
{
  g_autoptr (GuituHubResult) result = NULL;

  if (!PQsendQuery (hub->connection, sql))
    {
      set_away (hub, error);
      return FALSE;
    }
  result = take_results (hub, error);
  return result != NULL;
}

gint64
_guitu_hub_integer (const PGresult *result,
                    int row,
                    int column)
{
  gint64 value = 0;

  /* The hub's owner may have put something else in its place. */
  if (PQgetlength (result, row, column) != sizeof value)
    return 0;
  memcpy (&value, PQgetvalue (result, row, column), sizeof value);
  return GINT64_FROM_BE (value);
}

const char *
_guitu_hub_text (const PGresult *result,
                 int row,
                 int column)
{
  return PQgetvalue (result, row, column);
}

const guint8 *
_guitu_hub_bytes (const PGresult *result,
                  int row,
                  int column,
                  gsize *length)
{
  *length = PQgetlength (result, row, column);
  return (const guint8 *) PQgetvalue (result, row, column);
}

gboolean
_guitu_hub_check (GuituHub *hub,
                  GError **error)
{
  g_autoptr (GuituHubResult) result = NULL;

  if (hub->is_checked)
    return TRUE;
  result = _guitu_hub_query (hub, "SELECT value FROM guitu.meta WHERE name = 'version'", NULL, error);
  if (result == NULL)
    return FALSE;
  hub->is_checked = PQntuples (result) == 1 && strcmp (_guitu_hub_text (result, 0, 0), GUITU_HUB_VERSION) == 0;
  if (!hub->is_checked)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_VERSION,
                 "The hub's tables are of version %s, this program knows %s; update the older of the two",
                 PQntuples (result) == 1 ? _guitu_hub_text (result, 0, 0) : "none", GUITU_HUB_VERSION);
  return hub->is_checked;
}
