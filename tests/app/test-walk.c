/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same walk as test-workflow.c, but through the verbs, on a real store: four users do at random
 * what comes to their mind with a house full of people. Whatever was allowed, the records must never
 * show what may not happen, and whatever was refused must be refused by a rule, not by a fault. */

#include "app/app.h"
#include "tests/util/store.h"

#include <string.h>

#ifdef __clang__ /* built with sanitizers */
#define ACTS 600
#else
#define ACTS 6000
#endif
#define ACTS_BETWEEN_CHECKS 20
#define SEED 381

static const char *const users[] = { "admin", "clerk-1", "clerk-2", "leader-1", "leader-2" };

#define N_USERS G_N_ELEMENTS (users)
#define MAX_PEOPLE 24

typedef struct
{
  char *directory;
  GuituStation *stations[N_USERS];
  GRand *random;
  char *people[MAX_PEOPLE];
  guint n_people;
  GPtrArray *stays; /* ids */
  guint allowed;
  guint refused;
} World;

/* --- Calls ------------------------------------------------------------------------------------ */

static void
keep_first (JsonObject *result, gpointer data)
{
  JsonObject **first = data;

  if (*first == NULL)
    *first = json_object_ref (result);
}

/* Names and texts in turn, ended by NULL; a text of NULL is left out. NULL when a rule refused. */
static JsonObject *
call (World *world, guint user, const char *verb, ...)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *result = NULL;
  const char *name;
  va_list list;

  va_start (list, verb);
  while ((name = va_arg (list, const char *)) != NULL)
    {
      const char *text = va_arg (list, const char *);

      if (text != NULL && strcmp (text, "TRUE") == 0)
        json_object_set_boolean_member (input, name, TRUE);
      else if (text != NULL)
        json_object_set_string_member (input, name, text);
    }
  va_end (list);
  if (guitu_station_run (world->stations[user], verb, input, keep_first, &result, &error))
    {
      world->allowed++;
      return result != NULL ? result : json_object_new ();
    }
  g_clear_pointer (&result, json_object_unref);
  world->refused++;
  if (error->domain != GUITU_ERROR || error->code > GUITU_ERROR_NOT_FOUND)
    g_error ("%s by %s: %s", verb, users[user], error->message);
  return NULL;
}

static guint
pick (World *world, guint n)
{
  return g_rand_int_range (world->random, 0, (gint32) n);
}

static const char *
maybe (World *world, const char *text)
{
  return pick (world, 3) > 0 ? text : NULL;
}

/* Mostly one of the latest, which may be open still. */
static const char *
any_stay (World *world)
{
  guint n = world->stays->len;

  return world->stays->pdata[pick (world, 5) > 0 ? n - 1 - pick (world, MIN (n, MAX_PEOPLE)) : pick (world, n)];
}

/* --- What people do --------------------------------------------------------------------------- */

static void
come (World *world, guint user)
{
  static const char *const verbs[] = { "stay arrive", "stay admit", "stay arrive", "stay emergency", "stay outside" };
  const char *verb = verbs[pick (world, G_N_ELEMENTS (verbs))];
  gboolean is_emergency = strcmp (verb, "stay emergency") == 0;
  g_autoptr (JsonObject) stay = call (world, user, verb, "person", world->people[pick (world, world->n_people)], "came_by", "police",
                                      "looked", "TRUE", "to", is_emergency ? "hospital" : NULL, "place", is_emergency ? "市一医院" : NULL,
                                      "ground", maybe (world, "监护人在场"), NULL);

  if (stay != NULL)
    g_ptr_array_add (world->stays, g_strdup (json_object_get_string_member (json_object_get_object_member (stay, "stay"), "id")));
}

