/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the match learns from a station: of whom, of what, and of what not. */

#include "db/match-learn.h"

#include "people.h"

#include <string.h>

typedef struct
{
  GuituConnection *connection;
  char *directory;
  GRand *random;
  gint64 n_rows;
} World;

static void
run (World *world,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  guitu_connection_run (world->connection, sql, &error);
  g_assert_no_error (error);
}

static void
world_open (World *world)
{
  *world = (World){ .random = g_rand_new_with_seed (17) };
  world->connection = people_store_open (&world->directory);
  run (world, "ALTER TABLE person ADD COLUMN address TEXT; ALTER TABLE person ADD COLUMN nation TEXT; ALTER TABLE person ADD COLUMN accent TEXT;"
              "ALTER TABLE person ADD COLUMN marks TEXT; ALTER TABLE person ADD COLUMN kin TEXT; ALTER TABLE person ADD COLUMN verified_by TEXT;"
              "CREATE TABLE statement (row INTEGER PRIMARY KEY, id BLOB, person BLOB, about TEXT, text TEXT, sound TEXT, heard_at TEXT, voided TEXT) STRICT;"
              "CREATE TABLE person_link (row INTEGER PRIMARY KEY, person BLOB, other BLOB, verdict TEXT, voided TEXT) STRICT;");
  g_assert_true (guitu_match_prepare (world->connection, NULL));
}

static void
world_close (World *world)
{
  g_rand_free (world->random);
  people_store_close (world->connection, world->directory);
}

/** Writes a record of @person, under the next row. Returns: it. */
static gint64
add (World *world,
     const InventedPerson *person)
{
  g_autofree char *id = g_strdup_printf ("UPDATE person SET id = CAST (printf ('%%016d', row) AS BLOB) WHERE row = %" G_GINT64_FORMAT, world->n_rows + 1);

  people_store_add (world->connection, ++world->n_rows, person);
  run (world, id);
  return world->n_rows;
}

static void
say (World *world,
     gint64 row,
     const char *about,
     const char *text)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO statement (person, about, text, heard_at) VALUES (CAST (printf ('%%016d', %" G_GINT64_FORMAT ") AS BLOB), '%s', '%s', '2026-01-02')", row, about, text);

  run (world, sql);
}

static void
decide (World *world,
        gint64 row,
        gint64 other,
        const char *verdict)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO person_link (person, other, verdict) VALUES (CAST (printf ('%%016d', %" G_GINT64_FORMAT ") AS BLOB),"
                                          " CAST (printf ('%%016d', %" G_GINT64_FORMAT ") AS BLOB), '%s')",
                                          row, other, verdict);

  run (world, sql);
}

/** Another home of the list that the people live in. */
static void
move_away (World *world,
           InventedPerson *person)
{
  g_auto (InventedPerson) other = { 0 };

  invented_person_init (&other, world->random);
  memcpy (person->household, other.household, sizeof person->household);
}

/** What the staff of this station write down: ages are always right, and six homes of ten are wrong. */
static void
write_down_again (World *world,
                  InventedPerson *person)
{
  if (g_rand_int_range (world->random, 0, 10) < 6)
    move_away (world, person);
  person->phone[0] = '\0';
}

static GuituWeights *
learn (World *world)
{
  GuituMatchLearning learning = GUITU_MATCH_LEARNING_INIT;
  g_autoptr (GError) error = NULL;
  GuituWeights *weights;

  learning.seconds = 600; /* however slow the machine is */
  g_assert_true (guitu_match_rebuild (world->connection, NULL));
  weights = guitu_match_learn (world->connection, &learning, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%u by number, %u by what was said, %u by verdict, %u likely; %u questions, %u told apart", weights->n_pairs[GUITU_LEARNT_NUMBER],
                  weights->n_pairs[GUITU_LEARNT_SAID], weights->n_pairs[GUITU_LEARNT_VERDICT], weights->n_pairs[GUITU_LEARNT_LIKELY], weights->n_questions, weights->n_different);
  return weights;
}

