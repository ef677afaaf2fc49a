/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo-people.h"

#include "app/demo-private.h"
#include "app/identity-number.h"
#include "app/regions.h"

#include <stdio.h>
#include <string.h>

#define SHARE_UNKNOWN 70     /* per mille: nobody knows who they are */
#define SHARE_NO_NUMBER 90   /* of the others */
#define SHARE_FOREIGNER 4    /* of the others */
#define SHARE_OLD_COUNTY 150 /* of those born before 1985: a county code that is no more */

typedef struct
{
  const char *code;
  const char *name; /* as in "湖南口音" */
  guint weight;     /* ten thousands of people, census of 2020 */
} Province;

static const Province provinces[GUITU_DEMO_N_PROVINCES] = {
  { "44", "广东", 12601 },
  { "37", "山东", 10153 },
  { "41", "河南", 9937 },
  { "32", "江苏", 8475 },
  { "51", "四川", 8367 },
  { "13", "河北", 7461 },
  { "43", "湖南", 6644 },
  { "33", "浙江", 6457 },
  { "34", "安徽", 6103 },
  { "42", "湖北", 5775 },
  { "45", "广西", 5013 },
  { "53", "云南", 4721 },
  { "36", "江西", 4519 },
  { "21", "辽宁", 4259 },
  { "35", "福建", 4154 },
  { "61", "陕西", 3953 },
  { "52", "贵州", 3856 },
  { "14", "山西", 3492 },
  { "50", "重庆", 3205 },
  { "23", "黑龙江", 3185 },
  { "65", "新疆", 2585 },
  { "62", "甘肃", 2502 },
  { "31", "上海", 2487 },
  { "22", "吉林", 2407 },
  { "15", "内蒙古", 2405 },
  { "11", "北京", 2189 },
  { "12", "天津", 1387 },
  { "46", "海南", 1008 },
  { "64", "宁夏", 720 },
  { "63", "青海", 592 },
  { "54", "西藏", 365 },
};

/* clang-format off */
/* Per mille of the population, the larger peoples one by one. */
static const GuituDemoLot nations[] = {
  { "01", 911 }, { "08", 14 }, { "03", 8 }, { "11", 7 }, { "06", 8 }, { "05", 12 }, { "15", 6 },
  { "07", 9 }, { "04", 7 }, { "02", 6 }, { "09", 3 }, { "12", 3 }, { "13", 2 }, { "10", 1 },
  { "17", 2 }, { "18", 1 }, { NULL, 0 }
};

/* Where a people mostly lives: nation and the first digits of region codes. */
static const struct
{
  const char *nation;
  const char *provinces[3];
} homes[] = {
  { "05", { "65", "65", "65" } },
  { "17", { "65", "65", "65" } },
  { "04", { "54", "63", "51" } },
  { "02", { "15", "15", "21" } },
  { "07", { "51", "53", "52" } },
  { "08", { "45", "45", "53" } },
  { "03", { "64", "62", "41" } },
  { "06", { "52", "43", "53" } },
  { "15", { "42", "43", "50" } },
};

static const GuituDemoLot health_of_most[] = {
  { "healthy", 640 }, { "mental", 120 }, { "intellectual", 90 }, { "physical", 60 }, { "ill", 40 },
  { "injury", 20 }, { "critical", 8 }, { "infectious", 7 }, { "drunk", 10 }, { "unknown", 5 },
  { NULL, 0 }
};

static const GuituDemoLot health_of_unknown[] = {
  { "mental", 450 }, { "intellectual", 330 }, { "dementia", 110 }, { "ill", 60 },
  { "unknown", 50 }, { NULL, 0 }
};

static const GuituDemoLot health_of_old[] = {
  { "healthy", 420 }, { "dementia", 250 }, { "physical", 110 }, { "ill", 120 }, { "mental", 100 }, { NULL, 0 }
};

static const GuituDemoLot verified_by[] = {
  { "id-card", 640 }, { "police", 200 }, { "face", 40 }, { "station", 20 }, { "kin", 20 },
  { "none", 80 }, { NULL, 0 }
};

static const GuituDemoLot literate[] = {
  { "yes", 640 }, { "some", 210 }, { "no", 120 }, { "unknown", 30 }, { NULL, 0 }
};

