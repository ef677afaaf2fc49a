/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which schemes a household may be entitled to, by the standards of the place: a suggestion to refer
 * with its arithmetic shown, never a decision, which is the receiving office's. Nothing is stored.
 * The standards are local and no number is in the program: the administrator enters them. */

#include "app/after.h"
#include "app/fence.h"
#include "app/links.h"
#include "app/regions.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

#define SIZE_LIMIT 50
#define INCOME_LIMIT G_GINT64_CONSTANT (100000000)
#define ASSETS_LIMIT G_GINT64_CONSTANT (100000000000)
#define STANDARD_LIMIT G_GINT64_CONSTANT (1000000)
#define CITY_DIGITS 4 /* of a region code: standards are set by city or county */

#define DISCLAIMER "仅为初步比对的建议，不是决定；是否符合由受理机关审核确认。"

/* Amounts in whole yuan. */
typedef struct
{
  gint64 size;
  gint64 income;         /* a month, of all */
  gint64 assets;         /* of all; -1: not told */
  gint64 standard;       /* 低保标准, a month and head */
  const GuituRule *rule; /* where the standard is from; NULL: told by the caller */
  const char *elderly;   /* why, or NULL */
  const char *minor;
  const char *disability;
  gboolean no_supporter;
  const char *on;
  gboolean may_get_dibao; /* as found */
} Household;

/* --- Arithmetic ------------------------------------------------------------------------------ */

/* "600", "612.5" or, rounded, "333.33". */
static char *
quotient_text (gint64 dividend,
               gint64 divisor,
               gboolean *is_exact)
{
  gint64 hundredths = (dividend * 100 * 2 + divisor) / (divisor * 2);

  *is_exact = dividend * 100 % divisor == 0;
  if (dividend % divisor == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, dividend / divisor);
  if (hundredths % 10 == 0 && *is_exact)
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%d", hundredths / 100, (int) (hundredths % 100 / 10));
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (hundredths % 100));
}

static char *
per_head_text (gint64 amount,
               gint64 size)
{
  gboolean is_exact;

  return quotient_text (amount, size, &is_exact);
}

static char *
percent_text (gint64 amount,
              gint64 percent)
{
  gboolean is_exact;

  return quotient_text (amount * percent, 100, &is_exact);
}

static void
add_line (JsonArray *lines,
          const char *format,
          ...) G_GNUC_PRINTF (2, 3);

static void
add_line (JsonArray *lines,
          const char *format,
          ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  json_array_add_string_element (lines, line);
}

static void
add_division (JsonArray *lines,
              const char *what,
              gint64 amount,
              gint64 size)
{
  gboolean is_exact;
  g_autofree char *each = quotient_text (amount, size, &is_exact);

  add_line (lines, "%s %" G_GINT64_FORMAT " 元 ÷ %" G_GINT64_FORMAT " 人 %s %s 元/人", what, amount, size, is_exact ? "=" : "≈", each);
}

