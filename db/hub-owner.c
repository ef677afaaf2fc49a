/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the owner of the database does: tables, roles, and who may log in for which station. */

#include "db/hub-private.h"

#include "db/db-resources.h"

#include <string.h>

static gboolean
exists (GuituHub *hub,
        const char *sql,
        const char *name,
        gboolean *found,
        GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) result = NULL;

  _guitu_hub_add_text (&parameters, name);
  result = _guitu_hub_query (hub, sql, &parameters, error);
  *found = result != NULL && PQntuples (result) > 0;
  return result != NULL;
}

#define ROLE_EXISTS "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = $1"
#define SCHEMA_EXISTS "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = $1"

gboolean
guitu_hub_prepare (GuituHub *hub,
                   GError **error)
{
  g_autoptr (GBytes) tables = NULL;
  g_autofree char *script = NULL;
  gboolean has_role;
  gboolean has_schema;

  if (!exists (hub, ROLE_EXISTS, GUITU_HUB_ROLE, &has_role, error) || !exists (hub, SCHEMA_EXISTS, "guitu", &has_schema, error))
    return FALSE;
  if (has_schema)
    return _guitu_hub_check (hub, error);
  tables = g_resource_lookup_data (guitu_db_get_resource (), "/io/github/guitu/db/hub/hub.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (tables == NULL)
    return FALSE;
  script = g_strconcat (has_role ? "" : "CREATE ROLE " GUITU_HUB_ROLE " NOLOGIN;\n", g_bytes_get_data (tables, NULL), NULL);
  return _guitu_hub_run_script (hub, script, error);
}

/* As PostgreSQL keeps it, so that the password itself is in no statement and no log. */
static char *
hashed_password (GuituHub *hub,
                 const char *login,
                 const char *password,
                 GError **error)
{
  char *hashed = PQencryptPasswordConn (hub->connection, password, login, NULL);
  char *literal = hashed == NULL ? NULL : PQescapeLiteral (hub->connection, hashed, strlen (hashed));
  char *copy = g_strdup (literal);

  PQfreemem (hashed);
  PQfreemem (literal);
  if (copy == NULL)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_HUB_AWAY, "The hub takes no password: %s", PQerrorMessage (hub->connection));
  return copy;
}

static char *
identifier (GuituHub *hub,
            const char *name)
{
  char *escaped = PQescapeIdentifier (hub->connection, name, strlen (name));
  char *copy = g_strdup (escaped);

  PQfreemem (escaped);
  return copy;
}

static gboolean
note_login (GuituHub *hub,
            const char *station,
            const char *login,
            GError **error)
{
  g_auto (GuituHubParameters) parameters = { 0 };

  _guitu_hub_add_text (&parameters, login);
  _guitu_hub_add_text (&parameters, station);
  return _guitu_hub_run (hub, "INSERT INTO guitu.login (login, station) VALUES ($1, $2)", &parameters, error);
}

gboolean
guitu_hub_add_login (GuituHub *hub,
                     const char *station,
                     const char *login,
                     const char *password,
                     GError **error)
{
  g_autofree char *role = identifier (hub, login);
  g_autofree char *hashed = NULL;
  g_autofree char *sql = NULL;

  if (!_guitu_hub_check (hub, error))
    return FALSE;
  hashed = hashed_password (hub, login, password, error);
  if (hashed == NULL)
    return FALSE;
  sql = g_strdup_printf ("CREATE ROLE %s LOGIN PASSWORD %s IN ROLE " GUITU_HUB_ROLE, role, hashed);
  if (_guitu_hub_run (hub, "BEGIN", NULL, error) && _guitu_hub_run (hub, sql, NULL, error) &&
      note_login (hub, station, login, error) && _guitu_hub_run (hub, "COMMIT", NULL, error))
    return TRUE;
  _guitu_hub_run (hub, "ROLLBACK", NULL, NULL);
  return FALSE;
}

/* --- Renewing -------------------------------------------------------------------------------- */

static gboolean
change_login (GuituHub *hub,
              const GuituHubLogin *login,
              GError **error)
{
  g_autofree char *role = identifier (hub, login->login);
  g_autofree char *hashed = login->password == NULL ? NULL : hashed_password (hub, login->login, login->password, error);
  g_autofree char *sql = NULL;

  if (login->password != NULL && hashed == NULL)
    return FALSE;
  sql = hashed == NULL ? g_strdup_printf ("ALTER ROLE %s NOLOGIN PASSWORD NULL", role)
                       : g_strdup_printf ("ALTER ROLE %s PASSWORD %s", role, hashed);
  return _guitu_hub_run (hub, sql, NULL, error);
}

gboolean
guitu_hub_change_logins (GuituHub *hub,
                         const GPtrArray *logins,
                         GError **error)
{
  gboolean good = _guitu_hub_run (hub, "BEGIN", NULL, error);

  for (guint i = 0; good && i < logins->len; i++)
    good = change_login (hub, logins->pdata[i], error);
  if (good && _guitu_hub_run (hub, "COMMIT", NULL, error))
    return TRUE;
  _guitu_hub_run (hub, "ROLLBACK", NULL, NULL);
  return FALSE;
}

/* They would go on with a password that is none any more. */
gboolean
guitu_hub_end_sessions (GuituHub *hub,
                        const GPtrArray *logins,
                        GError **error)
{
  for (guint i = 0; i < logins->len; i++)
    {
      g_auto (GuituHubParameters) parameters = { 0 };

      _guitu_hub_add_text (&parameters, ((const GuituHubLogin *) logins->pdata[i])->login);
      if (!_guitu_hub_run (hub, "SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE usename = $1", &parameters, error))
        return FALSE;
    }
  return TRUE;
}

static void
login_free (gpointer data)
{
  GuituHubLogin *login = data;

  g_free (login->login);
  g_free (login->password);
  g_free (login);
}

GPtrArray *
guitu_hub_list_logins (GuituHub *hub,
                       const char *station,
                       GError **error)
{
  g_autoptr (GPtrArray) logins = g_ptr_array_new_with_free_func (login_free);
  g_auto (GuituHubParameters) parameters = { 0 };
  g_autoptr (GuituHubResult) result = NULL;

  if (!_guitu_hub_check (hub, error))
    return NULL;
  _guitu_hub_add_text (&parameters, station);
  result = _guitu_hub_query (hub,
                             "SELECT l.login, coalesce (d.number, 0) FROM guitu.login l JOIN pg_catalog.pg_roles r ON r.rolname = l.login AND r.rolcanlogin"
                             " LEFT JOIN guitu.desk d ON d.login = l.login WHERE l.station = $1 ORDER BY l.login",
                             &parameters, error);
  for (int row = 0; result != NULL && row < PQntuples (result); row++)
    {
      GuituHubLogin *login = g_new0 (GuituHubLogin, 1);

      login->login = g_strdup (_guitu_hub_text (result, row, 0));
      login->desk = _guitu_hub_integer (result, row, 1);
      g_ptr_array_add (logins, login);
    }
  return result == NULL ? NULL : g_steal_pointer (&logins);
}
