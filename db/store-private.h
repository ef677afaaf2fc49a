/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/connection.h"
#include "db/entry.h"
#include "db/store.h"

G_BEGIN_DECLS

struct _GuituTransaction
{
  GuituStore *store;
  GuituConnection *connection;
  gboolean writes;
  gboolean is_part; /* of a batch: inside its SQL transaction */
  gboolean failed;  /* rows may lack their entry: can't be committed */
  gboolean done;
  char *user;
  char *act;
  gint64 clock; /* of the entries being built */
  GPtrArray *changes[GUITU_N_SCOPES];
  GHashTable *kept; /* what was worked out from this picture; NULL: nothing */
};

/** "station" or "shared": how a scope is written in entries. */
const char *_guitu_scope_name (GuituScope scope);

/** Moves the hybrid logical clock past everything seen, and not behind the wall clock. */
gboolean _guitu_clock_advance (GuituConnection *connection, gint64 seen, gint64 *clock, GError **error);

/** Has the numbers of stays and papers read from the records again, where they may have moved on. */
gboolean _guitu_series_forget (GuituConnection *connection, GError **error);

/**
 * Applies one change with the version of its entry: creates the row or writes those cells that are
 * newer than what is there. The result is the same in whatever order changes come.
 * *@partial is set when the change names a kind or field this program does not know.
 */
gboolean _guitu_change_apply (GuituConnection *connection, const GuituChange *change, const GuituVersion *version, gboolean *partial, GError **error);

/** The same without the search index: for comparing records with the ledger. */
gboolean _guitu_change_replay (GuituConnection *connection, const GuituChange *change, const GuituVersion *version, gboolean *partial, GError **error);

/** The version of a cell as it stands; zero when the row is not there. */
gboolean _guitu_cell_version (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], const char *field, GuituVersion *version, GError **error);

/** Writes that stand beside the present value of a cell: (transfer full) (element-type GuituVersion). */
GArray *_guitu_cell_heads (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], const char *field, GError **error);

/** Notes which rows the entry stored as @number wrote to. */
gboolean _guitu_entry_index_rows (GuituConnection *connection, const GuituEntry *entry, gint64 number, GError **error);

/** Whether such writes hold different values. */
gboolean _guitu_cell_heads_differ (GuituConnection *connection, const guint8 id[16], const char *field, gboolean *differ, GError **error);

/** Stores an entry with its rows' index; @entry is encoded and signed. */
gboolean _guitu_entry_insert (GuituConnection *connection, const GuituEntry *entry, gboolean partial, GError **error);

/** Notes @entry as the head of its chain, unless a later one is. */
gboolean _guitu_chain_write (GuituConnection *connection, const GuituEntry *entry, GError **error);

/** Writes the certificate of a desk, unless it is there. */
gboolean _guitu_desk_insert (GuituConnection *connection, const GuituDesk *desk, GError **error);

/** Reads the desk with that id: 1 found, 0 not, -1 error. Clear with guitu_desk_clear. */
int _guitu_desk_find (GuituConnection *connection, gint64 id, GuituDesk *desk, GError **error);

/** Applies again the entries that held something unknown, after the program learned new fields. */
gboolean _guitu_ledger_reapply (GuituConnection *connection, GError **error);

G_END_DECLS
