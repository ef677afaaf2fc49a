/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/search.h"

G_BEGIN_DECLS

/** What the search index holds of a person; owns its texts. */
typedef struct
{
  gboolean exists;
  GuituSearchEntry entry;
  char *owned[7];
} GuituSearched;

/** Reads the person of that id as the table has it now; without such a person, it does not exist. */
gboolean _guitu_searched_read (GuituConnection *connection, const guint8 id[16], GuituSearched *searched, GError **error);
void _guitu_searched_clear (GuituSearched *searched);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuituSearched, _guitu_searched_clear)

G_END_DECLS
