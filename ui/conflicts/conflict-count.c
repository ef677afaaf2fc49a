/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/conflicts/conflict-count.h"

#include "ui/calls.h"
#include "ui/widgets/json.h"
#include "ui/widgets/place-row.h"

#define STATION "guitu-station"

static void
counted (gpointer owner, JsonArray *results, GError *error)
{
  if (error == NULL) /* else the same trouble as the page has, which says it */
    guitu_place_row_set_count (owner, guitu_json_integer (guitu_call_first (results), "fields", 0));
}

static void
update (GtkListBoxRow *place)
{
  GuituStation *station = g_object_get_data (G_OBJECT (place), STATION);
  JsonObject *input;

  if (guitu_station_user (station) == NULL || !guitu_station_may (station, "conflict list"))
    return;
  input = json_object_new ();
  json_object_set_boolean_member (input, "count", TRUE);
  guitu_call (station, "conflict list", input, NULL, place, counted);
}

void
guitu_conflict_count_watch (GtkListBoxRow *place, GuituStation *station)
{
  g_object_set_data_full (G_OBJECT (place), STATION, g_object_ref (station), g_object_unref);
  g_signal_connect (place, "map", G_CALLBACK (update), NULL);
  g_signal_connect_object (station, "changed", G_CALLBACK (update), place, G_CONNECT_SWAPPED);
}
