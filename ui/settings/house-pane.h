/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rooms of the house by zone, with their beds. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_HOUSE_PANE (guitu_house_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituHousePane, guitu_house_pane, GUITU, HOUSE_PANE, GuituSettingsPane)

G_END_DECLS
