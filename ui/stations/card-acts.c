/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards by which stations learn to trust one another, desks that come and go, and this station's keys. */

#include "ui/calls.h"
#include "ui/dialogs.h"
#include "ui/errors.h"
#include "ui/stations/code-dialog.h"
#include "ui/stations/stations-page.h"
#include "ui/widgets/form-dialog.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

#define CARD "guitu-trusted-card"
#define DESKS "guitu-desks-of-new-keys"

static void
run_on_file (gpointer owner, const char *verb, const char *path, GuituCallDone done)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "file", path);
  guitu_call (guitu_page_get_station (owner), verb, input, NULL, owner, done);
}

/* --- Our card -------------------------------------------------------------------------------- */

static void
card_written (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *card = guitu_call_first (results);
  GuituCodeShown shown = {
    .heading = _ ("The Card Is Written"),
    .body = _ ("Give the file to the other station. It holds nothing secret. When they telephone, read them these five groups:"),
    .code = guitu_json_string (card, "fingerprint"),
  };

  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_code_dialog_show (owner, &shown, owner, NULL);
}

static void
write_card (gpointer owner, const char *path)
{
  run_on_file (owner, "station card", path, card_written);
}

void
guitu_stations_write_card (GuituStationsPage *page)
{
  guitu_dialog_save (GTK_WIDGET (page), _ ("Write Our Card"), _ ("our-card.json"), page, write_card);
}

/* --- Theirs ---------------------------------------------------------------------------------- */

static void trust_as (gpointer owner, gboolean has_new_key);

static void
trust_new_key (gpointer owner)
{
  trust_as (owner, TRUE);
}

static void
card_trusted (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *card = guitu_call_first (results);
  g_autofree char *heading = g_strdup_printf (_ ("The Card of %s Is Taken"), guitu_json_string (card, "name"));
  g_autofree char *body = g_strdup_printf (_ ("Now telephone %s and compare these five groups. If they differ, do not rely on its papers, and tell the administrator."),
                                           guitu_json_text (card, "phone") != NULL ? guitu_json_string (card, "phone") : _ ("the station"));
  GuituCodeShown shown = { .heading = heading, .body = body, .code = guitu_json_string (card, "fingerprint") };

  if (error == NULL)
    guitu_code_dialog_show (owner, &shown, owner, NULL);
  else if (g_str_equal (guitu_error_code (error), "another-key"))
    guitu_dialog_ask (owner, _ ("This Station Has Other Keys Now?"),
                      _ ("It is known here with another key. Telephone it, on the number known before: has it really new keys, and is the card from it? If not, somebody else made this card."),
                      _ ("_It Said So, Take the Card"), TRUE, owner, trust_new_key);
  else
    guitu_error_show (owner, error);
}

static void
trust_as (gpointer owner, gboolean has_new_key)
{
  const char *path = g_object_get_data (owner, CARD);
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, guitu_dialog_is_picture (path) ? "image" : "file", path);
  if (has_new_key)
    json_object_set_boolean_member (input, "new_key", TRUE);
  guitu_call (guitu_page_get_station (owner), "station trust", input, NULL, owner, card_trusted);
}

static void
trust_card (gpointer owner, const char *path)
{
  g_object_set_data_full (owner, CARD, g_strdup (path), g_free);
  trust_as (owner, FALSE);
}

void
guitu_stations_trust_card (GuituStationsPage *page)
{
  guitu_dialog_open_file (GTK_WIDGET (page), _ ("Trust a Card"), page, trust_card);
}

static void
vouched (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_page_toast (owner, _ ("Those who trust this station to vouch hear of it with the next exchange"));
}

static void
vouch (gpointer owner, const char *path)
{
  run_on_file (owner, "station vouch", path, vouched);
}

void
guitu_stations_vouch (GuituStationsPage *page)
{
  guitu_dialog_open_file (GTK_WIDGET (page), _ ("Vouch for a Card"), page, vouch);
}

/* --- A further desk -------------------------------------------------------------------------- */

static void
desk_invited (gpointer owner, JsonArray *results, GError *error)
{
  JsonObject *invitation = guitu_call_first (results);
  g_autofree char *heading = g_strdup_printf (_ ("Desk %u Is Invited"), (guint) guitu_json_integer (invitation, "desk", 0));
  GuituCodeShown shown = {
    .heading = heading,
    .body = _ ("Carry the file to the new computer and type this code there. Write it down now: it is shown only once. Do not keep it beside the file."),
    .code = guitu_json_string (invitation, "code"),
  };

  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_code_dialog_show (owner, &shown, owner, NULL);
}

