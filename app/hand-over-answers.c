/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes back from other stations, and what is expected from them. Several desks may take the same
 * answer in at once: all that is written follows from the letter, so that they write the same. */

#include "app/hand-over.h"

#include "app/fence.h"
#include "app/transfer.h"
#include "app/verbs.h"

#include <string.h>

#define SECONDS_PER_HOUR 3600
#define LIST_LIMIT 1000
#define MISTAKE_DAYS 30

/* --- Answers to journeys of this station --------------------------------------------------------- */

/* The receipt counts for itself; where it does not verify, the letter that brought it is still signed.
 * *@is_verified: it is one, and of this journey. */
static gboolean
take_receipt (GuituCall *call,
              GuituTransaction *transaction,
              const char *id,
              JsonObject *answer,
              gboolean *is_verified,
              GError **error)
{
  const char *text = guitu_member_text (answer, "receipt");
  g_autoptr (GuituRecord) paper = NULL;
  g_autoptr (GError) failure = NULL;

  *is_verified = text != NULL && guitu_receipt_take (call, transaction, text, &paper, &failure) && guitu_record_says (paper, GUITU_PAPER_TRANSFER, id);
  if (failure == NULL || failure->domain != GUITU_DB_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static char *
answered_at (JsonObject *answer,
             const GuituRecord *letter)
{
  const char *said = guitu_member_text (answer, "at");
  g_autofree char *time = said == NULL ? NULL : guitu_time_parse (said);

  return time != NULL ? g_steal_pointer (&time) : g_strdup (guitu_record_text (letter, GUITU_LETTER_SENT_AT));
}

static void
set_said (GuituRecord *transfer,
          int field,
          const char *text)
{
  if (text != NULL && guitu_text_check (&guitu_kind_transfer.fields[field], text, NULL))
    guitu_record_set_text (transfer, field, text);
}

/* (transfer full) */
static char *
name_of_author (GuituTransaction *transaction,
                const GuituRecord *letter)
{
  const char *code = guitu_record_text (letter, GUITU_LETTER_STATION);
  g_autoptr (GuituRecord) station = guitu_known_station (transaction, code);

  return g_strdup (station == NULL ? code : guitu_record_text (station, GUITU_STATION_NAME));
}

static void
set_accepted (GuituTransaction *transaction,
              GuituRecord *transfer,
              const GuituRecord *letter,
              JsonObject *answer)
{
  const char *by = guitu_member_text (answer, "by");
  g_autofree char *station = name_of_author (transaction, letter);
  g_autofree char *who = g_strdup_printf ("%s%s%s", station, by == NULL ? "" : " ", by == NULL ? "" : by);
  g_autofree char *at = answered_at (answer, letter);

  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "accepted");
  guitu_record_set_text (transfer, GUITU_TRANSFER_ACCEPTED_AT, at);
  guitu_record_set_text (transfer, GUITU_TRANSFER_REFUSAL, NULL);
  guitu_record_set_text (transfer, GUITU_TRANSFER_OUTCOME, NULL);
  set_said (transfer, GUITU_TRANSFER_ACCEPTED_BY, who);
  set_said (transfer, GUITU_TRANSFER_DIFFERENCES, guitu_member_text (answer, "differences"));
  guitu_transfer_close_if_done (transfer, at);
}

static void
set_rejected (GuituRecord *transfer,
              const GuituRecord *letter,
              JsonObject *answer)
{
  const char *ground = guitu_member_text (answer, "refusal");
  const GuituCode *code = ground == NULL ? NULL : guitu_codes_find ("hand_over_refusal", ground);
  g_autofree char *at = answered_at (answer, letter);

  guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "rejected");
  guitu_record_set_text (transfer, GUITU_TRANSFER_ACCEPTED_AT, at);
  guitu_record_set_text (transfer, GUITU_TRANSFER_REFUSAL, code == NULL ? "other" : code->code);
  set_said (transfer, GUITU_TRANSFER_OUTCOME, guitu_member_text (answer, "reason"));
}

