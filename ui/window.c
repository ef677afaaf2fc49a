/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/intake/intake-page.h"
#include "ui/lock.h"
#include "ui/login/login-page.h"
#include "ui/login/setup-page.h"
#include "ui/papers/fill-window.h"
#include "ui/papers/paper-window.h"
#include "ui/papers/papers-work.h"
#include "ui/person/person-page.h"
#include "ui/places.h"
#include "ui/stations/hub-sign.h"
#include "ui/stations/hub-watch.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"
#include "ui/widgets/stack.h"
#include "ui/widgets/unsaved.h"
#include "ui/window-size.h"

#include <glib/gi18n.h>

struct _GuituWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *gate;
  AdwStatusPage *trouble;
  GtkProgressBar *progress;
  GtkWidget *retry;
  GuituSetupPage *setup;
  GuituLoginPage *login;
  GtkListBox *places;
  GtkButton *hub_sign;
  GtkLabel *user_name;
  GtkLabel *station_name;
  GtkStack *pages;

  GuituStation *station;
  GSettings *settings; /* NULL where the schema is not installed */
  char *came_from;     /* the place from which the file of a person was opened */
  GuituIdle *idle;
  char *locked_by; /* who worked when the program was locked, or NULL */
};

G_DEFINE_FINAL_TYPE (GuituWindow, guitu_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_STATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- Pages ----------------------------------------------------------------------------------- */

static GuituPage *
visible_page (GuituWindow *self)
{
  return GUITU_PAGE (gtk_stack_get_visible_child (self->pages));
}

static GtkWidget *
page_named (GuituWindow *self, const char *name)
{
  return guitu_places_page (self->pages, name, self->station);
}

static void
show_page (GuituWindow *self, const char *name)
{
  if (page_named (self, name) == NULL)
    return;
  guitu_news_dismiss (self->toasts); /* news of one page do not cover the next */
  guitu_page_leave (visible_page (self));
  gtk_stack_set_visible_child_name (self->pages, name);
  guitu_places_select (self->places, name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-back", g_str_equal (name, "person"));
  guitu_page_shown (visible_page (self));
}

static void
on_place_activated (GuituWindow *self, GtkListBoxRow *row)
{
  show_page (self, guitu_places_name (row));
}

/* --- The way in ------------------------------------------------------------------------------ */

static void
station_shown (gpointer owner, JsonArray *results, GError *error)
{
  GuituWindow *self = owner;

  if (error == NULL)
    gtk_label_set_text (self->station_name, guitu_json_string (guitu_call_first (results), "name"));
}

static void
show_user (GuituWindow *self)
{
  gtk_label_set_text (self->user_name, guitu_station_user (self->station));
  guitu_idle_follow_rule (self->idle, self->station);
  guitu_call (self->station, "station show", NULL, NULL, self, station_shown);
}

/* Nothing that another user read stays on a page; a form that is begun does, for whoever goes on with it. */
static void
clear_pages (GuituWindow *self, GuituPage *except)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (GUITU_PAGE (page) != except && !(GUITU_IS_INTAKE_PAGE (page) && guitu_intake_page_has_input (GUITU_INTAKE_PAGE (page))))
      guitu_page_clear (GUITU_PAGE (page));
}

static void
on_entered (GuituWindow *self)
{
  g_autofree char *before = g_steal_pointer (&self->locked_by);
  const char *user = guitu_station_user (self->station);

  show_user (self);
  guitu_hub_watch_start (guitu_hub_watch_for (self->station)); /* a new store was opened by the set-up page */
  gtk_stack_set_visible_child_name (self->gate, "work");
  if (g_strcmp0 (before, user) == 0)
    guitu_page_shown (visible_page (self));
  else
    {
      clear_pages (self, NULL);
      show_page (self, "duty");
    }
  guitu_lock_bring_back (GTK_WINDOW (self), user);
}

static void
show_gate (GuituWindow *self, const char *name, GuituPage *page)
{
  guitu_news_dismiss (self->toasts); /* they stand above every page, and name people */
  gtk_stack_set_visible_child_name (self->gate, name);
  guitu_page_shown (page);
}

gboolean
guitu_window_is_usable (GuituWindow *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->gate);

  return g_strcmp0 (shown, "login") == 0 || g_strcmp0 (shown, "setup") == 0;
}

