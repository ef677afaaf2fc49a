/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One desk of the simulation: a process with a store of its own, which does what it is told on standard
 * input, a command a line, and answers each with one line. simulate.py drives it, kills it, turns its clock. */

#include "db/db.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  GuituStore *store;
  const char *url;
  const char *login;
  const char *password;
  GArray *network;
  GPtrArray *stations; /* codes of all, for letters */
} Desk;

static GRand *chance;

static void
answer (GError *error,
        const char *text)
{
  if (error != NULL)
    printf ("error %s %d %s\n", g_quark_to_string (error->domain), error->code, g_strdelimit (error->message, "\n", ' '));
  else
    printf ("ok %s\n", text);
  fflush (stdout);
  g_clear_error (&error);
}

/* --- Work ------------------------------------------------------------------------------------ */

static char *
random_text (void)
{
  static const char *const words[] = { "王秀英", "张伟", "李娜", "南方", "兰芳", "左臂有疤", "四川口音", "不详" };

  return g_strdup_printf ("%s%u", words[g_rand_int_range (chance, 0, G_N_ELEMENTS (words))], g_rand_int_range (chance, 0, 5));
}

static gboolean
put_new (Desk *desk,
         GuituTransaction *transaction,
         GError **error)
{
  const char *own = guitu_store_keys (desk->store)->station;
  const char *other = g_ptr_array_index (desk->stations, g_rand_int_range (chance, 0, desk->stations->len));
  g_autofree char *text = random_text ();
  g_autoptr (GuituRecord) record = NULL;

  switch (g_rand_int_range (chance, 0, 4))
    {
    case 0:
      record = guitu_record_new (&guitu_kind_person);
      guitu_record_set_text (record, GUITU_PERSON_NAME, text);
      guitu_record_set_text (record, GUITU_PERSON_SEX, "2");
      break;
    case 1:
      record = guitu_record_new_owned (&guitu_kind_visit_mark, own, NULL, NULL);
      guitu_record_set_text (record, GUITU_VISIT_MARK_PERSON_KEY, text);
      guitu_record_set_text (record, GUITU_VISIT_MARK_ARRIVED_ON, "2026-11-22");
      break;
    case 2:
      record = guitu_record_new_owned (&guitu_kind_paper_mark, own, NULL, NULL);
      guitu_record_set_text (record, GUITU_PAPER_MARK_NUMBER, text);
      break;
    default:
      record = guitu_record_new_owned (&guitu_kind_letter, own, other, NULL);
      guitu_record_set_text (record, GUITU_LETTER_CONTENT, text);
      break;
    }
  return guitu_transaction_put (transaction, record, error);
}

static GuituRecord *
pick (Desk *desk,
      GuituTransaction *transaction,
      const GuituKind *kind,
      int station_field,
      GError **error)
{
  GuituQuery query = { .descending = TRUE, .order_by = GUITU_BY_ROW, .is_ordered = TRUE, .limit = 8, .with_voided = TRUE };
  g_autoptr (GPtrArray) found = NULL;

  if (station_field >= 0)
    query.conditions[0] = (GuituCondition){ station_field, GUITU_EQUAL, guitu_store_keys (desk->store)->station };
  found = guitu_records_find (transaction, kind, &query, error);
  if (found == NULL || found->len == 0)
    return NULL;
  return g_ptr_array_steal_index (found, g_rand_int_range (chance, 0, found->len));
}

