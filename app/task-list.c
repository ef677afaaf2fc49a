/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything is reached through what is open: the stays without an end, and through their own small
 * indexes the things that outlive a stay. No closed stay is looked at but for one of those. */

#include "app/task-list.h"

#include "app/case.h"
#include "app/codes.h"
#include "app/findings.h"
#include "app/links.h"
#include "app/transfer.h"

#include <string.h>

/* A stay with what its duties follow from. */
typedef struct
{
  GuituRecord *stay;
  GuituRecord *person;
  GPtrArray *tasks;
  GPtrArray *events;
  GPtrArray *belongings;
  gboolean is_double;
} Context;

typedef struct
{
  GuituTransaction *transaction;
  const GuituTaskQuery *query;
  GHashTable *contexts; /* id of the stay -> Context */
  GHashTable *users;    /* id -> full name */
  GPtrArray *tasks;     /* the result */
} Reader;

void
guitu_task_free (GuituTask *task)
{
  g_free (task->kind);
  g_free (task->about);
  g_free (task->text);
  g_free (task->starts_at);
  g_free (task->due_at);
  g_free (task->stay);
  g_free (task->of_case);
  g_free (task->number);
  g_free (task->person);
  g_free (task->display_name);
  g_free (task->id);
  g_free (task->state);
  g_free (task->done_at);
  g_free (task->by);
  g_free (task->by_name);
  g_free (task->proof);
  g_free (task);
}

static void
context_free (gpointer data)
{
  Context *context = data;

  guitu_record_free (context->stay);
  g_clear_pointer (&context->person, guitu_record_free);
  g_clear_pointer (&context->tasks, g_ptr_array_unref);
  g_clear_pointer (&context->events, g_ptr_array_unref);
  g_ptr_array_unref (context->belongings);
  g_free (context);
}

static GPtrArray *
find (Reader *reader,
      const GuituKind *kind,
      GuituCondition first,
      GuituCondition second,
      GError **error)
{
  return guitu_records_find (reader->transaction, kind, &(GuituQuery){ .conditions = { first, second } }, error);
}

/* --- Stays ----------------------------------------------------------------------------------- */

/* An admission sets the end of the stay by the rule; another end is an extension's. */
static gboolean
has_events_of_interest (const GuituRecord *stay)
{
  const char *entered = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);
  const char *due = guitu_record_text (stay, GUITU_STAY_DUE_ON);
  const char *where = guitu_record_text (stay, GUITU_STAY_WHERE);
  const GuituRule *rule = entered == NULL ? NULL : guitu_rules_find ("stay_limit_days", entered);
  g_autofree char *end = rule == NULL ? NULL : guitu_deadline_end (rule, entered);

  if (g_strcmp0 (where, "leave") == 0 || g_strcmp0 (where, "missing") == 0)
    return TRUE;
  return due != NULL && (end == NULL || strncmp (due, end, strlen ("YYYY-MM-DD")) != 0);
}

