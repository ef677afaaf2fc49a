/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was written since somebody last looked, here or at other desks: for work that follows from what was written
 * and is done after it. How far a reader came is kept at this desk alone, so that nothing is passed over when the
 * program ends before the work is done. */

#include "db/store.h"

G_BEGIN_DECLS

/** A record that was written. */
typedef struct
{
  const GuituKind *kind;
  char *id;
} GuituNewsItem;

typedef struct
{
  gint64 from;          /* number of the last entry that was looked at; -1: none ever */
  gint64 until;         /* of the newest one */
  gboolean is_complete; /* FALSE: too much came to be read one by one; anything may have been written */
  GPtrArray *items;     /* GuituNewsItem, each record once */
} GuituNews;

/** Records of @kinds (NULL-terminated) in entries that @reader (a static word) has not looked at, if those are not more than @most. */
GuituNews *guitu_news_read (GuituTransaction *transaction, const char *reader, const GuituKind *const *kinds, guint most, GError **error);
void guitu_news_free (GuituNews *news);

/** Notes, when @transaction is committed, that @reader has looked at all up to the entry numbered @until. */
gboolean guitu_news_note (GuituTransaction *transaction, const char *reader, gint64 until, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuituNews, guitu_news_free)

G_END_DECLS
