/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One table says what is due: the kind of task, for whom and from when, the rule that limits it, and
 * what ends it. A duty shows from its beginning until it is done; a kind that begins only when a
 * limit is over ("longer than ten days") shows from the day after. */

#include "app/deadlines-private.h"

#include "app/calendar.h"
#include "app/house.h"
#include "app/links.h"

#include <string.h>

#define DATE_LENGTH 10
#define SECONDS_PER_HOUR 3600

typedef struct
{
  const char *kind;
  char *(*starts) (const GuituStayFacts *of);        /* NULL result: not for this stay */
  const char *rule;                                  /* gives the limit and its unit */
  const char *(*rule_of) (const GuituStayFacts *of); /* where the rule depends on the stay */
  GuituReckoning reckoning;
  const char *ended_by; /* what ends it by itself; NULL: whoever did it says so, with proof */
} Deadline;

void
guitu_duty_free (GuituDuty *duty)
{
  g_free (duty->about);
  g_free (duty->starts_at);
  g_free (duty->due_at);
  g_free (duty->text);
  g_free (duty);
}

/* --- Ends ------------------------------------------------------------------------------------ */

/* The last day of a limit in days, working days or months. */
static char *
last_day (const GuituRule *rule,
          const char *starts_at)
{
  g_autofree char *day = NULL;

  if (strcmp (rule->unit, "working day") == 0)
    return guitu_calendar_add_working_days (starts_at, _guitu_rule_limit (rule));
  if (strcmp (rule->unit, "month") != 0)
    return guitu_date_add_days (starts_at, _guitu_rule_limit (rule));
  day = guitu_calendar_add_months (starts_at, _guitu_rule_limit (rule));
  return guitu_calendar_roll (day);
}

char *
guitu_deadline_end (const GuituRule *rule,
                    const char *starts_at)
{
  g_autofree char *day = NULL;

  if (strcmp (rule->unit, "hour") == 0)
    return guitu_time_from_unix (guitu_time_to_unix (starts_at) + _guitu_rule_limit (rule) * SECONDS_PER_HOUR);
  day = last_day (rule, starts_at);
  return guitu_end_of_day (day);
}

/* From the corresponding day itself. */
char *
_guitu_day_after (const GuituRule *rule,
                  const char *starts_at)
{
  g_autofree char *day = strcmp (rule->unit, "month") == 0 ? guitu_calendar_add_months (starts_at, _guitu_rule_limit (rule))
                                                           : last_day (rule, starts_at);

  return guitu_date_add_days (day, 1);
}

/* Whom the night shift can't ask is asked in the morning. */
static char *
by_day (const char *time)
{
  const GuituRule *from = guitu_rules_find ("night_from_hour", time);
  const GuituRule *until = guitu_rules_find ("night_until_hour", time);
  int hour = (time[11] - '0') * 10 + (time[12] - '0');
  g_autofree char *day = NULL;

  if (from == NULL || until == NULL || (hour < _guitu_rule_limit (from) && hour >= _guitu_rule_limit (until)))
    return g_strdup (time);
  day = guitu_date_add_days (time, hour >= _guitu_rule_limit (from) ? 1 : 0);
  return g_strdup_printf ("%sT%02d:00:00+08:00", day, (int) _guitu_rule_limit (until));
}

/* --- What records say ------------------------------------------------------------------------ */

static gboolean
is_in_house (const GuituStayFacts *of)
{
  return strcmp (guitu_stay_state (of->stay), "in-house") == 0;
}

const char *
_guitu_stay_entered_at (const GuituRecord *stay)
{
  const char *admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);

  return admitted != NULL ? admitted : guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
}

static const char *
entered_at (const GuituStayFacts *of)
{
  return _guitu_stay_entered_at (of->stay);
}

gboolean
_guitu_is_of_violence (const GuituRecord *person,
                       const GuituRecord *stay)
{
  return guitu_record_says (person, GUITU_PERSON_FENCE, "violence") ||
         (stay != NULL && guitu_record_says (stay, GUITU_STAY_REASON, "domestic-violence"));
}

