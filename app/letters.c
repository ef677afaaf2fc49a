/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Letters between two stations: reading, writing and finding them. */

#include "app/hand-over.h"

#include <string.h>

JsonObject *
guitu_member_object (JsonObject *json,
                     const char *name)
{
  JsonNode *node = json == NULL ? NULL : json_object_get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
guitu_member_array (JsonObject *json,
                    const char *name)
{
  JsonNode *node = json == NULL ? NULL : json_object_get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
guitu_member_text (JsonObject *json,
                   const char *name)
{
  JsonNode *node = json == NULL ? NULL : json_object_get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

JsonObject *
guitu_letter_content (const GuituRecord *letter)
{
  const char *text = guitu_record_text (letter, GUITU_LETTER_CONTENT);
  g_autoptr (JsonNode) node = text == NULL ? NULL : json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node)) : NULL;
}

void
guitu_letter_set_content (GuituRecord *letter,
                          JsonObject *content)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, content);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (letter, GUITU_LETTER_CONTENT, text);
}

GuituRecord *
guitu_letter_write (GuituCall *call,
                    GuituTransaction *transaction,
                    const char *to_station,
                    const char *subject,
                    const char *about,
                    JsonObject *content,
                    GError **error)
{
  g_autoptr (GuituRecord) letter = guitu_record_new_owned (&guitu_kind_letter, guitu_store_keys (call->store)->station, to_station, NULL);
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (letter, GUITU_LETTER_SUBJECT, subject);
  guitu_record_set_text (letter, GUITU_LETTER_ABOUT, about);
  guitu_record_set_text (letter, GUITU_LETTER_SENT_AT, now);
  guitu_letter_set_content (letter, content);
  return guitu_transaction_put (transaction, letter, error) ? g_steal_pointer (&letter) : NULL;
}

/* --- Finding ----------------------------------------------------------------------------------- */

GPtrArray *
guitu_letters_about (GuituTransaction *transaction,
                     const char *about,
                     const char *subject,
                     const char *station,
                     GError **error)
{
  GuituQuery query = { .conditions = { { GUITU_LETTER_ABOUT, GUITU_EQUAL, about } } };
  guint n = 1;

  if (subject != NULL)
    query.conditions[n++] = (GuituCondition){ GUITU_LETTER_SUBJECT, GUITU_EQUAL, subject };
  if (station != NULL)
    query.conditions[n++] = (GuituCondition){ GUITU_LETTER_STATION, GUITU_EQUAL, station };
  return guitu_records_find (transaction, &guitu_kind_letter, &query, error);
}

GPtrArray *
guitu_hand_over_names (GuituTransaction *transaction,
                       const GuituRecord *transfer,
                       GError **error)
{
  const GuituQuery query = { .conditions = { { GUITU_PAPER_TRANSFER, GUITU_EQUAL, guitu_record_id (transfer) } } };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) papers = guitu_records_find (transaction, &guitu_kind_paper, &query, error);

  if (papers == NULL)
    return NULL;
  g_ptr_array_add (names, g_strdup (guitu_record_id (transfer)));
  for (guint i = 0; i < papers->len; i++)
    {
      const char *seal = guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL);
      g_autofree char *name = seal == NULL ? NULL : guitu_seal_name (seal);

      if (name != NULL)
        g_ptr_array_add (names, g_strdup_printf ("%s %s", guitu_record_text (papers->pdata[i], GUITU_PAPER_NUMBER), name));
    }
  return g_steal_pointer (&names);
}