static void
store_opened (gpointer owner, JsonArray *results, GError *error)
{
  GuituWindow *self = owner;
  g_autofree char *sentence = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  if (error == NULL)
    {
      guitu_hub_watch_start (guitu_hub_watch_for (self->station));
      show_gate (self, "login", GUITU_PAGE (self->login));
      return;
    }
  if (g_error_matches (error, GUITU_ERROR, GUITU_ERROR_NOT_FOUND))
    {
      show_gate (self, "setup", GUITU_PAGE (self->setup));
      return;
    }
  sentence = guitu_error_sentence (error);
  adw_status_page_set_icon_name (self->trouble, "dialog-error-symbolic");
  adw_status_page_set_title (self->trouble, _ ("The records cannot be opened"));
  adw_status_page_set_description (self->trouble, sentence);
  gtk_widget_set_visible (self->retry, TRUE);
  gtk_widget_grab_focus (self->retry);
}

/* After an update the names are put in order anew, once: among a million people that takes a while. */
static void
on_opening (gpointer owner, guint done, guint total)
{
  GuituWindow *self = owner;
  g_autofree char *words = g_strdup_printf (_ ("%u of %u"), done, total);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->progress)))
    {
      adw_status_page_set_title (self->trouble, _ ("Preparing the Search…"));
      adw_status_page_set_description (self->trouble, _ ("After an update the index of names is made anew, once. The records stay as they are."));
      gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
    }
  gtk_progress_bar_set_fraction (self->progress, total > 0 ? MIN (1.0, (double) done / total) : 0);
  gtk_progress_bar_set_text (self->progress, words);
}

static void
open_store (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);
  g_autoptr (GCancellable) never = g_cancellable_new ();

  guitu_call_long (self->station, "open", NULL, never, self, on_opening, store_opened);
}

/* Everything personal leaves the screen before the log-in page is there. */
static void
leave (gpointer owner)
{
  GuituWindow *self = owner;

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    guitu_page_clear (GUITU_PAGE (page));
  guitu_lock_close_all (GTK_WINDOW (self));
  guitu_station_log_out (self->station);
  show_gate (self, "login", GUITU_PAGE (self->login));
}

static void
lock (GtkWindow *window)
{
  GuituWindow *self = GUITU_WINDOW (window);
  const char *user = guitu_station_user (self->station);

  if (user == NULL)
    return;
  self->locked_by = g_strdup (user);
  guitu_page_leave (visible_page (self));
  guitu_lock_put_away (window, user);
  guitu_station_log_out (self->station);
  show_gate (self, "login", GUITU_PAGE (self->login));
  guitu_login_page_show_locked (self->login, self->locked_by);
}

static void
on_lock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lock (GTK_WINDOW (widget));
}

static void
on_user_changed (GuituWindow *self)
{
  g_autofree char *text = g_strdup_printf (_ ("Now %s works here"), guitu_station_user (self->station));
  g_autofree char *before = g_strdup (gtk_label_get_text (self->user_name));

  if (g_strcmp0 (before, guitu_station_user (self->station)) != 0)
    guitu_lock_put_away (GTK_WINDOW (self), before);
  show_user (self);
  clear_pages (self, visible_page (self));
  guitu_lock_bring_back (GTK_WINDOW (self), guitu_station_user (self->station));
  guitu_page_toast (GTK_WIDGET (self), text);
}

/* The page and what is typed there stay. */
static void
on_change_user (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "user.name=user", "user.password=password", NULL };
  GuituWindow *self = GUITU_WINDOW (widget);
  GuituFormDialog *dialog;

  if (guitu_station_user (self->station) == NULL)
    return;
  dialog = guitu_form_dialog_new (widget, self->station, _ ("Switch User"), _ ("_Switch"), "log in", fields);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_user_changed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GuituIntakePage *
