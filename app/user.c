/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/rules.h"
#include "app/station-private.h"
#include "app/verbs.h"

#include <sodium.h>
#include <string.h>

#define LEAST_PASSWORD_LENGTH 6
#define FAILURES_COUNTED 64

/* --- Passwords ------------------------------------------------------------------------------- */

char *
guitu_password_hash (const char *password)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password),
                         crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    g_error ("out of memory while hashing a password");
  return g_strdup (hash);
}

gboolean
guitu_password_matches (const char *hash,
                        const char *password)
{
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}

static gboolean
check_password (const char *password,
                GError **error)
{
  if (password == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "password", "“password” is needed");
  if (g_utf8_strlen (password, -1) < LEAST_PASSWORD_LENGTH)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-short", "password", "A password has at least %d characters", LEAST_PASSWORD_LENGTH);
  return TRUE;
}

GuituRecord *
guitu_user_new (const char *name,
                const char *full_name,
                const char *role,
                const char *password,
                GError **error)
{
  g_autoptr (GuituRecord) user = guitu_record_new (&guitu_kind_user);
  g_autoptr (JsonObject) input = json_object_new ();
  g_autofree char *hash = NULL;

  json_object_set_string_member (input, "name", name);
  json_object_set_string_member (input, "full_name", full_name == NULL ? "" : full_name);
  json_object_set_string_member (input, "role", role);
  if (!guitu_record_take_json (user, input, error) || !guitu_record_check_required (user, error) ||
      !check_password (password, error))
    return NULL;
  hash = guitu_password_hash (password);
  guitu_record_set_text (user, GUITU_USER_PASSWORD, hash);
  guitu_record_set_text (user, GUITU_USER_STATE, "active");
  return g_steal_pointer (&user);
}

/* --- Logging in ------------------------------------------------------------------------------ */

void
_guitu_session_free (GuituSession *session)
{
  g_free (session->id);
  g_free (session->name);
  g_free (session->full_name);
  g_free (session);
}

static gboolean
log_attempt (GuituStore *store,
             const char *user,
             const char *act,
             GError **error)
{
  g_autoptr (GuituRecord) access = guitu_record_new (&guitu_kind_access);
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "log in", error);

  if (transaction == NULL)
    return FALSE;
  guitu_record_set_text (access, GUITU_ACCESS_USER, user);
  guitu_record_set_text (access, GUITU_ACCESS_ACT, act);
  guitu_record_set_text (access, GUITU_ACCESS_AT, now);
  return guitu_transaction_put (transaction, access, error) && guitu_transaction_commit (transaction, error);
}

static GPtrArray *
last_attempts (GuituTransaction *transaction,
               const char *user,
               const char *act,
               guint limit,
               GError **error)
{
  const GuituQuery query = {
    .conditions = { { GUITU_ACCESS_USER, GUITU_EQUAL, user }, { GUITU_ACCESS_ACT, GUITU_EQUAL, act } },
    .descending = TRUE,
    .limit = limit,
  };

  return guitu_records_find (transaction, &guitu_kind_access, &query, error);
}

/* How many attempts failed since the last good one, and when the last of them was. What else the
 * user looked at does not count. */
static gboolean
count_failures (GuituTransaction *transaction,
                const char *user,
                guint *failures,
                gint64 *last,
                GError **error)
{
  g_autoptr (GPtrArray) good = last_attempts (transaction, user, "login", 1, error);
  g_autoptr (GPtrArray) failed = good == NULL ? NULL : last_attempts (transaction, user, "login-failed", FAILURES_COUNTED, error);
  gint64 since = good == NULL || good->len == 0 ? 0 : guitu_record_row (good->pdata[0]);

  *failures = 0;
  *last = 0;
  for (guint i = 0; failed != NULL && i < failed->len; i++)
    *failures += guitu_record_row (failed->pdata[i]) > since;
  if (*failures > 0)
    *last = guitu_time_to_unix (guitu_record_text (failed->pdata[0], GUITU_ACCESS_AT));
  return failed != NULL;
}

