/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In what state a way home is, what it waits for, and what is shown of it. */

#include "app/transfer.h"

#include "app/hand-over.h"
#include "app/links.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
is_in (const GuituRecord *transfer,
       const char *const *states)
{
  return g_strv_contains (states, guitu_record_text (transfer, GUITU_TRANSFER_STATE));
}

static const char *
kind_of (const GuituRecord *transfer)
{
  const char *kind = guitu_record_text (transfer, GUITU_TRANSFER_KIND);

  return kind == NULL ? "" : kind;
}

GuituRecord *
guitu_transfer_find (GuituCall *call,
                     GuituTransaction *transaction,
                     GError **error)
{
  const char *id = transaction == NULL ? NULL : guitu_call_need (call, "transfer", error);

  return id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_transfer, id, error);
}

gboolean
guitu_transfer_is_to_station (const GuituRecord *transfer)
{
  return strcmp (kind_of (transfer), "hand-over") == 0 || strcmp (kind_of (transfer), "other-station") == 0;
}

gboolean
guitu_transfer_is_escorted (const GuituRecord *transfer)
{
  return guitu_transfer_is_to_station (transfer) || strcmp (kind_of (transfer), "escort-home") == 0;
}

gboolean
guitu_transfer_wants_approval (const GuituRecord *transfer,
                               const char *on)
{
  g_autofree char *name = g_strdelimit (g_strconcat ("approval_", kind_of (transfer), NULL), "-", '_');
  const GuituRule *rule = guitu_rules_find (name, on);

  return rule != NULL && g_ascii_strtoll (rule->value, NULL, 10) > 0;
}

char *
guitu_transfer_receiver_code (GuituTransaction *transaction,
                              const GuituRecord *transfer)
{
  const char *to = guitu_record_text (transfer, GUITU_TRANSFER_TO_STATION);
  g_autoptr (GuituRecord) station = to == NULL || !guitu_transfer_is_to_station (transfer) ? NULL : guitu_known_station (transaction, to);

  return station == NULL ? NULL : g_strdup (guitu_record_text (station, GUITU_STATION_CODE));
}

gboolean
guitu_transfer_check_state (const GuituRecord *transfer,
                            const char *const *states,
                            GError **error)
{
  const char *state = guitu_record_text (transfer, GUITU_TRANSFER_STATE);

  return is_in (transfer, states) ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "not-in-state", "transfer", "That can't be done with this way home now (%s)", state);
}

/* --- Waiting ----------------------------------------------------------------------------------- */

static gboolean
waits_for_approval (const GuituRecord *transfer)
{
  static const char *const gone[] = { "departed", "handed-over", "accepted", "rejected", NULL };
  g_autofree char *made = guitu_record_made_at (transfer);

  if (guitu_record_is_set (transfer, GUITU_TRANSFER_APPROVED_BY) || !guitu_record_is_set (transfer, GUITU_TRANSFER_PLANNED_BY) ||
      !guitu_transfer_wants_approval (transfer, made))
    return FALSE;
  return guitu_record_says (transfer, GUITU_TRANSFER_STATE, "planned") || is_in (transfer, gone);
}

static void
add_wait (GPtrArray *waits,
          const char *kind,
          const char *rule_name,
          const char *starts_at)
{
  const GuituRule *rule = guitu_rules_find (rule_name, starts_at);
  GuituDuty *duty;

  if (rule == NULL)
    return;
  duty = g_new0 (GuituDuty, 1);
  duty->kind = kind;
  duty->starts_at = g_strdup (starts_at);
  duty->due_at = guitu_deadline_end (rule, starts_at);
  duty->rule = rule;
  g_ptr_array_add (waits, duty);
}

