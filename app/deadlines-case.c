/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clock of the search for somebody's identity and family (domain.md §1.10, §5.1). What was asked,
 * noted and published ends its duties; nothing of them is ticked off. Of the time before there were
 * cases, what was ticked off still counts. */

#include "app/deadlines-private.h"

#include "app/links.h"

#include <string.h>

#define MOST_INQUIRIES 3

typedef struct
{
  const char *kind;
  const char *(*starts) (const GuituCaseFacts *of); /* NULL result: not for this case */
  const char *rule;
  GuituReckoning reckoning;
  const char *inquiries[MOST_INQUIRIES]; /* any of which ends it */
  const char *note;                      /* the kind of note that ends it */
  gboolean may_be_waived;
  const char *ended_by;
} Deadline;

/* --- What records say ------------------------------------------------------------------------ */

static gboolean
is_open (const GuituCaseFacts *of)
{
  if (of->record == NULL)
    return of->is_here && !guitu_person_is_verified (of->person);
  return !guitu_record_is_set (of->record, GUITU_CASE_CLOSED_AT);
}

static gboolean
seeks_identity (const GuituCaseFacts *of)
{
  return is_open (of) && !guitu_person_is_verified (of->person) &&
         (of->record == NULL || !guitu_record_says (of->record, GUITU_CASE_SEEKS, "kin"));
}

/* The clock begins with the admission, or where there was none, with the case. */
static const char *
begins_at (const GuituCaseFacts *of)
{
  return of->stay != NULL ? _guitu_stay_entered_at (of->stay) : guitu_record_text (of->record, GUITU_CASE_OPENED_AT);
}

static const GuituRecord *
find_inquiry (const GuituCaseFacts *of,
              const char *kind)
{
  for (guint i = 0; of->inquiries != NULL && i < of->inquiries->len; i++)
    if (guitu_record_says (of->inquiries->pdata[i], GUITU_INQUIRY_KIND, kind))
      return of->inquiries->pdata[i];
  return NULL;
}

/* The newest note of that kind, or of any; its time, or NULL. */
static const GuituRecord *
last_note (const GuituCaseFacts *of,
           const char *kind)
{
  const GuituRecord *last = NULL;

  for (guint i = 0; of->notes != NULL && i < of->notes->len; i++)
    {
      const GuituRecord *note = of->notes->pdata[i];
      int order = last == NULL ? 1 : strcmp (guitu_record_text (note, GUITU_CASE_NOTE_AT), guitu_record_text (last, GUITU_CASE_NOTE_AT));

      if ((kind == NULL || guitu_record_says (note, GUITU_CASE_NOTE_KIND, kind)) &&
          (order > 0 || (order == 0 && strcmp (guitu_record_id (note), guitu_record_id (last)) > 0)))
        last = note;
    }
  return last;
}

/* A second interview is one after a night's rest, not the talk at the door. */
static gboolean
has_note (const GuituCaseFacts *of,
          const char *kind)
{
  const GuituRecord *note = last_note (of, kind);

  return note != NULL && (strcmp (kind, "interview") != 0 ||
                          strncmp (guitu_record_text (note, GUITU_CASE_NOTE_AT), begins_at (of), strlen ("YYYY-MM-DD")) > 0);
}

/* When the last notice was put before the public, or refreshed; one that was a mistake does not count. */
static const char *
notice_published_at (const GuituCaseFacts *of,
                     gboolean *is_out)
{
  const char *last = NULL;

  *is_out = FALSE;
  for (guint i = 0; of->notices != NULL && i < of->notices->len; i++)
    {
      const GuituRecord *notice = of->notices->pdata[i];
      const char *published = guitu_record_text (notice, GUITU_NOTICE_PUBLISHED_AT);
      const char *refreshed = guitu_record_text (notice, GUITU_NOTICE_REFRESHED_AT);
      const char *at = g_strcmp0 (refreshed, published) > 0 ? refreshed : published;

      if (published == NULL || guitu_record_says (notice, GUITU_NOTICE_WITHDRAWN_AS, "mistaken"))
        continue;
      *is_out |= guitu_record_says (notice, GUITU_NOTICE_STATE, "published");
      last = g_strcmp0 (at, last) > 0 ? at : last;
    }
  return last;
}

/* --- For whom, and from when ----------------------------------------------------------------- */

