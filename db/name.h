/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The surname of a Han name (two characters of 欧阳娜娜), the first character of any other. Returns: (transfer full). */
char *guitu_name_surname (const char *name);

/**
 * The names in @text (it may hold several, or a note in brackets), for comparing: letters and digits
 * alone, lower case, without accents, simplified. Empty ones are left out. Returns: (transfer full).
 */
char **guitu_names_plain (const char *text);

G_END_DECLS
