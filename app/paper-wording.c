/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a form says by itself: the law of a day in words. It stands on a blank form too. */

#include "app/papers.h"

#include "app/blacklist.h"
#include "app/rules.h"

#include <string.h>

/* The law in force on the day, and since when, unless its own words tell that. */
char *
guitu_paper_citation (const char *kind,
                      const char *on)
{
  const GuituRule *found = guitu_rules_find (guitu_paper_kind (kind)->form_rule, on);
  g_autofree char *since = found == NULL ? NULL : guitu_time_in_chinese (found->effective_from);

  if (found == NULL)
    return NULL;
  return strstr (found->citation, since) != NULL ? g_strdup (found->citation) : g_strdup_printf ("%s（自%s起）", found->citation, since);
}

static char *
complaint (const GuituRecord *station,
           const char *on)
{
  const GuituRule *rule = guitu_rules_find ("complaint_right", on);
  const char *phone = guitu_record_text (station, GUITU_STATION_COMPLAINTS);
  return g_strdup_printf ("对本决定有异议的，可以%s（%s）。%s%s", rule == NULL ? "向民政部门举报" : rule->value,
                          rule == NULL ? "" : rule->citation, phone == NULL ? "\n投诉电话：＿＿＿＿＿＿＿＿＿＿" : "投诉电话：",
                          phone == NULL ? "" : phone);
}

static char *
review (const GuituRecord *station,
        const char *on)
{
  const GuituRule *days = guitu_rules_find ("appeal_days", on);
  const GuituRule *body = guitu_rules_find ("appeal_body", on);
  return days == NULL ? NULL : g_strdup_printf ("不服本决定的，可以自收到之日起%s日内，向%s申请行政复议（%s）。", days->value, body == NULL ? "有管辖权的行政复议机关" : body->value, days->citation);
}

static char *
lawsuit (const GuituRecord *station,
         const char *on)
{
  const GuituRule *months = guitu_rules_find ("lawsuit_months", on);
  const GuituRule *first = guitu_rules_find ("appeal_first", on);
  g_autofree char *order = first == NULL ? g_strdup ("") : g_strdup_printf ("%s（%s）。", first->value, first->citation);
  return months == NULL ? NULL : g_strdup_printf ("也可以自收到之日起%s个月内，依法向人民法院提起行政诉讼（%s）。%s", months->value, months->citation, order);
}

/* The sentence @format of the number that a rule sets; NULL where the station has set none. */
static char *
sentence (const char *rule_name,
          const char *on,
          const char *before,
          const char *after)
{
  const GuituRule *rule = guitu_rules_find (rule_name, on);

  return rule == NULL || *rule->value == '\0' ? NULL : g_strconcat (before, rule->value, after, NULL);
}

static char *
stay_limit (const GuituRecord *station,
            const char *on)
{
  return sentence ("stay_limit_days", on, "一般不超过", "天；因特殊情况需要延长的，由本站报上级民政部门备案。");
}

static char *
cash_limit (const GuituRecord *station,
            const char *on)
{
  return sentence ("cash_limit_yuan", on, "原则上不提供现金；因特殊情况需要提供短途公共交通费的，一般不超过", "元，并留存签收字据。");
}

static char *
retention (const GuituRecord *station,
           const char *on)
{
  return sentence ("retention_years", on, "离站后保存", "年，期满删除或者匿名化；法律、行政法规另有规定的从其规定。");
}

static char *
list_name (const GuituRecord *station,
           const char *on)
{
  return g_strdup (guitu_list_called (on));
}

static const struct
{
  const char *key;
  char *(*compose) (const GuituRecord *station, const char *on);
} wordings[] = {
  { "form.complaint", complaint },
  { "form.review", review },
  { "form.lawsuit", lawsuit },
  { "form.stay_limit", stay_limit },
  { "form.cash_limit", cash_limit },
  { "form.retention", retention },
  { "form.list_name", list_name },
};

void
guitu_paper_add_wording (JsonObject *fields,
                         const GuituForm *form,
                         const GuituRecord *station,
                         const char *on)
{
  g_autofree char *citation = guitu_paper_citation (guitu_form_kind (form), on);

  if (citation != NULL)
    json_object_set_string_member (fields, "form.citation", citation);
  for (guint i = 0; i < G_N_ELEMENTS (wordings); i++)
    if (g_strv_contains (guitu_form_keys (form), wordings[i].key))
      {
        g_autofree char *text = wordings[i].compose (station, on);

        if (text != NULL)
          json_object_set_string_member (fields, wordings[i].key, text);
      }
}
