/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Founding a network, inviting a station into it, and joining one. */

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/stations/code-dialog.h"
#include "ui/stations/stations-page.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define CARD "guitu-card"
#define LETTER "guitu-letter"
#define FINGERPRINT "guitu-fingerprint"

static GuituStation *
station_of (gpointer page)
{
  return guitu_page_get_station (GUITU_PAGE (page));
}

static void
explain_address (GuituFormDialog *dialog)
{
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "url"),
                            _ ("The PostgreSQL database, as its owner logs in: postgresql://owner:password@host/database. The password is not kept."));
}

/* --- Founding -------------------------------------------------------------------------------- */

static void
on_founded (GuituStationsPage *page)
{
  guitu_page_toast (GTK_WIDGET (page), _ ("The network is founded. Invite the other stations with their cards."));
  guitu_stations_page_joined (page);
}

void
guitu_stations_found_network (GuituStationsPage *page)
{
  static const char *const fields[] = { "network.name=name", "network.url=url", "network.certificate=certificate", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (page), station_of (page), _ ("Found a Network"), _ ("_Found"), "hub init", fields);

  guitu_form_dialog_explain (dialog, _ ("This station then runs the network and invites the others. The hub is a database that all of them reach; it holds only what is encrypted. Without one, bundles are carried on sticks."));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "name"), _ ("Such as the province"));
  explain_address (dialog);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "certificate"), _ ("The path of the PEM file of who signed the hub's certificate; empty if the database is on this computer."));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_founded), page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Inviting -------------------------------------------------------------------------------- */

static void
on_invited (GuituStationsPage *page, JsonObject *letter)
{
  g_autofree char *heading = g_strdup_printf (_ ("The Letter for %s Is Written"), guitu_json_string (letter, "name"));
  GuituCodeShown shown = {
    .heading = heading,
    .body = _ ("Only that station can open it. Before you send it, telephone the station and compare these five groups of its card; if they differ, destroy the letter."),
    .code = guitu_json_string (letter, "fingerprint"),
  };

  guitu_code_dialog_show (GTK_WIDGET (page), &shown, page, NULL);
}

static void
letter_chosen (gpointer owner, const char *path)
{
  static const char *const fields[] = { "network.url=url", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (owner, station_of (owner), _ ("Invite a Station"), _ ("_Write Letter"), "hub invite", fields);

  guitu_form_dialog_explain (dialog, _ ("The hub gets log-ins for the desks of that station. Leave the address empty if the network has no hub."));
  guitu_form_dialog_set_option (dialog, "card", g_object_get_data (owner, CARD));
  guitu_form_dialog_set_option (dialog, "file", path);
  explain_address (dialog);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_invited), owner, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
card_chosen (gpointer owner, const char *path)
{
  g_object_set_data_full (owner, CARD, g_strdup (path), g_free);
  guitu_dialog_save (owner, _ ("Write the Letter"), _ ("letter"), owner, letter_chosen);
}

void
guitu_stations_invite (GuituStationsPage *page)
{
  guitu_dialog_open_file (GTK_WIDGET (page), _ ("Card of the Station to Invite"), page, card_chosen);
}

/* --- After a theft --------------------------------------------------------------------------- */

static void
on_renewed (GuituStationsPage *page, JsonObject *renewed)
{
  const char *warning = guitu_json_text (renewed, "warning");

  guitu_page_toast (GTK_WIDGET (page), warning == NULL ? _ ("The letter is written. Each computer of that station joins with it again.")
                                                       : _ ("The letter is written, but who is connected at the hub could not be put out: restart the database."));
}

static void
new_letter_chosen (gpointer owner, const char *path)
{
  static const char *const fields[] = { "hub_login.desk=lost_desk", "network.url=url", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (owner, station_of (owner), _ ("New Log-Ins"), _ ("_Write Letter"), "hub renew", fields);

  guitu_form_dialog_explain (dialog, _ ("Every log-in of that station gets another password at once; until its computers join with the letter they do not exchange."));
  guitu_form_dialog_set_option (dialog, "card", g_object_get_data (owner, CARD));
  guitu_form_dialog_set_option (dialog, "file", path);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "desk"), _ ("Number of the stolen one, whose log-in ends"));
  explain_address (dialog);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_renewed), owner, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
renewed_card_chosen (gpointer owner, const char *path)
{
  g_object_set_data_full (owner, CARD, g_strdup (path), g_free);
  guitu_dialog_save (owner, _ ("Write the Letter"), _ ("letter"), owner, new_letter_chosen);
}

void
guitu_stations_renew_logins (GuituStationsPage *page)
{
  guitu_dialog_open_file (GTK_WIDGET (page), _ ("Card of the Station"), page, renewed_card_chosen);
}

/* --- Joining --------------------------------------------------------------------------------- */

static void
joined (gpointer owner, JsonArray *results, GError *error)
{
  g_autofree char *words = g_strdup_printf (_ ("This station belongs to %s now"), guitu_json_string (guitu_call_first (results), "name"));

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  guitu_page_toast (owner, words);
  guitu_stations_page_joined (owner);
}

static void
join (gpointer owner)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", g_object_get_data (owner, LETTER));
  json_object_set_string_member (input, "fingerprint", g_object_get_data (owner, FINGERPRINT));
  guitu_call (station_of (owner), "hub join", input, NULL, owner, joined);
}

/* The station is compared by telephone unless its card is trusted already. */
static void
letter_read (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *letter = guitu_call_first (results);
  const char *fingerprint = guitu_json_string (letter, "fingerprint");
  g_autofree char *heading = g_strdup_printf (_ ("Join %s?"), guitu_json_string (letter, "network"));
  g_autofree char *who = g_strdup_printf ("%s (%s)", guitu_json_string (letter, "name"), guitu_json_string (letter, "station"));
  g_autofree char *body = g_strdup_printf (guitu_json_flag (letter, "known") ? _ ("The letter comes from %s, whose card is trusted here. Its fingerprint is:")
                                                                             : _ ("The letter comes from %s, which is not known here. Telephone it, on a number that you do not have from the letter, and compare these five groups:"),
                                           who);
  GuituCodeShown shown = { heading, body, fingerprint, guitu_json_flag (letter, "known") ? _ ("_Join") : _ ("_They Are the Same, Join") };

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  g_object_set_data_full (owner, FINGERPRINT, g_strdup (fingerprint), g_free);
  guitu_code_dialog_show (owner, &shown, owner, join);
}

static void
read_letter (gpointer owner, const char *path)
{
  JsonObject *input = json_object_new ();

  g_object_set_data_full (owner, LETTER, g_strdup (path), g_free);
  json_object_set_string_member (input, "file", path);
  guitu_call (station_of (owner), "hub letter", input, NULL, owner, letter_read);
}

void
guitu_stations_join (GuituStationsPage *page)
{
  guitu_dialog_open_file (GTK_WIDGET (page), _ ("Letter of the Network"), page, read_letter);
}
