/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rules.h"

#include "app/call.h"
#include "app/settings.h"
#include "app/table.h"

#include <string.h>

#define DATE_LENGTH 10    /* YYYY-MM-DD, which sorts by time as text */
#define GROUND "ground"   /* unit of names with several values at once */
#define ADDRESS "address" /* of the web */

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

typedef struct
{
  int least;
  int most;
} Bounds;

/* Between which values a rule makes sense: a slip in one of these would lock adults in or let children
 * out. */
static Bounds
bounds_of (const GuituRule *rule)
{
  static const struct
  {
    const char *name;
    Bounds bounds;
  } named[] = {
    { "own_leave_age_years", { 14, 18 } },
    { "minor_age_years", { 18, 21 } },
    { "elderly_age_years", { 50, 80 } },
    { "stay_limit_days", { 1, 90 } },
    { "stranded_after_days", { 1, 90 } },
    { "appeal_days", { 15, 365 } },
    { "lawsuit_months", { 1, 24 } },
    { "visit_least_stays", { 2, 100 } },
    { "visit_least_stations", { 1, 100 } },
    { "visit_window_days", { 7, 365 } },
    { "visit_return_days", { 1, 180 } },
    { "list_count_days", { 1, 180 } },
    { "list_fraud_days", { 1, 365 } },
    { "list_elderly_years", { 50, 70 } },
    { "list_objection_working_days", { 1, 15 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_equal (named[i].name, rule->name))
      return named[i].bounds;
  if (g_str_equal (rule->unit, "hour of day"))
    return (Bounds){ 0, 23 };
  if (g_str_equal (rule->unit, "day of month"))
    return (Bounds){ 1, 31 };
  return (Bounds){ 0, 36500 };
}

static gboolean
holds_on (const GuituRule *rule, const char *date)
{
  if (strncmp (rule->effective_from, date, DATE_LENGTH) > 0)
    return FALSE;
  return *rule->effective_until == '\0' || strncmp (rule->effective_until, date, DATE_LENGTH) >= 0;
}

/* How many of a region code's digits name the region: 410000 is 41, a province. */
static gsize
region_digits (const char *code)
{
  gsize length = strlen (code);

  while (length > 2 && code[length - 1] == '0' && code[length - 2] == '0')
    length -= 2;
  return length;
}

/* How near a rule is to this station; -1 when it is not for it. */
static int
nearness (const GuituRule *rule)
{
  gsize digits = region_digits (rule->place);

  if (rule->id != NULL)
    return G_MAXINT;
  return strncmp (rule->place, guitu_settings_region (), digits) == 0 ? (int) digits : -1;
}

/* Of two rules that began together, the one that the station set later holds. */
static gboolean
is_before (const GuituRule *found,
           const GuituRule *rule)
{
  int order;

  if (found == NULL || nearness (rule) != nearness (found))
    return found == NULL || nearness (rule) > nearness (found);
  order = strcmp (found->effective_from, rule->effective_from);
  return order < 0 || (order == 0 && rule->id != NULL);
}

static const GuituRule *
find_among (const GuituRule *list,
            guint n,
            const GuituRule *found,
            const GuituRule *like,
            const char *date)
{
  for (guint i = 0; i < n; i++)
    {
      const GuituRule *rule = &list[i];

      if (!g_str_equal (rule->name, like->name) || (like->value != NULL && !g_str_equal (rule->value, like->value)) ||
          *rule->value == '\0' || nearness (rule) < 0 || !holds_on (rule, date))
        continue;
      if (is_before (found, rule))
        found = rule;
    }
  return found;
}

static const GuituRule *
find_like (const GuituRule *like,
           const char *date)
{
  const Rules *rules = all_rules ();
  guint n_own;
  const GuituRule *own = guitu_settings_rules (&n_own);

  return find_among (own, n_own, find_among (rules->list, rules->n, NULL, like, date), like, date);
}

const GuituRule *
guitu_rules_find (const char *name, const char *date)
{
  g_return_val_if_fail (name != NULL && date != NULL && strlen (date) >= DATE_LENGTH, NULL);

  return find_like (&(GuituRule){ .name = name }, date);
}

/* The station's own word on a ground, the last that has begun: while it holds the ground does, and
 * when it has ended the ground is gone, whatever the tables of the program say. */
static const GuituRule *
last_begun (const char *name, const char *value, const char *date)
{
  guint n;
  const GuituRule *own = guitu_settings_rules (&n);
  const GuituRule *found = NULL;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (own[i].name, name) && g_str_equal (own[i].value, value) && strncmp (own[i].effective_from, date, DATE_LENGTH) <= 0 &&
        (found == NULL || strcmp (found->effective_from, own[i].effective_from) <= 0))
      found = &own[i];
  return found;
}

const GuituRule *
guitu_rules_find_value (const char *name, const char *value, const char *date)
{
  const GuituRule *own;

  g_return_val_if_fail (name != NULL && value != NULL && date != NULL && strlen (date) >= DATE_LENGTH, NULL);

  own = last_begun (name, value, date);
  if (own != NULL)
    return holds_on (own, date) ? own : NULL;
  return find_like (&(GuituRule){ .name = name, .value = value }, date);
}

static void
add_grounds (GPtrArray *found, const GuituRule *list, guint n, const char *name, const char *date)
{
  for (guint i = 0; i < n; i++)
    {
      const GuituRule *rule = g_str_equal (list[i].name, name) ? guitu_rules_find_value (name, list[i].value, date) : NULL;

      if (rule != NULL && !g_ptr_array_find (found, rule, NULL))
        g_ptr_array_add (found, (gpointer) rule);
    }
}

const GuituRule **
guitu_rules_in_force (const char *name, const char *date, guint *n)
{
  const GuituRule *alike = guitu_rules_builtin (name);
  const GuituRule *one = guitu_rules_find (name, date);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  guint n_own;
  const GuituRule *own = guitu_settings_rules (&n_own);

  if (alike != NULL && g_str_equal (alike->unit, GROUND))
    {
      add_grounds (found, all_rules ()->list, all_rules ()->n, name, date);
      add_grounds (found, own, n_own, name, date);
    }
  else if (one != NULL)
    g_ptr_array_add (found, (gpointer) one);
  *n = found->len;
  return (const GuituRule **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

const GuituRule *
guitu_rules_builtin (const char *name)
{
  const Rules *rules = all_rules ();

  for (guint i = 0; i < rules->n; i++)
    if (g_str_equal (rules->list[i].name, name))
      return &rules->list[i];
  return NULL;
}

const char *
guitu_rules_group (const char *name, const char **label)
{
  const GuituCode *const *groups = guitu_codes_list ("rule_group", NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *list = g_strconcat ("rule_", groups[i]->code, NULL);

      if (guitu_codes_find (list, name) == NULL)
        continue;
      *label = guitu_code_label (list, name);
      return groups[i]->code;
    }
  return NULL;
}

/* Where pages lie: a whole address of the web, to which the name of a page is added. */
static gboolean
check_address (const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri == NULL ? NULL : g_uri_get_scheme (uri);

  if (*value == '\0' || (scheme != NULL && (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
                         g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL))
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "not-an-address", "value", "“%s” is no address of a folder on the web, such as https://example.org/xunqin/", value);
}

/* The list whose codes are the values of a name with several at once. */
static const char *
list_of_grounds (const char *name)
{
  return g_str_equal (name, "notice_ground") ? name : "legal_ground";
}

gboolean
guitu_rules_check_value (const GuituRule *alike, const char *value, GError **error)
{
  gboolean is_number = (*alike->value == '\0' && !g_str_equal (alike->unit, ADDRESS)) || g_ascii_string_to_signed (alike->value, 10, 0, G_MAXINT64, NULL, NULL);
  Bounds bounds = bounds_of (alike);

  if (g_str_equal (alike->unit, GROUND) && guitu_codes_find (list_of_grounds (alike->name), value) == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "value", "“%s” is not one of the codes of %s", value, list_of_grounds (alike->name));
  if (g_str_equal (alike->unit, ADDRESS))
    return check_address (value, error);
  if (is_number && !g_ascii_string_to_signed (value, 10, bounds.least, bounds.most, NULL, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-a-number", "value", "“%s” must be a whole number from %d to %d (%s)",
                       value, bounds.least, bounds.most, alike->unit);
  return TRUE;
}

gint64
guitu_rules_integer (const char *name, const char *date)
{
  const GuituRule *rule = guitu_rules_find (name, date);
  gint64 value = 0;

  if (rule == NULL)
    rule = guitu_rules_builtin (name); /* old stays are entered too: what is older than the law goes by its first text */
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
