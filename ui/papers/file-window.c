/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/file-window.h"

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/page.h"
#include "ui/papers/paper-view.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"
#include "ui/widgets/news.h"

#include <glib/gi18n.h>
#include <math.h>

#define PICTURE_EDGE 2000 /* points: enough to read a scanned page */
#define ZOOM_STEP 1.25
#define MOST_STEPS 6

struct _GuituFileWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *save;
  GtkStack *stack;
  GtkWidget *scroll;
  GtkPicture *picture;
  GuituPaperView *view;

  GuituStation *station;
  char *id;
  char *name; /* proposed when it is saved */
  gboolean is_pdf;
  int steps; /* larger than the window by so many */
};

G_DEFINE_FINAL_TYPE (GuituFileWindow, guitu_file_window, ADW_TYPE_WINDOW)

/* --- Looking --------------------------------------------------------------------------------- */

static void
show_picture (GuituFileWindow *self, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, &error);

  if (texture == NULL)
    {
      guitu_dialog_tell (GTK_WIDGET (self), _ ("The file cannot be shown"), _ ("Save it and open it with another program."), error->message);
      return;
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child (self->stack, self->scroll);
}

static void
file_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituFileWindow *self = owner;
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;
  guchar *data;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), error);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  data = g_base64_decode (guitu_json_string (guitu_call_first (results), "data"), &length);
  bytes = g_bytes_new_take (data, length);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.save", TRUE);
  if (self->is_pdf)
    {
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->view));
      guitu_paper_view_set_pdf (self->view, bytes);
    }
  else
    show_picture (self, bytes);
  gtk_widget_grab_focus (self->save);
}

static void
on_failed (GuituFileWindow *self, const char *message)
{
  guitu_dialog_tell (GTK_WIDGET (self), _ ("The file cannot be shown"), _ ("Save it and open it with another program."), message);
}

/* A picture fills the window, or is larger by steps and can be moved. */
static void
zoom (GuituFileWindow *self, int steps)
{
  double scale;
  int width = -1;
  int height = -1;

  if (self->is_pdf)
    {
      guitu_paper_view_zoom (self->view, steps);
      return;
    }
  self->steps = steps == 0 ? 0 : CLAMP (self->steps + steps, 0, MOST_STEPS);
  scale = pow (ZOOM_STEP, self->steps);
  if (self->steps > 0)
    {
      width = gtk_widget_get_width (self->scroll) * scale;
      height = gtk_widget_get_height (self->scroll) * scale;
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), width, height);
}

static void
on_zoom_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zoom (GUITU_FILE_WINDOW (widget), 1);
}

static void
on_zoom_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zoom (GUITU_FILE_WINDOW (widget), -1);
}

static void
on_zoom_fit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zoom (GUITU_FILE_WINDOW (widget), 0);
}

/* --- Saving ---------------------------------------------------------------------------------- */

static void
file_saved (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
  else
    guitu_page_toast (GTK_WIDGET (owner), _ ("Saved"));
}

static void
on_path_chosen (gpointer owner, const char *path)
{
  GuituFileWindow *self = owner;
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", self->id);
  json_object_set_string_member (input, "to", path);
  guitu_call (self->station, "file export", input, NULL, self, file_saved);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituFileWindow *self = GUITU_FILE_WINDOW (widget);

  guitu_dialog_save (widget, _ ("Save the File"), self->name, self, on_path_chosen);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_file_window_dispose (GObject *object)
{
  GuituFileWindow *self = GUITU_FILE_WINDOW (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (guitu_file_window_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "file.save", NULL);
  guitu_paper_view_add_keys (widget_class, "file.zoom-in", "file.zoom-out", "file.zoom-fit");
}

static void
guitu_file_window_class_init (GuituFileWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GUITU_TYPE_PAPER_VIEW);
  G_OBJECT_CLASS (klass)->dispose = guitu_file_window_dispose;
  gtk_widget_class_install_action (widget_class, "file.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "file.zoom-in", NULL, on_zoom_in);
  gtk_widget_class_install_action (widget_class, "file.zoom-out", NULL, on_zoom_out);
  gtk_widget_class_install_action (widget_class, "file.zoom-fit", NULL, on_zoom_fit);
  guitu_news_install (widget_class);
  add_keys (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/guitu/Guitu/papers/file-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuituFileWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuituFileWindow, save);
  gtk_widget_class_bind_template_child (widget_class, GuituFileWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, GuituFileWindow, scroll);
  gtk_widget_class_bind_template_child (widget_class, GuituFileWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, GuituFileWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
}

static void
guitu_file_window_init (GuituFileWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guitu_name_buttons (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.save", FALSE);
}

static void
set_file (GuituFileWindow *self, JsonObject *file)
{
  const char *media = guitu_json_string (file, "media");
  const char *title = guitu_json_text (file, "title");
  const char *words = title != NULL ? title : _ ("Without a title");
  g_autofree char *added = guitu_json_words (file, "file.added_at");
  g_autofree char *plain = g_strdelimit (g_strdup (words), "/\n", ' ');

  self->id = g_strdup (guitu_json_string (file, "id"));
  self->is_pdf = g_str_equal (media, "application/pdf");
  self->name = g_strconcat (plain, self->is_pdf ? ".pdf" : g_str_equal (media, "image/png") ? ".png"
                                                                                            : ".jpg",
                            NULL);
  gtk_window_set_title (GTK_WINDOW (self), words);
  adw_window_title_set_title (self->heading, words);
  adw_window_title_set_subtitle (self->heading, added);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

GtkWindow *
guitu_file_window_open (GtkWidget *from, GuituStation *station, JsonObject *file)
{
  GuituFileWindow *self = g_object_new (GUITU_TYPE_FILE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "transient-for", gtk_widget_get_root (from), NULL);
  JsonObject *input = json_object_new ();

  self->station = g_object_ref (station);
  set_file (self, file);
  gtk_window_present (GTK_WINDOW (self));
  json_object_set_string_member (input, "file", self->id);
  json_object_set_boolean_member (input, "inline", TRUE);
  if (!self->is_pdf)
    json_object_set_int_member (input, "edge", PICTURE_EDGE);
  guitu_call (station, "file export", input, NULL, self, file_read);
  return GTK_WINDOW (self);
}
