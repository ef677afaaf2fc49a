/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A paper is a record: what stands on it is kept word for word, so that the same bytes can be made
 * again years later. A reprint is a new printing of the same number and voids the one before; that
 * another station may know, a mark goes to the shared scope: number, seal and state, no name. */

#include "app/papers.h"

#include "app/fence.h"
#include "app/hand-over.h"
#include "app/list-notice.h"
#include "app/paper-fields.h"
#include "app/regions.h"
#include "app/rules.h"
#include "app/situation.h"
#include "app/tracing-notice.h"
#include "app/verbs.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

char *
guitu_seal_name (const char *seal)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const guint8 *) seal, strlen (seal));
  return guitu_hex (hash, 16);
}

char *
guitu_seal_words (const char *seal)
{
  g_autofree char *name = guitu_seal_name (seal);

  return g_strdup_printf ("%.4s %.4s %.4s", name, name + 4, name + 8);
}

char *
guitu_label_code (const char *station,
                  const char *number,
                  const char *seal_name)
{
  g_autofree char *code = g_strdup_printf (GUITU_LABEL_PREFIX "%s:%s:%.12s", station, number, seal_name);

  return g_ascii_strup (code, -1); /* capitals make a smaller QR code */
}

/* --- Issuing --------------------------------------------------------------------------------- */

/* Surname only; of a name that is not Han its first character. */
static char *
surname_mask (const GuituRecord *person)
{
  const char *name = guitu_record_text (person, GUITU_PERSON_NAME);
  g_autofree char *surname = NULL;

  if (name == NULL)
    return NULL;
  surname = guitu_name_surname (name);
  return g_strconcat (surname, "**", NULL);
}

/* Where the ticket goes, the person is brought, or went. */
static char *
destination_text (const GuituPaperSubject *subject)
{
  const char *text = subject->transfer != NULL ? guitu_record_text (subject->transfer, GUITU_TRANSFER_TO_REGION) : NULL;
  char *region;
  glong limit = 30;

  if (text == NULL && subject->transfer != NULL)
    text = guitu_record_text (subject->transfer, GUITU_TRANSFER_TO_STATION);
  if (text == NULL)
    text = json_object_get_string_member_with_default (subject->typed, "ticket.to", NULL);
  if (text == NULL && subject->stay != NULL)
    text = guitu_record_text (subject->stay, GUITU_STAY_DESTINATION);
  if (text == NULL)
    return NULL;
  region = guitu_regions_full_name (text);
  if (region != NULL)
    return region;
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), limit));
}

/* What a seal says of a person in clear: enough to compare, and no more. */
static void
describe_person (GuituSeal *seal,
                 const GuituRecord *person)
{
  const char *birth = guitu_record_text (person, GUITU_PERSON_BIRTH_FROM);
  const char *id_number = guitu_record_text (person, GUITU_PERSON_ID_NUMBER);
  const GuituCode *sex = guitu_codes_find ("sex", guitu_record_text (person, GUITU_PERSON_SEX));

  seal->surname = surname_mask (person);
  seal->birth_year = birth == NULL ? 0 : atoi (birth);
  seal->sex = sex == NULL ? NULL : g_strdup (sex->chinese);
  if (id_number != NULL && strlen (id_number) >= 8)
    seal->id_last4 = g_strdup (id_number + strlen (id_number) - 4);
}

static char *
make_seal (GuituCall *call,
           const GuituPaperSubject *subject,
           const GuituRecord *paper,
           JsonObject *fields,
           GError **error)
{
  g_autoptr (GuituSeal) seal = guitu_seal_new ();

  seal->number = g_strdup (guitu_record_text (paper, GUITU_PAPER_NUMBER));
  seal->kind = g_strdup (guitu_record_text (paper, GUITU_PAPER_KIND));
  seal->station = g_strdup (guitu_record_text (subject->station, GUITU_STATION_CODE));
  seal->issued_at = guitu_time_to_unix (guitu_record_text (paper, GUITU_PAPER_ISSUED_AT));
  seal->expires_at = guitu_time_to_unix (guitu_record_text (paper, GUITU_PAPER_EXPIRES_AT));
  seal->destination = destination_text (subject);
  seal->answers = g_strdup (guitu_record_text (paper, GUITU_PAPER_ANSWERS));
  if (subject->person != NULL)
    describe_person (seal, subject->person);
  guitu_paper_digest (guitu_form_find (seal->kind), fields, seal->digest);
  return guitu_seal_make (seal, guitu_store_keys (call->store)->station_secret, error);
}

