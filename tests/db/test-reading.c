/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/name.h"
#include "db/reading.h"

#include <string.h>

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

/* From general dictionaries of surnames, written down apart from db/reading-table.py: the surname and
 * how it is read first. */
static const char surnames_read[] =
    "单shan 仇qiu 曾zeng 解xie 区ou 查zha 任ren 华hua 朴piao 盖ge 宁ning 缪miao 翟zhai 乐yue 覃qin 宓mi 折she 黑he 员yun 秘bi "
    "冼xian 洗xian 逄pang 召shao 句gou 幺yao 哈ha 卜bu 牟mu 燕yan 应ying 尹yin 佴nai 种chong 繁po 尉wei 於yu 那na 都du 郇xun "
    "郗xi 隗wei 祭zhai 乜nie 贲ben 费fei 过guo 晟cheng 车che 纪ji 沈shen 谌chen 令ling 观guan 撒sa 角jue 柏bai 薄bo 贾jia 石shi "
    "叶ye 盛sheng 舍she 相xiang 强qiang 炅gui 褚chu 钭tou 呙guo 仉zhang 妫gui 芈mi 亓qi 禚zhuo 迮ze 恽yun 昝zan 訾zi 佘she 晁chao "
    "干gan 能nai 俞yu 涂tu 占zhan 笪da 眭sui 阙que 会kuai 莘shen 亢kang 宿su 仝tong 六lu 戚qi 曲qu 阿a 盘pan 夏xia 少shao 台tai "
    "降jiang 称cheng 屈qu 丁ding 丘qiu 秋qiu 谷gu 余yu 徐xu 洞tong 郏jia 荀xun 甄zhen 蒙meng 鲜xian 隽juan 库she 厍she 生sheng "
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 郑zheng "
    "梁liang 谢xie 宋song 唐tang 许xu 邓deng 韩han 冯feng 曹cao 彭peng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 于yu 杜du 程cheng "
    "魏wei 苏su 吕lv 卢lu 傅fu 钟zhong 姜jiang 崔cui 谭tan 廖liao 范fan 汪wang 陆lu 金jin 韦wei 邱qiu 侯hou 邹zou 熊xiong 孟meng 秦qin "
    "白bai 江jiang 阎yan 薛xue 段duan 雷lei 龙long 史shi 陶tao 贺he 顾gu 毛mao 郝hao 龚gong 邵shao 万wan 钱qian 严yan 武wu 戴dai 莫mo";

static void
test_surnames_read (void)
{
  g_auto (GStrv) entries = g_strsplit (surnames_read, " ", -1);

  g_assert_cmpuint (g_strv_length (entries), >=, 200);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      gunichar character = g_utf8_get_char (entries[i]);
      const char *read = guitu_reading_find (character, TRUE)[0];

      if (g_strcmp0 (read, g_utf8_next_char (entries[i])) == 0)
        continue;
      g_test_message ("%s is read %s", entries[i], read);
      g_test_fail ();
    }
}

