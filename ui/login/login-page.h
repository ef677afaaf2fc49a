/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Name and password. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_LOGIN_PAGE (guitu_login_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituLoginPage, guitu_login_page, GUITU, LOGIN_PAGE, GuituPage)

void guitu_login_page_set_station_name (GuituLoginPage *page, const char *name);

/* Signal: "entered": somebody is logged in. */

G_END_DECLS
