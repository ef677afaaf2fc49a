/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The least that SQLite can do durably: the baseline that our own writing is measured against. */

#include "db/error.h"

G_BEGIN_DECLS

typedef struct _GuituBareTable GuituBareTable;

/** A database with one table, opened like a store (WAL, synchronous=FULL). Returns: (transfer full). */
GuituBareTable *guitu_bare_table_new (const char *path, GError **error);

/** Commits one row of about the size of a registration. */
gboolean guitu_bare_table_insert (GuituBareTable *table, GError **error);
void guitu_bare_table_free (GuituBareTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituBareTable, guitu_bare_table_free)

G_END_DECLS
