/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether who went home is still there: a visit or a call some weeks after the stay, what was found,
 * and the next one where it takes another (domain.md §10). */

#include "app/after.h"
#include "app/hand-over.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

#define LIST_LIMIT 1000

/* Returns: (transfer full) (nullable). */
static JsonObject *
follow_up_to_json (GuituTransaction *transaction,
                   const GuituRecord *follow_up,
                   GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (follow_up, GUITU_FOLLOW_UP_STAY), error);
  g_autoptr (JsonObject) json = guitu_record_to_json (follow_up, FALSE);
  const char *way;

  if (stay == NULL || !guitu_person_name_add (json, transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error))
    return NULL;
  json_object_set_string_member (json, "person", guitu_record_text (stay, GUITU_STAY_PERSON));
  json_object_set_string_member (json, "stay_number", guitu_record_text (stay, GUITU_STAY_NUMBER));
  way = guitu_record_text (stay, GUITU_STAY_LEAVE_BY);
  if (way != NULL)
    json_object_set_string_member (json, "leave_by", way);
  if (!guitu_record_is_set (follow_up, GUITU_FOLLOW_UP_DONE_ON))
    guitu_due_add (json, guitu_record_text (follow_up, GUITU_FOLLOW_UP_DUE_ON));
  return g_steal_pointer (&json);
}

/* --- Planning -------------------------------------------------------------------------------- */

static gboolean
plan (GuituTransaction *transaction,
      const char *stay,
      const char *transfer,
      const char *due_on,
      GError **error)
{
  g_autoptr (GuituRecord) follow_up = guitu_record_new (&guitu_kind_follow_up);

  guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_STAY, stay);
  guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_TRANSFER, transfer);
  guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_DUE_ON, due_on);
  return guitu_transaction_put (transaction, follow_up, error);
}

/* The journey that the stay ended with, if any. @id: (out) (transfer full) (nullable). */
static gboolean
find_journey (GuituTransaction *transaction,
              const GuituRecord *stay,
              char **id,
              GError **error)
{
  const GuituQuery of_stay = { .conditions = { { GUITU_TRANSFER_STAY, GUITU_EQUAL, guitu_record_id (stay) } }, .descending = TRUE };
  g_autoptr (GPtrArray) transfers = guitu_records_find (transaction, &guitu_kind_transfer, &of_stay, error);

  *id = NULL;
  for (guint i = 0; transfers != NULL && *id == NULL && i < transfers->len; i++)
    if (strcmp (guitu_record_text (transfers->pdata[i], GUITU_TRANSFER_STATE), "cancelled") != 0)
      *id = g_strdup (guitu_record_id (transfers->pdata[i]));
  return transfers != NULL;
}

gboolean
guitu_follow_up_plan (GuituCall *call,
                      GuituTransaction *transaction,
                      const GuituRecord *stay,
                      GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_FOLLOW_UP_STAY, GUITU_EQUAL, guitu_record_id (stay) },
                                            { GUITU_FOLLOW_UP_DONE_ON, GUITU_UNSET, NULL } } };
  const char *way = guitu_record_text (stay, GUITU_STAY_LEAVE_BY);
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  g_autofree char *name = NULL;
  g_autofree char *due = NULL;
  g_autofree char *journey = NULL;
  gint64 n_open;

  if (way == NULL || left == NULL)
    return TRUE;
  name = g_strdelimit (g_strconcat ("follow_up_days_", way, NULL), "-", '_');
  if (guitu_rules_find (name, left) == NULL)
    return TRUE;
  n_open = guitu_records_count (transaction, &guitu_kind_follow_up, &open, error);
  if (n_open != 0)
    return n_open > 0;
  due = guitu_date_add_days (left, guitu_rules_integer (name, left));
  return find_journey (transaction, stay, &journey, error) &&
         plan (transaction, guitu_record_id (stay), journey, due, error);
}

