/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The duty list, and what is noted about it: done with a proof, not needed with a reason, or a task
 * of one's own. A duty that a fact ends can't be ticked off. */

#include "app/case.h"
#include "app/codes.h"
#include "app/findings.h"
#include "app/task-list.h"
#include "app/verbs.h"

#include <string.h>

/* The stay named by an option, or no stay where the option is absent. */
static gboolean
find_stay (GuituCall *call,
           GuituTransaction *transaction,
           GuituRecord **stay,
           GError **error)
{
  const char *text = guitu_call_text (call, "stay");

  *stay = text == NULL ? NULL : guitu_stay_find (transaction, text, error);
  return text == NULL || *stay != NULL;
}

/* The same, and the case of an option. */
static gboolean
find_matter (GuituCall *call,
             GuituTransaction *transaction,
             GuituRecord **stay,
             GuituRecord **of_case,
             GError **error)
{
  const char *text = guitu_call_text (call, "case");

  *of_case = text == NULL ? NULL : guitu_case_find (transaction, text, error);
  return (text == NULL || *of_case != NULL) && find_stay (call, transaction, stay, error);
}

static const GuituCode *
find_kind (const char *text,
           GError **error)
{
  const GuituCode *code = guitu_codes_parse ("task_kind", text);

  if (code == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "kind", "“%s” is not one of the codes of task_kind", text);
  return code;
}

static char *
moment (GuituCall *call,
        const char *option,
        GError **error)
{
  const char *text = guitu_call_text (call, option);
  char *time = text == NULL ? guitu_now () : guitu_time_parse (text);

  if (time == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", option, "“%s” is no possible time (YYYY-MM-DD hh:mm)", text);
  return time;
}

/* --- The list -------------------------------------------------------------------------------- */

static gboolean
is_wanted (GuituCall *call,
           const GuituTask *task,
           const char *kind,
           const char *now)
{
  const char *state = guitu_task_state (task, now);

  if (kind != NULL && strcmp (task->kind, kind) != 0)
    return FALSE;
  return !guitu_call_flag (call, "due") || strcmp (state, "due") == 0 || strcmp (state, "overdue") == 0;
}

/* Who may not name a caseworker is not asked to. */
static gboolean
is_theirs (GuituCall *call,
           const GuituTask *task)
{
  return strcmp (task->kind, "case-assign") != 0 || guitu_call_may (call, "case assign");
}

static gboolean
run_tasks (GuituCall *call,
           GError **error)
{
  const char *kind = guitu_call_text (call, "kind");
  const GuituCode *code = kind == NULL ? NULL : find_kind (kind, error);
  g_autofree char *now = moment (call, "on", error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GuituRecord) of_case = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  if (now == NULL || (kind != NULL && code == NULL))
    return FALSE;
  transaction = guitu_findings_catch_up (call->store, NULL, error) ? guitu_call_read (call, error) : NULL;
  if (transaction == NULL || !find_matter (call, transaction, &stay, &of_case, error))
    return FALSE;
  tasks = guitu_tasks_read (transaction, &(GuituTaskQuery){ now, stay, guitu_call_flag (call, "done"), of_case == NULL ? NULL : guitu_record_id (of_case) }, error);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      gboolean is_shown;

      if (!guitu_finding_task_is_shown (call, transaction, tasks->pdata[i], &is_shown, error))
        return FALSE;
      if (is_shown && is_theirs (call, tasks->pdata[i]) && is_wanted (call, tasks->pdata[i], code == NULL ? NULL : code->code, now))
        guitu_call_emit (call, guitu_task_to_json (tasks->pdata[i], now));
    }
  return tasks != NULL;
}

/* --- What was done --------------------------------------------------------------------------- */

static gboolean
check_is_open (const GuituRecord *task,
               GError **error)
{
  const char *state = guitu_record_text (task, GUITU_TASK_STATE);

  if (g_strcmp0 (state, "open") == 0)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "already-done", "kind", "That is noted already (%s)", state);
}

