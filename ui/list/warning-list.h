/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What other stations know of somebody at the desk: where to telephone, and what the list advises. It
 * never stands in the way of an admission. */

#include "app/app.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define GUITU_TYPE_WARNING_LIST (guitu_warning_list_get_type ())
G_DECLARE_FINAL_TYPE (GuituWarningList, guitu_warning_list, GUITU, WARNING_LIST, AdwBin)

/** Shows the warnings "visits" and "blacklist" among @warnings; the list hides when there are none. */
void guitu_warning_list_fill (GuituWarningList *list, GuituStation *station, JsonArray *warnings);

/** About whom they are, once it is known: the photo on file and the stay for which something is done. All (nullable) */
void guitu_warning_list_set_about (GuituWarningList *list, const char *photo, const char *stay);

G_END_DECLS
