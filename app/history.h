/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/call.h"

G_BEGIN_DECLS

/**
 * One write to a field as {at, act, created, field, value, value_name, user}.
 * @kind: (nullable): of a newer program
 * @reveal: masked values in full; secrets never
 * Returns: (transfer full)
 */
JsonObject *guitu_history_item_to_json (GuituTransaction *transaction, const GuituKind *kind, const GuituHistoryItem *item, gboolean reveal, GError **error);

G_END_DECLS
