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

/** The listing that the option “entry” names, ours or another station's. */
GuituRecord *_guitu_blacklist_find_listing (GuituCall *call, GuituTransaction *transaction, GError **error);

G_END_DECLS
