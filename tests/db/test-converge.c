/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Replicas that hold the same entries are equal, in whatever order and how often entries came. */

#include "store.h"

#include "db/receive-private.h"

#include <sodium.h>
#include <string.h>

#define DESKS 3
#define STEPS 120

typedef struct
{
  GRand *random;
  GuituTestStore *desks[DESKS];
  GPtrArray *bundles; /* paths */
  GPtrArray *persons; /* ids */
  char *directory;
} World;

static World *
world_new (guint32 seed)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GuituKeys) station = guitu_keys_new_station ("S1");

  world->random = g_rand_new_with_seed (seed);
  world->bundles = g_ptr_array_new_with_free_func (g_free);
  world->persons = g_ptr_array_new_with_free_func (g_free);
  world->directory = guitu_test_directory_new ();
  for (guint i = 0; i < DESKS; i++)
    {
      g_autoptr (GuituKeys) keys = guitu_keys_new_desk (station, i + 1);

      world->desks[i] = guitu_test_store_new (keys);
    }
  return world;
}

static void
world_free (World *world)
{
  for (guint i = 0; i < DESKS; i++)
    guitu_test_store_free (world->desks[i]);
  guitu_test_directory_remove (world->directory);
  g_ptr_array_unref (world->bundles);
  g_ptr_array_unref (world->persons);
  g_rand_free (world->random);
  g_free (world->directory);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static GuituStore *
any_desk (World *world)
{
  return world->desks[g_rand_int_range (world->random, 0, DESKS)]->store;
}

static void export(World *world,
                   GuituStore *store)
{
  char *path = g_strdup_printf ("%s/%u", world->directory, world->bundles->len);

  guitu_test_export (store, path, NULL);
  g_ptr_array_add (world->bundles, path);
}

/* --- What people do -------------------------------------------------------------------------- */

static void
change_record (World *world,
               GuituTransaction *transaction,
               GuituRecord *person)
{
  static const int fields[] = { GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_PHONE };
  static const char *const words[] = { "王秀英", "李伟", "张敏", NULL };
  g_autoptr (GError) error = NULL;

  if (g_rand_int_range (world->random, 0, 12) == 0)
    guitu_transaction_void (transaction, person, "entered twice", &error);
  else if (g_rand_int_range (world->random, 0, 6) == 0)
    guitu_record_set_integer (person, GUITU_PERSON_HEIGHT_CM, g_rand_int_range (world->random, 150, 155));
  else
    guitu_record_set_text (person, fields[g_rand_int_range (world->random, 0, G_N_ELEMENTS (fields))],
                           words[g_rand_int_range (world->random, 0, G_N_ELEMENTS (words))]);
  guitu_transaction_put (transaction, person, &error);
  g_assert_no_error (error);
}

static void
edit (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (any_desk (world), NULL, "edit", &error);
  guint n_edits = g_rand_int_range (world->random, 1, 4);

  for (guint i = 0; i < n_edits && world->persons->len > 0; i++)
    {
      const char *id = g_ptr_array_index (world->persons, g_rand_int_range (world->random, 0, world->persons->len));
      g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, id, NULL);

      if (person != NULL)
        change_record (world, transaction, person);
    }
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
create (World *world)
{
  GuituStore *store = any_desk (world);
  char *person = guitu_test_person_add (store, "王秀英");
  g_autofree char *stay = guitu_test_stay_add (store, person);

  g_ptr_array_add (world->persons, person);
}

static guint
settle_all (GuituStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "settle", &error);
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const GuituConflict *conflict = g_ptr_array_index (conflicts, i);

      guitu_transaction_settle (transaction, conflict->kind, conflict->id, conflict->field, &error);
      g_assert_no_error (error);
    }
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  return conflicts->len;
}

static void
step (World *world)
{
  switch (g_rand_int_range (world->random, 0, 10))
    {
    case 0:
      create (world);
      break;
    case 1:
    case 2:
      export(world, any_desk (world));
      break;
    case 3:
    case 4:
      if (world->bundles->len > 0)
        guitu_test_import (any_desk (world), g_ptr_array_index (world->bundles, g_rand_int_range (world->random, 0, world->bundles->len)));
      break;
    case 5:
      if (g_rand_int_range (world->random, 0, 8) == 0)
        settle_all (any_desk (world));
      else
        g_usleep (g_rand_int_range (world->random, 0, 2500));
      break;
    default:
      edit (world);
      break;
    }
}

