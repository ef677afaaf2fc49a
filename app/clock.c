/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times are kept as ISO 8601 text with their offset. All of China has one time (+08:00), so texts
 * of it compare in order; a machine's own time zone does not matter. */

#include "app/call.h"

#include <stdio.h>
#include <string.h>

#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800) /* of the year 1 */
#define LAST_SECOND G_GINT64_CONSTANT (253402271999)  /* of the year 9999 in China */
#define FUTURE_TOLERANCE_SECONDS 600                  /* a clock that runs a little ahead is no lie */
#define CHINA_OFFSET_SECONDS (8 * 60 * 60)
#define TIME_FORMAT "%Y-%m-%dT%H:%M:%S+08:00"

GTimeZone *
guitu_time_zone (void)
{
  return g_time_zone_new_offset (CHINA_OFFSET_SECONDS);
}

char *
guitu_time_from_unix (gint64 seconds)
{
  g_autoptr (GTimeZone) zone = guitu_time_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (CLAMP (seconds, FIRST_SECOND, LAST_SECOND)); /* other desks may write anything */
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, TIME_FORMAT);
}

char *
guitu_now (void)
{
  return guitu_time_from_unix (g_get_real_time () / G_USEC_PER_SEC);
}

char *
guitu_today (void)
{
  char *now = guitu_now ();

  now[10] = '\0';
  return now;
}

static GDateTime *
read_time (const char *text)
{
  g_autoptr (GTimeZone) zone = guitu_time_zone ();

  return g_date_time_new_from_iso8601 (text, zone);
}

gint64
guitu_time_to_unix (const char *time)
{
  g_autoptr (GDateTime) moment = read_time (time);

  return moment == NULL ? 0 : g_date_time_to_unix (moment);
}

char *
guitu_date_parse (const char *text)
{
  int year, month, day, length = 0;

  /* the second as it is printed */
  if ((sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 &&
       sscanf (text, "%4d年%2d月%2d日%n", &year, &month, &day, &length) != 3) ||
      length == 0 || text[length] != '\0' || !g_ascii_isdigit (text[0]) || year < 1000 ||
      !g_date_valid_dmy (day, month, year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* "2026-11-22 3:15", "2026-11-22T03:15:00+08:00" and the time as it is printed are understood. */
char *
guitu_time_parse (const char *text)
{
  g_autofree char *completed = NULL;
  g_autoptr (GDateTime) moment = NULL;
  int year, month, day, hour, minute, length = 0;

  if ((sscanf (text, "%4d-%2d-%2d%*1[ T]%2d:%2d%n", &year, &month, &day, &hour, &minute, &length) == 5 ||
       sscanf (text, "%4d年%2d月%2d日 %2d时%2d分%n", &year, &month, &day, &hour, &minute, &length) == 5) &&
      length > 0 && text[length] == '\0')
    completed = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:00", year, month, day, hour, minute);
  else if (strlen (text) > 10 && text[10] == ' ')
    {
      completed = g_strdup (text);
      completed[10] = 'T';
    }
  moment = read_time (completed != NULL ? completed : text);
  if (moment == NULL || g_date_time_get_year (moment) < 1900)
    return NULL;
  return guitu_time_from_unix (g_date_time_to_unix (moment));
}

static GDate *
read_date (const char *text)
{
  int year, month, day;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3 || !g_date_valid_dmy (day, month, year))
    return NULL;
  return g_date_new_dmy (day, month, year);
}

char *
guitu_date_add_days (const char *text,
                     int days)
{
  g_autoptr (GDate) date = read_date (text);

  g_return_val_if_fail (date != NULL, NULL);
  if (days >= 0)
    g_date_add_days (date, days);
  else
    g_date_subtract_days (date, -days);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

int
guitu_date_difference (const char *from,
                       const char *to)
{
  g_autoptr (GDate) first = read_date (from);
  g_autoptr (GDate) second = read_date (to);

  g_return_val_if_fail (first != NULL && second != NULL, 0);
  return g_date_days_between (first, second);
}

char *
guitu_time_in_chinese (const char *text)
{
  int year, month, day, hour, minute;
  int parts = sscanf (text, "%4d-%2d-%2dT%2d:%2d", &year, &month, &day, &hour, &minute);

  if (parts == 5)
    return g_strdup_printf ("%d年%d月%d日 %02d时%02d分", year, month, day, hour, minute);
  if (parts == 3)
    return g_strdup_printf ("%d年%d月%d日", year, month, day);
  return g_strdup (text);
}

static int
years_between (const char *birth,
               const char *date)
{
  int year, month, day, birth_year, birth_month, birth_day;

  if (sscanf (birth, "%4d-%2d-%2d", &birth_year, &birth_month, &birth_day) != 3 ||
      sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return 0;
  return year - birth_year - (month < birth_month || (month == birth_month && day < birth_day));
}

gboolean
guitu_person_age (const GuituRecord *person,
                  const char *date,
                  int *least,
                  int *greatest)
{
  const char *from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);

  if (from == NULL)
    return FALSE;
  *greatest = MAX (years_between (from, date), 0);
  *least = MAX (years_between (to == NULL ? from : to, date), 0);
  return TRUE;
}

char *
guitu_person_age_text (const GuituRecord *person,
                       const char *date)
{
  const char *from = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (person, GUITU_PERSON_BIRTH_TO);
  int least, greatest;

  if (!guitu_person_age (person, date, &least, &greatest))
    return g_strdup ("");
  if (to == NULL || strcmp (from, to) == 0)
    return g_strdup_printf ("%d岁", least);
  if (least == greatest)
    return g_strdup_printf ("约%d岁", least);
  return g_strdup_printf ("约%d–%d岁", least, greatest);
}

char *
guitu_end_of_day (const char *date)
{
  return g_strdup_printf ("%.10sT23:59:59+08:00", date);
}

char *
guitu_record_made_at (const GuituRecord *record)
{
  guint8 id[GUITU_ID_BYTES];
  gint64 milliseconds = 0;

  if (!guitu_id_to_bytes (guitu_record_id (record), id))
    return NULL;
  for (guint i = 0; i < 6; i++)
    milliseconds = milliseconds << 8 | id[i];
  return guitu_time_from_unix (milliseconds / 1000);
}

gboolean
guitu_time_check (const char *time,
                  const char *earliest,
                  const char *field,
                  GError **error)
{
  gint64 moment = guitu_time_to_unix (time);

  if (moment > g_get_real_time () / G_USEC_PER_SEC + FUTURE_TOLERANCE_SECONDS)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", field, "“%s” (%s) lies in the future", field, time);
  if (earliest != NULL && moment / 60 < guitu_time_to_unix (earliest) / 60)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-early", field, "“%s” (%s) lies before %s", field, time, earliest);
  return TRUE;
}
