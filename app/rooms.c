/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rooms of the house and their beds. A room can't be changed under somebody who sleeps in it. */

#include "app/house.h"
#include "app/verbs.h"

#include <string.h>

#define ROOM_NAME_LENGTH 16 /* characters */

/* A hyphen stands between room and bed, so none is in the name. */
static gboolean
check_name (const GuituRecord *room,
            GError **error)
{
  const char *name = guitu_record_text (room, GUITU_ROOM_NAME);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isalnum (g_utf8_get_char (at)))
      return guitu_fail (error, GUITU_ERROR_INVALID, "bad-character", "name",
                         "The name of a room (%s) has letters, digits and characters, without blanks or hyphens: a bed is called “101-3”", name);
  if (g_utf8_strlen (name, -1) > ROOM_NAME_LENGTH)
    return guitu_fail (error, GUITU_ERROR_INVALID, "too-long", "name", "The name of a room has at most %d characters", ROOM_NAME_LENGTH);
  return TRUE;
}

static gboolean
check_is_new (GuituTransaction *transaction,
              const GuituRecord *room,
              GError **error)
{
  const char *name = guitu_record_text (room, GUITU_ROOM_NAME);
  const GuituQuery query = { .conditions = { { GUITU_ROOM_NAME, GUITU_EQUAL, name } } };
  g_autoptr (GPtrArray) same = guitu_records_find (transaction, &guitu_kind_room, &query, error);

  for (guint i = 0; same != NULL && i < same->len; i++)
    if (strcmp (guitu_record_id (same->pdata[i]), guitu_record_id (room)) != 0)
      return guitu_fail (error, GUITU_ERROR_REFUSED, "already-there", "name", "There is a room “%s” already", name);
  return same != NULL;
}

static gboolean
check_sex (const GuituRecord *room,
           GError **error)
{
  const char *sex = guitu_record_text (room, GUITU_ROOM_SEX);
  GuituZone zone = guitu_zone_parse (guitu_record_text (room, GUITU_ROOM_ZONE));

  if (sex == NULL || strcmp (sex, zone == GUITU_ZONE_MEN ? "1" : zone == GUITU_ZONE_WOMEN ? "2"
                                                                                          : sex) == 0)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "contradicts-zone", "sex", "The zone of this room is for the other sex");
}

/* "3, 5" and "3、5" become "3 5", each a bed of the room. */
static gboolean
take_closed_beds (GuituRecord *room,
                  GError **error)
{
  const char *text = guitu_record_text (room, GUITU_ROOM_CLOSED_BEDS);
  g_auto (GStrv) parts = g_regex_split_simple ("[\\s,;，、；]+", text == NULL ? "" : text, 0, 0);
  g_autoptr (GString) beds = g_string_new (NULL);
  gint64 n_beds = guitu_record_integer (room, GUITU_ROOM_BEDS, 0);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 number;

      if (parts[i][0] == '\0')
        continue;
      if (!g_ascii_string_to_signed (parts[i], 10, 1, n_beds, &number, NULL))
        return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "closed_beds",
                           "“%s” is no bed of this room: they are numbered from 1 to %" G_GINT64_FORMAT, parts[i], n_beds);
      g_string_append_printf (beds, "%s%" G_GINT64_FORMAT, beds->len > 0 ? " " : "", number);
    }
  guitu_record_set_text (room, GUITU_ROOM_CLOSED_BEDS, beds->str);
  return TRUE;
}

static gboolean
check_room (GuituTransaction *transaction,
            GuituRecord *room,
            GError **error)
{
  gint64 beds = guitu_record_integer (room, GUITU_ROOM_BEDS, 0);

  if (!guitu_record_check_required (room, error) || !check_name (room, error))
    return FALSE;
  if (beds < 1 || beds > GUITU_BEDS_MAX)
    return guitu_fail (error, GUITU_ERROR_INVALID, "out-of-range", "beds", "A room has from 1 to %d beds", GUITU_BEDS_MAX);
  return check_sex (room, error) && take_closed_beds (room, error) && check_is_new (transaction, room, error);
}

static JsonArray *
conflicts_to_json (const GuituHouse *house,
                   const GuituHouseRoom *room)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < room->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (room->guests, i);
      g_auto (GStrv) rules = guitu_bed_rule_codes (guitu_house_conflicts (house, guest));

      for (guint j = 0; rules[j] != NULL; j++)
        {
          JsonObject *conflict = json_object_new ();

          json_object_set_string_member (conflict, "rule", rules[j]);
          json_object_set_string_member (conflict, "bed", guest->bed);
          json_object_set_string_member (conflict, "stay", guitu_record_id (guest->stay));
          json_array_add_object_element (array, conflict);
        }
    }
  return array;
}

