/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A seal's fingerprint covers all that the paper prints. Who doubts a paper types these fields and
 * learns whether one of them was changed; what the seal itself or the directory tells need not be
 * typed. */

#include "app/paper-fields.h"

#include "app/codes.h"

#include <string.h>

static gboolean
counts (const GuituForm *form,
        const char *key)
{
  return guitu_seal_counts (key) && guitu_form_prints (form, key);
}

void
guitu_paper_digest (const GuituForm *form,
                    JsonObject *fields,
                    guint8 digest[GUITU_SEAL_DIGEST_SIZE])
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, fields);
  while (json_object_iter_next (&iter, &key, &node))
    if (counts (form, key))
      guitu_form_values_set (values, key, json_node_get_string (node));
  guitu_seal_digest (values, digest);
}

/* --- What need not be typed -------------------------------------------------------------------- */

static char *
last_day (const GuituSeal *seal)
{
  g_autofree char *time = guitu_time_from_unix (seal->expires_at);
  g_autofree char *day = g_strndup (time, strlen ("YYYY-MM-DD"));

  return guitu_time_in_chinese (day);
}

/* (nullable) (transfer full) */
static char *
known_text (const char *key,
            const GuituForm *form,
            const GuituSeal *seal,
            const GuituRecord *station)
{
  g_autofree char *issued = guitu_time_from_unix (seal->issued_at);
  const char *field = g_str_has_prefix (key, "station.") ? key + strlen ("station.") : NULL;
  int position = field == NULL ? -1 : guitu_kind_field (&guitu_kind_station, field);

  if (strcmp (key, "paper.number") == 0)
    return g_strdup (seal->number);
  if (strcmp (key, "paper.issued_at") == 0)
    return guitu_time_in_chinese (issued);
  if (strcmp (key, "paper.expires_at") == 0)
    return seal->expires_at == 0 || !guitu_paper_kind (guitu_form_kind (form))->ends ? NULL : last_day (seal);
  if (strcmp (key, "person.sex") == 0)
    return g_strdup (seal->sex);
  return station == NULL || position < 0 ? NULL : g_strdup (guitu_record_text (station, position));
}

JsonArray *
guitu_paper_printed (const GuituForm *form,
                     const GuituSeal *seal,
                     const GuituRecord *station)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (GuituFormValues) labels = guitu_paper_values (nothing);
  const char *const *keys = guitu_form_keys (form);
  JsonArray *printed = json_array_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *label = guitu_form_label (form, labels, keys[i]);
      g_autofree char *text = known_text (keys[i], form, seal, station);
      JsonObject *field;

      if (!counts (form, keys[i]))
        continue;
      field = json_object_new ();
      json_object_set_string_member (field, "key", keys[i]);
      json_object_set_string_member (field, "label", label);
      if (text != NULL)
        json_object_set_string_member (field, "text", text);
      json_array_add_object_element (printed, field);
    }
  return printed;
}

/* --- What was typed ---------------------------------------------------------------------------- */

static gboolean
check_texts (JsonObject *typed,
             GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, typed);
  while (json_object_iter_next (&iter, &key, &node))
    if (!JSON_NODE_HOLDS_NULL (node) && (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING))
      return guitu_fail (error, GUITU_ERROR_INVALID, "wrong-type", key, "“%s” must be text, as it stands on the paper", key);
  return TRUE;
}

gboolean
guitu_paper_typed (GuituCall *call,
                   JsonObject **typed,
                   GError **error)
{
  JsonNode *node = json_object_get_member (call->input, "fields");
  g_autoptr (JsonNode) parsed = NULL;

  *typed = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node))
    node = parsed = json_from_string (json_node_get_string (node), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return guitu_fail (error, GUITU_ERROR_INVALID, "malformed", "fields", "“fields” takes a JSON object of the printed texts: {\"person.name\": \"…\"}");
  if (!check_texts (json_node_get_object (node), error))
    return FALSE;
  *typed = json_object_ref (json_node_get_object (node));
  return TRUE;
}

/* What is typed of a key; else what is known of it. The paper prints “第2次打印” of what is sealed as
 * “2”. (transfer full) (nullable) */
static char *
text_of (JsonObject *field,
         JsonObject *typed)
{
  const char *key = json_object_get_string_member (field, "key");
  const char *text = json_object_get_string_member_with_default (json_object_has_member (typed, key) ? typed : field,
                                                                 json_object_has_member (typed, key) ? key : "text", NULL);

  if (text != NULL && strcmp (key, "paper.sequence") == 0 && g_str_has_prefix (text, "第"))
    return g_strndup (text + strlen ("第"), strspn (text + strlen ("第"), "0123456789"));
  return g_strdup (text);
}

gboolean
guitu_paper_compare (const GuituForm *form,
                     const GuituSeal *seal,
                     JsonArray *printed,
                     JsonObject *typed,
                     gboolean *is_same,
                     GError **error)
{
  g_autoptr (GuituFormValues) values = guitu_form_values_new ();
  guint8 digest[GUITU_SEAL_DIGEST_SIZE];
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, typed);
  while (json_object_iter_next (&iter, &key, NULL))
    if (!counts (form, key))
      return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-field", key, "《%s》 prints no field “%s”; “printed” of the result lists them", guitu_form_title (form), key);
  for (guint i = 0; i < json_array_get_length (printed); i++)
    {
      JsonObject *field = json_array_get_object_element (printed, i);
      g_autofree char *text = text_of (field, typed);

      guitu_form_values_set (values, json_object_get_string_member (field, "key"), text);
    }
  guitu_seal_digest (values, digest);
  *is_same = memcmp (digest, seal->digest, sizeof digest) == 0;
  return TRUE;
}

/* --- Our own papers ---------------------------------------------------------------------------- */

gboolean
guitu_paper_is_on_record (GuituTransaction *transaction,
                          const GuituSeal *seal,
                          const char *text)
{
  const GuituQuery query = { .conditions = { { GUITU_PAPER_NUMBER, GUITU_EQUAL, seal->number } } };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &query, NULL);
  const GuituForm *form = guitu_form_find (seal->kind);

  for (guint i = 0; papers != NULL && form != NULL && i < papers->len; i++)
    {
      const char *kept = guitu_record_text (papers->pdata[i], GUITU_PAPER_FIELDS);
      g_autoptr (JsonNode) fields = kept == NULL ? NULL : json_from_string (kept, NULL);
      guint8 digest[GUITU_SEAL_DIGEST_SIZE];

      if (fields == NULL || g_strcmp0 (guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL), text) != 0)
        continue;
      guitu_paper_digest (form, json_node_get_object (fields), digest);
      return memcmp (digest, seal->digest, sizeof digest) == 0;
    }
  return FALSE;
}
