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

typedef struct
{
  guint64 added;
  guint64 known; /* had them already */
  GPtrArray *gaps;
} GuituReceipt;

void guitu_receipt_free (GuituReceipt *receipt);

/**
 * Writes entries to a bundle file, encrypted: for this station's other desks when @to_box_key is
 * %NULL (every scope), else the shared scope for the station with that sealing key.
 */
gboolean guitu_bundle_export (GuituStore *store, const char *path, const guint8 *to_box_key, guint64 *count, GError **error);

/**
 * Reads a bundle and applies the entries it brings, all or none. Repetition is harmless; what is
 * missing in between is named in the receipt. Errors: INVALID (no bundle, cut short),
 * UNTRUSTED (not for us, unknown station, bad signature or chain).
 */
GuituReceipt *guitu_bundle_import (GuituStore *store, const char *path, GError **error);

/** Known desks. Returns: (transfer full) (element-type GuituDesk). */
GPtrArray *guitu_desks_list (GuituTransaction *transaction, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituLedgerReport, guitu_ledger_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituReceipt, guitu_receipt_free)

G_END_DECLS
