/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/house-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/names.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuituHousePane
{
  GuituSettingsPane parent_instance;

  GtkWidget *add;
  GtkWidget *add_first;
  GtkWidget *nothing;
  GPtrArray *zones; /* GuituSection, one for each code of the list "zone", and one for rooms without one */
  JsonArray *rooms;
};

G_DEFINE_FINAL_TYPE (GuituHousePane, guitu_house_pane, GUITU_TYPE_SETTINGS_PANE)

static const char *const room_fields[] = { "room.name", "room.zone", "room.sex", "room.beds", "room.closed_beds", "room.note", NULL };

/* --- Rows ------------------------------------------------------------------------------------ */

static char *
room_words (JsonObject *room)
{
  GString *words = g_string_new (NULL);
  guint n = guitu_json_count (room, "beds");
  g_autofree char *sex = guitu_json_words (room, "room.sex");
  g_autofree char *beds = g_strdup_printf (ngettext ("%u bed", "%u beds", n), n);
  g_autofree char *closed = NULL;

  guitu_json_join (words, sex);
  guitu_json_join (words, beds);
  if (guitu_json_text (room, "closed_beds") != NULL)
    closed = g_strdup_printf (_ ("not in use: %s"), guitu_json_string (room, "closed_beds"));
  guitu_json_join (words, closed != NULL ? closed : "");
  guitu_json_join (words, guitu_json_string (room, "note"));
  return g_string_free (words, FALSE);
}

static GtkWidget *
room_row (JsonObject *room)
{
  const char *name = guitu_json_string (room, "name");
  const char *id = guitu_json_string (room, "id");
  gboolean is_closed = g_str_equal (guitu_json_string (room, "state"), "disabled");
  g_autofree char *words = room_words (room);
  g_autofree char *use = g_strdup_printf (_ ("%d taken · %d free"), (int) guitu_json_integer (room, "taken", 0),
                                          (int) guitu_json_integer (room, "free", 0));
  g_autofree char *edit = g_strdup_printf (_ ("Edit Room %s"), name);
  g_autofree char *close = g_strdup_printf (is_closed ? _ ("Open Room %s") : _ ("Close Room %s"), name);
  GtkWidget *row = guitu_section_row_new (name, words);

  guitu_settings_row_add_text (row, is_closed ? _ ("Closed") : "", "mark");
  guitu_settings_row_add_text (row, use, "dim-label");
  if (!guitu_json_flag (room, "may_edit") || *id == '\0')
    return row;
  guitu_settings_row_add_button (row, _ ("Edit…"), edit, "settings.edit-room", id);
  guitu_settings_row_add_button (row, is_closed ? _ ("Open") : _ ("Close"), close,
                                 is_closed ? "settings.open-room" : "settings.close-room", id);
  return row;
}

/* --- Reading --------------------------------------------------------------------------------- */

static JsonArray *
rooms_of_zone (GuituHousePane *self, const char *zone)
{
  JsonArray *rooms = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->rooms); i++)
    {
      JsonObject *room = json_array_get_object_element (self->rooms, i);

      if (strcmp (guitu_json_string (room, "zone"), zone) == 0)
        json_array_add_object_element (rooms, json_object_ref (room));
    }
  return rooms;
}

static void
rooms_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituHousePane *self = owner;
  const GuituCode *const *codes = guitu_codes_list ("zone", NULL);
  gboolean may = guitu_settings_pane_may (GUITU_SETTINGS_PANE (self), "house add");

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  guitu_settings_pane_mark (GUITU_SETTINGS_PANE (self), results, "house edit");
  g_clear_pointer (&self->rooms, json_array_unref);
  self->rooms = json_array_ref (results);
  for (guint i = 0; i < self->zones->len; i++)
    {
      g_autoptr (JsonArray) rooms = rooms_of_zone (self, codes[i] != NULL ? codes[i]->code : "");

      guitu_section_fill (self->zones->pdata[i], rooms);
    }
  gtk_widget_set_visible (self->nothing, json_array_get_length (results) == 0);
  gtk_widget_set_visible (self->add, may && json_array_get_length (results) > 0);
  gtk_widget_set_visible (self->add_first, may);
}

static void
guitu_house_pane_load (GuituSettingsPane *pane)
{
  guitu_settings_pane_read (pane, "house show", NULL, rooms_read);
}

static void
guitu_house_pane_cleared (GuituPage *page)
{
  GuituHousePane *self = GUITU_HOUSE_PANE (page);

  g_clear_pointer (&self->rooms, json_array_unref);
  for (guint i = 0; i < self->zones->len; i++)
    guitu_section_fill (self->zones->pdata[i], NULL);
}

