/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a case: by itself for who is in the house and not identified, or by hand. What is opened by
 * itself follows from the records alone, so that two desks which admit the same person make one case. */

#include "app/case.h"

#include "app/fence.h"
#include "app/links.h"
#include "app/verbs.h"
#include "db/id.h"

#include <string.h>

#define UNREASONED "立案所依据的在站记录已作废"

/* --- By itself ------------------------------------------------------------------------------- */

/* A new record for the person: their first case is named by them alone, a later one also by its stay. */
static GuituRecord *
new_case (GuituTransaction *transaction,
          const char *person,
          const GuituRecord *stay,
          GError **error)
{
  g_autofree char *first = guitu_id_from_words (NULL, "case", person, NULL);
  g_autofree char *later = stay == NULL ? guitu_id_new () : guitu_id_from_words (NULL, "case", person, guitu_record_id (stay), NULL);
  GuituRecord *record;
  gboolean is_there;

  if (!guitu_record_exists (transaction, &guitu_kind_case, first, &is_there, error))
    return NULL;
  record = guitu_record_new_with_id (&guitu_kind_case, is_there ? later : first);
  guitu_record_set_text (record, GUITU_CASE_PERSON, person);
  guitu_record_set_text (record, GUITU_CASE_STAY, stay == NULL ? NULL : guitu_record_id (stay));
  guitu_record_set_text (record, GUITU_CASE_STATE, "open");
  return record;
}