/* Who was taken over by mistake is on the way still. */
static void
set_taken_back (GuituRecord *transfer,
                JsonObject *answer)
{
  const char *reason = guitu_member_text (answer, "reason");
  g_autofree char *outcome = g_strdup_printf ("接收登记已撤回%s%s", reason == NULL ? "" : "：", reason == NULL ? "" : reason);

  guitu_record_set_text (transfer, GUITU_TRANSFER_ACCEPTED_AT, NULL);
  guitu_record_set_text (transfer, GUITU_TRANSFER_ACCEPTED_BY, NULL);
  guitu_record_set_text (transfer, GUITU_TRANSFER_DIFFERENCES, NULL);
  set_said (transfer, GUITU_TRANSFER_OUTCOME, outcome);
}

/* An answer counts from the station to which the person is brought, or from one that shows the receipt. */
static gboolean
apply_answer (GuituCall *call,
              GuituTransaction *transaction,
              const char *id,
              const GuituRecord *letter,
              GError **error)
{
  g_autoptr (JsonObject) answer = guitu_letter_content (letter);
  const char *result = guitu_member_text (answer, "result");
  gboolean is_verified = FALSE;
  g_autoptr (GuituRecord) transfer = NULL;
  g_autofree char *receiver = NULL;

  if (result == NULL || (strcmp (result, "accepted") == 0 && !take_receipt (call, transaction, id, answer, &is_verified, error)))
    return result == NULL;
  transfer = guitu_record_load (transaction, &guitu_kind_transfer, id, error);
  if (transfer == NULL)
    return FALSE;
  receiver = guitu_transfer_receiver_code (transaction, transfer);
  if (!is_verified && strcmp (result, "taken-back") != 0 && !guitu_record_says (letter, GUITU_LETTER_STATION, receiver))
    return TRUE;
  if (strcmp (result, "accepted") == 0)
    set_accepted (transaction, transfer, letter, answer);
  else if (strcmp (result, "rejected") == 0)
    set_rejected (transfer, letter, answer);
  else if (strcmp (result, "taken-back") == 0)
    set_taken_back (transfer, answer);
  return (strcmp (result, "taken-back") == 0 ? guitu_transfer_resume_journey (transaction, transfer, error)
                                             : guitu_transfer_end_journey (transaction, transfer, error)) &&
         guitu_transaction_put (transaction, transfer, error);
}

static int
compare_sent (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (guitu_record_text (*(GuituRecord *const *) a, GUITU_LETTER_SENT_AT), guitu_record_text (*(GuituRecord *const *) b, GUITU_LETTER_SENT_AT));
}

static gboolean
says (const GuituRecord *letter,
      const char *result)
{
  g_autoptr (JsonObject) answer = guitu_letter_content (letter);

  return g_strcmp0 (guitu_member_text (answer, "result"), result) == 0;
}

/* Whether both letters come from one station and speak of one acceptance. */
static gboolean
is_of_same (const GuituRecord *letter,
            const GuituRecord *other)
{
  g_autoptr (JsonObject) one = guitu_letter_content (letter);
  g_autoptr (JsonObject) two = guitu_letter_content (other);

  return guitu_record_says (letter, GUITU_LETTER_STATION, guitu_record_text (other, GUITU_LETTER_STATION)) &&
         guitu_member_text (one, "at") != NULL && g_strcmp0 (guitu_member_text (one, "at"), guitu_member_text (two, "at")) == 0;
}

/* Whether another of the letters, with that result, speaks of the same acceptance. */
static gboolean
has_other (const GPtrArray *letters,
           const GuituRecord *letter,
           const char *result)
{
  for (guint i = 0; i < letters->len; i++)
    if (says (letters->pdata[i], result) && is_of_same (letters->pdata[i], letter))
      return TRUE;
  return FALSE;
}

/* What was a mistake, and the taking back of what nobody said, do not count. */
static gboolean
is_void (const GPtrArray *letters,
         const GuituRecord *letter)
{
  if (says (letter, "accepted"))
    return has_other (letters, letter, "taken-back");
  return says (letter, "taken-back") && !has_other (letters, letter, "accepted");
}

