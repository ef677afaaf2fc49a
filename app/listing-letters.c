/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stations write to the one that made an entry of the list: that it arrived, who looked at it and why,
 * what was done about it, that its end was taken in, and objections that the person made there. A letter's id
 * follows from who writes what about which entry, so that the desks of a station write one letter together. */

#include "app/blacklist.h"

#include "app/calendar.h"
#include "app/hand-over.h"
#include "app/rules.h"
#include "app/visits.h"
#include "db/id.h"

#include <string.h>

#define SUBJECT "listing"
#define ACT "list sync" /* of the entries that answer by themselves */

/* (transfer full) */
static char *
id_of_letter (GuituTransaction *transaction,
              const GuituRecord *listing,
              const char *to,
              const char *act,
              const char *round)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  g_autofree char *words = guitu_id_from_words (NULL, "letter", guitu_record_id (listing), own, act, round == NULL ? "" : round, NULL);

  return guitu_owned_id (&guitu_kind_letter, own, to, words);
}

gboolean
guitu_listing_write (GuituTransaction *transaction,
                     const GuituRecord *listing,
                     const char *to,
                     const char *act,
                     const char *round,
                     JsonObject *content,
                     GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  g_autofree char *id = id_of_letter (transaction, listing, to, act, round);
  g_autofree char *now = guitu_now ();
  g_autofree char *text = NULL;
  g_autoptr (GuituRecord) letter = NULL;
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  gboolean is_there;

  if (!guitu_record_exists (transaction, &guitu_kind_letter, id, &is_there, error))
    return FALSE;
  if (is_there)
    return TRUE;
  json_object_set_string_member (json, "act", act);
  if (content != NULL)
    guitu_json_add (json, content);
  json_node_set_object (node, json);
  text = json_to_string (node, FALSE);
  letter = guitu_record_new_owned (&guitu_kind_letter, own, to, id);
  guitu_record_set_text (letter, GUITU_LETTER_SUBJECT, SUBJECT);
  guitu_record_set_text (letter, GUITU_LETTER_ABOUT, guitu_record_id (listing));
  guitu_record_set_text (letter, GUITU_LETTER_CONTENT, text);
  guitu_record_set_text (letter, GUITU_LETTER_SENT_AT, now);
  return guitu_transaction_put (transaction, letter, error);
}

gboolean
guitu_listing_tell (GuituTransaction *transaction,
                    const GuituRecord *listing,
                    const char *act,
                    const char *round,
                    JsonObject *content,
                    GError **error)
{
  const char *to = guitu_record_text (listing, GUITU_LISTING_STATION);

  return g_strcmp0 (guitu_transaction_keys (transaction)->station, to) == 0 || guitu_listing_write (transaction, listing, to, act, round, content, error);
}

/* (transfer full) (nullable): the content, where it is one of ours. */
static JsonObject *
content_of (const GuituRecord *letter)
{
  const char *text = guitu_record_text (letter, GUITU_LETTER_CONTENT);
  g_autoptr (JsonNode) node = text == NULL || !guitu_record_says (letter, GUITU_LETTER_SUBJECT, SUBJECT) ? NULL : json_from_string (text, NULL);
  JsonNode *act = node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ? NULL : json_object_get_member (json_node_get_object (node), "act");

  if (act == NULL || !JSON_NODE_HOLDS_VALUE (act) || json_node_get_value_type (act) != G_TYPE_STRING)
    return NULL;
  return json_object_ref (json_node_get_object (node));
}

JsonArray *
guitu_listing_letters (GuituTransaction *transaction,
                       const char *listing,
                       GError **error)
{
  const GuituQuery about = { .conditions = { { GUITU_LETTER_ABOUT, GUITU_EQUAL, listing } }, .without_bytes = TRUE };
  g_autoptr (GPtrArray) letters = guitu_records_find (transaction, &guitu_kind_letter, &about, error);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      g_autoptr (JsonObject) content = content_of (letters->pdata[i]);
      const char *station = guitu_record_text (letters->pdata[i], GUITU_LETTER_STATION);
      g_autoptr (JsonObject) json = json_object_new ();

      if (content == NULL || station == NULL)
        continue;
      guitu_json_add (json, content);
      json_object_set_string_member (json, "station", station);
      json_object_set_string_member (json, "at", guitu_record_text (letters->pdata[i], GUITU_LETTER_SENT_AT));
      json_object_set_string_member (json, "act_name", guitu_code_label ("list_act", json_object_get_string_member (json, "act")));
      if (!guitu_station_name_add (json, transaction, station, error))
        return NULL;
      json_array_add_object_element (array, g_steal_pointer (&json));
    }
  return letters == NULL ? NULL : g_steal_pointer (&array);
}