/* Within one second, the ledger tells what came first. */
static gboolean
is_closed_since (GuituTransaction *transaction,
                 const GuituRecord *record,
                 const GuituRecord *stay,
                 gboolean *is,
                 GError **error)
{
  int order = g_strcmp0 (guitu_record_text (record, GUITU_CASE_CLOSED_AT), guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
  gint64 closed = order != 0 ? 0 : guitu_record_written_at (transaction, record, GUITU_CASE_CLOSED_AT, error);
  gint64 arrived = order != 0 || closed < 0 ? 0 : guitu_record_written_at (transaction, stay, GUITU_STAY_ARRIVED_AT, error);

  *is = order > 0 || (order == 0 && closed >= arrived);
  return closed >= 0 && arrived >= 0;
}

gboolean
guitu_cases_closed_since (GuituTransaction *transaction,
                          GPtrArray *cases,
                          const GuituRecord *stay,
                          gboolean *is,
                          GError **error)
{
  *is = FALSE;
  for (guint i = 0; i < cases->len && !*is; i++)
    if (!is_closed_since (transaction, cases->pdata[i], stay, is, error))
      return FALSE;
  return TRUE;
}

static gboolean
open_for (GuituTransaction *transaction,
          const char *person,
          const GuituRecord *stay,
          GError **error)
{
  g_autoptr (GuituRecord) record = new_case (transaction, person, stay, error);

  if (record == NULL)
    return FALSE;
  guitu_record_set_text (record, GUITU_CASE_SEEKS, "identity");
  guitu_record_set_text (record, GUITU_CASE_OPENED_AT, guitu_record_text (stay, GUITU_STAY_ARRIVED_AT));
  return guitu_transaction_put (transaction, record, error);
}

/* When it was found who they are, which may turn out to be wrong. */
static gboolean
note_identity (GuituTransaction *transaction,
               GuituRecord *record,
               gboolean is_verified,
               GError **error)
{
  g_autofree char *now = guitu_now ();

  if (guitu_record_is_set (record, GUITU_CASE_IDENTIFIED_AT) == is_verified)
    return TRUE;
  guitu_record_set_text (record, GUITU_CASE_IDENTIFIED_AT, is_verified ? now : NULL);
  return guitu_transaction_put (transaction, record, error);
}

/* Opened by itself for a stay that was none, and nothing was done in it. */
static gboolean
is_groundless (GuituTransaction *transaction,
               const GuituRecord *record,
               gboolean *is_void,
               GError **error)
{
  static const struct
  {
    const GuituKind *kind;
    int field;
  } content[] = {
    { &guitu_kind_case_note, GUITU_CASE_NOTE_CASE },
    { &guitu_kind_clue, GUITU_CLUE_CASE },
    { &guitu_kind_inquiry, GUITU_INQUIRY_CASE },
    { &guitu_kind_notice, GUITU_NOTICE_CASE },
  };
  const char *stay_id = guitu_record_text (record, GUITU_CASE_STAY);
  g_autoptr (GuituRecord) stay = NULL;

  *is_void = FALSE;
  if (stay_id == NULL || guitu_record_is_set (record, GUITU_CASE_OPENED_BY))
    return TRUE;
  stay = guitu_record_load (transaction, &guitu_kind_stay, stay_id, error);
  if (stay == NULL)
    return FALSE;
  *is_void = guitu_record_is_voided (stay);
  for (guint i = 0; *is_void && i < G_N_ELEMENTS (content); i++)
    {
      const GuituQuery of_case = { .conditions = { { content[i].field, GUITU_EQUAL, guitu_record_id (record) } } };
      gint64 n = guitu_records_count (transaction, content[i].kind, &of_case, error);

      if (n < 0)
        return FALSE;
      *is_void = n == 0;
    }
  return TRUE;
}

/* @has_open: (out) */
static gboolean
follow_open_cases (GuituTransaction *transaction,
                   GPtrArray *cases,
                   const char *person,
                   gboolean *has_open,
                   GError **error)
{
  g_autoptr (GuituRecord) effective = guitu_person_effective (transaction, person, error);

  *has_open = FALSE;
  if (effective == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      gboolean is_void;

      if (!guitu_case_is_open (cases->pdata[i]))
        continue;
      if (!is_groundless (transaction, cases->pdata[i], &is_void, error))
        return FALSE;
      if (is_void ? !guitu_transaction_void (transaction, cases->pdata[i], UNREASONED, error)
                  : !note_identity (transaction, cases->pdata[i], guitu_person_is_verified (effective), error))
        return FALSE;
      *has_open |= !is_void;
    }
  *has_open |= guitu_person_is_verified (effective);
  return TRUE;
}

gboolean
guitu_case_follow (GuituTransaction *transaction,
                   const char *person,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person, error);
  g_autoptr (GPtrArray) cases = ids == NULL ? NULL : guitu_cases_of (transaction, ids, error);
  g_autoptr (GuituRecord) stay = NULL;
  gboolean is_done = FALSE;
  gboolean is_closed;

  if (cases == NULL || !guitu_links_open_stay (transaction, ids, &stay, error))
    return FALSE;
  if (cases->len == 0 && stay == NULL)
    return TRUE;
  if (!follow_open_cases (transaction, cases, person, &is_done, error))
    return FALSE;
  if (is_done || stay == NULL || strcmp (guitu_stay_state (stay), "in-house") != 0)
    return TRUE;
  if (!guitu_cases_closed_since (transaction, cases, stay, &is_closed, error))
    return FALSE;
  return is_closed || open_for (transaction, person, stay, error);
}

/* --- For a store of the time before there were cases ------------------------------------------- */

static gboolean
fill (GuituTransaction *transaction,
      GError **error)
{
  const GuituQuery is_open = { .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &is_open, error);

  for (guint i = 0; stays != NULL && i < stays->len; i++)
    {
      g_autofree char *person = guitu_links_leader (transaction, guitu_record_text (stays->pdata[i], GUITU_STAY_PERSON), error);

      if (person == NULL || !guitu_case_follow (transaction, person, error))
        return FALSE;
    }
  return stays != NULL;
}

gboolean
guitu_cases_fill (GuituStore *store,
                  const char *user,
                  GError **error)
{
  const GuituQuery any = { .limit = 1, .with_voided = TRUE };
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, error);
  g_autoptr (GPtrArray) cases = transaction == NULL ? NULL : guitu_records_find (transaction, &guitu_kind_case, &any, error);
  g_autoptr (GPtrArray) opened = NULL;

  if (cases == NULL || cases->len > 0)
    return cases != NULL;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_store_write (store, user, "case open", error);
  if (transaction == NULL || !fill (transaction, error))
    return FALSE;
  opened = guitu_transaction_written (transaction, &guitu_kind_case);
  return opened->len == 0 || guitu_transaction_commit (transaction, error);
}

/* --- By hand --------------------------------------------------------------------------------- */

