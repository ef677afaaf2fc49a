/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The list of those about whom stations ask one another to look twice: the entries of this station and
 * of others, and figures of whom they fall on. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_LIST_PAGE (guitu_list_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituListPage, guitu_list_page, GUITU, LIST_PAGE, GuituPage)

/** Has @place, that of this page, follow what the list is called (rule “list_name”). */
void guitu_list_page_name_place (GtkListBoxRow *place, GuituStation *station);

G_END_DECLS
