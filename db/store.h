/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The store of one desk: a folder with the database, the keys and the files.
 *
 * Reading and writing are transactions. A read transaction sees one state of the store; many may
 * run at once, each in its own thread. A write transaction is alone; everything it puts becomes
 * one ledger entry per scope, and is on disk when commit returns. Transactions block: a thread that
 * must not wait (the GTK thread) forbids them to itself, which is asserted. */

#include "db/keys.h"
#include "db/record.h"

G_BEGIN_DECLS

typedef struct _GuituStore GuituStore;
typedef struct _GuituTransaction GuituTransaction;

/** Makes a store in @directory (created if missing) for the desk whose keys are given. */
GuituStore *guitu_store_create (const char *directory, const GuituKeys *keys, GError **error);

/**
 * The same, beginning with what the desk knew that made the snapshot at @path (guitu_snapshot_export); it is
 * checked before it is used. Stopped or failed, it leaves nothing. @progress: (nullable): in bytes.
 * Errors: also NOT_FOUND, INVALID, UNTRUSTED, TOO_NEW.
 */
GuituStore *guitu_store_create_from (const char *directory, const GuituKeys *keys, const char *path, GuituProgress progress, gpointer data, GError **error);

/**
 * Makes the folder where a store for @directory is created and filled, out of the way of who opens one there; what
 * was left by somebody who did not come to the end goes. Errors: EXISTS, STORAGE. Returns: (transfer full): its path.
 */
char *guitu_store_prepare (const char *directory, GError **error);

/** Puts the store that was prepared for @directory there. It must be closed. Errors: STORAGE. */
gboolean guitu_store_settle (const char *directory, GError **error);

/** Takes away what was prepared for @directory. */
void guitu_store_abandon (const char *directory);

/** Writes a consistent copy of the database to a file, encrypted for this station's desks. Errors: STORAGE. */
gboolean guitu_snapshot_export (GuituStore *store, const char *path, GError **error);

/** Opens the store in @directory. Errors: NOT_FOUND, KEY, DAMAGED, TOO_NEW, LOCKED, STORAGE. */
GuituStore *guitu_store_open (const char *directory, GError **error);

/** The same; @progress: (nullable): told, in persons, while the index of the search is built anew after an update. Stopped, it opens nothing. */
GuituStore *guitu_store_open_telling (const char *directory, GuituProgress progress, gpointer data, GError **error);
void guitu_store_close (GuituStore *store);

const char *guitu_store_directory (GuituStore *store);
const GuituKeys *guitu_store_keys (GuituStore *store);

/** SQLite's own check of the database file, then the search index against the persons. Returns: (transfer full): sentences, none when all is well. */
GPtrArray *guitu_store_check (GuituStore *store, GError **error);

/** Builds the search index, and that of the match, anew from the records. @progress: (nullable): in persons; stopped, it leaves all as it was. */
gboolean guitu_store_rebuild_index (GuituStore *store, GuituProgress progress, gpointer data, GError **error);

/**
 * A number that grows whenever a record of a kind by which the program itself works (is_setting) was
 * written, here or by another program; 0 before the first.
 */
gboolean guitu_store_settings_stamp (GuituStore *store, gint64 *stamp, GError **error);

/**
 * What follows from what was written: called at the end of each transaction, before its entries are
 * appended, so that what it puts is part of them. FALSE: the transaction can't be committed.
 */
typedef gboolean (*GuituFollow) (GuituTransaction *transaction, GError **error);
void guitu_store_follow (GuituStore *store, GuituFollow follow);

/** The ids of the records of @kind that the transaction has put so far. Returns: (transfer full) (element-type utf8). */
GPtrArray *guitu_transaction_written (GuituTransaction *transaction, const GuituKind *kind);

/** From now on, a transaction begun by the calling thread is a programming error. */
void guitu_store_forbid_thread (void);

/**
 * Begins a batch: until it ends, the calling thread's transactions are parts of it, which see one
 * another and are durable, and seen by others, only when the whole is kept.
 */
gboolean guitu_store_begin_batch (GuituStore *store, GError **error);

/** Ends the batch; its parts must have ended. @keep: makes all durable, else nothing was written. */
gboolean guitu_store_end_batch (GuituStore *store, gboolean keep, GError **error);

/** The keys of the store a transaction belongs to. */
const GuituKeys *guitu_transaction_keys (GuituTransaction *transaction);

GuituTransaction *guitu_store_read (GuituStore *store, GError **error);

/** @user is the id of who acts (nullable), @act the verb, such as "person add". */
GuituTransaction *guitu_store_write (GuituStore *store, const char *user, const char *act, GError **error);

/**
 * Writes what changed in @record since it was made or loaded; the row shows it at once within this
 * transaction. Nothing changed: does nothing.
 */
gboolean guitu_transaction_put (GuituTransaction *transaction, GuituRecord *record, GError **error);

/** Marks a record as no longer good; it stays. @reason must not be empty. */
gboolean guitu_transaction_void (GuituTransaction *transaction, GuituRecord *record, const char *reason, GError **error);

/**
 * The next number of @series at this desk: 1, 2, 3 … Taken only if the transaction commits. A series
 * "stay-YEAR", "missing-YEAR", "notice-YEAR" or "paper-KIND-YEAR" goes on after the greatest number that the records of this desk hold.
 */
gboolean guitu_transaction_next_number (GuituTransaction *transaction, const char *series, gint64 *number, GError **error);

/** Ends the current entry and begins another in the same transaction: for imports, which commit in batches. */
gboolean guitu_transaction_next_entry (GuituTransaction *transaction, GError **error);

/**
 * From here on, what is put in this transaction settles the conflicts of the fields that it writes: the
 * value that is put stands, and all that was written to them before is answered.
 */
void guitu_transaction_settle_by_putting (GuituTransaction *transaction);

/** Settles a conflict: the cell's present value stands, the others are answered. */
gboolean guitu_transaction_settle (GuituTransaction *transaction, const char *kind, const char *id, const char *field, GError **error);

/** Appends the entries and makes all durable. On failure nothing was written. */
gboolean guitu_transaction_commit (GuituTransaction *transaction, GError **error);

/** Whether it only reads: its picture of the store does not change. */
gboolean guitu_transaction_only_reads (GuituTransaction *transaction);

/**
 * Keeps what was worked out from the picture of a transaction that only reads, until that ends.
 * @name: a static text; @data: (transfer full), for @destroy.
 */
void guitu_transaction_keep (GuituTransaction *transaction, const char *name, gpointer data, GDestroyNotify destroy);

/** What was kept under @name, or %NULL. Returns: (transfer none) */
gpointer guitu_transaction_kept (GuituTransaction *transaction, const char *name);

/** Ends the transaction; what was not committed is undone. */
void guitu_transaction_free (GuituTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituStore, guitu_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituTransaction, guitu_transaction_free)

G_END_DECLS
