/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/papers/camera-view.h"

#include "ui/widgets/problem.h"

#include "app/camera.h"

#include <glib/gi18n.h>

#define HEIGHT 300

/* One time that the camera is on: shared by the view and the thread that has the camera. */
typedef struct
{
  GuituCameraView *view; /* of the main thread only; NULL: nobody looks any more */
  int is_over;           /* atomic */
  int is_showing;        /* atomic: a picture waits for the main thread; those that come meanwhile are left out */
} Watch;

struct _GuituCameraView
{
  GtkBox parent_instance;

  GtkPicture *picture;
  GtkLabel *hint;
  GtkLabel *problem;
  Watch *watch; /* NULL: off */
};

G_DEFINE_FINAL_TYPE (GuituCameraView, guitu_camera_view, GTK_TYPE_BOX)

static guint found_signal;

/* A camera can be opened once; who starts anew waits for the thread that is just closing it. */
static GMutex one_camera;

/* --- From the camera's thread to the main thread --------------------------------------------- */

typedef struct
{
  Watch *watch;
  GdkTexture *texture;
  GuituSight sight;
  char *seal;
  GError *error;
} News;

static void
news_free (News *news)
{
  g_clear_object (&news->texture);
  g_clear_error (&news->error);
  g_free (news->seal);
  g_atomic_rc_box_release (news->watch);
  g_free (news);
}

static void
show_hint (GuituCameraView *self, GuituSight sight)
{
  const char *hint = _ ("Hold the square code of the paper before the camera, so that it fills half of the picture.");

  if (sight == GUITU_SIGHT_FOREIGN)
    hint = _ ("This code is not that of a paper. Show the code at the upper right of the paper.");
  else if (sight == GUITU_SIGHT_SEVERAL)
    hint = _ ("There are codes of several papers. Show one at a time.");
  if (g_strcmp0 (gtk_label_get_text (self->hint), hint) != 0)
    gtk_label_set_text (self->hint, hint);
}

static gboolean
on_news (gpointer data)
{
  News *news = data;
  GuituCameraView *self = news->watch->view;
  g_autofree char *seal = g_strdup (news->seal);

  g_atomic_int_set (&news->watch->is_showing, FALSE);
  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (news->error != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
      guitu_problem_show (self->problem, news->error);
      return G_SOURCE_REMOVE;
    }
  if (news->texture != NULL)
    {
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (news->texture));
      show_hint (self, news->sight);
    }
  if (seal != NULL)
    {
      guitu_camera_view_stop (self);
      g_signal_emit (self, found_signal, 0, seal);
    }
  return G_SOURCE_REMOVE;
}

static void
tell (News *news)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_news, news, (GDestroyNotify) news_free);
}

/* --- The camera's thread --------------------------------------------------------------------- */

static gboolean
on_looked (const GuituLook *look, gpointer data)
{
  Watch *watch = data;
  const GuituCameraFrame *frame = look->frame;
  News *news;

  if (g_atomic_int_get (&watch->is_over))
    return FALSE;
  if (frame->points == NULL || (g_atomic_int_get (&watch->is_showing) && look->seal == NULL))
    return TRUE;
  g_atomic_int_set (&watch->is_showing, TRUE);
  news = g_new0 (News, 1);
  news->watch = g_atomic_rc_box_acquire (watch);
  news->texture = gdk_memory_texture_new (frame->width, frame->height, GDK_MEMORY_R8G8B8, frame->points, (gsize) frame->stride);
  news->sight = look->sight;
  news->seal = g_strdup (look->seal);
  tell (news);
  return look->seal == NULL;
}

static gpointer
run_camera (gpointer data)
{
  Watch *watch = data;
  News *news = g_new0 (News, 1);

  news->watch = watch;
  g_mutex_lock (&one_camera);
  if (!g_atomic_int_get (&watch->is_over))
    guitu_camera_watch (NULL, on_looked, watch, &news->error);
  g_mutex_unlock (&one_camera);
  tell (news);
  return NULL;
}

/* --- The view -------------------------------------------------------------------------------- */

void
guitu_camera_view_start (GuituCameraView *self)
{
  guitu_camera_view_stop (self);
  guitu_problem_clear (self->problem);
  show_hint (self, GUITU_SIGHT_NOTHING);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->watch = g_atomic_rc_box_new0 (Watch);
  self->watch->view = self;
  g_thread_unref (g_thread_new ("camera", run_camera, g_atomic_rc_box_acquire (self->watch)));
}

static void
let_go (GuituCameraView *self)
{
  if (self->watch == NULL)
    return;
  self->watch->view = NULL;
  g_atomic_int_set (&self->watch->is_over, TRUE);
  g_clear_pointer (&self->watch, g_atomic_rc_box_release);
}

void
guitu_camera_view_stop (GuituCameraView *self)
{
  if (self->watch == NULL)
    return;
  let_go (self);
  guitu_problem_clear (self->problem);
  gtk_picture_set_paintable (self->picture, NULL); /* whoever stood before the camera is not shown to the next */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

gboolean
guitu_camera_view_is_on (GuituCameraView *self)
{
  return self->watch != NULL;
}

static void
guitu_camera_view_dispose (GObject *object)
{
  let_go (GUITU_CAMERA_VIEW (object));
  G_OBJECT_CLASS (guitu_camera_view_parent_class)->dispose (object);
}

static void
guitu_camera_view_class_init (GuituCameraViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_camera_view_dispose;
  found_signal = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guitu_camera_view_init (GuituCameraView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What the camera sees"), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), -1, HEIGHT);
  gtk_widget_add_css_class (GTK_WIDGET (self->picture), "camera");
  self->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_justify (self->hint, GTK_JUSTIFY_CENTER);
  self->problem = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "visible", FALSE, "wrap", TRUE, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->problem));
}
