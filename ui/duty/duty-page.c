/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/duty/duty-page.h"

#include "ui/calls.h"
#include "ui/duty/due-words.h"
#include "ui/duty/duty-acts.h"
#include "ui/duty/duty-figures.h"
#include "ui/duty/duty-list.h"
#include "ui/duty/duty-rows.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"
#include "ui/widgets/names.h"
#include "ui/widgets/stack.h"

#include <glib/gi18n.h>

#define REFRESH_SECONDS 60

struct _GuituDutyPage
{
  GuituPage parent_instance;

  GtkToggleButton *lately;
  GtkBox *figures;
  GtkStack *stack;
  AdwStatusPage *empty;
  GuituDutyList *list;
  GtkLabel *law;
  GtkWidget *open;
  GtkWidget *waive;
  GtkButton *done;

  JsonArray *tasks; /* NULL until they are read */
  JsonArray *stays;
  GPtrArray *buttons;        /* (GtkToggleButton) of the figures, in their order */
  const GuituFigure *figure; /* that the list is limited to, or NULL */
  char *noted;               /* id of what was noted last, to take it back */
  gboolean sets_focus;
  guint timer;
  GCancellable *load_tasks;
  GCancellable *load_stays;
};

G_DEFINE_FINAL_TYPE (GuituDutyPage, guitu_duty_page, GUITU_TYPE_PAGE)

static JsonObject *
selected_task (GuituDutyPage *self)
{
  return guitu_json_object (guitu_duty_list_get_selected (self->list), "task");
}

/* A task that is noted as done or not needed, which can be taken back. */
static gboolean
is_noted (JsonObject *task)
{
  return guitu_json_text (task, "done_at") != NULL;
}

/* --- What is shown --------------------------------------------------------------------------- */

static JsonArray *
wanted_rows (GuituDutyPage *self)
{
  if (gtk_toggle_button_get_active (self->lately))
    return guitu_duty_done_rows (self->tasks);
  if (self->figure != NULL && self->figure->of == GUITU_FIGURE_OF_STAYS)
    return guitu_duty_stay_rows (self->stays, self->figure);
  return guitu_duty_task_rows (self->tasks, self->figure);
}

static void
show_empty (GuituDutyPage *self)
{
  gboolean is_lately = gtk_toggle_button_get_active (self->lately);
  gboolean is_part = is_lately || self->figure != NULL;

  adw_status_page_set_icon_name (self->empty, is_part ? "edit-find-symbolic" : "emblem-ok-symbolic");
  adw_status_page_set_title (self->empty, is_lately ? _ ("Nothing was noted lately") : is_part ? _ ("Nothing of that kind")
                                                                                               : _ ("Nothing is due."));
  adw_status_page_set_description (self->empty, is_part ? _ ("Press the button again to see all that is due.")
                                                        : _ ("What must be done appears here by itself, from what is registered. Your own tasks: Ctrl+Shift+N."));
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_figures (GuituDutyPage *self)
{
  guint n = 0;
  const GuituFigure *figures = guitu_figures (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = self->buttons->pdata[i];
      GtkWidget *number = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));
      guint count = guitu_figure_count (&figures[i], figures[i].of == GUITU_FIGURE_OF_TASKS ? self->tasks : self->stays);
      g_autofree char *digits = g_strdup_printf ("%u", count);
      g_autofree char *spoken = g_strdup_printf ("%s: %u", _ (figures[i].label), count);
      const char *styles[] = { "title-2", "numeric", count == 0 ? "dim-label" : figures[i].style, NULL };

      gtk_label_set_text (GTK_LABEL (number), digits);
      gtk_widget_set_css_classes (number, styles);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
}

