/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conflict ends with the value that is right. One that does not stand is taken by the verb that edits
 * such a record, so that all of its rules and rights hold; what the program sets itself can only be
 * confirmed. */

#include "app/conflicts.h"

#include "app/fence.h"
#include "app/verbs.h"

#include <string.h>

/* The verb that edits a record of the kind, and its option that names the record. */
static const GuituVerb *
verb_of (const GuituKind *kind,
         const char **option)
{
  if (kind == &guitu_kind_person)
    {
      *option = "id";
      return &guitu_verb_person_edit;
    }
  *option = kind == &guitu_kind_stay ? "stay" : "room";
  return kind == &guitu_kind_stay ? &guitu_verb_stay_edit : &guitu_verb_house_edit;
}

/* What is to be done with the fields of one record. */
typedef struct
{
  const GuituKind *kind;
  const char *id;
  const char *field;    /* NULL: all of them */
  const char *version;  /* NULL: what stands */
  GPtrArray *conflicts; /* GuituConflict, of the record */
  GPtrArray *stands;    /* those of them of which the present value is right */
  JsonObject *taken;    /* field -> another value */
  JsonArray *left;      /* fields that stay in conflict */
} Settling;

static void
settling_clear (Settling *settling)
{
  g_clear_pointer (&settling->conflicts, g_ptr_array_unref);
  g_clear_pointer (&settling->stands, g_ptr_array_unref);
  g_clear_pointer (&settling->taken, json_object_unref);
  g_clear_pointer (&settling->left, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settling, settling_clear)

static const GuituHistoryItem *
find_version (GPtrArray *items,
              const char *field,
              const char *version)
{
  const GuituHistoryItem *found = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const GuituHistoryItem *item = g_ptr_array_index (items, i);
      g_autofree char *text = guitu_conflict_version (item);

      if (strcmp (item->field, field) == 0 && strcmp (text, version) == 0)
        found = item;
    }
  return found;
}

static gboolean
refuse_fixed (const char *why,
              const char *field,
              GError **error)
{
  if (strcmp (why, "derived-field") == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, why, "version", "“%s” is set by the program: only the value that stands can be confirmed", field);
  return guitu_fail (error, GUITU_ERROR_REFUSED, why, "version",
                     "“%s” is changed by an act of its own: confirm the value that stands, then do that act", field);
}

static void
take (Settling *settling,
      const GuituHistoryItem *item)
{
  if (item->value == NULL)
    json_object_set_null_member (settling->taken, item->field);
  else
    json_object_set_string_member (settling->taken, item->field, item->value);
}

/* One field with the chosen value. Of a whole record, what can't be taken so stays in conflict. */
static gboolean
choose (Settling *settling,
        GuituConflict *conflict,
        GError **error)
{
  const GuituHistoryItem *item = settling->version == NULL ? g_ptr_array_index (conflict->values, 0)
                                                           : find_version (conflict->values, conflict->field, settling->version);
  const char *why = guitu_conflict_why_fixed (settling->kind, guitu_kind_field (settling->kind, conflict->field));

  if (item != NULL && item == g_ptr_array_index (conflict->values, 0))
    g_ptr_array_add (settling->stands, conflict);
  else if (item != NULL && why == NULL)
    take (settling, item);
  else if (settling->field == NULL)
    json_array_add_string_element (settling->left, conflict->field);
  else if (item == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "replaced-value", "version", "Somebody replaced that value of “%s” in the meantime", conflict->field);
  else
    return refuse_fixed (why, conflict->field, error);
  return TRUE;
}

/* A conflict that was settled is settled the other way, as long as nobody wrote to the field since. */
static gboolean
choose_again (Settling *settling,
              GuituTransaction *transaction,
              GError **error)
{
  g_autoptr (GPtrArray) history = settling->version == NULL ? NULL : guitu_record_history (transaction, settling->id, error);
  const char *why = guitu_conflict_why_fixed (settling->kind, guitu_kind_field (settling->kind, settling->field));
  const GuituHistoryItem *last = NULL;
  const GuituHistoryItem *item;

  if (settling->version != NULL && history == NULL)
    return FALSE;
  for (guint i = 0; history != NULL && i < history->len; i++)
    if (strcmp (((GuituHistoryItem *) g_ptr_array_index (history, i))->field, settling->field) == 0)
      last = g_ptr_array_index (history, i);
  item = last == NULL || strcmp (last->act, guitu_verb_conflict_settle.name) != 0 ? NULL : find_version (history, settling->field, settling->version);
  if (item == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-conflict", "field", "“%s” is not in conflict, or no longer", settling->field);
  if (why != NULL)
    return refuse_fixed (why, settling->field, error);
  take (settling, item);
  return TRUE;
}

static gboolean
choose_all (Settling *settling,
            GuituTransaction *transaction,
            GError **error)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < settling->conflicts->len; i++)
    {
      GuituConflict *conflict = g_ptr_array_index (settling->conflicts, i);

      if (settling->field != NULL && strcmp (settling->field, conflict->field) != 0)
        continue;
      is_found = TRUE;
      if (!choose (settling, conflict, error))
        return FALSE;
    }
  if (!is_found && settling->field != NULL)
    return choose_again (settling, transaction, error);
  if (!is_found)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-conflict", "id", "Nothing of this record is in conflict, or no longer");
  if (settling->stands->len == 0 && json_object_get_size (settling->taken) == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "replaced-value", "version", "No value of that version can be taken any more");
  return TRUE;
}

