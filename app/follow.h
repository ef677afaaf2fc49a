/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What follows from a write by itself, whichever verb wrote: visit marks, the case of somebody who is not
 * identified, entries of the list about somebody who must not be on it, and notices that must not be out any
 * more. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** For guitu_store_follow: writes what follows from what the transaction has written, into the same transaction. */
gboolean guitu_follow (GuituTransaction *transaction, GError **error);

G_END_DECLS
