/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the list may be about, what may be said of them, and the tasks that follow. */

#include "app/blacklist.h"

#include "app/deadlines.h"
#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/rules.h"
#include "app/situation.h"
#include "db/id.h"

#include <string.h>

#define DATE_LENGTH 10

const char *
guitu_list_state (const char *state,
                  const char *until,
                  const char *today)
{
  gboolean ends = g_strcmp0 (state, "active") == 0 || g_strcmp0 (state, "suspended") == 0;

  return ends && until != NULL && strcmp (until, today) < 0 ? "lapsed" : state;
}

gboolean
guitu_list_is_kept (const GuituRecord *entry,
                    const char *today)
{
  const char *kept = guitu_record_text (entry, GUITU_BLACKLIST_RETENTION);

  return kept == NULL || strcmp (kept, today) >= 0;
}

gboolean
guitu_listing_is_kept (const GuituRecord *listing,
                       const char *today)
{
  gboolean has_ended = !guitu_record_says (listing, GUITU_LISTING_STATE, "active") && !guitu_record_says (listing, GUITU_LISTING_STATE, "suspended");
  const char *end = guitu_record_text (listing, has_ended ? GUITU_LISTING_AT : GUITU_LISTING_UNTIL);
  g_autofree char *kept = end == NULL ? NULL : guitu_date_add_days (end, (int) guitu_rules_integer ("list_retention_days", end));

  return kept == NULL || strcmp (kept, today) >= 0;
}

const char *
guitu_list_called (const char *on)
{
  const GuituRule *rule = guitu_rules_find ("list_name", on);

  return rule == NULL ? "" : rule->value;
}

gboolean
guitu_list_is_fraud (const char *category)
{
  return g_strcmp0 (category, "false-identity") == 0 || g_strcmp0 (category, "ticket-trade") == 0;
}

/* --- Who must not be listed --------------------------------------------------------------------- */

/* What the condition of the person says. */
static const char *
exclusion_of_health (const GuituRecord *person)
{
  static const char *const healths[][2] = {
    { "dementia", "dementia" },
    { "mental", "mental" },
    { "intellectual", "intellectual" },
    { "critical", "ill" },
    { "pregnant", "ill" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (healths); i++)
    if (guitu_record_says (person, GUITU_PERSON_HEALTH, healths[i][0]))
      return healths[i][1];
  if (guitu_person_is_impaired (person))
    return "mental";
  return guitu_record_says (person, GUITU_PERSON_WANDERS, "yes") ? "wanders" : NULL;
}

/* An age that nobody knows is no verified identity. */
static const char *
exclusion_of_age (const GuituRecord *person)
{
  g_autofree char *today = guitu_today ();
  int least, greatest;

  if (!guitu_person_age (person, today, &least, &greatest))
    return "unverified";
  if (least < guitu_rules_integer ("minor_age_years", today))
    return "minor";
  return greatest >= guitu_rules_integer ("list_elderly_years", today) ? "elderly" : NULL;
}

/* Why they came, at any time, may say what no other field does; and any record of the same person counts. */
static gboolean
exclusion_of_records (GuituTransaction *transaction,
                      GPtrArray *ids,
                      const char **exclusion,
                      GError **error)
{
  g_autoptr (GPtrArray) persons = guitu_links_persons (transaction, ids, error);
  g_autoptr (GPtrArray) stays = persons == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  for (guint i = 0; persons != NULL && i < persons->len && *exclusion == NULL; i++)
    *exclusion = exclusion_of_health (persons->pdata[i]);
  for (guint i = 0; stays != NULL && i < stays->len && *exclusion == NULL; i++)
    if (guitu_record_says (stays->pdata[i], GUITU_STAY_REASON, "mental-condition"))
      *exclusion = "mental";
  return stays != NULL;
}

gboolean
guitu_list_exclusion (GuituTransaction *transaction,
                      const char *person_id,
                      const char **exclusion,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);
  g_autoptr (GuituRecord) person = ids == NULL ? NULL : guitu_person_effective (transaction, person_id, error);
  guint fences;

  *exclusion = NULL;
  if (person == NULL || !guitu_fence_of (transaction, person_id, &fences, error))
    return FALSE;
  if (fences & GUITU_FENCE_VIOLENCE)
    *exclusion = "violence";
  else if (fences & GUITU_FENCE_TRAFFICKING)
    *exclusion = "trafficked";
  else if (!exclusion_of_records (transaction, ids, exclusion, error))
    return FALSE;
  if (*exclusion == NULL)
    *exclusion = exclusion_of_age (person);
  if (*exclusion == NULL && (!guitu_person_is_verified (person) || !guitu_record_is_set (person, GUITU_PERSON_ID_NUMBER)))
    *exclusion = "unverified";
  return TRUE;
}

