/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing here is drawn by lot: it follows from the people, who are. */

#include "app/demo-house.h"

#include "app/situation.h"

#include <string.h>

#define SIGNED_ALONE 6 /* one in so many things waits for its second signature */
#define COLLEAGUE "chenmin"
#define FAMILY "家庭1"

static const struct
{
  const char *building;
  const char *zone;
  int rooms;
  int beds;
} buildings[] = {
  { "男", "men", 8, 6 },
  { "女", "women", 6, 6 },
  { "未", "minors", 4, 4 },
  { "家", "family", 3, 4 },
  { "隔", "isolation", 3, 2 },
  { "护", "care", 4, 4 },
};

/* What people say they carry (demo-stays.c), and what of it is taken into keeping. */
static const struct
{
  const char *words;
  const char *kind;
  const char *name;
  gint64 amount_fen;
} things[] = {
  { "手机", "phone", "手机", 0 },
  { "现金35元", "cash", "现金", 3500 },
  { "双肩包", "luggage", "双肩包", 0 },
  { "编织袋", "luggage", "编织袋", 0 },
  { "药品", "medicine", "药品", 0 },
  { "被褥", "luggage", "被褥", 0 },
};

/* --- Rooms and beds -------------------------------------------------------------------------- */

static gboolean
add_rooms (GuituTransaction *transaction,
           GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (buildings); i++)
    for (int number = 1; number <= buildings[i].rooms; number++)
      {
        g_autoptr (GuituRecord) room = guitu_record_new (&guitu_kind_room);
        g_autofree char *name = g_strdup_printf ("%s%d", buildings[i].building, 100 + number);

        guitu_record_set_text (room, GUITU_ROOM_NAME, name);
        guitu_record_set_text (room, GUITU_ROOM_ZONE, buildings[i].zone);
        guitu_record_set_integer (room, GUITU_ROOM_BEDS, buildings[i].beds);
        guitu_record_set_text (room, GUITU_ROOM_STATE, "active");
        if (!guitu_transaction_put (transaction, room, error))
          return FALSE;
      }
  return TRUE;
}

GuituHouse *
guitu_demo_house_begin (GuituTransaction *transaction,
                        GError **error)
{
  g_autoptr (GuituHouse) house = guitu_house_load (transaction, error);

  if (house == NULL || house->is_declared)
    return g_steal_pointer (&house);
  return add_rooms (transaction, error) ? guitu_house_load (transaction, error) : NULL;
}

void
guitu_demo_house_give_bed (const GuituHouse *house,
                           GuituRecord *stay,
                           const GuituRecord *person)
{
  GuituBedGuest guest = guitu_bed_guest (stay, person, NULL, house->today);
  g_autofree char *bed = guitu_house_find_bed (house, &guest);

  guitu_record_set_text (stay, GUITU_STAY_BED, bed);
}

/* Somebody else who works here; without a password nobody logs in by that name. */
static GuituRecord *
find_colleague (GuituTransaction *transaction,
                GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuituRecord) user = guitu_record_find_one (transaction, &guitu_kind_user, GUITU_USER_NAME, COLLEAGUE, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (user == NULL)
    {
      user = guitu_record_new (&guitu_kind_user);
      guitu_record_set_text (user, GUITU_USER_NAME, COLLEAGUE);
      guitu_record_set_text (user, GUITU_USER_FULL_NAME, "陈敏");
      guitu_record_set_text (user, GUITU_USER_ROLE, "intake");
      guitu_record_set_text (user, GUITU_USER_STATE, "active");
      if (!guitu_transaction_put (transaction, user, error))
        return NULL;
    }
  return g_steal_pointer (&user);
}

/* --- Things in keeping ----------------------------------------------------------------------- */

