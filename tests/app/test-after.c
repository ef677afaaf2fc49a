/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/after.h"
#include "app/papers.h"
#include "app/rules.h"
#include "app/timeline.h"
#include "store.h"

#include <string.h>

/* A station with one person and one stay, written as the verbs would. */
typedef struct
{
  GuituTestStore *test;
  GuituStore *store;
  char *person;
  char *stay;
} Fixture;

static void
put_user (GuituStore *store,
          const char *name,
          char **id)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "test", NULL);
  g_autoptr (GuituRecord) user = guitu_record_new (&guitu_kind_user);

  guitu_record_set_text (user, GUITU_USER_NAME, name);
  guitu_record_set_text (user, GUITU_USER_FULL_NAME, name);
  guitu_record_set_text (user, GUITU_USER_ROLE, "manager");
  g_assert_true (guitu_transaction_put (transaction, user, NULL));
  g_assert_true (guitu_transaction_commit (transaction, NULL));
  *id = g_strdup (guitu_record_id (user));
}

static void
put_station (GuituStore *store)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (store, NULL, "test", NULL);
  g_autoptr (GuituRecord) station = guitu_record_new (&guitu_kind_station);

  guitu_record_set_text (station, GUITU_STATION_CODE, guitu_store_keys (store)->station);
  guitu_record_set_text (station, GUITU_STATION_NAME, "某某救助管理站");
  guitu_record_set_text (station, GUITU_STATION_COMPLAINTS, "020-87654321");
  g_assert_true (guitu_transaction_put (transaction, station, NULL));
  g_assert_true (guitu_transaction_commit (transaction, NULL));
}

static void
set_stay (Fixture *fixture,
          int field,
          const char *text)
{
  guitu_test_set (fixture->store, &guitu_kind_stay, fixture->stay, field, text);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->test = guitu_test_store_new (NULL);
  fixture->store = fixture->test->store;
  put_station (fixture->store);
  fixture->person = guitu_test_person_add (fixture->store, "王某某");
  fixture->stay = guitu_test_stay_add (fixture->store, fixture->person);
  set_stay (fixture, GUITU_STAY_NUMBER, "2026-1-0001");
  set_stay (fixture, GUITU_STAY_ARRIVED_AT, "2026-03-01T10:00:00+08:00");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_free (fixture->person);
  g_free (fixture->stay);
  guitu_test_store_free (fixture->test);
}

static GuituRecord *
load_stay (Fixture *fixture)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store, NULL);

  return guitu_record_load (transaction, &guitu_kind_stay, fixture->stay, NULL);
}

static void
decide (Fixture *fixture,
        const char *reviewer)
{
  set_stay (fixture, GUITU_STAY_DECISION, "refused");
  set_stay (fixture, GUITU_STAY_LEGAL_GROUND, "own-means");
  set_stay (fixture, GUITU_STAY_GROUND, "本人持有三千元现金，已订好旅馆。");
  set_stay (fixture, GUITU_STAY_DECIDED_AT, "2026-03-01T11:00:00+08:00");
  set_stay (fixture, GUITU_STAY_REVIEWED_BY, reviewer);
}

/* --- Remedies -------------------------------------------------------------------------------- */

/* By hand: 60 days after the day of service; the same day six months on, or the month's last;
 * a last day that is not worked moves on. */
static void
test_last_days (void)
{
  static const struct
  {
    const char *served;
    const char *review;
    const char *lawsuit;
  } cases[] = {
    { "2026-03-01T23:59:00+08:00", "2026-04-30", "2026-09-01" },
    { "2026-03-02T00:00:00+08:00", "2026-05-06", "2026-09-02" }, /* Labour Day, 1 to 5 May */
    { "2026-08-31T10:00:00+08:00", "2026-10-30", "2027-03-01" }, /* a Sunday */
    { "2027-08-31T10:00:00+08:00", "2027-11-01", "2028-02-29" }, /* a Saturday */
    { "2027-12-31", "2028-02-29", "2028-06-30" },
    { "2028-01-01", "2028-03-01", "2028-07-03" }, /* a Saturday */
    { "2026-12-15", "2027-02-15", "2027-06-15" }, /* a Saturday */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GuituRemedies) remedies = { 0 };

      guitu_remedies_count (&remedies, cases[i].served);
      g_assert_cmpstr (remedies.review_until, ==, cases[i].review);
      g_assert_cmpstr (remedies.lawsuit_until, ==, cases[i].lawsuit);
    }
}

