/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/form-dialog.h"

#include "ui/calls.h"
#include "ui/widgets/busy.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/problem.h"
#include "ui/widgets/reveal.h"
#include "ui/widgets/second-person.h"
#include "ui/widgets/unsaved.h"

#include <glib/gi18n.h>

struct _GuituFormDialog
{
  AdwWindow parent_instance;

  GtkButton *accept;
  GtkScrolledWindow *scroll;
  GtkWidget *content;
  GtkLabel *intro;
  GtkBox *rows;
  GtkLabel *problem;

  GuituStation *station;
  char *verb;
  JsonObject *options;
  gboolean is_loaded;
  GArray *asked;             /* Asked */
  GArray *added;             /* Added */
  GuituSecondPerson *second; /* NULL: nobody else signs */
  GuituFieldRow *again;      /* NULL, or typed a second time, right after the row it repeats */
};

/* A row, and what the verb calls what is typed there; NULL: as the record does. */
typedef struct
{
  GuituFieldRow *row;
  char *option;
} Asked;

/* What is no row, and how it is put into what the verb gets. */
typedef struct
{
  GtkWidget *widget;
  GuituFormCollect collect;
  GuituFormShowError show_error; /* NULL: it shows none */
} Added;

G_DEFINE_FINAL_TYPE (GuituFormDialog, guitu_form_dialog, ADW_TYPE_WINDOW)

static guint done_signal;

static void
set_busy (GuituFormDialog *self, gboolean is_busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", !is_busy);
  guitu_widget_set_busy (GTK_WIDGET (self->rows), is_busy);
}

static gboolean
show_at_field (GuituFormDialog *self, const GError *error)
{
  const char *field = guitu_error_field (error);

  if (self->second != NULL && guitu_second_person_show_error (self->second, error))
    return TRUE;
  for (guint i = 0; field != NULL && i < self->added->len; i++)
    {
      const Added *added = &g_array_index (self->added, Added, i);

      if (added->show_error != NULL && added->show_error (added->widget, error))
        return TRUE;
    }
  for (guint i = 0; field != NULL && i < self->asked->len; i++)
    {
      const Asked *asked = &g_array_index (self->asked, Asked, i);

      if (g_strcmp0 (asked->option, field) == 0)
        return guitu_rows_show_error_at (GTK_WIDGET (self->rows), guitu_field_row_get_field (asked->row)->name, error);
    }
  return guitu_rows_show_error_at (GTK_WIDGET (self->rows), field, error);
}

static void
verb_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituFormDialog *self = owner;

  set_busy (self, FALSE);
  if (error == NULL)
    {
      g_signal_emit (self, done_signal, 0, guitu_call_first (results));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (!show_at_field (self, error))
    guitu_problem_show (self->problem, error);
  guitu_fit (self->scroll, self->content);
}

static void
copy_option (JsonObject *options, const char *name, JsonNode *value, gpointer input)
{
  json_object_set_member (input, name, json_node_copy (value));
}

static void
collect_row (GuituFormDialog *self, const Asked *asked, JsonObject *input)
{
  const char *field = guitu_field_row_get_field (asked->row)->name;
  g_autoptr (JsonObject) typed = json_object_new ();

  if (self->is_loaded && !guitu_field_row_is_changed (asked->row))
    return;
  if (self->is_loaded)
    guitu_rows_collect_changes (GTK_WIDGET (asked->row), typed);
  else
    guitu_field_row_collect (asked->row, typed);
  if (asked->option != NULL && json_object_has_member (typed, field))
    {
      json_object_set_member (input, asked->option, json_object_dup_member (typed, field));
      json_object_remove_member (typed, field);
    }
  json_object_foreach_member (typed, copy_option, input);
}

/* The dialog is described by its intro, unless a problem is told. */
static void
describe (GuituFormDialog *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, gtk_label_get_text (self->intro), -1);
}

/* Whether what was to be typed twice is the same both times. */
static gboolean
is_same_again (GuituFormDialog *self)
{
  GtkWidget *before = self->again != NULL ? gtk_widget_get_prev_sibling (GTK_WIDGET (self->again)) : NULL;
  g_autofree char *first = before != NULL ? guitu_field_row_get_text (GUITU_FIELD_ROW (before)) : NULL;
  g_autofree char *second = before != NULL ? guitu_field_row_get_text (self->again) : NULL;

  if (g_strcmp0 (first, second) == 0)
    return TRUE;
  guitu_field_row_set_error (self->again, _ ("This is not what was typed above."));
  gtk_widget_grab_focus (GTK_WIDGET (self->again));
  return FALSE;
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituFormDialog *self = GUITU_FORM_DIALOG (widget);
  JsonObject *input;

  guitu_rows_clear_errors (GTK_WIDGET (self->rows));
  guitu_problem_clear (self->problem);
  describe (self);
  if (!is_same_again (self))
    {
      guitu_fit (self->scroll, self->content);
      return;
    }
  input = json_object_new ();
  json_object_foreach_member (self->options, copy_option, input);
  for (guint i = 0; i < self->asked->len; i++)
    collect_row (self, &g_array_index (self->asked, Asked, i), input);
  for (guint i = 0; i < self->added->len; i++)
    g_array_index (self->added, Added, i).collect (g_array_index (self->added, Added, i).widget, input);
  if (self->second != NULL)
    guitu_second_person_collect (self->second, input);
  set_busy (self, TRUE);
  guitu_call (self->station, self->verb, input, NULL, self, verb_done);
}

