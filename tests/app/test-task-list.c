/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case.h"
#include "app/settings.h"
#include "app/task-list.h"

#include <glib/gstdio.h>
#include <string.h>

/* The list as read from a store: what outlives a stay is found, and nothing else of closed ones. */

#define NOW "2026-11-22T10:00:00+08:00"

typedef struct
{
  char *folder;
  GuituStore *store;
  GuituTransaction *writing;
} Fixture;

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("440105001");
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("guitu-tasks-XXXXXX", NULL);
  fixture->store = guitu_store_create (fixture->folder, keys, &error);
  g_assert_no_error (error);
  fixture->writing = guitu_store_write (fixture->store, NULL, "test", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_clear_pointer (&fixture->writing, guitu_transaction_free);
  g_clear_pointer (&fixture->store, guitu_store_close);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Puts a record of "field=value" pairs. Returns: (transfer full): its id. */
static char *
put (Fixture *fixture,
     const char *kind,
     ...)
{
  g_autoptr (GuituRecord) record = guitu_record_new (guitu_kind_find (kind));
  g_autoptr (GError) error = NULL;
  const char *name;
  va_list fields;

  va_start (fields, kind);
  while ((name = va_arg (fields, const char *)) != NULL)
    guitu_record_set_text (record, guitu_kind_field (guitu_record_kind (record), name), va_arg (fields, const char *));
  va_end (fields);
  guitu_transaction_put (fixture->writing, record, &error);
  g_assert_no_error (error);
  return g_strdup (guitu_record_id (record));
}

static char *
put_person (Fixture *fixture,
            const char *name)
{
  return put (fixture, "person", "name", name, "sex", "1", "verified_by", "id-card", NULL);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Kinds with their numbers, sorted, the half-yearly visits of the station left out. */
static char *
kinds (Fixture *fixture,
       const GuituRecord *stay)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) reading = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (fixture->writing != NULL)
    guitu_transaction_commit (fixture->writing, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->writing, guitu_transaction_free);
  guitu_settings_refresh (fixture->store, &error);
  g_assert_no_error (error);
  reading = guitu_store_read (fixture->store, &error);
  tasks = guitu_tasks_read (reading, &(GuituTaskQuery){ NOW, stay, FALSE }, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < tasks->len; i++)
    {
      const GuituTask *task = tasks->pdata[i];

      if (strcmp (task->kind, "half-year-visit") != 0)
        g_ptr_array_add (names, g_strdup_printf ("%s@%s", task->kind, task->number == NULL ? "" : task->number));
    }
  g_ptr_array_sort (names, compare_texts);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
test_closed_stays (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *person = put_person (fixture, "王一");
  g_autofree char *plain = put (fixture, "stay", "number", "1", "person", person, "came_by", "police", "decision", "admitted", "arrived_at", "2026-01-01T10:00:00+08:00", "left_at", "2026-01-02T10:00:00+08:00", "leave_by", "own-will", NULL);
  g_autofree char *refused = put (fixture, "stay", "number", "2", "person", person, "came_by", "police", "decision", "refused", "legal_ground", "own-means", "arrived_at", "2026-02-01T10:00:00+08:00", "left_at", "2026-02-01T11:00:00+08:00", NULL);
  g_autofree char *served = put (fixture, "stay", "number", "3", "person", person, "came_by", "police", "decision", "refused", "legal_ground", "own-means", "arrived_at", "2026-03-01T10:00:00+08:00", "left_at", "2026-03-01T11:00:00+08:00", "served_at", "2026-03-01T11:00:00+08:00", NULL);
  g_autofree char *terminated = put (fixture, "stay", "number", "4", "person", person, "came_by", "police", "decision", "admitted", "legal_ground", "overstay", "leave_by", "terminated", "arrived_at", "2026-04-01T10:00:00+08:00", "left_at", "2026-04-12T11:00:00+08:00", NULL);
  g_autofree char *died = put (fixture, "stay", "number", "5", "person", person, "came_by", "police", "decision", "admitted", "leave_by", "death", "arrived_at", "2026-05-01T10:00:00+08:00", "left_at", "2026-05-12T11:00:00+08:00", NULL);
  g_autofree char *found = kinds (fixture, NULL);

  g_assert_cmpstr (found, ==, "death@5 serve@2 serve@4");
}

static void
test_things_and_afterwards (Fixture *fixture,
                            gconstpointer data)
{
  g_autofree char *person = put_person (fixture, "王一");
  g_autofree char *stay = put (fixture, "stay", "number", "1", "person", person, "came_by", "police", "decision", "admitted", "arrived_at", "2026-01-01T10:00:00+08:00", "left_at", "2026-01-02T10:00:00+08:00", "leave_by", "own-will", NULL);
  g_autofree char *other = put (fixture, "stay", "number", "2", "person", person, "came_by", "police", "decision", "admitted", "arrived_at", "2026-02-01T10:00:00+08:00", "left_at", "2026-02-02T10:00:00+08:00", "leave_by", "own-will", NULL);
  g_autofree char *unsigned_out = put (fixture, "belonging", "stay", stay, "kind", "phone", "name", "手机", "state", "returned", "in_at", "2026-01-01T10:00:00+08:00", "in_second", person, "out_at", "2026-01-02T10:00:00+08:00", NULL);
  g_autofree char *entrusted = put (fixture, "belonging", "stay", other, "kind", "phone", "name", "手机", "state", "entrusted", "in_at", "2026-02-01T10:00:00+08:00", "in_second", person, "out_at", "2026-02-02T10:00:00+08:00", "out_second", person, NULL);
  g_autofree char *referral = put (fixture, "referral", "person", person, "scheme", "dibao", "office", "街道办", "due_on", "2026-12-01", NULL);
  g_autofree char *answered = put (fixture, "referral", "person", person, "scheme", "dibao", "office", "街道办", "due_on", "2026-12-01", "closed_on", "2026-11-01", NULL);
  g_autofree char *visit = put (fixture, "follow_up", "stay", stay, "due_on", "2026-12-01", NULL);
  g_autofree char *found = kinds (fixture, NULL);
  g_autoptr (GuituTransaction) reading = guitu_store_read (fixture->store, NULL);
  g_autoptr (GuituRecord) only = guitu_record_load (reading, &guitu_kind_stay, other, NULL);
  g_autofree char *of_one = NULL;

  g_assert_cmpstr (found, ==, "belongings@2 follow-up@1 referral@ unsigned@1");
  of_one = kinds (fixture, only);
  g_assert_cmpstr (of_one, ==, "belongings@2");
}

/* The later of two open stays of one person is too many, in whatever order they came to be known. */
static void
test_double_stay (Fixture *fixture,
                  gconstpointer data)
{
  g_autofree char *person = put_person (fixture, "王一");
  g_autofree char *somebody = put_person (fixture, "李二");
  g_autofree char *later = put (fixture, "stay", "number", "1", "person", person, "came_by", "police", "arrived_at", "2026-11-21T10:00:00+08:00", NULL);
  g_autofree char *earlier = put (fixture, "stay", "number", "2", "person", person, "came_by", "police", "arrived_at", "2026-11-20T10:00:00+08:00", NULL);
  g_autofree char *another = put (fixture, "stay", "number", "3", "person", somebody, "came_by", "police", "arrived_at", "2026-11-20T10:00:00+08:00", NULL);
  g_autofree char *found = kinds (fixture, NULL);

  g_assert_cmpstr (found, ==, "double-stay@1");
}

/* Two records that are merged are one person. */
static void
test_double_stay_of_merged (Fixture *fixture,
                            gconstpointer data)
{
  g_autofree char *person = put_person (fixture, "王一");
  g_autofree char *again = put_person (fixture, "王一");
  g_autofree char *link = put (fixture, "person_link", "person", person, "other", again, "verdict", "same", NULL);
  g_autofree char *earlier = put (fixture, "stay", "number", "1", "person", person, "came_by", "police", "arrived_at", "2026-11-20T10:00:00+08:00", NULL);
  g_autofree char *later = put (fixture, "stay", "number", "2", "person", again, "came_by", "police", "arrived_at", "2026-11-21T10:00:00+08:00", NULL);
  g_autofree char *found = kinds (fixture, NULL);
  g_autoptr (GuituTransaction) reading = guitu_store_read (fixture->store, NULL);
  g_autoptr (GuituRecord) stay = guitu_record_load (reading, &guitu_kind_stay, later, NULL);
  g_autofree char *of_one = kinds (fixture, stay);

  g_assert_cmpstr (found, ==, "double-stay@2");
  g_assert_cmpstr (of_one, ==, "double-stay@2");
}

/* A value that no rule can have, from a program that did not check it, stops nothing. */
static void
test_bad_rule_is_passed_over (Fixture *fixture,
                              gconstpointer data)
{
  g_autofree char *bad = put (fixture, "rule", "name", "stay_limit_days", "value", "ten", "effective_from", "2026-01-01", "citation", "x", NULL);
  g_autofree char *unknown = put (fixture, "rule", "name", "nothing", "value", "1", "effective_from", "2026-01-01", "citation", "x", NULL);
  g_autofree char *first = put (fixture, "rule", "name", "notice_hours", "value", "12", "effective_from", "2026-01-01", "citation", "x", NULL);
  g_autofree char *found = kinds (fixture, NULL);

  g_assert_cmpstr (found, ==, "");
  g_assert_cmpint (guitu_rules_integer ("stay_limit_days", "2026-11-22"), ==, 10);
  g_assert_cmpint (guitu_rules_integer ("notice_hours", "2026-11-22"), ==, 12);
  g_assert_cmpint (guitu_rules_integer ("notice_hours", "2025-12-31"), ==, 24);
  g_assert_null (guitu_rules_find ("nothing", "2026-11-22"));
}

static gint64
count_cases (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) reading = guitu_store_read (fixture->store, &error);
  gint64 n = guitu_records_count (reading, &guitu_kind_case, &(GuituQuery){ .with_voided = TRUE }, &error);

  g_assert_no_error (error);
  return n;
}

