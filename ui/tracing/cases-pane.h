/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The cases of people whose name or family is searched for, and one of them as a desk. */

#include "ui/tracing/tracing-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_CASES_PANE (guitu_cases_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituCasesPane, guitu_cases_pane, GUITU, CASES_PANE, GuituTracingPane)

G_END_DECLS
