/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bundles on a stick: for desks and stations that no network reaches. */

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/papers/progress-window.h"
#include "ui/stations/station-rows.h"
#include "ui/stations/stations-page.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

#define EXPORT_TO "guitu-export-to"
#define EXPORT_FLAG "guitu-export-flag"
#define DATE_CHARACTERS 10

static GuituStation *
station_of (GuituStationsPage *page)
{
  return guitu_page_get_station (GUITU_PAGE (page));
}

static void
tell_one (GuituStationsPage *page, const char *icon, gboolean is_bad, const char *title, const char *text)
{
  JsonArray *notes = json_array_new ();

  guitu_station_note_add (notes, icon, is_bad, title, text);
  guitu_stations_page_tell (page, notes);
}

static void
tell_failure (GuituStationsPage *page, const char *title, const GError *error)
{
  gboolean is_strange = g_str_equal (guitu_error_code (error), "untrusted");
  g_autofree char *sentence = is_strange ? g_strdup (_ ("This bundle is for another station, or was altered on its way. Ask for another one.")) : guitu_error_sentence (error);

  tell_one (page, "dialog-warning-symbolic", TRUE, title, sentence);
}

/* --- Out ------------------------------------------------------------------------------------- */

static void
exported (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *result = guitu_call_first (results);
  g_autofree char *name = g_path_get_basename (guitu_json_string (result, "file"));
  g_autofree char *title = g_strdup_printf (_ ("%s is written"), name);
  guint n = guitu_json_integer (result, "entries", 0);
  g_autofree char *text = g_strdup_printf (ngettext ("%u entry. Wait until the stick may be taken out.", "%u entries. Wait until the stick may be taken out.", n), n);

  if (error != NULL)
    tell_failure (owner, _ ("The bundle was not written"), error);
  else if (!json_object_has_member (result, "entries"))
    tell_one (owner, "emblem-ok-symbolic", FALSE, title, _ ("Wait until the stick may be taken out."));
  else
    tell_one (owner, "emblem-ok-symbolic", FALSE, title, text);
}

static void
export_to_file (gpointer owner, const char *path)
{
  const GuituProgressWork work = { owner, station_of (owner), _ ("The bundle is being written…"), "bundle export", owner, exported };
  const char *flag = g_object_get_data (owner, EXPORT_FLAG);
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", path);
  guitu_json_set (input, "to", g_object_get_data (owner, EXPORT_TO));
  if (flag != NULL)
    json_object_set_boolean_member (input, flag, TRUE);
  guitu_progress_run (&work, input);
}

/* @flag: an option of the verb, or NULL */
static void
choose_target (GuituStationsPage *page, const char *to, const char *flag)
{
  g_autofree char *now = guitu_moment_now ();
  g_autofree char *name = g_strdup_printf ("guitu-%s%s%.*s.gtb", to != NULL ? to : "", to != NULL ? "-" : "", DATE_CHARACTERS, now);

  g_object_set_data_full (G_OBJECT (page), EXPORT_TO, g_strdup (to), g_free);
  g_object_set_data (G_OBJECT (page), EXPORT_FLAG, (gpointer) flag);
  guitu_dialog_save (GTK_WIDGET (page), _ ("Write a Bundle"), name, page, export_to_file);
}

void
guitu_stations_export (GuituStationsPage *page, const char *to)
{
  choose_target (page, to, NULL);
}

void
guitu_stations_export_news (GuituStationsPage *page)
{
  choose_target (page, NULL, "since_last");
}

void
guitu_stations_export_snapshot (GuituStationsPage *page)
{
  choose_target (page, NULL, "snapshot");
}

/* --- In -------------------------------------------------------------------------------------- */

/* "Entries 5–9 (shared) of desk 2 of station 440105001 are missing" */
static char *
gap_words (const char *gap)
{
  g_autoptr (GRegex) regex = g_regex_new ("([0-9]+)–([0-9]+) .* of desk ([0-9]+) of station ([^ ]+) ", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *desk = NULL;
  g_autofree char *station = NULL;

  if (!g_regex_match (regex, gap, 0, &match))
    return g_strdup (gap);
  first = g_match_info_fetch (match, 1);
  last = g_match_info_fetch (match, 2);
  desk = g_match_info_fetch (match, 3);
  station = g_match_info_fetch (match, 4);
  return g_strdup_printf (_ ("Entries %s–%s of desk %s of station %s are missing"), first, last, desk, station);
}

static void
imported (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *result = guitu_call_first (results);
  JsonArray *gaps = guitu_json_array (result, "gaps");
  JsonArray *notes;
  g_autofree char *text = NULL;
  guint added = guitu_json_integer (result, "added", 0);
  g_autofree char *title = g_strdup_printf (ngettext ("%u new entry was taken in", "%u new entries were taken in", added), added);

  if (error != NULL)
    {
      if (g_str_equal (guitu_error_code (error), "cancelled"))
        tell_one (owner, "dialog-warning-symbolic", TRUE, _ ("Cancelled"), _ ("Of a big bundle, what was taken in so far stays. Take it in again to go on."));
      else
        tell_failure (owner, _ ("Nothing was taken in"), error);
      return;
    }
  notes = json_array_new ();
  text = g_strdup_printf (_ ("%u of the bundle were known here already."), (guint) guitu_json_integer (result, "known", 0));
  guitu_station_note_add (notes, "emblem-ok-symbolic", FALSE, title, text);
  for (guint i = 0; gaps != NULL && i < json_array_get_length (gaps); i++)
    {
      g_autofree char *words = gap_words (json_array_get_string_element (gaps, i));

      guitu_station_note_add (notes, "dialog-warning-symbolic", TRUE, words, _ ("An earlier bundle has them. Ask for it, or for one with everything; nothing else is held up."));
    }
  if (guitu_json_count (result, "refused") > 0)
    guitu_station_note_add (notes, "dialog-warning-symbolic", TRUE, _ ("Some entries were refused"),
                            _ ("They come from a desk that was ended. They are kept aside as evidence and count nowhere."));
  guitu_stations_page_tell (owner, notes);
}

static void
import_file (gpointer owner, const char *path)
{
  const GuituProgressWork work = { owner, station_of (owner), _ ("The bundle is being taken in…"), "bundle import", owner, imported };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", path);
  guitu_progress_run (&work, input);
}

void
guitu_stations_import (GuituStationsPage *page)
{
  guitu_dialog_open_file (GTK_WIDGET (page), _ ("Take in a Bundle"), page, import_file);
}