static void
set_focus (GuituDutyPage *self)
{
  if (!self->sets_focus || self->tasks == NULL)
    return;
  self->sets_focus = FALSE;
  if (guitu_duty_list_get_length (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  else
    gtk_widget_grab_focus (self->buttons->pdata[0]);
}

static void
show_all (GuituDutyPage *self)
{
  g_autoptr (JsonArray) rows = NULL;

  show_figures (self);
  if (self->tasks == NULL)
    return;
  rows = wanted_rows (self);
  guitu_duty_list_fill (self->list, rows);
  if (json_array_get_length (rows) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    show_empty (self);
  set_focus (self);
}

/* The rule that limits a task, and since when it runs. */
static char *
law_words (JsonObject *task)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *limit = guitu_limit_words (task);
  g_autofree char *since = guitu_moment_from_iso (guitu_json_text (task, "starts_at"));

  if (*limit != '\0')
    g_string_append_printf (words, _ ("Limit: %s"), limit);
  if (*since != '\0')
    {
      g_autofree char *runs = g_strdup_printf (_ ("since %s"), since);

      guitu_json_join (words, runs);
    }
  guitu_json_join (words, guitu_json_text (task, "citation"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
on_selected (GuituDutyPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  JsonObject *row = guitu_duty_list_get_selected (self->list);
  JsonObject *task = selected_task (self);
  gboolean has_person = guitu_json_text (row, "person") != NULL;
  gboolean is_open = task != NULL && !is_noted (task);
  gboolean is_possible = task != NULL && (is_noted (task) || guitu_duty_is_ticked_off (task) || has_person || guitu_json_text (task, "stay") == NULL);
  g_autofree char *law = law_words (task);

  gtk_label_set_text (self->law, law);
  gtk_widget_action_set_enabled (widget, "page.open", has_person);
  gtk_widget_action_set_enabled (widget, "page.done", is_possible);
  gtk_widget_action_set_enabled (widget, "page.waive", is_open && guitu_json_flag (task, "waivable"));
  gtk_widget_set_visible (self->open, has_person);
  gtk_widget_set_visible (self->waive, is_open && guitu_json_flag (task, "waivable"));
  gtk_widget_set_visible (GTK_WIDGET (self->done), is_possible);
  gtk_button_set_label (self->done, task != NULL && is_noted (task) ? _ ("Take _Back…") : guitu_duty_act_label (task));
  guitu_name_buttons (GTK_WIDGET (self->done));
}

/* --- Reading --------------------------------------------------------------------------------- */

static void
keep (JsonArray **kept, JsonArray *array)
{
  g_clear_pointer (kept, json_array_unref);
  *kept = array != NULL ? json_array_ref (array) : NULL;
}

static void
tasks_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituDutyPage *self = owner;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  keep (&self->tasks, results);
  show_all (self);
}

static void
stays_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituDutyPage *self = owner;

  if (error != NULL)
    return; /* the same trouble as with the tasks, which say it */
  keep (&self->stays, guitu_json_array (guitu_call_first (results), "stays"));
  if (self->figure != NULL && self->figure->of == GUITU_FIGURE_OF_STAYS)
    show_all (self);
  else
    show_figures (self);
}

static void
guitu_duty_page_refreshed (GuituPage *page)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (page);
  JsonObject *input = json_object_new ();

  if (gtk_toggle_button_get_active (self->lately))
    json_object_set_boolean_member (input, "done", TRUE);
  guitu_call (guitu_page_get_station (page), "tasks", input, guitu_call_renew (&self->load_tasks), self, tasks_read);
  guitu_call (guitu_page_get_station (page), "stay board", NULL, guitu_call_renew (&self->load_stays), self, stays_read);
}

static void
guitu_duty_page_shown (GuituPage *page)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (page);

  self->sets_focus = TRUE;
  set_focus (self);
  self->sets_focus = self->tasks == NULL;
  guitu_duty_page_refreshed (page);
}

static void
release_figure (GuituDutyPage *self)
{
  self->figure = NULL;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (self->buttons->pdata[i], FALSE);
}

static void
guitu_duty_page_left (GuituPage *page)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (page);

  guitu_call_renew (&self->load_tasks);
  guitu_call_renew (&self->load_stays);
}