/* --- What is to be answered ----------------------------------------------------------------------- */

/* What a station confirms once of another's entry, and once more of each correction. */
typedef struct
{
  const char *act;
  const char *round;
} Receipt;

#define MOST_RECEIPTS 2

/* Returns: how many there are */
static guint
receipts_of (const GuituRecord *listing,
             Receipt receipts[MOST_RECEIPTS])
{
  const char *state = guitu_record_text (listing, GUITU_LISTING_STATE);

  if (state == NULL)
    return 0;
  if (strcmp (state, "active") != 0)
    {
      receipts[0] = (Receipt){ strcmp (state, "suspended") == 0 ? "suspended" : "removed", NULL };
      return 1;
    }
  receipts[0] = (Receipt){ "received", NULL };
  receipts[1] = (Receipt){ "corrected", guitu_record_text (listing, GUITU_LISTING_AT) };
  return guitu_record_says (listing, GUITU_LISTING_CHANGED, GUITU_LISTING_CORRECTED) ? 2 : 1;
}

static gboolean
is_unanswered (GuituTransaction *transaction,
               const GuituRecord *listing,
               gboolean *is,
               GError **error)
{
  Receipt receipts[MOST_RECEIPTS];
  guint n = receipts_of (listing, receipts);

  *is = FALSE;
  for (guint i = 0; i < n && !*is; i++)
    {
      g_autofree char *id = id_of_letter (transaction, listing, guitu_record_text (listing, GUITU_LISTING_STATION), receipts[i].act, receipts[i].round);
      gboolean is_there;

      if (!guitu_record_exists (transaction, &guitu_kind_letter, id, &is_there, error))
        return FALSE;
      *is = !is_there;
    }
  return TRUE;
}

static gboolean
confirm (GuituTransaction *transaction,
         const GuituRecord *listing,
         GError **error)
{
  Receipt receipts[MOST_RECEIPTS];
  guint n = receipts_of (listing, receipts);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) content = json_object_new ();

      if (receipts[i].round != NULL)
        json_object_set_string_member (content, "of", receipts[i].round);
      if (!guitu_listing_tell (transaction, listing, receipts[i].act, receipts[i].round, content, error))
        return FALSE;
    }
  return TRUE;
}

/* Foreign entries whose present state was not confirmed yet. (element-type GuituRecord) */
static GPtrArray *
find_unanswered (GuituTransaction *transaction,
                 GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  g_autoptr (GPtrArray) listings = guitu_records_find (transaction, &guitu_kind_listing, &(GuituQuery){ .without_bytes = TRUE }, error);
  g_autoptr (GPtrArray) unanswered = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);

  while (listings != NULL && listings->len > 0)
    {
      g_autoptr (GuituRecord) listing = g_ptr_array_steal_index (listings, listings->len - 1);
      gboolean is;

      if (g_strcmp0 (guitu_record_text (listing, GUITU_LISTING_STATION), own) == 0)
        continue;
      if (!is_unanswered (transaction, listing, &is, error))
        return NULL;
      if (is)
        g_ptr_array_add (unanswered, g_steal_pointer (&listing));
    }
  return listings == NULL ? NULL : g_steal_pointer (&unanswered);
}

/* Whether the letter was taken into that entry; versions that had one task for all letters of a second named it by the time. */
static gboolean
is_taken (GuituTransaction *transaction,
          const GuituRecord *letter,
          const GuituRecord *entry,
          gboolean *is,
          GError **error)
{
  const char *const rounds[] = { guitu_record_id (letter), guitu_record_text (letter, GUITU_LETTER_SENT_AT) };

  *is = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rounds) && !*is; i++)
    if (!guitu_list_task_is_known (transaction, &(GuituListTask){ .kind = "list-objection", .about = guitu_record_id (entry), .round = rounds[i] }, is, error))
      return FALSE;
  return TRUE;
}

/* The entry of ours that a letter objects to, or that which renewed it since. *@entry is %NULL where there is nothing to be
 * taken: no such entry, one that is kept no longer, or the letter is in it. */
static gboolean
find_target (GuituTransaction *transaction,
             const GuituRecord *letter,
             GuituRecord **entry,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) found = guitu_record_find_one (transaction, &guitu_kind_blacklist, GUITU_BLACKLIST_LISTING, guitu_record_text (letter, GUITU_LETTER_ABOUT), &failure);
  g_autofree char *today = guitu_today ();

  *entry = NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  while (found != NULL)
    {
      g_autoptr (GuituRecord) next = NULL;
      gboolean is;

      if (!is_taken (transaction, letter, found, &is, error) || (!is && !guitu_blacklist_find_renewal (transaction, found, &next, error)))
        return FALSE;
      if (is)
        return TRUE;
      if (next == NULL && guitu_list_is_kept (found, today))
        *entry = g_steal_pointer (&found);
      g_clear_pointer (&found, guitu_record_free);
      found = g_steal_pointer (&next);
    }
  return TRUE;
}

