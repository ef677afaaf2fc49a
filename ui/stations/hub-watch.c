/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stations/hub-watch.h"

#include "ui/calls.h"
#include "ui/widgets/json.h"

#define WATCH "guitu-hub-watch"
#define LOOK_SECONDS 30      /* ages grow, and another program may have written */
#define TRY_AGAIN_SECONDS 60 /* after it ended with an error of its own */
#define PERCENT 100
#define GOODBYE_MILLISECONDS 2000

struct _GuituHubWatch
{
  GObject parent_instance;

  GuituStation *station; /* weak: it owns this */
  JsonObject *status;
  GCancellable *following; /* of the newest “hub sync --follow” */
  guint n_running;         /* of those that have not ended */
  gboolean is_wanted;
  gboolean is_syncing;
  gboolean is_reading;
  gboolean reads_again;
  int receiving; /* percent of what is being fetched, or -1 */
  guint look;
  guint again;
  guint goodbye;
  GApplication *held;
};

G_DEFINE_FINAL_TYPE (GuituHubWatch, guitu_hub_watch, G_TYPE_OBJECT)

static guint updated_signal;

static void read_status (GuituHubWatch *self);

/* --- Following ------------------------------------------------------------------------------- */

static void
let_go (GuituHubWatch *self)
{
  g_clear_handle_id (&self->goodbye, g_source_remove);
  if (self->held != NULL)
    g_application_release (self->held);
  g_clear_object (&self->held);
}

static gboolean
on_again (gpointer data)
{
  GuituHubWatch *self = data;

  self->again = 0;
  read_status (self);
  return G_SOURCE_REMOVE;
}

static void
follow_ended (gpointer owner, JsonArray *results, GError *error)
{
  GuituHubWatch *self = owner;

  if (--self->n_running > 0)
    return;
  self->receiving = -1;
  self->is_syncing = FALSE;
  let_go (self);
  if (!self->is_wanted)
    return;
  if (self->again == 0)
    self->again = g_timeout_add_seconds (TRY_AGAIN_SECONDS, on_again, self);
  read_status (self);
}

static void
show_receiving (GuituHubWatch *self)
{
  if (self->status == NULL)
    return;
  if (self->receiving >= 0)
    json_object_set_int_member (self->status, "receiving", self->receiving);
  else
    json_object_remove_member (self->status, "receiving");
}

/* Told after every step of a long pull, for each percent once. */
static void
follow_goes_on (gpointer owner, guint done, guint total)
{
  GuituHubWatch *self = owner;
  int percent = total > 0 ? (int) ((guint64) done * PERCENT / total) : PERCENT;

  if (self->receiving == percent)
    return;
  self->receiving = percent;
  show_receiving (self);
  g_signal_emit (self, updated_signal, 0);
}

static void
follow (GuituHubWatch *self)
{
  JsonObject *input = json_object_new ();

  g_clear_handle_id (&self->again, g_source_remove);
  json_object_set_boolean_member (input, "follow", TRUE);
  self->n_running++;
  guitu_call_long (self->station, "hub sync", input, guitu_call_renew (&self->following), self, follow_goes_on, follow_ended);
}

/* --- The status ------------------------------------------------------------------------------ */

static void
status_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituHubWatch *self = owner;
  JsonObject *status = guitu_call_first (results);

  self->is_reading = FALSE;
  if (self->station == NULL)
    return;
  if (status != NULL)
    {
      g_clear_pointer (&self->status, json_object_unref);
      self->status = json_object_ref (status);
      show_receiving (self);
    }
  if (self->is_wanted && self->n_running == 0 && self->again == 0 && guitu_json_text (status, "hub") != NULL)
    follow (self);
  g_signal_emit (self, updated_signal, 0);
  if (self->reads_again)
    read_status (self);
}

static void
read_status (GuituHubWatch *self)
{
  self->reads_again = self->is_reading;
  if (self->is_reading || self->station == NULL)
    return;
  self->is_reading = TRUE;
  guitu_call (self->station, "hub status", NULL, NULL, self, status_read);
}

/* Perhaps somebody has just joined, or there are log-ins again. */
static void
on_changed (GuituHubWatch *self)
{
  if (!self->is_wanted)
    return;
  g_clear_handle_id (&self->again, g_source_remove);
  read_status (self);
}

static void
on_synced (GuituHubWatch *self)
{
  self->receiving = -1;
  self->is_syncing = FALSE;
  read_status (self);
}

static gboolean
on_look (gpointer data)
{
  read_status (data);
  return G_SOURCE_CONTINUE;
}

/* --- Its life -------------------------------------------------------------------------------- */

GuituHubWatch *
guitu_hub_watch_for (GuituStation *station)
{
  GuituHubWatch *self = g_object_get_data (G_OBJECT (station), WATCH);

  if (self != NULL)
    return self;
  self = g_object_new (GUITU_TYPE_HUB_WATCH, NULL);
  g_set_weak_pointer (&self->station, station);
  g_signal_connect_object (station, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "synced", G_CALLBACK (on_synced), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (station), WATCH, self, g_object_unref);
  return self;
}

void
guitu_hub_watch_start (GuituHubWatch *self)
{
  self->is_wanted = TRUE;
  if (self->look == 0)
    self->look = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  read_status (self);
}

static gboolean
on_goodbye (gpointer data)
{
  GuituHubWatch *self = data;

  self->goodbye = 0;
  let_go (self);
  return G_SOURCE_REMOVE;
}

void
guitu_hub_watch_stop (GuituHubWatch *self)
{
  GApplication *application = g_application_get_default ();

  self->is_wanted = FALSE;
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->again, g_source_remove);
  if (self->following != NULL)
    g_cancellable_cancel (self->following);
  if (self->n_running == 0 || application == NULL || self->held != NULL)
    return;
  self->held = g_object_ref (application);
  g_application_hold (application);
  self->goodbye = g_timeout_add (GOODBYE_MILLISECONDS, on_goodbye, self);
}

/* Where none runs it begins as soon as there is a hub. Else it ends, and the next one, which waits for its lane, begins by comparing everything. */
void
guitu_hub_watch_sync_now (GuituHubWatch *self)
{
  if (!self->is_wanted || self->station == NULL || self->is_syncing)
    return;
  if (self->n_running == 0)
    {
      on_changed (self);
      return;
    }
  self->is_syncing = TRUE;
  follow (self);
  g_signal_emit (self, updated_signal, 0);
}

gboolean
guitu_hub_watch_is_syncing (GuituHubWatch *self)
{
  return self->is_syncing;
}

JsonObject *
guitu_hub_watch_get_status (GuituHubWatch *self)
{
  return self->status;
}

static void
guitu_hub_watch_dispose (GObject *object)
{
  GuituHubWatch *self = GUITU_HUB_WATCH (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->again, g_source_remove);
  let_go (self);
  g_clear_object (&self->following);
  g_clear_weak_pointer (&self->station);
  g_clear_pointer (&self->status, json_object_unref);
  G_OBJECT_CLASS (guitu_hub_watch_parent_class)->dispose (object);
}

static void
guitu_hub_watch_class_init (GuituHubWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_hub_watch_dispose;
  updated_signal = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guitu_hub_watch_init (GuituHubWatch *self)
{
  self->receiving = -1;
}
