/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Whether @typed, letters such as "zycp", are the initials of characters that follow one another in
 * @words (专用车票购票凭证); of a character with several readings any will do. Spaces and marks in
 * @words do not count. %FALSE for nothing typed, and for anything but letters and digits.
 */
gboolean guitu_initials_match (const char *words, const char *typed);

G_END_DECLS
