/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/findings.h"

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/links.h"
#include "app/missing.h"
#include "app/rules.h"
#include "app/visits.h"

#include <string.h>

/* What is to be done about a finding, by its verdict. */
static const struct
{
  const char *verdict; /* NULL: none yet */
  const char *kind;
  const char *rule;
  int starts_at;
} duties[] = {
  { NULL, "finding", "finding_hours", GUITU_FINDING_AT },
  { "unclear", "finding", "finding_again_days", GUITU_FINDING_DECIDED_AT },
  { "same", "finding-confirm", "finding_confirm_working_days", GUITU_FINDING_DECIDED_AT },
};

/* Which report, and whose. (transfer full) (nullable) */
static char *
describe (GuituTransaction *transaction,
          const GuituRecord *report,
          GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();
  gboolean is_own = guitu_record_kind (report) == &guitu_kind_missing;
  const char *station = is_own ? NULL : guitu_record_text (report, guitu_kind_field (guitu_record_kind (report), "station"));
  int number = guitu_kind_field (guitu_record_kind (report), "number");

  if (is_own)
    return g_strdup_printf ("报失 %s：%s", guitu_record_text (report, GUITU_MISSING_NUMBER), guitu_missing_display_name (report));
  if (!guitu_station_name_add (json, transaction, station, error))
    return NULL;
  return g_strdup_printf ("%s %s", json_object_get_string_member (json, "station_name"),
                          number >= 0 && guitu_record_is_set (report, number) ? guitu_record_text (report, number) : "来函");
}

/* A find that the other station took back is not to be decided any more. */
static gboolean
is_taken_back (const GuituRecord *report)
{
  g_autoptr (JsonObject) content = guitu_record_kind (report) == &guitu_kind_letter ? guitu_letter_content (report) : NULL;

  return content != NULL && g_strcmp0 (guitu_member_text (content, "verdict"), "same") != 0;
}

static gboolean
name_person (GuituTask *task,
             GuituTransaction *transaction,
             const char *id,
             GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, id, error);
  g_autoptr (GPtrArray) ids = person == NULL ? NULL : guitu_links_members (transaction, id, error);
  g_autoptr (GuituRecord) stay = NULL;

  if (ids == NULL || !guitu_links_open_stay (transaction, ids, &stay, error))
    return FALSE;
  task->person = g_strdup (guitu_record_id (person));
  task->display_name = g_strdup (guitu_person_display_name (person));
  task->stay = stay == NULL ? NULL : g_strdup (guitu_record_id (stay));
  task->number = stay == NULL ? NULL : g_strdup (guitu_record_text (stay, GUITU_STAY_NUMBER));
  return TRUE;
}

static gboolean
add_task (GuituTransaction *transaction,
          const GuituRecord *finding,
          guint duty,
          GPtrArray *tasks,
          GError **error)
{
  const char *starts_at = guitu_record_text (finding, duties[duty].starts_at);
  const char *person = guitu_record_text (finding, GUITU_FINDING_PERSON);
  const GuituRule *rule = starts_at == NULL ? NULL : guitu_rules_find (duties[duty].rule, starts_at);
  g_autoptr (GuituRecord) report = NULL;
  g_autofree char *text = NULL;
  GuituTask *task;

  if (!guitu_finding_report (transaction, finding, &report, error))
    return FALSE;
  if (report == NULL || is_taken_back (report))
    return TRUE;
  text = describe (transaction, report, error);
  if (text == NULL)
    return FALSE;
  if (rule == NULL)
    rule = guitu_rules_builtin (duties[duty].rule);
  task = g_new0 (GuituTask, 1);
  g_ptr_array_add (tasks, task);
  task->kind = g_strdup (duties[duty].kind);
  task->about = g_strdup (guitu_record_id (finding));
  task->text = g_steal_pointer (&text);
  task->starts_at = g_strdup (starts_at);
  task->due_at = starts_at == NULL ? NULL : guitu_deadline_end (rule, starts_at);
  task->rule = rule;
  return person == NULL || name_person (task, transaction, person, error);
}

/* Whether a task is of the stay that is asked for: of the person who has it. */
static gboolean
is_of_stay (GuituTransaction *transaction,
            const GuituRecord *finding,
            const GuituRecord *stay,
            gboolean *is,
            GError **error)
{
  const char *person = guitu_record_text (finding, GUITU_FINDING_PERSON);
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  *is = stay == NULL;
  if (stay == NULL || person == NULL)
    return TRUE;
  ours = guitu_links_leader (transaction, person, error);
  theirs = ours == NULL ? NULL : guitu_links_leader (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  *is = theirs != NULL && strcmp (ours, theirs) == 0;
  return theirs != NULL;
}

/* Of those that people found to be the same, the family is asked where the report is ours. */
static GPtrArray *
find (GuituTransaction *transaction,
      guint duty,
      GError **error)
{
  const char *verdict = duties[duty].verdict;
  GuituQuery query = { .conditions = { { GUITU_FINDING_DECIDED_AT, GUITU_UNSET, NULL } } };

  if (verdict != NULL)
    query.conditions[0] = (GuituCondition){ GUITU_FINDING_VERDICT, GUITU_EQUAL, verdict };
  if (g_strcmp0 (verdict, "same") == 0)
    {
      query.conditions[1] = (GuituCondition){ GUITU_FINDING_MISSING, GUITU_SET, NULL };
      query.conditions[2] = (GuituCondition){ GUITU_FINDING_CONFIRMED_AT, GUITU_UNSET, NULL };
    }
  return guitu_records_find (transaction, &guitu_kind_finding, &query, error);
}

gboolean
guitu_findings_add_tasks (GuituTransaction *transaction,
                          const GuituTaskQuery *query,
                          GPtrArray *tasks,
                          GError **error)
{
  for (guint duty = 0; duty < G_N_ELEMENTS (duties); duty++)
    {
      g_autoptr (GPtrArray) findings = find (transaction, duty, error);

      for (guint i = 0; findings != NULL && i < findings->len; i++)
        {
          gboolean is_alive, is_asked;

          if (!is_of_stay (transaction, findings->pdata[i], query->stay, &is_asked, error) ||
              (is_asked && !guitu_finding_is_alive (transaction, findings->pdata[i], &is_alive, error)))
            return FALSE;
          if (is_asked && is_alive && !add_task (transaction, findings->pdata[i], duty, tasks, error))
            return FALSE;
        }
      if (findings == NULL)
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_finding_task_is_shown (GuituCall *call,
                             GuituTransaction *transaction,
                             const GuituTask *task,
                             gboolean *is_shown,
                             GError **error)
{
  guint hiding = GUITU_FENCE_NONE;

  *is_shown = TRUE;
  if (!g_str_has_prefix (task->kind, "finding") || task->person == NULL)
    return TRUE;
  if (!guitu_fence_check (call, transaction, task->person, &hiding, error))
    return FALSE;
  *is_shown = hiding == GUITU_FENCE_NONE;
  return TRUE;
}
