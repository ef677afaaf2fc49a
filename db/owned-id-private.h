/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/field.h"

G_BEGIN_DECLS

/** Whether @id is one of those that @station gives to its records of @kind in @scope; any is, of a kind that only its own desks read. */
gboolean _guitu_owned_by (const GuituKind *kind, const guint8 id[16], const char *station, const char *scope);

G_END_DECLS
