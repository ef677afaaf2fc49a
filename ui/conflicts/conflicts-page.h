/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What two desks wrote at once, by record: both values, who and when, and one key to say which is right. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_CONFLICTS_PAGE (guitu_conflicts_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituConflictsPage, guitu_conflicts_page, GUITU, CONFLICTS_PAGE, GuituPage)

G_END_DECLS