/* --- What may be said of them ------------------------------------------------------------------- */

static gboolean
check_line (const char *line,
            const char *after,
            gboolean *has_newer,
            GError **error)
{
  g_autofree char *first = g_strndup (line, strcspn (line, " \t:,"));
  g_autofree char *day = guitu_date_parse (first);
  g_autofree char *today = guitu_today ();

  if (day == NULL || strlen (first) >= strlen (line))
    return guitu_fail (error, GUITU_ERROR_INVALID, "undated", "facts", "Each line of the facts begins with the day, YYYY-MM-DD, and a blank: “%s”", line);
  if (strcmp (day, today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "facts", "What is to come is no fact: %s", day);
  *has_newer |= after != NULL && strcmp (day, after) > 0;
  return TRUE;
}

/* Words of the list “list_word” judge a person instead of telling what happened. */
static gboolean
check_words (const char *text,
             const char *field,
             GError **error)
{
  guint n;
  const GuituCode *const *words = guitu_codes_list ("list_word", &n);

  for (guint i = 0; i < n; i++)
    if (strstr (text, words[i]->chinese) != NULL)
      return guitu_fail (error, GUITU_ERROR_INVALID, "judging-word", field, "“%s” judges the person; write what happened", words[i]->chinese);
  return TRUE;
}

gboolean
guitu_list_check_facts (const char *facts,
                        const char *after,
                        GError **error)
{
  g_autofree char *today = guitu_today ();
  gint64 most = guitu_rules_integer ("list_facts_characters", today);
  g_auto (GStrv) lines = g_strsplit (facts, "\n", -1);
  gboolean has_newer = after == NULL;

  if (g_utf8_strlen (facts, -1) > most)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-long", "facts", "The facts may have %d characters at most: what happened and when, no more", (int) most);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && !check_line (lines[i], after, &has_newer, error))
      return FALSE;
  if (!has_newer)
    return guitu_fail (error, GUITU_ERROR_INVALID, "no-new-facts", "facts", "Another entry about this person needs new facts: none of these is later than %s", after);
  return check_words (facts, "facts", error);
}

gboolean
guitu_list_check_advice (const char *advice,
                         GError **error)
{
  g_autofree char *today = guitu_today ();
  gint64 most = guitu_rules_integer ("list_facts_characters", today);

  if (advice == NULL)
    return TRUE;
  if (g_utf8_strlen (advice, -1) > most)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-long", "advice", "What staff should do may have %d characters at most", (int) most);
  return check_words (advice, "advice", error);
}

gboolean
guitu_list_check_screening (const GuituRecord *entry,
                            GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *first = guitu_date_add_days (today, -(int) guitu_rules_integer ("list_screening_days", today));
  g_autofree char *by = g_strstrip (g_strdup (guitu_record_text (entry, GUITU_BLACKLIST_SCREENED_BY)));
  const char *on = guitu_record_text (entry, GUITU_BLACKLIST_SCREENED_ON);

  if (*by == '\0')
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "screened_by", "“screened_by” is needed: who looked at the person's health");
  if (strcmp (on, today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "screened_on", "The screening lies in the future: %s", on);
  return strcmp (on, first) >= 0 || guitu_fail (error, GUITU_ERROR_INVALID, "screened-long-ago", "screened_on", "The screening of %s is too old: screen again (not before %s)", on, first);
}

/* --- Tasks -------------------------------------------------------------------------------------- */

static char *
id_of_task (const GuituListTask *task)
{
  return guitu_id_from_words (NULL, "task", task->kind, task->about, task->round == NULL ? "" : task->round, NULL);
}

/* %NULL without an error where it was never opened. */
static gboolean
load_task (GuituTransaction *transaction,
           const char *id,
           GuituRecord **record,
           GError **error)
{
  g_autoptr (GError) failure = NULL;

  *record = guitu_record_load (transaction, &guitu_kind_task, id, &failure);
  if (*record != NULL || g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
guitu_list_task_open (GuituTransaction *transaction,
                      const GuituListTask *task,
                      char **id,
                      GError **error)
{
  g_autofree char *task_id = id_of_task (task);
  g_autofree char *now = guitu_now ();
  g_autofree char *due = NULL;
  const char *starts_at = task->starts_at == NULL ? now : task->starts_at;
  const GuituRule *rule = guitu_rules_find (task->rule, starts_at);
  g_autoptr (GuituRecord) record = NULL;

  if (!load_task (transaction, task_id, &record, error))
    return FALSE;
  if (id != NULL)
    *id = g_strdup (task_id);
  if (record != NULL)
    return TRUE;
  due = guitu_deadline_end (rule == NULL ? guitu_rules_builtin (task->rule) : rule, starts_at);
  record = guitu_record_new_with_id (&guitu_kind_task, task_id);
  guitu_record_set_text (record, GUITU_TASK_KIND, task->kind);
  guitu_record_set_text (record, GUITU_TASK_STAY, task->stay);
  guitu_record_set_text (record, GUITU_TASK_ABOUT, task->about);
  guitu_record_set_text (record, GUITU_TASK_TEXT, task->text);
  guitu_record_set_text (record, GUITU_TASK_DUE_AT, due);
  guitu_record_set_text (record, GUITU_TASK_STATE, "open");
  return guitu_transaction_put (transaction, record, error);
}

gboolean
guitu_list_task_is_known (GuituTransaction *transaction,
                          const GuituListTask *task,
                          gboolean *is_known,
                          GError **error)
{
  g_autofree char *id = id_of_task (task);
  g_autoptr (GuituRecord) record = NULL;

  if (!load_task (transaction, id, &record, error))
    return FALSE;
  *is_known = record != NULL;
  return TRUE;
}

gboolean
guitu_list_tasks_close (GuituTransaction *transaction,
                        const char *kind,
                        const char *about,
                        const char *user,
                        GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_TASK_DONE_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) tasks = guitu_records_find (transaction, &guitu_kind_task, &open, error);
  g_autofree char *now = guitu_now ();

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      GuituRecord *task = tasks->pdata[i];

      if (!guitu_record_says (task, GUITU_TASK_ABOUT, about) || !g_str_has_prefix (guitu_record_text (task, GUITU_TASK_KIND), kind))
        continue;
      guitu_record_set_text (task, GUITU_TASK_STATE, "done");
      guitu_record_set_text (task, GUITU_TASK_DONE_AT, now);
      guitu_record_set_text (task, GUITU_TASK_BY, user);
      if (!guitu_transaction_put (transaction, task, error))
        return FALSE;
    }
  return tasks != NULL;
}

gboolean
guitu_list_newest_stay (GuituTransaction *transaction,
                        const char *person_id,
                        GuituRecord **stay,
                        GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  *stay = NULL;
  if (stays == NULL)
    return FALSE;
  if (stays->len > 0)
    *stay = g_ptr_array_steal_index (stays, 0);
  return TRUE;
}

gboolean
guitu_list_care (GuituTransaction *transaction,
                 const char *person_id,
                 const char *exclusion,
                 char **id,
                 GError **error)
{
  g_autofree char *leader = guitu_links_leader (transaction, person_id, error);
  g_autofree char *now = guitu_now ();
  g_autofree char *month = g_strndup (now, strlen ("YYYY-MM"));
  g_autofree char *text = g_strdup_printf ("%s，不列入名单：%s", guitu_codes_find ("list_exclusion", exclusion)->chinese,
                                           strcmp (exclusion, "unverified") == 0 ? "先核实身份" : "查体筛查，联系亲属，请流出地落实照料和随访");
  g_autoptr (GuituRecord) stay = NULL;
  const gboolean names_fence = strcmp (exclusion, "violence") == 0 || strcmp (exclusion, "trafficked") == 0;
  GuituListTask task = { "anti-wander", leader, month, NULL, names_fence ? "受保护人员：联系亲属前先评估，落实安全和随访" : text, "anti_wander_days", NULL };

  if (leader == NULL || !guitu_list_newest_stay (transaction, person_id, &stay, error))
    return FALSE;
  task.stay = stay == NULL ? NULL : guitu_record_id (stay);
  return guitu_list_task_open (transaction, &task, id, error);
}
