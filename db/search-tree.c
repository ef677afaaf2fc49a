/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan is a tree of lists, of unions, and of what several plans have in common. It is walked from
 * the newest person to the oldest; each part goes on only as far as the others need it to. */

#include "db/search-plan-private.h"

#define COMPARING 2000 /* steps in a list take as long as comparing a person */
#define SHARED 0.3     /* of the persons that are left, a further list is taken to have this many at least: names hang together */

struct _GuituPlan
{
  GuituPlanKind kind;
  GuituCursor cursor;
  GPtrArray *parts; /* GuituPlan */
  double estimate;
  gint64 row;
};

void
_guitu_plan_free (GuituPlan *plan)
{
  _guitu_cursor_clear (&plan->cursor);
  g_clear_pointer (&plan->parts, g_ptr_array_unref);
  g_free (plan);
}

GuituPlan *
_guitu_plan_of_parts (GuituPlanKind kind)
{
  GuituPlan *plan = g_new0 (GuituPlan, 1);

  plan->kind = kind;
  plan->row = G_MAXINT64;
  plan->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) _guitu_plan_free);
  return plan;
}

GuituPlan *
_guitu_plan_of_key (GuituSearchLists *lists,
                    guint64 key)
{
  GuituPlan *plan = g_new0 (GuituPlan, 1);

  plan->kind = GUITU_PLAN_LIST;
  plan->row = G_MAXINT64;
  plan->estimate = -1;
  _guitu_cursor_init (&plan->cursor, lists, key);
  return plan;
}

GuituPlan *
_guitu_plan_of_list (GuituSearchLists *lists,
                     guint kind,
                     const char *first,
                     const char *second)
{
  return _guitu_plan_of_key (lists, _guitu_search_key (kind, first, second));
}

void
_guitu_plan_add_list (GuituPlan *plan,
                      GuituSearchLists *lists,
                      guint kind,
                      const char *first,
                      const char *second)
{
  guint64 key = _guitu_search_key (kind, first, second);

  for (guint i = 0; i < plan->parts->len; i++)
    {
      const GuituPlan *part = plan->parts->pdata[i];

      if (part->kind == GUITU_PLAN_LIST && part->cursor.key == key)
        return;
    }
  g_ptr_array_add (plan->parts, _guitu_plan_of_key (lists, key));
}

void
_guitu_plan_add (GuituPlan *plan,
                 GuituPlan *part)
{
  if (part != NULL)
    g_ptr_array_add (plan->parts, part);
}

GuituPlan *
_guitu_plan_simplify (GuituPlan *plan)
{
  GuituPlan *only;

  if (plan->parts->len > 1)
    return plan;
  only = plan->parts->len == 0 ? NULL : g_ptr_array_steal_index (plan->parts, 0);
  _guitu_plan_free (plan);
  return only;
}

/* --- Walking ------------------------------------------------------------------------------------- */

static gint64
seek_common (GuituPlan *plan,
             gint64 row)
{
  guint agreed = 0;

  for (guint i = 0; agreed < plan->parts->len; i = (i + 1) % plan->parts->len)
    {
      gint64 found = _guitu_plan_seek (plan->parts->pdata[i], row);

      if (found == 0)
        return 0;
      agreed = found == row ? agreed + 1 : 1;
      row = found;
    }
  return row;
}

gint64
_guitu_plan_seek (GuituPlan *plan,
                  gint64 row)
{
  gint64 best = 0;

  if (plan->row <= row)
    return plan->row;
  if (plan->kind == GUITU_PLAN_LIST)
    return plan->row = _guitu_cursor_seek (&plan->cursor, row);
  if (plan->kind == GUITU_PLAN_COMMON)
    return plan->row = seek_common (plan, row);
  for (guint i = 0; i < plan->parts->len; i++)
    best = MAX (best, _guitu_plan_seek (plan->parts->pdata[i], row));
  return plan->row = best;
}

static double
estimate (GuituPlan *plan)
{
  if (plan->kind == GUITU_PLAN_LIST && plan->estimate < 0)
    plan->estimate = _guitu_cursor_estimate (&plan->cursor);
  if (plan->kind == GUITU_PLAN_UNION)
    {
      plan->estimate = 0;
      for (guint i = 0; i < plan->parts->len; i++)
        plan->estimate += estimate (plan->parts->pdata[i]);
    }
  return plan->estimate;
}

static int
compare_estimates (gconstpointer a,
                   gconstpointer b)
{
  double difference = estimate (*(GuituPlan *const *) a) - estimate (*(GuituPlan *const *) b);

  return (difference > 0) - (difference < 0);
}

/* A further list costs as many steps as it has persons, a person who is compared in vain costs COMPARING. */
GuituPlan *
_guitu_plan_choose (GuituSearchLists *lists,
                    GuituPlan *plan)
{
  double left;
  guint read = 1;

  if (plan->parts->len < 2)
    return _guitu_plan_simplify (plan);
  g_ptr_array_sort (plan->parts, compare_estimates);
  left = estimate (plan->parts->pdata[0]);
  for (; read < plan->parts->len; read++)
    {
      double further = estimate (plan->parts->pdata[read]);

      if (left * COMPARING < further)
        break;
      left *= MAX (SHARED, further / MAX (1, lists->last_row));
    }
  plan->estimate = left;
  g_ptr_array_set_size (plan->parts, read);
  return _guitu_plan_simplify (plan);
}
