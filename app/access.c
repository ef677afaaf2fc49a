/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/access.h"

#include "app/blacklist.h"
#include "app/links.h"
#include "app/verbs.h"
#include "db/id.h"

#include <string.h>

#define LIST_LIMIT 1000
#define WARNED "warned-listing"

static gboolean
put_access (GuituCall *call,
            GuituTransaction *transaction,
            GuituRecord *access,
            const char *act,
            const char *person_id,
            const char *detail,
            GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (access, GUITU_ACCESS_USER, call->session->name);
  guitu_record_set_text (access, GUITU_ACCESS_ACT, act);
  guitu_record_set_text (access, GUITU_ACCESS_PERSON, person_id);
  guitu_record_set_text (access, GUITU_ACCESS_DETAIL, detail);
  guitu_record_set_text (access, GUITU_ACCESS_AT, now);
  return guitu_transaction_put (transaction, access, error);
}

gboolean
guitu_access_put (GuituCall *call,
                  GuituTransaction *transaction,
                  const char *act,
                  const char *person_id,
                  const char *detail,
                  GError **error)
{
  g_autoptr (GuituRecord) access = guitu_record_new (&guitu_kind_access);

  return put_access (call, transaction, access, act, person_id, detail, error);
}

gboolean
guitu_access_log (GuituCall *call,
                  const char *act,
                  const char *person_id,
                  const char *detail,
                  GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);

  return transaction != NULL && guitu_access_put (call, transaction, act, person_id, detail, error) && guitu_transaction_commit (transaction, error);
}

/* --- Warnings by the list ---------------------------------------------------------------------- */

/* (nullable): the entry that warns */
static const char *
listing_of (JsonObject *warning)
{
  return strcmp (json_object_get_string_member_with_default (warning, "kind", ""), "blacklist") == 0 ? json_object_get_string_member (warning, "id") : NULL;
}

/* The same for all that warns this user of this entry today. (transfer full) */
static char *
id_of_look (GuituCall *call,
            const char *listing)
{
  g_autofree char *today = guitu_today ();

  return guitu_id_from_words (NULL, WARNED, call->session->name, listing, today, NULL);
}

/* Its station hears once a day that it warned somebody here, whoever that was. */
static gboolean
tell_warning (GuituTransaction *transaction,
              JsonObject *warning,
              GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituRecord) listing = NULL;

  if (json_object_get_boolean_member (warning, "own"))
    return TRUE;
  listing = guitu_record_load (transaction, &guitu_kind_listing, listing_of (warning), error);
  return listing != NULL && guitu_listing_tell (transaction, listing, "warned", today, NULL, error);
}

static gboolean
put_warning (GuituCall *call,
             GuituTransaction *transaction,
             JsonObject *warning,
             const char *person_id,
             GError **error)
{
  const char *listing = listing_of (warning);
  g_autofree char *id = id_of_look (call, listing);
  g_autoptr (GuituRecord) access = NULL;
  gboolean is_there;

  if (!guitu_record_exists (transaction, &guitu_kind_access, id, &is_there, error))
    return FALSE;
  if (is_there)
    return TRUE;
  access = guitu_record_new_with_id (&guitu_kind_access, id);
  return put_access (call, transaction, access, WARNED, person_id, listing, error) && tell_warning (transaction, warning, error);
}

