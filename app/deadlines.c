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

typedef enum
{
  WITHIN = 0,
  AFTER = 1 << 0,  /* the duty begins when the limit is over */
  BY_DAY = 1 << 1, /* what falls due at night is due in the morning */
} Reckoning;

typedef struct
{
  const char *kind;
  char *(*starts) (const GuituCase *of);        /* NULL result: not for this stay */
  const char *rule;                             /* gives the limit and its unit */
  const char *(*rule_of) (const GuituCase *of); /* where the rule depends on the stay */
  Reckoning reckoning;
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

/* The day after the limit, from the corresponding day itself: a holiday does not make a stay longer. */
static char *
day_after (const GuituRule *rule,
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
is_in_house (const GuituCase *of)
{
  return strcmp (guitu_stay_state (of->stay), "in-house") == 0;
}

static const char *
entered_at (const GuituCase *of)
{
  const char *admitted = guitu_record_text (of->stay, GUITU_STAY_ADMITTED_AT);

  return admitted != NULL ? admitted : guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT);
}

static gboolean
is_of_violence (const GuituCase *of)
{
  return guitu_record_says (of->person, GUITU_PERSON_FENCE, "violence") || guitu_record_says (of->stay, GUITU_STAY_REASON, "domestic-violence");
}

static gboolean
is_alone (const GuituCase *of)
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

/* When a task was done; NULL also for one that was found not to be needed. */
static char *
done_at (const GuituCase *of,
         const char *kind)
{
  const GuituRecord *task = guitu_deadline_record (of->tasks, kind, NULL);

  return task == NULL || !guitu_record_says (task, GUITU_TASK_STATE, "done") ? NULL : g_strdup (guitu_record_text (task, GUITU_TASK_DONE_AT));
}

static const char *
last_event (const GuituCase *of,
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
starts_unverified (const GuituCase *of)
{
  return is_in_house (of) && !guitu_person_is_verified (of->person) ? g_strdup (entered_at (of)) : NULL;
}

static char *
starts_notice (const GuituCase *of)
{
  return is_of_violence (of) ? NULL : starts_unverified (of);
}

static char *
starts_papers (const GuituCase *of)
{
  return is_in_house (of) && guitu_record_says (of->stay, GUITU_STAY_DECISION, "emergency") ? g_strdup (entered_at (of)) : NULL;
}

static char *
starts_review (const GuituCase *of)
{
  const char *at = guitu_record_text (of->stay, GUITU_STAY_PROPOSED_AT);

  if (!guitu_record_is_set (of->stay, GUITU_STAY_PROPOSAL) || guitu_record_is_set (of->stay, GUITU_STAY_LEFT_AT))
    return NULL;
  return g_strdup (at != NULL ? at : guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT));
}

static char *
starts_serve (const GuituCase *of)
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
rule_of_police_report (const GuituCase *of)
{
  if (guitu_record_says (of->stay, GUITU_STAY_REASON, "domestic-violence"))
    return "police_report_violence_hours";
  if (guitu_person_may_be_minor (of->person, of->now) && is_alone (of) && guitu_rules_find ("police_report_minor_hours", entered_at (of)) != NULL)
    return "police_report_minor_hours";
  return "police_report_hours";
}

static char *
starts_police_report (const GuituCase *of)
{
  static const char *const reasons[] = { "lost", "trafficked", "abandoned", "domestic-violence", NULL };
  const char *reason = guitu_record_text (of->stay, GUITU_STAY_REASON);

  if (!is_in_house (of) || !((reason != NULL && g_strv_contains (reasons, reason)) || (guitu_person_may_be_minor (of->person, of->now) && is_alone (of))))
    return NULL;
  return g_strdup (guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT));
}

static char *
starts_dna_answer (const GuituCase *of)
{
  return is_in_house (of) && !guitu_person_is_verified (of->person) ? done_at (of, "dna-request") : NULL;
}

static char *
starts_stranded_care (const GuituCase *of)
{
  return guitu_record_is_set (of->stay, GUITU_STAY_CARE) ? NULL : starts_unverified (of);
}

static char *
starts_register (const GuituCase *of)
{
  return is_in_house (of) ? done_at (of, "settle") : NULL;
}

static char *
starts_guardian (const GuituCase *of)
{
  if (!is_in_house (of) || !guitu_person_may_be_minor (of->person, of->now) || guitu_record_is_set (of->stay, GUITU_STAY_GUARDIAN_CHECK))
    return NULL;
  return g_strdup (entered_at (of));
}

static char *
starts_search (const GuituCase *of)
{
  const char *at = last_event (of, "missing");

  if (!is_in_house (of) || !guitu_record_says (of->stay, GUITU_STAY_WHERE, "missing"))
    return NULL;
  return g_strdup (at != NULL ? at : entered_at (of));
}

static char *
starts_double_stay (const GuituCase *of)
{
  return of->is_double && !guitu_record_is_set (of->stay, GUITU_STAY_LEFT_AT)
             ? g_strdup (guitu_record_text (of->stay, GUITU_STAY_ARRIVED_AT))
             : NULL;
}

static char *
starts_death (const GuituCase *of)
{
  return guitu_record_says (of->stay, GUITU_STAY_LEAVE_BY, "death") ? g_strdup (guitu_record_text (of->stay, GUITU_STAY_LEFT_AT)) : NULL;
}

/* --- The table ------------------------------------------------------------------------------- */

