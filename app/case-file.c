/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a case and reading all of it. */

#include "app/case.h"

#include "app/fence.h"
#include "app/links.h"
#include "db/id.h"

#include <string.h>

void
guitu_case_file_clear (GuituCaseFile *file)
{
  g_clear_pointer (&file->record, guitu_record_free);
  g_clear_pointer (&file->ids, g_ptr_array_unref);
  g_clear_pointer (&file->persons, g_ptr_array_unref);
  g_clear_pointer (&file->person, guitu_record_free);
  g_clear_pointer (&file->stay, guitu_record_free);
  g_clear_pointer (&file->now_here, guitu_record_free);
  g_clear_pointer (&file->members, g_ptr_array_unref);
  g_clear_pointer (&file->notes, g_ptr_array_unref);
  g_clear_pointer (&file->clues, g_ptr_array_unref);
  g_clear_pointer (&file->inquiries, g_ptr_array_unref);
  g_clear_pointer (&file->notices, g_ptr_array_unref);
  g_clear_pointer (&file->tasks, g_ptr_array_unref);
}

gboolean
guitu_case_is_open (const GuituRecord *record)
{
  return !guitu_record_is_set (record, GUITU_CASE_CLOSED_AT);
}

const GuituRecord *
guitu_case_stay (const GuituCaseFile *file)
{
  return file->now_here != NULL ? file->now_here : file->stay;
}

/* --- Reading --------------------------------------------------------------------------------- */

static int
compare_opened (gconstpointer a,
                gconstpointer b)
{
  const GuituRecord *one = *(GuituRecord *const *) a;
  const GuituRecord *two = *(GuituRecord *const *) b;
  int order = strcmp (guitu_record_text (one, GUITU_CASE_OPENED_AT), guitu_record_text (two, GUITU_CASE_OPENED_AT));

  return order != 0 ? order : strcmp (guitu_record_id (one), guitu_record_id (two));
}

GPtrArray *
guitu_cases_of (GuituTransaction *transaction,
                GPtrArray *person_ids,
                GError **error)
{
  GPtrArray *cases = guitu_links_records (transaction, &guitu_kind_case, GUITU_CASE_PERSON, person_ids, error);

  if (cases != NULL)
    g_ptr_array_sort (cases, compare_opened);
  return cases;
}

/* Those that were closed in one act with it, or are open beside it. */
static gboolean
read_joined (GuituCaseFile *file,
             GuituTransaction *transaction,
             GError **error)
{
  const char *closed_at = guitu_record_text (file->record, GUITU_CASE_CLOSED_AT);
  g_autoptr (GPtrArray) cases = guitu_cases_of (transaction, file->persons, error);

  file->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; cases != NULL && i < cases->len; i++)
    if (g_strcmp0 (guitu_record_text (cases->pdata[i], GUITU_CASE_CLOSED_AT), closed_at) == 0)
      g_ptr_array_add (file->ids, g_strdup (guitu_record_id (cases->pdata[i])));
  if (cases == NULL)
    return FALSE;
  if (file->ids->len == 0) /* it is void */
    g_ptr_array_add (file->ids, g_strdup (guitu_record_id (file->record)));
  if (strcmp (file->ids->pdata[0], guitu_record_id (file->record)) == 0)
    return TRUE;
  guitu_record_free (file->record);
  file->record = guitu_record_load (transaction, &guitu_kind_case, file->ids->pdata[0], error);
  return file->record != NULL;
}

static gboolean
read_stays (GuituCaseFile *file,
            GuituTransaction *transaction,
            GError **error)
{
  const char *id = guitu_record_text (file->record, GUITU_CASE_STAY);

  if (id != NULL)
    file->stay = guitu_record_load (transaction, &guitu_kind_stay, id, error);
  if ((id != NULL && file->stay == NULL) || !guitu_links_open_stay (transaction, file->persons, &file->now_here, error))
    return FALSE;
  if (file->now_here != NULL && strcmp (guitu_stay_state (file->now_here), "in-house") != 0)
    g_clear_pointer (&file->now_here, guitu_record_free);
  return TRUE;
}

/* Oldest first. */
static GPtrArray *
read_list (GuituTransaction *transaction,
           const GuituKind *kind,
           int field,
           GPtrArray *ids,
           GError **error)
{
  g_autoptr (GPtrArray) found = guitu_links_records (transaction, kind, field, ids, error);
  GPtrArray *list = found == NULL ? NULL : g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  while (found != NULL && found->len > 0)
    g_ptr_array_add (list, g_ptr_array_steal_index (found, found->len - 1));
  return list;
}

gboolean
guitu_case_file_read_noted (GuituCaseFile *file,
                            GuituTransaction *transaction,
                            GError **error)
{
  return (file->notes = read_list (transaction, &guitu_kind_case_note, GUITU_CASE_NOTE_CASE, file->ids, error)) != NULL &&
         (file->clues = read_list (transaction, &guitu_kind_clue, GUITU_CLUE_CASE, file->ids, error)) != NULL &&
         (file->inquiries = read_list (transaction, &guitu_kind_inquiry, GUITU_INQUIRY_CASE, file->ids, error)) != NULL &&
         (file->notices = read_list (transaction, &guitu_kind_notice, GUITU_NOTICE_CASE, file->ids, error)) != NULL &&
         (file->tasks = read_list (transaction, &guitu_kind_task, GUITU_TASK_CASE, file->ids, error)) != NULL;
}