/* Transfers of older stores have no planner: nobody waits for them. */
GPtrArray *
guitu_transfer_waits (const GuituRecord *transfer)
{
  static const char *const on_the_way[] = { "departed", "handed-over", NULL };
  GPtrArray *waits = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_duty_free);
  const char *departs = guitu_record_text (transfer, GUITU_TRANSFER_DEPARTS_AT);
  const char *arrives = guitu_record_text (transfer, GUITU_TRANSFER_ARRIVES_AT);
  const char *handed = guitu_record_text (transfer, GUITU_TRANSFER_HANDED_OVER_AT);
  g_autofree char *made = guitu_record_made_at (transfer);

  if (!guitu_record_is_set (transfer, GUITU_TRANSFER_PLANNED_BY))
    return waits;
  if (waits_for_approval (transfer))
    add_wait (waits, "transfer-approval", "transfer_approval_hours", guitu_record_says (transfer, GUITU_TRANSFER_STATE, "planned") || departs == NULL ? made : departs);
  if (guitu_transfer_is_escorted (transfer) && is_in (transfer, on_the_way) && !guitu_record_is_set (transfer, GUITU_TRANSFER_CLOSED_AT))
    add_wait (waits, "transfer-answer", "transfer_answer_hours", handed != NULL ? handed : arrives != NULL ? arrives
                                                                                       : departs != NULL   ? departs
                                                                                                           : made);
  if (guitu_record_says (transfer, GUITU_TRANSFER_STATE, "rejected"))
    add_wait (waits, "transfer-rejected", "transfer_rejected_hours", guitu_record_is_set (transfer, GUITU_TRANSFER_ACCEPTED_AT) ? guitu_record_text (transfer, GUITU_TRANSFER_ACCEPTED_AT) : made);
  return waits;
}

void
guitu_transfer_close_if_done (GuituRecord *transfer,
                              const char *at)
{
  static const char *const over[] = { "accepted", "cancelled", "returned", NULL };
  static const char *const handed[] = { "handed-over", NULL };
  static const char *const gone[] = { "departed", "handed-over", NULL };
  gboolean is_done = is_in (transfer, over) || (is_in (transfer, handed) && !guitu_transfer_is_to_station (transfer)) ||
                     (is_in (transfer, gone) && !guitu_transfer_is_escorted (transfer));

  if (is_done && !waits_for_approval (transfer) && !guitu_record_is_set (transfer, GUITU_TRANSFER_CLOSED_AT))
    guitu_record_set_text (transfer, GUITU_TRANSFER_CLOSED_AT, at);
}

gboolean
guitu_transfer_end_journey (GuituTransaction *transaction,
                            const GuituRecord *transfer,
                            GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);

  if (stay == NULL || !guitu_record_says (stay, GUITU_STAY_WHERE, "journey"))
    return stay != NULL;
  guitu_record_set_text (stay, GUITU_STAY_WHERE, NULL);
  return guitu_transaction_put (transaction, stay, error);
}

gboolean
guitu_transfer_resume_journey (GuituTransaction *transaction,
                               GuituRecord *transfer,
                               GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  gboolean is_handed_over = guitu_record_is_set (transfer, GUITU_TRANSFER_HANDED_OVER_AT);

  if (stay == NULL)
    return FALSE;
  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, is_handed_over ? "handed-over" : "departed");
  guitu_record_set_text (transfer, GUITU_TRANSFER_CLOSED_AT, NULL);
  if (!is_handed_over && guitu_transfer_is_escorted (transfer) && guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    guitu_record_set_text (stay, GUITU_STAY_WHERE, "journey");
  return guitu_transaction_put (transaction, stay, error);
}

gboolean
guitu_transfer_give_up (GuituTransaction *transaction,
                        GuituRecord *transfer,
                        const char *state,
                        const char *reason,
                        GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, state);
  guitu_record_set_text (transfer, GUITU_TRANSFER_CLOSED_AT, now);
  return guitu_hand_over_withdraw (transaction, transfer, reason, error) && guitu_transaction_put (transaction, transfer, error);
}

/* --- Tasks ------------------------------------------------------------------------------------- */

static void
add_task (GPtrArray *tasks,
          const GuituDuty *duty,
          const char *about,
          const char *text)
{
  GuituTask *task = g_new0 (GuituTask, 1);

  task->kind = g_strdup (duty->kind);
  task->about = g_strdup (about);
  task->text = g_strdup (text);
  task->starts_at = g_strdup (duty->starts_at);
  task->due_at = g_strdup (duty->due_at);
  task->rule = duty->rule;
  g_ptr_array_add (tasks, task);
}

