/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/merge-dialog.h"

#include "ui/calls.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/person-list.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/second-person.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

#define FOUND_LIMIT 30

struct _GuituMergeDialog
{
  AdwWindow parent_instance;

  GtkButton *accept;
  GtkWidget *content;
  GtkLabel *explanation;
  GtkEditable *search;
  GuituPersonList *found;
  GtkLabel *chosen;
  GuituFieldRow *reason;
  GtkCheckButton *again;
  GtkLabel *problem;
  GuituSecondPerson *second; /* NULL: nobody else signs */

  GuituStation *station;
  char *person;
  char *other; /* NULL: nobody is chosen yet */
  gboolean is_same;
  gboolean picks_first; /* Enter was pressed before the answer came */
  GCancellable *find;
};

G_DEFINE_FINAL_TYPE (GuituMergeDialog, guitu_merge_dialog, ADW_TYPE_WINDOW)

static guint done_signal;

/* --- The other record ------------------------------------------------------------------------ */

static void
on_picked (gpointer owner, JsonObject *person)
{
  GuituMergeDialog *self = owner;
  g_autofree char *summary = guitu_json_person_summary (person);
  g_autoptr (GString) words = g_string_new (guitu_json_string (person, "display_name"));

  g_free (self->other);
  self->other = g_strdup (guitu_json_string (person, "id"));
  guitu_json_join (words, summary);
  guitu_json_join (words, guitu_json_text (person, "id_number"));
  gtk_label_set_text (self->chosen, words->str);
  guitu_problem_clear (self->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->again), FALSE);
  gtk_check_button_set_active (self->again, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
find_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituMergeDialog *self = owner;
  g_autoptr (JsonArray) others = json_array_new ();
  guint n = results != NULL ? json_array_get_length (results) : 0;

  if (error != NULL)
    guitu_problem_show (self->problem, error);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *person = json_array_get_object_element (results, i);

      if (!g_str_equal (guitu_json_string (person, "id"), self->person))
        json_array_add_object_element (others, json_object_ref (person));
    }
  guitu_person_list_fill (self->found, others);
  if (self->picks_first)
    guitu_person_list_open_first (self->found);
  self->picks_first = FALSE;
}

static void
run_find (GuituMergeDialog *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "text", gtk_editable_get_text (self->search));
  json_object_set_int_member (input, "limit", FOUND_LIMIT);
  guitu_call (self->station, "person find", input, guitu_call_renew (&self->find), self, find_done);
}

static void
on_search_changed (GuituMergeDialog *self)
{
  self->picks_first = FALSE;
  run_find (self);
}

static void
on_search_activated (GuituMergeDialog *self)
{
  self->picks_first = *gtk_editable_get_text (self->search) != '\0';
  run_find (self);
}

static gboolean
on_search_key (GuituMergeDialog *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->found));
}

/* --- Doing ----------------------------------------------------------------------------------- */

static void
verb_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituMergeDialog *self = owner;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", TRUE);
  guitu_widget_set_busy (self->content, FALSE);
  if (error == NULL)
    {
      g_signal_emit (self, done_signal, 0, guitu_call_first (results));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->again), self->is_same && g_strcmp0 (guitu_error_code (error), "marked-different") == 0);
  if ((self->second == NULL || !guitu_second_person_show_error (self->second, error)) && !guitu_rows_show_error (self->content, error))
    guitu_problem_show (self->problem, error);
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituMergeDialog *self = GUITU_MERGE_DIALOG (widget);
  JsonObject *input = json_object_new ();

  guitu_rows_clear_errors (self->content);
  guitu_problem_clear (self->problem);
  json_object_set_string_member (input, self->is_same ? "keep" : "first", self->person);
  json_object_set_string_member (input, "other", self->other);
  if (gtk_check_button_get_active (self->again))
    json_object_set_boolean_member (input, "again", TRUE);
  guitu_rows_collect (self->content, "person_link", input);
  if (self->second != NULL)
    guitu_second_person_collect (self->second, input);
  gtk_widget_action_set_enabled (widget, "dialog.accept", FALSE);
  guitu_widget_set_busy (self->content, TRUE);
  guitu_call (self->station, self->is_same ? "person merge" : "person separate", input, NULL, self, verb_done);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_merge_dialog_dispose (GObject *object)
{
  GuituMergeDialog *self = GUITU_MERGE_DIALOG (object);

  g_clear_object (&self->find);
  g_clear_object (&self->station);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->other, g_free);
  G_OBJECT_CLASS (guitu_merge_dialog_parent_class)->dispose (object);
}

static void
guitu_merge_dialog_class_init (GuituMergeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_FIELD_ROW);
  g_type_ensure (GUITU_TYPE_PERSON_LIST);
  G_OBJECT_CLASS (klass)->dispose = guitu_merge_dialog_dispose;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/person/merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, content);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, search);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, found);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, chosen);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, again);
  gtk_widget_class_bind_template_child (widget_class, GuituMergeDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
guitu_merge_dialog_init (GuituMergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_person_list_set_pick (self->found, on_picked, self);
}

GtkWindow *
guitu_merge_dialog_new (GtkWidget *from, GuituStation *station, JsonObject *person, gboolean is_same)
{
  GuituMergeDialog *self = g_object_new (GUITU_TYPE_MERGE_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                         "title", is_same ? _ ("Same Person as") : _ ("These Are Two People"),
                                         "transient-for", gtk_widget_get_root (from), NULL);
  const char *name = guitu_json_string (person, "display_name");
  g_autofree char *words = NULL;

  self->station = g_object_ref (station);
  self->person = g_strdup (guitu_json_string (person, "id"));
  self->is_same = is_same;
  words = g_strdup_printf (is_same ? _ ("The record of %s leads. Both keep their history, and the merge can be undone at any time.")
                                   : _ ("It is remembered that %s and the other are two people; they are not proposed to each other again."),
                           name);
  gtk_label_set_text (self->explanation, words);
  gtk_button_set_label (self->accept, is_same ? _ ("_Merge") : _ ("_Remember"));
  guitu_name_buttons (GTK_WIDGET (self->accept));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", FALSE);
  if (is_same)
    {
      self->second = guitu_second_person_new (guitu_second_person_why_protected ());
      gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->second));
    }
  guitu_unsaved_watch (GTK_WINDOW (self), self->content);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  run_find (self);
  return GTK_WINDOW (self);
}
