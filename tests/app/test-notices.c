/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"
#include "app/tracing-notice.h"
#include "store.h"

#include <sqlite3.h>
#include <string.h>

/* After an exchange, only notices that what came may end are read, however many are out. What is written here goes past
 * the verbs, as what another desk wrote does. */

#define FEW 20
#define MANY 300

/* --- Counting ------------------------------------------------------------------------------------ */

static gint64 n_read; /* statements, and the rows that they gave */

static int
on_trace (unsigned int kind,
          void *data,
          void *statement,
          void *text)
{
  n_read++;
  return 0;
}

static int
on_open (sqlite3 *handle,
         char **message,
         const struct sqlite3_api_routines *routines)
{
  return sqlite3_trace_v2 (handle, SQLITE_TRACE_STMT | SQLITE_TRACE_ROW, on_trace, NULL);
}

static gint64
settle (GuituTestStore *test)
{
  g_autoptr (GError) error = NULL;

  n_read = 0;
  guitu_notices_settle (test->store, &error);
  g_assert_no_error (error);
  return n_read;
}

/* --- A station ----------------------------------------------------------------------------------- */

/* Returns: (transfer full): the ids of the notices. */
static GStrv
publish (GuituStore *store,
         const char *birth,
         const char *consent,
         guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "test", &error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);
      g_autoptr (GuituRecord) notice = guitu_record_new (&guitu_kind_notice);

      guitu_record_set_text (person, GUITU_PERSON_SEX, "1");
      guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, birth);
      guitu_record_set_text (person, GUITU_PERSON_BIRTH_TO, birth);
      guitu_record_set_text (notice, GUITU_NOTICE_PERSON, guitu_record_id (person));
      guitu_record_set_text (notice, GUITU_NOTICE_STATE, "published");
      guitu_record_set_text (notice, GUITU_NOTICE_CONSENT, consent);
      guitu_record_set_text (notice, GUITU_NOTICE_PREPARED_AT, "2026-01-01T10:00:00+08:00");
      guitu_transaction_put (transaction, person, &error);
      g_assert_no_error (error);
      guitu_transaction_put (transaction, notice, &error);
      g_assert_no_error (error);
      g_strv_builder_add (ids, guitu_record_id (notice));
    }
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  return g_strv_builder_end (ids);
}

static guint
count_withdrawn (GuituStore *store,
                 const char *as)
{
  const GuituQuery withdrawn = { .conditions = { { GUITU_NOTICE_WITHDRAWN_AS, GUITU_EQUAL, as } } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) reading = guitu_store_read (store, &error);
  gint64 n = guitu_records_count (reading, &guitu_kind_notice, &withdrawn, &error);

  g_assert_no_error (error);
  return (guint) n;
}

/* --- Tests --------------------------------------------------------------------------------------- */

/* What is read when one notice of @n must end, after somebody else was written. */
static void
count_reads (guint n,
             gint64 *of_nothing,
             gint64 *of_one)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("440105001");
  GuituTestStore *test = guitu_test_store_new (keys);
  g_auto (GStrv) notices = publish (test->store, "1980-01-01", NULL, n);
  g_autofree char *person = guitu_test_get (test->store, &guitu_kind_notice, notices[n / 2], GUITU_NOTICE_PERSON);
  g_autofree char *other = NULL;

  g_assert_cmpint (settle (test), >, n); /* the first time, all are looked at */
  other = guitu_test_person_add (test->store, "王一");
  *of_nothing = settle (test);
  guitu_test_set (test->store, &guitu_kind_person, person, GUITU_PERSON_VERIFIED_BY, "id-card");
  g_assert_cmpuint (count_withdrawn (test->store, "identified"), ==, 0);
  *of_one = settle (test);
  g_assert_cmpuint (count_withdrawn (test->store, "identified"), ==, 1);
  g_assert_cmpint (settle (test), <, *of_one);
  g_assert_cmpuint (count_withdrawn (test->store, "identified"), ==, 1);
  guitu_test_store_free (test);
}

static void
test_reads_do_not_grow (void)
{
  gint64 of_nothing, of_nothing_among_many, of_one, of_one_among_many;

  count_reads (FEW, &of_nothing, &of_one);
  count_reads (MANY, &of_nothing_among_many, &of_one_among_many);
  g_test_message ("read: %" G_GINT64_FORMAT " for nothing, %" G_GINT64_FORMAT " for one", of_nothing_among_many, of_one_among_many);
  g_assert_cmpint (of_nothing_among_many, ==, of_nothing);
  g_assert_cmpint (of_one_among_many, ==, of_one);
  g_assert_cmpint (of_nothing, <, of_one);
}

/* Where so much came that it is not read one by one, all are looked at again. */
static void
test_too_much_came (void)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("440105001");
  GuituTestStore *test = guitu_test_store_new (keys);
  g_auto (GStrv) notices = publish (test->store, "1980-01-01", NULL, 2);
  g_autofree char *person = guitu_test_get (test->store, &guitu_kind_notice, notices[0], GUITU_NOTICE_PERSON);

  settle (test);
  guitu_test_set (test->store, &guitu_kind_person, person, GUITU_PERSON_FENCE, "violence");
  for (guint i = 0; i < 2100; i++)
    g_free (guitu_test_person_add (test->store, "王一"));
  settle (test);
  g_assert_cmpuint (count_withdrawn (test->store, "protection"), ==, 1);
  guitu_test_store_free (test);
}

static void
set_minor_age (GuituStore *store,
               const char *years,
               const char *from)
{
  g_autoptr (GuituRecord) rule = guitu_record_new (&guitu_kind_rule);
  g_autoptr (GError) error = NULL;

  guitu_record_set_text (rule, GUITU_RULE_NAME, "minor_age_years");
  guitu_record_set_text (rule, GUITU_RULE_VALUE, years);
  guitu_record_set_text (rule, GUITU_RULE_EFFECTIVE_FROM, from);
  guitu_record_set_text (rule, GUITU_RULE_CITATION, "x");
  guitu_test_put (store, "test", rule);
  guitu_settings_refresh (store, &error);
  g_assert_no_error (error);
}

/* A minor can't object alone. Once the person is none any more, which is written in no record of theirs, the objection
 * counts; here it is the rule that changes, as days can't pass. */
static void
test_objection_that_counts_later (void)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("440105001");
  GuituTestStore *test = guitu_test_store_new (keys);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) born = g_date_time_add_years (now, -19);
  g_autofree char *birth = g_date_time_format (born, "%Y-%m-%d");
  g_auto (GStrv) objecting = publish (test->store, birth, "objects", 1);
  g_auto (GStrv) silent = publish (test->store, birth, NULL, 1);

  set_minor_age (test->store, "21", "2021-06-02");
  settle (test);
  g_assert_cmpuint (count_withdrawn (test->store, "objection"), ==, 0);
  set_minor_age (test->store, "18", "2021-06-03");
  settle (test);
  g_assert_cmpuint (count_withdrawn (test->store, "objection"), ==, 1);
  guitu_test_store_free (test);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sqlite3_auto_extension ((void (*) (void)) on_open);
  g_test_add_func ("/notices/reads-do-not-grow", test_reads_do_not_grow);
  g_test_add_func ("/notices/too-much-came", test_too_much_came);
  g_test_add_func ("/notices/objection-that-counts-later", test_objection_that_counts_later);
  return g_test_run ();
}
