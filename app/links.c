/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/links.h"

#include <string.h>

/* --- Components ------------------------------------------------------------------------------ */

static gboolean
add_links (GuituTransaction *transaction,
           int field,
           const char *id,
           const char *verdict,
           GPtrArray *links,
           GError **error)
{
  const GuituQuery query = {
    .conditions = { { field, GUITU_EQUAL, id }, { GUITU_PERSON_LINK_VERDICT, GUITU_EQUAL, verdict } }
  };
  g_autoptr (GPtrArray) found = guitu_records_find (transaction, &guitu_kind_person_link, &query, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (links, g_steal_pointer (&found));
  return TRUE;
}

GPtrArray *
guitu_links_of (GuituTransaction *transaction,
                const char *id,
                const char *verdict,
                GError **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  if (!add_links (transaction, GUITU_PERSON_LINK_PERSON, id, verdict, links, error) ||
      !add_links (transaction, GUITU_PERSON_LINK_OTHER, id, verdict, links, error))
    return NULL;
  return g_steal_pointer (&links);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
put_first (GPtrArray *ids,
           guint leader)
{
  gpointer id = g_ptr_array_steal_index (ids, leader);

  g_ptr_array_insert (ids, 0, id);
}

static void
visit (GPtrArray *ids,
       GHashTable *seen,
       const char *id)
{
  char *copy;

  if (id == NULL || g_hash_table_contains (seen, id))
    return;
  copy = g_strdup (id);
  g_ptr_array_add (ids, copy);
  g_hash_table_add (seen, copy);
}

#define SAME_LINKS "same links"

static void
note_link (GHashTable *links,
           const GuituRecord *link,
           int end)
{
  const char *id = guitu_record_text (link, end);
  GPtrArray *of = g_hash_table_lookup (links, id);

  if (of == NULL)
    {
      of = g_ptr_array_new ();
      g_hash_table_insert (links, (gpointer) id, of);
    }
  g_ptr_array_add (of, (gpointer) link);
}

/* All links, by both of their ends: few people were merged, and lists ask about everybody. */
typedef struct
{
  GPtrArray *records;
  GHashTable *by_end; /* id -> GPtrArray of links */
} Links;

static void
free_links (gpointer data)
{
  Links *links = data;

  g_hash_table_unref (links->by_end);
  g_ptr_array_unref (links->records);
  g_free (links);
}

static const Links *
read_links (GuituTransaction *transaction,
            GError **error)
{
  static const GuituQuery all = { 0 };
  Links *links = guitu_transaction_kept (transaction, SAME_LINKS);
  GPtrArray *records;

  if (links != NULL)
    return links;
  records = guitu_records_find (transaction, &guitu_kind_person_link, &all, error);
  if (records == NULL)
    return NULL;
  links = g_new (Links, 1);
  *links = (Links){ records, g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref) };
  for (guint i = 0; i < records->len; i++)
    if (strcmp (guitu_record_text (records->pdata[i], GUITU_PERSON_LINK_VERDICT), "same") == 0)
      {
        note_link (links->by_end, records->pdata[i], GUITU_PERSON_LINK_PERSON);
        note_link (links->by_end, records->pdata[i], GUITU_PERSON_LINK_OTHER);
      }
  guitu_transaction_keep (transaction, SAME_LINKS, links, free_links);
  return links;
}

/* The links of one record. Nobody else changes what a reading transaction sees. Returns: (transfer container) */
static GPtrArray *
same_links_of (GuituTransaction *transaction,
               const char *id,
               GError **error)
{
  const Links *links;
  GPtrArray *of;

  if (!guitu_transaction_only_reads (transaction))
    return guitu_links_of (transaction, id, "same", error);
  links = read_links (transaction, error);
  if (links == NULL)
    return NULL;
  of = g_hash_table_lookup (links->by_end, id);
  return of == NULL ? g_ptr_array_new () : g_ptr_array_ref (of);
}

GPtrArray *
guitu_links_members (GuituTransaction *transaction,
                     const char *id,
                     GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) followers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  visit (ids, seen, id);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) links = same_links_of (transaction, ids->pdata[i], error);

      if (links == NULL)
        return NULL;
      for (guint j = 0; j < links->len; j++)
        {
          const char *other = guitu_record_text (links->pdata[j], GUITU_PERSON_LINK_OTHER);

          visit (ids, seen, guitu_record_text (links->pdata[j], GUITU_PERSON_LINK_PERSON));
          visit (ids, seen, other);
          g_hash_table_add (followers, g_strdup (other));
        }
    }
  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (followers, ids->pdata[i]))
      {
        put_first (ids, i);
        break;
      }
  return g_steal_pointer (&ids);
}

