/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/batch-dialog.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/papers/left-stays.h"
#include "ui/papers/paper-print.h"
#include "ui/papers/papers-work.h"
#include "ui/papers/progress-window.h"
#include "ui/papers/stay-picker.h"
#include "ui/widgets/json.h"
#include "ui/widgets/label.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stack.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

#define KEY "guitu-key" /* of an entry: what is typed there */

struct _GuituBatchDialog
{
  AdwWindow parent_instance;

  GtkButton *close;
  GtkWidget *accept;
  GtkLabel *problem;
  GtkStack *stack;
  GtkDropDown *kind;
  GtkCheckButton *to_printer;
  GtkCheckButton *to_file;
  GtkCheckButton *to_folder;
  GtkCheckButton *skip;
  GtkWidget *typed_heading;
  GtkBox *typed;
  GtkDropDown *whose;
  GuituStayPicker *picker;
  GtkLabel *told;
  GtkLabel *place;
  GtkWidget *further;
  GtkWidget *print;
  GuituSection *skipped;

  GuituStation *station;
  JsonArray *kinds;      /* of the papers that are about a stay */
  char *asked;           /* the kind whose entries are shown */
  JsonArray *entries;    /* what its form has, as “paper preview” tells it; NULL: not yet */
  char *path;            /* where the papers go; NULL: to the printer */
  char *numbers;         /* of what was issued; NULL: nothing yet */
  GCancellable *reading; /* the kinds */
  GCancellable *search;  /* those to choose from */
  GCancellable *load;    /* of the entries */
};

G_DEFINE_FINAL_TYPE (GuituBatchDialog, guitu_batch_dialog, ADW_TYPE_WINDOW)

/* --- What is typed once for all --------------------------------------------------------------- */

static void
clear_typed (GuituBatchDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->typed))) != NULL)
    gtk_box_remove (self->typed, child);
}

static gboolean
has_typed (GuituBatchDialog *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->typed)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_ENTRY (child) && *gtk_editable_get_text (GTK_EDITABLE (child)) != '\0')
      return TRUE;
  return FALSE;
}

static void
on_typed (GuituBatchDialog *self)
{
  guitu_unsaved_set (GTK_WINDOW (self), has_typed (self));
}

static void
add_entry (GuituBatchDialog *self, JsonObject *entry)
{
  const char *label = guitu_json_string (entry, "label");
  g_autofree char *words = g_strdup_printf (guitu_json_flag (entry, "needed") ? _ ("%s (needed)") : "%s", label);
  GtkWidget *line = gtk_entry_new ();

  g_object_set_data_full (G_OBJECT (line), KEY, g_strdup (guitu_json_string (entry, "key")), g_free);
  gtk_entry_set_placeholder_text (GTK_ENTRY (line), guitu_json_string (entry, "options"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (self->typed, guitu_label_new_text (words, "field-label"));
  gtk_box_append (self->typed, line);
  g_signal_connect_object (line, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
}

static void
entries_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituBatchDialog *self = owner;
  JsonArray *entries = guitu_json_array (guitu_call_first (results), "entries");
  guint n = entries != NULL ? json_array_get_length (entries) : 0;

  clear_typed (self);
  on_typed (self);
  g_clear_pointer (&self->entries, json_array_unref);
  if (entries != NULL)
    self->entries = json_array_ref (entries);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (guitu_json_flag (entry, "typed"))
        add_entry (self, entry);
    }
  gtk_widget_set_visible (self->typed_heading, gtk_widget_get_first_child (GTK_WIDGET (self->typed)) != NULL);
  if (error == NULL)
    return;
  g_clear_pointer (&self->asked, g_free); /* asked again for whoever is ticked next */
  guitu_problem_show (self->problem, error);
}

static const char *
chosen_kind (GuituBatchDialog *self)
{
  guint at = gtk_drop_down_get_selected (self->kind);

  return self->kinds == NULL || at >= json_array_get_length (self->kinds) ? NULL : guitu_json_text (json_array_get_object_element (self->kinds, at), "kind");
}

/* What a form asks for is told by the draft for the first of those who are ticked. */
static void
ask_entries (GuituBatchDialog *self)
{
  const char *kind = chosen_kind (self);
  g_autofree char *ids = guitu_stay_picker_get_ids (self->picker);
  JsonObject *input;

  if (kind == NULL || *ids == '\0' || g_strcmp0 (kind, self->asked) == 0)
    return;
  g_free (self->asked);
  self->asked = g_strdup (kind);
  guitu_problem_clear (self->problem);
  input = json_object_new ();
  ids[strcspn (ids, " ")] = '\0';
  json_object_set_string_member (input, "kind", kind);
  json_object_set_string_member (input, "stay", ids);
  guitu_call (self->station, "paper preview", input, guitu_call_renew (&self->load), self, entries_read);
}

static JsonObject *
collect_typed (GuituBatchDialog *self)
{
  JsonObject *fields = json_object_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->typed)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_ENTRY (child))
      guitu_json_set (fields, g_object_get_data (G_OBJECT (child), KEY), gtk_editable_get_text (GTK_EDITABLE (child)));
  return fields;
}

