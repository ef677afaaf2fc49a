/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may lead to the family, what was done with it, and who was asked: by the police and in the
 * national system, by telephone, letter and on the spot (民办函〔2018〕150号: each query is registered with
 * date, circumstances, who, number, result and by whom). */

#include "app/case.h"

#include "app/fence.h"
#include "app/verbs.h"

#include <string.h>

/* The fields that the call gives, but @without. */
static gboolean
take_fields (GuituRecord *record,
             JsonObject *input,
             int without,
             GError **error)
{
  const GuituKind *kind = guitu_record_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (input, kind->fields[i].name);

      if (node != NULL && (int) i != without && !guitu_record_take_member (record, i, node, error))
        return FALSE;
    }
  return TRUE;
}

/* A moment of the past: given, or now. */
static gboolean
take_moment (GuituCall *call,
             GuituRecord *record,
             int field,
             GError **error)
{
  g_autofree char *now = guitu_now ();

  if (!guitu_call_take (call, "at", record, field, error))
    return FALSE;
  if (!guitu_record_is_set (record, field))
    guitu_record_set_text (record, field, now);
  return guitu_time_check (guitu_record_text (record, field), NULL, "at", error);
}

static gboolean
fail_missing (const char *field,
              const char *why,
              GError **error)
{
  return guitu_fail (error, GUITU_ERROR_INVALID, "missing", field, "“%s” is needed: %s", field, why);
}

/* --- Clues ----------------------------------------------------------------------------------- */

/* Words that a clue rests on are the person's own. */
static gboolean
check_statement (GuituTransaction *transaction,
                 const GuituCaseFile *file,
                 const GuituRecord *clue,
                 GError **error)
{
  const char *id = guitu_record_text (clue, GUITU_CLUE_STATEMENT);
  g_autoptr (GuituRecord) statement = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_statement, id, error);

  if (id == NULL)
    return TRUE;
  if (statement == NULL)
    return FALSE;
  return g_ptr_array_find_with_equal_func (file->persons, guitu_record_text (statement, GUITU_STATEMENT_PERSON), g_str_equal, NULL) ||
         guitu_fail (error, GUITU_ERROR_INVALID, "not-their-words", "statement", "These are the words of another person");
}

/* Whoever answers the telephone writes a clue down, also about somebody whose record they may not read. */
static gboolean
run_clue (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) clue = guitu_record_new (&guitu_kind_clue);
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_case (call, transaction, &file, error))
    return FALSE;
  if (!guitu_case_is_open (file.record))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "case-closed", "case", "This case was closed at %s; reopen it first", guitu_record_text (file.record, GUITU_CASE_CLOSED_AT));
  if (!take_fields (clue, call->input, GUITU_CLUE_CASE, error) || !take_moment (call, clue, GUITU_CLUE_AT, error))
    return FALSE;
  guitu_record_set_text (clue, GUITU_CLUE_CASE, guitu_record_id (file.record));
  guitu_record_set_text (clue, GUITU_CLUE_STATE, "new");
  guitu_record_set_text (clue, GUITU_CLUE_BY, call->session->id);
  if (guitu_record_is_set (clue, GUITU_CLUE_OUTCOME))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-here", "outcome", "A new clue has not been looked into; use “case clue-update”");
  return guitu_record_check_required (clue, error) && guitu_phone_check (guitu_record_text (clue, GUITU_CLUE_PHONE), error) &&
         check_statement (transaction, &file, clue, error) && guitu_case_put_and_emit (call, transaction, clue, error);
}

/* A record of an open case whose person the caller may see; @option names it. */
static GuituRecord *
load_of_case (GuituCall *call,
              GuituTransaction *transaction,
              const GuituKind *kind,
              const char *option,
              GuituCaseFile *file,
              GError **error)
{
  const char *id = guitu_call_need (call, option, error);
  g_autoptr (GuituRecord) record = id == NULL ? NULL : guitu_record_load (transaction, kind, id, error);
  const char *of = record == NULL ? NULL : guitu_record_text (record, guitu_kind_field (kind, "case"));

  if (record == NULL || !guitu_case_file_read (file, transaction, guitu_record_load (transaction, &guitu_kind_case, of, error), error) ||
      !guitu_fence_refuse (call, transaction, file->persons->pdata[0], error))
    return NULL;
  if (guitu_case_is_open (file->record))
    return g_steal_pointer (&record);
  guitu_fail (error, GUITU_ERROR_REFUSED, "case-closed", option, "This case was closed at %s; reopen it first", guitu_record_text (file->record, GUITU_CASE_CLOSED_AT));
  return NULL;
}