/* Whether the income a head is less than @percent of the standard, with its line. */
static gboolean
add_comparison (JsonArray *lines,
                const Household *household,
                gint64 percent,
                const char *limit_name,
                const char *if_less)
{
  g_autofree char *each = per_head_text (household->income, household->size);
  g_autofree char *limit = percent_text (household->standard, percent);
  gboolean is_less = household->income * 100 < household->standard * percent * household->size;

  if (percent != 100)
    add_line (lines, "%s：%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT "%% = %s 元", limit_name, household->standard, percent, limit);
  add_line (lines, "%s %s %s %s 元 → %s", each, is_less ? "<" : "≥", limit_name, limit, is_less ? if_less : "收入不符合");
  return is_less;
}

/* A rule whose value is a whole number above 0; NULL when the place has none on that day. */
static const GuituRule *
find_number (const char *name,
             const char *on,
             gint64 *value)
{
  const GuituRule *rule = guitu_rules_find (name, on);

  if (rule == NULL || !g_ascii_string_to_signed (rule->value, 10, 1, STANDARD_LIMIT * 1000, value, NULL))
    return NULL;
  return rule;
}

/* --- Schemes --------------------------------------------------------------------------------- */

typedef struct
{
  JsonArray *lines;
  const GuituRule *rule; /* what it rests on; may be NULL */
  const char *missing;   /* name of a rule that the place has not set */
} Finding;

/* What is owned beside the income; what can't be compared doesn't speak against. */
static gboolean
compare_assets (const Household *household,
                JsonArray *lines)
{
  g_autofree char *each = household->assets < 0 ? NULL : per_head_text (household->assets, household->size);
  gint64 limit;
  gboolean is_within;

  if (household->assets < 0)
    {
      add_line (lines, "家庭财产未填 → 须另行核对");
      return TRUE;
    }
  if (find_number ("dibao_assets_yuan", household->on, &limit) == NULL)
    {
      add_line (lines, "家庭财产 %" G_GINT64_FORMAT " 元：本地未设定财产标准 → 须另行核对", household->assets);
      return TRUE;
    }
  add_division (lines, "家庭财产", household->assets, household->size);
  is_within = household->assets <= limit * household->size;
  add_line (lines, "%s %s 财产标准 %" G_GINT64_FORMAT " 元/人 → %s", each, is_within ? "≤" : ">", limit, is_within ? "可能符合" : "财产不符合");
  return is_within;
}

/* 社会救助暂行办法 Art. 9: income a head below the local standard, and the assets. */
static gboolean
check_dibao (Household *household,
             Finding *finding)
{
  gboolean has_little;
  gboolean owns_little;

  finding->rule = household->rule;
  add_division (finding->lines, "家庭月收入", household->income, household->size);
  has_little = add_comparison (finding->lines, household, 100, "低保标准", "可能符合");
  owns_little = compare_assets (household, finding->lines);
  household->may_get_dibao = has_little && owns_little;
  return household->may_get_dibao;
}

static gboolean
check_low_income (Household *household,
                  Finding *finding)
{
  gint64 percent;
  gboolean has_little;

  finding->rule = find_number ("low_income_factor", household->on, &percent);
  if (finding->rule == NULL)
    {
      finding->missing = "low_income_factor";
      return FALSE;
    }
  add_division (finding->lines, "家庭月收入", household->income, household->size);
  has_little = add_comparison (finding->lines, household, percent, "低保边缘标准", "可能符合");
  if (household->may_get_dibao)
    add_line (finding->lines, "可能符合最低生活保障 → 先按低保申请");
  return has_little && !household->may_get_dibao;
}

/* Without the strength to work, without a livelihood, without anybody who must support them. */
static gboolean
check_tekun (Household *household,
             Finding *finding)
{
  const char *why = household->elderly != NULL ? household->elderly : household->minor != NULL ? household->minor
                                                                                               : household->disability;
  gint64 percent;
  gboolean has_little;

  finding->rule = find_number ("tekun_factor", household->on, &percent);
  add_line (finding->lines, "无劳动能力：%s", why != NULL ? why : "未见老年、未成年或残疾的情形");
  add_line (finding->lines, "无法定赡养、抚养、扶养义务人：%s", household->no_supporter ? "是" : "未说明");
  add_division (finding->lines, "家庭月收入", household->income, household->size);
  has_little = add_comparison (finding->lines, household, 100, "低保标准", "可能视为无生活来源");
  if (finding->rule != NULL)
    {
      g_autofree char *amount = percent_text (household->standard, percent);

      add_line (finding->lines, "特困供养基本生活标准：%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT "%% = %s 元", household->standard, percent, amount);
    }
  return why != NULL && household->no_supporter && has_little;
}

static gboolean
check_temporary (Household *household,
                 Finding *finding)
{
  gint64 percent;

  finding->rule = find_number ("temporary_factor", household->on, &percent);
  if (finding->rule == NULL)
    {
      finding->missing = "temporary_factor";
      return FALSE;
    }
  add_division (finding->lines, "家庭月收入", household->income, household->size);
  return add_comparison (finding->lines, household, percent, "临时救助收入标准", "可能符合");
}

/* The allowance comes first: others follow from whether it is to be had. */
static const struct
{
  const char *scheme;
  gboolean (*check) (Household *household, Finding *finding);
} schemes[] = {
  { "dibao", check_dibao },
  { "low-income", check_low_income },
  { "tekun", check_tekun },
  { "temporary", check_temporary },
};

static void
add_rule (JsonObject *json,
          const GuituRule *rule)
{
  if (rule == NULL)
    return;
  json_object_set_string_member (json, "rule", rule->name);
  json_object_set_string_member (json, "citation", rule->citation);
  json_object_set_string_member (json, "effective_from", rule->effective_from);
}

static JsonArray *
check_schemes (Household *household)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      JsonObject *json = json_object_new ();
      Finding finding = { .lines = json_array_new () };
      gboolean is_suggested = schemes[i].check (household, &finding);

      if (finding.missing != NULL)
        {
          add_line (finding.lines, "本地未设定标准（%s）→ 不作比对；由管理员用 rule set 设定", finding.missing);
          json_object_set_string_member (json, "missing", finding.missing);
        }
      json_object_set_string_member (json, "scheme", schemes[i].scheme);
      json_object_set_string_member (json, "scheme_label", guitu_code_label ("scheme", schemes[i].scheme));
      json_object_set_boolean_member (json, "suggested", is_suggested);
      json_object_set_array_member (json, "arithmetic", finding.lines);
      add_rule (json, finding.rule);
      json_array_add_object_element (array, json);
    }
  return array;
}

