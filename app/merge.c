/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One human being with two records, two human beings taken for one, and taking either back. All that
 * is written is a link between two records, or the reason for which one is void. */

#include "app/fence.h"
#include "app/house.h"
#include "app/links.h"
#include "app/protection.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
check_known (GuituTransaction *transaction,
             const char *id,
             GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, id, error);

  if (person != NULL && guitu_record_is_voided (person))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "voided", NULL, "The record %s is void", id);
  return person != NULL;
}

/* What the two verbs need that say something about two records. */
static gboolean
check_two (GuituCall *call,
           GuituTransaction *transaction,
           const char *first,
           const char *second,
           GError **error)
{
  if (strcmp (first, second) == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-record", NULL, "This is one and the same record");
  return check_known (transaction, first, error) && check_known (transaction, second, error) &&
         guitu_fence_refuse (call, transaction, first, error) && guitu_fence_refuse (call, transaction, second, error);
}

static gboolean
has (GPtrArray *ids,
     const char *id)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

static gboolean
check_not_different (GuituCall *call,
                     GuituTransaction *transaction,
                     const char *keep,
                     const char *other,
                     GError **error)
{
  g_autoptr (GuituRecord) link = NULL;
  const char *reason;

  if (!guitu_links_find_different (transaction, keep, other, &link, error))
    return FALSE;
  if (link == NULL || guitu_call_flag (call, "again"))
    return TRUE;
  reason = guitu_record_text (link, GUITU_PERSON_LINK_REASON);
  return guitu_fail (error, GUITU_ERROR_REFUSED, "marked-different", NULL,
                     "Somebody found on %.10s that these are two people (%s); if that was wrong, say so with “again”",
                     guitu_record_text (link, GUITU_PERSON_LINK_AT), reason == NULL ? "" : reason);
}

static gboolean
check_not_both_here (GuituTransaction *transaction,
                     GPtrArray *ids,
                     GPtrArray *others,
                     GError **error)
{
  g_autoptr (GuituRecord) first = NULL;
  g_autoptr (GuituRecord) second = NULL;

  if (!guitu_links_open_stay (transaction, ids, &first, error) || !guitu_links_open_stay (transaction, others, &second, error))
    return FALSE;
  if (first == NULL || second == NULL)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "both-here", NULL,
                     "Both have an open stay (%s and %s): nobody is here twice; end or void one of them first",
                     guitu_record_text (first, GUITU_STAY_NUMBER), guitu_record_text (second, GUITU_STAY_NUMBER));
}

static GuituRecord *
link_new (GuituCall *call,
          const char *person,
          const char *other,
          const char *verdict,
          GError **error)
{
  g_autoptr (GuituRecord) link = guitu_record_new (&guitu_kind_person_link);
  JsonNode *reason = json_object_get_member (call->input, "reason");
  g_autofree char *now = guitu_now ();

  if (!guitu_record_take_member (link, GUITU_PERSON_LINK_REASON, reason, error))
    return NULL;
  if (!guitu_record_is_set (link, GUITU_PERSON_LINK_REASON))
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "missing", "reason", "“reason” is needed");
      return NULL;
    }
  guitu_record_set_text (link, GUITU_PERSON_LINK_PERSON, person);
  guitu_record_set_text (link, GUITU_PERSON_LINK_OTHER, other);
  guitu_record_set_text (link, GUITU_PERSON_LINK_VERDICT, verdict);
  guitu_record_set_text (link, GUITU_PERSON_LINK_BY, call->session->id);
  guitu_record_set_text (link, GUITU_PERSON_LINK_AT, now);
  return g_steal_pointer (&link);
}

/* What was entered while the two were one hangs on the record that led then. Nobody but the staff can
 * tell whose it is: they are told of it. */
static gboolean
add_stays_left (JsonObject *json,
                GuituTransaction *transaction,
                const GuituRecord *link,
                GError **error)
{
  static const int ends[] = { GUITU_PERSON_LINK_PERSON, GUITU_PERSON_LINK_OTHER };
  const char *since = guitu_record_text (link, GUITU_PERSON_LINK_AT);
  JsonArray *array = json_array_new ();

  json_object_set_array_member (json, "stays_left", array);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (link, ends[i]), error);
      g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

      if (stays == NULL)
        return FALSE;
      for (guint j = 0; j < stays->len; j++)
        {
          g_autofree char *made = guitu_record_made_at (stays->pdata[j]);

          if (g_strcmp0 (made, since) >= 0 || strcmp (guitu_record_text (stays->pdata[j], GUITU_STAY_ARRIVED_AT), since) >= 0)
            json_array_add_object_element (array, guitu_stay_to_json (stays->pdata[j]));
        }
    }
  return TRUE;
}

/* {id, link, leader, members, result, stays_left}: how the records stand now; the last only where a merge
 * was taken back. */
