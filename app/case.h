/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The case of a search for somebody's identity and family (domain.md §5). A person has one that is
 * open at most; where two records of persons turn out to be one human being, the cases of both are
 * read, noted and closed as one. Only app/ includes this header. */

#include "app/call.h"
#include "app/deadlines.h"
#include "app/task-list.h"

G_BEGIN_DECLS

/** A case with all that is kept in it, each list oldest first. */
typedef struct _GuituCaseFile
{
  GuituRecord *record;   /* of cases that are one, the oldest */
  GPtrArray *ids;        /* of those cases, the record's first */
  GPtrArray *persons;    /* ids of the person's records, the one that leads first */
  GuituRecord *person;   /* as all of them tell; for reading only */
  GuituRecord *stay;     /* with which the case began; %NULL where there is none */
  GuituRecord *now_here; /* the stay of who is in the house; %NULL otherwise */
  GPtrArray *members;
  GPtrArray *notes;
  GPtrArray *clues;
  GPtrArray *inquiries;
  GPtrArray *notices;
  GPtrArray *tasks; /* of the case and of the stay with which it began */
} GuituCaseFile;

/** Reads the file of a case. @file: cleared by the caller also on error. @record: (transfer full) (nullable): %NULL fails with no error of its own */
gboolean guitu_case_file_read (GuituCaseFile *file, GuituTransaction *transaction, GuituRecord *record, GError **error);
/** Of a file that has its ids, only what duties follow from and is noted under the case itself. */
gboolean guitu_case_file_read_noted (GuituCaseFile *file, GuituTransaction *transaction, GError **error);

void guitu_case_file_clear (GuituCaseFile *file);

/** Whether it is not closed. */
gboolean guitu_case_is_open (const GuituRecord *record);

/** The stay under which the case stands in lists: that of who is in the house, else the one with which it began. (nullable) */
const GuituRecord *guitu_case_stay (const GuituCaseFile *file);

/** What the duties of the case follow from. Nothing of it is owned. */
GuituCaseFacts guitu_case_facts (const GuituCaseFile *file, const char *now);

/**
 * The case that @text means: its id; or the id of a person, or id or number of a stay: the person's open case,
 * else the last one. Errors: NOT_FOUND (“no-case”).
 */
GuituRecord *guitu_case_find (GuituTransaction *transaction, const char *text, GError **error);

/** The same as the call's option “case” says, with all of its file. */
gboolean guitu_call_case (GuituCall *call, GuituTransaction *transaction, GuituCaseFile *file, GError **error);

/** The same, for writing into it: the caller may see the person, and the case is open. */
gboolean guitu_call_open_case (GuituCall *call, GuituTransaction *transaction, GuituCaseFile *file, GError **error);

/** The cases of a person, whose records have these ids, oldest first. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_cases_of (GuituTransaction *transaction, GPtrArray *person_ids, GError **error);

/**
 * *@is: whether one of the cases of somebody was closed after @stay of theirs began: they are not searched for
 * again in it, unless somebody opens a case. @is: (out)
 */
gboolean guitu_cases_closed_since (GuituTransaction *transaction, GPtrArray *cases, const GuituRecord *stay, gboolean *is, GError **error);

/**
 * What follows from a person's records as they stand: a case for who is in the house and not identified, once;
 * and in an open case, when the identity was found. @person: id of the record that leads
 */
gboolean guitu_case_follow (GuituTransaction *transaction, const char *person, GError **error);

/**
 * Opens what guitu_case_follow would have opened for everybody in the house, where there was never a case:
 * a store that was made before there were cases. Writes only then.
 */
gboolean guitu_cases_fill (GuituStore *store, const char *user, GError **error);

/** Adds what is due in the cases that @query is about. @open: (element-type GuituCaseStay): open stays; all of them, where @query is about everybody */
gboolean guitu_case_add_tasks (GuituTransaction *transaction, const GuituTaskQuery *query, GPtrArray *open, GPtrArray *tasks, GError **error);

/** An open stay, with what was read for it. Nothing in it is owned. */
typedef struct
{
  const GuituRecord *stay;
  const GuituRecord *person;
  GPtrArray *tasks;
} GuituCaseStay;

/** The case as the verbs show it in a line: who, how long, who works on it, the next step. @tasks: what is due, of which those of the case are taken. Returns: (transfer full) (nullable). */
JsonObject *guitu_case_to_json (GuituTransaction *transaction, const GuituCaseFile *file, GPtrArray *tasks, const char *now, GError **error);

/** Writes @record and gives out the case after it. */
gboolean guitu_case_put_and_emit (GuituCall *call, GuituTransaction *transaction, GuituRecord *record, GError **error);

/** Writes a note of that kind in the caller's name. */
gboolean guitu_case_note (GuituCall *call, GuituTransaction *transaction, const char *case_id, const char *kind, const char *text, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituCaseFile, guitu_case_file_clear)

G_END_DECLS
