/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/access-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/record-table.h"

#include <glib/gi18n.h>

struct _GuituAccessPane
{
  GuituSettingsPane parent_instance;

  GtkStack *stack;
  GtkDropDown *user;
  GtkStringList *names; /* of the drop-down; the first stands for all */
  GuituRecordTable *table;
};

G_DEFINE_FINAL_TYPE (GuituAccessPane, guitu_access_pane, GUITU_TYPE_SETTINGS_PANE)

static char *
field_text (JsonObject *access, gconstpointer path)
{
  return guitu_json_words (access, path);
}

static char *
person_text (JsonObject *access, gconstpointer data)
{
  return g_strdup (guitu_json_string (access, "display_name"));
}

static void
accesses_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituAccessPane *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_record_table_fill (self->table, results);
  gtk_stack_set_visible_child_name (self->stack, json_array_get_length (results) > 0 ? "table" : "nothing");
}

static void
read_accesses (GuituAccessPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->user);
  JsonObject *input = json_object_new ();

  if (selected != 0 && selected != GTK_INVALID_LIST_POSITION)
    json_object_set_string_member (input, "user", gtk_string_list_get_string (self->names, selected));
  guitu_settings_pane_read (GUITU_SETTINGS_PANE (self), "access list", input, accesses_read);
}

static void
users_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituAccessPane *self = owner;
  guint n = results != NULL ? json_array_get_length (results) : 0;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->names)) - 1; i < n; i++)
    gtk_string_list_append (self->names, guitu_json_string (json_array_get_object_element (results, i), "name"));
}

static void
guitu_access_pane_load (GuituSettingsPane *pane)
{
  GuituAccessPane *self = GUITU_ACCESS_PANE (pane);

  if (!guitu_settings_pane_may (pane, "access list"))
    return;
  guitu_settings_pane_read (GUITU_SETTINGS_PANE (self), "user list", NULL, users_read);
  read_accesses (self);
}

static void
guitu_access_pane_cleared (GuituPage *page)
{
  guitu_record_table_fill (GUITU_ACCESS_PANE (page)->table, NULL);
}

static void
on_user_chosen (GuituAccessPane *self)
{
  if (guitu_page_get_station (GUITU_PAGE (self)) != NULL)
    guitu_settings_pane_load (GUITU_SETTINGS_PANE (self));
}

static void
guitu_access_pane_class_init (GuituAccessPaneClass *klass)
{
  GUITU_PAGE_CLASS (klass)->cleared = guitu_access_pane_cleared;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_access_pane_load;
}

static void
build_table (GuituAccessPane *self)
{
  GtkWidget *nothing = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "security-high-symbolic", "title", _ ("Nothing Noted"),
                                     "description", _ ("Here stands who saw a number in full or a protected record, and log-ins that failed."), NULL);

  self->table = GUITU_RECORD_TABLE (guitu_record_table_new (_ ("Access Log")));
  guitu_record_table_add_column (self->table, _ ("When"), field_text, "access.at", FALSE);
  guitu_record_table_add_column (self->table, _ ("Who"), field_text, "access.user", FALSE);
  guitu_record_table_add_column (self->table, _ ("What"), field_text, "access.act", FALSE);
  guitu_record_table_add_column (self->table, _ ("Whose"), person_text, NULL, FALSE);
  guitu_record_table_add_column (self->table, _ ("Why"), field_text, "access.detail", TRUE);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, nothing, "nothing");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->table), "table");
}

static void
guitu_access_pane_init (GuituAccessPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);

  guitu_settings_pane_describe (pane, _ ("Access Log"), _ ("Who looked at what, newest first. Nobody can change or delete it."));
  self->names = gtk_string_list_new (NULL);
  gtk_string_list_append (self->names, _ ("Everybody"));
  self->user = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (self->names), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->user))), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Whose acts"), -1);
  g_signal_connect_object (self->user, "notify::selected", G_CALLBACK (on_user_chosen), self, G_CONNECT_SWAPPED);
  guitu_settings_pane_add_control (pane, GTK_WIDGET (self->user));
  build_table (self);
  guitu_settings_pane_fill (pane, GTK_WIDGET (self->stack));
}