static void
guitu_duty_page_cleared (GuituPage *page)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (page);
  g_autoptr (JsonArray) nothing = json_array_new ();

  release_figure (self);
  gtk_toggle_button_set_active (self->lately, FALSE);
  keep (&self->tasks, NULL);
  keep (&self->stays, NULL);
  g_clear_pointer (&self->noted, g_free);
  show_figures (self);
  guitu_duty_list_fill (self->list, nothing);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static gboolean
on_minute (gpointer data)
{
  if (guitu_station_user (guitu_page_get_station (data)) != NULL)
    guitu_duty_page_refreshed (data);
  return G_SOURCE_CONTINUE;
}

static void
guitu_duty_page_map (GtkWidget *widget)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (widget);

  GTK_WIDGET_CLASS (guitu_duty_page_parent_class)->map (widget);
  self->timer = g_timeout_add_seconds (REFRESH_SECONDS, on_minute, self);
}

static void
guitu_duty_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GUITU_DUTY_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (guitu_duty_page_parent_class)->unmap (widget);
}

/* --- Figures --------------------------------------------------------------------------------- */

static void
on_lately_toggled (GuituDutyPage *self)
{
  if (gtk_toggle_button_get_active (self->lately))
    release_figure (self);
  if (guitu_station_user (guitu_page_get_station (GUITU_PAGE (self))) != NULL)
    guitu_duty_page_refreshed (GUITU_PAGE (self));
}

static void
on_figure_toggled (GuituDutyPage *self, GtkToggleButton *button)
{
  guint n = 0;
  guint pressed = 0;
  const GuituFigure *figure;

  g_ptr_array_find (self->buttons, button, &pressed);
  figure = &guitu_figures (&n)[pressed];
  if (!gtk_toggle_button_get_active (button))
    {
      if (self->figure == figure)
        self->figure = NULL;
      show_all (self);
      return;
    }
  if (figure->of == GUITU_FIGURE_PAGE)
    {
      gtk_toggle_button_set_active (button, FALSE);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "board");
      return;
    }
  self->figure = figure;
  gtk_widget_grab_focus (GTK_WIDGET (button)); /* the list may vanish, and the focus with it */
  for (guint i = 0; i < self->buttons->len; i++)
    if (i != pressed)
      gtk_toggle_button_set_active (self->buttons->pdata[i], FALSE);
  gtk_toggle_button_set_active (self->lately, FALSE);
  show_all (self);
}

