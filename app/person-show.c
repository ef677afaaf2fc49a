/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that belongs to a person, from all records that are merged into one. Who looks behind a
 * fence, or at a masked field in full, leaves a record of it. */

#include "app/access.h"
#include "app/fence.h"
#include "app/links.h"
#include "app/relations.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
add_list (JsonObject *json,
          const char *member,
          GuituTransaction *transaction,
          GPtrArray *ids,
          const GuituKind *kind,
          int field,
          GError **error)
{
  g_autoptr (GPtrArray) records = guitu_links_records (transaction, kind, field, ids, error);

  if (records == NULL)
    return FALSE;
  json_object_set_array_member (json, member, guitu_records_to_json (records));
  return TRUE;
}

/* Papers and transfers hang on stays. */
static gboolean
add_lists_of_stays (JsonObject *json,
                    GuituTransaction *transaction,
                    GError **error)
{
  JsonArray *stays = json_object_get_array_member (json, "stays");
  JsonArray *papers = json_array_new ();
  JsonArray *transfers = json_array_new ();

  json_object_set_array_member (json, "papers", papers);
  json_object_set_array_member (json, "transfers", transfers);
  for (guint i = 0; i < json_array_get_length (stays); i++)
    {
      JsonObject *stay = json_array_get_object_element (stays, i);
      const char *id = json_object_get_string_member (stay, "id");
      const GuituQuery of_paper = { .conditions = { { GUITU_PAPER_STAY, GUITU_EQUAL, id } }, .descending = TRUE };
      const GuituQuery of_transfer = { .conditions = { { GUITU_TRANSFER_STAY, GUITU_EQUAL, id } }, .descending = TRUE };
      g_autoptr (GPtrArray) found_papers = guitu_records_find (transaction, &guitu_kind_paper, &of_paper, error);
      g_autoptr (GPtrArray) found_transfers = NULL;

      if (found_papers == NULL)
        return FALSE;
      found_transfers = guitu_records_find (transaction, &guitu_kind_transfer, &of_transfer, error);
      if (found_transfers == NULL)
        return FALSE;
      for (guint j = 0; j < found_papers->len; j++)
        json_array_add_object_element (papers, guitu_paper_to_json (g_ptr_array_index (found_papers, j)));
      for (guint j = 0; j < found_transfers->len; j++)
        {
          JsonObject *transfer = guitu_record_to_json (g_ptr_array_index (found_transfers, j), FALSE);

          guitu_json_add_region_name (transfer, "to_region");
          json_array_add_object_element (transfers, transfer);
        }
    }
  return TRUE;
}

/* The link by which a record follows another, or at least is joined with it. */
static gboolean
find_following (GuituTransaction *transaction,
                const char *id,
                GuituRecord **link,
                GError **error)
{
  g_autoptr (GPtrArray) links = guitu_links_of (transaction, id, "same", error);
  guint found = 0;

  *link = NULL;
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    if (g_strcmp0 (guitu_record_text (links->pdata[i], GUITU_PERSON_LINK_OTHER), id) == 0)
      found = i;
  if (links->len > 0)
    *link = g_ptr_array_steal_index (links, found);
  return TRUE;
}

static void
set_text (JsonObject *json,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, member, text);
}

/* {id, name, link, since, by, reason} of one of the records that follow. */
static JsonObject *
member_to_json (GuituTransaction *transaction,
                const char *id,
                GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, id, NULL);
  g_autoptr (GuituRecord) link = NULL;
  g_autoptr (GuituRecord) by = NULL;

  if (!find_following (transaction, id, &link, error))
    return NULL;
  json_object_set_string_member (json, "id", id);
  if (person != NULL)
    set_text (json, "name", guitu_record_text (person, GUITU_PERSON_NAME));
  if (link == NULL)
    return g_steal_pointer (&json);
  json_object_set_string_member (json, "link", guitu_record_id (link));
  set_text (json, "since", guitu_record_text (link, GUITU_PERSON_LINK_AT));
  set_text (json, "reason", guitu_record_text (link, GUITU_PERSON_LINK_REASON));
  if (guitu_record_is_set (link, GUITU_PERSON_LINK_BY))
    by = guitu_record_load (transaction, &guitu_kind_user, guitu_record_text (link, GUITU_PERSON_LINK_BY), NULL);
  set_text (json, "by", by == NULL ? NULL : guitu_record_text (by, GUITU_USER_NAME));
  return g_steal_pointer (&json);
}

