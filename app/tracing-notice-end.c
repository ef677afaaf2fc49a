/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What forbids to look for somebody's kin in public, and the end of a notice. Whichever verb finds out (an identity
 * verified, a case closed, somebody collected by kin, a record fenced), the notice is withdrawn in the same
 * transaction; what people must take down themselves becomes a task for each place. */

#include "app/tracing-notice.h"

#include "app/blacklist.h"
#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/rules.h"
#include "app/situation.h"
#include "db/id.h"

#include <string.h>

#define KIN "kin"

/* --- What forbids it ----------------------------------------------------------------------------- */

typedef enum
{
  BAR_VIOLENCE,
  BAR_TRAFFICKED,
  BAR_IDENTIFIED,
  BAR_OBJECTS,
} Bar;

static const GuituNoticeBar bars[] = {
  [BAR_VIOLENCE] = { "not-public", "protection", "No notice is published of somebody who is protected from violence at home" },
  [BAR_TRAFFICKED] = { "police-publish", "protection", "Of somebody who was freed from traffickers the police look for the family; the station publishes nothing" },
  [BAR_IDENTIFIED] = { "identity-known", "identified", "It is known who this person is: kin are told directly, and nothing is published" },
  [BAR_OBJECTS] = { "person-objects", "objection", "The person, who can decide that, does not want a notice" },
};

/* Whoever may be a child, or shows a disability of the mind, can't decide this alone; then the leader does. */
static gboolean
can_decide (const GuituRecord *person)
{
  static const char *const conditions[] = { "mental", "intellectual", "dementia", NULL };
  const char *health = guitu_record_text (person, GUITU_PERSON_HEALTH);
  g_autofree char *today = guitu_today ();

  return !guitu_person_may_be_minor (person, today) && !guitu_person_is_impaired (person) && !(health != NULL && g_strv_contains (conditions, health));
}

gboolean
guitu_notice_bar (GuituTransaction *transaction,
                  const char *person_id,
                  const char *consent,
                  const GuituNoticeBar **bar,
                  GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, person_id, error);
  guint fences;

  *bar = NULL;
  if (person == NULL || !guitu_fence_of (transaction, person_id, &fences, error))
    return FALSE;
  if (fences & GUITU_FENCE_VIOLENCE)
    *bar = &bars[BAR_VIOLENCE];
  else if (fences & GUITU_FENCE_TRAFFICKING)
    *bar = &bars[BAR_TRAFFICKED];
  else if (guitu_person_is_verified (person))
    *bar = &bars[BAR_IDENTIFIED];
  else if (g_strcmp0 (consent, "objects") == 0 && can_decide (person))
    *bar = &bars[BAR_OBJECTS];
  return TRUE;
}

gboolean
guitu_notice_is_of_minor (GuituTransaction *transaction,
                          const char *person_id,
                          gboolean *is,
                          GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, person_id, error);
  g_autofree char *today = guitu_today ();

  *is = person != NULL && guitu_person_may_be_minor (person, today);
  return person != NULL;
}

/* --- Reading ------------------------------------------------------------------------------------- */

const char *
guitu_notice_state (const GuituRecord *notice)
{
  return guitu_record_is_set (notice, GUITU_NOTICE_WITHDRAWN_AT) ? "withdrawn" : guitu_record_text (notice, GUITU_NOTICE_STATE);
}

gboolean
guitu_notice_is_out (const GuituRecord *notice)
{
  return g_strcmp0 (guitu_notice_state (notice), "published") == 0;
}

GPtrArray *
guitu_notices_of (GuituTransaction *transaction,
                  const char *person_id,
                  GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person_id, error);

  return ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_notice, GUITU_NOTICE_PERSON, ids, error);
}

gboolean
guitu_notice_find_open (GuituTransaction *transaction,
                        const char *person_id,
                        GuituRecord **notice,
                        GError **error)
{
  g_autoptr (GPtrArray) notices = guitu_notices_of (transaction, person_id, error);

  *notice = NULL;
  for (guint i = 0; notices != NULL && i < notices->len && *notice == NULL; i++)
    if (!guitu_record_is_set (notices->pdata[i], GUITU_NOTICE_WITHDRAWN_AT))
      *notice = g_ptr_array_steal_index (notices, i);
  return notices != NULL;
}

/* By its id or number, or by the id of the person: the newest of that person. %NULL, perhaps with an error, where there is none. */
static GuituRecord *
find_notice (GuituTransaction *transaction,
             const char *text,
             GError **error)
{
  g_autoptr (GPtrArray) of_person = NULL;
  guint8 bytes[GUITU_ID_BYTES];
  gboolean is_person = FALSE;

  if (!guitu_id_to_bytes (text, bytes))
    return guitu_record_find_one (transaction, &guitu_kind_notice, GUITU_NOTICE_NUMBER, text, error);
  if (!guitu_record_exists (transaction, &guitu_kind_person, text, &is_person, error))
    return NULL;
  if (!is_person)
    return guitu_record_load (transaction, &guitu_kind_notice, text, error);
  of_person = guitu_notices_of (transaction, text, error);
  return of_person != NULL && of_person->len > 0 ? g_ptr_array_steal_index (of_person, 0) : NULL;
}

