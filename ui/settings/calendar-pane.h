/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The days that are not as the week says: holidays, and days worked in exchange. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_CALENDAR_PANE (guitu_calendar_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituCalendarPane, guitu_calendar_pane, GUITU, CALENDAR_PANE, GuituSettingsPane)

G_END_DECLS
