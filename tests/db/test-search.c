/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-fixture.h"

#include <string.h>

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
  { "+8613812345678", 1 },
  { "+86 138 1234 5678", 1 },
  { "(+86)138-1234-5678", 1 },
  { "8613812345678", 1 },
  { "0086 13812345678", 1 },
  { "87654321", 11 },
  { "1111", 11 },
  { "JZ2", 1 },
  { "jz2024", 1 },
  { "JZ20240012", 1 },
  { "E123", 14 },
  { "19630512", 1 },
  { "1963-05-12", 1 },
  { "1963-5-12", 1 },
  { "1963.5.12", 1 },
  { "1963/05/12", 1 },
  { "1963年5月12日", 1 },
  { "１９６３年０５月１２日", 1 },
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

  changed.name = "马冬梅";
  changed.phone = NULL;
  change (fixture->connection, &persons[1], &changed);
  g_assert_false (finds (fixture, "王伟", 2));
  g_assert_false (finds (fixture, "wangwei", 2));
  g_assert_false (finds (fixture, "4321", 2));
  g_assert_true (finds (fixture, "madongmei", 2));
  g_assert_true (finds (fixture, "2345", 2));

  change (fixture->connection, &changed, NULL);
  g_assert_false (finds (fixture, "马冬梅", 2));
  g_assert_false (finds (fixture, "440114", 2));
  g_assert_true (finds (fixture, "440114", 1));

  change (fixture->connection, NULL, &persons[1]);
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
  g_assert_true (guitu_search_prepare (fixture->connection, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (finds (fixture, "shanxiongxin", 4));
  g_assert_true (finds (fixture, "302X", 1));
  g_assert_true (guitu_search_prepare (fixture->connection, NULL, NULL, &error));
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
  g_assert_true (guitu_search_rebuild (fixture->connection, NULL, NULL, NULL));
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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
  return g_test_run ();
}
