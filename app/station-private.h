/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/call.h"

G_BEGIN_DECLS

/** Puts errors of db, print and GIO into our own domain. */
void _guitu_error_translate (GError **error);

/** Checks name and password against the store. Returns: (transfer full) or %NULL with REFUSED. */
GuituSession *_guitu_session_begin (GuituStore *store, const char *user, const char *password, GError **error);

/** Sees that the user may still work here, and in which role: others change that while somebody works. */
gboolean _guitu_session_renew (GuituStore *store, GuituSession *session, GError **error);
void _guitu_session_free (GuituSession *session);

/** Emits "changed" on the main thread. */
void _guitu_station_tell_changed (GuituStation *self);

/** Drops a reference on the main thread, where a station ends. @self: (transfer full) */
void _guitu_station_release (GuituStation *self);

/** Emits "synced" on the main thread, and "changed" where something new came. */
void _guitu_station_tell_synced (GuituStation *self, gboolean has_news);

/** Emits "progress" on the main thread. */
void _guitu_station_tell_progress (GuituStation *self, GCancellable *of, guint done, guint total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituSession, _guitu_session_free)

G_END_DECLS