static JsonObject *
remedies_of (Fixture *fixture)
{
  g_autoptr (GuituRecord) stay = load_stay (fixture);
  JsonObject *json = json_object_new ();

  guitu_remedies_add (json, stay);
  return json;
}

/* Only where a notice was served. */
static void
test_remedies_of_stay (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) admitted = NULL;
  g_autoptr (JsonObject) refused = NULL;
  JsonObject *remedies;

  set_stay (fixture, GUITU_STAY_DECISION, "refused");
  before = remedies_of (fixture);
  g_assert_false (json_object_has_member (before, "remedies"));
  set_stay (fixture, GUITU_STAY_SERVED_AT, "2026-03-01T12:00:00+08:00");
  set_stay (fixture, GUITU_STAY_DECISION, "admitted");
  admitted = remedies_of (fixture);
  g_assert_false (json_object_has_member (admitted, "remedies"));
  set_stay (fixture, GUITU_STAY_LEAVE_BY, "terminated");
  refused = remedies_of (fixture);
  remedies = json_object_get_object_member (refused, "remedies");
  g_assert_cmpstr (json_object_get_string_member (remedies, "review_until"), ==, "2026-04-30");
  g_assert_cmpstr (json_object_get_string_member (remedies, "lawsuit_until"), ==, "2026-09-01");
}

/* --- When a notice may be issued ---------------------------------------------------------------- */

static void
assert_notice (Fixture *fixture,
               const char *kind,
               gboolean may_be_issued)
{
  g_autoptr (GuituRecord) stay = load_stay (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (guitu_notice_check (kind, stay, &error), ==, may_be_issued);
  if (may_be_issued)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, GUITU_ERROR, GUITU_ERROR_REFUSED);
      g_assert_cmpstr (guitu_error_code (error), ==, "not-reviewed");
    }
}

static void
test_needs_review (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *reviewer = NULL;

  put_user (fixture->store, "李站长", &reviewer);
  assert_notice (fixture, "intake-registration", TRUE);
  assert_notice (fixture, "refusal-notice", FALSE);
  set_stay (fixture, GUITU_STAY_DECISION, "refused");
  assert_notice (fixture, "refusal-notice", FALSE);
  set_stay (fixture, GUITU_STAY_REVIEWED_BY, reviewer);
  assert_notice (fixture, "refusal-notice", TRUE);
  assert_notice (fixture, "termination-notice", FALSE);
  set_stay (fixture, GUITU_STAY_DECISION, "admitted");
  assert_notice (fixture, "refusal-notice", FALSE);
  set_stay (fixture, GUITU_STAY_LEAVE_BY, "terminated");
  assert_notice (fixture, "termination-notice", TRUE);
  set_stay (fixture, GUITU_STAY_REVIEWED_BY, NULL);
  assert_notice (fixture, "termination-notice", FALSE);
}

/* Every form says whose it is, what it cites and how long its seal is good. */
static void
test_kinds (void)
{
  for (const GuituForm *const *form = guitu_forms (); *form != NULL; form++)
    {
      const GuituPaperKind *kind = guitu_paper_kind (guitu_form_kind (*form));

      g_assert_nonnull (kind);
      g_assert_nonnull (guitu_rules_find (kind->form_rule, "2026-03-01"));
      g_assert_cmpint (guitu_rules_integer (kind->valid_rule, "2026-03-01"), >, 0);
    }
}

/* --- What it says ----------------------------------------------------------------------------- */

static JsonObject *
collect (Fixture *fixture,
         const char *kind)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->store, NULL);
  g_auto (GuituPaperSubject) subject = { 0 };
  g_autoptr (GError) error = NULL;
  JsonObject *fields;

  g_assert_true (guitu_paper_subject_load (&subject, NULL, transaction, kind, fixture->stay, &error));
  fields = guitu_paper_collect (transaction, &subject, guitu_form_find (kind), &error);
  g_assert_no_error (error);
  return fields;
}

