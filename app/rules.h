/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Limits and citations of the law, each with the days from and until which it holds
 * (app/data/rules.csv): rules differ by place and change, so none of them is a constant in code. A
 * rule without a citation is our own choice and says so in its note (本系统设定). */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *value;
  const char *unit;            /* of value: "day", "hour", … */
  const char *effective_from;  /* YYYY-MM-DD, the first day */
  const char *effective_until; /* YYYY-MM-DD, the last day; "" while in force */
  const char *place;           /* region code; "" for the whole country */
  const char *citation;        /* as it is printed on forms; "" when the rule is our own */
  const char *note;
} GuituRule;

/**
 * The rule of that name for the whole country on a day. Where two hold, the one that began later.
 *
 * @date: YYYY-MM-DD, or a time that begins so
 * Returns: (transfer none) (nullable): the rule, for the life of the process, or %NULL.
 */
const GuituRule *guitu_rules_find (const char *name, const char *date);

/** Of rules that hold side by side (refusal_ground), the one with that value on a day, or %NULL. */
const GuituRule *guitu_rules_find_value (const char *name, const char *value, const char *date);

/** The value of a rule that must exist on that day and be a whole number; aborts when it does not. */
gint64 guitu_rules_integer (const char *name, const char *date);

/** All rules in the order of the table, for the life of the process. */
const GuituRule *guitu_rules_list (guint *n);

G_END_DECLS
