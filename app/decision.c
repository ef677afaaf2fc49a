/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decisions that weigh on the person: refusing help, terminating it, extending the term. A refusal
 * or termination rests on a ground of the law that is in force, on facts, and on a second person
 * who reviews it; the person gets a notice that names the remedies (办法 Art. 6, 15; 规程附件2, 5). */

#include "app/house.h"
#include "app/papers.h"
#include "app/rules.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

/* @notice: the paper that came with it, or NULL */
static gboolean
commit_and_emit (GuituCall *call,
                 GuituTransaction *transaction,
                 const GuituRecord *stay,
                 const GuituRecord *notice,
                 GError **error)
{
  JsonObject *json;

  if (!guitu_transaction_commit (transaction, error))
    return FALSE;
  json = guitu_stay_to_json (stay);
  if (notice != NULL)
    json_object_set_object_member (json, "notice", guitu_paper_to_json (notice));
  guitu_call_emit (call, json);
  return TRUE;
}

/* --- Proposals ---------------------------------------------------------------------------------- */

/* The code, if a rule of that name gives it as a ground today. */
static const char *
ground_in_force (const char *rule,
                 const char *code,
                 const char *today)
{
  return code != NULL && guitu_rules_find_value (rule, code, today) != NULL ? code : NULL;
}

/* The notice that the person gets. Of a termination it is issued before they leave, so that it can be
 * served; the stay that it reads is the one in the store. */
static GuituRecord *
issue_notice (GuituCall *call,
              GuituTransaction *transaction,
              const GuituRecord *stay,
              GError **error)
{
  gboolean refuses = g_strcmp0 (guitu_record_text (stay, GUITU_STAY_PROPOSAL), "refuse") == 0;

  return guitu_paper_issue (call, transaction, refuses ? "refusal-notice" : "termination-notice", stay, error);
}

static void
decide_refused (GuituRecord *stay,
                const char *now)
{
  guitu_record_set_text (stay, GUITU_STAY_DECISION, "refused");
  guitu_record_set_text (stay, GUITU_STAY_DECIDED_BY, guitu_record_text (stay, GUITU_STAY_PROPOSED_BY));
  guitu_record_set_text (stay, GUITU_STAY_DECIDED_AT, now);
  guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, now);
  guitu_record_set_text (stay, GUITU_STAY_BED, NULL);
}

/* Agreement of a second person, who may sign in the same act as the first. */
static gboolean
approve (GuituCall *call,
         GuituTransaction *transaction,
         GuituRecord *stay,
         const GuituRequest *request,
         GuituRecord **notice,
         GError **error)
{
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (stay, GUITU_STAY_REVIEWED_BY, request->user);
  guitu_record_set_text (stay, GUITU_STAY_REVIEWED_AT, now);
  if (g_strcmp0 (guitu_record_text (stay, GUITU_STAY_PROPOSAL), "refuse") == 0)
    decide_refused (stay, now);
  if (guitu_record_is_set (stay, GUITU_STAY_LEFT_AT) &&
      (!guitu_transfers_cancel (transaction, stay, error) || !guitu_belongings_keep_forbidden (transaction, stay, error)))
    return FALSE;
  if (!guitu_stay_put (transaction, stay, request, error))
    return FALSE;
  *notice = issue_notice (call, transaction, stay, error);
  return *notice != NULL;
}

/* What a proposal rests on, if the law still gives it on the day of the decision. */
static const char *
ground_of (const GuituRecord *stay)
{
  gboolean refuses = g_strcmp0 (guitu_record_text (stay, GUITU_STAY_PROPOSAL), "refuse") == 0;
  g_autofree char *today = guitu_today ();

  return ground_in_force (refuses ? "refusal_ground" : "termination_ground", guitu_record_text (stay, GUITU_STAY_LEGAL_GROUND), today);
}

/* The second person who signed with the proposal agrees to it; without one nothing happens yet. */
static gboolean
approve_at_once (GuituCall *call,
                 GuituTransaction *transaction,
                 GuituRecord *stay,
                 const char *second,
                 GuituRecord **notice,
                 GError **error)
{
  GuituRequest request = { .act = GUITU_ACT_APPROVE, .user = second, .may_approve = TRUE, .legal_ground = ground_of (stay) };

  return second == NULL || (guitu_stay_act (call, transaction, stay, &request, error) && approve (call, transaction, stay, &request, notice, error));
}