static void
invite_desk (gpointer owner, const char *path)
{
  run_on_file (owner, "desk invite", path, desk_invited);
}

void
guitu_stations_invite_desk (GuituStationsPage *page)
{
  guitu_dialog_save (GTK_WIDGET (page), _ ("Invite a Desk"), _ ("invitation"), page, invite_desk);
}

void
guitu_stations_revoke_desk (GuituStationsPage *page, const char *desk, const char *title)
{
  static const char *const fields[] = { "desk_end.reason=reason", NULL };
  g_autofree char *heading = g_strdup_printf (_ ("End %s"), title);
  GuituFormDialog *dialog = guitu_form_dialog_new (GTK_WIDGET (page), guitu_page_get_station (GUITU_PAGE (page)), heading, _ ("_End Desk"), "desk revoke", fields);

  guitu_form_dialog_explain (dialog, _ ("For a computer that was stolen, lost or retired. What it writes from now on counts nowhere; what it wrote before, and is known here, stays. This is not taken back."));
  guitu_form_dialog_set_option (dialog, "desk", desk);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "reason"), _ ("Other stations read it, too"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Keys ------------------------------------------------------------------------------------ */

static void
keys_backed_up (gpointer owner, JsonArray *results, GError *error)
{
  GuituCodeShown shown = {
    .heading = _ ("The Keys Are on the Page"),
    .body = _ ("Print it and keep it in a safe. It opens only with this code, which is shown only once: write it down and keep it elsewhere."),
    .code = guitu_json_string (guitu_call_first (results), "code"),
  };

  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_code_dialog_show (owner, &shown, owner, NULL);
}

static void
back_up_keys (gpointer owner, const char *path)
{
  run_on_file (owner, "station backup-keys", path, keys_backed_up);
}

void
guitu_stations_back_up_keys (GuituStationsPage *page)
{
  guitu_dialog_save (GTK_WIDGET (page), _ ("Keys on Paper"), _ ("keys.pdf"), page, back_up_keys);
}

static void
published (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_page_toast (owner, _ ("Address, telephone and keys go to all stations with the next exchange"));
}

void
guitu_stations_publish (GuituStationsPage *page)
{
  guitu_call (guitu_page_get_station (GUITU_PAGE (page)), "station publish", NULL, NULL, page, published);
}

static void
rotated (gpointer owner, JsonArray *results, GError *error)
{
  GuituCodeShown shown = {
    .heading = _ ("This Station Has New Keys"),
    .body = _ ("Exchange with the other desks, then write a new card and new keys on paper. Other stations that telephone compare these five groups:"),
    .code = guitu_json_string (guitu_call_first (results), "fingerprint"),
  };

  if (error != NULL)
    guitu_error_show (owner, error);
  else
    guitu_code_dialog_show (owner, &shown, owner, NULL);
}

static void
rotate (gpointer owner)
{
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "desks", GPOINTER_TO_INT (g_object_get_data (owner, DESKS)));
  guitu_call (guitu_page_get_station (owner), "station rotate", input, NULL, owner, rotated);
}

/* Whoever asks for new keys sees first which desks get them. */
static void
desks_listed (gpointer owner, JsonArray *results, GError *error)
{
  guint n_listed = error == NULL ? json_array_get_length (results) : 0;
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autofree char *words = NULL;
  int n = 0;

  if (error != NULL)
    {
      guitu_error_show (owner, error);
      return;
    }
  for (guint i = 0; i < n_listed; i++)
    {
      JsonObject *desk = json_array_get_object_element (results, i);

      if (!guitu_json_flag (desk, "own") || guitu_json_flag (desk, "ended"))
        continue;
      g_string_append_printf (numbers, "%s%d", n++ > 0 ? ", " : "", (int) guitu_json_integer (desk, "desk", 0));
    }
  g_object_set_data (owner, DESKS, GINT_TO_POINTER (n));
  /* Translators: numbers of desks: “1, 2” */
  words = g_strdup_printf (_ ("Only when somebody may know the old ones. These desks get the new keys: %s. End those that are stolen, or not yours, first."), numbers->str);
  guitu_dialog_ask (owner, _ ("Give This Station New Keys?"), words, _ ("_New Keys"), TRUE, owner, rotate);
}

void
guitu_stations_rotate (GuituStationsPage *page)
{
  guitu_call (guitu_page_get_station (GUITU_PAGE (page)), "desk list", NULL, NULL, page, desks_listed);
}