/* --- What is known --------------------------------------------------------------------------- */

static gboolean
take_amount (GuituCall *call,
             const char *name,
             gint64 least,
             gint64 greatest,
             gint64 *amount,
             GError **error)
{
  if (!json_object_has_member (call->input, name))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", name, "“%s” is needed", name);
  *amount = guitu_call_integer (call, name, -1);
  if (*amount >= least && *amount <= greatest)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", name, "“%s” lies between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT,
                     name, least, greatest);
}

static gboolean
take_household (GuituCall *call,
                Household *household,
                GError **error)
{
  household->assets = -1;
  household->elderly = guitu_call_flag (call, "elderly") ? "老年人" : NULL;
  household->minor = guitu_call_flag (call, "minor") ? "未成年人" : NULL;
  household->disability = guitu_call_flag (call, "disability") ? "残疾（等级须核对）" : NULL;
  household->no_supporter = guitu_call_flag (call, "no_supporter");
  return take_amount (call, "household_size", 1, SIZE_LIMIT, &household->size, error) &&
         take_amount (call, "income_month_yuan", 0, INCOME_LIMIT, &household->income, error) &&
         (!json_object_has_member (call->input, "assets_yuan") ||
          take_amount (call, "assets_yuan", 0, ASSETS_LIMIT, &household->assets, error));
}

/* What the record tells is added to what the caller said. An age that is a guess counts by the end
 * that speaks least for help. */
static void
take_person (Household *household,
             const GuituRecord *person)
{
  static const char *const disabilities[] = { "mental", "intellectual", "physical", "visual", "hearing", "speech", NULL };
  const char *health = guitu_record_text (person, GUITU_PERSON_HEALTH);
  gint64 elderly, minor;
  int least, greatest;

  if (health != NULL && g_strv_contains (disabilities, health))
    household->disability = "残疾（等级须核对）";
  if (!guitu_person_age (person, household->on, &least, &greatest))
    return;
  if (find_number ("tekun_elderly_years", household->on, &elderly) != NULL && least >= elderly)
    household->elderly = "老年人";
  if (find_number ("tekun_minor_years", household->on, &minor) != NULL && greatest < minor)
    household->minor = "未成年人";
}

static gboolean
take_standard (GuituCall *call,
               Household *household,
               const char *place_name,
               GError **error)
{
  if (json_object_has_member (call->input, "standard"))
    return take_amount (call, "standard", 1, STANDARD_LIMIT, &household->standard, error);
  household->rule = find_number ("dibao_standard_yuan", household->on, &household->standard);
  if (household->rule != NULL)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "no-standard", "standard",
                     "No local standard (dibao_standard_yuan) is set for %s on %s; the administrator adds one with “rule set”, "
                     "and --standard tries one without",
                     place_name, household->on);
}

