/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stolen desk: what it wrote beyond its end counts nowhere, whatever arrived first. */

#include "store.h"

#include "db/entry.h"

#include <string.h>

#define STEPS 60
#define S1_DESKS 3
#define REPLICAS 5 /* three desks of station S1, two of S2 */
#define STOLEN 2

typedef struct
{
  GRand *random;
  GuituTestStore *replicas[REPLICAS];
  GuituPeer peers[2];
  char *directory;
  GPtrArray *bundles; /* paths */
  GPtrArray *to_s2;
  GPtrArray *ids; /* of persons, then marks */
  GPtrArray *kinds;
} World;

static const GuituKeys *
keys_of (World *world,
         guint replica)
{
  return guitu_store_keys (world->replicas[replica]->store);
}

static void
carry (World *world,
       guint from,
       guint to)
{
  g_autofree char *path = g_build_filename (world->directory, "carried", NULL);
  g_autoptr (GuituReceipt) receipt = NULL;
  gboolean is_own = strcmp (keys_of (world, from)->station, keys_of (world, to)->station) == 0;

  guitu_test_export (world->replicas[from]->store, path, is_own ? NULL : keys_of (world, to));
  receipt = guitu_bundle_import (world->replicas[to]->store, path, NULL);
}

static World *
world_new (guint32 seed)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GuituKeys) first = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) second = guitu_keys_new_station ("S2");

  world->random = g_rand_new_with_seed (seed);
  world->directory = guitu_test_directory_new ();
  world->bundles = g_ptr_array_new_with_free_func (g_free);
  world->to_s2 = g_ptr_array_new_with_free_func (g_free);
  world->ids = g_ptr_array_new_with_free_func (g_free);
  world->kinds = g_ptr_array_new ();
  for (guint i = 0; i < REPLICAS; i++)
    {
      g_autoptr (GuituKeys) keys = i < S1_DESKS ? guitu_keys_new_desk (first, i + 1) : guitu_keys_new_desk (second, i - S1_DESKS + 1);

      world->replicas[i] = guitu_test_store_new (keys);
    }
  guitu_test_trust (world->replicas[S1_DESKS]->store, first);
  carry (world, S1_DESKS, S1_DESKS + 1);
  return world;
}

static void
world_free (World *world)
{
  for (guint i = 0; i < REPLICAS; i++)
    guitu_test_store_free (world->replicas[i]);
  guitu_test_directory_remove (world->directory);
  g_ptr_array_unref (world->bundles);
  g_ptr_array_unref (world->to_s2);
  g_ptr_array_unref (world->ids);
  g_ptr_array_unref (world->kinds);
  g_rand_free (world->random);
  g_free (world->directory);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Whether it was written: a desk that knows of its end can't. */
static gboolean
put (GuituStore *store,
     GuituRecord *record,
     GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "test", error);

  return transaction != NULL && guitu_transaction_put (transaction, record, error) && guitu_transaction_commit (transaction, error);
}

static void
create (World *world,
        guint desk)
{
  const GuituKind *kind = g_rand_boolean (world->random) ? &guitu_kind_person : &guitu_kind_paper_mark;
  g_autoptr (GuituRecord) record = kind == &guitu_kind_person ? guitu_record_new (kind) : guitu_record_new_owned (kind, "S1", NULL, NULL);

  if (kind == &guitu_kind_person)
    guitu_record_set_text (record, GUITU_PERSON_NAME, "王秀英");
  if (!put (world->replicas[desk]->store, record, NULL))
    return;
  g_ptr_array_add (world->ids, g_strdup (guitu_record_id (record)));
  g_ptr_array_add (world->kinds, (gpointer) kind);
}

static void
edit (World *world,
      guint desk)
{
  static const char *const words[] = { "李伟", "张敏", "陈静", NULL };
  guint i = g_rand_int_range (world->random, 0, world->ids->len);
  const GuituKind *kind = g_ptr_array_index (world->kinds, i);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (world->replicas[desk]->store, NULL, "edit", &error);
  g_autoptr (GuituRecord) record = guitu_record_load (transaction, kind, g_ptr_array_index (world->ids, i), NULL);

  if (record == NULL)
    return;
  guitu_record_set_text (record, kind == &guitu_kind_person ? GUITU_PERSON_ALIAS : GUITU_PAPER_MARK_NUMBER,
                         words[g_rand_int_range (world->random, 0, G_N_ELEMENTS (words))]);
  if (guitu_transaction_put (transaction, record, &error))
    guitu_transaction_commit (transaction, NULL);
}

