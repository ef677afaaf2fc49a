/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Millions of assignments, moves, leavings and attempts to override in a model house: whatever is
 * done, nobody lies where they may not, unless two people signed for it. */

#include "app/beds.h"

#include <string.h>

#define N_ROOMS 14
#define BEDS_PER_ROOM 4
#define N_PEOPLE 40
#define N_STEPS 2000000

/* Somebody of the model, and in which bed they lie. */
typedef struct
{
  GuituBedGuest guest;
  int room; /* -1: none */
  int number;
  gboolean is_overridden; /* the bed was given with a reason and a second person */
  char bed[16];
} Sleeper;

typedef struct
{
  GuituBedRoom rooms[N_ROOMS];
  Sleeper sleepers[N_PEOPLE];
  guint refusals;
  guint overrides;
  guint assignments;
} Model;

static guint64 random_state;

static guint
below (guint n)
{
  random_state = random_state * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  return (guint) (random_state >> 33) % n;
}

static GuituBedGuest
draw_guest (void)
{
  static const char sexes[] = { '1', '1', '1', '1', '2', '2', '2', '0', '9' };
  static const char *const families[] = { NULL, NULL, NULL, "F1", "F2" };
  guint age = below (10);

  return (GuituBedGuest){
    .sex = sexes[below (G_N_ELEMENTS (sexes))],
    .may_be_minor = age < 3,
    .may_be_adult = age >= 2, /* age 2: estimated from below to above the limit */
    .is_infectious = below (8) == 0,
    .family = families[below (G_N_ELEMENTS (families))],
  };
}

static void
build (Model *model, gboolean is_declared)
{
  for (int i = 0; i < N_ROOMS; i++)
    {
      GuituZone zone = 1 + i % 6;

      model->rooms[i] = (GuituBedRoom){
        .is_declared = is_declared,
        .zone = is_declared ? zone : GUITU_ZONE_UNKNOWN,
        .sex = is_declared && zone >= GUITU_ZONE_MINORS && i >= 6 && i < 12 ? (i % 2 ? '1' : '2') : 0,
        .n_beds = is_declared ? BEDS_PER_ROOM : 0,
        .is_closed = is_declared && i == 13,
        .closed_beds = is_declared && i == 3 ? 1u << 1 : 0,
      };
    }
  for (int i = 0; i < N_PEOPLE; i++)
    model->sleepers[i] = (Sleeper){ .guest = draw_guest (), .room = -1 };
}

static guint
others_of (const Model *model, const Sleeper *who, int room, GuituBedGuest *others)
{
  guint n = 0;

  for (int i = 0; i < N_PEOPLE; i++)
    if (&model->sleepers[i] != who && model->sleepers[i].room == room)
      others[n++] = model->sleepers[i].guest;
  return n;
}

static void
leave (Sleeper *sleeper)
{
  sleeper->room = -1;
  sleeper->is_overridden = FALSE;
  sleeper->guest = draw_guest ();
}

/* What “stay bed” does with the answer. */
static void
assign (Model *model, Sleeper *sleeper, int room, int number, gboolean with_override)
{
  GuituBedGuest others[N_PEOPLE];
  guint n = others_of (model, sleeper, room, others);
  GuituBedGuest wanted = sleeper->guest;
  char bed[16];
  GuituBedRules rules;

  g_snprintf (bed, sizeof bed, "%d-%d", room, number);
  wanted.bed = bed;
  rules = guitu_bed_check (&wanted, &model->rooms[room], number, others, n);
  if ((rules & GUITU_BED_HARD) || (rules != GUITU_BED_IS_FINE && !with_override))
    {
      model->refusals++;
      return;
    }
  model->overrides += rules != GUITU_BED_IS_FINE;
  model->assignments++;
  sleeper->room = room;
  sleeper->number = number;
  sleeper->is_overridden = rules != GUITU_BED_IS_FINE;
  strcpy (sleeper->bed, bed);
  sleeper->guest.bed = sleeper->bed;
}

/* --- What must never be, said in other words than the rules are written in ------------------- */

static gboolean
are_family (const Sleeper *a, const Sleeper *b)
{
  return a->guest.family != NULL && g_strcmp0 (a->guest.family, b->guest.family) == 0;
}

static void
assert_pair (const Model *model, const Sleeper *a, const Sleeper *b)
{
  const GuituBedRoom *room = &model->rooms[a->room];
  gboolean is_private = room->zone == GUITU_ZONE_FAMILY || room->zone == GUITU_ZONE_ISOLATION || !room->is_declared;

  g_assert_cmpint (a->number, !=, b->number);
  if (a->is_overridden || b->is_overridden)
    return;
  if (!(is_private && are_family (a, b)))
    {
      g_assert_cmpint (a->guest.sex, ==, b->guest.sex);
      g_assert_true (a->guest.sex == '1' || a->guest.sex == '2');
    }
  if (!are_family (a, b))
    {
      gboolean both_minors = !a->guest.may_be_adult && !b->guest.may_be_adult;
      gboolean both_adults = !a->guest.may_be_minor && !b->guest.may_be_minor;

      g_assert_true (both_minors || both_adults);
      g_assert_true (room->zone != GUITU_ZONE_FAMILY);
    }
  g_assert_cmpint (a->guest.is_infectious, ==, b->guest.is_infectious);
}