static gboolean
run_clue_update (GuituCall *call,
                 GError **error)
{
  static const int taken[] = { GUITU_CLUE_ABOUT, GUITU_CLUE_PLACE, GUITU_CLUE_OUTCOME, GUITU_CLUE_STATE };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (GuituRecord) clue = transaction == NULL ? NULL : load_of_case (call, transaction, &guitu_kind_clue, "clue", &file, error);
  const char *state;

  if (clue == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (!guitu_call_take (call, guitu_kind_clue.fields[taken[i]].name, clue, taken[i], error))
      return FALSE;
  state = guitu_record_text (clue, GUITU_CLUE_STATE);
  if (state == NULL || (strcmp (state, "new") == 0 && json_object_has_member (call->input, "state")))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "state", "“state” is needed: what was done with the clue");
  if (strcmp (state, "new") != 0 && strcmp (state, "followed") != 0 && !guitu_record_is_set (clue, GUITU_CLUE_OUTCOME))
    return fail_missing ("outcome", "what came of the clue", error);
  return guitu_case_put_and_emit (call, transaction, clue, error);
}

/* --- Inquiries ------------------------------------------------------------------------------- */

static gboolean
check_clue (GuituTransaction *transaction,
            const GuituCaseFile *file,
            const GuituRecord *inquiry,
            GError **error)
{
  const char *id = guitu_record_text (inquiry, GUITU_INQUIRY_CLUE);

  if (id == NULL)
    return TRUE;
  for (guint i = 0; i < file->clues->len; i++)
    if (strcmp (guitu_record_id (file->clues->pdata[i]), id) == 0)
      return TRUE;
  return guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "clue", "This case has no such clue");
}

/* What the answer says: found, or what looks alike, is told in words. */
static gboolean
take_answer (GuituRecord *inquiry,
             const char *at,
             GError **error)
{
  const char *result = guitu_record_text (inquiry, GUITU_INQUIRY_RESULT);

  if ((strcmp (result, "found") == 0 || strcmp (result, "possible") == 0) && !guitu_record_is_set (inquiry, GUITU_INQUIRY_TEXT))
    return fail_missing ("text", "what was found", error);
  guitu_record_set_text (inquiry, GUITU_INQUIRY_ANSWERED_AT, at);
  return TRUE;
}

/* Who waits for an answer knows until when: the police have a month, others what the rule says. */
static gboolean
set_due (GuituRecord *inquiry,
         GError **error)
{
  static const char *const police[] = { "police", "police-missing", "dna", NULL };
  const char *at = guitu_record_text (inquiry, GUITU_INQUIRY_AT);
  const char *due = guitu_record_text (inquiry, GUITU_INQUIRY_DUE_ON);
  gboolean is_police = g_strv_contains (police, guitu_record_text (inquiry, GUITU_INQUIRY_KIND));
  const GuituRule *rule = guitu_rules_find (is_police ? "police_answer_months" : "inquiry_answer_days", at);
  g_autofree char *end = rule == NULL ? NULL : guitu_deadline_end (rule, at);
  g_autofree char *day = end == NULL ? NULL : g_strndup (end, strlen ("YYYY-MM-DD"));

  if (due != NULL && strncmp (due, at, strlen ("YYYY-MM-DD")) < 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-early", "due_on", "The answer (%s) would be due before the inquiry (%s)", due, at);
  if (due == NULL)
    guitu_record_set_text (inquiry, GUITU_INQUIRY_DUE_ON, day);
  return TRUE;
}

static gboolean
complete (GuituCall *call,
          GuituRecord *inquiry,
          GError **error)
{
  const char *collected = guitu_record_text (inquiry, GUITU_INQUIRY_COLLECTED_AT);

  if (!guitu_record_is_set (inquiry, GUITU_INQUIRY_RESULT))
    guitu_record_set_text (inquiry, GUITU_INQUIRY_RESULT, "waiting");
  guitu_record_set_text (inquiry, GUITU_INQUIRY_BY, call->session->id);
  if (!guitu_record_check_required (inquiry, error) || !guitu_phone_check (guitu_record_text (inquiry, GUITU_INQUIRY_PHONE), error) ||
      (collected != NULL && !guitu_time_check (collected, NULL, "collected_at", error)))
    return FALSE;
  if (!guitu_record_says (inquiry, GUITU_INQUIRY_RESULT, "waiting"))
    return take_answer (inquiry, guitu_record_text (inquiry, GUITU_INQUIRY_AT), error);
  return set_due (inquiry, error);
}

static gboolean
run_inquiry (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) inquiry = guitu_record_new (&guitu_kind_inquiry);
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_open_case (call, transaction, &file, error) ||
      !take_fields (inquiry, call->input, GUITU_INQUIRY_CASE, error) || !take_moment (call, inquiry, GUITU_INQUIRY_AT, error))
    return FALSE;
  guitu_record_set_text (inquiry, GUITU_INQUIRY_CASE, guitu_record_id (file.record));
  return check_clue (transaction, &file, inquiry, error) && complete (call, inquiry, error) &&
         guitu_case_put_and_emit (call, transaction, inquiry, error);
}

