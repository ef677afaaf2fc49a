/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/calls.h"

typedef struct
{
  GObject *owner;
  GCancellable *cancellable;
  GuituCallDone done;
  GuituStation *station; /* of a long one */
  GuituCallProgress progress;
  gulong handler;
} Call;

static void
call_free (Call *call)
{
  if (call->handler != 0)
    g_signal_handler_disconnect (call->station, call->handler);
  g_clear_object (&call->station);
  g_clear_object (&call->owner);
  g_clear_object (&call->cancellable);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_verb_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) results = NULL;

  results = guitu_station_run_finish (GUITU_STATION (source), result, &error);
  if (call->progress == NULL && (g_cancellable_is_cancelled (call->cancellable) ||
                                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return;
  call->done (call->owner, results, error);
}

static void
on_progress (GuituStation *station, GCancellable *of, guint done, guint total, gpointer data)
{
  Call *call = data;

  if (of == call->cancellable)
    call->progress (call->owner, done, total);
}

void
guitu_call_long (GuituStation *station,
                 const char *verb,
                 JsonObject *input,
                 GCancellable *cancellable,
                 gpointer owner,
                 GuituCallProgress progress,
                 GuituCallDone done)
{
  Call *call;
  g_autoptr (JsonObject) owned = input != NULL ? input : json_object_new ();

  g_return_if_fail (GUITU_IS_STATION (station));
  g_return_if_fail (G_IS_OBJECT (owner) && G_IS_CANCELLABLE (cancellable));

  call = g_new0 (Call, 1);
  call->owner = g_object_ref (owner);
  call->done = done;
  call->progress = progress;
  call->station = g_object_ref (station);
  call->cancellable = g_object_ref (cancellable);
  call->handler = g_signal_connect (station, "progress", G_CALLBACK (on_progress), call);
  guitu_station_run_async (station, verb, owned, cancellable, on_verb_done, call);
}

void
guitu_call (GuituStation *station,
            const char *verb,
            JsonObject *input,
            GCancellable *cancellable,
            gpointer owner,
            GuituCallDone done)
{
  Call *call;
  g_autoptr (JsonObject) owned = input != NULL ? input : json_object_new ();

  g_return_if_fail (GUITU_IS_STATION (station));
  g_return_if_fail (G_IS_OBJECT (owner));

  call = g_new0 (Call, 1);
  call->owner = g_object_ref (owner);
  call->done = done;
  g_set_object (&call->cancellable, cancellable);
  guitu_station_run_async (station, verb, owned, cancellable, on_verb_done, call);
}

GCancellable *
guitu_call_renew (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
  return *cancellable;
}

JsonObject *
guitu_call_first (JsonArray *results)
{
  if (results == NULL || json_array_get_length (results) == 0)
    return NULL;
  return json_array_get_object_element (results, 0);
}
