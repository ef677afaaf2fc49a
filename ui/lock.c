/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lock.h"

#include "ui/calls.h"
#include "ui/widgets/json.h"

#define OWNER "guitu-owner"
#define IDLE "guitu-idle" /* of a window, while there is one */
#define WATCHED "guitu-watched"

struct _GuituIdle
{
  GtkWindow *window;
  void (*locks) (GtkWindow *window);
  gint64 limit; /* µs; 0: never */
  gint64 last;  /* when somebody last did something, monotonic µs */
  guint timer;
  GListModel *windows;
  gulong added;
};

static void schedule (GuituIdle *self);

static gboolean
on_time (gpointer data)
{
  GuituIdle *self = data;

  self->timer = 0;
  if (g_get_monotonic_time () - self->last >= self->limit)
    {
      self->last = g_get_monotonic_time ();
      self->locks (self->window);
    }
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (GuituIdle *self)
{
  gint64 left = self->last + self->limit - g_get_monotonic_time ();

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->limit > 0)
    self->timer = g_timeout_add (MAX (left, 0) / 1000 + 1, on_time, self);
}

/* Only the time is noted: the timer looks at it when it runs out. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, gpointer data)
{
  ((GuituIdle *) data)->last = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
}

static void
watch (GuituIdle *self, GtkWidget *window)
{
  GtkEventController *controller;

  if (g_object_get_data (G_OBJECT (window), WATCHED) != NULL)
    return;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (window, controller);
  g_object_set_data (G_OBJECT (window), WATCHED, controller);
}

static void
on_windows_changed (GuituIdle *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (self->windows, i);

      watch (self, window);
    }
}

GuituIdle *
guitu_idle_new (GtkWindow *window, void (*locks) (GtkWindow *window))
{
  GuituIdle *self = g_new0 (GuituIdle, 1);

  self->window = window;
  g_object_set_data (G_OBJECT (window), IDLE, self);
  self->locks = locks;
  self->windows = gtk_window_get_toplevels ();
  self->added = g_signal_connect_swapped (self->windows, "items-changed", G_CALLBACK (on_windows_changed), self);
  on_windows_changed (self, 0, 0, g_list_model_get_n_items (self->windows));
  return self;
}

void
guitu_idle_free (GuituIdle *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_set_data (G_OBJECT (self->window), IDLE, NULL);
  g_signal_handler_disconnect (self->windows, self->added);
  for (guint i = 0; i < g_list_model_get_n_items (self->windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (self->windows, i);
      GtkEventController *controller = g_object_get_data (G_OBJECT (window), WATCHED);

      if (controller != NULL)
        g_signal_handlers_disconnect_by_data (controller, self);
    }
  g_free (self);
}

void
guitu_idle_set_minutes (GuituIdle *self, guint minutes)
{
  self->limit = (gint64) minutes * 60 * G_USEC_PER_SEC;
  self->last = g_get_monotonic_time ();
  schedule (self);
}

static void
rule_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituIdle *self = g_object_get_data (owner, IDLE);

  if (error == NULL && self != NULL && guitu_call_first (results) != NULL)
    guitu_idle_set_minutes (self, (guint) g_ascii_strtoull (guitu_json_string (guitu_call_first (results), "value"), NULL, 10));
}

void
guitu_idle_follow_rule (GuituIdle *self, GuituStation *station)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "name", "idle_lock_minutes");
  guitu_call (station, "rule list", input, NULL, self->window, rule_read);
}

/* --- Windows of somebody who is away --------------------------------------------------------- */

static gboolean
is_above (GtkWindow *upper, GtkWindow *window)
{
  for (GtkWindow *below = gtk_window_get_transient_for (upper); below != NULL; below = gtk_window_get_transient_for (below))
    if (below == window)
      return TRUE;
  return FALSE;
}

void
guitu_lock_put_away (GtkWindow *window, const char *owner)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (is_above (at->data, window) && gtk_widget_get_visible (at->data))
      {
        g_object_set_data_full (at->data, OWNER, g_strdup (owner), g_free);
        gtk_widget_set_visible (at->data, FALSE);
      }
}

/* Closing one may close others with it, so the list is asked for anew each time. */
void
guitu_lock_close_all (GtkWindow *window)
{
  GtkWindow *upper;

  do
    {
      g_autoptr (GList) windows = gtk_window_list_toplevels ();

      upper = NULL;
      for (GList *at = windows; at != NULL && upper == NULL; at = at->next)
        if (is_above (at->data, window))
          upper = at->data;
      if (upper != NULL)
        gtk_window_destroy (upper);
    }
  while (upper != NULL);
}

void
guitu_lock_bring_back (GtkWindow *window, const char *owner)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (is_above (at->data, window) && g_strcmp0 (g_object_get_data (at->data, OWNER), owner) == 0)
      {
        g_object_set_data (at->data, OWNER, NULL);
        gtk_window_present (at->data);
      }
}
