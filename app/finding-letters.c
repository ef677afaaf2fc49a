/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one station found of somebody for whom another searches goes there as a letter: that, where, and why, told by
 * what that station shared itself. About the person here it says nothing: the two stations telephone. */

#include "app/findings.h"

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/links.h"
#include "app/visits.h"
#include "db/id.h"

#include <string.h>

#define SUBJECT "finding"
#define ACT "finding sync"

/* --- Writing ------------------------------------------------------------------------------------- */

/* The reasons without what is known of the person here. */
static JsonArray *
reasons_to_tell (const GuituRecord *finding)
{
  g_autoptr (JsonArray) why = guitu_finding_why (finding);
  JsonArray *told = json_array_new ();

  for (guint i = 0; i < json_array_get_length (why); i++)
    {
      JsonObject *reason = json_object_ref (json_array_get_object_element (why, i));
      g_autoptr (JsonObject) copy = json_object_new ();

      json_object_set_string_member (copy, "field", json_object_get_string_member_with_default (reason, "field", ""));
      json_object_set_string_member (copy, "yours", json_object_get_string_member_with_default (reason, "theirs", ""));
      json_object_set_double_member (copy, "weight", json_object_get_double_member_with_default (reason, "weight", 0));
      json_array_add_object_element (told, g_steal_pointer (&copy));
      json_object_unref (reason);
    }
  return told;
}

static void
set_text (JsonObject *json,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, member, text);
}

/* By which number they ask for the case when they telephone. */
static gboolean
add_own_number (JsonObject *content,
                GuituTransaction *transaction,
                const GuituRecord *finding,
                GError **error)
{
  const char *person = guitu_record_text (finding, GUITU_FINDING_PERSON);
  const char *missing = guitu_record_text (finding, GUITU_FINDING_MISSING);
  g_autoptr (GPtrArray) ids = person == NULL ? NULL : guitu_links_members (transaction, person, error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);
  g_autoptr (GuituRecord) report = missing == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_missing, missing, error);

  if ((person != NULL && stays == NULL) || (missing != NULL && report == NULL))
    return FALSE;
  if (stays != NULL && stays->len > 0)
    set_text (content, "stay_number", guitu_record_text (stays->pdata[0], GUITU_STAY_NUMBER));
  if (report != NULL)
    set_text (content, "report_number", guitu_record_text (report, GUITU_MISSING_NUMBER));
  return TRUE;
}

static JsonObject *
content_of_decision (GuituCall *call,
                     GuituTransaction *transaction,
                     const GuituRecord *finding,
                     gboolean is_answer,
                     GError **error)
{
  g_autoptr (JsonObject) content = json_object_new ();
  const char *verdict = guitu_record_text (finding, GUITU_FINDING_VERDICT);

  json_object_set_int_member (content, "format", 1);
  json_object_set_string_member (content, "act", is_answer ? "answer" : "found");
  json_object_set_string_member (content, "finding", guitu_record_id (finding));
  json_object_set_string_member (content, "verdict", verdict);
  json_object_set_string_member (content, "decided_by", guitu_session_display_name (call->session));
  if (is_answer)
    return g_steal_pointer (&content);
  json_object_set_int_member (content, "score", guitu_record_integer (finding, GUITU_FINDING_SCORE, 0));
  json_object_set_int_member (content, "probability", guitu_record_integer (finding, GUITU_FINDING_PROBABILITY, 0));
  json_object_set_array_member (content, "why", reasons_to_tell (finding));
  return add_own_number (content, transaction, finding, error) ? g_steal_pointer (&content) : NULL;
}

/* Something other than “same” is told only to who heard “same” before. */
static gboolean
is_to_be_told (const GuituRecord *finding,
               gboolean is_answer)
{
  return is_answer || guitu_record_says (finding, GUITU_FINDING_VERDICT, "same") || guitu_record_is_set (finding, GUITU_FINDING_TOLD_AT);
}