/* A paper is good until the end of its last day, a ticket at least until that of the journey. */
static char *
expiry_of (const char *kind,
           JsonObject *typed,
           const char *issued_at)
{
  g_autofree char *day = guitu_date_add_days (issued_at, guitu_rules_integer (guitu_paper_kind (kind)->valid_rule, issued_at));
  const char *departs = json_object_get_string_member_with_default (typed, "ticket.departs_on", NULL);
  g_autofree char *journey = departs == NULL ? NULL : guitu_date_parse (departs);

  return guitu_end_of_day (journey != NULL && strcmp (journey, day) > 0 ? journey : day);
}

/* Fills number, times and sequence into the record and among the printed fields, and seals. */
static gboolean
complete (GuituCall *call,
          const GuituPaperSubject *subject,
          GuituRecord *paper,
          JsonObject *fields,
          GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autofree char *expires = expiry_of (guitu_record_text (paper, GUITU_PAPER_KIND), subject->typed, now);
  g_autofree char *issued_words = guitu_time_in_chinese (now);
  g_autofree char *last_day = g_strndup (expires, strlen ("YYYY-MM-DD"));
  g_autofree char *expires_words = guitu_time_in_chinese (last_day);
  g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, guitu_record_integer (paper, GUITU_PAPER_SEQUENCE, 1));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *seal = NULL;
  g_autofree char *text = NULL;

  guitu_record_set_text (paper, GUITU_PAPER_ISSUED_AT, now);
  guitu_record_set_text (paper, GUITU_PAPER_EXPIRES_AT, expires);
  guitu_record_set_text (paper, GUITU_PAPER_ISSUED_BY, call->session->id);
  guitu_record_set_text (paper, GUITU_PAPER_STATE, "issued");
  json_object_set_string_member (fields, "paper.number", guitu_record_text (paper, GUITU_PAPER_NUMBER));
  json_object_set_string_member (fields, "paper.issued_at", issued_words);
  if (guitu_paper_kind (guitu_record_text (paper, GUITU_PAPER_KIND))->ends)
    json_object_set_string_member (fields, "paper.expires_at", expires_words);
  json_object_set_string_member (fields, "paper.issued_by",
                                 guitu_session_display_name (call->session));
  json_object_set_string_member (fields, "paper.sequence", sequence);
  seal = make_seal (call, subject, paper, fields, error);
  if (seal == NULL)
    return FALSE;
  json_node_set_object (node, fields);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (paper, GUITU_PAPER_FIELDS, text);
  guitu_record_set_text (paper, GUITU_PAPER_SEAL, seal);
  return TRUE;
}

static gboolean
give_number (GuituTransaction *transaction,
             GuituRecord *paper,
             const GuituForm *form,
             GError **error)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *series = g_strdup_printf ("paper-%s", guitu_form_kind (form));
  g_autofree char *prefix = g_strdup_printf ("%s-", guitu_form_prefix (form));
  g_autofree char *number = guitu_number_next (transaction, series, prefix, today, 5, error);

  guitu_record_set_text (paper, GUITU_PAPER_NUMBER, number);
  return number != NULL;
}

/* Who can't leave alone declares nothing of the kind: a child does not let itself go. */
static gboolean
check_statement (GuituTransaction *transaction,
                 const GuituForm *form,
                 const GuituPaperSubject *subject,
                 GError **error)
{
  g_autofree char *today = guitu_today ();
  GuituSituation situation;

  if (strcmp (guitu_form_kind (form), "voluntary-leave-statement") != 0)
    return TRUE;
  if (!guitu_situation_read (transaction, subject->stay, subject->person, today, &situation, error))
    return FALSE;
  return !guitu_situation_needs_company (&situation) ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "not-alone", "kind", "This person is, or may be, a child, or shows signs of a disability: who can't leave alone does not declare to leave");
}

