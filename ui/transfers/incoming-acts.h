/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Taking over somebody whom another station brings, or not: the dialogs, from the list of who is expected
 * or from a paper that was scanned. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/** What is known of who is brought, and how. */
typedef struct
{
  JsonObject *expected; /* what "transfer incoming --full" told; NULL: there is a paper only */
  const char *option;   /* how the paper was given, "text" or "image"; NULL: there is a file only */
  const char *value;
} GuituIncoming;

/** Opens the dialog that takes the person over; the receipt is opened for printing, and @from told. */
void guitu_incoming_accept (GtkWidget *from, GuituStation *station, const GuituIncoming *incoming);

/** Opens the dialog that does not take them over, with ground and reason. */
void guitu_incoming_reject (GtkWidget *from, GuituStation *station, const GuituIncoming *incoming);

/** The same as guitu_incoming_accept() for a paper that "verify" told of in @answer; its file is looked for. */
void guitu_incoming_accept_paper (GtkWidget *from, GuituStation *station, const char *option, const char *value, JsonObject *answer);

/** Who is expected, in a line: sex, age, escorts, when. @expected: what "transfer incoming" told. Returns: (transfer full) */
char *guitu_incoming_summary (JsonObject *expected);

G_END_DECLS