static gboolean
end_desk (GuituStore *store,
          gint64 desk,
          const char *chains,
          GError **error)
{
  g_autoptr (GuituRecord) end = guitu_record_new_owned (&guitu_kind_desk_end, guitu_store_keys (store)->station, NULL, NULL);

  guitu_record_set_integer (end, GUITU_DESK_END_DESK, desk);
  guitu_record_set_text (end, GUITU_DESK_END_CHAINS, chains);
  return put (store, end, error);
}

/* As far as the desk that ends it knows it. */
static gboolean
end_known (World *world,
           guint by,
           guint ended)
{
  GuituStore *store = world->replicas[by]->store;
  g_autoptr (GError) error = NULL;
  g_autofree char *chains = NULL;

  {
    g_autoptr (GuituTransaction) transaction = guitu_store_read (store, &error);

    chains = guitu_desk_chains (transaction, keys_of (world, ended)->desk.desk, &error);
  }
  g_assert_no_error (error);
  return end_desk (store, keys_of (world, ended)->desk.desk, chains, NULL);
}

static void
keep_bundle (World *world,
             guint desk)
{
  char *own = g_strdup_printf ("%s/own-%u", world->directory, world->bundles->len);
  char *to_s2 = g_strdup_printf ("%s/s2-%u", world->directory, world->bundles->len);

  guitu_test_export (world->replicas[desk]->store, own, NULL);
  guitu_test_export (world->replicas[desk]->store, to_s2, keys_of (world, S1_DESKS));
  g_ptr_array_add (world->bundles, own);
  g_ptr_array_add (world->to_s2, to_s2);
}

static void
import_any (World *world)
{
  guint replica = g_rand_int_range (world->random, 0, REPLICAS);
  GPtrArray *bundles = replica < S1_DESKS ? world->bundles : world->to_s2;
  const char *path = g_ptr_array_index (bundles, g_rand_int_range (world->random, 0, bundles->len));
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituReceipt) receipt = guitu_bundle_import (world->replicas[replica]->store, path, &error);

  /* An ended desk's own bundle is refused. */
  if (receipt == NULL)
    g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED);
}

static void
step (World *world)
{
  guint desk = g_rand_int_range (world->random, 0, S1_DESKS);

  switch (g_rand_int_range (world->random, 0, 8))
    {
    case 0:
      create (world, desk);
      break;
    case 1:
    case 2:
      keep_bundle (world, desk);
      break;
    case 3:
    case 4:
      import_any (world);
      break;
    case 5:
      g_usleep (g_rand_int_range (world->random, 0, 2000));
      break;
    default:
      edit (world, desk);
      break;
    }
}

static void
meet (World *world)
{
  static const guint ways[][2] = { { 0, 1 }, { 2, 0 }, { 2, 1 }, { 1, 0 }, { 0, 1 }, { 0, 2 }, { 1, 2 }, { 0, 3 }, { 1, 4 }, { 0, 4 }, { 1, 3 }, { 2, 3 }, { 3, 4 }, { 4, 3 } };

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
      carry (world, ways[i][0], ways[i][1]);
}