static void
decide (World *world, guint user)
{
  static const char *const grounds[] = { "own-means", "cash-only", "disorder", "overstay" };
  static const char *const verbs[] = { "stay refuse", "stay terminate", "stay admit", "stay extend", "stay serve" };
  const char *verb = verbs[pick (world, G_N_ELEMENTS (verbs))];
  gboolean is_proposal = g_str_has_suffix (verb, "refuse") || g_str_has_suffix (verb, "terminate");
  gboolean is_extension = g_str_has_suffix (verb, "extend");
  g_autoptr (JsonObject) stay = call (world, user, verb, "stay", any_stay (world),
                                      "legal_ground", is_proposal ? maybe (world, grounds[pick (world, G_N_ELEMENTS (grounds))]) : NULL,
                                      "ground", is_proposal ? maybe (world, "有监控录像") : NULL,
                                      "until", is_extension ? "2099-01-01" : NULL, "reason", is_extension ? maybe (world, "住院") : NULL,
                                      "served_how", g_str_has_suffix (verb, "serve") ? "signed" : NULL, NULL);
}

static void
review (World *world, guint user)
{
  g_autoptr (JsonObject) stay = call (world, user, "stay review", "stay", any_stay (world),
                                      pick (world, 2) ? "approve" : "reject", "TRUE", "reason", maybe (world, "情况属实"), NULL);
}

static void
live (World *world, guint user)
{
  static const char *const beds[] = { "男101-1", "男101-2", "女201-1", "女201-2", "童301-1", "童301-2", "隔401-1", "家501-1", "家501-2", "男101-3" };
  static const char *const events[] = { "meal", "absence", "return", "hospital", "discharge", "missing", "found" };
  g_autoptr (JsonObject) result = NULL;

  switch (pick (world, 5))
    {
    case 0:
    case 1:
      result = call (world, user, "stay bed", "stay", any_stay (world), "bed", beds[pick (world, G_N_ELEMENTS (beds))], NULL);
      break;
    case 2:
      result = call (world, user, "stay event", "stay", any_stay (world), "kind", events[pick (world, G_N_ELEMENTS (events))],
                     "until", "2099-01-01 10:00", "witness", maybe (world, "社工李某"), NULL);
      break;
    case 3:
      result = call (world, user, "belongings take", "stay", any_stay (world), "kind", "luggage", "name", "背包", "in_sign", "signed", NULL);
      break;
    default:
      result = call (world, user, "belongings give", "stay", any_stay (world), "as", "returned", "sign", maybe (world, "signed"), NULL);
      break;
    }
}

static void
go (World *world, guint user)
{
  static const char *const ways[] = { "own-will", "ticket", "kin", "police", "walked-out", "terminated", "other", "escort-home", "own-will", "death" };
  const char *way = ways[pick (world, G_N_ELEMENTS (ways))];
  g_autoptr (JsonObject) stay = NULL;

  if (strcmp (way, "death") == 0 && pick (world, 10) > 0)
    way = "hospital";
  stay = call (world, user, "stay leave", "stay", any_stay (world), "leave_by", way, "destination", maybe (world, "511502"),
               "received_by", maybe (world, "王某"), "receiver_id", maybe (world, "440105199003071032"), "receiver_proof", maybe (world, "户口簿"),
               "guardian_check", maybe (world, "公安核实"), "search_actions", maybe (world, "站内外查找"), "cctv", maybe (world, "3号门"),
               "police_report", maybe (world, "第8号"), "ground", maybe (world, "本人要求"),
               "belongings", pick (world, 2) ? "returned" : NULL, "belongings_sign", pick (world, 4) ? "signed" : NULL, NULL);
}

/* Even places are men, odd ones women. */
static const char *
of_the_same_sex (World *world, const char *person)
{
  guint place = 0;

  while (strcmp (world->people[place], person) != 0)
    place++;
  return world->people[place % 2 + 2 * pick (world, world->n_people / 2)];
}

static void
correct (World *world, guint user)
{
  static const char *const health[] = { "healthy", "mental", "infectious", "injury", "healthy" };
  const char *person = world->people[pick (world, world->n_people)];
  g_autoptr (JsonObject) result = NULL;

  switch (pick (world, 6))
    {
    case 0:
      result = call (world, user, "stay reopen", "stay", any_stay (world), "reason", maybe (world, "点错了人"), NULL);
      break;
    case 1:
      result = call (world, user, "stay void", "stay", any_stay (world), "reason", maybe (world, "重复登记"), NULL);
      break;
    case 2:
      result = call (world, user, "person merge", "keep", person, "other", of_the_same_sex (world, person), "reason", "同一人", NULL);
      break;
    case 3:
      result = call (world, user, "person unmerge", "id", person, "reason", "认错了", NULL);
      break;
    case 4:
      result = call (world, user, "person edit", "id", person, "health", health[pick (world, G_N_ELEMENTS (health))], NULL);
      break;
    default:
      result = call (world, user, "person relate", "person", person, "kinship", maybe (world, "兄"), NULL);
      break;
    }
}

