/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/fence-private.h"

#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

/* --- What is shown --------------------------------------------------------------------------- */

/* What the house must know of everybody in it, and what names no one. */
static const char *const shown[] = {
  "id", "kind", "act", "at", "created", "user", "sex", "age", "age_least", "age_greatest", "age_exact", "in_house", "state",
  "score", "number", "bed", "zone", "room", "decision", "arrived_at", "admitted_at", "due_on", "days", "days_left", "left_at",
  "where", "where_until", "is_open", "conflicts", "rule", "expected", "due_at", "overdue", "done_at", "count", "skipped"
};

/* What leads to further records; these are looked at in their turn. */
static const char *const followed[] = { "person", "stay", "transfer", "stays", "warnings" };

typedef struct
{
  GuituCall *call;
  GuituTransaction *transaction;
  GHashTable *persons; /* id -> Hiding */
  GHashTable *records; /* id or number of anything else -> bits */
  GError *failure;     /* the first one; then nothing at all is shown */
} Filter;

/* What hides a person now, and what hides the stays that are over. */
typedef struct
{
  guint now;
  guint past;
} Hiding;

static guint remember (Filter *filter, const char *text, const GuituRecord *record, guint depth);

/* The stays that tell it are remembered, since they are mostly asked for next. */
static Hiding
hiding_of_person (Filter *filter,
                  const char *id)
{
  const Hiding *known = g_hash_table_lookup (filter->persons, id);
  Hiding hiding = { GUITU_FENCE_NONE, GUITU_FENCE_NONE };
  g_autoptr (GPtrArray) stays = NULL;
  guint fences;
  gboolean is_here;

  if (filter->failure != NULL)
    return hiding;
  if (known != NULL)
    return *known;
  stays = _guitu_fence_read (filter->transaction, id, &fences, &is_here, &filter->failure);
  if (stays == NULL)
    return hiding;
  hiding.past = guitu_fence_hides (filter->call, fences);
  hiding.now = is_here ? hiding.past & ~GUITU_FENCE_MINORS : hiding.past;
  g_hash_table_insert (filter->persons, g_strdup (id), g_memdup2 (&hiding, sizeof hiding));
  for (guint i = 0; i < stays->len; i++)
    remember (filter, guitu_record_id (stays->pdata[i]), stays->pdata[i], 0);
  return hiding;
}

/* A minor who is in the house is seen by everybody on duty; what was written of earlier stays is not. */
static gboolean
is_past (const GuituRecord *stay)
{
  return guitu_record_is_set (stay, GUITU_STAY_LEFT_AT) || guitu_record_is_voided (stay);
}

/* Whoever lets a minor go has the papers of the journey still to print, until the end of that day. */
static gboolean
is_in_hand (Filter *filter,
            const GuituRecord *stay)
{
  const char *released_by = guitu_record_text (stay, GUITU_STAY_RELEASED_BY);
  g_autofree char *today = guitu_today ();

  return released_by != NULL && strcmp (released_by, filter->call->session->id) == 0 &&
         guitu_record_is_set (stay, GUITU_STAY_LEFT_AT) && g_str_has_prefix (guitu_record_text (stay, GUITU_STAY_LEFT_AT), today);
}

static guint hiding_of_record (Filter *filter, const GuituKind *kind, const char *text, guint depth);

static guint
hiding_of_stay (Filter *filter,
                const GuituRecord *stay)
{
  Hiding hiding = hiding_of_person (filter, guitu_record_text (stay, GUITU_STAY_PERSON));

  if (!is_past (stay))
    return hiding.now;
  return is_in_hand (filter, stay) ? hiding.past & ~GUITU_FENCE_MINORS : hiding.past;
}

