/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who looked at what. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_ACCESS_PANE (guitu_access_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituAccessPane, guitu_access_pane, GUITU, ACCESS_PANE, GuituSettingsPane)

G_END_DECLS