static const Deadline table[] = {
  { "papers", starts_papers, "emergency_papers_hours", NULL, WITHIN, "the decision (“stay admit” or “stay refuse”)" },
  { "review", starts_review, "review_hours", NULL, WITHIN, "the review (“stay review”)" },
  { "serve", starts_serve, "serve_hours", NULL, WITHIN, "the service of the notice (“stay serve”)" },
  { "quick-query", starts_unverified, "quick_query_hours", NULL, BY_DAY, NULL },
  { "police-report", starts_police_report, "police_report_hours", rule_of_police_report, WITHIN, NULL },
  { "notice", starts_notice, "notice_hours", NULL, WITHIN, NULL },
  { "second-interview", starts_unverified, "second_interview_days", NULL, WITHIN, NULL },
  { "dna-request", starts_unverified, "dna_working_days", NULL, WITHIN, NULL },
  { "dna-answer", starts_dna_answer, "police_answer_months", NULL, WITHIN, NULL },
  { "stranded-care", starts_stranded_care, "stranded_after_days", NULL, AFTER, "the form of care in the stay (“care”), or the identity verified" },
  { "settle", starts_unverified, "settle_after_months", NULL, AFTER, NULL },
  { "register", starts_register, "register_working_days", NULL, WITHIN, NULL },
  { "guardian", starts_guardian, "guardian_days", NULL, WITHIN, NULL },
  { "search", starts_search, "search_hours", NULL, WITHIN, "the person found, or the leaving recorded" },
  { "double-stay", starts_double_stay, "double_stay_days", NULL, WITHIN, "one of the two stays ended or voided" },
  { "death", starts_death, "death_days", NULL, WITHIN, NULL },
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
  { "notice-refresh", NULL },
  { "monthly-report", NULL },
  { "half-year-visit", NULL },
  { "list-review", "the review (“blacklist review”)" },
  { "list-serve", "the service of the notice (“blacklist serve”)" },
  { "list-objection", "the decision (“blacklist decide”)" },
  { "list-suspended", "the entry removed (“blacklist revoke”)" },
  { "list-correct", "the correction (“blacklist correct”)" },
};

const char *
guitu_deadline_ended_by (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].kind, kind) == 0)
      return table[i].ended_by;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i].kind, kind) == 0)
      return others[i].ended_by;
  return NULL;
}

gboolean
guitu_deadline_is_derived (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].kind, kind) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i].kind, kind) == 0)
      return TRUE;
  return FALSE;
}

/* --- Duties ---------------------------------------------------------------------------------- */

/* The rule that was in force at *@from; or else one that came into force since, from whose first day on
 * it holds for those who are here already. */
static const GuituRule *
rule_since (const char *name,
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

static void
add_row (GPtrArray *duties,
         const Deadline *row,
         const GuituCase *of)
{
  g_autofree char *begun = row->starts (of);
  const GuituRule *rule = begun == NULL ? NULL : rule_since (row->rule_of != NULL ? row->rule_of (of) : row->rule, of->now, &begun);
  GuituDuty duty = { .kind = row->kind, .rule = rule };

  if (rule == NULL)
    return;
  if (row->reckoning & AFTER)
    {
      g_autofree char *day = day_after (rule, begun);
      g_autofree char *worked = guitu_calendar_roll (day);

      duty.starts_at = _guitu_start_of_day (day);
      duty.due_at = guitu_end_of_day (worked);
    }
  else
    {
      g_autofree char *end = guitu_deadline_end (rule, begun);

      duty.starts_at = g_steal_pointer (&begun);
      duty.due_at = row->reckoning & BY_DAY ? by_day (end) : g_steal_pointer (&end);
    }
  _guitu_duty_add (duties, &duty, of->tasks, of->now);
}

static void
add_stay_limit (GPtrArray *duties,
                const GuituCase *of)
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
            const GuituCase *of)
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
             const GuituCase *of)
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

/* A month after the person became stranded, then a month after each time it was done. */
static void
add_refresh (GPtrArray *duties,
             const GuituCase *of)
{
  g_autofree char *entered = starts_notice (of);
  const GuituRule *stranded = entered == NULL ? NULL : rule_since ("stranded_after_days", of->now, &entered);
  g_autofree char *base = stranded == NULL ? NULL : day_after (stranded, entered);
  const GuituRule *rule = base == NULL ? NULL : rule_since ("notice_refresh_months", of->now, &base);
  gint64 number = 0;

  for (guint i = 0; rule != NULL && of->tasks != NULL && i < of->tasks->len; i++)
    {
      const GuituRecord *task = of->tasks->pdata[i];
      const char *about = guitu_record_text (task, GUITU_TASK_ABOUT);

      if (!guitu_record_says (task, GUITU_TASK_KIND, "notice-refresh") || guitu_record_says (task, GUITU_TASK_STATE, "open") || about == NULL)
        continue;
      number = MAX (number, g_ascii_strtoll (about, NULL, 10));
      if (strcmp (base, guitu_record_text (task, GUITU_TASK_DONE_AT)) < 0)
        {
          g_free (base);
          base = g_strdup (guitu_record_text (task, GUITU_TASK_DONE_AT));
        }
    }
  if (rule != NULL)
    _guitu_duty_add (duties,
                     &(GuituDuty){ "notice-refresh", g_strdup_printf ("%" G_GINT64_FORMAT, number + 1), _guitu_start_of_day (base),
                                   guitu_deadline_end (rule, base), rule, NULL },
                     of->tasks, of->now);
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
            const GuituCase *of,
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
guitu_deadlines_of_stay (const GuituCase *of)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_duty_free);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    add_row (duties, &table[i], of);
  add_stay_limit (duties, of);
  add_return (duties, of);
  add_filings (duties, of);
  add_refresh (duties, of);
  add_things (duties, of, "unsigned", "unsigned_hours");
  add_things (duties, of, "belongings", "belongings_left_days");
  return duties;
}
