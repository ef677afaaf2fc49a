/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/situation.h"

#include "app/house.h"
#include "app/links.h"
#include "app/relations.h"
#include "app/rules.h"

#include <string.h>

/* --- States ------------------------------------------------------------------------------------- */

/* Stays of older stores have a decision against the person without a time of leaving. */
static gboolean
has_ended (const GuituRecord *stay)
{
  return guitu_record_is_set (stay, GUITU_STAY_LEFT_AT) || guitu_record_says (stay, GUITU_STAY_DECISION, "refused") ||
         guitu_record_says (stay, GUITU_STAY_DECISION, "outside");
}

static GuituStayState
state_while_open (const GuituRecord *stay)
{
  if (guitu_record_says (stay, GUITU_STAY_PROPOSAL, "refuse"))
    return GUITU_STATE_REFUSAL_PROPOSED;
  if (guitu_record_says (stay, GUITU_STAY_PROPOSAL, "terminate"))
    return guitu_record_is_set (stay, GUITU_STAY_REVIEWED_AT) ? GUITU_STATE_TERMINATED : GUITU_STATE_TERMINATION_PROPOSED;
  if (guitu_record_says (stay, GUITU_STAY_DECISION, "admitted"))
    return GUITU_STATE_IN_HOUSE;
  return guitu_record_says (stay, GUITU_STAY_DECISION, "emergency") ? GUITU_STATE_EMERGENCY : GUITU_STATE_ARRIVED;
}

GuituStayState
guitu_stay_state_of (const GuituRecord *stay)
{
  if (guitu_record_is_voided (stay))
    return GUITU_STATE_VOIDED;
  if (!has_ended (stay))
    return state_while_open (stay);
  if (guitu_record_says (stay, GUITU_STAY_DECISION, "refused"))
    return GUITU_STATE_REFUSED;
  if (guitu_record_says (stay, GUITU_STAY_DECISION, "outside"))
    return GUITU_STATE_OUTSIDE;
  return guitu_record_says (stay, GUITU_STAY_LEAVE_BY, "death") ? GUITU_STATE_DEAD : GUITU_STATE_LEFT;
}

/* What the stay would be if it had not ended, and if nothing were proposed. */
static GuituStayState
state_before (const GuituRecord *stay)
{
  if (has_ended (stay) && !guitu_record_says (stay, GUITU_STAY_DECISION, "outside"))
    return state_while_open (stay);
  if (guitu_record_says (stay, GUITU_STAY_DECISION, "admitted"))
    return GUITU_STATE_IN_HOUSE;
  return guitu_record_says (stay, GUITU_STAY_DECISION, "emergency") ? GUITU_STATE_EMERGENCY : GUITU_STATE_ARRIVED;
}

/* --- Situations --------------------------------------------------------------------------------- */

gboolean
guitu_person_is_impaired (const GuituRecord *person)
{
  return guitu_record_says (person, GUITU_PERSON_IMPAIRED, "yes") || guitu_record_says (person, GUITU_PERSON_HEALTH, "mental") ||
         guitu_record_says (person, GUITU_PERSON_HEALTH, "intellectual") || guitu_record_says (person, GUITU_PERSON_HEALTH, "dementia");
}

static gboolean
is_in_danger (const GuituRecord *person)
{
  return guitu_record_says (person, GUITU_PERSON_HEALTH, "critical") || guitu_record_says (person, GUITU_PERSON_HEALTH, "injury");
}

static gboolean
find_other_open_stay (GuituTransaction *transaction,
                      const GuituRecord *stay,
                      gboolean *has_other,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (GPtrArray) stays = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_stay, GUITU_STAY_PERSON, ids, error);

  *has_other = FALSE;
  for (guint i = 0; stays != NULL && i < stays->len; i++)
    *has_other |= !guitu_record_is_set (stays->pdata[i], GUITU_STAY_LEFT_AT) &&
                  strcmp (guitu_record_id (stays->pdata[i]), guitu_record_id (stay)) != 0;
  return stays != NULL;
}

gboolean
guitu_situation_read (GuituTransaction *transaction,
                      const GuituRecord *stay,
                      const GuituRecord *person,
                      const char *at,
                      GuituSituation *situation,
                      GError **error)
{
  int least, greatest;
  gboolean is_age_known = guitu_person_age (person, at, &least, &greatest);

  *situation = (GuituSituation){
    .state = guitu_stay_state_of (stay),
    .before = state_before (stay),
    .may_be_child = is_age_known && least < guitu_rules_integer ("own_leave_age_years", at),
    .may_be_minor = guitu_person_may_be_minor (person, at),
    .is_impaired = guitu_person_is_impaired (person),
    .is_in_danger = is_in_danger (person),
    .proposed_by = guitu_record_text (stay, GUITU_STAY_PROPOSED_BY),
  };
  return guitu_belongings_count (transaction, guitu_record_id (stay), &situation->held, &situation->kept, error) &&
         find_other_open_stay (transaction, stay, &situation->has_other_open_stay, error);
}

/* --- Requests ----------------------------------------------------------------------------------- */

