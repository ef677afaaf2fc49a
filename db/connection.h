/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One SQLite connection and its statements. Only files in db/ include this header;
 * a connection is used by the thread that borrowed it, which is asserted. */

#include "db/error.h"

G_BEGIN_DECLS

/** Of the database, so much stays in the memory of each connection. */
#define GUITU_PAGE_CACHE_KIB 16384

typedef struct _GuituConnection GuituConnection;
typedef struct _GuituStatement GuituStatement;

/**
 * Opens @path. Writers create the file when @create is set. The connection runs in WAL mode with
 * synchronous=FULL, foreign keys on and untrusted schemas off. Returns: (transfer full) or %NULL.
 */
GuituConnection *guitu_connection_open (const char *path,
                                        gboolean writable,
                                        gboolean create,
                                        GError **error);
void guitu_connection_close (GuituConnection *connection);

/** Gives the connection to the calling thread, until it is disowned. */
void guitu_connection_own (GuituConnection *connection);
void guitu_connection_disown (GuituConnection *connection);

/** Runs one or more statements that return nothing. */
gboolean guitu_connection_run (GuituConnection *connection,
                               const char *sql,
                               GError **error);

/**
 * Prepares @sql, or takes it from the connection's cache. Free with g_autoptr: that resets it and
 * clears its bindings. The same SQL must not be in use twice at once on one connection.
 */
GuituStatement *guitu_connection_prepare (GuituConnection *connection,
                                          const char *sql,
                                          GError **error);

/** Whether there is a table of that name. */
gboolean guitu_connection_has_table (GuituConnection *connection, const char *name);

/** One integer from the first row of a query without parameters; @fallback when there is no row. */
gint64 guitu_connection_integer (GuituConnection *connection,
                                 const char *sql,
                                 gint64 fallback,
                                 GError **error);

gint64 guitu_connection_last_row (GuituConnection *connection);

/* Parameters are numbered from 1. NULL text, bytes or id binds SQL NULL. Text and bytes must stay
 * alive until the statement is reset. */
void guitu_statement_bind_text (GuituStatement *statement, int parameter, const char *text);
void guitu_statement_bind_integer (GuituStatement *statement, int parameter, gint64 value);
void guitu_statement_bind_bytes (GuituStatement *statement, int parameter, gconstpointer data, gsize length);
void guitu_statement_bind_id (GuituStatement *statement, int parameter, const char *id);

/** Moves to the next row. Returns: 1 with a row, 0 at the end, -1 with @error set. */
int guitu_statement_step (GuituStatement *statement, GError **error);

/** Runs to the end, ignoring rows. */
gboolean guitu_statement_run (GuituStatement *statement, GError **error);

/** Makes the statement ready to bind and run again. */
void guitu_statement_reset (GuituStatement *statement);

/* Columns are numbered from 0; text and bytes live until the next step. */
gboolean guitu_statement_is_null (GuituStatement *statement, int column);
int guitu_statement_type (GuituStatement *statement, int column); /* a GuituValueType */
const char *guitu_statement_text (GuituStatement *statement, int column);
gint64 guitu_statement_integer (GuituStatement *statement, int column);
gconstpointer guitu_statement_bytes (GuituStatement *statement, int column, gsize *length);
char *guitu_statement_id (GuituStatement *statement, int column);

void guitu_statement_free (GuituStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituStatement, guitu_statement_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituConnection, guitu_connection_close)

G_END_DECLS
