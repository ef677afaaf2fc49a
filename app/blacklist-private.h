/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the verbs of the list share. */

#include "app/blacklist.h"

G_BEGIN_DECLS

/** The entry that the option “entry” names, in the @state that the act is for. A @transaction of %NULL gives %NULL, with no error of its own. */
GuituRecord *_guitu_blacklist_load (GuituCall *call, GuituTransaction *transaction, const char *state, GError **error);

/** Gives out the entry, in its state of today. */
gboolean _guitu_blacklist_emit (GuituCall *call, const GuituRecord *entry);

/** The entry of ours that the option “entry” names by its id or by that of its listing, in any state; *@entry is %NULL where it is another station's. */
gboolean _guitu_blacklist_find (GuituCall *call, GuituTransaction *transaction, GuituRecord **entry, GError **error);

/** Makes @entry the renewal of one that is or was in force, and kept. */
gboolean _guitu_blacklist_follow (GuituTransaction *transaction, GuituRecord *entry, const char *renews, GError **error);

/** Whether its facts may be told, and tell something newer than what any entry about that person was made or ended for. */
gboolean _guitu_blacklist_check_news (GuituTransaction *transaction, const GuituRecord *entry, GError **error);

/** Adds what other stations wrote about a listing, as “log”, and their “dissents”. */
gboolean _guitu_blacklist_add_answers (JsonObject *json, GuituTransaction *transaction, const char *listing, GError **error);

/**
 * Adds, where what others see has changed, as “awaited” what they are to confirm (codes list_act), as “unconfirmed” the stations that had the
 * entry and have not, and as “unknown” all others that are known: nobody can tell whether the entry ever came there.
 */
gboolean _guitu_blacklist_add_unconfirmed (JsonObject *json, GuituTransaction *transaction, const GuituRecord *entry, GError **error);

/** Adds to that log who looked at the entry here. */
gboolean _guitu_blacklist_add_looks (JsonObject *json, GuituTransaction *transaction, const GuituRecord *entry, GError **error);

/** What the log of accesses tells of a look at the entry or listing @id. @why: (nullable). Returns: (transfer full) */
char *_guitu_blacklist_look (const char *id, const char *why);

/** The listing that the option “entry” names, ours or another station's. */
GuituRecord *_guitu_blacklist_find_listing (GuituCall *call, GuituTransaction *transaction, GError **error);

G_END_DECLS
