/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/workflow.h"

#include <string.h>

#define IN(state) (1u << GUITU_STATE_##state)

#define OPEN                                                                                           \
  (IN (ARRIVED) | IN (REFUSAL_PROPOSED) | IN (EMERGENCY) | IN (IN_HOUSE) | IN (TERMINATION_PROPOSED) | \
   IN (TERMINATED))

/* --- The states and the acts -------------------------------------------------------------------- */

static const char *const names[GUITU_N_STATES] = {
  [GUITU_STATE_ARRIVED] = "arrived",
  [GUITU_STATE_REFUSAL_PROPOSED] = "refusal-proposed",
  [GUITU_STATE_EMERGENCY] = "in-house",
  [GUITU_STATE_IN_HOUSE] = "in-house",
  [GUITU_STATE_TERMINATION_PROPOSED] = "termination-proposed",
  [GUITU_STATE_TERMINATED] = "terminated",
  [GUITU_STATE_REFUSED] = "refused",
  [GUITU_STATE_OUTSIDE] = "outside",
  [GUITU_STATE_LEFT] = "left",
  [GUITU_STATE_DEAD] = "dead",
  [GUITU_STATE_VOIDED] = "voided",
};

/* In which states each act has a place, and why not in the others. Deciding for a person (admitting,
 * helping first, rejecting a proposal) is possible wherever something else was proposed. */
static const struct
{
  guint from;
  GuituRefusal otherwise;
} acts[GUITU_N_ACTS] = {
  [GUITU_ACT_ADMIT] = { IN (ARRIVED) | IN (REFUSAL_PROPOSED) | IN (EMERGENCY),
                        { "already-decided", "stay", "It has been decided already" } },
  [GUITU_ACT_HELP_FIRST] = { IN (ARRIVED) | IN (REFUSAL_PROPOSED), { "already-decided", "stay", "It has been decided already" } },
  [GUITU_ACT_HELP_OUTSIDE] = { IN (ARRIVED) | IN (REFUSAL_PROPOSED), { "already-decided", "stay", "It has been decided already" } },
  [GUITU_ACT_PROPOSE_REFUSAL] = { IN (ARRIVED), { "already-decided", "stay", "A refusal can be proposed only while nothing is decided" } },
  [GUITU_ACT_PROPOSE_TERMINATION] = { IN (EMERGENCY) | IN (IN_HOUSE),
                                      { "not-in-house", "stay", "Help can be terminated only for who is in the house" } },
  [GUITU_ACT_APPROVE] = { IN (REFUSAL_PROPOSED) | IN (TERMINATION_PROPOSED), { "nothing-proposed", "stay", "Nothing is proposed that could be reviewed" } },
  [GUITU_ACT_REJECT] = { IN (REFUSAL_PROPOSED) | IN (TERMINATION_PROPOSED), { "nothing-proposed", "stay", "Nothing is proposed that could be reviewed" } },
  [GUITU_ACT_SERVE] = { IN (REFUSED) | IN (TERMINATED) | IN (LEFT), { "no-notice", "stay", "There is no notice to be served" } },
  [GUITU_ACT_EXTEND] = { IN (EMERGENCY) | IN (IN_HOUSE) | IN (TERMINATION_PROPOSED), { "not-in-house", "stay", "The term can be extended only for who is in the house" } },
  [GUITU_ACT_NOTE] = { OPEN, { "already-left", "stay", "This person has left already" } },
  [GUITU_ACT_EDIT] = { (1u << GUITU_N_STATES) - 1 - IN (VOIDED), { "voided", "stay", "This stay was registered by mistake" } },
  [GUITU_ACT_LEAVE] = { OPEN, { "already-left", "stay", "This person has left already" } },
  [GUITU_ACT_REOPEN] = { IN (LEFT) | IN (OUTSIDE), { "not-left", "stay", "Only a stay that ended can be opened again; after a death or a refusal, none can" } },
  [GUITU_ACT_VOID] = { OPEN | IN (OUTSIDE) | IN (LEFT), { "voided", "stay", "This stay can't be voided: a refusal and a death stay on record" } },
};

/* --- The ways out ------------------------------------------------------------------------------- */

typedef enum
{
  NEEDS_REASON = 1 << 0,
  NEEDS_DESTINATION = 1 << 1,
  NEEDS_RECEIVER = 1 << 2,
  NEEDS_IDENTITY = 1 << 3, /* ID number of who receives, and the proof of kinship or of the order */
  NEEDS_SEARCH = 1 << 4,   /* what was done to find them, and where the recording is */
  ALONE = 1 << 5,          /* nobody answers for the person from here on */
  FOUND_OUT = 1 << 6,      /* nobody let them go: it was found out */
  ENDS_BY_DEATH = 1 << 7,
  AFTER_REVIEW = 1 << 8 /* only when a second person agreed to terminate */
} WayNeeds;

