/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/paper-window.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/papers/paper-print.h"
#include "ui/papers/paper-view.h"
#include "ui/papers/papers-work.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"

#include <glib/gi18n.h>

struct _GuituPaperWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *print;
  GuituPaperView *view;

  GuituStation *station;
  char *number; /* of the paper; NULL: several */
  char *name;   /* for the printer and for the file */
};

G_DEFINE_FINAL_TYPE (GuituPaperWindow, guitu_paper_window, ADW_TYPE_WINDOW)

static void
set_has_paper (GuituPaperWindow *self, gboolean has_paper)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.print", has_paper);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.print-dialog", has_paper);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.save", has_paper);
}

static void
paper_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPaperWindow *self = owner;
  JsonObject *paper = guitu_call_first (results);
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GString) detail = NULL;
  g_autofree char *state = NULL;
  gsize length = 0;
  guchar *data;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  data = g_base64_decode (guitu_json_string (paper, "pdf"), &length);
  pdf = g_bytes_new_take (data, length);
  state = guitu_json_words (paper, "paper.state");
  detail = g_string_new (self->number);
  guitu_json_join (detail, state);
  adw_window_title_set_title (self->heading, guitu_json_string (paper, "title"));
  adw_window_title_set_subtitle (self->heading, detail->str);
  guitu_paper_view_set_pdf (self->view, pdf);
  set_has_paper (self, TRUE);
  guitu_papers_tell_warnings (GTK_WIDGET (self), paper);
  gtk_widget_grab_focus (self->print);
}

static void
on_failed (GuituPaperWindow *self, const char *message)
{
  set_has_paper (self, FALSE);
  guitu_dialog_tell (GTK_WIDGET (self), _ ("The paper cannot be shown"), _ ("Reprint it from the file of the person."), message);
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPaperWindow *self = GUITU_PAPER_WINDOW (widget);

  guitu_paper_print (GTK_WINDOW (self), guitu_paper_view_get_pdf (self->view), self->name, g_str_equal (action, "paper.print-dialog"));
}

static void
paper_saved (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  else
    guitu_page_toast (GTK_WIDGET (owner), _ ("Saved"));
}

static void
on_path_chosen (gpointer owner, const char *path)
{
  GuituPaperWindow *self = owner;
  JsonObject *input;

  if (self->number == NULL)
    {
      guitu_papers_write (GTK_WIDGET (self), path, guitu_paper_view_get_pdf (self->view));
      return;
    }
  input = json_object_new ();
  json_object_set_string_member (input, "number", self->number);
  json_object_set_string_member (input, "pdf", path);
  guitu_call (self->station, "paper show", input, NULL, self, paper_saved);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituPaperWindow *self = GUITU_PAPER_WINDOW (widget);
  g_autofree char *name = g_strconcat (self->name, ".pdf", NULL);

  guitu_dialog_save (widget, _ ("Save PDF"), name, self, on_path_chosen);
}

static void
on_zoom_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_view_zoom (GUITU_PAPER_WINDOW (widget)->view, 1);
}

static void
on_zoom_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_view_zoom (GUITU_PAPER_WINDOW (widget)->view, -1);
}

static void
on_zoom_fit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guitu_paper_view_zoom (GUITU_PAPER_WINDOW (widget)->view, 0);
}

static void
guitu_paper_window_dispose (GObject *object)
{
  GuituPaperWindow *self = GUITU_PAPER_WINDOW (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (guitu_paper_window_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "paper.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "paper.print-dialog", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "paper.save", NULL);
  guitu_paper_view_add_keys (widget_class, "paper.zoom-in", "paper.zoom-out", "paper.zoom-fit");
}

static void
guitu_paper_window_class_init (GuituPaperWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_PAPER_VIEW);
  G_OBJECT_CLASS (klass)->dispose = guitu_paper_window_dispose;
  gtk_widget_class_install_action (widget_class, "paper.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "paper.print-dialog", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "paper.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "paper.zoom-in", NULL, on_zoom_in);
  gtk_widget_class_install_action (widget_class, "paper.zoom-out", NULL, on_zoom_out);
  gtk_widget_class_install_action (widget_class, "paper.zoom-fit", NULL, on_zoom_fit);
  guitu_news_install (widget_class);
  add_keys (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/paper-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituPaperWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituPaperWindow, print);
  gtk_widget_class_bind_template_child (widget_class, GuituPaperWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
}

static void
guitu_paper_window_init (GuituPaperWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  set_has_paper (self, FALSE);
}

GtkWindow *
guitu_paper_window_open (GtkWidget *from, GuituStation *station, const char *number)
{
  GuituPaperWindow *self = g_object_new (GUITU_TYPE_PAPER_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "transient-for", gtk_widget_get_root (from), NULL);
  JsonObject *input = json_object_new ();

  self->station = g_object_ref (station);
  self->number = g_strdup (number);
  self->name = g_strdup (number);
  gtk_window_set_title (GTK_WINDOW (self), number);
  gtk_window_present (GTK_WINDOW (self));
  json_object_set_string_member (input, "number", number);
  json_object_set_boolean_member (input, "inline", TRUE);
  guitu_call (station, "paper show", input, NULL, self, paper_read);
  return GTK_WINDOW (self);
}

GtkWindow *
guitu_paper_window_open_pdf (GtkWidget *from, GuituStation *station, const char *title, const char *detail, const char *name, GBytes *pdf)
{
  GuituPaperWindow *self = g_object_new (GUITU_TYPE_PAPER_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "title", title, "transient-for", gtk_widget_get_root (from), NULL);

  self->station = g_object_ref (station);
  self->name = g_strdup (name);
  adw_window_title_set_title (self->heading, title);
  adw_window_title_set_subtitle (self->heading, detail);
  gtk_window_present (GTK_WINDOW (self));
  guitu_paper_view_set_pdf (self->view, pdf);
  set_has_paper (self, TRUE);
  gtk_widget_grab_focus (self->print);
  return GTK_WINDOW (self);
}