intake_page (GuituWindow *self)
{
  return GUITU_INTAKE_PAGE (page_named (self, "intake"));
}

static void
on_log_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);

  if (guitu_station_user (self->station) == NULL)
    return;
  if (guitu_intake_page_has_input (intake_page (self)))
    guitu_dialog_ask (widget, _ ("Discard what was typed?"),
                      _ ("The registration form on the intake desk has not been saved."),
                      _ ("_Discard and Log Out"), TRUE, self, leave);
  else
    leave (self);
}

/* --- Actions --------------------------------------------------------------------------------- */

static void
on_show_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);
  g_auto (GStrv) place = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2); /* "settings/calendar" */

  if (guitu_station_user (self->station) == NULL)
    return;
  show_page (self, place[0]);
  if (place[1] != NULL)
    gtk_widget_activate_action (GTK_WIDGET (visible_page (self)), "page.show-section", "s", place[1]);
}

static void
on_go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);

  show_page (self, self->came_from != NULL ? self->came_from : "intake");
}

static void
on_open_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);
  const char *from = gtk_stack_get_visible_child_name (self->pages);
  GtkWidget *page = page_named (self, "person");
  const char *person, *act;

  g_variant_get (parameter, "(&s&s)", &person, &act);
  if (!g_str_equal (from, "person"))
    {
      g_free (self->came_from);
      self->came_from = g_strdup (from);
    }
  guitu_person_page_open (GUITU_PERSON_PAGE (page), person, act);
  show_page (self, "person");
}

static void
on_register (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);

  show_page (self, "intake");
  guitu_intake_page_register (intake_page (self), g_variant_get_string (parameter, NULL));
}

static void
on_open_paper (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_window_open (widget, GUITU_WINDOW (widget)->station, g_variant_get_string (parameter, NULL));
}

static void
on_fill_paper (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *kind, *option, *id;

  g_variant_get (parameter, "(&s&s&s)", &kind, &option, &id);
  guitu_fill_window_open (widget, GUITU_WINDOW (widget)->station, kind, option, id);
}

static void
on_print_form (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_papers_issue (widget, GUITU_WINDOW (widget)->station, "intake-registration", "stay", g_variant_get_string (parameter, NULL));
}

static void
on_show_toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);

  if (guitu_station_user (self->station) != NULL) /* a late answer; it may name people */
    guitu_news_show (self->toasts, parameter);
}

/* "win.do('save')" is "page.save" of the page that is to be seen, if it has such an action. */
static void
on_do (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);
  g_autofree char *name = g_strconcat ("page.", g_variant_get_string (parameter, NULL), NULL);

  if (guitu_station_user (self->station) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (visible_page (self)), name, NULL);
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);

  if (guitu_station_user (self->station) == NULL)
    return;
  if (gtk_widget_activate_action (GTK_WIDGET (visible_page (self)), "page.find", NULL))
    return;
  show_page (self, "intake");
  gtk_widget_activate_action (GTK_WIDGET (visible_page (self)), "page.find", NULL);
}

static void
on_new_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituWindow *self = GUITU_WINDOW (widget);

  if (guitu_station_user (self->station) == NULL)
    return;
  if (visible_page (self) != GUITU_PAGE (intake_page (self)))
    show_page (self, "intake");
  gtk_widget_activate_action (GTK_WIDGET (visible_page (self)), "page.new", NULL);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_window_constructed (GObject *object)
{
  GuituWindow *self = GUITU_WINDOW (object);

  G_OBJECT_CLASS (guitu_window_parent_class)->constructed (object);
  self->settings = guitu_window_keep_size (GTK_WINDOW (self));
  guitu_places_fill (self->places, self->station);
  guitu_hub_sign_watch (self->hub_sign, self->station);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-back", FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-store", NULL);
}