/* The codes of leave_by (规程，离站; 细则 Art. 13–18). */
static const struct
{
  const char *code;
  guint needs;
} ways[] = {
  { "own-will", ALONE },
  { "ticket", ALONE | NEEDS_DESTINATION },
  { "other", ALONE | NEEDS_REASON },
  { "kin", NEEDS_RECEIVER | NEEDS_IDENTITY },
  { "employer", NEEDS_RECEIVER | NEEDS_IDENTITY },
  { "home-station", NEEDS_RECEIVER },
  { "escort-home", NEEDS_DESTINATION },
  { "escort-station", NEEDS_DESTINATION },
  { "other-station", NEEDS_DESTINATION },
  { "welfare", NEEDS_RECEIVER },
  { "minors-centre", NEEDS_RECEIVER },
  { "police", NEEDS_RECEIVER },
  { "hospital", NEEDS_RECEIVER },
  { "settled", NEEDS_DESTINATION },
  { "terminated", ALONE | AFTER_REVIEW },
  { "walked-out", NEEDS_SEARCH | FOUND_OUT },
  { "missing", NEEDS_SEARCH | FOUND_OUT },
  { "death", NEEDS_REASON | FOUND_OUT | ENDS_BY_DEATH },
};

/* What the needs are called, in the order in which they are asked for. */
static const struct
{
  guint need;
  gsize offset; /* of the text in a GuituRequest */
  GuituRefusal missing;
} needs[] = {
  { NEEDS_DESTINATION, G_STRUCT_OFFSET (GuituRequest, destination), { "missing", "destination", "“destination” is needed for this way of leaving" } },
  { NEEDS_RECEIVER, G_STRUCT_OFFSET (GuituRequest, received_by), { "missing", "received_by", "“received_by” is needed for this way of leaving: who receives the person" } },
  { NEEDS_IDENTITY, G_STRUCT_OFFSET (GuituRequest, receiver_id), { "missing", "receiver_id", "“receiver_id” is needed: look at the ID document of who collects the person, and note its number" } },
  { NEEDS_IDENTITY, G_STRUCT_OFFSET (GuituRequest, receiver_proof), { "missing", "receiver_proof", "“receiver_proof” is needed: what shows that they belong together" } },
  { NEEDS_REASON, G_STRUCT_OFFSET (GuituRequest, reason), { "missing", "ground", "“ground” is needed for this way of leaving: what happened, or why" } },
  { NEEDS_SEARCH, G_STRUCT_OFFSET (GuituRequest, search_actions), { "missing", "search_actions", "“search_actions” is needed: where and how the person was looked for" } },
  { NEEDS_SEARCH, G_STRUCT_OFFSET (GuituRequest, cctv), { "missing", "cctv", "“cctv” is needed: the number of the recording, or that there is none" } },
};

static guint
way_needs (const char *way)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (strcmp (ways[i].code, way) == 0)
      return ways[i].needs;
  return 0;
}

gboolean
guitu_way_is_found_out (const char *way)
{
  return (way_needs (way) & FOUND_OUT) != 0;
}

gboolean
guitu_situation_needs_company (const GuituSituation *situation)
{
  return situation->may_be_child || situation->is_impaired;
}

gboolean
guitu_state_is_open (GuituStayState state)
{
  return ((1u << state) & OPEN) != 0;
}

const char *
guitu_state_name (GuituStayState state)
{
  return names[state];
}

/* --- The guards --------------------------------------------------------------------------------- */

/* A child, or somebody who shows a mental or intellectual disability, goes alone only when the
 * leader on duty says so and why (办法 Art. 11; 规程，自行离站). Everybody else just goes. */
static const GuituRefusal *
refuses_alone (const GuituSituation *situation,
               const GuituRequest *request)
{
  static const GuituRefusal child = { "not-alone", "leave_by", "This person is, or may be, a child and is not let out alone; only the duty leader may decide otherwise, with a reason" };
  static const GuituRefusal impaired = { "not-alone", "leave_by", "This person shows signs of a mental or intellectual disability and is not let out alone; only the duty leader may decide otherwise, with a reason" };
  static const GuituRefusal reason = { "not-alone", "ground", "This person is, or may be, a child, or shows signs of a disability; give the reason for letting them go alone" };

  if (!guitu_situation_needs_company (situation))
    return NULL;
  if (!request->may_let_out_alone)
    return situation->may_be_child ? &child : &impaired;
  return request->reason == NULL ? &reason : NULL;
}