/* Each failure after the free ones doubles the wait, up to a limit; the rules say how much. */
static gboolean
check_delay (guint failures,
             gint64 last,
             GError **error)
{
  g_autofree char *today = guitu_today ();
  guint free_failures = guitu_rules_integer ("login_free_failures", today);
  gint64 limit = guitu_rules_integer ("login_delay_limit_seconds", today);
  gint64 delay;
  gint64 wait;

  if (failures < free_failures)
    return TRUE;
  delay = guitu_rules_integer ("login_delay_seconds", today) << MIN (failures - free_failures, 20);
  wait = last + MIN (delay, limit) - g_get_real_time () / G_USEC_PER_SEC;
  if (wait <= 0)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "wait", "password",
                     "Too many wrong passwords; try again in %" G_GINT64_FORMAT " seconds", wait);
}

static gboolean
is_active (const GuituRecord *user)
{
  return g_strcmp0 (guitu_record_text (user, GUITU_USER_STATE), "active") == 0;
}

static gboolean
is_right (const GuituRecord *user,
          const char *password)
{
  return is_active (user) && guitu_record_is_set (user, GUITU_USER_PASSWORD) &&
         guitu_password_matches (guitu_record_text (user, GUITU_USER_PASSWORD), password);
}

static GPtrArray *
users_named (GuituTransaction *transaction,
             const char *name,
             GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_USER_NAME, GUITU_EQUAL, name } } };

  return guitu_records_find (transaction, &guitu_kind_user, &query, error);
}

/* Two desks may have added users of one name before they heard of each other: the password tells. */
static const GuituRecord *
find_right (GPtrArray *users,
            const char *password)
{
  for (guint i = 0; i < users->len; i++)
    if (is_right (g_ptr_array_index (users, i), password))
      return g_ptr_array_index (users, i);
  return NULL;
}

/* A good log-in is only noted after failures: it ends their count. */
static gboolean
note_attempt (GuituStore *store,
              const char *name,
              gboolean is_good,
              guint failures,
              GError **error)
{
  if (is_good && failures == 0)
    return TRUE;
  return log_attempt (store, name, is_good ? "login" : "login-failed", error);
}

GuituSession *
_guitu_session_begin (GuituStore *store,
                      const char *name,
                      const char *password,
                      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GPtrArray) users = transaction == NULL ? NULL : users_named (transaction, name, error);
  const GuituRecord *user;
  GuituSession *session;
  guint failures;
  gint64 last;

  if (users == NULL || !count_failures (transaction, name, &failures, &last, error))
    return NULL;
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (!check_delay (failures, last, error))
    return NULL;
  user = find_right (users, password);
  if (!note_attempt (store, name, user != NULL, failures, error))
    return NULL;
  if (user == NULL)
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "wrong-password", "password", "User name or password is wrong");
      return NULL;
    }
  session = g_new0 (GuituSession, 1);
  session->id = g_strdup (guitu_record_id (user));
  session->name = g_strdup (name);
  session->full_name = g_strdup (guitu_record_text (user, GUITU_USER_FULL_NAME));
  session->role = guitu_role_parse (guitu_record_text (user, GUITU_USER_ROLE));
  return session;
}

gboolean
_guitu_session_renew (GuituStore *store,
                      GuituSession *session,
                      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GuituRecord) user = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_user, session->id, error);

  if (user == NULL)
    return FALSE;
  if (!is_active (user))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "user-disabled", NULL, "%s may not work here any more", session->name);
  session->role = guitu_role_parse (guitu_record_text (user, GUITU_USER_ROLE));
  return TRUE;
}

char *
guitu_user_display_name (GuituTransaction *transaction,
                         const char *id)
{
  g_autoptr (GuituRecord) user = guitu_record_load (transaction, &guitu_kind_user, id, NULL);

  if (user == NULL)
    return NULL;
  return g_strdup (guitu_record_text (user, guitu_record_is_set (user, GUITU_USER_FULL_NAME) ? GUITU_USER_FULL_NAME : GUITU_USER_NAME));
}

