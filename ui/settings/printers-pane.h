/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The printers of this computer that papers and labels go to without a question. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_PRINTERS_PANE (guitu_printers_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituPrintersPane, guitu_printers_pane, GUITU, PRINTERS_PANE, GuituSettingsPane)

G_END_DECLS