/* A few records are edited again and again, so that desks write one field at once. */
static gboolean
put_edit (Desk *desk,
          GuituTransaction *transaction,
          GError **error)
{
  static const int person_fields[] = { GUITU_PERSON_NAME, GUITU_PERSON_ALIAS, GUITU_PERSON_MARKS, GUITU_PERSON_ACCENT };
  g_autofree char *text = random_text ();
  g_autoptr (GuituRecord) record = NULL;

  switch (g_rand_int_range (chance, 0, 4))
    {
    case 0:
      record = pick (desk, transaction, &guitu_kind_visit_mark, GUITU_VISIT_MARK_STATION, error);
      if (record != NULL)
        guitu_record_set_text (record, GUITU_VISIT_MARK_LEAVE_BY, text);
      break;
    case 1:
      record = pick (desk, transaction, &guitu_kind_letter, GUITU_LETTER_STATION, error);
      if (record != NULL)
        guitu_record_set_text (record, GUITU_LETTER_ABOUT, text);
      break;
    default:
      record = pick (desk, transaction, &guitu_kind_person, -1, error);
      if (record != NULL)
        guitu_record_set_text (record, person_fields[g_rand_int_range (chance, 0, G_N_ELEMENTS (person_fields))], text);
      break;
    }
  return (error == NULL || *error == NULL) && (record == NULL || guitu_transaction_put (transaction, record, error));
}

static gboolean
settle_one (GuituTransaction *transaction,
            GError **error)
{
  g_autoptr (GPtrArray) conflicts = guitu_conflicts_list (transaction, NULL, error);
  const GuituConflict *conflict;

  if (conflicts == NULL || conflicts->len == 0)
    return conflicts != NULL;
  conflict = g_ptr_array_index (conflicts, g_rand_int_range (chance, 0, conflicts->len));
  if (strcmp (conflict->kind, "person") != 0)
    return TRUE; /* perhaps of another station's record, which that station settles */
  return guitu_transaction_settle (transaction, conflict->kind, conflict->id, conflict->field, error);
}

static gboolean
work_once (Desk *desk,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "simulation", error);
  guint n_changes = g_rand_int_range (chance, 1, 4);
  gboolean good = transaction != NULL;

  for (guint i = 0; good && i < n_changes; i++)
    {
      int what = g_rand_int_range (chance, 0, 20);

      good = what < 6 ? put_new (desk, transaction, error) : what < 19 ? put_edit (desk, transaction, error)
                                                                       : settle_one (transaction, error);
    }
  return good && guitu_transaction_commit (transaction, error);
}

static void
work (Desk *desk,
      char **words)
{
  GError *error = NULL;
  guint count = atoi (words[2]);

  g_rand_set_seed (chance, strtoul (words[1], NULL, 10));
  for (guint i = 0; i < count && error == NULL; i++)
    work_once (desk, &error);
  answer (error, "");
}

/* Many entries, as a year of work leaves them: somebody comes, and six entries later goes. For measuring. */
static void
fill (Desk *desk,
      char **words)
{
  GError *error = NULL;
  guint count = atoi (words[1]);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "fill", &error);
  g_autoptr (GuituRecord) stay = NULL;

  for (guint i = 0; i < count && error == NULL; i++)
    {
      g_autofree char *text = random_text ();

      if (i % 6 == 0)
        {
          g_autoptr (GuituRecord) person = guitu_record_new (&guitu_kind_person);

          guitu_record_set_text (person, GUITU_PERSON_NAME, text);
          guitu_record_set_text (person, GUITU_PERSON_SEX, "2");
          guitu_record_set_text (person, GUITU_PERSON_BIRTH_FROM, "1985-03-12");
          g_clear_pointer (&stay, guitu_record_free);
          stay = guitu_record_new (&guitu_kind_stay);
          guitu_record_set_text (stay, GUITU_STAY_PERSON, guitu_record_id (person));
          guitu_record_set_text (stay, GUITU_STAY_CAME_BY, "police");
          guitu_record_set_text (stay, GUITU_STAY_ARRIVED_AT, "2026-11-22T03:15:00+08:00");
          guitu_transaction_put (transaction, person, &error);
        }
      else
        guitu_record_set_text (stay, i % 6 == 1 ? GUITU_STAY_BED : i % 6 == 2 ? GUITU_STAY_REQUEST
                                                               : i % 6 == 3   ? GUITU_STAY_BELONGINGS
                                                               : i % 6 == 4   ? GUITU_STAY_CLOTHING
                                                                              : GUITU_STAY_DESTINATION,
                               text);
      if (error == NULL && guitu_transaction_put (transaction, stay, &error))
        guitu_transaction_next_entry (transaction, &error);
    }
  if (error == NULL)
    guitu_transaction_commit (transaction, &error);
  answer (error, "");
}

