/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the next shift must know. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_SHIFT_PAGE (guitu_shift_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituShiftPage, guitu_shift_page, GUITU, SHIFT_PAGE, GuituPage)

G_END_DECLS