static void
add_figure (GuituDutyPage *self, const GuituFigure *figure)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *words = gtk_label_new (_ (figure->label));

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (words, "caption");
  gtk_box_append (GTK_BOX (box), gtk_label_new ("0"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "figure");
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_figure_toggled), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (self->figures, button);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
on_noted (GuituDutyPage *self, JsonObject *record)
{
  g_autoptr (GString) words = g_string_new (guitu_code_label ("task_state", guitu_json_string (record, "state")));

  guitu_json_join (words, guitu_code_label ("task_kind", guitu_json_string (record, "kind")));
  g_free (self->noted);
  self->noted = g_strdup (guitu_json_text (record, "id"));
  guitu_page_toast_with_action (GTK_WIDGET (self), words->str, _ ("Undo (Ctrl+Z)"), "win.do", "undo");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_taken_back (GuituDutyPage *self)
{
  guitu_page_toast (GTK_WIDGET (self), _ ("Taken back: it is to be done again."));
}

static void
on_done (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (widget);
  GuituStation *station = guitu_page_get_station (GUITU_PAGE (self));
  JsonObject *task = selected_task (self);
  GuituFormDialog *dialog;

  if (task == NULL)
    return;
  if (!is_noted (task) && !guitu_duty_is_ticked_off (task))
    {
      guitu_duty_act_begin (task, widget);
      return;
    }
  dialog = is_noted (task) ? guitu_duty_take_back_dialog (task, widget, station) : guitu_duty_done_dialog (task, widget, station);
  g_signal_connect_object (dialog, "done", is_noted (task) ? G_CALLBACK (on_taken_back) : G_CALLBACK (on_noted), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_waive (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (widget);
  JsonObject *task = selected_task (self);
  GuituFormDialog *dialog;

  if (task == NULL)
    return;
  dialog = guitu_duty_waive_dialog (task, widget, guitu_page_get_station (GUITU_PAGE (self)));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_noted), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
undone (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  else
    on_taken_back (owner);
}

static void
on_undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (widget);
  JsonObject *input;

  if (self->noted == NULL)
    return;
  input = json_object_new ();
  json_object_set_string_member (input, "task", self->noted);
  json_object_set_string_member (input, "reason", _ ("Noted by mistake, undone at once"));
  g_clear_pointer (&self->noted, g_free);
  guitu_call (guitu_page_get_station (GUITU_PAGE (self)), "task reopen", input, NULL, self, undone);
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (guitu_duty_add_dialog (widget, guitu_page_get_station (GUITU_PAGE (widget)))));
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *row = guitu_duty_list_get_selected (GUITU_DUTY_PAGE (widget)->list);

  if (guitu_json_text (row, "person") != NULL)
    guitu_page_open_person (widget, guitu_json_text (row, "person"));
}

/* Enter opens the file; what is about nobody begins at once. */
static void
on_activated (GuituDutyPage *self)
{
  JsonObject *row = guitu_duty_list_get_selected (self->list);

  gtk_widget_activate_action (GTK_WIDGET (self), guitu_json_text (row, "person") != NULL ? "page.open" : "page.done", NULL);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_duty_page_dispose (GObject *object)
{
  GuituDutyPage *self = GUITU_DUTY_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->load_tasks);
  g_clear_object (&self->load_stays);
  keep (&self->tasks, NULL);
  keep (&self->stays, NULL);
  g_clear_pointer (&self->noted, g_free);
  G_OBJECT_CLASS (guitu_duty_page_parent_class)->dispose (object);
}

static void
guitu_duty_page_finalize (GObject *object)
{
  g_ptr_array_unref (GUITU_DUTY_PAGE (object)->buttons);
  G_OBJECT_CLASS (guitu_duty_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.done", NULL, on_done);
  gtk_widget_class_install_action (widget_class, "page.waive", NULL, on_waive);
  gtk_widget_class_install_action (widget_class, "page.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "page.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "page.open", NULL, on_open);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "page.undo", NULL);
}

static void
guitu_duty_page_class_init (GuituDutyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_duty_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = guitu_duty_page_finalize;
  widget_class->map = guitu_duty_page_map;
  widget_class->unmap = guitu_duty_page_unmap;
  GUITU_PAGE_CLASS (klass)->shown = guitu_duty_page_shown;
  GUITU_PAGE_CLASS (klass)->refreshed = guitu_duty_page_refreshed;
  GUITU_PAGE_CLASS (klass)->left = guitu_duty_page_left;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_duty_page_cleared;
  install_actions (widget_class);
  g_type_ensure (GUITU_TYPE_DUTY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/duty/duty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, lately);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, figures);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, empty);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, list);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, law);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, open);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, waive);
  gtk_widget_class_bind_template_child (widget_class, GuituDutyPage, done);
  gtk_widget_class_bind_template_callback (widget_class, on_lately_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
guitu_duty_page_init (GuituDutyPage *self)
{
  guint n = 0;
  const GuituFigure *figures = guitu_figures (&n);

  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_name_buttons (GTK_WIDGET (self));
  for (guint i = 0; i < n; i++)
    add_figure (self, &figures[i]);
  show_figures (self);
  on_selected (self);
}
