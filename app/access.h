/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who looked at what. Only app/ includes this header. */

#include "app/call.h"

G_BEGIN_DECLS

/** Puts that the caller saw what not everybody sees. @act: a code of "access_act"; @person_id, @detail: nullable. */
gboolean guitu_access_put (GuituCall *call, GuituTransaction *transaction, const char *act, const char *person_id, const char *detail, GError **error);

/** The same in a transaction of its own: notes that the caller saw what not everybody sees. @act: a code of "access_act"; @detail: nullable. */
gboolean guitu_access_log (GuituCall *call, const char *act, const char *person_id, const char *detail, GError **error);

/** Puts for each entry of the list among @warnings, once a day, that it warned the caller, and tells the station that made it. @person_id: nullable */
gboolean guitu_access_put_warnings (GuituCall *call, GuituTransaction *transaction, JsonArray *warnings, const char *person_id, GError **error);

/** The same in a transaction of its own, if there is anything to put. */
gboolean guitu_access_log_warnings (GuituCall *call, JsonArray *warnings, const char *person_id, GError **error);

G_END_DECLS