static void
exchange (World *world)
{
  guint first = world->bundles->len;

  for (guint i = 0; i < DESKS; i++)
    export(world, world->desks[i]->store);
  for (guint i = 0; i < DESKS; i++)
    for (guint j = 0; j < DESKS; j++)
      guitu_test_import (world->desks[i]->store, g_ptr_array_index (world->bundles, first + (i + j) % DESKS));
}

static void
assert_equal (World *world)
{
  g_autofree char *first = guitu_test_dump (world->desks[0]->directory);

  for (guint i = 1; i < DESKS; i++)
    {
      g_autofree char *other = guitu_test_dump (world->desks[i]->directory);

      g_assert_cmpstr (first, ==, other);
    }
  for (guint i = 0; i < DESKS; i++)
    {
      g_assert_cmpuint (guitu_test_problems (world->desks[i]->store, FALSE), ==, 0);
    }
}

static void
test_desks (gconstpointer data)
{
  g_autoptr (World) world = world_new (GPOINTER_TO_UINT (data));
  guint conflicts;

  for (guint i = 0; i < 3; i++)
    create (world);
  exchange (world);
  for (guint i = 0; i < STEPS; i++)
    step (world);
  exchange (world);
  assert_equal (world);
  conflicts = settle_all (world->desks[1]->store);
  g_test_message ("%u bundles, %u conflicts", world->bundles->len, conflicts);
  exchange (world);
  assert_equal (world);
  g_assert_cmpint (guitu_test_sql_integer (world->desks[0]->directory, "SELECT count (*) FROM conflict"), ==, 0);
}

/* --- Conflicts ------------------------------------------------------------------------------- */

static void
assert_conflict (GuituStore *store,
                 const char *id,
                 const char *first,
                 const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, &error);
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, id, &error);
  const GuituConflict *conflict;
  g_autoptr (GuituRecord) person = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->kind, ==, "person");
  g_assert_cmpstr (conflict->field, ==, "phone");
  g_assert_cmpuint (conflict->values->len, ==, 2);
  g_assert_cmpstr (((GuituHistoryItem *) g_ptr_array_index (conflict->values, 0))->value, ==, first);
  g_assert_cmpstr (((GuituHistoryItem *) g_ptr_array_index (conflict->values, 1))->value, ==, second);
  person = guitu_record_load (transaction, &guitu_kind_person, id, &error);
  g_assert_cmpstr (guitu_record_text (person, GUITU_PERSON_PHONE), ==, first);
}

static guint
count_conflicts (World *world,
                 guint desk)
{
  return guitu_test_sql_integer (world->desks[desk]->directory, "SELECT count (*) FROM conflict");
}

static void
set_phone (World *world,
           guint desk,
           const char *id,
           const char *phone)
{
  g_usleep (2000); /* a later millisecond: the winner is known */
  guitu_test_set (world->desks[desk]->store, &guitu_kind_person, id, GUITU_PERSON_PHONE, phone);
}

static void
test_conflict (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");
  g_autofree char *phone = NULL;

  exchange (world);
  set_phone (world, 0, id, "111");
  set_phone (world, 1, id, "222");
  exchange (world);
  assert_conflict (world->desks[0]->store, id, "222", "111");
  assert_conflict (world->desks[1]->store, id, "222", "111");
  assert_equal (world);

  /* Writing on does not settle it: the other value stays visible. */
  set_phone (world, 0, id, "333");
  exchange (world);
  assert_conflict (world->desks[2]->store, id, "333", "111");
  g_assert_cmpuint (settle_all (world->desks[2]->store), ==, 1);
  g_assert_cmpuint (count_conflicts (world, 2), ==, 0);
  exchange (world);
  assert_equal (world);
  g_assert_cmpuint (count_conflicts (world, 0), ==, 0);
  phone = guitu_test_get (world->desks[0]->store, &guitu_kind_person, id, GUITU_PERSON_PHONE);
  g_assert_cmpstr (phone, ==, "333");
}

/* What is no conflict: writes one after the other, the same value twice, different fields. */
static void
test_no_conflict (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");

  exchange (world);
  set_phone (world, 0, id, "111");
  exchange (world);
  set_phone (world, 1, id, "222");
  exchange (world);
  set_phone (world, 0, id, "333");
  guitu_test_set (world->desks[1]->store, &guitu_kind_person, id, GUITU_PERSON_ALIAS, "老王");
  guitu_test_set (world->desks[1]->store, &guitu_kind_person, id, GUITU_PERSON_ACCENT, "粤");
  guitu_test_set (world->desks[2]->store, &guitu_kind_person, id, GUITU_PERSON_ACCENT, "粤");
  exchange (world);
  g_assert_cmpuint (count_conflicts (world, 0), ==, 0);
  assert_equal (world);
}

