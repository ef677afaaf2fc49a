/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/settings-pane.h"

#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#define LONG_TEXT 24 /* characters; longer ones go over several lines */

typedef struct
{
  GtkLabel *title;
  GtkLabel *about;
  GtkBox *head;
  GtkBox *frame;
  GtkWidget *scroll;
  GtkBox *content;
  GCancellable *reading;
} GuituSettingsPanePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GuituSettingsPane, guitu_settings_pane, GUITU_TYPE_PAGE)

static GuituSettingsPanePrivate *
private_of (GuituSettingsPane *self)
{
  return guitu_settings_pane_get_instance_private (self);
}

void
guitu_settings_pane_load (GuituSettingsPane *self)
{
  guitu_call_renew (&private_of (self)->reading);
  GUITU_SETTINGS_PANE_GET_CLASS (self)->load (self);
}

void
guitu_settings_pane_read (GuituSettingsPane *self, const char *verb, JsonObject *input, GuituCallDone done)
{
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), verb, input, private_of (self)->reading, self, done);
}

static void
guitu_settings_pane_reload (GuituPage *page)
{
  guitu_settings_pane_load (GUITU_SETTINGS_PANE (page));
}

static void
guitu_settings_pane_left (GuituPage *page)
{
  guitu_call_renew (&private_of (GUITU_SETTINGS_PANE (page))->reading);
}

static void
guitu_settings_pane_dispose (GObject *object)
{
  g_clear_object (&private_of (GUITU_SETTINGS_PANE (object))->reading);
  G_OBJECT_CLASS (guitu_settings_pane_parent_class)->dispose (object);
}

static void
guitu_settings_pane_class_init (GuituSettingsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_settings_pane_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_settings_pane_reload;
  GUITU_PAGE_CLASS (klass)->left = guitu_settings_pane_left;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_settings_pane_reload;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/settings/settings-pane.ui");
  gtk_widget_class_bind_template_child_private (widget_class, GuituSettingsPane, title);
  gtk_widget_class_bind_template_child_private (widget_class, GuituSettingsPane, about);
  gtk_widget_class_bind_template_child_private (widget_class, GuituSettingsPane, head);
  gtk_widget_class_bind_template_child_private (widget_class, GuituSettingsPane, frame);
  gtk_widget_class_bind_template_child_private (widget_class, GuituSettingsPane, scroll);
  gtk_widget_class_bind_template_child_private (widget_class, GuituSettingsPane, content);
}

static void
guitu_settings_pane_init (GuituSettingsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
guitu_settings_pane_describe (GuituSettingsPane *self, const char *title, const char *about)
{
  gtk_label_set_text (private_of (self)->title, title);
  gtk_label_set_text (private_of (self)->about, about);
}

void
guitu_settings_pane_add_control (GuituSettingsPane *self, GtkWidget *control)
{
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_box_append (private_of (self)->head, control);
}

GtkWidget *
guitu_settings_pane_add_button (GuituSettingsPane *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  guitu_name_buttons (button);
  guitu_settings_pane_add_control (self, button);
  return button;
}

void
guitu_settings_pane_add (GuituSettingsPane *self, GtkWidget *widget)
{
  gtk_box_append (private_of (self)->content, widget);
}

GuituSection *
guitu_settings_pane_add_section (GuituSettingsPane *self, const char *title, const char *empty, GuituSectionRow row)
{
  GuituSection *section = g_object_new (GUITU_TYPE_SECTION, "title", title, "empty", empty != NULL ? empty : "", NULL);

  guitu_section_set_row (section, row);
  guitu_section_fill (section, NULL);
  guitu_settings_pane_add (self, GTK_WIDGET (section));
  return section;
}

void
guitu_settings_pane_fill (GuituSettingsPane *self, GtkWidget *widget)
{
  gtk_widget_set_visible (private_of (self)->scroll, FALSE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_box_append (private_of (self)->frame, widget);
}

gboolean
guitu_settings_pane_may (GuituSettingsPane *self, const char *right)
{
  return guitu_station_may (guitu_page_get_station (GUITU_PAGE (self)), right);
}

void
guitu_settings_pane_mark (GuituSettingsPane *self, JsonArray *records, const char *right)
{
  gboolean may = guitu_settings_pane_may (self, right);

  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    json_object_set_boolean_member (json_array_get_object_element (records, i), "may_edit", may);
}

void
guitu_settings_row_add_button (GtkWidget *row, const char *label, const char *name, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

void
guitu_settings_row_add_text (GtkWidget *row, const char *text, const char *style)
{
  GtkWidget *label;

  if (*text == '\0')
    return;
  label = gtk_label_new (text);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (g_utf8_strlen (text, -1) > LONG_TEXT)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_width_chars (GTK_LABEL (label), LONG_TEXT);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
    }
  gtk_widget_add_css_class (label, style);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

JsonObject *
guitu_settings_find (JsonArray *records, const char *id)
{
  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (records, i), "id"), id))
      return json_array_get_object_element (records, i);
  return NULL;
}
