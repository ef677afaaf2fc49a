/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is this paper genuine? Takes what a scanner types, or a picture. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_VERIFY_PAGE (guitu_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituVerifyPage, guitu_verify_page, GUITU, VERIFY_PAGE, GuituPage)

G_END_DECLS