/* Whether the letter is an answer to us from whom @receiver names, or, with @by_receipt, from another station with a receipt. */
static gboolean
may_answer (const GuituRecord *letter,
            const char *own,
            const char *receiver,
            gboolean by_receipt)
{
  g_autoptr (JsonObject) answer = guitu_letter_content (letter);
  gboolean is_receiver = receiver != NULL && guitu_record_says (letter, GUITU_LETTER_STATION, receiver);

  if (!guitu_record_says (letter, GUITU_LETTER_TO_STATION, own) || guitu_record_says (letter, GUITU_LETTER_STATION, own))
    return FALSE;
  if (!by_receipt)
    return is_receiver;
  return !is_receiver && (says (letter, "taken-back") || (says (letter, "accepted") && guitu_member_text (answer, "receipt") != NULL));
}

/* The answer that counts: who was accepted is there, whatever another desk wrote, unless that was a mistake; else the
 * last one. *@answer: (out) (transfer full) (nullable) */
static gboolean
find_answer (GuituCall *call,
             GuituTransaction *transaction,
             const GuituRecord *transfer,
             gboolean by_receipt,
             GuituRecord **answer,
             GError **error)
{
  const char *own = guitu_store_keys (call->store)->station;
  g_autofree char *receiver = guitu_transfer_receiver_code (transaction, transfer);
  g_autoptr (GPtrArray) names = guitu_hand_over_names (transaction, transfer, error);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  int chosen = -1;

  *answer = NULL;
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autoptr (GPtrArray) letters = guitu_letters_about (transaction, names->pdata[i], "answer", NULL, error);

      if (letters == NULL)
        return FALSE;
      while (letters->len > 0)
        g_ptr_array_add (answers, g_ptr_array_steal_index (letters, 0));
    }
  g_ptr_array_sort (answers, compare_sent);
  for (guint i = 0; i < answers->len; i++)
    if (may_answer (answers->pdata[i], own, receiver, by_receipt) && !is_void (answers, answers->pdata[i]) &&
        (chosen < 0 || says (answers->pdata[i], "accepted") || !says (answers->pdata[chosen], "accepted")))
      chosen = (int) i;
  if (chosen >= 0)
    *answer = g_ptr_array_steal_index (answers, chosen);
  return names != NULL;
}

/* Whether the acceptance that the transfer bears is the one of which the letter speaks. */
static gboolean
is_accepted_so (GuituTransaction *transaction,
                const GuituRecord *transfer,
                const GuituRecord *letter,
                const char *at)
{
  const char *by = guitu_record_text (transfer, GUITU_TRANSFER_ACCEPTED_BY);
  g_autofree char *station = name_of_author (transaction, letter);

  return guitu_record_says (transfer, GUITU_TRANSFER_STATE, "accepted") && guitu_record_says (transfer, GUITU_TRANSFER_ACCEPTED_AT, at) &&
         by != NULL && g_str_has_prefix (by, station);
}

/* Whether what the answer says is written already. */
static gboolean
is_taken (GuituTransaction *transaction,
          const GuituRecord *transfer,
          const GuituRecord *letter)
{
  g_autoptr (JsonObject) answer = guitu_letter_content (letter);
  const char *result = guitu_member_text (answer, "result");
  g_autofree char *at = answer == NULL ? NULL : answered_at (answer, letter);

  if (g_strcmp0 (result, "taken-back") == 0)
    return !is_accepted_so (transaction, transfer, letter, at);
  return result == NULL || guitu_record_says (transfer, GUITU_TRANSFER_STATE, "accepted") ||
         (guitu_record_says (transfer, GUITU_TRANSFER_STATE, result) && guitu_record_says (transfer, GUITU_TRANSFER_ACCEPTED_AT, at));
}

/* --- Files that came after the paper ------------------------------------------------------------- */

