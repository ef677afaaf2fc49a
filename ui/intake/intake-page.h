/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The intake desk on one page: look whether the person is known, register the arrival. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_INTAKE_PAGE (guitu_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituIntakePage, guitu_intake_page, GUITU, INTAKE_PAGE, GuituPage)

/** Whether something was typed into the form that would be lost. */
gboolean guitu_intake_page_has_input (GuituIntakePage *page);

/** Begins the form for @person, who is on file; what was typed for somebody else is discarded only when that is confirmed. */
void guitu_intake_page_register (GuituIntakePage *page, const char *person);

G_END_DECLS