static void
assert_equal (World *world,
              guint first,
              guint end)
{
  g_autofree char *expected = guitu_test_dump (world->replicas[first]->directory);

  for (guint i = first; i < end; i++)
    {
      g_autofree char *dump = guitu_test_dump (world->replicas[i]->directory);
      g_autoptr (GPtrArray) problems = guitu_store_check (world->replicas[i]->store, NULL);

      g_assert_cmpstr (dump, ==, expected);
      g_assert_cmpuint (guitu_test_problems (world->replicas[i]->store, FALSE), ==, 0);
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

/* The end comes in the middle of random work; @data: also ends by another desk, and of that by the stolen one. */
static void
test_any_order (gconstpointer data)
{
  guint seed = GPOINTER_TO_UINT (data);
  g_autoptr (World) world = world_new (seed);

  create (world, 0);
  create (world, STOLEN);
  keep_bundle (world, 0);
  keep_bundle (world, STOLEN);
  for (guint i = 0; i < STEPS; i++)
    {
      step (world);
      if (i == STEPS / 3)
        end_known (world, 0, STOLEN);
      if (i == STEPS / 2 && seed % 2 == 1)
        end_known (world, 1, STOLEN);
      if (i == STEPS / 2 && seed % 3 == 0)
        end_known (world, STOLEN, 1);
    }
  meet (world);
  assert_equal (world, 0, S1_DESKS);
  assert_equal (world, S1_DESKS, REPLICAS);
}

/* --- One thing at a time --------------------------------------------------------------------- */

static char *
person_of (World *world,
           guint desk,
           const char *name)
{
  return guitu_test_person_add (world->replicas[desk]->store, name);
}

static char *
mark_of (World *world,
         guint desk)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, keys_of (world, desk)->station, NULL, NULL);
  g_autoptr (GError) error = NULL;

  put (world->replicas[desk]->store, mark, &error);
  g_assert_no_error (error);
  return g_strdup (guitu_record_id (mark));
}

static gint64
count_found (World *world,
             guint replica,
             const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (world->replicas[replica]->store, &error);
  g_autoptr (GPtrArray) found = guitu_persons_search (transaction, typed, 10, &error);

  g_assert_no_error (error);
  return found->len;
}

static void
assert_alias (World *world,
              guint replica,
              const char *id,
              const char *expected)
{
  g_autofree char *alias = guitu_test_get (world->replicas[replica]->store, &guitu_kind_person, id, GUITU_PERSON_ALIAS);

  g_assert_cmpstr (alias, ==, expected);
}

/* What was written until the end stays; the rest is taken out of rows, search and conflicts, and the
 * next desk, which hears of the end first, never takes it in. */
static void
test_taken_out (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = person_of (world, STOLEN, "王秀英");
  g_autofree char *late = NULL;

  carry (world, STOLEN, 0);
  carry (world, 0, 1);
  guitu_test_set (world->replicas[0]->store, &guitu_kind_person, id, GUITU_PERSON_ALIAS, "阿英");
  guitu_test_set (world->replicas[STOLEN]->store, &guitu_kind_person, id, GUITU_PERSON_ALIAS, "小偷");
  late = person_of (world, STOLEN, "欧阳小偷");
  carry (world, STOLEN, 1);
  carry (world, 0, 1);
  g_assert_cmpint (guitu_test_sql_integer (world->replicas[1]->directory, "SELECT count (*) FROM conflict"), ==, 1);
  g_assert_cmpint (count_found (world, 1, "ouyangxiaotou"), ==, 1);
  g_assert_true (end_known (world, 0, STOLEN));
  carry (world, 0, 1);
  g_assert_cmpint (count_found (world, 1, "ouyangxiaotou"), ==, 0);
  g_assert_cmpint (count_found (world, 1, "王秀英"), ==, 1);
  assert_alias (world, 1, id, "阿英");
  g_assert_cmpint (guitu_test_sql_integer (world->replicas[1]->directory, "SELECT count (*) FROM refused_entry"), ==, 2);
  carry (world, 1, 0);
  assert_equal (world, 0, 2);
  /* The desk that ended hears of it, and writes no more. */
  carry (world, 1, STOLEN);
  assert_equal (world, 0, S1_DESKS);
  {
    g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
    g_autoptr (GError) error = NULL;

    g_assert_false (put (world->replicas[STOLEN]->store, person, &error));
    g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED);
  }
}

static gint64
last_of (World *world,
         guint replica,
         guint desk)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (sequence), 0) FROM entry WHERE scope = 'station' AND desk = %" G_GINT64_FORMAT,
                                          keys_of (world, desk)->desk.desk);

  return guitu_test_sql_integer (world->replicas[replica]->directory, sql);
}