static void
assert_holds (JsonObject *fields,
              const char *key,
              const char *part)
{
  const char *text = json_object_get_string_member_with_default (fields, key, "");

  if (strstr (text, part) == NULL)
    g_error ("%s does not hold “%s”: %s", key, part, text);
}

static void
refer (Fixture *fixture,
       const char *office,
       const char *closed_on)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->store, NULL, "test", NULL);
  g_autoptr (GuituRecord) referral = guitu_record_new (&guitu_kind_referral);

  guitu_record_set_text (referral, GUITU_REFERRAL_PERSON, fixture->person);
  guitu_record_set_text (referral, GUITU_REFERRAL_STAY, fixture->stay);
  guitu_record_set_text (referral, GUITU_REFERRAL_SCHEME, "legal-aid");
  guitu_record_set_text (referral, GUITU_REFERRAL_OFFICE, office);
  guitu_record_set_text (referral, GUITU_REFERRAL_PHONE, "12348");
  guitu_record_set_text (referral, GUITU_REFERRAL_CLOSED_ON, closed_on);
  g_assert_true (guitu_transaction_put (transaction, referral, NULL));
  g_assert_true (guitu_transaction_commit (transaction, NULL));
}

static void
test_refusal_says (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *reviewer = NULL;
  g_autoptr (JsonObject) fields = NULL;

  put_user (fixture->store, "李站长", &reviewer);
  decide (fixture, reviewer);
  refer (fixture, "海珠区法律援助中心", NULL);
  refer (fixture, "办结的单位", "2026-03-01");
  fields = collect (fixture, "refusal-notice");
  assert_holds (fields, "notice.decision", "王某某：\n　　你于2026年3月1日 10时00分来我站求助。");
  assert_holds (fields, "notice.decision", "决定不予救助。");
  assert_holds (fields, "notice.ground", "自身有能力解决食宿");
  assert_holds (fields, "notice.citation", "民发〔2014〕132号");
  assert_holds (fields, "stay.ground", "三千元现金");
  assert_holds (fields, "stay.reviewed_by", "李站长");
  g_assert_cmpstr (json_object_get_string_member (fields, "notice.referrals"), ==, "法律援助：海珠区法律援助中心（电话：12348）");
  assert_holds (fields, "form.complaint", "第十五条");
  assert_holds (fields, "form.complaint", "投诉电话：020-87654321");
  assert_holds (fields, "form.review", "60日内");
  assert_holds (fields, "form.review", "（2023年修订）第二十条");
  assert_holds (fields, "form.lawsuit", "6个月内");
  assert_holds (fields, "form.lawsuit", "先申请行政复议");
  assert_holds (fields, "form.citation", "附件2");
  g_assert_false (json_object_has_member (fields, "notice.review_until"));
}

static void
test_served (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (JsonObject) fields = NULL;

  decide (fixture, NULL);
  set_stay (fixture, GUITU_STAY_SERVED_AT, "2026-03-01T12:00:00+08:00");
  set_stay (fixture, GUITU_STAY_SERVED_HOW, "refused");
  fields = collect (fixture, "refusal-notice");
  g_assert_cmpstr (json_object_get_string_member (fields, "notice.review_until"), ==, "2026年4月30日");
  g_assert_cmpstr (json_object_get_string_member (fields, "notice.lawsuit_until"), ==, "2026年9月1日");
  g_assert_cmpstr (json_object_get_string_member (fields, "stay.served_how"), ==, "拒签");
}

static void
test_termination_says (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (JsonObject) fields = NULL;

  set_stay (fixture, GUITU_STAY_DECISION, "admitted");
  set_stay (fixture, GUITU_STAY_ADMITTED_AT, "2026-03-01T10:30:00+08:00");
  set_stay (fixture, GUITU_STAY_LEAVE_BY, "terminated");
  set_stay (fixture, GUITU_STAY_LEFT_AT, "2026-03-11T09:00:00+08:00");
  set_stay (fixture, GUITU_STAY_LEGAL_GROUND, "overstay");
  set_stay (fixture, GUITU_STAY_DECIDED_AT, "2026-03-11T08:00:00+08:00");
  fields = collect (fixture, "termination-notice");
  assert_holds (fields, "notice.decision", "，于2026年3月1日 10时30分入站接受救助。");
  assert_holds (fields, "notice.decision", "决定自2026年3月11日 09时00分起终止救助。");
  assert_holds (fields, "notice.ground", "救助期满无正当理由不离站");
  assert_holds (fields, "notice.citation", "第十八条");
  assert_holds (fields, "form.citation", "附件5");
}

