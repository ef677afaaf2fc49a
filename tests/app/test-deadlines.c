/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/call.h"
#include "app/deadlines.h"

#include <string.h>

/* A stay made of fields, "kind.field=value|…", asked for at a moment. The dates of what is expected
 * were worked out by hand with the notices of the State Council. */

enum
{
  TASK,
  EVENT,
  BELONGING,
  INQUIRY,
  NOTE,
  CLUE,
  NOTICE,
  N_LISTS
};

static const char *const lists[N_LISTS] = { "task", "event", "belonging", "inquiry", "case_note", "clue", "notice" };

typedef struct
{
  GuituRecord *person;
  GuituRecord *stay;
  GuituRecord *record; /* the case */
  GPtrArray *lists[N_LISTS];
} Fixture;

static GuituRecord *
record_of (Fixture *fixture,
           const char *kind)
{
  gboolean is_new = g_str_has_prefix (kind, "new-");
  const char *name = is_new ? kind + strlen ("new-") : kind;

  if (strcmp (name, "person") == 0)
    return fixture->person;
  if (strcmp (name, "stay") == 0)
    return fixture->stay;
  if (strcmp (name, "case") == 0)
    {
      if (is_new)
        fixture->record = guitu_record_new (&guitu_kind_case);
      return fixture->record;
    }
  for (guint i = 0; i < N_LISTS; i++)
    if (strcmp (lists[i], name) == 0)
      {
        if (is_new)
          g_ptr_array_add (fixture->lists[i], guitu_record_new (guitu_kind_find (name)));
        return fixture->lists[i]->pdata[fixture->lists[i]->len - 1];
      }
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture,
        const char *fields)
{
  g_auto (GStrv) parts = g_strsplit (fields, "|", -1);

  fixture->person = guitu_record_new (&guitu_kind_person);
  fixture->stay = guitu_record_new (&guitu_kind_stay);
  fixture->record = NULL;
  for (guint i = 0; i < N_LISTS; i++)
    fixture->lists[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      g_auto (GStrv) named = g_strsplit (parts[i], "=", 2);
      g_auto (GStrv) path = g_strsplit (named[0], ".", 2);
      GuituRecord *record = record_of (fixture, path[0]);
      g_autofree char *value = g_str_has_suffix (path[1], "_at") || g_str_has_suffix (path[1], "_until") || strcmp (path[1], "at") == 0
                                   ? g_strconcat (named[1], ":00+08:00", NULL)
                                   : g_strdup (named[1]);
      int field = guitu_kind_field (guitu_record_kind (record), path[1]);

      g_assert_cmpint (field, >=, 0);
      guitu_record_set_text (record, field, value);
    }
}

static void
tear_down (Fixture *fixture)
{
  guitu_record_free (fixture->person);
  guitu_record_free (fixture->stay);
  g_clear_pointer (&fixture->record, guitu_record_free);
  for (guint i = 0; i < N_LISTS; i++)
    g_ptr_array_unref (fixture->lists[i]);
}

/* The stay is that with which the case began; before the case is opened, duties follow from the stay alone. */
static GPtrArray *
of_case (const Fixture *fixture,
         const char *now)
{
  const GuituCaseFacts facts = {
    .record = fixture->record,
    .stay = fixture->stay,
    .person = fixture->person,
    .is_here = strcmp (guitu_stay_state (fixture->stay), "in-house") == 0,
    .tasks = fixture->lists[TASK],
    .inquiries = fixture->lists[INQUIRY],
    .notes = fixture->lists[NOTE],
    .clues = fixture->lists[CLUE],
    .notices = fixture->lists[NOTICE],
    .now = now,
  };

  return guitu_deadlines_of_case (&facts);
}

