/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/calendar.h"

#include "app/settings.h"
#include "app/table.h"

#include <stdio.h>
#include <stdlib.h>

enum
{
  COLUMN_YEAR,
  COLUMN_NAME,
  COLUMN_FROM,
  COLUMN_UNTIL,
  COLUMN_WORKS,
  COLUMN_CITATION
};

static const char *const columns[] = { "year", "name", "from", "until", "works", "citation", NULL };

typedef struct
{
  GuituTable *table; /* owns all text */
  GHashTable *rows;  /* day number -> row + 1 */
  GHashTable *years; /* years with a notice */
} Notices;

static gboolean
read_date (const char *text,
           GDate *date)
{
  int year, month, day;

  g_date_clear (date, 1);
  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

static char *
write_date (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

static void
add_row (Notices *notices,
         guint row)
{
  GDate from, until;

  if (!read_date (guitu_table_cell (notices->table, row, COLUMN_FROM), &from) ||
      !read_date (guitu_table_cell (notices->table, row, COLUMN_UNTIL), &until))
    g_error ("calendar.csv: row %u has no dates", row + 1);
  g_hash_table_add (notices->years, GINT_TO_POINTER (atoi (guitu_table_cell (notices->table, row, COLUMN_YEAR))));
  for (guint32 day = g_date_get_julian (&from); day <= g_date_get_julian (&until); day++)
    if (!g_hash_table_insert (notices->rows, GUINT_TO_POINTER (day), GUINT_TO_POINTER (row + 1)))
      g_error ("calendar.csv: a day of row %u is there twice", row + 1);
}

static Notices *
load (void)
{
  Notices *notices = g_new0 (Notices, 1);

  notices->table = guitu_table_load ("calendar.csv", columns);
  notices->rows = g_hash_table_new (NULL, NULL);
  notices->years = g_hash_table_new (NULL, NULL);
  for (guint row = 0; row < guitu_table_rows (notices->table); row++)
    add_row (notices, row);
  return notices;
}

static const Notices *
all_notices (void)
{
  static Notices *notices = NULL;

  if (g_once_init_enter (&notices))
    g_once_init_leave (&notices, load ());
  return notices;
}

static GuituDay
day_of (const GDate *date)
{
  const Notices *notices = all_notices ();
  g_autofree char *text = write_date (date);
  const GuituDay *own = guitu_settings_day (text);
  guint row = GPOINTER_TO_UINT (g_hash_table_lookup (notices->rows, GUINT_TO_POINTER (g_date_get_julian (date))));

  if (own != NULL)
    return *own;
  if (row == 0)
    return (GuituDay){ g_date_get_weekday (date) < G_DATE_SATURDAY, "", "", FALSE };
  return (GuituDay){
    *guitu_table_cell (notices->table, row - 1, COLUMN_WORKS) == '1',
    guitu_table_cell (notices->table, row - 1, COLUMN_NAME),
    guitu_table_cell (notices->table, row - 1, COLUMN_CITATION),
    FALSE,
  };
}

GuituDay
guitu_calendar_day (const char *date)
{
  const GuituDay none = { FALSE, "", "", FALSE };
  GDate day;

  g_return_val_if_fail (read_date (date, &day), none);
  return day_of (&day);
}

gboolean
guitu_calendar_works (const char *date)
{
  return guitu_calendar_day (date).works;
}

gboolean
guitu_calendar_knows (int year)
{
  return g_hash_table_contains (all_notices ()->years, GINT_TO_POINTER (year)) || guitu_settings_know_year (year);
}

char *
guitu_calendar_add_working_days (const char *text,
                                 int n)
{
  GDate date;

  g_return_val_if_fail (read_date (text, &date) && n >= 0, NULL);
  while (n > 0)
    {
      g_date_add_days (&date, 1);
      if (day_of (&date).works)
        n--;
    }
  return write_date (&date);
}

/* GDate moves to the last day of a month that has no such day, as the law does. */
char *
guitu_calendar_add_months (const char *text,
                           int n)
{
  GDate date;

  g_return_val_if_fail (read_date (text, &date), NULL);
  if (n >= 0)
    g_date_add_months (&date, n);
  else
    g_date_subtract_months (&date, -n);
  return write_date (&date);
}

char *
guitu_calendar_roll (const char *text)
{
  GDate date;

  g_return_val_if_fail (read_date (text, &date), NULL);
  while (!day_of (&date).works)
    g_date_add_days (&date, 1);
  return write_date (&date);
}
