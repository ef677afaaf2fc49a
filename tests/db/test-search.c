/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/search.h"

#include "people.h"

#include <string.h>

typedef struct
{
  char *directory;
  GuituConnection *connection;
} Fixture;

/* Row numbers are positions from 1. */
static const GuituSearchEntry persons[] = {
  { .row = 1, .name = "王秀英", .id_number = "44011419630512302X", .phone = "13812345678", .national_number = "JZ20240012" },
  { .row = 2, .name = "王伟", .id_number = "440114198503122345", .phone = "13987654321" },
  { .row = 3, .name = "王伟民" },
  { .row = 4, .name = "單雄信", .alias = "老单、二哥" },
  { .row = 5, .name = "曾国强" },
  { .row = 6, .name = "阿卜杜拉·买买提" },
  { .row = 7, .name = "John Smith" },
  { .row = 8, .name = "吕小娜" },
  { .row = 9, .name = "欧阳秀" },
  { .row = 10, .name = "李乐行", .alias = "阿乐" },
  { .row = 11, .name = "赵四(音)", .phone = "020-8765 4321/13700001111" },
  { .row = 12, .name = "José Müller" },
  { .row = 13, .name = "尉迟恭" },
  { .row = 14, .name = "张三丰", .id_number = "E12345678" },
  { .row = 15, .name = "刘岚", .birth_from = "1970-01-31", .birth_to = "1970-01-31" },
};

static void
add (GuituConnection *connection,
     const GuituSearchEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (connection, "INSERT INTO person (row, name, id_number) VALUES (?1, ?2, ?3)", &error);

  guitu_statement_bind_integer (statement, 1, entry->row);
  guitu_statement_bind_text (statement, 2, entry->name);
  guitu_statement_bind_text (statement, 3, entry->id_number);
  g_assert_true (guitu_statement_run (statement, &error));
  g_assert_true (guitu_search_update (connection, NULL, entry, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->connection = people_store_open (&fixture->directory);
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    add (fixture->connection, &persons[i]);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  people_store_close (fixture->connection, fixture->directory);
}

static GArray *
find (Fixture *fixture,
      const char *typed,
      guint limit)
{
  g_autoptr (GError) error = NULL;
  GArray *rows = guitu_search_find (fixture->connection, typed, limit, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, <=, limit);
  return rows;
}

static gboolean
finds (Fixture *fixture,
       const char *typed,
       gint64 row)
{
  g_autoptr (GArray) rows = find (fixture, typed, 50);

  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, gint64, i) == row)
      return TRUE;
  return FALSE;
}

static gint64
first (Fixture *fixture,
       const char *typed)
{
  g_autoptr (GArray) rows = find (fixture, typed, 50);

  return rows->len == 0 ? 0 : g_array_index (rows, gint64, 0);
}

typedef struct
{
  const char *typed;
  gint64 row;
} Case;

static void
assert_finds (Fixture *fixture,
              const Case *c)
{
  if (finds (fixture, c->typed, c->row))
    return;
  g_test_message ("%s does not find %s", c->typed, persons[c->row - 1].name);
  g_test_fail ();
}

static void
assert_found (Fixture *fixture,
              gconstpointer data)
{
  for (const Case *c = data; c->typed != NULL; c++)
    assert_finds (fixture, c);
}

static const Case han_cases[] = {
  { "王", 1 },
  { "王秀", 1 },
  { "王秀英", 1 },
  { "秀英", 1 },
  { "英", 1 },
  { "王 秀英", 1 },
  { "單雄信", 4 },
  { "单雄信", 4 },
  { "雄信", 4 },
  { "張三豐", 14 },
  { "歐陽", 9 },
  { "赵四", 11 },
  { "赵四（音）", 11 },
  { NULL },
};

static const Case pinyin_cases[] = {
  { "w", 1 },
  { "wang", 1 },
  { "wangx", 1 },
  { "wangxi", 1 },
  { "wangxiuying", 1 },
  { "WangXiuYing", 1 },
  { "wang xiu", 1 },
  { "wang xiuying", 1 },
  { "wang'xiu'ying", 1 },
  { "xiuying", 1 },
  { "ying", 1 },
  { "wang4", 2 },
  { "wang2xiu4ying1", 1 },
  { "wang2 xiu4 ying1", 1 },
  { "wxy", 1 },
  { "wx", 1 },
  { "xy", 1 },
  { "lv", 8 },
  { "lu", 8 },
  { "lü", 8 },
  { "lvxiaona", 8 },
  { "luxiaona", 8 },
  { "lyuxiaona", 8 },
  { "ouyangxiu", 9 },
  { "oyx", 9 },
  { NULL },
};

