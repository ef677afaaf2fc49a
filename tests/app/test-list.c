/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visit marks follow every write, and nobody who needs protection is on the list. */

#include "app/blacklist.h"
#include "app/follow.h"
#include "app/visits.h"
#include "store.h"

#include <string.h>

#define MAN "440105199003071032"
#define CHILD "440105201503071039"
#define OLD_WOMAN "11010519491231002X"

typedef struct
{
  GuituTestStore *store;
  char *person;
} Fixture;

static void
put (Fixture *fixture,
     GuituRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->store->store, NULL, "test", &error);

  guitu_transaction_put (transaction, record, &error);
  g_assert_no_error (error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
join_network (Fixture *fixture)
{
  g_autoptr (GuituRecord) network = guitu_record_new (&guitu_kind_network);

  guitu_record_set_text (network, GUITU_NETWORK_NAME, "试验协作网");
  guitu_record_set_integer (network, GUITU_NETWORK_EPOCH, 1);
  guitu_record_set_text (network, GUITU_NETWORK_MARK_KEY, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  guitu_record_set_text (network, GUITU_NETWORK_AUTHORITY, "民政厅");
  put (fixture, network);
}

static char *
add_person (Fixture *fixture,
            const char *number,
            const char *birth)
{
  g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

  guitu_record_set_text (person, GUITU_PERSON_SEX, "1");
  guitu_record_set_text (person, GUITU_PERSON_ID_NUMBER, number);
  guitu_record_set_text (person, GUITU_PERSON_VERIFIED_BY, "id-card");
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, birth);
  guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, birth);
  put (fixture, person);
  return g_strdup (guitu_record_id (person));
}

/* Days are counted from today; @left may be 1 for somebody who is here still. */
static GuituRecord *
add_stay (Fixture *fixture,
          const char *person,
          int arrived,
          int left)
{
  GuituRecord *stay = guitu_record_new (&guitu_kind_stay);
  g_autofree char *now = guitu_now ();
  g_autofree char *first = guitu_date_add_days (now, arrived);
  g_autofree char *last = guitu_date_add_days (now, left);
  g_autofree char *arrived_at = g_strconcat (first, "T10:00:00+08:00", NULL);
  g_autofree char *left_at = g_strconcat (last, "T09:00:00+08:00", NULL);

  guitu_record_set_text (stay, GUITU_STAY_PERSON, person);
  guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, arrived_at);
  guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "self");
  if (left <= 0)
    guitu_record_set_text (stay, GUITU_STAY_LEFT_AT, left_at);
  if (left <= 0)
    guitu_record_set_text (stay, GUITU_STAY_LEAVE_BY, "ticket");
  put (fixture, stay);
  return stay;
}

static void
add_old_stay (Fixture *fixture,
              int arrived,
              int left)
{
  g_autoptr (GuituRecord) stay = add_stay (fixture, fixture->person, arrived, left);

  g_assert_nonnull (stay);
}

/* A mark as another station's desk has sent it. */
static void
add_mark (Fixture *fixture,
          const char *key,
          const char *station,
          int arrived,
          int left)
{
  g_autofree char *today = guitu_today ();
  g_autofree char *first = guitu_date_add_days (today, arrived);
  g_autofree char *last = guitu_date_add_days (today, left);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO visit_mark (id, base_clock, base_desk, station, person_key, arrived_on, left_on, leave_by)"
                                          " VALUES (randomblob (16), 1, 1, '%s', '%s', '%s', '%s', 'own-will')",
                                          station, key, first, last);

  guitu_test_sql (fixture->store->directory, sql);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->store = guitu_test_store_new (NULL);
  guitu_store_follow (fixture->store->store, guitu_follow);
  fixture->person = add_person (fixture, MAN, "1990-03-07");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_clear_pointer (&fixture->person, g_free);
  guitu_test_store_free (fixture->store);
}