/* A record is about the person to whom its references lead; a paper about whose stay or journey it is. */
static guint
hiding_of_references (Filter *filter,
                      const GuituRecord *record,
                      guint depth)
{
  const GuituKind *kind = guitu_record_kind (record);
  guint hiding = GUITU_FENCE_NONE;

  if (kind == &guitu_kind_stay)
    return hiding_of_stay (filter, record);
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].type == GUITU_FIELD_REFERENCE && guitu_record_is_set (record, i) &&
        !(kind == &guitu_kind_paper && i == GUITU_PAPER_PHOTO) && !(kind == &guitu_kind_missing && i == GUITU_MISSING_PHOTO))
      hiding |= hiding_of_record (filter, guitu_kind_find (kind->fields[i].of), guitu_record_text (record, i), depth + 1);
  return hiding;
}

/* A record that is not there names nobody. That one could not be read is another matter. */
static GuituRecord *
load (Filter *filter,
      const GuituKind *kind,
      const char *text)
{
  g_autoptr (GError) failure = NULL;
  GuituRecord *record = kind == &guitu_kind_stay ? guitu_stay_find (filter->transaction, text, &failure)
                                                 : guitu_record_load (filter->transaction, kind, text, &failure);

  if (record == NULL && filter->failure == NULL && !g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND) &&
      !g_error_matches (failure, GUITU_ERROR, GUITU_ERROR_NOT_FOUND))
    filter->failure = g_steal_pointer (&failure);
  return record;
}

/* What hides a record that was read, for the next time that it is named. */
static guint
remember (Filter *filter,
          const char *text,
          const GuituRecord *record,
          guint depth)
{
  guint hiding = record == NULL ? GUITU_FENCE_NONE : hiding_of_references (filter, record, depth);

  g_hash_table_insert (filter->records, g_strdup (text), GUINT_TO_POINTER (hiding));
  return hiding;
}

#define DEEPEST_REFERENCE 4 /* paper, transfer, stay, person */

static guint
hiding_of_record (Filter *filter,
                  const GuituKind *kind,
                  const char *text,
                  guint depth)
{
  g_autoptr (GuituRecord) record = NULL;
  guint8 id[GUITU_ID_BYTES];
  gpointer known;

  if (kind == NULL || kind == &guitu_kind_user || filter->failure != NULL)
    return GUITU_FENCE_NONE;
  if (depth > DEEPEST_REFERENCE)
    {
      guitu_fail (&filter->failure, GUITU_ERROR_STORAGE, "failed", NULL, "References of %s %s lead too far", kind->name, text);
      return GUITU_FENCE_NONE;
    }
  if (kind == &guitu_kind_person)
    return guitu_id_to_bytes (text, id) ? hiding_of_person (filter, text).now : GUITU_FENCE_NONE;
  if (g_hash_table_lookup_extended (filter->records, text, NULL, &known))
    return GPOINTER_TO_UINT (known);
  if (kind == &guitu_kind_stay || guitu_id_to_bytes (text, id))
    record = load (filter, kind, text);
  return remember (filter, text, record, depth);
}

static const char *
text_member (JsonObject *json,
             const char *name)
{
  JsonNode *node = json_object_get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* What the id of an object names is not said there: a person, a stay, or else a record whose other
 * members say to whom it belongs. Whether there is such a person is one read, their fences are many. */
static guint
hiding_of_id (Filter *filter,
              JsonObject *json,
              const char *id)
{
  gboolean is_like_stay = json_object_has_member (json, "arrived_at");
  const GuituKind *const kinds[] = { is_like_stay ? &guitu_kind_stay : &guitu_kind_person, is_like_stay ? &guitu_kind_person : &guitu_kind_stay };
  const char *text = text_member (json, "kind");
  const GuituKind *named = text == NULL ? NULL : guitu_kind_find (text);
  guint hiding = named == NULL ? GUITU_FENCE_NONE : hiding_of_record (filter, named, id, 0);
  guint8 bytes[GUITU_ID_BYTES];

  if (!guitu_id_to_bytes (id, bytes))
    return hiding;
  if (g_hash_table_contains (filter->persons, id))
    return hiding | hiding_of_person (filter, id).now;
  if (g_hash_table_contains (filter->records, id))
    return hiding | hiding_of_record (filter, &guitu_kind_stay, id, 0);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GuituRecord) record = load (filter, kinds[i], id);

      if (record != NULL)
        return hiding | (kinds[i] == &guitu_kind_person ? hiding_of_person (filter, id).now : remember (filter, id, record, 0));
    }
  return hiding | remember (filter, id, NULL, 0);
}

