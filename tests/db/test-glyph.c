/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which characters are taken for one another. */

#include "db/unit.h"

#include <string.h>

/* Characters that are mistaken for one another in handwriting and in typing, two by two. */
static const char *const mistaken =
    "己已已巳己巳未末土士日曰戊戌戌戍戊戍候侯祟崇晴睛淑叔瑶谣婷停敏繁玲铃娜哪俊骏梅海萍苹艳绝人入大太太犬大犬天夭夫失刀刁干千干于午牛甲申由田由甲申由贝见"
    "今令冷泠治冶住往免兔拔拨折拆析折抓爪瓜爪鸟乌岛鸟兵乒竟竞茶荼巾币师帅扎札杨扬场扬杭抗枝技拣栋陈阵何河柯何休体本木朱未吴吕侯猴徐除郑邓郎朗绍邵"
    "招昭昌晶旦且目且目自白自皇黄荒慌王玉玉主王主王壬任往全金令合会合含贪贫贪堂常字宇宣宜宫官官宦宗宋冠寇买卖读续净静清请情清晴清倩清请情琪棋祺棋琪祺"
    "直真顶项须顺领颂颂颁颖颗棵课雪雷霞露霜霞芳芬坊防放防苗茵茵菌荷何梨莉刺剌莲连蓉容溶榕羊半美关善喜吉古右石洁结桂佳挂桂娃挂娥峨捐娟娇骄桥侨弟第姗珊"
    "册删婉碗婵蝉媛缓暖缓焉马妍研妙纱纱沙亚业妮泥琳淋林森杉衫彤形丹舟母毋每母悔海梅悔玫枚珍诊珠株珠殊琼凉凉谅路露络洛格洛瑞端湍端瑾谨勤瑾琴瑟琵瑟璇旋"
    "瑜愉愉偷渝瑜俞愈瑛英莫英墓暮慕暮幕墓伟伪伟纬玮伟张弘池驰她他志忘忘忌思恩恩恳恕怒怨怒贵责贾贵贤坚竖坚肾贤慧彗惠慧专传转传砖转建健键健廷延庭廷挺庭"
    "婷亭停亭亨亭享亨考孝考老堵睹睹赌春舂奏泰泰秦奏奉棒捧拳券卷券誉举荣劳荣营莹荧萤荧萤莹家蒙豪毫毫亳橡像逐遂隧遂阳阴朋明甩用甫用浦铺捕铺博搏薄簿";

/* Characters of given names that are not. */
static const char *const distinct = "英国华建军伟强芳霞勇磊静慧杰超鹏飞凤琴香兰桂红梅雪福寿禄龙虎鹤海波涛山川林森宝财学书诗乐舞德义仁礼";

static void
test_mistaken (void)
{
  guint n = 0, n_alike = 0;

  for (const char *p = mistaken; *p != '\0'; p = g_utf8_offset_to_pointer (p, 2), n++)
    if (_guitu_glyph_alike (g_utf8_get_char (p), g_utf8_get_char (g_utf8_next_char (p))))
      n_alike++;
    else
      g_test_message ("not alike: %.6s", p);
  g_test_message ("%u of %u", n_alike, n);
  g_assert_cmpuint (n, >=, 200);
  g_assert_cmpuint (100 * n_alike, >=, 88 * n);
}

static void
test_distinct (void)
{
  guint n = 0, n_alike = 0;

  for (const char *p = distinct; *p != '\0'; p = g_utf8_next_char (p))
    for (const char *q = g_utf8_next_char (p); *q != '\0'; q = g_utf8_next_char (q), n++)
      if (_guitu_glyph_alike (g_utf8_get_char (p), g_utf8_get_char (q)))
        {
          g_test_message ("alike: %.3s%.3s", p, q);
          n_alike++;
        }
  g_test_message ("%u of %u", n_alike, n);
  g_assert_cmpuint (n, >=, 1000);
  g_assert_cmpuint (100 * n_alike, <=, n); /* one in a hundred */
}

/** What everybody confuses, and what is beyond the table. */
static void
test_pairs (void)
{
  static const char *const alike[] = { "己已", "未末", "土士", "日曰", "戊戌", "候侯", "祟崇", "晴睛", "瑶谣", "婷停", "俊骏" };
  static const char *const unlike[] = { "英国", "军芳", "建梅", "一龙" };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      gunichar one = g_utf8_get_char (alike[i]), other = g_utf8_get_char (g_utf8_next_char (alike[i]));

      g_test_message ("%s", alike[i]);
      g_assert_true (_guitu_glyph_alike (one, other));
      g_assert_true (_guitu_glyph_alike (other, one));
    }
  for (guint i = 0; i < G_N_ELEMENTS (unlike); i++)
    g_assert_false (_guitu_glyph_alike (g_utf8_get_char (unlike[i]), g_utf8_get_char (g_utf8_next_char (unlike[i]))));
  g_assert_false (_guitu_glyph_alike ('a', 'a'));
  g_assert_false (_guitu_glyph_alike (0x20000, 0x20000));
  g_assert_false (_guitu_glyph_alike (0, 0x4e00));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glyph/mistaken", test_mistaken);
  g_test_add_func ("/glyph/distinct", test_distinct);
  g_test_add_func ("/glyph/pairs", test_pairs);
  return g_test_run ();
}
