/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may follow an entry of the list about the same person: only one that has new facts. */

#include "app/blacklist-private.h"

#include "app/links.h"

#include <string.h>

gboolean
_guitu_blacklist_follow (GuituTransaction *transaction,
                         GuituRecord *entry,
                         const char *renews,
                         GError **error)
{
  g_autoptr (GuituRecord) earlier = guitu_record_load (transaction, &guitu_kind_blacklist, renews, error);
  g_autofree char *today = guitu_today ();

  if (earlier == NULL)
    return FALSE;
  if (!guitu_record_says (earlier, GUITU_BLACKLIST_STATE, "active") || !guitu_list_is_kept (earlier, today))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-in-force", "renews", "Only an entry that was in force until its end is renewed");
  guitu_record_set_text (entry, GUITU_BLACKLIST_PERSON, guitu_record_text (earlier, GUITU_BLACKLIST_PERSON));
  guitu_record_set_text (entry, GUITU_BLACKLIST_RENEWS, renews);
  return TRUE;
}

/* The day until which what happened was judged: that on which an entry began, or on which an objection ended it.
 * (transfer full) (nullable): where it never was in force */
static char *
judged_until (const GuituRecord *entry)
{
  gboolean was_withdrawn = guitu_record_says (entry, GUITU_BLACKLIST_OUTCOME, "withdrawn") && guitu_record_is_set (entry, GUITU_BLACKLIST_ENDED_AT);

  if (!guitu_record_is_set (entry, GUITU_BLACKLIST_FROM))
    return NULL;
  return g_strndup (guitu_record_text (entry, was_withdrawn ? GUITU_BLACKLIST_ENDED_AT : GUITU_BLACKLIST_FROM), strlen ("YYYY-MM-DD"));
}

gboolean
_guitu_blacklist_check_news (GuituTransaction *transaction,
                             const GuituRecord *entry,
                             GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), error);
  g_autoptr (GPtrArray) entries = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_PERSON, ids, error);
  g_autofree char *after = NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      g_autofree char *day = judged_until (entries->pdata[i]);

      if (day != NULL && g_strcmp0 (day, after) > 0)
        {
          g_free (after);
          after = g_steal_pointer (&day);
        }
    }
  return entries != NULL && guitu_list_check_facts (guitu_record_text (entry, GUITU_BLACKLIST_FACTS), after, error);
}