static gboolean
is_alone (const GuituStayFacts *of)
{
  return !guitu_record_is_set (of->person, GUITU_PERSON_KIN) && !guitu_record_is_set (of->stay, GUITU_STAY_FAMILY);
}

const GuituRecord *
guitu_deadline_record (GPtrArray *tasks,
                       const char *kind,
                       const char *about)
{
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      const GuituRecord *task = tasks->pdata[i];

      if (guitu_record_says (task, GUITU_TASK_KIND, kind) && guitu_record_says (task, GUITU_TASK_ABOUT, about) && !guitu_record_says (task, GUITU_TASK_STATE, "open"))
        return task;
    }
  return NULL;
}

const char *
_guitu_duty_done_at (GPtrArray *tasks,
                     const char *kind)
{
  const GuituRecord *task = guitu_deadline_record (tasks, kind, NULL);

  return task == NULL || !guitu_record_says (task, GUITU_TASK_STATE, "done") ? NULL : guitu_record_text (task, GUITU_TASK_DONE_AT);
}

static const char *
last_event (const GuituStayFacts *of,
            const char *kind)
{
  const char *at = NULL;

  for (guint i = 0; of->events != NULL && i < of->events->len; i++)
    if (guitu_record_says (of->events->pdata[i], GUITU_EVENT_KIND, kind) &&
        g_strcmp0 (at, guitu_record_text (of->events->pdata[i], GUITU_EVENT_AT)) < 0)
      at = guitu_record_text (of->events->pdata[i], GUITU_EVENT_AT);
  return at;
}

/* --- For whom, and from when ----------------------------------------------------------------- */

static char *
starts_unverified (const GuituStayFacts *of)
{
  return is_in_house (of) && !guitu_person_is_verified (of->person) ? g_strdup (entered_at (of)) : NULL;
}

static char *
starts_papers (const GuituStayFacts *of)
{
  return is_in_house (of) && guitu_record_says (of->stay, GUITU_STAY_DECISION, "emergency") ? g_strdup (entered_at (of)) : NULL;
}

static char *
starts_review (const GuituStayFacts *of)
{
  const char *at = guitu_record_text (of->stay, GUITU_STAY_PROPOSED_AT);

  if (!guitu_record_is_set (of->stay, GUITU_STAY_PROPOSAL) || guitu_record_is_set (of->stay, GUITU_STAY_LEFT_AT))
    return NULL;
  return g_strdup (at != NULL ? at : guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT));
}

static char *
starts_serve (const GuituStayFacts *of)
{
  static const int moments[] = { GUITU_STAY_REVIEWED_AT, GUITU_STAY_DECIDED_AT, GUITU_STAY_LEFT_AT, GUITU_STAY_ARRIVED_AT };

  if ((!guitu_record_says (of->stay, GUITU_STAY_DECISION, "refused") && !guitu_record_says (of->stay, GUITU_STAY_LEAVE_BY, "terminated")) ||
      guitu_record_is_set (of->stay, GUITU_STAY_SERVED_AT))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (guitu_record_is_set (of->stay, moments[i]))
      return g_strdup (guitu_record_text (of->stay, moments[i]));
  return NULL;
}

static const char *
rule_of_police_report (const GuituStayFacts *of)
{
  if (guitu_record_says (of->stay, GUITU_STAY_REASON, "domestic-violence"))
    return "police_report_violence_hours";
  if (guitu_person_may_be_minor (of->person, of->now) && is_alone (of) && guitu_rules_find ("police_report_minor_hours", entered_at (of)) != NULL)
    return "police_report_minor_hours";
  return "police_report_hours";
}

static char *
starts_police_report (const GuituStayFacts *of)
{
  static const char *const reasons[] = { "lost", "trafficked", "abandoned", "domestic-violence", NULL };
  const char *reason = guitu_record_text (of->stay, GUITU_STAY_REASON);

  if (!is_in_house (of) || !((reason != NULL && g_strv_contains (reasons, reason)) || (guitu_person_may_be_minor (of->person, of->now) && is_alone (of))))
    return NULL;
  return g_strdup (guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT));
}

