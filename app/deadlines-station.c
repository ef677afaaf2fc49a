/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the station as a whole has to do: reports, visits, next year's holidays. */

#include "app/deadlines-private.h"

#include "app/calendar.h"

#include <string.h>

#define MONTHS_OF_REPORTS 2 /* how far back a report that was not made is asked for */

char *
_guitu_start_of_day (const char *date)
{
  return g_strdup_printf ("%.10sT00:00:00+08:00", date);
}

gint64
_guitu_rule_limit (const GuituRule *rule)
{
  return g_ascii_strtoll (rule->value, NULL, 10);
}

void
_guitu_duty_add (GPtrArray *duties,
                 const GuituDuty *like,
                 GPtrArray *tasks,
                 const char *now)
{
  g_autoptr (GuituDuty) duty = g_memdup2 (like, sizeof *like);

  if (strcmp (duty->starts_at, now) <= 0 && guitu_deadline_record (tasks, duty->kind, duty->about) == NULL)
    g_ptr_array_add (duties, g_steal_pointer (&duty));
}

/* A day of the month in which the period begins, or the month's last where it has no such day. */
static void
add_period (GPtrArray *duties,
            GPtrArray *tasks,
            const char *now,
            const GuituDuty *like)
{
  GDateYear year = g_ascii_strtoll (like->starts_at, NULL, 10);
  GDateMonth month = g_ascii_strtoll (like->starts_at + 5, NULL, 10);
  GuituDuty duty = *like;

  duty.about = g_strdup (like->about);
  duty.starts_at = _guitu_start_of_day (like->starts_at);
  duty.due_at = g_strdup_printf ("%04d-%02d-%02dT23:59:59+08:00", year, month,
                                 CLAMP ((int) _guitu_rule_limit (like->rule), 1, g_date_get_days_in_month (month, year)));
  _guitu_duty_add (duties, &duty, tasks, now);
}

static void
add_reports (GPtrArray *duties,
             GPtrArray *tasks,
             const char *first,
             const char *now)
{
  g_autofree char *this_month = g_strdup_printf ("%.7s-01", now);

  for (int back = MONTHS_OF_REPORTS; back >= 1; back--)
    {
      g_autofree char *month = guitu_calendar_add_months (this_month, -back);
      g_autofree char *next = guitu_calendar_add_months (month, 1);
      const GuituRule *rule = guitu_rules_find ("monthly_report_day", next);
      g_autofree char *about = g_strndup (month, strlen ("YYYY-MM"));

      if (rule != NULL && strcmp (first, next) < 0)
        add_period (duties, tasks, now, &(GuituDuty){ "monthly-report", about, next, NULL, rule, NULL });
    }
}

static void
add_visit (GPtrArray *duties,
           GPtrArray *tasks,
           const char *first,
           const char *now)
{
  g_autofree char *begins = g_strdup_printf ("%.4s-%s-01", now, strncmp (now + 5, "07", 2) < 0 ? "01" : "07");
  const GuituRule *rule = guitu_rules_find ("half_year_visit_day", begins);
  g_autofree char *next = guitu_calendar_add_months (begins, 1);
  g_autofree char *about = g_strndup (begins, strlen ("YYYY-MM"));

  if (rule != NULL && strcmp (first, next) < 0)
    add_period (duties, tasks, now, &(GuituDuty){ "half-year-visit", about, begins, NULL, rule, NULL });
}

static void
add_calendar (GPtrArray *duties,
              GPtrArray *tasks,
              const char *now)
{
  int year = (int) g_ascii_strtoll (now, NULL, 10) + (strncmp (now + 5, "12", 2) == 0 ? 1 : 0);
  g_autofree char *begins = g_strdup_printf ("%04d-12-01", year - 1);
  g_autofree char *about = g_strdup_printf ("%04d", year);
  const GuituRule *rule = guitu_rules_find ("calendar_notice_day", begins);

  if (rule != NULL && !guitu_calendar_knows (year))
    add_period (duties, tasks, now, &(GuituDuty){ "calendar", about, begins, NULL, rule, NULL });
}

GPtrArray *
guitu_deadlines_of_station (GPtrArray *tasks,
                            const char *first,
                            const char *kept,
                            const char *now)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_duty_free);

  if (first != NULL)
    {
      add_reports (duties, tasks, first, now);
      add_visit (duties, tasks, g_strcmp0 (kept, first) > 0 ? kept : first, now);
    }
  add_calendar (duties, tasks, now);
  return duties;
}
