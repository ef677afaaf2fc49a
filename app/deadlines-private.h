/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the duties of a stay and those of the station have in common. */

#include "app/deadlines.h"

G_BEGIN_DECLS

/** Adds a duty, unless it has not begun or is done. Takes the texts of @like. */
void _guitu_duty_add (GPtrArray *duties, const GuituDuty *like, GPtrArray *tasks, const char *now);

/** The number that a rule sets. */
gint64 _guitu_rule_limit (const GuituRule *rule);

/** The first moment of the day of @date, which may be a time. Returns: (transfer full). */
char *_guitu_start_of_day (const char *date);

G_END_DECLS