gboolean
guitu_finding_tell (GuituCall *call,
                    GuituTransaction *transaction,
                    GuituRecord *finding,
                    GError **error)
{
  g_autoptr (GuituRecord) other = NULL;
  g_autoptr (GuituRecord) letter = NULL;
  g_autoptr (JsonObject) content = NULL;
  g_autofree char *now = guitu_now ();
  const char *person = guitu_record_text (finding, GUITU_FINDING_PERSON);
  const char *about;
  gboolean is_answer;
  gboolean is_out = FALSE;

  if (!guitu_record_is_set (finding, GUITU_FINDING_OTHER))
    return TRUE;
  if (!guitu_finding_report (transaction, finding, &other, error) || (person != NULL && !guitu_fence_protects (transaction, person, &is_out, error)))
    return FALSE;
  is_answer = other != NULL && guitu_record_kind (other) == &guitu_kind_letter;
  if (other == NULL || is_out || !is_to_be_told (finding, is_answer))
    return TRUE;
  about = is_answer ? guitu_record_text (other, GUITU_LETTER_ABOUT) : guitu_record_id (other);
  content = content_of_decision (call, transaction, finding, is_answer, error);
  letter = content == NULL ? NULL
                           : guitu_letter_write (call, transaction, guitu_record_text (other, guitu_kind_field (guitu_record_kind (other), "station")),
                                                 SUBJECT, about, content, error);
  if (letter != NULL && !is_answer)
    guitu_record_set_text (finding, GUITU_FINDING_TOLD_AT, now);
  return letter != NULL;
}

/* --- Taking in ----------------------------------------------------------------------------------- */

/* Whom of ours a letter is about: a report, or the person of a notice. *@kind is %NULL where it is nobody. */
static gboolean
find_target (GuituTransaction *transaction,
             const GuituRecord *letter,
             const GuituKind **kind,
             char **id,
             GError **error)
{
  const char *about = guitu_record_text (letter, GUITU_LETTER_ABOUT);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) missing = about == NULL ? NULL : guitu_record_find_one (transaction, &guitu_kind_missing, GUITU_MISSING_SOUGHT, about, &failure);
  g_autoptr (GuituRecord) notice = about == NULL || missing != NULL || failure != NULL
                                       ? NULL
                                       : guitu_record_find_one (transaction, &guitu_kind_notice, GUITU_NOTICE_POSTING, about, &failure);

  *id = missing != NULL ? g_strdup (guitu_record_id (missing)) : notice != NULL ? g_strdup (guitu_record_text (notice, GUITU_NOTICE_PERSON))
                                                                                : NULL;
  *kind = *id == NULL ? NULL : missing != NULL ? &guitu_kind_missing
                                               : &guitu_kind_person;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What another station wrote may be anything. Returns: (transfer full) (nullable): the content of a letter that something was found */
static JsonObject *
content_of_find (const GuituRecord *letter)
{
  g_autoptr (JsonObject) content = guitu_letter_content (letter);

  if (content == NULL || g_strcmp0 (guitu_member_text (content, "act"), "found") != 0 || guitu_member_text (content, "finding") == NULL ||
      guitu_codes_find ("verdict", guitu_member_text (content, "verdict") == NULL ? "" : guitu_member_text (content, "verdict")) == NULL)
    return NULL;
  return g_steal_pointer (&content);
}

static int
number_in (JsonObject *content,
           const char *member,
           int greatest)
{
  JsonNode *node = json_object_get_member (content, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? (int) CLAMP (json_node_get_int (node), -greatest, greatest) : 0;
}

/* [{field, ours, theirs, weight}], where ours is what we shared. Only texts and numbers are taken. */
static char *
why_of_letter (JsonObject *content)
{
  JsonArray *told = guitu_member_array (content, "why");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) why = json_array_new ();

  for (guint i = 0; told != NULL && i < json_array_get_length (told); i++)
    {
      JsonNode *element = json_array_get_element (told, i);
      JsonObject *from = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      JsonNode *weight = from == NULL ? NULL : json_object_get_member (from, "weight");
      JsonObject *reason;

      if (guitu_member_text (from, "field") == NULL)
        continue;
      reason = json_object_new ();
      json_object_set_string_member (reason, "field", guitu_member_text (from, "field"));
      json_object_set_string_member (reason, "ours", guitu_member_text (from, "yours") == NULL ? "" : guitu_member_text (from, "yours"));
      json_object_set_string_member (reason, "theirs", "");
      json_object_set_double_member (reason, "weight", weight != NULL && JSON_NODE_HOLDS_VALUE (weight) && json_node_get_value_type (weight) == G_TYPE_DOUBLE ? json_node_get_double (weight) : 0);
      json_array_add_object_element (why, reason);
    }
  json_node_set_array (node, why);
  return json_to_string (node, FALSE);
}

