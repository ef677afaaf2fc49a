/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two ends of a paper between stations. The receiving station accepts it: that makes a receipt, a
 * paper of its own, whose seal answers the seal of what was accepted. The issuing station reads the
 * receipt when it comes back: its paper has served its purpose, and the way home has arrived. */

#include "app/seal-judge.h"

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/transfer.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
refuse (const GuituSealVerdict *verdict,
        GError **error)
{
  return verdict == &guitu_seal_verdict_genuine || guitu_fail (error, GUITU_ERROR_UNTRUSTED, verdict->result, "text", "%s", verdict->advice);
}

/* A seal that is good; anything else ends the verb. */
static gboolean
read_good_seal (GuituSealFound *found,
                GuituCall *call,
                GuituTransaction *transaction,
                GError **error)
{
  g_autofree char *now = guitu_now ();
  const GuituSealVerdict *verdict = &guitu_seal_verdict_unreadable;

  if (!guitu_seal_found_resolve (found, call, transaction, error))
    return FALSE;
  if (found->seal != NULL && !guitu_seal_found_judge (found, transaction, guitu_time_to_unix (now), &verdict, error))
    return FALSE;
  return refuse (verdict, error);
}

/* --- Accepting -------------------------------------------------------------------------------- */

static void
put (JsonObject *typed,
     const char *key,
     const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (typed, key, text);
}

/* What the accepted paper's seal says, and no more. */
static void
describe (JsonObject *typed,
          const GuituSealFound *found)
{
  const GuituSeal *seal = found->seal;
  const GuituForm *form = guitu_form_find (seal->kind);
  g_autofree char *issued = guitu_time_from_unix (seal->issued_at);
  g_autofree char *issued_words = guitu_time_in_chinese (issued);
  g_autofree char *year = seal->birth_year == 0 ? NULL : g_strdup_printf ("%d年", seal->birth_year);
  g_autofree char *station = g_strdup_printf ("%s（%s）", guitu_record_text (found->station, GUITU_STATION_NAME), seal->station);
  g_autofree char *words = guitu_seal_words (found->text);

  put (typed, "received.title", form == NULL ? seal->kind : guitu_form_title (form));
  put (typed, "received.number", seal->number);
  put (typed, "received.station", station);
  put (typed, "received.issued", issued_words);
  put (typed, "received.words", words);
  put (typed, "received.name", seal->surname);
  put (typed, "received.sex", seal->sex);
  put (typed, "received.birth_year", year);
  put (typed, "received.id_last4", seal->id_last4);
  put (typed, "received.destination", seal->destination);
}

/* When, and by whom, unless the call says otherwise. */
static gboolean
complete (GuituCall *call,
          JsonObject *typed,
          const char *note,
          GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autofree char *words = guitu_time_in_chinese (now);

  put (typed, "receipt.accepted_at", words);
  put (typed, "receipt.handed_over_by", guitu_call_text (call, "handed_over_by"));
  put (typed, "receipt.note", note);
  put (typed, "receipt.by", guitu_session_display_name (call->session));
  return guitu_text_check (&guitu_kind_transfer.fields[GUITU_TRANSFER_ESCORTS], json_object_get_string_member_with_default (typed, "receipt.handed_over_by", ""), error) &&
         guitu_text_check (&guitu_kind_event.fields[GUITU_EVENT_TEXT], json_object_get_string_member_with_default (typed, "receipt.note", ""), error);
}

static gboolean
check_other (GuituCall *call,
             const GuituSealFound *found,
             GError **error)
{
  if (strcmp (found->seal->station, guitu_store_keys (call->store)->station) == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "own-paper", "text", "This is a paper of this station: the receiving station accepts it");
  if (strcmp (found->seal->kind, "receipt") == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "is-receipt", "text", "This is a receipt: enter it with “paper receipt”");
  if (!guitu_paper_is_accepted (found->seal->kind))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-accepted", "text", "With a paper of this kind nobody is handed over: there is nothing to accept");
  return TRUE;
}

