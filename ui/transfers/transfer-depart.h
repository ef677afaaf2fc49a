/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The departure of a way home that was planned: what the way asks for of this person, and the paper that
 * goes along. */

#include "ui/widgets/form-dialog.h"

G_BEGIN_DECLS

/** Called once the departure is recorded, unless @from is gone. */
typedef void (*GuituDeparted) (gpointer from);

/** Asks for the departure of the way home @transfer (id), in a dialog above @from; only one at a time. */
void guitu_transfer_depart (GtkWidget *from, GuituStation *station, const char *transfer, GuituDeparted departed);

G_END_DECLS