static gboolean
check_issue (GuituTransaction *transaction,
             const GuituForm *form,
             const GuituPaperSubject *subject,
             GError **error)
{
  if (subject->stay == NULL)
    return TRUE;
  if (!guitu_notice_paper_check (transaction, guitu_form_kind (form), subject->person, error) || !check_statement (transaction, form, subject, error))
    return FALSE;
  if (guitu_record_is_voided (subject->stay))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "voided", "stay", "This stay was registered by mistake; no paper is issued for it");
  return guitu_notice_check (guitu_form_kind (form), subject->stay, error) &&
         guitu_list_notice_check (transaction, guitu_form_kind (form), subject->stay, error);
}

GuituRecord *
guitu_paper_issue_subject (GuituCall *call,
                           GuituTransaction *transaction,
                           const GuituForm *form,
                           const GuituPaperSubject *subject,
                           const GuituRecord *earlier,
                           GuituRecord *draft,
                           GError **error)
{
  g_autoptr (GuituRecord) paper = draft != NULL ? draft : guitu_record_new (&guitu_kind_paper);
  g_autoptr (JsonObject) fields = NULL;

  if (!check_issue (transaction, form, subject, error))
    return NULL;
  fields = guitu_paper_collect (transaction, subject, form, error);
  if (fields == NULL || !guitu_paper_check_complete (form, fields, error))
    return NULL;
  guitu_record_set_text (paper, GUITU_PAPER_KIND, guitu_form_kind (form));
  guitu_paper_subject_put (subject, paper);
  guitu_record_set_integer (paper, GUITU_PAPER_SEQUENCE, earlier == NULL ? 1 : guitu_record_integer (earlier, GUITU_PAPER_SEQUENCE, 1) + 1);
  if (subject->answers != NULL)
    guitu_record_set_text (paper, GUITU_PAPER_ANSWERS, subject->answers);
  if (earlier != NULL)
    guitu_record_set_text (paper, GUITU_PAPER_NUMBER, guitu_record_text (earlier, GUITU_PAPER_NUMBER));
  else if (!give_number (transaction, paper, form, error))
    return NULL;
  if (!complete (call, subject, paper, fields, error) || !guitu_transaction_put (transaction, paper, error) ||
      (subject->transfer != NULL && !guitu_hand_over_name_paper (call, transaction, subject->transfer, error)))
    return NULL;
  return g_steal_pointer (&paper);
}

GuituRecord *
guitu_paper_issue (GuituCall *call,
                   GuituTransaction *transaction,
                   const char *kind,
                   const GuituRecord *stay,
                   GError **error)
{
  const GuituForm *form = guitu_paper_form (kind, error);
  g_auto (GuituPaperSubject) subject = { 0 };

  if (form == NULL || !guitu_notice_check (kind, stay, error) ||
      !guitu_paper_subject_load (&subject, call, transaction, kind, guitu_record_id (stay), error))
    return NULL;
  return guitu_paper_issue_subject (call, transaction, form, &subject, NULL, NULL, error);
}

/* The PDF is made before the record, so that a paper that can't be printed is not issued; it leaves the
 * program after the record is durable, so that no seal is about that the register does not know. */
