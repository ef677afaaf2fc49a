/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is here, where, and what is to be known about them, at a glance. */

#include "app/house.h"
#include "app/verbs.h"

#include <string.h>

typedef struct
{
  const char *zone;
  const char *flag;
  const char *where;
} Filter;

static gboolean
take_code (GuituCall *call,
           const char *option,
           const char *list,
           const char **code,
           GError **error)
{
  const char *text = guitu_call_text (call, option);
  const GuituCode *found = text == NULL ? NULL : guitu_codes_parse (list, text);

  if (text != NULL && found == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", option, "“%s” is not one of the codes of %s", text, list);
  *code = found == NULL ? NULL : found->code;
  return TRUE;
}

static gboolean
is_shown (const GuituHouse *house,
          const GuituHouseGuest *guest,
          const Filter *filter)
{
  g_auto (GStrv) flags = NULL;

  if (filter->zone != NULL && g_strcmp0 (guitu_house_zone (house, guest), filter->zone) != 0)
    return FALSE;
  if (filter->where != NULL && strcmp (guitu_stay_where (guest->stay), filter->where) != 0)
    return FALSE;
  if (filter->flag == NULL)
    return TRUE;
  flags = guitu_house_flags (house, guest);
  return g_strv_contains ((const char *const *) flags, filter->flag);
}

/* Who has no bed comes first: they wait for one, the last arrived on top. Then bed by bed. */
static int
compare_guests (gconstpointer a,
                gconstpointer b,
                gpointer data)
{
  const GuituHouse *house = data;
  const GuituHouseGuest *first = *(GuituHouseGuest *const *) a;
  const GuituHouseGuest *second = *(GuituHouseGuest *const *) b;
  int zones;

  if ((first->bed == NULL) != (second->bed == NULL))
    return first->bed == NULL ? -1 : 1;
  if (first->bed == NULL)
    return strcmp (guitu_record_text (second->stay, GUITU_STAY_ARRIVED_AT), guitu_record_text (first->stay, GUITU_STAY_ARRIVED_AT));
  zones = (int) guitu_house_find_room (house, first->bed)->room.zone - (int) guitu_house_find_room (house, second->bed)->room.zone;
  return zones != 0 ? zones : guitu_natural_compare (first->bed, second->bed);
}

/* How many things each stay has in keeping. */
static GHashTable *
count_belongings (GuituTransaction *transaction,
                  GError **error)
{
  g_autoptr (GPtrArray) held = guitu_belongings_held (transaction, error);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (held == NULL)
    return NULL;
  for (guint i = 0; i < held->len; i++)
    {
      const char *stay = guitu_record_text (held->pdata[i], GUITU_BELONGING_STAY);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, stay));

      g_hash_table_insert (counts, g_strdup (stay), GUINT_TO_POINTER (n + 1));
    }
  return g_steal_pointer (&counts);
}

static JsonObject *
guest_to_json (const GuituHouse *house,
               const GuituHouseGuest *guest,
               GHashTable *belongings)
{
  JsonObject *json = guitu_stay_to_json (guest->stay);
  const GuituHouseRoom *room = guest->bed == NULL ? NULL : guitu_house_find_room (house, guest->bed);
  const char *zone = guitu_house_zone (house, guest);
  g_auto (GStrv) flags = guitu_house_flags (house, guest);
  g_auto (GStrv) conflicts = guitu_bed_rule_codes (guitu_house_conflicts (house, guest));

  json_object_set_string_member (json, "where", guitu_stay_where (guest->stay));
  if (room != NULL)
    json_object_set_string_member (json, "room", room->name);
  if (zone != NULL)
    json_object_set_string_member (json, "zone", zone);
  json_object_set_boolean_member (json, "expected", guitu_house_expects (guest));
  json_object_set_array_member (json, "flags", guitu_strv_to_json (flags));
  json_object_set_array_member (json, "conflicts", guitu_strv_to_json (conflicts));
  json_object_set_int_member (json, "belongings_held", GPOINTER_TO_UINT (g_hash_table_lookup (belongings, guitu_record_id (guest->stay))));
  json_object_set_object_member (json, "person", guitu_person_to_json (guest->person, FALSE));
  return json;
}

static guint
count (const GuituHouse *house,
       const Filter *filter)
{
  guint n = 0;

  for (guint i = 0; i < house->guests->len; i++)
    n += is_shown (house, g_ptr_array_index (house->guests, i), filter);
  return n;
}

static JsonObject *
totals_to_json (const GuituHouse *house)
{
  JsonObject *json = json_object_new ();
  guint men = 0;
  guint women = 0;

  for (guint i = 0; i < house->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (house->guests, i);

      men += guest->guest.sex == '1';
      women += guest->guest.sex == '2';
    }
  json_object_set_int_member (json, "men", men);
  json_object_set_int_member (json, "women", women);
  json_object_set_int_member (json, "minors", count (house, &(Filter){ .flag = "minor" }));
  json_object_set_int_member (json, "hospital", count (house, &(Filter){ .where = "hospital" }));
  json_object_set_int_member (json, "leave", count (house, &(Filter){ .where = "leave" }));
  json_object_set_int_member (json, "missing", count (house, &(Filter){ .where = "missing" }));
  json_object_set_int_member (json, "free_beds", guitu_house_count_free (house));
  return json;
}

static gboolean
run_board (GuituCall *call,
           GError **error)
{
  Filter filter = { 0 };
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituHouse) house = NULL;
  g_autoptr (GHashTable) belongings = NULL;
  g_autofree char *now = guitu_now ();
  JsonArray *array;
  JsonObject *result;

  if (!take_code (call, "zone", "zone", &filter.zone, error) || !take_code (call, "flag", "board_flag", &filter.flag, error) ||
      !take_code (call, "where", "where", &filter.where, error))
    return FALSE;
  transaction = guitu_call_read (call, error);
  house = transaction == NULL ? NULL : guitu_house_load (transaction, error);
  belongings = house == NULL ? NULL : count_belongings (transaction, error);
  if (belongings == NULL)
    return FALSE;
  g_ptr_array_sort_with_data (house->guests, compare_guests, house);
  array = json_array_new ();
  for (guint i = 0; i < house->guests->len; i++)
    if (is_shown (house, g_ptr_array_index (house->guests, i), &filter))
      json_array_add_object_element (array, guest_to_json (house, g_ptr_array_index (house->guests, i), belongings));
  result = json_object_new ();
  json_object_set_int_member (result, "count", json_array_get_length (array));
  json_object_set_array_member (result, "stays", array);
  json_object_set_object_member (result, "totals", totals_to_json (house));
  json_object_set_string_member (result, "as_of", now);
  guitu_call_emit (call, result);
  return TRUE;
}

static const GuituOption board_options[] = {
  { "zone", GUITU_OPTION_TEXT, FALSE, "only this zone (codes zone)" },
  { "flag", GUITU_OPTION_TEXT, FALSE, "only who has this flag (codes board_flag)" },
  { "where", GUITU_OPTION_TEXT, FALSE, "only who is there (codes where)" },
  { NULL },
};

const GuituVerb guitu_verb_stay_board = {
  "stay board", "List who is in the station", GUITU_VERB_PLAIN, board_options, NULL, run_board
};
