/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a search ends: with what was found, who confirmed it and how; and taking that back. */

#include "app/case.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/relations.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
says_one_of (const GuituRecord *record,
             int field,
             const char *const codes[])
{
  const char *text = guitu_record_text (record, field);

  return text != NULL && g_strv_contains (codes, text);
}

static gboolean
need (const GuituRecord *record,
      int field,
      const char *why,
      GError **error)
{
  const char *name = guitu_kind_case.fields[field].name;

  return guitu_record_is_set (record, field) || guitu_fail (error, GUITU_ERROR_INVALID, "missing", name, "“%s” is needed: %s", name, why);
}

/* --- What it takes --------------------------------------------------------------------------- */

static const char *const solved[] = { "family", "identity", "home-station", NULL };
static const char *const unsolved[] = { "mistaken", "died", NULL };

static gboolean
check_death (GuituTransaction *transaction,
             const GuituCaseFile *file,
             GError **error)
{
  g_autoptr (GPtrArray) stays = NULL;

  if (!guitu_record_says (file->record, GUITU_CASE_CLOSED_AS, "died"))
    return TRUE;
  stays = guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, file->persons, error);
  for (guint i = 0; stays != NULL && i < stays->len; i++)
    if (guitu_record_says (stays->pdata[i], GUITU_STAY_LEAVE_BY, "death"))
      return TRUE;
  return stays != NULL && guitu_fail (error, GUITU_ERROR_REFUSED, "not-dead", "closed_as", "No death of this person is on record");
}

/* The confirmation that closes the case verifies the person, where that was not done before. */
static gboolean
verify (GuituCall *call,
        GuituTransaction *transaction,
        GuituCaseFile *file,
        GError **error)
{
  g_autoptr (GuituRecord) before = NULL;
  g_autoptr (GuituRecord) person = NULL;

  if (guitu_person_is_verified (file->person) || guitu_call_text (call, "verified_by") == NULL)
    return TRUE;
  before = guitu_person_leader (transaction, file->persons->pdata[0], error);
  person = before == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_person, guitu_record_id (before), error);
  if (person == NULL || !guitu_call_take (call, "verified_by", person, GUITU_PERSON_VERIFIED_BY, error) ||
      !guitu_person_check (person, error) || !guitu_claims_keep (call, transaction, before, person, error) ||
      !guitu_transaction_put (transaction, person, error))
    return FALSE;
  guitu_record_free (file->person);
  file->person = guitu_person_effective (transaction, guitu_record_id (person), error);
  return file->person != NULL;
}

static gboolean
check_solution (const GuituCaseFile *file,
                GError **error)
{
  const GuituRecord *record = file->record;

  if (!need (record, GUITU_CASE_CLOSED_AS, "how it ended", error) ||
      !need (record, GUITU_CASE_CLOSE_TEXT, says_one_of (record, GUITU_CASE_CLOSED_AS, unsolved) ? "why the search ends" : "how it was solved", error))
    return FALSE;
  if (says_one_of (record, GUITU_CASE_CLOSED_AS, unsolved))
    return TRUE;
  if (!need (record, GUITU_CASE_CONFIRMED_HOW, "by what it was confirmed", error) ||
      !need (record, GUITU_CASE_CONFIRMED_BY, "who confirmed it", error))
    return FALSE;
  return !says_one_of (record, GUITU_CASE_CLOSED_AS, solved) || guitu_person_is_verified (file->person) ||
         guitu_fail (error, GUITU_ERROR_REFUSED, "not-verified", "verified_by",
                     "The identity is not verified; say in “verified_by” by what it is now");
}

/* Of some ways of confirming, one person alone may be mistaken (rules “case_close_second_…”). */
static gboolean
check_second (const GuituRecord *record,
              const char *second,
              GError **error)
{
  const char *how = guitu_record_text (record, GUITU_CASE_CONFIRMED_HOW);
  g_autofree char *name = how == NULL ? NULL : g_strdelimit (g_strconcat ("case_close_second_", how, NULL), "-", '_');
  g_autofree char *today = guitu_today ();

  if (second != NULL || name == NULL || guitu_rules_find (name, today) == NULL || guitu_rules_integer (name, today) == 0)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_REFUSED, "second-needed", "second", "A case confirmed by that alone is closed by two persons");
}

static gboolean
check_unrelated (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituCaseFile *file,
                 GError **error)
{
  gboolean is_related;

  if (!guitu_relation_find (transaction, call->session->id, file->persons->pdata[0], &is_related, error))
    return FALSE;
  return !is_related || guitu_fail (error, GUITU_ERROR_REFUSED, "related", NULL, "You declared that you are close to this person");
}

/* --- close ----------------------------------------------------------------------------------- */

static const int told[] = { GUITU_CASE_CLOSED_AS, GUITU_CASE_CONFIRMED_HOW, GUITU_CASE_CONFIRMED_BY, GUITU_CASE_CLOSE_TEXT };
static const int ending[] = { GUITU_CASE_STATE, GUITU_CASE_CLOSED_AT, GUITU_CASE_CLOSED_AS, GUITU_CASE_CONFIRMED_HOW, GUITU_CASE_CONFIRMED_BY,
                              GUITU_CASE_CLOSE_TEXT, GUITU_CASE_CLOSED_BY, GUITU_CASE_SECOND, GUITU_CASE_IDENTIFIED_AT };