static const char *const nicknames[] = { "小红", "阿明", "老三", "大牛", "二妹", "毛毛", "黑子", "阿婆", "石头", "秀秀" };
static const char *const mark_places[] = { "左手背", "右手背", "左前臂", "右前臂", "额头", "左脸颊", "右膝", "后颈", "胸前", "左小腿" };
static const char *const marks[] = { "有烫伤疤痕", "有一颗黑痣", "有纹身", "有手术疤痕", "有胎记", "有刀伤疤痕" };
static const char *const marks_whole[] = { "缺一颗门牙", "左耳失聪", "走路微跛", "右手缺食指", "驼背", "双眼皮、圆脸", "头发花白" };
static const char *const streets[] = { "建设路", "人民路", "解放街", "新村", "和平里", "中心村", "胜利路", "河西组" };
static const char *const phone_starts[] = {
  "130", "132", "135", "136", "137", "138", "139", "150", "151", "152", "155", "158", "159", "176",
  "177", "180", "182", "183", "186", "187", "188", "189", "198", "199",
};
/* clang-format on */

static const struct
{
  const char *word;
  const char *sex;
  int years; /* born so much later than the person */
} kin[] = {
  { "母亲", "2", -24 },
  { "父亲", "1", -26 },
  { "哥哥", "1", -3 },
  { "姐姐", "2", -3 },
  { "弟弟", "1", 3 },
  { "妹妹", "2", 3 },
  { "叔叔", "1", -20 },
  { "姑姑", "2", -20 },
};

/* One person while being drawn. */
typedef struct
{
  JsonObject *json;
  const char *nation; /* NULL for a foreigner */
  const char *sex;
  const char *region;
  guint province;
  guint32 birth; /* Julian day */
  int year;      /* of birth */
  guint age;
  gboolean is_unknown;
} Draft;