static char *
starts_stranded_care (const GuituStayFacts *of)
{
  return guitu_record_is_set (of->stay, GUITU_STAY_CARE) ? NULL : starts_unverified (of);
}

static char *
starts_register (const GuituStayFacts *of)
{
  return is_in_house (of) ? g_strdup (_guitu_duty_done_at (of->tasks, "settle")) : NULL;
}

static char *
starts_guardian (const GuituStayFacts *of)
{
  if (!is_in_house (of) || !guitu_person_may_be_minor (of->person, of->now) || guitu_record_is_set (of->stay, GUITU_STAY_GUARDIAN_CHECK))
    return NULL;
  return g_strdup (entered_at (of));
}

static char *
starts_search (const GuituStayFacts *of)
{
  const char *at = last_event (of, "missing");

  if (!is_in_house (of) || !guitu_record_says (of->stay, GUITU_STAY_WHERE, "missing"))
    return NULL;
  return g_strdup (at != NULL ? at : entered_at (of));
}

static char *
starts_double_stay (const GuituStayFacts *of)
{
  return of->is_double && !guitu_record_is_set (of->stay, GUITU_STAY_LEFT_AT)
             ? g_strdup (guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT))
             : NULL;
}

static char *
starts_death (const GuituStayFacts *of)
{
  return guitu_record_says (of->stay, GUITU_STAY_LEAVE_BY, "death") ? g_strdup (guitu_record_text (of->stay, GUITU_STAY_LEFT_AT)) : NULL;
}

/* --- The table ------------------------------------------------------------------------------- */

static const Deadline table[] = {
  { "papers", starts_papers, "emergency_papers_hours", NULL, GUITU_WITHIN, "the decision (“stay admit” or “stay refuse”)" },
  { "review", starts_review, "review_hours", NULL, GUITU_WITHIN, "the review (“stay review”)" },
  { "serve", starts_serve, "serve_hours", NULL, GUITU_WITHIN, "the service of the notice (“stay serve”)" },
  { "police-report", starts_police_report, "police_report_hours", rule_of_police_report, GUITU_WITHIN, NULL },
  { "stranded-care", starts_stranded_care, "stranded_after_days", NULL, GUITU_AFTER, "the form of care in the stay (“care”), or the identity verified" },
  { "settle", starts_unverified, "settle_after_months", NULL, GUITU_AFTER, NULL },
  { "register", starts_register, "register_working_days", NULL, GUITU_WITHIN, NULL },
  { "guardian", starts_guardian, "guardian_days", NULL, GUITU_WITHIN, NULL },
  { "search", starts_search, "search_hours", NULL, GUITU_WITHIN, "the person found, or the leaving recorded" },
  { "double-stay", starts_double_stay, "double_stay_days", NULL, GUITU_WITHIN, "one of the two stays ended or voided" },
  { "death", starts_death, "death_days", NULL, GUITU_WITHIN, NULL },
};

/* Kinds with more to them than a row of the table can say; the functions are below. */
static const struct
{
  const char *kind;
  const char *ended_by;
} others[] = {
  { "stay-limit", "the leaving, or an extension (“stay extend”)" },
  { "return-due", "the return (“stay event”), or the leaving" },
  { "unsigned", "the second signature (“belongings sign”)" },
  { "belongings", "the belongings given out (“belongings give”)" },
  { "referral", "the answer (“referral update”)" },
  { "follow-up", "the visit (“follow-up done”)" },
  { "calendar", "the days of the notice entered (“calendar set”)" },
  { "transfer-approval", "the approval (“transfer approve”)" },
  { "transfer-incoming", "the answer (“transfer accept” or “transfer reject”)" },
  { "transfer-answer", NULL },
  { "transfer-rejected", NULL },
  { "extension-filing", NULL },
  { "monthly-report", NULL },
  { "half-year-visit", NULL },
  { "finding", "the verdict (“finding decide”)" },
  { "finding-confirm", "the end of the report (“missing close”)" },
  { "notice-review", "the review (“notice review”)" },
  { "notice-returned", "the corrected words (“notice edit”, “notice refresh”)" },
  { "notice-take-down", "the proof (“notice taken-down”), or the pages written anew (“notice export”)" },
  { "list-review", "the review (“blacklist review”)" },
  { "list-serve", "the service of the notice (“blacklist serve”)" },
  { "list-objection", "the decision (“blacklist decide”)" },
  { "list-suspended", "the entry removed (“blacklist revoke”)" },
  { "list-correct", "the correction (“blacklist correct”)" },
};

