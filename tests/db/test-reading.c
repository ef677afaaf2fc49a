/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/name.h"
#include "db/reading.h"

static gboolean
has_reading (const char *character,
             gboolean as_surname,
             const char *reading)
{
  return g_strv_contains (guitu_reading_find (g_utf8_get_char (character), as_surname), reading);
}

static const char *
first_reading (const char *character,
               gboolean as_surname)
{
  return guitu_reading_find (g_utf8_get_char (character), as_surname)[0];
}

static void
test_plain (void)
{
  g_assert_cmpstr (first_reading ("王", FALSE), ==, "wang");
  g_assert_cmpstr (first_reading ("秀", FALSE), ==, "xiu");
  g_assert_cmpstr (first_reading ("吕", TRUE), ==, "lv");
  g_assert_cmpstr (first_reading ("女", FALSE), ==, "nv");
  g_assert_null (first_reading ("A", FALSE));
  g_assert_null (first_reading ("·", TRUE));
  g_assert_null (guitu_reading_find (0, FALSE)[0]);
  g_assert_null (guitu_reading_find (0x10ffff, FALSE)[0]);
}

static void
test_polyphone (void)
{
  g_assert_true (has_reading ("重", FALSE, "chong"));
  g_assert_true (has_reading ("重", FALSE, "zhong"));
  g_assert_true (has_reading ("行", FALSE, "hang"));
  g_assert_true (has_reading ("朝", FALSE, "zhao"));
  g_assert_true (has_reading ("乐", FALSE, "yue"));
}

