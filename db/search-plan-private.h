/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What plans are made of (search-tree.c). */

#include "db/search-private.h"

G_BEGIN_DECLS

typedef enum
{
  GUITU_PLAN_LIST,
  GUITU_PLAN_UNION,
  GUITU_PLAN_COMMON,
} GuituPlanKind;

/** An empty union, or what all parts that are added have in common. Returns: (transfer full). */
GuituPlan *_guitu_plan_of_parts (GuituPlanKind kind);

/** The persons who have a key. Returns: (transfer full). */
GuituPlan *_guitu_plan_of_list (GuituSearchLists *lists, guint kind, const char *first, const char *second);

GuituPlan *_guitu_plan_of_key (GuituSearchLists *lists, guint64 key);

/** Adds the persons who have a key, once. */
void _guitu_plan_add_list (GuituPlan *plan, GuituSearchLists *lists, guint kind, const char *first, const char *second);

/** Takes over @part, which may be %NULL. */
void _guitu_plan_add (GuituPlan *plan, GuituPlan *part);

/** Takes over @plan. Returns: (transfer full) (nullable): without needless levels, %NULL where it is empty. */
GuituPlan *_guitu_plan_simplify (GuituPlan *plan);

/** Takes over @plan, which is of common parts. Returns: (transfer full) (nullable): with those that are worth reading. */
GuituPlan *_guitu_plan_choose (GuituSearchLists *lists, GuituPlan *plan);

G_END_DECLS