gboolean
guitu_receipt_find (GuituTransaction *transaction,
                    const char *sealed,
                    GuituRecord **receipt,
                    GError **error)
{
  const GuituQuery given = { .conditions = { { GUITU_PAPER_ANSWERS, GUITU_EQUAL, sealed } } };
  g_autoptr (GPtrArray) receipts = guitu_records_find (transaction, &guitu_kind_paper, &given, error);

  *receipt = NULL;
  for (guint i = 0; receipts != NULL && *receipt == NULL && i < receipts->len; i++)
    if (!guitu_record_says (receipts->pdata[i], GUITU_PAPER_STATE, "voided"))
      *receipt = guitu_record_load (transaction, &guitu_kind_paper, guitu_record_id (receipts->pdata[i]), error);
  return receipts != NULL;
}

gboolean
guitu_receipt_check (GuituCall *call,
                     GuituTransaction *transaction,
                     const GuituSealFound *found,
                     GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autofree char *sealed = found->seal == NULL ? NULL : guitu_seal_found_answers (found);
  const GuituSealVerdict *verdict = &guitu_seal_verdict_unreadable;
  g_autoptr (GuituRecord) given = NULL;

  if (found->seal != NULL && (!check_other (call, found, error) || !guitu_seal_found_judge (found, transaction, guitu_time_to_unix (now), &verdict, error) ||
                              !guitu_receipt_find (transaction, sealed, &given, error)))
    return FALSE;
  return (given != NULL && strcmp (verdict->result, "used") == 0) || refuse (verdict, error);
}

GuituRecord *
guitu_receipt_make (GuituCall *call,
                    GuituTransaction *transaction,
                    const GuituSealFound *found,
                    const char *note,
                    GError **error)
{
  const GuituForm *form = guitu_form_find ("receipt");
  g_auto (GuituPaperSubject) subject = { 0 };

  subject.answers = guitu_seal_found_answers (found);
  if (!guitu_paper_subject_load (&subject, call, transaction, "receipt", NULL, error))
    return NULL;
  describe (subject.typed, found);
  if (!complete (call, subject.typed, note, error) ||
      (call->verb == &guitu_verb_paper_accept && !guitu_paper_take_typed (call, form, subject.typed, error)))
    return NULL;
  return guitu_paper_issue_subject (call, transaction, form, &subject, NULL, NULL, error);
}

static gboolean
run_accept (GuituCall *call,
            GError **error)
{
  g_auto (GuituSealFound) found = { NULL };
  g_autoptr (GuituTransaction) transaction = !guitu_seal_found_read (&found, call, error) ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) paper = NULL;

  if (transaction == NULL || !read_good_seal (&found, call, transaction, error) || !check_other (call, &found, error))
    return FALSE;
  paper = guitu_receipt_make (call, transaction, &found, guitu_call_text (call, "note"), error);
  return paper != NULL && guitu_paper_commit (call, transaction, paper, error);
}

/* --- The receipt comes back -------------------------------------------------------------------- */

/* The printing of ours that a receipt answers. */
static GuituRecord *
find_answered (GuituTransaction *transaction,
               const char *answers,
               GError **error)
{
  g_auto (GStrv) parts = g_strsplit (answers != NULL ? answers : "", " ", 2);
  GuituQuery of_number = { 0 };
  g_autoptr (GPtrArray) papers = NULL;

  if (g_strv_length (parts) != 2)
    {
      guitu_fail (error, GUITU_ERROR_INVALID, "no-receipt", "text", "This is no receipt");
      return NULL;
    }
  of_number.conditions[0] = (GuituCondition){ GUITU_PAPER_NUMBER, GUITU_EQUAL, parts[0] };
  papers = guitu_records_find (transaction, &guitu_kind_paper, &of_number, error);
  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      g_autofree char *name = guitu_seal_name (guitu_record_text (papers->pdata[i], GUITU_PAPER_SEAL));

      if (strcmp (name, parts[1]) == 0)
        return g_ptr_array_steal_index (papers, i);
    }
  if (papers != NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "text", "This receipt is for no paper of this station (%s)", parts[0]);
  return NULL;
}