/* --- What came of it -------------------------------------------------------------------------- */

/* What the form calls a key, or NULL. */
static const char *
label_of (GuituBatchDialog *self, const char *key)
{
  guint n = self->entries != NULL && key != NULL ? json_array_get_length (self->entries) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *entry = json_array_get_object_element (self->entries, i);

      if (g_str_equal (guitu_json_string (entry, "key"), key))
        return guitu_json_text (entry, "label");
    }
  return NULL;
}

/* {"name", "why"} of somebody who was left out. */
static JsonObject *
left_out (GuituBatchDialog *self, JsonObject *result)
{
  JsonObject *row = json_object_new ();
  const char *field = guitu_json_text (result, "field");
  const char *label = label_of (self, field);
  g_autofree char *sentence = guitu_error_sentence_for (guitu_json_string (result, "skipped"), field, guitu_json_string (result, "message"));
  g_autofree char *why = label != NULL ? g_strdup_printf ("%s: %s", label, sentence) : g_strdup (sentence);

  json_object_set_string_member (row, "name", guitu_stay_picker_name (self->picker, guitu_json_string (result, "stay")));
  json_object_set_string_member (row, "why", why);
  return row;
}

static GtkWidget *
build_left_out (JsonObject *row)
{
  return guitu_section_row_new (guitu_json_string (row, "name"), guitu_json_string (row, "why"));
}

static void
take_results (GuituBatchDialog *self, JsonArray *results)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (JsonArray) others = json_array_new ();

  for (guint i = 0; i + 1 < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);

      if (guitu_json_text (result, "skipped") != NULL)
        json_array_add_object_element (others, left_out (self, result));
      else
        g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? " " : "", guitu_json_string (result, "number"));
    }
  self->numbers = g_string_free (g_steal_pointer (&numbers), FALSE);
  guitu_section_fill (self->skipped, others);
}

