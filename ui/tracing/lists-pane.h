/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A list from outside, compared with the persons of the station: what its columns are, who of it is known here and why. */

#include "ui/tracing/tracing-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_LISTS_PANE (guitu_lists_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituListsPane, guitu_lists_pane, GUITU, LISTS_PANE, GuituTracingPane)

G_END_DECLS