static const GuituRefusal *
refuses_missing (guint wanted,
                 const GuituRequest *request)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if ((wanted & needs[i].need) && G_STRUCT_MEMBER (const char *, request, needs[i].offset) == NULL)
      return &needs[i].missing;
  return NULL;
}

/* A journey or a new home: a capable adult just goes there. */
static gboolean
needs_receiver_for_company (guint wanted,
                            const GuituSituation *situation)
{
  return (wanted & NEEDS_DESTINATION) && !(wanted & ALONE) && guitu_situation_needs_company (situation);
}

static gboolean
is_for_kin (const char *way)
{
  return strcmp (way, "kin") == 0 || strcmp (way, "employer") == 0;
}

/* Who takes a minor must be their guardian, and nobody under suspicion (guard c; 未成年人保护法
 * Art. 93). */
const GuituRefusal *
guitu_receiver_refuses (const GuituSituation *situation,
                        const GuituRequest *request)
{
  guint wanted = way_needs (request->way);
  static const GuituRefusal suspect = { "suspect", "received_by", "This relative is under suspicion of having harmed the person; nobody is handed over to them" };
  static const GuituRefusal self = { "not-alone", "received_by", "Who can't leave alone is received by somebody else than themselves" };
  static const GuituRefusal nobody = { "missing", "received_by", "“received_by” is needed: who receives somebody who can't leave alone" };
  static const GuituRefusal unchecked = { "missing", "guardian_check", "“guardian_check” is needed for a minor: how guardianship was verified and assessed" };

  if (request->is_receiver_suspect)
    return &suspect;
  if (needs_receiver_for_company (wanted, situation) && request->received_by == NULL)
    return &nobody;
  if (request->is_receiver_self && guitu_situation_needs_company (situation) && !(wanted & (ALONE | FOUND_OUT)))
    return &self;
  if (situation->may_be_minor && is_for_kin (request->way) && request->guardian_check == NULL)
    return &unchecked;
  return NULL;
}

static const GuituRefusal *
refuses_leaving (const GuituSituation *situation,
                 const GuituRequest *request)
{
  static const GuituRefusal no_way = { "missing", "leave_by", "“leave_by” is needed: how the person leaves" };
  static const GuituRefusal no_review = { "not-reviewed", "leave_by", "Help is terminated only after a second person agreed (“stay terminate”, then “stay review”)" };
  static const GuituRefusal no_report = { "missing", "police_report", "“police_report” is needed: a child or a person with a disability who is gone is reported to the police" };
  static const GuituRefusal belongings = { "belongings", "belongings", "Belongings are still in keeping: give them back, hand them on, or have it signed that they are given up" };
  const GuituRefusal *refusal;
  guint wanted;

  if (request->way == NULL)
    return &no_way;
  wanted = way_needs (request->way);
  if ((wanted & AFTER_REVIEW) && situation->state != GUITU_STATE_TERMINATED)
    return &no_review;
  refusal = refuses_missing (wanted, request);
  if (refusal == NULL && (wanted & ALONE))
    refusal = refuses_alone (situation, request);
  if (refusal == NULL)
    refusal = guitu_receiver_refuses (situation, request);
  if (refusal != NULL)
    return refusal;
  if ((wanted & NEEDS_SEARCH) && (situation->may_be_minor || situation->is_impaired) && request->police_report == NULL)
    return &no_report;
  return situation->held > 0 && !request->settles_belongings && !(wanted & FOUND_OUT) ? &belongings : NULL;
}

GPtrArray *
guitu_way_asks (const GuituSituation *situation,
                const char *way)
{
  GPtrArray *fields = g_ptr_array_new ();
  guint wanted = way_needs (way);
  gboolean needs_company = guitu_situation_needs_company (situation);

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if (wanted & needs[i].need)
      g_ptr_array_add (fields, (gpointer) needs[i].missing.field);
  if (needs_receiver_for_company (wanted, situation))
    g_ptr_array_add (fields, (gpointer) "received_by");
  if (situation->may_be_minor && is_for_kin (way))
    g_ptr_array_add (fields, (gpointer) "guardian_check");
  if ((wanted & NEEDS_SEARCH) && (situation->may_be_minor || situation->is_impaired))
    g_ptr_array_add (fields, (gpointer) "police_report");
  if ((wanted & ALONE) && needs_company && !(wanted & NEEDS_REASON))
    g_ptr_array_add (fields, (gpointer) "ground");
  if (situation->held > 0 && !(wanted & FOUND_OUT))
    g_ptr_array_add (fields, (gpointer) "belongings");
  return fields;
}