gboolean
guitu_access_put_warnings (GuituCall *call,
                           GuituTransaction *transaction,
                           JsonArray *warnings,
                           const char *person_id,
                           GError **error)
{
  for (guint i = 0; i < json_array_get_length (warnings); i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);

      if (listing_of (warning) != NULL && !put_warning (call, transaction, warning, person_id, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether all of it stands in the log already. */
static gboolean
are_known (GuituCall *call,
           JsonArray *warnings,
           gboolean *is_known,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);

  *is_known = TRUE;
  for (guint i = 0; transaction != NULL && *is_known && i < json_array_get_length (warnings); i++)
    {
      const char *listing = listing_of (json_array_get_object_element (warnings, i));
      g_autofree char *id = listing == NULL ? NULL : id_of_look (call, listing);

      if (id != NULL && !guitu_record_exists (transaction, &guitu_kind_access, id, is_known, error))
        return FALSE;
    }
  return transaction != NULL;
}

gboolean
guitu_access_log_warnings (GuituCall *call,
                           JsonArray *warnings,
                           const char *person_id,
                           GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  gboolean is_known;

  if (!are_known (call, warnings, &is_known, error))
    return FALSE;
  if (is_known)
    return TRUE;
  transaction = guitu_call_write (call, error);
  return transaction != NULL && guitu_access_put_warnings (call, transaction, warnings, person_id, error) && guitu_transaction_commit (transaction, error);
}

/* --- Reading ----------------------------------------------------------------------------------- */

static gboolean
is_wanted (const GuituRecord *access,
           const char *user,
           const char *since)
{
  const char *who = guitu_record_text (access, GUITU_ACCESS_USER);
  const char *at = guitu_record_text (access, GUITU_ACCESS_AT);

  return (user == NULL || g_strcmp0 (who, user) == 0) && (since == NULL || g_strcmp0 (at, since) >= 0);
}

static GPtrArray *
find (GuituCall *call,
      GuituTransaction *transaction,
      const char *since,
      GError **error)
{
  const char *person = guitu_call_text (call, "person");
  const char *user = guitu_call_text (call, "user");
  GuituQuery query = { .descending = TRUE };
  g_autoptr (GPtrArray) ids = NULL;

  if (person != NULL)
    {
      ids = guitu_links_members (transaction, person, error);
      return ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_access, GUITU_ACCESS_PERSON, ids, error);
    }
  if (user != NULL)
    query.conditions[0] = (GuituCondition){ GUITU_ACCESS_USER, GUITU_EQUAL, user };
  else if (since != NULL)
    query = (GuituQuery){ .conditions = { { GUITU_ACCESS_AT, GUITU_AT_LEAST, since } }, .is_ordered = TRUE, .order_by = GUITU_ACCESS_AT, .descending = TRUE };
  if (since == NULL)
    query.limit = LIST_LIMIT;
  return guitu_records_find (transaction, &guitu_kind_access, &query, error);
}

/* Whose record it was; the fence covers the name from those who may not see it. */
static gboolean
emit_access (GuituCall *call,
             GuituTransaction *transaction,
             const GuituRecord *access,
             GError **error)
{
  const char *id = guitu_record_text (access, GUITU_ACCESS_PERSON);
  JsonObject *json = guitu_record_to_json (access, FALSE);

  if (id != NULL)
    {
      g_autoptr (GuituRecord) person = guitu_person_effective (transaction, id, error);

      if (person == NULL)
        {
          json_object_unref (json);
          return FALSE;
        }
      json_object_set_string_member (json, "display_name", guitu_person_display_name (person));
    }
  guitu_call_emit (call, json);
  return TRUE;
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_text (call, "since");
  g_autofree char *since = text == NULL ? NULL : guitu_time_parse (text);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GPtrArray) accesses = NULL;

  if (!guitu_call_may (call, "see access"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", NULL, "%s may not see who looked at what", call->session->name);
  if (text != NULL && since == NULL)
    since = guitu_date_parse (text);
  if (text != NULL && since == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "since", "“%s” is no possible time (YYYY-MM-DD hh:mm)", text);
  transaction = guitu_call_read (call, error);
  accesses = transaction == NULL ? NULL : find (call, transaction, since, error);
  if (accesses == NULL)
    return FALSE;
  for (guint i = 0; i < accesses->len; i++)
    if (is_wanted (accesses->pdata[i], guitu_call_text (call, "user"), since) &&
        !emit_access (call, transaction, accesses->pdata[i], error))
      return FALSE;
  return TRUE;
}

static const GuituOption list_options[] = {
  { "person", GUITU_OPTION_TEXT, FALSE, "only looks at this person" },
  { "user", GUITU_OPTION_TEXT, FALSE, "only what this user saw" },
  { "since", GUITU_OPTION_TEXT, FALSE, "only since this day or time" },
  { NULL },
};

const GuituVerb guitu_verb_access_list = {
  "access list", "List who looked at what, newest first", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
