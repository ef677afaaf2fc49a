/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks random sequences of acts through the workflow. The test has its own idea of what may never
 * happen and looks for it after every act that was allowed; it knows nothing of how the workflow
 * decides. */

#include "app/codes.h"
#include "app/workflow.h"

#include <string.h>

#ifdef __clang__ /* built with sanitizers */
#define SEQUENCES 300000
#else
#define SEQUENCES 3000000
#endif
#define ACTS_IN_A_SEQUENCE 12
#define SEED 20261122

static const char *const ways[] = {
  "own-will", "ticket", "other", "kin", "employer", "home-station", "escort-home", "escort-station", "other-station",
  "welfare", "minors-centre", "police", "hospital", "settled", "terminated", "walked-out", "missing", "death", NULL
};
static const char *const users[] = { "clerk-1", "clerk-2", "leader-1", "leader-2" };

/* The person, the stay and all that the test remembers of how it came to be. */
typedef struct
{
  GuituSituation now;
  gboolean is_related[G_N_ELEMENTS (users)];
  char proposer[16];
  gboolean refused_by_law; /* a ground, facts, and a second person who is a leader */
} World;

static guint seen_states[GUITU_N_STATES];
static guint allowed_acts[GUITU_N_ACTS];
static guint refused_acts[GUITU_N_ACTS];

static gboolean
chance (GRand *random,
        guint one_in)
{
  return g_rand_int (random) % one_in == 0;
}

static const char *
maybe (GRand *random)
{
  return chance (random, 2) ? "text" : NULL;
}

static gboolean
is_leader (const char *user)
{
  return strncmp (user, "leader", 6) == 0;
}

static GuituRequest
random_request (GRand *random,
                const World *world,
                guint *user)
{
  *user = g_rand_int (random) % G_N_ELEMENTS (users);
  return (GuituRequest){
    .act = g_rand_int (random) % GUITU_N_ACTS,
    .user = users[*user],
    .may_approve = is_leader (users[*user]),
    .may_let_out_alone = is_leader (users[*user]),
    .is_related = world->is_related[*user],
    .way = chance (random, 20) ? NULL : ways[g_rand_int (random) % (G_N_ELEMENTS (ways) - 1)],
    .legal_ground = maybe (random),
    .reason = maybe (random),
    .destination = maybe (random),
    .received_by = maybe (random),
    .receiver_id = maybe (random),
    .receiver_proof = maybe (random),
    .guardian_check = maybe (random),
    .is_receiver_suspect = chance (random, 4),
    .is_receiver_self = chance (random, 4),
    .search_actions = maybe (random),
    .cctv = maybe (random),
    .police_report = maybe (random),
    .signature = chance (random, 3) ? NULL : chance (random, 2) ? "refused"
                                                                : "signed",
    .witness = maybe (random),
    .settles_belongings = chance (random, 2),
  };
}

/* What is found out about a person changes: a papers' age, a doctor's word. Belongings come and go. */
static void
change_facts (GRand *random,
              World *world)
{
  if (chance (random, 12))
    world->now.may_be_child = chance (random, 2);
  if (world->now.may_be_child || chance (random, 12))
    world->now.may_be_minor = world->now.may_be_child || chance (random, 2);
  if (chance (random, 12))
    world->now.is_impaired = chance (random, 2);
  if (chance (random, 12))
    world->now.is_in_danger = chance (random, 2);
  if (chance (random, 6) && guitu_state_is_open (world->now.state))
    {
      world->now.held = g_rand_int (random) % 3;
      world->now.kept = world->now.held + g_rand_int (random) % 2;
    }
  if (chance (random, 20))
    world->now.has_other_open_stay = !world->now.has_other_open_stay;
}

/* --- What may never happen -------------------------------------------------------------------- */

static gboolean
needs_company (const GuituSituation *situation)
{
  return situation->may_be_child || situation->is_impaired;
}

static gboolean
goes_alone (const char *way)
{
  return strcmp (way, "own-will") == 0 || strcmp (way, "ticket") == 0 || strcmp (way, "other") == 0 || strcmp (way, "terminated") == 0;
}