static gboolean
propose (GuituCall *call,
         const char *proposal,
         GuituStayAct act,
         const char *rule,
         GError **error)
{
  g_autofree char *second = NULL;
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituTransaction) transaction = guitu_call_second (call, "approve", &second, error) ? guitu_call_write (call, error) : NULL;
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_call_stay (call, transaction, error);
  g_autoptr (GuituRecord) notice = NULL;
  GuituRequest request = { .act = act };

  if (stay == NULL || !guitu_call_take (call, "legal_ground", stay, GUITU_STAY_LEGAL_GROUND, error) ||
      !guitu_call_take (call, "ground", stay, GUITU_STAY_GROUND, error))
    return FALSE;
  request.legal_ground = ground_in_force (rule, guitu_call_text (call, "legal_ground") == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_LEGAL_GROUND), now);
  request.reason = guitu_call_text (call, "ground");
  if (!guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  guitu_record_set_text (stay, GUITU_STAY_PROPOSAL, proposal);
  guitu_record_set_text (stay, GUITU_STAY_PROPOSED_BY, call->session->id);
  guitu_record_set_text (stay, GUITU_STAY_PROPOSED_AT, now);
  guitu_record_set_text (stay, GUITU_STAY_REVIEWED_BY, NULL);
  guitu_record_set_text (stay, GUITU_STAY_REVIEWED_AT, NULL);
  guitu_record_set_text (stay, GUITU_STAY_REVIEW_NOTE, NULL);
  return guitu_stay_put (transaction, stay, &request, error) &&
         approve_at_once (call, transaction, stay, second, &notice, error) &&
         commit_and_emit (call, transaction, stay, notice, error);
}

static gboolean
run_refuse (GuituCall *call,
            GError **error)
{
  return propose (call, "refuse", GUITU_ACT_PROPOSE_REFUSAL, "refusal_ground", error);
}

static gboolean
run_terminate (GuituCall *call,
               GError **error)
{
  return propose (call, "terminate", GUITU_ACT_PROPOSE_TERMINATION, "termination_ground", error);
}

/* --- Review ------------------------------------------------------------------------------------- */

/* What was proposed is no more; the ledger and an event tell that it was. */
static gboolean
reject (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *stay,
        const char *reason,
        GError **error)
{
  const GuituCode *proposal = guitu_codes_find ("proposal", guitu_record_text (stay, GUITU_STAY_PROPOSAL));
  g_autofree char *text = g_strdup_printf ("%s：不同意。%s", proposal->chinese, reason);

  guitu_stay_drop_proposal (stay);
  guitu_record_set_text (stay, GUITU_STAY_GROUND, NULL);
  return guitu_event_note (call, transaction, stay, "leader", text, error);
}

static gboolean
review (GuituCall *call,
        GuituTransaction *transaction,
        GuituRecord *stay,
        gboolean approves,
        GuituRecord **notice,
        GError **error)
{
  const char *reason = guitu_call_text (call, "reason");
  GuituRequest request = { .act = approves ? GUITU_ACT_APPROVE : GUITU_ACT_REJECT, .reason = reason, .legal_ground = ground_of (stay) };

  if (!guitu_stay_act (call, transaction, stay, &request, error) ||
      !guitu_call_take (call, "reason", stay, GUITU_STAY_REVIEW_NOTE, error))
    return FALSE;
  return approves ? approve (call, transaction, stay, &request, notice, error)
                  : reject (call, transaction, stay, reason, error) && guitu_stay_put (transaction, stay, &request, error);
}

static gboolean
run_review (GuituCall *call,
            GError **error)
{
  gboolean approves = guitu_call_flag (call, "approve");
  gboolean rejects = guitu_call_flag (call, "reject");
  g_autoptr (GuituRecord) notice = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;

  if (approves == rejects)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "approve", "Say whether you approve or reject what was proposed");
  transaction = guitu_call_write (call, error);
  stay = guitu_call_stay (call, transaction, error);
  return stay != NULL && review (call, transaction, stay, approves, &notice, error) &&
         commit_and_emit (call, transaction, stay, notice, error);
}

