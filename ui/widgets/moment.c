/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/moment.h"

#include "app/app.h"

#include <stdio.h>
#include <string.h>

#define LOCAL_TIME "2026-01-31T23:50:00+08:00"

char *
guitu_moment_now (void)
{
  g_autoptr (GTimeZone) zone = guitu_time_zone ();
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);

  return g_date_time_format (now, "%Y-%m-%d %H:%M");
}

GDate
guitu_moment_today (void)
{
  g_autoptr (GTimeZone) zone = guitu_time_zone ();
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  return today;
}

/* As the records have it: the words are in it already. */
static gboolean
is_local (const char *iso)
{
  return strlen (iso) == strlen (LOCAL_TIME) && iso[10] == 'T' && g_str_has_suffix (iso, LOCAL_TIME + 19);
}

char *
guitu_moment_from_iso (const char *iso)
{
  g_autoptr (GTimeZone) here = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (iso == NULL || *iso == '\0')
    return g_strdup ("");
  if (is_local (iso))
    return g_strdup_printf ("%.10s %.5s", iso, iso + 11);
  here = guitu_time_zone ();
  time = g_date_time_new_from_iso8601 (iso, here);
  if (time == NULL)
    return g_strdup (iso);
  local = g_date_time_to_timezone (time, here);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/* ASCII digits and separators: full-width forms made narrow, every date separator a hyphen, 岁 and
 * 约 and the like dropped, white space inside kept as one space. */
static char *
narrow (const char *typed)
{
  g_autofree char *normal = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x5e74 || c == 0x6708 || c == '/' || c == '.' || c == '~' || c == 0x81f3 || c == 0x5230 ||
          c == 0x2013 || c == 0x2014 || c == 0x301c) /* 年 月 至 到 and dashes */
        g_string_append_c (text, '-');
      else if (c == 0x65e5 || c == 'T' || c == 't' || g_unichar_isspace (c)) /* 日 */
        g_string_append_c (text, ' ');
      else if (c == 0x7ea6 || c == 0x5c81 || c == 0x5468) /* 约 岁 周 */
        continue;
      else
        g_string_append_unichar (text, c);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

/* A day without a year is the last one that has been, with some room for a clock that is slow. */
static GDateTime *
without_year (GTimeZone *here, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) now = g_date_time_new_now (here);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autoptr (GDateTime) time = g_date_time_new (here, g_date_time_get_year (now), month, day, hour, minute, 0);

  if (time != NULL && g_date_time_compare (time, tomorrow) > 0)
    return g_date_time_new (here, g_date_time_get_year (now) - 1, month, day, hour, minute, 0);
  return g_steal_pointer (&time);
}

static GDateTime *
read_moment (const char *text, GTimeZone *here)
{
  g_autoptr (GDateTime) now = g_date_time_new_now (here);
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, end = 0;

  if (sscanf (text, "%4d-%2d-%2d %2d:%2d%n", &year, &month, &day, &hour, &minute, &end) == 5 && text[end] == '\0')
    return g_date_time_new (here, year, month, day, hour, minute, 0);
  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && text[end] == '\0')
    return g_date_time_new (here, year, month, day, 0, 0, 0);
  if (sscanf (text, "%2d-%2d %2d:%2d%n", &month, &day, &hour, &minute, &end) == 4 && text[end] == '\0')
    return without_year (here, month, day, hour, minute);
  if (sscanf (text, "%2d:%2d%n", &hour, &minute, &end) == 2 && text[end] == '\0')
    return g_date_time_new (here, g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now),
                            hour, minute, 0);
  return NULL;
}

char *
guitu_moment_to_iso (const char *typed)
{
  g_autoptr (GTimeZone) here = guitu_time_zone ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (typed, here);
  g_autofree char *text = narrow (typed);

  if (time == NULL)
    time = read_moment (text, here);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
}

static char *
date_text (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

static gboolean
span (int year, int month, int day, char **from, char **to)
{
  GDate first;
  GDate last;

  g_date_clear (&first, 1);
  if (year < 1850 || year > 9999 || !g_date_valid_dmy (day > 0 ? day : 1, month > 0 ? month : 1, year))
    return FALSE;
  g_date_set_dmy (&first, day > 0 ? day : 1, month > 0 ? month : 1, year);
  last = first;
  if (month == 0)
    g_date_set_dmy (&last, 31, G_DATE_DECEMBER, year);
  else if (day == 0)
    g_date_set_day (&last, g_date_get_days_in_month (month, year));
  *from = date_text (&first);
  *to = date_text (&last);
  return TRUE;
}

/* Somebody who is n years old today was born after the day n + 1 years ago, and not after the day
 * n years ago. */
static gboolean
ages (int least, int most, const GDate *today, char **from, char **to)
{
  GDate first = *today;
  GDate last = *today;

  if (least < 0 || most > 130 || least > most)
    return FALSE;
  g_date_subtract_years (&first, most + 1);
  g_date_add_days (&first, 1);
  g_date_subtract_years (&last, least);
  *from = date_text (&first);
  *to = date_text (&last);
  return TRUE;
}

/* "1980-05-06 - 1981-05-05" */
static gboolean
two_days (const char *text, char **from, char **to)
{
  int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, end = 0;
  g_autofree char *first_to = NULL;
  g_autofree char *last_from = NULL;

  if (sscanf (text, "%4d-%2d-%2d - %4d-%2d-%2d%n", &a, &b, &c, &d, &e, &f, &end) != 6 || text[end] != '\0')
    return FALSE;
  if (b < 1 || c < 1 || e < 1 || f < 1 || !span (d, e, f, &last_from, to))
    return FALSE;
  if (span (a, b, c, from, &first_to))
    return TRUE;
  g_clear_pointer (to, g_free);
  return FALSE;
}

gboolean
guitu_birth_parse (const char *typed, const GDate *today, char **from, char **to)
{
  g_autofree char *text = narrow (typed);
  gsize length = strlen (text);
  int a = 0, b = 0, c = 0, end = 0;

  if (two_days (text, from, to))
    return TRUE;
  if (length == 8 && strspn (text, "0123456789") == 8 && sscanf (text, "%4d%2d%2d", &a, &b, &c) == 3)
    return b > 0 && c > 0 && span (a, b, c, from, to);
  if (sscanf (text, "%d-%d-%d%n", &a, &b, &c, &end) == 3 && text[end] == '\0')
    return b > 0 && c > 0 && span (a, b, c, from, to);
  if (length >= 4 && sscanf (text, "%d-%d%n", &a, &b, &end) == 2 && (text[end] == '\0' || strcmp (text + end, "-") == 0))
    return a > 200 ? b > 0 && span (a, b, 0, from, to) : ages (a, b, today, from, to);
  if (sscanf (text, "%d-%d%n", &a, &b, &end) == 2 && text[end] == '\0')
    return ages (a, b, today, from, to);
  if (sscanf (text, "%d%n", &a, &end) == 1 && (text[end] == '\0' || strcmp (text + end, "-") == 0))
    return a > 200 ? span (a, 0, 0, from, to) : ages (a, a, today, from, to);
  return FALSE;
}

char *
guitu_birth_text (const char *from, const char *to)
{
  if (from == NULL)
    return g_strdup (to != NULL ? to : "");
  if (to == NULL || strcmp (from, to) == 0)
    return g_strdup (from);
  if (strncmp (from, to, 4) == 0 && g_str_has_suffix (from, "-01-01") && g_str_has_suffix (to, "-12-31"))
    return g_strndup (from, 4);
  return g_strdup_printf ("%s – %s", from, to);
}
