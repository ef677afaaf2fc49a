/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/record-table.h"

G_BEGIN_DECLS

/** A table for an answer of “blacklist figures”. */
GtkWidget *guitu_list_figures_new (void);

/** @figures: (nullable) */
void guitu_list_figures_fill (GuituRecordTable *table, JsonObject *figures);

G_END_DECLS