GuituRecord *
guitu_call_notice (GuituCall *call,
                   GuituTransaction *transaction,
                   GError **error)
{
  const char *text = transaction == NULL ? NULL : guitu_call_need (call, "notice", error);
  g_autoptr (GuituRecord) notice = NULL;
  g_autoptr (GError) failure = NULL;

  if (text == NULL)
    return NULL;
  notice = find_notice (transaction, text, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (notice == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "notice", "There is no notice “%s”", text);
  else if (guitu_fence_refuse (call, transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), error))
    return g_steal_pointer (&notice);
  return NULL;
}

/* --- Tasks --------------------------------------------------------------------------------------- */

gboolean
guitu_notice_task (GuituTransaction *transaction,
                   const GuituRecord *notice,
                   const char *kind,
                   const char *about,
                   const char *round,
                   const char *text,
                   GError **error)
{
  static const char *const rules[][2] = {
    { "notice-review", "notice_review_hours" },
    { "notice-returned", "notice_review_hours" },
    { "notice-take-down", "notice_take_down_hours" },
  };
  GuituListTask task = { kind, about, round, NULL, text, NULL, NULL };
  g_autoptr (GuituRecord) stay = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (kind, rules[i][0]) == 0)
      task.rule = rules[i][1];
  if (!guitu_list_newest_stay (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), &stay, error))
    return FALSE;
  task.stay = stay == NULL ? NULL : guitu_record_id (stay);
  return guitu_list_task_open (transaction, &task, NULL, error);
}

/* A task for each place where it still hangs. */
static gboolean
ask_to_take_down (GuituTransaction *transaction,
                  const GuituRecord *notice,
                  GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_NOTICE_CHANNEL_NOTICE, GUITU_EQUAL, guitu_record_id (notice) },
                                            { GUITU_NOTICE_CHANNEL_WITHDRAWN_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) channels = guitu_records_find (transaction, &guitu_kind_notice_channel, &open, error);

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      const GuituCode *code = guitu_codes_find ("notice_channel", guitu_record_text (channels->pdata[i], GUITU_NOTICE_CHANNEL_CHANNEL));
      const char *place = guitu_record_text (channels->pdata[i], GUITU_NOTICE_CHANNEL_PLACE);
      g_autofree char *text = g_strdup_printf ("撤下公告%s：%s%s%s", guitu_record_text (notice, GUITU_NOTICE_NUMBER), code == NULL ? "" : code->chinese,
                                               place == NULL ? "" : "，", place == NULL ? "" : place);

      if (!guitu_notice_task (transaction, notice, "notice-take-down", guitu_record_id (channels->pdata[i]), NULL, text, error))
        return FALSE;
    }
  return channels != NULL;
}

/* --- The end ------------------------------------------------------------------------------------- */

/* Whoever scans the code of a poster that hangs somewhere still reads that it is void. */
static gboolean
void_posters (GuituTransaction *transaction,
              const GuituRecord *notice,
              GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      const GuituQuery issued = { .conditions = { { GUITU_PAPER_STAY, GUITU_EQUAL, guitu_record_id (stays->pdata[i]) },
                                                  { GUITU_PAPER_KIND, GUITU_EQUAL, "tracing-notice" },
                                                  { GUITU_PAPER_STATE, GUITU_EQUAL, "issued" } } };
      g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &issued, error);

      for (guint j = 0; papers != NULL && j < papers->len; j++)
        if (!guitu_paper_end (transaction, papers->pdata[j], "voided", "公告已撤回", error))
          return FALSE;
      if (papers == NULL)
        return FALSE;
    }
  return stays != NULL;
}

gboolean
guitu_notice_end (GuituTransaction *transaction,
                  GuituRecord *notice,
                  const char *as,
                  const char *text,
                  const char *user,
                  GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (notice, GUITU_NOTICE_STATE, "withdrawn");
  guitu_record_set_text (notice, GUITU_NOTICE_WITHDRAWN_AT, now);
  guitu_record_set_text (notice, GUITU_NOTICE_WITHDRAWN_AS, as);
  guitu_record_set_text (notice, GUITU_NOTICE_WITHDRAWN_TEXT, text);
  guitu_record_set_text (notice, GUITU_NOTICE_WITHDRAWN_BY, user);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT, NULL);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_PHOTO, NULL);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_STATE, NULL);
  return guitu_list_tasks_close (transaction, "notice-re", guitu_record_id (notice), user, error) &&
         ask_to_take_down (transaction, notice, error) && void_posters (transaction, notice, error) &&
         guitu_posting_end (transaction, notice, error) && guitu_transaction_put (transaction, notice, error);
}