static const Case mixed_cases[] = {
  { "王xy", 1 },
  { "王x", 1 },
  { "王xiu", 1 },
  { "王xiuy", 1 },
  { "wang秀", 1 },
  { "wang秀英", 1 },
  { "w秀英", 1 },
  { "王秀y", 1 },
  { "wangxy", 1 },
  { "wxiuying", 1 },
  { "wxiuy", 1 },
  { "王 xy", 1 },
  { "王5678", 1 },
  { "王 5678", 1 },
  { "wang 4401", 1 },
  { "zgq", 5 },
  { "曾gq", 5 },
  { NULL },
};

static const Case polyphone_cases[] = {
  { "shanxiongxin", 4 },
  { "danxiongxin", 4 },
  { "sxx", 4 },
  { "zengguoqiang", 5 },
  { "cengguo", 5 },
  { "lilexing", 10 },
  { "liyuexing", 10 },
  { "lilehang", 10 },
  { "llh", 10 },
  { "yuchigong", 13 },
  { "weichi", 13 },
  { NULL },
};

static const Case alias_cases[] = {
  { "老单", 4 },
  { "laoshan", 4 },
  { "二哥", 4 },
  { "erge", 4 },
  { "阿乐", 10 },
  { NULL },
};

static const Case foreign_cases[] = {
  { "阿卜杜拉", 6 },
  { "阿卜杜拉·买买提", 6 },
  { "阿卜杜拉买买提", 6 },
  { "阿卜杜拉•买买提", 6 },
  { "阿卜杜拉 买买提", 6 },
  { "买买提", 6 },
  { "maimaiti", 6 },
  { "abudula", 6 },
  { "john", 7 },
  { "JOHN", 7 },
  { "smith", 7 },
  { "Smith John", 7 },
  { "johns", 7 },
  { "js", 7 },
  { "jose", 12 },
  { "José", 12 },
  { "muller", 12 },
  { "MÜLLER", 12 },
  { NULL },
};

static const Case number_cases[] = {
  { "440", 1 },
  { "4401", 1 },
  { "440114", 1 },
  { "4401141", 1 },
  { "44011419", 1 },
  { "4401141963", 1 },
  { "44011419630", 1 },
  { "440114196305", 1 },
  { "440114196305123", 1 },
  { "44011419630512302X", 1 },
  { "44011419630512302x", 1 },
  { "４４０１１４", 1 },
  { "302X", 1 },
  { "302x", 1 },
  { "2345", 2 },
  { "5678", 1 },
  { "45678", 1 },
  { "12345678", 1 },
  { "13812345678", 1 },
  { "138 1234 5678", 1 },
  { "138-1234-5678", 1 },
  { "87654321", 11 },
  { "1111", 11 },
  { "JZ2", 1 },
  { "jz2024", 1 },
  { "JZ20240012", 1 },
  { "E123", 14 },
  { "19630512", 1 },
  { "19700131", 15 },
  { NULL },
};

static const Case alike_cases[] = {
  { "王绣英", 1 },
  { "wangxiuyin", 1 },
  { "王秀音", 1 },
  { "牛兰", 15 },
  { "liulang", 15 },
  { "lvxiaola", 8 },
  { "zhangsanhong", 14 },
  { "zangsanfeng", 14 },
  { NULL },
};

static void
test_alike (Fixture *fixture,
            gconstpointer data)
{
  for (const Case *c = alike_cases; c->typed != NULL; c++)
    assert_finds (fixture, c);
  g_assert_false (finds (fixture, "huangxiuying", 1));
  g_assert_false (finds (fixture, "王秀音", 2));
}

/** Every start of a full spelling finds the person: one character is typed after the other. */
static void
test_typing (Fixture *fixture,
             gconstpointer data)
{
  static const char *const spellings[] = { "王秀英", "wangxiuying", "wang xiuying", "wxy", "王xiuying", "wang秀英", "wangxy", "w2x4y1" };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    for (const char *end = g_utf8_next_char (spellings[i]);; end = g_utf8_next_char (end))
      {
        g_autofree char *typed = g_strndup (spellings[i], end - spellings[i]);

        assert_finds (fixture, &(Case){ typed, 1 });
        if (*end == '\0')
          break;
      }
}

static void
test_order (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GArray) rows = find (fixture, "王", 2);

  g_assert_cmpint (first (fixture, "王伟"), ==, 2);
  g_assert_cmpint (first (fixture, "wangwei"), ==, 2);
  g_assert_cmpint (first (fixture, "王"), ==, 3);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (first (fixture, "2345"), ==, 2);
  g_assert_false (finds (fixture, "王秀英", 2));
  g_assert_false (finds (fixture, "wang john", 1));
  g_assert_false (finds (fixture, "王xy", 2));
  g_assert_false (finds (fixture, "44", 1));
}