/* "赵 恶", "趙惡" and "赵恶。" are one name. Returns: (transfer full) (nullable): %NULL where nothing names anybody. */
static char *
plain_name (const char *text)
{
  g_auto (GStrv) names = guitu_names_plain (text);

  return names[0] == NULL ? NULL : g_strjoinv ("", names);
}

/* Somebody among the person's kin who is suspected of having harmed them, by name or by telephone. */
static gboolean
find_suspect (GuituTransaction *transaction,
              const GuituRecord *stay,
              gboolean *is_suspect,
              GError **error)
{
  g_autoptr (GPtrArray) ids = guitu_links_members (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  g_autoptr (GPtrArray) kin = ids == NULL ? NULL : guitu_links_records (transaction, &guitu_kind_kin, GUITU_KIN_PERSON, ids, error);
  g_autofree char *receiver = plain_name (guitu_record_text (stay, GUITU_STAY_RECEIVED_BY));
  const char *kinship = guitu_record_text (stay, GUITU_STAY_RECEIVER_KINSHIP);
  const char *phone = guitu_record_text (stay, GUITU_STAY_RECEIVER_PHONE);

  *is_suspect = FALSE;
  for (guint i = 0; kin != NULL && i < kin->len; i++)
    {
      g_autofree char *name = plain_name (guitu_record_text (kin->pdata[i], GUITU_KIN_NAME));
      const char *number = guitu_record_text (kin->pdata[i], GUITU_KIN_PHONE);

      if (!guitu_record_says (kin->pdata[i], GUITU_KIN_SUSPECT, "yes"))
        continue;
      *is_suspect |= (receiver != NULL && name != NULL && strstr (receiver, name) != NULL) ||
                     (phone != NULL && number != NULL && strcmp (phone, number) == 0) ||
                     (name == NULL && guitu_record_says (kin->pdata[i], GUITU_KIN_KINSHIP, kinship == NULL ? "" : kinship));
    }
  return kin != NULL;
}

/* @text after all those of @words with which it begins, the longest first. */
static const char *
skip_words (const char *text,
            const char *const *words)
{
  gsize longest;

  do
    {
      longest = 0;
      for (guint i = 0; words[i] != NULL; i++)
        if (g_str_has_prefix (text, words[i]))
          longest = MAX (longest, strlen (words[i]));
      text += longest;
    }
  while (longest > 0);
  return text;
}

/* What stands for nobody else than the person: such words, and their names in all their records. */
static char **
words_for_self (GPtrArray *persons)
{
  static const char *const nobody[] = { "本人", "自己", "自行", "他", "她", "其", "无人", "无", "没有人", "没有", "none", "nobody", "self", NULL };
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_addv (words, (const char **) nobody);
  for (guint i = 0; i < persons->len; i++)
    {
      g_autofree char *name = plain_name (guitu_record_text (persons->pdata[i], GUITU_PERSON_NAME));
      g_auto (GStrv) aliases = guitu_names_plain (guitu_record_text (persons->pdata[i], GUITU_PERSON_ALIAS));

      if (name != NULL)
        g_strv_builder_add (words, name);
      g_strv_builder_addv (words, (const char **) aliases);
    }
  return g_strv_builder_end (words);
}

/* Nobody is received by themselves, nor by nobody. */
static gboolean
find_self (GuituTransaction *transaction,
           const GuituRecord *stay,
           gboolean *is_self,
           GError **error)
{
  const char *text = guitu_record_text (stay, GUITU_STAY_RECEIVED_BY);
  g_autofree char *receiver = plain_name (text);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) persons = NULL;
  g_auto (GStrv) words = NULL;

  *is_self = text != NULL && receiver == NULL;
  if (receiver == NULL)
    return TRUE;
  ids = guitu_links_members (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  persons = ids == NULL ? NULL : guitu_links_persons (transaction, ids, error);
  if (persons == NULL)
    return FALSE;
  words = words_for_self (persons);
  *is_self = *skip_words (receiver, (const char *const *) words) == '\0';
  return TRUE;
}

static void
complete_request (GuituCall *call,
                  const GuituRecord *stay,
                  GuituRequest *request)
{
  if (request->user == NULL)
    {
      request->user = call->session->id;
      request->may_approve = guitu_call_may (call, "approve");
    }
  request->may_let_out_alone = guitu_call_may (call, "let out alone");
  request->way = guitu_record_text (stay, GUITU_STAY_LEAVE_BY);
  request->destination = guitu_record_text (stay, GUITU_STAY_DESTINATION);
  request->received_by = guitu_record_text (stay, GUITU_STAY_RECEIVED_BY);
  request->receiver_id = guitu_record_text (stay, GUITU_STAY_RECEIVER_ID);
  request->receiver_proof = guitu_record_text (stay, GUITU_STAY_RECEIVER_PROOF);
  request->guardian_check = guitu_record_text (stay, GUITU_STAY_GUARDIAN_CHECK);
  request->search_actions = guitu_record_text (stay, GUITU_STAY_SEARCH_ACTIONS);
  request->cctv = guitu_record_text (stay, GUITU_STAY_CCTV);
  request->police_report = guitu_record_text (stay, GUITU_STAY_POLICE_REPORT);
}

/* The record may hold the outcome of the act already (a time of leaving, a proposal): the state is
 * that of the stay as it stands in the store. */
static GuituRecord *
as_stored (GuituTransaction *transaction,
           const GuituRecord *stay,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  GuituRecord *stored = guitu_record_load (transaction, &guitu_kind_stay, guitu_record_id (stay), &failure);

  if (stored == NULL && !g_error_matches (failure, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return stored != NULL ? stored : guitu_record_new (&guitu_kind_stay);
}

static gboolean
answer (const GuituRefusal *refusal,
        GError **error)
{
  if (refusal == NULL)
    return TRUE;
  return guitu_fail (error, strcmp (refusal->code, "missing") == 0 ? GUITU_ERROR_INVALID : GUITU_ERROR_REFUSED,
                     refusal->code, refusal->field, "%s", refusal->text);
}

gboolean
guitu_stay_act (GuituCall *call,
                GuituTransaction *transaction,
                const GuituRecord *stay,
                GuituRequest *request,
                GError **error)
{
  const char *left = guitu_record_text (stay, GUITU_STAY_LEFT_AT);
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituRecord) person = NULL;
  g_autoptr (GuituRecord) stored = NULL;
  GuituSituation situation;

  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  stored = person == NULL ? NULL : as_stored (transaction, stay, error);
  if (stored == NULL || !guitu_situation_read (transaction, stay, person, left != NULL ? left : today, &situation, error))
    return FALSE;
  situation.state = guitu_stay_state_of (stored);
  situation.before = state_before (stored);
  situation.proposed_by = guitu_record_text (stored, GUITU_STAY_PROPOSED_BY);
  complete_request (call, stay, request);
  if (!find_self (transaction, stay, &request->is_receiver_self, error) ||
      !find_suspect (transaction, stay, &request->is_receiver_suspect, error) ||
      !guitu_relation_find (transaction, request->user, guitu_record_id (person), &request->is_related, error) ||
      !answer (guitu_workflow_refuses (&situation, request), error))
    return FALSE;
  request->next = guitu_workflow_next (&situation, request);
  return TRUE;
}

gboolean
guitu_stay_check_receiver (GuituCall *call,
                           GuituTransaction *transaction,
                           const GuituRecord *stay,
                           GError **error)
{
  g_autoptr (GuituRecord) person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  GuituRequest request = { .act = GUITU_ACT_LEAVE };
  GuituSituation situation;

  if (person == NULL || !guitu_situation_read (transaction, stay, person, guitu_record_text (stay, GUITU_STAY_LEFT_AT), &situation, error))
    return FALSE;
  complete_request (call, stay, &request);
  return find_self (transaction, stay, &request.is_receiver_self, error) &&
         find_suspect (transaction, stay, &request.is_receiver_suspect, error) &&
         answer (guitu_receiver_refuses (&situation, &request), error);
}

gboolean
guitu_stay_put (GuituTransaction *transaction,
                GuituRecord *stay,
                const GuituRequest *request,
                GError **error)
{
  if (guitu_stay_state_of (stay) != request->next)
    return guitu_fail (error, GUITU_ERROR_STORAGE, "contradiction", "stay", "The record of this stay contradicts itself: it would be “%s” and not “%s”",
                       guitu_state_name (guitu_stay_state_of (stay)), guitu_state_name (request->next));
  return guitu_transaction_put (transaction, stay, error);
}

void
guitu_stay_drop_proposal (GuituRecord *stay)
{
  static const int fields[] = { GUITU_STAY_PROPOSAL, GUITU_STAY_PROPOSED_BY, GUITU_STAY_PROPOSED_AT, GUITU_STAY_LEGAL_GROUND };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    guitu_record_set_text (stay, fields[i], NULL);
}

GuituRecord *
guitu_event_new (GuituCall *call,
                 const GuituRecord *stay,
                 const char *kind,
                 const char *text)
{
  GuituRecord *event = guitu_record_new (&guitu_kind_event);
  g_autofree char *now = guitu_now ();

  guitu_record_set_text (event, GUITU_EVENT_STAY, guitu_record_id (stay));
  guitu_record_set_text (event, GUITU_EVENT_KIND, kind);
  guitu_record_set_text (event, GUITU_EVENT_AT, now);
  guitu_record_set_text (event, GUITU_EVENT_TEXT, text);
  guitu_record_set_text (event, GUITU_EVENT_BY, call->session->id);
  return event;
}

gboolean
guitu_event_note (GuituCall *call,
                  GuituTransaction *transaction,
                  const GuituRecord *stay,
                  const char *kind,
                  const char *text,
                  GError **error)
{
  g_autoptr (GuituRecord) event = guitu_event_new (call, stay, kind, text);
  const GuituField field = { .name = "reason", .type = GUITU_FIELD_TEXT, .flags = guitu_kind_event.fields[GUITU_EVENT_TEXT].flags };

  return guitu_text_check (&field, text, error) && guitu_transaction_put (transaction, event, error);
}
