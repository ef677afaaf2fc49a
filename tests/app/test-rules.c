/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rules.h"

#include "app/regions.h"

#include <string.h>

static gboolean
is_date (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);

  return strlen (text) == 10 && g_strv_length (parts) == 3 &&
         g_date_valid_dmy ((GDateDay) atoi (parts[2]), (GDateMonth) atoi (parts[1]), (GDateYear) atoi (parts[0]));
}

static void
test_each_has_date_and_source (void)
{
  guint n = 0;
  const GuituRule *rules = guitu_rules_list (&n);

  g_assert_cmpuint (n, >=, 15);
  for (guint i = 0; i < n; i++)
    {
      const GuituRule *rule = &rules[i];

      g_test_message ("%s", rule->name);
      g_assert_cmpstr (rule->name, !=, "");
      g_assert_cmpstr (rule->unit, !=, "");
      g_assert_true (is_date (rule->effective_from));
      if (*rule->effective_until != '\0')
        {
          g_assert_true (is_date (rule->effective_until));
          g_assert_cmpstr (rule->effective_from, <=, rule->effective_until);
        }
      g_assert_true (*rule->place == '\0' || guitu_regions_exists (rule->place));
      if (*rule->value == '\0') /* local everywhere: only the name is known */
        g_assert_null (guitu_rules_find (rule->name, "2026-11-22"));
      else
        g_assert_true (*rule->citation != '\0' || strstr (rule->note, "本系统设定") != NULL);
    }
}

static void
test_value_on_a_day (void)
{
  static const struct
  {
    const char *name;
    const char *date;
    gint64 value;
  } cases[] = {
    { "stay_limit_days", "2010-01-01", 10 },
    { "stay_limit_days", "2020-01-31", 10 },
    { "stay_limit_days", "2020-02-01", 14 },
    { "stay_limit_days", "2020-12-31", 14 },
    { "stay_limit_days", "2021-01-01", 10 },
    { "stay_limit_days", "2026-05-20T23:59:59+08:00", 10 },
    { "own_leave_age_years", "2026-05-20", 16 },
    { "notice_hours", "2026-05-20", 24 },
    { "dna_working_days", "2026-05-20", 7 },
    { "police_answer_months", "2026-05-20", 1 },
    { "stranded_after_days", "2026-05-20", 10 },
    { "settle_after_months", "2026-05-20", 3 },
    { "cash_limit_yuan", "2026-05-20", 20 },
    { "appeal_days", "2026-05-20", 60 },
    { "lawsuit_months", "2026-05-20", 6 },
    { "escort_paper_valid_days", "2026-05-20", 30 },
    { "intake_paper_valid_days", "2026-05-20", 365 },
    { "login_free_failures", "2026-05-20", 3 },
    { "login_delay_seconds", "2026-05-20", 2 },
    { "login_delay_limit_seconds", "2026-05-20", 300 },
    { "idle_lock_minutes", "2026-05-20", 15 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (guitu_rules_integer (cases[i].name, cases[i].date), ==, cases[i].value);
}

static void
test_citation_follows_the_day (void)
{
  g_assert_nonnull (strstr (guitu_rules_find ("appeal_days", "2023-12-31")->citation, "1999"));
  g_assert_nonnull (strstr (guitu_rules_find ("appeal_days", "2024-01-01")->citation, "2023"));
  g_assert_nonnull (strstr (guitu_rules_find ("intake_form", "2026-05-20")->citation, "附件1"));
  g_assert_nonnull (strstr (guitu_rules_find ("handover_form", "2026-05-20")->citation, "国务院令第381号"));
}

static void
test_no_rule (void)
{
  g_assert_null (guitu_rules_find ("stay_limit_days", "2003-07-31"));
  g_assert_null (guitu_rules_find ("nothing", "2026-05-20"));
  g_assert_null (guitu_rules_find ("monthly_report_day", "2026-05-20")); /* only in one province */
}

static void
test_integer_must_exist (void)
{
  if (g_test_subprocess ())
    {
      guitu_rules_integer ("nothing", "2026-05-20");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*no whole number \"nothing\"*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/each-has-date-and-source", test_each_has_date_and_source);
  g_test_add_func ("/rules/value-on-a-day", test_value_on_a_day);
  g_test_add_func ("/rules/citation-follows-the-day", test_citation_follows_the_day);
  g_test_add_func ("/rules/no-rule", test_no_rule);
  g_test_add_func ("/rules/integer-must-exist", test_integer_must_exist);
  return g_test_run ();
}
