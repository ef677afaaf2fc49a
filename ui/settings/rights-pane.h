/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who may do and see what; read only. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_RIGHTS_PANE (guitu_rights_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituRightsPane, guitu_rights_pane, GUITU, RIGHTS_PANE, GuituSettingsPane)

G_END_DECLS
