/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lunar.h"

static void
test_known_days (void)
{
  static const struct
  {
    const char *text;
    const char *from;
    const char *to;
  } cases[] = {
    /* The first days of lunar years, and the two feasts whose days every almanac prints. */
    { "农历1950年正月初一", "1950-02-17", NULL },
    { "1960-1-1", "1960-01-28", NULL },
    { "一九七〇年正月初一", "1970-02-06", NULL },
    { "1980/1/1", "1980-02-16", NULL },
    { "1990年1月1日", "1990-01-27", NULL },
    { "二〇〇〇年正月初一", "2000-02-05", NULL },
    { "二零一〇年正月初一", "2010-02-14", NULL },
    { "农历 2022年正月初一", "2022-02-01", NULL },
    { "农历1950年八月十五", "1950-09-26", NULL },
    { "2023年八月十五", "2023-09-29", NULL },
    { "2024年八月十五", "2024-09-17", NULL },
    /* Leap months. */
    { "二〇二〇年闰四月初一", "2020-05-23", NULL },
    { "2020年四月初一", "2020-04-23", NULL },
    { "2023年闰二月初一", "2023-03-22", NULL },
    { "2025年闰六月初一", "2025-07-25", NULL },
    { "2025年六月初一", "2025-06-25", NULL },
    { "2014年闰九月初一", "2014-10-24", NULL },
    { "1984年閏十月初一", "1984-11-23", NULL },
    /* Where ICU alone would err. */
    { "1954年正月初一", "1954-02-03", NULL },
    { "1955年二月初一", "1955-02-22", NULL },
    { "1987年闰六月初一", "1987-07-26", NULL },
    { "1987年七月初一", "1987-08-24", NULL },
    { "1998年腊月初一", "1999-01-17", NULL },
    { "2012年七月初七", "2012-08-23", NULL },
    { "2018年十月初一", "2018-11-08", NULL },
    { "1953", "1953-02-14", "1954-02-02" },
    /* Near the turn of our year. */
    { "1999年冬月廿二", "1999-12-29", NULL },
    { "2021年十一月二十九", "2022-01-01", NULL },
    { "2023年四月初八", "2023-05-26", NULL },
    { "1999年腊月廿九", "2000-02-04", NULL },
    /* What was not said stays open. */
    { "2023", "2023-01-22", "2024-02-09" },
    { "农历一九五〇年", "1950-02-17", "1951-02-05" },
    { "2025年六月", "2025-06-25", "2025-07-24" },
    { "2025年闰六月", "2025-07-25", "2025-08-22" },
    { "1999年腊月", "2000-01-07", "2000-02-04" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuituLunarDate date;
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_true (guitu_lunar_parse (cases[i].text, &date));
      g_assert_true (guitu_lunar_convert (&date, &from, &to));
      g_assert_cmpstr (from, ==, cases[i].from);
      g_assert_cmpstr (to, ==, cases[i].to == NULL ? cases[i].from : cases[i].to);
    }
}

static void
test_no_such_day (void)
{
  static const char *const cases[] = {
    "1950年十三月初一", "1950-13-1", "1950年八月三十一", "1950-8-31", "1950年闰四月初一", "2023年闰三月", "2025年闰六月三十",
    "1999年腊月三十", "1987年闰七月初一", "1953年腊月三十", "1899年正月初一", "2101年正月初一", "1950-39-1"
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuituLunarDate date;
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      g_test_message ("%s", cases[i]);
      g_assert_true (guitu_lunar_parse (cases[i], &date));
      g_assert_false (guitu_lunar_convert (&date, &from, &to));
      g_assert_null (from);
    }
}

static void
test_no_date (void)
{
  static const char *const cases[] = { "", "八月十五", "农历", "195年八月", "1950年某月", "1950年八月某日", "1950年八月十五晚", "属虎", "19500815" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuituLunarDate date;

      g_test_message ("%s", cases[i]);
      g_assert_false (guitu_lunar_parse (cases[i], &date));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lunar/known-days", test_known_days);
  g_test_add_func ("/lunar/no-such-day", test_no_such_day);
  g_test_add_func ("/lunar/no-date", test_no_date);
  return g_test_run ();
}
