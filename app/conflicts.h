/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between telling conflicts and settling them. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** Why only the value that stands can be confirmed, as the code of the error; %NULL: any can be taken. Static. */
const char *guitu_conflict_why_fixed (const GuituKind *kind, int field);

/** A write by its entry: what is chosen stays the same while others arrive. Returns: (transfer full) */
char *guitu_conflict_version (const GuituHistoryItem *item);

G_END_DECLS