/* "kind" or "kind:about" with the times of its beginning and end; "-" where nothing is due. */
static char *
times_of (const char *fields,
          const char *now,
          const char *kind,
          gboolean is_double)
{
  g_autofree char *moment = g_strconcat (now, ":00+08:00", NULL);
  g_autoptr (GPtrArray) duties = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  Fixture fixture;

  set_up (&fixture, fields);
  duties = guitu_deadlines_of_stay (&(GuituStayFacts){ fixture.stay, fixture.person, fixture.lists[TASK], fixture.lists[EVENT], fixture.lists[BELONGING], is_double, moment });
  g_ptr_array_extend_and_steal (duties, of_case (&fixture, moment));
  for (guint i = 0; i < duties->len; i++)
    {
      const GuituDuty *duty = duties->pdata[i];

      if (strcmp (duty->kind, kind) == 0)
        g_string_append_printf (found, "%s%s%s%.19s>%.19s", found->len > 0 ? " " : "", duty->about == NULL ? "" : duty->about,
                                duty->about == NULL ? "" : ":", duty->starts_at, duty->due_at);
    }
  tear_down (&fixture);
  return found->len == 0 ? g_strdup ("-") : g_string_free (g_steal_pointer (&found), FALSE);
}

#define HERE(time) "stay.decision=admitted|stay.arrived_at=" time "|stay.admitted_at=" time "|"
#define DONE(task, time) "new-task.kind=" task "|task.state=done|task.done_at=" time "|"

#define CASE(time) "new-case.state=open|case.opened_at=" time "|"
#define ASKED(what, time) "new-inquiry.kind=" what "|inquiry.at=" time "|"
#define NOTED(what, time) "new-case_note.kind=" what "|case_note.at=" time "|"
#define PUBLISHED(time) "new-notice.state=published|notice.published_at=" time "|"
#define GONE "stay.left_at=2026-08-25T20:00|"

typedef struct
{
  const char *kind;
  const char *fields;
  const char *now;
  const char *expected;
} Expected;