/* Why there is nothing of that kind to be ticked off. */
static gboolean
fail_without_duty (GuituTransaction *transaction,
                   const GuituRecord *stay,
                   const char *kind,
                   const char *about,
                   GError **error)
{
  const GuituCondition of_stay = stay == NULL ? (GuituCondition){ GUITU_TASK_STAY, GUITU_UNSET, NULL }
                                              : (GuituCondition){ GUITU_TASK_STAY, GUITU_EQUAL, guitu_record_id (stay) };
  g_autoptr (GPtrArray) records = guitu_records_find (transaction, &guitu_kind_task, &(GuituQuery){ .conditions = { of_stay } }, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (guitu_record_text (records->pdata[i], GUITU_TASK_KIND), kind) == 0 &&
        (about == NULL || g_strcmp0 (guitu_record_text (records->pdata[i], GUITU_TASK_ABOUT), about) == 0))
      return check_is_open (records->pdata[i], error);
  return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "no-such-task", "kind", "Nothing of the kind “%s” is to be done there now", kind);
}

/* Whether it is a duty of that stay, or of that case; of neither, one of the station. */
static gboolean
is_of (const GuituTask *task,
       const GuituRecord *stay,
       const GuituRecord *of_case)
{
  if (of_case != NULL && strcmp (guitu_record_id (of_case), task->of_case != NULL ? task->of_case : "") != 0)
    return FALSE;
  return (stay == NULL && of_case != NULL) || g_strcmp0 (task->stay, stay == NULL ? NULL : guitu_record_id (stay)) == 0;
}

/* The record of a duty of that kind, ready to be completed. */
static GuituRecord *
take_duty (GuituCall *call,
           GuituTransaction *transaction,
           const char *kind,
           GError **error)
{
  const char *about = guitu_call_text (call, "about");
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GuituRecord) of_case = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  if (!find_matter (call, transaction, &stay, &of_case, error))
    return NULL;
  tasks = guitu_tasks_read (transaction, &(GuituTaskQuery){ now, stay, FALSE, of_case == NULL ? NULL : guitu_record_id (of_case) }, error);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      const GuituTask *task = tasks->pdata[i];
      GuituRecord *record;

      if (task->id != NULL || strcmp (task->kind, kind) != 0 || (about != NULL && g_strcmp0 (task->about, about) != 0) ||
          !is_of (task, stay, of_case))
        continue;
      record = guitu_record_new (&guitu_kind_task);
      guitu_record_set_text (record, GUITU_TASK_KIND, kind);
      guitu_record_set_text (record, GUITU_TASK_STAY, task->stay);
      guitu_record_set_text (record, GUITU_TASK_CASE, task->of_case);
      guitu_record_set_text (record, GUITU_TASK_ABOUT, task->about);
      guitu_record_set_text (record, GUITU_TASK_DUE_AT, task->due_at);
      return record;
    }
  if (tasks != NULL)
    fail_without_duty (transaction, stay, kind, about, error);
  return NULL;
}

static gboolean
check_may_tick_off (GuituCall *call,
                    const char *kind,
                    GError **error)
{
  const char *ended_by = guitu_deadline_ended_by (kind);
  gboolean is_waived = call->verb == &guitu_verb_task_waive;

  if (is_waived ? guitu_deadline_may_be_waived (kind) : ended_by == NULL)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "ends-by-itself", "kind", "“%s” is not ticked off; what ends it is %s", kind, ended_by);
}

/* "kind" names a kind of duty, or a task record by its id. */
static GuituRecord *
find_task (GuituCall *call,
           GuituTransaction *transaction,
           GError **error)
{
  const char *text = guitu_call_need (call, "kind", error);
  guint8 id[GUITU_ID_BYTES];
  const GuituCode *code;

  if (text == NULL)
    return NULL;
  if (guitu_id_to_bytes (text, id))
    {
      g_autoptr (GuituRecord) task = guitu_record_load (transaction, &guitu_kind_task, text, error);

      if (task == NULL || !check_is_open (task, error) || !check_may_tick_off (call, guitu_record_text (task, GUITU_TASK_KIND), error))
        return NULL;
      return g_steal_pointer (&task);
    }
  code = find_kind (text, error);
  if (code == NULL)
    return NULL;
  if (!check_may_tick_off (call, code->code, error))
    return NULL;
  return take_duty (call, transaction, code->code, error);
}