/* The way home has arrived. */
static gboolean
close_transfer (GuituTransaction *transaction,
                const GuituRecord *paper,
                const GuituSealFound *found,
                GError **error)
{
  const char *id = guitu_record_text (paper, GUITU_PAPER_TRANSFER);
  g_autoptr (GuituRecord) transfer = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_transfer, id, error);
  g_autofree char *given = guitu_time_from_unix (found->seal->issued_at);

  if (transfer == NULL)
    return id == NULL;
  if (guitu_record_says (transfer, GUITU_TRANSFER_STATE, "planned") || guitu_record_says (transfer, GUITU_TRANSFER_STATE, "approved"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-departed", "transfer", "The other station has the person, but no departure is on record here: record it first");
  guitu_record_set_text (transfer, GUITU_TRANSFER_RECEIPT, found->seal->number);
  if (!guitu_record_says (transfer, GUITU_TRANSFER_STATE, "accepted"))
    {
      guitu_record_set_text (transfer, GUITU_TRANSFER_STATE, "accepted");
      guitu_record_set_text (transfer, GUITU_TRANSFER_ACCEPTED_BY, guitu_record_text (found->station, GUITU_STATION_NAME));
      guitu_record_set_text (transfer, GUITU_TRANSFER_ACCEPTED_AT, given);
      guitu_transfer_close_if_done (transfer, given);
    }
  return guitu_transfer_end_journey (transaction, transfer, error) && guitu_transaction_put (transaction, transfer, error);
}

static gboolean
enter_receipt (GuituCall *call,
               GuituTransaction *transaction,
               GuituSealFound *found,
               GuituRecord **paper,
               GError **error)
{
  g_autofree char *given = NULL;
  gboolean is_known;

  if (!read_good_seal (found, call, transaction, error))
    return FALSE;
  *paper = find_answered (transaction, found->seal->answers, error);
  if (*paper == NULL)
    return FALSE;
  is_known = guitu_record_says (*paper, GUITU_PAPER_RECEIPT, found->text);
  guitu_record_set_text (*paper, GUITU_PAPER_RECEIPT, found->text);
  given = guitu_time_from_unix (found->seal->issued_at);
  if (!is_known)
    guitu_record_set_text (*paper, GUITU_PAPER_USED_AT, given); /* every desk that reads it writes the same */
  return (is_known || guitu_paper_retire (call, transaction, *paper, "used", found->seal->number, error)) && close_transfer (transaction, *paper, found, error);
}

gboolean
guitu_receipt_take (GuituCall *call,
                    GuituTransaction *transaction,
                    const char *text,
                    GuituRecord **paper,
                    GError **error)
{
  g_auto (GuituSealFound) found = { .text = g_strdup (text), .seal = guitu_seal_parse (text, NULL) };

  return enter_receipt (call, transaction, &found, paper, error);
}

static gboolean
run_receipt (GuituCall *call,
             GError **error)
{
  g_auto (GuituSealFound) found = { NULL };
  g_autoptr (GuituTransaction) transaction = !guitu_seal_found_read (&found, call, error) ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) paper = NULL;

  if (transaction == NULL || !enter_receipt (call, transaction, &found, &paper, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_paper_to_json (paper));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption accept_options[] = {
  GUITU_SEAL_OPTIONS,
  { "handed_over_by", GUITU_OPTION_TEXT, FALSE, "who brought the person" },
  { "note", GUITU_OPTION_TEXT, FALSE, "what was found, what is missing" },
  { "fields", GUITU_OPTION_RECORD, FALSE, "anything else the receipt says, such as receipt.checked; or --set KEY=TEXT for each" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

static const GuituOption receipt_options[] = { GUITU_SEAL_OPTIONS, { NULL } };

const GuituVerb guitu_verb_paper_accept = {
  "paper accept", "Accept a paper of another station: makes the receipt, whose seal answers its seal", GUITU_VERB_WRITES, accept_options, NULL, run_accept
};
const GuituVerb guitu_verb_paper_receipt = {
  "paper receipt", "Enter the receipt that came back: the paper is used, the way home has arrived", GUITU_VERB_WRITES, receipt_options, NULL, run_receipt
};
