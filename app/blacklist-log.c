/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who knew of an entry of the list: what other stations wrote about it, who has not confirmed what became of it,
 * and who looked at it here. The looks of our own people stand in the log of accesses, and nowhere else. */

#include "app/blacklist-private.h"

#include "app/directory.h"
#include "app/hand-over.h"
#include "app/links.h"
#include "app/visits.h"

#include <string.h>

/* --- Who has not confirmed ------------------------------------------------------------------------ */

static gboolean
has_confirmed (JsonArray *log,
               const char *station,
               const char *act,
               const char *of)
{
  for (guint i = 0; i < json_array_get_length (log); i++)
    {
      JsonObject *line = json_array_get_object_element (log, i);

      if (strcmp (json_object_get_string_member (line, "station"), station) == 0 && strcmp (json_object_get_string_member (line, "act"), act) == 0 &&
          (of == NULL || g_strcmp0 (guitu_member_text (line, "of"), of) == 0))
        return TRUE;
    }
  return FALSE;
}

/* What the stations are to confirm of a listing as it is now: a code of “list_act”, %NULL where there is nothing.
 * @of: (out) (nullable): the correction, by its time */
static const char *
to_be_confirmed (const GuituRecord *listing,
                 const char **of)
{
  g_autofree char *today = guitu_today ();
  const char *state = guitu_list_state (guitu_record_text (listing, GUITU_LISTING_STATE), guitu_record_text (listing, GUITU_LISTING_UNTIL), today);

  *of = NULL;
  if (g_strcmp0 (state, "lapsed") == 0) /* every station sees that by itself */
    return NULL;
  if (g_strcmp0 (state, "suspended") == 0)
    return "suspended";
  if (g_strcmp0 (state, "active") != 0)
    return "removed";
  *of = guitu_record_text (listing, GUITU_LISTING_AT);
  return guitu_record_says (listing, GUITU_LISTING_CHANGED, GUITU_LISTING_CORRECTED) ? "corrected" : NULL;
}

/* Those that ever wrote about it have it. (transfer full): station → its name */
static GHashTable *
writers_of (JsonArray *log,
            const char *own)
{
  GHashTable *writers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (log); i++)
    {
      JsonObject *line = json_array_get_object_element (log, i);

      if (strcmp (json_object_get_string_member (line, "station"), own) != 0)
        g_hash_table_insert (writers, (gpointer) json_object_get_string_member (line, "station"), (gpointer) json_object_get_string_member (line, "station_name"));
    }
  return writers;
}

static int
compare_codes (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static JsonArray *
writers_without (GHashTable *writers,
                 JsonArray *log,
                 const char *act,
                 const char *of)
{
  guint n;
  g_autofree gpointer *codes = g_hash_table_get_keys_as_array (writers, &n);
  JsonArray *names = json_array_new ();

  qsort (codes, n, sizeof *codes, compare_codes);
  for (guint i = 0; i < n; i++)
    if (!has_confirmed (log, codes[i], act, of))
      json_array_add_string_element (names, g_hash_table_lookup (writers, codes[i]));
  return names;
}

/* The others of which nobody knows whether they have it: they may warn still. */
static JsonArray *
strangers_to (GHashTable *writers,
              GPtrArray *stations,
              const char *own)
{
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < stations->len; i++)
    {
      const char *code = guitu_record_text (stations->pdata[i], GUITU_STATION_CODE);
      const char *name = guitu_record_text (stations->pdata[i], GUITU_STATION_NAME);

      if (g_strcmp0 (code, own) != 0 && !g_hash_table_contains (writers, code))
        json_array_add_string_element (names, name == NULL ? code : name);
    }
  return names;
}

gboolean
_guitu_blacklist_add_unconfirmed (JsonObject *json,
                                  GuituTransaction *transaction,
                                  const GuituRecord *entry,
                                  GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  JsonArray *log = json_object_get_array_member (json, "log");
  g_autoptr (GuituRecord) listing = guitu_record_load (transaction, &guitu_kind_listing, guitu_record_text (entry, GUITU_BLACKLIST_LISTING), error);
  g_autoptr (GPtrArray) stations = listing == NULL ? NULL : guitu_known_stations (transaction, error);
  g_autoptr (GHashTable) writers = writers_of (log, own);
  const char *act, *of;

  if (stations == NULL)
    return FALSE;
  act = to_be_confirmed (listing, &of);
  if (act == NULL)
    return TRUE;
  json_object_set_string_member (json, "awaited", act);
  json_object_set_array_member (json, "unconfirmed", writers_without (writers, log, act, of));
  json_object_set_array_member (json, "unknown", strangers_to (writers, stations, own));
  return TRUE;
}

/* --- What other stations wrote --------------------------------------------------------------------- */

