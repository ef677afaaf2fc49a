/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings/calendar-pane.h"

#include "ui/calls.h"
#include "ui/errors.h"
#include "ui/widgets/json.h"
#include "ui/widgets/moment.h"

#include <glib/gi18n.h>

#define FIRST_YEAR 2018 /* the program knows no earlier notices */
#define YEARS_AHEAD 2

struct _GuituCalendarPane
{
  GuituSettingsPane parent_instance;

  GtkSpinButton *year;
  GtkWidget *set;
  GtkWidget *unknown;
  GuituSection *days;
};

G_DEFINE_FINAL_TYPE (GuituCalendarPane, guitu_calendar_pane, GUITU_TYPE_SETTINGS_PANE)

static GtkWidget *
day_row (JsonObject *day)
{
  const char *from = guitu_json_string (day, "day");
  const char *to = guitu_json_string (day, "to");
  gboolean works = guitu_json_flag (day, "works");
  g_autofree char *days = g_str_equal (from, to) ? g_strdup (from) : g_strdup_printf (_ ("%s to %s"), from, to);
  GString *title = g_string_new (days);
  g_autofree char *name = NULL;
  GtkWidget *row;

  guitu_json_join (title, guitu_json_string (day, "name"));
  name = g_string_free (title, FALSE);
  row = guitu_section_row_new (name, guitu_json_string (day, "citation"));
  guitu_settings_row_add_text (row, g_str_equal (guitu_json_string (day, "source"), "station") ? _ ("Set by this station") : "", "mark");
  guitu_settings_row_add_text (row, works ? _ ("Working day") : _ ("Holiday"), works ? "warning" : "success");
  return row;
}

static gboolean
is_next_day (const char *day, const char *next)
{
  GDate date, after;

  g_date_clear (&date, 1);
  g_date_clear (&after, 1);
  g_date_set_parse (&date, day);
  g_date_set_parse (&after, next);
  return g_date_valid (&date) && g_date_valid (&after) && g_date_days_between (&date, &after) == 1;
}

static gboolean
continues (JsonObject *before, JsonObject *day)
{
  static const char *const same[] = { "name", "citation", "source" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    if (!g_str_equal (guitu_json_string (before, same[i]), guitu_json_string (day, same[i])))
      return FALSE;
  return guitu_json_flag (before, "works") == guitu_json_flag (day, "works") &&
         is_next_day (guitu_json_string (before, "to"), guitu_json_string (day, "day"));
}

/* Days of one holiday that follow one another are one row. */
static JsonArray *
joined_days (JsonArray *days)
{
  JsonArray *joined = json_array_new ();
  JsonObject *last = NULL;

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    {
      JsonObject *day = json_array_get_object_element (days, i);

      if (last != NULL && continues (last, day))
        {
          json_object_set_string_member (last, "to", guitu_json_string (day, "day"));
          continue;
        }
      json_object_set_string_member (day, "to", guitu_json_string (day, "day"));
      json_array_add_object_element (joined, json_object_ref (day));
      last = day;
    }
  return joined;
}

static void
calendar_read (gpointer owner, JsonArray *results, GError *error)
{
  GuituCalendarPane *self = owner;
  JsonObject *calendar = guitu_call_first (results);
  g_autoptr (JsonArray) days = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      guitu_error_show (GTK_WIDGET (self), error);
      return;
    }
  days = joined_days (guitu_json_array (calendar, "days"));
  guitu_section_fill (self->days, days);
  text = g_strdup_printf (_ ("The holiday notice of %d is not here yet. Deadlines in working days count Mondays to Fridays until its days are entered."),
                          (int) guitu_json_integer (calendar, "year", 0));
  gtk_label_set_text (GTK_LABEL (self->unknown), text);
  gtk_widget_set_visible (self->unknown, !guitu_json_flag (calendar, "known"));
  gtk_widget_set_visible (self->set, guitu_settings_pane_may (GUITU_SETTINGS_PANE (self), "calendar set"));
}

static void
guitu_calendar_pane_load (GuituSettingsPane *pane)
{
  GuituCalendarPane *self = GUITU_CALENDAR_PANE (pane);
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "year", gtk_spin_button_get_value_as_int (self->year));
  guitu_settings_pane_read (GUITU_SETTINGS_PANE (self), "calendar show", input, calendar_read);
}

static void
on_year_changed (GuituCalendarPane *self)
{
  if (guitu_page_get_station (GUITU_PAGE (self)) != NULL)
    guitu_settings_pane_load (GUITU_SETTINGS_PANE (self));
}

static void
on_set_day (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const fields[] = { "calendar_day.day", "calendar_day.works", "calendar_day.name", "calendar_day.citation", NULL };
  GuituFormDialog *dialog = guitu_form_dialog_new (widget, guitu_page_get_station (GUITU_PAGE (widget)), _ ("Set a Day"), _ ("_Set"),
                                                   "calendar set", fields);

  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "day"), _ ("A day, such as 2027-01-01; one that is set already is replaced"));
  guitu_field_row_set_hint (guitu_form_dialog_row (dialog, "citation"), _ ("The notice that says so, with its number"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
guitu_calendar_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GUITU_CALENDAR_PANE (widget)->year));
}

static void
guitu_calendar_pane_class_init (GuituCalendarPaneClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = guitu_calendar_pane_grab_focus;
  GUITU_SETTINGS_PANE_CLASS (klass)->load = guitu_calendar_pane_load;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "settings.set-day", NULL, on_set_day);
}

static void
guitu_calendar_pane_init (GuituCalendarPane *self)
{
  GuituSettingsPane *pane = GUITU_SETTINGS_PANE (self);
  GDate today = guitu_moment_today ();
  int year = g_date_get_year (&today);

  guitu_settings_pane_describe (pane, _ ("Calendar"), _ ("Days that are not as the week says: holidays, and days worked in exchange. Deadlines in working days count by it."));
  self->year = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (FIRST_YEAR, year + YEARS_AHEAD, 1));
  gtk_spin_button_set_value (self->year, year);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->year), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Year"), -1);
  g_signal_connect_object (self->year, "value-changed", G_CALLBACK (on_year_changed), self, G_CONNECT_SWAPPED);
  guitu_settings_pane_add_control (pane, GTK_WIDGET (self->year));
  self->set = guitu_settings_pane_add_button (pane, _ ("_Set a Day…"), "settings.set-day");
  self->unknown = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->unknown), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->unknown), 0);
  gtk_widget_add_css_class (self->unknown, "notice");
  gtk_widget_set_visible (self->unknown, FALSE);
  guitu_settings_pane_add (pane, self->unknown);
  self->days = guitu_settings_pane_add_section (pane, _ ("Holidays and days worked in exchange"), _ ("No days are entered for this year."), day_row);
}
