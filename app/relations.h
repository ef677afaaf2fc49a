/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Members of staff who are related to a person. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/**
 * Refuses (“related”) when the caller declared to be related to the person, whichever of the merged records
 * @person_id is: whoever is related does not decide. Called by verbs that decide about a person.
 */
gboolean guitu_relation_check (GuituCall *call, GuituTransaction *transaction, const char *person_id, GError **error);

/** Adds "related_staff": who declared to be related to the person of these records. */
gboolean guitu_relations_add (JsonObject *json, GuituTransaction *transaction, GPtrArray *ids, GError **error);

G_END_DECLS
