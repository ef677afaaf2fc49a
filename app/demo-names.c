/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo-private.h"

#include <string.h>

/* Names follow three habits: surnames by how often they are borne, given names by sex and decade,
 * and the forms of the peoples whose names are not of the Han pattern. */

#define SHARE_RARE_CHARACTER 22 /* per mille of Han names */
#define SHARE_DOUBLE_SURNAME 4

/* clang-format off */
/* The hundred most frequent surnames, weights in hundredths of a per cent of the population; what
 * is missing to the whole are all others. */
static const GuituDemoLot surnames[] = {
  { "王", 725 }, { "李", 719 }, { "张", 683 }, { "刘", 538 }, { "陈", 453 }, { "杨", 308 },
  { "黄", 223 }, { "赵", 229 }, { "周", 212 }, { "吴", 205 }, { "徐", 167 }, { "孙", 154 },
  { "朱", 151 }, { "马", 129 }, { "胡", 131 }, { "郭", 115 }, { "林", 118 }, { "何", 117 },
  { "高", 100 }, { "梁", 91 }, { "郑", 93 }, { "罗", 86 }, { "宋", 81 }, { "谢", 79 },
  { "唐", 75 }, { "韩", 68 }, { "曹", 60 }, { "许", 66 }, { "邓", 62 }, { "冯", 61 }, { "曾", 58 },
  { "程", 57 }, { "蔡", 53 }, { "彭", 56 }, { "潘", 53 }, { "袁", 53 }, { "于", 54 }, { "董", 51 },
  { "余", 51 }, { "苏", 50 }, { "叶", 49 }, { "吕", 47 }, { "魏", 47 }, { "蒋", 47 }, { "田", 46 },
  { "杜", 45 }, { "丁", 42 }, { "沈", 41 }, { "姜", 40 }, { "范", 39 }, { "江", 37 }, { "傅", 36 },
  { "钟", 36 }, { "卢", 36 }, { "汪", 35 }, { "戴", 35 }, { "崔", 34 }, { "任", 34 }, { "陆", 34 },
  { "廖", 33 }, { "姚", 33 }, { "方", 33 }, { "金", 31 }, { "邱", 31 }, { "夏", 31 }, { "谭", 30 },
  { "韦", 30 }, { "贾", 29 }, { "邹", 29 }, { "石", 28 }, { "熊", 28 }, { "孟", 27 }, { "秦", 26 },
  { "阎", 26 }, { "薛", 25 }, { "侯", 25 }, { "雷", 24 }, { "白", 24 }, { "龙", 24 }, { "段", 23 },
  { "郝", 23 }, { "孔", 22 }, { "邵", 22 }, { "史", 21 }, { "毛", 21 }, { "常", 20 }, { "万", 20 },
  { "顾", 20 }, { "赖", 19 }, { "武", 19 }, { "康", 19 }, { "贺", 18 }, { "严", 18 }, { "尹", 18 },
  { "钱", 17 }, { "施", 17 }, { "牛", 16 }, { "洪", 16 }, { "龚", 16 }, { "汤", 15 }, { "", 1450 },
  { NULL, 0 }
};

static const char other_surnames[] =
    "单仇曾解查区朴尉盖种逄亓郄昝佘缑郗闫陶黎樊兰殷翟安颜倪温季俞章鲁葛毕聂焦向柳邢骆岳齐尚梅庄辛管祝左涂谷"
    "祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍位覃霍翁隋植甘景薄阮桂闵佟鞠";

static const char *const double_surnames[] = {
  "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "令狐", "慕容", "夏侯", "司徒", "端木",
};

/* 㼆 to 䶮 stand in Extension A, the last ones beyond U+FFFF. */
static gpointer
list_surnames (gpointer data)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; surnames[i].value != NULL; i++)
    if (*surnames[i].value != '\0')
      g_ptr_array_add (list, (gpointer) surnames[i].value);
  for (const char *at = other_surnames; *at != '\0'; at = g_utf8_next_char (at))
    g_ptr_array_add (list, g_strndup (at, g_utf8_next_char (at) - at));
  for (guint i = 0; i < G_N_ELEMENTS (double_surnames); i++)
    g_ptr_array_add (list, (gpointer) double_surnames[i]);
  g_ptr_array_add (list, NULL);
  return g_ptr_array_free (list, FALSE);
}

const char *const *
_guitu_demo_surnames (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, list_surnames, NULL);
}

static const char rare_characters[] = "犇喆垚淼焱骉赟翀昉翊珺祎奭旻昇晟堃頔燚玥龑邕㼆㛃㙦䢺䶮𠮷𬱖𫖯𬭎𬬭𫄸𬀩𬍛𬴂𬘡𫍯𫓹";