/* The law is that of the day of the decision: the reconsideration law was revised from 2024. */
static void
test_law_of_the_day (Fixture *fixture,
                     gconstpointer data)
{
  g_autoptr (JsonObject) fields = NULL;

  decide (fixture, NULL);
  set_stay (fixture, GUITU_STAY_ARRIVED_AT, "2023-12-31T20:00:00+08:00");
  set_stay (fixture, GUITU_STAY_DECIDED_AT, "2023-12-31T22:00:00+08:00");
  fields = collect (fixture, "refusal-notice");
  assert_holds (fields, "form.review", "（1999年）第九条");
  g_assert_null (strstr (json_object_get_string_member (fields, "form.lawsuit"), "2023年修订"));
}

/* --- Follow-ups ------------------------------------------------------------------------------- */

static gint64
plan (Fixture *fixture)
{
  const GuituQuery of_stay = { .conditions = { { GUITU_FOLLOW_UP_STAY, GUITU_EQUAL, fixture->stay } } };
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->store, NULL, "test", NULL);
  g_autoptr (GuituRecord) stay = guitu_record_load (transaction, &guitu_kind_stay, fixture->stay, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_assert_true (guitu_follow_up_plan (NULL, transaction, stay, &error));
  g_assert_no_error (error);
  n = guitu_records_count (transaction, &guitu_kind_follow_up, &of_stay, NULL);
  g_assert_true (guitu_transaction_commit (transaction, NULL));
  return n;
}

static void
test_plan_once (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) follow_up = NULL;

  g_assert_cmpint (plan (fixture), ==, 0);
  set_stay (fixture, GUITU_STAY_LEFT_AT, "2026-03-11T09:00:00+08:00");
  set_stay (fixture, GUITU_STAY_LEAVE_BY, "own-will");
  g_assert_cmpint (plan (fixture), ==, 0);
  set_stay (fixture, GUITU_STAY_LEAVE_BY, "escort-home");
  g_assert_cmpint (plan (fixture), ==, 1);
  g_assert_cmpint (plan (fixture), ==, 1);
  transaction = guitu_store_read (fixture->store, NULL);
  follow_up = guitu_record_find_one (transaction, &guitu_kind_follow_up, GUITU_FOLLOW_UP_STAY, fixture->stay, NULL);
  g_assert_cmpstr (guitu_record_text (follow_up, GUITU_FOLLOW_UP_DUE_ON), ==, "2026-04-10");
}

/* --- The timeline ------------------------------------------------------------------------------ */

/* Puts a record of the stay; @pairs are fields and texts, and end with -1. */
static void
put_of_stay (Fixture *fixture,
             const GuituKind *kind,
             int of,
             ...)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->store, NULL, "test", NULL);
  g_autoptr (GuituRecord) record = guitu_record_new (kind);
  va_list pairs;

  guitu_record_set_text (record, of, fixture->stay);
  va_start (pairs, of);
  for (int field = va_arg (pairs, int); field >= 0; field = va_arg (pairs, int))
    guitu_record_set_text (record, field, va_arg (pairs, const char *));
  va_end (pairs);
  g_assert_true (guitu_transaction_put (transaction, record, NULL));
  g_assert_true (guitu_transaction_commit (transaction, NULL));
}

