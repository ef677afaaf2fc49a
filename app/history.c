/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who changed what and when: read from the ledger. */

#include "app/history.h"

#include "app/fence.h"
#include "app/identity-number.h"
#include "app/regions.h"
#include "app/verbs.h"

#include <string.h>

#define LEDGER_LIMIT 50

static gboolean
user_name (GuituTransaction *transaction,
           const char *id,
           JsonObject *json,
           GError **error)
{
  g_autoptr (GuituRecord) user = NULL;
  g_autoptr (GError) failure = NULL;

  if (id == NULL)
    return TRUE;
  user = guitu_record_load (transaction, &guitu_kind_user, id, &failure);
  if (user != NULL)
    json_object_set_string_member (json, "user", guitu_record_text (user, GUITU_USER_NAME));
  else if (!g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return user != NULL || failure != NULL;
}

/* What is shown of a value: secrets never, masked ones in full only where they were asked for. */
static char *
value_text (const GuituField *field,
            const char *value,
            gboolean reveal)
{
  if (value == NULL || (field != NULL && (field->flags & GUITU_SECRET)))
    return g_strdup ("");
  if (field != NULL && (field->flags & GUITU_MASKED) && !reveal)
    return guitu_identity_number_mask (value);
  return g_strdup (value);
}

JsonObject *
guitu_history_item_to_json (GuituTransaction *transaction,
                            const GuituKind *kind,
                            const GuituHistoryItem *item,
                            gboolean reveal,
                            GError **error)
{
  JsonObject *json = json_object_new ();
  int position = kind == NULL ? -1 : guitu_kind_field (kind, item->field);
  const GuituField *field = position < 0 ? NULL : &kind->fields[position];
  g_autofree char *value = value_text (field, item->value, reveal);
  g_autofree char *at = guitu_time_from_unix ((item->clock >> 16) / 1000);
  g_autofree char *region = NULL;

  json_object_set_string_member (json, "at", at);
  json_object_set_string_member (json, "act", item->act);
  json_object_set_boolean_member (json, "created", item->created);
  json_object_set_string_member (json, "field", item->field);
  json_object_set_string_member (json, "value", value);
  if (field != NULL && field->type == GUITU_FIELD_REGION)
    region = guitu_regions_full_name (value);
  if (region != NULL)
    json_object_set_string_member (json, "value_name", region);
  if (user_name (transaction, item->user, json, error))
    return json;
  json_object_unref (json);
  return NULL;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static gboolean
run_history (GuituCall *call,
             GError **error)
{
  const char *id = guitu_call_need (call, "id", error);
  g_autoptr (GuituTransaction) transaction = id == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) person = transaction == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_person, id, error);
  g_autoptr (GPtrArray) items = NULL;

  if (person == NULL || !guitu_fence_refuse (call, transaction, id, error))
    return FALSE;
  items = guitu_record_history (transaction, id, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *json = guitu_history_item_to_json (transaction, &guitu_kind_person, g_ptr_array_index (items, i), FALSE, error);

      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
    }
  return TRUE;
}

static JsonObject *
change_to_json (const GuituLedgerChange *change)
{
  JsonObject *json = json_object_new ();
  JsonArray *fields = json_array_new ();

  json_object_set_string_member (json, "kind", change->kind);
  json_object_set_string_member (json, "id", change->id);
  json_object_set_boolean_member (json, "created", change->created);
  json_object_set_array_member (json, "fields", fields);
  for (guint i = 0; change->fields[i] != NULL; i++)
    json_array_add_string_element (fields, change->fields[i]);
  return json;
}

static JsonObject *
entry_to_json (GuituTransaction *transaction,
               const GuituLedgerItem *item,
               GError **error)
{
  g_autoptr (JsonObject) json = json_object_new ();
  JsonArray *changes = json_array_new ();
  g_autofree char *at = guitu_time_from_unix ((item->clock >> 16) / 1000);
  g_autofree char *desk = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", item->desk);

  json_object_set_int_member (json, "number", item->number);
  json_object_set_string_member (json, "at", at);
  json_object_set_string_member (json, "desk", desk);
  json_object_set_string_member (json, "scope", item->scope);
  json_object_set_int_member (json, "sequence", item->sequence);
  json_object_set_string_member (json, "act", item->act);
  json_object_set_array_member (json, "changes", changes);
  for (guint i = 0; i < item->changes->len; i++)
    json_array_add_object_element (changes, change_to_json (g_ptr_array_index (item->changes, i)));
  return user_name (transaction, item->user, json, error) ? g_steal_pointer (&json) : NULL;
}

static gboolean
run_ledger (GuituCall *call,
            GError **error)
{
  gint64 before = guitu_call_integer (call, "before", G_MAXINT64);
  guint limit = CLAMP (guitu_call_integer (call, "limit", LEDGER_LIMIT), 1, G_MAXINT);
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) items = transaction == NULL ? NULL : guitu_ledger_list (transaction, before, limit, error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *json = entry_to_json (transaction, g_ptr_array_index (items, i), error);

      if (json == NULL)
        return FALSE;
      guitu_call_emit (call, json);
    }
  return TRUE;
}

static const GuituOption ledger_options[] = {
  { "limit", GUITU_OPTION_INTEGER, FALSE, "at most so many (50)" },
  { "before", GUITU_OPTION_INTEGER, FALSE, "those before the one of this number" },
  { NULL },
};

static const GuituOption id_option[] = {
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { NULL },
};

const GuituVerb guitu_verb_person_history = {
  "person history", "List who changed what and when, from the ledger", GUITU_VERB_PLAIN, id_option, NULL, run_history
};
const GuituVerb guitu_verb_ledger_show = {
  "ledger show", "List the entries of the ledger, newest first: who did what to which records", GUITU_VERB_PLAIN, ledger_options, NULL, run_ledger
};