static const Expected cases[] = {
  /* Hours are exact, also over midnight, the month's and the year's end. */
  { "notice", HERE ("2026-11-21T03:15"), "2026-11-22T10:00", "2026-11-21T03:15:00>2026-11-22T03:15:00" },
  { "notice", HERE ("2024-02-28T23:30"), "2024-03-05T10:00", "2024-02-28T23:30:00>2024-02-29T23:30:00" },
  { "notice", HERE ("2025-12-31T08:01"), "2026-01-05T10:00", "2025-12-31T08:01:00>2026-01-01T08:01:00" },
  { "notice", HERE ("2026-11-21T03:15") "person.verified_by=none|", "2026-11-22T10:00", "2026-11-21T03:15:00>2026-11-22T03:15:00" },
  { "notice", HERE ("2026-11-21T03:15") "person.verified_by=police|", "2026-11-22T10:00", "-" },
  { "notice", HERE ("2026-11-21T03:15") "person.fence=violence|", "2026-11-22T10:00", "-" },
  { "notice", HERE ("2026-11-21T03:15") "stay.reason=domestic-violence|", "2026-11-22T10:00", "-" },
  { "notice", HERE ("2026-11-21T03:15") DONE ("notice", "2026-11-21T12:00"), "2026-11-22T10:00", "-" },
  { "notice", HERE ("2026-11-21T03:15") "stay.left_at=2026-11-21T20:00|", "2026-11-22T10:00", "-" },
  { "notice", "stay.arrived_at=2026-11-21T03:15|", "2026-11-22T10:00", "-" },
  { "notice", HERE ("2026-11-21T03:15"), "2026-11-21T03:14", "-" },

  /* What falls due at night is due at eight. */
  { "quick-query", HERE ("2026-11-21T03:15"), "2026-11-21T04:00", "2026-11-21T03:15:00>2026-11-21T08:00:00" },
  { "quick-query", HERE ("2026-11-21T14:00"), "2026-11-21T15:00", "2026-11-21T14:00:00>2026-11-21T16:00:00" },
  { "quick-query", HERE ("2026-11-21T19:59"), "2026-11-21T20:00", "2026-11-21T19:59:00>2026-11-21T21:59:00" },
  { "quick-query", HERE ("2026-11-21T20:00"), "2026-11-21T20:00", "2026-11-21T20:00:00>2026-11-22T08:00:00" },
  { "quick-query", HERE ("2026-12-31T23:30"), "2027-01-01T00:00", "2026-12-31T23:30:00>2027-01-01T08:00:00" },
  { "quick-query", HERE ("2026-11-21T06:00"), "2026-11-21T06:00", "2026-11-21T06:00:00>2026-11-21T08:00:00" },
  { "quick-query", HERE ("2026-11-21T05:59"), "2026-11-21T06:00", "2026-11-21T05:59:00>2026-11-21T08:00:00" },

  /* Seven working days over real holidays. */
  { "dna-request", HERE ("2020-01-20T10:00"), "2020-02-01T10:00", "2020-01-20T10:00:00>2020-02-06T23:59:59" },
  { "dna-request", HERE ("2023-09-25T23:50"), "2023-10-01T10:00", "2023-09-25T23:50:00>2023-10-10T23:59:59" },
  { "dna-request", HERE ("2024-02-05T00:05"), "2024-02-12T10:00", "2024-02-05T00:05:00>2024-02-20T23:59:59" },
  { "dna-request", HERE ("2025-04-25T10:00"), "2025-05-01T10:00", "2025-04-25T10:00:00>2025-05-08T23:59:59" },
  { "dna-request", HERE ("2026-09-28T10:00"), "2026-10-05T10:00", "2026-09-28T10:00:00>2026-10-13T23:59:59" },

  /* A month from the request; a last day that is free moves on. */
  { "dna-answer", HERE ("2024-01-20T10:00"), "2024-02-10T10:00", "-" },
  { "dna-answer", HERE ("2024-01-20T10:00") DONE ("dna-request", "2024-01-31T16:30"), "2024-02-10T10:00", "2024-01-31T16:30:00>2024-02-29T23:59:59" },
  { "dna-answer", HERE ("2023-01-10T10:00") DONE ("dna-request", "2023-01-31T16:30"), "2023-02-10T10:00", "2023-01-31T16:30:00>2023-02-28T23:59:59" },
  { "dna-answer", HERE ("2026-08-25T10:00") DONE ("dna-request", "2026-09-01T09:00"), "2026-09-10T10:00", "2026-09-01T09:00:00>2026-10-08T23:59:59" },
  { "dna-answer", HERE ("2023-08-20T10:00") DONE ("dna-request", "2023-08-29T09:00"), "2023-09-10T10:00", "2023-08-29T09:00:00>2023-10-07T23:59:59" },
  { "dna-answer", HERE ("2024-01-20T10:00") "new-task.kind=dna-request|task.state=waived|task.done_at=2024-01-31T16:30|", "2024-02-10T10:00", "-" },

  /* The term is what the stay says. */
  { "stay-limit", HERE ("2024-02-19T10:00") "stay.due_on=2024-02-29|", "2024-02-20T10:00", "2024-02-19T10:00:00>2024-02-29T23:59:59" },

  /* Longer than ten days: from the eleventh day; not on a holiday. */
  { "stranded-care", HERE ("2026-11-10T10:00"), "2026-11-20T23:59", "-" },
  { "stranded-care", HERE ("2026-11-10T10:00"), "2026-11-21T00:00", "2026-11-21T00:00:00>2026-11-23T23:59:59" },
  { "stranded-care", HERE ("2026-11-10T10:00") "stay.care=in-house|", "2026-11-21T00:00", "-" },
  { "stranded-care", HERE ("2024-02-18T10:00"), "2024-03-01T00:00", "2024-02-29T00:00:00>2024-02-29T23:59:59" },

  /* Who was here before the rule was: from its first day on. */
  { "dna-request", HERE ("2015-08-01T10:00"), "2015-08-19T10:00", "-" },
  { "dna-request", HERE ("2015-08-01T10:00"), "2015-08-20T10:00", "2015-08-20T00:00:00>2015-08-31T23:59:59" },
  { "notice-refresh", HERE ("2019-12-20T10:00"), "2020-02-29T10:00", "-" },
  { "notice-refresh", HERE ("2019-12-20T10:00"), "2020-03-05T10:00", "1:2020-03-01T00:00:00>2020-04-01T23:59:59" },

  /* A month after that, and a month after each time. */
  { "notice-refresh", HERE ("2026-08-20T10:00"), "2026-08-30T10:00", "-" },
  { "notice-refresh", HERE ("2026-08-20T10:00"), "2026-09-05T10:00", "1:2026-08-31T00:00:00>2026-09-30T23:59:59" },
  { "notice-refresh", HERE ("2026-08-20T10:00") DONE ("notice-refresh", "2026-09-29T15:00") "task.about=1|", "2026-10-05T10:00", "2:2026-09-29T00:00:00>2026-10-29T23:59:59" },
  { "notice-refresh", HERE ("2026-08-20T10:00") DONE ("notice-refresh", "2026-09-29T15:00") "task.about=1|" DONE ("notice-refresh", "2026-10-31T15:00") "task.about=2|", "2026-11-05T10:00", "3:2026-10-31T00:00:00>2026-11-30T23:59:59" },

  /* Longer than three months: the end of February of a leap year is the corresponding day. */
  { "settle", HERE ("2023-11-30T10:00"), "2024-02-29T23:59", "-" },
  { "settle", HERE ("2023-11-30T10:00"), "2024-03-01T00:00", "2024-03-01T00:00:00>2024-03-01T23:59:59" },
  { "settle", HERE ("2026-06-30T10:00"), "2026-10-02T10:00", "2026-10-01T00:00:00>2026-10-08T23:59:59" },
  { "register", HERE ("2026-06-30T10:00") DONE ("settle", "2026-10-08T10:00"), "2026-10-09T10:00", "2026-10-08T10:00:00>2026-11-04T23:59:59" },

  { "second-interview", HERE ("2024-02-27T10:00"), "2024-02-28T10:00", "2024-02-27T10:00:00>2024-03-01T23:59:59" },

  /* At once: who is lost, freed, abandoned or beaten, and a child whom nobody knows. */
  { "police-report", HERE ("2026-11-21T03:15") "stay.reason=lost|", "2026-11-21T03:15", "2026-11-21T03:15:00>2026-11-21T03:15:00" },
  { "police-report", HERE ("2026-11-21T03:15") "stay.reason=no-work|", "2026-11-21T03:20", "-" },
  { "police-report", HERE ("2026-11-21T03:15") "person.birth_from=2008-11-22|", "2026-11-21T03:20", "2026-11-21T03:15:00>2026-11-21T03:15:00" },
  { "police-report", HERE ("2026-11-21T03:15") "person.birth_from=2008-11-21|", "2026-11-21T03:20", "-" },
  { "police-report", HERE ("2026-11-21T03:15") "person.birth_from=2015-01-01|person.kin=母亲|", "2026-11-21T03:20", "-" },
  { "guardian", HERE ("2026-11-21T03:15") "person.birth_from=2005-01-01|person.birth_to=2010-01-01|", "2026-11-22T03:20", "2026-11-21T03:15:00>2026-11-28T23:59:59" },
  { "guardian", HERE ("2026-11-21T03:15") "person.birth_from=2015-01-01|stay.guardian_check=已核实|", "2026-11-22T03:20", "-" },

  { "papers", "stay.decision=emergency|stay.arrived_at=2026-11-21T23:40|", "2026-11-22T10:00", "2026-11-21T23:40:00>2026-11-22T23:40:00" },
  { "papers", HERE ("2026-11-21T23:40"), "2026-11-22T10:00", "-" },
  { "review", "stay.arrived_at=2026-11-21T23:40|stay.proposal=refuse|stay.proposed_at=2026-11-22T00:10|", "2026-11-22T10:00", "2026-11-22T00:10:00>2026-11-23T00:10:00" },
  { "serve", "stay.arrived_at=2026-11-21T10:00|stay.decision=refused|stay.reviewed_at=2026-11-21T12:00|", "2026-11-22T10:00", "2026-11-21T12:00:00>2026-11-22T12:00:00" },
  { "serve", HERE ("2026-11-21T10:00") "stay.leave_by=terminated|stay.left_at=2026-11-22T09:00|", "2026-11-22T10:00", "2026-11-22T09:00:00>2026-11-23T09:00:00" },
  { "serve", "stay.arrived_at=2026-11-21T10:00|stay.decision=refused|stay.reviewed_at=2026-11-21T12:00|stay.served_at=2026-11-21T13:00|", "2026-11-22T10:00", "-" },

  { "return-due", HERE ("2026-11-20T10:00") "stay.where=leave|stay.where_until=2026-11-22T18:00|new-event.kind=absence|event.at=2026-11-22T09:00|", "2026-11-22T10:00", "2026-11-22T09:00:00>2026-11-22T18:00:00" },
  { "search", HERE ("2026-11-20T10:00") "stay.where=missing|new-event.kind=missing|event.at=2026-11-21T23:30|", "2026-11-22T10:00", "2026-11-21T23:30:00>2026-11-22T00:30:00" },
  { "search", HERE ("2026-11-20T10:00") "stay.where=house|", "2026-11-22T10:00", "-" },
  { "extension-filing", HERE ("2026-09-20T10:00") "new-event.kind=extension|event.at=2026-09-30T10:00|event.until=2026-10-15T00:00|", "2026-10-02T10:00", "2026-10-15:2026-09-30T10:00:00>2026-10-10T23:59:59" },
  { "extension-filing", HERE ("2026-09-20T10:00") "new-event.kind=extension|event.at=2026-09-30T10:00|event.until=2026-10-15T00:00|event.filed=穗民〔2026〕9号|", "2026-10-02T10:00", "-" },
  { "extension-filing", HERE ("2026-09-20T10:00") "new-event.kind=extension|event.at=2026-09-30T10:00|event.until=2026-10-15T00:00|" DONE ("extension-filing", "2026-10-01T10:00") "task.about=2026-10-15|", "2026-10-02T10:00", "-" },
  { "unsigned", HERE ("2026-11-20T10:00") "new-belonging.name=手机|belonging.in_at=2026-11-20T22:00|new-belonging.name=现金|belonging.in_at=2026-11-20T21:00|", "2026-11-20T23:00", "2026-11-20T21:00:00>2026-11-21T09:00:00" },
  { "belongings", HERE ("2026-11-01T10:00") "stay.left_at=2026-11-02T10:00|stay.leave_by=own-will|new-belonging.name=手机|belonging.state=entrusted|", "2026-11-20T23:00", "2026-11-02T10:00:00>2026-12-02T23:59:59" },
  { "death", HERE ("2026-02-10T10:00") "stay.left_at=2026-02-20T04:00|stay.leave_by=death|", "2026-02-25T10:00", "2026-02-20T04:00:00>2026-03-07T23:59:59" },
};

