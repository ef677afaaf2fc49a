/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The register of papers: what was issued, in which state it is, and what can be done with it. */

#include "ui/page.h"

G_BEGIN_DECLS

#define GUITU_TYPE_REGISTER_PAGE (guitu_register_page_get_type ())
G_DECLARE_FINAL_TYPE (GuituRegisterPage, guitu_register_page, GUITU, REGISTER_PAGE, GuituPage)

G_END_DECLS
