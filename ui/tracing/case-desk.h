/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One case as a desk: what is next; on the left what was said, found, asked and noted; on the right who it may be
 * and which places were named. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_CASE_DESK (guitu_case_desk_get_type ())
G_DECLARE_FINAL_TYPE (GuituCaseDesk, guitu_case_desk, GUITU, CASE_DESK, AdwBin)

/** Reads and shows a case: its id, or that of the person or stay. The focus goes to the next step. */
void guitu_case_desk_open (GuituCaseDesk *desk, GuituStation *station, const char *id);

/** Reads it anew. */
void guitu_case_desk_load (GuituCaseDesk *desk);

/** Ends what is being read. */
void guitu_case_desk_stop (GuituCaseDesk *desk);

/** Forgets it. */
void guitu_case_desk_clear (GuituCaseDesk *desk);

/** What a key asks for: “admit” (the next step), “open” (the file), “add” (a clue), “add-statement”, “note-event”. */
void guitu_case_desk_act (GuituCaseDesk *desk, const char *name);

G_END_DECLS