/* --- Exchange -------------------------------------------------------------------------------- */

static void
synchronise (Desk *desk,
             char **words)
{
  const GuituHubAccess access = { desk->url, NULL, desk->login, desk->password };
  GError *error = NULL;
  GuituHubDepth depth = strcmp (words[1], "quick") == 0 ? GUITU_HUB_QUICK : GUITU_HUB_FULL;
  g_autoptr (GuituHub) hub = guitu_hub_connect (&access, guitu_store_directory (desk->store), NULL, &error);
  g_autofree char *text = NULL;
  GuituHubReport report = { 0 };

  if (hub != NULL && guitu_hub_introduce (hub, desk->store, &error))
    guitu_hub_sync (hub, desk->store, desk->network, depth, &report, &error);
  text = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, report.pulled, report.pushed, report.lost);
  answer (error, text);
}

/* The least that any exchange takes: for measuring. */
static void
greet (Desk *desk)
{
  const GuituHubAccess access = { desk->url, NULL, desk->login, desk->password };
  GError *error = NULL;
  g_autoptr (GuituHub) hub = guitu_hub_connect (&access, guitu_store_directory (desk->store), NULL, &error);

  if (hub != NULL)
    guitu_hub_introduce (hub, desk->store, &error);
  answer (error, "");
}

static void
export_bundle (Desk *desk,
               char **words)
{
  GError *error = NULL;
  GuituPeer peer = { words[2] };
  guint64 count = 0;

  if (words[2] != NULL)
    g_assert_true (guitu_key_from_text (words[3], peer.box_key, sizeof peer.box_key));
  guitu_bundle_export (desk->store, words[1], words[2] == NULL ? NULL : &peer, &count, &error);
  answer (error, "");
}

static void
import_bundle (Desk *desk,
               char **words)
{
  GError *error = NULL;
  g_autoptr (GuituReceipt) receipt = guitu_bundle_import (desk->store, words[1], &error);

  if (receipt != NULL)
    guitu_receipt_free (g_steal_pointer (&receipt));
  answer (error, "");
}

static void
trust (Desk *desk,
       char **words)
{
  GError *error = NULL;
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "trust", &error);
  g_autoptr (GuituRecord) station = guitu_record_new (&guitu_kind_station);

  guitu_record_set_text (station, GUITU_STATION_CODE, words[1]);
  guitu_record_set_text (station, GUITU_STATION_NAME, words[1]);
  guitu_record_set_text (station, GUITU_STATION_KEY, words[2]);
  guitu_record_set_text (station, GUITU_STATION_BOX_KEY, words[3]);
  if (transaction != NULL && guitu_transaction_put (transaction, station, &error))
    guitu_transaction_commit (transaction, &error);
  answer (error, "");
}

/* The desk with that id, of this station, is stolen. */
static void
end_desk (Desk *desk,
          char **words)
{
  GError *error = NULL;
  gint64 id = g_ascii_strtoll (words[1], NULL, 10);
  g_autoptr (GuituTransaction) transaction = guitu_store_write (desk->store, NULL, "revoke", &error);
  g_autofree char *chains = transaction == NULL ? NULL : guitu_desk_chains (transaction, id, &error);
  g_autoptr (GuituRecord) record = guitu_record_new_owned (&guitu_kind_desk_end, guitu_store_keys (desk->store)->station, NULL, NULL);

  guitu_record_set_integer (record, GUITU_DESK_END_DESK, id);
  guitu_record_set_text (record, GUITU_DESK_END_CHAINS, chains);
  guitu_record_set_text (record, GUITU_DESK_END_AT, "2026-11-22T03:15:00+08:00");
  if (chains != NULL && guitu_transaction_put (transaction, record, &error))
    guitu_transaction_commit (transaction, &error);
  answer (error, "");
}

