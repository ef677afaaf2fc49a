/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the duties of a stay, of a case and of the station have in common. */

#include "app/deadlines.h"

G_BEGIN_DECLS

/** Adds a duty, unless it has not begun or is done. Takes the texts of @like. */
void _guitu_duty_add (GPtrArray *duties, const GuituDuty *like, GPtrArray *tasks, const char *now);

/** The number that a rule sets. */
gint64 _guitu_rule_limit (const GuituRule *rule);

/** The first moment of the day of @date, which may be a time. Returns: (transfer full). */
char *_guitu_start_of_day (const char *date);

/** When that stay began: admitted, or else arrived. */
const char *_guitu_stay_entered_at (const GuituRecord *stay);

/** The rule that was in force at *@from; or else one that came into force since, from whose first day on it holds for those who are here already. */
const GuituRule *_guitu_rule_since (const char *name, const char *now, char **from);

/** The first day on which the limit of @rule is over; a holiday does not make it longer. Returns: (transfer full). */
char *_guitu_day_after (const GuituRule *rule, const char *starts_at);

typedef enum
{
  GUITU_WITHIN = 0,
  GUITU_AFTER = 1 << 0,  /* the duty begins when the limit is over */
  GUITU_BY_DAY = 1 << 1, /* what falls due at night is due in the morning */
} GuituReckoning;

/** Adds the duty of that kind which begins at @begun, by a rule of that name, if there is one then. */
void _guitu_duty_add_by_rule (GPtrArray *duties, const char *kind, const char *begun, const char *rule_name, GuituReckoning reckoning, GPtrArray *tasks, const char *now);

/** When the duty of that kind was ticked off; %NULL also for one that was found not to be needed. Returns: (transfer none) (nullable). */
const char *_guitu_duty_done_at (GPtrArray *tasks, const char *kind);

/** Whether the record tells of domestic violence. */
gboolean _guitu_is_of_violence (const GuituRecord *person, const GuituRecord *stay);

/** What ends duties of that kind of a case; FALSE: there are none of that kind. @ended_by, @may_be_waived: (out) */
gboolean _guitu_case_deadline_find (const char *kind, const char **ended_by, gboolean *may_be_waived);

G_END_DECLS