static const GuituWeight *
weight_of (const GuituWeights *weights,
           const char *table,
           const char *how)
{
  for (guint i = 0; i < weights->weights->len; i++)
    {
      const GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

      if (strcmp (weight->table, table) == 0 && strcmp (weight->how, how) == 0)
        return weight;
    }
  g_assert_not_reached ();
}

static double
counted (const GuituWeights *weights,
         const char *table,
         GuituLearntSource source)
{
  double n = 0;

  for (guint i = 0; i < weights->weights->len; i++)
    {
      const GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

      if (strcmp (weight->table, table) == 0)
        n += weight->counts[source];
    }
  return n;
}

/* --- Another station ------------------------------------------------------------------------------------ */

/** People with two records: under the same number, if @has_number. */
static void
add_twice (World *world,
           guint n,
           gboolean has_number)
{
  for (guint i = 0; i < n; i++)
    {
      g_auto (InventedPerson) person = { 0 };

      invented_person_init (&person, world->random);
      if (!has_number)
        person.id_number[0] = '\0';
      add (world, &person);
      write_down_again (world, &person);
      add (world, &person);
    }
}

typedef struct
{
  GuituMatchSide side;
  InventedPerson person;
  char *name;
  char *to;
  gint64 row;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  invented_person_clear (&question->person);
  g_free (question->name);
  g_free (question->to);
  g_free (question);
}

/** People with one record, of whom the name is half known: by their birth they could be found, were it believed. */
static GPtrArray *
hold_out (World *world,
          guint n)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func (free_question);

  for (guint i = 0; i < n; i++)
    {
      Question *question = g_new0 (Question, 1);
      InventedPerson *person = &question->person;

      invented_person_init (person, world->random);
      person->id_number[0] = '\0';
      question->row = add (world, person);
      write_down_again (world, person);
      question->name = g_strdup_printf ("%.*s某", (int) (g_utf8_next_char (person->name) - person->name), person->name);
      question->side = (GuituMatchSide){ .name = question->name, .sex = person->sex, .birth_from = person->birth, .birth_to = person->birth, .household = person->household };
      g_ptr_array_add (questions, question);
    }
  return questions;
}

typedef struct
{
  guint first;
  guint likely;
  guint wrong; /* who are likely, and somebody else */
  double bits; /* by which those are told who are right */
} Found;

static Found
ask_all (World *world,
         GPtrArray *questions)
{
  Found found = { 0 };

  for (guint i = 0; i < questions->len; i++)
    {
      const Question *question = questions->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) matches = guitu_match_find (world->connection, &question->side, GUITU_MATCH_PERSON, 1u << GUITU_MATCH_PERSON, 0, 10, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < matches->len; k++)
        {
          const GuituMatch *match = matches->pdata[k];

          found.wrong += match->row != question->row && match->probability >= 0.8;
          if (match->row != question->row)
            continue;
          found.first += k == 0;
          found.likely += match->probability >= 0.8;
          found.bits += match->score;
        }
    }
  g_test_message ("%u asked, %u first, %u likely, %u others likely, %.2f bits each", questions->len, found.first, found.likely, found.wrong, found.bits / questions->len);
  return found;
}

/** Where homes are often wrong and births never, that is learnt, and who is asked for is found by it. */
static void
test_profile (void)
{
  World world;
  g_autoptr (GuituWeights) weights = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GError) error = NULL;
  Found before, after;

  world_open (&world);
  run (&world, "BEGIN");
  add_twice (&world, 400, TRUE);
  questions = hold_out (&world, 300);
  for (guint i = 0; i < 3000; i++)
    {
      g_auto (InventedPerson) person = { 0 };

      invented_person_init (&person, world.random);
      add (&world, &person);
    }
  run (&world, "COMMIT");
  weights = learn (&world);
  before = ask_all (&world, questions);
  g_assert_cmpuint (weights->n_pairs[GUITU_LEARNT_NUMBER], ==, 400);
  g_assert_cmpfloat (weight_of (weights, "home", "same")->m, <, 0.55);
  g_assert_cmpfloat (weight_of (weights, "home", "different")->m, >, 0.3);
  g_assert_cmpfloat (weight_of (weights, "day", "same")->m, >, 0.85);
  g_assert_cmpfloat (counted (weights, "id", GUITU_LEARNT_NUMBER), ==, 0);
  g_assert_true (guitu_match_keep (world.connection, weights, 1000, &error));
  after = ask_all (&world, questions);
  g_assert_cmpuint (after.first, >=, before.first);
  g_assert_cmpuint (after.likely, >, before.likely);
  g_assert_cmpuint (after.wrong, <=, before.wrong + 2);
  g_assert_cmpfloat (after.bits, >, before.bits);
  world_close (&world);
}