static const char *
starts_asking (const GuituCaseFacts *of)
{
  return of->is_here && seeks_identity (of) ? begins_at (of) : NULL;
}

static const char *
starts_notice (const GuituCaseFacts *of)
{
  gboolean is_out;

  return _guitu_is_of_violence (of->person, of->stay) || notice_published_at (of, &is_out) != NULL ? NULL : starts_asking (of);
}

/* After a request that was ticked off before there were cases; of an inquiry, the inquiry itself tells. */
static const char *
starts_dna_answer (const GuituCaseFacts *of)
{
  return seeks_identity (of) && find_inquiry (of, "dna") == NULL ? _guitu_duty_done_at (of->tasks, "dna-request") : NULL;
}

static const char *
starts_plan (const GuituCaseFacts *of)
{
  return seeks_identity (of) ? begins_at (of) : NULL;
}

static const char *
starts_assign (const GuituCaseFacts *of)
{
  return of->record != NULL && is_open (of) && !guitu_record_is_set (of->record, GUITU_CASE_CASEWORKER) ? begins_at (of) : NULL;
}

/* Whom the family has come for is found, whatever was written down of it; unless the search was taken up again since. */
static const char *
collected_at (const GuituCaseFacts *of)
{
  const char *left = of->stay == NULL || !guitu_record_says (of->stay, GUITU_STAY_LEAVE_BY, "kin") ? NULL : guitu_record_text (of->stay, GUITU_STAY_LEFT_AT);

  const GuituRecord *reopened = last_note (of, GUITU_CASE_NOTE_REOPENED);

  if (g_strcmp0 (left, guitu_record_text (of->record, GUITU_CASE_OPENED_AT)) < 0)
    return NULL;
  return reopened != NULL && strcmp (guitu_record_text (reopened, GUITU_CASE_NOTE_AT), left) >= 0 ? NULL : left;
}

static const char *
starts_close (const GuituCaseFacts *of)
{
  const char *identified;

  if (of->record == NULL || !is_open (of))
    return NULL;
  if (collected_at (of) != NULL)
    return collected_at (of);
  if (!guitu_person_is_verified (of->person) || guitu_record_says (of->record, GUITU_CASE_SEEKS, "kin"))
    return NULL;
  identified = guitu_record_text (of->record, GUITU_CASE_IDENTIFIED_AT);
  return identified != NULL ? identified : begins_at (of);
}

/* --- The table ------------------------------------------------------------------------------- */

#define BY_INQUIRY "the inquiry (“case inquiry”)"
#define BY_ANSWER "the answer (“case answer”)"

static const Deadline table[] = {
  { "quick-query", starts_asking, "quick_query_hours", GUITU_BY_DAY, { "national-system", "face", "fingerprint" }, NULL, TRUE, BY_INQUIRY },
  { "police-query", starts_asking, "police_query_hours", GUITU_BY_DAY, { "police", "police-missing" }, NULL, TRUE, BY_INQUIRY },
  { "notice", starts_notice, "notice_hours", GUITU_WITHIN, { NULL }, NULL, TRUE, "the notice published" },
  { "second-interview", starts_asking, "second_interview_days", GUITU_WITHIN, { NULL }, "interview", TRUE, "a note of an interview on a later day (“case note”)" },
  { "dna-request", starts_asking, "dna_working_days", GUITU_WITHIN, { "dna" }, NULL, TRUE, BY_INQUIRY },
  { "dna-answer", starts_dna_answer, "police_answer_months", GUITU_WITHIN, { NULL }, NULL, TRUE, BY_ANSWER },
  { "case-plan", starts_plan, "case_plan_days", GUITU_AFTER, { NULL }, "plan", TRUE, "the plan (“case note”)" },
  { "case-assign", starts_assign, "case_assign_days", GUITU_AFTER, { NULL }, NULL, FALSE, "the caseworker named (“case assign”)" },
  { "case-close", starts_close, "case_close_days", GUITU_WITHIN, { NULL }, NULL, FALSE, "the closing (“case close”), or the search for the family alone (“case edit”)" },
};

