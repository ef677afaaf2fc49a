/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window-size.h"

#include "ui/preferences.h"

GSettings *
guitu_window_keep_size (GtkWindow *window)
{
  GSettings *settings = guitu_preferences ();

  if (settings == NULL)
    return NULL;
  g_settings_bind (settings, "width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
  return g_object_ref (settings);
}
