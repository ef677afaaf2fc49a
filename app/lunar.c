/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lunar.h"

#include "app/call.h"

#include <string.h>
#include <unicode/ucal.h>

#define LEAST_YEAR 1900
#define GREATEST_YEAR 2100
#define CHINESE_EPOCH_YEAR 2637 /* the lunar year that began in 1984 is the year 4621 of ICU's count */
#define DAYS_OF_A_LONG_MONTH 30

/* --- Reading ---------------------------------------------------------------------------------- */

static gboolean
take (const char **at,
      const char *word)
{
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

static void
skip_spaces (const char **at)
{
  while (**at != '\0' && g_unichar_isspace (g_utf8_get_char (*at)))
    *at = g_utf8_next_char (*at);
}

/* One Chinese or western digit, or -1. */
static int
take_digit (const char **at)
{
  static const struct
  {
    const char *word;
    int value;
  } digits[] = { { "〇", 0 }, { "零", 0 }, { "○", 0 }, { "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 } };

  if (g_ascii_isdigit (**at))
    return *(*at)++ - '0';
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (take (at, digits[i].word))
      return digits[i].value;
  return -1;
}

static gboolean
take_year (const char **at,
           int *year)
{
  *year = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = take_digit (at);

      if (digit < 0)
        return FALSE;
      *year = *year * 10 + digit;
    }
  return TRUE;
}

/* 1 to 39 as it is spoken: 初五, 十, 十五, 二十, 廿三, 三十, 卅, and 15; 0 where there is none. */
static int
take_number (const char **at)
{
  int tens = take (at, "廿") ? 2 : take (at, "卅") ? 3
                                                   : -1;
  int digit;

  if (tens < 0)
    {
      take (at, "初");
      if (take (at, "十"))
        tens = 1;
    }
  digit = take_digit (at);
  if (tens < 0 && digit > 0 && take (at, "十"))
    {
      tens = digit;
      digit = take_digit (at);
    }
  if (tens >= 0)
    return tens * 10 + MAX (digit, 0);
  if (digit >= 0 && g_ascii_isdigit (**at))
    return digit * 10 + take_digit (at);
  return MAX (digit, 0);
}

static int
take_month (const char **at)
{
  if (take (at, "正"))
    return 1;
  if (take (at, "冬"))
    return 11;
  if (take (at, "腊") || take (at, "臘"))
    return 12;
  return take_number (at);
}

/* "年", "月" or a western mark between the parts. */
static gboolean
take_mark (const char **at,
           const char *word)
{
  gboolean is_marked = take (at, word) || take (at, "-") || take (at, "/") || take (at, ".");

  skip_spaces (at);
  return is_marked;
}

gboolean
guitu_lunar_parse (const char *text,
                   GuituLunarDate *date)
{
  const char *at = text;

  *date = (GuituLunarDate){ 0 };
  skip_spaces (&at);
  if (!take (&at, "农历") && !take (&at, "農曆") && !take (&at, "阴历"))
    take (&at, "旧历");
  skip_spaces (&at);
  if (!take_year (&at, &date->year))
    return FALSE;
  if (take_mark (&at, "年") && *at != '\0')
    {
      date->is_leap = take (&at, "闰") || take (&at, "閏");
      date->month = take_month (&at);
      if (date->month == 0)
        return FALSE;
      if (take_mark (&at, "月") && *at != '\0')
        {
          date->day = take_number (&at);
          if (date->day == 0)
            return FALSE;
          if (!take (&at, "日"))
            take (&at, "号");
        }
    }
  skip_spaces (&at);
  return *at == '\0';
}

/* --- Converting ------------------------------------------------------------------------------- */

static UCalendar *
calendar_open (const char *locale)
{
  static const UChar zone[] = { 'A', 's', 'i', 'a', '/', 'S', 'h', 'a', 'n', 'g', 'h', 'a', 'i', 0 };
  UErrorCode status = U_ZERO_ERROR;
  UCalendar *calendar = ucal_open (zone, -1, locale, UCAL_DEFAULT, &status);

  if (U_FAILURE (status))
    g_error ("the calendars of ICU are missing: %s", u_errorName (status));
  return calendar;
}

/* The moment of noon of that day, or FALSE where the calendar comes to another: there is no such day. */
static gboolean
find_day (UCalendar *calendar,
          const GuituLunarDate *date,
          UDate *moment)
{
  UErrorCode status = U_ZERO_ERROR;

  ucal_clear (calendar);
  ucal_set (calendar, UCAL_EXTENDED_YEAR, date->year + CHINESE_EPOCH_YEAR);
  ucal_set (calendar, UCAL_MONTH, date->month - 1);
  ucal_set (calendar, UCAL_IS_LEAP_MONTH, date->is_leap);
  ucal_set (calendar, UCAL_DATE, date->day);
  ucal_set (calendar, UCAL_HOUR_OF_DAY, 12);
  *moment = ucal_getMillis (calendar, &status);
  return U_SUCCESS (status) && ucal_get (calendar, UCAL_EXTENDED_YEAR, &status) == date->year + CHINESE_EPOCH_YEAR &&
         ucal_get (calendar, UCAL_MONTH, &status) == date->month - 1 &&
         ucal_get (calendar, UCAL_IS_LEAP_MONTH, &status) == date->is_leap &&
         ucal_get (calendar, UCAL_DATE, &status) == date->day && U_SUCCESS (status);
}

static char *
day_text (UDate moment)
{
  UCalendar *calendar = calendar_open ("zh_CN@calendar=gregorian");
  UErrorCode status = U_ZERO_ERROR;
  char *text;

  ucal_setMillis (calendar, moment, &status);
  text = g_strdup_printf ("%04d-%02d-%02d", ucal_get (calendar, UCAL_YEAR, &status), ucal_get (calendar, UCAL_MONTH, &status) + 1,
                          ucal_get (calendar, UCAL_DATE, &status));
  ucal_close (calendar);
  return text;
}

/* Months of which ICU 72 errs, mostly by a new moon close to midnight: the days of the almanac
 * (Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Table), NULL for a leap month there is not.
 * Compared month by month from 1900 to 2026. */
static const struct
{
  GuituLunarDate month;
  const char *from;
  const char *to;
} corrections[] = {
  { { 1917, 2, 0, TRUE }, "1917-03-23", "1917-04-20" },
  { { 1917, 3, 0, FALSE }, "1917-04-21", "1917-05-20" },
  { { 1917, 3, 0, TRUE }, NULL, NULL },
  { { 1922, 5, 0, TRUE }, "1922-06-25", "1922-07-23" },
  { { 1922, 6, 0, FALSE }, "1922-07-24", "1922-08-22" },
  { { 1922, 6, 0, TRUE }, NULL, NULL },
  { { 1953, 12, 0, FALSE }, "1954-01-05", "1954-02-02" },
  { { 1954, 1, 0, FALSE }, "1954-02-03", "1954-03-04" },
  { { 1955, 1, 0, FALSE }, "1955-01-24", "1955-02-21" },
  { { 1955, 2, 0, FALSE }, "1955-02-22", "1955-03-23" },
  { { 1987, 6, 0, TRUE }, "1987-07-26", "1987-08-23" },
  { { 1987, 7, 0, FALSE }, "1987-08-24", "1987-09-22" },
  { { 1987, 7, 0, TRUE }, NULL, NULL },
  { { 1998, 11, 0, FALSE }, "1998-12-19", "1999-01-16" },
  { { 1998, 12, 0, FALSE }, "1999-01-17", "1999-02-15" },
  { { 2012, 6, 0, FALSE }, "2012-07-19", "2012-08-16" },
  { { 2012, 7, 0, FALSE }, "2012-08-17", "2012-09-15" },
  { { 2018, 9, 0, FALSE }, "2018-10-09", "2018-11-07" },
  { { 2018, 10, 0, FALSE }, "2018-11-08", "2018-12-06" },
  { { 2026, 12, 0, FALSE }, "2027-01-08", "2027-02-05" },
  { { 2027, 1, 0, FALSE }, "2027-02-06", "2027-03-07" },
};

/* First and last day of a month, as ICU has them. */
static gboolean
compute_month (const GuituLunarDate *month,
               char **from,
               char **to)
{
  UCalendar *calendar = calendar_open ("zh_CN@calendar=chinese");
  GuituLunarDate day = *month;
  UDate first, last;
  gboolean exists;

  day.day = 1;
  exists = find_day (calendar, &day, &first);
  day.day = DAYS_OF_A_LONG_MONTH;
  if (exists && !find_day (calendar, &day, &last))
    {
      day.day--;
      exists = find_day (calendar, &day, &last);
    }
  ucal_close (calendar);
  if (!exists)
    return FALSE;
  *from = day_text (first);
  *to = day_text (last);
  return TRUE;
}

static gboolean
find_month (const GuituLunarDate *month,
            char **from,
            char **to)
{
  for (guint i = 0; i < G_N_ELEMENTS (corrections); i++)
    if (corrections[i].month.year == month->year && corrections[i].month.month == month->month &&
        corrections[i].month.is_leap == month->is_leap)
      {
        *from = g_strdup (corrections[i].from);
        *to = g_strdup (corrections[i].to);
        return *from != NULL;
      }
  return compute_month (month, from, to);
}

static gboolean
find_year (int year,
           char **from,
           char **to)
{
  const GuituLunarDate first = { .year = year, .month = 1 };
  const GuituLunarDate next = { .year = year + 1, .month = 1 };
  g_autofree char *to_of_first = NULL;
  g_autofree char *from_of_next = NULL;
  g_autofree char *to_of_next = NULL;

  if (!find_month (&first, from, &to_of_first) || !find_month (&next, &from_of_next, &to_of_next))
    return FALSE;
  *to = guitu_date_add_days (from_of_next, -1);
  return TRUE;
}

gboolean
guitu_lunar_convert (const GuituLunarDate *date,
                     char **from,
                     char **to)
{
  g_autofree char *day = NULL;

  *from = *to = NULL;
  if (date->year < LEAST_YEAR || date->year > GREATEST_YEAR || date->month > 12)
    return FALSE;
  if (date->month == 0)
    return find_year (date->year, from, to);
  if (!find_month (date, from, to))
    return FALSE;
  if (date->day == 0)
    return TRUE;
  day = guitu_date_add_days (*from, date->day - 1);
  if (strcmp (day, *to) > 0)
    {
      g_clear_pointer (from, g_free);
      g_clear_pointer (to, g_free);
      return FALSE;
    }
  g_free (*from);
  g_free (*to);
  *from = g_strdup (day);
  *to = g_steal_pointer (&day);
  return TRUE;
}
