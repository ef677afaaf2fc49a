/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between fence.c, who is fenced, and fence-filter.c, what is given out. */

#include "app/fence.h"

G_BEGIN_DECLS

/** The code of the first of @fences, of the list "fence" but for “minors”; %NULL for none. Static. */
const char *_guitu_fence_code (guint fences);

/**
 * All fences of a person, also that of a minor who is in the house (@is_here).
 * Returns: (transfer full) (element-type GuituRecord): the person's stays.
 */
GPtrArray *_guitu_fence_read (GuituTransaction *transaction, const char *person_id, guint *fences, gboolean *is_here, GError **error);

/** The roles that see behind these fences, "个案、站长". Returns: (transfer full) */
char *_guitu_fence_whom_to_ask (guint hiding);

/** Fails (“fenced”) where anything hides. */
gboolean _guitu_fence_refuse_hidden (guint hiding, GError **error);

G_END_DECLS
