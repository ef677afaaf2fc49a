/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stations/station-rows.h"

#include "ui/settings/settings-pane.h"
#include "ui/stations/hub-words.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

/* --- Notes ----------------------------------------------------------------------------------- */

JsonObject *
guitu_station_note_add (JsonArray *notes, const char *icon, gboolean is_bad, const char *title, const char *text)
{
  JsonObject *note = json_object_new ();

  json_object_set_string_member (note, "icon", icon);
  json_object_set_boolean_member (note, "is_bad", is_bad);
  json_object_set_string_member (note, "title", title);
  guitu_json_set (note, "text", text);
  json_array_add_object_element (notes, note);
  return note;
}

void
guitu_station_note_set_button (JsonObject *note, const char *label, const char *name, const char *action)
{
  json_object_set_string_member (note, "button", label);
  json_object_set_string_member (note, "name", name);
  json_object_set_string_member (note, "action", action);
}

GtkWidget *
guitu_station_note_row (JsonObject *note)
{
  const char *title = guitu_json_string (note, "title");
  const char *text = guitu_json_string (note, "text");
  GtkWidget *row = guitu_section_row_new (title, text);
  GtkWidget *icon = gtk_image_new_from_icon_name (guitu_json_string (note, "icon"));

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (guitu_json_flag (note, "is_bad"))
    gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (guitu_json_text (note, "button") != NULL)
    guitu_settings_row_add_button (row, guitu_json_string (note, "button"), guitu_json_string (note, "name"), guitu_json_string (note, "action"), "");
  return row;
}

/* --- Stations -------------------------------------------------------------------------------- */

GtkWidget *
guitu_station_row (JsonObject *station)
{
  const char *name = guitu_json_string (station, "name");
  g_autoptr (GString) words = g_string_new (guitu_json_string (station, "code"));
  g_autofree char *region = guitu_json_words (station, "station.region");
  g_autofree char *fingerprint = g_strdup_printf (_ ("fingerprint %s"), guitu_json_string (station, "fingerprint"));
  g_autofree char *export = g_strdup_printf (_ ("Write a bundle for %s"), name);
  GtkWidget *row;

  guitu_json_join (words, region);
  guitu_json_join (words, guitu_json_string (station, "phone"));
  if (guitu_json_text (station, "fingerprint") != NULL)
    guitu_json_join (words, fingerprint);
  row = guitu_section_row_new (name, words->str);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
  guitu_settings_row_add_text (row, guitu_json_string (station, "heard"), guitu_json_flag (station, "is_old") ? "warning" : "dim-label");
  if (guitu_json_flag (station, "may_export"))
    guitu_settings_row_add_button (row, _ ("Bundle…"), export, "page.export", guitu_json_string (station, "code"));
  return row;
}

static JsonObject *
news_of (JsonObject *status, const char *code)
{
  JsonArray *stations = guitu_json_array (status, "stations");

  for (guint i = 0; stations != NULL && i < json_array_get_length (stations); i++)
    if (g_str_equal (guitu_json_string (json_array_get_object_element (stations, i), "station"), code))
      return json_array_get_object_element (stations, i);
  return NULL;
}

/* (nullable): nothing was heard */
static char *
heard_words (JsonObject *news)
{
  const char *heard_at = guitu_json_text (news, "heard_at");
  g_autofree char *age = guitu_hub_age_words (heard_at);

  if (heard_at == NULL)
    return NULL;
  return g_strdup_printf (guitu_json_flag (news, "is_old") ? _ ("Last heard %s: may be out of date") : _ ("Last heard %s"), age);
}

static void
describe (JsonObject *station, JsonObject *status)
{
  JsonObject *news = news_of (status, guitu_json_string (station, "code"));
  g_autofree char *words = heard_words (news);

  if (words != NULL)
    json_object_set_string_member (station, "heard", words);
  else if (guitu_json_text (status, "hub") != NULL)
    json_object_set_string_member (station, "heard", _ ("Nothing heard over the hub yet"));
  json_object_set_boolean_member (station, "is_old", guitu_json_flag (news, "is_old"));
}

JsonArray *
guitu_stations_describe (JsonArray *known, JsonObject *status, const char *own, gboolean may_export)
{
  JsonArray *stations = json_array_new ();

  for (guint i = 0; known != NULL && i < json_array_get_length (known); i++)
    {
      JsonObject *station = json_array_get_object_element (known, i);

      if (g_str_equal (guitu_json_string (station, "code"), own))
        continue;
      describe (station, status);
      json_object_set_boolean_member (station, "may_export", may_export);
      json_array_add_object_element (stations, json_object_ref (station));
    }
  return stations;
}

/* --- Desks ----------------------------------------------------------------------------------- */

GtkWidget *
guitu_desk_row (JsonObject *desk)
{
  g_autofree char *title = g_strdup_printf (_ ("Desk %u"), (guint) guitu_json_integer (desk, "desk", 0));
  g_autofree char *ended = guitu_moment_from_iso (guitu_json_text (desk, "ended_at"));
  gboolean is_ended = guitu_json_flag (desk, "ended");
  gboolean is_this = guitu_json_flag (desk, "this");
  g_autofree char *words = is_ended  ? g_strdup_printf (_ ("Ended %s"), ended)
                           : is_this ? NULL
                                     : heard_words (desk);
  g_autofree char *end = g_strdup_printf (_ ("End %s"), title);
  g_autofree char *target = g_strdup_printf ("%s %s", guitu_json_string (desk, "id"), title);
  GtkWidget *row = guitu_section_row_new (title, guitu_json_string (desk, "reason"));

  guitu_settings_row_add_text (row, words == NULL ? "" : words, !is_ended && guitu_json_flag (desk, "is_old") ? "warning" : "dim-label");
  guitu_settings_row_add_text (row, is_this ? _ ("This computer") : "", "mark");
  if (guitu_json_flag (desk, "may_revoke"))
    guitu_settings_row_add_button (row, _ ("End…"), end, "page.revoke-desk", target);
  return row;
}

JsonArray *
guitu_desks_of (JsonArray *desks, const char *own, gboolean may_revoke)
{
  JsonArray *found = json_array_new ();

  for (guint i = 0; desks != NULL && i < json_array_get_length (desks); i++)
    {
      JsonObject *desk = json_array_get_object_element (desks, i);

      if (!g_str_equal (guitu_json_string (desk, "station"), own))
        continue;
      json_object_set_boolean_member (desk, "may_revoke", may_revoke && !guitu_json_flag (desk, "this") && !guitu_json_flag (desk, "ended"));
      json_array_add_object_element (found, json_object_ref (desk));
    }
  return found;
}
