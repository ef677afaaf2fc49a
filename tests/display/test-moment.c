/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/due-words.h"
#include "ui/widgets/moment.h"

#include <string.h>

static void
test_birth (void)
{
  static const struct
  {
    const char *typed;
    const char *from;
    const char *to;
  } cases[] = {
    { "1980-05-06", "1980-05-06", "1980-05-06" },
    { "19800506", "1980-05-06", "1980-05-06" },
    { "1980年5月6日", "1980-05-06", "1980-05-06" },
    { "１９８０/５/６", "1980-05-06", "1980-05-06" },
    { "1980", "1980-01-01", "1980-12-31" },
    { "1980年", "1980-01-01", "1980-12-31" },
    { "1980-02", "1980-02-01", "1980-02-29" },
    { "45", "1980-11-23", "1981-11-22" },
    { "约45岁", "1980-11-23", "1981-11-22" },
    { "40-50", "1975-11-23", "1986-11-22" },
    { "40至50岁", "1975-11-23", "1986-11-22" },
    { "0", "2025-11-23", "2026-11-22" },
    { "1975-11-23 – 1986-11-22", "1975-11-23", "1986-11-22" },
    { "1980-13-01", NULL, NULL },
    { "1980-02-30", NULL, NULL },
    { "19801301", NULL, NULL },
    { "50-40", NULL, NULL },
    { "150", NULL, NULL },
    { "old", NULL, NULL },
    { "", NULL, NULL },
    { "45x", NULL, NULL },
  };
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, 11, 2026);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpint (guitu_birth_parse (cases[i].typed, &today, &from, &to), ==, cases[i].from != NULL);
      g_assert_cmpstr (from, ==, cases[i].from);
      g_assert_cmpstr (to, ==, cases[i].to);
    }
}

static void
test_birth_leap_day (void)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 29, 2, 2024);
  g_assert_true (guitu_birth_parse ("1", &today, &from, &to));
  g_assert_cmpstr (from, ==, "2022-03-01");
  g_assert_cmpstr (to, ==, "2023-02-28");
}

static void
test_birth_text (void)
{
  g_autofree char *day = guitu_birth_text ("1980-05-06", "1980-05-06");
  g_autofree char *year = guitu_birth_text ("1980-01-01", "1980-12-31");
  g_autofree char *range = guitu_birth_text ("1975-11-23", "1986-11-22");
  g_autofree char *nothing = guitu_birth_text (NULL, NULL);

  g_assert_cmpstr (day, ==, "1980-05-06");
  g_assert_cmpstr (year, ==, "1980");
  g_assert_cmpstr (range, ==, "1975-11-23 – 1986-11-22");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_to_iso (void)
{
  static const struct
  {
    const char *typed;
    const char *iso;
  } cases[] = {
    { "2026-11-22 10:05", "2026-11-22T10:05:00+08:00" },
    { "2026/11/22 10:05", "2026-11-22T10:05:00+08:00" },
    { "2026年11月22日 10：05", "2026-11-22T10:05:00+08:00" },
    { "2026-11-22", "2026-11-22T00:00:00+08:00" },
    { "2026-11-22T10:05:00+08:00", "2026-11-22T10:05:00+08:00" },
    { "2026-13-22 10:05", NULL },
    { "2026-11-22 25:05", NULL },
    { "yesterday", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *iso = guitu_moment_to_iso (cases[i].typed);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

/* A day without a year is the last one that has been. */
static void
test_day_without_year (void)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (here);

  for (int days = -300; days <= 10; days += 5)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, days);
      g_autofree char *typed = g_date_time_format (day, "%m-%d 03:15");
      g_autofree char *iso = guitu_moment_to_iso (typed);
      g_autoptr (GDateTime) read = iso != NULL ? g_date_time_new_from_iso8601 (iso, here) : NULL;

      g_test_message ("%s: %s", typed, iso);
      if (read == NULL) /* a leap day in a year that has none */
        continue;
      g_assert_cmpint (g_date_time_difference (read, now), <=, G_TIME_SPAN_DAY);
      g_assert_cmpint (g_date_time_difference (now, read), <=, 367 * G_TIME_SPAN_DAY);
    }
}

static void
test_clock_time_is_today (void)
{
  g_autofree char *iso = guitu_moment_to_iso ("10:05");
  g_autofree char *shown = guitu_moment_from_iso (iso);
  g_autofree char *now = guitu_moment_now ();

  g_assert_true (g_str_has_suffix (shown, " 10:05"));
  g_assert_cmpint (strncmp (shown, now, 10), ==, 0);
}

static void
test_due (void)
{
  static const struct
  {
    const char *due_at;
    const char *words;
  } cases[] = {
    { "2026-11-22T10:00:00+08:00", "overdue since 10:00" },
    { "2026-11-21T10:00:00+08:00", "overdue since 2026-11-21 10:00, 1 day" },
    { "2026-10-31T23:59:59+08:00", "overdue since 2026-10-31, 22 days" },
    { "2026-11-22T14:00:00+08:00", "today 14:00" },
    { "2026-11-22T23:59:59+08:00", "today" },
    { "2026-11-23T00:00:00+08:00", "tomorrow 00:00" },
    { "2026-11-23T23:59:59+08:00", "tomorrow" },
    { "2026-12-01T23:59:59+08:00", "in 9 days (2026-12-01)" },
    { "2026-11-24T20:00:00Z", "in 3 days (2026-11-25 04:00)" },
    { "", "" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = guitu_due_words (cases[i].due_at, "2026-11-22 12:30");

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moment/birth", test_birth);
  g_test_add_func ("/moment/birth/leap-day", test_birth_leap_day);
  g_test_add_func ("/moment/birth/text", test_birth_text);
  g_test_add_func ("/moment/to-iso", test_to_iso);
  g_test_add_func ("/moment/day-without-year", test_day_without_year);
  g_test_add_func ("/moment/clock-time-is-today", test_clock_time_is_today);
  g_test_add_func ("/moment/due", test_due);
  return g_test_run ();
}