/* The bed as it is; with whom, where somebody has it. */
static JsonObject *
bed_to_json (const GuituHouse *house,
             const GuituHouseRoom *room,
             const char *bed,
             const GuituHouseGuest *guest)
{
  JsonObject *json = guest == NULL ? json_object_new () : guitu_house_guest_to_json (house, guest);
  int number;
  g_autofree char *name = guitu_bed_split (bed, &number);
  gboolean is_closed = room->room.is_closed || (number > 0 && number <= GUITU_BEDS_MAX && ((room->room.closed_beds >> (number - 1)) & 1));

  json_object_set_string_member (json, "bed", bed);
  json_object_set_string_member (json, "state", guest != NULL ? "taken" : is_closed ? "closed"
                                                                                    : "free");
  return json;
}

static guint
add_guests_of_bed (JsonArray *beds,
                   const GuituHouse *house,
                   const GuituHouseRoom *room,
                   const char *bed)
{
  guint n = 0;

  for (guint i = 0; i < room->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (room->guests, i);

      if (strcmp (guest->bed, bed) != 0)
        continue;
      json_array_add_object_element (beds, bed_to_json (house, room, bed, guest));
      n++;
    }
  return n;
}

static void
add_beds (JsonObject *json,
          const GuituHouse *house,
          const GuituHouseRoom *room)
{
  JsonArray *beds = json_array_new ();
  gint64 n_free = 0;

  for (int number = 1; number <= room->room.n_beds; number++)
    {
      g_autofree char *bed = g_strdup_printf ("%s-%d", room->name, number);
      JsonObject *empty;

      if (add_guests_of_bed (beds, house, room, bed) > 0)
        continue;
      empty = bed_to_json (house, room, bed, NULL);
      n_free += strcmp (json_object_get_string_member (empty, "state"), "free") == 0;
      json_array_add_object_element (beds, empty);
    }
  for (guint i = 0; i < room->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (room->guests, i);
      int number;
      g_autofree char *name = guitu_bed_split (guest->bed, &number);

      if (number < 1 || number > room->room.n_beds)
        json_array_add_object_element (beds, bed_to_json (house, room, guest->bed, guest));
    }
  json_object_set_array_member (json, "beds", beds);
  json_object_set_int_member (json, "free", n_free);
  json_object_set_int_member (json, "taken", room->guests->len);
}

static JsonObject *
room_to_json (const GuituHouse *house,
              const GuituHouseRoom *room)
{
  JsonObject *json = room->record == NULL ? json_object_new () : guitu_record_to_json (room->record, FALSE);

  json_object_set_string_member (json, "name", room->name);
  json_object_set_boolean_member (json, "is_declared", room->record != NULL);
  add_beds (json, house, room);
  json_object_set_array_member (json, "conflicts", conflicts_to_json (house, room));
  return json;
}

static gboolean
emit_room (GuituCall *call,
           GuituTransaction *transaction,
           const GuituRecord *record,
           GError **error)
{
  g_autoptr (GuituHouse) house = guitu_house_load (transaction, error);

  if (house == NULL)
    return FALSE;
  for (guint i = 0; i < house->rooms->len; i++)
    {
      const GuituHouseRoom *room = g_ptr_array_index (house->rooms, i);

      if (room->record != NULL && strcmp (guitu_record_id (room->record), guitu_record_id (record)) == 0)
        guitu_call_emit (call, room_to_json (house, room));
    }
  return TRUE;
}