static gboolean
run_answer (GuituCall *call,
            GError **error)
{
  static const int taken[] = { GUITU_INQUIRY_RESULT, GUITU_INQUIRY_TEXT, GUITU_INQUIRY_NUMBER, GUITU_INQUIRY_SAMPLE,
                               GUITU_INQUIRY_COLLECTED_AT, GUITU_INQUIRY_COLLECTED_BY, GUITU_INQUIRY_DUE_ON };
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_auto (GuituCaseFile) file = { 0 };
  g_autoptr (GuituRecord) inquiry = transaction == NULL ? NULL : load_of_case (call, transaction, &guitu_kind_inquiry, "inquiry", &file, error);

  if (inquiry == NULL)
    return FALSE;
  if (guitu_record_is_set (inquiry, GUITU_INQUIRY_ANSWERED_AT))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-answered", "inquiry", "The answer came at %s", guitu_record_text (inquiry, GUITU_INQUIRY_ANSWERED_AT));
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (!guitu_call_take (call, guitu_kind_inquiry.fields[taken[i]].name, inquiry, taken[i], error))
      return FALSE;
  if (guitu_record_is_set (inquiry, GUITU_INQUIRY_COLLECTED_AT) &&
      !guitu_time_check (guitu_record_text (inquiry, GUITU_INQUIRY_COLLECTED_AT), NULL, "collected_at", error))
    return FALSE;
  if (!guitu_record_is_set (inquiry, GUITU_INQUIRY_RESULT) || !json_object_has_member (call->input, "result"))
    return fail_missing ("result", "what the answer was; “waiting” while there is none", error);
  if (!guitu_record_says (inquiry, GUITU_INQUIRY_RESULT, "waiting"))
    {
      if (!take_moment (call, inquiry, GUITU_INQUIRY_ANSWERED_AT, error) ||
          !guitu_time_check (guitu_record_text (inquiry, GUITU_INQUIRY_ANSWERED_AT), guitu_record_text (inquiry, GUITU_INQUIRY_AT), "at", error) ||
          !take_answer (inquiry, guitu_record_text (inquiry, GUITU_INQUIRY_ANSWERED_AT), error))
        return FALSE;
    }
  return guitu_case_put_and_emit (call, transaction, inquiry, error);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

#define CASE_OPTION                                                                                  \
  {                                                                                                  \
    "case", GUITU_OPTION_TEXT, TRUE, "id of the case, or of the person, or id or number of the stay" \
  }

static const GuituOption clue_options[] = {
  CASE_OPTION,
  { "at", GUITU_OPTION_TEXT, FALSE, "when it came (now)" },
  { NULL },
};

static const GuituOption clue_update_options[] = {
  { "clue", GUITU_OPTION_TEXT, TRUE, "id of the clue" },
  { "state", GUITU_OPTION_TEXT, FALSE, "followed, promising, dead-end or confirmed (codes clue_state)" },
  { "outcome", GUITU_OPTION_TEXT, FALSE, "what came of it" },
  { "about", GUITU_OPTION_TEXT, FALSE, "what it is about (codes statement_about)" },
  { "place", GUITU_OPTION_TEXT, FALSE, "the region that it turned out to name" },
  { NULL },
};

static const GuituOption inquiry_options[] = {
  CASE_OPTION,
  { "at", GUITU_OPTION_TEXT, FALSE, "when it was asked (now)" },
  { NULL },
};

static const GuituOption answer_options[] = {
  { "inquiry", GUITU_OPTION_TEXT, TRUE, "id of the inquiry" },
  { "result", GUITU_OPTION_TEXT, FALSE, "what the answer was (codes inquiry_result); “waiting”: only the other fields are noted" },
  { "text", GUITU_OPTION_TEXT, FALSE, "what was found" },
  { "at", GUITU_OPTION_TEXT, FALSE, "when the answer came (now)" },
  { "number", GUITU_OPTION_TEXT, FALSE, "number of the request" },
  { "sample", GUITU_OPTION_TEXT, FALSE, "number of the sample" },
  { "collected_at", GUITU_OPTION_TEXT, FALSE, "when the sample was taken" },
  { "collected_by", GUITU_OPTION_TEXT, FALSE, "who took the sample" },
  { "due_on", GUITU_OPTION_TEXT, FALSE, "until when the answer is waited for" },
  { NULL },
};

const GuituVerb guitu_verb_case_clue = {
  "case clue", "Write down something that may lead to the family", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, clue_options, &guitu_kind_clue, run_clue
};
const GuituVerb guitu_verb_case_clue_update = {
  "case clue-update", "Note what was done with a clue and what came of it", GUITU_VERB_WRITES, clue_update_options, NULL, run_clue_update
};
const GuituVerb guitu_verb_case_inquiry = {
  "case inquiry", "Register a query, a call, a letter or a visit, with its result or until when one is due", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, inquiry_options, &guitu_kind_inquiry, run_inquiry
};
const GuituVerb guitu_verb_case_answer = {
  "case answer", "Register the answer to an inquiry", GUITU_VERB_WRITES, answer_options, NULL, run_answer
};