/* What others wrote into a record that a stolen desk began beyond its end counts, without any effect: the
 * record is not there, with them and with another station, and all that follows comes through. */
static void
test_without_beginning (void)
{
  const guint readers[] = { 1, S1_DESKS };
  g_autoptr (World) world = world_new (1);
  g_autofree char *path = g_build_filename (world->directory, "to-s2", NULL);
  g_autofree char *id = NULL;
  g_autofree char *later = NULL;

  g_assert_true (end_desk (world->replicas[0]->store, keys_of (world, STOLEN)->desk.desk, "{}", NULL));
  id = mark_of (world, STOLEN);
  carry (world, STOLEN, 1);
  guitu_test_set (world->replicas[1]->store, &guitu_kind_paper_mark, id, GUITU_PAPER_MARK_NUMBER, "7");
  later = mark_of (world, 1);
  carry (world, 0, 1);
  carry (world, 1, 0);
  assert_equal (world, 0, 2);
  guitu_test_export (world->replicas[1]->store, path, keys_of (world, S1_DESKS));
  guitu_test_import (world->replicas[S1_DESKS]->store, path);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      GuituTestStore *reader = world->replicas[readers[i]];

      g_assert_cmpint (guitu_test_sql_integer (reader->directory, "SELECT count (*) FROM paper_mark"), ==, 1);
      g_assert_cmpint (guitu_test_sql_integer (reader->directory, "SELECT count (*) FROM cell_write"), ==, 0);
      g_assert_cmpuint (guitu_test_problems (reader->store, FALSE), ==, 0);
    }
}

/* The same where it turns out that the record's beginning counts after all. */
static void
test_beginning_brought_back (void)
{
  g_autoptr (World) world = world_new (1);
  GuituTestStore *reader = world->replicas[S1_DESKS];
  g_autofree char *from_stolen = g_build_filename (world->directory, "from-stolen", NULL);
  g_autofree char *from_first = g_build_filename (world->directory, "from-first", NULL);
  g_autofree char *id = mark_of (world, 1);
  g_autofree char *number = NULL;

  carry (world, 1, 0);
  guitu_test_set (world->replicas[0]->store, &guitu_kind_paper_mark, id, GUITU_PAPER_MARK_NUMBER, "7");
  g_assert_true (end_known (world, 0, STOLEN));
  g_usleep (2000);
  g_assert_true (end_desk (world->replicas[STOLEN]->store, keys_of (world, 1)->desk.desk, "{}", NULL));
  guitu_test_export (world->replicas[STOLEN]->store, from_stolen, keys_of (world, S1_DESKS));
  guitu_test_export (world->replicas[0]->store, from_first, keys_of (world, S1_DESKS));
  guitu_test_import (reader->store, from_stolen);
  guitu_test_import (reader->store, from_first);
  number = guitu_test_get (reader->store, &guitu_kind_paper_mark, id, GUITU_PAPER_MARK_NUMBER);
  g_assert_cmpstr (number, ==, "7");
  g_assert_cmpuint (guitu_test_problems (reader->store, FALSE), ==, 0);
}

/* Of two ends the smaller counts; what is written into an end later, or that it is void, changes nothing. */
static void
test_smaller_counts (void)
{
  g_autoptr (World) world = world_new (1);
  gint64 desk = keys_of (world, STOLEN)->desk.desk;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = person_of (world, STOLEN, "王秀英");
    }
  carry (world, STOLEN, 0);
  carry (world, STOLEN, 1);
  g_assert_true (end_desk (world->replicas[0]->store, desk, "{\"station\": 4, \"shared\": 7}", NULL));
  g_assert_cmpint (last_of (world, 0, STOLEN), ==, 4);
  g_assert_true (end_desk (world->replicas[1]->store, desk, "{\"station\": 2}", NULL));
  g_assert_cmpint (last_of (world, 1, STOLEN), ==, 2);
  carry (world, 0, 1);
  carry (world, 1, 0);
  assert_equal (world, 0, 2);
  g_assert_cmpint (last_of (world, 0, STOLEN), ==, 2);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GuituTransaction) transaction = guitu_store_write (world->replicas[0]->store, NULL, "test", &error);
    const GuituQuery all = { 0 };
    g_autoptr (GPtrArray) ends = guitu_records_find (transaction, &guitu_kind_desk_end, &all, &error);

    for (guint i = 0; i < ends->len; i++)
      {
        guitu_record_set_text (ends->pdata[i], GUITU_DESK_END_CHAINS, "{\"station\": 5}");
        guitu_transaction_void (transaction, ends->pdata[i], "found again", &error);
      }
    guitu_transaction_commit (transaction, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (last_of (world, 0, STOLEN), ==, 2);
  assert_equal (world, 0, 1);
}