static void
verify (Desk *desk)
{
  GError *error = NULL;
  g_autoptr (GuituLedgerReport) report = guitu_ledger_verify (desk->store, FALSE, &error);
  g_autofree char *text = report == NULL ? NULL : g_strdup_printf ("%u %u %s", report->problems->len, report->gaps->len, report->problems->len == 0 ? "" : (char *) report->problems->pdata[0]);

  answer (error, text);
}

static void
tell_keys (Desk *desk)
{
  const GuituKeys *keys = guitu_store_keys (desk->store);
  g_autofree char *key = guitu_key_to_text (keys->station_public, sizeof keys->station_public);
  g_autofree char *box_key = guitu_key_to_text (keys->box_public, sizeof keys->box_public);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", keys->desk.desk, key, box_key);

  answer (NULL, text);
}

static void
obey (Desk *desk,
      char **words)
{
  if (strcmp (words[0], "work") == 0)
    work (desk, words);
  else if (strcmp (words[0], "sync") == 0)
    synchronise (desk, words);
  else if (strcmp (words[0], "export") == 0)
    export_bundle (desk, words);
  else if (strcmp (words[0], "import") == 0)
    import_bundle (desk, words);
  else if (strcmp (words[0], "trust") == 0)
    trust (desk, words);
  else if (strcmp (words[0], "fill") == 0)
    fill (desk, words);
  else if (strcmp (words[0], "greet") == 0)
    greet (desk);
  else if (strcmp (words[0], "end") == 0)
    end_desk (desk, words);
  else if (strcmp (words[0], "verify") == 0)
    verify (desk);
  else if (strcmp (words[0], "keys") == 0)
    tell_keys (desk);
  else
    g_error ("unknown command %s", words[0]);
}

/* --- Beginning ------------------------------------------------------------------------------- */

/* A new station (code given), a further desk (folder of another one given), or the desk that is there. */
static GuituStore *
open_store (const char *folder,
            const char *code,
            const char *sibling,
            const char *number,
            GError **error)
{
  g_autoptr (GuituKeys) keys = NULL;

  if (sibling[0] != '\0')
    {
      g_autoptr (GuituKeys) theirs = guitu_keys_load (sibling, error);

      keys = theirs == NULL ? NULL : guitu_keys_new_desk (theirs, atoi (number));
    }
  else if (code[0] != '\0')
    keys = guitu_keys_new_station (code);
  else
    return guitu_store_open (folder, error);
  return keys == NULL ? NULL : guitu_store_create (folder, keys, error);
}

/* desk FOLDER CODE SIBLING NUMBER URL LOGIN PASSWORD NETWORK-KEY STATION,… ; CODE and SIBLING are empty for a store that is there. */
int
main (int argc,
      char **argv)
{
  Desk desk = { 0 };
  GError *error = NULL;
  GuituNetworkKey key = { .epoch = 1 };
  g_auto (GStrv) codes = NULL;
  char line[4096];

  g_assert_cmpint (argc, ==, 10);
  if (sodium_init () < 0 || !guitu_key_from_text (argv[8], key.key, sizeof key.key))
    g_error ("no keys");
  desk.store = open_store (argv[1], argv[2], argv[3], argv[4], &error);
  if (desk.store == NULL)
    {
      answer (error, NULL);
      return 1;
    }
  chance = g_rand_new_with_seed (0);
  desk.url = argv[5];
  desk.login = argv[6];
  desk.password = argv[7];
  desk.network = g_array_new (FALSE, FALSE, sizeof (GuituNetworkKey));
  g_array_append_val (desk.network, key);
  codes = g_strsplit (argv[9], ",", -1);
  desk.stations = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    if (strcmp (codes[i], guitu_store_keys (desk.store)->station) != 0)
      g_ptr_array_add (desk.stations, codes[i]);
  answer (NULL, "ready");
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);

      obey (&desk, words);
    }
  guitu_store_close (desk.store);
  g_ptr_array_unref (desk.stations);
  g_array_unref (desk.network);
  g_rand_free (chance);
  return 0;
}
