/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rules of law that hold here, and what the station set itself. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_RULES_PANE (guitu_rules_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituRulesPane, guitu_rules_pane, GUITU, RULES_PANE, GuituSettingsPane)

G_END_DECLS
