/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must not get in: every refused bundle leaves the store as it was. */

#include "forge.h"

#include "db/entry.h"

#include <sodium.h>
#include <string.h>

#define HEAD_BYTES 40 /* of a bundle: every one of them is tried */
#define YEAR_MS (365 * 24 * 3600 * G_GINT64_CONSTANT (1000))

/* Station S1 with two desks; station S2, which S1 trusts; station S3, which nobody knows. */
typedef struct
{
  GuituTestStore *ours;
  GuituTestStore *second;
  GuituTestStore *theirs;
  GuituTestStore *stranger;
  char *path;
} Fixture;

static const GuituKeys *
keys_of (GuituTestStore *test)
{
  return guitu_store_keys (test->store);
}

static char *
add_mark (GuituTestStore *test,
          const char *station)
{
  g_autoptr (GuituRecord) mark = guitu_record_new_owned (&guitu_kind_paper_mark, station, NULL, NULL);

  guitu_record_set_text (mark, GUITU_PAPER_MARK_NUMBER, "2026-1");
  guitu_test_put (test->store, "paper void", mark);
  return g_strdup (guitu_record_id (mark));
}

/* Such as the station gives to its marks. */
static char *
mark_id (const char *station)
{
  return guitu_owned_id (&guitu_kind_paper_mark, station, NULL, NULL);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GuituKeys) first = guitu_keys_new_station ("S1");
  g_autoptr (GuituKeys) second = guitu_keys_new_desk (first, 2);
  g_autoptr (GuituKeys) theirs = guitu_keys_new_station ("S2");
  g_autoptr (GuituKeys) stranger = guitu_keys_new_station ("S3");
  g_autofree char *id = NULL;
  g_autofree char *mark = NULL;

  fixture->ours = guitu_test_store_new (first);
  fixture->second = guitu_test_store_new (second);
  fixture->theirs = guitu_test_store_new (theirs);
  fixture->stranger = guitu_test_store_new (stranger);
  fixture->path = g_build_filename (fixture->ours->directory, "bundle", NULL);
  guitu_test_trust (fixture->ours->store, theirs);
  guitu_test_trust (fixture->theirs->store, first);
  id = guitu_test_person_add (fixture->ours->store, "王秀英");
  mark = add_mark (fixture->ours, "S1");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  guitu_test_store_free (fixture->ours);
  guitu_test_store_free (fixture->second);
  guitu_test_store_free (fixture->theirs);
  guitu_test_store_free (fixture->stranger);
  g_free (fixture->path);
}

/* S2 sends its shared entries to S1, which must refuse them. */
static void
assert_refused (Fixture *fixture,
                GuituDbError code)
{
  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->ours));
  guitu_test_import_refused (fixture->ours, fixture->path, code);
}

static void
test_accepted (Fixture *fixture,
               gconstpointer data)
{
  g_autofree char *mark = add_mark (fixture->theirs, "S2");
  g_autofree char *number = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->ours));
  g_assert_cmpuint (guitu_test_import (fixture->ours->store, fixture->path), ==, 1);
  number = guitu_test_get (fixture->ours->store, &guitu_kind_paper_mark, mark, GUITU_PAPER_MARK_NUMBER);
  g_assert_cmpstr (number, ==, "2026-1");
  /* Again: nothing changes. */
  before = guitu_test_dump_all (fixture->ours->directory);
  g_assert_cmpuint (guitu_test_import (fixture->ours->store, fixture->path), ==, 0);
  after = guitu_test_dump_all (fixture->ours->directory);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (guitu_test_problems (fixture->ours->store, FALSE), ==, 0);
}

/* What one desk knows of other stations reaches the next desk of the station, which knows none. */
static void
test_passed_on (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *mark = add_mark (fixture->theirs, "S2");
  g_autofree char *ours = NULL;
  g_autofree char *second = NULL;

  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->ours));
  guitu_test_import (fixture->ours->store, fixture->path);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  g_assert_cmpuint (guitu_test_import (fixture->second->store, fixture->path), ==, 4);
  ours = guitu_test_dump (fixture->ours->directory);
  second = guitu_test_dump (fixture->second->directory);
  g_assert_cmpstr (ours, ==, second);
  g_assert_cmpuint (guitu_test_problems (fixture->second->store, FALSE), ==, 0);
}