static void
show_results (GuituBatchDialog *self, JsonObject *whole)
{
  int n = (int) guitu_json_integer (whole, "papers", 0);
  int n_others = (int) guitu_json_integer (whole, "left_out", 0);
  g_autofree char *issued = g_strdup_printf (ngettext ("%d paper issued", "%d papers issued", n), n);
  g_autofree char *others = g_strdup_printf (ngettext ("%d left out", "%d left out", n_others), n_others);
  g_autoptr (GString) words = g_string_new (issued);
  g_autofree char *saved = g_strdup_printf (_ ("Saved: %s"), self->path != NULL ? self->path : "");

  guitu_json_join (words, n_others > 0 ? others : NULL);
  gtk_label_set_text (self->told, words->str);
  guitu_label_show (self->place, n > 0 && self->path != NULL ? saved : "");
  gtk_widget_set_visible (self->further, n > 0);
  gtk_button_set_label (self->close, _ ("_Close"));
  guitu_name_buttons (GTK_WIDGET (self->close));
  gtk_widget_set_visible (self->accept, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", FALSE);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (n > 0 ? self->print : GTK_WIDGET (self->close));
}

static void
issued (gpointer owner, JsonArray *results, GError *error)
{
  GuituBatchDialog *self = owner;
  JsonObject *whole;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", TRUE);
  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  whole = json_array_get_object_element (results, json_array_get_length (results) - 1);
  guitu_unsaved_set (GTK_WINDOW (self), FALSE);
  take_results (self, results);
  show_results (self, whole);
  guitu_papers_tell_warnings (GTK_WIDGET (self), whole);
  if (self->path == NULL && guitu_json_text (whole, "pdf") != NULL && guitu_station_user (self->station) != NULL)
    {
      g_autoptr (GBytes) pdf = guitu_papers_pdf (whole);

      guitu_paper_print (GTK_WINDOW (self), pdf, _ ("Papers"), FALSE);
    }
}

/* --- Doing ----------------------------------------------------------------------------------- */

static void
issue (GuituBatchDialog *self)
{
  const GuituProgressWork work = { GTK_WIDGET (self), self->station, _ ("Issuing the Papers"), "paper batch", self, issued };
  JsonObject *input = json_object_new ();
  g_autofree char *ids = guitu_stay_picker_get_ids (self->picker);

  guitu_problem_clear (self->problem);
  json_object_set_string_member (input, "kind", chosen_kind (self));
  json_object_set_string_member (input, "stays", ids);
  json_object_set_boolean_member (input, "skip", gtk_check_button_get_active (self->skip));
  json_object_set_object_member (input, "fields", collect_typed (self));
  if (self->path != NULL)
    json_object_set_string_member (input, gtk_check_button_get_active (self->to_folder) ? "folder" : "pdf", self->path);
  else
    json_object_set_boolean_member (input, "inline", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", FALSE);
  guitu_progress_run (&work, input);
}

static void
on_path_chosen (gpointer owner, const char *path)
{
  GuituBatchDialog *self = owner;

  g_free (self->path);
  self->path = g_strdup (path);
  issue (self);
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituBatchDialog *self = GUITU_BATCH_DIALOG (widget);
  JsonObject *kind;
  g_autofree char *name = NULL;

  if (chosen_kind (self) == NULL || guitu_stay_picker_count (self->picker) == 0)
    {
      guitu_problem_tell (self->problem, _ ("Tick somebody in the list first."), "error");
      return;
    }
  g_clear_pointer (&self->path, g_free);
  kind = json_array_get_object_element (self->kinds, gtk_drop_down_get_selected (self->kind));
  name = g_strconcat (guitu_json_string (kind, "title"), ".pdf", NULL);
  if (gtk_check_button_get_active (self->to_file))
    guitu_dialog_save (widget, _ ("Save as One PDF"), name, self, on_path_chosen);
  else if (gtk_check_button_get_active (self->to_folder))
    guitu_dialog_choose_folder (widget, _ ("A File for Each Paper"), self, on_path_chosen);
  else
    issue (self);
}

static void
on_further (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituBatchDialog *self = GUITU_BATCH_DIALOG (widget);

  if (self->numbers == NULL || *self->numbers == '\0')
    return;
  if (g_str_equal (action, "dialog.print"))
    guitu_papers_print (widget, self->station, self->numbers);
  else if (g_str_equal (action, "dialog.save"))
    guitu_papers_save (widget, self->station, self->numbers);
  else
    guitu_papers_save_each (widget, self->station, self->numbers);
}

/* --- What there is to choose ------------------------------------------------------------------ */

static void
on_picked (GuituBatchDialog *self)
{
  guitu_problem_clear (self->problem);
  ask_entries (self);
}

static void
on_kind (GuituBatchDialog *self)
{
  guitu_name_drop_down (self->kind, _ ("Paper"));
  ask_entries (self);
}

static void
kinds_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituBatchDialog *self = owner;
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *kind = json_array_get_object_element (results, i);
      g_autofree char *line = g_strdup_printf ("%s · %s", guitu_code_label ("paper_group", guitu_json_string (kind, "group")), guitu_json_string (kind, "title"));

      if (!g_str_equal (guitu_json_string (kind, "of"), "stay"))
        continue;
      json_array_add_object_element (self->kinds, json_object_ref (kind));
      gtk_string_list_append (words, line);
    }
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (words));
  on_kind (self);
}

/* Whose stays there are to choose from. */
static const struct
{
  const char *words;
  int n_days; /* since when they had a paper; 0: who is here */
} sources[] = {
  { N_ ("In the station"), 0 },
  { N_ ("Left, with a paper of the last 30 days"), 30 },
  { N_ ("Left, with a paper of the last 90 days"), 90 },
};

static void
house_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituBatchDialog *self = owner;
  JsonArray *stays = guitu_json_array (guitu_call_first (results), "stays");

  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  guitu_stay_picker_fill (self->picker, stays, TRUE);
  if (guitu_stay_picker_count (self->picker) == 0)
    guitu_problem_tell (self->problem, _ ("Nobody is in the station now."), "warning");
}