/* @ended_by: (out) */
static gboolean
find_kind (const char *kind,
           const char **ended_by)
{
  gboolean may_be_waived;

  *ended_by = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].kind, kind) == 0)
      {
        *ended_by = table[i].ended_by;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i].kind, kind) == 0)
      {
        *ended_by = others[i].ended_by;
        return TRUE;
      }
  return _guitu_case_deadline_find (kind, ended_by, &may_be_waived);
}

const char *
guitu_deadline_ended_by (const char *kind)
{
  const char *ended_by;

  return find_kind (kind, &ended_by) ? ended_by : NULL;
}

gboolean
guitu_deadline_is_derived (const char *kind)
{
  const char *ended_by;

  return find_kind (kind, &ended_by);
}

gboolean
guitu_deadline_may_be_waived (const char *kind)
{
  const char *ended_by;
  gboolean may_be_waived;

  return _guitu_case_deadline_find (kind, &ended_by, &may_be_waived) ? may_be_waived : guitu_deadline_ended_by (kind) == NULL;
}

/* --- Duties ---------------------------------------------------------------------------------- */

const GuituRule *
_guitu_rule_since (const char *name,
                   const char *now,
                   char **from)
{
  const GuituRule *rule = guitu_rules_find (name, *from);

  if (rule != NULL)
    return rule;
  rule = guitu_rules_find (name, now);
  if (rule == NULL || strncmp (rule->effective_from, *from, DATE_LENGTH) <= 0)
    return NULL;
  g_free (*from);
  *from = _guitu_start_of_day (rule->effective_from);
  return rule;
}

void
_guitu_duty_add_by_rule (GPtrArray *duties,
                         const char *kind,
                         const char *begun,
                         const char *rule_name,
                         GuituReckoning reckoning,
                         GPtrArray *tasks,
                         const char *now)
{
  g_autofree char *from = g_strdup (begun);
  const GuituRule *rule = _guitu_rule_since (rule_name, now, &from);
  GuituDuty duty = { .kind = kind, .rule = rule };

  if (rule == NULL)
    return;
  if (reckoning & GUITU_AFTER)
    {
      g_autofree char *day = _guitu_day_after (rule, from);
      g_autofree char *worked = guitu_calendar_roll (day);

      duty.starts_at = _guitu_start_of_day (day);
      duty.due_at = guitu_end_of_day (worked);
    }
  else
    {
      g_autofree char *end = guitu_deadline_end (rule, from);

      duty.starts_at = g_steal_pointer (&from);
      duty.due_at = reckoning & GUITU_BY_DAY ? by_day (end) : g_steal_pointer (&end);
    }
  _guitu_duty_add (duties, &duty, tasks, now);
}

static void
add_row (GPtrArray *duties,
         const Deadline *row,
         const GuituStayFacts *of)
{
  g_autofree char *begun = row->starts (of);

  if (begun != NULL)
    _guitu_duty_add_by_rule (duties, row->kind, begun, row->rule_of != NULL ? row->rule_of (of) : row->rule, row->reckoning, of->tasks, of->now);
}

static void
add_stay_limit (GPtrArray *duties,
                const GuituStayFacts *of)
{
  const char *due = guitu_record_text (of->stay, GUITU_STAY_DUE_ON);

  if (is_in_house (of) && due != NULL)
    _guitu_duty_add (duties,
                     &(GuituDuty){ "stay-limit", NULL, g_strdup (entered_at (of)), guitu_end_of_day (due),
                                   guitu_rules_find ("stay_limit_days", entered_at (of)), NULL },
                     of->tasks, of->now);
}

