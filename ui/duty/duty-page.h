/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is due, what is overdue, and what was done. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_DUTY_PAGE (guitu_duty_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituDutyPage, guitu_duty_page, GUITU, DUTY_PAGE, GuituPage)

G_END_DECLS