static void
edit (Fixture *fixture,
      const char *person,
      int field,
      const char *text)
{
  guitu_test_set (fixture->store->store, &guitu_kind_person, person, field, text);
}

static gint64
count_marks (Fixture *fixture)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store->store, NULL);

  return guitu_records_count (transaction, &guitu_kind_visit_mark, &(GuituQuery){ 0 }, NULL);
}

static char *
key_of (Fixture *fixture,
        const char *number)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store->store, NULL);
  char *key = NULL;

  g_assert_true (guitu_visits_key (transaction, number, &key, NULL));
  return key;
}

static JsonObject *
judge (Fixture *fixture,
       gboolean arrives)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store->store, NULL);
  g_autofree char *key = key_of (fixture, MAN);
  g_autofree char *today = guitu_today ();

  return guitu_visits_judge (transaction, key, today, arrives, NULL);
}

static gboolean
is_met (Fixture *fixture,
        guint rule,
        gboolean arrives)
{
  g_autoptr (JsonObject) judged = judge (fixture, arrives);

  return json_object_get_boolean_member (json_array_get_object_element (json_object_get_array_member (judged, "rules"), rule), "met");
}

/* --- Marks ------------------------------------------------------------------------------------- */

static void
test_keys (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *none = key_of (fixture, MAN);
  g_autofree char *key = NULL;
  g_autofree char *wide = NULL;
  g_autofree char *small = NULL;
  g_autofree char *capital = NULL;

  g_assert_null (none);
  join_network (fixture);
  key = key_of (fixture, MAN);
  wide = key_of (fixture, "４４０１０５ 19900307 1032");
  small = key_of (fixture, "11010519491231002x");
  capital = key_of (fixture, OLD_WOMAN);
  g_assert_cmpuint (strlen (key), ==, 64);
  g_assert_cmpstr (key, ==, wide);
  g_assert_cmpstr (small, ==, capital);
  g_assert_cmpstr (key, !=, capital);
}

/* Without a network nothing is marked; joining one marks what lies within the window, and no more. */
static void
test_joining (Fixture *fixture,
              gconstpointer data)
{
  add_old_stay (fixture, -400, -390);
  add_old_stay (fixture, -20, -10);
  add_old_stay (fixture, -2, 1);
  g_assert_cmpint (count_marks (fixture), ==, 0);
  join_network (fixture);
  g_assert_cmpint (count_marks (fixture), ==, 2);
}

static void
test_refused_and_protected (Fixture *fixture,
                            gconstpointer data)
{
  g_autoptr (GuituRecord) stay = NULL;

  join_network (fixture);
  stay = add_stay (fixture, fixture->person, -2, 1);
  g_assert_cmpint (count_marks (fixture), ==, 1);
  guitu_record_set_text (stay, GUITU_STAY_DECISION, "refused");
  put (fixture, stay);
  g_assert_cmpint (count_marks (fixture), ==, 0);
  guitu_record_set_text (stay, GUITU_STAY_DECISION, "admitted");
  put (fixture, stay);
  g_assert_cmpint (count_marks (fixture), ==, 1);
  guitu_record_set_text (stay, GUITU_STAY_REASON, "trafficked");
  put (fixture, stay);
  g_assert_cmpint (count_marks (fixture), ==, 0);
  guitu_record_set_text (stay, GUITU_STAY_REASON, NULL);
  put (fixture, stay);
  g_assert_cmpint (count_marks (fixture), ==, 1);
  edit (fixture, fixture->person, GUITU_PERSON_VERIFIED_BY, "none");
  g_assert_cmpint (count_marks (fixture), ==, 0);
}

