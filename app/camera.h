/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Looking for the code of a paper through a camera; for the verb “verify” and for the window, which
 * shows what the camera sees. */

#include "app/app.h"
#include "print/camera.h"

G_BEGIN_DECLS

/** What is in a picture. */
typedef enum
{
  GUITU_SIGHT_NOTHING, /* no code, or no picture yet */
  GUITU_SIGHT_FOREIGN, /* a code, but not that of a paper */
  GUITU_SIGHT_SEVERAL, /* codes of several papers: which one is meant? */
  GUITU_SIGHT_SEAL,
} GuituSight;

typedef struct
{
  const GuituCameraFrame *frame; /* without points where no picture came */
  GuituSight sight;
  const char *seal; /* %NULL but for GUITU_SIGHT_SEAL */
} GuituLook;

/** Called for each picture, and several times a second without one. Returns: whether to go on. */
typedef gboolean (*GuituLooked) (const GuituLook *look, gpointer data);

/**
 * Looks through the camera, in the calling thread (never the one of the window), until @looked has
 * seen enough.
 *
 * @source: (nullable): what GStreamer takes in place of the camera (print/camera.h); %NULL for
 *   $GUITU_CAMERA, or without that for the first camera of this machine
 * Errors: INVALID: no-camera, camera-busy, camera-denied, camera-plugin, camera-source, camera-failed
 */
gboolean guitu_camera_watch (const char *source, GuituLooked looked, gpointer data, GError **error);

/** What is to be seen in the codes of one picture; @seal: (out) (transfer none) (nullable) */
GuituSight guitu_sight_of (const char *const *codes, const char **seal);

G_END_DECLS
