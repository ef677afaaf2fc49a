/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the draft to the public and back: somebody else approves the words on a ground of the law, the notice is
 * published, the person may object at any time, and whoever knows better withdraws it. */

#include "app/tracing-notice.h"

#include "app/blacklist.h"
#include "app/rules.h"
#include "app/verbs.h"

#include <string.h>

static gboolean
refuse_state (const GuituRecord *notice,
              const char *wanted,
              GError **error)
{
  return guitu_fail (error, GUITU_ERROR_REFUSED, "notice-state", "notice", "The notice is “%s”; this is for one that is %s", guitu_notice_state (notice), wanted);
}

static gboolean
check_bar (GuituTransaction *transaction,
           const GuituRecord *notice,
           GError **error)
{
  const GuituNoticeBar *bar;

  if (!guitu_notice_bar (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), guitu_record_text (notice, GUITU_NOTICE_CONSENT), &bar, error))
    return FALSE;
  return bar == NULL || guitu_fail (error, GUITU_ERROR_REFUSED, bar->code, "notice", "%s", bar->message);
}

/* --- Approval -------------------------------------------------------------------------------------- */

/* A minor is shown for nothing but to find the family, and whoever approves it says so (未成年人保护法 Art. 103). */
static gboolean
take_ground (GuituCall *call,
             GuituTransaction *transaction,
             GuituRecord *notice,
             GError **error)
{
  const char *named = guitu_call_text (call, "ground");
  const GuituCode *code = named == NULL ? NULL : guitu_codes_parse ("notice_ground", named);
  g_autofree char *today = guitu_today ();
  const GuituRule *rule;
  gboolean is_of_minor;

  if (named != NULL && code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "ground", "“%s” is not one of the codes of notice_ground", named);
  if (!guitu_notice_is_of_minor (transaction, guitu_record_text (notice, GUITU_NOTICE_PERSON), &is_of_minor, error))
    return FALSE;
  if (is_of_minor && (code == NULL || strcmp (code->code, "minor") != 0))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "ground-of-minor", "ground", "The person is, or may be, a minor: name the ground “minor”, which allows a notice only to find the family of a missing or abducted child");
  if (is_of_minor && !guitu_call_may (call, "notice minors"))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "not-allowed", "ground", "Only who has the right “notice minors” approves a notice about a minor");
  rule = guitu_rules_find_value ("notice_ground", is_of_minor ? "minor" : "unknown-person", today);
  if (rule == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-ground", "ground", "No ground of the law for such a notice is in force today (“rule list”)");
  guitu_record_set_text (notice, GUITU_NOTICE_GROUND, rule->citation);
  return TRUE;
}

static gboolean
approve (GuituCall *call,
         GuituTransaction *transaction,
         GuituRecord *notice,
         const char *now,
         GError **error)
{
  if (!check_bar (transaction, notice, error) || !take_ground (call, transaction, notice, error))
    return FALSE;
  guitu_record_set_text (notice, GUITU_NOTICE_CONTENT, guitu_record_text (notice, GUITU_NOTICE_DRAFT));
  guitu_record_set_text (notice, GUITU_NOTICE_PHOTO, guitu_record_text (notice, GUITU_NOTICE_DRAFT_PHOTO));
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT, NULL);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_PHOTO, NULL);
  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_STATE, NULL);
  guitu_record_set_integer (notice, GUITU_NOTICE_EDITION, guitu_record_integer (notice, GUITU_NOTICE_EDITION, 0) + 1);
  guitu_record_set_text (notice, GUITU_NOTICE_APPROVED_BY, call->session->id);
  guitu_record_set_text (notice, GUITU_NOTICE_APPROVED_AT, now);
  if (!guitu_notice_is_out (notice))
    {
      guitu_record_set_text (notice, GUITU_NOTICE_STATE, "approved");
      return TRUE;
    }
  guitu_record_set_text (notice, GUITU_NOTICE_REFRESHED_AT, now);
  return guitu_posting_publish (call->store, transaction, notice, error);
}

static gboolean
send_back (GuituTransaction *transaction,
           GuituRecord *notice,
           const char *now,
           GError **error)
{
  g_autofree char *text = g_strdup_printf ("修改退回的公告%s", guitu_record_text (notice, GUITU_NOTICE_NUMBER));

  guitu_record_set_text (notice, GUITU_NOTICE_DRAFT_STATE, "returned");
  if (!guitu_notice_is_out (notice))
    guitu_record_set_text (notice, GUITU_NOTICE_STATE, "returned");
  return guitu_notice_task (transaction, notice, "notice-returned", guitu_record_id (notice), now, text, error);
}

/* Whoever can't decide may object all the same: then a leader answers for going on. */
static gboolean
needs_reason (const GuituRecord *notice,
              gboolean approves)
{
  return !approves || guitu_record_says (notice, GUITU_NOTICE_CONSENT, "objects");
}

