/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is due for a stay, for a case of family tracing and for the station, when, and by which rule
 * (domain.md §1.10, §5.1). Duties follow from what the records say. Where a record of its own says that
 * a thing was done (an inquiry, a note, a notice), that ends the duty; of the others it is written that
 * they were done (a task record). */

#include "app/rules.h"
#include "db/db.h"

G_BEGIN_DECLS

/** What is known of a stay. Nothing in it is owned. */
typedef struct
{
  const GuituRecord *stay;
  const GuituRecord *person;
  GPtrArray *tasks;      /* its task records */
  GPtrArray *events;     /* its events of extension, leave and absence; may be %NULL */
  GPtrArray *belongings; /* those without a second signature, or left in care; may be %NULL */
  gboolean is_double;    /* the person has another open stay, which began before */
  const char *now;       /* the moment for which it is asked: an ISO 8601 time */
} GuituStayFacts;

/** What is known of the search for somebody's identity and family. Nothing in it is owned; the arrays may be %NULL. */
typedef struct
{
  const GuituRecord *record; /* the case; %NULL before it is opened, for whom it is to be opened */
  const GuituRecord *stay;   /* with which it began; %NULL where there is none */
  const GuituRecord *person;
  gboolean is_here;     /* somebody whom one can ask is in the house */
  GPtrArray *tasks;     /* task records of the case and of the stay */
  GPtrArray *inquiries; /* of the case, as the others */
  GPtrArray *notes;
  GPtrArray *clues;
  GPtrArray *notices;
  const char *now;
} GuituCaseFacts;

/** Code of case_note_kind: the note with which “case reopen” takes a search up again. */
#define GUITU_CASE_NOTE_REOPENED "reopened"

/** Something to be done that has begun and is not done. */
typedef struct
{
  const char *kind; /* code of task_kind */
  char *about;      /* which one where a kind comes again; %NULL otherwise */
  char *starts_at;
  char *due_at;          /* hours are exact; dates end at 23:59:59 */
  const GuituRule *rule; /* that gave the limit; %NULL where a record holds the date itself */
  char *text;
} GuituDuty;

void guitu_duty_free (GuituDuty *duty);

/** Returns: (transfer full) (element-type GuituDuty): in the order of the table of deadlines. */
GPtrArray *guitu_deadlines_of_stay (const GuituStayFacts *of);

/**
 * What is due in the search for somebody; nothing for a case that is closed. The queries, interviews and
 * first notice are for who is in the house; the rest goes on after the stay.
 * Returns: (transfer full) (element-type GuituDuty)
 */
GPtrArray *guitu_deadlines_of_case (const GuituCaseFacts *of);

/**
 * What the station as a whole has to do: reports, visits, the calendar.
 *
 * @tasks: task records without a stay; @first: when the first person arrived, or %NULL;
 * @kept: since when the ledger is kept, for visits that nobody owes of the time before, or %NULL
 * Returns: (transfer full) (element-type GuituDuty)
 */
GPtrArray *guitu_deadlines_of_station (GPtrArray *tasks, const char *first, const char *kept, const char *now);

/** When the limit of @rule that begins at @starts_at ends. Returns: (transfer full): a time. */
char *guitu_deadline_end (const GuituRule *rule, const char *starts_at);

/** What ends a duty of that kind by itself, so that it can't be ticked off, or %NULL. */
const char *guitu_deadline_ended_by (const char *kind);

/** Whether somebody may say of a duty of that kind, with a reason, that it is not needed. */
gboolean guitu_deadline_may_be_waived (const char *kind);

/** Whether duties of that kind follow from records; others are only added by hand. */
gboolean guitu_deadline_is_derived (const char *kind);

/** The task record that says what was done about a duty, or %NULL. */
const GuituRecord *guitu_deadline_record (GPtrArray *tasks, const char *kind, const char *about);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituDuty, guitu_duty_free)

G_END_DECLS