static gboolean
take_text (GuituRecord *task,
           int field,
           const char *text,
           GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return guitu_record_take_member (task, field, node, error);
}

/* Nothing was done for somebody who had not come yet. */
static gboolean
check_after_arrival (GuituTransaction *transaction,
                     const GuituRecord *task,
                     const char *at,
                     GError **error)
{
  const char *id = guitu_record_text (task, GUITU_TASK_STAY);
  g_autoptr (GuituRecord) stay = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, id, error);

  if (id == NULL)
    return TRUE;
  return stay != NULL && guitu_time_check (at, guitu_record_text (stay, GUITU_STAY_ARRIVED_AT), "at", error);
}

static gboolean
finish (GuituCall *call,
        const char *state,
        const char *why,
        const char *at,
        GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) task = transaction == NULL ? NULL : find_task (call, transaction, error);

  if (task == NULL || !check_after_arrival (transaction, task, at, error) || !take_text (task, GUITU_TASK_PROOF, why, error))
    return FALSE;
  guitu_record_set_text (task, GUITU_TASK_STATE, state);
  guitu_record_set_text (task, GUITU_TASK_DONE_AT, at);
  guitu_record_set_text (task, GUITU_TASK_BY, call->session->id);
  if (!guitu_transaction_put (transaction, task, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (task, FALSE));
  return TRUE;
}

static gboolean
run_done (GuituCall *call,
          GError **error)
{
  const char *proof = guitu_call_need (call, "proof", error);
  g_autofree char *at = proof == NULL ? NULL : moment (call, "at", error);

  return at != NULL && guitu_time_check (at, NULL, "at", error) && finish (call, "done", proof, at, error);
}

static gboolean
run_waive (GuituCall *call,
           GError **error)
{
  const char *reason = guitu_call_need (call, "reason", error);
  g_autofree char *now = guitu_now ();

  return reason != NULL && finish (call, "waived", reason, now, error);
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  g_autoptr (GuituRecord) task = guitu_record_new (&guitu_kind_task);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (JsonObject) fields = json_object_new ();
  static const char *const taken[] = { "kind", "due_at", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (guitu_call_need (call, taken[i], error) == NULL)
      return FALSE;
    else
      json_object_set_string_member (fields, taken[i], guitu_call_text (call, taken[i]));
  if (!guitu_record_take_json (task, fields, error))
    return FALSE;
  if (guitu_deadline_is_derived (guitu_record_text (task, GUITU_TASK_KIND)))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-by-hand", "kind",
                       "Tasks of the kind “%s” come by themselves; add one of the kind “other”", guitu_record_text (task, GUITU_TASK_KIND));
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !find_stay (call, transaction, &stay, error))
    return FALSE;
  guitu_record_set_text (task, GUITU_TASK_STAY, stay == NULL ? NULL : guitu_record_id (stay));
  guitu_record_set_text (task, GUITU_TASK_STATE, "open");
  guitu_record_set_text (task, GUITU_TASK_BY, call->session->id);
  if (!guitu_transaction_put (transaction, task, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (task, FALSE));
  return TRUE;
}

/* --- Undo ------------------------------------------------------------------------------------ */

/* A task by hand is there again as it was; a duty shows again by itself. */
static gboolean
restore (GuituTransaction *transaction,
         const GuituRecord *task,
         GError **error)
{
  static const int kept[] = { GUITU_TASK_KIND, GUITU_TASK_STAY, GUITU_TASK_CASE, GUITU_TASK_TEXT, GUITU_TASK_DUE_AT };
  g_autoptr (GuituRecord) again = NULL;

  if (guitu_deadline_is_derived (guitu_record_text (task, GUITU_TASK_KIND)))
    return TRUE;
  again = guitu_record_new (&guitu_kind_task);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    guitu_record_set_text (again, kept[i], guitu_record_text (task, kept[i]));
  guitu_record_set_text (again, GUITU_TASK_STATE, "open");
  return guitu_transaction_put (transaction, again, error);
}

