/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/place.h"

G_BEGIN_DECLS

/** The code of a region as a number, 0 for a dialect. */
guint32 _guitu_place_number (GuituPlaceId place);

GuituPlaceLevel _guitu_place_codes_compare (guint32 ours, guint32 theirs);

G_END_DECLS