static void
check (const Expected *expected,
       guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *times = times_of (expected[i].fields, expected[i].now, expected[i].kind, FALSE);

      g_test_message ("%s: %s", expected[i].kind, expected[i].fields);
      g_assert_cmpstr (times, ==, expected[i].expected);
    }
}

static void
test_table (void)
{
  check (cases, G_N_ELEMENTS (cases));
}

/* What was asked, noted and published ends what was due, and what it starts is due from then on. */
static void
test_facts (void)
{
#define HERE_NOW HERE ("2026-08-20T10:00") CASE ("2026-08-20T09:00")
  static const Expected expected[] = {
    { "quick-query", HERE_NOW, "2026-08-21T10:00", "2026-08-20T10:00:00>2026-08-20T12:00:00" },
    { "quick-query", HERE_NOW ASKED ("police", "2026-08-20T10:30"), "2026-08-21T10:00", "2026-08-20T10:00:00>2026-08-20T12:00:00" },
    { "quick-query", HERE_NOW ASKED ("face", "2026-08-20T10:30"), "2026-08-21T10:00", "-" },
    { "quick-query", HERE_NOW ASKED ("national-system", "2026-08-20T10:30"), "2026-08-21T10:00", "-" },
    { "quick-query", HERE_NOW ASKED ("fingerprint", "2026-08-20T10:30"), "2026-08-21T10:00", "-" },
    { "quick-query", HERE_NOW "case.closed_at=2026-08-20T11:00|", "2026-08-21T10:00", "-" },
    { "quick-query", HERE_NOW "case.seeks=kin|", "2026-08-21T10:00", "-" },
    { "quick-query", HERE_NOW GONE, "2026-08-26T10:00", "-" },
    { "police-query", HERE ("2026-08-20T23:00") CASE ("2026-08-20T23:00"), "2026-08-21T10:00", "2026-08-20T23:00:00>2026-08-21T08:00:00" },
    { "police-query", HERE_NOW ASKED ("face", "2026-08-20T10:30"), "2026-08-21T10:00", "2026-08-20T10:00:00>2026-08-20T12:00:00" },
    { "police-query", HERE_NOW ASKED ("police-missing", "2026-08-20T10:30"), "2026-08-21T10:00", "-" },
    { "notice", HERE_NOW "new-notice.state=draft|", "2026-08-21T10:00", "2026-08-20T10:00:00>2026-08-21T10:00:00" },
    { "notice", HERE_NOW PUBLISHED ("2026-08-20T20:00"), "2026-08-21T10:00", "-" },
    { "notice", HERE_NOW PUBLISHED ("2026-08-20T20:00") "notice.withdrawn_as=mistaken|", "2026-08-21T10:00", "2026-08-20T10:00:00>2026-08-21T10:00:00" },
    /* The talk at the door is not the second one. */
    { "second-interview", HERE_NOW NOTED ("interview", "2026-08-20T21:00"), "2026-08-21T10:00", "2026-08-20T10:00:00>2026-08-23T23:59:59" },
    { "second-interview", HERE_NOW NOTED ("interview", "2026-08-21T08:00"), "2026-08-21T10:00", "-" },
    { "dna-request", HERE_NOW ASKED ("dna", "2026-08-25T10:30"), "2026-08-26T10:00", "-" },
    { "dna-answer", HERE_NOW ASKED ("dna", "2026-08-25T10:30") "inquiry.due_on=2026-09-25|", "2026-08-26T10:00", "2026-08-25T10:30:00>2026-09-25T23:59:59" },
    { "dna-answer", HERE_NOW ASKED ("dna", "2026-08-25T10:30") "inquiry.due_on=2026-09-25|inquiry.answered_at=2026-09-01T10:00|", "2026-09-02T10:00", "-" },
    /* The answer is waited for also when they have left. */
    { "dna-answer", HERE_NOW GONE ASKED ("dna", "2026-08-25T10:30") "inquiry.due_on=2026-09-25|", "2026-08-26T10:00", "2026-08-25T10:30:00>2026-09-25T23:59:59" },
    { "case-plan", HERE_NOW, "2026-08-30T23:00", "-" },
    { "case-plan", HERE_NOW, "2026-08-31T01:00", "2026-08-31T00:00:00>2026-08-31T23:59:59" },
    { "case-plan", HERE_NOW NOTED ("plan", "2026-08-25T10:00"), "2026-08-31T01:00", "-" },
    { "case-assign", HERE_NOW, "2026-08-31T01:00", "2026-08-31T00:00:00>2026-08-31T23:59:59" },
    { "case-assign", HERE_NOW "case.caseworker=x|", "2026-08-31T01:00", "-" },
    { "case-assign", HERE ("2026-08-20T10:00"), "2026-08-31T01:00", "-" },
    { "case-review", HERE_NOW, "2026-08-31T01:00", "1:2026-08-31T00:00:00>2026-09-30T23:59:59" },
    { "case-review", HERE_NOW NOTED ("review", "2026-09-15T10:00"), "2026-10-01T01:00", "1:2026-09-15T00:00:00>2026-10-15T23:59:59" },
    { "case-review", HERE_NOW GONE NOTED ("review", "2026-09-15T10:00") NOTED ("review", "2026-10-20T10:00"), "2026-11-01T01:00", "1:2026-10-20T00:00:00>2026-11-20T23:59:59" },
    { "case-review", HERE_NOW GONE "case.closed_at=2026-10-01T10:00|", "2026-11-01T01:00", "-" },
    { "dialect-interview", HERE_NOW, "2026-08-31T01:00", "1:2026-08-31T00:00:00>2026-09-30T23:59:59" },
    { "dialect-interview", HERE_NOW NOTED ("interview", "2026-09-15T10:00"), "2026-10-01T01:00", "1:2026-09-15T00:00:00>2026-10-15T23:59:59" },
    { "dialect-interview", HERE_NOW ASKED ("dialect", "2026-09-16T10:00"), "2026-10-01T01:00", "1:2026-09-16T00:00:00>2026-10-16T23:59:59" },
    { "dialect-interview", HERE_NOW GONE, "2026-10-01T01:00", "-" },
    { "notice-refresh", HERE_NOW PUBLISHED ("2026-08-20T20:00"), "2026-09-05T10:00", "1:2026-08-31T00:00:00>2026-09-30T23:59:59" },
    { "notice-refresh", HERE_NOW GONE PUBLISHED ("2026-08-20T20:00") "notice.refreshed_at=2026-09-20T10:00|", "2026-09-25T10:00", "1:2026-09-20T00:00:00>2026-10-20T23:59:59" },
    { "notice-refresh", HERE_NOW PUBLISHED ("2026-08-20T20:00") "notice.state=withdrawn|notice.withdrawn_as=objection|", "2026-09-05T10:00", "-" },
    { "notice-refresh", HERE_NOW "new-task.kind=notice|task.state=waived|task.done_at=2026-08-21T10:00|", "2026-09-05T10:00", "-" },
    { "case-close", HERE_NOW "case.identified_at=2026-08-22T10:00|", "2026-08-23T10:00", "-" },
    { "case-close", HERE_NOW "person.verified_by=police|case.identified_at=2026-08-22T10:00|", "2026-08-23T10:00", "2026-08-22T10:00:00>2026-08-25T23:59:59" },
    { "case-close", HERE_NOW "person.verified_by=police|case.identified_at=2026-08-22T10:00|case.seeks=kin|", "2026-08-23T10:00", "-" },
    { "case-close", HERE_NOW GONE, "2026-08-26T10:00", "-" },
    { "case-close", HERE_NOW GONE "stay.leave_by=kin|", "2026-08-26T10:00", "2026-08-25T20:00:00>2026-08-28T23:59:59" },
    { "case-close", HERE_NOW GONE "stay.leave_by=kin|case.opened_at=2026-08-25T21:00|", "2026-08-26T10:00", "-" },
    { "inquiry-answer", HERE_NOW ASKED ("letter", "2026-08-22T10:00") "inquiry.due_on=2026-09-06|inquiry.answered_at=2026-08-30T10:00|", "2026-09-10T10:00", "-" },
  };

  check (expected, G_N_ELEMENTS (expected));
}

