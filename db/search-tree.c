/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan is a tree of lists, of unions, and of what several plans have in common. It is walked from
 * the newest person to the oldest. What plans have in common is found in windows of rows, a bit for
 * each: the shortest part is read into a window, then the others take out of it whom they lack. A
 * window that is empty, or of whom few are left, is not read from the longer parts. */

#include "db/search-plan-private.h"

#define COMPARING 2000  /* steps in a list take as long as comparing a person */
#define WINDOW_MIN 4096 /* rows of the first window */
#define LOOKING_UP 32   /* steps in a list take as long as looking for one person in it */
#define SHARED 0.3      /* of the persons that are left, a further list is taken to have this many at least: names hang together */

struct _GuituPlan
{
  GuituPlanKind kind;
  GuituCursor cursor;
  GPtrArray *parts; /* GuituPlan */
  double estimate;
  gint64 row;
  double n_rows;        /* that there are */
  GuituWindow *windows; /* of those who are in all parts, and of a part that they are compared with; %NULL before the first */
};

void
_guitu_plan_free (GuituPlan *plan)
{
  _guitu_cursor_clear (&plan->cursor);
  g_clear_pointer (&plan->parts, g_ptr_array_unref);
  g_free (plan->windows);
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

/** Puts those of @plan into @window who belong there. */
static void
fill (GuituPlan *plan,
      GuituWindow *window)
{
  gint64 row = window->high;

  if (plan->kind == GUITU_PLAN_LIST)
    _guitu_cursor_fill (&plan->cursor, window);
  for (guint i = 0; plan->kind == GUITU_PLAN_UNION && i < plan->parts->len; i++)
    fill (plan->parts->pdata[i], window);
  for (; plan->kind == GUITU_PLAN_COMMON && (row = _guitu_plan_seek (plan, row)) > MAX (0, window->high - (gint64) window->size); row--)
    _guitu_window_add (window, (guint) (window->high - row));
}

/** Takes those out of the first window whom @part does not have. Returns: how many are left. */
static guint
take_out (GuituPlan *plan,
          GuituPlan *part,
          guint count)
{
  GuituWindow *window = &plan->windows[0];

  _guitu_window_move (&plan->windows[1], window->high, window->size);
  if (count * LOOKING_UP >= estimate (part) * window->size / plan->n_rows)
    fill (part, &plan->windows[1]);
  else
    for (gint64 row = _guitu_window_next (window, window->high); row > 0; row = _guitu_window_next (window, row - 1))
      if (_guitu_plan_seek (part, row) == row)
        _guitu_window_add (&plan->windows[1], (guint) (window->high - row));
  return _guitu_window_keep (window, &plan->windows[1]);
}

/** Finds those of the next window, which begins where all parts can have somebody. Returns: %FALSE where there is none. */
static gboolean
read_window (GuituPlan *plan,
             gint64 row)
{
  guint size = WINDOW_MIN;
  guint count;

  for (guint i = 0; i < plan->parts->len && row > 0; i++)
    row = _guitu_plan_seek (plan->parts->pdata[i], row);
  if (row <= 0)
    return FALSE;
  if (plan->windows == NULL)
    plan->windows = g_new0 (GuituWindow, 2);
  else
    size = MIN (GUITU_WINDOW_ROWS, 2 * plan->windows[0].size);
  _guitu_window_move (&plan->windows[0], row, size);
  fill (plan->parts->pdata[0], &plan->windows[0]);
  count = _guitu_window_keep (&plan->windows[0], &plan->windows[0]);
  for (guint i = 1; i < plan->parts->len && count > 0; i++)
    count = take_out (plan, plan->parts->pdata[i], count);
  return TRUE;
}

static gint64
seek_common (GuituPlan *plan,
             gint64 row)
{
  do
    {
      const GuituWindow *window = plan->windows;
      gint64 found;

      if (window == NULL || row <= window->high - window->size)
        continue;
      found = _guitu_window_next (window, row);
      if (found > 0)
        return found;
      row = window->high - window->size;
    }
  while (row > 0 && read_window (plan, row));
  return 0;
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
  plan->n_rows = MAX (1, lists->last_row);
  g_ptr_array_sort (plan->parts, compare_estimates);
  left = estimate (plan->parts->pdata[0]);
  for (; read < plan->parts->len; read++)
    {
      double further = estimate (plan->parts->pdata[read]);

      if (left * COMPARING < further)
        break;
      left *= MAX (SHARED, further / plan->n_rows);
    }
  plan->estimate = left;
  g_ptr_array_set_size (plan->parts, read);
  return _guitu_plan_simplify (plan);
}
