/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stations/hub-words.h"

#include "ui/errors.h"
#include "ui/stations/station-rows.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR (60 * SECONDS_PER_MINUTE)
#define SECONDS_PER_DAY (24 * SECONDS_PER_HOUR)
#define CLOCK_LIMIT_SECONDS 120
#define DATE_CHARACTERS 10 /* of "2026-11-22 10:05" */
#define YEAR_CHARACTERS 5  /* "2026-" */

/* --- Times ----------------------------------------------------------------------------------- */

static gint64
age_seconds (const char *iso)
{
  g_autoptr (GTimeZone) zone = guitu_time_zone ();
  g_autoptr (GDateTime) time = iso == NULL ? NULL : g_date_time_new_from_iso8601 (iso, zone);

  return time == NULL ? 0 : MAX (g_get_real_time () / G_USEC_PER_SEC - g_date_time_to_unix (time), 0);
}

char *
guitu_hub_age_words (const char *iso)
{
  gint64 seconds = age_seconds (iso);
  guint n;

  if (iso == NULL)
    return g_strdup ("");
  if (seconds < SECONDS_PER_MINUTE)
    return g_strdup (_ ("less than a minute ago"));
  if (seconds < SECONDS_PER_HOUR)
    {
      n = seconds / SECONDS_PER_MINUTE;
      return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", n), n);
    }
  if (seconds < SECONDS_PER_DAY)
    {
      n = seconds / SECONDS_PER_HOUR;
      return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", n), n);
    }
  n = seconds / SECONDS_PER_DAY;
  return g_strdup_printf (ngettext ("%u day ago", "%u days ago", n), n);
}

/* "14:20" for today, else "11-20 14:20". */
static char *
short_time (const char *iso)
{
  g_autofree char *time = guitu_moment_from_iso (iso);
  g_autofree char *now = guitu_moment_now ();

  if (strlen (time) <= DATE_CHARACTERS)
    return g_steal_pointer (&time);
  return g_strdup (time + (strncmp (time, now, DATE_CHARACTERS) == 0 ? DATE_CHARACTERS + 1 : YEAR_CHARACTERS));
}

/* --- In a few words -------------------------------------------------------------------------- */

static char *
failure_words (JsonObject *status)
{
  const char *since = guitu_json_text (status, "synced_at");
  gboolean is_away = g_str_equal (guitu_json_string (status, "failure_code"), "hub-away");
  g_autofree char *time = NULL;

  if (since == NULL)
    return g_strdup (is_away ? _ ("Hub away") : _ ("Not synchronised"));
  time = short_time (since);
  return g_strdup_printf (is_away ? _ ("Hub away since %s") : _ ("Not synchronised since %s"), time);
}

static char *
receiving_words (JsonObject *status)
{
  return g_strdup_printf (_ ("Receiving, %d %%"), (int) guitu_json_integer (status, "receiving", 0));
}

static char *
waiting_words (guint waiting)
{
  return g_strdup_printf (ngettext ("%u waiting", "%u waiting", waiting), waiting);
}

GuituHubSummary
guitu_hub_summary (JsonObject *status)
{
  guint waiting = MAX (guitu_json_integer (status, "waiting", 0), 0);
  guint n_problems = guitu_json_count (status, "problems");
  g_autofree char *words = NULL;
  g_autofree char *waits = waiting_words (waiting);

  if (guitu_json_text (status, "hub") == NULL)
    return (GuituHubSummary){ GUITU_HUB_NONE, "network-offline-symbolic", g_strdup ("") };
  if (guitu_json_text (status, "failure") != NULL)
    words = failure_words (status);
  else if (n_problems > 0)
    words = g_strdup_printf (ngettext ("%u problem", "%u problems", n_problems), n_problems);
  if (words != NULL)
    return (GuituHubSummary){ GUITU_HUB_TROUBLE, "dialog-warning-symbolic",
                              waiting > 0 ? g_strdup_printf (_ ("%s, %s"), words, waits) : g_steal_pointer (&words) };
  if (json_object_has_member (status, "receiving"))
    return (GuituHubSummary){ GUITU_HUB_BUSY, "network-receive-symbolic", receiving_words (status) };
  if (guitu_json_text (status, "synced_at") == NULL)
    return (GuituHubSummary){ GUITU_HUB_BUSY, "network-transmit-symbolic", g_strdup (_ ("Connecting…")) };
  if (waiting > 0)
    return (GuituHubSummary){ GUITU_HUB_BUSY, "network-transmit-symbolic", g_steal_pointer (&waits) };
  return (GuituHubSummary){ GUITU_HUB_GOOD, "emblem-ok-symbolic", g_strdup (_ ("Everything sent")) };
}

/* --- In full --------------------------------------------------------------------------------- */

/* "2026-11-22 10:05, 5 minutes ago" */
static char *
time_and_age (const char *iso)
{
  g_autofree char *time = guitu_moment_from_iso (iso);
  g_autofree char *age = guitu_hub_age_words (iso);

  return g_strdup_printf (_ ("%s, %s"), time, age);
}

