/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo-people.h"

#include "app/demo-private.h"

#include <stdio.h>
#include <string.h>

#define DAYS_BACK 730 /* stays of the past two years */
#define SHARE_OPEN 40 /* per mille of people who are in the house today */
#define SHARE_OPEN_UNKNOWN 250

/* clang-format off */
static const GuituDemoLot visits[] = {
  { "1", 890 }, { "2", 65 }, { "3", 25 }, { "5", 12 }, { "8", 5 }, { "12", 3 }, { NULL, 0 }
};

static const GuituDemoLot came_by[] = {
  { "self", 380 }, { "police", 310 }, { "city-management", 60 }, { "other-department", 20 },
  { "public", 60 }, { "patrol", 110 }, { "hospital", 25 }, { "other-station", 15 },
  { "hotline", 15 }, { "other", 5 }, { NULL, 0 }
};

static const GuituDemoLot came_by_unknown[] = {
  { "police", 600 }, { "patrol", 170 }, { "city-management", 90 }, { "public", 90 },
  { "hospital", 50 }, { NULL, 0 }
};

static const GuituDemoLot reasons[] = {
  { "no-work", 380 }, { "kin-not-found", 110 }, { "stolen-from", 90 }, { "cheated", 70 },
  { "robbed", 5 }, { "lost", 110 }, { "ran-away", 60 }, { "domestic-violence", 15 },
  { "illness", 30 }, { "begging", 70 }, { "released", 25 }, { "petitioner", 5 }, { "other", 30 },
  { NULL, 0 }
};

static const GuituDemoLot decisions[] = {
  { "admitted", 915 }, { "emergency", 40 }, { "outside", 30 }, { "refused", 15 }, { NULL, 0 }
};

static const GuituDemoLot leaving[] = {
  { "ticket", 430 }, { "own-will", 170 }, { "kin", 140 }, { "walked-out", 70 },
  { "escort-home", 50 }, { "escort-station", 50 }, { "employer", 25 }, { "home-station", 25 },
  { "terminated", 15 }, { "other-station", 10 }, { "police", 10 }, { "other", 5 }, { NULL, 0 }
};

static const GuituDemoLot leaving_in_care[] = {
  { "kin", 420 }, { "escort-home", 260 }, { "escort-station", 160 }, { "home-station", 110 },
  { "hospital", 40 }, { "walked-out", 10 }, { NULL, 0 }
};

static const GuituDemoLot leaving_unknown[] = {
  { "welfare", 330 }, { "hospital", 250 }, { "settled", 150 }, { "kin", 170 },
  { "walked-out", 60 }, { "missing", 20 }, { "death", 20 }, { NULL, 0 }
};

static const GuituDemoLot social_security[] = {
  { "none", 660 }, { "dibao", 130 }, { "tekun", 40 }, { "other", 20 }, { "unknown", 150 }, { NULL, 0 }
};

static const char *const found_places[] = {
  "火车站广场", "客运总站候车厅", "人民公园", "中心医院门诊楼前", "高架桥下", "步行街",
  "批发市场东门", "地铁站出口", "跨江大桥桥头", "服务区停车场", "城中村巷口", "银行自助厅",
};
static const char *const police_units[] = { "城关派出所 李警官", "站前派出所 王警官", "东郊派出所 周警官", "交警二大队 陈警官" };
static const char *const belongings[] = {
  "双肩包1个、衣物若干", "手机1部（无电）", "塑料袋1个、被褥1床", "雨伞1把、现金35元", "无",
  "编织袋1个、空瓶若干", "钥匙1串、药品1盒",
};
static const char *const requests[] = { "请求协助返乡", "请求提供乘车凭证", "请求联系家人", "请求临时食宿", "请求就医", "请求帮助寻亲" };
static const char *const first_looks[] = { "神志清楚，体表无外伤", "神志清楚，衣着单薄", "精神疲倦，右脚有擦伤" };
static const char *const first_looks_in_care[] = { "言语含糊，体表无外伤", "答非所问，体表无外伤", "情绪不安，衣着单薄" };
static const char *const buildings[] = { "男", "女", "未" };
static const char *const home_words[] = {
  "家在河边，门口有一棵大树", "村子叫石桥，离镇上不远", "从山里出来，坐了两天车",
  "家里种苹果，旁边有座庙", "住在火车站后面", "说不清，只记得有个水库",
};
static const char *const journey_words[] = {
  "跟老乡出来打工，没有结到工钱", "坐车睡着了，醒来不知道是哪里", "钱包在车站被偷了",
  "和家里吵架走出来的", "走了很多天，记不得了", "网上说有工作，到了找不到人",
};
static const char *const kin_words[] = {
  "有个哥哥，名字叫阿强（音）", "母亲还在，姓周", "女儿在外地，电话记不全，后面是三个七",
  "家里没有人了", "有两个弟弟，一个在部队",
};
static const char *const name_words[] = { "我叫阿珍", "他们叫我老黑", "姓赵，也可能是曹（听不清）", "叫小军，大名不记得", "（摇头，不说话）" };
/* clang-format on */