static gboolean
run_add (GuituCall *call,
         GError **error)
{
  g_autoptr (GuituRecord) room = guitu_record_new (&guitu_kind_room);
  g_autoptr (GuituTransaction) transaction = NULL;

  if (!guitu_record_take_json (room, call->input, error))
    return FALSE;
  guitu_record_set_text (room, GUITU_ROOM_STATE, "active");
  transaction = guitu_call_write (call, error);
  if (transaction == NULL || !check_room (transaction, room, error) ||
      !guitu_transaction_put (transaction, room, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  return transaction != NULL && emit_room (call, transaction, room, error);
}

/* --- Changing a room ------------------------------------------------------------------------- */

static GuituRecord *
find_room (GuituTransaction *transaction,
           const char *text,
           GError **error)
{
  guint8 id[GUITU_ID_BYTES];
  g_autoptr (GError) failure = NULL;
  GuituRecord *room;

  if (guitu_id_to_bytes (text, id))
    return guitu_record_load (transaction, &guitu_kind_room, text, error);
  room = guitu_record_find_one (transaction, &guitu_kind_room, GUITU_ROOM_NAME, text, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (room == NULL)
    guitu_fail (error, GUITU_ERROR_NOT_FOUND, "not-found", "room", "There is no room “%s”", text);
  return room;
}

static gboolean
take_state (GuituCall *call,
            GuituRecord *room,
            GError **error)
{
  const char *text = guitu_call_text (call, "state");
  const GuituCode *state = text == NULL ? NULL : guitu_codes_parse ("state", text);

  if (text != NULL && state == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "state", "“%s” is not one of the codes of state", text);
  if (state != NULL)
    guitu_record_set_text (room, GUITU_ROOM_STATE, state->code);
  return TRUE;
}

/* Whoever sleeps in the room keeps a bed of that name in a room of that kind. */
static gboolean
check_sleepers (const GuituHouse *house,
                const GuituHouseRoom *before,
                const GuituHouseRoom *after,
                GError **error)
{
  static const int fixed[] = { GUITU_ROOM_NAME, GUITU_ROOM_ZONE, GUITU_ROOM_SEX, GUITU_ROOM_STATE };
  const GuituHouseGuest *first;

  if (before->guests->len == 0)
    return TRUE;
  first = g_ptr_array_index (before->guests, 0);
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (guitu_record_changed (after->record, fixed[i]))
      return guitu_fail (error, GUITU_ERROR_REFUSED, "room-taken", guitu_kind_room.fields[fixed[i]].name,
                         "Somebody sleeps in this room (%s); give them another bed first", first->bed);
  for (guint i = 0; i < before->guests->len; i++)
    {
      const GuituHouseGuest *guest = g_ptr_array_index (before->guests, i);
      int number;
      g_autofree char *name = guitu_bed_split (guest->bed, &number);
      gboolean is_there = number >= 1 && number <= after->room.n_beds;

      if (number <= before->room.n_beds && !is_there)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "room-taken", "beds", "Somebody sleeps in bed %s; give them another one first", guest->bed);
      if (is_there && ((after->room.closed_beds & ~before->room.closed_beds) >> (number - 1)) & 1)
        return guitu_fail (error, GUITU_ERROR_REFUSED, "room-taken", "closed_beds", "Somebody sleeps in bed %s; give them another one first", guest->bed);
    }
  return TRUE;
}

/* The room as it would be is put into the house in memory, where its name leads to it from then on, and
 * is held against the room as it is, with those who sleep there. The record remains the caller's. */
static gboolean
check_change (GuituTransaction *transaction,
              GuituRecord *room,
              const char *name,
              GError **error)
{
  g_autoptr (GuituHouse) house = guitu_house_load (transaction, error);
  GuituHouseRoom *before, *after;

  if (house == NULL)
    return FALSE;
  before = g_hash_table_lookup (house->by_name, name);
  g_assert (before != NULL);
  after = guitu_house_add_room (house, room);
  if (check_sleepers (house, before, after, error))
    {
      after->record = NULL;
      return TRUE;
    }
  after->record = NULL;
  return FALSE;
}

static gboolean
run_edit (GuituCall *call,
          GError **error)
{
  const char *text = guitu_call_need (call, "room", error);
  g_autoptr (GuituTransaction) transaction = text == NULL ? NULL : guitu_call_write (call, error);
  g_autoptr (GuituRecord) room = transaction == NULL ? NULL : find_room (transaction, text, error);
  g_autofree char *name = NULL;

  if (room == NULL)
    return FALSE;
  name = g_strdup (guitu_record_text (room, GUITU_ROOM_NAME));
  if (!guitu_record_take_json (room, call->input, error) || !take_state (call, room, error) ||
      !check_room (transaction, room, error) || !check_change (transaction, room, name, error) ||
      !guitu_transaction_put (transaction, room, error) || !guitu_transaction_commit (transaction, error))
    return FALSE;
  g_clear_pointer (&transaction, guitu_transaction_free);
  transaction = guitu_call_read (call, error);
  return transaction != NULL && emit_room (call, transaction, room, error);
}

/* --- Showing --------------------------------------------------------------------------------- */

static gboolean
take_zone (GuituCall *call,
           const GuituCode **zone,
           GError **error)
{
  const char *text = guitu_call_text (call, "zone");

  *zone = text == NULL ? NULL : guitu_codes_parse ("zone", text);
  if (text != NULL && *zone == NULL)
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-code", "zone", "“%s” is not one of the codes of zone", text);
  return TRUE;
}

/* Adds to each free bed what the guest would break there. */
static void
add_rules (JsonObject *json,
           const GuituHouse *house,
           const GuituHouseGuest *guest)
{
  JsonArray *beds = json_object_get_array_member (json, "beds");
  guint n = json_array_get_length (beds);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *bed = json_array_get_object_element (beds, i);
      const char *name = json_object_get_string_member (bed, "bed");
      g_auto (GStrv) rules = NULL;

      if (strcmp (json_object_get_string_member (bed, "state"), "free") != 0)
        continue;
      rules = guitu_bed_rule_codes (guitu_house_check (house, &guest->guest, name, guitu_record_id (guest->stay)));
      json_object_set_array_member (bed, "rules", guitu_strv_to_json (rules));
    }
}

/* The guest of the option “for”; NULL without it. */
static gboolean
find_guest (GuituCall *call,
            GuituTransaction *transaction,
            const GuituHouse *house,
            const GuituHouseGuest **guest,
            GError **error)
{
  const char *text = guitu_call_text (call, "for");
  g_autoptr (GuituRecord) stay = NULL;

  *guest = NULL;
  if (text == NULL)
    return TRUE;
  stay = guitu_stay_find (transaction, text, error);
  if (stay != NULL)
    *guest = guitu_house_find_guest (house, guitu_record_id (stay));
  if (stay != NULL && *guest == NULL)
    return guitu_fail (error, GUITU_ERROR_REFUSED, "already-left", "for", "This person has left already (%s)",
                       guitu_record_text (stay, GUITU_STAY_LEFT_AT));
  return stay != NULL;
}

static void
show_room (GuituCall *call,
           const GuituHouse *house,
           const GuituHouseRoom *room,
           const GuituHouseGuest *guest)
{
  g_autoptr (JsonObject) json = room_to_json (house, room);

  if (guest != NULL)
    add_rules (json, house, guest);
  if (!guitu_call_flag (call, "free") || json_object_get_int_member (json, "free") > 0)
    guitu_call_emit (call, g_steal_pointer (&json));
}

/* Where somebody is expected to sleep comes first. */
static gboolean
run_show (GuituCall *call,
          GError **error)
{
  g_autoptr (GuituTransaction) transaction = NULL;
  g_autoptr (GuituHouse) house = NULL;
  const GuituHouseGuest *guest;
  const GuituCode *zone;

  if (!take_zone (call, &zone, error))
    return FALSE;
  transaction = guitu_call_read (call, error);
  house = transaction == NULL ? NULL : guitu_house_load (transaction, error);
  if (house == NULL || !find_guest (call, transaction, house, &guest, error))
    return FALSE;
  for (int usual = 1; usual >= 0; usual--)
    for (guint i = 0; i < house->rooms->len; i++)
      {
        const GuituHouseRoom *room = g_ptr_array_index (house->rooms, i);
        gboolean is_usual = guest == NULL || guitu_house_is_usual (room, &guest->guest);

        if (is_usual == usual && (zone == NULL || room->room.zone == guitu_zone_parse (zone->code)))
          show_room (call, house, room, guest);
      }
  return TRUE;
}

static const GuituOption edit_options[] = {
  { "room", GUITU_OPTION_TEXT, TRUE, "name or id of the room" },
  { "state", GUITU_OPTION_TEXT, FALSE, "active, or disabled: the room is not in use" },
  { NULL },
};

static const GuituOption show_options[] = {
  { "zone", GUITU_OPTION_TEXT, FALSE, "only this zone (codes zone)" },
  { "free", GUITU_OPTION_FLAG, FALSE, "only rooms with a free bed" },
  { "for", GUITU_OPTION_TEXT, FALSE, "id or number of an open stay: what it would break in each free bed (codes bed_rule)" },
  { NULL },
};

const GuituVerb guitu_verb_house_show = {
  "house show", "Show the rooms, and who has which bed", GUITU_VERB_PLAIN, show_options, NULL, run_show
};
const GuituVerb guitu_verb_house_add = {
  "house add", "Add a room with its beds", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, NULL, &guitu_kind_room, run_add
};
const GuituVerb guitu_verb_house_edit = {
  "house edit", "Change, close or open a room", GUITU_VERB_WRITES | GUITU_VERB_READS_STDIN, edit_options, &guitu_kind_room, run_edit
};