/* The stays of a record that has no number are marked once it is merged with one that has, and no longer after. */
static void
test_merge (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *other = add_person (fixture, NULL, NULL);
  g_autoptr (GuituRecord) link = guitu_record_new (&guitu_kind_person_link);
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GError) error = NULL;

  join_network (fixture);
  stay = add_stay (fixture, other, -2, 1);
  g_assert_cmpint (count_marks (fixture), ==, 0);
  guitu_record_set_text (link, GUITU_PERSON_LINK_PERSON, fixture->person);
  guitu_record_set_text (link, GUITU_PERSON_LINK_OTHER, other);
  guitu_record_set_text (link, GUITU_PERSON_LINK_VERDICT, "same");
  put (fixture, link);
  g_assert_cmpint (count_marks (fixture), ==, 1);
  transaction = guitu_store_write (fixture->store->store, NULL, "test", NULL);
  g_assert_true (guitu_transaction_void (transaction, link, "两人", &error) && guitu_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, guitu_transaction_free);
  g_assert_cmpint (count_marks (fixture), ==, 0);
}

/* --- The rule ---------------------------------------------------------------------------------- */

static void
test_repeat (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *key = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;

  join_network (fixture);
  key = key_of (fixture, MAN);
  for (int i = 0; i < 4; i++)
    add_mark (fixture, key, "440102001", -100 + 10 * i, -95 + 10 * i);
  g_assert_false (is_met (fixture, 0, FALSE)); /* one station only */
  add_mark (fixture, key, "440103001", -181, -179);
  g_assert_false (is_met (fixture, 0, FALSE)); /* the other one lies before the window */
  add_mark (fixture, key, "440103001", -180, -179);
  g_assert_true (is_met (fixture, 0, FALSE));
  first = judge (fixture, FALSE);
  second = judge (fixture, FALSE);
  g_assert_true (json_object_equal (first, second));
}

/* A mark that two desks wrote for one stay is one stay. */
static void
test_counted_once (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *key = NULL;

  join_network (fixture);
  key = key_of (fixture, MAN);
  add_mark (fixture, key, "440102001", -10, -9);
  add_mark (fixture, key, "440102001", -10, -9);
  add_mark (fixture, key, "440103001", -5, -4);
  g_assert_false (is_met (fixture, 0, FALSE));
}

static void
test_return (Fixture *fixture,
             gconstpointer data)
{
  join_network (fixture);
  add_old_stay (fixture, -40, -31);
  g_assert_false (is_met (fixture, 1, TRUE));
  add_old_stay (fixture, -31, -30);
  g_assert_true (is_met (fixture, 1, FALSE)); /* came back on the day */
  g_assert_true (is_met (fixture, 1, TRUE));
}

static void
test_no_return (Fixture *fixture,
                gconstpointer data)
{
  join_network (fixture);
  add_old_stay (fixture, -20, -10);
  g_assert_false (is_met (fixture, 1, FALSE)); /* left with a ticket and did not come back */
  g_assert_true (is_met (fixture, 1, TRUE));   /* but for now, at the door */
}

/* --- Who must not be listed --------------------------------------------------------------------- */

static const char *
exclusion_of (Fixture *fixture,
              const char *person)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store->store, NULL);
  const char *exclusion = NULL;

  g_assert_true (guitu_list_exclusion (transaction, person, &exclusion, NULL));
  return exclusion;
}

static void
test_exclusions (Fixture *fixture,
                 gconstpointer data)
{
  static const struct
  {
    int field;
    const char *value;
    const char *exclusion;
  } cases[] = {
    { GUITU_PERSON_HEALTH, "mental", "mental" },
    { GUITU_PERSON_HEALTH, "intellectual", "intellectual" },
    { GUITU_PERSON_HEALTH, "dementia", "dementia" },
    { GUITU_PERSON_HEALTH, "critical", "ill" },
    { GUITU_PERSON_HEALTH, "pregnant", "ill" },
    { GUITU_PERSON_HEALTH, "physical", NULL },
    { GUITU_PERSON_IMPAIRED, "yes", "mental" },
    { GUITU_PERSON_WANDERS, "yes", "wanders" },
    { GUITU_PERSON_FENCE, "violence", "violence" },
    { GUITU_PERSON_FENCE, "trafficking", "trafficked" },
    { GUITU_PERSON_VERIFIED_BY, "none", "unverified" },
    { GUITU_PERSON_ID_NUMBER, NULL, "unverified" },
  };

  g_assert_null (exclusion_of (fixture, fixture->person));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      edit (fixture, fixture->person, cases[i].field, cases[i].value);
      g_assert_cmpstr (exclusion_of (fixture, fixture->person), ==, cases[i].exclusion);
      edit (fixture, fixture->person, cases[i].field, cases[i].field == GUITU_PERSON_VERIFIED_BY ? "id-card" : NULL);
    }
}