static gboolean
settling_read (Settling *settling,
               GuituCall *call,
               GuituTransaction *transaction,
               GError **error)
{
  const char *kind = guitu_call_need (call, "kind", error);

  settling->id = kind == NULL ? NULL : guitu_call_need (call, "id", error);
  if (settling->id == NULL)
    return FALSE;
  settling->kind = guitu_kind_find (kind);
  settling->field = guitu_call_flag (call, "all") ? NULL : guitu_call_need (call, "field", error);
  settling->version = guitu_call_text (call, "version");
  if (!guitu_call_flag (call, "all") && settling->field == NULL)
    return FALSE;
  if (!guitu_fence_refuse_record (call, transaction, settling->kind, settling->id, error))
    return FALSE;
  if (settling->kind == NULL || (settling->field != NULL && guitu_kind_field (settling->kind, settling->field) < 0))
    return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", settling->kind == NULL ? "kind" : "field", "There is no such field");
  settling->conflicts = guitu_conflicts_list (transaction, settling->id, error);
  settling->stands = g_ptr_array_new ();
  settling->taken = json_object_new ();
  settling->left = json_array_new ();
  return settling->conflicts != NULL && choose_all (settling, transaction, error);
}

static void
keep_warnings (JsonObject *result,
               gpointer data)
{
  JsonObject *json = data;

  if (json_object_has_member (result, "warnings"))
    json_object_set_member (json, "warnings", json_node_ref (json_object_get_member (result, "warnings")));
}

/* The verb that edits the record writes, with the rest of what is settled in the same entry. */
static gboolean
edit (GuituCall *call,
      const Settling *settling,
      JsonObject *json,
      GError **error)
{
  const char *option;
  const GuituVerb *verb = verb_of (settling->kind, &option);
  g_autoptr (JsonObject) input = json_object_new ();
  GuituCall inner = *call;

  if (!guitu_call_may (call, verb->name))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", NULL, "%s may not change this record", call->session->name);
  guitu_json_add (input, settling->taken);
  json_object_set_string_member (input, option, settling->id);
  if (settling->kind == &guitu_kind_person)
    json_object_set_boolean_member (input, "member", TRUE);
  inner.input = input;
  inner.settling = settling->stands;
  inner.emit = keep_warnings;
  inner.emit_data = json;
  return verb->run (&inner, error);
}

static gboolean
confirm (GuituCall *call,
         const Settling *settling,
         GError **error)
{
  GuituCall inner = *call;
  g_autoptr (GuituTransaction) transaction = NULL;

  inner.settling = settling->stands;
  transaction = guitu_call_write (&inner, error);
  return transaction != NULL && guitu_transaction_commit (transaction, error);
}

static JsonArray *
settled_fields (const Settling *settling)
{
  JsonArray *fields = json_array_new ();
  JsonObjectIter members;
  const char *name;

  for (guint i = 0; i < settling->stands->len; i++)
    json_array_add_string_element (fields, ((GuituConflict *) g_ptr_array_index (settling->stands, i))->field);
  json_object_iter_init (&members, settling->taken);
  while (json_object_iter_next (&members, &name, NULL))
    json_array_add_string_element (fields, name);
  return fields;
}

static gboolean
run_settle (GuituCall *call,
            GError **error)
{
  g_auto (Settling) settling = { 0 };
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (JsonObject) json = json_object_new ();
  gboolean is_read = transaction != NULL && settling_read (&settling, call, transaction, error);

  g_clear_pointer (&transaction, guitu_transaction_free);
  if (!is_read ||
      !(json_object_get_size (settling.taken) > 0 ? edit (call, &settling, json, error) : confirm (call, &settling, error)))
    return FALSE;
  json_object_set_string_member (json, "kind", settling.kind->name);
  json_object_set_string_member (json, "id", settling.id);
  if (settling.field != NULL)
    json_object_set_string_member (json, "field", settling.field);
  json_object_set_array_member (json, "fields", settled_fields (&settling));
  json_object_set_array_member (json, "left", g_steal_pointer (&settling.left));
  json_object_set_string_member (json, "result", "settled");
  guitu_call_emit (call, g_steal_pointer (&json));
  return TRUE;
}

static const GuituOption settle_options[] = {
  { "kind", GUITU_OPTION_TEXT, TRUE, "kind of record, as “conflict list” tells it" },
  { "id", GUITU_OPTION_TEXT, TRUE, "id of the record" },
  { "field", GUITU_OPTION_TEXT, TRUE, "the field that two desks wrote" },
  { "version", GUITU_OPTION_TEXT, FALSE, "the value that is right, as “conflict list” tells it; without it, the one that stands" },
  { "all", GUITU_OPTION_FLAG, FALSE, "all fields of the record in place of one; with a version, those that were written with it" },
  { NULL },
};

const GuituVerb guitu_verb_conflict_settle = {
  "conflict settle", "End a conflict with the value that is right", GUITU_VERB_WRITES, settle_options, NULL, run_settle
};