/* Those that come again are told apart by the record that they are about. */
static void
test_facts_of_their_own (void)
{
  static const char *const kinds[] = { "clue", "inquiry-answer", "case-step" };
  const char *const ends[] = { "2026-08-25T23:59:59", "2026-09-06T23:59:59", "2026-09-01T23:59:59" };
  g_autoptr (GPtrArray) duties = NULL;
  Fixture fixture;

  set_up (&fixture, HERE ("2026-08-20T10:00") CASE ("2026-08-20T09:00") "new-clue.state=new|clue.at=2026-08-22T10:00|clue.text=堂兄在洪湖|"
                                                                        "new-clue.state=dead-end|clue.at=2026-08-22T11:00|clue.text=无|" ASKED ("letter", "2026-08-22T10:00") "inquiry.due_on=2026-09-06|" NOTED ("note", "2026-08-22T10:00") "case_note.next=打电话|case_note.next_on=2026-08-30|" NOTED ("note", "2026-08-23T10:00") "case_note.next=再打电话|case_note.next_on=2026-09-01|");
  duties = of_case (&fixture, "2026-08-24T10:00:00+08:00");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n = 0;

      for (guint j = 0; j < duties->len; j++)
        {
          const GuituDuty *duty = duties->pdata[j];

          if (strcmp (duty->kind, kinds[i]) != 0)
            continue;
          n++;
          g_assert_true (g_str_has_prefix (duty->due_at, ends[i]));
          g_assert_nonnull (duty->about);
        }
      g_assert_cmpuint (n, ==, 1);
    }
  tear_down (&fixture);
}

