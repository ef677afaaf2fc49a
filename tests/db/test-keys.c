/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New keys for a station: who follows, who must not, and what stays good. */

#include "store.h"

#include <sodium.h>
#include <string.h>

/* Station S1 with three desks, of which the third is stolen; S2 trusts S1. */
typedef struct
{
  GuituTestStore *one;
  GuituTestStore *two;
  GuituTestStore *stolen;
  GuituTestStore *theirs;
  char *path;
} Fixture;

static void
carry (Fixture *fixture,
       GuituTestStore *from,
       GuituTestStore *to)
{
  const GuituKeys *keys = guitu_store_keys (to->store);
  gboolean is_own = strcmp (guitu_store_keys (from->store)->station, keys->station) == 0;

  guitu_test_export (from->store, fixture->path, is_own ? NULL : keys);
  guitu_test_import (to->store, fixture->path);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GuituKeys) first = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) second = guitu_keys_new_desk (first, 2);
  g_autoptr (GuituKeys) third = guitu_keys_new_desk (first, 3);
  g_autoptr (GuituKeys) theirs = guitu_keys_new_station ("S2");
  g_autofree char *id = NULL;
  g_autofree char *second_id = NULL;

  fixture->one = guitu_test_store_new (first);
  fixture->two = guitu_test_store_new (second);
  fixture->stolen = guitu_test_store_new (third);
  fixture->theirs = guitu_test_store_new (theirs);
  fixture->path = g_build_filename (fixture->one->directory, "bundle", NULL);
  guitu_test_trust (fixture->theirs->store, first);
  guitu_test_trust (fixture->one->store, theirs);
  id = guitu_test_person_add (fixture->one->store, "王秀英");
  second_id = guitu_test_person_add (fixture->stolen->store, "李伟");
  carry (fixture, fixture->one, fixture->two);
  carry (fixture, fixture->two, fixture->one);
  carry (fixture, fixture->stolen, fixture->one);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  guitu_test_store_free (fixture->one);
  guitu_test_store_free (fixture->two);
  guitu_test_store_free (fixture->stolen);
  guitu_test_store_free (fixture->theirs);
  g_free (fixture->path);
}

