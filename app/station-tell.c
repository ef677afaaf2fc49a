/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What workers have to tell reaches whoever listens to the station on the main thread. */

#include "app/station-private.h"

static gboolean
emit_changed (gpointer data)
{
  g_signal_emit_by_name (data, "changed");
  return G_SOURCE_REMOVE;
}

static gboolean
emit_synced (gpointer data)
{
  g_signal_emit_by_name (data, "synced");
  return G_SOURCE_REMOVE;
}

static gboolean
emit_nothing (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
_guitu_station_tell_changed (GuituStation *self)
{
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, emit_changed, g_object_ref (self), g_object_unref);
}

void
_guitu_station_tell_synced (GuituStation *self,
                            gboolean has_news)
{
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, emit_synced, g_object_ref (self), g_object_unref);
  if (has_news)
    _guitu_station_tell_changed (self);
}

void
_guitu_station_release (GuituStation *self)
{
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, emit_nothing, self, g_object_unref);
}

typedef struct
{
  GuituStation *station;
  GCancellable *of;
  guint done;
  guint total;
} Progress;

static gboolean
emit_progress (gpointer data)
{
  Progress *progress = data;

  g_signal_emit_by_name (progress->station, "progress", progress->of, progress->done, progress->total);
  return G_SOURCE_REMOVE;
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->station);
  g_object_unref (progress->of);
  g_free (progress);
}

void
_guitu_station_tell_progress (GuituStation *self,
                              GCancellable *of,
                              guint done,
                              guint total)
{
  Progress progress = { g_object_ref (self), g_object_ref (of), done, total };

  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, emit_progress, g_memdup2 (&progress, sizeof progress), progress_free);
}
