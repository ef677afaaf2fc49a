/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found besides what fits exactly, what is told of it, and the index through many changes. */

#include "search-fixture.h"

#include <sqlite3.h>

/** Pinyin with a mistake, characters that are wrong or swapped, and what is told of it. */
static void
test_mistakes (Fixture *fixture,
               gconstpointer data)
{
  static const Case cases[] = {
    { "wangxiuyng", 1 },
    { "wangxiuyying", 1 },
    { "wangxiuyimg", 1 },
    { "wagnxiuying", 1 },
    { "wang xiuyign", 1 },
    { "ouyagnxiu", 9 },
    { "xiognxin", 4 },
    { "王英秀", 1 },
    { "王秀芳", 1 },
    { "赵秀英", 1 },
    { "王俊英", 1 },
    { "王秀英英", 1 },
    { "欧羊秀", 9 },
    { "wanxiuyin", 1 },
    { "wagxiuying", 1 },
    { "xiuyiing", 1 },
    { "wangxuiying", 1 },
    { "wanxgiuying", 1 },
    { NULL },
  };

  for (const Case *c = cases; c->typed != NULL; c++)
    assert_finds (fixture, c);
  g_assert_false (finds (fixture, "zhaoxiuynig", 1));
  g_assert_false (finds (fixture, "赵俊英", 1));
}

static void
assert_reason (Fixture *fixture,
               const char *typed,
               gint64 row,
               GuituSearchLevel level,
               const char *field,
               const char *way)
{
  g_autoptr (GArray) hits = find (fixture, typed, 50);

  for (guint i = 0; i < hits->len; i++)
    {
      const GuituSearchHit *hit = &g_array_index (hits, GuituSearchHit, i);

      if (hit->row != row)
        continue;
      g_assert_cmpint (hit->level, ==, level);
      g_assert_cmpstr (hit->reasons[0].field, ==, field);
      g_assert_cmpstr (hit->reasons[0].way, ==, way);
      return;
    }
  g_test_message ("%s does not find %" G_GINT64_FORMAT, typed, row);
  g_test_fail ();
}

static void
test_reasons (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GArray) hits = NULL;

  assert_reason (fixture, "王秀英", 1, GUITU_SEARCH_EXACT, "name", "exact");
  assert_reason (fixture, "wang2xiu4ying1", 1, GUITU_SEARCH_EXACT, "name", "exact");
  assert_reason (fixture, "wxy", 1, GUITU_SEARCH_EXACT, "name", "exact");
  assert_reason (fixture, "王x英", 1, GUITU_SEARCH_EXACT, "name", "exact");
  assert_reason (fixture, "王秀", 1, GUITU_SEARCH_START, "name", "start");
  assert_reason (fixture, "wangxiuyi", 1, GUITU_SEARCH_START, "name", "start");
  assert_reason (fixture, "秀英", 1, GUITU_SEARCH_PART, "name", "part");
  assert_reason (fixture, "二哥", 4, GUITU_SEARCH_EXACT, "alias", "exact");
  assert_reason (fixture, "302x", 1, GUITU_SEARCH_EXACT, "id_number", "tail");
  assert_reason (fixture, "4401141963", 1, GUITU_SEARCH_START, "id_number", "start");
  assert_reason (fixture, "44011419630512302X", 1, GUITU_SEARCH_EXACT, "id_number", "exact");
  assert_reason (fixture, "jz20240", 1, GUITU_SEARCH_START, "national_number", "start");
  assert_reason (fixture, "345678", 1, GUITU_SEARCH_EXACT, "phone", "tail");
  assert_reason (fixture, "19630512", 1, GUITU_SEARCH_EXACT, "birth_from", "exact");
  assert_reason (fixture, "王绣英", 1, GUITU_SEARCH_SOUND, "name", "sound");
  assert_reason (fixture, "wangxiuyign", 1, GUITU_SEARCH_MISTAKE, "name", "mistake");
  assert_reason (fixture, "王 5678", 1, GUITU_SEARCH_WORDS, "name", "start");
  hits = find (fixture, "王 5678", 50);
  g_assert_cmpuint (g_array_index (hits, GuituSearchHit, 0).n_reasons, ==, 2);
  g_assert_cmpstr (g_array_index (hits, GuituSearchHit, 0).reasons[1].typed, ==, "5678");
  g_assert_cmpstr (g_array_index (hits, GuituSearchHit, 0).reasons[1].field, ==, "phone");
}