static gboolean
take_planned (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *stay,
              GuituRecord *follow_up,
              GError **error)
{
  JsonNode *due = json_object_get_member (call->input, "due_on");
  const char *journey = guitu_call_text (call, "transfer");
  g_autoptr (GuituRecord) transfer = NULL;

  guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_STAY, guitu_record_id (stay));
  if (due != NULL && !guitu_record_take_member (follow_up, GUITU_FOLLOW_UP_DUE_ON, due, error))
    return FALSE;
  if (!guitu_record_check_required (follow_up, error))
    return FALSE;
  if (strncmp (guitu_record_text (follow_up, GUITU_FOLLOW_UP_DUE_ON), guitu_record_text (stay, GUITU_STAY_ARRIVED_AT), strlen ("YYYY-MM-DD")) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "due_on", "The follow-up (%s) would be due before the arrival",
                       guitu_record_text (follow_up, GUITU_FOLLOW_UP_DUE_ON));
  if (journey == NULL)
    return TRUE;
  transfer = guitu_record_load (transaction, &guitu_kind_transfer, journey, error);
  if (transfer == NULL)
    return FALSE;
  if (strcmp (guitu_record_text (transfer, GUITU_TRANSFER_STAY), guitu_record_id (stay)) != 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-their-stay", "transfer", "That transfer belongs to another stay");
  guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_TRANSFER, journey);
  return TRUE;
}

static gboolean
commit_and_emit (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituRecord *follow_up,
                 GError **error)
{
  g_autoptr (JsonObject) json = follow_up_to_json (transaction, follow_up, error);

  if (json == NULL || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  g_autoptr (GuituRecord) follow_up = guitu_record_new (&guitu_kind_follow_up);

  return stay != NULL && take_planned (call, transaction, stay, follow_up, error) &&
         guitu_transaction_put (transaction, follow_up, error) &&
         commit_and_emit (call, transaction, follow_up, error);
}

/* --- What was found -------------------------------------------------------------------------- */

static gboolean
take_findings (GuituCall *call,
               GuituRecord *follow_up,
               GError **error)
{
  static const int positions[] = { GUITU_FOLLOW_UP_DONE_ON, GUITU_FOLLOW_UP_HOW, GUITU_FOLLOW_UP_VISITOR,
                                   GUITU_FOLLOW_UP_FOUND_AT_HOME, GUITU_FOLLOW_UP_TEXT, GUITU_FOLLOW_UP_NEXT };
  static const int needed[] = { GUITU_FOLLOW_UP_TEXT, GUITU_FOLLOW_UP_FOUND_AT_HOME, GUITU_FOLLOW_UP_HOW };
  g_autofree char *today = guitu_today ();

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      JsonNode *node = json_object_get_member (call->input, guitu_kind_follow_up.fields[positions[i]].name);

      if (node != NULL && !guitu_record_take_member (follow_up, positions[i], node, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!guitu_record_is_set (follow_up, needed[i]))
      return guitu_fail (error, GUITU_ERROR_INVALID, "missing", guitu_kind_follow_up.fields[needed[i]].name, "“%s” is needed",
                         guitu_kind_follow_up.fields[needed[i]].name);
  if (!guitu_record_is_set (follow_up, GUITU_FOLLOW_UP_DONE_ON))
    guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_DONE_ON, today);
  if (strcmp (guitu_record_text (follow_up, GUITU_FOLLOW_UP_DONE_ON), today) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "in-the-future", "done_on", "The follow-up (%s) lies in the future",
                       guitu_record_text (follow_up, GUITU_FOLLOW_UP_DONE_ON));
  guitu_record_set_text (follow_up, GUITU_FOLLOW_UP_BY, call->session->id);
  return TRUE;
}

/* Another one, where the finding asks for it. */
static gboolean
plan_next (GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *follow_up,
           GError **error)
{
  const char *text = guitu_call_text (call, "next_due");
  g_autofree char *due = text == NULL ? NULL : guitu_date_parse (text);

  if (text == NULL)
    return TRUE;
  if (due == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "impossible-date", "next_due", "“%s” is no possible date (YYYY-MM-DD)", text);
  if (strcmp (due, guitu_record_text (follow_up, GUITU_FOLLOW_UP_DONE_ON)) <= 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-follow-up", "next_due", "The next follow-up (%s) comes after this one (%s)", due,
                       guitu_record_text (follow_up, GUITU_FOLLOW_UP_DONE_ON));
  return plan (transaction, guitu_record_text (follow_up, GUITU_FOLLOW_UP_STAY),
               guitu_record_text (follow_up, GUITU_FOLLOW_UP_TRANSFER), due, error);
}

static gboolean
run_done (GuituCall *call,
          GError **error)
{
  const char *id = guitu_call_need (call, "follow_up", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) follow_up = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_follow_up, id, error);

  if (follow_up == NULL)
    return FALSE;
  if (guitu_record_is_set (follow_up, GUITU_FOLLOW_UP_DONE_ON))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-done", "follow_up", "This follow-up was done on %s",
                       guitu_record_text (follow_up, GUITU_FOLLOW_UP_DONE_ON));
  return take_findings (call, follow_up, error) && plan_next (call, transaction, follow_up, error) &&
         guitu_transaction_put (transaction, follow_up, error) && guitu_hand_over_tell_follow_up (call, transaction, follow_up, error) &&
         commit_and_emit (call, transaction, follow_up, error);
}

