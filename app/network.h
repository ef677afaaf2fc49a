/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The network of stations that this one belongs to, and the letter by which a station joins it. */

#include "app/call.h"

G_BEGIN_DECLS

/** The keys of the network, newest epoch; %NULL without an error before this station joined one. Returns: (transfer full) (nullable). */
GuituRecord *guitu_network_find (GuituTransaction *transaction, GError **error);

/** What may be shown of a network. Returns: (transfer full). */
JsonObject *guitu_network_to_json (const GuituRecord *network);

/** The keys of a new network that @station runs. Returns: (transfer full). */
GuituRecord *guitu_network_new (const char *name, const char *station);

/**
 * The letter that lets the station of @card join: keys, the hub and its log-ins, sealed for that
 * station and signed by this one. @logins: (element-type GuituRecord) of the kind hub_login.
 * Returns: (transfer full).
 */
GBytes *guitu_network_letter (GuituTransaction *transaction, const GuituRecord *network, const GuituRecord *card, GPtrArray *logins, GError **error);

/** What a letter held. */
typedef struct
{
  GuituRecord *authority; /* card of the station that wrote it */
  GuituRecord *network;
  GPtrArray *logins; /* GuituRecord */
} GuituNetworkLetter;

/** Opens a letter for this station, which @option of a verb named; whether its author is to be trusted is for the caller to see. Errors: INVALID, UNTRUSTED. */
gboolean guitu_network_letter_open (const GuituKeys *keys, GBytes *content, const char *option, GuituNetworkLetter *letter, GError **error);
void guitu_network_letter_clear (GuituNetworkLetter *letter);

/**
 * Whether the author of a letter is trusted: by its card, where @transaction (nullable) is one of a store that knows
 * it, or by the option “fingerprint” of the call. Errors: REFUSED, UNTRUSTED.
 */
gboolean guitu_network_letter_check (GuituCall *call, GuituTransaction *transaction, const GuituNetworkLetter *letter, GError **error);

/** Writes log-ins at the hub, or their newer passwords. @logins: (element-type GuituRecord) */
gboolean guitu_network_logins_keep (GuituTransaction *transaction, GPtrArray *logins, GError **error);

/** Writes what the letter holds: this station has joined, or knows newer keys and log-ins. Errors: REFUSED when it belongs to another network. */
gboolean guitu_network_letter_keep (GuituTransaction *transaction, GuituNetworkLetter *letter, GError **error);

/**
 * What a new desk of this station needs to find the hub before it has any records, as text: the network's
 * keys, and a log-in that is from now on that of the desk with @number. %NULL without an error where
 * there is no hub or no free log-in. Returns: (transfer full) (nullable).
 */
char *guitu_network_note (GuituTransaction *transaction, gint64 number, GError **error);

/** The same for a desk that begins with the keys on paper, and with a letter written anew. Returns: (transfer full). */
char *guitu_network_note_of_letter (GBytes *letter);

/** Reads such a note; @letter has an authority only where it was a letter. Returns: %FALSE when it is none. */
gboolean guitu_network_note_read (const char *note, const GuituKeys *keys, GuituNetworkLetter *letter);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituNetworkLetter, guitu_network_letter_clear)

/** Says in @json when something was last heard over the hub (milliseconds since 1970; 0: never, which says nothing), and whether that is long ago. */
void guitu_network_put_heard (JsonObject *json, gint64 heard_at);

G_END_DECLS
