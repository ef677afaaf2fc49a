/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was decided on an objection goes back to the stations that took it, each of which has the task to tell the
 * person: whoever objects far from where they were listed must hear what came of it, and why. */

#include "app/blacklist.h"

#include "app/hand-over.h"

#include <string.h>

#define ACT "decided"

static gboolean
is_act (JsonObject *line,
        const char *act,
        const char *station)
{
  return strcmp (json_object_get_string_member (line, "act"), act) == 0 && strcmp (json_object_get_string_member (line, "station"), station) == 0;
}

/* Which objections were answered: their times, a line each. (transfer full) */
static JsonObject *
content_of (const GuituRecord *entry,
            const char *of)
{
  JsonObject *content = json_object_new ();

  json_object_set_string_member (content, "outcome", guitu_record_text (entry, GUITU_BLACKLIST_OUTCOME));
  json_object_set_string_member (content, "why", guitu_record_text (entry, GUITU_BLACKLIST_OUTCOME_NOTE));
  json_object_set_string_member (content, "of", of);
  return content;
}

/* Station and time of an objection, by which it is told which were answered. (transfer full) */
static char *
name_of (JsonObject *letter)
{
  return g_strdup_printf ("%s %s", json_object_get_string_member (letter, "station"), json_object_get_string_member (letter, "at"));
}

/* (transfer full): names of objections */
static GHashTable *
answered_in (JsonArray *letters,
             const char *own)
{
  GHashTable *answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (letters); i++)
    {
      JsonObject *letter = json_array_get_object_element (letters, i);
      const char *of = is_act (letter, ACT, own) ? guitu_member_text (letter, "of") : NULL;
      g_auto (GStrv) names = g_strsplit (of == NULL ? "" : of, "\n", -1);

      for (guint j = 0; names[j] != NULL; j++)
        g_hash_table_add (answered, g_strdup (names[j]));
    }
  return answered;
}

/* What each station wrote that waits for an answer. (transfer full): station → names of objections, a line each */
static GHashTable *
waiting_in (JsonArray *letters,
            const char *own)
{
  GHashTable *waiting = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) answered = answered_in (letters, own);

  for (guint i = 0; i < json_array_get_length (letters); i++)
    {
      JsonObject *letter = json_array_get_object_element (letters, i);
      const char *station = json_object_get_string_member (letter, "station");
      const char *before = g_hash_table_lookup (waiting, station);
      g_autofree char *name = name_of (letter);

      if (strcmp (station, own) != 0 && is_act (letter, "objection", station) && !g_hash_table_contains (answered, name))
        g_hash_table_insert (waiting, (gpointer) station, before == NULL ? g_strdup (name) : g_strdup_printf ("%s\n%s", before, name));
    }
  return waiting;
}

gboolean
guitu_list_tell_decision (GuituTransaction *transaction,
                          const GuituRecord *entry,
                          GError **error)
{
  const char *id = guitu_record_text (entry, GUITU_BLACKLIST_LISTING);
  const char *own = guitu_transaction_keys (transaction)->station;
  g_autoptr (GuituRecord) listing = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_listing, id, error);
  g_autoptr (JsonArray) letters = listing == NULL ? NULL : guitu_listing_letters (transaction, id, error);
  g_autoptr (GHashTable) waiting = letters == NULL ? NULL : waiting_in (letters, own);
  GHashTableIter iter;
  gpointer station, of;

  if (waiting == NULL)
    return id == NULL;
  g_hash_table_iter_init (&iter, waiting);
  while (g_hash_table_iter_next (&iter, &station, &of))
    {
      g_autoptr (JsonObject) content = content_of (entry, of);

      if (!guitu_listing_write (transaction, listing, station, ACT, guitu_record_text (entry, GUITU_BLACKLIST_HANDLED_AT), content, error))
        return FALSE;
    }
  return TRUE;
}

/* --- At the station that took it ------------------------------------------------------------------ */

/* (transfer full): the text of the task */
static char *
words_of (JsonObject *content)
{
  const char *outcome = guitu_member_text (content, "outcome");
  const GuituCode *code = outcome == NULL ? NULL : guitu_codes_find ("list_outcome", outcome);
  const char *why = guitu_member_text (content, "why");

  return g_strdup_printf ("告知当事人名单异议处理结果：%s。%s", code == NULL ? "" : code->chinese, why == NULL ? "" : why);
}

static gboolean
is_decision (const GuituRecord *letter,
             JsonObject **content)
{
  const char *text = guitu_record_text (letter, GUITU_LETTER_CONTENT);
  g_autoptr (JsonNode) node = text == NULL ? NULL : json_from_string (text, NULL);

  *content = node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ? NULL : json_object_ref (json_node_get_object (node));
  return *content != NULL && g_strcmp0 (guitu_member_text (*content, "act"), ACT) == 0 && guitu_record_is_set (letter, GUITU_LETTER_ABOUT);
}

static GuituListTask
task_of (const GuituRecord *letter,
         const char *text)
{
  return (GuituListTask){ "list-tell", guitu_record_text (letter, GUITU_LETTER_ABOUT), guitu_record_id (letter), NULL, text, "list_serve_working_days", NULL };
}

GPtrArray *
guitu_list_find_decisions (GuituTransaction *transaction,
                           GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  const GuituQuery to_us = { .conditions = { { GUITU_LETTER_TO_STATION, GUITU_EQUAL, own }, { GUITU_LETTER_SUBJECT, GUITU_EQUAL, "listing" } }, .without_bytes = TRUE };
  g_autoptr (GPtrArray) letters = guitu_records_find (transaction, &guitu_kind_letter, &to_us, error);

  for (guint i = letters == NULL ? 0 : letters->len; i > 0; i--)
    {
      g_autoptr (JsonObject) content = NULL;
      gboolean is_known = TRUE;

      if (is_decision (letters->pdata[i - 1], &content))
        {
          const GuituListTask task = task_of (letters->pdata[i - 1], NULL);

          if (!guitu_list_task_is_known (transaction, &task, &is_known, error))
            return NULL;
        }
      if (is_known)
        g_ptr_array_remove_index (letters, i - 1);
    }
  return g_steal_pointer (&letters);
}

gboolean
guitu_list_take_decision (GuituTransaction *transaction,
                          const GuituRecord *letter,
                          GError **error)
{
  g_autoptr (JsonObject) content = NULL;
  g_autofree char *text = is_decision (letter, &content) ? words_of (content) : NULL;
  const GuituListTask task = task_of (letter, text);

  return text == NULL || guitu_list_task_open (transaction, &task, NULL, error);
}
