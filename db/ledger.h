/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ledger as a whole: checking it, and carrying its entries between desks in files. */

#include "db/store.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 entries;
  guint64 chains;
  guint64 rows;        /* rows compared with a replay */
  GPtrArray *problems; /* sentences; empty when all is well */
  GPtrArray *gaps;     /* entries of other desks that have not arrived: no fault of the ledger */
} GuituLedgerReport;

void guitu_ledger_report_free (GuituLedgerReport *report);

/**
 * Checks every chain: hashes, order, completeness, signatures, certificates; and, unless @quick,
 * replays all entries and compares every record with what the replay gives. An edited, removed,
 * inserted, swapped or cut entry, and a record changed past the ledger, are problems in the report.
 * Returns: (transfer full), or %NULL when the store could not be read.
 */
GuituLedgerReport *guitu_ledger_verify (GuituStore *store, gboolean quick, GError **error);

/** Checks a head noted earlier (guitu_ledger_head) against the ledger: FALSE when that entry is missing or another. */
gboolean guitu_ledger_has_head (GuituTransaction *transaction, const char *head, gboolean *has, GError **error);

/** A station that something is sealed for. */
typedef struct
{
  const char *code;
  guint8 box_key[32];
} GuituPeer;

typedef struct
{
  guint64 added;
  guint64 known;      /* had them already */
  GPtrArray *gaps;    /* sentences: stretches of chains that are missing */
  GPtrArray *refused; /* sentences: entries of desks that had ended, which count nowhere */
} GuituReceipt;

void guitu_receipt_free (GuituReceipt *receipt);

/**
 * Writes entries to a bundle file, encrypted: for this station's other desks when @to is %NULL (every
 * scope), else for that station: the shared scope, and the letters to it.
 */
gboolean guitu_bundle_export (GuituStore *store, const char *path, const GuituPeer *to, guint64 *count, GError **error);

typedef struct
{
  const GuituPeer *to;    /* NULL: this station's other desks */
  gboolean since_last;    /* only what is new since the last bundle made here for that receiver */
  GuituProgress progress; /* or NULL */
  gpointer data;
} GuituExport;

/** The same, as asked for. What is stopped or fails leaves no file, or the older one. Errors: STORAGE. */
gboolean guitu_bundle_export_as (GuituStore *store, const char *path, const GuituExport *how, guint64 *count, GError **error);

/**
 * Reads a bundle and applies the entries it brings. Nothing is written before the whole file was seen to
 * be complete and genuine; then a small one is taken all or none, one of more than 2,000 entries in steps,
 * after which an interrupted import goes on. Repetition is harmless; what is missing in between is named
 * in the receipt. Errors: INVALID (no bundle, cut short, of a newer format), UNTRUSTED (not for us,
 * unknown station, a desk that has ended, bad signature or chain).
 */
GuituReceipt *guitu_bundle_import (GuituStore *store, const char *path, GError **error);
GuituReceipt *guitu_bundle_import_telling (GuituStore *store, const char *path, GuituProgress progress, gpointer data, GError **error);

/** Known desks. Returns: (transfer full) (element-type GuituDesk). */
GPtrArray *guitu_desks_list (GuituTransaction *transaction, GError **error);

/** Where the chains of a desk stand here, as a desk_end record says it: {"scope": sequence, …}. Returns: (transfer full). */
char *guitu_desk_chains (GuituTransaction *transaction, gint64 desk, GError **error);

/** Whether the desk has ended, by its own station's word: *@ended. */
gboolean guitu_desk_is_ended (GuituTransaction *transaction, const GuituDesk *desk, gboolean *ended, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituLedgerReport, guitu_ledger_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituReceipt, guitu_receipt_free)

G_END_DECLS
