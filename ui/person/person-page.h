/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One person's file: all that the station knows, and what can be done next. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_PERSON_PAGE (guitu_person_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituPersonPage, guitu_person_page, GUITU, PERSON_PAGE, GuituPage)

/** Shows the file of @person; the next step of an open stay gets the focus. */
void guitu_person_page_open (GuituPersonPage *page, const char *person, const char *act);

G_END_DECLS