/* Which records an object names: itself, and those it belongs to. */
static guint
hiding_of_object (Filter *filter,
                  JsonObject *json)
{
  static const char *const references[] = { "person", "other", "leader", "stay", "transfer", "case", "notice" };
  const char *id = text_member (json, "id");
  guint hiding = GUITU_FENCE_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      JsonNode *node = json_object_get_member (json, references[i]);
      const char *text = text_member (json, references[i]);
      const GuituKind *of = i < 3 ? &guitu_kind_person : guitu_kind_find (references[i]);

      if (text == NULL && node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        text = text_member (json_node_get_object (node), "id");
      if (text != NULL)
        hiding |= hiding_of_record (filter, of, text, 0);
    }
  return id == NULL ? hiding : hiding | hiding_of_id (filter, json, id);
}

static JsonNode *filter_node (Filter *filter, JsonNode *node);

static gboolean
is_plain (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
      return FALSE;
  return !JSON_NODE_HOLDS_OBJECT (node);
}

static void
copy_plain (JsonObject *from,
            const char *name,
            JsonObject *to)
{
  JsonNode *node = json_object_get_member (from, name);

  if (node != NULL && is_plain (node))
    json_object_set_member (to, name, json_node_copy (node));
}

static JsonObject *
reduce (Filter *filter,
        JsonObject *json,
        guint hiding)
{
  JsonObject *reduced = json_object_new ();
  g_autofree char *roles = _guitu_fence_whom_to_ask (hiding);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    copy_plain (json, shown[i], reduced);
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    if (json_object_has_member (json, followed[i]))
      json_object_set_member (reduced, followed[i], filter_node (filter, json_object_get_member (json, followed[i])));
  if (filter->call->verb == &guitu_verb_access_list)
    copy_plain (json, "detail", reduced); /* why somebody looked in an emergency is what the auditor asks */
  json_object_set_string_member (reduced, "display_name", GUITU_FENCE_NAME);
  json_object_set_string_member (reduced, "fenced", _guitu_fence_code (hiding));
  json_object_set_string_member (reduced, "ask", roles);
  if (g_strcmp0 (text_member (json, "kind"), "same-person") == 0)
    {
      g_autofree char *text = g_strdup_printf ("%s，请询问：%s", GUITU_FENCE_NAME, roles);

      json_object_set_string_member (reduced, "text", text);
    }
  return reduced;
}

/* With one member in another form; the others are shared with the original. */
static JsonObject *
with_member (JsonObject *json,
             const char *name,
             JsonNode *node)
{
  JsonObject *changed = json_object_new ();
  JsonObjectIter members;
  const char *member;
  JsonNode *value;

  json_object_iter_init (&members, json);
  while (json_object_iter_next (&members, &member, &value))
    json_object_set_member (changed, member, strcmp (member, name) == 0 ? node : json_node_ref (value));
  return changed;
}

/* Most objects hide nothing, and are given out as they are. */
static JsonObject *
filter_object (Filter *filter,
               JsonObject *json)
{
  guint hiding = hiding_of_object (filter, json);
  JsonObject *filtered = json_object_ref (json);
  JsonObjectIter members;
  const char *name;
  JsonNode *node;

  if (hiding != GUITU_FENCE_NONE)
    {
      json_object_unref (filtered);
      return reduce (filter, json, hiding);
    }
  json_object_iter_init (&members, json);
  while (json_object_iter_next (&members, &name, &node))
    {
      g_autoptr (JsonNode) member = filter_node (filter, node);
      JsonObject *before = filtered;

      if (member == node)
        continue;
      filtered = with_member (before, name, g_steal_pointer (&member));
      json_object_unref (before);
    }
  return filtered;
}