/* A stay while being drawn. */
typedef struct
{
  JsonObject *json;
  JsonObject *person;
  guint32 arrived; /* Julian days */
  guint32 left;    /* 0: still here */
  guint minute;    /* of arrival, in its day */
  gboolean is_unknown;
  gboolean is_child;
  gboolean is_in_care; /* may not simply walk off: a child, or somebody with a mental condition */
} Draft;

static void
set (const Draft *draft, const char *field, const char *value)
{
  json_object_set_string_member (draft->json, field, value);
}

static void
set_time (const Draft *draft, const char *field, guint32 day, guint minute)
{
  char date[11];
  char text[32];

  _guitu_demo_format_day (day, date);
  g_snprintf (text, sizeof text, "%sT%02u:%02u:00+08:00", date, minute / 60 % 24, minute % 60);
  set (draft, field, text);
}

static gboolean
has_health (JsonObject *person, const char *health)
{
  return g_strcmp0 (json_object_get_string_member_with_default (person, "health", NULL), health) == 0;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

/* Draws on which days the person comes, oldest first and never two on one day. */
static void
plan_visits (GuituDemo *demo, JsonObject *person)
{
  gboolean is_unknown = !json_object_has_member (person, "name");
  guint n = is_unknown ? 1 : (guint) atoi (_guitu_demo_draw (demo, visits));
  guint n_kept = 0;

  g_assert (n <= G_N_ELEMENTS (demo->arrivals));
  g_clear_pointer (&demo->visitor, json_object_unref);
  demo->visitor = json_object_ref (person);
  demo->next_arrival = 0;
  for (guint i = 0; i < n; i++)
    demo->arrivals[i] = demo->today - 12 - _guitu_demo_below (demo, DAYS_BACK - 12);
  if (_guitu_demo_chance (demo, is_unknown ? SHARE_OPEN_UNKNOWN : SHARE_OPEN))
    demo->arrivals[0] = demo->today - 1 - _guitu_demo_below (demo, is_unknown ? 80 : 9);
  qsort (demo->arrivals, n, sizeof demo->arrivals[0], compare_days);
  for (guint i = 0; i < n; i++)
    if (n_kept == 0 || demo->arrivals[i] > demo->arrivals[n_kept - 1] + 1)
      demo->arrivals[n_kept++] = demo->arrivals[i];
  demo->n_arrivals = n_kept;
}

static void
set_arrival (GuituDemo *demo, Draft *draft)
{
  const char *way = _guitu_demo_draw (demo, draft->is_unknown ? came_by_unknown : came_by);
  gboolean is_mental = has_health (draft->person, "mental") || has_health (draft->person, "intellectual");

  draft->minute = _guitu_demo_below (demo, 24 * 60);
  set_time (draft, "arrived_at", draft->arrived, draft->minute);
  set (draft, "came_by", way);
  if (g_str_equal (way, "police"))
    set (draft, "brought_by", GUITU_DEMO_PICK (demo, police_units));
  if (has_health (draft->person, "dementia"))
    set (draft, "reason", "lost");
  else if (is_mental)
    set (draft, "reason", "mental-condition");
  else if (draft->is_child)
    set (draft, "reason", _guitu_demo_chance (demo, 700) ? "ran-away" : "lost");
  else
    set (draft, "reason", _guitu_demo_draw (demo, reasons));
  set (draft, "found_place", GUITU_DEMO_PICK (demo, found_places));
  set (draft, "first_look",
       draft->is_in_care ? GUITU_DEMO_PICK (demo, first_looks_in_care) : GUITU_DEMO_PICK (demo, first_looks));
  set (draft, "security_check", "未发现违禁品");
  set (draft, "belongings", GUITU_DEMO_PICK (demo, belongings));
  set (draft, "social_security", draft->is_unknown ? "unknown" : _guitu_demo_draw (demo, social_security));
  if (!draft->is_unknown)
    set (draft, "request", GUITU_DEMO_PICK (demo, requests));
}

static void
set_bed (GuituDemo *demo, const Draft *draft)
{
  gboolean is_woman = g_str_equal (json_object_get_string_member (draft->person, "sex"), "2");
  const char *building = buildings[draft->is_child ? 2 : is_woman ? 1
                                                                  : 0];
  guint room = 101 + _guitu_demo_below (demo, 12);
  char bed[16];

  g_snprintf (bed, sizeof bed, "%s%u-%u", building, room, 1 + _guitu_demo_below (demo, 6));
  set (draft, "bed", bed);
}

static void
set_leaving (GuituDemo *demo, const Draft *draft)
{
  const char *way = _guitu_demo_draw (demo, draft->is_unknown   ? leaving_unknown
                                            : draft->is_in_care ? leaving_in_care
                                                                : leaving);
  const char *home = json_object_get_string_member_with_default (draft->person, "household", NULL);
  gboolean is_known_end = !g_str_equal (way, "walked-out") && !g_str_equal (way, "missing") && !g_str_equal (way, "death");
  guint minute = 8 * 60 + _guitu_demo_below (demo, 10 * 60);

  set_time (draft, "left_at", draft->left, minute);
  set (draft, "leave_by", way);
  if (home != NULL && is_known_end)
    set (draft, "destination", home);
  if (g_str_equal (way, "kin"))
    set (draft, "received_by", "亲属");
  else if (g_str_equal (way, "home-station") || g_str_equal (way, "escort-station"))
    set (draft, "received_by", "户籍地救助管理站");
}

/* Helped without a stay, refused, or admitted for some days. */
static void
set_decision (GuituDemo *demo, const Draft *draft)
{
  const char *decision = draft->left == 0 ? "admitted" : _guitu_demo_draw (demo, decisions);
  guint admitted = draft->minute + 10 + _guitu_demo_below (demo, 40);

  if (draft->is_unknown || draft->is_in_care)
    decision = "admitted";
  set (draft, "decision", decision);
  if (g_str_equal (decision, "refused"))
    set (draft, "ground", "经查，本人有能力自行解决食宿，不属于救助对象");
  if (g_str_equal (decision, "refused") || g_str_equal (decision, "outside"))
    return;
  set_time (draft, "admitted_at", draft->arrived, MIN (admitted, 24 * 60 - 1));
  set_bed (demo, draft);
  if (draft->left != 0)
    set_leaving (demo, draft);
}

/* The day on which the stay ends: before the next one, yesterday at the latest, 0 when it is open. */
static guint32
draw_end (GuituDemo *demo, const Draft *draft)
{
  gboolean is_last = demo->next_arrival == demo->n_arrivals;
  guint32 limit = is_last ? demo->today - 1 : demo->arrivals[demo->next_arrival] - 1;
  guint32 end = draft->arrived + 1 + _guitu_demo_below (demo, draft->is_unknown ? 110 : 9);

  if (is_last && end >= demo->today)
    return 0;
  return MIN (end, limit);
}

JsonObject *
guitu_demo_stay (GuituDemo *demo, JsonObject *person)
{
  Draft draft = { .person = person };
  const char *born = NULL;

  g_return_val_if_fail (demo != NULL && person != NULL, NULL);

  if (demo->visitor != person)
    plan_visits (demo, person);
  if (demo->next_arrival == demo->n_arrivals)
    return NULL;
  draft.json = json_object_new ();
  draft.arrived = demo->arrivals[demo->next_arrival++];
  draft.is_unknown = !json_object_has_member (person, "name");
  born = json_object_get_string_member_with_default (person, "birth_to", NULL);
  draft.is_child = born != NULL && _guitu_demo_parse_day (born) + 16 * 365 + 4 > draft.arrived;
  draft.is_in_care = draft.is_child || has_health (person, "mental") || has_health (person, "intellectual") ||
                     has_health (person, "dementia");
  draft.left = draw_end (demo, &draft);
  set_arrival (demo, &draft);
  set_decision (demo, &draft);
  return draft.json;
}

static JsonObject *
new_statement (const char *heard_at, const char *about, const char *text, const char *confidence)
{
  JsonObject *statement = json_object_new ();

  json_object_set_string_member (statement, "about", about);
  json_object_set_string_member (statement, "text", text);
  json_object_set_string_member (statement, "heard_at", heard_at);
  json_object_set_string_member (statement, "language", "cmn");
  json_object_set_string_member (statement, "confidence", confidence);
  return statement;
}

GPtrArray *
guitu_demo_statements (GuituDemo *demo, JsonObject *person, JsonObject *stay)
{
  GPtrArray *statements = NULL;
  const char *heard_at = NULL;
  gboolean is_unknown = FALSE;

  g_return_val_if_fail (demo != NULL && person != NULL && stay != NULL, NULL);

  statements = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  heard_at = json_object_get_string_member (stay, "arrived_at");
  is_unknown = !json_object_has_member (person, "name");
  if (is_unknown && _guitu_demo_chance (demo, 800))
    g_ptr_array_add (statements, new_statement (heard_at, "name", GUITU_DEMO_PICK (demo, name_words), "doubtful"));
  if (_guitu_demo_chance (demo, is_unknown ? 700 : 120))
    g_ptr_array_add (statements, new_statement (heard_at, "home", GUITU_DEMO_PICK (demo, home_words), "unsure"));
  if (_guitu_demo_chance (demo, is_unknown ? 400 : 100))
    g_ptr_array_add (statements, new_statement (heard_at, "kin", GUITU_DEMO_PICK (demo, kin_words), "unsure"));
  if (_guitu_demo_chance (demo, 250))
    g_ptr_array_add (statements, new_statement (heard_at, "journey", GUITU_DEMO_PICK (demo, journey_words), "likely"));
  return statements;
}