static void
check_leaving (const GuituSituation *before,
               const GuituRequest *request)
{
  gboolean is_gone = strcmp (request->way, "walked-out") == 0 || strcmp (request->way, "missing") == 0;

  if (needs_company (before) && goes_alone (request->way))
    g_assert_true (is_leader (request->user) && request->reason != NULL);
  if (needs_company (before) && is_gone)
    g_assert_nonnull (request->police_report);
  if (is_gone)
    g_assert_true (request->search_actions != NULL && request->cctv != NULL);
  if (!is_gone && strcmp (request->way, "death") != 0) /* what they leave behind goes on being kept */
    g_assert_true (before->held == 0 || request->settles_belongings);
  if (needs_company (before) && !goes_alone (request->way) && !is_gone && strcmp (request->way, "death") != 0)
    g_assert_true (request->received_by != NULL && !request->is_receiver_self);
  if (strcmp (request->way, "ticket") == 0)
    g_assert_nonnull (request->destination);
  if (strcmp (request->way, "kin") == 0)
    g_assert_true (request->received_by != NULL && request->receiver_id != NULL && request->receiver_proof != NULL && !request->is_receiver_suspect);
  if (strcmp (request->way, "kin") == 0 && before->may_be_minor)
    g_assert_nonnull (request->guardian_check);
  if (strcmp (request->way, "terminated") == 0)
    g_assert_cmpint (before->state, ==, GUITU_STATE_TERMINATED);
}

static void
check_decision (const World *world,
                const GuituSituation *before,
                const GuituRequest *request)
{
  gboolean is_protected = before->may_be_minor || before->is_impaired || before->is_in_danger;

  if (world->now.state == GUITU_STATE_REFUSED && before->state != GUITU_STATE_REFUSED)
    g_assert_true (world->refused_by_law && !is_protected && before->held == 0);
  if (world->now.state == GUITU_STATE_TERMINATED && before->state != GUITU_STATE_TERMINATED)
    g_assert_true (world->refused_by_law && !is_protected);
  if (world->now.state != before->state && request->is_related)
    g_assert_true (request->act == GUITU_ACT_HELP_FIRST || request->act == GUITU_ACT_HELP_OUTSIDE ||
                   request->act == GUITU_ACT_LEAVE || request->act == GUITU_ACT_REOPEN || request->act == GUITU_ACT_VOID);
}

static void
check_world (const World *world,
             const GuituSituation *before,
             const GuituRequest *request)
{
  if (before->state == GUITU_STATE_DEAD || before->state == GUITU_STATE_REFUSED || before->state == GUITU_STATE_VOIDED)
    g_assert_cmpint (world->now.state, ==, before->state);
  if (world->now.state == GUITU_STATE_OUTSIDE && needs_company (before) && before->state != GUITU_STATE_OUTSIDE)
    g_assert_true (is_leader (request->user) && request->reason != NULL);
  if (world->now.state == GUITU_STATE_VOIDED && guitu_state_is_open (before->state) && needs_company (before))
    g_assert_true (before->has_other_open_stay);
  if (!guitu_state_is_open (before->state) && guitu_state_is_open (world->now.state))
    g_assert_false (before->has_other_open_stay);
  if (world->now.state == GUITU_STATE_VOIDED)
    g_assert_cmpuint (before->kept, ==, 0);
  check_decision (world, before, request);
}

/* A capable adult who has nothing in keeping can always go, whoever is at the desk; and somebody can
 * always take over whoever can't. */
static void
check_way_out (const GuituSituation *situation)
{
  const GuituRequest goes = { .act = GUITU_ACT_LEAVE, .user = "clerk-1", .is_related = TRUE, .way = "own-will", .settles_belongings = TRUE };
  const GuituRequest taken = { .act = GUITU_ACT_LEAVE, .user = "clerk-1", .is_related = TRUE, .way = "police", .received_by = "officer", .settles_belongings = TRUE };
  const GuituRequest nothing_held = { .act = GUITU_ACT_LEAVE, .user = "clerk-1", .way = "own-will" };

  if (!guitu_state_is_open (situation->state))
    return;
  g_assert_null (guitu_workflow_refuses (situation, &taken));
  if (!needs_company (situation))
    g_assert_null (guitu_workflow_refuses (situation, &goes));
  if (!needs_company (situation) && situation->held == 0)
    g_assert_null (guitu_workflow_refuses (situation, &nothing_held));
}

