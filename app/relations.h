/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Members of staff who are related to a person. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** Whether that user declared to be related to the person, whichever of the merged records @person_id is. */
gboolean guitu_relation_find (GuituTransaction *transaction, const char *user_id, const char *person_id, gboolean *is_related, GError **error);

/** Adds "related_staff": who declared to be related to the person of these records. */
gboolean guitu_relations_add (JsonObject *json, GuituTransaction *transaction, GPtrArray *ids, GError **error);

G_END_DECLS