char *
guitu_links_leader (GuituTransaction *transaction,
                    const char *id,
                    GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);

  return ids == NULL ? NULL : g_strdup (ids->pdata[0]);
}

gboolean
guitu_links_find_decided (GuituTransaction *transaction,
                          const char *id,
                          const char *other,
                          const char *verdict,
                          GuituRecord **link,
                          GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);
  g_autoptr (GPtrArray) others = ids == NULL ? NULL : guitu_links_members (transaction, other, error);

  *link = NULL;
  if (others == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len && *link == NULL; i++)
    {
      g_autoptr (GPtrArray) links = guitu_links_of (transaction, ids->pdata[i], verdict, error);

      if (links == NULL)
        return FALSE;
      for (guint j = 0; j < links->len && *link == NULL; j++)
        if (g_ptr_array_find_with_equal_func (others, guitu_record_text (links->pdata[j], GUITU_PERSON_LINK_PERSON), g_str_equal, NULL) ||
            g_ptr_array_find_with_equal_func (others, guitu_record_text (links->pdata[j], GUITU_PERSON_LINK_OTHER), g_str_equal, NULL))
          *link = g_ptr_array_steal_index (links, j);
    }
  return TRUE;
}

gboolean
guitu_links_find_different (GuituTransaction *transaction,
                            const char *id,
                            const char *other,
                            GuituRecord **link,
                            GError **error)
{
  return guitu_links_find_decided (transaction, id, other, "different", link, error);
}

/* --- The person as all records tell ----------------------------------------------------------- */

/* What may be known of a person that must not be lost when the leader's record says otherwise: a
 * guard that holds for one of the records holds for the person. */
static gboolean
is_protective (int field,
               const char *value)
{
  if (value == NULL)
    return FALSE;
  if (field == GUITU_PERSON_HEALTH)
    return strcmp (value, "mental") == 0 || strcmp (value, "intellectual") == 0 || strcmp (value, "dementia") == 0;
  return (field == GUITU_PERSON_IMPAIRED || field == GUITU_PERSON_WANDERS) && strcmp (value, "yes") == 0;
}

gboolean
guitu_person_is_verified (const GuituRecord *person)
{
  const char *by = guitu_record_text (person, GUITU_PERSON_VERIFIED_BY);

  return by != NULL && strcmp (by, "none") != 0;
}

static void
copy_field (GuituRecord *to,
            const GuituRecord *from,
            int field)
{
  if (guitu_kind_person.fields[field].type == GUITU_FIELD_INTEGER)
    guitu_record_set_integer (to, field, guitu_record_integer (from, field, 0));
  else
    guitu_record_set_text (to, field, guitu_record_text (from, field));
}

/* Fields that only mean something together come from one record. */
static const int birth[] = { GUITU_PERSON_BIRTH_FROM, GUITU_PERSON_BIRTH_TO, -1 };
static const int document[] = { GUITU_PERSON_ID_NUMBER, GUITU_PERSON_ID_KIND, GUITU_PERSON_ID_OVERRIDE, -1 };
static const int *const together[] = { birth, document };

static const int identity[] = { GUITU_PERSON_NAME, GUITU_PERSON_SEX, GUITU_PERSON_HOUSEHOLD, GUITU_PERSON_VERIFIED_BY };

static gboolean
is_together (int field)
{
  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    for (const int *at = together[i]; *at >= 0; at++)
      if (*at == field)
        return TRUE;
  return FALSE;
}

static void
copy_group (GuituRecord *to,
            const GuituRecord *from,
            const int *group)
{
  for (const int *at = group; *at >= 0; at++)
    copy_field (to, from, *at);
}

/* A verified identity goes before a claimed one. */
static void
take_verified (GuituRecord *person,
               const GuituRecord *other)
{
  if (guitu_person_is_verified (person) || !guitu_person_is_verified (other))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (identity); i++)
    if (guitu_record_is_set (other, identity[i]))
      copy_field (person, other, identity[i]);
  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    if (guitu_record_is_set (other, together[i][0]))
      copy_group (person, other, together[i]);
}