static void
test_double_stay (void)
{
  g_autofree char *times = times_of (HERE ("2026-11-21T10:00"), "2026-11-21T12:00", "double-stay", TRUE);

  g_assert_cmpstr (times, ==, "2026-11-21T10:00:00>2026-11-22T23:59:59");
}

/* Violence and a child each have their own law; the general rule is the ministries'. */
static void
test_source_of_the_report_to_the_police (void)
{
  static const char *const sources[][2] = {
    { "stay.reason=domestic-violence|", "反家庭暴力法" },
    { "person.birth_from=2015-01-01|", "未成年人保护法" },
    { "stay.reason=lost|", "身份查询" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *fields = g_strconcat (HERE ("2026-11-21T10:00"), sources[i][0], NULL);
      g_autoptr (GPtrArray) duties = NULL;
      gboolean is_found = FALSE;
      Fixture fixture;

      set_up (&fixture, fields);
      duties = guitu_deadlines_of_stay (&(GuituStayFacts){ fixture.stay, fixture.person, NULL, NULL, NULL, FALSE, "2026-11-21T12:00:00+08:00" });
      for (guint j = 0; j < duties->len; j++)
        {
          const GuituDuty *duty = duties->pdata[j];

          is_found |= strcmp (duty->kind, "police-report") == 0 && strstr (duty->rule->citation, sources[i][1]) != NULL;
        }
      g_assert_true (is_found);
      tear_down (&fixture);
    }
}

static char *
of_station (const char *first,
            const char *kept,
            const char *now,
            GPtrArray *tasks)
{
  g_autoptr (GPtrArray) duties = guitu_deadlines_of_station (tasks, first, kept, now);
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < duties->len; i++)
    {
      const GuituDuty *duty = duties->pdata[i];

      g_string_append_printf (found, "%s%s:%s>%.10s", found->len > 0 ? " " : "", duty->kind, duty->about, duty->due_at);
    }
  return g_string_free (found, FALSE);
}