gboolean
_guitu_blacklist_add_answers (JsonObject *json,
                              GuituTransaction *transaction,
                              const char *listing,
                              GError **error)
{
  const GuituQuery of_listing = { .conditions = { { GUITU_DISSENT_LISTING, GUITU_EQUAL, listing } } };
  g_autoptr (GPtrArray) dissents = guitu_records_find (transaction, &guitu_kind_dissent, &of_listing, error);
  g_autoptr (JsonArray) array = json_array_new ();
  JsonArray *letters = dissents == NULL ? NULL : guitu_listing_letters (transaction, listing, error);

  if (letters == NULL)
    return FALSE;
  json_object_set_array_member (json, "log", letters);
  for (guint i = 0; i < dissents->len; i++)
    {
      g_autoptr (JsonObject) dissent = guitu_record_to_json (dissents->pdata[i], FALSE);

      if (!guitu_station_name_add (dissent, transaction, guitu_record_text (dissents->pdata[i], GUITU_DISSENT_STATION), error))
        return FALSE;
      json_array_add_object_element (array, g_steal_pointer (&dissent));
    }
  json_object_set_array_member (json, "dissents", g_steal_pointer (&array));
  return TRUE;
}

/* --- Who looked here ------------------------------------------------------------------------------- */

char *
_guitu_blacklist_look (const char *id,
                       const char *why)
{
  return why == NULL ? g_strdup (id) : g_strdup_printf ("%s：%s", id, why);
}

/* Whether it was this entry that was looked at; *@why is %NULL where nobody said. */
static gboolean
is_look (const GuituRecord *access,
         const char *entry,
         const char **why)
{
  const char *detail = guitu_record_text (access, GUITU_ACCESS_DETAIL);
  gsize length = strlen (entry);

  if (!guitu_record_says (access, GUITU_ACCESS_ACT, "view-listing") || detail == NULL || !g_str_has_prefix (detail, entry))
    return FALSE;
  *why = g_str_has_prefix (detail + length, "：") ? detail + length + strlen ("：") : NULL;
  return TRUE;
}

static JsonObject *
look_to_json (GuituTransaction *transaction,
              const GuituRecord *access,
              const char *why,
              GError **error)
{
  const char *name = guitu_record_text (access, GUITU_ACCESS_USER);
  const char *own = guitu_transaction_keys (transaction)->station;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) user = guitu_record_find_one (transaction, &guitu_kind_user, GUITU_USER_NAME, name, &failure);
  g_autofree char *shown = user == NULL ? g_strdup (name) : guitu_user_display_name (transaction, guitu_record_id (user));
  g_autoptr (JsonObject) json = json_object_new ();

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  json_object_set_string_member (json, "act", "looked");
  json_object_set_string_member (json, "act_name", guitu_code_label ("list_act", "looked"));
  json_object_set_string_member (json, "station", own);
  json_object_set_string_member (json, "at", guitu_record_text (access, GUITU_ACCESS_AT));
  json_object_set_string_member (json, "by", shown);
  if (why != NULL)
    json_object_set_string_member (json, "why", why);
  return guitu_station_name_add (json, transaction, own, error) ? g_steal_pointer (&json) : NULL;
}

/* The first look of each user on each day, oldest first: as much as other stations tell of theirs. */
static JsonArray *
read_looks (GuituTransaction *transaction,
            const GuituRecord *entry,
            GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (entry, GUITU_BLACKLIST_PERSON), error);
  g_autoptr (GPtrArray) accesses = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_access, GUITU_ACCESS_PERSON, ids, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonArray) looks = json_array_new ();

  for (guint i = accesses == NULL ? 0 : accesses->len; i > 0; i--)
    {
      const GuituRecord *access = accesses->pdata[i - 1];
      const char *why;
      JsonObject *json;

      if (!is_look (access, guitu_record_id (entry), &why) ||
          !g_hash_table_add (seen, g_strdup_printf ("%.10s %s", guitu_record_text (access, GUITU_ACCESS_AT), guitu_record_text (access, GUITU_ACCESS_USER))))
        continue;
      json = look_to_json (transaction, access, why, error);
      if (json == NULL)
        return NULL;
      json_array_add_object_element (looks, json);
    }
  return accesses == NULL ? NULL : g_steal_pointer (&looks);
}

static const char *
at_of (JsonArray *lines,
       guint i)
{
  return json_object_get_string_member (json_array_get_object_element (lines, i), "at");
}

gboolean
_guitu_blacklist_add_looks (JsonObject *json,
                            GuituTransaction *transaction,
                            const GuituRecord *entry,
                            GError **error)
{
  g_autoptr (JsonArray) looks = read_looks (transaction, entry, error);
  JsonArray *letters = json_object_get_array_member (json, "log");
  g_autoptr (JsonArray) log = json_array_new ();
  guint looked = 0;

  for (guint i = 0; looks != NULL && i < json_array_get_length (letters); i++)
    {
      for (; looked < json_array_get_length (looks) && strcmp (at_of (looks, looked), at_of (letters, i)) < 0; looked++)
        json_array_add_element (log, json_array_dup_element (looks, looked));
      json_array_add_element (log, json_array_dup_element (letters, i));
    }
  for (; looks != NULL && looked < json_array_get_length (looks); looked++)
    json_array_add_element (log, json_array_dup_element (looks, looked));
  json_object_set_array_member (json, "log", g_steal_pointer (&log));
  return looks != NULL;
}