/** What is known without any number, and decided by nobody, is learnt from where all else leaves no doubt. */
static void
test_likely (void)
{
  World world;
  g_autoptr (GuituWeights) weights = NULL;

  world_open (&world);
  run (&world, "BEGIN");
  add_twice (&world, 400, FALSE);
  run (&world, "COMMIT");
  weights = learn (&world);
  g_assert_cmpuint (weights->n_questions, ==, 400);
  g_assert_cmpuint (weights->n_pairs[GUITU_LEARNT_NUMBER], ==, 0);
  g_assert_cmpuint (weights->n_pairs[GUITU_LEARNT_LIKELY], >, 200);
  g_assert_cmpfloat (weight_of (weights, "home", "same")->m, <, 0.6);
  g_assert_cmpfloat (weight_of (weights, "home", "different")->m, >, 0.2);
  world_close (&world);
}

/* --- What teaches nothing -------------------------------------------------------------------------------- */

static void
assert_as_given (const GuituWeights *weights)
{
  g_assert_false (guitu_weights_are_learnt (weights));
  for (guint i = 0; i < weights->weights->len; i++)
    {
      const GuituWeight *weight = &g_array_index (weights->weights, GuituWeight, i);

      g_assert_cmpfloat_with_epsilon (weight->m, weight->given, 1e-12);
    }
}

/** A small station keeps what is thought of the country, and a hundred pairs move it a third of the way. */
static void
test_small (void)
{
  World world;
  g_autoptr (GuituWeights) few = NULL, none = NULL, enough = NULL;
  double given;

  world_open (&world);
  none = learn (&world);
  assert_as_given (none);
  add_twice (&world, 19, TRUE);
  few = learn (&world);
  assert_as_given (few);
  g_assert_true (guitu_match_keep (world.connection, few, 1000, NULL));
  add_twice (&world, 81, TRUE);
  enough = learn (&world);
  g_assert_true (guitu_weights_are_learnt (enough));
  given = weight_of (enough, "day", "same")->given;
  g_assert_cmpfloat_with_epsilon (weight_of (enough, "day", "same")->m, (1 + 2 * given) / 3, 1e-9);
  world_close (&world);
}

/** People with two records of which somebody decided. Without @has_more than name, sex, height and home. */
static void
add_decided (World *world,
             guint n,
             const char *verdict,
             gboolean has_more)
{
  for (guint i = 0; i < n; i++)
    {
      g_auto (InventedPerson) person = { 0 };
      gint64 row;

      invented_person_init (&person, world->random);
      person.id_number[0] = '\0';
      if (!has_more)
        person.phone[0] = person.birth[0] = '\0';
      row = add (world, &person);
      move_away (world, &person);
      decide (world, row, add (world, &person), verdict);
    }
}

