/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/rules-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/settings/rule-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/needle.h"

#include <glib/gi18n.h>

struct _GuituRulesPane
{
  GuituSettingsPane parent_instance;

  GtkEditable *search;
  GtkWidget *nothing;
  GPtrArray *groups; /* GuituSection, one for each code of the list "rule_group" */
  JsonArray *rules;
};

G_DEFINE_FINAL_TYPE (GuituRulesPane, guitu_rules_pane, GUITU_TYPE_SETTINGS_PANE)

static GtkWidget *
rule_row (JsonObject *rule)
{
  const char *label = guitu_json_string (rule, "label");
  gboolean holds = guitu_json_flag (rule, "in_force");
  g_autofree char *value = holds ? guitu_rule_value_words (rule) : g_strdup (_ ("Not set here"));
  g_autofree char *time = guitu_rule_time_words (rule);
  g_autofree char *source = guitu_rule_source_words (rule);
  g_autofree char *words = g_strconcat (source, *source != '\0' ? " · " : "", time, NULL);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, value);
  GtkWidget *row = guitu_section_row_new (label, words);
  gboolean is_own = g_str_equal (guitu_json_string (rule, "source"), "station");

  guitu_settings_row_add_text (row, is_own ? _ ("Set by this station") : "", "mark");
  guitu_settings_row_add_text (row, value, holds ? "fact" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "settings.open-rule");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", guitu_json_string (rule, "name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/* By its label in either language, what it says, its source and its name. */
static gboolean
matches (JsonObject *rule, const char *needle)
{
  const char *name = guitu_json_string (rule, "name");
  g_autofree char *list = g_strconcat ("rule_", guitu_json_string (rule, "group"), NULL);
  const GuituCode *code = guitu_codes_find (list, name);
  g_autofree char *value = guitu_rule_value_words (rule);
  g_autofree char *all = g_strjoin ("\n", guitu_json_string (rule, "label"), value, guitu_json_string (rule, "citation"), guitu_json_string (rule, "note"),
                                    name, code != NULL ? code->chinese : "", code != NULL ? code->english : "", NULL);

  return guitu_needle_is_in (needle, all);
}

static JsonArray *
rules_of_group (GuituRulesPane *self, const char *group)
{
  JsonArray *rules = json_array_new ();
  g_autofree char *needle = guitu_needle_new (gtk_editable_get_text (self->search));

  for (guint i = 0; self->rules != NULL && i < json_array_get_length (self->rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (self->rules, i);

      if (g_str_equal (guitu_json_string (rule, "group"), group) && matches (rule, needle))
        json_array_add_object_element (rules, json_object_ref (rule));
    }
  return rules;
}

static void
show_rules (GuituRulesPane *self)
{
  const GuituCode *const *groups = guitu_codes_list ("rule_group", NULL);
  guint n = 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      g_autoptr (JsonArray) rules = rules_of_group (self, groups[i]->code);

      guitu_section_fill (self->groups->pdata[i], rules);
      n += json_array_get_length (rules);
    }
  gtk_widget_set_visible (self->nothing, self->rules != NULL && n == 0);
}

/* The version of each rule that holds here today; where none does, another one stands for the rule, so
 * that it can be found and set. */
static JsonArray *
one_of_each (JsonArray *versions)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  JsonArray *rules = json_array_new ();

  for (guint i = 0; i < json_array_get_length (versions); i++)
    {
      JsonObject *rule = json_array_get_object_element (versions, i);
      const char *name = guitu_json_string (rule, "name");
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, name)); /* counted from 1 */

      if (place == 0)
        {
          g_ptr_array_add (chosen, rule);
          g_hash_table_insert (places, (gpointer) name, GUINT_TO_POINTER (chosen->len));
        }
      else if (guitu_json_flag (rule, "in_force"))
        chosen->pdata[place - 1] = rule;
    }
  for (guint i = 0; i < chosen->len; i++)
    json_array_add_object_element (rules, json_object_ref (chosen->pdata[i]));
  return rules;
}

static void
rules_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRulesPane *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->rules, json_array_unref);
  self->rules = one_of_each (results);
  show_rules (self);
}

static void
guitu_rules_pane_load (GuituSettingsPane *pane)
{
  JsonObject *input = json_object_new ();

  json_object_set_boolean_member (input, "all", TRUE);
  guitu_settings_pane_read (pane, "rule list", input, rules_read);
}

static void
on_open_rule (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituRulesPane *self = GUITU_RULES_PANE (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < json_array_get_length (self->rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (self->rules, i);

      if (g_str_equal (guitu_json_string (rule, "name"), name))
        {
          guitu_rule_dialog_open (widget, guitu_page_get_station (GUITU_PAGE (self)), rule);
          return;
        }
    }
}

static gboolean
guitu_rules_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GUITU_RULES_PANE (widget)->search));
}

static void
guitu_rules_pane_dispose (GObject *object)
{
  GuituRulesPane *self = GUITU_RULES_PANE (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->rules, json_array_unref);
  G_OBJECT_CLASS (guitu_rules_pane_parent_class)->dispose (object);
}

static void
guitu_rules_pane_class_init (GuituRulesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_rules_pane_dispose;
  widget_class->grab_focus = guitu_rules_pane_grab_focus;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_rules_pane_load;
  gtk_widget_class_install_action (widget_class, "settings.open-rule", "s", on_open_rule);
}

static void
guitu_rules_pane_init (GuituRulesPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);
  const GuituCode *const *groups = guitu_codes_list ("rule_group", NULL);

  guitu_settings_pane_describe (pane, _ ("Rules"), _ ("What holds today, with its source. Enter shows earlier and later versions."));
  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  gtk_editable_set_width_chars (self->search, 18);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search rules"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (show_rules), self, G_CONNECT_SWAPPED);
  guitu_settings_pane_add_control (pane, GTK_WIDGET (self->search));
  self->groups = g_ptr_array_new ();
  for (guint i = 0; groups[i] != NULL; i++)
    g_ptr_array_add (self->groups, guitu_settings_pane_add_section (pane, guitu_code_label ("rule_group", groups[i]->code), NULL, rule_row));
  self->nothing = gtk_label_new (_ ("No rule has these words."));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_visible (self->nothing, FALSE);
  guitu_settings_pane_add (pane, self->nothing);
}
