/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/login/login-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>

struct _GuituLoginPage
{
  GuituPage parent_instance;

  GtkLabel *station_name;
  GtkWidget *fields;
  GtkEditable *user;
  GtkEditable *password;
  GtkLabel *locked;
  GtkLabel *problem;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (GuituLoginPage, guitu_login_page, GUITU_TYPE_PAGE)

static guint entered_signal;

static void
set_busy (GuituLoginPage *self, gboolean is_busy)
{
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  guitu_widget_set_busy (self->fields, is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.enter", !is_busy);
}

static void
show_problem (GuituLoginPage *self, const char *sentence)
{
  gtk_label_set_text (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
log_in_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituLoginPage *self = owner;
  g_autofree char *sentence = NULL;

  set_busy (self, FALSE);
  gtk_editable_set_text (self->password, "");
  if (error == NULL)
    {
      g_signal_emit (self, entered_signal, 0);
      return;
    }
  sentence = guitu_error_sentence (error);
  show_problem (self, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
on_enter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituLoginPage *self = GUITU_LOGIN_PAGE (widget);
  JsonObject *input = json_object_new ();

  show_problem (self, NULL);
  guitu_json_set (input, "user", gtk_editable_get_text (self->user));
  guitu_json_set (input, "password", gtk_editable_get_text (self->password));
  set_busy (self, TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "log in", input, NULL, self, log_in_done);
}

static void
on_user_activated (GuituLoginPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
on_password_activated (GuituLoginPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.enter", NULL);
}

static void
guitu_login_page_shown (GuituPage *page)
{
  GuituLoginPage *self = GUITU_LOGIN_PAGE (page);

  show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->locked), FALSE);
  gtk_editable_set_text (self->user, "");
  gtk_editable_set_text (self->password, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->user));
}

static void
guitu_login_page_class_init (GuituLoginPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GUITU_PAGE_CLASS (klass)->shown = guitu_login_page_shown;
  entered_signal = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "page.enter", NULL, on_enter);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/login/login-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, station_name);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, fields);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, user);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, password);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, locked);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_user_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated);
}

static void
guitu_login_page_init (GuituLoginPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_icons (GTK_WIDGET (self));
}

void
guitu_login_page_set_station_name (GuituLoginPage *self, const char *name)
{
  gtk_label_set_text (self->station_name, name);
}

void
guitu_login_page_show_locked (GuituLoginPage *self, const char *user)
{
  g_autofree char *text = g_strdup_printf (_ ("Locked by %s. What was typed is still there."), user);

  gtk_label_set_text (self->locked, text);
  gtk_widget_set_visible (GTK_WIDGET (self->locked), TRUE);
  gtk_editable_set_text (self->user, user);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}