/** `lan fang` is 兰芳 as well as 南方. */
static void
test_dialect (Fixture *fixture,
              gconstpointer data)
{
  add (fixture->connection, &(GuituSearchEntry){ .row = 30, .name = "南方" });
  add (fixture->connection, &(GuituSearchEntry){ .row = 31, .name = "陈兰芳" });
  add (fixture->connection, &(GuituSearchEntry){ .row = 32, .name = "胡志荣" });
  for (guint listed = 0; listed < 2; listed++)
    {
      g_assert_true (finds (fixture, "lan fang", 30));
      g_assert_true (finds (fixture, "lan fang", 31));
      g_assert_true (finds (fixture, "lanhuang", 31));
      g_assert_true (finds (fixture, "fu zi long", 32));
      g_assert_true (guitu_search_rebuild (fixture->connection, NULL, NULL, NULL));
    }
}

static char *
first_found (Fixture *fixture,
             guint limit)
{
  static const char *const typed[] = { "王", "w", "wxy", "xiu", "王x", "4401", "5678", "zhangwei", "李 x", "guoqiang", "王秀龘", "zahngwei" };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GArray) hits = find (fixture, typed[i], limit);

      for (guint k = 0; k < hits->len; k++)
        g_string_append_printf (all, "%s %" G_GINT64_FORMAT " %u\n", typed[i], g_array_index (hits, GuituSearchHit, k).row,
                                g_array_index (hits, GuituSearchHit, k).level);
    }
  return g_string_free (all, FALSE);
}

static void
assert_good (Fixture *fixture)
{
  g_autofree char *problem = NULL;

  g_assert_true (guitu_search_check (fixture->connection, &problem, NULL));
  g_assert_cmpstr (problem, ==, NULL);
}

/** However persons came and changed, the index is what it would be if it were built anew. */
static void
test_changes (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 1, 3000, 2);
  g_assert_true (guitu_connection_run (fixture->connection, "BEGIN", NULL));
  for (guint i = 0; i < 400; i++)
    {
      gint64 row = g_rand_int_range (random, 1, 3000);
      g_autoptr (GuituStatement) statement =
          guitu_connection_prepare (fixture->connection, "SELECT name, alias, id_number, national_number, phone, birth_from, birth_to FROM person WHERE row = ?1", NULL);
      g_autofree char *given = invented_given_name (random, TRUE);
      g_autofree char *name = g_strconcat (i % 3 == 0 ? "单" : "王", given, NULL);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      GuituSearchEntry old, now;

      guitu_statement_bind_integer (statement, 1, row);
      g_assert_cmpint (guitu_statement_step (statement, NULL), ==, 1);
      for (guint k = 0; k < 7; k++)
        g_ptr_array_add (texts, g_strdup (guitu_statement_text (statement, k)));
      guitu_statement_reset (statement);
      old = (GuituSearchEntry){ row, texts->pdata[0], texts->pdata[1], texts->pdata[2], texts->pdata[3], texts->pdata[4], texts->pdata[5], texts->pdata[6], FALSE };
      now = old;
      now.name = name;
      now.phone = i % 2 == 0 ? "13912345678" : old.phone;
      change (fixture->connection, &old, &now);
    }
  g_assert_true (guitu_connection_run (fixture->connection, "COMMIT", NULL));
  assert_good (fixture);
  before = first_found (fixture, 500);
  g_assert_true (guitu_search_rebuild (fixture->connection, NULL, NULL, NULL));
  after = first_found (fixture, 500);
  g_assert_cmpstr (before, ==, after);
  assert_good (fixture);
}

/** Registering one by one joins segments again and again; what is found stays the same. */
static void
test_segments (Fixture *fixture,
               gconstpointer data)
{
  gint64 segments;

  people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 1, 9000, 3);
  people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 9001, 500, 4);
  segments = guitu_connection_integer (fixture->connection, "SELECT count(*) FROM person_search_segment", 0, NULL);
  g_assert_cmpint (segments, >, 1);
  g_assert_cmpint (segments, <, 20);
  assert_good (fixture);
  g_assert_true (guitu_connection_run (fixture->connection, "DELETE FROM person_search_list WHERE slot = (SELECT max (slot) FROM person_search_list)", NULL));
  {
    g_autofree char *problem = NULL;

    g_assert_true (guitu_search_check (fixture->connection, &problem, NULL));
    g_assert_nonnull (problem);
  }
}

