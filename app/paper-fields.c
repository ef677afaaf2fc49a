/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A seal's fingerprint covers all that the paper prints. Who doubts a paper types these fields and
 * learns whether one of them was changed; what the seal itself or the directory tells need not be
 * typed. */

#include "app/paper-fields.h"

#include <string.h>

gboolean
guitu_paper_field_counts (const GuituForm *form,
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
    if (guitu_paper_field_counts (form, key))
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
            const GuituRecord *station,
            JsonObject *kept)
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
  if (field != NULL && kept != NULL)
    return g_strdup (json_object_get_string_member_with_default (kept, key, NULL));
  return station == NULL || position < 0 ? NULL : g_strdup (guitu_record_text (station, position));
}

JsonArray *
guitu_paper_printed (const GuituForm *form,
                     const GuituSeal *seal,
                     const GuituRecord *station,
                     JsonObject *kept)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (GuituFormValues) labels = guitu_paper_values (nothing);
  const char *const *keys = guitu_form_keys (form);
  JsonArray *printed = json_array_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *label = guitu_form_label (form, labels, keys[i]);
      g_autofree char *text = known_text (keys[i], form, seal, station, kept);
      JsonObject *field;

      if (!guitu_paper_field_counts (form, keys[i]))
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

/* --- Our own papers ---------------------------------------------------------------------------- */

GuituRecord *
guitu_paper_on_record (GuituTransaction *transaction,
                       const GuituSeal *seal,
                       const char *text)
{
  const GuituQuery query = { .conditions = { { GUITU_PAPER_NUMBER, GUITU_EQUAL, seal->number } } };
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &query, NULL);
  const GuituForm *form = guitu_form_find (seal->kind);

  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      const char *kept = guitu_record_text (papers->pdata[i], GUITU_PAPER_FIELDS);
      g_autoptr (JsonNode) fields = kept == NULL ? NULL : json_from_string (kept, NULL);
      guint8 digest[GUITU_SEAL_DIGEST_SIZE];

      if (fields == NULL || g_strcmp0 (guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL), text) != 0)
        continue;
      if (form != NULL) /* a form of a newer program can't be checked further */
        guitu_paper_digest (form, json_node_get_object (fields), digest);
      return form == NULL || memcmp (digest, seal->digest, sizeof digest) == 0 ? g_ptr_array_steal_index (papers, i) : NULL;
    }
  return NULL;
}