/* Kinds with more to them; the functions are below. */
static const struct
{
  const char *kind;
  gboolean may_be_waived;
  const char *ended_by;
} others[] = {
  { "notice-refresh", TRUE, "the notice refreshed" },
  { "case-review", FALSE, "the review (“case note”)" },
  { "dialect-interview", TRUE, "a note of an interview (“case note”), or the dialect asked about (“case inquiry”)" },
  { "case-step", FALSE, "a later note of the case (“case note”)" },
  { "clue", FALSE, "what was done with the clue (“case clue-update”)" },
  { "inquiry-answer", FALSE, BY_ANSWER },
};

gboolean
_guitu_case_deadline_find (const char *kind,
                           const char **ended_by,
                           gboolean *may_be_waived)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].kind, kind) == 0)
      {
        *ended_by = table[i].ended_by;
        *may_be_waived = table[i].may_be_waived;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i].kind, kind) == 0)
      {
        *ended_by = others[i].ended_by;
        *may_be_waived = others[i].may_be_waived;
        return TRUE;
      }
  return FALSE;
}

/* --- Duties ---------------------------------------------------------------------------------- */

static void
add_row (GPtrArray *duties,
         const Deadline *row,
         const GuituCaseFacts *of)
{
  const char *begun = row->starts (of);

  if (begun == NULL || (row->note != NULL && has_note (of, row->note)))
    return;
  for (guint i = 0; i < MOST_INQUIRIES && row->inquiries[i] != NULL; i++)
    if (find_inquiry (of, row->inquiries[i]) != NULL)
      return;
  _guitu_duty_add_by_rule (duties, row->kind, begun, row->rule, row->reckoning, of->tasks, of->now);
}

/* A month after the person became stranded, then a month after each time: @last (nullable), or ticked off. */
static void
add_monthly (GPtrArray *duties,
             const GuituCaseFacts *of,
             const char *kind,
             const char *rule_name,
             const char *last)
{
  g_autofree char *entered = g_strdup (begins_at (of));
  const GuituRule *stranded = _guitu_rule_since ("stranded_after_days", of->now, &entered);
  g_autofree char *base = stranded == NULL ? NULL : _guitu_day_after (stranded, entered);
  const GuituRule *rule = base == NULL ? NULL : _guitu_rule_since (rule_name, of->now, &base);
  gint64 number = 0;

  if (rule == NULL)
    return;
  for (guint i = 0; of->tasks != NULL && i < of->tasks->len; i++)
    {
      const GuituRecord *task = of->tasks->pdata[i];
      const char *about = guitu_record_text (task, GUITU_TASK_ABOUT);
      const char *done = guitu_record_text (task, GUITU_TASK_DONE_AT);

      if (!guitu_record_says (task, GUITU_TASK_KIND, kind) || guitu_record_says (task, GUITU_TASK_STATE, "open") || about == NULL)
        continue;
      number = MAX (number, g_ascii_strtoll (about, NULL, 10));
      last = g_strcmp0 (done, last) > 0 ? done : last;
    }
  if (g_strcmp0 (last, base) > 0)
    {
      g_free (base);
      base = g_strdup (last);
    }
  _guitu_duty_add (duties,
                   &(GuituDuty){ kind, g_strdup_printf ("%" G_GINT64_FORMAT, number + 1), _guitu_start_of_day (base),
                                 guitu_deadline_end (rule, base), rule, NULL },
                   of->tasks, of->now);
}

/* A notice that was found not to be needed, or is withdrawn, is not refreshed. */
static void
add_refresh (GPtrArray *duties,
             const GuituCaseFacts *of)
{
  const GuituRecord *ticked = guitu_deadline_record (of->tasks, "notice", NULL);
  gboolean is_out;
  const char *published = notice_published_at (of, &is_out);
  gboolean is_wanted = published != NULL ? is_out : ticked == NULL || guitu_record_says (ticked, GUITU_TASK_STATE, "done");

  if (is_wanted && !_guitu_is_of_violence (of->person, of->stay) && (published != NULL ? is_open (of) : seeks_identity (of)))
    add_monthly (duties, of, "notice-refresh", "notice_refresh_months", published);
}

static void
add_review (GPtrArray *duties,
            const GuituCaseFacts *of)
{
  const GuituRecord *review = last_note (of, "review");

  if (of->record != NULL && is_open (of))
    add_monthly (duties, of, "case-review", "case_review_months", review == NULL ? NULL : guitu_record_text (review, GUITU_CASE_NOTE_AT));
}

