/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/list/list-words.h"

#include "ui/calls.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

/* What the station calls it; NULL: as everybody does. One program works on one station. */
static char *own_name;

typedef struct
{
  GObject *owner;
  GuituListNamed named;
} Named;

static void
named_free (gpointer data)
{
  g_object_unref (((Named *) data)->owner);
  g_free (data);
}

const char *
guitu_list_name (void)
{
  return own_name != NULL ? own_name : _ ("Prompt List");
}

static void
rules_read (gpointer owner, JsonArray *results, GError *error)
{
  Named *named = g_object_get_data (owner, "named");
  guint n = results != NULL ? json_array_get_length (results) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *rule = json_array_get_object_element (results, i);

      if (!g_str_equal (guitu_json_string (rule, "name"), "list_name") || !guitu_json_flag (rule, "in_force"))
        continue;
      g_clear_pointer (&own_name, g_free);
      if (!g_str_equal (guitu_json_string (rule, "source"), "builtin"))
        own_name = g_strdup (guitu_json_string (rule, "value"));
    }
  named->named (named->owner);
}

void
guitu_list_name_read (GuituStation *station, gpointer owner, GuituListNamed named)
{
  g_autoptr (GObject) holder = g_object_new (G_TYPE_OBJECT, NULL);
  Named *data = g_new0 (Named, 1);

  data->owner = g_object_ref (owner);
  data->named = named;
  g_object_set_data_full (holder, "named", data, named_free);
  guitu_call (station, "rule list", NULL, NULL, holder, rules_read);
}

char *
guitu_list_station_words (JsonObject *of)
{
  g_autoptr (GString) words = g_string_new (guitu_json_flag (of, "own") ? _ ("this station") : guitu_json_string (of, "station_name"));

  if (!guitu_json_flag (of, "own"))
    guitu_json_join (words, guitu_json_text (of, "phone"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
guitu_list_visit_words (JsonObject *visit)
{
  g_autoptr (GString) words = g_string_new (guitu_json_flag (visit, "own") ? _ ("this station") : guitu_json_string (visit, "station_name"));
  const char *left = guitu_json_text (visit, "left_on");
  /* Translators: the days of a stay */
  g_autofree char *days = left != NULL ? g_strdup_printf (_ ("%s – %s"), guitu_json_string (visit, "arrived_on"), left)
                                       : g_strdup_printf (_ ("since %s"), guitu_json_string (visit, "arrived_on"));

  guitu_json_join (words, days);
  guitu_json_join (words, guitu_json_text (visit, "leave_by_name"));
  if (!guitu_json_flag (visit, "own"))
    guitu_json_join (words, guitu_json_text (visit, "phone"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
guitu_list_rule_words (JsonObject *rule)
{
  gboolean is_met = guitu_json_flag (rule, "met");
  g_autofree char *words = NULL;

  if (g_str_equal (guitu_json_string (rule, "id"), "repeat-visits"))
    words = g_strdup_printf (_ ("Stays in %d days: %d, stations: %d (the rule: %d and %d)"), (int) guitu_json_integer (rule, "window_days", 0), (int) guitu_json_integer (rule, "stays", 0),
                             (int) guitu_json_integer (rule, "stations", 0),
                             (int) guitu_json_integer (rule, "least_stays", 0), (int) guitu_json_integer (rule, "least_stations", 0));
  else
    words = g_strdup_printf (ngettext ("%d time back within %d days of leaving with a ticket", "%d times back within %d days of leaving with a ticket",
                                       guitu_json_integer (rule, "times", 0)),
                             (int) guitu_json_integer (rule, "times", 0), (int) guitu_json_integer (rule, "return_days", 0));
  /* Translators: what was counted, then whether the rule is met */
  return g_strdup_printf (_ ("%s: %s"), words, is_met ? _ ("met") : _ ("not met"));
}

char *
guitu_list_rules_words (JsonArray *rules)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      g_autofree char *line = guitu_list_rule_words (json_array_get_object_element (rules, i));

      g_string_append_printf (words, "%s%s", i == 0 ? "" : "\n", line);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
guitu_list_term_words (JsonObject *entry)
{
  const char *from = guitu_json_text (entry, "from");

  if (from == NULL)
    return g_strdup (guitu_json_string (entry, "until"));
  return g_strdup_printf (_ ("%s – %s"), from, guitu_json_string (entry, "until"));
}
