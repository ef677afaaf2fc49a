/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done about a stay now, and why not: told before anybody types anything. */

#include "app/links.h"
#include "app/relations.h"
#include "app/rights.h"
#include "app/rules.h"
#include "app/situation.h"
#include "app/verbs.h"

#include <string.h>

/* The acts under the names of what somebody wants, the verb that does each, and the rule that gives
 * the grounds for it. */
static const struct
{
  const char *name;
  GuituStayAct act;
  const char *verb;
  const char *grounds; /* rule; NULL: none is asked for */
} acts[] = {
  { "admit", GUITU_ACT_ADMIT, "stay admit", NULL },
  { "help-first", GUITU_ACT_HELP_FIRST, "stay admit", NULL },
  { "emergency", GUITU_ACT_HELP_FIRST, "stay emergency", NULL },
  { "outside", GUITU_ACT_HELP_OUTSIDE, "stay outside", NULL },
  { "refuse", GUITU_ACT_PROPOSE_REFUSAL, "stay refuse", "refusal_ground" },
  { "terminate", GUITU_ACT_PROPOSE_TERMINATION, "stay terminate", "termination_ground" },
  { "approve", GUITU_ACT_APPROVE, "stay review", NULL },
  { "reject", GUITU_ACT_REJECT, "stay review", NULL },
  { "serve", GUITU_ACT_SERVE, "stay serve", NULL },
  { "extend", GUITU_ACT_EXTEND, "stay extend", NULL },
  { "note", GUITU_ACT_NOTE, "stay event", NULL },
  { "edit", GUITU_ACT_EDIT, "stay edit", NULL },
  { "leave", GUITU_ACT_LEAVE, "stay leave", NULL },
  { "reopen", GUITU_ACT_REOPEN, "stay reopen", NULL },
  { "void", GUITU_ACT_VOID, "stay void", NULL },
};

static JsonArray *
grounds_in_force (const char *rule)
{
  g_autofree char *today = guitu_today ();
  guint n = 0;
  g_autofree const GuituRule **rules = guitu_rules_in_force (rule, today, &n);
  JsonArray *codes = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_string_element (codes, rules[i]->value);
  return codes;
}

static void
emit_act (GuituCall *call,
          const GuituSituation *situation,
          const GuituRequest *who,
          gsize i)
{
  static const GuituRefusal no_right = { "not-allowed", NULL, "Your role may not do this" };
  const GuituRefusal *refusal = guitu_act_refuses (situation, who, acts[i].act);
  JsonObject *json = json_object_new ();

  if (!guitu_call_may (call, acts[i].verb))
    refusal = &no_right;
  json_object_set_string_member (json, "act", acts[i].name);
  json_object_set_boolean_member (json, "is_possible", refusal == NULL);
  if (refusal != NULL)
    {
      json_object_set_string_member (json, "error", refusal->code);
      json_object_set_string_member (json, "message", refusal->text);
      if (refusal->field != NULL)
        json_object_set_string_member (json, "field", refusal->field);
    }
  if (acts[i].grounds != NULL)
    json_object_set_array_member (json, "grounds", grounds_in_force (acts[i].grounds));
  guitu_call_emit (call, json);
}

static gboolean
run_acts (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "stay", error);
  g_autofree char *today = guitu_today ();
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_read (call, error);
  g_autoptr (GuituRecord) stay = transaction == NULL ? NULL : guitu_stay_find (transaction, text, error);
  g_autoptr (GuituRecord) person = NULL;
  GuituRequest who = {
    .user = call->session->id,
    .may_approve = guitu_call_may (call, "approve"),
    .may_let_out_alone = guitu_call_may (call, "let out alone"),
  };
  GuituSituation situation;

  if (stay == NULL)
    return FALSE;
  person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  if (person == NULL || !guitu_situation_read (transaction, stay, person, today, &situation, error) ||
      !guitu_relation_find (transaction, who.user, guitu_record_id (person), &who.is_related, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    emit_act (call, &situation, &who, i);
  return TRUE;
}

static const GuituOption stay_option[] = {
  { "stay", GUITU_OPTION_TEXT, TRUE, "id or number of the stay" },
  { NULL },
};

const GuituVerb guitu_verb_stay_acts = {
  "stay acts", "List what can be done about a stay now, and why the rest can't", GUITU_VERB_PLAIN, stay_option, NULL, run_acts
};