static void
add_return (GPtrArray *duties,
            const GuituStayFacts *of)
{
  const char *due = guitu_record_text (of->stay, GUITU_STAY_WHERE_UNTIL);
  const char *since = last_event (of, "absence");

  if (is_in_house (of) && guitu_record_says (of->stay, GUITU_STAY_WHERE, "leave") && due != NULL)
    _guitu_duty_add (duties, &(GuituDuty){ "return-due", NULL, g_strdup (since != NULL ? since : entered_at (of)), g_strdup (due), NULL, NULL },
                     of->tasks, of->now);
}

/* Each extension is filed with the authority above (实施细则第十二条). */
static void
add_filings (GPtrArray *duties,
             const GuituStayFacts *of)
{
  for (guint i = 0; of->events != NULL && i < of->events->len; i++)
    {
      const GuituRecord *event = of->events->pdata[i];
      const char *at = guitu_record_text (event, GUITU_EVENT_AT);
      const char *until = guitu_record_text (event, GUITU_EVENT_UNTIL);
      const GuituRule *rule = at == NULL ? NULL : guitu_rules_find ("extension_filing_working_days", at);

      if (rule == NULL || !guitu_record_says (event, GUITU_EVENT_KIND, "extension") || guitu_record_is_set (event, GUITU_EVENT_FILED))
        continue;
      _guitu_duty_add (duties,
                       &(GuituDuty){ "extension-filing", g_strndup (until != NULL ? until : at, DATE_LENGTH), g_strdup (at),
                                     guitu_deadline_end (rule, at), rule, g_strdup (guitu_record_text (event, GUITU_EVENT_TEXT)) },
                       of->tasks, of->now);
    }
}

static const char *
unsigned_since (const GuituRecord *belonging)
{
  if (guitu_record_is_set (belonging, GUITU_BELONGING_IN_AT) && !guitu_record_is_set (belonging, GUITU_BELONGING_IN_SECOND))
    return guitu_record_text (belonging, GUITU_BELONGING_IN_AT);
  if (guitu_record_is_set (belonging, GUITU_BELONGING_OUT_AT) && !guitu_record_is_set (belonging, GUITU_BELONGING_OUT_SECOND))
    return guitu_record_text (belonging, GUITU_BELONGING_OUT_AT);
  return NULL;
}

/* One duty for all things of a stay, from the first of them. */
static void
add_things (GPtrArray *duties,
            const GuituStayFacts *of,
            const char *kind,
            const char *rule_name)
{
  gboolean is_unsigned = strcmp (kind, "unsigned") == 0;
  const char *left = guitu_record_text (of->stay, GUITU_STAY_LEFT_AT);
  g_autoptr (GString) names = g_string_new (NULL);
  const GuituRule *rule;
  const char *first = NULL;

  for (guint i = 0; of->belongings != NULL && i < of->belongings->len; i++)
    {
      const GuituRecord *thing = of->belongings->pdata[i];
      gboolean is_kept = guitu_record_says (thing, GUITU_BELONGING_STATE, "entrusted") || guitu_record_says (thing, GUITU_BELONGING_STATE, "held");
      const char *since = is_unsigned ? unsigned_since (thing) : is_kept ? left
                                                                         : NULL;

      if (since == NULL)
        continue;
      if (first == NULL || strcmp (since, first) < 0)
        first = since;
      g_string_append_printf (names, "%s%s", names->len > 0 ? "、" : "", guitu_record_text (thing, GUITU_BELONGING_NAME));
    }
  rule = first == NULL ? NULL : guitu_rules_find (rule_name, first);
  if (rule != NULL)
    _guitu_duty_add (duties, &(GuituDuty){ kind, NULL, g_strdup (first), guitu_deadline_end (rule, first), rule, g_strdup (names->str) },
                     of->tasks, of->now);
}

GPtrArray *
guitu_deadlines_of_stay (const GuituStayFacts *of)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_duty_free);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    add_row (duties, &table[i], of);
  add_stay_limit (duties, of);
  add_return (duties, of);
  add_filings (duties, of);
  add_things (duties, of, "unsigned", "unsigned_hours");
  add_things (duties, of, "belongings", "belongings_left_days");
  return duties;
}
