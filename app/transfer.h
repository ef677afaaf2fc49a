/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The way home with company, from the plan to the answer of who received. Only app/ includes this header. */

#include "app/call.h"
#include "app/task-list.h"

G_BEGIN_DECLS

/** The transfer that the call's option “transfer” names; %NULL with no error of its own without a @transaction. */
GuituRecord *guitu_transfer_find (GuituCall *call, GuituTransaction *transaction, GError **error);

/** Whether staff goes along: an escort home, or a hand-over to a station. */
gboolean guitu_transfer_is_escorted (const GuituRecord *transfer);

/** Whether another rescue station takes over, and answers. */
gboolean guitu_transfer_is_to_station (const GuituRecord *transfer);

/** Whether the rules want a leader's approval before the departure (on the day of @on). */
gboolean guitu_transfer_wants_approval (const GuituRecord *transfer, const char *on);

/** The code of the receiving station, also where it is known here by its name. Returns: (transfer full) (nullable). */
char *guitu_transfer_receiver_code (GuituTransaction *transaction, const GuituRecord *transfer);

/** Refuses (“not-in-state”) a transfer whose state is none of @states. */
gboolean guitu_transfer_check_state (const GuituRecord *transfer, const char *const *states, GError **error);

/** The escorts, and the waypoints in order. Returns: (transfer full) (element-type GuituRecord). */
GPtrArray *guitu_transfer_escorts (GuituTransaction *transaction, const GuituRecord *transfer, GError **error);
GPtrArray *guitu_transfer_waypoints (GuituTransaction *transaction, const GuituRecord *transfer, GError **error);

/**
 * Takes who goes along from the call: option “company” (a JSON array of {user or name, sex, phone, role}), or
 * the names in the text “escorts”, of which those of the station's staff are known by their sex. What was
 * taken before is replaced. Writes the rows, and the text that papers print. Errors: INVALID.
 */
gboolean guitu_transfer_take_escorts (GuituCall *call, GuituTransaction *transaction, GuituRecord *transfer, GError **error);

/** Takes the planned route from the option “waypoints”, a JSON array of objects. Errors: INVALID, naming the member. */
gboolean guitu_transfer_take_waypoints (GuituCall *call, GuituTransaction *transaction, GuituRecord *transfer, GError **error);

/**
 * What the rules on escorts want and the plan does not have: objects {kind “escort-rules”, rule, refuses, text,
 * citation}. Rules with a citation refuse, those of our own warn. Returns: (transfer full).
 */
JsonArray *guitu_transfer_check_escorts (GuituTransaction *transaction, const GuituRecord *transfer, GError **error);

/** An exception to what refuses: why, and who signs with the caller. */
typedef struct
{
  const char *reason;
  char *second; /* id */
} GuituTransferException;

/** Reads the options “override”, “second” and “second_password”; before the transaction begins. */
gboolean guitu_transfer_exception_read (GuituCall *call, GuituTransferException *exception, GError **error);
void guitu_transfer_exception_clear (GuituTransferException *exception);

#define GUITU_TRANSFER_EXCEPTION_OPTIONS                                                                 \
  { "override", GUITU_OPTION_TEXT, FALSE, "why a rule on escorts can't be kept; with a second person" }, \
      GUITU_SECOND_OPTIONS

/**
 * Refuses (“escort-rules”, naming “escorts”) what a rule of law refuses, unless an exception was signed, which
 * is then written into the transfer. @warnings: (out) (transfer full)
 */
gboolean guitu_transfer_enforce_escorts (GuituTransaction *transaction, GuituRecord *transfer, const GuituTransferException *exception, JsonArray **warnings, GError **error);

/** Nobody was taken over after all: the transfer is open again, and its stay on the way unless it was handed over. Puts the stay. */
gboolean guitu_transfer_resume_journey (GuituTransaction *transaction, GuituRecord *transfer, GError **error);

/** The stay is no longer on the way. */
gboolean guitu_transfer_end_journey (GuituTransaction *transaction, const GuituRecord *transfer, GError **error);

/** Adds what journeys and hand-overs of other stations are waiting for. */
gboolean guitu_transfer_add_tasks (GuituTransaction *transaction, const GuituTaskQuery *query, GPtrArray *tasks, GError **error);

/** A transfer with its region's name, what it waits for, and whether that is overdue. Returns: (transfer full). */
JsonObject *guitu_transfer_to_json (const GuituRecord *transfer);

/** What the transfer waits for now: an approval, an answer, what follows a rejection. Returns: (transfer full) (element-type GuituDuty). */
GPtrArray *guitu_transfer_waits (const GuituRecord *transfer);

/** Notes that the transfer is done with, at @at, once nothing is to come: no answer, and no approval afterwards. */
void guitu_transfer_close_if_done (GuituRecord *transfer, const char *at);

/** A way home that is planned, approved or on the way comes to nothing; nobody waits for it any more. @state: cancelled or returned */
gboolean guitu_transfer_give_up (GuituTransaction *transaction, GuituRecord *transfer, const char *state, const char *reason, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituTransferException, guitu_transfer_exception_clear)

G_END_DECLS