static gboolean
take_thing (GuituCall *call,
            GuituTransaction *transaction,
            const GuituHouseGuest *guest,
            guint thing,
            GError **error)
{
  g_autoptr (GuituRecord) belonging = guitu_record_new (&guitu_kind_belonging);
  g_autoptr (GuituRecord) colleague = find_colleague (transaction, error);
  gint64 number = g_ascii_strtoll (strrchr (guitu_record_text (guest->stay, GUITU_STAY_NUMBER), '-') + 1, NULL, 10);
  g_autofree char *bag = g_strdup_printf ("%03" G_GINT64_FORMAT, number);

  if (colleague == NULL)
    return FALSE;
  guitu_record_set_text (belonging, GUITU_BELONGING_STAY, guitu_record_id (guest->stay));
  guitu_record_set_text (belonging, GUITU_BELONGING_KIND, things[thing].kind);
  guitu_record_set_text (belonging, GUITU_BELONGING_NAME, things[thing].name);
  guitu_record_set_integer (belonging, GUITU_BELONGING_COUNT, 1);
  if (things[thing].amount_fen > 0)
    guitu_record_set_integer (belonging, GUITU_BELONGING_AMOUNT_FEN, things[thing].amount_fen);
  guitu_record_set_text (belonging, GUITU_BELONGING_BAG, bag);
  guitu_record_set_text (belonging, GUITU_BELONGING_STATE, "held");
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_AT, guitu_record_text (guest->stay, GUITU_STAY_ARRIVED_AT));
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_BY, call->session->id);
  guitu_record_set_text (belonging, GUITU_BELONGING_IN_SIGN, number % 3 == 0 ? "thumb" : "signed");
  if (number % SIGNED_ALONE != 0)
    guitu_record_set_text (belonging, GUITU_BELONGING_IN_SECOND, guitu_record_id (colleague));
  return guitu_transaction_put (transaction, belonging, error);
}

gboolean
guitu_demo_house_settle (GuituCall *call,
                         GuituTransaction *transaction,
                         GuituHouse *house,
                         const GuituRecord *stay,
                         GError **error)
{
  const char *words = guitu_record_text (stay, GUITU_STAY_BELONGINGS);
  GuituRecord *person = guitu_record_load (transaction, &guitu_kind_person, guitu_record_text (stay, GUITU_STAY_PERSON), error);
  GuituRecord *kept = person == NULL ? NULL : guitu_record_load (transaction, &guitu_kind_stay, guitu_record_id (stay), error);
  const GuituHouseGuest *guest;

  if (kept == NULL)
    {
      g_clear_pointer (&person, guitu_record_free);
      return FALSE;
    }
  guest = guitu_house_add_guest (house, kept, person);
  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (things); i++)
    if (strstr (words, things[i].words) != NULL && !take_thing (call, transaction, guest, i, error))
      return FALSE;
  return TRUE;
}

/* --- What happened --------------------------------------------------------------------------- */

/* A time of the day before today. */
static char *
yesterday (const GuituHouse *house,
           const char *time)
{
  g_autofree char *day = guitu_date_add_days (house->today, -1);

  return g_strdup_printf ("%sT%s:00+08:00", day, time);
}

static gboolean
is_capable (const GuituHouseGuest *guest)
{
  return !guest->guest.may_be_minor && guitu_record_is_set (guest->person, GUITU_PERSON_BIRTH_FROM) &&
         !guitu_person_is_impaired (guest->person) && !guest->guest.is_infectious && guest->guest.family == NULL;
}

/* A capable person who was here at @time and is still in the house. */
static GuituHouseGuest *
find_capable (const GuituHouse *house,
              const char *time)
{
  for (guint i = 0; i < house->guests->len; i++)
    {
      GuituHouseGuest *guest = g_ptr_array_index (house->guests, i);

      if (is_capable (guest) && guest->bed != NULL &&
          strcmp (guitu_stay_where (guest->stay), "house") == 0 &&
          strcmp (guitu_record_text (guest->stay, GUITU_STAY_ARRIVED_AT), time) < 0)
        return guest;
    }
  return NULL;
}

static gboolean
send_away (GuituCall *call,
           GuituTransaction *transaction,
           const GuituHouse *house,
           const char *kind,
           const char *text,
           GError **error)
{
  g_autofree char *at = yesterday (house, "15:00");
  g_autofree char *until = g_strdup_printf ("%sT21:00:00+08:00", house->today);
  GuituHouseGuest *guest = find_capable (house, at);
  g_autoptr (GuituRecord) event = NULL;

  if (guest == NULL)
    return TRUE;
  event = guitu_event_new (call, guest->stay, kind, text);
  guitu_record_set_text (event, GUITU_EVENT_AT, at);
  if (strcmp (kind, "absence") == 0)
    guitu_record_set_text (event, GUITU_EVENT_UNTIL, until);
  return guitu_stay_event_moves (transaction, guest->stay, event, error) && guitu_transaction_put (transaction, event, error);
}