typedef struct
{
  int until; /* the first year of birth it is not for */
  guint single_per_mille;
  const char *first;
  const char *last;
} Fashion;

static const Fashion men[] = {
  { 1950, 120, "国德福树宝金玉文永长世志洪明家万兴富春克庆广", "山林才田清海生贵成祥荣有根华福发堂财义喜顺民" },
  { 1970, 150, "建国志卫文红永爱学立新援朝向庆跃解保胜金春光水", "国军民华平明强生林成东兵党忠义祥根全兴富清荣" },
  { 1990, 380, "伟强勇军建晓志海永小俊文国少春立光向新宏双立", "伟强勇军涛杰峰刚斌波辉磊鹏超平飞亮华龙彬林明" },
  { 2005, 260, "浩俊子嘉志文家宇泽鑫天晓伟明建佳旭凯", "宇杰豪鑫浩轩涛龙鹏飞辉凯阳帅伟超晨东航" },
  { 9999, 90, "子梓浩宇俊奕沐泽一皓铭博嘉晨瑞", "轩涵睿宸辰泽豪然霖阳熙博浩宇航" }
};

static const Fashion women[] = {
  { 1950, 60, "秀桂玉淑凤兰素金翠月春惠菊爱美银巧荣", "英兰珍芳华梅花莲香娥云琴芝凤珠妹贞仙" },
  { 1970, 120, "秀玉桂丽爱红小月淑春美建金凤艳海彩雪", "英芳兰华梅红珍霞萍玲琴香莲云敏荣平花" },
  { 1990, 380, "丽晓艳海小红雪春秀静美燕文玉慧金亚冬", "丽娟艳敏静霞燕芳娜玲萍英红梅琴莉丹华娇" },
  { 2005, 250, "婷雨思佳欣嘉晓梦雪文静诗怡倩慧紫", "婷颖怡琪琳雪欣悦雯萍倩莹慧敏洁瑶" },
  { 9999, 80, "梓欣雨诗一若可语思沐子佳芷艺", "涵怡萱彤琪妍瑶悦诺汐桐宁馨" }
};

static const char *const uyghur_men[] = {
  "阿卜杜拉", "买买提", "吐尔逊江", "艾力", "玉素甫", "阿不都热合曼", "库尔班", "努尔买买提",
  "艾合买提", "伊力亚斯", "肉孜", "吾买尔", "托合提", "亚森", "热合木江",
};
static const char *const uyghur_women[] = {
  "阿依古丽", "热依汗", "帕提古丽", "古丽娜尔", "阿孜古丽", "米日古丽", "再娜甫", "茹仙古丽",
  "布热比娅", "努尔比娅", "海日古丽",
};
static const char *const kazakh[] = {
  "叶尔肯", "赛力克", "哈力木", "加尔肯", "努尔兰", "巴合提", "别克波拉提", "阿勒腾", "沙吾列",
  "古丽扎提",
};
static const char *const tibetan[] = {
  "扎西", "次仁", "多吉", "洛桑", "尼玛", "达瓦", "平措", "丹增", "格桑", "旺堆", "索朗", "边巴",
};
static const char *const tibetan_women[] = { "卓玛", "央金", "拉姆", "曲珍", "白玛", "德吉", "旺姆", "措姆" };
static const char *const mongol_men[] = { "巴特尔", "那顺", "巴雅尔", "苏和", "孟和", "宝音", "达来", "额尔德尼", "朝鲁", "阿拉坦" };
static const char *const mongol_women[] = { "其其格", "乌兰", "萨仁", "娜仁", "托娅", "高娃", "塔娜", "乌云" };
static const char *const yi_clans[] = { "吉克", "阿苦", "沙马", "吉木", "阿尔", "马海", "曲比", "海来", "的日", "俄木" };
static const char *const yi_names[] = { "曲布", "阿依", "约布", "尔布", "木呷", "拉哈", "伍合", "尔洛", "阿支", "日洛", "子嘿" };
static const char *const latin_men[] = { "JOHN", "DAVID", "JUAN CARLOS", "IVAN", "OUSMANE", "AUNG KYAW" };
static const char *const latin_women[] = { "MARIA", "OLGA", "FATIMA", "ANNE-MARIE", "THI LAN" };
static const char *const latin_family[] = {
  "SANTOS", "SMITH", "NGUYEN", "GARCIA", "WIN", "DIALLO", "SILVA", "O'BRIEN",
};
/* clang-format on */

