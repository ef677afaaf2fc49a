/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tasks and open stays as rows of the duty list (ui/duty/duty-list.h). A row holds the "task" that it is
 * about, if any, and the "person". */

#include "ui/duty/duty-figures.h"

G_BEGIN_DECLS

/** The open tasks that @figure, (nullable), covers. Returns: (transfer full) */
JsonArray *guitu_duty_task_rows (JsonArray *tasks, const GuituFigure *figure);

/** What was done or not needed in the last days, newest first. Returns: (transfer full) */
JsonArray *guitu_duty_done_rows (JsonArray *tasks);

/** The open stays that @figure covers. Returns: (transfer full) */
JsonArray *guitu_duty_stay_rows (JsonArray *stays, const GuituFigure *figure);

G_END_DECLS
