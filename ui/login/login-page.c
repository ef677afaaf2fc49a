/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/login/login-page.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/progress-window.h"
#include "ui/stations/hub-watch.h"
#include "ui/stations/hub-words.h"
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
  GtkWidget *enter;
  GtkLabel *arriving;
  GtkWidget *import;

  GuituHubWatch *watch;
  gboolean has_imported; /* just now */
  gboolean is_unknown;   /* this desk has no records of its station yet: nobody can log in */
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

/* --- A desk that has just joined ------------------------------------------------------------- */

/* Where the records of the station are. */
static void
show_arriving (GuituLoginPage *self)
{
  JsonObject *status = self->watch == NULL ? NULL : guitu_hub_watch_get_status (self->watch);
  GuituHubSummary hub = guitu_hub_summary (status);
  gboolean is_receiving = status != NULL && json_object_has_member (status, "receiving");
  g_autofree char *words = NULL;

  if (!self->is_unknown)
    words = g_strdup_printf (_ ("Records are still arriving. %s. Who is not known here yet logs in a little later."), hub.words);
  else if (hub.state != GUITU_HUB_NONE)
    words = g_strdup_printf (_ ("The records of the station come from the hub. %s. A bundle of another desk brings them, too."), hub.words);
  else
    words = g_strdup (_ ("This computer belongs to the station now. Write a bundle at another desk (Other Stations), and take it in here: then you can log in."));
  gtk_label_set_text (self->arriving, words);
  gtk_widget_set_visible (GTK_WIDGET (self->arriving), self->is_unknown || is_receiving);
  g_free (hub.words);
}

static void
station_shown (gpointer owner, JsonArray *results, GError *error)
{
  GuituLoginPage *self = owner;
  gboolean was_unknown = self->is_unknown;

  self->is_unknown = g_error_matches (error, GUITU_ERROR, GUITU_ERROR_NOT_FOUND);
  gtk_label_set_text (self->station_name, guitu_json_string (guitu_call_first (results), "name"));
  gtk_widget_set_visible (self->fields, !self->is_unknown);
  gtk_widget_set_visible (self->enter, !self->is_unknown);
  gtk_widget_set_visible (self->import, self->is_unknown);
  show_arriving (self);
  if (self->is_unknown && self->has_imported)
    show_problem (self, _ ("The bundle was taken in, but this station's own records are not in it. Write one for the desks of this station."));
  self->has_imported = FALSE;
  if (self->is_unknown && !was_unknown)
    gtk_widget_grab_focus (self->import);
  else if (was_unknown && !self->is_unknown)
    gtk_widget_grab_focus (GTK_WIDGET (self->user));
}

static void
look_at_station (GuituLoginPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "station show", NULL, NULL, self, station_shown);
}

static void
on_hub_updated (GuituLoginPage *self)
{
  if (self->is_unknown)
    look_at_station (self);
  else
    show_arriving (self);
}

static void
imported (gpointer owner, JsonArray *results, GError *error)
{
  GuituLoginPage *self = owner;
  g_autofree char *sentence = error == NULL ? NULL : guitu_error_sentence (error);

  self->has_imported = error == NULL;
  show_problem (self, sentence);
  look_at_station (self);
}

static void
import_file (gpointer owner, const char *path)
{
  GuituStation *station = guitu_page_get_station (owner);
  const GuituProgressWork work = { owner, station, _ ("The bundle is being taken in…"), "bundle import", owner, imported };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", path);
  guitu_progress_run (&work, input);
}

static void
on_import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_file (widget, _ ("Take in a Bundle"), widget, import_file);
}

/* --- The page -------------------------------------------------------------------------------- */

static void
guitu_login_page_shown (GuituPage *page)
{
  GuituLoginPage *self = GUITU_LOGIN_PAGE (page);

  if (self->watch == NULL)
    {
      self->watch = g_object_ref (guitu_hub_watch_for (guitu_page_get_station (page)));
      g_signal_connect_object (self->watch, "updated", G_CALLBACK (on_hub_updated), self, G_CONNECT_SWAPPED);
    }
  look_at_station (self);
  show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->locked), FALSE);
  gtk_editable_set_text (self->user, "");
  gtk_editable_set_text (self->password, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->user));
}

static void
guitu_login_page_refreshed (GuituPage *page)
{
  look_at_station (GUITU_LOGIN_PAGE (page));
}

static void
guitu_login_page_dispose (GObject *object)
{
  g_clear_object (&GUITU_LOGIN_PAGE (object)->watch);
  G_OBJECT_CLASS (guitu_login_page_parent_class)->dispose (object);
}

static void
guitu_login_page_class_init (GuituLoginPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_login_page_dispose;
  GUITU_PAGE_CLASS (klass)->shown = guitu_login_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_login_page_refreshed;
  entered_signal = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "page.enter", NULL, on_enter);
  gtk_widget_class_install_action (widget_class, "page.import", NULL, on_import);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/login/login-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, station_name);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, fields);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, user);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, password);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, locked);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, enter);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, arriving);
  gtk_widget_class_bind_template_child (widget_class, GuituLoginPage, import);
  gtk_widget_class_bind_template_callback (widget_class, on_user_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated);
}

static void
guitu_login_page_init (GuituLoginPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_icons (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
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
