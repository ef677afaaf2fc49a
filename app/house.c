/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The house in memory. It is small, a few hundred people, and read whole: which beds are free, who
 * sleeps beside whom and what is broken follow without another query. */

#include "app/house.h"
#include "app/links.h"
#include "app/rules.h"
#include "app/situation.h"

#include <string.h>

/* --- People ---------------------------------------------------------------------------------- */

gboolean
guitu_person_may_be_minor (const GuituRecord *person,
                           const char *date)
{
  int least, greatest;

  return guitu_person_age (person, date, &least, &greatest) && least < guitu_rules_integer ("minor_age_years", date);
}

static gboolean
may_be_adult (const GuituRecord *person,
              const char *date)
{
  int least, greatest;

  return !guitu_person_age (person, date, &least, &greatest) || greatest >= guitu_rules_integer ("minor_age_years", date);
}

const char *
guitu_stay_where (const GuituRecord *stay)
{
  const char *where = guitu_record_text (stay, GUITU_STAY_WHERE);

  return where == NULL ? "house" : where;
}

GuituBedGuest
guitu_bed_guest (const GuituRecord *stay,
                 const GuituRecord *person,
                 const char *bed,
                 const char *today)
{
  const char *sex = guitu_record_text (person, GUITU_PERSON_SEX);

  return (GuituBedGuest){
    .sex = sex == NULL ? '0' : sex[0],
    .may_be_minor = guitu_person_may_be_minor (person, today),
    .may_be_adult = may_be_adult (person, today),
    .is_infectious = guitu_record_says (person, GUITU_PERSON_HEALTH, "infectious"),
    .family = guitu_record_text (stay, GUITU_STAY_FAMILY),
    .bed = bed,
  };
}

/* --- Rooms ----------------------------------------------------------------------------------- */

static void
free_guest (gpointer data)
{
  GuituHouseGuest *guest = data;

  guitu_record_free (guest->stay);
  guitu_record_free (guest->person);
  g_free (guest->bed);
  g_free (guest);
}

static void
free_room (gpointer data)
{
  GuituHouseRoom *room = data;

  g_clear_pointer (&room->record, guitu_record_free);
  g_ptr_array_unref (room->guests);
  g_free (room->name);
  g_free (room);
}

void
guitu_house_free (GuituHouse *house)
{
  g_hash_table_unref (house->by_name);
  g_ptr_array_unref (house->rooms);
  g_ptr_array_unref (house->guests);
  g_free (house->today);
  g_free (house);
}

static guint64
read_closed_beds (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text == NULL ? "" : text, " ", -1);
  guint64 closed = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 number = g_ascii_strtoll (parts[i], NULL, 10);

      if (number >= 1 && number <= GUITU_BEDS_MAX)
        closed |= G_GUINT64_CONSTANT (1) << (number - 1);
    }
  return closed;
}

static GuituHouseRoom *
new_room (GuituHouse *house,
          const char *name)
{
  GuituHouseRoom *room = g_new0 (GuituHouseRoom, 1);

  room->name = g_strdup (name);
  room->guests = g_ptr_array_new ();
  room->room.is_declared = house->is_declared;
  g_ptr_array_add (house->rooms, room);
  g_hash_table_replace (house->by_name, room->name, room);
  return room;
}

GuituHouseRoom *
guitu_house_add_room (GuituHouse *house,
                      GuituRecord *record)
{
  GuituHouseRoom *room;
  const char *sex = guitu_record_text (record, GUITU_ROOM_SEX);

  house->is_declared = TRUE;
  room = new_room (house, guitu_record_text (record, GUITU_ROOM_NAME));
  room->record = record;
  room->room.is_closed = guitu_record_says (record, GUITU_ROOM_STATE, "disabled");
  room->room.zone = guitu_zone_parse (guitu_record_text (record, GUITU_ROOM_ZONE));
  room->room.sex = sex == NULL ? 0 : sex[0];
  room->room.n_beds = (int) guitu_record_integer (record, GUITU_ROOM_BEDS, 0);
  room->room.closed_beds = read_closed_beds (guitu_record_text (record, GUITU_ROOM_CLOSED_BEDS));
  return room;
}

