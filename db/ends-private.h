/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/store-private.h"

G_BEGIN_DECLS

/* A desk that is stolen or retired ends: its station says, in a desk_end record, up to which entry each of
 * its chains counts. Whoever creates such a record ends the desk for good; what is written into the record
 * afterwards changes nothing. Of two ends the smaller sequence counts, chain by chain; of a chain that an
 * end does not name, nothing. An end counts if its own entry does, by the ends before it (in the order of
 * their versions), so that all who hold the same entries agree, whatever came first. Entries beyond are
 * kept aside (refused_entry) and travel on as evidence; the rows they wrote to are made anew without them. */

/**
 * The last entry of a desk's chain that counts: G_MAXINT64 while nothing ends it. Only an end by the
 * desk's own @station has effect.
 */
gboolean _guitu_chain_limit (GuituConnection *connection, gint64 desk, const char *station, const char *scope, gint64 *limit, GError **error);

/** Keeps an entry that goes beyond its desk's end. */
gboolean _guitu_entry_refuse (GuituConnection *connection, const GuituEntry *entry, GError **error);

/** Whether the entry creates a record that ends a desk. */
gboolean _guitu_entry_ends_desk (const GuituEntry *entry);

/** Works out which ends count, and takes entries out, or back, accordingly. Within the caller's transaction. */
gboolean _guitu_ends_settle (GuituConnection *connection, const char *own_station, GError **error);

/** Notes in the table chain_limit of @to what the ends in the ledger of @from, which may be the same, amount to. */
gboolean _guitu_ends_set_limits (GuituConnection *from, GuituConnection *to, GError **error);

/** Makes a row anew from the entries that are stored of it: its cells, earlier values, conflicts and place in the search. */
gboolean _guitu_row_rebuild (GuituConnection *connection, const GuituKind *kind, const guint8 id[16], GError **error);

/** The same for its cells alone, in the tables of @to, from the entries in @from, which may be the same. */
gboolean _guitu_row_replay (GuituConnection *from, GuituConnection *to, const GuituKind *kind, const guint8 id[16], GError **error);

/** Whether a change has an effect: the id of a row that several stations read names the author and the scope. */
gboolean _guitu_change_counts (const GuituEntry *entry, const GuituChange *change);

/** Applies all changes of an entry. *@partial is set when it has what this program does not know. */
gboolean _guitu_entry_apply (GuituConnection *connection, const GuituEntry *entry, gboolean *partial, GError **error);

/**
 * Applies to the rows that @entry creates what was written to them before it came: in the tables of @to,
 * from the entries in @from, which may be the same. @entry is stored, and noted in entry_row of both.
 */
gboolean _guitu_entry_complete (GuituConnection *from, GuituConnection *to, const GuituEntry *entry, GError **error);

/** From now on the entry counts: applies it, stores it, and completes the rows that it creates. */
gboolean _guitu_entry_count (GuituConnection *connection, const GuituEntry *entry, GError **error);

/** The entry in columns @column (body) and the next (signature). Returns: (transfer full), or %NULL with INVALID set. */
GuituEntry *_guitu_entry_read (GuituStatement *statement, int column, GError **error);

G_END_DECLS
