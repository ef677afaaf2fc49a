/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/login/join-dialog.h"

#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/progress-window.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/problem.h"

#include <glib/gi18n.h>

/* Below the rows as long as no file is chosen. */
#define KEYS_HINT N_ ("The file, or a picture of the page (PNG, JPEG)")
#define SNAPSHOT_HINT N_ ("What another desk knew; without it, the records come by bundle or from the hub")
#define LETTER_HINT N_ ("With the page of keys only: where the hub is")

struct _GuituJoinDialog
{
  AdwWindow parent_instance;

  GtkLabel *problem;
  AdwActionRow *keys;
  GtkWidget *choose_keys;
  GtkWidget *remove_keys;
  GtkEditable *scanned;
  GtkEditable *code;
  AdwActionRow *snapshot;
  GtkWidget *remove_snapshot;
  AdwActionRow *letter;
  GtkWidget *remove_letter;
  GtkWidget *fingerprint_row;
  GtkEditable *fingerprint;

  GuituStation *station;
  gboolean needs_code; /* a file was chosen: its code is typed next */
  char *keys_path;
  char *snapshot_path;
  char *letter_path;
};

G_DEFINE_FINAL_TYPE (GuituJoinDialog, guitu_join_dialog, ADW_TYPE_WINDOW)

static guint joined_signal;

/* --- Files ----------------------------------------------------------------------------------- */

static void
keep_path (char **path, AdwActionRow *row, GtkWidget *remove, const char *chosen)
{
  g_autofree char *name = g_path_get_basename (chosen);
  g_autofree char *escaped = g_markup_escape_text (name, -1);

  g_free (*path);
  *path = g_strdup (chosen);
  adw_action_row_set_subtitle (row, escaped);
  gtk_widget_set_visible (remove, TRUE);
}

static void
forget_path (char **path, AdwActionRow *row, GtkWidget *remove, const char *subtitle)
{
  g_clear_pointer (path, g_free);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_widget_set_visible (remove, FALSE);
}

static void
keys_chosen (gpointer owner, const char *path)
{
  GuituJoinDialog *self = owner;

  keep_path (&self->keys_path, self->keys, self->remove_keys, path);
  gtk_editable_set_text (self->scanned, "");
  guitu_problem_clear (self->problem);
  self->needs_code = TRUE;
}

static void
snapshot_chosen (gpointer owner, const char *path)
{
  GuituJoinDialog *self = owner;

  keep_path (&self->snapshot_path, self->snapshot, self->remove_snapshot, path);
}

static void
letter_chosen (gpointer owner, const char *path)
{
  GuituJoinDialog *self = owner;

  keep_path (&self->letter_path, self->letter, self->remove_letter, path);
  gtk_widget_set_visible (self->fingerprint_row, TRUE);
}

static void
on_choose_keys (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_file (widget, _ ("Invitation, or Picture of the Keys"), widget, keys_chosen);
}

static void
on_choose_snapshot (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_file (widget, _ ("Copy for a New Desk"), widget, snapshot_chosen);
}

static void
on_choose_letter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_dialog_open_file (widget, _ ("Letter of the Network"), widget, letter_chosen);
}

static void
on_remove_keys (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituJoinDialog *self = GUITU_JOIN_DIALOG (widget);

  forget_path (&self->keys_path, self->keys, self->remove_keys, _ (KEYS_HINT));
}

static void
on_remove_snapshot (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituJoinDialog *self = GUITU_JOIN_DIALOG (widget);

  forget_path (&self->snapshot_path, self->snapshot, self->remove_snapshot, _ (SNAPSHOT_HINT));
}

static void
on_remove_letter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituJoinDialog *self = GUITU_JOIN_DIALOG (widget);

  forget_path (&self->letter_path, self->letter, self->remove_letter, _ (LETTER_HINT));
  gtk_widget_set_visible (self->fingerprint_row, FALSE);
  gtk_editable_set_text (self->fingerprint, "");
}

/* What is scanned goes before a picture that was chosen earlier. */
static void
on_scanned_changed (GuituJoinDialog *self)
{
  if (*gtk_editable_get_text (self->scanned) != '\0' && self->keys_path != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "dialog.remove-keys", NULL);
}

/* --- Joining --------------------------------------------------------------------------------- */

static GtkWidget *
row_of (GuituJoinDialog *self, const char *option)
{
  const struct
  {
    const char *option;
    GtkWidget *row;
  } rows[] = {
    { "invitation", GTK_WIDGET (self->keys) },
    { "image", GTK_WIDGET (self->keys) },
    { "restore", GTK_WIDGET (self->scanned) },
    { "code", GTK_WIDGET (self->code) },
    { "snapshot", GTK_WIDGET (self->snapshot) },
    { "letter", GTK_WIDGET (self->letter) },
    { "fingerprint", GTK_WIDGET (self->fingerprint) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].option, option) == 0)
      return rows[i].row;
  return NULL;
}