/* --- Listing --------------------------------------------------------------------------------- */

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const GuituRecord *first = *(GuituRecord *const *) a;
  const GuituRecord *second = *(GuituRecord *const *) b;

  return strcmp (guitu_record_text (first, GUITU_FOLLOW_UP_DUE_ON), guitu_record_text (second, GUITU_FOLLOW_UP_DUE_ON));
}

static gboolean
run_list (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_text (call, "stay");
  gboolean open = guitu_call_flag (call, "open");
  GuituQuery query = { .descending = TRUE };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint n = 0;

  if (transaction == NULL)
    return FALSE;
  if (text != NULL)
    {
      stay = guitu_stay_find (transaction, text, error);
      if (stay == NULL)
        return FALSE;
      query.conditions[n++] = (GuituCondition){ GUITU_FOLLOW_UP_STAY, GUITU_EQUAL, guitu_record_id (stay) };
    }
  if (open)
    query.conditions[n++] = (GuituCondition){ GUITU_FOLLOW_UP_DONE_ON, GUITU_UNSET, NULL };
  if (n == 0)
    query.limit = LIST_LIMIT;
  found = guitu_records_find (transaction, &guitu_kind_follow_up, &query, error);
  if (found == NULL)
    return FALSE;
  g_ptr_array_sort (found, compare_due);
  for (guint i = 0; i < found->len; i++)
    {
      JsonObject *json = follow_up_to_json (transaction, found->pdata[i], error);

      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
    }
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption add_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "due_on", GUITU_OPTION_TEXT, FALSE, "when the follow-up is due (YYYY-MM-DD)" },
  { "transfer", GUITU_OPTION_TEXT, FALSE, "id of the journey home" },
  { NULL },
};

static const GuituOption done_options[] = {
  { "follow_up", GUITU_OPTION_TEXT, TRUE, "id of the follow-up" },
  { "text", GUITU_OPTION_TEXT, FALSE, "what was found" },
  { "found_at_home", GUITU_OPTION_TEXT, FALSE, "yes or no" },
  { "how", GUITU_OPTION_TEXT, FALSE, "visit or phone (codes follow_up_how)" },
  { "visitor", GUITU_OPTION_TEXT, FALSE, "who went, where it was not you" },
  { "done_on", GUITU_OPTION_TEXT, FALSE, "when (today)" },
  { "next", GUITU_OPTION_TEXT, FALSE, "the next step" },
  { "next_due", GUITU_OPTION_TEXT, FALSE, "plans another follow-up on that day (YYYY-MM-DD)" },
  { NULL },
};

static const GuituOption list_options[] = {
  { "open", GUITU_OPTION_FLAG, FALSE, "only those that are not done" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "only of this stay (id or number)" },
  { NULL },
};

const GuituVerb guitu_verb_follow_up_add = {
  "follow-up add", "Plan a visit or a call after a stay", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, add_options, NULL, run_add
};
const GuituVerb guitu_verb_follow_up_done = {
  "follow-up done", "Record what a follow-up found", GUITU_VERB_WRITES, done_options, NULL, run_done
};
const GuituVerb guitu_verb_follow_up_list = {
  "follow-up list", "List follow-ups in the order in which they are due", GUITU_VERB_PLAIN, list_options, NULL, run_list
};
