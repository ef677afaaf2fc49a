/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The free beds of the house as one person sees them. */

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * One object per free bed from what "house show --for" answered: {bed, about, rules, words}: where it is
 * and who sleeps in the room, the rules that it breaks in words (absent: none), and all of it to be
 * searched and spoken. Those that break nothing come first. Returns: (transfer full).
 */
JsonArray *guitu_bed_list (JsonArray *rooms);

G_END_DECLS
