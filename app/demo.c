/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fills a store with invented people, through the same checks and the same ledger as real ones. */

#include "app/demo-house.h"
#include "app/demo-people.h"
#include "app/demo-tracing.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

#define BATCH 500
#define DEFAULT_PEOPLE 300
#define DEFAULT_SEED 1

typedef struct
{
  GuituCall *call;
  GuituDemo *demo;
  GuituTransaction *transaction;
  GuituHouse *house;
  guint pending; /* entries since the last commit */
  guint people;
  guint stays;
  guint here;
} Filling;

static gboolean
next_batch (Filling *filling,
            GError **error)
{
  if (++filling->pending < BATCH)
    return guitu_transaction_next_entry (filling->transaction, error);
  filling->pending = 0;
  if (!guitu_transaction_commit (filling->transaction, error))
    return FALSE;
  g_clear_pointer (&filling->transaction, guitu_transaction_free);
  filling->transaction = guitu_call_write (filling->call, error);
  return filling->transaction != NULL;
}

static gboolean
add_statements (Filling *filling,
                JsonObject *person_json,
                JsonObject *stay_json,
                const GuituRecord *person,
                const GuituRecord *stay,
                GError **error)
{
  g_autoptr (GPtrArray) statements = guitu_demo_statements (filling->demo, person_json, stay_json);

  for (guint i = 0; i < statements->len; i++)
    {
      g_autoptr (GuituRecord) statement = guitu_record_new (&guitu_kind_statement);

      if (!guitu_record_take_json (statement, g_ptr_array_index (statements, i), error))
        return FALSE;
      guitu_record_set_text (statement, GUITU_STATEMENT_PERSON, guitu_record_id (person));
      if (!guitu_record_is_set (statement, GUITU_STATEMENT_HEARD_AT))
        guitu_record_set_text (statement, GUITU_STATEMENT_HEARD_AT, guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
      if (!guitu_statement_add (filling->call, filling->transaction, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* What the verbs would have set: number, term, and the end of stays that never began. */
static gboolean
complete_stay (Filling *filling,
               GuituRecord *stay,
               GError **error)
{
  const char *arrived = guitu_record_text (stay, GUITU_STAY_ARRIVED_AT);
  const char *admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);

  if (!guitu_stay_give_number (filling->transaction, stay, error))
    return FALSE;
  guitu_record_set_text (stay, GUITU_STAY_DECIDED_BY, filling->call->session->id);
  if (admitted != NULL)
    {
      g_autofree char *due = guitu_date_add_days (admitted, guitu_rules_integer ("stay_limit_days", admitted));

      guitu_record_set_text (stay, GUITU_STAY_DUE_ON, due);
    }
  else if (!guitu_record_is_set (stay, GUITU_STAY_LEFT_AT))
    {
      guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, arrived);
    }
  return TRUE;
}

static gboolean
add_stay (Filling *filling,
          JsonObject *person_json,
          JsonObject *stay_json,
          const GuituRecord *person,
          GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_new (&guitu_kind_stay);
  gboolean is_here;

  if (!guitu_record_take_json (stay, stay_json, error) || !complete_stay (filling, stay, error))
    return FALSE;
  guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
  is_here = !guitu_record_is_set (stay, GUITU_STAY_LEFT_AT);
  if (is_here)
    guitu_demo_house_give_bed (filling->house, stay, person);
  if (!guitu_record_check_required (stay, error) || !guitu_transaction_put (filling->transaction, stay, error) ||
      !add_statements (filling, person_json, stay_json, person, stay, error) ||
      (is_here && !guitu_demo_house_settle (filling->call, filling->transaction, filling->house, stay, error)))
    return FALSE;
  filling->stays++;
  filling->here += is_here;
  return TRUE;
}

static gboolean
add_person (Filling *filling,
            GError **error)
{
  g_autoptr (JsonObject) json = guitu_demo_person (filling->demo);
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

  if (!guitu_record_take_json (person, json, error) || !guitu_person_check (person, error) ||
      !guitu_transaction_put (filling->transaction, person, error))
    return FALSE;
  for (;;)
    {
      g_autoptr (JsonObject) stay = guitu_demo_stay (filling->demo, json);

      if (stay == NULL)
        break;
      if (!add_stay (filling, json, stay, person, error))
        return FALSE;
    }
  filling->people++;
  return next_batch (filling, error);
}

static gboolean
search (Filling *filling,
        GError **error)
{
  guint people, here;

  if (!guitu_demo_tracing (filling->call, &people, &here, error))
    return FALSE;
  filling->people += people;
  filling->stays += people;
  filling->here += here;
  return TRUE;
}

static gboolean
fill (Filling *filling,
      gint64 people,
      GError **error)
{
  gboolean is_new;

  filling->transaction = guitu_call_write (filling->call, error);
  filling->house = filling->transaction == NULL ? NULL : guitu_demo_house_begin (filling->transaction, error);
  if (filling->house == NULL)
    return FALSE;
  is_new = filling->house->guests->len == 0;
  for (gint64 i = 0; i < people; i++)
    if (!add_person (filling, error))
      return FALSE;
  if (is_new && !guitu_demo_house_end (filling->call, filling->transaction, filling->house, error))
    return FALSE;
  if (!guitu_transaction_commit (filling->transaction, error))
    return FALSE;
  g_clear_pointer (&filling->transaction, guitu_transaction_free);
  return !is_new || search (filling, error);
}

static gboolean
run_demo (GuituCall *call,
          GError **error)
{
  gint64 people = guitu_call_integer (call, "people", DEFAULT_PEOPLE);
  gint64 seed = guitu_call_integer (call, "seed", DEFAULT_SEED);
  g_autofree char *today = guitu_today ();
  Filling filling = { .call = call };
  gboolean good;
  JsonObject *json;

  if (people < 1 || people > 100 * 1000 * 1000)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "people", "“people” is a number from 1 to 100000000");
  filling.demo = guitu_demo_new (seed, today);
  good = fill (&filling, people, error);
  g_clear_pointer (&filling.transaction, guitu_transaction_free);
  g_clear_pointer (&filling.house, guitu_house_free);
  guitu_demo_free (filling.demo);
  if (!good)
    return FALSE;
  json = json_object_new ();
  json_object_set_int_member (json, "people", filling.people);
  json_object_set_int_member (json, "stays", filling.stays);
  json_object_set_int_member (json, "in_house", filling.here);
  json_object_set_int_member (json, "seed", seed);
  guitu_call_emit (call, json);
  return TRUE;
}

static const GuituOption demo_options[] = {
  { "people", GUITU_OPTION_INTEGER, FALSE, "how many (300)" },
  { "seed", GUITU_OPTION_INTEGER, FALSE, "the same seed makes the same people (1)" },
  { NULL },
};

const GuituVerb guitu_verb_demo = {
  "demo", "Fill the store with invented people and stays", GUITU_VERB_WRITES, demo_options, NULL, run_demo
};
