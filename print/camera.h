/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Pictures of a camera, by GStreamer.
 *
 * A camera belongs to the thread that opened it: every call for it comes from there, and none of
 * them may be the thread of a window, since opening can take seconds. GStreamer's own threads never
 * call back; nothing of it is seen outside, and no main loop is needed.
 */
typedef struct _GuituCamera GuituCamera;

/* One picture: rows of red, green, blue, 8 bits each, from the upper left. */
typedef struct
{
  GBytes *points;
  int width;
  int height;
  int stride; /* bytes from a row to the next */
} GuituCameraFrame;

/**
 * guitu_camera_open:
 * @source: (nullable): NULL for the first camera of this machine; or what GStreamer should take in
 *   its place, as for gst-launch: "v4l2src device=/dev/video2", "videotestsrc",
 *   "filesrc location=page.png ! pngdec ! imagefreeze"
 *
 * Returns: (transfer full) (nullable): NULL with GUITU_PRINT_ERROR_NO_CAMERA, CAMERA_BUSY,
 *   CAMERA_DENIED, CAMERA_PLUGIN (GStreamer lacks a part), CAMERA_SOURCE (@source is not understood)
 *   or CAMERA_FAILED
 */
GuituCamera *guitu_camera_open (const char *source,
                                GError **error);

void guitu_camera_close (GuituCamera *camera);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituCamera, guitu_camera_close)

/**
 * guitu_camera_pull:
 * @milliseconds: how long to wait for a picture
 * @frame: (out caller-allocates): the newest picture; cleared where there is none
 *
 * Returns: whether the camera works; then @frame has points, unless none came in time. FALSE with
 *   the errors of guitu_camera_open(), CAMERA_FAILED also when there will be no more pictures.
 */
gboolean guitu_camera_pull (GuituCamera *camera,
                            guint milliseconds,
                            GuituCameraFrame *frame,
                            GError **error);

void guitu_camera_frame_clear (GuituCameraFrame *frame);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituCameraFrame, guitu_camera_frame_clear)

/* The texts of the QR codes in a picture; an empty list when there is none. (transfer full) */
GStrv guitu_camera_frame_read (const GuituCameraFrame *frame);

G_END_DECLS