/** Each surname is read as in surnames first, and its general reading stays. */
static void
test_surname (void)
{
  static const char *const surnames[][3] = {
    { "单", "shan", "dan" },
    { "仇", "qiu", "chou" },
    { "曾", "zeng", "ceng" },
    { "解", "xie", "jie" },
    { "查", "zha", "cha" },
    { "任", "ren", "ren" },
    { "华", "hua", "hua" },
    { "区", "ou", "qu" },
    { "朴", "piao", "pu" },
    { "翟", "zhai", "di" },
    { "盖", "ge", "gai" },
    { "乐", "yue", "le" },
    { "缪", "miao", "mou" },
    { "覃", "qin", "tan" },
    { "宓", "mi", "fu" },
    { "折", "she", "zhe" },
    { "黑", "he", "hei" },
    { "员", "yun", "yuan" },
    { "秘", "bi", "mi" },
    { "冼", "xian", "xian" },
    { "逄", "pang", "pang" },
    { "召", "shao", "zhao" },
    { "句", "gou", "ju" },
    { "幺", "yao", "yao" },
    { "哈", "ha", "ha" },
    { "卜", "bu", "bo" },
    { "牟", "mu", "mou" },
    { "燕", "yan", "yan" },
    { "宁", "ning", "ning" },
    { "应", "ying", "ying" },
    { "佴", "nai", "er" },
    { "繁", "po", "fan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (surnames); i++)
    {
      g_assert_cmpstr (first_reading (surnames[i][0], TRUE), ==, surnames[i][1]);
      g_assert_true (has_reading (surnames[i][0], TRUE, surnames[i][2]));
    }
}

static void
test_simplify (void)
{
  static const char *const traditional = "歐陽吳黃呂溫彥葉鍾說説劉張趙陳楊復";
  static const char *const simplified = "欧阳吴黄吕温彦叶钟说说刘张赵陈杨复";
  static const char *const unchanged = "乾著昇喆堃王A·";
  const char *p = traditional;
  const char *q = simplified;

  for (; *p != '\0'; p = g_utf8_next_char (p), q = g_utf8_next_char (q))
    g_assert_cmphex (guitu_reading_simplify (g_utf8_get_char (p)), ==, g_utf8_get_char (q));
  for (p = unchanged; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_cmphex (guitu_reading_simplify (g_utf8_get_char (p)), ==, g_utf8_get_char (p));
}

static void
test_surname_length (void)
{
  g_assert_cmpuint (guitu_reading_surname_length ("王秀英"), ==, 1);
  g_assert_cmpuint (guitu_reading_surname_length ("欧阳修"), ==, 2);
  g_assert_cmpuint (guitu_reading_surname_length ("歐陽修"), ==, 2);
  g_assert_cmpuint (guitu_reading_surname_length ("司马相如"), ==, 2);
  g_assert_cmpuint (guitu_reading_surname_length ("张王秀英"), ==, 1);
  g_assert_cmpuint (guitu_reading_surname_length ("阿卜杜拉·买买提"), ==, 0);
  g_assert_cmpuint (guitu_reading_surname_length ("阿卜杜拉买买提"), ==, 0);
  g_assert_cmpuint (guitu_reading_surname_length ("John Smith"), ==, 0);
  g_assert_cmpuint (guitu_reading_surname_length (""), ==, 0);
}

/** What a seal shows of a name in clear: never a given name, which stands first in names that are not Han. */
static void
test_shown_of_a_name (void)
{
  static const char *const names[][2] = {
    { "王秀英", "王" },
    { "欧阳娜娜", "欧阳" },
    { "司马相如", "司马" },
    { "王", "王" },
    { "阿卜杜热合曼·买买提伊明", "阿" },
    { "阿卜杜热合曼买买提伊明", "阿" },
    { "Anastasia-Ekaterina Konstantinopolskaya", "A" },
    { "E\314\201va", "É" },
    { "Екатерина", "Е" },
    { "𠮷·买买提", "𠮷" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *shown = guitu_name_surname (names[i][0]);

      g_assert_cmpstr (shown, ==, names[i][1]);
    }
}

static void
assert_name (const char *name,
             const char *expected)
{
  g_autofree char *reading = guitu_reading_of_name (name);

  g_assert_cmpstr (reading, ==, expected);
}

static void
test_of_name (void)
{
  assert_name ("王秀英", "wang xiuying");
  assert_name ("单雄信", "shan xiongxin");
  assert_name ("王单", "wang dan");
  assert_name ("尉迟恭", "yuchi gong");
  assert_name ("万俟卨", "moqi xie");
  assert_name ("万里", "wan li");
  assert_name ("单于强", "chanyu qiang");
  assert_name ("阿卜杜拉·买买提", "abudula maimaiti");
  assert_name ("John Smith", "john smith");
  assert_name ("", "");
}

static void
test_confusable (void)
{
  static const char *const alike[][2] = {
    { "nan", "lan" },
    { "fu", "hu" },
    { "fei", "hui" },
    { "fang", "huang" },
    { "zhao", "zao" },
    { "chen", "cheng" },
    { "shi", "si" },
    { "rou", "lou" },
    { "lin", "ling" },
    { "lan", "lang" },
    { "lv", "nv" },
    { "zheng", "zen" },
    { "feng", "hong" },
    { "wang", "wang" },
  };
  static const char *const unlike[][2] = {
    { "wang", "huang" },
    { "li", "lu" },
    { "ma", "mai" },
    { "zhang", "chang" },
    { "bai", "pai" },
    { "wen", "wei" },
    { "ying", "yong" },
    { "a", "e" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_assert_true (guitu_reading_confusable (alike[i][0], alike[i][1]));
      g_assert_true (guitu_reading_confusable (alike[i][1], alike[i][0]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (unlike); i++)
    g_assert_false (guitu_reading_confusable (unlike[i][0], unlike[i][1]));
}

static gpointer
read_everything (gpointer data)
{
  guint found = 0;

  for (gunichar c = 0x3400; c < 0xa000; c++)
    found += guitu_reading_find (c, FALSE)[0] != NULL;
  return GUINT_TO_POINTER (found);
}

/** Four threads race to the first call. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_everything, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), >, 25000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/threads", test_threads);
  g_test_add_func ("/reading/plain", test_plain);
  g_test_add_func ("/reading/polyphone", test_polyphone);
  g_test_add_func ("/reading/surname", test_surname);
  g_test_add_func ("/reading/simplify", test_simplify);
  g_test_add_func ("/reading/surname-length", test_surname_length);
  g_test_add_func ("/reading/shown-of-a-name", test_shown_of_a_name);
  g_test_add_func ("/reading/of-name", test_of_name);
  g_test_add_func ("/reading/confusable", test_confusable);
  return g_test_run ();
}
