/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The station lives on the main thread; verbs run on workers: one lane for those that write, one for
 * those that wait for other computers, one for those that read, and one for what follows from what was written. A verb
 * works with the session it was started in, so logging out does not pull the user from under it. */

#include "app/case.h"
#include "app/fence.h"
#include "app/findings.h"
#include "app/follow.h"
#include "app/settings.h"
#include "app/station-private.h"
#include "db/weights.h"

#include <string.h>

#define READING_THREADS 2
#define NETWORKING_THREADS 2 /* one of them follows the hub */

struct _GuituStation
{
  GObject parent_instance;
  char *directory;
  GMutex lock; /* guards store and session */
  GuituStore *store;
  GuituSession *session;
  GThreadPool *writing;
  GThreadPool *reading;
  GThreadPool *networking;
  GThreadPool *matching;
  gint is_matching;   /* whether that is asked for already; atomic */
  GCancellable *stop; /* of verbs in the calling thread */
  gint has_cases;     /* looked whether cases are to be opened in a store of before; atomic */
};

enum
{
  CHANGED,
  PROGRESS,
  SYNCED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuituStation, guitu_station, G_TYPE_OBJECT)

static void
free_pool (GThreadPool *pool)
{
  g_thread_pool_free (pool, FALSE, FALSE);
}

static void
guitu_station_dispose (GObject *object)
{
  GuituStation *self = GUITU_STATION (object);

  /* A running verb holds a reference, so the pools are idle by now. */
  g_clear_pointer (&self->writing, free_pool);
  g_clear_pointer (&self->reading, free_pool);
  g_clear_pointer (&self->networking, free_pool);
  g_clear_pointer (&self->matching, free_pool);
  g_clear_pointer (&self->session, _guitu_session_free);
  g_clear_pointer (&self->store, guitu_store_close);
  g_clear_object (&self->stop);
  G_OBJECT_CLASS (guitu_station_parent_class)->dispose (object);
}

static void
guitu_station_finalize (GObject *object)
{
  GuituStation *self = GUITU_STATION (object);

  g_mutex_clear (&self->lock);
  g_free (self->directory);
  G_OBJECT_CLASS (guitu_station_parent_class)->finalize (object);
}

static void
guitu_station_class_init (GuituStationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = guitu_station_dispose;
  object_class->finalize = guitu_station_finalize;
  signals[CHANGED] = g_signal_new ("changed", GUITU_TYPE_STATION, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROGRESS] = g_signal_new ("progress", GUITU_TYPE_STATION, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_CANCELLABLE, G_TYPE_UINT, G_TYPE_UINT);
  signals[SYNCED] = g_signal_new ("synced", GUITU_TYPE_STATION, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guitu_station_init (GuituStation *self)
{
  g_mutex_init (&self->lock);
}

GuituStation *
guitu_station_new (const char *directory)
{
  GuituStation *self = g_object_new (GUITU_TYPE_STATION, NULL);

  if (directory == NULL)
    directory = g_getenv ("GUITU_STORE");
  if (directory != NULL && directory[0] != '\0')
    self->directory = g_canonicalize_filename (directory, NULL);
  else
    self->directory = g_build_filename (g_get_user_data_dir (), "guitu", NULL);
  return self;
}

const char *
guitu_station_directory (GuituStation *self)
{
  return self->directory;
}

/* Who waits for the station to open is told how far it is. */
typedef struct
{
  GuituStation *station;
  GCancellable *of; /* NULL: nobody */
} Opening;

static gboolean
tell_opening (guint64 done,
              guint64 total,
              gpointer data,
              GError **error)
{
  const Opening *opening = data;

  if (g_cancellable_is_cancelled (opening->of))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "cancelled", NULL, "Cancelled; nothing was done");
  if (opening->of != NULL)
    _guitu_station_tell_progress (opening->station, opening->of, (guint) done, (guint) total);
  return TRUE;
}

static gboolean
open_store (GuituStation *self,
            GCancellable *of,
            GError **error)
{
  Opening opening = { self, of };
  gboolean is_open;

  g_mutex_lock (&self->lock);
  if (self->store == NULL)
    self->store = guitu_store_open_telling (self->directory, tell_opening, &opening, error);
  if (self->store != NULL)
    guitu_store_follow (self->store, guitu_follow);
  is_open = self->store != NULL;
  g_mutex_unlock (&self->lock);
  if (!is_open)
    _guitu_error_translate (error);
  return is_open;
}

gboolean
guitu_station_open (GuituStation *self,
                    GError **error)
{
  return open_store (self, NULL, error);
}

gboolean
guitu_station_log_in (GuituStation *self,
                      const char *user,
                      const char *password,
                      GError **error)
{
  GuituSession *session;

  if (!guitu_station_open (self, error))
    return FALSE;
  session = _guitu_session_begin (self->store, user, password, error);
  if (session == NULL)
    {
      _guitu_error_translate (error);
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->session, _guitu_session_free);
  self->session = session;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

void
guitu_station_log_out (GuituStation *self)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->session, _guitu_session_free);
  g_mutex_unlock (&self->lock);
}