gboolean
guitu_incoming_fill (GuituCall *call,
                     GuituTransaction *transaction,
                     GuituRecord *incoming,
                     const GuituRecord *letter,
                     GError **error)
{
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_text (incoming, GUITU_INCOMING_STAY), error);
  g_autoptr (JsonObject) content = guitu_letter_content (letter);
  const char *reason = guitu_member_text (guitu_member_object (content, "stay"), "reason");
  g_autofree char *differences = NULL;
  g_autofree char *now = guitu_now ();

  if (stay == NULL)
    return FALSE;
  if (content != NULL && !guitu_hand_over_complete_person (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), content, error))
    return FALSE;
  if (!guitu_record_is_set (stay, GUITU_STAY_REASON) && reason != NULL && guitu_codes_find ("reason", reason) != NULL)
    guitu_record_set_text (stay, GUITU_STAY_REASON, reason);
  guitu_record_set_text (incoming, GUITU_INCOMING_LETTER, guitu_record_id (letter));
  guitu_record_set_text (incoming, GUITU_INCOMING_ABOUT, guitu_record_text (letter, GUITU_LETTER_ABOUT));
  guitu_record_set_text (incoming, GUITU_INCOMING_FILLED_AT, now);
  return guitu_transaction_put (transaction, stay, error) && guitu_hand_over_fill (call, transaction, letter, stay, NULL, &differences, error) &&
         guitu_transaction_put (transaction, incoming, error);
}

/* Only the desk that accepted fills in: two would write everything twice. */
static gboolean
find_file (GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *incoming,
           GuituRecord **letter,
           GError **error)
{
  const char *sealed = guitu_record_text (incoming, GUITU_INCOMING_SEALED);

  *letter = NULL;
  if (sealed == NULL || !guitu_record_is_set (incoming, GUITU_INCOMING_STAY) ||
      guitu_record_integer (incoming, GUITU_INCOMING_DESK, 0) != guitu_store_keys (call->store)->desk.number)
    return TRUE;
  return guitu_hand_over_of_paper (call, transaction, guitu_record_text (incoming, GUITU_INCOMING_FROM_STATION), sealed, letter, error);
}

/* --- Both ---------------------------------------------------------------------------------------- */

/* What is to be done, found without writing. */
typedef struct
{
  GPtrArray *transfers; /* whose answers came, in step with */
  GPtrArray *answers;
  GPtrArray *incoming; /* whose files came, in step with */
  GPtrArray *files;
} News;

