/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Days of birth as many older people know them: by the lunar calendar (农历, GB/T 33661-2017). */

#include <glib.h>

G_BEGIN_DECLS

/** A lunar date as it was said; month and day are 0 where they were not. */
typedef struct
{
  int year; /* the year of our era in which the lunar year begins */
  int month;
  int day;
  gboolean is_leap; /* 闰: the second month of that number */
} GuituLunarDate;

/**
 * Reads “农历1950年八月十五”, “一九五〇年闰四月初一”, “1950年腊月”, “1950-8-15”, “1950”. Whether there is such a
 * day is not asked here. Returns: FALSE where the text is none of these.
 */
gboolean guitu_lunar_parse (const char *text, GuituLunarDate *date);

/**
 * The days of our calendar that a lunar date may be: one day, or the month or year that was said.
 * Returns: FALSE where that lunar year has no such month or day (and before 1900 or after 2100).
 * @from, @to: (out) (transfer full): YYYY-MM-DD
 */
gboolean guitu_lunar_convert (const GuituLunarDate *date, char **from, char **to);

G_END_DECLS