static void
add_dialect (GPtrArray *duties,
             const GuituCaseFacts *of)
{
  const GuituRecord *interview = last_note (of, "interview");
  const char *last = interview == NULL ? NULL : guitu_record_text (interview, GUITU_CASE_NOTE_AT);

  if (of->record == NULL || starts_asking (of) == NULL)
    return;
  for (guint i = 0; of->inquiries != NULL && i < of->inquiries->len; i++)
    if (guitu_record_says (of->inquiries->pdata[i], GUITU_INQUIRY_KIND, "dialect") &&
        g_strcmp0 (guitu_record_text (of->inquiries->pdata[i], GUITU_INQUIRY_AT), last) > 0)
      last = guitu_record_text (of->inquiries->pdata[i], GUITU_INQUIRY_AT);
  add_monthly (duties, of, "dialect-interview", "dialect_interview_months", last);
}

/* What the last note says is to be done next. */
static void
add_step (GPtrArray *duties,
          const GuituCaseFacts *of)
{
  const GuituRecord *note = last_note (of, NULL);
  const char *next = note == NULL ? NULL : guitu_record_text (note, GUITU_CASE_NOTE_NEXT);
  const char *on = note == NULL ? NULL : guitu_record_text (note, GUITU_CASE_NOTE_NEXT_ON);

  if (next != NULL && on != NULL && is_open (of))
    _guitu_duty_add (duties,
                     &(GuituDuty){ "case-step", g_strdup (guitu_record_id (note)), g_strdup (guitu_record_text (note, GUITU_CASE_NOTE_AT)),
                                   guitu_end_of_day (on), NULL, g_strdup (next) },
                     of->tasks, of->now);
}

static void
add_clues (GPtrArray *duties,
           const GuituCaseFacts *of)
{
  for (guint i = 0; of->clues != NULL && i < of->clues->len; i++)
    {
      const GuituRecord *clue = of->clues->pdata[i];
      const char *at = guitu_record_text (clue, GUITU_CLUE_AT);
      const GuituRule *rule = guitu_rules_find ("clue_days", at);

      if (rule != NULL && guitu_record_says (clue, GUITU_CLUE_STATE, "new") && is_open (of))
        _guitu_duty_add (duties,
                         &(GuituDuty){ "clue", g_strdup (guitu_record_id (clue)), g_strdup (at), guitu_deadline_end (rule, at), rule,
                                       g_strdup (guitu_record_text (clue, GUITU_CLUE_TEXT)) },
                         of->tasks, of->now);
    }
}

/* Each inquiry that waits, until the day that it names; the first for DNA has a kind of its own. */
static void
add_answers (GPtrArray *duties,
             const GuituCaseFacts *of)
{
  gboolean has_dna = FALSE;

  for (guint i = 0; of->inquiries != NULL && i < of->inquiries->len; i++)
    {
      const GuituRecord *inquiry = of->inquiries->pdata[i];
      gboolean is_dna = guitu_record_says (inquiry, GUITU_INQUIRY_KIND, "dna") && !has_dna;
      const char *due = guitu_record_text (inquiry, GUITU_INQUIRY_DUE_ON);
      const char *at = guitu_record_text (inquiry, GUITU_INQUIRY_AT);
      const char *office = guitu_record_text (inquiry, GUITU_INQUIRY_OFFICE);

      if (guitu_record_is_set (inquiry, GUITU_INQUIRY_ANSWERED_AT) || due == NULL || !is_open (of))
        continue;
      has_dna |= is_dna;
      _guitu_duty_add (duties,
                       &(GuituDuty){ is_dna ? "dna-answer" : "inquiry-answer", is_dna ? NULL : g_strdup (guitu_record_id (inquiry)), g_strdup (at),
                                     guitu_end_of_day (due), is_dna ? guitu_rules_find ("police_answer_months", at) : NULL, g_strdup (office) },
                       of->tasks, of->now);
    }
}

GPtrArray *
guitu_deadlines_of_case (const GuituCaseFacts *of)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_duty_free);

  if (!is_open (of))
    return duties;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    add_row (duties, &table[i], of);
  add_refresh (duties, of);
  add_review (duties, of);
  add_dialect (duties, of);
  add_step (duties, of);
  add_clues (duties, of);
  add_answers (duties, of);
  return duties;
}
