/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/bare.h"

#include "db/connection.h"

#define ROW_BYTES 600

struct _GuituBareTable
{
  GuituConnection *connection;
};

GuituBareTable *
guitu_bare_table_new (const char *path,
                      GError **error)
{
  g_autoptr (GuituConnection) connection = guitu_connection_open (path, TRUE, TRUE, error);
  GuituBareTable *table;

  if (connection == NULL ||
      !guitu_connection_run (connection, "CREATE TABLE bare (row INTEGER PRIMARY KEY, content BLOB)", error))
    return NULL;
  table = g_new0 (GuituBareTable, 1);
  table->connection = g_steal_pointer (&connection);
  return table;
}

gboolean
guitu_bare_table_insert (GuituBareTable *table,
                         GError **error)
{
  static const guint8 content[ROW_BYTES];
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (table->connection, "INSERT INTO bare (content) VALUES (?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_bytes (statement, 1, content, sizeof content);
  return guitu_statement_run (statement, error);
}

void
guitu_bare_table_free (GuituBareTable *table)
{
  guitu_connection_close (table->connection);
  g_free (table);
}
