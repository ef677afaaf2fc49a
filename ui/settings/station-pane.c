/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/station-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"

#include <glib/gi18n.h>

struct _GuituStationPane
{
  GuituSettingsPane parent_instance;

  GtkWidget *edit;
  GuituSection *details;
  JsonObject *shown;
};

G_DEFINE_FINAL_TYPE (GuituStationPane, guitu_station_pane, GUITU_TYPE_SETTINGS_PANE)

static GtkWidget *
detail_row (JsonObject *detail)
{
  const char *value = guitu_json_text (detail, "value");
  GtkWidget *row = guitu_section_row_new (guitu_json_string (detail, "label"), value != NULL ? value : _ ("Not filled in"));

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
add_detail (JsonArray *details, const char *label, const char *value)
{
  JsonObject *detail = json_object_new ();

  json_object_set_string_member (detail, "label", label);
  guitu_json_set (detail, "value", value);
  json_array_add_object_element (details, detail);
}

static void
station_read (gpointer owner, JsonArray *results, GError *error)
{
  static const char *const paths[] = { "station.name", "station.code", "station.region", "station.address", "station.phone", "station.complaints" };
  GuituStationPane *self = owner;
  JsonObject *station = guitu_call_first (results);
  g_autoptr (JsonArray) details = json_array_new ();
  g_autofree char *desk = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *words = guitu_json_words (station, paths[i]);

      add_detail (details, guitu_field_label (guitu_json_field (paths[i], NULL)), words);
    }
  desk = g_strdup_printf ("%d", (int) guitu_json_integer (station, "desk", 0));
  add_detail (details, _ ("Fingerprint of the keys"), guitu_json_string (station, "fingerprint"));
  add_detail (details, _ ("This desk"), desk);
  guitu_section_fill (self->details, details);
  g_clear_pointer (&self->shown, json_object_unref);
  self->shown = json_object_ref (station);
  gtk_widget_set_visible (self->edit, guitu_settings_pane_may (GUITU_SETTINGS_PANE (self), "station edit"));
}

static void
guitu_station_pane_load (GuituSettingsPane *pane)
{
  guitu_settings_pane_read (pane, "station show", NULL, station_read);
}

static void
on_edit_station (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "station.name", "station.region", "station.address", "station.phone", "station.complaints", NULL };
  GuituStationPane *self = GUITU_STATION_PANE (widget);
  GuituFormDialog *dialog;

  if (self->shown == NULL)
    return;
  dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (self)), _ ("Edit Station"), _ ("_Save"), "station edit", fields);
  guitu_form_dialog_load (dialog, self->shown);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
guitu_station_pane_dispose (GObject *object)
{
  g_clear_pointer (&GUITU_STATION_PANE (object)->shown, json_object_unref);
  G_OBJECT_CLASS (guitu_station_pane_parent_class)->dispose (object);
}

static void
guitu_station_pane_class_init (GuituStationPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guitu_station_pane_dispose;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_station_pane_load;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "settings.edit-station", NULL, on_edit_station);
}

static void
guitu_station_pane_init (GuituStationPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);

  guitu_settings_pane_describe (pane, _ ("This Station"), _ ("What papers and the station's card say. Papers that are issued already stay as they were printed."));
  self->edit = guitu_settings_pane_add_button (pane, _ ("_Edit…"), "settings.edit-station");
  self->details = guitu_settings_pane_add_section (pane, _ ("Details"), NULL, detail_row);
}