static void
act (World *world)
{
  guint user = 1 + pick (world, N_USERS - 1);

  switch (world->stays->len == 0 ? 0 : pick (world, 10))
    {
    case 0:
    case 1:
      come (world, user);
      break;
    case 2:
      decide (world, user);
      break;
    case 3:
      review (world, user);
      break;
    case 4:
    case 5:
    case 6:
      live (world, user);
      break;
    case 7:
    case 8:
      go (world, user);
      break;
    default:
      correct (world, user);
      break;
    }
}

/* --- What the records may never show ---------------------------------------------------------- */

/* Counts by SQL from outside, so that no code of the program stands between. */
static void
check_never (World *world, const char *what, const char *sql)
{
  gint64 n = guitu_test_sql_integer (world->directory, sql);

  if (n != 0)
    g_error ("%s: %d times", what, (int) n);
}

static void
check_records (World *world)
{
  check_never (world, "a closed stay with undelivered belongings",
               "SELECT count (*) FROM belonging b JOIN stay s ON s.id = b.stay WHERE b.state = 'held' AND s.left_at IS NOT NULL AND s.voided IS NULL");
  check_never (world, "two open stays of one record",
               "SELECT count (*) FROM (SELECT person FROM stay WHERE left_at IS NULL AND voided IS NULL GROUP BY person HAVING count (*) > 1)");
  check_never (world, "two open stays of one merged person",
               "SELECT count (*) FROM person_link l JOIN stay a ON a.person = l.person JOIN stay b ON b.person = l.other"
               " WHERE l.verdict = 'same' AND l.voided IS NULL AND a.left_at IS NULL AND b.left_at IS NULL AND a.voided IS NULL AND b.voided IS NULL");
  check_never (world, "a refusal without ground, facts, or second reviewer",
               "SELECT count (*) FROM stay s LEFT JOIN \"user\" u ON u.id = s.reviewed_by WHERE s.decision = 'refused' AND (s.legal_ground IS NULL"
               " OR s.ground IS NULL OR s.reviewed_by IS NULL OR s.reviewed_by = s.proposed_by OR u.role NOT IN ('manager', 'administrator'))");
  check_never (world, "a termination without a second reviewer",
               "SELECT count (*) FROM stay s LEFT JOIN \"user\" u ON u.id = s.reviewed_by WHERE s.leave_by = 'terminated' AND (s.legal_ground IS NULL"
               " OR s.reviewed_by IS NULL OR s.reviewed_by = s.proposed_by OR u.role NOT IN ('manager', 'administrator'))");
  check_never (world, "a child let out alone by a clerk, or without a reason",
               "SELECT count (*) FROM stay s JOIN person p ON p.id = s.person JOIN \"user\" u ON u.id = s.released_by WHERE s.leave_by IN"
               " ('own-will', 'ticket', 'other', 'terminated') AND p.birth_to >= '2012-01-01' AND (s.ground IS NULL OR u.role NOT IN ('manager', 'administrator'))");
  check_never (world, "two people in one bed",
               "SELECT count (*) FROM (SELECT bed FROM stay WHERE left_at IS NULL AND voided IS NULL AND bed IS NOT NULL GROUP BY bed HAVING count (*) > 1)");
  check_never (world, "two sexes in one room",
               "SELECT count (*) FROM (SELECT substr (s.bed, 1, instr (s.bed, '-')) AS room FROM stay s JOIN person p ON p.id = s.person"
               " WHERE s.left_at IS NULL AND s.voided IS NULL AND s.bed IS NOT NULL GROUP BY room HAVING count (DISTINCT p.sex) > 1)");
}

static void
count_possible (JsonObject *way, gpointer data)
{
  *(guint *) data += json_object_get_boolean_member (way, "is_possible");
}

