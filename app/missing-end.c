/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a search ends. Who was found is told in two acts: somebody decides that they are the same (“finding decide”),
 * and the family has confirmed it (“missing close”). */

#include "app/missing.h"

#include "app/fence.h"
#include "app/findings.h"
#include "app/links.h"
#include "app/verbs.h"

#include <string.h>

/* A report that says it found somebody who is protected would lead to them, by the mouth of whoever reads it. */
static gboolean
check_not_protected (GuituCall *call,
                     GuituTransaction *transaction,
                     const char *person,
                     GError **error)
{
  gboolean is_protected;

  if (!guitu_fence_refuse (call, transaction, person, error) || !guitu_fence_protects (transaction, person, &is_protected, error))
    return FALSE;
  return !is_protected ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "protected-person", "found",
                     "This person is protected: the report must not say that they were found, since whoever reported may be whom they fled from");
}

/* The finding by which that person was judged to be whom the report is about; *@finding is %NULL where there is none. */
static gboolean
find_judged (GuituTransaction *transaction,
             const GuituRecord *missing,
             const char *person,
             GuituRecord **finding,
             GError **error)
{
  g_autoptr (GPtrArray) findings = guitu_findings_of_person (transaction, person, error);

  *finding = NULL;
  for (guint i = 0; findings != NULL && *finding == NULL && i < findings->len; i++)
    if (guitu_record_says (findings->pdata[i], GUITU_FINDING_MISSING, guitu_record_id (missing)) && guitu_record_says (findings->pdata[i], GUITU_FINDING_VERDICT, "same"))
      *finding = g_ptr_array_steal_index (findings, i);
  return findings != NULL;
}

/* By the option “found” (a person of ours) or “finding” (also where somebody is at another station). */
static gboolean
take_finding (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *missing,
              GuituRecord **finding,
              GError **error)
{
  const char *person = guitu_call_text (call, "found");
  const char *id = guitu_call_text (call, "finding");

  *finding = NULL;
  if (id != NULL)
    *finding = guitu_record_load (transaction, &guitu_kind_finding, id, error);
  if (id != NULL && *finding == NULL)
    return FALSE;
  if (*finding != NULL && guitu_record_is_set (*finding, GUITU_FINDING_PERSON))
    person = guitu_record_text (*finding, GUITU_FINDING_PERSON);
  if (person != NULL && !check_not_protected (call, transaction, person, error))
    return FALSE;
  if (*finding == NULL && person != NULL && !find_judged (transaction, missing, person, finding, error))
    return FALSE;
  if ((person != NULL || id != NULL) &&
      (*finding == NULL || !guitu_record_says (*finding, GUITU_FINDING_MISSING, guitu_record_id (missing)) || !guitu_record_says (*finding, GUITU_FINDING_VERDICT, "same")))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-judged", id != NULL ? "finding" : "found",
                       "First somebody decides that the two are the same (“finding decide”), then the family confirms it");
  return TRUE;
}

static gboolean
end_as_found (GuituCall *call,
              GuituTransaction *transaction,
              GuituRecord *missing,
              GError **error)
{
  g_autoptr (GuituRecord) finding = NULL;
  g_autofree char *now = guitu_now ();

  if (!take_finding (call, transaction, missing, &finding, error))
    return FALSE;
  if (finding == NULL)
    return guitu_call_need (call, "text", error) != NULL; /* came home, or the police found them: how */
  if (guitu_call_need (call, "confirmed_how", error) == NULL || !guitu_call_take (call, "confirmed_how", missing, GUITU_MISSING_CONFIRMED_HOW, error))
    return FALSE;
  guitu_record_set_text (missing, GUITU_MISSING_FINDING, guitu_record_id (finding));
  guitu_record_set_text (missing, GUITU_MISSING_FOUND, guitu_record_text (finding, GUITU_FINDING_PERSON));
  guitu_record_set_text (finding, GUITU_FINDING_CONFIRMED_AT, now);
  return guitu_transaction_put (transaction, finding, error);
}