/** Who was found by the name says nothing of names; who was found by all else does; and who was told apart is never learnt from. */
static void
test_verdicts (void)
{
  World world;
  g_autoptr (GuituWeights) by_name = NULL, by_all = NULL;

  world_open (&world);
  add_decided (&world, 60, "same", FALSE);
  add_decided (&world, 60, "different", TRUE);
  by_name = learn (&world);
  g_assert_cmpuint (by_name->n_verdicts, ==, 120);
  g_assert_cmpuint (by_name->n_different, ==, 60);
  g_assert_cmpuint (by_name->n_pairs[GUITU_LEARNT_VERDICT], >, 40);
  g_assert_cmpuint (by_name->n_pairs[GUITU_LEARNT_LIKELY], ==, 0);
  g_assert_cmpfloat (counted (by_name, "name", GUITU_LEARNT_VERDICT), ==, 0);
  g_assert_cmpfloat (counted (by_name, "home", GUITU_LEARNT_VERDICT), >, 40);
  g_assert_cmpfloat (weight_of (by_name, "home", "same")->m, <, weight_of (by_name, "home", "same")->given);
  add_decided (&world, 60, "same", TRUE);
  by_all = learn (&world);
  g_assert_cmpfloat (counted (by_all, "name", GUITU_LEARNT_VERDICT), ==, 60);
  world_close (&world);
}

/** Two records that were taken from documents agree as documents do. */
static void
test_documents (void)
{
  World world;
  g_autoptr (GuituWeights) weights = NULL;

  world_open (&world);
  run (&world, "BEGIN");
  add_twice (&world, 50, TRUE);
  run (&world, "UPDATE person SET verified_by = 'id-card'; COMMIT");
  weights = learn (&world);
  g_assert_cmpfloat (counted (weights, "name", GUITU_LEARNT_NUMBER), ==, 0);
  g_assert_cmpfloat (counted (weights, "day", GUITU_LEARNT_NUMBER), ==, 0);
  g_assert_cmpfloat (counted (weights, "home", GUITU_LEARNT_NUMBER), ==, 0);
  g_assert_cmpfloat (counted (weights, "height", GUITU_LEARNT_NUMBER), ==, 50);
  world_close (&world);
}

/** What somebody said before it was known who they are, beside who they are; of others it teaches nothing. */
static void
test_said (void)
{
  World world;
  g_autoptr (GuituWeights) weights = NULL;

  world_open (&world);
  run (&world, "BEGIN");
  for (guint i = 0; i < 60; i++)
    {
      g_auto (InventedPerson) person = { 0 };
      gint64 row;

      invented_person_init (&person, world.random);
      row = add (&world, &person);
      say (&world, row, "name", person.name);
      say (&world, row, "home", "云南昭通");
    }
  run (&world, "UPDATE person SET verified_by = CASE WHEN row <= 40 THEN 'police' ELSE 'none' END; COMMIT");
  weights = learn (&world);
  g_assert_cmpuint (weights->n_pairs[GUITU_LEARNT_SAID], ==, 40);
  g_assert_cmpfloat (counted (weights, "heard", GUITU_LEARNT_SAID) + counted (weights, "nickname", GUITU_LEARNT_SAID), >=, 38); /* some names are of no sound that is known */
  g_assert_cmpfloat (counted (weights, "name", GUITU_LEARNT_SAID), ==, 0);
  g_assert_cmpfloat (counted (weights, "home", GUITU_LEARNT_SAID), ==, 40);
  g_assert_cmpfloat (weight_of (weights, "home", "different")->counts[GUITU_LEARNT_SAID], >, 20);
  g_assert_cmpfloat (counted (weights, "sex", GUITU_LEARNT_SAID) + counted (weights, "height", GUITU_LEARNT_SAID), ==, 0);
  world_close (&world);
}

/* --- Keeping ------------------------------------------------------------------------------------------------ */

