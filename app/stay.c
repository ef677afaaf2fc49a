/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens in the house. Arriving is in arrival.c, leaving in leave.c. */

#include "app/after.h"
#include "app/house.h"
#include "app/links.h"
#include "app/situation.h"
#include "app/timeline.h"
#include "app/verbs.h"

#include <string.h>

GuituRecord *
guitu_stay_find (GuituTransaction *transaction,
                 const char *text,
                 GError **error)
{
  guint8 id[GUITU_ID_BYTES];
  g_autoptr (GError) failure = NULL;
  GuituRecord *stay;

  if (guitu_id_to_bytes (text, id))
    return guitu_record_load (transaction, &guitu_kind_stay, text, error);
  stay = guitu_record_find_one (transaction, &guitu_kind_stay, GUITU_STAY_NUMBER, text, &failure);
  if (stay == NULL && failure == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "stay", "There is no stay “%s”", text);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return stay;
}

GuituRecord *
guitu_call_stay (GuituCall *call,
                 GuituTransaction *transaction,
                 GError **error)
{
  const char *text = transaction == NULL ? NULL : guitu_call_need (call, "stay", error);

  return text == NULL ? NULL : guitu_stay_find (transaction, text, error);
}

/* --- In the house ---------------------------------------------------------------------------- */

static gboolean
check_event (const GuituRecord *event,
             const GuituRecord *stay,
             GError **error)
{
  const char *at = guitu_record_text (event, GUITU_EVENT_AT);
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);

  if (!guitu_time_check (at, NULL, "at", error))
    return FALSE;
  if (guitu_time_to_unix (at) < guitu_time_to_unix (arrived))
    return guitu_fail (error, GUITU_ERROR_INVALID, "before-arrival", "at", "What is noted (%s) lies before the arrival (%s)", at, arrived);
  if (left != NULL && guitu_time_to_unix (at) > guitu_time_to_unix (left))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "stay", "The person had left by then (%s); what happened before can still be noted, with its time", left);
  return TRUE;
}

/* What other verbs write, with guards of their own; and a leader's word is the leader's. */
static gboolean
check_kind (GuituCall *call,
            const GuituRecord *event,
            GError **error)
{
  static const char *const elsewhere[] = { "bed", "extension", "correction", "shift", NULL };
  const char *kind = guitu_record_text (event, GUITU_EVENT_KIND);

  if (g_strv_contains (elsewhere, kind))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", "kind", "“%s” is written by a verb of its own (stay bed, stay extend, stay reopen, shift hand-over)", kind);
  if (strcmp (kind, "leader") == 0 && !guitu_call_may (call, "approve"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "kind", "Only a leader notes a leader's decision");
  return TRUE;
}

static gboolean
run_event (GuituCall *call,
           GError **error)
{
  g_autoptr (GuituRecord) event = guitu_record_new (&guitu_kind_event);
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_call_stay (call, transaction, error);
  g_autofree char *now = guitu_now ();
  GuituRequest request = { .act = GUITU_ACT_EDIT }; /* what happened before somebody left is noted later too */

  if (stay == NULL || !guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  for (guint i = 0; i < guitu_kind_event.n_fields; i++)
    {
      JsonNode *node = json_object_get_member (call->input, guitu_kind_event.fields[i].name);

      if (node != NULL && i != GUITU_EVENT_STAY && !guitu_record_take_member (event, i, node, error))
        return FALSE;
    }
  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
  guitu_record_set_text (event, GUITU_EVENT_BY, call->session->id);
  if (!guitu_record_is_set (event, GUITU_EVENT_AT))
    guitu_record_set_text (event, GUITU_EVENT_AT, now);
  if (!guitu_record_check_required (event, error) || !check_kind (call, event, error) || !check_event (event, stay, error) ||
      !guitu_stay_event_moves (transaction, stay, event, error) || !guitu_transaction_put (transaction, event, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_record_to_json (event, FALSE));
  return TRUE;
}

static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_call_stay (call, transaction, error);
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (JsonObject) json = NULL;

  if (stay == NULL)
    return FALSE;
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (person == NULL)
    return FALSE;
  events = guitu_records_find (transaction, &guitu_kind_event,
                               &(GuituQuery){ .conditions = { { GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (stay) } } }, error);
  if (events == NULL)
    return FALSE;
  json = guitu_stay_to_json (stay);
  json_object_set_object_member (json, "person", guitu_person_to_json (person, FALSE));
  json_object_set_array_member (json, "events", guitu_records_to_json (events));
  guitu_remedies_add (json, stay);
  if (!guitu_timeline_add (json, transaction, stay, error) || !guitu_warnings_add (json, transaction, person, FALSE, error))
    return FALSE;
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption stay_option[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { NULL },
};

const GuituVerb guitu_verb_stay_event = {
  "stay event", "Note a service or an event of a stay", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, stay_option, &guitu_kind_event, run_event
};
const GuituVerb guitu_verb_stay_show = {
  "stay show", "Show a stay with its person, its events and all that happened as a timeline", GUITU_VERB_PLAIN, stay_option, NULL, run_show
};
