/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The places that a search names, as they lie in one another: provinces, their prefectures, their counties. Only
 * app/ includes this header. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * The tree of places, in the order in which it is read: each province followed by what lies in it, the one that is
 * named most first. A place counts for those that it lies in, too.
 *
 * @of_case: “person”, “statements” with their “places”, and “clues”, as “case show” gives them out
 * Returns: (transfer full): {code, name, full_name, level, times, named: [{by, text, how}]}; level 0 is a province
 */
JsonArray *guitu_case_places (JsonObject *of_case);

G_END_DECLS