GuituHouseRoom *
guitu_house_find_room (const GuituHouse *house,
                       const char *bed)
{
  int number;
  g_autofree char *name = guitu_bed_split (bed, &number);

  return g_hash_table_lookup (house->by_name, name);
}

const GuituHouseGuest *
guitu_house_find_guest (const GuituHouse *house,
                        const char *stay)
{
  for (guint i = 0; i < house->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (house->guests, i);

      if (strcmp (guitu_record_id (guest->stay), stay) == 0)
        return guest;
    }
  return NULL;
}

GuituHouseGuest *
guitu_house_add_guest (GuituHouse *house,
                       GuituRecord *stay,
                       GuituRecord *person)
{
  GuituHouseGuest *guest = g_new0 (GuituHouseGuest, 1);
  GuituHouseRoom *room;

  guest->stay = stay;
  guest->person = person;
  guest->bed = guitu_bed_normalise (guitu_record_text (stay, GUITU_STAY_BED));
  guest->guest = guitu_bed_guest (stay, person, guest->bed, house->today);
  g_ptr_array_add (house->guests, guest);
  if (guest->bed == NULL)
    return guest;
  room = guitu_house_find_room (house, guest->bed);
  if (room == NULL)
    {
      int number;
      g_autofree char *name = guitu_bed_split (guest->bed, &number);

      room = new_room (house, name);
    }
  g_ptr_array_add (room->guests, guest);
  return guest;
}

/* Rooms that nobody declared come last. */
static int
compare_rooms (gconstpointer a,
               gconstpointer b)
{
  const GuituHouseRoom *first = *(GuituHouseRoom *const *) a;
  const GuituHouseRoom *second = *(GuituHouseRoom *const *) b;

  if ((first->record == NULL) != (second->record == NULL))
    return first->record == NULL ? 1 : -1;
  if (first->room.zone != second->room.zone)
    return (int) first->room.zone - (int) second->room.zone;
  return guitu_natural_compare (first->name, second->name);
}

static void
sort_rooms (GuituHouse *house)
{
  g_ptr_array_sort (house->rooms, compare_rooms);
}

/* Takes the stay over, also when it fails. */
static gboolean
load_guest (GuituHouse *house,
            GuituTransaction *transaction,
            GuituRecord *stay,
            GError **error)
{
  GuituRecord *person = guitu_person_effective (transaction, guitu_record_text (stay, GUITU_STAY_PERSON), error);

  if (person != NULL)
    guitu_house_add_guest (house, stay, person);
  else
    guitu_record_free (stay);
  return person != NULL;
}

static gboolean
load_guests (GuituHouse *house,
             GuituTransaction *transaction,
             GError **error)
{
  const GuituQuery open = { .conditions = { { GUITU_STAY_LEFT_AT, GUITU_UNSET, NULL } } };
  g_autoptr (GPtrArray) stays = guitu_records_find (transaction, &guitu_kind_stay, &open, error);
  gboolean good = stays != NULL;

  if (stays != NULL)
    g_ptr_array_set_free_func (stays, NULL);
  for (guint i = 0; stays != NULL && i < stays->len; i++)
    if (good)
      good = load_guest (house, transaction, stays->pdata[i], error);
    else
      guitu_record_free (stays->pdata[i]);
  return good;
}

GuituHouse *
guitu_house_load (GuituTransaction *transaction,
                  GError **error)
{
  static const GuituQuery all = { 0 };
  g_autoptr (GuituHouse) house = g_new0 (GuituHouse, 1);
  g_autoptr (GPtrArray) records = NULL;

  house->today = guitu_today ();
  house->rooms = g_ptr_array_new_with_free_func (free_room);
  house->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  house->guests = g_ptr_array_new_with_free_func (free_guest);
  records = guitu_records_find (transaction, &guitu_kind_room, &all, error);
  if (records == NULL)
    return NULL;
  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 0; i < records->len; i++)
    guitu_house_add_room (house, records->pdata[i]);
  if (!load_guests (house, transaction, error))
    return NULL;
  sort_rooms (house);
  return g_steal_pointer (&house);
}

/* --- Who may sleep where --------------------------------------------------------------------- */