static void
assert_alone (const Model *model, const Sleeper *who)
{
  const GuituBedRoom *room = &model->rooms[who->room];

  if (!room->is_declared)
    return;
  g_assert_cmpint (who->number, >=, 1);
  g_assert_cmpint (who->number, <=, BEDS_PER_ROOM);
  g_assert_false (room->is_closed);
  g_assert_false ((room->closed_beds >> (who->number - 1)) & 1);
  if (who->is_overridden)
    return;
  g_assert_false (who->guest.sex == '2' && (room->zone == GUITU_ZONE_MEN || room->sex == '1'));
  g_assert_false (who->guest.sex == '1' && (room->zone == GUITU_ZONE_WOMEN || room->sex == '2'));
  g_assert_true (room->zone != GUITU_ZONE_MINORS || who->guest.may_be_minor);
  g_assert_true (room->zone == GUITU_ZONE_ISOLATION || !who->guest.is_infectious);
}

static void
assert_room (const Model *model, int room)
{
  for (int i = 0; i < N_PEOPLE; i++)
    {
      if (model->sleepers[i].room != room)
        continue;
      assert_alone (model, &model->sleepers[i]);
      for (int j = i + 1; j < N_PEOPLE; j++)
        if (model->sleepers[j].room == room)
          assert_pair (model, &model->sleepers[i], &model->sleepers[j]);
    }
}

static void
walk (gboolean is_declared, gboolean with_overrides)
{
  Model model = { 0 };

  build (&model, is_declared);
  for (guint step = 0; step < N_STEPS; step++)
    {
      Sleeper *sleeper = &model.sleepers[below (N_PEOPLE)];
      int room = (int) below (N_ROOMS);

      if (below (8) == 0)
        leave (sleeper);
      else
        assign (&model, sleeper, room, (int) below (BEDS_PER_ROOM + 2), with_overrides && below (20) == 0);
      assert_room (&model, room);
    }
  g_test_message ("%u assignments, %u of them overridden, %u refusals", model.assignments, model.overrides, model.refusals);
  g_assert_cmpuint (model.assignments, >, N_STEPS / 100);
  g_assert_cmpuint (model.refusals, >, N_STEPS / 10);
  g_assert_cmpint (model.overrides > 0, ==, with_overrides);
}

static void
test_walk (void)
{
  random_state = 1;
  walk (TRUE, FALSE);
}

static void
test_walk_with_overrides (void)
{
  random_state = 2;
  walk (TRUE, TRUE);
}

static void
test_walk_without_rooms (void)
{
  random_state = 3;
  walk (FALSE, FALSE);
}

/* In a house that has every zone, everybody finds a bed while it is empty. */
static void
test_everybody_finds_a_bed (void)
{
  random_state = 4;
  for (int i = 0; i < 100000; i++)
    {
      GuituBedGuest guest = draw_guest ();
      gboolean is_placed = FALSE;

      guest.bed = "1-1";
      for (GuituZone zone = GUITU_ZONE_MEN; zone <= GUITU_ZONE_CARE; zone++)
        {
          GuituBedRoom room = { .is_declared = TRUE, .zone = zone, .n_beds = 1 };

          is_placed |= guitu_bed_check (&guest, &room, 1, NULL, 0) == GUITU_BED_IS_FINE;
        }
      g_assert_true (is_placed);
    }
}

