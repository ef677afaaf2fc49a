/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/rule-dialog.h"

#include "ui/calls.h"
#include "ui/settings/settings-pane.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/problem.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuituRuleDialog
{
  AdwWindow parent_instance;

  GtkWidget *close;
  GtkWidget *set;
  GtkLabel *problem;
  GuituSection *versions;

  GuituStation *station;
  char *name;
  char *unit;
  GCancellable *load;
};

G_DEFINE_FINAL_TYPE (GuituRuleDialog, guitu_rule_dialog, ADW_TYPE_WINDOW)

static gboolean
is_ground (const char *unit)
{
  return g_strcmp0 (unit, "ground") == 0;
}

/* --- Words ----------------------------------------------------------------------------------- */

char *
guitu_rule_value_words (JsonObject *rule)
{
  const char *value = guitu_json_string (rule, "value");
  const char *unit = guitu_json_string (rule, "unit");

  if (is_ground (unit))
    return g_strdup (guitu_code_label ("legal_ground", value));
  if (guitu_codes_find ("rule_unit", unit) == NULL)
    return g_strdup (value);
  /* Translators: a number and its unit, such as "10 days" */
  return g_strdup_printf (_ ("%s %s"), value, guitu_code_label ("rule_unit", unit));
}

char *
guitu_rule_time_words (JsonObject *rule)
{
  const char *from = guitu_json_string (rule, "effective_from");
  const char *until = guitu_json_text (rule, "effective_until");
  GString *words = g_string_new (NULL);
  g_autofree char *time = until != NULL ? g_strdup_printf (_ ("%s to %s"), from, until) : g_strdup_printf (_ ("since %s"), from);

  guitu_json_join (words, time);
  guitu_json_join (words, guitu_json_string (rule, "place_name"));
  return g_string_free (words, FALSE);
}

char *
guitu_rule_source_words (JsonObject *rule)
{
  GString *words = g_string_new (guitu_json_string (rule, "citation"));

  guitu_json_join (words, guitu_json_string (rule, "note"));
  return g_string_free (words, FALSE);
}

/* --- Versions -------------------------------------------------------------------------------- */

static GtkWidget *
version_row (JsonObject *rule)
{
  g_autofree char *value = guitu_rule_value_words (rule);
  g_autofree char *time = guitu_rule_time_words (rule);
  g_autofree char *source = guitu_rule_source_words (rule);
  g_autofree char *words = g_strconcat (time, "\n", source, NULL);
  GtkWidget *row = guitu_section_row_new (value, words);
  gboolean is_own = g_str_equal (guitu_json_string (rule, "source"), "station");

  guitu_settings_row_add_text (row, is_own ? _ ("Set by this station") : "", "mark");
  guitu_settings_row_add_text (row, guitu_json_flag (rule, "in_force") ? _ ("In force") : "", "mark");
  if (is_own && guitu_json_flag (rule, "may_edit"))
    {
      g_autofree char *name = g_strdup_printf (_ ("Take back: %s"), value);

      guitu_settings_row_add_button (row, _ ("Take Back…"), name, "dialog.void", guitu_json_string (rule, "id"));
    }
  return row;
}

static void
versions_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituRuleDialog *self = owner;
  gboolean may = guitu_station_may (self->station, "rule void");

  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  guitu_problem_clear (self->problem);
  for (guint i = 0; i < json_array_get_length (results); i++)
    json_object_set_boolean_member (json_array_get_object_element (results, i), "may_edit", may);
  guitu_section_fill (self->versions, results);
}

static void
load (GuituRuleDialog *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "name", self->name);
  json_object_set_boolean_member (input, "all", TRUE);
  guitu_call (self->station, "rule list", input, guitu_call_renew (&self->load), self, versions_read);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
on_set (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituRuleDialog *self = GUITU_RULE_DIALOG (widget);
  const char *const fields[] = { is_ground (self->unit) ? "stay.legal_ground=value" : "rule.value",
                                 "rule.effective_from", "rule.effective_until", "rule.citation", "rule.note", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, self->station, _ ("Set for This Station"), _ ("_Set"), "rule set", fields);

  guitu_form_dialog_set_option (dialog, "name", self->name);
  if (guitu_codes_find ("rule_unit", self->unit) != NULL)
    guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "value"), guitu_code_label ("rule_unit", self->unit));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "effective_from"), _ ("The first day, such as 2027-01-01"));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "effective_until"), _ ("The last day; empty as long as it holds"));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "citation"), _ ("The document that says so, with its number"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_void (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "rule.note=reason", NULL };
  GuituRuleDialog *self = GUITU_RULE_DIALOG (widget);
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, self->station, _ ("Take the Rule Back"), _ ("_Take Back"), "rule void", fields);

  guitu_form_dialog_set_option (dialog, "rule", g_variant_get_string (parameter, NULL));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "note"), _ ("Why it does not stand. It stays in the history."));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_rule_dialog_finalize (GObject *object)
{
  GuituRuleDialog *self = GUITU_RULE_DIALOG (object);

  g_clear_object (&self->station);
  g_clear_object (&self->load);
  g_free (self->name);
  g_free (self->unit);
  G_OBJECT_CLASS (guitu_rule_dialog_parent_class)->finalize (object);
}

static void
guitu_rule_dialog_class_init (GuituRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->finalize = guitu_rule_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/settings/rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituRuleDialog, close);
  gtk_widget_class_bind_template_child (widget_class, GuituRuleDialog, set);
  gtk_widget_class_bind_template_child (widget_class, GuituRuleDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituRuleDialog, versions);
  gtk_widget_class_install_action (widget_class, "dialog.set", NULL, on_set);
  gtk_widget_class_install_action (widget_class, "dialog.void", "s", on_void);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
guitu_rule_dialog_init (GuituRuleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_section_set_row (self->versions, version_row);
}

void
guitu_rule_dialog_open (GtkWidget *from, GuituStation *station, JsonObject *rule)
{
  gboolean may = guitu_station_may (station, "rule set");
  GuituRuleDialog *self = g_object_new (GUITU_TYPE_RULE_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                        "title", guitu_json_string (rule, "label"), "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->name = g_strdup (guitu_json_string (rule, "name"));
  self->unit = g_strdup (guitu_json_string (rule, "unit"));
  gtk_widget_set_visible (self->set, may);
  gtk_widget_grab_focus (may ? self->set : self->close);
  g_signal_connect_object (station, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
}