/* Those that were noted under the stays instead. */
static gboolean
read_tasks_of_stays (GuituCaseFile *file,
                     GuituTransaction *transaction,
                     GError **error)
{
  g_autoptr (GPtrArray) stays = g_ptr_array_new ();
  g_autoptr (GPtrArray) of_stay = NULL;

  if (file->stay != NULL)
    g_ptr_array_add (stays, (gpointer) guitu_record_id (file->stay));
  if (file->now_here != NULL && (file->stay == NULL || strcmp (guitu_record_id (file->now_here), guitu_record_id (file->stay)) != 0))
    g_ptr_array_add (stays, (gpointer) guitu_record_id (file->now_here));
  of_stay = read_list (transaction, &guitu_kind_task, GUITU_TASK_STAY, stays, error);
  if (of_stay == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (file->tasks, g_steal_pointer (&of_stay));
  return TRUE;
}

gboolean
guitu_case_file_read (GuituCaseFile *file,
                      GuituTransaction *transaction,
                      GuituRecord *record,
                      GError **error)
{
  const char *person = record == NULL ? NULL : guitu_record_text (record, GUITU_CASE_PERSON);

  *file = (GuituCaseFile){ .record = record };
  if (record == NULL)
    return FALSE;
  file->persons = guitu_links_members (transaction, person, error);
  file->person = file->persons == NULL ? NULL : guitu_person_effective (transaction, person, error);
  if (file->person == NULL || !read_joined (file, transaction, error) || !read_stays (file, transaction, error))
    return FALSE;
  return (file->members = read_list (transaction, &guitu_kind_case_member, GUITU_CASE_MEMBER_CASE, file->ids, error)) != NULL &&
         guitu_case_file_read_noted (file, transaction, error) && read_tasks_of_stays (file, transaction, error);
}

GuituCaseFacts
guitu_case_facts (const GuituCaseFile *file,
                  const char *now)
{
  return (GuituCaseFacts){
    .record = file->record,
    .stay = file->stay,
    .person = file->person,
    .is_here = file->now_here != NULL,
    .tasks = file->tasks,
    .inquiries = file->inquiries,
    .notes = file->notes,
    .clues = file->clues,
    .notices = file->notices,
    .now = now,
  };
}

/* --- Finding --------------------------------------------------------------------------------- */

/* NULL without an error where no record of that kind has the id. */
static GuituRecord *
load_if_there (GuituTransaction *transaction,
               const GuituKind *kind,
               const char *id,
               GError **error)
{
  gboolean is_there;

  return guitu_record_exists (transaction, kind, id, &is_there, error) && is_there ? guitu_record_load (transaction, kind, id, error) : NULL;
}

/* *@person: (transfer full): whom an id or a number of a stay means */
static gboolean
find_person (GuituTransaction *transaction,
             const char *text,
             char **person,
             GError **error)
{
  guint8 bytes[GUITU_ID_BYTES];
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_person = FALSE;

  if (guitu_id_to_bytes (text, bytes) && !guitu_record_exists (transaction, &guitu_kind_person, text, &is_person, error))
    return FALSE;
  if (is_person)
    {
      *person = g_strdup (text);
      return TRUE;
    }
  stay = guitu_stay_find (transaction, text, error);
  *person = stay == NULL ? NULL : g_strdup (guitu_record_text (stay, GUITU_STAY_PERSON));
  return stay != NULL;
}

GuituRecord *
guitu_case_find (GuituTransaction *transaction,
                 const char *text,
                 GError **error)
{
  guint8 bytes[GUITU_ID_BYTES];
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) record = guitu_id_to_bytes (text, bytes) ? load_if_there (transaction, &guitu_kind_case, text, &failure) : NULL;
  g_autofree char *person = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) cases = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (record != NULL)
    return g_steal_pointer (&record);
  if (!find_person (transaction, text, &person, error))
    return NULL;
  ids = guitu_links_members (transaction, person, error);
  cases = ids == NULL ? NULL : guitu_cases_of (transaction, ids, error);
  if (cases == NULL)
    return NULL;
  for (guint i = 0; i < cases->len; i++)
    if (guitu_case_is_open (cases->pdata[i]))
      return g_ptr_array_steal_index (cases, i);
  if (cases->len > 0)
    return g_ptr_array_steal_index (cases, cases->len - 1);
  guitu_fail (error, GUITU_ERROR_NOT_FOUND, "no-case", "case", "No case was opened for that person");
  return NULL;
}

gboolean
guitu_call_case (GuituCall *call,
                 GuituTransaction *transaction,
                 GuituCaseFile *file,
                 GError **error)
{
  const char *text = guitu_call_need (call, "case", error);

  return text != NULL && guitu_case_file_read (file, transaction, guitu_case_find (transaction, text, error), error);
}

gboolean
guitu_call_open_case (GuituCall *call,
                      GuituTransaction *transaction,
                      GuituCaseFile *file,
                      GError **error)
{
  if (!guitu_call_case (call, transaction, file, error) ||
      !guitu_fence_refuse (call, transaction, file->persons->pdata[0], error))
    return FALSE;
  if (guitu_record_is_voided (file->record))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "voided", "case", "This case is void");
  return guitu_case_is_open (file->record) ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "case-closed", "case", "This case was closed at %s; reopen it first",
                     guitu_record_text (file->record, GUITU_CASE_CLOSED_AT));
}