const char *
guitu_station_user (GuituStation *self)
{
  return self->session == NULL ? NULL : self->session->name;
}

gboolean
guitu_station_may (GuituStation *self,
                   const char *right)
{
  gboolean may;

  g_mutex_lock (&self->lock);
  may = self->session != NULL && guitu_rights_allow (self->session->role, right);
  g_mutex_unlock (&self->lock);
  return may;
}

static GuituSession *
copy_session (GuituStation *self)
{
  GuituSession *session = NULL;

  g_mutex_lock (&self->lock);
  if (self->session != NULL)
    {
      session = g_new0 (GuituSession, 1);
      session->id = g_strdup (self->session->id);
      session->name = g_strdup (self->session->name);
      session->full_name = g_strdup (self->session->full_name);
      session->role = self->session->role;
    }
  g_mutex_unlock (&self->lock);
  return session;
}

static gboolean
check_session (const GuituVerb *verb,
               const GuituSession *session,
               GError **error)
{
  if ((verb->flags & GUITU_VERB_NO_LOGIN) && (session == NULL || !(verb->flags & GUITU_VERB_MAY_LOGIN)))
    return TRUE;
  if (session == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-logged-in", NULL,
                       "Log in first: name the user and give the password");
  if (!guitu_rights_allow (session->role, verb->name))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", NULL,
                       "%s may not do this: “%s” is not among the rights of that role", session->name, verb->name);
  return TRUE;
}

static gboolean
renew_session (GuituCall *call,
               GuituSession *session,
               GError **error)
{
  gboolean needs_none = (call->verb->flags & GUITU_VERB_NO_LOGIN) && !(call->verb->flags & GUITU_VERB_MAY_LOGIN);

  return session == NULL || call->store == NULL || needs_none ||
         _guitu_session_renew (call->store, session, error);
}

/* Rules, calendar and codes are those of the store that the verb works with. */
static gboolean
refresh_settings (const GuituCall *call,
                  GError **error)
{
  gboolean needs_none = (call->verb->flags & GUITU_VERB_NO_STORE) && !(call->verb->flags & GUITU_VERB_USES_STORE);

  return needs_none || call->store == NULL || guitu_settings_refresh (call->store, error);
}

static void
collect (JsonObject *result,
         gpointer data)
{
  json_array_add_object_element (data, json_object_ref (result));
}

/* The first verb that writes finds a store of an older program: who is in it gets a case. */
static gboolean
fill_cases (GuituStation *self,
            const GuituCall *call,
            GError **error)
{
  if (!(call->verb->flags & GUITU_VERB_WRITES) || call->store == NULL || call->session == NULL || g_atomic_int_get (&self->has_cases))
    return TRUE;
  if (!guitu_cases_fill (call->store, call->session->id, error))
    return FALSE;
  g_atomic_int_set (&self->has_cases, 1);
  return TRUE;
}