static void
test_station (void)
{
  static const struct
  {
    const char *first;
    const char *now;
    const char *expected;
    const char *kept;
  } moments[] = {
    { NULL, "2025-12-01T10:00:00+08:00", "" }, /* the notice for 2026 is there */
    { "2024-01-05T10:00:00+08:00", "2026-11-22T10:00:00+08:00", "half-year-visit:2026-07>2026-07-31" },
    { "2026-11-05T10:00:00+08:00", "2026-11-22T10:00:00+08:00", "" },
    { "2024-01-05T10:00:00+08:00", "2026-11-22T10:00:00+08:00", "", "2026-11-22T09:00:00+08:00" }, /* the first day of a ledger with old stays */
    { "2024-01-05T10:00:00+08:00", "2026-11-22T10:00:00+08:00", "half-year-visit:2026-07>2026-07-31", "2026-07-31T09:00:00+08:00" },
    { "2024-01-05T10:00:00+08:00", "2026-06-30T23:59:59+08:00", "half-year-visit:2026-01>2026-01-31" },
    { "2024-01-05T10:00:00+08:00", "2026-07-01T00:00:00+08:00", "half-year-visit:2026-07>2026-07-31" },
    { NULL, "2039-11-30T23:59:59+08:00", "calendar:2039>2038-12-31" },
    { NULL, "2039-12-01T00:00:00+08:00", "calendar:2040>2039-12-31" },
    { NULL, "2040-01-03T10:00:00+08:00", "calendar:2040>2039-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *found = of_station (moments[i].first, moments[i].kept, moments[i].now, NULL);

      g_assert_cmpstr (found, ==, moments[i].expected);
    }
}

static void
test_station_done (void)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  GuituRecord *task = guitu_record_new (&guitu_kind_task);
  g_autofree char *found = NULL;

  guitu_record_set_text (task, GUITU_TASK_KIND, "half-year-visit");
  guitu_record_set_text (task, GUITU_TASK_ABOUT, "2026-07");
  guitu_record_set_text (task, GUITU_TASK_STATE, "done");
  g_ptr_array_add (tasks, task);
  found = of_station ("2024-01-05T10:00:00+08:00", NULL, "2026-11-22T10:00:00+08:00", tasks);
  g_assert_cmpstr (found, ==, "");
}