GuituBedRules
guitu_house_check (const GuituHouse *house,
                   const GuituBedGuest *guest,
                   const char *bed,
                   const char *stay_id)
{
  const GuituBedRoom none = { .is_declared = house->is_declared };
  const GuituHouseRoom *room;
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (GuituBedGuest));
  g_autofree char *name = NULL;
  GuituBedGuest placed = *guest;
  int number;

  name = guitu_bed_split (bed, &number);
  room = g_hash_table_lookup (house->by_name, name);
  placed.bed = bed;
  for (guint i = 0; room != NULL && i < room->guests->len; i++)
    {
      const GuituHouseGuest *other = g_ptr_array_index (room->guests, i);

      if (stay_id == NULL || strcmp (guitu_record_id (other->stay), stay_id) != 0)
        g_array_append_val (others, other->guest);
    }
  return guitu_bed_check (&placed, room == NULL ? &none : &room->room, number, (const GuituBedGuest *) (gpointer) others->data, others->len);
}

GuituBedRules
guitu_house_conflicts (const GuituHouse *house,
                       const GuituHouseGuest *guest)
{
  if (guest->bed == NULL)
    return GUITU_BED_IS_FINE;
  return guitu_house_check (house, &guest->guest, guest->bed, guitu_record_id (guest->stay));
}

/* Where somebody is expected to sleep, as long as there is room. Rooms for families and isolation
 * are kept for those who need them. */
static GuituZone
usual_zone (const GuituBedGuest *guest)
{
  if (guest->is_infectious)
    return GUITU_ZONE_ISOLATION;
  if (!guest->may_be_adult)
    return GUITU_ZONE_MINORS;
  return guest->sex == '2' ? GUITU_ZONE_WOMEN : guest->sex == '1' ? GUITU_ZONE_MEN
                                                                  : GUITU_ZONE_CARE;
}

gboolean
guitu_house_is_usual (const GuituHouseRoom *room,
                      const GuituBedGuest *guest)
{
  return room->room.zone == usual_zone (guest);
}

static char *
find_bed_in (const GuituHouse *house,
             const GuituHouseRoom *room,
             const GuituBedGuest *guest)
{
  if ((int) room->guests->len >= room->room.n_beds)
    return NULL;
  for (int number = 1; number <= room->room.n_beds; number++)
    {
      g_autofree char *bed = g_strdup_printf ("%s-%d", room->name, number);

      if (guitu_house_check (house, guest, bed, NULL) == GUITU_BED_IS_FINE)
        return g_steal_pointer (&bed);
    }
  return NULL;
}

char *
guitu_house_find_bed (const GuituHouse *house,
                      const GuituBedGuest *guest)
{
  char *bed = NULL;

  for (guint i = 0; i < house->rooms->len && bed == NULL; i++)
    {
      const GuituHouseRoom *room = g_ptr_array_index (house->rooms, i);

      if (guitu_house_is_usual (room, guest))
        bed = find_bed_in (house, room, guest);
    }
  for (guint i = 0; i < house->rooms->len && bed == NULL; i++)
    {
      const GuituHouseRoom *room = g_ptr_array_index (house->rooms, i);

      if (room->room.zone != GUITU_ZONE_FAMILY && room->room.zone != GUITU_ZONE_ISOLATION)
        bed = find_bed_in (house, room, guest);
    }
  return bed;
}

static guint
count_free_of (const GuituHouseRoom *room)
{
  guint64 taken = room->room.closed_beds;
  guint n = 0;

  if (room->room.is_closed)
    return 0;
  for (guint i = 0; i < room->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (room->guests, i);
      int number;
      g_autofree char *name = guitu_bed_split (guest->bed, &number);

      if (number >= 1 && number <= GUITU_BEDS_MAX)
        taken |= G_GUINT64_CONSTANT (1) << (number - 1);
    }
  for (int number = 1; number <= room->room.n_beds; number++)
    n += !((taken >> (number - 1)) & 1);
  return n;
}

guint
guitu_house_count_free (const GuituHouse *house)
{
  guint n = 0;

  for (guint i = 0; i < house->rooms->len; i++)
    n += count_free_of (g_ptr_array_index (house->rooms, i));
  return n;
}

