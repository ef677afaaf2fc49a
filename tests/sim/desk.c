/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One desk of the simulation: a process with a store of its own, which does what it is told on standard
 * input, a command a line, and answers each with one line. simulate.py drives it, kills it, turns its clock. */

#include "desk.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
desk_answer (GError *error,
             const char *text)
{
  if (error != NULL)
    printf ("error %s %d %s\n", g_quark_to_string (error->domain), error->code, g_strdelimit (error->message, "\n", ' '));
  else
    printf ("ok %s\n", text);
  fflush (stdout);
  g_clear_error (&error);
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
  gboolean adopted;

  if (hub != NULL && guitu_hub_introduce (hub, desk->store, &error))
    guitu_hub_sync (hub, desk->store, desk->network, depth, &report, &error);
  if (error == NULL)
    guitu_store_follow_rotation (desk->store, &adopted, &error);
  text = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, report.pulled, report.pushed, report.lost);
  desk_answer (error, text);
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
  desk_answer (error, "");
}

/* The keys by which something is sealed for that station, as this desk knows it. */
static gboolean
find_peer (Desk *desk,
           const char *code,
           GuituPeer *peer,
           GError **error)
{
  g_autoptr (GuituTransaction) transaction = guitu_store_read (desk->store, error);
  g_autoptr (GPtrArray) keys = transaction == NULL ? NULL : guitu_station_keys (transaction, code, error);
  const GuituStationKey *key = keys == NULL ? NULL : guitu_station_key_current (keys);

  peer->code = code;
  if (key != NULL && key->has_box_key)
    {
      memcpy (peer->box_key, key->box_key, sizeof peer->box_key);
      return TRUE;
    }
  if (keys != NULL)
    g_set_error (error, GUITU_DB_ERROR, GUITU_DB_ERROR_NOT_FOUND, "Station %s is not known here", code);
  return FALSE;
}

/* export FILE all|since-last [STATION] */
static void
export_bundle (Desk *desk,
               char **words)
{
  GError *error = NULL;
  GuituPeer peer;
  GuituExport how = { .to = words[3] == NULL ? NULL : &peer, .since_last = strcmp (words[2], "since-last") == 0 };
  guint64 count = 0;

  if (words[3] == NULL || find_peer (desk, words[3], &peer, &error))
    guitu_bundle_export_as (desk->store, words[1], &how, &count, &error);
  desk_answer (error, "");
}

/* Answers with the number of stretches that are missing. */
static void
import_bundle (Desk *desk,
               char **words)
{
  GError *error = NULL;
  g_autoptr (GuituReceipt) receipt = guitu_bundle_import (desk->store, words[1], &error);
  g_autofree char *text = receipt == NULL ? NULL : g_strdup_printf ("%u", receipt->gaps->len);

  desk_answer (error, text);
}

static void
verify (Desk *desk)
{
  GError *error = NULL;
  g_autoptr (GuituLedgerReport) report = guitu_ledger_verify (desk->store, FALSE, &error);
  g_autofree char *text = report == NULL ? NULL : g_strdup_printf ("%u %u %s", report->problems->len, report->gaps->len, report->problems->len == 0 ? "" : (char *) report->problems->pdata[0]);

  desk_answer (error, text);
}

static void
obey (Desk *desk,
      char **words)
{
  if (strcmp (words[0], "work") == 0)
    desk_work (desk, words);
  else if (strcmp (words[0], "sync") == 0)
    synchronise (desk, words);
  else if (strcmp (words[0], "export") == 0)
    export_bundle (desk, words);
  else if (strcmp (words[0], "import") == 0)
    import_bundle (desk, words);
  else if (strcmp (words[0], "trust") == 0)
    desk_trust (desk, words);
  else if (strcmp (words[0], "fill") == 0)
    desk_fill (desk, words);
  else if (strcmp (words[0], "greet") == 0)
    greet (desk);
  else if (strcmp (words[0], "end") == 0)
    desk_end (desk, words);
  else if (strcmp (words[0], "verify") == 0)
    verify (desk);
  else if (strcmp (words[0], "invite") == 0)
    desk_invite (desk, words);
  else if (strcmp (words[0], "snapshot") == 0)
    desk_snapshot (desk, words);
  else if (strcmp (words[0], "publish") == 0)
    desk_publish (desk);
  else if (strcmp (words[0], "rotate") == 0)
    desk_rotate (desk, words);
  else if (strcmp (words[0], "keys") == 0)
    desk_tell_keys (desk);
  else
    g_error ("unknown command %s", words[0]);
}

/* --- Beginning ------------------------------------------------------------------------------- */

/* The words tell how: "found CODE", a new station; "copy FOLDER NUMBER", a further desk by the keys of another one (a
 * short cut); "join INVITATION CODE", then the snapshot to begin with if there is one; "open", what is there. */
static GuituStore *
open_store (const char *folder,
            char **words,
            GError **error)
{
  g_autoptr (GuituKeys) keys = NULL;

  if (strcmp (words[0], "open") == 0)
    return guitu_store_open (folder, error);
  if (strcmp (words[0], "join") == 0)
    return desk_join (folder, words, error);
  if (strcmp (words[0], "copy") == 0)
    {
      g_autoptr (GuituKeys) theirs = guitu_keys_load (words[1], error);

      keys = theirs == NULL ? NULL : guitu_keys_new_desk (theirs, atoi (words[2]));
    }
  else
    keys = guitu_keys_new_station (words[1]);
  return keys == NULL ? NULL : guitu_store_create (folder, keys, error);
}

/* desk FOLDER HOW URL LOGIN PASSWORD NETWORK-KEY STATION,… */
int
main (int argc,
      char **argv)
{
  Desk desk = { 0 };
  GError *error = NULL;
  GuituNetworkKey key = { .epoch = 1 };
  g_auto (GStrv) codes = NULL;
  g_auto (GStrv) how = NULL;
  char line[4096];

  g_assert_cmpint (argc, ==, 8);
  if (sodium_init () < 0 || !guitu_key_from_text (argv[6], key.key, sizeof key.key))
    g_error ("no keys");
  how = g_strsplit (argv[2], " ", -1);
  desk.store = open_store (argv[1], how, &error);
  if (desk.store == NULL)
    {
      desk_answer (error, NULL);
      return 1;
    }
  desk.chance = g_rand_new_with_seed (0);
  desk.url = argv[3];
  desk.login = argv[4];
  desk.password = argv[5];
  desk.network = g_array_new (FALSE, FALSE, sizeof (GuituNetworkKey));
  g_array_append_val (desk.network, key);
  codes = g_strsplit (argv[7], ",", -1);
  desk.stations = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    if (strcmp (codes[i], guitu_store_keys (desk.store)->station) != 0)
      g_ptr_array_add (desk.stations, codes[i]);
  desk_answer (NULL, "ready");
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);

      obey (&desk, words);
    }
  guitu_store_close (desk.store);
  g_ptr_array_unref (desk.stations);
  g_array_unref (desk.network);
  g_rand_free (desk.chance);
  return 0;
}
