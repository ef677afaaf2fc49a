/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ways home: who is on the way from here, who is brought here, and one of them in full. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_TRANSFERS_PAGE (guitu_transfers_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituTransfersPage, guitu_transfers_page, GUITU, TRANSFERS_PAGE, GuituPage)

G_END_DECLS
