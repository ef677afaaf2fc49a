/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/photo.h"

#include "ui/calls.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define EDGE 300 /* pixels that are asked for */

struct _GuituPhoto
{
  AdwBin parent_instance;

  GtkWidget *picture;
  GtkWidget *none;
  char *file; /* id of what is shown or being read; NULL: none */
  GCancellable *load;
};

G_DEFINE_FINAL_TYPE (GuituPhoto, guitu_photo, ADW_TYPE_BIN)

static void
show_texture (GuituPhoto *self, GdkTexture *texture)
{
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->picture, texture != NULL);
  gtk_widget_set_visible (self->none, texture == NULL);
}

static void
decode (GTask *task, gpointer source, gpointer base64, GCancellable *cancellable)
{
  gsize length = 0;
  guchar *data = g_base64_decode (base64, &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_bytes (bytes, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
guitu_photo_decode (gpointer owner, const char *base64, GCancellable *cancellable, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, done, NULL);

  g_task_set_task_data (task, g_strdup (base64), g_free);
  g_task_run_in_thread (task, decode);
}

GdkTexture *
guitu_photo_decode_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = guitu_photo_decode_finish (result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_texture (GUITU_PHOTO (source), texture);
}

/* What another desk took may not have come here yet: then there is none to be seen. */
static void
photo_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituPhoto *self = owner;

  if (error == NULL)
    guitu_photo_decode (self, guitu_json_string (guitu_call_first (results), "data"), self->load, decoded);
  else
    g_clear_pointer (&self->file, g_free);
}

static void
name (GuituPhoto *self, const char *whose)
{
  g_autofree char *words = g_strdup_printf (_ ("Photo of %s"), whose);
  g_autofree char *none = g_strdup_printf (_ ("No photo of %s"), whose);

  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->none), GTK_ACCESSIBLE_PROPERTY_LABEL, none, -1);
}

void
guitu_photo_clear (GuituPhoto *self)
{
  guitu_call_renew (&self->load);
  g_clear_pointer (&self->file, g_free);
  show_texture (self, NULL);
}

void
guitu_photo_show (GuituPhoto *self, GuituStation *station, const char *file, const char *whose)
{
  JsonObject *input;

  name (self, whose);
  if (file != NULL && g_strcmp0 (file, self->file) == 0)
    return;
  guitu_photo_clear (self);
  if (file == NULL)
    return;
  self->file = g_strdup (file);
  input = json_object_new ();
  json_object_set_string_member (input, "file", file);
  json_object_set_boolean_member (input, "inline", TRUE);
  json_object_set_int_member (input, "edge", EDGE);
  guitu_call (station, "file export", input, self->load, self, photo_read);
}

void
guitu_photo_show_data (GuituPhoto *self, const char *base64, const char *whose)
{
  name (self, whose);
  guitu_photo_clear (self);
  if (base64 != NULL)
    guitu_photo_decode (self, base64, self->load, decoded);
}

static void
guitu_photo_dispose (GObject *object)
{
  GuituPhoto *self = GUITU_PHOTO (object);

  g_clear_object (&self->load);
  g_clear_pointer (&self->file, g_free);
  G_OBJECT_CLASS (guitu_photo_parent_class)->dispose (object);
}

static void
guitu_photo_class_init (GuituPhotoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_photo_dispose;
}

static void
guitu_photo_init (GuituPhoto *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_set_visible (self->picture, FALSE);
  gtk_widget_set_vexpand (self->picture, TRUE);
  self->none = gtk_image_new_from_icon_name ("avatar-default-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->none), 48);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_set_vexpand (self->none, TRUE);
  gtk_box_append (GTK_BOX (box), self->picture);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_widget_add_css_class (GTK_WIDGET (self), "photo");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  adw_bin_set_child (ADW_BIN (self), box);
}