gboolean
guitu_paper_commit (GuituCall *call,
                    GuituTransaction *transaction,
                    const GuituRecord *paper,
                    GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (JsonObject) result = guitu_paper_make (call, transaction, paper, &pdf, error);

  if (result == NULL || !guitu_paper_warn (transaction, paper, result, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  if (pdf != NULL && !guitu_paper_give_pdf (call, pdf, result, error))
    {
      g_prefix_error (error, "%s is issued, but its PDF was not written: make it again with “paper show”. ", guitu_record_text (paper, GUITU_PAPER_NUMBER));
      return FALSE;
    }
  guitu_call_emit (call, g_steal_pointer (&result));
  return TRUE;
}

/* A notice is issued when a second person agrees, once for each decision. */
gboolean
guitu_notice_refuse_another (GuituTransaction *transaction,
                             const char *kind,
                             const GuituRecord *stay,
                             GError **error)
{
  GuituQuery valid = { .conditions = { { GUITU_PAPER_KIND, GUITU_EQUAL, kind }, { GUITU_PAPER_STATE, GUITU_EQUAL, "issued" } } };
  g_autoptr (GPtrArray) papers = NULL;

  if (!guitu_paper_is_notice (kind))
    return TRUE;
  valid.conditions[2] = (GuituCondition){ GUITU_PAPER_STAY, GUITU_EQUAL, guitu_record_id (stay) };
  papers = guitu_records_find (transaction, &guitu_kind_paper, &valid, error);
  if (papers == NULL || papers->len == 0)
    return papers != NULL;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "already-issued", "stay", "This notice was issued already (%s): print it again with “paper reprint”",
                     guitu_record_text (papers->pdata[0], GUITU_PAPER_NUMBER));
}

static gboolean
run_issue (GuituCall *call,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) draft = NULL;
  g_autoptr (GuituRecord) paper = NULL;
  const GuituForm *form = transaction == NULL ? NULL : guitu_paper_read_matter (call, transaction, &subject, &draft, error);

  if (form == NULL || !guitu_notice_refuse_another (transaction, guitu_form_kind (form), subject.stay, error))
    return FALSE;
  paper = guitu_paper_issue_subject (call, transaction, form, &subject, NULL, g_steal_pointer (&draft), error);
  return paper != NULL && guitu_paper_commit (call, transaction, paper, error);
}

/* --- Who may have it --------------------------------------------------------------------------- */

/* Lists of the house name everybody as whoever issued them saw it. */
static gboolean
is_own_of_today (GuituCall *call,
                 const GuituRecord *paper)
{
  const char *issued = guitu_record_text (paper, GUITU_PAPER_ISSUED_AT);
  g_autofree char *today = guitu_today ();

  return guitu_record_says (paper, GUITU_PAPER_ISSUED_BY, call->session->id) && issued != NULL && g_str_has_prefix (issued, today);
}

gboolean
guitu_paper_refuse (GuituCall *call,
                    GuituTransaction *transaction,
                    const GuituRecord *paper,
                    GError **error)
{
  const char *kind = guitu_record_text (paper, GUITU_PAPER_KIND);
  GuituPaperAbout about = guitu_form_find (kind) == NULL ? GUITU_PAPER_OF_STAY : guitu_paper_kind (kind)->about;

  if ((about == GUITU_PAPER_OF_HOUSE || about == GUITU_PAPER_OF_SHIFT) && !is_own_of_today (call, paper) &&
      !guitu_fence_refuse_list (call, error))
    return FALSE;
  return guitu_fence_refuse_record (call, transaction, &guitu_kind_paper, guitu_record_id (paper), error);
}

/* --- The life of a paper ---------------------------------------------------------------------- */

gboolean
guitu_paper_end (GuituTransaction *transaction,
                 GuituRecord *paper,
                 const char *state,
                 const char *reason,
                 GError **error)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, guitu_transaction_keys (transaction)->station, NULL, NULL);
  g_autofree char *sealed = guitu_seal_name (guitu_record_text (paper, GUITU_PAPER_SEAL));
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (paper, GUITU_PAPER_STATE, state);
  guitu_record_set_text (paper, GUITU_PAPER_REASON, reason);
  if (strcmp (state, "used") == 0 && !guitu_record_is_set (paper, GUITU_PAPER_USED_AT))
    guitu_record_set_text (paper, GUITU_PAPER_USED_AT, now);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_NUMBER, guitu_record_text (paper, GUITU_PAPER_NUMBER));
  guitu_record_set_text (mark, GUITU_PAPER_MARK_SEALED, sealed);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_STATE, state);
  guitu_record_set_text (mark, GUITU_PAPER_MARK_AT, now);
  return guitu_transaction_put (transaction, paper, error) && guitu_transaction_put (transaction, mark, error);
}