/* Two desks wrote the same: who changes it afterwards has seen both. */
static void
test_agreed (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");

  exchange (world);
  set_phone (world, 0, id, "111");
  set_phone (world, 1, id, "111");
  exchange (world);
  g_assert_cmpuint (count_conflicts (world, 0), ==, 0);
  set_phone (world, 2, id, "222");
  exchange (world);
  g_assert_cmpuint (count_conflicts (world, 0), ==, 0);
  assert_equal (world);
}

/* A value written and settled in one transaction stands against what another desk wrote meanwhile. */
static void
test_settled_at_once (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");

  exchange (world);
  set_phone (world, 1, id, "111");
  g_usleep (2000);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GuituTransaction) transaction = guitu_store_write (world->desks[0]->store, NULL, "edit", &error);
    g_autoptr (GuituRecord) person = guitu_record_load (transaction, &guitu_kind_person, id, &error);

    guitu_record_set_text (person, GUITU_PERSON_PHONE, "222");
    guitu_transaction_put (transaction, person, &error);
    guitu_transaction_settle (transaction, "person", id, "phone", &error);
    guitu_transaction_commit (transaction, &error);
    g_assert_no_error (error);
  }
  exchange (world);
  assert_conflict (world->desks[2]->store, id, "222", "111");
  assert_equal (world);
}

/* A settlement that did not know of a third value leaves that one standing. */
static void
test_settled_too_early (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");
  g_autofree char *path = g_strdup_printf ("%s/early", world->directory);

  exchange (world);
  set_phone (world, 0, id, "111");
  set_phone (world, 1, id, "222");
  set_phone (world, 2, id, "333");
  guitu_test_export (world->desks[1]->store, path, NULL);
  guitu_test_import (world->desks[0]->store, path);
  assert_conflict (world->desks[0]->store, id, "222", "111");
  g_usleep (2000);
  settle_all (world->desks[0]->store);
  exchange (world);
  assert_conflict (world->desks[1]->store, id, "222", "333");
  assert_equal (world);
}

/* --- Entries in any order -------------------------------------------------------------------- */

typedef struct
{
  GBytes *body;
  guint8 signature[GUITU_SIGNATURE_BYTES];
} Carried;

static void
carried_clear (gpointer data)
{
  g_bytes_unref (((Carried *) data)->body);
}

static GArray *
read_entries (GuituStore *store)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Carried));
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (store, &error);
  g_autoptr (GuituStatement) statement =
      guitu_connection_prepare (transaction->connection, "SELECT body, signature FROM entry ORDER BY number", &error);

  g_array_set_clear_func (entries, carried_clear);
  while (guitu_statement_step (statement, &error) == 1)
    {
      gsize length;
      gconstpointer bytes = guitu_statement_bytes (statement, 0, &length);
      Carried carried = { .body = g_bytes_new (bytes, length) };

      memcpy (carried.signature, guitu_statement_bytes (statement, 1, &length), GUITU_SIGNATURE_BYTES);
      g_array_append_val (entries, carried);
    }
  g_assert_no_error (error);
  return entries;
}

static void
add_desks (GuituReceiver *receiver,
           World *world)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < DESKS; i++)
    {
      _guitu_receiver_add_desk (receiver, &guitu_store_keys (world->desks[i]->store)->desk, &error);
      g_assert_no_error (error);
    }
}

/* Each entry is a delivery of its own. */
static void
deliver (GuituReceiver *receiver,
         const Carried *carried)
{
  g_autoptr (GError) error = NULL;

  _guitu_receiver_add_entry (receiver, carried->body, carried->signature, &error);
  g_assert_no_error (error);
  _guitu_receiver_finish (receiver, &error);
  g_assert_no_error (error);
}

