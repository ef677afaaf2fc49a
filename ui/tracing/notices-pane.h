/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Notices to find kin: what waits for approval, what is out, and what must be taken down. */

#include "ui/tracing/tracing-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_NOTICES_PANE (guitu_notices_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituNoticesPane, guitu_notices_pane, GUITU, NOTICES_PANE, GuituTracingPane)

G_END_DECLS