gboolean
guitu_hand_over_names_paper (JsonObject *content,
                             const char *sealed)
{
  JsonArray *papers = guitu_member_array (content, "papers");

  for (guint i = 0; papers != NULL && i < json_array_get_length (papers); i++)
    {
      JsonNode *node = json_array_get_element (papers, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && g_strcmp0 (guitu_member_text (json_node_get_object (node), "sealed"), sealed) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
guitu_hand_over_of_paper (GuituCall *call,
                          GuituTransaction *transaction,
                          const char *station,
                          const char *sealed,
                          GuituRecord **letter,
                          GError **error)
{
  const GuituQuery query = {
    .conditions = { { GUITU_LETTER_STATION, GUITU_EQUAL, station },
                    { GUITU_LETTER_TO_STATION, GUITU_EQUAL, guitu_store_keys (call->store)->station },
                    { GUITU_LETTER_SUBJECT, GUITU_EQUAL, "hand-over" } },
    .descending = TRUE,
  };
  g_autoptr (GPtrArray) letters = guitu_records_find (transaction, &guitu_kind_letter, &query, error);

  *letter = NULL;
  for (guint i = 0; letters != NULL && *letter == NULL && i < letters->len; i++)
    {
      g_autoptr (JsonObject) content = guitu_letter_content (letters->pdata[i]);

      if (content != NULL && guitu_hand_over_names_paper (content, sealed))
        *letter = guitu_record_load (transaction, &guitu_kind_letter, guitu_record_id (letters->pdata[i]), error);
    }
  return letters != NULL;
}

/* By the letter, or by a paper that the letter names. */
gboolean
guitu_incoming_find (GuituTransaction *transaction,
                     const GuituRecord *letter,
                     const char *sealed,
                     GuituRecord **incoming,
                     GError **error)
{
  g_autoptr (JsonObject) content = letter == NULL ? NULL : guitu_letter_content (letter);
  JsonArray *papers = guitu_member_array (content, "papers");
  guint n = papers == NULL ? 0 : json_array_get_length (papers);
  g_autoptr (GError) failure = NULL;

  *incoming = letter == NULL ? NULL : guitu_record_find_one (transaction, &guitu_kind_incoming, GUITU_INCOMING_LETTER, guitu_record_id (letter), &failure);
  if (*incoming == NULL && failure == NULL && sealed != NULL)
    *incoming = guitu_record_find_one (transaction, &guitu_kind_incoming, GUITU_INCOMING_SEALED, sealed, &failure);
  for (guint i = 0; *incoming == NULL && failure == NULL && i < n; i++)
    {
      JsonNode *node = json_array_get_element (papers, i);
      const char *name = JSON_NODE_HOLDS_OBJECT (node) ? guitu_member_text (json_node_get_object (node), "sealed") : NULL;

      if (name != NULL)
        *incoming = guitu_record_find_one (transaction, &guitu_kind_incoming, GUITU_INCOMING_SEALED, name, &failure);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The station whose escort goes on with whoever was not taken over after all. */
static gboolean
tell_taken_back (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituRecord *incoming,
                 const char *reason,
                 GError **error)
{
  const char *to = guitu_record_text (incoming, GUITU_INCOMING_FROM_STATION);
  const char *about = guitu_record_text (incoming, GUITU_INCOMING_ABOUT);
  g_autoptr (JsonObject) content = NULL;
  g_autoptr (GuituRecord) letter = NULL;

  if (to == NULL || about == NULL)
    return TRUE;
  content = json_object_new ();
  json_object_set_int_member (content, "format", 1);
  json_object_set_string_member (content, "result", "taken-back");
  json_object_set_string_member (content, "at", guitu_record_text (incoming, GUITU_INCOMING_AT)); /* of what is taken back */
  json_object_set_string_member (content, "reason", reason);
  letter = guitu_letter_write (call, transaction, to, "answer", about, content, error);
  return letter != NULL;
}

gboolean
guitu_incoming_take_back (GuituCall *call,
                          GuituTransaction *transaction,
                          const char *stay,
                          const char *reason,
                          GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) incoming = guitu_record_find_one (transaction, &guitu_kind_incoming, GUITU_INCOMING_STAY, stay, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return incoming == NULL || (tell_taken_back (call, transaction, incoming, reason, error) && guitu_call_void (transaction, incoming, reason, error));
}

GPtrArray *
guitu_letters_expected (GuituTransaction *transaction,
                        GError **error)
{
  const GuituQuery query = {
    .conditions = { { GUITU_LETTER_TO_STATION, GUITU_EQUAL, guitu_transaction_keys (transaction)->station },
                    { GUITU_LETTER_SUBJECT, GUITU_EQUAL, "hand-over" } },
  };
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  g_autoptr (GPtrArray) letters = guitu_records_find (transaction, &guitu_kind_letter, &query, error);

  if (letters == NULL)
    return NULL;
  for (guint i = 0; i < letters->len; i++)
    {
      g_autoptr (JsonObject) content = guitu_letter_content (letters->pdata[i]);
      g_autoptr (GuituRecord) incoming = NULL;

      if (content == NULL || json_object_has_member (content, "withdrawn"))
        continue;
      if (!guitu_incoming_find (transaction, letters->pdata[i], NULL, &incoming, error))
        return NULL;
      if (incoming == NULL)
        g_ptr_array_add (expected, guitu_record_load (transaction, &guitu_kind_letter, guitu_record_id (letters->pdata[i]), NULL));
    }
  return g_steal_pointer (&expected);
}