static void
deliver_shuffled (World *world,
                  GuituTestStore *test,
                  GArray *entries)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (test->store, NULL, "bundle import", &error);
  g_autofree guint *order = g_new (guint, entries->len);
  GuituReceiver receiver;

  for (guint i = 0; i < entries->len; i++)
    order[i] = i;
  for (guint i = entries->len; i > 1; i--)
    {
      guint j = g_rand_int_range (world->random, 0, i);
      guint held = order[j];

      order[j] = order[i - 1];
      order[i - 1] = held;
    }
  _guitu_receiver_init (&receiver, transaction->connection, guitu_store_keys (test->store));
  add_desks (&receiver, world);
  for (guint i = 0; i < entries->len; i++)
    {
      deliver (&receiver, &g_array_index (entries, Carried, order[i]));
      if (i > 0 && g_rand_int_range (world->random, 0, 4) == 0)
        deliver (&receiver, &g_array_index (entries, Carried, order[g_rand_int_range (world->random, 0, i)]));
    }
  g_assert_cmpuint (receiver.added, ==, entries->len);
  _guitu_receiver_clear (&receiver);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
test_any_order (void)
{
  g_autoptr (World) world = world_new (20260131);
  g_autoptr (GArray) entries = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < STEPS; i++)
    step (world);
  exchange (world);
  entries = read_entries (world->desks[0]->store);
  expected = guitu_test_dump (world->desks[0]->directory);
  g_test_message ("%u entries", entries->len);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GuituKeys) keys = guitu_keys_new_desk (guitu_store_keys (world->desks[0]->store), 9);
      g_autoptr (GuituTestStore) test = guitu_test_store_new (keys);
      g_autofree char *dump = NULL;

      deliver_shuffled (world, test, entries);
      dump = guitu_test_dump (test->directory);
      g_assert_cmpstr (expected, ==, dump);
      g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
    }
}

/* A gap is named, and is no problem of the ledger. */
static void
test_gaps (void)
{
  g_autoptr (World) world = world_new (1);
  GuituTestStore *to = world->desks[2];
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituLedgerReport) report = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");
    }
  entries = read_entries (world->desks[0]->store);
  {
    g_autoptr (GuituTransaction) transaction = guitu_store_write (to->store, NULL, "bundle import", &error);
    GuituReceiver receiver;

    _guitu_receiver_init (&receiver, transaction->connection, guitu_store_keys (to->store));
    add_desks (&receiver, world);
    deliver (&receiver, &g_array_index (entries, Carried, 5));
    deliver (&receiver, &g_array_index (entries, Carried, 1));
    _guitu_receiver_clear (&receiver);
    guitu_transaction_commit (transaction, &error);
    g_assert_no_error (error);
  }
  report = guitu_ledger_verify (to->store, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->problems->len, ==, 0);
  g_assert_cmpuint (report->gaps->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (report->gaps, 0), "1–1"));
  g_assert_nonnull (strstr (g_ptr_array_index (report->gaps, 1), "3–5"));
  exchange (world);
  assert_equal (world);
}

/* The same entry twice in one delivery. */
static void
test_repeated_in_run (void)
{
  g_autoptr (World) world = world_new (1);
  g_autofree char *id = guitu_test_person_add (world->desks[0]->store, "王秀英");
  g_autoptr (GArray) entries = read_entries (world->desks[0]->store);
  const Carried *carried = &g_array_index (entries, Carried, 0);
  GuituTestStore *to = world->desks[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (to->store, NULL, "bundle import", &error);
  GuituReceiver receiver;

  _guitu_receiver_init (&receiver, transaction->connection, guitu_store_keys (to->store));
  add_desks (&receiver, world);
  for (guint i = 0; i < 3; i++)
    {
      _guitu_receiver_add_entry (&receiver, carried->body, carried->signature, &error);
      g_assert_no_error (error);
    }
  _guitu_receiver_finish (&receiver, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receiver.added, ==, 1);
  g_assert_cmpuint (receiver.known, ==, 2);
  _guitu_receiver_clear (&receiver);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  for (guint seed = 1; seed <= 6; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/converge/desks/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_desks);
    }
  g_test_add_func ("/converge/conflict", test_conflict);
  g_test_add_func ("/converge/no-conflict", test_no_conflict);
  g_test_add_func ("/converge/agreed", test_agreed);
  g_test_add_func ("/converge/settled-at-once", test_settled_at_once);
  g_test_add_func ("/converge/settled-too-early", test_settled_too_early);
  g_test_add_func ("/converge/any-order", test_any_order);
  g_test_add_func ("/converge/gaps", test_gaps);
  g_test_add_func ("/converge/repeated-in-run", test_repeated_in_run);
  return g_test_run ();
}