static void
append_character (GuituDemo *demo, GString *name, const char *characters)
{
  glong n = g_utf8_strlen (characters, -1);
  const char *at = g_utf8_offset_to_pointer (characters, _guitu_demo_below (demo, (guint) n));

  g_string_append_len (name, at, g_utf8_next_char (at) - at);
}

static void
append_surname (GuituDemo *demo, GString *name)
{
  const char *surname = _guitu_demo_draw (demo, surnames);

  if (_guitu_demo_chance (demo, SHARE_DOUBLE_SURNAME))
    g_string_append (name, GUITU_DEMO_PICK (demo, double_surnames));
  else if (*surname == '\0')
    append_character (demo, name, other_surnames);
  else
    g_string_append (name, surname);
}

static void
append_han_name (GuituDemo *demo, GString *name, gboolean is_woman, int year)
{
  const Fashion *fashion = is_woman ? women : men;
  gboolean is_rare = _guitu_demo_chance (demo, SHARE_RARE_CHARACTER);

  while (fashion->until <= year)
    fashion++;
  append_surname (demo, name);
  if (!_guitu_demo_chance (demo, fashion->single_per_mille))
    append_character (demo, name, fashion->first);
  append_character (demo, name, is_rare ? rare_characters : fashion->last);
}

/* Two words with a dot or space between them: own name and the father's, clan and own name. The
 * words are drawn one statement after the other: the order in which a compiler works out the
 * arguments of a call is its own, and the people would not be the same everywhere. */
static void
append_parts (GString *name, const char *first, const char *between, const char *last)
{
  g_string_append (name, first);
  g_string_append (name, between);
  g_string_append (name, last);
}

static void
append_tibetan_name (GuituDemo *demo, GString *name, gboolean is_woman)
{
  g_string_append (name, GUITU_DEMO_PICK (demo, tibetan));
  if (_guitu_demo_chance (demo, 150))
    g_string_append (name, "·");
  g_string_append (name, is_woman ? GUITU_DEMO_PICK (demo, tibetan_women) : GUITU_DEMO_PICK (demo, tibetan));
}

static void
append_mongol_name (GuituDemo *demo, GString *name, gboolean is_woman)
{
  const char *own = is_woman ? GUITU_DEMO_PICK (demo, mongol_women) : GUITU_DEMO_PICK (demo, mongol_men);

  if (_guitu_demo_chance (demo, 400))
    append_parts (name, GUITU_DEMO_PICK (demo, mongol_men), "·", own);
  else
    g_string_append (name, own);
}

static void
append_uyghur_name (GuituDemo *demo, GString *name, gboolean is_woman)
{
  const char *own = is_woman ? GUITU_DEMO_PICK (demo, uyghur_women) : GUITU_DEMO_PICK (demo, uyghur_men);

  append_parts (name, own, "·", GUITU_DEMO_PICK (demo, uyghur_men));
  if (_guitu_demo_chance (demo, 60))
    g_string_append_printf (name, "·%s", GUITU_DEMO_PICK (demo, uyghur_men));
}

static void
append_kazakh_name (GuituDemo *demo, GString *name)
{
  const char *own = GUITU_DEMO_PICK (demo, kazakh);

  append_parts (name, own, "·", GUITU_DEMO_PICK (demo, kazakh));
}

static void
append_yi_name (GuituDemo *demo, GString *name)
{
  const char *clan = GUITU_DEMO_PICK (demo, yi_clans);

  append_parts (name, clan, "·", GUITU_DEMO_PICK (demo, yi_names));
}

static void
append_latin_name (GuituDemo *demo, GString *name, gboolean is_woman)
{
  const char *given = is_woman ? GUITU_DEMO_PICK (demo, latin_women) : GUITU_DEMO_PICK (demo, latin_men);

  append_parts (name, given, " ", GUITU_DEMO_PICK (demo, latin_family));
}

char *
_guitu_demo_name (GuituDemo *demo, const char *nation, const char *sex, int year)
{
  GString *name = g_string_sized_new (32);
  gboolean is_woman = g_str_equal (sex, "2");

  if (nation == NULL)
    append_latin_name (demo, name, is_woman);
  else if (g_str_equal (nation, "05"))
    append_uyghur_name (demo, name, is_woman);
  else if (g_str_equal (nation, "17"))
    append_kazakh_name (demo, name);
  else if (g_str_equal (nation, "04"))
    append_tibetan_name (demo, name, is_woman);
  else if (g_str_equal (nation, "02") && _guitu_demo_chance (demo, 600))
    append_mongol_name (demo, name, is_woman);
  else if (g_str_equal (nation, "07") && _guitu_demo_chance (demo, 600))
    append_yi_name (demo, name);
  else
    append_han_name (demo, name, is_woman, year);
  return g_string_free (name, FALSE);
}
