/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/person/bed-list.h"

#include "ui/widgets/json.h"

#include <glib/gi18n.h>

/* Who sleeps in the room, and how many of its beds are taken. */
static char *
describe_room (JsonObject *room)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *zone = guitu_json_words (room, "room.zone");
  g_autofree char *taken = NULL;
  JsonArray *beds = guitu_json_array (room, "beds");
  guint n = json_array_get_length (beds);

  for (guint i = 0; i < n; i++)
    {
      const char *name = guitu_json_text (json_array_get_object_element (beds, i), "display_name");

      if (name != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", name);
    }
  taken = g_strdup_printf (_ ("%d of %d taken"), (int) guitu_json_integer (room, "taken", 0), (int) n);
  guitu_json_join (words, zone);
  guitu_json_join (words, taken);
  guitu_json_join (words, names->str);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
describe_rules (JsonObject *bed)
{
  g_autoptr (GString) words = g_string_new (NULL);
  JsonArray *rules = guitu_json_array (bed, "rules");
  guint n = rules != NULL ? json_array_get_length (rules) : 0;

  for (guint i = 0; i < n; i++)
    guitu_json_join (words, guitu_code_label ("bed_rule", json_array_get_string_element (rules, i)));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static JsonObject *
describe_bed (JsonObject *bed, const char *about)
{
  g_autofree char *rules = describe_rules (bed);
  g_autoptr (GString) words = g_string_new (guitu_json_string (bed, "bed"));
  JsonObject *item = json_object_new ();

  guitu_json_join (words, *rules != '\0' ? rules : _ ("fits"));
  guitu_json_join (words, about);
  guitu_json_set (item, "bed", guitu_json_text (bed, "bed"));
  guitu_json_set (item, "about", about);
  guitu_json_set (item, "rules", rules);
  guitu_json_set (item, "words", words->str);
  return item;
}

static void
add_room (JsonObject *room, JsonArray *fitting, JsonArray *others)
{
  g_autofree char *about = describe_room (room);
  JsonArray *beds = guitu_json_array (room, "beds");
  guint n = json_array_get_length (beds);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *bed = json_array_get_object_element (beds, i);
      JsonObject *item;

      if (!g_str_equal (guitu_json_string (bed, "state"), "free"))
        continue;
      item = describe_bed (bed, about);
      json_array_add_object_element (guitu_json_text (item, "rules") == NULL ? fitting : others, item);
    }
}

JsonArray *
guitu_bed_list (JsonArray *rooms)
{
  JsonArray *fitting = json_array_new ();
  g_autoptr (JsonArray) others = json_array_new ();
  guint n = rooms != NULL ? json_array_get_length (rooms) : 0;

  for (guint i = 0; i < n; i++)
    add_room (json_array_get_object_element (rooms, i), fitting, others);
  n = json_array_get_length (others);
  for (guint i = 0; i < n; i++)
    json_array_add_object_element (fitting, json_object_ref (json_array_get_object_element (others, i)));
  return fitting;
}