static void
test_double_surnames (void)
{
  static const char *const read[][2] = {
    { "万俟", "moqi" }, { "尉迟", "yuchi" }, { "令狐", "linghu" }, { "澹台", "tantai" }, { "单于", "chanyu" }, { "长孙", "zhangsun" }, { "欧阳", "ouyang" }, { "司马", "sima" }, { "上官", "shangguan" }, { "诸葛", "zhuge" }, { "东方", "dongfang" }, { "皇甫", "huangfu" }, { "公孙", "gongsun" }, { "宇文", "yuwen" }, { "慕容", "murong" }, { "司徒", "situ" }, { "司空", "sikong" }, { "夏侯", "xiahou" }, { "轩辕", "xuanyuan" }, { "端木", "duanmu" }, { "呼延", "huyan" }, { "南宫", "nangong" }, { "独孤", "dugu" }, { "淳于", "chunyu" }, { "申屠", "shentu" }, { "钟离", "zhongli" }, { "鲜于", "xianyu" }, { "闾丘", "lvqiu" }, { "亓官", "qiguan" }, { "濮阳", "puyang" }, { "宗政", "zongzheng" }, { "拓跋", "tuoba" }, { "乐正", "yuezheng" }, { "赫连", "helian" }, { "耶律", "yelv" }, { "完颜", "wanyan" }, { "纳兰", "nalan" }, { "贺若", "heruo" }, { "哥舒", "geshu" }, { "公冶", "gongye" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (read); i++)
    {
      g_autofree char *name = g_strconcat (read[i][0], "王", NULL);
      g_autofree char *expected = g_strconcat (read[i][1], " wang", NULL);
      g_autofree char *reading = guitu_reading_of_name (name);

      g_assert_cmpstr (reading, ==, expected);
    }
}

/** A syllable without tone: "lǜ" is lv. */
static char *
toneless (const char *syllable)
{
  g_autofree char *apart = g_utf8_normalize (syllable, -1, G_NORMALIZE_NFD);
  GString *plain = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == 0x308)
        plain->str[plain->len - 1] = 'v';
      else if (character < 0x80)
        g_string_append_c (plain, (char) character);
    }
  return g_string_free (plain, FALSE);
}

/** All readings that the Unicode Han database takes from the standard dictionary for one character. */
static void
assert_standard (const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", 3);
  gunichar character = (gunichar) g_ascii_strtoull (parts[0] + strlen ("U+"), NULL, 16);
  gunichar simplified = guitu_reading_simplify (character);
  g_auto (GStrv) places = g_strsplit (g_strstrip (parts[2]), " ", -1);

  for (guint i = 0; places[i] != NULL; i++)
    {
      g_auto (GStrv) syllables = g_strsplit (strchr (places[i], ':') + 1, ",", -1);

      for (guint k = 0; syllables[k] != NULL; k++)
        {
          g_autofree char *plain = toneless (syllables[k]);

          if (strpbrk (plain, "aeiouv") == NULL) /* 呒 ḿ, 哼 hng: interjections */
            continue;
          if (g_strv_contains (guitu_reading_find (character, FALSE), plain) && g_strv_contains (guitu_reading_find (character, TRUE), plain) &&
              g_strv_contains (guitu_reading_find (simplified, FALSE), plain)) /* search and match look that one up */
            continue;
          g_test_message ("%s lacks %s", parts[0], plain);
          g_test_fail ();
        }
    }
}

/** Each of the 8,105 characters of the Table of General Standard Chinese Characters, from Unihan itself. */
static void
test_standard (void)
{
  static const char program[] = "import bz2, sys\n"
                                "for line in bz2.open('/usr/share/unicode/Unihan_Readings.txt.bz2', 'rt', encoding='utf-8'):\n"
                                "    if '\\tkTGHZ2013\\t' in line: sys.stdout.write(line)\n";
  const char *const words[] = { "python3", "-c", program, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_lines = 0;

  g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL));
  lines = g_strsplit (output, "\n", -1);
  for (; lines[n_lines] != NULL && *lines[n_lines] != '\0'; n_lines++)
    assert_standard (lines[n_lines]);
  g_assert_cmpuint (n_lines, >=, 8100);
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
  for (gunichar character = 0x3400; character < 0xa000; character++) /* no form loses the sound */
    if (*guitu_reading_find (character, FALSE) != NULL)
      g_assert_nonnull (*guitu_reading_find (guitu_reading_simplify (character), FALSE));
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
  g_test_add_func ("/reading/surnames-read", test_surnames_read);
  g_test_add_func ("/reading/double-surnames", test_double_surnames);
  g_test_add_func ("/reading/standard", test_standard);
  g_test_add_func ("/reading/simplify", test_simplify);
  g_test_add_func ("/reading/surname-length", test_surname_length);
  g_test_add_func ("/reading/shown-of-a-name", test_shown_of_a_name);
  g_test_add_func ("/reading/of-name", test_of_name);
  g_test_add_func ("/reading/confusable", test_confusable);
  return g_test_run ();
}
