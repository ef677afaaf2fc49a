/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due in the cases, for the list of tasks. */

#include "app/case.h"

#include "app/links.h"

#include <string.h>

typedef struct
{
  GuituTransaction *transaction;
  const GuituTaskQuery *query;
  GPtrArray *tasks;
} Adding;

static void
add_duties (const Adding *adding,
            GPtrArray *duties,
            const GuituRecord *record,
            const GuituRecord *stay,
            const GuituRecord *person)
{
  for (guint i = 0; i < duties->len; i++)
    {
      GuituDuty *duty = duties->pdata[i];
      GuituTask *task = g_new0 (GuituTask, 1);

      task->kind = g_strdup (duty->kind);
      task->about = g_steal_pointer (&duty->about);
      task->text = g_steal_pointer (&duty->text);
      task->starts_at = g_steal_pointer (&duty->starts_at);
      task->due_at = g_steal_pointer (&duty->due_at);
      task->rule = duty->rule;
      task->of_case = record == NULL ? NULL : g_strdup (guitu_record_id (record));
      task->stay = stay == NULL ? NULL : g_strdup (guitu_record_id (stay));
      task->number = stay == NULL ? NULL : g_strdup (guitu_record_text (stay, GUITU_STAY_NUMBER));
      task->person = g_strdup (guitu_record_id (person));
      task->display_name = g_strdup (guitu_person_display_name (person));
      g_ptr_array_add (adding->tasks, task);
    }
}

/* Whether that case is asked for: of one stay, only the case that stands under it. */
static gboolean
is_wanted (const Adding *adding,
           const GuituCaseFile *file)
{
  const GuituRecord *stay = guitu_case_stay (file);

  if (adding->query->of_case != NULL)
    return strcmp (guitu_record_id (file->record), adding->query->of_case) == 0;
  return adding->query->stay == NULL || (stay != NULL && strcmp (guitu_record_id (stay), guitu_record_id (adding->query->stay)) == 0);
}

/* Cases of one person are one: what they have due is told once. @seen: ids of persons who have an open case */
static gboolean
add_case (const Adding *adding,
          GuituRecord *record,
          GHashTable *seen,
          GError **error)
{
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (GPtrArray) duties = NULL;
  GuituCaseFacts facts;

  if (!guitu_case_file_read (&file, adding->transaction, record, error))
    return FALSE;
  if (!g_hash_table_add (seen, g_strdup (file.persons->pdata[0])) || !is_wanted (adding, &file))
    return TRUE;
  facts = guitu_case_facts (&file, adding->query->now);
  duties = guitu_deadlines_of_case (&facts);
  add_duties (adding, duties, file.record, guitu_case_stay (&file), file.person);
  return TRUE;
}

/* Somebody for whom the case is still to be opened, in a store that was made before there were cases. */
static gboolean
add_unopened (const Adding *adding,
              const GuituCaseStay *unknown,
              GError **error)
{
  const GuituCaseFacts facts = { .stay = unknown->stay, .person = unknown->person, .is_here = TRUE, .tasks = unknown->tasks, .now = adding->query->now };
  g_autoptr (GPtrArray) ids = guitu_links_members (adding->transaction, guitu_record_id (unknown->person), error);
  g_autoptr (GPtrArray) cases = ids == NULL ? NULL : guitu_cases_of (adding->transaction, ids, error);
  g_autoptr (GPtrArray) duties = NULL;

  if (cases == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    if (g_strcmp0 (guitu_record_text (cases->pdata[i], GUITU_CASE_CLOSED_AT), guitu_record_text (unknown->stay, GUITU_STAY_ARRIVED_AT)) >= 0)
      return TRUE;
  duties = guitu_deadlines_of_case (&facts);
  add_duties (adding, duties, NULL, unknown->stay, unknown->person);
  return TRUE;
}

/* The open cases that may be asked for: all, or those of the person of one stay. */
static GPtrArray *
find_cases (const Adding *adding,
            GError **error)
{
  const GuituQuery is_open = { .conditions = { { GUITU_CASE_CLOSED_AT, GUITU_UNSET, NULL } } };
  const GuituTaskQuery *query = adding->query;
  g_autoptr (GPtrArray) ids = NULL;
  GPtrArray *cases;

  if (query->of_case != NULL)
    {
      GuituRecord *record = guitu_record_load (adding->transaction, &guitu_kind_case, query->of_case, error);

      cases = record == NULL ? NULL : g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
      if (cases != NULL)
        g_ptr_array_add (cases, record);
      return cases;
    }
  if (query->stay == NULL)
    return guitu_records_find (adding->transaction, &guitu_kind_case, &is_open, error);
  ids = guitu_links_members (adding->transaction, guitu_record_text (query->stay, GUITU_STAY_PERSON), error);
  return ids == NULL ? NULL : guitu_cases_of (adding->transaction, ids, error);
}

gboolean
guitu_case_add_tasks (GuituTransaction *transaction,
                      const GuituTaskQuery *query,
                      GPtrArray *unknown,
                      GPtrArray *tasks,
                      GError **error)
{
  const Adding adding = { transaction, query, tasks };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) cases = find_cases (&adding, error);

  while (cases != NULL && cases->len > 0)
    {
      GuituRecord *record = g_ptr_array_steal_index (cases, 0);

      if (guitu_case_is_open (record))
        {
          if (!add_case (&adding, record, seen, error))
            return FALSE;
        }
      else
        guitu_record_free (record);
    }
  for (guint i = 0; cases != NULL && query->of_case == NULL && i < unknown->len; i++)
    {
      const GuituCaseStay *stay = unknown->pdata[i];

      if (!g_hash_table_contains (seen, guitu_record_id (stay->person)) && !add_unopened (&adding, stay, error))
        return FALSE;
    }
  return cases != NULL;
}