/* One finding for all letters about one find. (transfer full) */
static char *
id_of_find (const GuituRecord *letter,
            JsonObject *content,
            const char *target)
{
  g_autofree char *find = g_strdup_printf ("%s %s", guitu_record_text (letter, GUITU_LETTER_STATION), guitu_member_text (content, "finding"));

  return guitu_finding_id (target, find);
}

/* Whether @letter came before @other or is it. Within one second, the ledger tells what came first. */
static gboolean
is_before (GuituTransaction *transaction,
           const GuituRecord *letter,
           const GuituRecord *other,
           gboolean *is,
           GError **error)
{
  int order = g_strcmp0 (guitu_record_text (letter, GUITU_LETTER_SENT_AT), guitu_record_text (other, GUITU_LETTER_SENT_AT));
  gboolean is_tie = order == 0 && strcmp (guitu_record_id (letter), guitu_record_id (other)) != 0;
  gint64 one = is_tie ? guitu_record_written_at (transaction, letter, GUITU_LETTER_SENT_AT, error) : 0;
  gint64 two = is_tie && one >= 0 ? guitu_record_written_at (transaction, other, GUITU_LETTER_SENT_AT, error) : 0;

  *is = order < 0 || (order == 0 && one <= two);
  return one >= 0 && two >= 0;
}

/* Whether a later letter has been taken already, of the same find. */
static gboolean
is_older (GuituTransaction *transaction,
          const GuituRecord *letter,
          const GuituRecord *finding,
          gboolean *is,
          GError **error)
{
  g_autoptr (GuituRecord) taken = NULL;

  if (!guitu_finding_report (transaction, finding, &taken, error))
    return FALSE;
  *is = FALSE;
  return taken == NULL || is_before (transaction, letter, taken, is, error);
}

/* The finding as the letter has it; *@finding is %NULL where there is nothing to be written. What was decided by a letter
 * that is taken back is to be decided again. */
static gboolean
take (GuituTransaction *transaction,
      const GuituRecord *letter,
      GuituRecord **finding,
      GError **error)
{
  g_autoptr (JsonObject) content = content_of_find (letter);
  g_autofree char *target = NULL;
  g_autofree char *id = NULL;
  g_autofree char *why = NULL;
  const GuituKind *kind;
  gboolean is_there, is;

  *finding = NULL;
  if (content == NULL || !find_target (transaction, letter, &kind, &target, error))
    return content == NULL;
  if (kind == NULL)
    return TRUE;
  id = id_of_find (letter, content, target);
  if (!guitu_record_exists (transaction, &guitu_kind_finding, id, &is_there, error))
    return FALSE;
  *finding = is_there ? guitu_record_load (transaction, &guitu_kind_finding, id, error) : guitu_record_new_with_id (&guitu_kind_finding, id);
  if (*finding == NULL || (is_there && !is_older (transaction, letter, *finding, &is, error)))
    return FALSE;
  if (is_there && is)
    {
      g_clear_pointer (finding, guitu_record_free);
      return TRUE;
    }
  why = why_of_letter (content);
  guitu_record_set_text (*finding, kind == &guitu_kind_missing ? GUITU_FINDING_MISSING : GUITU_FINDING_PERSON, target);
  guitu_record_set_text (*finding, GUITU_FINDING_OTHER, guitu_record_id (letter));
  guitu_record_set_integer (*finding, GUITU_FINDING_SCORE, number_in (content, "score", 1000000));
  guitu_record_set_integer (*finding, GUITU_FINDING_PROBABILITY, MAX (0, number_in (content, "probability", 1000)));
  guitu_record_set_text (*finding, GUITU_FINDING_WHY, why);
  guitu_record_set_text (*finding, GUITU_FINDING_AT, guitu_record_text (letter, GUITU_LETTER_SENT_AT));
  if (guitu_record_says (*finding, GUITU_FINDING_VERDICT, "same"))
    {
      guitu_record_set_text (*finding, GUITU_FINDING_VERDICT, NULL);
      guitu_record_set_text (*finding, GUITU_FINDING_DECIDED_AT, NULL);
    }
  return TRUE;
}