/* *@person: (transfer full): whose; *@stay: (transfer full) (nullable): theirs */
static gboolean
take_subject (GuituCall *call,
              GuituTransaction *transaction,
              char **person,
              GuituRecord **stay,
              GError **error)
{
  const char *text = guitu_call_text (call, "stay");
  const char *id = guitu_call_text (call, "person");
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GuituRecord) record = NULL;

  if (text == NULL && id == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "person", "“person” or “stay” is needed: for whom the case is opened");
  *stay = text == NULL ? NULL : guitu_stay_find (transaction, text, error);
  if (text != NULL && *stay == NULL)
    return FALSE;
  record = guitu_record_load (transaction, &guitu_kind_person, id != NULL ? id : guitu_record_text (*stay, GUITU_STAY_PERSON), error);
  ids = record == NULL ? NULL : guitu_links_members (transaction, guitu_record_id (record), error);
  if (ids == NULL)
    return FALSE;
  if (*stay != NULL && !g_ptr_array_find_with_equal_func (ids, guitu_record_text (*stay, GUITU_STAY_PERSON), g_str_equal, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-their-stay", "person", "The stay %s is another person's", guitu_record_text (*stay, GUITU_STAY_NUMBER));
  *person = g_strdup (ids->pdata[0]);
  return *stay != NULL || guitu_links_open_stay (transaction, ids, stay, error);
}

static gboolean
check_none_open (GuituTransaction *transaction,
                 const char *person,
                 GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, person, error);
  g_autoptr (GPtrArray) cases = ids == NULL ? NULL : guitu_cases_of (transaction, ids, error);

  for (guint i = 0; cases != NULL && i < cases->len; i++)
    if (guitu_case_is_open (cases->pdata[i]))
      return guitu_fail (error, GUITU_ERROR_REFUSED, "case-open", "person", "The search for this person is open already, since %s",
                         guitu_record_text (cases->pdata[i], GUITU_CASE_OPENED_AT));
  return cases != NULL;
}

static gboolean
run_open (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_text (call, "text");
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autofree char *now = guitu_now ();
  g_autofree char *person = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GuituRecord) effective = NULL;
  g_autoptr (GuituRecord) record = NULL;

  if (transaction == NULL || !take_subject (call, transaction, &person, &stay, error) ||
      !guitu_fence_refuse (call, transaction, person, error) || !check_none_open (transaction, person, error))
    return FALSE;
  effective = guitu_person_effective (transaction, person, error);
  record = effective == NULL ? NULL : new_case (transaction, person, stay, error);
  if (record == NULL || !guitu_call_take (call, "seeks", record, GUITU_CASE_SEEKS, error))
    return FALSE;
  if (!guitu_record_is_set (record, GUITU_CASE_SEEKS))
    guitu_record_set_text (record, GUITU_CASE_SEEKS, guitu_person_is_verified (effective) ? "kin" : "identity");
  if (guitu_record_says (record, GUITU_CASE_SEEKS, "identity") && guitu_person_is_verified (effective))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "identity-verified", "seeks", "It is verified who this is; the family may be sought (“kin”)");
  guitu_record_set_text (record, GUITU_CASE_OPENED_AT, now);
  guitu_record_set_text (record, GUITU_CASE_OPENED_BY, call->session->id);
  if (!guitu_transaction_put (transaction, record, error) ||
      (text != NULL && !guitu_case_note (call, transaction, guitu_record_id (record), "note", text, error)))
    return FALSE;
  return guitu_case_put_and_emit (call, transaction, record, error);
}

static const GuituOption open_options[] = {
  { "person", GUITU_OPTION_TEXT, TRUE, "id of the person" },
  { "stay", GUITU_OPTION_TEXT, FALSE, "id or number of the stay; nothing: the one that is open, if any" },
  { "seeks", GUITU_OPTION_TEXT, FALSE, "“identity”, or “kin” of somebody who is known (codes case_seeks)" },
  { "text", GUITU_OPTION_TEXT, FALSE, "why it is opened: a first note" },
  { NULL },
};

const GuituVerb guitu_verb_case_open = {
  "case open", "Open a case by hand; for who is in the house and not identified there is one already", GUITU_VERB_WRITES, open_options, NULL, run_open
};
