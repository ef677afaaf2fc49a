/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Times and ages as people at a desk type them, and as records hold them (ISO 8601). */

#include <glib.h>

G_BEGIN_DECLS

/** This minute as "2026-11-22 10:05", local time. Returns: (transfer full) */
char *guitu_moment_now (void);

/** Today's date here. */
GDate guitu_moment_today (void);

/** "2026-11-22 10:05" for a time in a record; "" for %NULL. Returns: (transfer full) */
char *guitu_moment_from_iso (const char *iso);

/**
 * A typed time for a record. Understood: "10:05" (today), "2026-11-22", "2026-11-22 10:05", with / or
 * . or 年月日 for the hyphens, and ISO 8601 itself; full-width characters do not matter.
 *
 * Returns: (transfer full) (nullable): local time with offset, or %NULL when it is no time.
 */
char *guitu_moment_to_iso (const char *typed);

/**
 * A typed day of birth, or an age in full years, as the days between which the person was born.
 * Understood: "1980-05-06" and its other spellings, "19800506", "1980-05", "1980", "45", "约45岁",
 * "40-50" (also with ~ or 至), "1980-05-06 – 1981-05-05".
 *
 * @today: ages are counted back from here
 * @from, @to: (out) (transfer full): first and last possible day, YYYY-MM-DD
 */
gboolean guitu_birth_parse (const char *typed, const GDate *today, char **from, char **to);

/** How a record's days of birth are typed back: one day, a year, or both days. Returns: (transfer full) */
char *guitu_birth_text (const char *from, const char *to);

G_END_DECLS
