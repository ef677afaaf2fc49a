/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/login/setup-page.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/login/join-dialog.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/reveal.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuituSetupPage
{
  GuituPage parent_instance;

  GtkWidget *station_group;
  GtkWidget *user_group;
  GtkEditable *code;
  GtkEditable *name;
  GtkEditable *region;
  GtkEditable *phone;
  GtkEditable *full_name;
  GtkEditable *user;
  GtkEditable *password;
  GtkEditable *again;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (GuituSetupPage, guitu_setup_page, GUITU_TYPE_PAGE)

static guint entered_signal;

static void
set_busy (GuituSetupPage *self, gboolean is_busy)
{
  guitu_widget_set_busy (self->station_group, is_busy);
  guitu_widget_set_busy (self->user_group, is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.set-up", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.join", !is_busy);
}

#define PROBLEM "guitu-problem"

/* Entry rows have no place for a sentence: it becomes a row of its own below. */
static void
show_at (GtkEditable *row, const char *sentence)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (row), GTK_TYPE_LIST_BOX);
  GtkWidget *words = gtk_label_new (sentence);
  GtkWidget *problem = adw_preferences_row_new ();

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_add_css_class (words, "row-problem");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (problem), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (problem), FALSE);
  gtk_widget_set_focusable (problem, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (problem), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_list_box_insert (GTK_LIST_BOX (list), problem, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + 1);
  g_object_set_data (G_OBJECT (row), PROBLEM, problem);
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
clear_problem (GtkWidget *row)
{
  GtkWidget *problem = g_object_get_data (G_OBJECT (row), PROBLEM);

  if (problem == NULL)
    return;
  gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (problem)), problem);
  g_object_set_data (G_OBJECT (row), PROBLEM, NULL);
  gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
}

/* The focus scrolls to the row, but not to the sentence below it. */
static void
reveal_problem (GtkEditable *row)
{
  gtk_widget_grab_focus (GTK_WIDGET (row));
  guitu_reveal (g_object_get_data (G_OBJECT (row), PROBLEM));
}

static void
show_problem (GuituSetupPage *self, const char *sentence, GtkEditable *row)
{
  if (row != NULL)
    {
      clear_problem (GTK_WIDGET (row));
      show_at (row, sentence);
      reveal_problem (row);
      return;
    }
  gtk_label_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  guitu_reveal (GTK_WIDGET (self->problem));
}

/* Everything that is needed and empty is marked at once. Returns: whether anything is */
static gboolean
lacks_something (GuituSetupPage *self)
{
  GtkEditable *needed[] = { self->code, self->name, self->user, self->password };
  GtkEditable *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (needed[i])));

      clear_problem (GTK_WIDGET (needed[i]));
      if (*text != '\0')
        continue;
      show_at (needed[i], _ ("This must be filled in."));
      if (first == NULL)
        first = needed[i];
    }
  if (first != NULL)
    reveal_problem (first);
  return first != NULL;
}

/* The row of an option of the verb "init". */
static GtkEditable *
row_of (GuituSetupPage *self, const char *option)
{
  const struct
  {
    const char *option;
    GtkEditable *row;
  } rows[] = {
    { "station", self->code },
    { "name", self->name },
    { "region", self->region },
    { "phone", self->phone },
    { "full_name", self->full_name },
    { "admin", self->user },
    { "password", self->password },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].option, option) == 0)
      return rows[i].row;
  return NULL;
}

static void
fail (GuituSetupPage *self, const GError *error)
{
  g_autofree char *sentence = guitu_error_sentence (error);

  set_busy (self, FALSE);
  show_problem (self, sentence, row_of (self, guitu_error_field (error)));
}

static void
log_in_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituSetupPage *self = owner;

  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  set_busy (self, FALSE);
  gtk_editable_set_text (self->password, "");
  gtk_editable_set_text (self->again, "");
  g_signal_emit (self, entered_signal, 0);
}

static void
init_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituSetupPage *self = owner;
  JsonObject *input;

  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  input = json_object_new ();
  guitu_json_set (input, "user", gtk_editable_get_text (self->user));
  guitu_json_set (input, "password", gtk_editable_get_text (self->password));
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "log in", input, NULL, self, log_in_done);
}

static void
on_set_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituSetupPage *self = GUITU_SETUP_PAGE (widget);
  const char *password = gtk_editable_get_text (self->password);
  JsonObject *input;

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (lacks_something (self))
    return;
  if (strcmp (password, gtk_editable_get_text (self->again)) != 0)
    {
      show_problem (self, _ ("The two passwords differ."), self->again);
      return;
    }
  input = json_object_new ();
  guitu_json_set (input, "station", gtk_editable_get_text (self->code));
  guitu_json_set (input, "name", gtk_editable_get_text (self->name));
  guitu_json_set (input, "region", gtk_editable_get_text (self->region));
  guitu_json_set (input, "phone", gtk_editable_get_text (self->phone));
  guitu_json_set (input, "full_name", gtk_editable_get_text (self->full_name));
  guitu_json_set (input, "admin", gtk_editable_get_text (self->user));
  guitu_json_set (input, "password", password);
  set_busy (self, TRUE);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "init", input, NULL, self, init_done);
}

static void
on_joined (GtkWidget *self)
{
  gtk_widget_activate_action (self, "win.open-store", NULL);
}

static void
on_join (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituJoinDialog *dialog = guitu_join_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)));

  g_signal_connect_object (dialog, "joined", G_CALLBACK (on_joined), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_changed (GtkWidget *row, GuituSetupPage *self)
{
  clear_problem (row);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
on_activated (GtkWidget *row, GuituSetupPage *self)
{
  GtkEditable *order[] = { self->code, self->name, self->region, self->phone, self->full_name, self->user, self->password, self->again };

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (order); i++)
    if (GTK_WIDGET (order[i]) == row)
      {
        gtk_widget_grab_focus (GTK_WIDGET (order[i + 1]));
        return;
      }
  gtk_widget_activate_action (GTK_WIDGET (self), "page.set-up", NULL);
}

static void
guitu_setup_page_shown (GuituPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (GUITU_SETUP_PAGE (page)->code));
}

static void
guitu_setup_page_class_init (GuituSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GUITU_PAGE_CLASS (klass)->shown = guitu_setup_page_shown;
  entered_signal = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "page.set-up", NULL, on_set_up);
  gtk_widget_class_install_action (widget_class, "page.join", NULL, on_join);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/login/setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, station_group);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, user_group);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, code);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, name);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, region);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, phone);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, full_name);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, user);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, password);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, again);
  gtk_widget_class_bind_template_child (widget_class, GuituSetupPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
guitu_setup_page_init (GuituSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_icons (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
}
