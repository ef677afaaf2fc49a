/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/news.h"

#include "db/query.h"
#include "db/store-private.h"

#include <string.h>

static void
item_free (gpointer data)
{
  GuituNewsItem *item = data;

  g_free (item->id);
  g_free (item);
}

void
guitu_news_free (GuituNews *news)
{
  g_ptr_array_unref (news->items);
  g_free (news);
}

static char *
name_of_mark (const char *reader)
{
  return g_strconcat ("read-", reader, NULL);
}

/* -1 where there is none. */
static gboolean
read_mark (GuituTransaction *transaction,
           const char *reader,
           gint64 *mark,
           GError **error)
{
  g_autofree char *name = name_of_mark (reader);
  g_autoptr (GuituStatement) statement = guitu_connection_prepare (transaction->connection, "SELECT value FROM meta WHERE name = ?", error);
  int step;

  *mark = -1;
  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, name);
  step = guitu_statement_step (statement, error);
  if (step == 1)
    *mark = guitu_statement_integer (statement, 0);
  return step >= 0;
}

gboolean
guitu_news_note (GuituTransaction *transaction,
                 const char *reader,
                 gint64 until,
                 GError **error)
{
  g_autofree char *name = name_of_mark (reader);
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (transaction->connection, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  guitu_statement_bind_text (statement, 1, name);
  guitu_statement_bind_integer (statement, 2, until);
  return guitu_statement_run (statement, error);
}

static const GuituKind *
kind_among (const GuituKind *const *kinds,
            const char *name)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (strcmp (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}

static void
add_changes (GuituNews *news,
             const GuituLedgerItem *entry,
             const GuituKind *const *kinds,
             GHashTable *seen)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const GuituLedgerChange *change = entry->changes->pdata[i];
      const GuituKind *kind = kind_among (kinds, change->kind);
      GuituNewsItem *item;

      if (kind == NULL || !g_hash_table_add (seen, g_strdup (change->id)))
        continue;
      item = g_new0 (GuituNewsItem, 1);
      item->kind = kind;
      item->id = g_strdup (change->id);
      g_ptr_array_add (news->items, item);
    }
}

GuituNews *
guitu_news_read (GuituTransaction *transaction,
                 const char *reader,
                 const GuituKind *const *kinds,
                 guint most,
                 GError **error)
{
  g_autoptr (GuituNews) news = g_new0 (GuituNews, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) entries = NULL;

  news->items = g_ptr_array_new_with_free_func (item_free);
  news->until = guitu_connection_integer (transaction->connection, "SELECT max (number) FROM entry", -1, error);
  if (news->until < 0 || !read_mark (transaction, reader, &news->from, error))
    return NULL;
  news->is_complete = news->from >= 0 && news->until - news->from <= most;
  if (!news->is_complete || news->until <= news->from)
    return g_steal_pointer (&news);
  entries = guitu_ledger_list (transaction, news->until + 1, (guint) (news->until - news->from), error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (((const GuituLedgerItem *) entries->pdata[i])->number > news->from)
      add_changes (news, entries->pdata[i], kinds, seen);
  return entries == NULL ? NULL : g_steal_pointer (&news);
}