static gboolean
add_tasks_of (GuituTransaction *transaction,
              const GuituRecord *transfer,
              const char *now,
              GPtrArray *tasks,
              GError **error)
{
  const GuituQuery noted = { .conditions = { { GUITU_TASK_STAY, GUITU_EQUAL, guitu_record_text (transfer, GUITU_TRANSFER_STAY) } } };
  g_autoptr (GPtrArray) waits = guitu_transfer_waits (transfer);
  g_autoptr (GPtrArray) records = waits->len == 0 ? NULL : guitu_records_find (transaction, &guitu_kind_task, &noted, error);
  g_autoptr (GuituRecord) stay = records == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (transfer, GUITU_TRANSFER_STAY), error);
  g_autoptr (GuituRecord) person = stay == NULL ? NULL : guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);

  if (person == NULL)
    return waits->len == 0;
  for (guint i = 0; i < waits->len; i++)
    {
      const GuituDuty *duty = waits->pdata[i];
      GuituTask *task;

      if (strcmp (duty->starts_at, now) > 0 || guitu_deadline_record (records, duty->kind, guitu_record_id (transfer)) != NULL)
        continue;
      add_task (tasks, duty, guitu_record_id (transfer), guitu_record_text (transfer, GUITU_TRANSFER_TO_STATION));
      task = tasks->pdata[tasks->len - 1];
      task->stay = g_strdup (guitu_record_id (stay));
      task->number = g_strdup (guitu_record_text (stay, GUITU_STAY_NUMBER));
      task->person = g_strdup (guitu_record_id (person));
      task->display_name = g_strdup (guitu_person_display_name (person));
    }
  return TRUE;
}

static gboolean
add_incoming (GuituTransaction *transaction,
              GPtrArray *tasks,
              GError **error)
{
  g_autoptr (GPtrArray) letters = guitu_letters_expected (transaction, error);

  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      g_autoptr (JsonObject) content = guitu_letter_content (letters->pdata[i]);
      g_autoptr (GPtrArray) waits = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_duty_free);
      JsonObject *transfer = content == NULL ? NULL : guitu_member_object (content, "transfer");
      const char *arrives = guitu_member_text (transfer, "arrives_at");
      g_autofree char *starts = arrives == NULL ? NULL : guitu_time_parse (arrives);

      add_wait (waits, "transfer-incoming", "transfer_incoming_hours", starts != NULL ? starts : guitu_record_text (letters->pdata[i], GUITU_LETTER_SENT_AT));
      if (waits->len > 0)
        add_task (tasks, waits->pdata[0], guitu_record_id (letters->pdata[i]), guitu_record_text (letters->pdata[i], GUITU_LETTER_STATION));
    }
  return letters != NULL;
}

gboolean
guitu_transfer_add_tasks (GuituTransaction *transaction,
                          const GuituTaskQuery *query,
                          GPtrArray *tasks,
                          GError **error)
{
  GuituQuery open = { .conditions = { { GUITU_TRANSFER_CLOSED_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) transfers = NULL;

  if (query->stay != NULL)
    open.conditions[1] = (GuituCondition){ GUITU_TRANSFER_STAY, GUITU_EQUAL, guitu_record_id (query->stay) };
  transfers = guitu_records_find (transaction, &guitu_kind_transfer, &open, error);
  for (guint i = 0; transfers != NULL && i < transfers->len; i++)
    if (!add_tasks_of (transaction, transfers->pdata[i], query->now, tasks, error))
      return FALSE;
  return transfers != NULL && (query->stay != NULL || add_incoming (transaction, tasks, error));
}

/* --- Shown ------------------------------------------------------------------------------------- */

JsonObject *
guitu_transfer_to_json (const GuituRecord *transfer)
{
  JsonObject *json = guitu_record_to_json (transfer, FALSE);
  g_autoptr (GPtrArray) waits = guitu_transfer_waits (transfer);
  g_autofree char *now = guitu_now ();
  JsonArray *array = json_array_new ();
  gboolean is_overdue = FALSE;

  guitu_json_add_region_name (json, "to_region");
  for (guint i = 0; i < waits->len; i++)
    {
      const GuituDuty *duty = waits->pdata[i];
      JsonObject *wait = json_object_new ();

      json_object_set_string_member (wait, "kind", duty->kind);
      json_object_set_string_member (wait, "due_at", duty->due_at);
      json_object_set_boolean_member (wait, "overdue", strcmp (duty->due_at, now) < 0);
      is_overdue |= strcmp (duty->due_at, now) < 0;
      json_array_add_object_element (array, wait);
    }
  json_object_set_array_member (json, "waits", array);
  json_object_set_boolean_member (json, "overdue", is_overdue);
  return json;
}
