/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What papers say of this station. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_STATION_PANE (guitu_station_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituStationPane, guitu_station_pane, GUITU, STATION_PANE, GuituSettingsPane)

G_END_DECLS