gboolean
guitu_call_second (GuituCall *call,
                   const char *right,
                   char **id,
                   GError **error)
{
  const char *name = guitu_call_text (call, "second");
  const char *password = guitu_call_text (call, "second_password");
  g_autoptr (GError) failure = NULL;
  GuituSession *second;
  gboolean is_another, is_allowed;

  *id = NULL;
  if (name == NULL)
    return TRUE;
  second = _guitu_session_begin (call->store, name, password == NULL ? "" : password, &failure);
  if (second == NULL && failure->domain == GUITU_ERROR)
    return guitu_fail (error, failure->code, guitu_error_code (failure), "second_password", "%s", failure->message);
  if (second == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  is_another = strcmp (second->id, call->session->id) != 0;
  is_allowed = guitu_rights_allow (second->role, right);
  if (is_another && is_allowed)
    *id = g_strdup (second->id);
  _guitu_session_free (second);
  if (!is_another)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", "second", "The second person is somebody else than you");
  if (!is_allowed)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "second", "%s may not sign here: “%s” is not among the rights of that role", name, right);
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

/* The user of that id, or the one of that name; of several, the only one who is active. */
static GuituRecord *
find_user (GuituTransaction *transaction,
           const char *who,
           GError **error)
{
  GuituRecord *by_id = guitu_record_load (transaction, &guitu_kind_user, who, NULL);
  g_autoptr (GPtrArray) users = by_id != NULL ? NULL : users_named (transaction, who, error);
  guint n_meant = 0;
  guint meant = 0;

  if (users == NULL)
    return by_id;
  for (guint i = 0; i < users->len; i++)
    if (users->len == 1 || is_active (g_ptr_array_index (users, i)))
      {
        meant = i;
        n_meant++;
      }
  if (n_meant == 1)
    return g_ptr_array_steal_index (users, meant);
  if (users->len == 0)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "name", "There is no user “%s”", who);
  else
    guitu_fail (error, GUITU_ERROR_REFUSED, "ambiguous", "name",
                "There are %u users “%s”, added at different desks; give the id of the one you mean (“user list” tells it)",
                users->len, who);
  return NULL;
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  const char *name = guitu_call_need (call, "name", error);
  const char *role = guitu_call_text (call, "role");
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) existing = NULL;
  g_autoptr (GuituRecord) user = NULL;

  if (name == NULL)
    return FALSE;
  if (role == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "role", "“role” is needed");
  user = guitu_user_new (name, guitu_call_text (call, "full_name"), role, guitu_call_text (call, "password"), error);
  if (user == NULL || !guitu_record_take_json (user, call->input, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL)
    return FALSE;
  existing = guitu_record_find_one (transaction, &guitu_kind_user, GUITU_USER_NAME, name, NULL);
  if (existing != NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "exists", "name", "There is a user “%s” already", name);
  if (!guitu_transaction_put (transaction, user, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (user, FALSE));
  return TRUE;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const GuituQuery all = { 0 };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) users = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_user, &all, error);

  if (users == NULL)
    return FALSE;
  for (guint i = 0; i < users->len; i++)
    guitu_call_emit (call, guitu_record_to_json (g_ptr_array_index (users, i), FALSE));
  return TRUE;
}

static gboolean
is_administrator (const GuituRecord *user)
{
  return is_active (user) && g_strcmp0 (guitu_record_text (user, GUITU_USER_ROLE), "administrator") == 0;
}

/* A station without an administrator could never add one. @before is the user as it stands. */
static gboolean
check_administrator_remains (GuituTransaction *transaction,
                             const GuituRecord *before,
                             const GuituRecord *user,
                             GError **error)
{
  const GuituQuery all = { 0 };
  g_autoptr (GPtrArray) users = NULL;

  if (!is_administrator (before) || is_administrator (user))
    return TRUE;
  users = guitu_records_find (transaction, &guitu_kind_user, &all, error);
  for (guint i = 0; users != NULL && i < users->len; i++)
    if (is_administrator (users->pdata[i]) && strcmp (guitu_record_id (users->pdata[i]), guitu_record_id (user)) != 0)
      return TRUE;
  if (users == NULL)
    return FALSE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "last-administrator", "name", "This is the last active administrator; make somebody else one first");
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  static const int taken[] = { GUITU_USER_FULL_NAME, GUITU_USER_ROLE, GUITU_USER_SEX };
  const char *name = guitu_call_need (call, "name", error);
  g_autoptr (GuituTransaction) transaction = name == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) before = transaction == NULL ? NULL : find_user (transaction, name, error);
  g_autoptr (GuituRecord) user = before == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_user, guitu_record_id (before), error);

  if (user == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      JsonNode *node = json_object_get_member (call->input, guitu_kind_user.fields[taken[i]].name);

      if (node != NULL && !guitu_record_take_member (user, taken[i], node, error))
        return FALSE;
    }
  if (guitu_call_flag (call, "enable"))
    guitu_record_set_text (user, GUITU_USER_STATE, "active");
  if (!guitu_record_check_required (user, error) || !check_administrator_remains (transaction, before, user, error) ||
      !guitu_transaction_put (transaction, user, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (user, FALSE));
  return TRUE;
}