static void
close_anyway (gpointer owner)
{
  gtk_window_destroy (GTK_WINDOW (owner));
}

static gboolean
guitu_window_close_request (GtkWindow *window)
{
  GuituWindow *self = GUITU_WINDOW (window);
  GtkWidget *intake = gtk_stack_get_child_by_name (self->pages, "intake");
  gboolean has_form = intake != NULL && guitu_intake_page_has_input (GUITU_INTAKE_PAGE (intake)); /* locked or not */
  gboolean has_dialog = guitu_unsaved_above (window);

  if (!has_form && !has_dialog)
    return GTK_WINDOW_CLASS (guitu_window_parent_class)->close_request (window);
  guitu_dialog_ask (GTK_WIDGET (self), _ ("Discard what was typed?"),
                    has_dialog ? _ ("The dialog that is open has not been saved.")
                               : _ ("The registration form on the intake desk has not been saved."),
                    _ ("_Discard and Quit"), TRUE, self, close_anyway);
  return TRUE;
}

static void
guitu_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATION)
    g_value_set_object (value, GUITU_WINDOW (object)->station);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
guitu_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATION)
    GUITU_WINDOW (object)->station = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
guitu_window_dispose (GObject *object)
{
  GuituWindow *self = GUITU_WINDOW (object);

  g_clear_object (&self->settings);
  if (self->station != NULL)
    guitu_hub_watch_stop (guitu_hub_watch_for (self->station));
  g_clear_object (&self->station);
  g_clear_pointer (&self->came_from, g_free);
  g_clear_pointer (&self->locked_by, g_free);
  g_clear_pointer (&self->idle, guitu_idle_free);
  G_OBJECT_CLASS (guitu_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-store", NULL, open_store);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", on_show_page);
  gtk_widget_class_install_action (widget_class, "win.go-back", NULL, on_go_back);
  gtk_widget_class_install_action (widget_class, "win.open-person", "(ss)", on_open_person);
  gtk_widget_class_install_action (widget_class, "win.register", "s", on_register);
  gtk_widget_class_install_action (widget_class, "win.open-paper", "s", on_open_paper);
  gtk_widget_class_install_action (widget_class, "win.fill-paper", "(sss)", on_fill_paper);
  gtk_widget_class_install_action (widget_class, "win.print-form", "s", on_print_form);
  gtk_widget_class_install_action (widget_class, "win.show-toast", GUITU_NEWS_TYPE, on_show_toast);
  gtk_widget_class_install_action (widget_class, "win.do", "s", on_do);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "win.new-person", NULL, on_new_person);
  gtk_widget_class_install_action (widget_class, "win.log-out", NULL, on_log_out);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, on_lock);
  gtk_widget_class_install_action (widget_class, "win.change-user", NULL, on_change_user);
}

static void
guitu_window_class_init (GuituWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_SETUP_PAGE);
  g_type_ensure (GUITU_TYPE_LOGIN_PAGE);
  object_class->constructed = guitu_window_constructed;
  object_class->dispose = guitu_window_dispose;
  object_class->get_property = guitu_window_get_property;
  object_class->set_property = guitu_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = guitu_window_close_request;
  properties[PROP_STATION] = g_param_spec_object ("station", NULL, NULL, GUITU_TYPE_STATION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, gate);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, setup);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, login);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, places);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, hub_sign);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, user_name);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, station_name);
  gtk_widget_class_bind_template_child (widget_class, GuituWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated);
}

static void
guitu_window_init (GuituWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->gate);
  guitu_stack_hide_others (self->pages);
  self->idle = guitu_idle_new (GTK_WINDOW (self), lock);
}

GuituWindow *
guitu_window_new (GtkApplication *application, GuituStation *station)
{
  GuituWindow *self = g_object_new (GUITU_TYPE_WINDOW, "application", application, "station", station, NULL);
  GtkShortcutsWindow *shortcuts = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self));

  if (shortcuts != NULL)
    guitu_dialog_name_shortcuts (shortcuts);
  return self;
}