/* --- Service of the notice ---------------------------------------------------------------------- */

#define WITNESSES_OF_REFUSED_SIGNATURE 2

static guint
count_names (const char *names)
{
  g_auto (GStrv) parts = g_regex_split_simple ("[,，、;；\\s]+", names, 0, 0);
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    n += *parts[i] != '\0';
  return n;
}

static gboolean
has_notice (const GuituRecord *stay)
{
  return guitu_record_is_set (stay, GUITU_STAY_REVIEWED_AT) && guitu_record_is_set (stay, GUITU_STAY_PROPOSAL);
}

static gboolean
run_serve (GuituCall *call,
           GError **error)
{
  g_autofree char *now = guitu_now ();
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = guitu_call_stay (call, transaction, error);
  const char *witness = guitu_call_text (call, "served_witness");
  GuituRequest request = { .act = GUITU_ACT_SERVE, .witness = witness };

  if (stay == NULL || !guitu_call_take (call, "served_how", stay, GUITU_STAY_SERVED_HOW, error) ||
      !guitu_call_take (call, "served_witness", stay, GUITU_STAY_SERVED_WITNESS, error) ||
      !guitu_call_take (call, "served_at", stay, GUITU_STAY_SERVED_AT, error))
    return FALSE;
  if (!has_notice (stay))
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-notice", "stay", "There is no notice to be served");
  request.signature = guitu_call_text (call, "served_how") == NULL ? NULL : guitu_record_text (stay, GUITU_STAY_SERVED_HOW);
  if (!guitu_stay_act (call, transaction, stay, &request, error))
    return FALSE;
  if (strcmp (request.signature, "refused") == 0 && count_names (witness) < WITNESSES_OF_REFUSED_SIGNATURE)
    return guitu_fail (error, GUITU_ERROR_INVALID, "missing", "served_witness", "A refused signature needs the names of two witnesses");
  if (!guitu_record_is_set (stay, GUITU_STAY_SERVED_AT))
    guitu_record_set_text (stay, GUITU_STAY_SERVED_AT, now);
  return guitu_time_check (guitu_record_text (stay, GUITU_STAY_SERVED_AT), guitu_record_text (stay, GUITU_STAY_REVIEWED_AT), "served_at", error) &&
         guitu_stay_put (transaction, stay, &request, error) && commit_and_emit (call, transaction, stay, NULL, error);
}

/* --- Extension of the term ---------------------------------------------------------------------- */

/* 细则 Art. 12: longer than the term for special reasons only, and reported to the department. */
static gboolean
note_extension (GuituCall *call,
                GuituTransaction *transaction,
                GuituRecord *stay,
                GError **error)
{
  g_autoptr (GuituRecord) event = guitu_record_new (&guitu_kind_event);
  g_autofree char *until = guitu_date_parse (guitu_call_text (call, "until"));
  g_autofree char *end = until == NULL ? NULL : guitu_end_of_day (until);
  g_autofree char *now = guitu_now ();
  const char *admitted = guitu_record_text (stay, GUITU_STAY_ADMITTED_AT);
  g_autofree char *least = guitu_date_add_days (admitted, guitu_rules_integer ("stay_limit_days", admitted));
  g_autofree char *most = guitu_date_add_days (now, guitu_rules_integer ("extension_limit_days", now));

  if (until == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "invalid-date", "until", "“until” must be a date");
  if (strcmp (until, least) <= 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-later", "until", "The term itself lasts until %s", least);
  if (strcmp (until, most) > 0)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "until", "A term is extended for %d days at most; extend it again then", (int) guitu_rules_integer ("extension_limit_days", now));
  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
  guitu_record_set_text (event, GUITU_EVENT_KIND, "extension");
  guitu_record_set_text (event, GUITU_EVENT_AT, now);
  guitu_record_set_text (event, GUITU_EVENT_UNTIL, end);
  guitu_record_set_text (event, GUITU_EVENT_BY, call->session->id);
  guitu_record_set_text (stay, GUITU_STAY_DUE_ON, until);
  return guitu_call_take (call, "reason", event, GUITU_EVENT_TEXT, error) &&
         guitu_call_take (call, "filed", event, GUITU_EVENT_FILED, error) &&
         guitu_transaction_put (transaction, event, error);
}