/* Takes @stay. */
static Context *
add_context (Reader *reader,
             GuituRecord *stay,
             GError **error)
{
  Context *context = g_new0 (Context, 1);
  const GuituCondition none = { 0, GUITU_ANY, NULL };

  context->stay = stay;
  context->belongings = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_hash_table_insert (reader->contexts, g_strdup (guitu_record_id (stay)), context);
  context->person = guitu_person_effective (reader->transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (context->person == NULL)
    return NULL;
  context->tasks = find (reader, &guitu_kind_task, (GuituCondition){ GUITU_TASK_STAY, GUITU_EQUAL, guitu_record_id (stay) }, none, error);
  if (context->tasks == NULL)
    return NULL;
  if (has_events_of_interest (stay))
    {
      context->events = find (reader, &guitu_kind_event, (GuituCondition){ GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (stay) }, none, error);
      if (context->events == NULL)
        return NULL;
    }
  return context;
}

/* The context of a stay that something else led to; NULL with no error for one that is void. */
static Context *
reach (Reader *reader,
       const char *id,
       GError **error)
{
  Context *context = g_hash_table_lookup (reader->contexts, id);
  g_autoptr (GuituRecord) stay = NULL;

  if (context != NULL)
    return context;
  if (reader->query->stay != NULL && strcmp (id, guitu_record_id (reader->query->stay)) != 0)
    return NULL;
  stay = guitu_record_load (reader->transaction, &guitu_kind_stay, id, error);
  if (stay == NULL || guitu_record_is_voided (stay))
    return NULL;
  return add_context (reader, g_steal_pointer (&stay), error);
}

/* Of two open stays of one person, the one that began later is the one too many. */
static void
mark_double (Reader *reader,
             GHashTable *first,
             const GuituRecord *stay,
             const char *person)
{
  const GuituRecord *other = g_hash_table_lookup (first, person);
  gboolean is_later = other == NULL || strcmp (guitu_record_text (stay, GUITU_STAY_ARRIVED_AT), guitu_record_text (other, GUITU_STAY_ARRIVED_AT)) >= 0;
  Context *context = other == NULL ? NULL : g_hash_table_lookup (reader->contexts, guitu_record_id (is_later ? stay : other));

  if (other == NULL || !is_later)
    g_hash_table_insert (first, (gpointer) person, (gpointer) stay);
  if (context != NULL)
    context->is_double = TRUE;
}

/* Everybody's, each under the one person that merged records are. */
static gboolean
read_all_open_stays (Reader *reader,
                     GError **error)
{
  const GuituQuery is_open = { .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) stays = guitu_records_find (reader->transaction, &guitu_kind_stay, &is_open, error);
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  while (stays != NULL && stays->len > 0)
    {
      GuituRecord *stay = g_ptr_array_steal_index (stays, 0);
      Context *context = add_context (reader, stay, error);

      if (context == NULL)
        return FALSE;
      mark_double (reader, first, stay, guitu_record_id (context->person));
    }
  return stays != NULL;
}

/* One stay, open or not, beside the open ones of the same person. */
static gboolean
read_only_stay (Reader *reader,
                GError **error)
{
  const GuituRecord *only = reader->query->stay;
  g_autoptr (GPtrArray) ids = guitu_links_members (reader->transaction, guitu_record_text (only, GUITU_STAY_PERSON), error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (reader->transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) failure = NULL;

  if (stays == NULL)
    return FALSE;
  if (reach (reader, guitu_record_id (only), &failure) == NULL && failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; i < stays->len; i++)
    if (!guitu_record_is_set (stays->pdata[i], GUITU_STAY_LEFT_AT))
      mark_double (reader, first, stays->pdata[i], ids->pdata[0]);
  return TRUE;
}

static gboolean
has_belonging (const Context *context,
               const GuituRecord *belonging)
{
  for (guint i = 0; i < context->belongings->len; i++)
    if (strcmp (guitu_record_id (context->belongings->pdata[i]), guitu_record_id (belonging)) == 0)
      return TRUE;
  return FALSE;
}

/* Each record of the query belongs to a stay, whose context is reached; things in keeping are kept there. */
static gboolean
read_beside (Reader *reader,
             const GuituKind *kind,
             int stay_field,
             const GuituCondition *conditions,
             GError **error)
{
  g_autoptr (GPtrArray) found = find (reader, kind, conditions[0], conditions[1], error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const char *id = stay_field < 0 ? guitu_record_id (found->pdata[i]) : guitu_record_text (found->pdata[i], stay_field);
      g_autoptr (GError) failure = NULL;
      Context *context = reach (reader, id, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (context == NULL || kind != &guitu_kind_belonging || has_belonging (context, found->pdata[i]))
        continue;
      g_ptr_array_add (context->belongings, found->pdata[i]);
      found->pdata[i] = guitu_record_new (kind); /* an empty one to be freed in its place */
    }
  return found != NULL;
}

/* What still has to be done for stays that may be over. */
static gboolean
read_remains (Reader *reader,
              GError **error)
{
  static const GuituCondition unsigned_in[] = { { GUITU_BELONGING_IN_SECOND, GUITU_UNSET, NULL }, { GUITU_BELONGING_IN_AT, GUITU_SET, NULL } };
  static const GuituCondition unsigned_out[] = { { GUITU_BELONGING_OUT_SECOND, GUITU_UNSET, NULL }, { GUITU_BELONGING_OUT_AT, GUITU_SET, NULL } };
  static const GuituCondition entrusted[] = { { GUITU_BELONGING_STATE, GUITU_EQUAL, "entrusted" }, { 0, GUITU_ANY, NULL } };
  static const GuituCondition held[] = { { GUITU_BELONGING_OUT_AT, GUITU_UNSET, NULL }, { 0, GUITU_ANY, NULL } };
  static const GuituCondition death[] = { { GUITU_STAY_LEAVE_BY, GUITU_EQUAL, "death" }, { 0, GUITU_ANY, NULL } };
  const GuituCode *const *grounds = guitu_codes_list ("legal_ground", NULL);

  if (!read_beside (reader, &guitu_kind_belonging, GUITU_BELONGING_STAY, unsigned_in, error) ||
      !read_beside (reader, &guitu_kind_belonging, GUITU_BELONGING_STAY, unsigned_out, error) ||
      !read_beside (reader, &guitu_kind_belonging, GUITU_BELONGING_STAY, entrusted, error) ||
      !read_beside (reader, &guitu_kind_belonging, GUITU_BELONGING_STAY, held, error) ||
      !read_beside (reader, &guitu_kind_stay, -1, death, error))
    return FALSE;
  for (guint i = 0; grounds[i] != NULL; i++)
    {
      const GuituCondition unserved[] = { { GUITU_STAY_LEGAL_GROUND, GUITU_EQUAL, grounds[i]->code }, { GUITU_STAY_SERVED_AT, GUITU_UNSET, NULL } };

      if (!read_beside (reader, &guitu_kind_stay, -1, unserved, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Tasks ----------------------------------------------------------------------------------- */

static const char *
user_name (Reader *reader,
           const char *id)
{
  if (id == NULL || g_hash_table_contains (reader->users, id))
    return id == NULL ? NULL : g_hash_table_lookup (reader->users, id);
  g_hash_table_insert (reader->users, g_strdup (id), guitu_user_display_name (reader->transaction, id));
  return g_hash_table_lookup (reader->users, id);
}

static void
add_person (GuituTask *task,
            const GuituRecord *person)
{
  if (person == NULL)
    return;
  task->person = g_strdup (guitu_record_id (person));
  task->display_name = g_strdup (guitu_person_display_name (person));
}

static GuituTask *
new_task (Reader *reader,
          const Context *context,
          const char *kind)
{
  GuituTask *task = g_new0 (GuituTask, 1);

  task->kind = g_strdup (kind);
  g_ptr_array_add (reader->tasks, task);
  if (context == NULL)
    return task;
  task->stay = g_strdup (guitu_record_id (context->stay));
  task->number = g_strdup (guitu_record_text (context->stay, GUITU_STAY_NUMBER));
  add_person (task, context->person);
  return task;
}

static void
add_duties (Reader *reader,
            const Context *context,
            GPtrArray *duties)
{
  for (guint i = 0; i < duties->len; i++)
    {
      GuituDuty *duty = duties->pdata[i];
      GuituTask *task = new_task (reader, context, duty->kind);

      task->about = g_steal_pointer (&duty->about);
      task->text = g_steal_pointer (&duty->text);
      task->starts_at = g_steal_pointer (&duty->starts_at);
      task->due_at = g_steal_pointer (&duty->due_at);
      task->rule = duty->rule;
    }
}

/* A task by hand that is open, and, if asked for, what was done. */
static void
add_records (Reader *reader,
             const Context *context,
             GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const GuituRecord *record = records->pdata[i];
      const char *state = guitu_record_text (record, GUITU_TASK_STATE);
      const char *by = guitu_record_text (record, GUITU_TASK_BY);
      GuituTask *task;

      if (g_strcmp0 (state, "open") != 0 && !reader->query->with_done)
        continue;
      task = new_task (reader, context, guitu_record_text (record, GUITU_TASK_KIND));
      task->about = g_strdup (guitu_record_text (record, GUITU_TASK_ABOUT));
      task->text = g_strdup (guitu_record_text (record, GUITU_TASK_TEXT));
      task->due_at = g_strdup (guitu_record_text (record, GUITU_TASK_DUE_AT));
      task->of_case = g_strdup (guitu_record_text (record, GUITU_TASK_CASE));
      task->id = g_strdup (guitu_record_id (record));
      task->state = g_strdup (state);
      task->done_at = g_strdup (guitu_record_text (record, GUITU_TASK_DONE_AT));
      task->proof = g_strdup (guitu_record_text (record, GUITU_TASK_PROOF));
      if (task->done_at != NULL)
        {
          task->by = g_strdup (by);
          task->by_name = g_strdup (user_name (reader, by));
        }
    }
}

static void
add_stays (Reader *reader)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, reader->contexts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Context *context = value;
      const GuituStayFacts of = { context->stay, context->person, context->tasks, context->events,
                                  context->belongings, context->is_double, reader->query->now };
      g_autoptr (GPtrArray) duties = guitu_deadlines_of_stay (&of);

      add_duties (reader, context, duties);
      add_records (reader, context, context->tasks);
    }
}

/* The time of the first entry of the ledger; *@at is %NULL where there is none. */
static gboolean
find_first_entry (Reader *reader,
                  char **at,
                  GError **error)
{
  g_autoptr (GPtrArray) entries = guitu_ledger_list (reader->transaction, 2, 1, error);

  if (entries != NULL && entries->len > 0)
    *at = guitu_time_from_unix ((((const GuituLedgerItem *) entries->pdata[0])->clock >> 16) / 1000);
  return entries != NULL;
}

/* What belongs to no stay, and open tasks by hand of stays that are over. */
static gboolean
add_station (Reader *reader,
             GError **error)
{
  const GuituCondition none = { 0, GUITU_ANY, NULL };
  const GuituQuery first_stay = { .conditions = { { GUITU_STAY_ARRIVED_AT, GUITU_SET, NULL } }, .is_ordered = TRUE, .order_by = GUITU_STAY_ARRIVED_AT, .limit = 1 };
  g_autoptr (GPtrArray) records = find (reader, &guitu_kind_task, (GuituCondition){ GUITU_TASK_STAY, GUITU_UNSET, NULL }, none, error);
  g_autoptr (GPtrArray) open = records == NULL ? NULL : find (reader, &guitu_kind_task, (GuituCondition){ GUITU_TASK_DONE_AT, GUITU_UNSET, NULL }, (GuituCondition){ GUITU_TASK_STAY, GUITU_SET, NULL }, error);
  g_autoptr (GPtrArray) first = open == NULL ? NULL : guitu_records_find (reader->transaction, &guitu_kind_stay, &first_stay, error);
  g_autoptr (GPtrArray) duties = NULL;
  g_autofree char *kept = NULL;

  if (first == NULL || !find_first_entry (reader, &kept, error))
    return FALSE;
  duties = guitu_deadlines_of_station (records, first->len == 0 ? NULL : guitu_record_text (first->pdata[0], GUITU_STAY_ARRIVED_AT), kept, reader->query->now);
  add_duties (reader, NULL, duties);
  add_records (reader, NULL, records);
  for (guint i = 0; i < open->len; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (reach (reader, guitu_record_text (open->pdata[i], GUITU_TASK_STAY), &failure) != NULL || failure == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/* Referrals wait for an answer, follow-ups for the visit; both often after the stay. */
static gboolean
add_afterwards (Reader *reader,
                gboolean is_referral,
                GError **error)
{
  const GuituKind *kind = is_referral ? &guitu_kind_referral : &guitu_kind_follow_up;
  const GuituRecord *only = reader->query->stay;
  int stay_field = is_referral ? GUITU_REFERRAL_STAY : GUITU_FOLLOW_UP_STAY;
  int due_field = is_referral ? GUITU_REFERRAL_DUE_ON : GUITU_FOLLOW_UP_DUE_ON;
  GuituCondition of_stay = { 0, GUITU_ANY, NULL };
  g_autoptr (GPtrArray) open = NULL;

  if (only != NULL)
    of_stay = (GuituCondition){ stay_field, GUITU_EQUAL, guitu_record_id (only) };
  open = find (reader, kind, (GuituCondition){ is_referral ? GUITU_REFERRAL_CLOSED_ON : GUITU_FOLLOW_UP_DONE_ON, GUITU_UNSET, NULL }, of_stay, error);
  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const GuituRecord *record = open->pdata[i];
      const char *stay_id = guitu_record_text (record, stay_field);
      g_autoptr (GuituRecord) stay = stay_id == NULL ? NULL : guitu_record_load (reader->transaction, &guitu_kind_stay, stay_id, error);
      const char *person_id = is_referral ? guitu_record_text (record, GUITU_REFERRAL_PERSON) : stay == NULL ? NULL
                                                                                                             : guitu_record_text (stay, GUITU_STAY_PERSON);
      g_autoptr (GuituRecord) person = person_id == NULL ? NULL : guitu_person_effective (reader->transaction, person_id, error);
      GuituTask *task;

      if (person == NULL)
        return FALSE;
      if (guitu_record_text (record, due_field) == NULL)
        continue;
      task = new_task (reader, NULL, is_referral ? "referral" : "follow-up");
      add_person (task, person);
      task->stay = g_strdup (stay_id);
      task->number = stay == NULL ? NULL : g_strdup (guitu_record_text (stay, GUITU_STAY_NUMBER));
      task->about = g_strdup (guitu_record_id (record));
      task->text = g_strdup (is_referral ? guitu_record_text (record, GUITU_REFERRAL_OFFICE) : guitu_record_text (record, GUITU_FOLLOW_UP_NEXT));
      task->due_at = guitu_end_of_day (guitu_record_text (record, due_field));
    }
  return open != NULL;
}

/* Open stays, for the search for those who are not identified. */
static gboolean
add_cases (Reader *reader,
           GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, reader->contexts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Context *context = value;

      if (!guitu_record_is_set (context->stay, GUITU_STAY_LEFT_AT))
        g_ptr_array_add (open, g_memdup2 (&(GuituCaseStay){ context->stay, context->person, context->tasks }, sizeof (GuituCaseStay)));
    }
  return guitu_case_add_tasks (reader->transaction, reader->query, open, reader->tasks, error);
}

/* What is due in one case that stands under no stay, and what was done about it. */
static gboolean
read_only_case (Reader *reader,
                GError **error)
{
  const GuituCondition of_case = { GUITU_TASK_CASE, GUITU_EQUAL, reader->query->of_case };
  g_autoptr (GPtrArray) records = find (reader, &guitu_kind_task, of_case, (GuituCondition){ GUITU_TASK_STAY, GUITU_UNSET, NULL }, error);

  if (records == NULL)
    return FALSE;
  add_records (reader, NULL, records);
  return add_cases (reader, error);
}

static int
compare_tasks (gconstpointer a,
               gconstpointer b)
{
  const GuituTask *one = *(GuituTask *const *) a;
  const GuituTask *two = *(GuituTask *const *) b;
  int order = g_strcmp0 (one->due_at, two->due_at);

  if (order == 0)
    order = g_strcmp0 (one->number, two->number);
  if (order == 0)
    order = g_strcmp0 (one->kind, two->kind);
  return order != 0 ? order : g_strcmp0 (one->about, two->about);
}

GPtrArray *
guitu_tasks_read (GuituTransaction *transaction,
                  const GuituTaskQuery *query,
                  GError **error)
{
  g_autoptr (GHashTable) contexts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, context_free);
  g_autoptr (GHashTable) users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_task_free);
  Reader reader = { transaction, query, contexts, users, tasks };

  if (query->stay == NULL && query->of_case != NULL)
    {
      if (!read_only_case (&reader, error))
        return NULL;
      g_ptr_array_sort (tasks, compare_tasks);
      return g_steal_pointer (&tasks);
    }
  if (!(query->stay != NULL ? read_only_stay (&reader, error) : read_all_open_stays (&reader, error)) || !read_remains (&reader, error))
    return NULL;
  if (query->stay == NULL && !add_station (&reader, error))
    return NULL;
  add_stays (&reader);
  if (!add_cases (&reader, error) || !add_afterwards (&reader, TRUE, error) || !add_afterwards (&reader, FALSE, error) || !guitu_transfer_add_tasks (transaction, query, tasks, error) ||
      !guitu_findings_add_tasks (transaction, query, tasks, error))
    return NULL;
  g_ptr_array_sort (tasks, compare_tasks);
  return g_steal_pointer (&tasks);
}

/* --- Shown ----------------------------------------------------------------------------------- */

const char *
guitu_task_state (const GuituTask *task,
                  const char *now)
{
  if (task->state != NULL && strcmp (task->state, "open") != 0)
    return task->state;
  if (task->due_at == NULL)
    return "later";
  if (strcmp (task->due_at, now) < 0)
    return "overdue";
  return strncmp (task->due_at, now, strlen ("YYYY-MM-DD")) == 0 ? "due" : "later";
}

static void
set_text (JsonObject *json,
          const char *name,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (json, name, text);
}

JsonObject *
guitu_task_to_json (const GuituTask *task,
                    const char *now)
{
  JsonObject *json = json_object_new ();

  set_text (json, "kind", task->kind);
  set_text (json, "label", guitu_code_label ("task_kind", task->kind));
  set_text (json, "state", guitu_task_state (task, now));
  set_text (json, "stay", task->stay);
  set_text (json, "case", task->of_case);
  set_text (json, "number", task->number);
  set_text (json, "person", task->person);
  set_text (json, "display_name", task->display_name);
  set_text (json, "starts_at", task->starts_at);
  set_text (json, "due_at", task->due_at);
  set_text (json, "about", task->about);
  set_text (json, "text", task->text);
  set_text (json, "id", task->id);
  set_text (json, "done_at", task->done_at);
  set_text (json, "done_by", task->by);
  set_text (json, "by_name", task->by_name);
  set_text (json, "proof", task->proof);
  json_object_set_boolean_member (json, "waivable", guitu_deadline_may_be_waived (task->kind));
  if (task->rule == NULL)
    return json;
  set_text (json, "rule", task->rule->name);
  set_text (json, "limit", task->rule->value);
  set_text (json, "unit", task->rule->unit);
  set_text (json, "citation", task->rule->citation);
  return json;
}