static gboolean
add_merged (JsonObject *json,
            GuituTransaction *transaction,
            GPtrArray *ids,
            GError **error)
{
  JsonArray *merged = json_array_new ();

  json_object_set_string_member (json, "leader", ids->pdata[0]);
  json_object_set_array_member (json, "merged", merged);
  for (guint i = 1; i < ids->len; i++)
    {
      JsonObject *member = member_to_json (transaction, ids->pdata[i], error);

      if (member == NULL)
        return FALSE;
      json_array_add_object_element (merged, member);
    }
  return TRUE;
}

static gboolean
add_everything (JsonObject *json,
                GuituTransaction *transaction,
                GPtrArray *ids,
                GError **error)
{
  return add_merged (json, transaction, ids, error) &&
         add_list (json, "stays", transaction, ids, &guitu_kind_stay, GUITU_STAY_PERSON, error) &&
         add_list (json, "statements", transaction, ids, &guitu_kind_statement, GUITU_STATEMENT_PERSON, error) &&
         add_list (json, "files", transaction, ids, &guitu_kind_file, GUITU_FILE_PERSON, error) &&
         add_list (json, "kin_records", transaction, ids, &guitu_kind_kin, GUITU_KIN_PERSON, error) &&
         guitu_relations_add (json, transaction, ids, error) &&
         add_lists_of_stays (json, transaction, error);
}

static JsonObject *
show (GuituCall *call,
      GuituTransaction *transaction,
      const char *id,
      GError **error)
{
  gboolean reveal = guitu_call_flag (call, "reveal");
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, id, error);
  g_autoptr (GuituRecord) person = ids == NULL ? NULL : guitu_person_effective (transaction, id, error);
  g_autoptr (JsonObject) json = NULL;

  if (person == NULL)
    return NULL;
  json = guitu_person_to_json (person, reveal);
  json_object_set_string_member (json, "id", id);
  if (!guitu_person_add_presence (json, transaction, person, error) || !add_everything (json, transaction, ids, error) ||
      !guitu_conflicts_add (json, transaction, reveal, error) || !guitu_warnings_add (json, transaction, person, FALSE, error))
    return NULL;
  return g_steal_pointer (&json);
}

/* --- Who may look, and the record of it ------------------------------------------------------ */

/* Breaking the glass: in an emergency the staff may look at anybody, and say why. */
static gboolean
check_emergency (GuituCall *call,
                 guint hiding,
                 GError **error)
{
  const char *reason = guitu_call_text (call, "reason");

  if (hiding == GUITU_FENCE_NONE || reason == NULL)
    return TRUE;
  if (!guitu_call_may (call, "see emergency"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "reason", "%s may not open a protected record", call->session->name);
  if (!guitu_text_check (&guitu_kind_access.fields[GUITU_ACCESS_DETAIL], reason, error))
    return FALSE;
  call->is_fence_open = TRUE;
  return TRUE;
}

/* *@act is what is to be logged of this view, or NULL. */
static gboolean
check_view (GuituCall *call,
            GuituTransaction *transaction,
            const char *id,
            const char **act,
            GError **error)
{
  gboolean reveal = guitu_call_flag (call, "reveal");
  guint fences, hiding;

  if (reveal && !guitu_call_may (call, "see id-number"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "reveal", "%s may not see ID numbers in full", call->session->name);
  if (!guitu_fence_of (transaction, id, &fences, error))
    return FALSE;
  hiding = guitu_fence_hides (call, fences);
  if (!check_emergency (call, hiding, error))
    return FALSE;
  if (call->is_fence_open)
    *act = "view-emergency";
  else if (hiding != GUITU_FENCE_NONE)
    *act = NULL; /* nothing is shown */
  else if (fences != GUITU_FENCE_NONE)
    *act = "view-fenced";
  else
    *act = reveal ? "view" : NULL;
  if (hiding != GUITU_FENCE_NONE && !call->is_fence_open && reveal)
    return guitu_fence_refuse (call, transaction, id, error);
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (JsonObject) json = NULL;
  const char *act = NULL;

  if (transaction == NULL || !check_view (call, transaction, id, &act, error))
    return FALSE;
  json = show (call, transaction, id, error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  if (json == NULL || !guitu_access_log_warnings (call, json_object_get_array_member (json, "warnings"), id, error))
    return FALSE;
  if (act != NULL && !guitu_access_log (call, act, id, guitu_call_text (call, "reason"), error))
    return FALSE;
  if (act != NULL && guitu_call_flag (call, "reveal") && strcmp (act, "view") != 0 && !guitu_access_log (call, "view", id, NULL, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static const GuituOption show_options[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "reveal", GUITU_OPTION_FLAG, FALSE, "show masked fields in full; the view is logged" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "open a protected record in an emergency: why; the view is logged" },
  { NULL },
};

const GuituVerb guitu_verb_person_show = {
  "person show", "Show a person with stays, statements, papers and files", GUITU_VERB_PLAIN, show_options, NULL, run_show
};
