/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/connection.h"
#include "db/error.h"

G_BEGIN_DECLS

/**
 * Creates the tables in an empty database, or brings an older one up to this version, in one
 * transaction. Errors: TOO_NEW for a store of a later program, DAMAGED for a file of another kind.
 *
 * @progress: (nullable): told, in persons, while the index of the search is built anew; what stops there is begun again the next time
 */
gboolean guitu_schema_prepare (GuituConnection *connection, GuituProgress progress, gpointer data, GError **error);

/** Whether record tables gained columns: entries kept in part must be applied again, which ends with guitu_schema_learned. */
gboolean guitu_schema_must_reapply (GuituConnection *connection);

/** Notes, within the caller's transaction, that entries were applied again. */
gboolean guitu_schema_learned (GuituConnection *connection, GError **error);

/** Refuses what guitu_schema_prepare would refuse, without writing; *@current tells if it has work to do. */
gboolean guitu_schema_check (GuituConnection *connection, gboolean *current, GError **error);

G_END_DECLS