static gboolean
is_new_objection (GuituTransaction *transaction,
                  const GuituRecord *letter,
                  gboolean *is,
                  GError **error)
{
  g_autoptr (JsonObject) content = content_of (letter);
  g_autoptr (GuituRecord) entry = NULL;

  *is = FALSE;
  if (content == NULL || !guitu_record_is_set (letter, GUITU_LETTER_ABOUT) || !guitu_record_is_set (letter, GUITU_LETTER_SENT_AT) ||
      strcmp (json_object_get_string_member (content, "act"), "objection") != 0)
    return TRUE;
  if (!find_target (transaction, letter, &entry, error))
    return FALSE;
  *is = entry != NULL;
  return TRUE;
}

/* Letters with what the person objected elsewhere, which our entries do not have yet. (element-type GuituRecord) */
static GPtrArray *
find_objections (GuituTransaction *transaction,
                 GError **error)
{
  const char *own = guitu_transaction_keys (transaction)->station;
  const GuituQuery to_us = { .conditions = { { GUITU_LETTER_TO_STATION, GUITU_EQUAL, own }, { GUITU_LETTER_SUBJECT, GUITU_EQUAL, SUBJECT } }, .without_bytes = TRUE };
  g_autoptr (GPtrArray) letters = guitu_records_find (transaction, &guitu_kind_letter, &to_us, error);

  for (guint i = letters == NULL ? 0 : letters->len; i > 0; i--)
    {
      gboolean is;

      if (!is_new_objection (transaction, letters->pdata[i - 1], &is, error))
        return NULL;
      if (!is)
        g_ptr_array_remove_index (letters, i - 1);
    }
  return g_steal_pointer (&letters);
}

/* What is still to be decided is decided together, by the day on which the first of it is due. What was said here must
 * have room in the field; what a letter brought stands whole in the log of the entry. */
static gboolean
join (GuituTransaction *transaction,
      GuituRecord *entry,
      const GuituListObjection *objection,
      GError **error)
{
  const GuituField *field = &guitu_kind_blacklist.fields[GUITU_BLACKLIST_OBJECTION];
  g_autofree char *text = g_strdup_printf ("%s\n%s", guitu_record_text (entry, GUITU_BLACKLIST_OBJECTION), objection->text);
  gboolean is_ours = g_strcmp0 (objection->station, guitu_transaction_keys (transaction)->station) == 0;

  if (!guitu_text_check (field, text, is_ours ? error : NULL))
    return !is_ours;
  guitu_record_set_text (entry, GUITU_BLACKLIST_OBJECTION, text);
  return TRUE;
}

static void
begin (GuituRecord *entry,
       const GuituListObjection *objection)
{
  static const int decided[] = { GUITU_BLACKLIST_OUTCOME, GUITU_BLACKLIST_OUTCOME_NOTE, GUITU_BLACKLIST_HANDLER, GUITU_BLACKLIST_HANDLED_AT };
  g_autofree char *due = guitu_calendar_add_working_days (objection->at, (int) guitu_rules_integer ("list_objection_working_days", objection->at));

  guitu_record_set_text (entry, GUITU_BLACKLIST_OBJECTION, objection->text);
  guitu_record_set_text (entry, GUITU_BLACKLIST_CHANNEL, objection->channel);
  guitu_record_set_text (entry, GUITU_BLACKLIST_OBJECTED_VIA, objection->station);
  guitu_record_set_text (entry, GUITU_BLACKLIST_OBJECTED_AT, objection->at);
  guitu_record_set_text (entry, GUITU_BLACKLIST_OBJECTION_DUE, due);
  for (guint i = 0; i < G_N_ELEMENTS (decided); i++)
    guitu_record_set_text (entry, decided[i], NULL);
}

