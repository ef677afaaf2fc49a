/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The states of a stay, the acts that lead from one to another, and what the law lets nobody do
 * (domain.md §2, guards a–i). A pure function of a situation and a request: it knows no store, so
 * that a test can walk it millions of times. Verbs read the situation from the records
 * (situation.h), ask here, and write. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GUITU_STATE_ARRIVED,          /* at the desk: nothing is decided */
  GUITU_STATE_REFUSAL_PROPOSED, /* waits for a second person */
  GUITU_STATE_EMERGENCY,        /* helped first: in the house, papers and decision later */
  GUITU_STATE_IN_HOUSE,
  GUITU_STATE_TERMINATION_PROPOSED, /* in the house; waits for a second person */
  GUITU_STATE_TERMINATED,           /* a second person agreed; still in the house */
  GUITU_STATE_REFUSED,
  GUITU_STATE_OUTSIDE, /* helped outside the station */
  GUITU_STATE_LEFT,
  GUITU_STATE_DEAD,
  GUITU_STATE_VOIDED, /* registered by mistake */
  GUITU_N_STATES
} GuituStayState;

typedef enum
{
  GUITU_ACT_ADMIT,
  GUITU_ACT_HELP_FIRST,
  GUITU_ACT_HELP_OUTSIDE,
  GUITU_ACT_PROPOSE_REFUSAL,
  GUITU_ACT_PROPOSE_TERMINATION,
  GUITU_ACT_APPROVE,
  GUITU_ACT_REJECT,
  GUITU_ACT_SERVE,
  GUITU_ACT_EXTEND,
  GUITU_ACT_NOTE, /* an event, a bed, belongings: life in the house */
  GUITU_ACT_EDIT,
  GUITU_ACT_LEAVE,
  GUITU_ACT_REOPEN,
  GUITU_ACT_VOID,
  GUITU_N_ACTS
} GuituStayAct;

/** What matters of a stay and its person when somebody acts. */
typedef struct
{
  GuituStayState state;
  GuituStayState before; /* what a rejected proposal, or a stay that is opened again, returns to */
  gboolean may_be_child; /* by the lower end of the age: below own_leave_age_years */
  gboolean may_be_minor; /* below minor_age_years */
  gboolean is_impaired;  /* signs of a mental or intellectual disability */
  gboolean is_in_danger; /* needs a doctor first */
  gboolean has_other_open_stay;
  guint held;              /* belongings still in keeping */
  guint kept;              /* these, and what is forbidden or was left in the station's care */
  const char *proposed_by; /* user id; NULL without a proposal */
} GuituSituation;

/** What somebody wants to do. Texts are NULL when they were not given. */
typedef struct
{
  GuituStayAct act;
  const char *user;
  gboolean may_approve;       /* right "approve" */
  gboolean may_let_out_alone; /* right "let out alone" */
  gboolean is_related;        /* declared kin to the person */
  const char *way;            /* code of leave_by */
  const char *legal_ground;   /* code in force for this act on this day; NULL: none, or not in force */
  const char *reason;         /* why, or what happened: facts, in words */
  const char *destination;
  const char *received_by;
  const char *receiver_id;
  const char *receiver_proof;
  const char *guardian_check;
  gboolean is_receiver_suspect;
  gboolean is_receiver_self; /* "本人", or the person's own name */
  const char *search_actions;
  const char *cctv;
  const char *police_report;
  const char *signature; /* how a notice was acknowledged */
  const char *witness;
  gboolean settles_belongings; /* all that is held is given out in the same act */
  GuituStayState next;         /* (out) of guitu_stay_act: what the act leads to */
} GuituRequest;

/** Why not. */
typedef struct
{
  const char *code;
  const char *field; /* NULL when it is about no field */
  const char *text;
} GuituRefusal;

/** Whether the stay is open: the person is, or should be, in our care. */
gboolean guitu_state_is_open (GuituStayState state);

/** Whether the person can't leave alone: is, or may be, a child, or shows signs of a disability of the mind. */
gboolean guitu_situation_needs_company (const GuituSituation *situation);

/** "arrived", "in-house" …: what the command line and the window are told. */
const char *guitu_state_name (GuituStayState state);

/** Why the act can't be done, or %NULL when it can. */
const GuituRefusal *guitu_workflow_refuses (const GuituSituation *situation, const GuituRequest *request);

/** The state after an act that is not refused. */
GuituStayState guitu_workflow_next (const GuituSituation *situation, const GuituRequest *request);

/** The fields of a stay that @way asks for of this person, in order. Returns: (transfer container): names that live for ever. */
GPtrArray *guitu_way_asks (const GuituSituation *situation, const char *way);

/** Why this person can't leave by @way whatever is said, or %NULL; who asks has the rights of @request. */
const GuituRefusal *guitu_way_refuses (const GuituSituation *situation, const GuituRequest *request, const char *way);

/** Why nobody hands the person over to who receives them (@request names the way, and who); %NULL: nothing is against it. */
const GuituRefusal *guitu_receiver_refuses (const GuituSituation *situation, const GuituRequest *request);

/** Why this act can't be done about this person now whatever is said, or %NULL; who asks has the rights of @request. */
const GuituRefusal *guitu_act_refuses (const GuituSituation *situation, const GuituRequest *request, GuituStayAct act);

/** Whether @way is no leaving but finding that the person is gone, or dead. */
gboolean guitu_way_is_found_out (const char *way);

G_END_DECLS
