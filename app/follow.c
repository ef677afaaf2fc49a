/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/follow.h"

#include "app/blacklist.h"
#include "app/case.h"
#include "app/links.h"
#include "app/network.h"
#include "app/tracing-notice.h"
#include "app/visits.h"

/* Whose record was written; what can't be found names nobody. */
static gboolean
add_person (GHashTable *persons,
            GuituTransaction *transaction,
            const char *id,
            GError **error)
{
  char *leader = id == NULL ? NULL : guitu_links_leader (transaction, id, error);

  if (leader != NULL)
    g_hash_table_add (persons, leader);
  return id == NULL || leader != NULL;
}

static gboolean
add_persons_of_stays (GHashTable *persons,
                      GuituTransaction *transaction,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_transaction_written (transaction, &guitu_kind_stay);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, ids->pdata[i], error);

      if (stay == NULL || (guitu_record_is_voided (stay) && !guitu_visits_unmark (transaction, stay, error)) ||
          !add_person (persons, transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error))
        return FALSE;
    }
  return TRUE;
}

/* Also of a link that was taken away: what the two have in common is no more. */
static gboolean
add_persons_of_links (GHashTable *persons,
                      GuituTransaction *transaction,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_transaction_written (transaction, &guitu_kind_person_link);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GuituRecord) link = guitu_record_load (transaction, &guitu_kind_person_link, ids->pdata[i], error);

      if (link == NULL || !add_person (persons, transaction, guitu_record_text (link, GUITU_PERSON_LINK_PERSON), error) ||
          !add_person (persons, transaction, guitu_record_text (link, GUITU_PERSON_LINK_OTHER), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
collect (GHashTable *persons,
         GuituTransaction *transaction,
         GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_transaction_written (transaction, &guitu_kind_person);

  for (guint i = 0; i < ids->len; i++)
    if (!add_person (persons, transaction, ids->pdata[i], error))
      return FALSE;
  return add_persons_of_stays (persons, transaction, error) && add_persons_of_links (persons, transaction, error);
}

/* Where the rule for repeated stays is met by somebody who must not be listed, the station cares for them instead. */
static gboolean
care_for (GuituTransaction *transaction,
          const char *person,
          GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *key = NULL;
  g_autoptr (JsonObject) judged = NULL;
  const char *exclusion;

  if (!guitu_visits_key_of_person (transaction, person, &key, error))
    return FALSE;
  if (key == NULL)
    return TRUE;
  if (!guitu_list_exclusion (transaction, person, &exclusion, error))
    return FALSE;
  if (exclusion == NULL)
    return TRUE;
  judged = guitu_visits_judge (transaction, key, today, FALSE, error);
  return judged != NULL && (!json_object_get_boolean_member (judged, "met") || guitu_list_care (transaction, person, exclusion, NULL, error));
}

static gboolean
follow_person (GuituTransaction *transaction,
               const char *person,
               gboolean is_in_network,
               GError **error)
{
  if (!guitu_blacklist_recheck (transaction, person, error) || !guitu_case_follow (transaction, person, error))
    return FALSE;
  return !is_in_network || (guitu_visits_mark (transaction, person, error) && care_for (transaction, person, error));
}

/* Also of an entry that was decided on at one desk, and renewed at another. */
static gboolean
follow_entries (GuituTransaction *transaction,
                GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_transaction_written (transaction, &guitu_kind_blacklist);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GuituRecord) entry = guitu_record_load (transaction, &guitu_kind_blacklist, ids->pdata[i], error);

      if (entry == NULL || !guitu_blacklist_recheck (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
guitu_follow (GuituTransaction *transaction,
              GError **error)
{
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) networks = guitu_transaction_written (transaction, &guitu_kind_network);
  g_autoptr (GuituRecord) network = NULL;
  g_autoptr (GError) failure = NULL;
  GHashTableIter iterator;
  gpointer id;

  if (networks->len > 0 && !guitu_visits_fill (transaction, NULL, error))
    return FALSE;
  if (!collect (persons, transaction, error))
    return FALSE;
  network = g_hash_table_size (persons) == 0 ? NULL : guitu_network_find (transaction, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_hash_table_iter_init (&iterator, persons);
  while (g_hash_table_iter_next (&iterator, &id, NULL))
    if (!follow_person (transaction, id, network != NULL, error))
      return FALSE;
  return follow_entries (transaction, error) && guitu_notices_follow (transaction, persons, error);
}