static gboolean
run_reopen (GuituCall *call,
            GError **error)
{
  const char *id = guitu_call_need (call, "task", error);
  const char *reason = id == NULL ? NULL : guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) task = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_task, id, error);
  const char *state = task == NULL ? NULL : guitu_record_text (task, GUITU_TASK_STATE);

  if (task == NULL)
    return FALSE;
  if (guitu_record_is_voided (task) || g_strcmp0 (state, "open") == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-done", "task", "This task is open");
  if (g_strcmp0 (state, "waived") == 0 && !guitu_call_may (call, "task waive"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "task", "Only who may say that a task is not needed may take that back");
  if (!guitu_call_void (transaction, task, reason, error) || !restore (transaction, task, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (task, FALSE));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption tasks_options[] = {
  { "due", GUITU_OPTION_FLAG, FALSE, "only what is due today or overdue" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "only of this stay (id or number), open or not" },
  { "case", GUITU_OPTION_TEXT, FALSE, "only of this case of family tracing (id)" },
  { "kind", GUITU_OPTION_TEXT, FALSE, "only of this kind (codes task_kind)" },
  { "done", GUITU_OPTION_FLAG, FALSE, "also what was done or found not to be needed" },
  { "on", GUITU_OPTION_TEXT, FALSE, "as of another moment (now)" },
  { NULL },
};

static const GuituOption done_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of task (codes task_kind), or the id of a task that was added" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay; nothing: a task of the station" },
  { "about", GUITU_OPTION_TEXT, FALSE, "which one, where a kind comes again (the soonest)" },
  { "proof", GUITU_OPTION_TEXT, FALSE, "what shows that it was done: number of the notice, of the receipt …" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when it was done (now)" },
  { NULL },
};

static const GuituOption waive_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of task (codes task_kind), or the id of a task that was added" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay; nothing: a task of the station" },
  { "case", GUITU_OPTION_TEXT, FALSE, "id of the case of family tracing, where there is no stay" },
  { "about", GUITU_OPTION_TEXT, FALSE, "which one, where a kind comes again (the soonest)" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why it is not needed" },
  { NULL },
};

static const GuituOption add_options[] = {
  { "kind", GUITU_OPTION_TEXT, FALSE, "“other”, or a kind of the station's own" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay it is about; nothing: none" },
  { "due_at", GUITU_OPTION_TEXT, FALSE, "until when" },
  { "text", GUITU_OPTION_TEXT, FALSE, "what is to be done" },
  { NULL },
};

static const GuituOption reopen_options[] = {
  { "task", GUITU_OPTION_TEXT, TRUE, "id of what was noted (the member “id” of “tasks --done”)" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why it does not stand" },
  { NULL },
};

const GuituVerb guitu_verb_tasks = {
  "tasks", "List what is to be done, soonest first", GUITU_VERB_PLAIN, tasks_options, NULL, run_tasks
};
const GuituVerb guitu_verb_task_add = {
  "task add", "Add a task of one's own", GUITU_VERB_WRITES, add_options, NULL, run_add
};
const GuituVerb guitu_verb_task_done = {
  "task done", "Note that a task was done, with the proof", GUITU_VERB_WRITES, done_options, NULL, run_done
};
const GuituVerb guitu_verb_task_waive = {
  "task waive", "Note that a task is not needed, with the reason", GUITU_VERB_WRITES, waive_options, NULL, run_waive
};
const GuituVerb guitu_verb_task_reopen = {
  "task reopen", "Take back that a task was done or not needed", GUITU_VERB_WRITES, reopen_options, NULL, run_reopen
};
