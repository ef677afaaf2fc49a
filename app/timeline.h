/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A stay as one story. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/**
 * Adds “timeline” to a stay: everything that happened, oldest first, each {at, kind, label, text, by,
 * by_name, ref, record}. @at is a time, or a date where only the day is known; text, by and by_name
 * are absent where nothing is known; @ref is the id of the record and @record its kind.
 */
gboolean guitu_timeline_add (JsonObject *json, GuituTransaction *transaction, const GuituRecord *stay, GError **error);

G_END_DECLS
