/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of the cases: one case in the list, and what was said, found, asked and noted in one of them. */

#include "app/app.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A case of “case list”; activated, it opens (“pane.open”). */
GtkWidget *guitu_case_line_row (JsonObject *line);

/** What the time-ordered list of a case shows. */
typedef enum
{
  GUITU_CASE_ALL,
  GUITU_CASE_STATEMENTS,
  GUITU_CASE_CLUES,
  GUITU_CASE_INQUIRIES,
  GUITU_CASE_NOTES
} GuituCaseFilter;

/** All of it, newest first, for guitu_case_entry_row(). @of_case: what “case show” told. Returns: (transfer full) */
JsonArray *guitu_case_entries (JsonObject *of_case, GuituCaseFilter filter);

/**
 * One entry. Its buttons and the row itself activate “case.guess” (statement, part of the guess), “case.update-clue”,
 * “case.ask” and “case.answer” with the id of the record.
 */
GtkWidget *guitu_case_entry_row (JsonObject *entry);

/** Something that is due in the case; activated, it is done (“case.step”). */
GtkWidget *guitu_case_task_row (JsonObject *task);

/** A place that was named: indented as it lies in its province and prefecture. */
GtkWidget *guitu_case_place_row (JsonObject *place);

/** A notice of the case; activated, it opens. */
GtkWidget *guitu_case_notice_row (JsonObject *notice);

/** Type of the target of “case.guess”: id of the statement, code of the place or "", surname or "". */
#define GUITU_CASE_GUESS_TYPE "(sss)"

G_END_DECLS