/* The other records of a case that is one with it end, or go on, as it does. */
static gboolean
put_joined (GuituTransaction *transaction,
            const GuituCaseFile *file,
            GError **error)
{
  for (guint i = 1; i < file->ids->len; i++)
    {
      g_autoptr (GuituRecord) other = guitu_record_load (transaction, &guitu_kind_case, file->ids->pdata[i], error);

      if (other == NULL)
        return FALSE;
      for (guint j = 0; j < G_N_ELEMENTS (ending); j++)
        guitu_record_set_text (other, ending[j], guitu_record_text (file->record, ending[j]));
      if (!guitu_transaction_put (transaction, other, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_close (GuituCall *call,
           GError **error)
{
  g_autofree char *second = NULL;
  gboolean is_ready = guitu_call_need (call, "case", error) != NULL && guitu_call_second (call, "case note", &second, error);
  g_autoptr (GuituTransaction) transaction = is_ready ? guitu_call_write (call, error) : NULL;
  g_autofree char *now = guitu_now ();
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_case (call, transaction, &file, error) ||
      !guitu_fence_refuse (call, transaction, file.persons->pdata[0], error))
    return FALSE;
  if (!guitu_case_is_open (file.record))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-closed", "case", "This case was closed at %s", guitu_record_text (file.record, GUITU_CASE_CLOSED_AT));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (!guitu_call_take (call, guitu_kind_case.fields[told[i]].name, file.record, told[i], error))
      return FALSE;
  if (!check_unrelated (call, transaction, &file, error) || !verify (call, transaction, &file, error) || !check_solution (&file, error) ||
      !check_death (transaction, &file, error) || !check_second (file.record, second, error))
    return FALSE;
  guitu_record_set_text (file.record, GUITU_CASE_STATE, "closed");
  guitu_record_set_text (file.record, GUITU_CASE_CLOSED_AT, now);
  guitu_record_set_text (file.record, GUITU_CASE_CLOSED_BY, call->session->id);
  guitu_record_set_text (file.record, GUITU_CASE_SECOND, second);
  if (guitu_person_is_verified (file.person) && !guitu_record_is_set (file.record, GUITU_CASE_IDENTIFIED_AT))
    guitu_record_set_text (file.record, GUITU_CASE_IDENTIFIED_AT, now);
  return put_joined (transaction, &file, error) && guitu_case_put_and_emit (call, transaction, file.record, error);
}

/* --- reopen ---------------------------------------------------------------------------------- */

static gboolean
check_no_other (GuituTransaction *transaction,
                const GuituCaseFile *file,
                GError **error)
{
  g_autoptr (GPtrArray) cases = guitu_cases_of (transaction, file->persons, error);

  for (guint i = 0; cases != NULL && i < cases->len; i++)
    if (guitu_case_is_open (cases->pdata[i]))
      return guitu_fail (error, GUITU_ERROR_REFUSED, "case-open", "case", "The search for this person is open already, since %s",
                         guitu_record_text (cases->pdata[i], GUITU_CASE_OPENED_AT));
  return cases != NULL;
}

/* How it had been closed stays in the history; why that does not stand is a note of its own kind. */
static gboolean
run_reopen (GuituCall *call,
            GError **error)
{
  const char *reason = guitu_call_need (call, "reason", error);
  g_autoptr (GuituTransaction) transaction = reason == NULL ? NULL : guitu_call_write (call, error);
  g_auto (GuituCaseFile) file = { 0 };

  if (transaction == NULL || !guitu_call_case (call, transaction, &file, error) ||
      !guitu_fence_refuse (call, transaction, file.persons->pdata[0], error))
    return FALSE;
  if (guitu_case_is_open (file.record))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "case-open", "case", "This case is open");
  if (!check_no_other (transaction, &file, error) || !check_unrelated (call, transaction, &file, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ending); i++)
    if (ending[i] != GUITU_CASE_IDENTIFIED_AT)
      guitu_record_set_text (file.record, ending[i], NULL);
  guitu_record_set_text (file.record, GUITU_CASE_STATE, "open");
  if (guitu_person_is_verified (file.person))
    guitu_record_set_text (file.record, GUITU_CASE_SEEKS, "kin");
  return guitu_case_note (call, transaction, guitu_record_id (file.record), GUITU_CASE_NOTE_REOPENED, reason, error) &&
         put_joined (transaction, &file, error) && guitu_case_put_and_emit (call, transaction, file.record, error);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

#define CASE_OPTION                                                                                  \
  {                                                                                                  \
    "case", GUITU_OPTION_TEXT, TRUE, "id of the case, or of the person, or id or number of the stay" \
  }

static const GuituOption close_options[] = {
  CASE_OPTION,
  { "closed_as", GUITU_OPTION_TEXT, FALSE, "how it ended (codes case_outcome)" },
  { "confirmed_how", GUITU_OPTION_TEXT, FALSE, "by what it was confirmed (codes confirmed_how)" },
  { "confirmed_by", GUITU_OPTION_TEXT, FALSE, "who confirmed it" },
  { "close_text", GUITU_OPTION_TEXT, FALSE, "how it was solved; or why the search ends" },
  { "verified_by", GUITU_OPTION_TEXT, FALSE, "where the person is not verified yet: by what they are now (codes verified_by)" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption reopen_options[] = {
  CASE_OPTION,
  { "reason", GUITU_OPTION_TEXT, FALSE, "why the search goes on" },
  { NULL },
};

const GuituVerb guitu_verb_case_close = {
  "case close", "Close a case with how it was solved, who confirmed it and how", GUITU_VERB_WRITES, close_options, NULL, run_close
};
const GuituVerb guitu_verb_case_reopen = {
  "case reopen", "Take the search up again, with the reason", GUITU_VERB_WRITES, reopen_options, NULL, run_reopen
};