/* Where there is only one kind of room, the refusal names what is missing. */
static void
test_refusal_names_what_is_missing (void)
{
  static const struct
  {
    GuituBedGuest guest;
    GuituZone zone;
    GuituBedRules rules;
  } cases[] = {
    { { '2', FALSE, TRUE, FALSE, NULL, "1-1" }, GUITU_ZONE_MEN, GUITU_BED_MIXED_SEX },
    { { '1', FALSE, TRUE, FALSE, NULL, "1-1" }, GUITU_ZONE_WOMEN, GUITU_BED_MIXED_SEX },
    { { '1', FALSE, TRUE, FALSE, NULL, "1-1" }, GUITU_ZONE_MINORS, GUITU_BED_MINOR_APART },
    { { '1', FALSE, TRUE, TRUE, NULL, "1-1" }, GUITU_ZONE_CARE, GUITU_BED_ISOLATION },
    { { '2', FALSE, TRUE, TRUE, NULL, "1-1" }, GUITU_ZONE_MEN, GUITU_BED_MIXED_SEX | GUITU_BED_ISOLATION },
    { { '0', FALSE, TRUE, FALSE, NULL, "1-1" }, GUITU_ZONE_MEN, GUITU_BED_IS_FINE },
    { { '1', TRUE, TRUE, FALSE, NULL, "1-1" }, GUITU_ZONE_MINORS, GUITU_BED_IS_FINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuituBedRoom room = { .is_declared = TRUE, .zone = cases[i].zone, .n_beds = 1 };

      g_assert_cmpuint (guitu_bed_check (&cases[i].guest, &room, 1, NULL, 0), ==, cases[i].rules);
      g_assert_cmpuint (guitu_bed_check (&cases[i].guest, &room, 2, NULL, 0), ==, cases[i].rules | GUITU_BED_UNKNOWN);
    }
}

/* Whether the order in which two people come matters: it does not. */
static void
test_order_does_not_matter (void)
{
  random_state = 5;
  for (int i = 0; i < 1000000; i++)
    {
      GuituBedGuest a = draw_guest ();
      GuituBedGuest b = draw_guest ();
      GuituBedRoom room = { .is_declared = TRUE, .zone = 1 + below (6), .n_beds = 2 };
      GuituBedRules a_first, b_first;

      a.bed = "1-1";
      b.bed = "1-2";
      a_first = guitu_bed_check (&a, &room, 1, NULL, 0) | guitu_bed_check (&b, &room, 2, &a, 1);
      b_first = guitu_bed_check (&b, &room, 2, NULL, 0) | guitu_bed_check (&a, &room, 1, &b, 1);
      g_assert_cmpuint (a_first, ==, b_first);
    }
}

static void
test_names_of_beds (void)
{
  static const struct
  {
    const char *text;
    const char *bed;
    const char *room;
    int number;
  } cases[] = {
    { "101-3", "101-3", "101", 3 },
    { " 101 - 03 ", "101-3", "101", 3 },
    { "１０１－３", "101-3", "101", 3 },
    { "A-3-2", "A-3-2", "A-3", 2 },
    { "大厅", "大厅", "大厅", 0 },
    { "A-b", "A-b", "A", 0 },
    { "A-0", "A-0", "A", 0 },
    { "A-000", "A-0", "A", 0 },
    { "A-99999", "A-99999", "A", 0 },
    { "A-", "A-", "A", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bed = guitu_bed_normalise (cases[i].text);
      int number;
      g_autofree char *room = guitu_bed_split (bed, &number);
      g_autofree char *again = guitu_bed_normalise (bed);

      g_assert_cmpstr (bed, ==, cases[i].bed);
      g_assert_cmpstr (room, ==, cases[i].room);
      g_assert_cmpint (number, ==, cases[i].number);
      g_assert_cmpstr (again, ==, bed);
    }
  g_assert_null (guitu_bed_normalise (NULL));
  g_assert_null (guitu_bed_normalise ("  "));
  g_assert_cmpint (guitu_natural_compare ("9-2", "10-1"), <, 0);
  g_assert_cmpint (guitu_natural_compare ("101-2", "101-10"), <, 0);
}

static void
test_where_people_are (void)
{
  static const char *const places[] = { "house", "leave", "hospital", "missing" };
  /* By event, where somebody is then who was in the house, on leave, in hospital, missing. */
  static const struct
  {
    const char *event;
    const char *after[4];
  } table[] = {
    { "absence", { "leave", NULL, NULL, NULL } },
    { "return", { NULL, "house", NULL, NULL } },
    { "hospital", { "hospital", "hospital", NULL, "hospital" } },
    { "discharge", { NULL, NULL, "house", NULL } },
    { "missing", { "missing", "missing", "missing", NULL } },
    { "found", { NULL, NULL, NULL, "house" } },
  };
  gboolean moves;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (guint j = 0; j < G_N_ELEMENTS (places); j++)
      {
        g_assert_cmpstr (guitu_where_after (places[j], table[i].event, &moves), ==, table[i].after[j]);
        g_assert_true (moves);
      }
  g_assert_cmpstr (guitu_where_after (NULL, "absence", &moves), ==, "leave");
  g_assert_null (guitu_where_after ("leave", "meal", &moves));
  g_assert_false (moves);
}

/* From anywhere there is a way back into the house. */
static void
test_everybody_can_come_back (void)
{
  static const char *const places[] = { "leave", "hospital", "missing" };
  static const char *const events[] = { "return", "discharge", "found" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gboolean comes_back = FALSE;
      gboolean moves;

      for (guint j = 0; j < G_N_ELEMENTS (events); j++)
        comes_back |= g_strcmp0 (guitu_where_after (places[i], events[j], &moves), "house") == 0;
      g_assert_true (comes_back);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/beds/walk", test_walk);
  g_test_add_func ("/beds/walk-with-overrides", test_walk_with_overrides);
  g_test_add_func ("/beds/walk-without-rooms", test_walk_without_rooms);
  g_test_add_func ("/beds/everybody-finds-a-bed", test_everybody_finds_a_bed);
  g_test_add_func ("/beds/refusal-names-what-is-missing", test_refusal_names_what_is_missing);
  g_test_add_func ("/beds/order-does-not-matter", test_order_does_not_matter);
  g_test_add_func ("/beds/names-of-beds", test_names_of_beds);
  g_test_add_func ("/where/table", test_where_people_are);
  g_test_add_func ("/where/everybody-can-come-back", test_everybody_can_come_back);
  return g_test_run ();
}
