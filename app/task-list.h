/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of what is due and what was done: the duties that follow from the open stays and cases
 * (deadlines.h), what was noted about them, and the tasks added by hand. */

#include "app/call.h"
#include "app/deadlines.h"

G_BEGIN_DECLS

/** A duty, or what was done about one. All text is its own but that of the rule. */
typedef struct
{
  char *kind;
  char *about;
  char *text;
  char *starts_at; /* %NULL where only the record is left */
  char *due_at;
  const GuituRule *rule;
  char *stay;    /* id; %NULL for what the station as a whole has to do */
  char *of_case; /* id of the case of family tracing to which it belongs, or %NULL */
  char *number;
  char *person;
  char *display_name;
  char *id;    /* of the task record, when there is one */
  char *state; /* of the record: open, done or waived */
  char *done_at;
  char *by;
  char *by_name;
  char *proof;
} GuituTask;

typedef struct
{
  const char *now;         /* the moment for which it is asked */
  const GuituRecord *stay; /* only of this one, open or not; %NULL: of all open ones, and of the station */
  gboolean with_done;
  const char *of_case; /* id: of cases, only what is due in this one; with no @stay, that alone */
} GuituTaskQuery;

void guitu_task_free (GuituTask *task);

/** Returns: (transfer full) (element-type GuituTask): soonest first. */
GPtrArray *guitu_tasks_read (GuituTransaction *transaction, const GuituTaskQuery *query, GError **error);

/** "overdue", "due" (today), "later", "done" or "waived". */
const char *guitu_task_state (const GuituTask *task, const char *now);

/** As the verb "tasks" shows it. Returns: (transfer full). */
JsonObject *guitu_task_to_json (const GuituTask *task, const char *now);

G_END_DECLS