/* As if whoever asks had said all that could be asked for. */
static GuituRequest
say_all (const GuituRequest *who,
         GuituStayAct act,
         const char *way)
{
  return (GuituRequest){
    .act = act,
    .user = who->user,
    .may_approve = who->may_approve,
    .may_let_out_alone = who->may_let_out_alone,
    .is_related = who->is_related,
    .way = way,
    .legal_ground = "",
    .reason = "",
    .destination = "",
    .received_by = "",
    .receiver_id = "",
    .receiver_proof = "",
    .guardian_check = "",
    .search_actions = "",
    .cctv = "",
    .police_report = "",
    .signature = "",
    .witness = "",
    .settles_belongings = TRUE,
  };
}

const GuituRefusal *
guitu_way_refuses (const GuituSituation *situation,
                   const GuituRequest *request,
                   const char *way)
{
  const GuituRequest all = say_all (request, GUITU_ACT_LEAVE, way);

  return guitu_workflow_refuses (situation, &all);
}

const GuituRefusal *
guitu_act_refuses (const GuituSituation *situation,
                   const GuituRequest *request,
                   GuituStayAct act)
{
  const GuituRequest all = say_all (request, act, "other-station"); /* a way that is closed to nobody */

  return guitu_workflow_refuses (situation, &all);
}

/* Who must be helped in any case: a minor, a person with a disability of the mind, somebody in
 * danger (办法 Art. 5, 6; 未成年人保护法 Art. 92). */
static const GuituRefusal *
refuses_protected (const GuituSituation *situation)
{
  static const GuituRefusal minor = { "protected", "stay", "This person is, or may be, a minor: help can't be refused or terminated" };
  static const GuituRefusal impaired = { "protected", "stay", "This person shows signs of a mental or intellectual disability: help can't be refused or terminated" };
  static const GuituRefusal danger = { "protected", "stay", "This person needs medical care first: help can't be refused" };

  if (situation->may_be_minor)
    return &minor;
  if (situation->is_impaired)
    return &impaired;
  return situation->is_in_danger ? &danger : NULL;
}

static const GuituRefusal *
refuses_proposal (const GuituSituation *situation,
                  const GuituRequest *request)
{
  static const GuituRefusal no_ground = { "no-ground", "legal_ground", "“legal_ground” is needed: a ground that the law gives and that is in force today" };
  static const GuituRefusal no_facts = { "missing", "ground", "“ground” is needed: what happened, with dates and evidence" };

  if (request->legal_ground == NULL)
    return &no_ground;
  if (request->reason == NULL)
    return &no_facts;
  return refuses_protected (situation);
}

static const GuituRefusal *
refuses_approval (const GuituSituation *situation,
                  const GuituRequest *request)
{
  static const GuituRefusal no_ground = { "no-ground", "stay", "The ground is no longer in force: reject what is proposed" };
  static const GuituRefusal no_right = { "not-allowed", NULL, "Only a leader may agree to a refusal or a termination" };
  static const GuituRefusal same = { "same-person", "stay", "Whoever proposed this can't review it: a second person must" };
  static const GuituRefusal belongings = { "belongings", "stay", "Belongings are still in keeping: give them back first" };

  if (!request->may_approve)
    return &no_right;
  if (request->legal_ground == NULL)
    return &no_ground;
  if (g_strcmp0 (situation->proposed_by, request->user) == 0)
    return &same;
  if (situation->state == GUITU_STATE_REFUSAL_PROPOSED && situation->held > 0)
    return &belongings;
  return refuses_protected (situation); /* what became known since it was proposed counts */
}

static const GuituRefusal *
refuses_service (const GuituRequest *request)
{
  static const GuituRefusal no_signature = { "missing", "served_how", "“served_how” is needed: signed, thumb print, or refused to sign" };
  static const GuituRefusal no_witness = { "missing", "served_witness", "“served_witness” is needed: who saw that the person refused to sign" };

  if (request->signature == NULL)
    return &no_signature;
  return strcmp (request->signature, "refused") == 0 && request->witness == NULL ? &no_witness : NULL;
}

