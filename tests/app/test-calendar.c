/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/calendar.h"

static void
test_days (void)
{
  static const struct
  {
    const char *date;
    gboolean works;
  } cases[] = {
    { "2018-12-29", TRUE },  /* Saturday, worked for New Year 2019 */
    { "2018-12-31", FALSE }, /* Monday, of the notice for 2019 */
    { "2019-05-01", FALSE },
    { "2019-05-04", FALSE },
    { "2019-05-05", TRUE }, /* Sunday, by the notice of March 2019 */
    { "2020-01-19", TRUE }, /* Sunday */
    { "2020-01-23", TRUE },
    { "2020-01-24", FALSE },
    { "2020-01-31", FALSE }, /* Friday: the holiday was made longer */
    { "2020-02-01", FALSE }, /* Saturday that was to be worked, and then was not */
    { "2020-02-02", FALSE },
    { "2020-02-03", TRUE },
    { "2021-02-20", TRUE },
    { "2022-04-02", TRUE },
    { "2022-12-31", FALSE },
    { "2023-01-02", FALSE },
    { "2023-09-28", TRUE },
    { "2023-09-29", FALSE },
    { "2023-10-06", FALSE },
    { "2023-10-07", TRUE },
    { "2023-10-08", TRUE },
    { "2024-02-09", TRUE }, /* the eve was left to the employers */
    { "2024-02-10", FALSE },
    { "2024-02-18", TRUE },
    { "2025-04-27", TRUE },
    { "2025-05-05", FALSE },
    { "2026-01-04", TRUE },
    { "2026-09-20", TRUE },
    { "2026-09-25", FALSE },
    { "2026-10-01", FALSE },
    { "2026-10-07", FALSE },
    { "2026-10-08", TRUE },
    { "2026-10-10", TRUE },
    { "2026-10-11", FALSE },
    { "2026-11-21", FALSE }, /* an ordinary Saturday */
    { "2026-11-23T03:15:00+08:00", TRUE },
    { "2035-10-01", TRUE }, /* a Monday of a year without a notice */
    { "2035-10-06", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].date);
      g_assert_cmpint (guitu_calendar_works (cases[i].date), ==, cases[i].works);
    }
}

/* A year of the state has 11 holidays, 13 since 2025, and what else is free is worked at another time:
 * then the working days of a year are its weekdays less the holidays. */
static void
test_exchanged_days_come_out_even (void)
{
  static const struct
  {
    int year;
    int working_days;
  } cases[] = {
    { 2021, 250 },
    { 2022, 249 },
    { 2023, 249 },
    { 2024, 251 },
    { 2025, 248 },
    { 2026, 248 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate date;
      int works = 0;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 1, 1, cases[i].year);
      for (; g_date_get_year (&date) == cases[i].year; g_date_add_days (&date, 1))
        {
          g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));

          works += guitu_calendar_works (text);
        }
      g_test_message ("%d: %d", cases[i].year, works);
      g_assert_cmpint (works, ==, cases[i].working_days);
    }
}

static void
test_known_years (void)
{
  g_assert_false (guitu_calendar_knows (2017));
  for (int year = 2018; year <= 2026; year++)
    g_assert_true (guitu_calendar_knows (year));
  g_assert_false (guitu_calendar_knows (2035));
}

static void
test_source (void)
{
  g_assert_cmpstr (guitu_calendar_day ("2020-02-01").citation, ==, "国务院办公厅关于延长2020年春节假期的通知（国办发明电〔2020〕1号）");
  g_assert_cmpstr (guitu_calendar_day ("2026-10-10").name, ==, "国庆节");
  g_assert_cmpstr (guitu_calendar_day ("2026-11-21").citation, ==, "");
}

static void
test_working_days (void)
{
  static const struct
  {
    const char *from;
    int days;
    const char *end;
  } cases[] = {
    { "2020-01-20", 7, "2020-02-06" }, /* 21 22 23, holiday to 2 February, 3 4 5 6 */
    { "2020-01-18", 7, "2020-02-04" }, /* Sunday 19, 20 21 22 23, holiday, 3 4 */
    { "2023-09-25", 7, "2023-10-10" }, /* 26 27 28, holiday, 7 8 9 10 */
    { "2023-09-29", 7, "2023-10-13" },
    { "2024-02-05", 7, "2024-02-20" }, /* 6 7 8 9, holiday, Sunday 18, 19 20 */
    { "2025-04-25", 7, "2025-05-08" }, /* Sunday 27, 28 29 30, holiday, 6 7 8 */
    { "2026-09-18", 7, "2026-09-29" }, /* Sunday 20, 21-24, Mid-Autumn, 28 29 */
    { "2026-09-28", 7, "2026-10-13" }, /* 29 30, holiday, 8 9 10, 12 13 */
    { "2025-12-29", 5, "2026-01-06" }, /* over the year's end: 30 31, Sunday 4, 5 6 */
    { "2026-11-20T23:59:00+08:00", 1, "2026-11-23" },
    { "2026-11-20", 0, "2026-11-20" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *end = guitu_calendar_add_working_days (cases[i].from, cases[i].days);

      g_assert_cmpstr (end, ==, cases[i].end);
    }
}

static void
test_months (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *end;
  } cases[] = {
    { "2024-01-31", 1, "2024-02-29" },
    { "2023-01-31", 1, "2023-02-28" },
    { "2024-02-29", 12, "2025-02-28" },
    { "2024-02-29", 1, "2024-03-29" },
    { "2025-11-30", 3, "2026-02-28" },
    { "2025-12-31", 1, "2026-01-31" },
    { "2026-03-31", 6, "2026-09-30" },
    { "2026-03-31", -1, "2026-02-28" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *end = guitu_calendar_add_months (cases[i].from, cases[i].months);

      g_assert_cmpstr (end, ==, cases[i].end);
    }
}

static void
test_last_day_on_a_holiday (void)
{
  static const char *const cases[][2] = {
    { "2026-10-01", "2026-10-08" },
    { "2026-11-21", "2026-11-23" },
    { "2026-10-10", "2026-10-10" }, /* a Saturday that is worked */
    { "2023-09-30", "2023-10-07" },
    { "2024-02-29", "2024-02-29" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *end = guitu_calendar_roll (cases[i][0]);

      g_assert_cmpstr (end, ==, cases[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/days", test_days);
  g_test_add_func ("/calendar/exchanged-days-come-out-even", test_exchanged_days_come_out_even);
  g_test_add_func ("/calendar/known-years", test_known_years);
  g_test_add_func ("/calendar/source", test_source);
  g_test_add_func ("/calendar/working-days", test_working_days);
  g_test_add_func ("/calendar/months", test_months);
  g_test_add_func ("/calendar/last-day-on-a-holiday", test_last_day_on_a_holiday);
  return g_test_run ();
}