static gboolean
run_review (GuituCall *call,
            GError **error)
{
  gboolean approves = guitu_call_flag (call, "approve");
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) notice = NULL;

  if (approves == guitu_call_flag (call, "reject"))
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "approve", "Say whether you approve the draft or send it back");
  transaction = guitu_call_write (call, error);
  notice = guitu_call_notice (call, transaction, error);
  if (notice == NULL)
    return FALSE;
  if (!guitu_record_says (notice, GUITU_NOTICE_DRAFT_STATE, "waiting") || strcmp (guitu_notice_state (notice), "withdrawn") == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "notice-state", "notice", "Nothing of this notice waits for approval");
  if (guitu_record_says (notice, GUITU_NOTICE_PREPARED_BY, call->session->id))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "same-person", NULL, "Somebody other than who prepared the notice approves it");
  if ((needs_reason (notice, approves) && guitu_call_need (call, "reason", error) == NULL) ||
      !guitu_call_take (call, "reason", notice, GUITU_NOTICE_REVIEW_NOTE, error))
    return FALSE;
  return guitu_list_tasks_close (transaction, "notice-review", guitu_record_id (notice), call->session->id, error) &&
         (approves ? approve (call, transaction, notice, now, error) : send_back (transaction, notice, now, error)) &&
         guitu_transaction_put (transaction, notice, error) && guitu_notice_commit (call, transaction, notice, error);
}

/* --- Out, and back ------------------------------------------------------------------------------------ */

static gboolean
run_publish (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) notice = guitu_call_notice (call, transaction, error);
  g_autofree char *now = guitu_now ();

  if (notice == NULL)
    return FALSE;
  if (strcmp (guitu_notice_state (notice), "approved") != 0)
    return refuse_state (notice, "approved", error);
  if (!check_bar (transaction, notice, error))
    return FALSE;
  guitu_record_set_text (notice, GUITU_NOTICE_STATE, "published");
  guitu_record_set_text (notice, GUITU_NOTICE_PUBLISHED_AT, now);
  guitu_record_set_text (notice, GUITU_NOTICE_REFRESHED_AT, now);
  return guitu_posting_publish (call->store, transaction, notice, error) && guitu_transaction_put (transaction, notice, error) &&
         guitu_notice_commit (call, transaction, notice, error);
}

static gboolean
run_withdraw (GuituCall *call,
              GError **error)
{
  const char *as = guitu_call_need (call, "as", error);
  const char *reason = as == NULL ? NULL : guitu_call_need (call, "reason", error);
  const GuituCode *code = as == NULL ? NULL : guitu_codes_parse ("withdrawn_as", as);
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) notice = NULL;

  if (reason == NULL)
    return FALSE;
  if (code == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "as", "“%s” is not one of the codes of withdrawn_as", as);
  transaction = guitu_call_write (call, error);
  notice = guitu_call_notice (call, transaction, error);
  if (notice == NULL)
    return FALSE;
  if (strcmp (guitu_notice_state (notice), "withdrawn") == 0)
    return refuse_state (notice, "not withdrawn", error);
  return guitu_call_take (call, "reason", notice, GUITU_NOTICE_WITHDRAWN_TEXT, error) &&
         guitu_notice_end (transaction, notice, code->code, guitu_record_text (notice, GUITU_NOTICE_WITHDRAWN_TEXT), call->session->id, error) && guitu_notice_commit (call, transaction, notice, error);
}

/* What follows from it is in tracing-notice-end.c: an objection of who can decide ends the notice in this transaction. */
static gboolean
run_consent (GuituCall *call,
             GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_call_need (call, "consent", error) == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) notice = guitu_call_notice (call, transaction, error);

  if (notice == NULL)
    return FALSE;
  if (strcmp (guitu_notice_state (notice), "withdrawn") == 0)
    return refuse_state (notice, "not withdrawn", error);
  return guitu_call_take (call, "consent", notice, GUITU_NOTICE_CONSENT, error) && guitu_transaction_put (transaction, notice, error) &&
         guitu_notice_commit (call, transaction, notice, error);
}

/* --- Verbs ------------------------------------------------------------------------------------------------ */

static const GuituOption review_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { "approve", GUITU_OPTION_FLAG, FALSE, "the public may read these words" },
  { "reject", GUITU_OPTION_FLAG, FALSE, "send them back to who prepared them" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "what is to be changed; or why it is published though a person who can't decide objects" },
  { "ground", GUITU_OPTION_TEXT, FALSE, "“minor” for somebody who is or may be a minor (codes notice_ground)" },
  { NULL },
};

static const GuituOption publish_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { NULL },
};

static const GuituOption withdraw_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { "as", GUITU_OPTION_TEXT, FALSE, "why (codes withdrawn_as)" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "what happened, in words" },
  { NULL },
};

static const GuituOption consent_options[] = {
  { "notice", GUITU_OPTION_TEXT, TRUE, "id or number of the notice, or id of the person: the newest" },
  { "consent", GUITU_OPTION_TEXT, FALSE, "what the person says of the notice (codes consent)" },
  { NULL },
};

const GuituVerb guitu_verb_notice_review = {
  "notice review", "Approve the draft of a notice, or send it back", GUITU_VERB_WRITES, review_options, NULL, run_review
};
const GuituVerb guitu_verb_notice_publish = {
  "notice publish", "Publish an approved notice", GUITU_VERB_WRITES, publish_options, NULL, run_publish
};
const GuituVerb guitu_verb_notice_withdraw = {
  "notice withdraw", "Withdraw a notice; a task names each place where it must be taken down", GUITU_VERB_WRITES, withdraw_options, NULL, run_withdraw
};
const GuituVerb guitu_verb_notice_consent = {
  "notice consent", "Note what the person says of the notice; an objection ends it", GUITU_VERB_WRITES, consent_options, NULL, run_consent
};