static void
left_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituBatchDialog *self = owner;
  g_autoptr (JsonArray) stays = NULL;

  if (error != NULL)
    {
      guitu_problem_show (self->problem, error);
      return;
    }
  stays = guitu_left_stays (results);
  guitu_stay_picker_fill (self->picker, stays, FALSE);
  if (json_array_get_length (stays) == 0)
    guitu_problem_tell (self->problem, _ ("The register has no paper of that time about anybody who has left."), "warning");
}

static void
on_whose (GuituBatchDialog *self)
{
  guint at = gtk_drop_down_get_selected (self->whose);

  guitu_name_drop_down (self->whose, _ ("For whom"));
  guitu_problem_clear (self->problem);
  if (at >= G_N_ELEMENTS (sources))
    return;
  guitu_stay_picker_fill (self->picker, NULL, FALSE);
  if (sources[at].n_days == 0)
    guitu_call (self->station, "stay board", NULL, guitu_call_renew (&self->search), self, house_read);
  else
    guitu_call (self->station, "paper list", guitu_left_stays_question (sources[at].n_days), guitu_call_renew (&self->search), self, left_read);
}

/* Above the list. */
static void
add_whose (GuituBatchDialog *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("For _whom"));

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    gtk_string_list_append (words, _ (sources[i].words));
  self->whose = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (words)), NULL));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->whose));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_prepend (GTK_BOX (self->picker), GTK_WIDGET (self->whose));
  gtk_box_prepend (GTK_BOX (self->picker), label);
  g_signal_connect_object (self->whose, "notify::selected", G_CALLBACK (on_whose), self, G_CONNECT_SWAPPED);
}

/* --- Closing --------------------------------------------------------------------------------- */

static void
discard_and_close (gpointer owner)
{
  gtk_window_destroy (GTK_WINDOW (owner));
}

static gboolean
guitu_batch_dialog_close_request (GtkWindow *window)
{
  GuituBatchDialog *self = GUITU_BATCH_DIALOG (window);

  if (self->numbers != NULL || !has_typed (self))
    return GTK_WINDOW_CLASS (guitu_batch_dialog_parent_class)->close_request (window);
  guitu_dialog_ask (GTK_WIDGET (self), _ ("Discard what was typed?"), _ ("It has not been saved."), _ ("_Discard"), TRUE, self, discard_and_close);
  return TRUE;
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_batch_dialog_dispose (GObject *object)
{
  GuituBatchDialog *self = GUITU_BATCH_DIALOG (object);

  g_clear_object (&self->station);
  /* what was asked for and comes late finds no widgets any more */
  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->load);
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->reading);
  g_clear_object (&self->load);
  g_clear_object (&self->search);
  g_clear_pointer (&self->kinds, json_array_unref);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->entries, json_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->numbers, g_free);
  G_OBJECT_CLASS (guitu_batch_dialog_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_install_action (widget_class, "dialog.print", NULL, on_further);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, on_further);
  gtk_widget_class_install_action (widget_class, "dialog.save-each", NULL, on_further);
  guitu_news_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "dialog.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "dialog.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "dialog.save-each", NULL);
}

static void
guitu_batch_dialog_class_init (GuituBatchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_STAY_PICKER);
  g_type_ensure (GUITU_TYPE_SECTION);
  G_OBJECT_CLASS (klass)->dispose = guitu_batch_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guitu_batch_dialog_close_request;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/batch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, close);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, to_printer);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, to_file);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, to_folder);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, skip);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, typed_heading);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, typed);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, told);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, place);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, further);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, print);
  gtk_widget_class_bind_template_child (widget_class, GuituBatchDialog, skipped);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
}

static void
guitu_batch_dialog_init (GuituBatchDialog *self)
{
  self->kinds = json_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  guitu_stack_hide_others (self->stack);
  guitu_section_set_row (self->skipped, build_left_out);
  add_whose (self);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (on_kind), self, G_CONNECT_SWAPPED);
}

GtkWindow *
guitu_batch_dialog_new (GtkWidget *from, GuituStation *station)
{
  GuituBatchDialog *self = g_object_new (GUITU_TYPE_BATCH_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                         "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->reading = g_cancellable_new ();
  gtk_widget_grab_focus (GTK_WIDGET (self->kind));
  guitu_call (station, "paper kinds", NULL, self->reading, self, kinds_read);
  on_whose (self);
  return GTK_WINDOW (self);
}
