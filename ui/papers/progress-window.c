/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/progress-window.h"

#include "ui/widgets/names.h"

#include <glib/gi18n.h>

struct _GuituProgressWindow
{
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkProgressBar *bar;
  GtkWidget *cancel;

  GCancellable *cancellable;
  GObject *owner; /* NULL: the window is closed */
  GuituCallDone done;
};

G_DEFINE_FINAL_TYPE (GuituProgressWindow, guitu_progress_window, ADW_TYPE_WINDOW)

static void
on_progress (gpointer owner, guint done, guint total)
{
  GuituProgressWindow *self = owner;
  g_autofree char *words = g_strdup_printf (_ ("%u of %u"), done, total);

  if (self->owner == NULL)
    return;
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / total : 0);
  gtk_progress_bar_set_text (self->bar, words);
}

static void
on_done (gpointer owner, JsonArray *results, GError *error)
{
  GuituProgressWindow *self = owner;
  g_autoptr (GObject) asked = g_steal_pointer (&self->owner);

  if (asked == NULL)
    return;
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL); /* which may go before this does */
  gtk_window_destroy (GTK_WINDOW (self));
  self->done (asked, results, error);
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituProgressWindow *self = GUITU_PROGRESS_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "progress.cancel", FALSE);
  gtk_label_set_text (self->heading, _ ("Cancelling…"));
  g_cancellable_cancel (self->cancellable);
}

/* The window stays until the verb has ended: what it did is told. */
static gboolean
guitu_progress_window_close_request (GtkWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "progress.cancel", NULL);
  return TRUE;
}

static void
guitu_progress_window_dispose (GObject *object)
{
  GuituProgressWindow *self = GUITU_PROGRESS_WINDOW (object);

  if (self->owner != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->owner);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (guitu_progress_window_parent_class)->dispose (object);
}

static void
guitu_progress_window_class_init (GuituProgressWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_progress_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guitu_progress_window_close_request;
  gtk_widget_class_install_action (widget_class, "progress.cancel", NULL, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "progress.cancel", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/progress-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituProgressWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituProgressWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, GuituProgressWindow, cancel);
}

static void
guitu_progress_window_init (GuituProgressWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

void
guitu_progress_run (const GuituProgressWork *work, JsonObject *input)
{
  GuituProgressWindow *self = g_object_new (GUITU_TYPE_PROGRESS_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", work->title,
                                            "transient-for", gtk_widget_get_root (work->from), NULL);

  self->owner = g_object_ref (work->owner);
  self->done = work->done;
  gtk_label_set_text (self->heading, work->title);
  gtk_progress_bar_set_text (self->bar, "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, work->title, -1);
  gtk_widget_grab_focus (self->cancel);
  gtk_window_present (GTK_WINDOW (self));
  guitu_call_long (work->station, work->verb, input, self->cancellable, self, on_progress, on_done);
}