static void
test_exclusion_by_age (Fixture *fixture,
                       gconstpointer data)
{
  g_autofree char *today = guitu_today ();
  int year = (int) g_ascii_strtoll (today, NULL, 10);

  for (int age = 17; age <= 70; age += 53)
    {
      g_autofree char *birthday = g_strdup_printf ("%04d%s", year - age - (age == 17), today + 4);
      g_autofree char *birth = guitu_date_add_days (birthday, age == 17 ? 1 : 0);
      g_autofree char *person = add_person (fixture, CHILD, birth);
      g_autofree char *limit = guitu_date_add_days (birth, age == 17 ? -1 : 1);
      g_autofree char *neighbour = add_person (fixture, CHILD, limit);

      g_assert_cmpstr (exclusion_of (fixture, person), ==, age == 17 ? "minor" : "elderly");
      g_assert_cmpstr (exclusion_of (fixture, neighbour), ==, NULL);
    }
}

/* Why they came once counts as well. */
static void
test_exclusion_by_reason (Fixture *fixture,
                          gconstpointer data)
{
  g_autoptr (GuituRecord) stay = add_stay (fixture, fixture->person, -400, -390);

  guitu_record_set_text (stay, GUITU_STAY_REASON, "mental-condition");
  put (fixture, stay);
  g_assert_cmpstr (exclusion_of (fixture, fixture->person), ==, "mental");
}

static gint64
count_care (Fixture *fixture)
{
  const GuituQuery care = { .conditions = { { GUITU_TASK_KIND, GUITU_EQUAL, "anti-wander" } } };
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store->store, NULL);

  return guitu_records_count (transaction, &guitu_kind_task, &care, NULL);
}

/* The counts that make others a case for the list make them a case for care, once. */
static void
test_care (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *key = NULL;

  join_network (fixture);
  key = key_of (fixture, MAN);
  add_mark (fixture, key, "440102001", -60, -55);
  add_mark (fixture, key, "440103001", -40, -35);
  add_old_stay (fixture, -1, 1);
  g_assert_true (is_met (fixture, 0, FALSE));
  g_assert_cmpint (count_care (fixture), ==, 0);
  edit (fixture, fixture->person, GUITU_PERSON_WANDERS, "yes");
  g_assert_cmpint (count_care (fixture), ==, 1);
  edit (fixture, fixture->person, GUITU_PERSON_ADDRESS, "某路");
  g_assert_cmpint (count_care (fixture), ==, 1);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/visits/keys", test_keys);
  ADD ("/visits/joining", test_joining);
  ADD ("/visits/refused-and-protected", test_refused_and_protected);
  ADD ("/visits/merge", test_merge);
  ADD ("/visits/repeat", test_repeat);
  ADD ("/visits/counted-once", test_counted_once);
  ADD ("/visits/return", test_return);
  ADD ("/visits/no-return", test_no_return);
  ADD ("/list/exclusions", test_exclusions);
  ADD ("/list/exclusion-by-age", test_exclusion_by_age);
  ADD ("/list/exclusion-by-reason", test_exclusion_by_reason);
  ADD ("/list/care", test_care);
#undef ADD
  return g_test_run ();
}