/* --- The walk --------------------------------------------------------------------------------- */

static void
apply (World *world,
       const GuituRequest *request)
{
  const GuituSituation before = world->now;

  if (request->act == GUITU_ACT_PROPOSE_REFUSAL || request->act == GUITU_ACT_PROPOSE_TERMINATION)
    {
      g_strlcpy (world->proposer, request->user, sizeof world->proposer);
      world->now.proposed_by = world->proposer;
      world->refused_by_law = request->legal_ground != NULL && request->reason != NULL;
    }
  if (request->act == GUITU_ACT_APPROVE)
    world->refused_by_law &= is_leader (request->user) && strcmp (world->proposer, request->user) != 0;
  if (request->act == GUITU_ACT_LEAVE)
    {
      check_leaving (&before, request);
      world->now.held = 0;
    }
  if (request->act == GUITU_ACT_ADMIT || request->act == GUITU_ACT_HELP_FIRST)
    world->now.before = request->act == GUITU_ACT_ADMIT ? GUITU_STATE_IN_HOUSE : GUITU_STATE_EMERGENCY;
  world->now.state = guitu_workflow_next (&before, request);
  check_world (world, &before, request);
}

static void
walk (GRand *random)
{
  World world = { .now = { .state = GUITU_STATE_ARRIVED, .before = GUITU_STATE_ARRIVED } };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    world.is_related[i] = chance (random, 5);
  for (guint i = 0; i < ACTS_IN_A_SEQUENCE; i++)
    {
      guint user;
      GuituRequest request = random_request (random, &world, &user);
      const GuituRefusal *refusal;

      change_facts (random, &world);
      seen_states[world.now.state]++;
      check_way_out (&world.now);
      refusal = guitu_workflow_refuses (&world.now, &request);
      if (refusal == NULL)
        {
          allowed_acts[request.act]++;
          apply (&world, &request);
          continue;
        }
      refused_acts[request.act]++;
      g_assert_true (refusal->code != NULL && strlen (refusal->text) > 10);
    }
}

static void
test_walk (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < SEQUENCES; i++)
    walk (random);
  for (guint i = 0; i < GUITU_N_STATES; i++)
    g_assert_cmpuint (seen_states[i], >, 100);
  for (guint i = 0; i < GUITU_N_ACTS; i++)
    g_assert_true (allowed_acts[i] > 100 && refused_acts[i] > 100);
}

/* --- Ways of leaving, one by one ----------------------------------------------------------------- */

static void
test_every_way_is_known (void)
{
  const GuituSituation adult = { .state = GUITU_STATE_TERMINATED };
  guint n;
  const GuituCode *const *codes = guitu_codes_list ("leave_by", &n);
  GuituRequest request = {
    .act = GUITU_ACT_LEAVE,
    .user = "clerk-1",
    .reason = "text",
    .destination = "text",
    .received_by = "text",
    .receiver_id = "text",
    .receiver_proof = "text",
    .search_actions = "text",
    .cctv = "text",
  };

  for (guint i = 0; i < n; i++)
    g_assert_true (g_strv_contains (ways, codes[i]->code));
  for (guint i = 0; ways[i] != NULL; i++)
    {
      request.way = ways[i];
      g_assert_null (guitu_workflow_refuses (&adult, &request));
    }
}

static void
test_states_have_names (void)
{
  for (guint i = 0; i < GUITU_N_STATES; i++)
    g_assert_cmpuint (strlen (guitu_state_name (i)), >, 3);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/no-sequence-of-acts-does-harm", test_walk);
  g_test_add_func ("/workflow/every-way-of-leaving-is-known", test_every_way_is_known);
  g_test_add_func ("/workflow/states-have-names", test_states_have_names);
  return g_test_run ();
}