static JsonObject *
result_to_json (GuituTransaction *transaction,
                const char *id,
                const GuituRecord *link,
                GError **error)
{
  const char *verdict = guitu_record_text (link, GUITU_PERSON_LINK_VERDICT);
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);
  g_autoptr (JsonObject) json = json_object_new ();
  JsonArray *members;

  if (ids == NULL || (guitu_record_is_voided (link) && !add_stays_left (json, transaction, link, error)))
    return NULL;
  members = json_array_new ();
  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (members, ids->pdata[i]);
  json_object_set_string_member (json, "id", id);
  json_object_set_string_member (json, "link", guitu_record_id (link));
  json_object_set_string_member (json, "leader", ids->pdata[0]);
  json_object_set_array_member (json, "members", members);
  json_object_set_string_member (json, "result", guitu_record_is_voided (link) ? "unmerged" : strcmp (verdict, "same") == 0  ? "merged"
                                                                                          : strcmp (verdict, "unclear") == 0 ? "unclear"
                                                                                                                             : "separated");
  return g_steal_pointer (&json);
}

/* With what the house breaks now of what is known of the person, and did not before. */
static gboolean
add_warnings (JsonObject *json,
              GuituTransaction *transaction,
              const char *person,
              GuituBedRules before,
              GError **error)
{
  JsonArray *warnings = guitu_bed_warnings (transaction, person, before, error);

  if (warnings != NULL)
    json_object_set_array_member (json, "warnings", warnings);
  return warnings != NULL;
}

static gboolean
commit_and_emit (GuituCall *call,
                 GuituTransaction *transaction,
                 JsonObject *json,
                 GError **error)
{
  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, json_object_ref (json));
  return TRUE;
}

/* The link joins the two that lead, so that the one that is to lead leads everybody. */
static gboolean
run_merge (GuituCall *call,
           GError **error)
{
  const char *keep = guitu_call_need (call, "keep", error);
  const char *other = keep == NULL ? NULL : guitu_call_need (call, "other", error);
  const char *reason = other == NULL ? NULL : guitu_call_need (call, "reason", error);
  g_autofree char *second = NULL;
  gboolean is_ready = reason != NULL && guitu_call_second (call, "let out alone", &second, error);
  g_autoptr (GuituTransaction) transaction = is_ready ? guitu_call_write (call, error) : NULL;
  g_auto (GuituProtection) protection = { 0 };
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GuituRecord) link = NULL;
  g_autoptr (JsonObject) json = NULL;
  GuituBedRules rules, rules_of_other;

  if (transaction == NULL || !check_two (call, transaction, keep, other, error) ||
      !guitu_bed_rules_of (transaction, keep, &rules, error) || !guitu_bed_rules_of (transaction, other, &rules_of_other, error))
    return FALSE;
  ids = guitu_links_members (transaction, keep, error);
  others = ids == NULL ? NULL : guitu_links_members (transaction, other, error);
  if (others == NULL)
    return FALSE;
  if (has (ids, other))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-merged", "other", "These are one person already");
  if (!check_not_different (call, transaction, keep, other, error) || !check_not_both_here (transaction, ids, others, error))
    return FALSE;
  if (!guitu_protection_read (transaction, keep, &protection, error) ||
      (protection.stay == NULL && !guitu_protection_read (transaction, other, &protection, error)))
    return FALSE;
  link = link_new (call, ids->pdata[0], others->pdata[0], "same", error);
  if (link == NULL)
    return FALSE;
  guitu_record_set_text (link, GUITU_PERSON_LINK_SECOND, second);
  if (!guitu_transaction_put (transaction, link, error) ||
      !guitu_protection_check (call, transaction, keep, &protection, second, NULL, error))
    return FALSE;
  json = result_to_json (transaction, keep, link, error);
  return json != NULL && add_warnings (json, transaction, keep, rules | rules_of_other, error) &&
         commit_and_emit (call, transaction, json, error);
}

/* The link that joins the record with others: the only one, or the one that is named. */
static GuituRecord *
find_link (GuituTransaction *transaction,
           const char *id,
           const char *wanted,
           GError **error)
{
  g_autoptr (GPtrArray) links = guitu_links_of (transaction, id, "same", error);
  GString *ids;

  if (links == NULL)
    return NULL;
  for (guint i = 0; i < links->len; i++)
    if (wanted == NULL ? links->len == 1 : strcmp (guitu_record_id (links->pdata[i]), wanted) == 0)
      return g_ptr_array_steal_index (links, i);
  if (wanted != NULL || links->len == 0)
    {
      guitu_fail (error, GUITU_ERROR_REFUSED, "not-merged", wanted == NULL ? "id" : "link", "This record is not joined with another in that way");
      return NULL;
    }
  ids = g_string_new (NULL);
  for (guint i = 0; i < links->len; i++)
    g_string_append_printf (ids, " %s", guitu_record_id (links->pdata[i]));
  guitu_fail (error, GUITU_ERROR_REFUSED, "which-link", "link", "This record is joined with several; say which with “link”:%s", ids->str);
  g_string_free (ids, TRUE);
  return NULL;
}