/* *@n: how many findings are to be written; with @puts they are */
static gboolean
take_all (GuituTransaction *transaction,
          gboolean puts,
          guint *n,
          GError **error)
{
  const GuituQuery to_us = { .conditions = { { GUITU_LETTER_TO_STATION, GUITU_EQUAL, guitu_transaction_keys (transaction)->station }, { GUITU_LETTER_SUBJECT, GUITU_EQUAL, SUBJECT } } };
  g_autoptr (GPtrArray) letters = guitu_records_find (transaction, &guitu_kind_letter, &to_us, error);

  *n = 0;
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      g_autoptr (GuituRecord) finding = NULL;

      if (!take (transaction, letters->pdata[i], &finding, error))
        return FALSE;
      *n += finding != NULL;
      if (finding != NULL && puts && !guitu_transaction_put (transaction, finding, error))
        return FALSE;
    }
  return letters != NULL;
}

gboolean
guitu_findings_take_letters (GuituStore *store,
                             GError **error)
{
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  g_autoptr (GuituTransaction) transaction = NULL;
  guint n;

  if (reading == NULL || !take_all (reading, FALSE, &n, error))
    return FALSE;
  g_clear_pointer (&reading, guitu_transaction_free);
  if (n == 0)
    return TRUE;
  transaction = guitu_store_write (store, NULL, ACT, error);
  return transaction != NULL && take_all (transaction, TRUE, &n, error) && guitu_transaction_commit (transaction, error);
}

/* --- Showing ------------------------------------------------------------------------------------- */

gboolean
guitu_finding_add_letters (JsonObject *json,
                           GuituTransaction *transaction,
                           const GuituRecord *finding,
                           GError **error)
{
  static const char *const shown[] = { "act", "verdict", "decided_by", "stay_number", "report_number" };
  const char *own = guitu_transaction_keys (transaction)->station;
  g_autoptr (GuituRecord) other = NULL;
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (JsonArray) array = json_array_new ();

  if (!guitu_finding_report (transaction, finding, &other, error))
    return FALSE;
  if (other == NULL || guitu_record_kind (other) == &guitu_kind_missing)
    return TRUE;
  letters = guitu_letters_about (transaction, guitu_record_kind (other) == &guitu_kind_letter ? guitu_record_text (other, GUITU_LETTER_ABOUT) : guitu_record_id (other),
                                 SUBJECT, NULL, error);
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      g_autoptr (JsonObject) content = guitu_letter_content (letters->pdata[i]);
      const char *station = guitu_record_text (letters->pdata[i], GUITU_LETTER_STATION);
      g_autoptr (JsonObject) told = json_object_new ();

      if (content == NULL || station == NULL)
        continue;
      if (!guitu_station_name_add (told, transaction, station, error))
        return FALSE;
      for (guint j = 0; j < G_N_ELEMENTS (shown); j++)
        set_text (told, shown[j], guitu_member_text (content, shown[j]));
      if (guitu_codes_find ("verdict", guitu_member_text (content, "verdict") == NULL ? "" : guitu_member_text (content, "verdict")) != NULL)
        json_object_set_string_member (told, "verdict_name", guitu_code_label ("verdict", guitu_member_text (content, "verdict")));
      set_text (told, "station", station);
      json_object_set_boolean_member (told, "own", strcmp (station, own) == 0);
      set_text (told, "at", guitu_record_text (letters->pdata[i], GUITU_LETTER_SENT_AT));
      json_array_add_object_element (array, g_steal_pointer (&told));
    }
  if (letters != NULL)
    json_object_set_array_member (json, "letters", g_steal_pointer (&array));
  return letters != NULL;
}
