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
  gint64 run_desk;              /* number of the run's desk */
  gboolean ends_changed;        /* the run declares an end */
  gboolean keys_changed;        /* the run tells of new keys of a station */
  GPtrArray *pending;           /* GuituDesk: not noted, since nothing that they signed came yet */
  gint64 offered;               /* desk that the run itself vouches for, with its station's new key */
  gboolean goes_on;             /* more of the same comes in another transaction: pending desks may stay so */
  gint64 chain_end;             /* greatest sequence that is stored of the run's chain */
  gint64 greatest_clock;
  gboolean has_own; /* entries that this desk wrote and no longer had */
  guint64 added;
  guint64 known;
  GPtrArray *refused; /* sentences: entries that came after their desk's end; they are kept aside */
} GuituReceiver;

void _guitu_receiver_init (GuituReceiver *receiver, GuituConnection *connection, const GuituKeys *keys);
void _guitu_receiver_clear (GuituReceiver *receiver);

/** Takes a desk's certificate; it must be signed by a station that is known. */
gboolean _guitu_receiver_add_desk (GuituReceiver *receiver, const GuituDesk *desk, GError **error);

/** The same for a desk whose station's key may come with the entries that follow: it must be known when the desk's own, or the end, come. */
gboolean _guitu_receiver_expect_desk (GuituReceiver *receiver, const GuituDesk *desk, GError **error);

/** Notes the pending desk with the id @needed, whose signature is checked next; or, with 0, only judges all that are left. Errors: UNTRUSTED. */
gboolean _guitu_receiver_resolve (GuituReceiver *receiver, gint64 needed, GError **error);

/** Checks and applies the entries that wait. */
gboolean _guitu_receiver_end_run (GuituReceiver *receiver, GError **error);

/** Whether the entry writes a record of new keys of a station. */
gboolean _guitu_entry_rotates (const GuituEntry *entry);

/** Notes the certificates by a station's current keys that its rotations hold. */
gboolean _guitu_desks_renew (GuituConnection *connection, const GuituKeys *own, const char *station, GError **error);

/** Whether the desk's certificate is signed by a station that is known. */
gboolean _guitu_receiver_knows_desk (GuituReceiver *receiver, const GuituDesk *desk);

/** Takes an entry; entries of one chain come in order. */
gboolean _guitu_receiver_add_entry (GuituReceiver *receiver, GBytes *body, const guint8 signature[GUITU_SIGNATURE_BYTES], GError **error);

/** Ends the last run and moves the clock. */
gboolean _guitu_receiver_finish (GuituReceiver *receiver, GError **error);

/** Sets UNTRUSTED with that message. Returns: %FALSE. */
G_GNUC_PRINTF (2, 3)
gboolean _guitu_refuse (GError **error, const char *format, ...);

/** Whether the entry may come to @own_station, and may write what it writes where it does. Errors: UNTRUSTED. */
gboolean _guitu_entry_check_author (const GuituEntry *entry, const char *own_station, GError **error);

/** The missing stretches of every chain, in words. */
GPtrArray *_guitu_ledger_gaps (GuituConnection *connection, GError **error);

G_END_DECLS