/* Nothing but the link tells of a merge and its end, so that nothing else is left of them. */
static gboolean
sign_as_second (GuituTransaction *transaction,
                GuituRecord *link,
                const char *second,
                GError **error)
{
  guitu_record_set_text (link, GUITU_PERSON_LINK_SECOND, second);
  return guitu_transaction_put (transaction, link, error);
}

static gboolean
run_unmerge (GuituCall *call,
             GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  const char *reason = id == NULL ? NULL : guitu_call_need (call, "reason", error);
  const char *stayed;
  GuituBedRules rules;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *second = NULL;
  g_auto (GuituProtection) protection = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) link = NULL;

  if (reason == NULL || !guitu_call_second (call, "let out alone", &second, error))
    return FALSE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !check_known (transaction, id, error) || !guitu_fence_refuse (call, transaction, id, error) ||
      !guitu_protection_read (transaction, id, &protection, error) || !guitu_bed_rules_of (transaction, id, &rules, error))
    return FALSE;
  link = find_link (transaction, id, guitu_call_text (call, "link"), error);
  if (link == NULL || (second != NULL && !sign_as_second (transaction, link, second, error)))
    return FALSE;
  stayed = protection.stay == NULL ? id : guitu_record_text (protection.stay, GUITU_STAY_PERSON);
  if (!guitu_call_void (transaction, link, reason, error) ||
      !guitu_protection_check (call, transaction, stayed, &protection, second, NULL, error))
    return FALSE;
  json = result_to_json (transaction, id, link, error);
  return json != NULL && add_warnings (json, transaction, stayed, rules, error) && commit_and_emit (call, transaction, json, error);
}

/* What is decided, or looked at again, ends the doubt that was noted before. */
static gboolean
end_doubt (GuituTransaction *transaction,
           const char *first,
           const char *second,
           GError **error)
{
  g_autoptr (GuituRecord) doubt = NULL;

  if (!guitu_links_find_decided (transaction, first, second, "unclear", &doubt, error))
    return FALSE;
  return doubt == NULL || guitu_call_void (transaction, doubt, "已另行认定", error);
}

static gboolean
run_separate (GuituCall *call,
              GError **error)
{
  const char *first = guitu_call_need (call, "first", error);
  const char *second = first == NULL ? NULL : guitu_call_need (call, "other", error);
  const char *reason = second == NULL ? NULL : guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GuituRecord) known = NULL;
  g_autoptr (GuituRecord) link = NULL;
  g_autoptr (JsonObject) json = NULL;

  if (transaction == NULL || !check_two (call, transaction, first, second, error))
    return FALSE;
  ids = guitu_links_members (transaction, first, error);
  if (ids == NULL)
    return FALSE;
  if (has (ids, second))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-merged", NULL, "These are merged; take that back first (“person unmerge”)");
  if (!guitu_links_find_different (transaction, first, second, &known, error))
    return FALSE;
  if (known != NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "marked-different", NULL, "That these are two people is noted already");
  link = link_new (call, first, second, guitu_call_flag (call, "unclear") ? "unclear" : "different", error);
  if (link == NULL || !end_doubt (transaction, first, second, error) || !guitu_transaction_put (transaction, link, error))
    return FALSE;
  json = result_to_json (transaction, first, link, error);
  return json != NULL && commit_and_emit (call, transaction, json, error);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption merge_options[] = {
  { "keep", GUITU_OPTION_TEXT, TRUE, "id of the record that leads" },
  { "other", GUITU_OPTION_TEXT, TRUE, "id of the record that follows" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "how it is known that they are one person" },
  { "again", GUITU_OPTION_FLAG, FALSE, "although they were found to be two people before" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption unmerge_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of a record that was merged" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why they are not one person" },
  { "link", GUITU_OPTION_TEXT, FALSE, "which link, where there are several (see “merged” of “person show”)" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption separate_options[] = {
  { "first", GUITU_OPTION_TEXT, TRUE, "id of one record" },
  { "other", GUITU_OPTION_TEXT, TRUE, "id of the other" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "how it is known that they are two people; or what is missing to tell" },
  { "unclear", GUITU_OPTION_FLAG, FALSE, "it is not to be told yet: that is noted, and they are proposed again" },
  { NULL },
};

const GuituVerb guitu_verb_person_merge = {
  "person merge", "Say that two records are of one person; both stay as they are", GUITU_VERB_WRITES, merge_options, NULL, run_merge
};
const GuituVerb guitu_verb_person_unmerge = {
  "person unmerge", "Take a merge back", GUITU_VERB_WRITES, unmerge_options, NULL, run_unmerge
};
const GuituVerb guitu_verb_person_separate = {
  "person separate", "Remember that two records are of two people", GUITU_VERB_WRITES, separate_options, NULL, run_separate
};
