/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When a task is due, as one says it. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * "overdue since 2026-11-20, 2 days", "today 14:00", "tomorrow", "in 3 days (2026-11-25)".
 *
 * @due_at: ISO 8601; the last second of a day means the day
 * @now: local time as guitu_moment_now() gives it
 * Returns: (transfer full): "" where nothing is due
 */
char *guitu_due_words (const char *due_at, const char *now);

/** The limit of a task's rule, where it is an amount of time: "10 days". Returns: (transfer full): "" for none. */
char *guitu_limit_words (JsonObject *task);

G_END_DECLS
