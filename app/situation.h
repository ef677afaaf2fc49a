/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From records to the workflow: in what situation a stay is, what is asked for, and the answer as
 * an error. Every verb that changes a stay goes through guitu_stay_act. */

#include "app/call.h"
#include "app/workflow.h"

G_BEGIN_DECLS

/** The state that the record of a stay tells. */
GuituStayState guitu_stay_state_of (const GuituRecord *stay);

/** Whether the person's record tells signs of a mental or intellectual disability. */
gboolean guitu_person_is_impaired (const GuituRecord *person);

/** How the stay and its person are at @at (YYYY-MM-DD…). @situation points into @stay. */
gboolean guitu_situation_read (GuituTransaction *transaction, const GuituRecord *stay, const GuituRecord *person, const char *at, GuituSituation *situation, GError **error);

/**
 * Checks an act of the caller on a stay against the workflow. What the record of the stay holds (the
 * way of leaving, who receives, …) counts as given; @request brings the rest. Its user and rights
 * are those of the caller, unless it names another who was let in as the second person. Errors: REFUSED with the guard's code; INVALID, naming the field, when
 * something is missing.
 */
gboolean guitu_stay_act (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, GuituRequest *request, GError **error);

/** Checks who receives the person, as the record tells it of a leaving. Errors: as guitu_stay_act. */
gboolean guitu_stay_check_receiver (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, GError **error);

/** Writes the stay after the act that was asked for. Errors: STORAGE (“contradiction”) when its record does not tell the state that the act leads to. */
gboolean guitu_stay_put (GuituTransaction *transaction, GuituRecord *stay, const GuituRequest *request, GError **error);

/** Takes what was proposed off the stay; the ledger keeps it. */
void guitu_stay_drop_proposal (GuituRecord *stay);

/** A new event of a stay, now and by the caller; @text may be NULL. Returns: (transfer full). */
GuituRecord *guitu_event_new (GuituCall *call, const GuituRecord *stay, const char *kind, const char *text);

/** Notes an event in the caller's name; @text may be NULL. */
gboolean guitu_event_note (GuituCall *call, GuituTransaction *transaction, const GuituRecord *stay, const char *kind, const char *text, GError **error);

G_END_DECLS
