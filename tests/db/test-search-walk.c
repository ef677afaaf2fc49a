/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of persons, close together and far apart, in several segments: walked in leaps and in windows,
 * alone, united and cut with one another, beside a plain array of who is in which. */

#include "db/search-plan-private.h"

#define N_ROWS 400000
#define N_LISTS 6

static const guint segments[] = { 200000, 331072, 399000, N_ROWS }; /* their last rows */

typedef struct
{
  GuituConnection *connection;
  GuituSearchLists lists;
  gboolean has[N_LISTS][N_ROWS + 1];
} Walk;

static void
write_segment (Walk *walk,
               guint first,
               guint last)
{
  g_auto (GuituListWriter) writer = { 0 };
  g_autoptr (GError) error = NULL;

  _guitu_list_writer_init (&writer, &walk->lists, first, last, &error);
  g_assert_no_error (error);
  for (guint key = 0; key < N_LISTS; key++)
    for (guint row = last; row >= first; row--)
      if (walk->has[key][row])
        {
          _guitu_list_writer_add (&writer, 1000 + key, last - row, &error);
          g_assert_no_error (error);
        }
  _guitu_list_writer_finish (&writer, &error);
  g_assert_no_error (error);
  g_array_prepend_val (walk->lists.segments, writer.segment);
  walk->lists.last_row = last;
}

static void
set_up_walk (Walk *walk,
             gconstpointer data)
{
  static const guint rarities[N_LISTS] = { 2, 25, 130, 3000, 20000, 60 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;

  walk->connection = guitu_connection_open (":memory:", TRUE, TRUE, &error);
  g_assert_no_error (error);
  guitu_search_prepare (walk->connection, NULL, NULL, &error);
  g_assert_no_error (error);
  _guitu_search_lists_open (&walk->lists, walk->connection, &error);
  g_assert_no_error (error);
  for (guint key = 0; key < N_LISTS; key++)
    for (guint row = 1; row <= N_ROWS; row++)
      walk->has[key][row] = g_rand_int_range (random, 0, rarities[key]) == 0 &&
                            (key != 5 || row / 20000 % 2 == 0); /* the last one has gaps */
  for (guint i = 0; i < G_N_ELEMENTS (segments); i++)
    write_segment (walk, i == 0 ? 1 : segments[i - 1] + 1, segments[i]);
}

static void
tear_down_walk (Walk *walk,
                gconstpointer data)
{
  _guitu_search_lists_clear (&walk->lists);
  guitu_connection_close (walk->connection);
}

/** Whether somebody is in the lists of @keys, a bit for each: in all of them, or in one. */
static gboolean
belongs (const Walk *walk,
         guint keys,
         gboolean to_all,
         guint row)
{
  for (guint key = 0; key < N_LISTS; key++)
    if (keys >> key & 1 && walk->has[key][row] != to_all)
      return !to_all;
  return to_all;
}

static GuituPlan *
plan_of_keys (Walk *walk,
              guint keys,
              GuituPlanKind kind)
{
  GuituPlan *plan = _guitu_plan_of_parts (kind);

  for (guint key = 0; key < N_LISTS; key++)
    if (keys >> key & 1)
      _guitu_plan_add (plan, _guitu_plan_of_key (&walk->lists, 1000 + key));
  return kind == GUITU_PLAN_COMMON ? _guitu_plan_choose (&walk->lists, plan) : _guitu_plan_simplify (plan);
}

/** Walks @plan to its end, from the newest on, with leaps of up to @leap rows. */
static void
assert_walks (Walk *walk,
              GuituPlan *plan,
              guint keys,
              gboolean to_all,
              guint leap)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (keys);
  gint64 row = N_ROWS + 10;

  while (row > 0)
    {
      gint64 expected = MIN (row, N_ROWS);

      while (expected > 0 && !belongs (walk, keys, to_all, (guint) expected))
        expected--;
      g_assert_cmpint (_guitu_plan_seek (plan, row), ==, expected);
      row = MIN (row, expected) - 1 - (leap == 0 ? 0 : g_rand_int_range (random, 0, (gint32) leap));
    }
}

static void
test_lists (Walk *walk,
            gconstpointer data)
{
  for (guint key = 0; key < N_LISTS; key++)
    for (guint leap = 0; leap < 100000; leap = leap * 40 + 7)
      {
        g_autoptr (GuituPlan) plan = _guitu_plan_of_key (&walk->lists, 1000 + key);

        assert_walks (walk, plan, 1u << key, TRUE, leap);
      }
}

static void
test_unions (Walk *walk,
             gconstpointer data)
{
  for (guint keys = 1; keys < 1u << N_LISTS; keys++)
    {
      g_autoptr (GuituPlan) plan = plan_of_keys (walk, keys, GUITU_PLAN_UNION);

      assert_walks (walk, plan, keys, FALSE, 300);
    }
}

/** Long lists may be left out where a short one says nearly all: the plan then names others, too. Nobody is ever missing. */
static void
test_common (Walk *walk,
             gconstpointer data)
{
  guint n_exact = 0;

  for (guint keys = 1; keys < 1u << N_LISTS; keys++)
    {
      g_autoptr (GuituPlan) plan = plan_of_keys (walk, keys, GUITU_PLAN_COMMON);
      guint n_others = 0;

      for (guint i = N_ROWS; i > 0; i--)
        {
          gint64 found = _guitu_plan_seek (plan, i);

          g_assert_cmpint (found, <=, i);
          if (belongs (walk, keys, TRUE, i))
            g_assert_cmpint (found, ==, i);
          else if (found == i)
            n_others++;
        }
      g_assert_cmpint (n_others, <=, N_ROWS / 1000);
      n_exact += n_others == 0;
    }
  g_assert_cmpint (n_exact, >, 30);
}

/** What two unions have in common, and that united with what two others have: as names that are cut in several ways. */
static void
test_nested (Walk *walk,
             gconstpointer data)
{
  GuituPlan *common = _guitu_plan_of_parts (GUITU_PLAN_COMMON);
  GuituPlan *united = _guitu_plan_of_parts (GUITU_PLAN_UNION);
  g_autoptr (GuituPlan) plan = NULL;
  gint64 row = N_ROWS + 1;

  _guitu_plan_add (united, plan_of_keys (walk, 0x03, GUITU_PLAN_COMMON));
  _guitu_plan_add (united, plan_of_keys (walk, 0x24, GUITU_PLAN_UNION));
  _guitu_plan_add (common, united);
  _guitu_plan_add (common, plan_of_keys (walk, 0x0a, GUITU_PLAN_UNION));
  plan = _guitu_plan_choose (&walk->lists, common);
  for (guint expected = N_ROWS; expected > 0; expected--)
    if ((belongs (walk, 0x03, TRUE, expected) || belongs (walk, 0x24, FALSE, expected)) && belongs (walk, 0x0a, FALSE, expected))
      {
        row = _guitu_plan_seek (plan, row - 1);
        g_assert_cmpint (row, ==, expected);
      }
  g_assert_cmpint (_guitu_plan_seek (plan, row - 1), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/search/walk/lists", Walk, NULL, set_up_walk, test_lists, tear_down_walk);
  g_test_add ("/search/walk/unions", Walk, NULL, set_up_walk, test_unions, tear_down_walk);
  g_test_add ("/search/walk/common", Walk, NULL, set_up_walk, test_common, tear_down_walk);
  g_test_add ("/search/walk/nested", Walk, NULL, set_up_walk, test_nested, tear_down_walk);
  return g_test_run ();
}
