/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Small tables of comma-separated values (RFC 4180) with a header line: the code lists, the regions
 * and the rules of law that are part of the program. */

#include <glib.h>

G_BEGIN_DECLS

#define GUITU_TABLE_ERROR (guitu_table_error_quark ())
GQuark guitu_table_error_quark (void);

typedef enum
{
  GUITU_TABLE_ERROR_TEXT,    /* not UTF-8, or holds a NUL byte */
  GUITU_TABLE_ERROR_QUOTES,  /* a quotation mark where RFC 4180 allows none, or one never closed */
  GUITU_TABLE_ERROR_COLUMNS, /* a row with more or fewer cells than the header; no or double names */
} GuituTableError;

/** A table in memory. Immutable once parsed, so that any thread may read it. */
typedef struct _GuituTable GuituTable;

/**
 * Parses CSV text of @length bytes (-1: up to the NUL byte). Lines end with LF or CRLF, a byte order
 * mark is skipped, an empty line between rows is an error. Error messages name the line.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with @error of #GUITU_TABLE_ERROR.
 */
GuituTable *guitu_table_parse (const char *text, gssize length, GError **error);

/**
 * A table that is part of the program, by its file name in app/data ("codes.csv"). The names must be
 * those of the header line, in that order; anything else is a fault of the program and aborts.
 *
 * Returns: (transfer full): the table.
 */
GuituTable *guitu_table_load (const char *file, const char *const *names);

void guitu_table_free (GuituTable *table);

/** The number of rows, the header line not counted. */
guint guitu_table_rows (const GuituTable *table);

/** The position of the column of that name, or -1. */
int guitu_table_column (const GuituTable *table, const char *name);

/** A cell's text, owned by the table; "" for an empty cell. */
const char *guitu_table_cell (const GuituTable *table, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituTable, guitu_table_free)

G_END_DECLS
