/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/places.h"

#include "ui/board/board-page.h"
#include "ui/conflicts/conflict-count.h"
#include "ui/conflicts/conflicts-page.h"
#include "ui/duty/duty-page.h"
#include "ui/intake/intake-page.h"
#include "ui/list/list-page.h"
#include "ui/papers/register-page.h"
#include "ui/papers/verify-page.h"
#include "ui/person/person-page.h"
#include "ui/settings/settings-page.h"
#include "ui/shift/shift-page.h"
#include "ui/stations/stations-page.h"
#include "ui/tracing/tracing-page.h"
#include "ui/transfers/transfers-page.h"
#include "ui/widgets/place-row.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *title;
  const char *icon;
  const char *keys;
} places[] = {
  { "duty", N_ ("Duty"), "alarm-symbolic", "1" },
  { "intake", N_ ("Intake Desk"), "document-edit-symbolic", "2" },
  { "board", N_ ("In the Station"), "view-list-symbolic", "3" },
  { "shift", N_ ("Hand-over of Shift"), "system-users-symbolic", "4" },
  { "verify", N_ ("Verify a Paper"), "security-high-symbolic", "5" },
  { "papers", N_ ("Papers"), "x-office-document-symbolic", "6" },
  { "settings", N_ ("Settings"), "emblem-system-symbolic", "7" },
  { "conflicts", N_ ("Conflicts"), "view-dual-symbolic", "8" },
  { "stations", N_ ("Other Stations"), "network-workgroup-symbolic", "9" },
  { "list", N_ ("Prompt List"), "dialog-information-symbolic", "0" },
  { "transfers", N_ ("Ways Home and Escorts"), "mark-location-symbolic", "J" },
  { "tracing", N_ ("Finding Families"), "edit-find-symbolic", "G" },
};

void
guitu_places_fill (GtkListBox *list, GuituStation *station)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *row = guitu_place_row_new (_ (places[i].title), places[i].icon, places[i].keys);

      gtk_list_box_append (list, row);
      if (g_str_equal (places[i].name, "conflicts"))
        guitu_conflict_count_watch (GTK_LIST_BOX_ROW (row), station);
      if (g_str_equal (places[i].name, "list"))
        guitu_list_page_name_place (GTK_LIST_BOX_ROW (row), station);
    }
}

void
guitu_places_select (GtkListBox *list, const char *name)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, i));
}

const char *
guitu_places_name (GtkListBoxRow *row)
{
  return places[gtk_list_box_row_get_index (row)].name;
}

/* Pages are built when they are first needed: the log-in page is there sooner for it. */
GtkWidget *
guitu_places_page (GtkStack *stack, const char *name, GuituStation *station)
{
  const struct
  {
    const char *name;
    GType type;
  } pages[] = {
    { "duty", GUITU_TYPE_DUTY_PAGE },
    { "intake", GUITU_TYPE_INTAKE_PAGE },
    { "board", GUITU_TYPE_BOARD_PAGE },
    { "shift", GUITU_TYPE_SHIFT_PAGE },
    { "verify", GUITU_TYPE_VERIFY_PAGE },
    { "settings", GUITU_TYPE_SETTINGS_PAGE },
    { "papers", GUITU_TYPE_REGISTER_PAGE },
    { "person", GUITU_TYPE_PERSON_PAGE },
    { "conflicts", GUITU_TYPE_CONFLICTS_PAGE },
    { "stations", GUITU_TYPE_STATIONS_PAGE },
    { "list", GUITU_TYPE_LIST_PAGE },
    { "transfers", GUITU_TYPE_TRANSFERS_PAGE },
    { "tracing", GUITU_TYPE_TRACING_PAGE },
  };
  GtkWidget *page = gtk_stack_get_child_by_name (stack, name);

  for (gsize i = 0; page == NULL && i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      {
        page = g_object_new (pages[i].type, "station", station, NULL);
        gtk_stack_add_named (stack, page, name);
      }
  return page;
}