/** At most one segment of each size, however many transactions there were; and nobody is lost between them. */
static void
test_one_by_one (Fixture *fixture,
                 gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < 2500; i++)
    people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 1 + i, 1, i);
  g_assert_cmpint (guitu_connection_integer (fixture->connection, "SELECT count(*) FROM person_search_segment", 0, NULL), <=, 2);
  g_assert_cmpint (guitu_connection_integer (fixture->connection, "SELECT max (last_row) FROM person_search_segment", 0, NULL), >, 2400);
  assert_good (fixture);
  before = first_found (fixture, 500);
  g_assert_true (guitu_search_rebuild (fixture->connection, NULL, NULL, NULL));
  after = first_found (fixture, 500);
  g_assert_cmpstr (before, ==, after);
}

static gboolean
note_progress (guint64 done,
               guint64 total,
               gpointer data,
               GError **error)
{
  guint64 *told = data;

  g_assert_cmpuint (done, >, told[0]);
  g_assert_cmpuint (done, <=, total);
  told[0] = done;
  told[1] = total;
  if (told[2] == 0)
    return TRUE;
  g_set_error_literal (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID, "stopped");
  return FALSE;
}

/** Building anew tells how far it is; who stops it has the index that was there before. */
static void
test_progress (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 told[3] = { 0, 0, 0 };
  guint64 stopped[3] = { 0, 0, 1 };
  gint64 last = G_N_ELEMENTS (persons) + 300;

  people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 1, 300, 3);
  g_assert_true (guitu_search_rebuild (fixture->connection, note_progress, told, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (told[0], ==, (guint64) last);
  g_assert_cmpuint (told[1], ==, (guint64) last);
  g_assert_false (guitu_search_rebuild (fixture->connection, note_progress, stopped, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
  assert_good (fixture);
  g_assert_true (finds (fixture, "wangxiuying", 1));
}

/** An index of 40 MB is thrown away and built anew without a copy of it in memory. */
static void
test_memory (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3_int64 before, most;

  guitu_connection_run (fixture->connection,
                        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 40000)"
                        "INSERT INTO person_search_list (slot, rows) SELECT n, zeroblob (1000) FROM number",
                        &error);
  g_assert_no_error (error);
  before = sqlite3_memory_used ();
  sqlite3_memory_highwater (TRUE);
  guitu_search_rebuild (fixture->connection, NULL, NULL, &error);
  g_assert_no_error (error);
  most = sqlite3_memory_highwater (FALSE) - before;
  g_assert_cmpint (most, <, (GUITU_PAGE_CACHE_KIB + 4096) * 1024);
  g_assert_cmpint (guitu_connection_integer (fixture->connection, "SELECT count(*) FROM person_search_list WHERE length (rows) = 1000", -1, &error), ==, 0);
  g_assert_true (finds (fixture, "wangxiuying", 1));
}

/** Whatever bytes a damaged list holds, a search ends. */
static void
test_damaged_lists (Fixture *fixture,
                    gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 1, 600, 3);
  g_assert_true (guitu_search_rebuild (fixture->connection, NULL, NULL, NULL));
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE person_search_list SET rows = randomblob (%d) WHERE slot %% 17 = %u",
                                              g_rand_int_range (random, 0, 900), i % 17);
      g_autofree char *found = NULL;

      g_assert_true (guitu_connection_run (fixture->connection, sql, NULL));
      found = first_found (fixture, 50);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("mistakes", NULL, test_mistakes);
  ADD ("reasons", NULL, test_reasons);
  ADD ("dialect", NULL, test_dialect);
  ADD ("changes", NULL, test_changes);
  ADD ("segments", NULL, test_segments);
  ADD ("one-by-one", NULL, test_one_by_one);
  ADD ("progress", NULL, test_progress);
  ADD ("memory", NULL, test_memory);
  ADD ("damaged-lists", NULL, test_damaged_lists);
  return g_test_run ();
}