gboolean
guitu_blacklist_object (GuituTransaction *transaction,
                        GuituRecord *entry,
                        const GuituListObjection *objection,
                        GError **error)
{
  const char *stay = guitu_record_text (entry, GUITU_BLACKLIST_STAY);
  g_autofree char *round = objection->letter == NULL ? guitu_id_new () : g_strdup (objection->letter);
  const GuituListTask task = { "list-objection", guitu_record_id (entry), round, stay, "由未提出、未复核该条目的人员办理", "list_objection_working_days", objection->at };
  gboolean is_pending = guitu_record_is_set (entry, GUITU_BLACKLIST_OBJECTED_AT) && !guitu_record_is_set (entry, GUITU_BLACKLIST_OUTCOME);

  if (!is_pending)
    begin (entry, objection);
  else if (!join (transaction, entry, objection, error))
    return FALSE;
  return guitu_list_task_open (transaction, &task, NULL, error) && guitu_transaction_put (transaction, entry, error) &&
         guitu_listing_tell_objection (transaction, entry, error);
}

/* Into the entry as it is now: another letter may have been taken just before. */
static gboolean
take_objection (GuituTransaction *transaction,
                const GuituRecord *letter,
                GError **error)
{
  const char *station = guitu_record_text (letter, GUITU_LETTER_STATION);
  g_autoptr (JsonObject) content = content_of (letter);
  const char *said = guitu_member_text (content, "text");
  gboolean is_text = said != NULL && *said != '\0' && guitu_text_check (&guitu_kind_blacklist.fields[GUITU_BLACKLIST_OBJECTION], said, NULL);
  const char *text = is_text ? said : "（来信中异议内容无法读取，请电话询问转来的救助站）"; /* no objection is lost */
  const GuituListObjection objection = { text, "other-station", station, guitu_record_text (letter, GUITU_LETTER_SENT_AT), guitu_record_id (letter) };
  g_autoptr (GuituRecord) entry = NULL;

  if (!find_target (transaction, letter, &entry, error))
    return FALSE;
  return entry == NULL || guitu_blacklist_object (transaction, entry, &objection, error);
}

/* All that is to be written now; each is %NULL where it could not be read. */
typedef struct
{
  GPtrArray *over;
  GPtrArray *listings;
  GPtrArray *objections;
  GPtrArray *persons;
  GPtrArray *idle;
  GPtrArray *decisions;
} Answers;

static void
answers_clear (Answers *answers)
{
  g_clear_pointer (&answers->over, g_ptr_array_unref);
  g_clear_pointer (&answers->listings, g_ptr_array_unref);
  g_clear_pointer (&answers->objections, g_ptr_array_unref);
  g_clear_pointer (&answers->persons, g_ptr_array_unref);
  g_clear_pointer (&answers->idle, g_ptr_array_unref);
  g_clear_pointer (&answers->decisions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answers, answers_clear)

static gboolean
answers_read (Answers *answers,
              GuituTransaction *transaction,
              GError **error)
{
  answers_clear (answers);
  answers->over = guitu_listings_find_over (transaction, error);
  answers->listings = answers->over == NULL ? NULL : find_unanswered (transaction, error);
  answers->objections = answers->listings == NULL ? NULL : find_objections (transaction, error);
  answers->persons = answers->objections == NULL ? NULL : guitu_blacklist_find_doubtful (transaction, error);
  answers->idle = answers->persons == NULL ? NULL : guitu_list_find_idle_tasks (transaction, error);
  answers->decisions = answers->idle == NULL ? NULL : guitu_list_find_decisions (transaction, error);
  return answers->decisions != NULL;
}

static guint
answers_count (const Answers *answers)
{
  return answers->over->len + answers->listings->len + answers->objections->len + answers->persons->len + answers->idle->len + answers->decisions->len;
}

static gboolean
answers_write (const Answers *answers,
               GuituTransaction *transaction,
               GError **error)
{
  for (guint i = 0; i < answers->over->len; i++)
    if (!guitu_listing_settle (transaction, answers->over->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < answers->listings->len; i++)
    if (!confirm (transaction, answers->listings->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < answers->objections->len; i++)
    if (!take_objection (transaction, answers->objections->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < answers->persons->len; i++)
    if (!guitu_blacklist_recheck (transaction, answers->persons->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < answers->idle->len; i++)
    if (!guitu_list_task_waive (transaction, answers->idle->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < answers->decisions->len; i++)
    if (!guitu_list_take_decision (transaction, answers->decisions->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
guitu_listings_answer (GuituStore *store,
                       guint *n,
                       GError **error)
{
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, error);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_auto (Answers) answers = { 0 };

  if (reading == NULL || !answers_read (&answers, reading, error))
    return FALSE;
  g_clear_pointer (&reading, guitu_transaction_free);
  if (n != NULL)
    *n = answers_count (&answers);
  if (answers_count (&answers) == 0)
    return TRUE;
  transaction = guitu_store_write (store, NULL, ACT, error);
  return transaction != NULL && answers_read (&answers, transaction, error) && answers_write (&answers, transaction, error) &&
         guitu_transaction_commit (transaction, error);
}