/* --- Acts ------------------------------------------------------------------------------------ */

static void
on_add_room (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Add Room"),
                                                   _ ("_Add"), "house add", room_fields);

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "closed_beds"), _ ("Numbers of beds, such as 3, 4"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The beds that "house show" lists are a number in the record. */
static JsonObject *
room_to_load (JsonObject *room)
{
  static const char *const texts[] = { "name", "zone", "sex", "closed_beds", "note" };
  JsonObject *record = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    guitu_json_set (record, texts[i], guitu_json_text (room, texts[i]));
  json_object_set_int_member (record, "beds", guitu_json_count (room, "beds"));
  return record;
}

static void
on_edit_room (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuituHousePane *self = GUITU_HOUSE_PANE (widget);
  JsonObject *room = guitu_settings_find (self->rooms, g_variant_get_string (parameter, NULL));
  g_autoptr (JsonObject) record = room != NULL ? room_to_load (room) : NULL;
  GuituFormDialog *dialog;

  if (room == NULL)
    return;
  dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (self)), _ ("Edit Room"), _ ("_Save"), "house edit", room_fields);
  guitu_form_dialog_set_option (dialog, "room", guitu_json_string (room, "id"));
  guitu_form_dialog_load (dialog, record);
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "closed_beds"), _ ("Numbers of beds, such as 3, 4"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
state_set (gpointer owner, JsonArray *results, GError *error)
{
  if (error != NULL)
    guitu_error_show (GTK_WIDGET (owner), error);
}

static void
on_set_state (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "room", g_variant_get_string (parameter, NULL));
  json_object_set_string_member (input, "state", g_str_equal (action, "settings.close-room") ? "disabled" : "active");
  guitu_call (guitu_page_get_station (GUITU_PAGE (widget)), "house edit", input, NULL, widget, state_set);
}

/* --- Construction ---------------------------------------------------------------------------- */

static void
guitu_house_pane_dispose (GObject *object)
{
  GuituHousePane *self = GUITU_HOUSE_PANE (object);

  g_clear_pointer (&self->zones, g_ptr_array_unref);
  g_clear_pointer (&self->rooms, json_array_unref);
  G_OBJECT_CLASS (guitu_house_pane_parent_class)->dispose (object);
}

static void
guitu_house_pane_class_init (GuituHousePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guitu_house_pane_dispose;
  GUITU_PAGE_CLASS (klass)->cleared = guitu_house_pane_cleared;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_house_pane_load;
  gtk_widget_class_install_action (widget_class, "settings.add-room", NULL, on_add_room);
  gtk_widget_class_install_action (widget_class, "settings.edit-room", "s", on_edit_room);
  gtk_widget_class_install_action (widget_class, "settings.close-room", "s", on_set_state);
  gtk_widget_class_install_action (widget_class, "settings.open-room", "s", on_set_state);
}

static GtkWidget *
build_nothing (GuituHousePane *self)
{
  GtkWidget *status = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "user-home-symbolic", "title", _ ("No Rooms Yet"),
                                    "description", _ ("Add the rooms with their zones and beds: then a bed can be given at admission, and the rules of who may sleep where are kept."),
                                    "visible", FALSE, NULL);

  self->add_first = g_object_new (GTK_TYPE_BUTTON, "label", _ ("_Add Room…"), "use-underline", TRUE, "halign", GTK_ALIGN_CENTER,
                                  "action-name", "settings.add-room", NULL);
  gtk_widget_add_css_class (self->add_first, "pill");
  gtk_widget_add_css_class (self->add_first, "suggested-action");
  guitu_name_buttons (self->add_first);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), self->add_first);
  return status;
}

static void
guitu_house_pane_init (GuituHousePane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);
  const GuituCode *const *codes = guitu_codes_list ("zone", NULL);

  guitu_settings_pane_describe (pane, _ ("House"), _ ("Rooms and beds by zone. A bed is called by its room and number, such as 101-3."));
  self->add = guitu_settings_pane_add_button (pane, _ ("_Add Room…"), "settings.add-room");
  self->zones = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (self->zones, guitu_settings_pane_add_section (pane, guitu_code_label ("zone", codes[i]->code), NULL, room_row));
  g_ptr_array_add (self->zones, guitu_settings_pane_add_section (pane, _ ("Beds in use that belong to no room"), NULL, room_row));
  self->nothing = build_nothing (self);
  guitu_settings_pane_add (pane, self->nothing);
}
