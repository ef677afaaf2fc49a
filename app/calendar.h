/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Working days, by the State Council's holiday notices (app/data/calendar.csv) and the days that the
 * station entered itself, and how periods of law end (《中华人民共和国民法典》第二百零一条至第二百零三条).
 * In a year whose notice is not there, Saturdays and Sundays are free and nothing else is. Dates are
 * YYYY-MM-DD; a time counts by its date. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean works;
  const char *name;     /* of the holiday; "" on an ordinary day */
  const char *citation; /* of the notice; "" on an ordinary day */
  gboolean is_own;      /* the station entered it */
} GuituDay;

/** What is known of a day. The texts are there for the life of the process. */
GuituDay guitu_calendar_day (const char *date);

/** Whether people work on that day: ordinary weekdays, and the days worked in exchange (调休). */
gboolean guitu_calendar_works (const char *date);

/** Whether the holidays of that year are known, so that its days can be trusted. */
gboolean guitu_calendar_knows (int year);

/** The @n-th working day after @date, which itself is not counted (民法典第二百零一条). Returns: (transfer full). */
char *guitu_calendar_add_working_days (const char *date, int n);

/**
 * The corresponding day @n months later; where that month has none, its last day (民法典第二百零二条).
 *
 * Returns: (transfer full).
 */
char *guitu_calendar_add_months (const char *date, int n);

/** The day itself if it is worked, else the first one after it that is (民法典第二百零三条). Returns: (transfer full). */
char *guitu_calendar_roll (const char *date);

G_END_DECLS
