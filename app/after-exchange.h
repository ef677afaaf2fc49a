/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/call.h"

G_BEGIN_DECLS

/**
 * What this desk does by itself when entries of others have come, by a bundle or the hub: it takes up new
 * keys of its station, answers to transfers, matters of the list, and what fits to whom families search for. Doing it
 * twice does nothing.
 */
gboolean guitu_after_exchange (GuituCall *call, GError **error);

G_END_DECLS
