/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/users-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

struct _GuituUsersPane
{
  GuituSettingsPane parent_instance;

  GtkWidget *add;
  GuituSection *section;
  JsonArray *users;
};

G_DEFINE_FINAL_TYPE (GuituUsersPane, guitu_users_pane, GUITU_TYPE_SETTINGS_PANE)

static GtkWidget *
user_row (JsonObject *user)
{
  const char *name = guitu_json_string (user, "name");
  const char *id = guitu_json_string (user, "id");
  gboolean is_disabled = g_str_equal (guitu_json_string (user, "state"), "disabled");
  g_autofree char *role = guitu_json_words (user, "user.role");
  g_autofree char *edit = g_strdup_printf (_ ("Edit %s"), name);
  g_autofree char *password = g_strdup_printf (_ ("Password of %s"), name);
  g_autofree char *disable = g_strdup_printf (is_disabled ? _ ("Enable %s") : _ ("Disable %s"), name);
  GString *words = g_string_new (guitu_json_string (user, "full_name"));
  GtkWidget *row;

  guitu_json_join (words, role);
  row = guitu_section_row_new (name, words->str);
  g_string_free (words, TRUE);
  guitu_settings_row_add_text (row, is_disabled ? _ ("Disabled") : "", "mark");
  if (!guitu_json_flag (user, "may_edit"))
    return row;
  guitu_settings_row_add_button (row, _ ("Edit…"), edit, "settings.edit-user", id);
  guitu_settings_row_add_button (row, _ ("Password…"), password, "settings.set-password", id);
  guitu_settings_row_add_button (row, is_disabled ? _ ("Enable") : _ ("Disable"), disable,
                                 is_disabled ? "settings.enable-user" : "settings.disable-user", id);
  return row;
}

static void
users_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituUsersPane *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_settings_pane_mark (GUITU_SETTINGS_PANE (self), results, "user edit");
  g_clear_pointer (&self->users, json_array_unref);
  self->users = json_array_ref (results);
  guitu_section_fill (self->section, results);
}

static void
guitu_users_pane_load (GuituSettingsPane *pane)
{
  GuituUsersPane *self = GUITU_USERS_PANE (pane);

  gtk_widget_set_visible (self->add, guitu_settings_pane_may (pane, "user add"));
  if (guitu_settings_pane_may (pane, "user list"))
    guitu_settings_pane_read (GUITU_SETTINGS_PANE (self), "user list", NULL, users_read);
  else
    guitu_section_fill (self->section, NULL);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
ask_password (GuituUsersPane *self, const char *title, const char *id)
{
  static const char *const fields[] = { "user.password=password", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (self), guitu_page_get_station (GUITU_PAGE (self)), title, _ ("_Set"),
                                                   "user passwd", fields);

  guitu_form_dialog_ask_again (dialog, "password");
  if (id != NULL)
    guitu_form_dialog_set_option (dialog, "name", id);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_my_password (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_password (GUITU_USERS_PANE (widget), _ ("My Password"), NULL);
}

static void
on_set_password (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituUsersPane *self = GUITU_USERS_PANE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Password of %s"), guitu_json_string (guitu_settings_find (self->users, id), "name"));

  ask_password (self, title, id);
}

static void
on_add_user (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "user.name", "user.full_name", "user.role", "user.sex", "user.password=password", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Add User"), _ ("_Add"),
                                                   "user add", fields);

  guitu_form_dialog_ask_again (dialog, "password");
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "name"), _ ("What is typed to log in, such as zhang"));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "full_name"), _ ("As it stands on papers"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_edit_user (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "user.full_name", "user.role", "user.sex", NULL };
  GuituUsersPane *self = GUITU_USERS_PANE (widget);
  JsonObject *user = guitu_settings_find (self->users, g_variant_get_string (parameter, NULL));
  g_autofree char *title = NULL;
  GuituFormDialog *dialog;

  if (user == NULL)
    return;
  title = g_strdup_printf (_ ("Edit %s"), guitu_json_string (user, "name"));
  dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (self)), title, _ ("_Save"), "user edit", fields);
  guitu_form_dialog_set_option (dialog, "name", guitu_json_string (user, "id"));
  guitu_form_dialog_load (dialog, user);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
access_set (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
}

static void
on_set_access (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gboolean enables = g_str_equal (action, "settings.enable-user");
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "name", g_variant_get_string (parameter, NULL));
  if (enables)
    json_object_set_boolean_member (input, "enable", TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (widget)), enables ? "user edit" : "user disable", input, NULL, widget, access_set);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_users_pane_cleared (GuituPage *page)
{
  GuituUsersPane *self = GUITU_USERS_PANE (page);

  g_clear_pointer (&self->users, json_array_unref);
  guitu_section_fill (self->section, NULL);
}

static void
guitu_users_pane_dispose (GObject *object)
{
  g_clear_pointer (&GUITU_USERS_PANE (object)->users, json_array_unref);
  G_OBJECT_CLASS (guitu_users_pane_parent_class)->dispose (object);
}

static void
guitu_users_pane_class_init (GuituUsersPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_users_pane_dispose;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_users_pane_cleared;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_users_pane_load;
  gtk_widget_class_install_action (widget_class, "settings.my-password", NULL, on_my_password);
  gtk_widget_class_install_action (widget_class, "settings.set-password", "s", on_set_password);
  gtk_widget_class_install_action (widget_class, "settings.add-user", NULL, on_add_user);
  gtk_widget_class_install_action (widget_class, "settings.edit-user", "s", on_edit_user);
  gtk_widget_class_install_action (widget_class, "settings.disable-user", "s", on_set_access);
  gtk_widget_class_install_action (widget_class, "settings.enable-user", "s", on_set_access);
}

static void
guitu_users_pane_init (GuituUsersPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);

  guitu_settings_pane_describe (pane, _ ("Users"), _ ("Who works with the program, and in which role. What somebody did stays when their access is taken away."));
  guitu_settings_pane_add_button (pane, _ ("_My Password…"), "settings.my-password");
  self->add = guitu_settings_pane_add_button (pane, _ ("_Add User…"), "settings.add-user");
  self->section = guitu_settings_pane_add_section (pane, _ ("Users"), _ ("Your role does not see who else works here. Your own password can be changed."), user_row);
}