/* SplitMix64 (Steele, Lea and Flood, 2014). */
static guint64
next_random (GuituDemo *demo)
{
  guint64 z = demo->random += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

guint
_guitu_demo_below (GuituDemo *demo, guint n)
{
  return (guint) (((next_random (demo) >> 32) * n) >> 32);
}

gboolean
_guitu_demo_chance (GuituDemo *demo, guint per_mille)
{
  return _guitu_demo_below (demo, 1000) < per_mille;
}

const char *
_guitu_demo_draw (GuituDemo *demo, const GuituDemoLot *lots)
{
  guint sum = 0;
  guint drawn = 0;

  for (guint i = 0; lots[i].value != NULL; i++)
    sum += lots[i].weight;
  drawn = _guitu_demo_below (demo, sum);
  while (drawn >= lots->weight)
    drawn -= (lots++)->weight;
  return lots->value;
}

void
_guitu_demo_format_day (guint32 day, char date[11])
{
  GDate parts;

  g_date_clear (&parts, 1);
  g_date_set_julian (&parts, day);
  g_snprintf (date, 11, "%04d-%02d-%02d", g_date_get_year (&parts) % 10000,
              (int) g_date_get_month (&parts) % 100, g_date_get_day (&parts) % 100);
}

guint32
_guitu_demo_parse_day (const char *date)
{
  GDate parts;
  guint year = 0;
  guint month = 0;
  guint day = 0;

  if (sscanf (date, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    g_error ("\"%s\" does not begin with a date", date);
  g_date_clear (&parts, 1);
  g_date_set_dmy (&parts, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&parts);
}

void
_guitu_demo_phone (GuituDemo *demo, char phone[12])
{
  const char *start = GUITU_DEMO_PICK (demo, phone_starts);

  g_snprintf (phone, 12, "%s%08u", start, _guitu_demo_below (demo, 100000000) % 100000000);
}

static void
sort_counties (GuituDemo *demo)
{
  guint n = 0;
  const GuituRegion *regions = guitu_regions_list (&n);

  for (guint p = 0; p < G_N_ELEMENTS (provinces); p++)
    {
      GuituDemoCounties *counties = &demo->counties[p];

      counties->current = g_ptr_array_new ();
      counties->abolished = g_ptr_array_new ();
      for (guint i = 0; i < n; i++)
        {
          GPtrArray *kept = regions[i].is_current ? counties->current : counties->abolished;

          if (g_str_has_prefix (regions[i].code, provinces[p].code) && !g_str_has_suffix (regions[i].code, "00") &&
              !g_str_equal (regions[i].name, "市辖区"))
            g_ptr_array_add (kept, (gpointer) regions[i].code);
        }
    }
}

GuituDemo *
guitu_demo_new (guint64 seed, const char *today)
{
  GuituDemo *demo = NULL;

  g_return_val_if_fail (today != NULL, NULL);

  demo = g_new0 (GuituDemo, 1);
  demo->random = seed;
  demo->today = _guitu_demo_parse_day (today);
  sort_counties (demo);
  return demo;
}

void
guitu_demo_free (GuituDemo *demo)
{
  if (demo == NULL)
    return;
  for (guint p = 0; p < G_N_ELEMENTS (provinces); p++)
    {
      g_ptr_array_unref (demo->counties[p].current);
      g_ptr_array_unref (demo->counties[p].abolished);
    }
  g_clear_pointer (&demo->visitor, json_object_unref);
  g_free (demo);
}

static guint
draw_province (GuituDemo *demo, const char *nation)
{
  guint sum = 0;
  guint drawn = 0;
  guint province = 0;

  for (guint i = 0; nation != NULL && i < G_N_ELEMENTS (homes); i++)
    if (g_str_equal (homes[i].nation, nation) && !_guitu_demo_chance (demo, 100))
      {
        const char *home = GUITU_DEMO_PICK (demo, homes[i].provinces);

        while (!g_str_equal (provinces[province].code, home))
          province++;
        return province;
      }
  for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
    sum += provinces[i].weight;
  drawn = _guitu_demo_below (demo, sum);
  while (drawn >= provinces[province].weight)
    drawn -= provinces[province++].weight;
  return province;
}

static const char *
draw_county (GuituDemo *demo, const Draft *draft)
{
  const GuituDemoCounties *counties = &demo->counties[draft->province];
  const GPtrArray *codes = counties->current;

  if (draft->year < 1985 && counties->abolished->len > 0 && _guitu_demo_chance (demo, SHARE_OLD_COUNTY))
    codes = counties->abolished;
  return g_ptr_array_index (codes, _guitu_demo_below (demo, codes->len));
}

/* The ages of those who come to stations: few children, one in four or five over sixty. */
static void
draw_birth (GuituDemo *demo, Draft *draft)
{
  guint lot = _guitu_demo_below (demo, 1000);
  char date[11];

  if (lot < 60)
    draft->age = 6 + _guitu_demo_below (demo, 12);
  else if (lot < 780)
    draft->age = 18 + _guitu_demo_below (demo, 42);
  else
    draft->age = 60 + _guitu_demo_below (demo, 28);
  draft->birth = demo->today - draft->age * 365 - draft->age / 4 - 1 - _guitu_demo_below (demo, 365);
  _guitu_demo_format_day (draft->birth, date);
  draft->year = atoi (date);
}

static void
set (const Draft *draft, const char *field, const char *value)
{
  json_object_set_string_member (draft->json, field, value);
}

static void
set_exact_birth (const Draft *draft)
{
  char date[11];

  _guitu_demo_format_day (draft->birth, date);
  set (draft, "birth_from", date);
  set (draft, "birth_to", date);
}

/* What somebody guesses who looks at the person: some years around the truth. */
static void
set_estimated_birth (GuituDemo *demo, const Draft *draft, guint years)
{
  char date[11];
  guint before = _guitu_demo_below (demo, years);

  g_snprintf (date, sizeof date, "%04d-01-01", (draft->year - (int) before) % 10000);
  set (draft, "birth_from", date);
  g_snprintf (date, sizeof date, "%04d-12-31", (draft->year + (int) (years - before) - 1) % 10000);
  set (draft, "birth_to", date);
}

static void
set_identity_number (GuituDemo *demo, const Draft *draft)
{
  char number[19];
  char date[11];
  guint order = _guitu_demo_below (demo, 500) * 2 + (g_str_equal (draft->sex, "1") ? 1 : 0);
  gboolean is_temporary = _guitu_demo_chance (demo, 30);
  gboolean is_book = draft->age < 16 || _guitu_demo_chance (demo, 20);

  _guitu_demo_format_day (draft->birth, date);
  g_snprintf (number, sizeof number, "%s%.4s%.2s%.2s%03u", draft->region, date, date + 5, date + 8, order % 1000);
  number[17] = guitu_identity_number_check_digit (number);
  number[18] = '\0';
  set (draft, "id_kind", is_book ? "household-book" : is_temporary ? "temporary-id"
                                                                   : "resident-id");
  set (draft, "id_number", number);
  set (draft, "verified_by", _guitu_demo_draw (demo, verified_by));
}

static void
set_identity (GuituDemo *demo, const Draft *draft)
{
  char number[10];

  if (draft->is_unknown)
    {
      set_estimated_birth (demo, draft, MIN (11, 2 + draft->age / 3));
      set (draft, "id_kind", "none");
      set (draft, "verified_by", "none");
    }
  else if (draft->nation == NULL)
    {
      set_exact_birth (draft);
      g_snprintf (number, sizeof number, "P%08u", _guitu_demo_below (demo, 100000000) % 100000000);
      set (draft, "id_kind", "passport");
      set (draft, "id_number", number);
      set (draft, "verified_by", "id-card");
    }
  else if (_guitu_demo_chance (demo, SHARE_NO_NUMBER))
    {
      if (_guitu_demo_chance (demo, 500))
        set_exact_birth (draft);
      else
        set_estimated_birth (demo, draft, 1 + _guitu_demo_below (demo, 3));
      set (draft, "id_kind", "none");
      set (draft, "verified_by", "none");
    }
  else
    {
      set_exact_birth (draft);
      set_identity_number (demo, draft);
    }
}

static void
set_home (GuituDemo *demo, const Draft *draft)
{
  set (draft, "household", draft->region);
  if (_guitu_demo_chance (demo, 300))
    {
      g_autofree char *place = guitu_regions_full_name (draft->region);
      const char *street = GUITU_DEMO_PICK (demo, streets);
      g_autofree char *address = g_strdup_printf ("%s%s%u号", place, street, 1 + _guitu_demo_below (demo, 180));

      set (draft, "address", address);
    }
}

static void
set_contacts (GuituDemo *demo, const Draft *draft)
{
  char phone[12];

  if (_guitu_demo_chance (demo, 450))
    {
      _guitu_demo_phone (demo, phone);
      set (draft, "phone", phone);
    }
  if (_guitu_demo_chance (demo, 300))
    {
      guint i = _guitu_demo_below (demo, G_N_ELEMENTS (kin));
      g_autofree char *name = _guitu_demo_name (demo, "01", kin[i].sex, draft->year + kin[i].years);
      g_autofree char *text = NULL;

      _guitu_demo_phone (demo, phone);
      text = g_strdup_printf ("%s %s %s", kin[i].word, name, phone);
      set (draft, "kin", text);
    }
}

static void
set_looks (GuituDemo *demo, const Draft *draft)
{
  guint shortest = g_str_equal (draft->sex, "1") ? 156 : 146;
  const GuituDemoLot *lots = draft->is_unknown ? health_of_unknown : draft->age >= 65 ? health_of_old
                                                                                      : health_of_most;

  if (draft->age >= 18)
    json_object_set_int_member (draft->json, "height_cm",
                                shortest + _guitu_demo_below (demo, 14) + _guitu_demo_below (demo, 14));
  if (draft->is_unknown || _guitu_demo_chance (demo, 350))
    {
      g_autofree char *accent = g_strconcat (provinces[draft->province].name, "口音", NULL);

      set (draft, "accent", accent);
    }
  if (draft->is_unknown || _guitu_demo_chance (demo, 200))
    {
      const char *place = GUITU_DEMO_PICK (demo, mark_places);
      g_autofree char *mark = g_strconcat (place, GUITU_DEMO_PICK (demo, marks), NULL);

      set (draft, "marks", _guitu_demo_chance (demo, 250) ? GUITU_DEMO_PICK (demo, marks_whole) : mark);
    }
  set (draft, "health", _guitu_demo_draw (demo, lots));
  if (_guitu_demo_chance (demo, 600))
    set (draft, "literate", draft->is_unknown ? "unknown" : _guitu_demo_draw (demo, literate));
}

JsonObject *
guitu_demo_person (GuituDemo *demo)
{
  Draft draft = { .json = json_object_new () };

  g_return_val_if_fail (demo != NULL, NULL);

  demo->n_people++;
  draft.is_unknown = _guitu_demo_chance (demo, SHARE_UNKNOWN);
  draft.sex = _guitu_demo_chance (demo, 760) ? "1" : "2";
  if (draft.is_unknown || !_guitu_demo_chance (demo, SHARE_FOREIGNER))
    draft.nation = _guitu_demo_draw (demo, nations);
  draw_birth (demo, &draft);
  draft.province = draw_province (demo, draft.nation);
  draft.region = draw_county (demo, &draft);

  if (!draft.is_unknown)
    {
      g_autofree char *name = _guitu_demo_name (demo, draft.nation, draft.sex, draft.year);

      set (&draft, "name", name);
      if (draft.nation != NULL)
        set (&draft, "nation", draft.nation);
    }
  set (&draft, "sex", draft.sex);
  if (_guitu_demo_chance (demo, draft.is_unknown ? 300 : 60))
    set (&draft, "alias", GUITU_DEMO_PICK (demo, nicknames));
  set_identity (demo, &draft);
  if (!draft.is_unknown && draft.nation != NULL)
    {
      set_home (demo, &draft);
      set_contacts (demo, &draft);
    }
  set_looks (demo, &draft);
  if (_guitu_demo_chance (demo, 400))
    {
      g_autofree char *number = g_strdup_printf ("DEMO-%08u", demo->n_people);

      set (&draft, "national_number", number);
    }
  return draft.json;
}
