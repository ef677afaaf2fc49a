/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever is searched for is found from every side: persons from reports, reports from persons, and both from what
 * other stations show. */

#include "store.h"

#include "db/query.h"

#include <string.h>

static const GuituKind *const kinds[] = { &guitu_kind_person, &guitu_kind_missing, &guitu_kind_sought, &guitu_kind_posting, NULL };

#define N_KINDS (G_N_ELEMENTS (kinds) - 1)
#define LEAST 0.5

/* As a relative or a colleague tells of somebody. */
typedef struct
{
  const char *name;
  const char *sex;
  const char *born;
  const char *height_cm;
} Human;

static const Human lost = { "欧阳海桃", "2", "1988-03-02", "158" };
static const Human other = { "赵铁柱", "1", "1951-11-20", "171" };
static const Human stranger = { "单雄信", "1", "1999-07-07", "183" };

static void
set (GuituRecord *record,
     const char *name,
     const char *text)
{
  int field = guitu_kind_field (guitu_record_kind (record), name);

  if (field >= 0)
    guitu_record_set_text (record, field, text);
}

static GuituRecord *
new_record (const GuituKind *kind,
            const Human *human)
{
  gboolean is_shown = kind == &guitu_kind_sought || kind == &guitu_kind_posting;
  GuituRecord *record = is_shown ? guitu_record_new_owned (kind, "S1", NULL, NULL) : guitu_record_new (kind);

  set (record, "name", human->name);
  set (record, "sex", human->sex);
  set (record, "birth_from", human->born);
  set (record, "birth_to", human->born);
  if (guitu_kind_field (kind, "height_cm") >= 0)
    guitu_record_set_integer (record, guitu_kind_field (kind, "height_cm"), g_ascii_strtoll (human->height_cm, NULL, 10));
  set (record, "state", kind == &guitu_kind_posting ? "published" : "open");
  return record;
}

typedef struct
{
  GuituTestStore *test;
  GuituRecord *lost[N_KINDS];
  GuituRecord *other[N_KINDS];
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("S1");

  fixture->test = guitu_test_store_new (keys);
  for (guint i = 0; i < N_KINDS; i++)
    {
      fixture->lost[i] = new_record (kinds[i], &lost);
      fixture->other[i] = new_record (kinds[i], &other);
      guitu_test_put (fixture->test->store, "test", fixture->lost[i]);
      guitu_test_put (fixture->test->store, "test", fixture->other[i]);
    }
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  for (guint i = 0; i < N_KINDS; i++)
    {
      guitu_record_free (fixture->lost[i]);
      guitu_record_free (fixture->other[i]);
    }
  guitu_test_store_free (fixture->test);
}

/* The ids of what is found among one kind. */
static GPtrArray *
find (Fixture *fixture,
      const GuituRecord *asked,
      const GuituKind *among)
{
  const GuituKind *const wanted[] = { among, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->test->store, &error);
  g_autoptr (GuituRecord) stored = NULL;
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  guitu_record_load_if_there (transaction, guitu_record_kind (asked), guitu_record_id (asked), &stored, &error);
  g_assert_no_error (error);
  found = guitu_records_match (transaction, stored != NULL ? stored : asked, wanted, LEAST, 10, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (ids, g_strdup (guitu_record_id (((const GuituLikeness *) found->pdata[i])->person)));
  return ids;
}

/* A record that was put a moment ago is no answer to itself, though it was not read again. */
static void
test_after_put (Fixture *fixture,
                gconstpointer data)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      const GuituKind *const wanted[] = { kinds[kind], NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (GuituRecord) twin = new_record (kinds[kind], &lost);
      g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->test->store, NULL, "test", &error);
      g_autoptr (GPtrArray) before = guitu_records_match (transaction, twin, wanted, LEAST, 10, &error);
      g_autoptr (GPtrArray) after = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (before->len, ==, 1);
      g_assert_true (guitu_transaction_put (transaction, twin, &error));
      after = guitu_records_match (transaction, twin, wanted, LEAST, 10, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (after->len, ==, 1);
      g_assert_cmpstr (guitu_record_id (((const GuituLikeness *) after->pdata[0])->person), ==, guitu_record_id (fixture->lost[kind]));
    }
}

/* From a record of each kind, the one of each other kind that is of the same human being, and no other. */
static void
test_each_way (Fixture *fixture,
               gconstpointer data)
{
  for (guint from = 0; from < N_KINDS; from++)
    for (guint to = 0; to < N_KINDS; to++)
      {
        g_autoptr (GPtrArray) found = find (fixture, fixture->lost[from], kinds[to]);

        g_test_message ("%s among %s", kinds[from]->name, kinds[to]->name);
        g_assert_cmpuint (found->len, ==, from == to ? 0 : 1);
        if (from != to)
          g_assert_cmpstr (found->pdata[0], ==, guitu_record_id (fixture->lost[to]));
      }
}

static void
test_nobody (Fixture *fixture,
             gconstpointer data)
{
  for (guint from = 0; from < N_KINDS; from++)
    for (guint to = 0; to < N_KINDS; to++)
      {
        g_autoptr (GuituRecord) record = new_record (kinds[from], &stranger);
        g_autoptr (GPtrArray) found = find (fixture, record, kinds[to]);

        g_assert_cmpuint (found->len, ==, 0);
      }
}

/* What has ended or is void is found from no side any more; opened again, it is. */
static void
test_over (Fixture *fixture,
           gconstpointer data)
{
  for (guint to = 1; to < N_KINDS; to++)
    {
      int state = guitu_kind_field (kinds[to], "state");
      g_autofree char *before = g_strdup (guitu_record_text (fixture->lost[to], state));
      g_autoptr (GPtrArray) none = NULL;
      g_autoptr (GPtrArray) again = NULL;

      guitu_test_set (fixture->test->store, kinds[to], guitu_record_id (fixture->lost[to]), state, kinds[to] == &guitu_kind_posting ? "withdrawn" : "found");
      none = find (fixture, fixture->lost[0], kinds[to]);
      g_assert_cmpuint (none->len, ==, 0);
      guitu_test_set (fixture->test->store, kinds[to], guitu_record_id (fixture->lost[to]), state, before);
      again = find (fixture, fixture->lost[0], kinds[to]);
      g_assert_cmpuint (again->len, ==, 1);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/directions/each-way", test_each_way);
  ADD ("/directions/nobody", test_nobody);
  ADD ("/directions/over", test_over);
  ADD ("/directions/after-put", test_after_put);
  return g_test_run ();
}