static void
add_outcome (JsonArray *rows, JsonObject *status)
{
  const char *synced_at = guitu_json_text (status, "synced_at");
  const char *failure = guitu_json_text (status, "failure");
  g_autofree char *when = synced_at == NULL ? NULL : time_and_age (synced_at);
  g_autofree char *receiving = receiving_words (status);

  if (status != NULL && json_object_has_member (status, "receiving"))
    guitu_station_note_add (rows, "network-receive-symbolic", FALSE, receiving, _ ("What others wrote arrives step by step. Work goes on meanwhile; who was registered elsewhere is found once it is here."));
  if (synced_at != NULL)
    guitu_station_note_add (rows, failure == NULL ? "emblem-ok-symbolic" : "document-open-recent-symbolic", FALSE, _ ("Last synchronised"), when);
  else if (failure == NULL && !json_object_has_member (status, "receiving"))
    guitu_station_note_add (rows, "network-transmit-symbolic", FALSE, _ ("Connecting…"), _ ("This desk has not exchanged anything with the hub yet."));
  if (failure != NULL)
    {
      g_autofree char *title = failure_words (status);
      g_autofree char *sentence = guitu_error_sentence_for (guitu_json_string (status, "failure_code"), NULL, failure);
      g_autofree char *tried = time_and_age (guitu_json_text (status, "failed_at"));
      g_autofree char *text = g_strdup_printf (_ ("%s Last tried: %s; it is tried again by itself."), sentence, tried);

      guitu_station_note_add (rows, "dialog-warning-symbolic", TRUE, title, text);
    }
}

static void
add_waiting (JsonArray *rows, JsonObject *status)
{
  guint waiting = MAX (guitu_json_integer (status, "waiting", 0), 0);
  g_autofree char *title = g_strdup_printf (ngettext ("%u entry waits to be sent", "%u entries wait to be sent", waiting), waiting);
  guint sent = MAX (guitu_json_integer (status, "sent", 0), 0);
  g_autofree char *there = g_strdup_printf (ngettext ("The hub has %u entry of this desk; nothing waits to be sent.", "The hub has %u entries of this desk; nothing waits to be sent.", sent), sent);

  if (waiting > 0)
    guitu_station_note_add (rows, "network-transmit-symbolic", FALSE, title, _ ("Kept here, and sent as soon as the hub takes it."));
  else
    guitu_station_note_add (rows, "emblem-ok-symbolic", FALSE, _ ("Everything sent"), there);
}

static void
add_clock (JsonArray *rows, JsonObject *status)
{
  double ahead = status != NULL && json_object_has_member (status, "clock_ahead_seconds") ? json_object_get_double_member (status, "clock_ahead_seconds") : 0;
  guint minutes = (guint) (fabs (ahead) / SECONDS_PER_MINUTE);
  g_autofree char *title = NULL;

  if (fabs (ahead) < CLOCK_LIMIT_SECONDS)
    return;
  title = g_strdup_printf (ahead > 0 ? _ ("The clock of this computer is %u minutes ahead of the hub's") : _ ("The clock of this computer is %u minutes behind the hub's"), minutes);
  guitu_station_note_add (rows, "alarm-symbolic", TRUE, title, _ ("Set the clock: times on papers and limits follow it."));
}

static void
add_lost (JsonArray *rows, JsonObject *status)
{
  guint lost = MAX (guitu_json_integer (status, "lost", 0), 0);
  g_autofree char *when = lost == 0 ? NULL : guitu_moment_from_iso (guitu_json_text (status, "lost_at"));
  g_autofree char *title = g_strdup_printf (ngettext ("The hub had lost %u entry of this desk (%s)", "The hub had lost %u entries of this desk (%s)", lost), lost, when);

  if (lost > 0)
    guitu_station_note_add (rows, "dialog-warning-symbolic", TRUE, title,
                            _ ("They were sent again, nothing is missing. The hub was put back to an older state, or somebody took entries out: ask its owner."));
}

/* --- Problems -------------------------------------------------------------------------------- */

/* What people read of each. */
static const struct
{
  const char *code;
  const char *sentence;
} problems[] = {
  { "nameless", N_ ("The hub has entries of a desk that it does not name. They are not taken in.") },
  { "unsigned", N_ ("What the hub has of this desk was altered there. It is not taken in; tell the hub's owner.") },
  { "less", N_ ("The hub has less of this desk than before: it was put back to an older state, or entries were taken out. The desk sends them again when it next compares.") },
  { "missing", N_ ("Entries of this desk are missing at the hub. The desk sends them again when it next compares.") },
  { "kept-back", N_ ("The hub does not give out entries of this desk that are meant for this station. Telephone, and ask the hub's owner why.") },
  { "put-back", N_ ("This computer was put back to an older state and written on since. Its entries are not sent any more: invite it anew as a further desk.") },
  { "not-sent", N_ ("Letters of this computer wait, since the station they are for is not known here. Trust its card.") },
};

static char *
problem_sentence (JsonObject *problem)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (guitu_json_string (problem, "problem"), problems[i].code))
      return g_strdup (_ (problems[i].sentence));
  return g_strdup_printf (_ ("Entries of this desk do not verify and are not taken in (%s)."), guitu_json_string (problem, "words"));
}

static void
add_problem (JsonArray *rows, JsonObject *problem)
{
  const char *station = guitu_json_text (problem, "station");
  g_autofree char *text = problem_sentence (problem);
  g_autofree char *title = station == NULL ? g_strdup (_ ("A desk that is not known here"))
                                           : g_strdup_printf (_ ("Desk %d of station %s"), (int) guitu_json_integer (problem, "desk", 0), station);

  guitu_station_note_add (rows, "dialog-warning-symbolic", TRUE, title, text);
}

JsonArray *
guitu_hub_rows (JsonObject *status)
{
  JsonArray *rows = json_array_new ();
  JsonArray *list = guitu_json_array (status, "problems");

  if (guitu_json_text (status, "hub") == NULL)
    return rows;
  add_outcome (rows, status);
  add_waiting (rows, status);
  add_clock (rows, status);
  add_lost (rows, status);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    add_problem (rows, json_array_get_object_element (list, i));
  return rows;
}
