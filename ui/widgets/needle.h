/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is typed to narrow a list down. */

#include <glib.h>

G_BEGIN_DECLS

/** @typed without spaces around it and without regard to case. Returns: (transfer full) */
char *guitu_needle_new (const char *typed);

/** Whether @words contain @needle; every text does while nothing is typed ("" or %NULL). */
gboolean guitu_needle_is_in (const char *needle, const char *words);

G_END_DECLS
