/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stays that have ended, for whom papers are made all the same: notices, settlements, what was forgotten.
 * No verb lists them; the register of papers knows those of whom it holds one. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** What “paper list” is to be told to answer the papers of the last @n_days days. Returns: (transfer full) */
JsonObject *guitu_left_stays_question (int n_days);

/**
 * The stays that @papers are about and that have ended, newest paper first; none of whom this user may not see.
 *
 * @papers: as “paper list” tells them
 *
 * Returns: (transfer full): of {"id", "number", "person": {"display_name"}}, like those of “stay board”
 */
JsonArray *guitu_left_stays (JsonArray *papers);

G_END_DECLS
