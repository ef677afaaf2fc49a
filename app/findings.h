/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What fits: a person and a report that somebody is missing, here or at another station, who may be one human being.
 * The program proposes in the background and people decide; what was decided is kept. Nothing waits for it: a write
 * ends when it is on the disk, and how far the matching came is remembered at this desk (db/news.h). Only app/
 * includes this header. */

#include "app/call.h"
#include "app/task-list.h"

G_BEGIN_DECLS

/* --- Proposing (findings.c) --------------------------------------------------------------------- */

/** From which probability on a match is proposed (rule “finding_per_mille”). */
double guitu_finding_least (void);

/**
 * Matches all that was written since this was done the last time, here or at other desks. Doing it twice does
 * nothing. @has_written: (out) (optional): something is new
 */
gboolean guitu_findings_catch_up (GuituStore *store, gboolean *has_written, GError **error);

/* --- The two sides (finding-sides.c) -------------------------------------------------------------- */

/** The id of what is found of the two, at every desk. @report: id of a report of ours, or of what another station wrote. Returns: (transfer full). */
char *guitu_finding_id (const char *person_or_report, const char *report);

/** The findings about a person, whichever of the merged records they name. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_findings_of_person (GuituTransaction *transaction, const char *person_id, GError **error);

/** Whether somebody decided that the person is not whom that report is about. */
gboolean guitu_findings_are_different (GuituTransaction *transaction, const char *person_id, const char *report, gboolean *are, GError **error);

/**
 * The record on the other side of a finding: what another station shares (sought, posting) or wrote (letter), else our
 * report; *@report is %NULL where it is not here. @report: (out) (transfer full) (nullable)
 */
gboolean guitu_finding_report (GuituTransaction *transaction, const GuituRecord *finding, GuituRecord **report, GError **error);

/** Whether that is still of interest: somebody searches. */
gboolean guitu_finding_report_is_open (const GuituRecord *report);

/** Whether a finding is still to be looked at, as both sides are what they were; decided or not. */
gboolean guitu_finding_is_alive (GuituTransaction *transaction, const GuituRecord *finding, gboolean *is_alive, GError **error);

/** Whether @report is the other side of it. */
gboolean guitu_finding_names (const GuituRecord *finding, const char *report);

/** The reasons. Returns: (transfer full). */
JsonArray *guitu_finding_why (const GuituRecord *finding);

/* --- Showing (finding-verbs.c) ------------------------------------------------------------------- */

/** A finding with both sides; @json is %NULL where the caller does not see the person, or a side has not come to this desk. @json: (out) (transfer full) (nullable) */
gboolean guitu_finding_to_json (GuituCall *call, GuituTransaction *transaction, const GuituRecord *finding, gboolean in_full, JsonObject **json, GError **error);

/** Adds “findings” of a report, those that the caller may see, to its JSON. */
gboolean guitu_findings_add (JsonObject *json, GuituCall *call, GuituTransaction *transaction, const char *missing, GError **error);

/* --- Between stations (finding-letters.c) -------------------------------------------------------- */

/** Writes to the other station what was decided here, unless the person is protected; sets “told_at”. */
gboolean guitu_finding_tell (GuituCall *call, GuituTransaction *transaction, GuituRecord *finding, GError **error);

/** Makes findings of what other stations wrote that they found. For after an exchange. */
gboolean guitu_findings_take_letters (GuituStore *store, GError **error);

/** Adds “letters”: what the other station answered. */
gboolean guitu_finding_add_letters (JsonObject *json, GuituTransaction *transaction, const GuituRecord *finding, GError **error);

/* --- Duties (finding-tasks.c) -------------------------------------------------------------------- */

/** Adds tasks: findings to be decided, those that are to be looked at again, and families to be asked. */
gboolean guitu_findings_add_tasks (GuituTransaction *transaction, const GuituTaskQuery *query, GPtrArray *tasks, GError **error);

/** Whether a task of this list is for the caller, who may not see everybody whom families search for. */
gboolean guitu_finding_task_is_shown (GuituCall *call, GuituTransaction *transaction, const GuituTask *task, gboolean *is_shown, GError **error);

G_END_DECLS
