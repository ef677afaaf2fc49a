/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The surname of a Han name (two characters of 欧阳娜娜), the first part of any other. Returns: (transfer full). */
char *guitu_name_surname (const char *name);

G_END_DECLS
