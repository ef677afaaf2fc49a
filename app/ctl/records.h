/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ctl/ctl.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef struct _CtlRecords CtlRecords;

/** Reads JSON objects and arrays that stand one behind another in @from, which must live longer. */
CtlRecords *ctl_records_new (FILE *from);
void ctl_records_free (CtlRecords *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlRecords, ctl_records_free)

/**
 * Reads up to the end of the next one, and no line further.
 *
 * @node: (out) (transfer full): %NULL at the end
 * Errors: INVALID.
 */
gboolean ctl_records_next (CtlRecords *records, JsonNode **node, GError **error);

G_END_DECLS