/* --- What is found out ---------------------------------------------------------------------------- */

/* As what a closed case ends the search; %NULL where it goes on, as for kin of somebody who died. */
static const char *
end_of_case (const GuituRecord *closed)
{
  static const char *const ends[][2] = {
    { "family", "reunited" },
    { "identity", "identified" },
    { "home-station", "identified" },
    { "remembered", "identified" },
    { "mistaken", "mistaken" },
  };
  const char *as = guitu_record_text (closed, GUITU_CASE_CLOSED_AS);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_strcmp0 (as, ends[i][0]) == 0)
      return ends[i][1];
  return NULL;
}

/* A case that is open is the search that goes on, however an earlier one ended. */
static gboolean
find_end_of_case (GuituTransaction *transaction,
                  const char *person,
                  const GuituRecord *notice,
                  const char **as,
                  GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person, error);
  g_autoptr (GPtrArray) cases = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_case, GUITU_CASE_PERSON, ids, error);
  const char *prepared = guitu_record_text (notice, GUITU_NOTICE_PREPARED_AT);

  *as = NULL;
  for (guint i = 0; cases != NULL && i < cases->len; i++)
    {
      const char *closed = guitu_record_text (cases->pdata[i], GUITU_CASE_CLOSED_AT);

      if (closed == NULL)
        {
          *as = NULL;
          break;
        }
      if (*as == NULL && g_strcmp0 (closed, prepared) >= 0)
        *as = end_of_case (cases->pdata[i]);
    }
  return cases != NULL;
}

/* Collected by kin since the notice was prepared. */
static gboolean
find_reunion (GuituTransaction *transaction,
              const char *person,
              const GuituRecord *notice,
              const char **as,
              GError **error)
{
  g_autoptr (GuituRecord) stay = NULL;
  const char *left;

  if (!guitu_list_newest_stay (transaction, person, &stay, error))
    return FALSE;
  left = stay == NULL || !guitu_record_says (stay, GUITU_STAY_LEAVE_BY, KIN) ? NULL : guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  if (left != NULL && guitu_time_to_unix (left) >= guitu_time_to_unix (guitu_record_text (notice, GUITU_NOTICE_PREPARED_AT)))
    *as = "reunited";
  return TRUE;
}

gboolean
guitu_notice_find_end (GuituTransaction *transaction,
                       const GuituRecord *notice,
                       const char **as,
                       GError **error)
{
  const char *person = guitu_record_text (notice, GUITU_NOTICE_PERSON);
  const GuituNoticeBar *bar;

  if (!guitu_notice_bar (transaction, person, guitu_record_text (notice, GUITU_NOTICE_CONSENT), &bar, error))
    return FALSE;
  if (bar != NULL && strcmp (bar->as, "protection") == 0)
    {
      *as = bar->as;
      return TRUE;
    }
  if (!find_end_of_case (transaction, person, notice, as, error) || (*as == NULL && !find_reunion (transaction, person, notice, as, error)))
    return FALSE;
  if (*as == NULL && bar != NULL)
    *as = bar->as;
  return TRUE;
}

gboolean
guitu_notices_recheck (GuituTransaction *transaction,
                       const char *person,
                       GError **error)
{
  g_autoptr (GPtrArray) notices = guitu_notices_of (transaction, person, error);

  for (guint i = 0; notices != NULL && i < notices->len; i++)
    {
      const char *as;

      if (guitu_record_is_set (notices->pdata[i], GUITU_NOTICE_WITHDRAWN_AT))
        continue;
      if (!guitu_notice_find_end (transaction, notices->pdata[i], &as, error) ||
          (as != NULL && !guitu_notice_end (transaction, notices->pdata[i], as, NULL, NULL, error)))
        return FALSE;
    }
  return notices != NULL;
}

/* Of a case or a notice that was written. */
static gboolean
recheck_of (GuituTransaction *transaction,
            const GuituKind *kind,
            int field,
            GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_transaction_written (transaction, kind);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GuituRecord) record = guitu_record_load (transaction, kind, ids->pdata[i], error);

      if (record == NULL || !guitu_notices_recheck (transaction, guitu_record_text (record, field), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_notices_follow (GuituTransaction *transaction,
                      GHashTable *persons,
                      GError **error)
{
  GHashTableIter iterator;
  gpointer id;

  g_hash_table_iter_init (&iterator, persons);
  while (g_hash_table_iter_next (&iterator, &id, NULL))
    if (!guitu_notices_recheck (transaction, id, error))
      return FALSE;
  return recheck_of (transaction, &guitu_kind_case, GUITU_CASE_PERSON, error) &&
         recheck_of (transaction, &guitu_kind_notice, GUITU_NOTICE_PERSON, error);
}
