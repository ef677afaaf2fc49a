/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ctl/full-house.h"

#include "app/call.h"
#include "app/demo-people.h"

#define CLOSED_STAYS 30000
#define PEOPLE 10000
#define SERVICES 20 /* noted for each open stay */
#define PER_ENTRY 500

static char *
days_before (const char *now,
             int days)
{
  return guitu_time_from_unix (guitu_time_to_unix (now) - (gint64) days * 24 * 60 * 60);
}

static gboolean
put_person (GuituTransaction *transaction,
            GuituDemo *demo,
            GPtrArray *ids,
            GError **error)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
  g_autoptr (JsonObject) json = guitu_demo_person (demo);

  g_ptr_array_add (ids, g_strdup (guitu_record_id (person)));
  if (!guitu_record_take_json (person, json, error) || !guitu_person_check (person, error))
    return FALSE;
  if (ids->len % 2 == 0)
    guitu_record_set_text (person, GUITU_PERSON_VERIFIED_BY, NULL);
  return guitu_transaction_put (transaction, person, error);
}

static gboolean
put_stay (GuituTransaction *transaction,
          const char *person,
          const char *arrived,
          const char *left,
          GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  g_autofree char *due = guitu_date_add_days (arrived, 10);

  guitu_record_set_text (stay, GUITU_STAY_PERSON, person);
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "police");
  guitu_record_set_text (stay, GUITU_STAY_DECISION, "admitted");
  guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, arrived);
  guitu_record_set_text (stay, GUITU_STAY_ADMITTED_AT, arrived);
  guitu_record_set_text (stay, GUITU_STAY_DUE_ON, due);
  guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, left);
  guitu_record_set_text (stay, GUITU_STAY_LEAVE_BY, left == NULL ? NULL : "own-will");
  if (!guitu_stay_give_number (transaction, stay, error) || !guitu_transaction_put (transaction, stay, error))
    return FALSE;
  for (int i = 0; left == NULL && i < SERVICES; i++)
    {
      g_autoptr (GuituRecord) event = guitu_record_new (&guitu_kind_event);

      guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
      guitu_record_set_text (event, GUITU_EVENT_KIND, "meal");
      guitu_record_set_text (event, GUITU_EVENT_AT, arrived);
      if (!guitu_transaction_put (transaction, event, error))
        return FALSE;
    }
  if (left == NULL)
    {
      g_autoptr (GuituRecord) task = guitu_record_new (&guitu_kind_task);

      guitu_record_set_text (task, GUITU_TASK_KIND, "quick-query");
      guitu_record_set_text (task, GUITU_TASK_STAY, guitu_record_id (stay));
      guitu_record_set_text (task, GUITU_TASK_STATE, "done");
      guitu_record_set_text (task, GUITU_TASK_DONE_AT, arrived);
      return guitu_transaction_put (transaction, task, error);
    }
  return TRUE;
}

gboolean
bench_fill_house (GuituStore *store,
                  GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituDemo) demo = guitu_demo_new (1, today);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "bench", error);

  for (guint i = 0; transaction != NULL && i < PEOPLE; i++)
    if (!put_person (transaction, demo, ids, error) ||
        (i % PER_ENTRY == 0 && !guitu_transaction_next_entry (transaction, error)))
      return FALSE;
  for (guint i = 0; transaction != NULL && i < CLOSED_STAYS + BENCH_OPEN_STAYS; i++)
    {
      gboolean is_open = i >= CLOSED_STAYS;
      g_autofree char *arrived = days_before (now, is_open ? (int) (i % 60) : 100 + (int) (i % 5000));
      g_autofree char *left = days_before (now, 95 + (int) (i % 5000));

      if (!put_stay (transaction, ids->pdata[i % PEOPLE], arrived, is_open ? NULL : left, error) ||
          (i % PER_ENTRY == 0 && !guitu_transaction_next_entry (transaction, error)))
        return FALSE;
    }
  return transaction != NULL && guitu_transaction_commit (transaction, error);
}
