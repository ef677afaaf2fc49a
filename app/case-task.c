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
  GHashTable *stays; /* id of a person -> GuituCaseStay: their only open stay; NULL of several */
  GHashTable *cases; /* the same with their only open case */
} Adding;

static void
adding_clear (Adding *adding)
{
  g_clear_pointer (&adding->stays, g_hash_table_unref);
  g_clear_pointer (&adding->cases, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

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

static gboolean
is_in_house (const GuituCaseStay *stay)
{
  return strcmp (guitu_stay_state (stay->stay), "in-house") == 0;
}

/* Of somebody in the house who has one case, which began with this stay, most has been read already. Of others,
 * for whom *@is_added is %FALSE, the whole file is to be read. */
static gboolean
add_case_here (const Adding *adding,
               const GuituRecord *record,
               const char *person,
               gboolean *is_added,
               GError **error)
{
  const GuituCaseStay *here = g_hash_table_lookup (adding->stays, person);
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  GuituCaseFacts facts;

  *is_added = here != NULL && is_in_house (here) && g_hash_table_lookup (adding->cases, person) == record &&
              guitu_record_says (record, GUITU_CASE_STAY, guitu_record_id (here->stay));
  if (!*is_added)
    return TRUE;
  file.ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (file.ids, g_strdup (guitu_record_id (record)));
  if (!guitu_case_file_read_noted (&file, adding->transaction, error))
    return FALSE;
  tasks = g_ptr_array_new ();
  g_ptr_array_extend (tasks, file.tasks, NULL, NULL);
  g_ptr_array_extend (tasks, here->tasks, NULL, NULL);
  facts = guitu_case_facts (&file, adding->query->now);
  facts.record = record;
  facts.stay = here->stay;
  facts.person = here->person;
  facts.is_here = TRUE;
  facts.tasks = tasks;
  duties = guitu_deadlines_of_case (&facts);
  add_duties (adding, duties, record, here->stay, here->person);
  return TRUE;
}

/* Notes the only value of a key; of a second one there is no only one any more. */
static void
note_only (GHashTable *table,
           char *key,
           gconstpointer value)
{
  g_hash_table_replace (table, key, g_hash_table_contains (table, key) ? NULL : (gpointer) value);
}

/* Whose open stay and whose open case is the only one; where not all are known, nobody's. */
static gboolean
find_only (Adding *adding,
           GPtrArray *open,
           GPtrArray *cases,
           GError **error)
{
  adding->stays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  adding->cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (adding->query->stay != NULL || adding->query->of_case != NULL)
    return TRUE;
  for (guint i = 0; i < open->len; i++)
    note_only (adding->stays, g_strdup (guitu_record_id (((const GuituCaseStay *) open->pdata[i])->person)), open->pdata[i]);
  for (guint i = 0; i < cases->len; i++)
    {
      char *person = guitu_links_leader (adding->transaction, guitu_record_text (cases->pdata[i], GUITU_CASE_PERSON), error);

      if (person == NULL)
        return FALSE;
      note_only (adding->cases, person, cases->pdata[i]);
    }
  return TRUE;
}

/* What the file of the case tells; cases of one person are one. */
static gboolean
add_case (const Adding *adding,
          const char *id,
          GError **error)
{
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (GPtrArray) duties = NULL;
  GuituCaseFacts facts;

  if (!guitu_case_file_read (&file, adding->transaction, guitu_record_load (adding->transaction, &guitu_kind_case, id, error), error))
    return FALSE;
  if (!is_wanted (adding, &file))
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
  gboolean is_closed;

  if (cases == NULL || !guitu_cases_closed_since (adding->transaction, cases, unknown->stay, &is_closed, error))
    return FALSE;
  if (is_closed)
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

static gboolean
add_cases (const Adding *adding,
           GPtrArray *cases,
           GHashTable *seen,
           GError **error)
{
  for (guint i = 0; i < cases->len; i++)
    {
      GuituRecord *record = cases->pdata[i];
      g_autofree char *person = guitu_links_leader (adding->transaction, guitu_record_text (record, GUITU_CASE_PERSON), error);
      gboolean is_added;

      if (person == NULL)
        return FALSE;
      if (!guitu_case_is_open (record) || g_hash_table_contains (seen, person))
        continue;
      if (!add_case_here (adding, record, person, &is_added, error) || (!is_added && !add_case (adding, guitu_record_id (record), error)))
        return FALSE;
      g_hash_table_add (seen, g_steal_pointer (&person));
    }
  return TRUE;
}

gboolean
guitu_case_add_tasks (GuituTransaction *transaction,
                      const GuituTaskQuery *query,
                      GPtrArray *open,
                      GPtrArray *tasks,
                      GError **error)
{
  g_auto (Adding) adding = { transaction, query, tasks, NULL, NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) cases = find_cases (&adding, error);

  if (cases == NULL || !find_only (&adding, open, cases, error) || !add_cases (&adding, cases, seen, error))
    return FALSE;
  for (guint i = 0; query->of_case == NULL && i < open->len; i++)
    {
      const GuituCaseStay *stay = open->pdata[i];

      if (is_in_house (stay) && !guitu_person_is_verified (stay->person) && !g_hash_table_contains (seen, guitu_record_id (stay->person)) &&
          !add_unopened (&adding, stay, error))
        return FALSE;
    }
  return TRUE;
}