static void
guitu_form_dialog_dispose (GObject *object)
{
  GuituFormDialog *self = GUITU_FORM_DIALOG (object);

  g_clear_object (&self->station);
  G_OBJECT_CLASS (guitu_form_dialog_parent_class)->dispose (object);
}

static void
guitu_form_dialog_finalize (GObject *object)
{
  GuituFormDialog *self = GUITU_FORM_DIALOG (object);

  g_free (self->verb);
  g_array_unref (self->asked);
  g_array_unref (self->added);
  json_object_unref (self->options);
  G_OBJECT_CLASS (guitu_form_dialog_parent_class)->finalize (object);
}

static void
on_map (GuituFormDialog *self)
{
  guitu_fit (self->scroll, self->content);
}

static void
guitu_form_dialog_class_init (GuituFormDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_form_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = guitu_form_dialog_finalize;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/widgets/form-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituFormDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, GuituFormDialog, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituFormDialog, content);
  gtk_widget_class_bind_template_child (widget_class, GuituFormDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, GuituFormDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, GuituFormDialog, problem);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
asked_clear (gpointer data)
{
  g_free (((Asked *) data)->option);
}

static void
guitu_form_dialog_init (GuituFormDialog *self)
{
  self->options = json_object_new ();
  self->asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  g_array_set_clear_func (self->asked, asked_clear);
  self->added = g_array_new (FALSE, FALSE, sizeof (Added));
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
}

/* Enter in a line of text goes to the next row; in the last one it accepts. */
static void
on_row_activate (GuituFormDialog *self, GuituFieldRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  if (next != NULL)
    gtk_widget_grab_focus (next);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "dialog.accept", NULL);
}

/* "kind.field", or "kind.field=option". */
static void
add_row (GuituFormDialog *self, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, "=", 2);
  Asked asked = { guitu_field_row_new (parts[0]), g_strdup (parts[1]) };

  g_signal_connect_object (asked.row, "activate", G_CALLBACK (on_row_activate), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows, GTK_WIDGET (asked.row));
  g_array_append_val (self->asked, asked);
}

GuituFormDialog *
guitu_form_dialog_new (GtkWidget *from,
                       GuituStation *station,
                       const char *title,
                       const char *accept,
                       const char *verb,
                       const char *const *fields)
{
  GuituFormDialog *self = g_object_new (GUITU_TYPE_FORM_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", title,
                                        "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->verb = g_strdup (verb);
  gtk_button_set_label (self->accept, accept);
  guitu_name_buttons (GTK_WIDGET (self->accept));
  for (gsize i = 0; fields[i] != NULL; i++)
    add_row (self, fields[i]);
  guitu_unsaved_watch (GTK_WINDOW (self), GTK_WIDGET (self->rows));
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  if (self->asked->len > 0)
    gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->rows)));
  return self;
}

void
guitu_form_dialog_set_option (GuituFormDialog *self, const char *name, const char *value)
{
  json_object_set_string_member (self->options, name, value);
}

void
guitu_form_dialog_set_flag (GuituFormDialog *self, const char *name)
{
  json_object_set_boolean_member (self->options, name, TRUE);
}

void
guitu_form_dialog_explain (GuituFormDialog *self, const char *words)
{
  gtk_label_set_text (self->intro, words);
  gtk_widget_set_visible (GTK_WIDGET (self->intro), TRUE);
  describe (self);
}

void
guitu_form_dialog_ask_second (GuituFormDialog *self, const char *why)
{
  self->second = guitu_second_person_new (why);
  gtk_box_insert_child_after (GTK_BOX (self->content), GTK_WIDGET (self->second), GTK_WIDGET (self->rows));
  guitu_unsaved_watch (GTK_WINDOW (self), GTK_WIDGET (self->rows));
}

void
guitu_form_dialog_ask_again (GuituFormDialog *self, const char *field)
{
  GuituFieldRow *row = guitu_form_dialog_row (self, field);
  g_autofree char *path = g_strconcat (guitu_field_row_get_kind (row)->name, ".", field, NULL);
  g_autofree char *label = g_strdup_printf (_ ("%s again"), guitu_field_row_get_label (row));

  self->again = guitu_field_row_new (path);
  guitu_field_row_set_label (self->again, label);
  g_signal_connect_object (self->again, "activate", G_CALLBACK (on_row_activate), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->rows, GTK_WIDGET (self->again), GTK_WIDGET (row));
  guitu_unsaved_watch (GTK_WINDOW (self), GTK_WIDGET (self->rows));
}

GuituFieldRow *
guitu_form_dialog_row (GuituFormDialog *self, const char *field)
{
  return guitu_rows_find (GTK_WIDGET (self->rows), NULL, field);
}

void
guitu_form_dialog_load (GuituFormDialog *self, JsonObject *record)
{
  guitu_rows_load (GTK_WIDGET (self->rows), NULL, record);
  self->is_loaded = TRUE;
  guitu_unsaved_watch (GTK_WINDOW (self), GTK_WIDGET (self->rows));
}

void
guitu_form_dialog_add (GuituFormDialog *self, GtkWidget *widget, GuituFormCollect collect)
{
  guitu_form_dialog_add_shown (self, widget, collect, NULL);
}

void
guitu_form_dialog_add_shown (GuituFormDialog *self, GtkWidget *widget, GuituFormCollect collect, GuituFormShowError show_error)
{
  const Added added = { widget, collect, show_error };

  g_array_append_val (self->added, added);
  gtk_box_append (self->rows, widget);
  guitu_unsaved_watch (GTK_WINDOW (self), GTK_WIDGET (self->rows));
}
