/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people say in words: marks, places, accents, ages, kin. */

#include "db/match.h"

#include <string.h>

static const GuituMatchReason *
reason_of (const GuituMatch *match,
           const char *field)
{
  for (guint i = 0; i < match->reasons->len; i++)
    {
      const GuituMatchReason *reason = g_ptr_array_index (match->reasons, i);

      if (strcmp (reason->field, field) == 0)
        return reason;
    }
  return NULL;
}

static const char *
how_of (const char *field,
        const GuituMatchSide *ours,
        const GuituMatchSide *theirs)
{
  g_autoptr (GuituMatch) match = guitu_match_compare (ours, theirs);
  const GuituMatchReason *reason = reason_of (match, field);

  return reason == NULL ? NULL : reason->how;
}

static const char *
how_marks (const char *ours,
           const char *theirs)
{
  return how_of ("marks", &(GuituMatchSide){ .marks = ours }, &(GuituMatchSide){ .marks = theirs });
}

static void
test_marks (void)
{
  g_assert_cmpstr (how_marks ("左手背刺青", "左侧手背纹身"), ==, "same");
  g_assert_cmpstr (how_marks ("缺右手食指", "右手食指缺失"), ==, "same");
  g_assert_cmpstr (how_marks ("额头疤痕", "前额有烫伤疤痕"), ==, "alike");
  g_assert_cmpstr (how_marks ("左手背刺青", "右手背刺青"), ==, "side");
  g_assert_cmpstr (how_marks ("左手背刺青，额头疤痕", "额头有疤、左手背有纹身"), ==, "several");
  g_assert_cmpstr (how_marks ("走路微跛", "有点瘸腿"), ==, "same");
  g_assert_cmpstr (how_marks ("左手背刺青", "后背有痣"), ==, "different");
  g_assert_null (how_marks ("左手背刺青", NULL));
  g_assert_null (how_marks ("", "左手背刺青"));
}

static const char *
how_accents (const char *ours,
             const char *theirs)
{
  return how_of ("accent", &(GuituMatchSide){ .accent = ours }, &(GuituMatchSide){ .accent = theirs });
}

static void
test_places (void)
{
  GuituMatchSide code = { .household = "421083" }, words = { .address = "湖北省洪湖市某村" };
  GuituMatchStatement heard = { .about = "home", .text = "红湖（音）", .sound = "hong hu" };
  GuituMatchStatement said = { .about = "home", .text = "家在荆州，旁边有条河" };
  GuituMatchSide speaker = { .statements = &heard, .n_statements = 1 };
  GuituMatchSide other = { .statements = &said, .n_statements = 1 };

  g_assert_cmpstr (how_of ("household", &code, &words), ==, "same");
  g_assert_cmpstr (how_of ("household", &code, &speaker), ==, "same");
  g_assert_cmpstr (how_of ("household", &code, &other), ==, "prefecture");
  g_assert_cmpstr (how_of ("accent", &code, &(GuituMatchSide){ .accent = "湖北洪湖一带" }), ==, "same");
  g_assert_cmpstr (how_accents ("四川口音", "带四川口音的普通话"), ==, "province");
  g_assert_cmpstr (how_accents ("四川口音", "重庆话"), ==, "province"); /* the dialect is spoken in both */
  g_assert_cmpstr (how_accents ("闽南话", "福建泉州"), ==, "prefecture");
  g_assert_cmpstr (how_accents ("四川口音", "贵州人"), ==, "neighbour");
  g_assert_cmpstr (how_accents ("四川口音", "黑龙江口音"), ==, "different");
  g_assert_null (how_accents ("四川口音", "标准普通话"));
}

static void
test_statements (void)
{
  GuituMatchStatement statements[] = {
    { .about = "name", .text = "我叫王秀英（音）", .sound = "wang xiu ying" },
    { .about = "age", .text = "大概五十多岁，属龙", .heard_at = "2026-05-03T10:00:00+08:00" },
    { .about = "kin", .text = "哥哥叫王建国，电话13800138?00" },
  };
  GuituMatchSide ours = { .statements = statements, .n_statements = G_N_ELEMENTS (statements) };
  GuituMatchSide theirs = { .name = "王秀英", .birth_from = "1976-02-12", .birth_to = "1976-02-12", .kin = "兄 王建国 13800138000" };
  g_autoptr (GuituMatch) match = guitu_match_compare (&ours, &theirs);

  g_assert_cmpstr (reason_of (match, "name")->how, ==, "sound");
  g_assert_cmpstr (reason_of (match, "birth")->how, ==, "interval");
  g_assert_cmpstr (reason_of (match, "kin")->how, ==, "same");
  g_assert_cmpstr (reason_of (match, "phone")->how, ==, "partial");
}

static const char *
how_kin (const char *ours,
         const char *theirs)
{
  return how_of ("kin", &(GuituMatchSide){ .kin = ours }, &(GuituMatchSide){ .kin = theirs });
}

/** Kin told by a nickname fit whoever has the character of it in the name; a nickname that fits nowhere says nothing. */
static void
test_nicknames_of_kin (void)
{
  static const struct
  {
    const char *said;
    const char *recorded;
    const char *how;
  } pairs[] = {
    { "赖子（儿子）叫阿强，在深圳做工", "儿子 欧阳强", "nickname" },
    { "赖子（儿子）叫阿强", "女儿 赖小芳", NULL },
    { "儿子叫阿强", "儿子 欧阳强", "nickname" },
    { "儿子叫阿强", "儿子 王强", "nickname" },
    { "儿子叫阿强", "儿子 王国强", "nickname" },
    { "儿子 强子", "儿子 王国强", "nickname" },
    { "儿子叫强强", "儿子 欧阳强", "nickname" },
    { "妹妹 小芳", "妹妹：李芳", "nickname" },
    { "女儿叫芳芳", "大女儿：李桂芳", "nickname" },
    { "女儿叫芳芳", "女儿叫小芳", "nickname" },
    { "妹妹叫二妹", "妹妹 李二妹", "nickname" },
    { "妹妹叫二妹", "弟弟 李二娃", NULL },
    { "丈夫叫老王", "丈夫 王国强", "surname-only" },
    { "丈夫叫老欧阳", "丈夫 欧阳国强", "surname-only" },
    { "儿子叫阿强", "儿子 李国华", NULL },
    { "女儿 高志建", "女儿：高志健", "sound" },
    { "女儿 高志建", "女儿：高志国", "one-character" },
    { "女儿 高志建", "女儿：高美兰", "surname-only" },
    { "女儿 高志建", "二女儿：王明学", "different" },
    { "大女儿高志建", "女儿：高志建", "same" },
    { "崽（儿子）", "儿子 崽强", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s: %s", pairs[i].said, pairs[i].recorded);
      g_assert_cmpstr (how_kin (pairs[i].said, pairs[i].recorded), ==, pairs[i].how);
      g_assert_cmpstr (how_kin (pairs[i].recorded, pairs[i].said), ==, pairs[i].how);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clues/marks", test_marks);
  g_test_add_func ("/clues/places", test_places);
  g_test_add_func ("/clues/statements", test_statements);
  g_test_add_func ("/clues/nicknames-of-kin", test_nicknames_of_kin);
  return g_test_run ();
}
