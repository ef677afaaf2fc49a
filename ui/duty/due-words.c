/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/due-words.h"

#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define DATE_LENGTH 10

static gboolean
read_date (const char *time, GDate *date)
{
  int year, month, day;

  g_date_clear (date, 1);
  if (sscanf (time, "%4d-%2d-%2d", &year, &month, &day) != 3 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

/* Days from the date of one local time to that of another. */
static int
days_between (const char *from, const char *to)
{
  GDate first, last;

  return read_date (from, &first) && read_date (to, &last) ? g_date_days_between (&first, &last) : 0;
}

static char *
overdue_words (const char *when, const char *hour, int days)
{
  if (days == 0)
    return g_strdup_printf (_ ("overdue since %s"), hour);
  return g_strdup_printf (ngettext ("overdue since %s, %d day", "overdue since %s, %d days", days), when, days);
}

char *
guitu_due_words (const char *due_at, const char *now)
{
  g_autofree char *due = guitu_moment_from_iso (due_at);
  gboolean is_day = due_at != NULL && strstr (due_at, "T23:59:59") != NULL;
  g_autofree char *when = is_day ? g_strndup (due, DATE_LENGTH) : g_strdup (due);
  const char *hour = strlen (due) > DATE_LENGTH ? due + DATE_LENGTH + 1 : due;
  int days = days_between (now, due);

  if (*due == '\0')
    return g_strdup ("");
  if (strcmp (due, now) < 0)
    return overdue_words (when, hour, -days);
  if (days == 0)
    return is_day ? g_strdup (_ ("today")) : g_strdup_printf (_ ("today %s"), hour);
  if (days == 1)
    return is_day ? g_strdup (_ ("tomorrow")) : g_strdup_printf (_ ("tomorrow %s"), hour);
  return g_strdup_printf (ngettext ("in %d day (%s)", "in %d days (%s)", days), days, when);
}

char *
guitu_limit_words (JsonObject *task)
{
  const char *unit = guitu_json_string (task, "unit");
  int limit = (int) g_ascii_strtoll (guitu_json_string (task, "limit"), NULL, 10);

  if (limit <= 0)
    return g_strdup ("");
  if (g_str_equal (unit, "hour"))
    return g_strdup_printf (ngettext ("%d hour", "%d hours", limit), limit);
  if (g_str_equal (unit, "day"))
    return g_strdup_printf (ngettext ("%d day", "%d days", limit), limit);
  if (g_str_equal (unit, "working day"))
    return g_strdup_printf (ngettext ("%d working day", "%d working days", limit), limit);
  if (g_str_equal (unit, "month"))
    return g_strdup_printf (ngettext ("%d month", "%d months", limit), limit);
  return g_strdup ("");
}