static void
test_update (Fixture *fixture,
             gconstpointer data)
{
  GuituSearchEntry changed = persons[1];
  g_autoptr (GError) error = NULL;

  changed.name = "马冬梅";
  changed.phone = NULL;
  g_assert_true (guitu_search_update (fixture->connection, &persons[1], &changed, &error));
  g_assert_false (finds (fixture, "王伟", 2));
  g_assert_false (finds (fixture, "wangwei", 2));
  g_assert_false (finds (fixture, "4321", 2));
  g_assert_true (finds (fixture, "madongmei", 2));
  g_assert_true (finds (fixture, "2345", 2));

  g_assert_true (guitu_search_update (fixture->connection, &changed, NULL, &error));
  g_assert_false (finds (fixture, "马冬梅", 2));
  g_assert_false (finds (fixture, "440114", 2));
  g_assert_true (finds (fixture, "440114", 1));

  g_assert_true (guitu_search_update (fixture->connection, NULL, &persons[1], &error));
  g_assert_true (finds (fixture, "王伟", 2));
}

static void
test_voided (Fixture *fixture,
             gconstpointer data)
{
  g_assert_true (guitu_connection_run (fixture->connection, "UPDATE person SET voided = 'twice' WHERE row = 1", NULL));
  g_assert_false (finds (fixture, "王秀英", 1));
  g_assert_true (finds (fixture, "王", 2));
}

static void
test_rollback (Fixture *fixture,
               gconstpointer data)
{
  g_assert_true (guitu_connection_run (fixture->connection, "BEGIN", NULL));
  g_assert_true (guitu_search_update (fixture->connection, &persons[0], NULL, NULL));
  g_assert_true (guitu_connection_run (fixture->connection, "ROLLBACK", NULL));
  g_assert_true (finds (fixture, "王秀英", 1));
}

/** An index made by another version is built anew from table person. */
static void
test_rebuild (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (guitu_connection_run (fixture->connection, "UPDATE person_search_version SET version = 1", NULL));
  g_assert_true (guitu_search_prepare (fixture->connection, &error));
  g_assert_no_error (error);
  g_assert_true (finds (fixture, "shanxiongxin", 4));
  g_assert_true (finds (fixture, "302X", 1));
  g_assert_true (guitu_search_prepare (fixture->connection, &error));
  g_assert_true (finds (fixture, "王秀英", 1));
}

/** The index is checked against the persons, whatever their names hold. */
static void
test_check (Fixture *fixture,
            gconstpointer data)
{
  static const char *const names[] = { "", "· ·", "NEAR OR \"王*", "王\xff", "\xf0\x9f\x98\x80", "ＡＢＣ王王王王", "Ёлка–x'é" };
  g_autofree char *problem = NULL;

  people_store_fill (fixture->connection, 1000, 300, 1);
  g_assert_true (guitu_search_rebuild (fixture->connection, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add (fixture->connection, &(GuituSearchEntry){ .row = 100 + i, .name = names[i] });
  g_assert_true (guitu_search_check (fixture->connection, &problem, NULL));
  g_assert_cmpstr (problem, ==, NULL);
  g_assert_true (guitu_connection_run (fixture->connection, "UPDATE person SET name = '王秀莹' WHERE row = 1", NULL));
  g_assert_true (guitu_search_check (fixture->connection, &problem, NULL));
  g_assert_nonnull (problem);
}

static void
test_hostile (Fixture *fixture,
              gconstpointer data)
{
  static const char *const typed[] = {
    "",
    " ",
    "\"",
    "'",
    "*",
    "^",
    "-",
    "--",
    "(",
    ")",
    "\"\"\"",
    "NEAR",
    "NEAR(",
    "a NEAR b",
    "AND",
    "OR",
    "NOT",
    "AND OR NOT",
    "王*",
    "\"王",
    "王\"",
    "tokens:王",
    "{tokens}:",
    "王 AND",
    "+",
    "%",
    "_",
    "\\",
    ";",
    "'; DROP TABLE person; --",
    "\t\n",
    "\xff\xfe",
    "\xe7\x8e",
    "王\xff",
    "\xf0\x9f\x98\x80",
    "\xcc\x81",
    "·",
    "· ·",
    "ا",
    "བོད",
    "Привет",
    "1",
    "12",
    "x",
    "1 2 3 4 5 6 7 8 9 10 11 12",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "zhzhzhzhzhzhzhzhzhzhzhzhzh",
  };
  g_autoptr (GString) longest = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GArray) rows = find (fixture, typed[i], 50);

      g_assert_cmpuint (rows->len, <=, G_N_ELEMENTS (persons));
    }
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GArray) rows = NULL;

      g_string_append (longest, i % 3 == 0 ? "乐" : i % 3 == 1 ? "xian"
                                                               : "7 ");
      rows = find (fixture, longest->str, 50);
    }
  g_assert_true (finds (fixture, "\"王秀英\"", 1));
  g_assert_true (finds (fixture, "王*", 1));
}