static gboolean
run_close (GuituCall *call,
           GError **error)
{
  const char *text = guitu_call_need (call, "missing", error);
  const char *as = text == NULL ? NULL : guitu_call_need (call, "as", error);
  g_autoptr (GuituTransaction) transaction = as == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) missing = transaction == NULL ? NULL : guitu_missing_find (transaction, text, error);
  g_autofree char *now = guitu_now ();
  gboolean is_found;

  if (missing == NULL || !guitu_missing_check_is_open (missing, error) || !guitu_call_take (call, "as", missing, GUITU_MISSING_STATE, error) ||
      !guitu_call_take (call, "text", missing, GUITU_MISSING_CLOSE_TEXT, error))
    return FALSE;
  if (guitu_record_says (missing, GUITU_MISSING_STATE, "open"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "as", "A report ends as found, withdrawn or mistaken");
  is_found = guitu_record_says (missing, GUITU_MISSING_STATE, "found");
  if (is_found ? !end_as_found (call, transaction, missing, error) : guitu_call_need (call, "text", error) == NULL)
    return FALSE;
  guitu_record_set_text (missing, GUITU_MISSING_CLOSED_AT, now);
  guitu_record_set_text (missing, GUITU_MISSING_CLOSED_BY, call->session->id);
  return guitu_missing_keep (call, transaction, missing, error);
}

/* The family was told something that did not hold: they are to be asked again. */
static gboolean
open_finding (GuituTransaction *transaction,
              const GuituRecord *missing,
              GError **error)
{
  const char *id = guitu_record_text (missing, GUITU_MISSING_FINDING);
  g_autoptr (GuituRecord) finding = id == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_finding, id, error);

  if (finding == NULL)
    return id == NULL;
  guitu_record_set_text (finding, GUITU_FINDING_CONFIRMED_AT, NULL);
  return guitu_transaction_put (transaction, finding, error);
}

static gboolean
run_reopen (GuituCall *call,
            GError **error)
{
  static const int ended[] = { GUITU_MISSING_FOUND, GUITU_MISSING_FINDING, GUITU_MISSING_CONFIRMED_HOW, GUITU_MISSING_CLOSED_AT, GUITU_MISSING_CLOSED_BY };
  const char *text = guitu_call_need (call, "missing", error);
  const char *reason = text == NULL ? NULL : guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) missing = transaction == NULL ? NULL : guitu_missing_find (transaction, text, error);

  if (missing == NULL)
    return FALSE;
  if (guitu_missing_is_open (missing))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-done", "missing", "This report is open");
  if (!open_finding (transaction, missing, error) || !guitu_call_take (call, "reason", missing, GUITU_MISSING_CLOSE_TEXT, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ended); i++)
    guitu_record_set_text (missing, ended[i], NULL);
  guitu_record_set_text (missing, GUITU_MISSING_STATE, "open");
  return guitu_missing_keep (call, transaction, missing, error);
}

static const GuituOption close_options[] = {
  { "missing", GUITU_OPTION_TEXT, TRUE, "id or number of the report" },
  { "as", GUITU_OPTION_TEXT, FALSE, "found, withdrawn or mistaken (codes missing_state)" },
  { "found", GUITU_OPTION_TEXT, FALSE, "id of the person of ours who it was, as was decided" },
  { "finding", GUITU_OPTION_TEXT, FALSE, "or id of the finding that was decided: also of somebody at another station" },
  { "confirmed_how", GUITU_OPTION_TEXT, FALSE, "how the family confirmed it (codes confirmed_how)" },
  { "text", GUITU_OPTION_TEXT, FALSE, "how it ended" },
  { NULL },
};

static const GuituOption reopen_options[] = {
  { "missing", GUITU_OPTION_TEXT, TRUE, "id or number of the report" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why the search goes on" },
  { NULL },
};

const GuituVerb guitu_verb_missing_close = {
  "missing close", "End a search: found, withdrawn by the family, or taken down by mistake", GUITU_VERB_WRITES, close_options, NULL, run_close
};
const GuituVerb guitu_verb_missing_reopen = {
  "missing reopen", "Search on after a report was ended", GUITU_VERB_WRITES, reopen_options, NULL, run_reopen
};