static JsonNode *
filter_array (Filter *filter,
              JsonNode *node)
{
  JsonArray *array = json_node_get_array (node);
  g_autoptr (JsonArray) filtered = json_array_new ();
  gboolean is_same = TRUE;
  JsonNode *changed;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = filter_node (filter, json_array_get_element (array, i));

      is_same &= element == json_array_get_element (array, i);
      json_array_add_element (filtered, element);
    }
  if (is_same)
    return json_node_ref (node);
  changed = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (changed, filtered);
  return changed;
}

/* Returns: (transfer full): the node itself where it hides nothing. */
static JsonNode *
filter_node (Filter *filter,
             JsonNode *node)
{
  g_autoptr (JsonObject) object = NULL;
  JsonNode *filtered;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return filter_array (filter, node);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_ref (node);
  object = filter_object (filter, json_node_get_object (node));
  if (object == json_node_get_object (node))
    return json_node_ref (node);
  filtered = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (filtered, object);
  return filtered;
}

static gboolean
sees_everything (GuituCall *call)
{
  return call->session == NULL || call->store == NULL || call->is_fence_open || guitu_fence_hides (call, ~0u) == GUITU_FENCE_NONE;
}

static void
filter_init (Filter *filter,
             GuituCall *call,
             GuituTransaction *transaction)
{
  filter->call = call;
  filter->transaction = transaction;
  filter->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  filter->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  filter->failure = NULL;
}

static gboolean
filter_end (Filter *filter,
            GError **error)
{
  g_hash_table_unref (filter->persons);
  g_hash_table_unref (filter->records);
  if (filter->failure == NULL)
    return TRUE;
  g_propagate_error (error, filter->failure);
  return FALSE;
}

gboolean
guitu_fence_keep (GuituCall *call,
                  GuituTransaction *transaction,
                  const GuituRecord *stay,
                  GError **error)
{
  return !json_object_has_member (call->input, "reason") || guitu_fence_refuse_stay (call, transaction, stay, error);
}

gboolean
guitu_fence_refuse_stay (GuituCall *call,
                         GuituTransaction *transaction,
                         const GuituRecord *stay,
                         GError **error)
{
  Filter filter;
  guint hiding;

  filter_init (&filter, call, transaction);
  hiding = hiding_of_references (&filter, stay, 0);
  return filter_end (&filter, error) && _guitu_fence_refuse_hidden (hiding, error);
}

gboolean
guitu_fence_refuse_record (GuituCall *call,
                           GuituTransaction *transaction,
                           const GuituKind *kind,
                           const char *id,
                           GError **error)
{
  Filter filter;
  guint hiding;

  filter_init (&filter, call, transaction);
  hiding = hiding_of_record (&filter, kind, id, 0);
  return filter_end (&filter, error) && _guitu_fence_refuse_hidden (hiding, error);
}

gboolean
guitu_fence_refuse_list (GuituCall *call,
                         GError **error)
{
  return sees_everything (call) || _guitu_fence_refuse_hidden (guitu_fence_hides (call, ~0u), error);
}

JsonArray *
guitu_fence_filter (GuituCall *call,
                    JsonArray *results,
                    GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (JsonArray) filtered = json_array_new ();
  Filter filter;

  if (sees_everything (call) || json_array_get_length (results) == 0)
    return json_array_ref (results);
  transaction = guitu_call_read (call, error);
  if (transaction == NULL)
    return NULL;
  filter_init (&filter, call, transaction);
  for (guint i = 0; i < json_array_get_length (results); i++)
    json_array_add_object_element (filtered, filter_object (&filter, json_array_get_object_element (results, i)));
  return filter_end (&filter, error) ? g_steal_pointer (&filtered) : NULL;
}