static gboolean
run_disable (GuituCall *call,
             GError **error)
{
  const char *name = guitu_call_need (call, "name", error);
  g_autoptr (GuituTransaction) transaction = name == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) before = transaction == NULL ? NULL : find_user (transaction, name, error);
  g_autoptr (GuituRecord) user = before == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_user, guitu_record_id (before), error);

  if (user == NULL)
    return FALSE;
  if (strcmp (guitu_record_id (user), call->session->id) == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "yourself", "name", "Nobody disables their own account");
  guitu_record_set_text (user, GUITU_USER_STATE, "disabled");
  if (!check_administrator_remains (transaction, before, user, error) ||
      !guitu_transaction_put (transaction, user, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (user, FALSE));
  return TRUE;
}

static gboolean
run_passwd (GuituCall *call,
            GError **error)
{
  const GuituSession *session = call->session;
  const char *name = guitu_call_text (call, "name");
  const char *password = guitu_call_text (call, "password");
  gboolean is_administrator = guitu_call_may (call, "user edit");
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) user = NULL;
  g_autofree char *hash = NULL;

  if (name != NULL && !is_administrator && strcmp (name, session->name) != 0 && strcmp (name, session->id) != 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "name", "Only an administrator sets another user's password");
  if (name == NULL || !is_administrator)
    name = session->id;
  if (!check_password (password, error))
    return FALSE;
  hash = guitu_password_hash (password);
  transaction = guitu_call_write (call, error);
  user = transaction == NULL ? NULL : find_user (transaction, name, error);
  if (user == NULL)
    return FALSE;
  guitu_record_set_text (user, GUITU_USER_PASSWORD, hash);
  if (!guitu_transaction_put (transaction, user, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (user, FALSE));
  return TRUE;
}

static const GuituOption add_options[] = {
  { "password", GUITU_OPTION_TEXT, FALSE, "the new user's password" },
  { NULL },
};

static const GuituOption edit_options[] = {
  { "name", GUITU_OPTION_TEXT, TRUE, "user name, or id" },
  { "full_name", GUITU_OPTION_TEXT, FALSE, "the name that stands on papers" },
  { "role", GUITU_OPTION_TEXT, FALSE, "the role (codes role)" },
  { "sex", GUITU_OPTION_TEXT, FALSE, "the sex (codes sex)" },
  { "enable", GUITU_OPTION_FLAG, FALSE, "give access back that was taken away" },
  { NULL },
};

static const GuituOption name_option[] = {
  { "name", GUITU_OPTION_TEXT, TRUE, "user name, or id" },
  { NULL },
};

static const GuituOption passwd_options[] = {
  { "name", GUITU_OPTION_TEXT, TRUE, "user name, or id (yourself)" },
  { "password", GUITU_OPTION_TEXT, FALSE, "the new password" },
  { NULL },
};

const GuituVerb guitu_verb_user_add = {
  "user add", "Add a user", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, add_options, &guitu_kind_user, run_add
};
const GuituVerb guitu_verb_user_edit = {
  "user edit", "Change a user's name, role or sex; give access back", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, NULL, run_edit
};
const GuituVerb guitu_verb_user_list = {
  "user list", "List the users", GUITU_VERB_PLAIN, NULL, NULL, run_list
};
const GuituVerb guitu_verb_user_disable = {
  "user disable", "Take a user's access away; what they did stays", GUITU_VERB_WRITES, name_option, NULL, run_disable
};
const GuituVerb guitu_verb_user_passwd = {
  "user passwd", "Set a password", GUITU_VERB_WRITES, passwd_options, NULL, run_passwd
};
