/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/person-rows.h"

#include "app/app.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stay-words.h"

#include <glib/gi18n.h>

static GtkWidget *
add_button (GtkWidget *row, const char *icon, const char *tip, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *spoken = g_strdup_printf ("%s %s", tip, target);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
add_mark (GtkWidget *row, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  if (*words == '\0')
    return;
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "mark");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

GtkWidget *
guitu_person_statement_row (JsonObject *statement)
{
  g_autoptr (GString) about = g_string_new (NULL);
  g_autofree char *topic = guitu_json_words (statement, "statement.about");
  g_autofree char *heard = guitu_json_words (statement, "statement.heard_at");
  g_autofree char *confidence = guitu_json_words (statement, "statement.confidence");
  g_autofree char *words = g_strdup_printf ("“%s”", guitu_json_string (statement, "text"));

  guitu_json_join (about, topic);
  guitu_json_join (about, guitu_json_text (statement, "sound"));
  guitu_json_join (about, confidence);
  guitu_json_join (about, heard);
  guitu_json_join (about, guitu_json_text (statement, "heard_by_name"));
  return guitu_section_row_new (words, about->str);
}

GtkWidget *
guitu_person_stay_row (JsonObject *stay)
{
  g_autoptr (GString) title = g_string_new (guitu_json_string (stay, "number"));
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *came_by = guitu_json_words (stay, "stay.came_by");
  g_autofree char *leave_by = guitu_json_words (stay, "stay.leave_by");
  g_autofree char *arrived = guitu_json_words (stay, "stay.arrived_at");
  g_autofree char *left = guitu_json_words (stay, "stay.left_at");
  g_autofree char *days = guitu_stay_days_words (stay);
  g_autofree char *bed = guitu_json_text (stay, "bed") != NULL ? g_strdup_printf (_ ("Bed %s"), guitu_json_text (stay, "bed")) : NULL;
  GtkWidget *row;

  guitu_json_join (title, came_by);
  guitu_json_join (title, leave_by);
  g_string_append (detail, arrived);
  if (*left != '\0')
    g_string_append_printf (detail, " → %s", left);
  guitu_json_join (detail, bed);
  row = guitu_section_row_new (title->str, detail->str);
  if (*days != '\0')
    add_mark (row, days, guitu_stay_days_style (stay));
  else
    add_mark (row, guitu_stay_state_words (stay), NULL);
  return row;
}

GtkWidget *
guitu_person_paper_row (JsonObject *paper)
{
  const char *number = guitu_json_string (paper, "number");
  const char *state = guitu_json_string (paper, "state");
  g_autofree char *words = guitu_json_words (paper, "paper.state");
  g_autofree char *issued = guitu_json_words (paper, "paper.issued_at");
  g_autoptr (GString) detail = g_string_new (number);
  GtkWidget *row;
  gboolean is_good = g_str_equal (state, "issued");

  guitu_json_join (detail, issued);
  row = guitu_section_row_new (guitu_json_string (paper, "title"), detail->str);
  add_mark (row, words, is_good ? "success" : "dim-label");
  if (is_good)
    {
      add_button (row, "document-revert-symbolic", _ ("Reprint"), "page.reprint-paper", number);
      add_button (row, "user-trash-symbolic", _ ("Void"), "page.void-paper", number);
    }
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row),
                                         add_button (row, "document-print-preview-symbolic", _ ("Open"), "win.open-paper", number));
  return row;
}

static const char *
field_label (const char *kind_name, const char *name)
{
  const GuituKind *kind = guitu_kind_find (kind_name);
  int index = kind != NULL ? guitu_kind_field (kind, name) : -1;

  return index >= 0 ? guitu_field_label (&kind->fields[index]) : name;
}

/* A change shows what the field became; a record that is new says so once. */
GtkWidget *
guitu_person_history_row (JsonObject *change)
{
  const char *kind = guitu_json_string (change, "kind");
  const char *field = guitu_json_string (change, "field");
  g_autofree char *at = guitu_moment_from_iso (guitu_json_text (change, "at"));
  g_autoptr (GString) detail = g_string_new (at);
  g_autoptr (JsonObject) record = json_object_new ();
  g_autofree char *path = g_strconcat (kind, ".", field, NULL);
  g_autofree char *value = NULL;
  g_autofree char *title = NULL;
  const GuituKind *declared = guitu_kind_find (kind);

  guitu_json_set (record, field, guitu_json_text (change, "value"));
  if (declared != NULL && guitu_kind_field (declared, field) >= 0)
    value = guitu_json_words (record, path);
  else
    value = g_strdup (guitu_json_string (change, "value"));
  title = g_strdup_printf ("%s: %s", field_label (kind, field), *value != '\0' ? value : "—");
  guitu_json_join (detail, guitu_json_text (change, "user"));
  guitu_json_join (detail, guitu_json_text (change, "act"));
  return guitu_section_row_new (title, detail->str);
}

GtkWidget *
guitu_person_conflict_row (JsonObject *conflict)
{
  g_autoptr (GString) detail = g_string_new (NULL);
  JsonArray *values = guitu_json_array (conflict, "values");
  guint n = values != NULL ? json_array_get_length (values) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *value = json_array_get_object_element (values, i);
      g_autofree char *at = guitu_moment_from_iso (guitu_json_text (value, "at"));
      g_autofree char *line = g_strdup_printf ("%s (%s, %s)", guitu_json_string (value, "value"),
                                               guitu_json_string (value, "user"), at);

      if (i > 0)
        g_string_append_c (detail, '\n');
      g_string_append (detail, line);
    }
  return guitu_section_row_new (field_label ("person", guitu_json_string (conflict, "field")), detail->str);
}