static void
take_missing (GuituRecord *person,
              const GuituRecord *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    if (!guitu_record_is_set (person, together[i][0]) && guitu_record_is_set (other, together[i][0]))
      copy_group (person, other, together[i]);
  for (guint i = 0; i < GUITU_PERSON_VOIDED; i++)
    if (!is_together (i) && guitu_record_is_set (other, i) &&
        (!guitu_record_is_set (person, i) ||
         (is_protective (i, guitu_record_text (other, i)) && !is_protective (i, guitu_record_text (person, i)))))
      copy_field (person, other, i);
}

/* Two births that contradict one another, neither of them verified: the person is as young as the one
 * says or as old as the other, and guards count by the younger. A birth without an end is a day. */
static void
widen_birth (GuituRecord *person,
             const GuituRecord *other)
{
  const char *from = guitu_record_text (other, GUITU_PERSON_BIRTH_FROM);
  const char *to = guitu_record_text (other, GUITU_PERSON_BIRTH_TO);
  g_autofree char *ours_to = NULL;

  if (from == NULL || !guitu_record_is_set (person, GUITU_PERSON_BIRTH_FROM) || guitu_person_is_verified (person) != guitu_person_is_verified (other))
    return;
  ours_to = g_strdup (guitu_record_text (person, guitu_record_is_set (person, GUITU_PERSON_BIRTH_TO) ? GUITU_PERSON_BIRTH_TO : GUITU_PERSON_BIRTH_FROM));
  to = to == NULL ? from : to;
  if (strcmp (from, guitu_record_text (person, GUITU_PERSON_BIRTH_FROM)) < 0)
    guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, from);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, strcmp (to, ours_to) > 0 ? to : ours_to);
}

/* Entries come in any order: a link may be here before the record that it names. */
GPtrArray *
guitu_links_persons (GuituTransaction *transaction,
                     GPtrArray *ids,
                     GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      GuituRecord *member = guitu_record_load (transaction, &guitu_kind_person, ids->pdata[i], &failure);

      if (member != NULL)
        g_ptr_array_add (members, member);
      else if (!g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND) || (i + 1 == ids->len && members->len == 0))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return g_steal_pointer (&members);
}

GuituRecord *
guitu_person_leader (GuituTransaction *transaction,
                     const char *id,
                     GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);
  g_autoptr (GPtrArray) members = ids == NULL ? NULL : guitu_links_persons (transaction, ids, error);

  return members == NULL ? NULL : g_ptr_array_steal_index (members, 0);
}

GuituRecord *
guitu_person_effective (GuituTransaction *transaction,
                        const char *id,
                        GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);
  g_autoptr (GPtrArray) members = ids == NULL ? NULL : guitu_links_persons (transaction, ids, error);
  GuituRecord *person;

  if (members == NULL)
    return NULL;
  person = g_ptr_array_index (members, 0);
  for (guint i = 1; i < members->len; i++)
    take_verified (person, members->pdata[i]);
  for (guint i = 1; i < members->len; i++)
    take_missing (person, members->pdata[i]);
  for (guint i = 1; i < members->len; i++)
    widen_birth (person, members->pdata[i]);
  guitu_record_freeze (person);
  return g_ptr_array_steal_index (members, 0);
}

/* --- What hangs on a person ------------------------------------------------------------------- */

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 first = guitu_record_row (*(GuituRecord *const *) a);
  gint64 second = guitu_record_row (*(GuituRecord *const *) b);

  return first < second ? 1 : first > second ? -1
                                             : 0;
}

GPtrArray *
guitu_links_records (GuituTransaction *transaction,
                     const GuituKind *kind,
                     int field,
                     GPtrArray *ids,
                     GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  for (guint i = 0; i < ids->len; i++)
    {
      const GuituQuery query = { .conditions = { { field, GUITU_EQUAL, ids->pdata[i] } } };
      g_autoptr (GPtrArray) found = guitu_records_find (transaction, kind, &query, error);

      if (found == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (records, g_steal_pointer (&found));
    }
  g_ptr_array_sort (records, compare_newest_first);
  return g_steal_pointer (&records);
}

gboolean
guitu_links_open_stay (GuituTransaction *transaction,
                       GPtrArray *ids,
                       GuituRecord **stay,
                       GError **error)
{
  *stay = NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      const GuituQuery query = {
        .conditions = { { GUITU_STAY_PERSON, GUITU_EQUAL, ids->pdata[i] }, { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } },
        .limit = 1,
      };
      g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &query, error);

      if (stays == NULL)
        return FALSE;
      if (stays->len == 0)
        continue;
      *stay = g_ptr_array_steal_index (stays, 0);
      return TRUE;
    }
  return TRUE;
}
