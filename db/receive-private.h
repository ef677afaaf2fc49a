/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/store-private.h"

G_BEGIN_DECLS

/* Entries that come from another desk, run by run. A run is up to a thousand consecutive entries of
 * one chain: its links are checked by hashing, its last entry by signature. */
typedef struct
{
  GuituConnection *connection;
  const GuituKeys *keys;
  gboolean is_from_own_station; /* desks of stations trusted no longer may come along */
  GPtrArray *run;               /* GuituEntry */
  gint64 chain_end;             /* greatest sequence that is stored of the run's chain */
  gint64 greatest_clock;
  gboolean has_own; /* entries that this desk wrote and no longer had */
  guint64 added;
  guint64 known;
} GuituReceiver;

void _guitu_receiver_init (GuituReceiver *receiver, GuituConnection *connection, const GuituKeys *keys);
void _guitu_receiver_clear (GuituReceiver *receiver);

/** Takes a desk's certificate; it must be signed by a station that is known. */
gboolean _guitu_receiver_add_desk (GuituReceiver *receiver, const GuituDesk *desk, GError **error);

/** Whether the desk's certificate is signed by a station that is known. */
gboolean _guitu_receiver_knows_desk (GuituReceiver *receiver, const GuituDesk *desk);

/** Takes an entry; entries of one chain come in order. */
gboolean _guitu_receiver_add_entry (GuituReceiver *receiver, GBytes *body, const guint8 signature[GUITU_SIGNATURE_BYTES], GError **error);

/** Ends the last run and moves the clock. */
gboolean _guitu_receiver_finish (GuituReceiver *receiver, GError **error);

/** The missing stretches of every chain, in words. */
GPtrArray *_guitu_ledger_gaps (GuituConnection *connection, GError **error);

G_END_DECLS