/* A store of before there were cases: what is due shows at once, and the first verb that writes opens the
 * cases of who is in the house and not identified, once. */
static void
test_store_without_cases (Fixture *fixture,
                          gconstpointer data)
{
  g_autofree char *unknown = put (fixture, "person", "sex", "1", NULL);
  g_autofree char *known = put_person (fixture, "王一");
  g_autofree char *gone = put (fixture, "person", "sex", "2", NULL);
  g_autofree char *first = put (fixture, "stay", "number", "1", "person", unknown, "came_by", "police", "decision", "admitted", "arrived_at", "2026-11-21T10:00:00+08:00", "admitted_at", "2026-11-21T10:00:00+08:00", "due_on", "2026-12-01", NULL);
  g_autofree char *second = put (fixture, "stay", "number", "2", "person", known, "came_by", "police", "decision", "admitted", "arrived_at", "2026-11-21T10:00:00+08:00", "admitted_at", "2026-11-21T10:00:00+08:00", "due_on", "2026-12-01", NULL);
  g_autofree char *third = put (fixture, "stay", "number", "3", "person", gone, "came_by", "police", "decision", "admitted", "arrived_at", "2026-11-20T10:00:00+08:00", "left_at", "2026-11-21T10:00:00+08:00", "leave_by", "own-will", NULL);
  g_autofree char *before = kinds (fixture, NULL);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (before, ==, "dna-request@1 notice@1 police-query@1 quick-query@1 second-interview@1 stay-limit@1 stay-limit@2");
  g_assert_cmpint (count_cases (fixture), ==, 0);
  g_assert_true (guitu_cases_fill (fixture->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_cases (fixture), ==, 1);
  g_assert_true (guitu_cases_fill (fixture->store, NULL, &error));
  g_assert_cmpint (count_cases (fixture), ==, 1);
  after = kinds (fixture, NULL);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/task-list/closed-stays", Fixture, NULL, set_up, test_closed_stays, tear_down);
  g_test_add ("/task-list/things-and-afterwards", Fixture, NULL, set_up, test_things_and_afterwards, tear_down);
  g_test_add ("/task-list/double-stay", Fixture, NULL, set_up, test_double_stay, tear_down);
  g_test_add ("/task-list/double-stay-of-merged", Fixture, NULL, set_up, test_double_stay_of_merged, tear_down);
  g_test_add ("/task-list/store-without-cases", Fixture, NULL, set_up, test_store_without_cases, tear_down);
  g_test_add ("/task-list/bad-rule-is-passed-over", Fixture, NULL, set_up, test_bad_rule_is_passed_over, tear_down);
  return g_test_run ();
}