static void
end_stolen (Fixture *fixture)
{
  g_autoptr (GuituRecord) end = guitu_record_new_owned (&guitu_kind_desk_end, "S1", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->one->store, NULL, "desk revoke", &error);
  gint64 desk = guitu_store_keys (fixture->stolen->store)->desk.desk;
  g_autofree char *chains = guitu_desk_chains (transaction, desk, &error);

  guitu_record_set_integer (end, GUITU_DESK_END_DESK, desk);
  guitu_record_set_text (end, GUITU_DESK_END_CHAINS, chains);
  guitu_transaction_put (transaction, end, &error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
rotate (GuituTestStore *test)
{
  g_autoptr (GError) error = NULL;
  gboolean adopted = FALSE;

  {
    g_autoptr (GuituTransaction) transaction = guitu_store_write (test->store, NULL, "station rotate", &error);
    g_autoptr (GuituKeys) keys = guitu_station_rotate (transaction, "2026-11-23T08:00:00+08:00", &error);

    g_assert_no_error (error);
    guitu_transaction_commit (transaction, &error);
  }
  guitu_store_follow_rotation (test->store, &adopted, &error);
  g_assert_no_error (error);
  g_assert_true (adopted);
}

static gboolean
have_same_keys (GuituTestStore *test,
                GuituTestStore *other)
{
  const GuituKeys *keys = guitu_store_keys (test->store);
  const GuituKeys *others = guitu_store_keys (other->store);

  return memcmp (keys->station_secret, others->station_secret, sizeof keys->station_secret) == 0 &&
         memcmp (keys->box_secret, others->box_secret, sizeof keys->box_secret) == 0 &&
         memcmp (keys->payload, others->payload, sizeof keys->payload) == 0;
}

static void
assert_sound (GuituTestStore *test)
{
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
  guitu_test_store_reopen (test);
  g_assert_cmpuint (guitu_test_problems (test->store, FALSE), ==, 0);
}

/* The desks that go on follow, by a bundle that the stolen one can't open, and open what was made before. */
static void
test_own_desks (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *before = g_build_filename (fixture->one->directory, "before", NULL);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *id = NULL;

  guitu_test_export (fixture->one->store, before, NULL);
  end_stolen (fixture);
  rotate (fixture->one);
  g_assert_false (have_same_keys (fixture->one, fixture->two));
  guitu_test_export (fixture->one->store, fixture->path, NULL);
  guitu_test_import_refused (fixture->stolen, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
  guitu_test_import (fixture->two->store, fixture->path);
  g_assert_true (have_same_keys (fixture->one, fixture->two));
  g_assert_cmpuint (guitu_test_import (fixture->two->store, before), ==, 0);
  id = guitu_test_person_add (fixture->two->store, "陈静");
  carry (fixture, fixture->two, fixture->one);
  one = guitu_test_dump (fixture->one->directory);
  two = guitu_test_dump (fixture->two->directory);
  g_assert_cmpstr (one, ==, two);
  assert_sound (fixture->one);
  assert_sound (fixture->two);
  rotate (fixture->two);
  carry (fixture, fixture->two, fixture->one);
  g_assert_true (have_same_keys (fixture->one, fixture->two));
  assert_sound (fixture->one);
}

static guint
count_current (Fixture *fixture,
               const guint8 key[GUITU_PUBLIC_KEY_BYTES])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_read (fixture->theirs->store, &error);
  g_autoptr (GPtrArray) keys = guitu_station_keys (transaction, "S1", &error);
  const GuituStationKey *current = guitu_station_key_current (keys);

  g_assert_no_error (error);
  g_assert_nonnull (current);
  return memcmp (current->key, key, sizeof current->key) == 0;
}

/* Another station follows, sealing for the new key; a desk made with the old key is nobody. */
static void
test_other_station (Fixture *fixture,
                    gconstpointer data)
{
  g_autoptr (GuituKeys) forged = guitu_keys_new_desk (guitu_store_keys (fixture->stolen->store), 9);
  g_autoptr (GuituTestStore) thief = guitu_test_store_new (forged);
  g_autofree char *mark = NULL;

  carry (fixture, fixture->one, fixture->theirs);
  end_stolen (fixture);
  rotate (fixture->one);
  carry (fixture, fixture->one, fixture->theirs);
  g_assert_true (count_current (fixture, guitu_store_keys (fixture->one->store)->station_public));
  carry (fixture, fixture->theirs, fixture->one);
  carry (fixture, fixture->one, fixture->two);
  carry (fixture, fixture->two, fixture->theirs);
  assert_sound (fixture->theirs);
  guitu_test_export (thief->store, fixture->path, guitu_store_keys (fixture->theirs->store));
  guitu_test_import_refused (fixture->theirs, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
}

/* A desk that who has the old key made, and that one of our desks took in before the station got new keys: from then on
 * nothing of it is taken any more. */
static void
test_noted_before (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (GuituKeys) forged = guitu_keys_new_desk (guitu_store_keys (fixture->stolen->store), 9);
  g_autoptr (GuituTestStore) thief = guitu_test_store_new (forged);
  g_autofree char *before = g_build_filename (fixture->one->directory, "before", NULL);
  g_autofree char *first = guitu_test_person_add (thief->store, "赵丽");
  g_autofree char *second = NULL;

  carry (fixture, thief, fixture->two);
  second = guitu_test_person_add (thief->store, "赵丽");
  guitu_test_export (thief->store, before, NULL);
  end_stolen (fixture);
  rotate (fixture->one);
  carry (fixture, fixture->one, fixture->two);
  guitu_test_import_refused (fixture->two, before, GUITU_DB_ERROR_UNTRUSTED);
  assert_sound (fixture->two);
}

/* A station that trusts the new card only takes in what was written before, the stolen desk's part too. */
static void
test_new_card (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (GuituKeys) keys = guitu_keys_new_station ("S3");
  g_autoptr (GuituTestStore) third = guitu_test_store_new (keys);

  end_stolen (fixture);
  rotate (fixture->one);
  guitu_test_trust (third->store, guitu_store_keys (fixture->one->store));
  carry (fixture, fixture->one, third);
  assert_sound (third);
}

/* A station that never met a desk hears of it first by new keys. */
static void
test_never_met (Fixture *fixture,
                gconstpointer data)
{
  end_stolen (fixture);
  rotate (fixture->one);
  carry (fixture, fixture->one, fixture->two);
  rotate (fixture->two);
  carry (fixture, fixture->two, fixture->theirs);
  g_assert_true (count_current (fixture, guitu_store_keys (fixture->two->store)->station_public));
  assert_sound (fixture->theirs);
}

/* Whether the certificate of S2's desk that is noted here is by the key that S2 uses now. */
static gboolean
has_new_certificate (Fixture *fixture,
                     GuituTestStore *test)
{
  const GuituKeys *keys = guitu_store_keys (fixture->theirs->store);
  g_autofree char *hex = guitu_hex (keys->desk.certificate, sizeof keys->desk.certificate);
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM desk WHERE station = 'S2' AND certificate = x'%s'", hex);

  return guitu_test_sql_integer (test->directory, sql) == 1;
}

/* An own desk that has not heard of another station's new keys brings the certificates by the old ones. */
static void
test_no_step_back (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, "S2", NULL, NULL);

  guitu_test_put (fixture->theirs->store, "paper void", mark);
  carry (fixture, fixture->one, fixture->two);
  carry (fixture, fixture->theirs, fixture->one);
  carry (fixture, fixture->theirs, fixture->two);
  rotate (fixture->theirs);
  carry (fixture, fixture->theirs, fixture->one);
  g_assert_true (has_new_certificate (fixture, fixture->one));
  g_assert_false (has_new_certificate (fixture, fixture->two));
  carry (fixture, fixture->two, fixture->one);
  g_assert_true (has_new_certificate (fixture, fixture->one));
  assert_sound (fixture->one);
}

/* Who has the old key may be the first to say that the station has new ones. Then the station itself is not
 * believed, which shows, until somebody telephones and its new card is trusted. */
static void
test_thief_first (Fixture *fixture,
                  gconstpointer data)
{
  g_autofree char *key = NULL;

  rotate (fixture->stolen);
  carry (fixture, fixture->stolen, fixture->theirs);
  g_assert_true (count_current (fixture, guitu_store_keys (fixture->stolen->store)->station_public));
  end_stolen (fixture);
  rotate (fixture->one);
  guitu_test_export (fixture->one->store, fixture->path, guitu_store_keys (fixture->theirs->store));
  guitu_test_import_refused (fixture->theirs, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->theirs->store, NULL, "station trust", &error);
    g_autoptr (GuituRecord) station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, "S1", &error);

    key = guitu_key_to_text (guitu_store_keys (fixture->one->store)->station_public, GUITU_PUBLIC_KEY_BYTES);
    guitu_record_set_text (station, GUITU_STATION_KEY, key);
    guitu_transaction_put (transaction, station, &error);
    guitu_transaction_commit (transaction, &error);
    g_assert_no_error (error);
  }
  carry (fixture, fixture->one, fixture->theirs);
  g_assert_true (count_current (fixture, guitu_store_keys (fixture->one->store)->station_public));
  guitu_test_export (fixture->stolen->store, fixture->path, guitu_store_keys (fixture->theirs->store));
  guitu_test_import_refused (fixture->theirs, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
  assert_sound (fixture->theirs);
}

/* An invitation is opened by the key that libsodium makes of the code at the cost it calls moderate: to
 * guess a code costs as much. */
static void
test_cost_of_codes (Fixture *fixture,
                    gconstpointer data)
{
  static const char code[] = "correct horse";
  const gsize magic = strlen ("GTI1");
  g_autoptr (GBytes) invitation = guitu_keys_make_invitation (guitu_store_keys (fixture->one->store), 7, code, NULL);
  gsize length;
  const guint8 *salt = (const guint8 *) g_bytes_get_data (invitation, &length) + magic;
  const guint8 *nonce = salt + crypto_pwhash_SALTBYTES;
  const guint8 *sealed = nonce + crypto_secretbox_NONCEBYTES;
  const gsize sealed_length = length - magic - crypto_pwhash_SALTBYTES - crypto_secretbox_NONCEBYTES;
  g_autofree guint8 *plain = g_malloc (sealed_length);
  guint8 key[crypto_secretbox_KEYBYTES];

  g_assert_cmpint (crypto_pwhash (key, sizeof key, code, strlen (code), salt, crypto_pwhash_OPSLIMIT_MODERATE,
                                  crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13),
                   ==, 0);
  g_assert_cmpint (crypto_secretbox_open_easy (plain, sealed, sealed_length, nonce, key), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/keys/own-desks", test_own_desks);
  ADD ("/keys/other-station", test_other_station);
  ADD ("/keys/noted-before", test_noted_before);
  ADD ("/keys/new-card", test_new_card);
  ADD ("/keys/no-step-back", test_no_step_back);
  ADD ("/keys/never-met", test_never_met);
  ADD ("/keys/thief-first", test_thief_first);
  ADD ("/keys/cost-of-codes", test_cost_of_codes);
  return g_test_run ();
}
