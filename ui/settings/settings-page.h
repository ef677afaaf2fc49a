/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The house, rules, calendar, codes and users. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_SETTINGS_PAGE (guitu_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituSettingsPage, guitu_settings_page, GUITU, SETTINGS_PAGE, GuituPage)

G_END_DECLS
