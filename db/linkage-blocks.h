/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which rows are compared at all: those that have a key in common that few others have. A key that
 * many have is only good together with a second one, or a third. */

#include "db/linkage-values.h"

G_BEGIN_DECLS

typedef struct _GuituBlocks GuituBlocks;

/** An index of their rows. @columns must outlive it. */
GuituBlocks *_guitu_blocks_new (const GuituValues *columns, guint n_columns, guint n_theirs);
void _guitu_blocks_free (GuituBlocks *blocks);

/** What one thread needs to look up rows. */
typedef struct
{
  GArray *rows;   /* guint32: their rows that were found */
  guint32 *seen;  /* per row of theirs, for which of ours it was found last */
  guint32 number; /* of the row of ours, from 1 */
} GuituBlockSearch;

void _guitu_block_search_init (GuituBlockSearch *search, guint n_theirs);
void _guitu_block_search_clear (GuituBlockSearch *search);

/** Finds the rows of theirs that have something in common with our @row, each once, from @least on. */
void _guitu_blocks_find (const GuituBlocks *blocks, guint row, guint least, GuituBlockSearch *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituBlocks, _guitu_blocks_free)

G_END_DECLS