gboolean
guitu_paper_retire (GuituCall *call,
                    GuituTransaction *transaction,
                    GuituRecord *paper,
                    const char *state,
                    const char *reason,
                    GError **error)
{
  if (!guitu_record_says (paper, GUITU_PAPER_STATE, "issued"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-valid", "number", "This paper is not, or no longer, valid (%s)",
                       guitu_record_text (paper, GUITU_PAPER_STATE));
  return guitu_paper_end (transaction, paper, state, reason, error);
}

static gboolean
run_reprint (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) earlier = transaction == NULL ? NULL : guitu_paper_find (call, transaction, error);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GuituRecord) paper = NULL;
  const GuituForm *form;

  if (earlier == NULL)
    return FALSE;
  form = guitu_paper_form (guitu_record_text (earlier, GUITU_PAPER_KIND), error);
  if (form == NULL || !guitu_paper_retire (call, transaction, earlier, "replaced", NULL, error) ||
      !guitu_paper_subject_of (&subject, call, transaction, earlier, error) ||
      !guitu_paper_take_typed (call, form, subject.typed, error))
    return FALSE;
  paper = guitu_paper_issue_subject (call, transaction, form, &subject, earlier, NULL, error);
  return paper != NULL && guitu_paper_commit (call, transaction, paper, error);
}

/* A draft was never a paper: it goes as any record does that was a mistake. */
static gboolean
end_paper (GuituCall *call,
           GuituTransaction *transaction,
           GuituRecord *paper,
           const char *reason,
           GError **error)
{
  if (guitu_record_says (paper, GUITU_PAPER_STATE, "draft"))
    return guitu_call_void (transaction, paper, reason, error);
  return guitu_paper_retire (call, transaction, paper, "voided", reason, error);
}

static gboolean
run_use (GuituCall *call,
         GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) paper = transaction == NULL ? NULL : guitu_paper_find (call, transaction, error);
  const char *note = guitu_call_text (call, "note");
  GuituField field = guitu_kind_paper.fields[GUITU_PAPER_REASON];

  field.name = "note";
  if (paper == NULL || (note != NULL && !guitu_text_check (&field, note, error)) ||
      !guitu_paper_refuse (call, transaction, paper, error) ||
      !guitu_paper_retire (call, transaction, paper, "used", note, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_paper_to_json (paper));
  return TRUE;
}

static gboolean
run_void (GuituCall *call,
          GError **error)
{
  const char *reason = guitu_call_need (call, "reason", error);
  const GuituField *field = &guitu_kind_paper.fields[GUITU_PAPER_REASON];
  g_autoptr (GuituTransaction) transaction = reason == NULL || !guitu_text_check (field, reason, error) ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) paper = transaction == NULL ? NULL : guitu_paper_find (call, transaction, error);

  if (paper == NULL || !guitu_paper_refuse (call, transaction, paper, error) ||
      !end_paper (call, transaction, paper, reason, error) ||
      !guitu_transaction_commit (transaction, error))
    return FALSE;
  guitu_call_emit (call, guitu_paper_to_json (paper));
  return TRUE;
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const GuituOption void_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper, or id of the draft" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why it is no longer good" },
  { NULL },
};

static const GuituOption use_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper" },
  { "note", GUITU_OPTION_TEXT, FALSE, "what came back: a ticket stub, a signed receipt" },
  { NULL },
};

static const GuituOption reprint_options[] = {
  { "number", GUITU_OPTION_TEXT, TRUE, "number of the paper" },
  { "fields", GUITU_OPTION_RECORD, FALSE, "what is filled in otherwise this time; or --set KEY=TEXT for each" },
  GUITU_PDF_OPTIONS,
  { NULL },
};

const GuituVerb guitu_verb_paper_issue = {
  "paper issue", "Issue a paper: number it, seal it, keep what it says", GUITU_VERB_WRITES, guitu_paper_subject_options, NULL, run_issue
};
const GuituVerb guitu_verb_paper_reprint = {
  "paper reprint", "Print a paper anew with what is known now; the earlier printing becomes void", GUITU_VERB_WRITES, reprint_options, NULL, run_reprint
};
const GuituVerb guitu_verb_paper_void = {
  "paper void", "Declare a paper void, for every station", GUITU_VERB_WRITES, void_options, NULL, run_void
};
const GuituVerb guitu_verb_paper_use = {
  "paper use", "Note that a paper has served its purpose, for every station", GUITU_VERB_WRITES, use_options, NULL, run_use
};