/* Nothing of the station's own scope leaves it. */
static void
test_only_shared_leaves (Fixture *fixture,
                         gconstpointer data)
{
  guitu_test_export (fixture->ours->store, fixture->path, keys_of (fixture->theirs));
  g_assert_cmpuint (guitu_test_import (fixture->theirs->store, fixture->path), ==, 1);
  g_assert_cmpint (guitu_test_sql_integer (fixture->theirs->directory, "SELECT count (*) FROM person"), ==, 0);
}

/* --- The file -------------------------------------------------------------------------------- */

static void
test_for_others (Fixture *fixture,
                 gconstpointer data)
{
  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->stranger));
  guitu_test_import_refused (fixture->ours, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
  guitu_test_export (fixture->theirs->store, fixture->path, NULL);
  guitu_test_import_refused (fixture->ours, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_cut_short (Fixture *fixture,
                gconstpointer to_station)
{
  GuituTestStore *to = to_station ? fixture->theirs : fixture->second;
  g_autofree char *content = NULL;
  g_autofree char *before = guitu_test_dump_all (to->directory);
  g_autofree char *after = NULL;
  gsize length;

  guitu_test_export (fixture->ours->store, fixture->path, to_station ? keys_of (to) : NULL);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (gsize kept = 0; kept < length; kept += kept < HEAD_BYTES || kept + 4 > length ? 1 : 41)
    {
      g_autoptr (GuituReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents_full (fixture->path, content, kept, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
      receipt = guitu_bundle_import (to->store, fixture->path, &error);
      g_assert_null (receipt);
      g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
    }
  after = guitu_test_dump_all (to->directory);
  g_assert_cmpstr (before, ==, after);
}

static void
test_flipped (Fixture *fixture,
              gconstpointer to_station)
{
  GuituTestStore *to = to_station ? fixture->theirs : fixture->second;
  g_autofree char *content = NULL;
  g_autofree char *before = guitu_test_dump_all (to->directory);
  g_autofree char *after = NULL;
  gsize length;

  guitu_test_export (fixture->ours->store, fixture->path, to_station ? keys_of (to) : NULL);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (gsize i = 0; i < length; i += i < HEAD_BYTES ? 1 : 17)
    {
      g_autoptr (GuituReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;

      content[i] ^= 1 << (i % 8);
      g_assert_true (g_file_set_contents_full (fixture->path, content, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
      content[i] ^= 1 << (i % 8);
      receipt = guitu_bundle_import (to->store, fixture->path, &error);
      g_assert_null (receipt);
      g_assert_true (g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID) ||
                     g_error_matches (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED));
    }
  after = guitu_test_dump_all (to->directory);
  g_assert_cmpstr (before, ==, after);
}

static void
test_no_file (Fixture *fixture,
              gconstpointer data)
{
  guitu_test_import_refused (fixture->ours, "/nonexistent/bundle", GUITU_DB_ERROR_NOT_FOUND);
  guitu_test_import_refused (fixture->ours, fixture->ours->directory, GUITU_DB_ERROR_STORAGE);
}

/* A bundle that can't be written leaves the older one in its place. */
static void
test_export_fails (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->ours->directory, "no-folder", "bundle", NULL);
  g_autoptr (GError) error = NULL;
  guint64 count;

  g_assert_false (guitu_bundle_export (fixture->ours->store, path, NULL, &count, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_STORAGE);
}

/* --- Authors --------------------------------------------------------------------------------- */

static void
test_unknown_station (Fixture *fixture,
                      gconstpointer data)
{
  g_autofree char *mark = add_mark (fixture->stranger, "S3");

  guitu_test_export (fixture->stranger->store, fixture->path, keys_of (fixture->ours));
  guitu_test_import_refused (fixture->ours, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_withdrawn_station (Fixture *fixture,
                        gconstpointer data)
{
  g_autofree char *mark = add_mark (fixture->theirs, "S2");
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->ours->store, NULL, "station void", &error);
  g_autoptr (GuituRecord) station = guitu_record_find_one (transaction, &guitu_kind_station, GUITU_STATION_CODE, "S2", &error);

  guitu_transaction_void (transaction, station, "closed", &error);
  guitu_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, guitu_transaction_free);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

typedef struct
{
  const char *scope;
  const char *kind;
  const char *field;
  const char *text;
} Creation;

/* What only the station's own desks read; a kind of theirs in the shared scope; another's name; nobody's. */
static const Creation creations[] = {
  { "station", "person", "name", "王秀英" },
  { "shared", "person", "name", "王秀英" },
  { "shared", "paper_mark", "station", "S1" },
  { "shared", "paper_mark", "state", "valid" },
};

static void
test_forged_creation (Fixture *fixture,
                      gconstpointer data)
{
  const Creation *creation = data;
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, creation->scope);

  guitu_test_forge_cell (entry, creation->kind, id, TRUE, creation->field, creation->text);
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_anothers_row (Fixture *fixture,
                   gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = add_mark (fixture->ours, "S1");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  guitu_test_forge_cell (entry, "paper_mark", id, FALSE, "state", "valid");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

/* A station's code in an entry signed by another station's desk. */
static void
test_anothers_code (Fixture *fixture,
                    gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  g_free (entry->station);
  entry->station = g_strdup ("S1");
  guitu_test_forge_cell (entry, "paper_mark", id, TRUE, "station", "S1");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_wrong_key (Fixture *fixture,
                gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  guitu_test_forge_cell (entry, "paper_mark", id, TRUE, "station", "S2");
  guitu_test_plant (fixture->theirs, entry, keys_of (fixture->stranger)->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

/* The stranger makes keys of its own under the name of S2. */
static void
test_forged_certificate (Fixture *fixture,
                         gconstpointer data)
{
  g_autoptr (GuituKeys) forged = guitu_keys_new_station ("S2");
  g_autoptr (GuituTestStore) forger = guitu_test_store_new (forged);
  g_autofree char *mark = add_mark (forger, "S2");

  guitu_test_export (forger->store, fixture->path, keys_of (fixture->ours));
  guitu_test_import_refused (fixture->ours, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_clock_ahead (Fixture *fixture,
                  gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  entry->version.clock += (2 * YEAR_MS) << 16;
  guitu_test_forge_cell (entry, "paper_mark", id, TRUE, "station", "S2");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

/* A desk put back to an old backup writes its second entry again, differently. */
static void
test_rewound (Fixture *fixture,
              gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *first = add_mark (fixture->theirs, "S2");
  g_autofree char *id = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->ours));
  guitu_test_import (fixture->ours->store, fixture->path);
  guitu_test_forge_cell (entry, "paper_mark", id, TRUE, "station", "S2");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

/* An entry that claims to follow another than the one that is there. */
static void
test_broken_chain (Fixture *fixture,
                   gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *first = add_mark (fixture->theirs, "S2");
  g_autofree char *id = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  entry->sequence = 2;
  entry->is_first = FALSE;
  guitu_test_forge_cell (entry, "paper_mark", id, TRUE, "station", "S2");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

/* A desk of S2 writes to a row of S1, or makes one of its own out of it, before the row itself arrives: it
 * is refused, and the row is not. */
static void
test_early_bird (Fixture *fixture,
                 gconstpointer data)
{
  gboolean creates = GPOINTER_TO_INT (data);
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autoptr (GuituRecord) visit = guitu_record_new_owned (&guitu_kind_visit_mark, "S1", NULL, NULL);
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");
  g_autofree char *station = NULL;

  guitu_test_put (fixture->ours->store, "test", visit);
  guitu_test_trust (fixture->stranger->store, keys);
  guitu_test_trust (fixture->stranger->store, keys_of (fixture->ours));
  guitu_test_forge_cell (entry, "visit_mark", guitu_record_id (visit), creates, "station", "S2");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->stranger));
  guitu_test_import_refused (fixture->stranger, fixture->path, GUITU_DB_ERROR_UNTRUSTED);
  guitu_test_export (fixture->ours->store, fixture->path, keys_of (fixture->stranger));
  guitu_test_import (fixture->stranger->store, fixture->path);
  station = guitu_test_get (fixture->stranger->store, &guitu_kind_visit_mark, guitu_record_id (visit), GUITU_VISIT_MARK_STATION);
  g_assert_cmpstr (station, ==, "S1");
  g_assert_cmpint (guitu_test_sql_integer (fixture->stranger->directory, "SELECT count (*) FROM cell_write"), ==, 0);
  g_assert_cmpuint (guitu_test_problems (fixture->stranger->store, FALSE), ==, 0);
}

/* A mark of a paper from before ids said whose a record is, under the id of one of ours, of another kind: what
 * comes after it arrives, and it has no effect. */
static void
test_before_owners (Fixture *fixture,
                    gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = guitu_test_person_add (fixture->ours->store, "王秀英");
  g_autofree char *later = mark_id ("S2");
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "shared");

  guitu_test_set (fixture->ours->store, &guitu_kind_person, id, GUITU_PERSON_ALIAS, "阿英");
  guitu_test_set (fixture->ours->store, &guitu_kind_person, id, GUITU_PERSON_ALIAS, "小英");
  guitu_test_forge_cell (entry, "paper_mark", id, TRUE, "station", "S2");
  guitu_test_forge_cell (entry, "paper_mark", later, TRUE, "station", "S2");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  guitu_test_export (fixture->theirs->store, fixture->path, keys_of (fixture->ours));
  guitu_test_import (fixture->ours->store, fixture->path);
  g_assert_cmpint (guitu_test_sql_integer (fixture->ours->directory, "SELECT count (*) FROM paper_mark WHERE station = 'S2'"), ==, 1);
  g_assert_cmpint (guitu_test_sql_integer (fixture->ours->directory, "SELECT count (*) FROM cell_write WHERE field = 'alias'"), ==, 2);
  g_assert_cmpuint (guitu_test_problems (fixture->ours->store, FALSE), ==, 0);
}

/* --- Letters --------------------------------------------------------------------------------- */

static char *
send_letter (GuituTestStore *from,
             const char *to)
{
  g_autoptr (GuituRecord) letter = guitu_record_new_owned (&guitu_kind_letter, keys_of (from)->station, to, NULL);

  guitu_record_set_text (letter, GUITU_LETTER_CONTENT, "王秀英");
  guitu_test_put (from->store, "letter", letter);
  return g_strdup (guitu_record_id (letter));
}

/* It arrives at the station that it names and at our other desk, and at nobody else's. */
static void
test_letter (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *id = send_letter (fixture->ours, "S2");
  g_autofree char *arrived = NULL;
  g_autofree char *ours = NULL;

  guitu_test_trust (fixture->theirs->store, keys_of (fixture->ours));
  guitu_test_trust (fixture->stranger->store, keys_of (fixture->ours));
  guitu_test_export (fixture->ours->store, fixture->path, keys_of (fixture->theirs));
  guitu_test_import (fixture->theirs->store, fixture->path);
  arrived = guitu_test_get (fixture->theirs->store, &guitu_kind_letter, id, GUITU_LETTER_CONTENT);
  g_assert_cmpstr (arrived, ==, "王秀英");
  guitu_test_export (fixture->ours->store, fixture->path, keys_of (fixture->stranger));
  guitu_test_import (fixture->stranger->store, fixture->path);
  g_assert_cmpint (guitu_test_sql_integer (fixture->stranger->directory, "SELECT count (*) FROM letter"), ==, 0);
  guitu_test_export (fixture->ours->store, fixture->path, NULL);
  guitu_test_import (fixture->second->store, fixture->path);
  ours = guitu_test_get (fixture->second->store, &guitu_kind_letter, id, GUITU_LETTER_CONTENT);
  g_assert_cmpstr (ours, ==, "王秀英");
}

/* A letter to S3 in the mailbox of S1: whoever reads the one must not be told the other. */
static void
test_wrong_mailbox (Fixture *fixture,
                    gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = guitu_owned_id (&guitu_kind_letter, "S2", "S1", NULL);
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "to:S1");

  guitu_test_forge_cell (entry, "letter", id, TRUE, "station", "S2");
  guitu_test_forge_cell (entry, "letter", id, FALSE, "to_station", "S3");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_letter_kind (Fixture *fixture,
                  gconstpointer data)
{
  const GuituKeys *keys = keys_of (fixture->theirs);
  g_autofree char *id = guitu_id_new ();
  g_autoptr (GuituEntry) entry = guitu_test_forge (keys, "to:S1");

  guitu_test_forge_cell (entry, "person", id, TRUE, "name", "王秀英");
  guitu_test_plant (fixture->theirs, entry, keys->desk_secret);
  assert_refused (fixture, GUITU_DB_ERROR_UNTRUSTED);
}

static void
test_letter_to_nobody (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (GuituRecord) letter = guitu_record_new_owned (&guitu_kind_letter, "S1", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (fixture->ours->store, NULL, "letter", &error);

  g_assert_false (guitu_transaction_put (transaction, letter, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (guitu_transaction_commit (transaction, &error));
}

/* --- Keys ------------------------------------------------------------------------------------ */

static void
test_invitation (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) invitation = guitu_keys_make_invitation (keys_of (fixture->ours), 7, "correct horse", NULL);
  g_autoptr (GuituKeys) keys = guitu_keys_open_invitation (invitation, "correct horse", NULL, &error);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (invitation, 0, 20);

  g_assert_no_error (error);
  g_assert_cmpstr (keys->station, ==, "S1");
  g_assert_cmpint (keys->desk.number, ==, 7);
  g_assert_true (guitu_desk_is_certified (&keys->desk, keys_of (fixture->ours)->station_public));
  g_assert_cmpint (keys->desk.desk, !=, keys_of (fixture->ours)->desk.desk);
  g_assert_null (guitu_keys_open_invitation (invitation, "wrong horse", NULL, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_null (guitu_keys_open_invitation (cut, "correct horse", NULL, &error));
  g_assert_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_INVALID);
}

static void
add (const char *path,
     gconstpointer data,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  add ("/trust/accepted", NULL, test_accepted);
  add ("/trust/passed-on", NULL, test_passed_on);
  add ("/trust/only-shared-leaves", NULL, test_only_shared_leaves);
  add ("/trust/for-others", NULL, test_for_others);
  add ("/trust/cut-short/own-desks", NULL, test_cut_short);
  add ("/trust/cut-short/station", GINT_TO_POINTER (1), test_cut_short);
  add ("/trust/flipped/own-desks", NULL, test_flipped);
  add ("/trust/flipped/station", GINT_TO_POINTER (1), test_flipped);
  add ("/trust/no-file", NULL, test_no_file);
  add ("/trust/export-fails", NULL, test_export_fails);
  add ("/trust/unknown-station", NULL, test_unknown_station);
  add ("/trust/withdrawn-station", NULL, test_withdrawn_station);
  add ("/trust/station-scope", &creations[0], test_forged_creation);
  add ("/trust/kind-scope", &creations[1], test_forged_creation);
  add ("/trust/another's-name", &creations[2], test_forged_creation);
  add ("/trust/another's-row", NULL, test_anothers_row);
  add ("/trust/another's-code", NULL, test_anothers_code);
  add ("/trust/wrong-key", NULL, test_wrong_key);
  add ("/trust/forged-certificate", NULL, test_forged_certificate);
  add ("/trust/clock-ahead", NULL, test_clock_ahead);
  add ("/trust/rewound", NULL, test_rewound);
  add ("/trust/broken-chain", NULL, test_broken_chain);
  add ("/trust/nobodys-row", &creations[3], test_forged_creation);
  add ("/trust/early-bird/writes", GINT_TO_POINTER (FALSE), test_early_bird);
  add ("/trust/early-bird/copies", GINT_TO_POINTER (TRUE), test_early_bird);
  add ("/trust/before-owners", NULL, test_before_owners);
  add ("/trust/letter", NULL, test_letter);
  add ("/trust/letter/wrong-mailbox", NULL, test_wrong_mailbox);
  add ("/trust/letter/other-kind", NULL, test_letter_kind);
  add ("/trust/letter/to-nobody", NULL, test_letter_to_nobody);
  add ("/trust/invitation", NULL, test_invitation);
  return g_test_run ();
}
