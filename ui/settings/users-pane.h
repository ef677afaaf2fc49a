/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who works here, and the password of who is logged in. */

#include "ui/settings/settings-pane.h"

G_BEGIN_DECLS

#define GUITU_TYPE_USERS_PANE (guitu_users_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuituUsersPane, guitu_users_pane, GUITU, USERS_PANE, GuituSettingsPane)

G_END_DECLS
