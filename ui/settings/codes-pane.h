/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The code lists, with the codes and report lines that the station set itself. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_CODES_PANE (guitu_codes_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituCodesPane, guitu_codes_pane, GUITU, CODES_PANE, GuituSettingsPane)

G_END_DECLS
