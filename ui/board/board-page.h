/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who is in the station, zone by zone in the order of beds. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_BOARD_PAGE (guitu_board_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituBoardPage, guitu_board_page, GUITU, BOARD_PAGE, GuituPage)

G_END_DECLS
