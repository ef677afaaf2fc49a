/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The dialog in which a way home is planned or changed, and what the rules on escorts say of it. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/** What is asked for, beside who goes along and the points of the route. */
#define GUITU_TRANSFER_PLAN_FIELDS                                                                                                                    \
  "transfer.kind", "transfer.to_station", "transfer.to_region", "transfer.receiver", "transfer.reason", "transfer.departs_at", "transfer.arrives_at", \
      "transfer.risk", "transfer.measures", "transfer.medicines", "transfer.health_notes", "transfer.luggage", "transfer.documents", "transfer.plan"

/**
 * Adds who goes along and the points of the route to a dialog of these fields, line by line, and tells what
 * the rules say once it is done.
 *
 * @transfer: (nullable): what "transfer show" told of the plan that is changed
 */
void guitu_transfer_plan_complete (GuituFormDialog *dialog, JsonObject *transfer);

/** The dialog that changes a plan. @transfer: what "transfer show" told */
GuituFormDialog *guitu_transfer_edit_dialog (GtkWidget *from, GuituStation *station, JsonObject *transfer);

/** Which rules on escorts the answer says are not kept, a line each; "" for none. Returns: (transfer full) */
char *guitu_transfer_warning_words (JsonObject *transfer);

/** Whether one of them refuses approval and departure, unless an exception is signed already. */
gboolean guitu_transfer_needs_exception (JsonObject *transfer);

/** Asks for the reason and the second person of an exception, in a dialog that has the row "exception=override". */
void guitu_transfer_ask_exception (GuituFormDialog *dialog);

G_END_DECLS