/* What follows from records, and what is added by hand; what is ticked off, and what is not. */
static void
test_kinds (void)
{
  g_assert_true (guitu_deadline_is_derived ("dna-request"));
  g_assert_true (guitu_deadline_is_derived ("calendar"));
  g_assert_false (guitu_deadline_is_derived ("other"));
  g_assert_null (guitu_deadline_ended_by ("police-report"));
  g_assert_nonnull (guitu_deadline_ended_by ("dna-request"));
  g_assert_nonnull (guitu_deadline_ended_by ("stay-limit"));
  g_assert_true (guitu_deadline_may_be_waived ("police-report"));
  g_assert_true (guitu_deadline_may_be_waived ("notice"));
  g_assert_false (guitu_deadline_may_be_waived ("case-review"));
  g_assert_false (guitu_deadline_may_be_waived ("stay-limit"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadlines/table", test_table);
  g_test_add_func ("/deadlines/facts", test_facts);
  g_test_add_func ("/deadlines/facts-of-their-own", test_facts_of_their_own);
  g_test_add_func ("/deadlines/double-stay", test_double_stay);
  g_test_add_func ("/deadlines/source-of-the-report-to-the-police", test_source_of_the_report_to_the_police);
  g_test_add_func ("/deadlines/station", test_station);
  g_test_add_func ("/deadlines/station-done", test_station_done);
  g_test_add_func ("/deadlines/kinds", test_kinds);
  return g_test_run ();
}