/* Another station may say what it likes; and what is no JSON ends the desk at nothing. */
static void
test_whose_word (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = person_of (world, STOLEN, "王秀英");

  carry (world, STOLEN, 0);
  guitu_test_trust (world->replicas[0]->store, keys_of (world, S1_DESKS));
  g_assert_true (end_desk (world->replicas[S1_DESKS]->store, keys_of (world, STOLEN)->desk.desk, "{}", NULL));
  carry (world, S1_DESKS, 0);
  g_assert_cmpint (guitu_test_sql_integer (world->replicas[0]->directory, "SELECT count (*) FROM desk_end"), ==, 1);
  g_assert_cmpint (last_of (world, 0, STOLEN), ==, 1);
  /* A number that is none stops nobody's exchange. */
  g_assert_true (end_desk (world->replicas[S1_DESKS]->store, 7, "{\"shared\": 99999999999999999999}", NULL));
  carry (world, S1_DESKS, 0);
  g_assert_cmpint (guitu_test_sql_integer (world->replicas[0]->directory, "SELECT count (*) FROM desk_end"), ==, 2);
  g_assert_true (end_desk (world->replicas[0]->store, keys_of (world, STOLEN)->desk.desk, "no JSON", NULL));
  g_assert_cmpint (last_of (world, 0, STOLEN), ==, 0);
  assert_equal (world, 0, 1);
}

/* An end falls when it turns out that who declared it had been ended before: what it took out counts again. */
static void
test_brought_back (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = person_of (world, 1, "王秀英");

  carry (world, 1, 0);
  carry (world, 1, STOLEN);
  g_assert_true (end_known (world, 0, STOLEN));
  g_usleep (2000);
  g_assert_true (end_desk (world->replicas[STOLEN]->store, keys_of (world, 1)->desk.desk, "{}", NULL));
  carry (world, STOLEN, 1);
  g_assert_cmpint (last_of (world, 1, 1), ==, 0);
  carry (world, 0, 1);
  g_assert_cmpint (last_of (world, 1, 1), ==, 1);
  assert_alias (world, 1, id, NULL);
  g_assert_cmpint (count_found (world, 1, "王秀英"), ==, 1);
  carry (world, 1, 0);
  assert_equal (world, 0, 2);
}

/* Somebody who writes past the ledger that a desk never ended is found out. */
static void
test_tampered (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = person_of (world, STOLEN, "王秀英");

  carry (world, STOLEN, 0);
  g_assert_true (end_known (world, 0, STOLEN));
  g_assert_cmpuint (guitu_test_problems (world->replicas[0]->store, FALSE), ==, 0);
  guitu_test_sql (world->replicas[0]->directory, "DELETE FROM chain_limit");
  g_assert_cmpuint (guitu_test_problems (world->replicas[0]->store, FALSE), >, 0);
  guitu_test_store_reopen (world->replicas[0]);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= 6; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/ends/any-order/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_any_order);
    }
  g_test_add_func ("/ends/taken-out", test_taken_out);
  g_test_add_func ("/ends/without-beginning", test_without_beginning);
  g_test_add_func ("/ends/beginning-brought-back", test_beginning_brought_back);
  g_test_add_func ("/ends/smaller-counts", test_smaller_counts);
  g_test_add_func ("/ends/whose-word", test_whose_word);
  g_test_add_func ("/ends/brought-back", test_brought_back);
  g_test_add_func ("/ends/tampered", test_tampered);
  return g_test_run ();
}