/* Whoever is here can leave somehow, whoever is at the desk. */
static void
check_ways_out (World *world)
{
  for (guint i = 0; i < world->stays->len; i++)
    {
      g_autoptr (JsonObject) stay = call (world, 0, "stay show", "stay", world->stays->pdata[i], NULL);
      g_autoptr (JsonObject) input = json_object_new ();
      g_autoptr (GError) error = NULL;
      guint n_possible = 0;

      if (!json_object_get_boolean_member (stay, "is_open"))
        continue;
      json_object_set_string_member (input, "stay", world->stays->pdata[i]);
      guitu_station_run (world->stations[1], "stay ways", input, count_possible, &n_possible, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_possible, >, 0);
    }
}

/* --- The house -------------------------------------------------------------------------------- */

static void
add_people (World *world)
{
  static const struct
  {
    const char *born_from;
    const char *born_to;
    const char *health;
  } kinds[] = {
    { "1980-05-05", "1980-05-05", NULL },
    { "1990-01-01", "1995-12-31", "healthy" },
    { "2016-05-05", "2016-05-05", NULL },
    { "1970-01-01", "1970-01-01", "mental" },
    { "1985-01-01", "1985-01-01", "infectious" },
    { NULL, NULL, NULL },
  };

  for (world->n_people = 0; world->n_people < MAX_PEOPLE; world->n_people++)
    {
      guint kind = world->n_people / 2 % G_N_ELEMENTS (kinds);
      g_autofree char *name = g_strdup_printf ("王%u", world->n_people);
      g_autoptr (JsonObject) person = call (world, 0, "person add", "name", name, "sex", world->n_people % 2 ? "2" : "1", "birth_from",
                                            kinds[kind].born_from, "birth_to", kinds[kind].born_to, "health", kinds[kind].health, NULL);

      world->people[world->n_people] = g_strdup (json_object_get_string_member (person, "id"));
    }
}

static void
set_up (World *world)
{
  static const char *const rooms[][3] = { { "男101", "men", "3" }, { "女201", "women", "2" }, { "童301", "minors", "2" }, { "隔401", "isolation", "1" }, { "家501", "family", "2" } };
  g_autoptr (GError) error = NULL;

  world->directory = guitu_test_directory_new ();
  world->random = g_rand_new_with_seed (SEED);
  world->stays = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_USERS; i++)
    {
      world->stations[i] = guitu_station_new (world->directory);
      if (i == 0)
        json_object_unref (call (world, 0, "init", "station", "440105001", "name", "某站", "region", "440105", "admin", users[0], "password", "secret-123", NULL));
      else
        json_object_unref (call (world, 0, "user add", "name", users[i], "role", g_str_has_prefix (users[i], "leader") ? "manager" : "intake", "password", "secret-123", NULL));
      guitu_station_log_in (world->stations[i], users[i], "secret-123", &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    json_object_unref (call (world, 0, "house add", "name", rooms[i][0], "zone", rooms[i][1], "beds", rooms[i][2], NULL));
  add_people (world);
}

static void
tear_down (World *world)
{
  for (guint i = 0; i < N_USERS; i++)
    g_object_unref (world->stations[i]);
  for (guint i = 0; i < world->n_people; i++)
    g_free (world->people[i]);
  guitu_test_directory_remove (world->directory);
  g_ptr_array_unref (world->stays);
  g_rand_free (world->random);
  g_free (world->directory);
}

static void
test_walk (void)
{
  World world = { 0 };

  set_up (&world);
  for (guint i = 0; i < ACTS; i++)
    {
      act (&world);
      if (i % ACTS_BETWEEN_CHECKS == 0)
        check_records (&world);
    }
  check_records (&world);
  check_ways_out (&world);
  g_test_message ("%u allowed, %u refused, %u stays", world.allowed, world.refused, world.stays->len);
  g_assert_cmpuint (world.allowed, >, ACTS / 8);
  g_assert_cmpuint (world.refused, >, ACTS / 8);
  tear_down (&world);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/the-records-never-show-harm", test_walk);
  return g_test_run ();
}