/* A person is entitled by the standard of their own place. */
static void
add_place_note (JsonObject *result,
                const GuituRecord *person,
                const char *place)
{
  const char *home = person == NULL ? NULL : guitu_record_text (person, GUITU_PERSON_HOUSEHOLD);
  g_autofree char *name = home == NULL ? NULL : guitu_regions_full_name (home);
  g_autofree char *note = NULL;
  JsonArray *notes;

  if (name == NULL || place == NULL || strncmp (home, place, CITY_DIGITS) == 0)
    return;
  note = g_strdup_printf ("户籍所在地为%s，应按当地标准申请；此处按本站所在地标准比对", name);
  notes = json_array_new ();
  json_array_add_string_element (notes, note);
  json_object_set_array_member (result, "notes", notes);
}

static JsonObject *
present (Household *household,
         const char *place,
         const char *place_name)
{
  JsonObject *result = json_object_new ();
  JsonObject *standard = json_object_new ();

  json_object_set_int_member (standard, "yuan_month", household->standard);
  json_object_set_boolean_member (standard, "given", household->rule == NULL);
  add_rule (standard, household->rule);
  json_object_set_string_member (result, "on", household->on);
  if (place != NULL)
    json_object_set_string_member (result, "place", place);
  json_object_set_string_member (result, "place_name", place_name);
  json_object_set_object_member (result, "standard", standard);
  json_object_set_array_member (result, "schemes", check_schemes (household));
  json_object_set_boolean_member (result, "is_decision", FALSE);
  json_object_set_string_member (result, "text", DISCLAIMER);
  return result;
}

static gboolean
run_check (GuituCall *call,
           GError **error)
{
  const char *day = guitu_call_text (call, "on");
  const char *id = guitu_call_text (call, "person");
  g_autofree char *on = day == NULL ? guitu_today () : guitu_date_parse (day);
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) station = transaction == NULL ? NULL : guitu_own_station (transaction, error);
  g_autoptr (GuituRecord) person = NULL;
  g_autofree char *place_name = NULL;
  Household household = { .on = on };
  const char *place;
  JsonObject *result;

  if (station == NULL)
    return FALSE;
  if (on == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "on", "“%s” is no possible date (YYYY-MM-DD)", day);
  if (!take_household (call, &household, error))
    return FALSE;
  if (id != NULL)
    {
      if (!guitu_fence_refuse (call, transaction, id, error))
        return FALSE;
      person = guitu_person_effective (transaction, id, error);
      if (person == NULL)
        return FALSE;
      take_person (&household, person);
    }
  place = guitu_record_text (station, GUITU_STATION_REGION);
  place_name = place == NULL ? NULL : guitu_regions_full_name (place);
  if (place_name == NULL)
    place_name = g_strdup (guitu_record_text (station, GUITU_STATION_NAME));
  if (!take_standard (call, &household, place_name, error))
    return FALSE;
  result = present (&household, place, place_name);
  add_place_note (result, person, place);
  guitu_call_emit (call, result);
  return TRUE;
}

static const GuituOption check_options[] = {
  { "household_size", GUITU_OPTION_INTEGER, FALSE, "how many live together" },
  { "income_month_yuan", GUITU_OPTION_INTEGER, FALSE, "what all of them have a month, in whole yuan" },
  { "assets_yuan", GUITU_OPTION_INTEGER, FALSE, "what all of them own, in whole yuan" },
  { "person", GUITU_OPTION_TEXT, FALSE, "id of a person: age and disability from the record" },
  { "elderly", GUITU_OPTION_FLAG, FALSE, "an elderly person" },
  { "minor", GUITU_OPTION_FLAG, FALSE, "a minor" },
  { "disability", GUITU_OPTION_FLAG, FALSE, "a disabled person" },
  { "no_supporter", GUITU_OPTION_FLAG, FALSE, "nobody who must support them by law, or nobody who can" },
  { "standard", GUITU_OPTION_INTEGER, FALSE, "subsistence standard to try, in whole yuan a month, instead of the rule" },
  { "on", GUITU_OPTION_TEXT, FALSE, "by the standards of that day (today)" },
  { NULL },
};

const GuituVerb guitu_verb_referral_check = {
  "referral check", "Compare a household with local standards: suggests schemes, decides nothing, stores nothing", GUITU_VERB_PLAIN, check_options, NULL, run_check
};