static void
news_clear (News *news)
{
  g_clear_pointer (&news->transfers, g_ptr_array_unref);
  g_clear_pointer (&news->answers, g_ptr_array_unref);
  g_clear_pointer (&news->incoming, g_ptr_array_unref);
  g_clear_pointer (&news->files, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (News, news_clear)

/* From the station to which the person is brought, and from another that took the person in. */
static gboolean
look_for_answer (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituRecord *transfer,
                 News *news,
                 GError **error)
{
  for (int by_receipt = FALSE; by_receipt <= TRUE; by_receipt++)
    {
      g_autoptr (GuituRecord) answer = NULL;

      if (!find_answer (call, transaction, transfer, by_receipt, &answer, error))
        return FALSE;
      if (answer == NULL || is_taken (transaction, transfer, answer))
        continue;
      g_ptr_array_add (news->transfers, g_strdup (guitu_record_id (transfer)));
      g_ptr_array_add (news->answers, g_steal_pointer (&answer));
    }
  return TRUE;
}

static gboolean
look_for_answers (GuituCall *call,
                  GuituTransaction *transaction,
                  News *news,
                  GError **error)
{
  static const char *const states[] = { "departed", "handed-over", "rejected", NULL };
  const GuituQuery open = { .conditions = { { GUITU_TRANSFER_CLOSED_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) transfers = guitu_records_find (transaction, &guitu_kind_transfer, &open, error);

  for (guint i = 0; transfers != NULL && i < transfers->len; i++)
    if (g_strv_contains (states, guitu_record_text (transfers->pdata[i], GUITU_TRANSFER_STATE)) &&
        !look_for_answer (call, transaction, transfers->pdata[i], news, error))
      return FALSE;
  return transfers != NULL;
}

/* A mistake shows within days. */
static gboolean
look_for_mistakes (GuituCall *call,
                   GuituTransaction *transaction,
                   News *news,
                   GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *since = guitu_date_add_days (today, -MISTAKE_DAYS);
  const GuituQuery late = { .conditions = { { GUITU_TRANSFER_CLOSED_AT, GUITU_AT_LEAST, since }, { GUITU_TRANSFER_STATE, GUITU_EQUAL, "accepted" } } };
  g_autoptr (GPtrArray) transfers = guitu_records_find (transaction, &guitu_kind_transfer, &late, error);

  for (guint i = 0; transfers != NULL && i < transfers->len; i++)
    if (!look_for_answer (call, transaction, transfers->pdata[i], news, error))
      return FALSE;
  return transfers != NULL;
}

static gboolean
look_for_files (GuituCall *call,
                GuituTransaction *transaction,
                News *news,
                GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_INCOMING_LETTER, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) incoming = guitu_records_find (transaction, &guitu_kind_incoming, &open, error);

  for (guint i = 0; incoming != NULL && i < incoming->len; i++)
    {
      g_autoptr (GuituRecord) letter = NULL;

      if (!find_file (call, transaction, incoming->pdata[i], &letter, error))
        return FALSE;
      if (letter == NULL)
        continue;
      g_ptr_array_add (news->incoming, g_strdup (guitu_record_id (incoming->pdata[i])));
      g_ptr_array_add (news->files, g_steal_pointer (&letter));
    }
  return incoming != NULL;
}

static gboolean
look (GuituCall *call,
      News *news,
      GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);

  news->transfers = g_ptr_array_new_with_free_func (g_free);
  news->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  news->incoming = g_ptr_array_new_with_free_func (g_free);
  news->files = g_ptr_array_new_with_free_func ((GDestroyNotify) guitu_record_free);
  return transaction != NULL && look_for_answers (call, transaction, news, error) && look_for_mistakes (call, transaction, news, error) &&
         look_for_files (call, transaction, news, error);
}

gboolean
guitu_transfers_take_answers (GuituCall *call,
                              GError **error)
{
  g_auto (News) news = { NULL };
  g_autoptr (GuituTransaction) transaction = NULL;

  if (!look (call, &news, error))
    return FALSE;
  if (news.transfers->len == 0 && news.incoming->len == 0)
    return TRUE;
  transaction = guitu_call_write (call, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < news.transfers->len; i++)
    if (!apply_answer (call, transaction, news.transfers->pdata[i], news.answers->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < news.incoming->len; i++)
    {
      g_autoptr (GuituRecord) incoming = guitu_record_load (transaction, &guitu_kind_incoming, news.incoming->pdata[i], error);

      if (incoming == NULL || !guitu_incoming_fill (call, transaction, incoming, news.files->pdata[i], error))
        return FALSE;
    }
  return guitu_transaction_commit (transaction, error);
}

/* --- What became of them ------------------------------------------------------------------------- */

gboolean
guitu_hand_over_tell_follow_up (GuituCall *call,
                                GuituTransaction *transaction,
                                const GuituRecord *follow_up,
                                GError **error)
{
  static const int told[] = { GUITU_FOLLOW_UP_DONE_ON, GUITU_FOLLOW_UP_HOW, GUITU_FOLLOW_UP_FOUND_AT_HOME, GUITU_FOLLOW_UP_TEXT };
  const char *stay_id = guitu_record_text (follow_up, GUITU_FOLLOW_UP_STAY);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) incoming = guitu_record_find_one (transaction, &guitu_kind_incoming, GUITU_INCOMING_STAY, stay_id, &failure);
  g_autoptr (GuituRecord) stay = incoming == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, stay_id, &failure);
  g_autoptr (JsonObject) content = json_object_new ();
  g_autoptr (GuituRecord) letter = NULL;
  guint fences = GUITU_FENCE_NONE;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (incoming == NULL)
    return TRUE;
  if (!guitu_fence_of (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), &fences, error))
    return FALSE;
  json_object_set_int_member (content, "format", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (guitu_record_is_set (follow_up, told[i]) && (told[i] != GUITU_FOLLOW_UP_TEXT || (fences & (GUITU_FENCE_VIOLENCE | GUITU_FENCE_TRAFFICKING)) == 0))
      json_object_set_string_member (content, guitu_kind_follow_up.fields[told[i]].name, guitu_record_text (follow_up, told[i]));
  letter = guitu_letter_write (call, transaction, guitu_record_text (incoming, GUITU_INCOMING_FROM_STATION), "follow-up", guitu_record_text (incoming, GUITU_INCOMING_ABOUT), content, error);
  return letter != NULL;
}

/* --- Who is expected ----------------------------------------------------------------------------- */

/* Enough to make a bed and wait for somebody; of who is protected only that to who may see them. */
static JsonObject *
expected_to_json (GuituCall *call,
                  GuituTransaction *transaction,
                  const GuituRecord *letter)
{
  g_autoptr (JsonObject) content = guitu_letter_content (letter);
  g_autoptr (GuituRecord) person = guitu_hand_over_person (content, NULL);
  g_autoptr (GuituRecord) station = guitu_known_station (transaction, guitu_record_text (letter, GUITU_LETTER_STATION));
  const char *sent = guitu_record_text (letter, GUITU_LETTER_SENT_AT);
  gboolean may_see = guitu_hand_over_may_see (call, content);
  static const char *const arrival[] = { "departs_at", "arrives_at", "escorts", "route", "company" };
  static const char *const shown[] = { "person", "stay", "transfer", "belongings", "statements", "kin", "papers" };
  JsonObject *journey = guitu_member_object (content, "transfer");
  JsonObject *json = json_object_new ();
  g_autofree char *now = guitu_now ();

  json_object_set_string_member (json, "letter", guitu_record_id (letter));
  json_object_set_string_member (json, "from_station", guitu_record_text (letter, GUITU_LETTER_STATION));
  if (station != NULL)
    json_object_set_string_member (json, "from_name", guitu_record_text (station, GUITU_STATION_NAME));
  json_object_set_string_member (json, "sent_at", sent);
  json_object_set_int_member (json, "hours", (guitu_time_to_unix (now) - guitu_time_to_unix (sent)) / SECONDS_PER_HOUR);
  json_object_set_boolean_member (json, "has_picture", guitu_record_is_set (letter, GUITU_LETTER_PICTURE));
  for (gsize i = 0; i < G_N_ELEMENTS (arrival); i++)
    if (journey != NULL && json_object_has_member (journey, arrival[i]))
      json_object_set_member (json, arrival[i], json_node_copy (json_object_get_member (journey, arrival[i])));
  json_object_set_string_member (json, "sex", guitu_record_text (person, GUITU_PERSON_SEX));
  guitu_person_add_age (json, person);
  json_object_set_string_member (json, "display_name", may_see ? guitu_person_display_name (person) : GUITU_FENCE_NAME);
  if (guitu_hand_over_protected (content) != NULL)
    json_object_set_string_member (json, "protected", guitu_hand_over_protected (content));
  if (guitu_call_flag (call, "full") && may_see)
    for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
      if (json_object_has_member (content, shown[i]))
        {
          g_autofree char *name = g_strconcat ("file_", shown[i], NULL);

          json_object_set_member (json, name, json_node_copy (json_object_get_member (content, shown[i])));
        }
  return json;
}

static gboolean
run_incoming (GuituCall *call,
              GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_read (call, error);
  g_autoptr (GPtrArray) letters = transaction == NULL ? NULL : guitu_letters_expected (transaction, error);

  for (guint i = 0; letters != NULL && i < letters->len; i++)
    guitu_call_emit (call, expected_to_json (call, transaction, letters->pdata[i]));
  return letters != NULL;
}

gboolean
guitu_incoming_list (GuituCall *call,
                     GuituTransaction *transaction,
                     const char *state,
                     GError **error)
{
  const GuituQuery newest = { .descending = TRUE, .limit = LIST_LIMIT };
  g_autoptr (GPtrArray) incoming = guitu_records_find (transaction, &guitu_kind_incoming, &newest, error);

  for (guint i = 0; incoming != NULL && i < incoming->len; i++)
    if (state == NULL || guitu_record_says (incoming->pdata[i], GUITU_INCOMING_STATE, state))
      {
        JsonObject *json = guitu_record_to_json (incoming->pdata[i], FALSE);

        json_object_set_string_member (json, "direction", "in");
        guitu_call_emit (call, json);
      }
  return incoming != NULL;
}

static const GuituOption incoming_options[] = {
  { "full", GUITU_OPTION_FLAG, FALSE, "with the whole file, as far as you may see it" },
  { NULL },
};

const GuituVerb guitu_verb_transfer_incoming = {
  "transfer incoming", "List who is brought here by other stations and not answered yet, longest waiting first", GUITU_VERB_PLAIN, incoming_options, NULL, run_incoming
};
