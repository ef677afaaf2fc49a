/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Entries made by hand, such as no program writes them. */

#include "db/entry.h"
#include "store.h"

G_BEGIN_DECLS

/** The first entry of a chain of the desk, without changes. Returns: (transfer full). */
GuituEntry *guitu_test_forge (const GuituKeys *keys, const char *scope);

/** Adds a change of one cell. */
void guitu_test_forge_cell (GuituEntry *entry, const char *kind, const char *id, gboolean creates, const char *field, const char *text);

/** Signs the entry and puts it into the ledger of @test as if it were shared, so that its bundles carry it. */
void guitu_test_plant (GuituTestStore *test, GuituEntry *entry, const guint8 *secret_key);

G_END_DECLS