static const GuituRefusal *
refuses_correction (const GuituSituation *situation,
                    const GuituRequest *request)
{
  static const GuituRefusal no_reason = { "missing", "reason", "“reason” is needed" };
  static const GuituRefusal other = { "already-here", "stay", "This person has another open stay" };
  static const GuituRefusal held = { "belongings", "stay", "Belongings are in keeping with this stay" };
  static const GuituRefusal child = { "not-alone", "stay", "A child or a person with a disability who is in our care can't be struck off; record how they leave" };

  if (request->reason == NULL)
    return &no_reason;
  if (request->act == GUITU_ACT_REOPEN)
    return situation->has_other_open_stay ? &other : NULL;
  if (situation->kept > 0)
    return &held;
  if (guitu_situation_needs_company (situation) && guitu_state_is_open (situation->state) &&
      !situation->has_other_open_stay)
    return &child;
  return NULL;
}

static gboolean
has_left (GuituStayState state)
{
  return state == GUITU_STATE_LEFT || state == GUITU_STATE_DEAD;
}

/* A member of staff who is close to the person decides nothing about them; helping in an emergency
 * and letting them go are no decisions. */
static gboolean
is_decision (GuituStayAct act)
{
  return act == GUITU_ACT_ADMIT || act == GUITU_ACT_PROPOSE_REFUSAL || act == GUITU_ACT_PROPOSE_TERMINATION ||
         act == GUITU_ACT_APPROVE || act == GUITU_ACT_REJECT || act == GUITU_ACT_EXTEND;
}

const GuituRefusal *
guitu_workflow_refuses (const GuituSituation *situation,
                        const GuituRequest *request)
{
  static const GuituRefusal related = { "related", "stay", "You declared that you are close to this person; somebody else decides" };
  static const GuituRefusal no_reason = { "missing", "reason", "“reason” is needed" };
  static const GuituRefusal held = { "belongings", "stay", "Belongings are still in keeping: give them back first" };

  if (!(acts[request->act].from & (1u << situation->state)))
    return has_left (situation->state) && (acts[request->act].from & OPEN) ? &acts[GUITU_ACT_LEAVE].otherwise
                                                                           : &acts[request->act].otherwise;
  if (request->is_related && is_decision (request->act))
    return &related;
  switch (request->act)
    {
    case GUITU_ACT_PROPOSE_REFUSAL:
    case GUITU_ACT_PROPOSE_TERMINATION:
      return refuses_proposal (situation, request);
    case GUITU_ACT_APPROVE:
      return refuses_approval (situation, request);
    case GUITU_ACT_SERVE:
      return refuses_service (request);
    case GUITU_ACT_REJECT:
    case GUITU_ACT_EXTEND:
      return request->reason == NULL ? &no_reason : NULL;
    case GUITU_ACT_HELP_OUTSIDE:
      return situation->held > 0 ? &held : refuses_alone (situation, request);
    case GUITU_ACT_LEAVE:
      return refuses_leaving (situation, request);
    case GUITU_ACT_REOPEN:
    case GUITU_ACT_VOID:
      return refuses_correction (situation, request);
    case GUITU_ACT_ADMIT:
    case GUITU_ACT_HELP_FIRST:
    case GUITU_ACT_NOTE:
    case GUITU_ACT_EDIT:
    case GUITU_N_ACTS:
    default:
      return NULL;
    }
}

GuituStayState
guitu_workflow_next (const GuituSituation *situation,
                     const GuituRequest *request)
{
  switch (request->act)
    {
    case GUITU_ACT_ADMIT:
      return GUITU_STATE_IN_HOUSE;
    case GUITU_ACT_HELP_FIRST:
      return GUITU_STATE_EMERGENCY;
    case GUITU_ACT_HELP_OUTSIDE:
      return GUITU_STATE_OUTSIDE;
    case GUITU_ACT_PROPOSE_REFUSAL:
      return GUITU_STATE_REFUSAL_PROPOSED;
    case GUITU_ACT_PROPOSE_TERMINATION:
      return GUITU_STATE_TERMINATION_PROPOSED;
    case GUITU_ACT_APPROVE:
      return situation->state == GUITU_STATE_REFUSAL_PROPOSED ? GUITU_STATE_REFUSED : GUITU_STATE_TERMINATED;
    case GUITU_ACT_REJECT:
    case GUITU_ACT_REOPEN:
      return situation->before;
    case GUITU_ACT_LEAVE:
      return (way_needs (request->way) & ENDS_BY_DEATH) ? GUITU_STATE_DEAD : GUITU_STATE_LEFT;
    case GUITU_ACT_VOID:
      return GUITU_STATE_VOIDED;
    case GUITU_ACT_SERVE:
    case GUITU_ACT_EXTEND:
    case GUITU_ACT_NOTE:
    case GUITU_ACT_EDIT:
    case GUITU_N_ACTS:
    default:
      return situation->state;
    }
}
