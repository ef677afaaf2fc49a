/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reports of families that somebody is missing: ours, and what other stations share. */

#include "ui/tracing/tracing-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_REPORTS_PANE (guitu_reports_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituReportsPane, guitu_reports_pane, GUITU, REPORTS_PANE, GuituTracingPane)

G_END_DECLS