/** What is kept is what was learnt; damage is seen, and mended; a new index forgets nothing. */
static void
test_keep (void)
{
  static const char *const damages[] = {
    "UPDATE match_learnt SET level = 99 WHERE field = 3",
    "UPDATE match_learnt SET parts = -parts",
    "UPDATE match_learnt SET field = 77 WHERE field = 3",
    "UPDATE match_learnt SET parts = parts * 1000000",
    "DELETE FROM match_lesson",
  };
  World world;
  g_autoptr (GuituWeights) weights = NULL, kept = NULL;
  g_autofree char *none = NULL;

  world_open (&world);
  add_twice (&world, 40, TRUE);
  weights = learn (&world);
  g_assert_true (guitu_match_keep (world.connection, weights, 1000, NULL));
  g_assert_true (guitu_match_rebuild (world.connection, NULL));
  g_assert_true (guitu_match_check (world.connection, &none, NULL));
  g_assert_null (none);
  kept = guitu_match_weights (world.connection, NULL);
  g_assert_cmpint (kept->learnt_at, ==, 1000);
  for (guint i = 0; i < weights->weights->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (kept->weights, GuituWeight, i).m, g_array_index (weights->weights, GuituWeight, i).m, 1e-5);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *problem = NULL, *mended = NULL;
      g_autoptr (GuituWeights) as_given = NULL;

      g_assert_true (guitu_match_keep (world.connection, weights, 1000, NULL));
      run (&world, damages[i]);
      g_assert_true (guitu_match_check (world.connection, &problem, NULL));
      g_assert_nonnull (problem);
      g_assert_true (guitu_match_rebuild (world.connection, NULL));
      g_assert_true (guitu_match_check (world.connection, &mended, NULL));
      g_assert_null (mended);
      as_given = guitu_match_weights (world.connection, NULL);
      assert_as_given (as_given);
    }
  world_close (&world);
}

static void
assert_due (World *world,
            gint64 now,
            gboolean wanted)
{
  gboolean is_due = !wanted;

  g_assert_true (guitu_match_is_to_learn (world->connection, now, &is_due, NULL));
  g_assert_cmpint (is_due, ==, wanted);
}

/** It is time after fifty verdicts; a large station learns each month, a small one not by itself. */
static void
test_due (void)
{
  const gint64 month = 30 * 86400;
  World world;
  g_autoptr (GuituWeights) weights = NULL;

  world_open (&world);
  add_twice (&world, 30, TRUE);
  assert_due (&world, month, FALSE);
  for (gint64 row = 1; row < 50; row++)
    decide (&world, row, row + 1, "different");
  assert_due (&world, month, FALSE);
  decide (&world, 50, 51, "different");
  assert_due (&world, month, TRUE);
  weights = learn (&world);
  g_assert_true (guitu_match_keep (world.connection, weights, month, NULL));
  assert_due (&world, month, FALSE);
  assert_due (&world, 3 * month, FALSE);
  run (&world, "UPDATE person SET row = 5000 WHERE row = (SELECT max (row) FROM person)");
  assert_due (&world, 2 * month - 1, FALSE);
  assert_due (&world, 2 * month, TRUE);
  world_close (&world);
}

/** The same records teach the same. */
static void
test_again (void)
{
  World world;
  g_autoptr (GuituWeights) first = NULL, second = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GuituMatchLearning learning = GUITU_MATCH_LEARNING_INIT;
  g_autoptr (GError) error = NULL;

  world_open (&world);
  run (&world, "BEGIN");
  add_twice (&world, 100, FALSE);
  run (&world, "COMMIT");
  first = learn (&world);
  second = learn (&world);
  for (guint i = 0; i < first->weights->len; i++)
    g_assert_cmpfloat (g_array_index (first->weights, GuituWeight, i).m, ==, g_array_index (second->weights, GuituWeight, i).m);
  g_cancellable_cancel (cancellable);
  g_assert_null (guitu_match_learn (world.connection, &learning, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  world_close (&world);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match-learn/profile", test_profile);
  g_test_add_func ("/match-learn/likely", test_likely);
  g_test_add_func ("/match-learn/small", test_small);
  g_test_add_func ("/match-learn/verdicts", test_verdicts);
  g_test_add_func ("/match-learn/documents", test_documents);
  g_test_add_func ("/match-learn/said", test_said);
  g_test_add_func ("/match-learn/keep", test_keep);
  g_test_add_func ("/match-learn/due", test_due);
  g_test_add_func ("/match-learn/again", test_again);
  return g_test_run ();
}
