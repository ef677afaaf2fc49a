/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/connection.h"
#include "db/entry.h"
#include "db/store.h"

G_BEGIN_DECLS

/** Changes that will be one entry of one scope. */
typedef struct
{
  char *scope;
  GPtrArray *changes; /* GuituChange */
} GuituScopeChanges;

struct _GuituTransaction
{
  GuituStore *store;
  GuituConnection *connection;
  gboolean writes;
  gboolean is_part; /* of a batch: inside its SQL transaction */
  gboolean failed;  /* rows may lack their entry: can't be committed */
  gboolean done;
  gboolean settles; /* what is put ends the conflicts of its fields */
  char *user;
  char *act;
  gint64 clock;       /* of the entries being built */
  GPtrArray *changes; /* GuituScopeChanges, in the order of their first change */
  GHashTable *kept;   /* what was worked out from this picture; NULL: nothing */
};

/** The record of @kind in that row of its table. Errors: NOT_FOUND. */
GuituRecord *_guitu_record_load_row (GuituTransaction *transaction, const GuituKind *kind, gint64 row, GError **error);

/** Lets follow what the store was told (guitu_store_follow). */
gboolean _guitu_store_let_follow (GuituTransaction *transaction, GError **error);

#define GUITU_SCOPE_NAME_STATION "station"
#define GUITU_SCOPE_NAME_SHARED "shared"
#define GUITU_SCOPE_NAME_TO "to:" /* and the code of the station */

/**
 * How the scope of a row is written in entries: "station", "shared", or "to:" with the code of the
 * station that the row names. Returns: (transfer full), or %NULL with INVALID set.
 */
char *_guitu_row_scope (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], GError **error);

void _guitu_scope_changes_free (GuituScopeChanges *changes);

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

/** Notes that a record was written by which the program itself works (is_setting). */
gboolean _guitu_settings_stamp (GuituConnection *connection, GError **error);

/** The version of a cell as it stands; zero when the row is not there. */
gboolean _guitu_cell_version (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], const char *field, GuituVersion *version, GError **error);

/** Writes that stand beside the present value of a cell: (transfer full) (element-type GuituVersion). */
GArray *_guitu_cell_heads (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], const char *field, GError **error);

#define GUITU_ENTRY_ROWS "INSERT OR IGNORE INTO entry_row (id, entry) VALUES (?, ?)"
#define GUITU_REFUSED_ROWS "INSERT OR IGNORE INTO refused_row (id, entry) VALUES (?, ?)"

/** Notes, by @sql, one of the two above, which rows the entry stored as @number wrote to. */
gboolean _guitu_entry_index_rows (GuituConnection *connection, const char *sql, const GuituEntry *entry, gint64 number, GError **error);

/** Whether such writes hold different values. */
gboolean _guitu_cell_heads_differ (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], const char *field, gboolean *differ, GError **error);

/** Stores an entry with its rows' index; @entry is encoded and signed. */
gboolean _guitu_entry_insert (GuituConnection *connection, const GuituEntry *entry, gboolean partial, GError **error);

/** Notes @entry as the head of its chain, unless a later one is. */
gboolean _guitu_chain_write (GuituConnection *connection, const GuituEntry *entry, GError **error);

/** Makes the folder, if it holds no store, and writes the key file. Returns: (transfer full): @keys as saved. */
GuituKeys *_guitu_store_begin (const char *directory, const GuituKeys *keys, GError **error);

/** Removes the files of a store that could not be made. */
void _guitu_store_undo (const char *directory);

#define GUITU_DATABASE_FILE "guitu.db"

/** The name of a file is durable when its folder is. Not every file system can do that. */
void _guitu_sync_folder_of (const char *path);

/** Keys without records are those of a store that was lost. Errors: DAMAGED. */
gboolean _guitu_store_check_keys (const char *directory, GError **error);

/** Ends guitu_store_settle() where it was broken off after its first step. */
gboolean _guitu_store_finish_settling (const char *directory, GError **error);

/** Notes our desk and the mark of our payload key, unless others are noted: then the key file is another store's. Errors: KEY. */
gboolean _guitu_keys_note (GuituConnection *connection, const GuituKeys *keys, GError **error);

/** Saves @keys to the key file and works with them from now on. Those before stay valid until the store is closed. */
gboolean _guitu_store_adopt (GuituStore *store, const GuituKeys *keys, GError **error);

/** Writes a desk with its certificate, in place of an older one. */
gboolean _guitu_desk_insert (GuituConnection *connection, const GuituDesk *desk, GError **error);

/** Reads the desk with that id: 1 found, 0 not, -1 error. Clear with guitu_desk_clear. */
int _guitu_desk_find (GuituConnection *connection, gint64 id, GuituDesk *desk, GError **error);

/** Applies again the entries that held something unknown, after the program learned new fields. @station: our own. */
gboolean _guitu_ledger_reapply (GuituConnection *connection, const char *station, GError **error);

G_END_DECLS