const char *
guitu_house_zone (const GuituHouse *house,
                  const GuituHouseGuest *guest)
{
  const GuituHouseRoom *room = guest->bed == NULL ? NULL : guitu_house_find_room (house, guest->bed);

  return room == NULL || room->record == NULL ? NULL : guitu_record_text (room->record, GUITU_ROOM_ZONE);
}

/* --- Flags ----------------------------------------------------------------------------------- */

static gboolean
is_ill (const GuituRecord *person)
{
  static const char *const illnesses[] = { "critical", "infectious", "injury", "drunk", "pregnant", "ill", NULL };
  const char *health = guitu_record_text (person, GUITU_PERSON_HEALTH);

  return health != NULL && g_strv_contains (illnesses, health);
}

static gboolean
is_elderly (const GuituRecord *person,
            const char *today)
{
  int least, greatest;

  return guitu_person_age (person, today, &least, &greatest) && least >= guitu_rules_integer ("elderly_age_years", today);
}

static gboolean
is_unidentified (const GuituRecord *person)
{
  return !guitu_record_is_set (person, GUITU_PERSON_NAME) || !guitu_person_is_verified (person);
}

static gboolean
is_overdue (const GuituRecord *stay,
            const char *today)
{
  const char *due = guitu_record_text (stay, GUITU_STAY_DUE_ON);

  return due != NULL && strcmp (due, today) < 0;
}

GStrv
guitu_house_flags (const GuituHouse *house,
                   const GuituHouseGuest *guest)
{
  const GuituRecord *person = guest->person;
  const GuituRecord *stay = guest->stay;
  const char *where = guitu_stay_where (stay);
  const struct
  {
    const char *code;
    gboolean is_set;
  } flags[] = {
    { "minor", guest->guest.may_be_minor },
    { "woman", guest->guest.sex == '2' },
    { "elderly", is_elderly (person, house->today) },
    { "illness", is_ill (person) },
    { "isolation", guest->guest.is_infectious || g_strcmp0 (guitu_house_zone (house, guest), "isolation") == 0 },
    { "family", guest->guest.family != NULL },
    { "wanders", guitu_record_says (person, GUITU_PERSON_WANDERS, "yes") },
    { "impaired", guitu_person_is_impaired (person) },
    { "unidentified", is_unidentified (person) },
    { "overdue", is_overdue (stay, house->today) },
    { "emergency", guitu_record_says (stay, GUITU_STAY_DECISION, "emergency") },
    { "hospital", strcmp (where, "hospital") == 0 },
    { "leave", strcmp (where, "leave") == 0 },
    { "missing", strcmp (where, "missing") == 0 },
    { "fenced", guitu_record_is_set (person, GUITU_PERSON_FENCE) },
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].is_set)
      g_strv_builder_add (builder, flags[i].code);
  return g_strv_builder_end (builder);
}

JsonArray *
guitu_strv_to_json (GStrv texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  return array;
}

JsonObject *
guitu_house_guest_to_json (const GuituHouse *house,
                           const GuituHouseGuest *guest)
{
  JsonObject *json = json_object_new ();
  g_auto (GStrv) flags = guitu_house_flags (house, guest);

  json_object_set_string_member (json, "stay", guitu_record_id (guest->stay));
  json_object_set_string_member (json, "number", guitu_record_text (guest->stay, GUITU_STAY_NUMBER));
  json_object_set_string_member (json, "person", guitu_record_id (guest->person));
  json_object_set_string_member (json, "display_name", guitu_person_display_name (guest->person));
  json_object_set_string_member (json, "sex", guitu_record_text (guest->person, GUITU_PERSON_SEX));
  guitu_person_add_age (json, guest->person);
  if (guest->bed != NULL)
    json_object_set_string_member (json, "bed", guest->bed);
  json_object_set_string_member (json, "where", guitu_stay_where (guest->stay));
  if (guitu_record_is_set (guest->stay, GUITU_STAY_WHERE_UNTIL))
    json_object_set_string_member (json, "where_until", guitu_record_text (guest->stay, GUITU_STAY_WHERE_UNTIL));
  json_object_set_array_member (json, "flags", guitu_strv_to_json (flags));
  return json;
}