/* What the verbs of refusing, of belongings and of tasks leave behind, put in no order. */
static void
put_story (Fixture *fixture,
           const char *user)
{
  put_of_stay (fixture, &guitu_kind_task, GUITU_TASK_STAY, GUITU_TASK_KIND, "quick-query", GUITU_TASK_STATE, "done",
               GUITU_TASK_DONE_AT, "2026-03-01T10:20:00+08:00", GUITU_TASK_BY, user, GUITU_TASK_PROOF, "公安回执", -1);
  put_of_stay (fixture, &guitu_kind_task, GUITU_TASK_STAY, GUITU_TASK_KIND, "notice", -1);
  put_of_stay (fixture, &guitu_kind_belonging, GUITU_BELONGING_STAY, GUITU_BELONGING_KIND, "luggage", GUITU_BELONGING_NAME, "背包",
               GUITU_BELONGING_STATE, "returned", GUITU_BELONGING_IN_AT, "2026-03-01T10:10:00+08:00", GUITU_BELONGING_IN_BY, user,
               GUITU_BELONGING_OUT_AT, "2026-03-01T11:50:00+08:00", GUITU_BELONGING_OUT_BY, user, -1);
  put_of_stay (fixture, &guitu_kind_transfer, GUITU_TRANSFER_STAY, GUITU_TRANSFER_KIND, "escort-home", GUITU_TRANSFER_STATE, "cancelled",
               GUITU_TRANSFER_DEPARTS_AT, "2026-03-01T11:30:00+08:00", -1);
  put_of_stay (fixture, &guitu_kind_follow_up, GUITU_FOLLOW_UP_STAY, GUITU_FOLLOW_UP_DUE_ON, "2099-01-01", -1);
  set_stay (fixture, GUITU_STAY_FIRST_LOOK, "无外伤");
  set_stay (fixture, GUITU_STAY_PROPOSAL, "refuse");
  set_stay (fixture, GUITU_STAY_PROPOSED_AT, "2026-03-01T10:30:00+08:00");
  set_stay (fixture, GUITU_STAY_PROPOSED_BY, user);
  decide (fixture, user);
  set_stay (fixture, GUITU_STAY_REVIEWED_AT, "2026-03-01T11:00:00+08:00");
  set_stay (fixture, GUITU_STAY_SERVED_AT, "2026-03-01T12:00:00+08:00");
  set_stay (fixture, GUITU_STAY_SERVED_HOW, "signed");
  set_stay (fixture, GUITU_STAY_LEFT_AT, "2026-03-01T12:00:00+08:00");
}

static void
test_timeline (Fixture *fixture,
               gconstpointer data)
{
  /* The records of the transfer and the follow-up are made today; what has only a planned time did not happen. */
  static const char *const kinds[] = { "arrival", "first-look", "belongings-in", "task", "proposal", "review", "decision",
                                       "belongings-out", "serving", "leaving", "transfer-planned", "follow-up-due" };
  g_autofree char *user = NULL;
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituRecord) stay = NULL;
  g_autoptr (JsonObject) json = json_object_new ();
  JsonArray *timeline;

  put_user (fixture->store, "李站长", &user);
  put_story (fixture, user);
  transaction = guitu_store_read (fixture->store, NULL);
  stay = guitu_record_load (transaction, &guitu_kind_stay, fixture->stay, NULL);
  g_assert_true (guitu_timeline_add (json, transaction, stay, NULL));
  timeline = json_object_get_array_member (json, "timeline");
  g_assert_cmpuint (json_array_get_length (timeline), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonObject *item = json_array_get_object_element (timeline, i);
      const char *label = json_object_get_string_member (item, "label");

      g_assert_cmpstr (json_object_get_string_member (item, "kind"), ==, kinds[i]);
      g_assert_cmpstr (label, !=, kinds[i]);
      g_assert_cmpint (label[0], !=, '\0');
      if (json_object_has_member (item, "by"))
        g_assert_cmpstr (json_object_get_string_member (item, "by_name"), ==, "李站长");
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/last-days", test_last_days);
  g_test_add_func ("/paper/kinds", test_kinds);
  ADD ("/notice/remedies-of-stay", test_remedies_of_stay);
  ADD ("/notice/needs-review", test_needs_review);
  ADD ("/notice/refusal-says", test_refusal_says);
  ADD ("/notice/served", test_served);
  ADD ("/notice/termination-says", test_termination_says);
  ADD ("/notice/law-of-the-day", test_law_of_the_day);
  ADD ("/follow-up/plan-once", test_plan_once);
  ADD ("/timeline/refused", test_timeline);
  return g_test_run ();
}