/* The number under which the department filed the last extension comes later. */
static gboolean
file_extension (GuituCall *call,
                GuituTransaction *transaction,
                const GuituRecord *stay,
                GError **error)
{
  const GuituQuery extensions = {
    .conditions = { { GUITU_EVENT_STAY, GUITU_EQUAL, guitu_record_id (stay) },
                    { GUITU_EVENT_KIND, GUITU_EQUAL, "extension" } },
    .descending = TRUE,
    .limit = 1,
  };
  g_autoptr (GPtrArray) events = guitu_records_find (transaction, &guitu_kind_event, &extensions, error);

  if (events == NULL)
    return FALSE;
  if (events->len == 0)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "no-extension", "stay", "This term was not extended");
  return guitu_call_take (call, "filed", events->pdata[0], GUITU_EVENT_FILED, error) &&
         guitu_transaction_put (transaction, events->pdata[0], error);
}

static gboolean
run_extend (GuituCall *call,
            GError **error)
{
  gboolean only_files = guitu_call_text (call, "until") == NULL && guitu_call_text (call, "filed") != NULL;
  g_autoptr (GuituTransaction) transaction = guitu_call_write (call, error);
  g_autoptr (GuituRecord) stay = guitu_call_stay (call, transaction, error);
  GuituRequest request = { .act = GUITU_ACT_EXTEND, .reason = guitu_call_text (call, "reason") };

  if (stay == NULL)
    return FALSE;
  if (only_files)
    return file_extension (call, transaction, stay, error) && commit_and_emit (call, transaction, stay, NULL, error);
  if (guitu_call_need (call, "until", error) == NULL || !guitu_stay_act (call, transaction, stay, &request, error) ||
      !note_extension (call, transaction, stay, error))
    return FALSE;
  return guitu_stay_put (transaction, stay, &request, error) && commit_and_emit (call, transaction, stay, NULL, error);
}

/* --- Verbs -------------------------------------------------------------------------------------- */

static const GuituOption propose_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "legal_ground", GUITU_OPTION_TEXT, FALSE, "the ground of the law (codes legal_ground; “rule list” tells which are in force)" },
  { "ground", GUITU_OPTION_TEXT, FALSE, "the facts: what happened, with dates and evidence" },
  GUITU_SECOND_OPTIONS,
  { NULL },
};

static const GuituOption review_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "approve", GUITU_OPTION_FLAG, FALSE, "agree to what was proposed" },
  { "reject", GUITU_OPTION_FLAG, FALSE, "do not agree; the stay goes on as before" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why; needed to reject" },
  { NULL },
};

static const GuituOption serve_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "served_how", GUITU_OPTION_TEXT, FALSE, "how it was acknowledged (codes signature)" },
  { "served_witness", GUITU_OPTION_TEXT, FALSE, "who saw a signature refused: two names" },
  { "served_at", GUITU_OPTION_TEXT, FALSE, "when (now)" },
  { NULL },
};

static const GuituOption extend_options[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { "until", GUITU_OPTION_TEXT, FALSE, "the new last day" },
  { "reason", GUITU_OPTION_TEXT, FALSE, "why longer" },
  { "filed", GUITU_OPTION_TEXT, FALSE, "number and date of the filing with the civil affairs department; alone: of the last extension" },
  { NULL },
};

const GuituVerb guitu_verb_stay_refuse = {
  "stay refuse", "Propose to refuse help; a second person reviews it", GUITU_VERB_WRITES, propose_options, NULL, run_refuse
};
const GuituVerb guitu_verb_stay_terminate = {
  "stay terminate", "Propose to terminate help; a second person reviews it", GUITU_VERB_WRITES, propose_options, NULL, run_terminate
};
const GuituVerb guitu_verb_stay_review = {
  "stay review", "Approve or reject a proposed refusal or termination", GUITU_VERB_WRITES, review_options, NULL, run_review
};
const GuituVerb guitu_verb_stay_serve = {
  "stay serve", "Note that the notice was handed to the person", GUITU_VERB_WRITES, serve_options, NULL, run_serve
};
const GuituVerb guitu_verb_stay_extend = {
  "stay extend", "Extend the term of a stay, or note the filing of an extension", GUITU_VERB_WRITES, extend_options, NULL, run_extend
};
