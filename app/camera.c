/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera.h"

#include "app/papers.h"
#include "app/station-private.h"

#include <string.h>

#define PATIENCE 200 /* milliseconds: so soon it is noticed that nobody looks any more */

GuituSight
guitu_sight_of (const char *const *codes,
                const char **seal)
{
  GuituSight sight = GUITU_SIGHT_NOTHING;

  *seal = NULL;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (!g_str_has_prefix (codes[i], GUITU_SEAL_PREFIX) && !g_str_has_prefix (codes[i], GUITU_LABEL_PREFIX))
        {
          sight = MAX (sight, GUITU_SIGHT_FOREIGN);
          continue;
        }
      /* a page shows the same code on each copy */
      if (*seal != NULL && strcmp (*seal, codes[i]) != 0)
        {
          *seal = NULL;
          return GUITU_SIGHT_SEVERAL;
        }
      *seal = codes[i];
      sight = GUITU_SIGHT_SEAL;
    }
  return sight;
}

static gboolean
watch (GuituCamera *camera,
       GuituLooked looked,
       gpointer data,
       GError **error)
{
  while (TRUE)
    {
      g_auto (GuituCameraFrame) frame = { NULL };
      g_auto (GStrv) codes = NULL;
      GuituLook look = { .frame = &frame };

      if (!guitu_camera_pull (camera, PATIENCE, &frame, error))
        return FALSE;
      codes = frame.points == NULL ? NULL : guitu_camera_frame_read (&frame);
      if (codes != NULL)
        look.sight = guitu_sight_of ((const char *const *) codes, &look.seal);
      if (!looked (&look, data))
        return TRUE;
    }
}

gboolean
guitu_camera_watch (const char *source,
                    GuituLooked looked,
                    gpointer data,
                    GError **error)
{
  const char *chosen = source != NULL ? source : g_getenv ("GUITU_CAMERA");
  g_autoptr (GuituCamera) camera = guitu_camera_open (chosen, error);
  gboolean is_well = camera != NULL && watch (camera, looked, data, error);

  if (!is_well)
    _guitu_error_translate (error);
  return is_well;
}
