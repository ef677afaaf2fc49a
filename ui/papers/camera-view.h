/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the camera sees, until it has seen the code of a paper. The camera is opened, read and closed
 * on a thread of its own; it is on only while the view is to be seen. $GUITU_CAMERA names a source of
 * pictures for GStreamer in the place of the camera. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUITU_TYPE_CAMERA_VIEW (guitu_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (GuituCameraView, guitu_camera_view, GUITU, CAMERA_VIEW, GtkBox)

/** Shows the view and switches the camera on. */
void guitu_camera_view_start (GuituCameraView *self);

/** Switches the camera off and hides the view; nothing happens when it is off. */
void guitu_camera_view_stop (GuituCameraView *self);

gboolean guitu_camera_view_is_on (GuituCameraView *self);

/* Signal: "found" (const char *seal), when the camera is off again. */

G_END_DECLS
