/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store begins in a folder of its own beside its place, and is put there when it is whole: whatever ends the
 * program meanwhile, there is a whole store afterwards, or none and nothing in the way of trying again. */

#include "db/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PREPARED "new"

static gboolean
has_file (const char *directory,
          const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
fail (const char *directory,
      GError **error)
{
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "The store can't be made in %s: %s", directory, g_strerror (errno));
  return FALSE;
}

void
_guitu_sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = open (folder, O_RDONLY | O_CLOEXEC);

  if (file < 0)
    return;
  fsync (file);
  close (file);
}

static gboolean
move (const char *from,
      const char *to,
      const char *name,
      GError **error)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);

  if (g_rename (source, target) != 0)
    return fail (to, error);
  _guitu_sync_folder_of (target);
  return TRUE;
}

/* Whatever lies in it: also what the writing of a file leaves that is ended before the file has its name. */
static void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
}

gboolean
_guitu_store_finish_settling (const char *directory,
                              GError **error)
{
  g_autofree char *prepared = g_build_filename (directory, PREPARED, NULL);

  gboolean is_whole = has_file (directory, GUITU_DATABASE_FILE) && has_file (directory, GUITU_KEY_FILE);

  if (!is_whole && (has_file (directory, GUITU_DATABASE_FILE) || !has_file (directory, GUITU_KEY_FILE) ||
                    has_file (prepared, GUITU_KEY_FILE) || !has_file (prepared, GUITU_DATABASE_FILE)))
    return TRUE;
  if (!is_whole && !move (prepared, directory, GUITU_DATABASE_FILE, error))
    return FALSE;
  empty_folder (prepared); /* of what was left when the program ended before this */
  g_rmdir (prepared);
  return TRUE;
}

gboolean
_guitu_store_check_keys (const char *directory,
                         GError **error)
{
  if (has_file (directory, GUITU_DATABASE_FILE) || !has_file (directory, GUITU_KEY_FILE))
    return TRUE;
  g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_DAMAGED,
               "The keys of a station are in %s, but not its records: restore the last backup. To begin anew, move the file “keys” to a safe place first", directory);
  return FALSE;
}

char *
guitu_store_prepare (const char *directory,
                     GError **error)
{
  g_autofree char *prepared = g_build_filename (directory, PREPARED, NULL);

  if (!_guitu_store_finish_settling (directory, error))
    return NULL;
  if (!_guitu_store_check_keys (directory, error))
    return NULL;
  if (has_file (directory, GUITU_DATABASE_FILE))
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_EXISTS, "There is a store in %s already", directory);
      return NULL;
    }
  empty_folder (prepared);
  if (g_mkdir_with_parents (prepared, 0700) != 0)
    {
      fail (directory, error);
      return NULL;
    }
  return g_steal_pointer (&prepared);
}

gboolean
guitu_store_settle (const char *directory,
                    GError **error)
{
  g_autofree char *prepared = g_build_filename (directory, PREPARED, NULL);

  if (has_file (prepared, GUITU_DATABASE_FILE "-wal")) /* of a database that is open still */
    {
      g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE, "The store in %s is not closed", prepared);
      return FALSE;
    }
  return move (prepared, directory, GUITU_KEY_FILE, error) && _guitu_store_finish_settling (directory, error);
}

void
guitu_store_abandon (const char *directory)
{
  g_autofree char *prepared = g_build_filename (directory, PREPARED, NULL);

  empty_folder (prepared);
  g_rmdir (prepared);
}