static gboolean
move_to (GuituTransaction *transaction,
         GuituHouseGuest *guest,
         const char *bed,
         GError **error)
{
  guitu_record_set_text (guest->stay, GUITU_STAY_BED, bed);
  return guitu_transaction_put (transaction, guest->stay, error);
}

/* Somebody of that sex (0: any) who surely is, or surely is not, of age. */
static GuituHouseGuest *
find_relative (const GuituHouse *house,
               char sex,
               gboolean is_adult)
{
  for (guint i = 0; i < house->guests->len; i++)
    {
      GuituHouseGuest *guest = g_ptr_array_index (house->guests, i);

      if (guest->bed != NULL && !guest->guest.is_infectious && (sex == 0 || guest->guest.sex == sex) &&
          guest->guest.may_be_adult == is_adult && guest->guest.may_be_minor != is_adult)
        return guest;
    }
  return NULL;
}

/* A woman and her child, or, where no child is here, a couple. */
static gboolean
unite_family (GuituTransaction *transaction,
              const GuituHouse *house,
              GError **error)
{
  GuituHouseGuest *woman = find_relative (house, '2', TRUE);
  GuituHouseGuest *other = find_relative (house, 0, FALSE);

  if (other == NULL)
    other = find_relative (house, '1', TRUE);
  if (woman == NULL || other == NULL)
    return TRUE;
  guitu_record_set_text (woman->stay, GUITU_STAY_FAMILY, FAMILY);
  guitu_record_set_text (other->stay, GUITU_STAY_FAMILY, FAMILY);
  woman->guest.family = other->guest.family = FAMILY;
  return move_to (transaction, woman, "家101-1", error) && move_to (transaction, other, "家101-2", error);
}

/* Whoever has a fever is watched alone. */
static gboolean
watch_one (GuituTransaction *transaction,
           const GuituHouse *house,
           GError **error)
{
  GuituHouseGuest *guest = find_capable (house, house->today);

  return guest == NULL || guitu_house_check (house, &guest->guest, "隔103-1", NULL) != GUITU_BED_IS_FINE ||
         move_to (transaction, guest, "隔103-1", error);
}

static gboolean
hand_over (GuituCall *call,
           GuituTransaction *transaction,
           const GuituHouse *house,
           GError **error)
{
  g_autoptr (GuituRecord) shift = guitu_record_new (&guitu_kind_shift);
  g_autoptr (GuituRecord) colleague = find_colleague (transaction, error);
  g_autoptr (JsonObject) open = colleague == NULL ? NULL : guitu_shift_snapshot (transaction, error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *from = yesterday (house, "08:00");
  g_autofree char *handed = yesterday (house, "20:00");
  g_autofree char *taken = yesterday (house, "20:10");
  g_autofree char *text = NULL;

  if (open == NULL)
    return FALSE;
  json_object_set_string_member (open, "from_at", from);
  json_object_set_string_member (open, "as_of", handed);
  node = json_node_init_object (json_node_alloc (), open);
  text = json_to_string (node, FALSE);
  guitu_record_set_text (shift, GUITU_SHIFT_FROM_AT, from);
  guitu_record_set_text (shift, GUITU_SHIFT_HANDED_AT, handed);
  guitu_record_set_text (shift, GUITU_SHIFT_HANDED_BY, guitu_record_id (colleague));
  guitu_record_set_text (shift, GUITU_SHIFT_TAKEN_AT, taken);
  guitu_record_set_text (shift, GUITU_SHIFT_TAKEN_BY, call->session->id);
  guitu_record_set_integer (shift, GUITU_SHIFT_IN_HOUSE, json_object_get_int_member (open, "in_house"));
  guitu_record_set_text (shift, GUITU_SHIFT_NOTE, "夜间加强巡查，留意易走失人员；住院人员明早联系医院。");
  guitu_record_set_text (shift, GUITU_SHIFT_REPLY, "人数、物品已核对。");
  guitu_record_set_text (shift, GUITU_SHIFT_OPEN_ITEMS, text);
  return guitu_transaction_put (transaction, shift, error);
}

gboolean
guitu_demo_house_end (GuituCall *call,
                      GuituTransaction *transaction,
                      GuituHouse *house,
                      GError **error)
{
  return unite_family (transaction, house, error) && send_away (call, transaction, house, "hospital", "市第一人民医院", error) &&
         send_away (call, transaction, house, "absence", "外出办理银行卡", error) && watch_one (transaction, house, error) &&
         hand_over (call, transaction, house, error);
}