/* What a verb found is given out when it is known what of it the user may see. */
static gboolean
give_out (GuituCall *call,
          JsonArray *results,
          GuituEmit emit,
          gpointer data,
          GError **error)
{
  g_autoptr (JsonArray) filtered = guitu_fence_filter (call, results, error);

  for (guint i = 0; filtered != NULL && i < json_array_get_length (filtered); i++)
    emit (json_array_get_object_element (filtered, i), data);
  return filtered != NULL;
}

static gboolean
run_verb (GuituStation *self,
          const char *name,
          JsonObject *input,
          GCancellable *cancellable,
          GuituEmit emit,
          gpointer data,
          GError **error)
{
  const GuituVerb *verb = guitu_verb_find (name);
  g_autoptr (GuituSession) session = copy_session (self);
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonArray) results = json_array_new ();
  gboolean has_run;
  GuituCall call = { .verb = verb, .directory = self->directory, .session = session, .input = input, .emit = collect, .emit_data = results, .cancellable = cancellable };

  if (verb == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-verb", NULL, "There is no verb “%s”", name);
  if (!(verb->flags & GUITU_VERB_NO_STORE) && !guitu_station_open (self, error))
    return FALSE;
  if (verb->flags & GUITU_VERB_USES_STORE)
    guitu_station_open (self, NULL);
  call.store = self->store;
  call.station = cancellable != NULL ? self : NULL;
  has_run = refresh_settings (&call, &failure) && renew_session (&call, session, &failure) && check_session (verb, session, &failure) &&
            guitu_input_check_members (input, verb, &failure) && guitu_call_check_outputs (&call, &failure) &&
            fill_cases (self, &call, &failure) && verb->run (&call, &failure);
  if (give_out (&call, results, emit, data, has_run ? &failure : NULL) && has_run)
    return TRUE;
  if (failure == NULL)
    guitu_fail (&failure, GUITU_ERROR_STORAGE, "failed", NULL, "“%s” failed without a reason", name);
  _guitu_error_translate (&failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What may fit to what was written is looked for after it was acknowledged. What fails here is done the next time: the
 * store remembers how far it came. */
static gboolean
match (GuituStation *self)
{
  g_autoptr (GError) failure = NULL;
  gboolean has_written = FALSE;

  if (self->store != NULL && !guitu_findings_catch_up (self->store, &has_written, &failure))
    g_info ("Matching is put off: %s", failure->message);
  return has_written;
}

static gboolean
is_matched_after (const char *name)
{
  const GuituVerb *verb = guitu_verb_find (name);

  return verb != NULL && (verb->flags & GUITU_VERB_WRITES) && !(verb->flags & GUITU_VERB_NO_STORE);
}

void
guitu_station_set_stop (GuituStation *self,
                        GCancellable *stop)
{
  g_set_object (&self->stop, stop);
}

gboolean
guitu_station_run (GuituStation *self,
                   const char *name,
                   JsonObject *input,
                   GuituEmit emit,
                   gpointer data,
                   GError **error)
{
  if (!run_verb (self, name, input, self->stop, emit, data, error))
    return FALSE;
  if (is_matched_after (name))
    match (self);
  return TRUE;
}

static gboolean
run_each (GuituStation *self,
          const char *verb,
          JsonArray *inputs,
          JsonArray *results,
          GError **error)
{
  for (guint i = 0; i < json_array_get_length (inputs); i++)
    {
      if (!run_verb (self, verb, json_array_get_object_element (inputs, i), self->stop, collect, results, error))
        {
          g_prefix_error (error, "Record %u of %u: ", i + 1, json_array_get_length (inputs));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
guitu_station_run_all (GuituStation *self,
                       const char *verb,
                       JsonArray *inputs,
                       GuituEmit emit,
                       gpointer data,
                       GError **error)
{
  g_autoptr (JsonArray) results = json_array_new ();
  const GuituVerb *found = guitu_verb_find (verb);
  g_autoptr (GuituSession) session = copy_session (self);
  gboolean has_run;

  if (found == NULL || !check_session (found, session, error) || !guitu_station_open (self, error))
    return FALSE;
  if (!guitu_store_begin_batch (self->store, error))
    {
      _guitu_error_translate (error);
      return FALSE;
    }
  has_run = run_each (self, verb, inputs, results, error);
  if (!guitu_store_end_batch (self->store, has_run, has_run ? error : NULL))
    {
      _guitu_error_translate (error);
      return FALSE;
    }
  if (!has_run)
    guitu_settings_forget (self->store);
  for (guint i = 0; has_run && i < json_array_get_length (results); i++)
    emit (json_array_get_object_element (results, i), data);
  if (has_run && is_matched_after (verb))
    match (self);
  return has_run;
}

/* --- Off the main thread --------------------------------------------------------------------- */

typedef struct
{
  char *verb;
  JsonObject *input;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->verb);
  json_object_unref (job->input);
  g_free (job);
}

static gboolean
run_job (GuituStation *self,
         Job *job,
         GCancellable *cancellable,
         JsonArray *results,
         GError **error)
{
  if (strcmp (job->verb, "open") == 0)
    return open_store (self, cancellable, error);
  if (strcmp (job->verb, "log in") == 0)
    return guitu_station_log_in (self, json_object_get_string_member_with_default (job->input, "user", ""),
                                 json_object_get_string_member_with_default (job->input, "password", ""), error);
  if (strcmp (job->verb, "log out") == 0)
    {
      guitu_station_log_out (self);
      return TRUE;
    }
  return run_verb (self, job->verb, job->input, cancellable, collect, results, error);
}

static gboolean
job_writes (const Job *job)
{
  const GuituVerb *verb = guitu_verb_find (job->verb);

  return verb == NULL || (verb->flags & GUITU_VERB_WRITES);
}

/* From time to time what people decided changes what the match believes; seldom, and for some seconds. */
static void
learn (GuituStation *self)
{
  g_autoptr (GError) failure = NULL;

  if (self->store != NULL && !guitu_store_learn_if_due (self->store, self->stop, &failure))
    g_info ("Learning is put off: %s", failure->message);
}

/* In a lane of its own: nobody who registers waits for it. */
static void
run_matching (gpointer data,
              gpointer user_data)
{
  GuituStation *self = data;

  g_atomic_int_set (&self->is_matching, FALSE);
  if (match (self))
    _guitu_station_tell_changed (self);
  learn (self);
  _guitu_station_release (self);
}

static void
begin_matching (GuituStation *self)
{
  if (g_atomic_int_compare_and_exchange (&self->is_matching, FALSE, TRUE))
    g_thread_pool_push (self->matching, g_object_ref (self), NULL);
}

static void
run_task (gpointer data,
          gpointer user_data)
{
  g_autoptr (GTask) task = data;
  GuituStation *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (JsonArray) results = json_array_new ();
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!run_job (self, job, g_task_get_cancellable (task), results, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (job_writes (job))
    _guitu_station_tell_changed (self);
  if (is_matched_after (job->verb))
    begin_matching (self);
  g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) json_array_unref);
}

static GThreadPool *
lane_of (GuituStation *self,
         const Job *job)
{
  const GuituVerb *verb = guitu_verb_find (job->verb);

  if (verb != NULL && (verb->flags & GUITU_VERB_NETWORK))
    return self->networking;
  return job_writes (job) ? self->writing : self->reading;
}

void
guitu_station_run_async (GuituStation *self,
                         const char *verb,
                         JsonObject *input,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  if (self->writing == NULL)
    {
      guitu_store_forbid_thread ();
      self->writing = g_thread_pool_new (run_task, NULL, 1, FALSE, NULL);
      self->reading = g_thread_pool_new (run_task, NULL, READING_THREADS, FALSE, NULL);
      self->networking = g_thread_pool_new (run_task, NULL, NETWORKING_THREADS, FALSE, NULL);
      self->matching = g_thread_pool_new (run_matching, NULL, 1, FALSE, NULL);
    }
  job->verb = g_strdup (verb);
  job->input = input != NULL ? json_object_ref (input) : json_object_new ();
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, FALSE); /* what was done is told, even if nobody wants it any more */
  g_thread_pool_push (lane_of (self, job), g_steal_pointer (&task), NULL);
}

JsonArray *
guitu_station_run_finish (GuituStation *self,
                          GAsyncResult *result,
                          GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
