/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rules.h"

#include "app/table.h"

#include <string.h>

#define DATE_LENGTH 10 /* YYYY-MM-DD, which sorts by time as text */

typedef struct
{
  GuituTable *table; /* owns all text */
  GuituRule *list;
  guint n;
} Rules;

static const char *const columns[] = {
  "name", "value", "unit", "effective_from", "effective_until", "place", "citation", "note", NULL
};

static Rules *
load (void)
{
  Rules *rules = g_new0 (Rules, 1);
  GuituTable *table = guitu_table_load ("rules.csv", columns);

  rules->table = table;
  rules->n = guitu_table_rows (table);
  rules->list = g_new (GuituRule, rules->n);
  for (guint row = 0; row < rules->n; row++)
    rules->list[row] = (GuituRule){
      .name = guitu_table_cell (table, row, 0),
      .value = guitu_table_cell (table, row, 1),
      .unit = guitu_table_cell (table, row, 2),
      .effective_from = guitu_table_cell (table, row, 3),
      .effective_until = guitu_table_cell (table, row, 4),
      .place = guitu_table_cell (table, row, 5),
      .citation = guitu_table_cell (table, row, 6),
      .note = guitu_table_cell (table, row, 7),
    };
  return rules;
}

static const Rules *
all_rules (void)
{
  static Rules *rules = NULL;

  if (g_once_init_enter (&rules))
    g_once_init_leave (&rules, load ());
  return rules;
}

static gboolean
holds_on (const GuituRule *rule, const char *date)
{
  if (strncmp (rule->effective_from, date, DATE_LENGTH) > 0)
    return FALSE;
  return *rule->effective_until == '\0' || strncmp (rule->effective_until, date, DATE_LENGTH) >= 0;
}

const GuituRule *
guitu_rules_find (const char *name, const char *date)
{
  const Rules *rules = all_rules ();
  const GuituRule *found = NULL;

  g_return_val_if_fail (name != NULL && date != NULL && strlen (date) >= DATE_LENGTH, NULL);

  for (guint i = 0; i < rules->n; i++)
    {
      const GuituRule *rule = &rules->list[i];

      if (!g_str_equal (rule->name, name) || *rule->place != '\0' || !holds_on (rule, date))
        continue;
      if (found == NULL || strcmp (found->effective_from, rule->effective_from) < 0)
        found = rule;
    }
  return found;
}

const GuituRule *
guitu_rules_find_value (const char *name, const char *value, const char *date)
{
  const Rules *rules = all_rules ();

  for (guint i = 0; i < rules->n; i++)
    if (g_str_equal (rules->list[i].name, name) && g_str_equal (rules->list[i].value, value) &&
        *rules->list[i].place == '\0' && holds_on (&rules->list[i], date))
      return &rules->list[i];
  return NULL;
}

gint64
guitu_rules_integer (const char *name, const char *date)
{
  const GuituRule *rule = guitu_rules_find (name, date);
  gint64 value = 0;

  if (rule == NULL || !g_ascii_string_to_signed (rule->value, 10, G_MININT64, G_MAXINT64, &value, NULL))
    g_error ("rules.csv: no whole number \"%s\" on %s", name, date);
  return value;
}

const GuituRule *
guitu_rules_list (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = all_rules ()->n;
  return all_rules ()->list;
}
