/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long until the window can be used, beside an empty libadwaita window, both as whole processes
 * that end by themselves. The store is $GUITU_STORE's, so that it can be as large as one likes. */

#include "app/ctl/bench.h"

#include "app/call.h"

#include <gio/gio.h>

#define RUNS 9

static char *
find_window_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname (self);
  g_autofree char *built = folder == NULL ? NULL : g_build_filename (folder, "..", "ui", "guitu", NULL);

  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_find_program_in_path ("guitu");
}

static gboolean
run_once (const char *program,
          const char *what,
          double *milliseconds,
          GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, error, program, what, NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, error))
    return FALSE;
  *milliseconds = (double) (g_get_monotonic_time () - start) / 1000;
  return TRUE;
}

gboolean
bench_window (GError **error)
{
  g_autofree char *program = find_window_program ();
  double ours[RUNS];
  double empty[RUNS];

  if (program == NULL)
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", NULL, "The program “guitu” is not installed");
  if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)
    {
      g_message ("There is no display: the window is not measured");
      return TRUE;
    }
  for (int i = -1; i < RUNS; i++)
    if (!run_once (program, "--measure-start", &ours[MAX (i, 0)], error) ||
        !run_once (program, "--measure-empty-window", &empty[MAX (i, 0)], error))
      return FALSE;
  bench_report ("window-start", bench_median (ours, RUNS), "ms", bench_median (empty, RUNS));
  return TRUE;
}
