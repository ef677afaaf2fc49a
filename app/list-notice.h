/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The notice that somebody gets about whom there is an entry of the list. Only app/ includes this header. */

#include "app/papers.h"

G_BEGIN_DECLS

/** Refuses (“not-reviewed”) the notice of a stay whose person is not on the list; other kinds pass. */
gboolean guitu_list_notice_check (GuituTransaction *transaction, const char *kind, const GuituRecord *stay, GError **error);

/** Adds the texts of that notice; of other kinds nothing. */
gboolean guitu_list_notice_collect (JsonObject *fields, const char *kind, GuituTransaction *transaction, const GuituPaperSubject *subject, GError **error);

G_END_DECLS
