/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Name and password; and before this computer has records of its station, where they come from. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_LOGIN_PAGE (guitu_login_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituLoginPage, guitu_login_page, GUITU, LOGIN_PAGE, GuituPage)

/* Signal: "entered": somebody is logged in. */

/** Says that the program was locked while @user worked, and asks for that user's password first. */
void guitu_login_page_show_locked (GuituLoginPage *page, const char *user);

G_END_DECLS
