/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

void
guitu_folder_remove (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        guitu_folder_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