static void
joined (gpointer owner, JsonArray *results, GError *error)
{
  GuituJoinDialog *self = owner;
  GtkWidget *row = error == NULL ? NULL : row_of (self, guitu_error_field (error));

  if (error == NULL)
    {
      g_signal_emit (self, joined_signal, 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  guitu_problem_show (self->problem, error);
  if (row != NULL && !gtk_widget_grab_focus (row))
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
add_text (JsonObject *input, const char *option, GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  if (*text != '\0')
    guitu_json_set (input, option, text);
}

static void
on_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituJoinDialog *self = GUITU_JOIN_DIALOG (widget);
  const GuituProgressWork work = { widget, self->station, _ ("This computer joins the station…"), "init", self, joined };
  JsonObject *input = json_object_new ();

  guitu_problem_clear (self->problem);
  if (self->keys_path != NULL)
    guitu_json_set (input, guitu_dialog_is_picture (self->keys_path) ? "image" : "invitation", self->keys_path);
  else
    add_text (input, "restore", self->scanned);
  add_text (input, "code", self->code);
  if (json_object_get_size (input) == 0 || (!json_object_has_member (input, "restore") && self->keys_path == NULL))
    {
      json_object_unref (input);
      guitu_problem_tell (self->problem, _ ("Choose the invitation, or a picture of the keys on paper."), "error");
      gtk_widget_child_focus (GTK_WIDGET (self->keys), GTK_DIR_TAB_FORWARD);
      return;
    }
  guitu_json_set (input, "snapshot", self->snapshot_path);
  guitu_json_set (input, "letter", self->letter_path);
  add_text (input, "fingerprint", self->fingerprint);
  guitu_progress_run (&work, input);
}

/* Once the file chooser has given the keyboard back. */
static void
on_active (GuituJoinDialog *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)) || !self->needs_code)
    return;
  self->needs_code = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
on_code_activated (GtkWidget *self)
{
  gtk_widget_activate_action (self, "dialog.accept", NULL);
}

/* --- Its life -------------------------------------------------------------------------------- */

static void
guitu_join_dialog_dispose (GObject *object)
{
  GuituJoinDialog *self = GUITU_JOIN_DIALOG (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->keys_path, g_free);
  g_clear_pointer (&self->snapshot_path, g_free);
  g_clear_pointer (&self->letter_path, g_free);
  G_OBJECT_CLASS (guitu_join_dialog_parent_class)->dispose (object);
}

static void
guitu_join_dialog_class_init (GuituJoinDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_join_dialog_dispose;
  joined_signal = g_signal_new ("joined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, on_accept);
  gtk_widget_class_install_action (widget_class, "dialog.choose-keys", NULL, on_choose_keys);
  gtk_widget_class_install_action (widget_class, "dialog.remove-keys", NULL, on_remove_keys);
  gtk_widget_class_install_action (widget_class, "dialog.choose-snapshot", NULL, on_choose_snapshot);
  gtk_widget_class_install_action (widget_class, "dialog.remove-snapshot", NULL, on_remove_snapshot);
  gtk_widget_class_install_action (widget_class, "dialog.choose-letter", NULL, on_choose_letter);
  gtk_widget_class_install_action (widget_class, "dialog.remove-letter", NULL, on_remove_letter);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/login/join-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, keys);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, choose_keys);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, remove_keys);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, scanned);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, code);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, snapshot);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, remove_snapshot);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, letter);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, remove_letter);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, fingerprint_row);
  gtk_widget_class_bind_template_child (widget_class, GuituJoinDialog, fingerprint);
  gtk_widget_class_bind_template_callback (widget_class, on_scanned_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_code_activated);
}

static void
guitu_join_dialog_init (GuituJoinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_icons (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  adw_action_row_set_subtitle (self->keys, _ (KEYS_HINT));
  adw_action_row_set_subtitle (self->snapshot, _ (SNAPSHOT_HINT));
  adw_action_row_set_subtitle (self->letter, _ (LETTER_HINT));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
}

GuituJoinDialog *
guitu_join_dialog_new (GtkWidget *from, GuituStation *station)
{
  GuituJoinDialog *self = g_object_new (GUITU_TYPE_JOIN_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                                        "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  gtk_window_set_focus (GTK_WINDOW (self), self->choose_keys);
  return self;
}
