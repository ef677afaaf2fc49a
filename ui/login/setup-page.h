/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The first start on a machine: which station this is, and who its first user is. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_SETUP_PAGE (guitu_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituSetupPage, guitu_setup_page, GUITU, SETUP_PAGE, GuituPage)

/* Signal: "entered": the store is made and its first user is logged in. */

G_END_DECLS