/** Whatever bytes are typed, nothing fails. */
static void
test_random (Fixture *fixture,
             gconstpointer data)
{
  static const char *const parts[] = { "王", "單", "x", "zh", "ng", "i", "1", "44", "X", " ", "\"", "*", "·", "(", "é", "\xff", "OR", "-", "乐" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autoptr (GArray) rows = NULL;
      int length = g_rand_int_range (random, 0, 20);

      for (int k = 0; k < length; k++)
        g_string_append (typed, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
      rows = find (fixture, typed->str, 20);
    }
}

/** The best of three times in seconds: other processes share the processor. */
static double
time_find (Fixture *fixture,
           const char *typed)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 3; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) rows = find (fixture, typed, 50);

      best = MIN (best, g_get_monotonic_time () - start);
    }
  return best / 1e6;
}

static void
time_starts (Fixture *fixture,
             const char *what,
             const char *const *spellings,
             guint n_spellings)
{
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_spellings; i++)
    for (const char *end = g_utf8_next_char (spellings[i]);; end = g_utf8_next_char (end))
      {
        g_autofree char *typed = g_strndup (spellings[i], end - spellings[i]);
        double elapsed = time_find (fixture, typed);

        if (elapsed > 0.003)
          g_test_message ("%s: %.1f ms", typed, elapsed * 1e3);
        g_array_append_val (seconds, elapsed);
        if (*end == '\0')
          break;
      }
  report_times (what, seconds);
}

/** Not asserted: how long key strokes take among many persons, GUITU_TEST_PERSONS or 20,000. */
static void
test_times (Fixture *fixture,
            gconstpointer data)
{
  static const char *const han[] = { "王秀英", "张伟", "李国强", "阿卜杜拉·买买提", "欧阳建华", "曾秀兰" };
  static const char *const pinyin[] = { "wangxiuying", "zhangwei", "liguoqiang", "zhang jianguo", "ouyangjianhua", "xiulan", "zhaozhiqiang" };
  static const char *const initials[] = { "wxy", "zjg", "lgq", "xy", "zzq" };
  static const char *const mixed[] = { "王xy", "wang秀英", "wangxy", "张jianguo", "王5678", "wang 4401", "李 x 1963" };
  static const char *const numbers[] = { "440114196305123024", "510104195001011234", "13812345678", "302X", "5678", "12345678" };
  static const char *const unknown[] = { "王怼怼", "zhuangqiongnv", "hongfeilan", "单于龘" };
  const char *wanted = g_getenv ("GUITU_TEST_PERSONS");
  guint count = wanted == NULL ? 20000 : (guint) g_ascii_strtoull (wanted, NULL, 10);
  GuituConnection *writer = fixture->connection;
  gint64 pages;

  people_store_fill (fixture->connection, G_N_ELEMENTS (persons) + 1, count, 1);
  pages = guitu_connection_integer (fixture->connection, "SELECT sum(length(block)) FROM person_search_data", 0, NULL);
  g_test_message ("index: %.1f bytes a person", (double) pages / count);
  fixture->connection = people_store_open_reader (fixture->directory);
  time_starts (fixture, "Han", han, G_N_ELEMENTS (han));
  time_starts (fixture, "pinyin", pinyin, G_N_ELEMENTS (pinyin));
  time_starts (fixture, "initials", initials, G_N_ELEMENTS (initials));
  time_starts (fixture, "mixed", mixed, G_N_ELEMENTS (mixed));
  time_starts (fixture, "numbers", numbers, G_N_ELEMENTS (numbers));
  time_starts (fixture, "nobody", unknown, G_N_ELEMENTS (unknown));
  guitu_connection_close (fixture->connection);
  fixture->connection = writer;
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, function) g_test_add ("/search/" name, Fixture, data, set_up, function, tear_down)
  ADD ("han", han_cases, assert_found);
  ADD ("pinyin", pinyin_cases, assert_found);
  ADD ("mixed", mixed_cases, assert_found);
  ADD ("polyphone", polyphone_cases, assert_found);
  ADD ("alias", alias_cases, assert_found);
  ADD ("foreign", foreign_cases, assert_found);
  ADD ("number", number_cases, assert_found);
  ADD ("alike", NULL, test_alike);
  ADD ("typing", NULL, test_typing);
  ADD ("order", NULL, test_order);
  ADD ("update", NULL, test_update);
  ADD ("voided", NULL, test_voided);
  ADD ("rollback", NULL, test_rollback);
  ADD ("rebuild", NULL, test_rebuild);
  ADD ("check", NULL, test_check);
  ADD ("hostile", NULL, test_hostile);
  ADD ("random", NULL, test_random);
  ADD ("times", NULL, test_times);
  return g_test_run ();
}
