/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Limits and citations of the law, each with the days from and until which it holds
 * (app/data/rules.csv): rules differ by place and change, so none of them is a constant in code. A
 * rule without a citation is our own choice and says so in its note (本系统设定). What the station set
 * itself (settings.h) holds before what its province or city set, and that before the whole country's. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *value;           /* "": there is none for the whole country, a station sets its own */
  const char *unit;            /* of value: "day", "hour", … */
  const char *effective_from;  /* YYYY-MM-DD, the first day */
  const char *effective_until; /* YYYY-MM-DD, the last day; "" while in force */
  const char *place;           /* region code; "" for the whole country */
  const char *citation;        /* as it is printed on forms; "" when the rule is our own */
  const char *note;
  const char *id; /* of the station's own record; NULL for a rule that comes with the program */
} GuituRule;

/**
 * The rule of that name that holds for this station on a day: its own, else that of the smallest
 * region it lies in, else the country's; among those, the one that began later.
 *
 * @date: YYYY-MM-DD, or a time that begins so
 * Returns: (transfer none) (nullable): the rule, for the life of the process, or %NULL.
 */
const GuituRule *guitu_rules_find (const char *name, const char *date);

/** The same where several values of one name hold at once, such as a ground of refusal: the one with that value. */
const GuituRule *guitu_rules_find_value (const char *name, const char *value, const char *date);

/**
 * What holds on a day under that name: one rule, or one per value where the unit is "ground".
 *
 * Returns: (transfer container): @n rules.
 */
const GuituRule **guitu_rules_in_force (const char *name, const char *date, guint *n);

/** The value of a rule that must exist on that day and be a whole number; aborts when it does not. */
gint64 guitu_rules_integer (const char *name, const char *date);

/** All rules that come with the program, in the order of the table. The station's own: guitu_settings_rules. */
const GuituRule *guitu_rules_list (guint *n);

/** The first rule of that name that comes with the program, or %NULL: there are no others of that name. */
const GuituRule *guitu_rules_builtin (const char *name);

/**
 * The code of the list "rule_group" under which rules of that name stand ("limit", "deadline" …), with
 * what they are called in words; %NULL for no rule.
 */
const char *guitu_rules_group (const char *name, const char **label);

/** Whether a rule like @alike can have that value. Errors: INVALID. */
gboolean guitu_rules_check_value (const GuituRule *alike, const char *value, GError **error);

G_END_DECLS
